"""Periods that lie between two points and of which nothing is held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from remit.model.metric import Frequency
from remit.model.period import Period, month, quarter
from remit.signals.points import Point

NOT_HELD = "not_held"
"""The status of a point of which no file that is held says anything."""


def with_gaps(points: Sequence[Point], frequency: Frequency | None) -> tuple[Point, ...]:
    """Points with an empty one for each month or quarter between them that is not there.

    Without them a chart would draw a year without figures as one step.
    """
    if frequency not in {Frequency.MONTH, Frequency.QUARTER} or not points:
        return tuple(points)
    filled: list[Point] = []
    for one, other in pairwise(points):
        filled.append(one)
        filled.extend(_empty(period) for period in _between(one.end, other.start, frequency))
    return (*filled, points[-1])


def _between(after: date, before: date, frequency: Frequency) -> Iterator[Period]:
    period = _following(after, frequency)
    while period.start < before:
        yield period
        period = _following(period.end, frequency)


def _following(end: date, frequency: Frequency) -> Period:
    """The period of a frequency that begins in the month after a day."""
    year, number = (end.year, end.month + 1) if end.month < 12 else (end.year + 1, 1)
    if frequency is Frequency.MONTH:
        return month(year, number)
    of_year, place = (year, number - 4) if number >= 4 else (year - 1, number + 8)
    return quarter(of_year, place // 3 + 1)


def _empty(period: Period) -> Point:
    return Point(
        label=period.label,
        start=period.start,
        end=period.end,
        value=None,
        status=NOT_HELD,
    )
