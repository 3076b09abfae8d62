"""Likely ranges of average score and league rank, as league tables print them.

The trust's own scores are drawn afresh, with replacement, many times over (a percentile
bootstrap); for the ranks all trusts are drawn together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from math import floor
from random import Random

from remit.sample.figures import SEED
from remit.sample.results import Result, work_out

DRAWS = 1000
_FINE = 10_000
"""Scores are counted in ten-thousandths, so that every machine draws and adds the same."""


@cache
def likely_ranges(quarter: int, *, first_issue: bool = False) -> dict[str, tuple[str, str]]:
    """The likely ranges of score and rank by trust, as texts such as ``1.72 to 2.73``."""
    worked = work_out(quarter, first_issue=first_issue)
    cuts = [floor(cut * 100) for cut in worked.cuts]
    scores = {result.trust.code: _draws(result, quarter) for result in worked.results}
    ranks: dict[str, list[int]] = {}
    for kind in {result.trust.kind for result in worked.results}:
        rivals = [result for result in worked.results if result.trust.kind == kind]
        ranks |= _rank_draws(rivals, scores, cuts)
    return {
        code: (
            " to ".join(f"{end / 100:.2f}" for end in _middle(scores[code])),
            " to ".join(str(end) for end in _middle(ranks[code])),
        )
        for code in scores
    }


def _draws(result: Result, quarter: int) -> list[int]:
    """Average scores of the draws, in hundredths, rounded half up."""
    chance = Random(f"{SEED} {result.trust.code} {quarter}")  # noqa: S311
    entries = [round(score * _FINE) for score in result.entries]
    n = len(entries)
    totals = (sum(chance.choices(entries, k=n)) for _ in range(DRAWS))
    return [(2 * total + 100 * n) // (200 * n) for total in totals]


def _rank_draws(
    rivals: Sequence[Result], scores: dict[str, list[int]], cuts: Sequence[int]
) -> dict[str, list[int]]:
    """The ranks of each draw by trust: by segment after the override, then by score."""
    found: dict[str, list[int]] = defaultdict(list)
    for draw in range(DRAWS):
        keys = {
            one.trust.code: _league_key(scores[one.trust.code][draw], one.deficit, cuts)
            for one in rivals
        }
        ordered = sorted(keys.values())
        for code, key in keys.items():
            found[code].append(1 + bisect_left(ordered, key))
    return found


def _league_key(score: int, deficit: bool, cuts: Sequence[int]) -> tuple[int, int]:
    segment = 1 + sum(1 for cut in cuts if score > cut)
    return (max(segment, 3) if deficit else segment), score


def _middle(draws: list[int]) -> tuple[int, int]:
    """The middle 95 per cent."""
    ordered = sorted(draws)
    tail = DRAWS * 25 // 1000
    return ordered[tail], ordered[-1 - tail]
