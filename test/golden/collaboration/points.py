"""Chi-squares of `coherent-2022` and `release` at random points."""

import random

from csi import Csi
from descent import Profile
from ge import Ge
from independent import COUPLINGS, SIN2_THETA_W
from lar import Lar

SCALES = ("sigma_scale", "sigma_scale_e", "sigma_scale_mu")
COLUMNS = (*COUPLINGS, *SCALES, "sin2_theta_w")


def random_points(count=60, seed=211007730):
    draw = random.Random(seed)
    out = []
    for k in range(count):
        p = {**{c: 0.0 for c in COUPLINGS}, **{s: 1.0 for s in SCALES}, "sin2_theta_w": SIN2_THETA_W}
        kind = k % 6
        if kind < 2:
            reach = 1.0 if kind == 0 else 0.2
            p.update({c: draw.uniform(-reach, reach) for c in COUPLINGS})
        elif kind == 2:
            p.update({c: draw.uniform(-1, 1) for c in draw.sample(COUPLINGS, draw.choice((1, 2)))})
        elif kind == 3:
            p["sigma_scale"] = draw.uniform(0, 3)
        elif kind == 4:
            p.update({s: draw.uniform(0, 3) for s in SCALES[1:]})
        else:
            p["sin2_theta_w"] = draw.uniform(0.05, 0.45)
            p.update({c: draw.uniform(-0.3, 0.3) for c in COUPLINGS})
            p["sigma_scale"] = draw.uniform(0, 3)
        out.append({n: round(v, 6) for n, v in p.items()})
    return out


def combinations():
    """Column -> data sets: each alone, all with the shared flux, and as in `release` with options."""
    flux = ("flux", 0.10)
    shared = {
        "csi": Csi(signal_norm=flux),
        "lar": Lar(False, (flux, ("lar.signal_norm", 0.083))),
        "ge": Ge((flux, ("ge.signal_norm", 0.025))),
    }
    shaped = Lar(True, (flux, ("lar.signal_norm", 0.083)))
    return {
        "coherent_2022": [Csi()],
        "release_lar": [shared["lar"]],
        "release_ge": [shared["ge"]],
        "release": list(shared.values()),
        "release_lar_shapes": [shaped],
        "release_shapes": [shared["csi"], shaped, shared["ge"]],
        "independent_lar": [Lar()],
        "independent_ge": [Ge()],
    }


def table():
    sets = combinations()
    yield ",".join((*COLUMNS, *sets))
    for p in random_points():
        chi2 = [Profile(s).minimum(p)[0] for s in sets.values()]
        yield ",".join([f"{p[c]:.12g}" for c in COLUMNS] + [f"{x:.12g}" for x in chi2])
