"""Second route to the `liao-2024` numbers: Python's standard library only, nothing shared with the program.

    python3 independent.py RELEASE_DATA_FOLDER [points | predictions | exponent | report] [--compare POINTS.csv]

`points` (the default) writes the three chi-squares at six chosen and 200 random NSI points, `predictions` the SM
counts of every bin, `exponent` the chi-squares as functions of the exponent x of |Q F|^x; `report` writes the
numbers that can be held against the literature. All of it goes to standard output; `--compare` says on standard
error how far the chi-squares are from those of a file with the same columns.

The methods are chosen to differ from the obvious ones. Nothing is integrated in closed form: recoil energies,
smearing, efficiencies and pulse shapes all go through double-exponential (tanh-sinh) quadrature, split at every kink,
and neutrino energies through Simpson's rule, which is exact for the cubic at hand; the Lindhard ionisation is inverted by bisection; the Gaussian chi-squares come from dense normal
equations over all bins, and the Poisson one from one-dimensional bisections of the gradient, coordinate after
coordinate, with a bound on the distance to the minimum that follows from convexity.

L24 = Liao, Marfatia, Zhang, arXiv:2408.06255; C22 = COHERENT CsI, arXiv:2110.07730.
"""

import math
import os
import random
import sys
from multiprocessing import Pool

# ---------------------------------------------------------------- constants (MeV, fm, kg, m, microseconds)
G_FERMI = 1.1663787e-11  # MeV^-2
HBARC = 197.3269804  # MeV fm
AVOGADRO = 6.02214076e23
M_PION, M_MUON, M_ELECTRON = 139.57039, 105.6583755, 0.51099895
ATOMIC_UNIT = 931.49410242
TAU_PION, TAU_MUON = 0.026033, 2.19698
SIN2_THETA_W = 0.238

E_PROMPT = (M_PION**2 - M_MUON**2) / (2 * M_PION)
E_MICHEL = M_MUON / 2

NUCLEI = {  # Z, N, atomic mass in u
    "na": (11, 12, 22.98976928),
    "ar": (18, 22, 39.9623831237),
    "ge": (32, 40.7, 72.7),
    "i": (53, 74, 126.904473),
    "cs": (55, 78, 132.90545196),
}

COUPLINGS = [f"eps_{pair}_{quark}" for pair in ("ee", "mumu", "emu", "etau", "mutau") for quark in "ud"]


# ---------------------------------------------------------------- quadrature
def double_exponential(level, reach=3.4):
    """Abscissae and weights of the tanh-sinh rule on (-1, 1) with step 2^-level."""
    step = 2.0**-level
    rule = []
    for k in range(-math.ceil(reach / step), math.ceil(reach / step) + 1):
        s = math.pi / 2 * math.sinh(k * step)
        weight = step * math.pi / 2 * math.cosh(k * step) / math.cosh(s) ** 2
        rule.append((math.tanh(s), weight))
    return rule


FINENESS = int(os.environ.get("FINENESS", "0"))  # adds to every level, to see the convergence
INNER = double_exponential(3 + FINENESS)
OUTER = double_exponential(5 + FINENESS)


def nodes(a, b, rule=INNER):
    half, mid = (b - a) / 2, (a + b) / 2
    return [(mid + half * x, half * w) for x, w in rule] if b > a else []


def integrate(f, a, b, rule=INNER):
    return math.fsum(w * f(x) for x, w in nodes(a, b, rule))


def bisect(f, a, b):
    """Where the increasing f crosses zero in [a, b], to the last bit."""
    while True:
        mid = (a + b) / 2
        if mid <= a or mid >= b:
            return mid
        if f(mid) < 0:
            a = mid
        else:
            b = mid


