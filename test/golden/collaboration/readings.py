"""How far other readings of what the papers leave open move the results; the golden numbers have the first of each."""

import math

from csi import SHAPES, Csi
from descent import Profile
from ge import Ge
from lar import Lar
from numbers_c22 import PAPER_SM, Scaled

TINY = 1e-9


def parabola(theta, slope, curve):
    return theta * (slope + theta * curve), slope + 2 * theta * curve


class Interpolated(Csi):
    """CsI whose shape terms are factors on the counts of a PE bin, or lines; `reading` names which."""

    def __init__(self, reading):
        super().__init__()
        self.reading = reading

    def energies(self, point, theta):
        super().energies(point, [0.0] * len(SHAPES))
        out = {}
        for kind, (base, shaped) in self.cache[1].items():
            value = [0.0] * len(base)
            slopes = [[0.0] * len(base) for _ in SHAPES]
            for i, b in enumerate(base):
                value[i], by_shape = self.bin(b, [(s[i] / b, c[i] / b) for s, c in shaped], theta)
                for k, d in enumerate(by_shape):
                    slopes[k][i] = d
            out[kind] = (value, slopes)
        return out

    def bin(self, base, shaped, theta):
        """Counts of one bin and their derivatives; `shaped` has slope and curvature relative to the central counts."""
        if self.reading in ("linear", "sides"):
            lines = [s + (c if t > 0 else -c) * (self.reading == "sides") for t, (s, c) in zip(theta, shaped)]
            return base * (1 + sum(t * x for t, x in zip(theta, lines))), [base * x for x in lines]
        if self.reading == "logarithm":
            ends = [(math.log(max(TINY, 1 + c + s)), math.log(max(TINY, 1 + c - s))) for s, c in shaped]
            shaped = [((up - down) / 2, (up + down) / 2) for up, down in ends]
            moved = [parabola(t, s, c) for t, (s, c) in zip(theta, shaped)]
            value = base * math.exp(sum(m for m, _ in moved))
            return value, [value * d for _, d in moved]
        moved = [parabola(t, s, c) for t, (s, c) in zip(theta, shaped)]
        factors = [1 + m for m, _ in moved]
        return base * math.prod(factors), [
            base * d * math.prod(f for m, f in enumerate(factors) if m != k) for k, (_, d) in enumerate(moved)
        ]


class AddedFlux(Scaled):
    """The prior on the flux adds to the fitted scale in place of multiplying it."""

    def __init__(self, csi):
        super().__init__(csi)
        csi.norm = lambda values: 1 + values["scale"] + values["csi.signal_norm"]
        original = csi.expected

        def expected(values, point, derivatives=True):
            mu, columns = original(values, point, derivatives)
            signal, _ = csi.signal(values, point)
            return mu, {**columns, **{n: signal for n in csi.norms}}

        csi.expected = expected


def cross_section(scaled, held=None):
    chi2, scale, _ = scaled.fit(held)
    return chi2, PAPER_SM * scale, *(PAPER_SM * e for e in scaled.errors(held))


def by_flux():
    chi2, value, up, down = cross_section(Scaled(Csi()), {"csi.signal_norm": 0.0})
    return chi2, value, math.hypot(up, 0.1 * value), -math.hypot(down, 0.1 * value)


def lines():
    yield "CsI: chi2 at the best fit, <sigma> (1e-40 cm2) and its errors"
    fits = {"shapes add up, parabolas": cross_section(Scaled(Csi()))}
    for reading in ("product", "logarithm", "linear", "sides"):
        fits[f"shapes: {reading}"] = cross_section(Scaled(Interpolated(reading)))
    fits["flux adds to the scale"] = cross_section(AddedFlux(Csi()))
    fits["flux in quadrature"] = by_flux()
    for name, (chi2, value, up, down) in fits.items():
        yield f"  {name:28} {chi2:9.4f} {value:8.2f} {up:+7.2f} {down:+7.2f}"
    yield "LAr with shapes: chi2 (SM)"
    for name, lar in {
        "parabolas through the files": Lar(True),
        "nothing where the centre is 0": Lar(True, absolute=False),
        "no component below zero": Lar(True, bounded=True),
        "Klein-Nystrand for shares": Lar(True, form_factor="klein-nystrand"),
    }.items():
        yield f"  {name:30} {Profile([lar]).minimum({})[0]:.4f}"
    yield "Ge: chi2 (SM)"
    for form_factor in ("helm", "klein-nystrand"):
        yield f"  {form_factor:30} {Profile([Ge(form_factor=form_factor)]).minimum({})[0]:.4f}"
