"""Where a rank mostly lies among all ranks: a bar with the rank itself on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from remit.pages.drawing.marks.mark import DrawnMark, box, line, point, svg, text, text_width
from remit.words.sentences import range_words

WIDTH, HEIGHT, _EDGE = 180, 24, 10.0
_MOST_LINES = 12
_STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class LikelyRank:
    """A rank of so many, and the range in which it mostly lies."""

    name: str
    rank: int
    likely: tuple[int, int]
    of: int


def likely_rank_mark(given: LikelyRank) -> DrawnMark:
    """The bar of a rank; left is best, and all bars of so many stand on one scale.

    >>> likely_rank_mark(LikelyRank("ZA2", 7, (5, 8), 10)).sentence
    'ZA2: rank 7 of 10, likely 5 to 8.'
    """
    x = _scale(given.of)
    middle, half = HEIGHT / 2, _half(given.of)
    left, right = x(given.likely[0]) - half, x(given.likely[1]) + half
    shapes = [line("track", x(rank), 0, x(rank), HEIGHT) for rank in _lines(given.of)]
    shapes.append(box("range-bar", left, middle - 5, right - left, 10))
    shapes.append(point("usual", x(given.rank), middle))
    likely = range_words(*map(str, given.likely))
    sentence = f"{given.name}: rank {given.rank} of {given.of}, likely {likely}."
    return DrawnMark(svg("likely-rank", (WIDTH, HEIGHT), sentence, shapes), sentence)


def rank_axis(of: int) -> DrawnMark:
    """The ranks above such bars; a rank whose words would touch its neighbour's is left out.

    >>> rank_axis(10).sentence
    'Ranks 1 to 10, the best on the left.'
    """
    x = _scale(of)
    shapes: list[str] = []
    free = 0.0
    for rank in _lines(of):
        half = text_width(str(rank)) / 2
        last = x(of) - text_width(str(of)) / 2
        if x(rank) - half >= free and (rank == of or x(rank) + half + 4 <= last):
            shapes.append(text(str(rank), x(rank), 12, "middle", "quiet"))
            free = x(rank) + half + 4
    sentence = f"Ranks 1 to {of}, the best on the left."
    return DrawnMark(svg("rank-axis", (WIDTH, 15), sentence, shapes), sentence)


def _scale(of: int) -> Callable[[int], float]:
    room = WIDTH - 2 * _EDGE
    return lambda rank: _EDGE + (room * (rank - 1) / (of - 1) if of > 1 else room / 2)


def _half(of: int) -> float:
    """Half a rank, so that a bar of one rank has a width; never beyond the edge."""
    return min(max((WIDTH - 2 * _EDGE) / max(of - 1, 1) / 2, 2.0), 5.0)


def _lines(of: int) -> list[int]:
    """The ranks that have a line: the first, round ones, and the last."""
    step = next(one for one in _STEPS if of / one <= _MOST_LINES or one == _STEPS[-1])
    return sorted({1, *range(step, of + 1, step), of})
