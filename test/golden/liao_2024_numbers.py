"""What `nsiscan validate liao-2024` is held to, by the second route of independent.py.

    python3 liao_2024_numbers.py RELEASE_DATA_FOLDER > liao-2024-numbers.json

Minima are found by nested golden sections and by the simplex of Nelder and Mead from many starts, ends of intervals
by bisection; nothing has a derivative. A few minutes on one core.
"""

import json
import math
import os
import sys

import independent
from independent import (
    COUPLINGS,
    DATA_SETS,
    GE_COLUMNS,
    NUCLEI,
    SIN2_THETA_W,
    Ge,
    Nucleus,
    average_cross_section,
    bisect,
    predicted,
    spectrum_in_bins,
    weak_charge_squared,
)

GOLDEN = (math.sqrt(5) - 1) / 2
ALL = ("csi", "lar", "ge")
PAPER_SM = {"lar": 17.6, "ge": 56.1, "csi": 178.0}  # L24 table I, 1e-40 cm^2


def golden(f, a, b, width=1e-7):
    """Lowest value of f between a and b, which has one minimum there, and where."""
    c, d = b - GOLDEN * (b - a), a + GOLDEN * (b - a)
    fc, fd = f(c), f(d)
    while b - a > width:
        if fc < fd:
            b, d, fd = d, c, fc
            c = b - GOLDEN * (b - a)
            fc = f(c)
        else:
            a, c, fc = c, d, fd
            d = a + GOLDEN * (b - a)
            fd = f(d)
    x = (a + b) / 2
    return f(x), x


def lowest_on(f, a, b, steps=24):
    """Lowest value of f between a and b: every step that may hold a minimum is searched."""
    xs = [a + (b - a) * i / steps for i in range(steps + 1)]
    ys = [f(x) for x in xs]
    near = min(ys)
    found = [(near, xs[ys.index(near)])]
    for i in range(steps + 1):
        lo, hi = max(0, i - 1), min(steps, i + 1)
        if ys[i] <= ys[lo] and ys[i] <= ys[hi]:
            found.append(golden(f, xs[lo], xs[hi], 1e-6))
    return min(found)


def simplex(f, start, step, tolerance=1e-9):
    """Nelder and Mead, in two dimensions, started again until it stays."""
    best = (math.inf, start)
    while True:
        points = [start] + [tuple(x + (step[i] if i == k else 0) for i, x in enumerate(start)) for k in range(2)]
        s = sorted((f(p), p) for p in points)
        for _ in range(400):
            if s[2][0] - s[0][0] < tolerance and max(abs(a - b) for a, b in zip(s[2][1], s[0][1])) < 1e-7:
                break
            centre = tuple((a + b) / 2 for a, b in zip(s[0][1], s[1][1]))

            def towards(t):
                p = tuple(c + t * (c - w) for c, w in zip(centre, s[2][1]))
                return f(p), p

            reflected = towards(1)
            if reflected[0] < s[0][0]:
                s[2] = min(reflected, towards(2))
            elif reflected[0] < s[1][0]:
                s[2] = reflected
            else:
                shrunk = towards(0.5) if reflected[0] < s[2][0] else towards(-0.5)
                if shrunk[0] < min(reflected[0], s[2][0]):
                    s[2] = shrunk
                else:
                    s = [s[0]] + [
                        (f(q), q) for q in (tuple((a + b) / 2 for a, b in zip(s[0][1], p)) for _, p in s[1:])
                    ]
            s.sort()
        if best[0] - s[0][0] < 1e-7:
            return min(best, s[0])
        best, start, step = s[0], s[0][1], tuple(x / 10 for x in step)


class Likelihood:
    def __init__(self, folder):
        self.folder = folder
        self.sets = {k: kind(folder) for k, kind in DATA_SETS.items()}
        self.templates = {k: s.templates() for k, s in self.sets.items()}

    def one(self, name, eps, sin2=SIN2_THETA_W, scale=1.0):
        signal = [scale * x for x in predicted(self.templates[name], eps, sin2)]
        return self.sets[name].profile(signal)

    def chi2(self, names, eps, sin2=SIN2_THETA_W):
        return math.fsum(self.one(name, eps, sin2)[0] for name in names)


