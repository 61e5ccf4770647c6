"""Ge as a Poisson on/off fit of its two-dimensional histogram: arXiv:2406.13806, SPEC 3 `release`."""

import math

from counts import FLAVOUR, HelmNucleus, squared_charges, targets
from data import flat, load
from descent import Variable
from independent import ENDPOINT, OUTER, Nucleus, bisect, integrate


class Ge:
    def __init__(self, signal_norms=(("ge.signal_norm", 0.103),), form_factor="helm"):
        d = load("ge")
        edges, ranges = d["bins"]["energyEdges"], d["response"]["fitRange"]
        self.k = d["response"]["lindhardK"]
        self.nucleus = HelmNucleus("ge") if form_factor == "helm" else Nucleus("ge")
        self.exposure = d["exposure"]
        self.columns = [
            c
            for c, (lo, hi) in enumerate(zip(edges, edges[1:]))
            if any(a <= lo and hi <= b for a, b in ranges)
        ]
        self.on = [[row[c] for row in d["onBeam"]] for c in self.columns]
        self.off = [[row[c] for row in d["offBeam"]] for c in self.columns]
        self.observed = flat(self.on) + flat(self.off)
        self.times = d["bins"]["timeEdges"]
        self.time = {k: self.merged(d["timeProjection"], k) for k in ("prompt", "delayed")}
        self.energy = [self.between(edges[c], edges[c + 1]) for c in self.columns]
        self.whole = [self.between(a, b) for a, b in ranges]
        self.norms = tuple(n for n, _ in signal_norms)
        self.names = [f"ge.background_{edges[c]}_{edges[c + 1]}" for c in self.columns]
        self.level = [(sum(a) + sum(b)) / (2 * len(a)) for a, b in zip(self.on, self.off)]
        self.variables = [Variable(n, s, -1.0) for n, s in signal_norms]
        self.variables += [Variable(n, None, 0.0, math.inf, level) for n, level in zip(self.names, self.level)]

    def starts(self):
        return [{}]

    def merged(self, projection, kind):
        """The time curve in the bins of the histogram, normalised to one."""
        whole = math.fsum(projection[kind])
        fine = projection["timeEdges"]
        return [
            math.fsum(v for a, b, v in zip(fine, fine[1:], projection[kind]) if lo <= a and b <= hi) / whole
            for lo, hi in zip(self.times, self.times[1:])
        ]

    def ionisation(self, recoil):
        """keVee of a recoil in MeV: Lindhard, L24 eq. (6)."""
        kev = 1e3 * recoil
        eps = 11.5 * 32 ** (-7 / 3) * kev
        g = 3 * eps**0.15 + 0.7 * eps**0.6 + eps
        return kev * self.k * g / (1 + self.k * g)

    def between(self, lo, hi):
        """Events per squared charge with ionisation in [lo, hi] keVee, by component of the flux."""
        a, b = (bisect(lambda e, x=x: self.ionisation(e) - x, 0.0, 1.0) for x in (lo, hi))
        scale = targets(self.exposure)
        return {
            c: scale
            * integrate(
                lambda e, c=c: self.nucleus.cross_section(c, e, 2.0),
                a,
                max(a, min(b, self.nucleus.largest_recoil(energy))),
                OUTER,
            )
            for c, energy in ENDPOINT.items()
        }

    def in_range(self, point):
        """Events in the whole fit range."""
        q2 = squared_charges(self.nucleus, point)
        return sum(q2[FLAVOUR[c]] * v for part in self.whole for c, v in part.items())

    def signal(self, point):
        q2 = squared_charges(self.nucleus, point)
        return [
            sum(q2[FLAVOUR[c]] * column[c] * self.time["prompt" if c == "prompt" else "delayed"][t] for c in column)
            for column in self.energy
            for t in range(len(self.times) - 1)
        ]

    def expected(self, values, point, _=True):
        s = self.signal(point)
        norm = math.prod(1 + values[n] for n in self.norms)
        rows = len(self.times) - 1
        flat_part = [values[n] for n in self.names for _ in range(rows)]
        mu = [norm * a + b for a, b in zip(s, flat_part)] + flat_part
        columns = {}
        for n in self.norms:
            rest = math.prod(1 + values[m] for m in self.norms if m != n)
            columns[n] = [rest * v for v in s] + [0.0] * len(s)
        for k, n in enumerate(self.names):
            one = [float(k * rows <= b < (k + 1) * rows) for b in range(len(s))]
            columns[n] = one + one
        return mu, columns
