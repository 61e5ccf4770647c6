"""What C22 prints, by an independent calculation: section 4, Table I, and what section 3.5 says of the shapes."""

import math

from counts import FLAVOUR, HelmNucleus, squared_charges
from csi import SHAPES, Csi
from descent import Profile, Variable
from independent import spectrum_in_bins
from search import interval, lowest

PAPER_SM = 189  # 1e-40 cm^2: what the fitted scale multiplies
BACKGROUNDS = {"brn": "csi.brn_norm", "ssb": "csi.ssb_norm", "nin": "csi.nin_norm"}
QUENCHING = ("csi.quenching_1", "csi.quenching_2")


def average_cross_sections(radius_scale=1.0, sin2=0.238):
    """Flux averages over one nucleus of CsI in 1e-40 cm^2: of all flavours, of nu_mu with anti-nu_mu, of nu_e."""
    part = {}
    for name in Csi.nuclei:
        nucleus = HelmNucleus(name, radius_scale)
        q2 = squared_charges(nucleus, {"sin2_theta_w": sin2})
        for c, v in spectrum_in_bins(nucleus, lambda _: [1.0], 2.0).items():
            part[c] = part.get(c, 0.0) + q2[FLAVOUR[c]] * v[0] * 1e14 / 2
    mu = (part["prompt"] + part["delayed_mu"]) / 2
    return sum(part.values()) / 3, mu, part["delayed_e"]


class Scaled:
    """The fit with the scale of the cross section free, beside the prior on the signal's norm."""

    def __init__(self, csi):
        self.csi = csi
        csi.variables = [Variable("scale", None, -1.0), *csi.variables]
        csi.norms = ("scale", "csi.signal_norm")

    def fit(self, held=None):
        chi2, values = Profile([self.csi], held).minimum({})
        return chi2, 1 + values["scale"], values

    def errors(self, held=None):
        chi2, scale, _ = self.fit(held)

        def f(s):
            return self.fit({**(held or {}), "scale": s - 1})[0]

        return interval(f, chi2, scale, 0.2, 1.9)


def cross_section(out, csi):
    scaled = Scaled(csi)
    chi2, scale, values = scaled.fit()
    up, down = scaled.errors()
    signal, _ = csi.signal(values, {})
    events = csi.norm(values) * sum(signal)
    out["c22.chi2"] = chi2
    out["c22.events.cevns"] = events
    out["c22.sigma.value"], out["c22.sigma.up"], out["c22.sigma.down"] = (PAPER_SM * x for x in (scale, up, down))
    out["c22.rejection"] = math.sqrt(scaled.fit({"scale": -1.0})[0] - chi2)
    out["c22.consistency"] = math.sqrt(scaled.fit({"scale": 0.0})[0] - chi2)
    # the statistics of the counts: neither shapes nor flux move
    held = {n: values[n] for n in (*SHAPES, "csi.signal_norm", "csi.onset")}
    alone = scaled.errors(held)
    out["c22.events.cevns.error"] = events / scale * (alone[0] - alone[1]) / 2
    errors = Profile([csi], {"csi.signal_norm": 0.0}).errors(values, {})
    for k, n in BACKGROUNDS.items():
        prior = sum(csi.background[n])
        out[f"c22.events.{k}"] = (1 + values[n]) * prior
        out[f"c22.events.{k}.error"] = errors[n] * prior
        out[f"c22.prior.{k}"] = prior
        out[f"c22.prior.{k}.error"] = csi_sigma(csi, n) * prior
    shifts = {n: shift(scaled, n, values[n], errors[n]) / scale for n in SHAPES}
    out["c22.impact.quenching"] = 100 * math.hypot(*(shifts[n] for n in QUENCHING))
    out["c22.impact.efficiency"] = 100 * abs(shifts["csi.efficiency"])
    out["c22.impact.radius"] = 100 * abs(shifts["csi.radius"])


def csi_sigma(csi, name):
    return next(v.sigma for v in csi.variables if v.name == name)


def shift(scaled, name, value, sigma):
    """Half of what the fitted scale moves when a shape is held one standard deviation of the fit up, and down."""
    return (scaled.fit({name: value + sigma})[1] - scaled.fit({name: value - sigma})[1]) / 2


def predictions(out, csi):
    zero = {n: 0.0 for n in (*SHAPES, "csi.onset")}

    def total(moved):
        return sum(csi.signal({**zero, **moved}, {})[0])

    nominal = total({})
    half = {n: abs(total({n: 1.0}) - total({n: -1.0})) / 2 for n in SHAPES}
    out["c22.prediction"] = nominal
    out["c22.prediction.theory"] = half["csi.radius"]
    out["c22.prediction.experiment"] = math.hypot(
        0.10 * nominal, half["csi.efficiency"], *(half[n] for n in QUENCHING)
    )
    average, mu, e = average_cross_sections()
    small, large = (average_cross_sections(s)[0] for s in (0.95, 1.05))
    out["c22.sigma-sm"], out["c22.sigma-sm.mu"], out["c22.sigma-sm.e"] = average, mu, e
    out["c22.sigma-sm.error"] = (small - large) / 2
    out["c22.sigma-sm.radius"] = 100 * (small - large) / 2 / average
    background = {k: sum(csi.background[n]) for k, n in BACKGROUNDS.items()}
    out["c22.steady-share"] = 100 * background["ssb"] / sum(background.values())
    out["c22.neutron-share"] = 100 * (background["brn"] + background["nin"]) / nominal


def mixing(out, csi):

    def f(s):
        return Profile([csi]).minimum({"sin2_theta_w": s})[0]

    chi2, place = lowest(f, 0.1, 0.35)
    up, down = interval(f, chi2, place, 0.1, 0.35)
    for k, v in zip(("value", "up", "down"), (place, up, down)):
        out[f"c22.sin2-theta-w.{k}"] = v


def flavours(out, csi):
    """Both flavours' scales free: an outer search over the electron's, an inner one over the muon's."""

    def f(e, mu):
        return Profile([csi]).minimum({"sigma_scale_e": e, "sigma_scale_mu": mu})[0]

    def over_mu(e):
        return lowest(lambda mu: f(e, mu), 0.0, 2.5, 6, 0.01)

    def over_e(mu):
        return lowest(lambda e: f(e, mu), 0.0, 4.0, 6, 0.01)

    chi2, e = lowest(lambda x: over_mu(x)[0], 0.0, 2.0, 6, 0.01)
    mu = over_mu(e)[1]
    out["c22.scale.mu"], out["c22.scale.e"] = mu, e
    out["c22.significance.e"] = math.sqrt(over_mu(0.0)[0] - chi2)
    out["c22.significance.mu"] = math.sqrt(over_e(0.0)[0] - chi2)
    out["c22.scale.paper"] = f(0.873, 0.876) - chi2


def radius_choices(out):
    """The cross section where R_A +-5 % moves the counts, their shape and efficiency only, or nothing."""
    for choice in ("cross-section-held", "shape", "none"):
        scaled = Scaled(Csi(choice))
        _, scale, _ = scaled.fit()
        up, down = scaled.errors()
        for k, v in zip(("value", "up", "down"), (scale, up, down)):
            out[f"c22.radius.{choice}.{k}"] = PAPER_SM * v


def coherent_2022():
    out = {}
    cross_section(out, Csi())
    predictions(out, Csi())
    mixing(out, Csi())
    flavours(out, Csi())
    radius_choices(out)
    return out