# ---------------------------------------------------------------- one number at a time
def cross_sections(out):
    value = {name: average_cross_section(name) for name in NUCLEI}
    value["csi"] = (value["cs"] + value["i"]) / 2
    for name in ("na", "ar", "ge", "i", "cs", "csi"):
        out[f"l24.sigma-sm.{'lar' if name == 'ar' else name}"] = value[name]
    for name in ("ar", "ge", "i", "cs"):
        z, n, _ = NUCLEI[name]
        mixed = 2 * z * n * 0.5 * (0.5 - 2 * SIN2_THETA_W)
        out[f"l24.mixed-term.{'lar' if name == 'ar' else name}"] = 100 * mixed / (n * 0.5) ** 2


def standard_model(lik, out):
    for name, symbol in (("csi", "alpha"), ("lar", "beta"), ("ge", "gamma")):
        result = lik.one(name, {})
        out[f"l24.{name}.chi2"] = result[0]
        for k, pull in enumerate(result[1][:4]):
            out[f"l24.{name}.{symbol}{k}"] = pull
        out[f"l24.{name}.events"] = math.fsum(predicted(lik.templates[name], {}, SIN2_THETA_W))
    time = predicted(lik.templates["ge"], {}, SIN2_THETA_W)[len(GE_COLUMNS) :]
    out["l24.ge.events-fit-range"] = math.fsum(time)
    ge = lik.sets["ge"]
    q2 = weak_charge_squared(Nucleus("ge"), "mu", {}, SIN2_THETA_W)
    out["l24.ge.events"] = q2 * math.fsum(ge.range(1.5, 20).values())
    out["l24.ge.deficit"] = (out["l24.ge.events"] - 20.6) / 7.1
    projection = independent.table(os.path.join(lik.folder, "ge-mini-2024", "time-projection.csv"), ",")
    coherent = math.fsum(row[3] + row[4] for row in projection)
    out["l24.ge.above-coherent"] = (1 + out["l24.ge.gamma0"]) * out["l24.ge.events-fit-range"] / coherent
    threshold = bisect(lambda e: Ge.ionisation(e) - 1.5, 0.0, 1.0)
    out["l24.ge.threshold"] = 1e3 * threshold


def scales(lik, out):
    for name in ALL:
        signal = predicted(lik.templates[name], {}, SIN2_THETA_W)

        def f(scale):
            return lik.sets[name].profile([scale * x for x in signal])[0]

        least, scale = golden(f, 0.0, 4.0)
        up = bisect(lambda x: f(x) - least - 1, scale, scale + 2)
        down = bisect(lambda x: least + 1 - f(x), 0.0, scale)
        sm = PAPER_SM[name]
        out[f"l24.sigma.{name}.value"] = sm * scale
        out[f"l24.sigma.{name}.up"] = sm * (up - scale)
        out[f"l24.sigma.{name}.down"] = sm * (down - scale)
        out[f"l24.sigma.{name}.from-sm"] = abs(1 - scale) / (up - scale if scale < 1 else scale - down)
        if name == "csi":
            out["l24.csi.rejection"] = math.sqrt(f(0.0) - least)


def exponents(lik, out):
    known = {}

    def chi2(x):
        if x not in known:
            signal = {k: predicted(s.templates(x), {}, SIN2_THETA_W, x) for k, s in lik.sets.items()}
            known[x] = {k: lik.sets[k].profile(signal[k])[0] for k in signal}
        return known[x]

    best = {}
    for label, names in (("csi+lar", ("csi", "lar")), ("all", ALL)):
        least, x = golden(lambda x: sum(chi2(x)[k] for k in names), 1.9, 2.08, 1e-5)
        best[label] = x
        out[f"l24.x.{label}"] = x
        out[f"l24.x.{label}.from-2"] = math.sqrt(sum(chi2(2.0)[k] for k in names) - least)
    out["l24.x.shift-by-ge"] = best["all"] - best["csi+lar"]
    return best["all"]