# ---------------------------------------------------------------- signal
class Nucleus:
    def __init__(self, name):
        self.z, self.n, atomic = NUCLEI[name]
        self.mass = atomic * ATOMIC_UNIT - self.z * M_ELECTRON
        self.radius = 1.2 * (self.z + self.n) ** (1 / 3)

    def form_factor(self, recoil):
        """Klein-Nystrand."""
        q = math.sqrt(2 * self.mass * recoil) / HBARC
        x = q * self.radius
        if x < 1e-2:
            j = 1 - x * x / 10 + x**4 / 280 - x**6 / 15120
        else:
            j = 3 * (math.sin(x) - x * math.cos(x)) / x**3
        return j / (1 + (0.7 * q) ** 2)

    def largest_recoil(self, energy):
        return 2 * energy**2 / (self.mass + 2 * energy)

    def kinematic(self, recoil, energy):
        return 1 - recoil / energy - recoil * self.mass / (2 * energy**2)

    def cross_section(self, component, recoil, exponent):
        """L24 eq. (1) over Q^x, averaged over the spectrum of one component: fm^2 per MeV."""
        if component == "prompt":
            average = self.kinematic(recoil, E_PROMPT)
        else:
            lowest = (recoil + math.sqrt(recoil**2 + 2 * self.mass * recoil)) / 2
            spectrum = SPECTRA[component]
            # a polynomial of third degree: Simpson's rule needs no more than three points for it
            mid = (lowest + E_MICHEL) / 2
            values = [spectrum(e) * self.kinematic(recoil, e) for e in (lowest, mid, E_MICHEL)]
            average = (E_MICHEL - lowest) / 6 * (values[0] + 4 * values[1] + values[2])
        return G_FERMI**2 * self.mass / math.pi * HBARC**2 * average * abs(self.form_factor(recoil)) ** exponent


SPECTRA = {  # L24 eq. (2), normalised to one neutrino
    "delayed_mu": lambda e: 64 * e**2 / M_MUON**3 * (3 / 4 - e / M_MUON),
    "delayed_e": lambda e: 192 * e**2 / M_MUON**3 * (1 / 2 - e / M_MUON),
}
ENDPOINT = {"prompt": E_PROMPT, "delayed_mu": E_MICHEL, "delayed_e": E_MICHEL}


def weak_charge_squared(nucleus, flavour, eps, sin2):
    """L24 eq. (12)."""
    gp, gn = 0.5 - 2 * sin2, -0.5
    z, n = nucleus.z, nucleus.n

    def shift(pair):
        u, d = eps.get(f"eps_{pair}_u", 0.0), eps.get(f"eps_{pair}_d", 0.0)
        return (2 * u + d) * z + (u + 2 * d) * n

    diagonal, others = {"e": ("ee", ("emu", "etau")), "mu": ("mumu", ("emu", "mutau"))}[flavour]
    return (gp * z + gn * n + shift(diagonal)) ** 2 + sum(shift(pair) ** 2 for pair in others)


def spectrum_in_bins(nucleus, response, exponent):
    """Integral over recoil energy of cross section times response(recoil) -> list over bins, per component, fm^2."""
    result = {}
    weights = {}
    for energy in (E_PROMPT, E_MICHEL):
        top = nucleus.largest_recoil(energy)
        # sqrt(recoil) as the variable: the peak of the spectrum and the threshold then have about the same width
        weights[energy] = [(t * t, 2 * t * w, response(t * t)) for t, w in nodes(0.0, math.sqrt(top), OUTER) if t > 0]
    for component, energy in ENDPOINT.items():
        rows = []
        for recoil, w, bins in weights[energy]:
            s = w * nucleus.cross_section(component, recoil, exponent)
            rows.append([s * b for b in bins])
        result[component] = [math.fsum(column) for column in zip(*rows)]
    return result


def neutrinos_per_area(pot, per_proton, distance):
    """Per flavour, fm^-2."""
    return pot * per_proton / (4 * math.pi * (distance * 1e15) ** 2)


