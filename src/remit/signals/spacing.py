"""How far the points of a series lie apart in time, and what their periods are called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from remit.model.period import financial_year, month, quarter_of
from remit.words.days import short_day

_SPANS = {
    "day": (1, 1),
    "week": (7, 7),
    "month": (28, 31),
    "quarter": (89, 92),
    "year": (365, 366),
}
"""How many days lie between two points that are a unit of time apart: at least, at most."""


def spacing(dates: Sequence[date]) -> str:
    """What lies between two points as a rule: ``month``; ``point`` if it cannot be told."""
    if len(dates) < 2:
        return "point"
    usual = median((later - before).days for before, later in pairwise(dates))
    return next((word for word, (low, high) in _SPANS.items() if low <= usual <= high), "point")


def is_whole(dates: Sequence[date], noun: str) -> bool:
    """Whether no point is missing between others that are as far apart as a rule."""
    if noun not in _SPANS:
        return True
    most = _SPANS[noun][1]
    return all((after - before).days <= most for before, after in pairwise(dates))


def label_of(day: date, noun: str) -> str:
    """A point's period as the catalogue's are written; the day where it has none."""
    if noun == "year":
        april = date(day.year, 4, 1)
        whole = day in {april, april - timedelta(days=1)}
        return financial_year(day.year - (day < april)).label if whole else str(day.year)
    if noun == "quarter" and day.month % 3 != 2:
        return quarter_of(day).label
    if noun in {"month", "quarter"}:
        return month(day.year, day.month).label
    return short_day(day)
