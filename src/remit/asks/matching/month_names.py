"""Names of months in running text, and which year is meant where none is written."""

from __future__ import annotations

import calendar
import re
from datetime import date

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|mayo|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
"""A month in lower case; ``mayo`` stands for May once ``mark_may`` has told it from the verb."""

_MAY = re.compile(r"\bMay\b(?!\s+(?:I|we|you|they|he|she|be|have)\b)")
_MAY_AFTER = re.compile(r"(?<=\bend )may\b|(?<=\bof )may\b|(?<=\bto )may\b|(?<=-)may\b")
_NUMBERS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}


def mark_may(text: str) -> str:
    """The text in lower case, with the month of May written ``mayo``."""
    lowered = (_MAY.sub("mayo", text) if "May" in text else text).lower()
    return _MAY_AFTER.sub("mayo", lowered) if "may" in lowered else lowered


def month_number(name: str) -> int:
    """1 to 12 of a month's name or short name."""
    return _NUMBERS[name[:3].lower()]


def year_near(month: int, received: date, logged_end: date | None, ahead: bool) -> int:
    """The year of a month that is written without one.

    A logged period settles it. Else it is the last such month that had begun when the ask came,
    or the next one where the words look ahead.
    """
    if logged_end is not None and logged_end.month == month:
        return logged_end.year
    if ahead:
        return received.year + (month < received.month)
    return received.year - (month > received.month)