# ---------------------------------------------------------------- time
def pulse(onset, width):
    """Gaussian pulse convoluted with the pion decay (prompt) and then with the muon decay (delayed)."""

    def pion_then_muon(s):
        # exp(-u/tau_pi)/tau_pi convoluted with exp(-v/tau_mu)/tau_mu at s = u + v
        upper = min(s, 45 * TAU_PION)
        return sum(
            w * math.exp(-u / TAU_PION - (s - u) / TAU_MUON) for u, w in nodes(0.0, upper)
        ) / (TAU_PION * TAU_MUON)

    def pion(s):
        return math.exp(-s / TAU_PION) / TAU_PION

    def density(decay, t, memory):
        # z: the proton's arrival in units of the width; s = t - onset - width z >= 0 the delay after it
        high = (t - onset) / width
        low = max(-9.0, high - memory / width)
        high = min(high, 9.0)
        cuts = [low] + [c for c in (-6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6) if low < c < high] + [high]
        total = []
        for a, b in zip(cuts, cuts[1:]):
            total += [
                w * math.exp(-z * z / 2) * decay(t - onset - width * z) for z, w in nodes(a, b) if t - onset > width * z
            ]
        return math.fsum(total) / math.sqrt(2 * math.pi)

    return {
        "prompt": lambda t: density(pion, t, 45 * TAU_PION),
        "delayed": lambda t: density(pion_then_muon, t, 45 * TAU_MUON),
    }


def time_fractions(density, edges, efficiency, kinks):
    out = []
    for lo, hi in zip(edges, edges[1:]):
        # cuts at the pulse as well as at the kinks, or a rule over 2 us would miss the 0.15 us structure
        cuts = sorted({lo, hi} | {c for c in kinks + [0.1 * k for k in range(-5, 16)] if lo + 1e-9 < c < hi - 1e-9})
        out.append(math.fsum(integrate(lambda t: density(t) * efficiency(t), a, b) for a, b in zip(cuts, cuts[1:])))
    return out


# ---------------------------------------------------------------- files
def table(path, separator=None):
    rows = []
    with open(path, encoding="utf-8") as handle:
        for line in handle:
            if line.strip() and not line.startswith("#"):
                rows.append([float(x) for x in line.split(separator)])
    return rows


# ---------------------------------------------------------------- CsI
PE_EDGES = [8, 12, 16, 20, 24, 32, 40, 50, 60]
CSI_TIME_EDGES = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 2, 4, 6]
ONSET_OF_LOSS = 0.52


def csi_time_efficiency(t):
    return 1.0 if t < ONSET_OF_LOSS else math.exp(-0.0494 * (t - ONSET_OF_LOSS))


