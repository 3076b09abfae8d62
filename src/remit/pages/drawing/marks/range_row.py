"""A member beside others: its own usual range as a bar, its latest value as a mark."""

from __future__ import annotations

from dataclasses import dataclass

from remit.pages.drawing.marks.mark import (
    Better,
    DrawnMark,
    Kind,
    box,
    kind_words,
    line,
    point,
    svg,
)
from remit.words.figures import published_words

WIDTH, HEIGHT, _EDGE, _MIDDLE = 150, 26, 8.0, 13.0


@dataclass(frozen=True, slots=True)
class RangeRow:
    """One row: its own usual range and latest value, on a scale that all rows share.

    ``said`` is the latest value as the page prints it, where that is not as it was published.
    """

    name: str
    latest: float
    usual: tuple[float, float] | None
    ends: tuple[float, float]
    unit: str
    better: Better
    kind: Kind = "usual"
    goal: float | None = None
    said: str = ""


def range_row_mark(given: RangeRow) -> DrawnMark:
    """A row of ranges; left is better, and what is neutral rises to the right.

    >>> row = RangeRow("ZA2", 61.0, (55.0, 63.0), (50.0, 80.0), "percent", "higher")
    >>> range_row_mark(row).sentence
    'ZA2: 61%, as usual. Its own usual range is 55% to 63%.'
    """
    low, high = sorted(given.ends)

    def x(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        share = min(max(1 - share if given.better == "higher" else share, 0.0), 1.0)
        return _EDGE + share * (WIDTH - 2 * _EDGE)

    shapes = [line("track", _EDGE, _MIDDLE, WIDTH - _EDGE, _MIDDLE)]
    if given.usual:
        left, right = sorted(map(x, given.usual))
        shapes.append(box("usual usual--bar", left, 8, max(right - left, 1.0), 10))
    if given.goal is not None:
        shapes.append(line("goal", x(given.goal), 0, x(given.goal), HEIGHT))
    shapes.append(point(given.kind, x(given.latest), _MIDDLE))
    sentence = _sentence(given)
    return DrawnMark(svg("range-row", (WIDTH, HEIGHT), sentence, shapes), sentence)


def _sentence(given: RangeRow) -> str:
    value = given.said or published_words(given.latest, given.unit)
    said = f"{given.name}: {value}{kind_words(given.kind, given.usual)}."
    if given.usual:
        low, high = (published_words(end, given.unit) for end in given.usual)
        said += f" Its own usual range is {low} to {high}."
    if given.goal is not None:
        said += f" Goal {published_words(given.goal, given.unit)}."
    return said