def average_at(name, exponent):
    nucleus = Nucleus(name)
    whole = spectrum_in_bins(nucleus, lambda _: [1.0], exponent)
    q2 = weak_charge_squared(nucleus, "mu", {}, SIN2_THETA_W)
    return q2 ** (exponent / 2) * sum(v[0] for v in whole.values()) / 3 * 1e14


def figure_5(out, best):
    """Sum over the detectors of ((measured - curve) / error towards it)^2, for the best x over that for x = 2."""

    def distance(x):
        nuclei = {"lar": ("ar",), "ge": ("ge",), "csi": ("cs", "i")}
        total = []
        for name, targets in nuclei.items():
            curve = sum(average_at(t, x) for t in targets) / len(targets)
            value = out[f"l24.sigma.{name}.value"]
            error = out[f"l24.sigma.{name}.{'up' if curve > value else 'down'}"]
            total.append(((value - curve) / error) ** 2)
        return math.fsum(total)

    out["l24.figure-5.distance"] = distance(best) / distance(2.0)


# ---------------------------------------------------------------- planes
ONE_SIGMA, TWO_SIGMA = (-2 * math.log(math.erfc(n / math.sqrt(2))) for n in (1, 2))  # two parameters
PLANES = {
    "figure-6-upper": (("sin2_theta_w", 0, 0.5), ("eps_ee_u", -0.5, 1)),
    "figure-6-lower": (("sin2_theta_w", 0, 0.5), ("eps_mumu_u", -0.5, 1)),
    "figure-7-upper": (("eps_ee_d", -1, 1.2), ("eps_ee_u", -1, 1.2)),
    "figure-7-lower": (("eps_mumu_d", -1, 1.2), ("eps_mumu_u", -1, 1.2)),
    "figure-8-upper": (("eps_mumu_d", -0.3, 0.7), ("eps_mutau_d", -0.5, 0.5)),
    "figure-8-lower": (("eps_ee_d", -0.5, 0.8), ("eps_mumu_d", -0.3, 0.7)),
}


