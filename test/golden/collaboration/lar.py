"""LAr at the level of its own collaboration's likelihood: arXiv:2003.10630 and 2006.12659, SPEC 3 `release`."""

import math

from counts import FLAVOUR, HelmNucleus, counts_per_charge, squared_charges
from data import flat, load
from descent import Variable
from independent import Nucleus, nodes
from pulse import shares

PULSE = (0.44, 0.15)  # us: mean and width
NORMS = (("lar.prompt_brn_norm", "promptBrn", 0.32), ("lar.delayed_brn_norm", "delayedBrn", 1.0), ("lar.ssb_norm", "ssb", 0.0079))
# name, what it shapes, files at +1 sigma and (where there is one) -1 sigma
SHAPES = (
    ("lar.signal_f90", "cevns", "cevnsF90Plus", "cevnsF90Minus"),
    ("lar.signal_time", "cevns", "cevnsTimeMean", None),
    ("lar.prompt_brn_energy", "promptBrn", "promptBrnEnergyPlus", "promptBrnEnergyMinus"),
    ("lar.prompt_brn_time", "promptBrn", "promptBrnTimeMeanPlus", "promptBrnTimeMeanMinus"),
    ("lar.prompt_brn_width", "promptBrn", "promptBrnTimeWidth", None),
)


