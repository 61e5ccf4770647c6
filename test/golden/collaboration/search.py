"""One-dimensional searches over a profiled chi-square: its minimum and where it rises by a given amount."""

import math

GOLDEN = (math.sqrt(5) - 1) / 2


def lowest(f, a, b, coarse=13, precision=1e-7):
    """Minimum of f in [a, b]: the best cell of a coarse grid, then golden section. Returns (value of f, place)."""
    grid = [a + (b - a) * k / (coarse - 1) for k in range(coarse)]
    values = [f(x) for x in grid]
    k = min(range(coarse), key=values.__getitem__)
    lo, hi = grid[max(0, k - 1)], grid[min(coarse - 1, k + 1)]
    x, y = hi - GOLDEN * (hi - lo), lo + GOLDEN * (hi - lo)
    fx, fy = f(x), f(y)
    while hi - lo > precision:
        if fx < fy:
            hi, y, fy = y, x, fx
            x = hi - GOLDEN * (hi - lo)
            fx = f(x)
        else:
            lo, x, fx = x, y, fy
            y = lo + GOLDEN * (hi - lo)
            fy = f(y)
    # the parabola through three points: where f is flat, golden section alone stops at the square root of rounding
    h = 1e-3 * (b - a)
    mid = (lo + hi) / 2
    l, m, r = f(mid - h), f(mid), f(mid + h)
    place = mid + h * (l - r) / (2 * (l - 2 * m + r))
    return f(place), place


def end(f, inside, outside, level, precision=1e-7):
    """Where f first is `level` when going from `inside` (below it) to `outside` (above it)."""
    steps = [inside + (outside - inside) * k / 12 for k in range(13)]
    for a, b in zip(steps, steps[1:]):
        if f(b) >= level:
            break
    else:
        return math.nan
    while abs(b - a) > precision:
        mid = (a + b) / 2
        a, b = (mid, b) if f(mid) < level else (a, mid)
    return (a + b) / 2


def interval(f, best, place, low, high, level=1.0):
    """Errors up and down at f = best + level."""
    return end(f, place, high, best + level) - place, end(f, place, low, best + level) - place