class Plane:
    def __init__(self, lik, axes):
        self.lik, self.axes, self.known = lik, axes, {}

    def chi2(self, names, point):
        given = dict(zip((name for name, _, _ in self.axes), point))
        sin2 = given.pop("sin2_theta_w", SIN2_THETA_W)
        for name in names:
            if (name, *point) not in self.known:
                self.known[name, *point] = self.lik.chi2((name,), given, sin2)
        return math.fsum(self.known[name, *point] for name in names)

    def bounded(self, names):
        def f(point):
            inside = [min(max(x, lo), hi) for x, (_, lo, hi) in zip(point, self.axes)]
            # beyond the frame the value at it, and more the farther away
            return self.chi2(names, inside) + 1e3 * sum((x - y) ** 2 for x, y in zip(point, inside))

        return f

    def minima(self, names, side=13):
        """Every local minimum that a grid of side x side points leads to, lowest first."""
        grid = [[lo + (hi - lo) * i / (side - 1) for i in range(side)] for _, lo, hi in self.axes]
        f = self.bounded(names)
        values = {(i, j): f((grid[0][i], grid[1][j])) for i in range(side) for j in range(side)}
        lowest = min(values.values())
        found = []
        for (i, j), value in values.items():
            around = [values.get((i + a, j + b), math.inf) for a in (-1, 0, 1) for b in (-1, 0, 1)]
            if value > min(around) or value > lowest + 25:
                continue
            step = [(hi - lo) / (side - 1) / 3 for _, lo, hi in self.axes]
            # inwards from the frame, where the function has a fold
            step = [s if k < side // 2 else -s for s, k in zip(step, (i, j))]
            chi2, point = simplex(f, (grid[0][i], grid[1][j]), step)
            if all(max(abs(a - b) for a, b in zip(point, other)) > 1e-3 for _, other in found):
                found.append((chi2, point))
        return sorted(found)

    def lowest_on_edge(self, names, axis, value):
        other = 1 - axis
        _, lo, hi = self.axes[other]

        def f(x):
            point = [0.0, 0.0]
            point[axis], point[other] = value, x
            return self.chi2(names, point)

        return lowest_on(f, lo, hi)[0]


def planes(lik, out):
    for name, axes in PLANES.items():
        plane = Plane(lik, axes)
        separate = sum(plane.minima((k,))[0][0] for k in ALL)
        found = [(chi2 - separate, point) for chi2, point in plane.minima(ALL)]
        out[f"l24.{name}.lowest"] = found[0][0]
        out[f"l24.{name}.within-1-sigma"] = sum(delta <= ONE_SIGMA for delta, _ in found)
        out[f"l24.{name}.within-2-sigma"] = sum(delta <= TWO_SIGMA for delta, _ in found)
        if name.startswith("figure-6"):
            edges = [plane.lowest_on_edge(ALL, axis, end) for axis in (0, 1) for end in axes[axis][1:]]
            out[f"l24.{name}.frame"] = min(edges) - separate
        if name.startswith("figure-7"):
            for axis, letter in ((0, "d"), (1, "u")):
                for end, side in zip(axes[axis][1:], ("low", "high")):
                    out[f"l24.{name}.edge-{letter}-{side}"] = plane.lowest_on_edge(ALL, axis, end) - separate
            slopes(plane, name, out)
        if name == "figure-8-upper":
            ring(lik, separate, out)
        if name == "figure-8-lower":
            found = [one for one in found if one[0] < 12]
            out["l24.figure-8-lower.minima"] = len(found)
            from_sm = [math.hypot(*point) for _, point in found]
            out["l24.figure-8-lower.lowest-is-nearest"] = from_sm[0] - min(from_sm)
            for i, (delta, point) in enumerate(found):
                out[f"l24.{name}.minimum-{i + 1}.delta-chi2"] = delta
                out[f"l24.{name}.minimum-{i + 1}.eps_ee_d"] = point[0]
                out[f"l24.{name}.minimum-{i + 1}.eps_mumu_d"] = point[1]
        print(name, separate, found[:4], file=sys.stderr)


def slopes(plane, name, out):
    """Slope of each data set's valley near the Standard Model: best eps^u at two values of eps^d."""
    for k in ALL:
        ends = [lowest_on(lambda u, d=d: plane.chi2((k,), (d, u)), -0.6 - d, 0.2 - d)[1] for d in (-0.1, 0.1)]
        out[f"l24.{name}.slope.{k}"] = (ends[1] - ends[0]) / 0.2


def ring(lik, separate, out):
    """Lowest delta chi^2 along rays from the centre of the circle of L24 eq. (15) for Cs, every 10 degrees."""
    z, n, _ = NUCLEI["cs"]
    centre = -((0.5 - 2 * SIN2_THETA_W) * z - 0.5 * n) / (z + 2 * n)

    def at(names, angle, radius):
        c, s = math.cos(angle), math.sin(angle)
        return lik.chi2(names, {"eps_mumu_d": centre + radius * c, "eps_mutau_d": radius * s})

    values = []
    for k in range(19):  # the lower half is its mirror image
        values.append(golden(lambda r: at(ALL, math.pi * k / 18, r), 0.1, 0.25, 1e-6)[0] - separate)
    out["l24.figure-8-upper.ring-highest"] = max(values)
    out["l24.figure-8-upper.far-side"] = min(values[:10])


def main(arguments):
    if len(arguments) != 1:
        sys.exit(__doc__)
    lik = Likelihood(arguments[0])
    assert list(lik.sets) == list(ALL) and independent.FINENESS == 0 and len(COUPLINGS) == 10
    out = {}
    cross_sections(out)
    standard_model(lik, out)
    scales(lik, out)
    best = exponents(lik, out)
    figure_5(out, best)
    planes(lik, out)
    print(json.dumps({key: round(value, 8) for key, value in out.items()}, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