class Csi:
    sigmas = (0.1145, 0.25, 0.021, 0.35)
    nuclei = ("cs", "i")

    def __init__(self, folder):
        self.folder = os.path.join(folder, "csi-2022")
        self.light = table(os.path.join(self.folder, "scintRespCoefficients.txt"))[0]
        self.efficiency = table(os.path.join(self.folder, "effCoefficients.txt"))[0]
        self.observed = self.histogram("dataBeamOnC.txt")
        self.steady = self.histogram("dataBeamOnAC.txt")
        self.brn = self.neutrons("brnPE.txt", "brnTrec.txt")
        self.nin = self.neutrons("ninPE.txt", "ninTrec.txt")
        p = pulse(0.44, 0.15)
        self.time = {
            k: time_fractions(p[k], CSI_TIME_EDGES, csi_time_efficiency, [ONSET_OF_LOSS]) for k in ("prompt", "delayed")
        }

    def histogram(self, name):
        counts = [0.0] * 88
        for pe, t in table(os.path.join(self.folder, name)):
            i = sum(pe >= e for e in PE_EDGES) - 1
            j = sum(t >= e for e in CSI_TIME_EDGES) - 1
            if 0 <= i < 8 and 0 <= j < 11:
                counts[i * 11 + j] += 1
        return counts

    def neutrons(self, energies, times):
        """BRN_ij = share of the PE spectrum (of all below 250 PE) times the events of the time bin."""
        spectrum = table(os.path.join(self.folder, energies))
        whole = math.fsum(row[1] for row in spectrum)
        share = [math.fsum(v for x, v in spectrum if lo <= x < hi) / whole for lo, hi in zip(PE_EDGES, PE_EDGES[1:])]
        in_time = []
        for lo, hi in zip(CSI_TIME_EDGES, CSI_TIME_EDGES[1:]):
            parts = []
            for t, v in table(os.path.join(self.folder, times)):
                overlap = min(hi, t + 0.005) - max(lo, t - 0.005)
                if overlap > 1e-9:
                    parts.append(v * overlap / 0.01 * csi_time_efficiency(t))
            in_time.append(math.fsum(parts))
        return [s * t for s in share for t in in_time]

    def accepted(self, pe):
        a, b, c, d = self.efficiency
        return max(0.0, a / (1 + math.exp(-b * (pe - c))) + d)

    def response(self, recoil):
        """Chance to be reconstructed in each PE bin: C22 eqs. (A2)-(A7)."""
        c = self.light
        mean = 13.35e3 * (((c[3] * recoil + c[2]) * recoil + c[1]) * recoil + c[0]) * recoil
        if mean < 1e-3:
            return [0.0] * 8
        shape = 1 + 0.716 * mean
        constant = shape * math.log(shape / mean) - math.lgamma(shape)

        def smeared(x):
            return math.exp(constant + (shape - 1) * math.log(x) - shape * x / mean) * self.accepted(x)

        return [integrate(smeared, lo, hi) for lo, hi in zip(PE_EDGES, PE_EDGES[1:])]

    def templates(self, exponent=2.0):
        norm = neutrinos_per_area(3.198e23, 0.0848, 19.3) * 14.6e3 * AVOGADRO / 259.80992
        out = {}
        for name in self.nuclei:
            s = spectrum_in_bins(Nucleus(name), self.response, exponent)
            out[name, "e"] = [norm * a * t for a in s["delayed_e"] for t in self.time["delayed"]]
            out[name, "mu"] = [
                norm * (a * tp + b * td)
                for a, b in zip(s["prompt"], s["delayed_mu"])
                for tp, td in zip(self.time["prompt"], self.time["delayed"])
            ]
        return out

    def profile(self, signal):
        """Chi-square of L24 eq. (4) at its minimum over alpha >= -1, the alphas, and a bound on what is missing."""
        parts = (signal, self.brn, self.steady, self.nin)
        observed = self.observed
        alpha = [0.0] * 4

        def gradient(k, mu):
            return 2 * math.fsum(p * (1 - n / m) for p, n, m in zip(parts[k], observed, mu)) + 2 * alpha[k] / self.sigmas[k] ** 2

        def expected():
            return [math.fsum((1 + a) * p for a, p in zip(alpha, row)) for row in zip(*parts)]

        for sweep in range(2000):
            for k in range(4):
                part, prior = parts[k], 2 / self.sigmas[k] ** 2
                rest = [m - (1 + alpha[k]) * p for m, p in zip(expected(), part)]
                used = [(p, n, r) for p, n, r in zip(part, observed, rest) if p > 0]
                total = math.fsum(part)

                def slope(a):
                    scale = 1 + a
                    return 2 * (total - sum([p * n / (r + scale * p) for p, n, r in used if n])) + prior * a

                # at exactly -1 a bin with nothing else in it would have no expectation at all
                low, high = -1 + 1e-14, max(1.0, alpha[k] + 0.5)
                if slope(low) >= 0:
                    alpha[k] = -1.0 if all(r > 0 or not n for _, n, r in used) else low
                    continue
                while slope(high) < 0:
                    high = 2 * high + 2
                span = 0.25
                while span > 1e-16 and sweep:
                    # from the second sweep on the root is near the last one
                    a, b = max(low, alpha[k] - span), min(high, alpha[k] + span)
                    if slope(a) < 0 < slope(b):
                        low, high, span = a, b, span / 16
                    else:
                        break
                for _ in range(60):
                    mid = (low + high) / 2
                    if slope(mid) < 0:
                        low = mid
                    else:
                        high = mid
                    if high - low < 1e-15:
                        break
                alpha[k] = (low + high) / 2
            mu = expected()
            g = [gradient(k, mu) for k in range(4)]
            # the prior alone curves chi^2 by 2 / sigma^2, so the minimum is at most g^2 sigma^2 / 4 lower
            gap = sum((x * s) ** 2 / 4 for x, s, a in zip(g, self.sigmas, alpha) if not (a <= -1 + 1e-13 and x > 0))
            if gap < 1e-10:
                break
        terms = [2 * (m - n + (n * math.log(n / m) if n else 0.0)) for m, n in zip(mu, observed)]
        return math.fsum(terms + [(a / s) ** 2 for a, s in zip(alpha, self.sigmas)]), alpha, gap


