"""The day on which a file says that it was published."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from remit.publications.rows.months import day_in, month_in
from remit.publications.rows.reading import ReadingContext

_DAY = re.compile(r"\s*(\d{1,2})(?:st|nd|rd|th)?\s+\D")


def published_as_stated(context: ReadingContext, text: str) -> ReadingContext:
    """The context with the day that the file gives, unless the user gave one."""
    day = day_of(text)
    if context.published_on or day is None:
        return context
    return replace(context, published_on=day)


def day_of(text: str) -> date | None:
    """A day as a publication writes it: ``15th May 2025``, ``2025-05-15``, ``15/05/2025``."""
    if found := day_in(text):
        return found.start
    written, named = _DAY.match(text), month_in(text)
    if written is None or named is None or not 1 <= int(written[1]) <= named.end.day:
        return None
    return named.start.replace(day=int(written[1]))
