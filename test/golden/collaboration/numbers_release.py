"""What the collaborations print of LAr and Ge with the signal free, by an independent calculation."""

import math

from descent import Profile
from ge import Ge
from lar import NORMS, Lar
from search import interval

# a signal norm without a prior is the signal, free
FREE = (("signal", None),)


def lar_numbers(out):
    lar = Lar(signal_norms=FREE)
    fit = Profile([lar])
    chi2, values = fit.minimum({})
    errors = fit.errors(values, {})
    names = ("cevns", "prompt-brn", "delayed-brn", "ssb")
    prior = [sum(lar.signal({}))] + [sum(lar.central[k]) for _, k, _ in NORMS]
    out["release.lar.chi2"] = chi2
    for name, events, variable, n in zip(names, lar.parts(values, {}), ("signal", *(n for n, *_ in NORMS)), prior):
        out[f"release.lar.{name}"] = events
        out[f"release.lar.{name}.error"] = errors[variable] * n
        out[f"release.lar.prior.{name}"] = n
    out["release.lar.rejection"] = math.sqrt(Profile([lar], {"signal": -1.0}).minimum({})[0] - chi2)


def ge_numbers(out):
    ge = Ge(FREE)
    chi2, values = Profile([ge]).minimum({})
    scale = values["signal"]
    up, down = interval(lambda s: Profile([ge], {"signal": s}).minimum({})[0], chi2, scale, -1.0, 3.0)
    events = ge.in_range({})
    out["release.ge.chi2"] = chi2
    out["release.ge.prediction"] = events
    for k, v in zip(("value", "up", "down"), (1 + scale, up, down)):
        out[f"release.ge.events.{k}"] = events * v
    out["release.ge.rejection"] = math.sqrt(Profile([ge], {"signal": -1.0}).minimum({})[0] - chi2)


def release():
    out = {}
    lar_numbers(out)
    ge_numbers(out)
    return out
