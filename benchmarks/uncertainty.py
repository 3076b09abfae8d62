"""How long the joint replicates take, as a ratio to a plain numpy loop over replicates.

    python benchmarks/uncertainty.py [--trusts 205] [--metrics 40] [--runs 3]

Both draw, average, round, segment, override and rank all trusts in every replicate. The loop does
so one replicate at a time, as one would write it down first; it is timed over fewer replicates
and scaled. They run in turn (A B A B …) and the ratio is taken pair by pair.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time

import numpy as np

from remit.assessment.likely.league_arrays import Field
from remit.assessment.likely.replicates import Drawing, replicate
from remit.assessment.result.assessment import CutPoints
from remit.catalogue import load_framework

CUTS = (2.05, 2.32, 2.60)
LOOPED = 1_000
TARGET_SECONDS, TARGET_BYTES = 2.0, 10**9


def main() -> None:
    arguments = _arguments()
    scores = np.random.default_rng(1).uniform(1, 4, (arguments.trusts, arguments.metrics))
    field = _field(arguments.trusts)
    _drawn(field, scores, 1_000)
    pairs = [
        (_drawn(field, scores, 10_000), _looped(field, scores, LOOPED) * 10_000 / LOOPED)
        for _ in range(arguments.runs)
    ]
    ours = statistics.median(pair[0] for pair in pairs)
    ratios = sorted(loop / mine for mine, loop in pairs)
    print(f"{arguments.trusts} trusts, {arguments.metrics} metrics, 10,000 replicates")
    print(f"joint replicates  median {ours:.2f} s of one core (target {TARGET_SECONDS} s)")
    print(f"plain numpy loop  median {statistics.median(b for _, b in pairs):.2f} s")
    spread = f"{ratios[0]:.1f} to {ratios[-1]:.1f}"
    print(f"times faster      median {statistics.median(ratios):.1f} ({spread})")
    for replicates in (1_000, 10_000, 40_000):
        took = min(_drawn(field, scores, replicates) for _ in range(arguments.runs))
        print(f"{replicates:>6,} replicates  {took:.2f} s, {took / replicates * 1e6:.0f} µs each")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (
        1 if sys.platform == "darwin" else 1024
    )
    print(f"peak memory       {peak / 1e6:.0f} MB (target {TARGET_BYTES / 1e6:.0f} MB)")
    sys.exit(0 if ours < TARGET_SECONDS and peak < TARGET_BYTES else 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trusts", type=int, default=205)
    parser.add_argument("--metrics", type=int, default=40)
    parser.add_argument("--runs", type=int, default=3)
    return parser.parse_args()


def _field(trusts: int) -> Field:
    """All trusts in one league table, which is the most work; every fifth in deficit."""
    framework = load_framework("nof-2025-26").framework
    overrides = tuple(o for o in framework.segments.overrides if o.stage == "adjusted")
    flags = (np.arange(trusts) % 5 == 0)[:, None]
    codes = tuple(f"T{place:03}" for place in range(trusts))
    cuts = CutPoints(CUTS, "given", "given", trusts, trusts)
    return Field(codes, ("acute",) * trusts, flags, overrides, cuts, framework)


def _drawn(field: Field, scores: np.ndarray, replicates: int) -> float:
    """Processor time: other work on the machine must not count."""
    begun = time.process_time()
    drawing = Drawing(list(scores), [1.0] * len(scores), (1.0, 4.0), replicates, 1)
    replicate(field, drawing)
    return time.process_time() - begun


def _looped(field: Field, scores: np.ndarray, replicates: int) -> float:
    begun = time.process_time()
    random = np.random.default_rng(1)
    trusts, metrics = scores.shape
    means = np.empty((replicates, trusts))
    ranks = np.empty((replicates, trusts), dtype=int)
    for at in range(replicates):
        drawn = random.integers(0, metrics, (trusts, metrics))
        mean = np.take_along_axis(scores, drawn, axis=1).mean(axis=1)
        means[at] = np.floor(mean * 100 + 0.5) / 100
        segments = 1 + (means[at][:, None] > np.array(CUTS)).sum(axis=1)
        segments = np.where(field.flags[:, 0], np.maximum(segments, 3), segments)
        keys = segments * 10 + means[at]
        ranks[at] = 1 + np.searchsorted(np.sort(keys), keys)
    np.quantile(means, [0.025, 0.975], axis=0)
    np.quantile(ranks, [0.025, 0.975], axis=0)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
