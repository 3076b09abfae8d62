"""The period of an ask as people write it in one cell: ``June 2025``, ``Q1 2025/26``."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from remit.asks.intake.typed_days import day, period_written

_TO = re.compile(r"\s+(?:to|until|-|–|—)\s+|(?<=\d)\s*(?:–|—)\s*(?=\d)", re.IGNORECASE)
_YEAR = re.compile(r"\b(20\d\d)\b")
_NO_PERIOD = "no period that can be read; write June 2025, 2025/26 Q1 or 2025-04-01 to 2025-06-30"


class TypedPeriod(NamedTuple):
    """The first and the last day, and what to say of how they were read."""

    first: date | None
    last: date | None
    note: str = ""


def period(text: str, *, month_first: bool = False) -> TypedPeriod:
    """The days of a period; none for a blank.

    Parameters
    ----------
    text
        What stands in the cell.
    month_first
        Whether the list writes the month before the day.

    Raises
    ------
    ValueError
        If it is none, or ends before it begins.

    Examples
    --------
    >>> found = period("April to June 2025")
    >>> str(found.first), str(found.last)
    ('2025-04-01', '2025-06-30')
    """
    bare = " ".join(text.split())
    if not bare:
        return TypedPeriod(None, None)
    first, *rest = _TO.split(bare, maxsplit=1)
    last = rest[0] if rest else first
    if rest and not _YEAR.search(first) and (year := _YEAR.search(last)):
        first = f"{first} {year[1]}"
    try:
        days = _edge(first, month_first)[0], _edge(last, month_first)[1]
    except ValueError:
        raise ValueError(_NO_PERIOD) from None
    if days[0] > days[1]:
        raise ValueError(f"it ends on {days[1]}, before it begins on {days[0]}")
    return TypedPeriod(*days, f"{bare!r} was read as {days[0]} to {days[1]}")


def _edge(text: str, month_first: bool) -> tuple[date, date]:
    """The first and the last day of a month, a quarter, a year or a day."""
    if found := period_written(text):
        return found.start, found.end
    first, last = (day(text, span=span, month_first=month_first).day for span in ("first", "last"))
    if first is None or last is None:
        raise ValueError(text)
    return first, last
