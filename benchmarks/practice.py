"""Peers, deviants and dealings of adoption: seconds, and how often longer a plain loop takes.

``python benchmarks/practice.py`` finds the peers of 210 invented organisations by 30
characteristics with 1,000 draws, the deviants among 200 on 80 metrics over 8 quarters, and deals
the adoption of a practice out anew 999 times among 200 organisations over 24 quarters. The
loops work out the same one pair, or one organisation, after the other; they are timed on a part and
multiplied.
"""

from __future__ import annotations

import math
import time

import numpy as np
from numpy.typing import NDArray

from remit.model.peers import PeerMethod
from remit.practice.deviants.outcomes import Outcome, Outcomes
from remit.practice.deviants.result import find_deviants
from remit.practice.peers.characteristics import Characteristics
from remit.practice.peers.result import find_peers
from remit.practice.peers.stability import drawn_weights
from remit.practice.spread.dealing import ratios_of_dealings
from remit.practice.spread.group_time import Window, difference
from remit.practice.spread.panel import NEVER, SpreadPanel

ORGANISATIONS, CHARACTERISTICS, LOOPED_DRAWS = 210, 30, 2
LEAGUE, METRICS, PERIODS, LOOPED_METRICS = 200, 80, 8, 2
POINTS, ROUNDS = 81, 100
ADOPTERS, QUARTERS, DEALINGS, LOOPED_DEALINGS = 60, 24, 999, 50
BASE, AFTER = Window(-12, -5), Window(0, 7)


def held() -> tuple[Characteristics, PeerMethod]:
    method = PeerMethod.model_validate(
        {
            "schema": "remit/peer-method/1",
            "id": "invented",
            "title": "Invented",
            "source": "Invented",
            "verified": False,
            "characteristics": [{"column": f"c{at}"} for at in range(CHARACTERISTICS)],
        }
    )
    figures = np.random.default_rng(1).normal(size=(ORGANISATIONS, CHARACTERISTICS))
    codes = tuple(f"Z{at:03}" for at in range(ORGANISATIONS))
    return Characteristics(codes, ("",) * len(codes), method.characteristics, figures), method


def looped_peers(of: Characteristics, method: PeerMethod) -> float:
    """Seconds that a loop over draws and pairs takes for all draws."""
    figures = of.figures.tolist()
    weights = drawn_weights(np.ones(CHARACTERISTICS), method).T[:LOOPED_DRAWS].tolist()
    start = time.perf_counter()
    for drawn in weights:
        for own in figures:
            away = [
                math.sqrt(sum(w * (a - b) ** 2 for w, a, b in zip(drawn, own, other, strict=True)))
                for other in figures
            ]
            sorted(range(len(away)), key=away.__getitem__)[:10]
    return (time.perf_counter() - start) * method.draws.number / LOOPED_DRAWS


def league() -> Outcomes:
    rng = np.random.default_rng(2)
    figures = rng.normal(size=(METRICS, LEAGUE, PERIODS)) + 0.5 * rng.normal(
        size=(METRICS, LEAGUE, 1)
    )
    found = tuple(
        Outcome(f"Z{who:03}", f"m{metric}", str(period), float(value))
        for (metric, who, period), value in np.ndenumerate(figures)
    )
    names = [f"m{metric}" for metric in range(METRICS)]
    return Outcomes(found, dict.fromkeys(names, "higher"), {str(at): at for at in range(PERIODS)})


def looped_deviants(of: Outcomes) -> float:
    """Seconds that a loop over organisations and points takes for the same on all metrics."""
    start = time.perf_counter()
    for metric in list(of.better)[:LOOPED_METRICS]:
        by: dict[str, list[float]] = {}
        for one in of.figures:
            if one.metric == metric:
                by.setdefault(one.code, []).append(one.value)
        means = [sum(values) / len(values) for values in by.values()]
        points = [-2 + 4 * at / (POINTS - 1) for at in range(POINTS)]
        prior = [1 / POINTS] * POINTS
        for _ in range(ROUNDS):
            after = [0.0] * POINTS
            for mean in means:
                likely = [
                    share * math.exp(-4 * (mean - point) ** 2)
                    for share, point in zip(prior, points, strict=True)
                ]
                total = sum(likely)
                after = [so_far + one / total for so_far, one in zip(after, likely, strict=True)]
            prior = [one / len(means) for one in after]
    return (time.perf_counter() - start) * METRICS / LOOPED_METRICS


def spread() -> tuple[SpreadPanel, NDArray[np.int64]]:
    rng = np.random.default_rng(3)
    adopted = np.full(LEAGUE, NEVER)
    adopted[:ADOPTERS] = rng.integers(10, 18, ADOPTERS)
    codes = tuple(f"Z{at:03}" for at in range(LEAGUE))
    labels = tuple(f"Q{at}" for at in range(QUARTERS))
    panel = SpreadPanel(codes, labels, rng.normal(size=(LEAGUE, QUARTERS)), adopted, 3)
    return panel, np.array([rng.permutation(adopted) for _ in range(DEALINGS)])


def looped_dealings(panel: SpreadPanel, dealings: NDArray[np.int64]) -> float:
    """Seconds that one dealing after the other takes."""
    start = time.perf_counter()
    for one in dealings[:LOOPED_DEALINGS]:
        difference(panel.dealt(one), BASE, AFTER)
    return (time.perf_counter() - start) * DEALINGS / LOOPED_DEALINGS


def seconds(call: object) -> float:
    start = time.perf_counter()
    call()  # type: ignore[operator]
    return time.perf_counter() - start


def main() -> None:
    of, method = held()
    find_peers(of, method)
    peers = min(seconds(lambda: find_peers(of, method)) for _ in range(3))
    loop = looped_peers(of, method)
    print(f"peers: {peers:.2f} s; a plain loop {loop:,.0f} s, {loop / peers:,.0f} times as long")
    figures = league()
    deviants = min(seconds(lambda: find_deviants(figures)) for _ in range(3))
    loop = looped_deviants(figures)
    times = f"{loop / deviants:,.0f} times as long"
    print(f"deviants: {deviants:.2f} s; a plain loop {loop:,.0f} s, {times}")
    panel, dealings = spread()
    dealt = min(seconds(lambda: ratios_of_dealings(panel, dealings, BASE, AFTER)) for _ in range(3))
    loop = looped_dealings(panel, dealings)
    times = f"{loop / dealt:,.0f} times as long"
    print(f"dealings: {dealt:.3f} s; one after the other {loop:,.1f} s, {times}")


if __name__ == "__main__":
    main()
