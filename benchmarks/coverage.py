"""How often likely ranges hold the truth, and how often trusts are told apart wrongly.

    python benchmarks/coverage.py [--trusts 4000] [--replicates 2000]

The truth is known because it is made up: the scores of a trust are drawn from a distribution, and
its true score is the mean of that distribution. The figures in docs/uncertainty.md come from here.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np

from remit.assessment.likely.intervals import linear_quantiles, whole_range
from remit.assessment.likely.league_arrays import Field
from remit.assessment.likely.replicates import Drawing, Replicates, replicate
from remit.assessment.likely.student import stretches
from remit.assessment.likely.told_apart import FALSE_DISCOVERY_RATE, benjamini_hochberg, tell_apart
from remit.assessment.result.assessment import CutPoints
from remit.catalogue import load_framework

Truth = Callable[[np.random.Generator, tuple[int, int]], np.ndarray]

SCALE = (1.0, 4.0)
TOGETHER = 200
TAIL = 0.025
SIZES = (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 18, 20, 25, 40)


def ranked(random: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Every score by rank: even from 1 to 4."""
    return random.uniform(1, 4, shape)


def standards(random: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """35% meet a standard and score 1, the rest are ranked from 2 to 4."""
    met = random.random(shape) < 0.35
    return np.where(met, 1.0, random.uniform(2, 4, shape))


def bands(random: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Whole scores: 1, 2, 3 and 4 in 40, 30, 20 and 10%."""
    return random.choice([1.0, 2.0, 3.0, 4.0], p=[0.4, 0.3, 0.2, 0.1], size=shape)


TRUTHS: dict[str, tuple[Truth, float]] = {
    "ranked": (ranked, 2.5),
    "standards": (standards, 0.35 + 0.65 * 3),
    "bands": (bands, 2.0),
}


def field_of_size(n: int) -> Field:
    """Trusts of one kind, without overrides, by the cut points of 2025/26 Q1."""
    cuts = CutPoints((2.055, 2.325, 2.607), "given", "given", n, n)
    codes = tuple(f"T{place:04}" for place in range(n))
    framework = load_framework("nof-2025-26").framework
    return Field(codes, ("acute",) * n, np.zeros((n, 0), dtype=bool), (), cuts, framework)


def draw(scores: np.ndarray, replicates: int, seed: int, method: str) -> Replicates:
    """Replicates of trusts with equally many scores, shape ``(trusts, scores)``."""
    trusts, n = scores.shape
    stretch = np.ones(trusts)
    if method == "expanded":
        stretch = stretches(np.full(trusts, float(n)), 1 - 2 * TAIL)
    drawing = Drawing(list(scores), stretch.tolist(), SCALE, replicates, seed)
    return replicate(field_of_size(trusts), drawing)


def score_coverage(truth: str, n: int, method: str, trusts: int, replicates: int) -> float:
    """The share of ranges that hold the true score."""
    make, mean = TRUTHS[truth]
    random = np.random.default_rng(n)
    held = 0
    for batch in range(0, trusts, TOGETHER):
        drawn = draw(make(random, (TOGETHER, n)), replicates, batch, method)
        low, high = (
            (linear_quantiles(drawn.scores, share, replicates) + drawn.lowest) / 100
            for share in (TAIL, 1 - TAIL)
        )
        held += int(((low <= mean) & (mean <= high)).sum())
    return held / trusts


def league(
    random: np.random.Generator, trusts: int, n: int, spread: float
) -> tuple[np.ndarray, np.ndarray]:
    """True means, spread about 2.3, and scores even about each of them."""
    means = np.clip(2.3 + spread * random.normal(size=trusts), 1.3, 3.4).round(1)
    reach = np.minimum(means - 1, 4 - means)
    return means, means[:, None] + reach[:, None] * random.uniform(-1, 1, (trusts, n))


def rank_coverage(spread: float, n: int, method: str, replicates: int, leagues: int) -> float:
    """The share of rank ranges, in leagues of 61, that hold a rank the trust truly shares."""
    random = np.random.default_rng(n)
    held = 0
    for seed in range(leagues):
        means, scores = league(random, 61, n, spread)
        low, high = (
            e + 1
            for e in whole_range(draw(scores, replicates, seed, method).ranks, TAIL, replicates)
        )
        first = 1 + (means[:, None] > means).sum(axis=1)
        last = (means[:, None] >= means).sum(axis=1)
        held += int(((low <= last) & (first <= high)).sum())
    return held / (61 * leagues)


def false_discoveries(spread: float, n: int, replicates: int, leagues: int) -> list[float]:
    """The mean share of wrong ones among the pairs told apart, and of true differences found.

    The last figure is the share of wrong ones had the plain shares of replicates been taken.
    """
    random = np.random.default_rng(n)
    found = []
    one, other = np.triu_indices(61, 1)
    for seed in range(leagues):
        means, scores = league(random, 61, n, spread)
        drawn = draw(scores, replicates, seed, "percentile")
        apart = tell_apart(field_of_size(61), list(scores), drawn)
        same, told = means[one] == means[other], apart.pairs["told_apart"].to_numpy()
        plain = plainly_told(drawn)[one, other]
        found.append(
            [wrong(told, same), (told & ~same).sum() / max((~same).sum(), 1), wrong(plain, same)]
        )
    return np.mean(found, axis=0).tolist()


def wrong(told: np.ndarray, same: np.ndarray) -> float:
    """The share of pairs told apart that are truly the same."""
    return float((told & same).sum() / max(told.sum(), 1))


def plainly_told(drawn: Replicates) -> np.ndarray:
    """Which pairs would be told apart by the plain shares of replicates, so corrected."""
    counts = drawn.scores.astype(float)
    not_worse = counts @ counts.cumsum(axis=1).T / drawn.replicates**2
    p_values = np.minimum(2 * np.minimum(not_worse, not_worse.T), 1.0)
    told = np.zeros(p_values.shape, dtype=bool)
    pairs = np.triu_indices(len(told), 1)
    told[pairs] = benjamini_hochberg(p_values[pairs]) <= FALSE_DISCOVERY_RATE
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trusts", type=int, default=4_000)
    parser.add_argument("--replicates", type=int, default=2_000)
    parser.add_argument("--leagues", type=int, default=200)
    arguments = parser.parse_args()
    size = (arguments.trusts, arguments.replicates)
    for method in ("percentile", "expanded"):
        print(f"score, {method}: " + ", ".join(TRUTHS))
        for n in SIZES:
            print(
                n,
                *(f"{score_coverage(truth, n, method, *size):.1%}" for truth in TRUTHS),
                flush=True,
            )
    for spread in (0.0, 0.35, 0.6):
        for n in (9, 18):
            rank = [
                rank_coverage(spread, n, m, arguments.replicates, arguments.leagues)
                for m in ("percentile", "expanded")
            ]
            shares = false_discoveries(spread, n, arguments.replicates, arguments.leagues)
            print(f"spread {spread}, {n} scores: rank {rank[0]:.1%} {rank[1]:.1%}", end="; ")
            print("wrong {:.1%}, found {:.1%}, plainly wrong {:.1%}".format(*shares), flush=True)


if __name__ == "__main__":
    main()