# ---------------------------------------------------------------- dense Gaussian fits
def least_squares(residual, columns, variances, priors):
    """min over x of sum (residual - columns x)^2 / variance + sum (x / prior)^2, by the full normal equations."""
    size = len(columns)
    matrix = [
        [
            math.fsum(a * b / v for a, b, v in zip(columns[i], columns[j], variances)) + (i == j) / priors[i] ** 2
            for j in range(size)
        ]
        + [math.fsum(a * r / v for a, r, v in zip(columns[i], residual, variances))]
        for i in range(size)
    ]
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(matrix[r][i]))
        matrix[i], matrix[pivot] = matrix[pivot], matrix[i]
        for r in range(size):
            if r != i:
                f = matrix[r][i] / matrix[i][i]
                matrix[r] = [x - f * y for x, y in zip(matrix[r], matrix[i])]
    x = [matrix[i][size] / matrix[i][i] for i in range(size)]
    left = [r - math.fsum(c[b] * y for c, y in zip(columns, x)) for b, r in enumerate(residual)]
    return math.fsum([d * d / v for d, v in zip(left, variances)] + [(y / p) ** 2 for y, p in zip(x, priors)]), x


# ---------------------------------------------------------------- LAr
LAR_ENERGY_EDGES = [10.0 * k for k in range(13)]
LAR_TIME_EDGES = [-0.1 + 0.5 * k for k in range(11)]


