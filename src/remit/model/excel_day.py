"""The numbers by which Excel counts days, as they stand where a date lost its format."""

from __future__ import annotations

import re
from datetime import date, timedelta

_NUMBER = re.compile(r"([2-6]\d{4})(?:\.\d+)?", re.ASCII)
_FIRST = date(1899, 12, 30)


def excel_day(text: str) -> date | None:
    """The day of a number from 1954 to 2091; None of any other text.

    >>> excel_day("45717"), excel_day("45717.5"), excel_day("1204")
    (datetime.date(2025, 3, 1), datetime.date(2025, 3, 1), None)
    """
    found = _NUMBER.fullmatch(text)
    return _FIRST + timedelta(days=int(found[1])) if found else None
