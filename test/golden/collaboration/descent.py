"""Minimum of Poisson chi-squares over nuisances within bounds, by Fisher scoring with a line search from many starts.

A data set gives, at values of its variables, the expected counts and their derivative by each variable. The matrix
of second derivatives is replaced by its expectation (2 sum J J / mu), which is never indefinite; a variable at its
bound whose gradient points outwards is left there.
"""

import math


class Variable:
    def __init__(self, name, sigma=None, low=-math.inf, high=math.inf, start=0.0):
        self.name, self.sigma, self.low, self.high, self.start = name, sigma, low, high, start


def solve(matrix, right):
    """Gaussian elimination with pivots."""
    n = len(right)
    rows = [row[:] + [r] for row, r in zip(matrix, right)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[p] = rows[p], rows[i]
        for r in range(i + 1, n):
            f = rows[r][i] / rows[i][i]
            if f:
                rows[r] = [x - f * y for x, y in zip(rows[r], rows[i])]
    out = [0.0] * n
    for i in reversed(range(n)):
        out[i] = (rows[i][n] - sum(rows[i][k] * out[k] for k in range(i + 1, n))) / rows[i][i]
    return out


def deviance(observed, mu):
    terms = []
    for n, m in zip(observed, mu):
        if m < 0 or (m == 0 and n):
            return math.inf
        terms.append(m - n + n * math.log(n / m) if n else m)
    return 2 * math.fsum(terms)


class Profile:
    """Chi-square of some data sets together, minimised over all variables but those that are held."""

    def __init__(self, sets, held=None):
        self.sets = sets
        self.held = held or {}
        self.variables = {}
        for s in sets:
            for v in s.variables:
                self.variables.setdefault(v.name, v)
        self.free = [v for v in self.variables.values() if v.name not in self.held]
        self.index = {v.name: k for k, v in enumerate(self.free)}

    def values(self, x):
        return {**{v.name: t for v, t in zip(self.free, x)}, **self.held}

    def penalty(self, values):
        return sum((values[n] / v.sigma) ** 2 for n, v in self.variables.items() if v.sigma)

    def chi2(self, x, point):
        values = self.values(x)
        total = self.penalty(values)
        for s in self.sets:
            total += deviance(s.observed, s.expected(values, point, False)[0])
        return total

    def derivatives(self, x, point):
        values = self.values(x)
        n = len(self.free)
        gradient = [2 * t / v.sigma**2 if v.sigma else 0.0 for v, t in zip(self.free, x)]
        matrix = [[0.0] * n for _ in range(n)]
        for k, v in enumerate(self.free):
            matrix[k][k] = 2 / v.sigma**2 if v.sigma else 0.0
        for s in self.sets:
            mu, columns = s.expected(values, point, True)
            safe = [max(m, 1e-12) for m in mu]
            pull = [2 * (1 - o / m) for o, m in zip(s.observed, safe)]
            used = [(self.index[name], c) for name, c in columns.items() if name in self.index]
            for p, (k, c) in enumerate(used):
                gradient[k] += math.fsum(a * b for a, b in zip(c, pull))
                weighted = [2 * a / m for a, m in zip(c, safe)]
                for l, d in used[p:]:
                    matrix[k][l] += sum(a * b for a, b in zip(weighted, d))
                    matrix[l][k] = matrix[k][l]
        return gradient, matrix

    def descend(self, x, point):
        best = self.chi2(x, point)
        for _ in range(400):
            g, matrix = self.derivatives(x, point)
            active = [
                k
                for k, v in enumerate(self.free)
                if not (x[k] <= v.low and g[k] > 0) and not (x[k] >= v.high and g[k] < 0)
            ]
            if not active:
                break
            # a touch on the diagonal: a variable that nothing depends on stays where it is
            step = solve(
                [[matrix[k][l] * (1 + 1e-12 * (k == l)) + (k == l) * 1e-12 for l in active] for k in active],
                [-g[k] for k in active],
            )
            expected_gain = -sum(g[k] * d for k, d in zip(active, step)) / 2
            if expected_gain < 1e-13:
                break
            length = 1.0
            while length > 1e-9:
                trial = x[:]
                for k, d in zip(active, step):
                    v = self.free[k]
                    trial[k] = min(v.high, max(v.low, x[k] + length * d))
                value = self.chi2(trial, point)
                if value < best - 1e-4 * length * min(expected_gain, 1.0) or (value < best and length < 1e-3):
                    break
                length /= 2
            else:
                break
            x, best = trial, value
        return best, x

    def minimum(self, point, starts=None):
        """(chi-square, values by name) of the lowest minimum found from the starts, each a dict of first values."""
        found = []
        for start in starts or self.starts():
            x = [min(v.high, max(v.low, start.get(v.name, v.start))) for v in self.free]
            found.append(self.descend(x, point))
        best, x = min(found, key=lambda f: f[0])
        return best, self.values(x)

    def starts(self):
        out = [{}]
        for s in self.sets:
            out = [{**a, **b} for a in out for b in s.starts()]
        return out

    def errors(self, values, point, step=1e-3):
        """Standard deviations of the free variables: twice the inverse of the second derivatives at a minimum."""
        x = [values[v.name] for v in self.free]
        sigma = [v.sigma or 0.1 for v in self.free]

        def gradient(k, by):
            return self.derivatives([t + by * (i == k) for i, t in enumerate(x)], point)[0]

        rows = []
        for k, s in enumerate(sigma):
            up, down = gradient(k, step * s), gradient(k, -step * s)
            rows.append([(a - b) / (2 * step * s) for a, b in zip(up, down)])
        n = len(x)
        out = {}
        for k, v in enumerate(self.free):
            unit = [2.0 * (i == k) for i in range(n)]
            out[v.name] = math.sqrt(solve(rows, unit)[k])
        return out
