"""Shares of the neutrinos in time bins for any onset of the beam (SPEC 2, CsI), in closed form.

The pulse is a Gaussian of width s; prompt neutrinos follow it with the pion's life, delayed ones with the muon's as
well. With E(tau) the Gaussian convoluted with an exponential of mean life tau, prompt = E(tau_pi) and delayed =
[tau_mu E(tau_mu) - tau_pi E(tau_pi)] / (tau_mu - tau_pi). `check` holds the result against plain quadrature.
"""

import math

from independent import TAU_MUON, TAU_PION, pulse, time_fractions


def phi(x):
    return math.erfc(-x / math.sqrt(2)) / 2


def exponential_part(x, tau, s, b=0.0):
    """Integral up to x of E(tau) times e^(-b x)."""
    rate = 1 / tau + b
    return (
        math.exp((b * s) ** 2 / 2) * phi(x / s + b * s) - math.exp(s * s / (2 * tau * tau) - rate * x) * phi(x / s - s / tau)
    ) / (tau * rate)


def density(x, tau, s):
    return math.exp(s * s / (2 * tau * tau) - x / tau) * phi(x / s - s / tau) / tau


MIXTURE = {
    "prompt": ((1.0, TAU_PION),),
    "delayed": ((TAU_MUON / (TAU_MUON - TAU_PION), TAU_MUON), (-TAU_PION / (TAU_MUON - TAU_PION), TAU_PION)),
}


def shares(kind, onset, width, edges, loss=None):
    """Share of each bin, and its derivative by the onset; `loss` = (a, b) is the efficiency of C22 eq. (A1)."""
    a, b = loss or (math.inf, 0.0)
    values, slopes = [], []

    def piece(lo, hi, rate):
        # integral of the density times exp(-rate (t - a)) between lo and hi, and its derivative by the onset
        factor = math.exp(-rate * (onset - a)) if rate else 1.0
        value = slope = 0.0
        for weight, tau in MIXTURE[kind]:
            part = exponential_part(hi - onset, tau, width, rate) - exponential_part(lo - onset, tau, width, rate)
            ends = [density(t - onset, tau, width) * (math.exp(-rate * (t - a)) if rate else 1.0) for t in (lo, hi)]
            value += weight * factor * part
            slope += weight * (ends[0] - ends[1] - rate * factor * part)
        return value, slope

    for lo, hi in zip(edges, edges[1:]):
        parts = []
        if lo < a:
            parts.append(piece(lo, min(hi, a), 0.0))
        if hi > a:
            parts.append(piece(max(lo, a), hi, b))
        values.append(sum(v for v, _ in parts))
        slopes.append(sum(d for _, d in parts))
    return values, slopes


def check(onset, width, edges, loss):
    """Largest difference of the shares from those of quadrature."""
    a, b = loss or (math.inf, 0.0)
    densities = pulse(onset, width)
    worst = 0.0
    for kind in MIXTURE:
        slow = time_fractions(
            densities[kind], edges, lambda t: 1.0 if t < a else math.exp(-b * (t - a)), [a] if loss else []
        )
        fast, _ = shares(kind, onset, width, edges, loss)
        worst = max(worst, *(abs(x - y) for x, y in zip(slow, fast)))
    return worst