class Lar:
    def __init__(self, shapes=False, signal_norms=(("lar.signal_norm", 0.13),), form_factor="helm", absolute=True, bounded=False):
        """`absolute`: shapes also move what is zero in the centre; `bounded`: no component below zero in any bin."""
        self.absolute, self.bounded = absolute, bounded
        d = load("lar")
        self.data = d
        self.edges, self.times = d["bins"]["energyEdges"], d["bins"]["timeEdges"]
        self.f90 = len(d["bins"]["f90Edges"]) - 1
        self.observed = flat(d["observed"])
        self.central = {k: flat(d[k]) for k in ("cevns", "promptBrn", "delayedBrn", "ssb")}
        self.norms = tuple(n for n, _ in signal_norms)
        self.variables = [Variable(n, s, -1.0) for n, s in signal_norms]
        self.variables += [Variable(n, s, -1.0) for n, _, s in NORMS]
        self.shapes = SHAPES if shapes else ()
        self.variables += [Variable(n, 1.0) for n, *_ in self.shapes]
        self.deviations = [self.deviation(*s[1:]) for s in self.shapes]
        self.nucleus = HelmNucleus("ar") if form_factor == "helm" else Nucleus("ar")
        self.reference = squared_charges(self.nucleus, {})
        self.flavoured = self.divided()

    def starts(self):
        return [{}]

    def deviation(self, what, plus, minus):
        """Slope and curvature in counts of the parabola through the files at -1, 0 and +1 sigma (a line without -1)."""
        mid, up = self.central[what], flat(self.data["shapes"][plus])
        down = flat(self.data["shapes"][minus]) if minus else [2 * m - u for m, u in zip(mid, up)]
        keep = [1.0 if m or self.absolute else 0.0 for m in mid]
        slope = [k * (h - l) / 2 for k, l, h in zip(keep, down, up)]
        return what, slope, [k * ((h + l) / 2 - m) for k, l, m, h in zip(keep, down, mid, up)]

    def response(self):
        """Chance of a recoil to fall into each keVee bin: quenching, Gaussian resolution, efficiency."""
        r = self.data["response"]
        a, b = r["quenching"]["a"], r["quenching"]["b"]
        energy, value = r["efficiency"]["energy"], r["efficiency"]["value"]
        points = [(0.0, value[0]), *zip(energy, value)]
        if points[-1][0] < self.edges[-1]:
            points.append((self.edges[-1], value[-1]))
        pieces = []
        for (x0, y0), (x1, y1) in zip(points, points[1:]):
            cuts = [x0] + [e for e in self.edges if x0 < e < x1] + [x1]
            for lo, hi in zip(cuts, cuts[1:]):
                if hi <= self.edges[-1]:
                    steps = max(1, math.ceil((hi - lo) / 2.5))
                    for k in range(steps):
                        p, q = lo + (hi - lo) * k / steps, lo + (hi - lo) * (k + 1) / steps
                        samples = [(x, w * (y0 + (y1 - y0) * (x - x0) / (x1 - x0))) for x, w in nodes(p, q)]
                        b_index = sum((p + q) / 2 >= e for e in self.edges) - 1
                        pieces.append((b_index, p, q, samples))

        def bins(recoil):
            kev = 1e3 * recoil
            mean = (a + b * kev) * kev
            width = r["resolution"] * math.sqrt(mean)
            out = [0.0] * (len(self.edges) - 1)
            for i, lo, hi, samples in pieces:
                if lo < mean + 30 * width and hi > mean - 30 * width:
                    out[i] += sum(w * math.exp(-(((x - mean) / width) ** 2) / 2) for x, w in samples)
            return [v / (width * math.sqrt(2 * math.pi)) for v in out]

        return bins

    def divided(self):
        """The release's CEvNS counts by flavour, in our predicted shares of each energy and time bin."""
        counts = counts_per_charge(self.nucleus, self.response(), self.data["exposure"])
        time = {k: shares(k, *PULSE, self.times)[0] for k in ("prompt", "delayed")}
        self.predicted = {f: [] for f in ("e", "mu")}
        for i in range(len(self.edges) - 1):
            for j in range(len(self.times) - 1):
                for f in ("e", "mu"):
                    self.predicted[f].append(
                        self.reference[f]
                        * sum(
                            row[i] * time["prompt" if c == "prompt" else "delayed"][j]
                            for c, row in counts.items()
                            if FLAVOUR[c] == f
                        )
                    )
        out = {"e": [], "mu": []}
        for b, total in enumerate(self.central["cevns"]):
            cell = b // (self.f90 * (len(self.times) - 1)) * (len(self.times) - 1) + b % (len(self.times) - 1)
            whole = self.predicted["e"][cell] + self.predicted["mu"][cell]
            for f, row in out.items():
                row.append(total * self.predicted[f][cell] / whole)
        return out

    def signal(self, point):
        charges = squared_charges(self.nucleus, point)
        e, mu = (charges[f] / self.reference[f] for f in ("e", "mu"))
        return [e * a + mu * b for a, b in zip(self.flavoured["e"], self.flavoured["mu"])]

    def expected(self, values, point, derivatives=True):
        norms = {k: (n, 1 + values[n]) for n, k, _ in NORMS}
        rows = {"cevns": self.central["cevns"], **{k: self.central[k] for k in norms}}
        slopes = {}
        for (name, *_), (what, slope, curve) in zip(self.shapes, self.deviations):
            t = values[name]
            rows[what] = [r + t * (s + t * c) for r, s, c in zip(rows[what], slope, curve)]
            slopes[name] = [s + 2 * t * c for s, c in zip(slope, curve)]
        # what moves the release's CEvNS counts moves each flavour's share of a bin alike
        share = [s / c if c else 0.0 for s, c in zip(self.signal(point), self.central["cevns"])]
        signal = [s * r for s, r in zip(share, rows["cevns"])]
        factor = math.prod(1 + values[n] for n in self.norms)
        expected = [[factor * v for v in signal]] + [[f * v for v in rows[k]] for k, (_, f) in norms.items()]
        if self.bounded:
            expected = [[max(0.0, v) for v in row] for row in expected]
        mu = [sum(column) for column in zip(*expected)]
        if not derivatives:
            return mu, {}
        columns = {n: rows[k] for k, (n, _) in norms.items()}
        for n in self.norms:
            rest = math.prod(1 + values[m] for m in self.norms if m != n)
            columns[n] = [rest * v for v in signal]
        for (name, what, *_), row in zip(self.shapes, slopes.values()):
            if what == "cevns":
                columns[name] = [factor * s * v for s, v in zip(share, row)]
            else:
                columns[name] = [norms[what][1] * v for v in row]
        return mu, columns

    def parts(self, values, point):
        """Event totals of the fit: CEvNS, prompt and delayed neutrons, steady background (no shapes)."""
        norm = math.prod(1 + values[n] for n in self.norms)
        return [norm * sum(self.signal(point))] + [(1 + values[n]) * sum(self.central[k]) for n, k, _ in NORMS]