class Lar:
    nuclei = ("ar",)

    def __init__(self, folder):
        self.folder = os.path.join(folder, "lar-2020")
        curve = table(os.path.join(self.folder, "CENNS10AnlAEfficiency.txt"))
        self.curve = [(row[0], row[2]) for row in curve]
        self.observed = self.summed("datanobkgsub.txt")
        self.steady = self.summed("bkgpdf.txt")
        self.prompt_neutrons = self.summed("brnpdf.txt")
        self.delayed_neutrons = self.summed("delbrnpdf.txt")
        self.signal_shapes = [
            self.deviation(name, "cevnspdf.txt") for name in ("cevnspdf+1sigF90.txt", "cevnspdfCEvNSTimingMeanSyst.txt")
        ]
        self.neutron_shapes = [
            self.deviation(name, "brnpdf.txt")
            for name in ("brnpdf+1sigEnergy.txt", "brnpdf+1sigBRNTimingMean.txt", "brnpdfBRNTimingWidthSyst.txt")
        ]
        p = pulse(0.44, 0.15)
        self.time = {k: time_fractions(p[k], LAR_TIME_EDGES, lambda t: 1.0, []) for k in ("prompt", "delayed")}
        # the efficiency on its linear pieces; it is zero below the first point and constant above the last
        points = self.curve + [(LAR_ENERGY_EDGES[-1], self.curve[-1][1])]
        self.pieces = []
        for (x0, y0), (x1, y1) in zip(points, points[1:]):
            cuts = [x0] + [e for e in LAR_ENERGY_EDGES if x0 < e < x1] + [x1]
            for a, b in zip(cuts, cuts[1:]):
                part = max(1, math.ceil((b - a) / 2.5))
                for k in range(part):
                    lo, hi = a + (b - a) * k / part, a + (b - a) * (k + 1) / part
                    samples = [(x, w * (y0 + (y1 - y0) * (x - x0) / (x1 - x0))) for x, w in nodes(lo, hi, INNER)]
                    self.pieces.append((int((lo + hi) / 20), lo, hi, samples))

    def summed(self, name):
        counts = [0.0] * 120
        for energy, _f90, t, value in table(os.path.join(self.folder, name)):
            counts[int(energy // 10) * 10 + round((t - 0.15) / 0.5)] += value
        return counts

    def deviation(self, name, central):
        return [(s - c) / c if c else 0.0 for s, c in zip(self.summed(name), self.summed(central))]

    def response(self, recoil):
        kev = 1e3 * recoil
        mean = (0.246 + 0.00078 * kev) * kev
        width = 0.58 * math.sqrt(mean)
        parts = [[] for _ in range(12)]
        for b, lo, hi, samples in self.pieces:
            if lo < mean + 9 * width and hi > mean - 9 * width:
                parts[b] += [w * math.exp(-(((x - mean) / width) ** 2) / 2) for x, w in samples]
        return [math.fsum(p) / (width * math.sqrt(2 * math.pi)) for p in parts]

    def templates(self, exponent=2.0):
        norm = neutrinos_per_area(1.37e23, 0.0848, 27.5) * 24e3 * AVOGADRO / 39.948
        s = spectrum_in_bins(Nucleus("ar"), self.response, exponent)
        return {
            ("ar", "e"): [norm * a * t for a in s["delayed_e"] for t in self.time["delayed"]],
            ("ar", "mu"): [
                norm * (a * tp + b * td)
                for a, b in zip(s["prompt"], s["delayed_mu"])
                for tp, td in zip(self.time["prompt"], self.time["delayed"])
            ],
        }

    def profile(self, signal):
        """L24 eq. (5)."""
        parts = (signal, self.prompt_neutrons, self.delayed_neutrons, self.steady)
        columns = list(parts)
        columns += [[d * s for d, s in zip(shape, signal)] for shape in self.signal_shapes]
        columns += [[d * s for d, s in zip(shape, self.prompt_neutrons)] for shape in self.neutron_shapes]
        residual = [n - math.fsum(p) for n, p in zip(self.observed, zip(*parts))]
        variances = [n + s / 5 for n, s in zip(self.observed, self.steady)]
        return least_squares(residual, columns, variances, (0.13, 0.32, 1.0, 0.0079) + (1.0,) * 5)


# ---------------------------------------------------------------- Ge
GE_COLUMNS = [0, 1, 2, 5, 6, 7, 8]  # of 2 keVee from 1.5: those wholly inside the fit range


class Ge:
    nuclei = ("ge",)

    def __init__(self, folder):
        folder = os.path.join(folder, "ge-mini-2024")
        on = table(os.path.join(folder, "on-beam-counts.csv"), ",")
        off = table(os.path.join(folder, "off-beam-counts.csv"), ",")
        projection = table(os.path.join(folder, "time-projection.csv"), ",")
        self.observed, self.variances = [], []
        for c in GE_COLUMNS:
            a, b = sum(row[c] for row in on), sum(row[c] for row in off)
            self.observed.append(a - b)
            self.variances.append(a + b)
        self.observed += [row[1] for row in projection]
        self.variances += [row[2] ** 2 for row in projection]
        self.prompt = [row[3] for row in projection]
        self.delayed = [row[4] for row in projection]
        self.prompt = [x / math.fsum(self.prompt) for x in self.prompt]
        self.delayed = [x / math.fsum(self.delayed) for x in self.delayed]

    @staticmethod
    def ionisation(recoil):
        """keVee, L24 eq. (6)."""
        kev = 1e3 * recoil
        eps = 11.5 * 32 ** (-7 / 3) * kev
        g = 3 * eps**0.15 + 0.7 * eps**0.6 + eps
        return kev * 0.157 * g / (1 + 0.157 * g)

    def range(self, lo, hi, exponent=2.0):
        """Events over Q^x with ionisation in [lo, hi] keVee, per component."""
        nucleus = Nucleus("ge")
        a, b = (bisect(lambda e, x=x: self.ionisation(e) - x, 0.0, 1.0) for x in (lo, hi))
        norm = neutrinos_per_area(2.09e23, 0.096, 19.2) * 1e3 * AVOGADRO / 72.7
        out = {}
        for component, energy in ENDPOINT.items():
            top = min(b, nucleus.largest_recoil(energy))
            out[component] = norm * integrate(lambda e, k=component: nucleus.cross_section(k, e, exponent), a, top, OUTER)
        return out

    def templates(self, exponent=2.0):
        bins = [self.range(1.5 + 2 * c, 3.5 + 2 * c, exponent) for c in GE_COLUMNS]
        low, high = self.range(1.5, 8.5, exponent), self.range(11, 20, exponent)
        fit = {k: low[k] + high[k] for k in low}
        return {
            ("ge", "e"): [b["delayed_e"] for b in bins] + [fit["delayed_e"] * t for t in self.delayed],
            ("ge", "mu"): [b["prompt"] + b["delayed_mu"] for b in bins]
            + [fit["prompt"] * p + fit["delayed_mu"] * d for p, d in zip(self.prompt, self.delayed)],
        }

    def profile(self, signal):
        """L24 eq. (7)."""
        residual = [n - s for n, s in zip(self.observed, signal)]
        return least_squares(residual, [signal], self.variances, (0.103,))


# ---------------------------------------------------------------- points
def chosen_points():
    rows = [
        (0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        (0.1, -0.05, 0.02, 0.03, 0, 0, 0, 0, 0, 0),
        (0.35, 0.02, -0.01, 0.33, 0, 0, 0, 0, 0, 0),
        (0, 0, 0, 0, 0.1, -0.1, 0.05, 0, 0, 0.07),
        (-0.4, 0.5, 0.3, -0.2, 0.1, 0.1, -0.1, 0.2, 0.05, -0.15),
        (0.6, -0.6, -0.6, 0.6, 0, 0, 0, 0, 0.3, -0.3),
    ]
    return [(dict(zip(COUPLINGS, row)), SIN2_THETA_W) for row in rows]


def random_points(count=200, seed=2408062552):
    draw = random.Random(seed)
    out = []
    for k in range(count):
        kind = k % 5
        if kind < 3:
            eps = {c: draw.uniform(-1, 1) for c in COUPLINGS}
        elif kind == 3:
            eps = {c: draw.uniform(-1, 1) for c in draw.sample(COUPLINGS, draw.choice((1, 2)))}
        else:
            eps = {c: draw.uniform(-0.2, 0.2) for c in COUPLINGS}
        sin2 = draw.uniform(0.1, 0.4) if draw.random() < 0.4 else SIN2_THETA_W
        out.append(({c: round(eps.get(c, 0.0), 6) for c in COUPLINGS}, round(sin2, 6)))
    return out


DATA_SETS = {"csi": Csi, "lar": Lar, "ge": Ge}


def predicted(templates, eps, sin2, exponent=2.0):
    scaled = []
    for (name, flavour), values in templates.items():
        q2 = weak_charge_squared(Nucleus(name), flavour, eps, sin2)
        scaled.append([q2 ** (exponent / 2) * v for v in values])
    return [math.fsum(column) for column in zip(*scaled)]


def evaluate(task):
    sets, templates, eps, sin2, exponent = task
    return {k: sets[k].profile(predicted(templates[k], eps, sin2, exponent)) for k in sets}


def average_cross_section(name):
    """L24 eq. (10) in 1e-40 cm^2."""
    nucleus = Nucleus(name)
    whole = spectrum_in_bins(nucleus, lambda _: [1.0], 2.0)
    q2 = weak_charge_squared(nucleus, "mu", {}, SIN2_THETA_W)
    return q2 * sum(v[0] for v in whole.values()) / 3 * 1e14


def digits(x):
    return f"{x:.12g}"


# ---------------------------------------------------------------- outputs
def write_points(sets, templates, compare):
    points = chosen_points() + random_points()
    with Pool(2) as pool:
        results = pool.map(evaluate, [(sets, templates, eps, s, 2.0) for eps, s in points], chunksize=4)
    print(",".join(COUPLINGS + ["sin2_theta_w", "chi2_csi", "chi2_lar", "chi2_ge"]))
    for (eps, s), r in zip(points, results):
        print(",".join([digits(eps[c]) for c in COUPLINGS] + [digits(s)] + [digits(r[k][0]) for k in sets]))
    print(f"largest distance of CsI from its minimum: {max(r['csi'][2] for r in results):.1e}", file=sys.stderr)
    if compare:
        with open(compare, encoding="utf-8") as handle:
            lines = [line.strip().split(",") for line in handle if not line.startswith("#")]
        for line, (eps, _), r in zip(lines[1:], points, results):
            theirs = dict(zip(lines[0], map(float, line)))
            assert all(theirs[c] == eps[c] for c in COUPLINGS)
            print(*(f"{k} {r[k][0] - theirs['chi2_' + k]:+.1e}" for k in sets), file=sys.stderr)


def write_predictions(templates):
    print("data_set,block,energy_bin,time_bin,nucleus,flavour,counts")
    for k, by_target in templates.items():
        for (name, flavour), values in by_target.items():
            q2 = weak_charge_squared(Nucleus(name), flavour, {}, SIN2_THETA_W)
            for b, v in enumerate(values):
                if k == "ge":
                    place = ("energy", b, "") if b < len(GE_COLUMNS) else ("time", "", b - len(GE_COLUMNS))
                else:
                    width = 11 if k == "csi" else 10
                    place = ("grid", b // width, b % width)
                print(",".join(map(str, (k, *place, name, flavour, digits(q2 * v)))))


def write_exponents(sets):
    print("exponent_x,chi2_csi,chi2_lar,chi2_ge")
    for x in (0.5, 1, 1.5, 1.9, 2.2, 3):
        r = evaluate((sets, {k: s.templates(x) for k, s in sets.items()}, {}, SIN2_THETA_W, x))
        print(",".join([str(x)] + [digits(r[k][0]) for k in sets]))


def write_report(sets, templates):
    for name in NUCLEI:
        print(f"<sigma> {name}: {average_cross_section(name):.8f} e-40 cm2")
    print(f"<sigma> CsI: {(average_cross_section('cs') + average_cross_section('i')) / 2:.8f}")
    for k, by_target in templates.items():
        counts = {}
        for (name, flavour), values in by_target.items():
            q2 = weak_charge_squared(Nucleus(name), flavour, {}, SIN2_THETA_W)
            if k == "ge":
                counts[name, flavour, "energy bins"] = q2 * sum(values[:7])
                counts[name, flavour, "time bins"] = q2 * sum(values[7:])
            else:
                counts[name, flavour] = q2 * sum(values)
        print(k, {" ".join(t): round(c, 8) for t, c in counts.items()}, "sum", round(sum(counts.values()), 8))
    q2 = weak_charge_squared(Nucleus("ge"), "mu", {}, SIN2_THETA_W)
    print("ge 1.5-20 keVee", q2 * sum(sets["ge"].range(1.5, 20).values()))
    csi = sets["csi"]
    print("csi observed, BRN, SSB, NIN", *(sum(x) for x in (csi.observed, csi.brn, csi.steady, csi.nin)))
    print("csi time fractions", {k: [round(x, 9) for x in v] for k, v in csi.time.items()})
    print("lar time fractions", {k: [round(x, 9) for x in v] for k, v in sets["lar"].time.items()})
    lar = sets["lar"]
    parts = (lar.observed, lar.prompt_neutrons, lar.delayed_neutrons, lar.steady)
    print("lar observed, pBRN, dBRN, SSB", *(sum(x) for x in parts))
    for k, r in evaluate((sets, templates, {}, SIN2_THETA_W, 2.0)).items():
        print(k, f"chi2 {r[0]:.8f} nuisances", [round(x, 6) for x in r[1]])


def main(arguments):
    compare = None
    if "--compare" in arguments:
        at = arguments.index("--compare")
        compare = arguments[at + 1]
        del arguments[at : at + 2]
    if not 1 <= len(arguments) <= 2:
        sys.exit(__doc__)
    what = arguments[1] if len(arguments) == 2 else "points"
    sets = {k: kind(arguments[0]) for k, kind in DATA_SETS.items()}
    if what == "exponent":
        return write_exponents(sets)
    templates = {k: s.templates() for k, s in sets.items()}
    if what == "points":
        return write_points(sets, templates, compare)
    if what == "predictions":
        return write_predictions(templates)
    if what == "report":
        return write_report(sets, templates)
    sys.exit(f"independent.py knows points, predictions, exponent and report, not '{what}'.")


if __name__ == "__main__":
    main(sys.argv[1:])
