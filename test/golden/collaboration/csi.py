"""CsI as its collaboration fits it: C22 section 3.5, SPEC 3 `coherent-2022`."""

import math

from data import flat, load
from independent import INNER, integrate, spectrum_in_bins
from descent import Variable
from pulse import shares
from counts import COMPONENTS, FLAVOUR, HelmNucleus, counts_per_charge, squared_charges

CENTRE, WIDTH, REACH = 0.50, 0.149, 0.2  # us: mean and width of the pulse, and how far the onset floats
RADIUS = 0.05
SHAPES = ("csi.efficiency", "csi.quenching_1", "csi.quenching_2", "csi.radius")


class Csi:
    nuclei = ("cs", "i")

    def __init__(self, radius="counts", signal_norm=("csi.signal_norm", 0.10)):
        """`radius`: what R_A +-5 % moves: counts, the counts with the cross section held, their shape alone, none."""
        d = load("csi")
        self.edges, self.times = d["bins"]["energyEdges"], d["bins"]["timeEdges"]
        self.response_data, self.exposure = d["response"], d["exposure"]
        loss = d["response"]["timeEfficiency"]
        self.loss = (loss["onset"], loss["decay"])
        self.observed = flat(d["observed"])
        self.background = {
            "csi.brn_norm": self.neutrons(d, "brn"),
            "csi.ssb_norm": self.steady(d),
            "csi.nin_norm": self.neutrons(d, "nin"),
        }
        self.variables = [Variable(*signal_norm, -1.0)]
        self.variables += [
            Variable(n, s, -1.0) for n, s in zip(self.background, (0.25, 0.021, 0.35))
        ]
        self.variables += [Variable(n, 1.0) for n in SHAPES]
        self.variables += [Variable("csi.onset", None, -REACH, REACH)]
        self.radius = radius
        self.templates = self.all_templates()
        self.norms = (signal_norm[0],)
        self.cache = (None, None)

    def starts(self):
        return [{"csi.onset": t} for t in (-0.15, -0.05, 0.0, 0.05, 0.15)]

    # ------------------------------------------------------------ backgrounds
    def steady(self, d):
        k = d["steadyStateDecay"]
        whole = 1 - math.exp(-k * 6)
        share = [(math.exp(-k * a) - math.exp(-k * b)) / whole for a, b in zip(self.times, self.times[1:])]
        return [sum(row) * s for row in d["antiCoincidence"] for s in share]

    def neutrons(self, d, name):
        bins, histogram = d["neutronBins"], d[name]
        pe, t = bins["energy"], bins["time"]
        whole = math.fsum(histogram["energy"])

        def overlap(axis, k, lo, hi):
            a = axis["start"] + k * axis["width"]
            return max(0.0, min(hi, a + axis["width"]) - max(lo, a)) / axis["width"]

        energy = [
            math.fsum(v * overlap(pe, k, lo, hi) for k, v in enumerate(histogram["energy"])) / whole
            for lo, hi in zip(self.edges, self.edges[1:])
        ]
        a, b = self.loss
        late = [math.exp(-b * max(0.0, t["start"] + (k + 0.5) * t["width"] - a)) for k in range(t["bins"])]
        time = [
            math.fsum(v * e * overlap(t, k, lo, hi) for k, (v, e) in enumerate(zip(histogram["time"], late)))
            for lo, hi in zip(self.times, self.times[1:])
        ]
        return [e * x for e in energy for x in time]

    # ------------------------------------------------------------ signal
    def response(self, light, efficiency):
        """Chance of a recoil to be reconstructed in each PE bin: C22 eqs. (A2)-(A7)."""
        a, b, c, d = (efficiency[k] for k in "abcd")
        # where the efficiency leaves zero
        kink = c - math.log(a / -d - 1) / b

        def bins(recoil):
            mev = (((light["d"] * recoil + light["c"]) * recoil + light["b"]) * recoil + light["a"]) * recoil
            mean = 1e3 * self.response_data["lightYield"] * mev
            if mean < 1e-3:
                return [0.0] * (len(self.edges) - 1)
            shape = 1 + self.response_data["smearing"] * mean
            constant = shape * math.log(shape / mean) - math.lgamma(shape)

            def smeared(x):
                kept = max(0.0, a / (1 + math.exp(-b * (x - c))) + d)
                return math.exp(constant + (shape - 1) * math.log(x) - shape * x / mean) * kept

            return [
                integrate(smeared, max(lo, kink), hi, INNER) if hi > kink else 0.0
                for lo, hi in zip(self.edges, self.edges[1:])
            ]

        return bins

    def template(self, light, efficiency, scale=1.0):
        response = self.response(light, efficiency)
        return {n: counts_per_charge(HelmNucleus(n, scale), response, self.exposure) for n in self.nuclei}

    def all_templates(self):
        """Per nucleus and component: nominal, and for each shape the slope and curvature of its parabola, by PE bin."""
        r = self.response_data
        light, eff = r["scintillation"]["nominal"], r["energyEfficiency"]["nominal"]
        nominal = self.template(light, eff)
        pairs = [[self.template(light, r["energyEfficiency"][s]) for s in ("minus", "plus")]]
        pairs += [[self.template(q[s], eff) for s in ("minus", "plus")] for q in r["scintillation"]["systematics"]]
        pairs += [[self.held(nominal, self.template(light, eff, 1 + s * RADIUS), 1 + s * RADIUS) for s in (-1, 1)]]
        out = {}
        for n in self.nuclei:
            for c in COMPONENTS:
                rows = []
                for minus, plus in pairs:
                    lo, mid, hi = minus[n][c], nominal[n][c], plus[n][c]
                    rows.append(
                        (
                            [(h - l) / 2 for l, h in zip(lo, hi)],
                            [(h + l) / 2 - m for l, m, h in zip(lo, mid, hi)],
                        )
                    )
                out[n, c] = (nominal[n][c], rows)
        return out

    def held(self, nominal, moved, scale):
        """Templates at another radius, as the choice of what the radius moves has it, by nucleus and flavour."""
        if self.radius == "counts":
            return moved
        if self.radius == "none":
            return nominal
        time = {k: sum(shares(k, CENTRE, WIDTH, self.times, self.loss)[0]) for k in ("prompt", "delayed")}
        out = {}
        for n, by in moved.items():
            if self.radius == "shape":
                before, after = (counts_by_flavour(t[n], time) for t in (nominal, moved))
            else:
                before, after = cross_sections(n, 1.0), cross_sections(n, scale)
            out[n] = {c: [before[FLAVOUR[c]] / after[FLAVOUR[c]] * v for v in row] for c, row in by.items()}
        return out

    def energies(self, point, theta):
        """Counts by PE bin of prompt and delayed neutrinos, and their derivative by each shape."""
        key = tuple(sorted(point.items()))
        if self.cache[0] != key:
            charges = {n: squared_charges(HelmNucleus(n), point) for n in self.nuclei}
            size = len(self.edges) - 1
            table = {k: ([0.0] * size, [([0.0] * size, [0.0] * size) for _ in SHAPES]) for k in ("prompt", "delayed")}
            for (n, c), (mid, rows) in self.templates.items():
                q2 = charges[n][FLAVOUR[c]]
                base, shaped = table["prompt" if c == "prompt" else "delayed"]
                for i in range(size):
                    base[i] += q2 * mid[i]
                    for (s, k), (slope, curve) in zip(shaped, rows):
                        s[i] += q2 * slope[i]
                        k[i] += q2 * curve[i]
            self.cache = (key, table)
        out = {}
        for k, (base, shaped) in self.cache[1].items():
            value = [
                b + sum(t * (s[i] + t * c[i]) for t, (s, c) in zip(theta, shaped)) for i, b in enumerate(base)
            ]
            slopes = [[s[i] + 2 * t * c[i] for i in range(len(base))] for t, (s, c) in zip(theta, shaped)]
            out[k] = (value, slopes)
        return out

    def norm(self, values):
        return math.prod(1 + values[n] for n in self.norms)

    def signal(self, values, point):
        """Counts of the signal before its norm, and derivatives by shapes and onset."""
        theta = [values[n] for n in SHAPES]
        energy = self.energies(point, theta)
        time = {k: shares(k, CENTRE + values["csi.onset"], WIDTH, self.times, self.loss) for k in energy}

        def outer(pick, when):
            rows = [(pick(energy[k]), time[k][when]) for k in energy]
            return [
                sum(e[i] * t[j] for e, t in rows) for i in range(len(self.edges) - 1) for j in range(len(self.times) - 1)
            ]

        columns = {n: outer(lambda e, k=k: e[1][k], 0) for k, n in enumerate(SHAPES)}
        columns["csi.onset"] = outer(lambda e: e[0], 1)
        return outer(lambda e: e[0], 0), columns

    def expected(self, values, point, _=True):
        s, slopes = self.signal(values, point)
        norm = self.norm(values)
        factors = [1 + values[n] for n in self.background]
        mu = [norm * a + sum(f * b for f, b in zip(factors, row)) for a, row in zip(s, zip(*self.background.values()))]
        columns = {n: [norm * v for v in column] for n, column in slopes.items()}
        for n in self.norms:
            rest = math.prod(1 + values[m] for m in self.norms if m != n)
            columns[n] = [rest * v for v in s]
        columns.update(self.background)
        return mu, columns


def counts_by_flavour(by_component, time):
    """Counts per squared charge of one nucleus in the bins, at the central onset."""
    out = {"e": 0.0, "mu": 0.0}
    for c, row in by_component.items():
        out[FLAVOUR[c]] += sum(row) * time["prompt" if c == "prompt" else "delayed"]
    return out


def cross_sections(name, radius_scale):
    """Flux sums of the cross section per squared charge of one nucleus, by flavour, fm^2."""
    out = {"e": 0.0, "mu": 0.0}
    for c, v in spectrum_in_bins(HelmNucleus(name, radius_scale), lambda _: [1.0], 2.0).items():
        out[FLAVOUR[c]] += v[0]
    return out
