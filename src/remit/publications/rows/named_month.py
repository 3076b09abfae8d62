"""Whether the month in a file's name is one of those in its rows."""

from __future__ import annotations

import calendar
import re
from datetime import date

import polars as pl

from remit.words.days import span_words

_MONTHS = [name.lower() for name in calendar.month_name[1:]]
_NAMED = re.compile(
    rf"(?<![a-z])(?P<month>{'|'.join(_MONTHS)}|{'|'.join(m[:3] for m in _MONTHS)}|sept)"
    r"(?![a-z])(?:[\s_–-]*(?P<year>20\d\d|\d\d)(?!\d))?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?<!\d)(?P<year>20\d\d)[-_.](?P<month>0[1-9]|1[0-2])(?![-_.]?\d)")
_PUBLISHED = re.compile(r"(?:publi|releas|issu|saved|downl)[a-z]*[\s_-]*(?:on|in)?[\s_-]*$", re.I)


def name_note(file_name: str, observations: pl.DataFrame) -> str:
    """What to say of a file whose name has a month that no row is of; else nothing.

    Parameters
    ----------
    file_name
        Its name; a month after a word such as ``published`` says nothing of the rows.
    observations
        Its figures, with ``period_start`` and ``period_end``.

    Examples
    --------
    ``name_note("ae-june-2025.csv", march)`` is ``its name says June 2025, and no row is of it: its
    rows are of Mar 2025``
    """
    found = _month_in(file_name)
    if found is None or observations.is_empty():
        return ""
    year, month = found
    periods = observations.select("period_start", "period_end").unique().rows()
    if any(_touches(start, end, year, month) for start, end in periods):
        return ""
    said = calendar.month_name[month] + (f" {year}" if year else "")
    held = span_words(min(start for start, _ in periods), max(end for _, end in periods))
    return f"its name says {said}, and no row is of it: its rows are of {held}"


def _month_in(name: str) -> tuple[int | None, int] | None:
    """Year and month that a name says; a year may be missing."""
    for found in _NAMED.finditer(name):
        if not _PUBLISHED.search(name[: found.start()]):
            year = int(found["year"]) if found["year"] else None
            short = found["month"].lower()[:3]
            month = next(n for n, one in enumerate(_MONTHS, 1) if one.startswith(short))
            return (2000 + year if year is not None and year < 100 else year), month
    for found in _NUMBERED.finditer(name):
        year, month = int(found["year"]), int(found["month"])
        # 2011-12 may be a financial year.
        if month != (year + 1) % 100 and not _PUBLISHED.search(name[: found.start()]):
            return year, month
    return None


def _touches(start: date, end: date, year: int | None, month: int) -> bool:
    """Whether a period has days of a month, of any year where none is said."""
    first, last = (12 * day.year + day.month - 1 for day in (start, end))
    if year is not None:
        return first <= 12 * year + month - 1 <= last
    return any(at % 12 == month - 1 for at in range(first, last + 1))
