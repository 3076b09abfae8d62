"""The words from which days due are made: months, weekdays, counts, and words of time."""

from __future__ import annotations

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_COUNTS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)
_LARGER = {"a": 1, "an": 1, "a couple of": 2, "fifteen": 15, "twenty": 20, "thirty": 30}
_PLACES = ("first", "second", "third", "fourth", "fifth")

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?)\b\.?"
)
COUNT = rf"(?:\d{{1,3}}|a couple of|an?|{'|'.join((*_COUNTS, *list(_LARGER)[3:]))})"
NTH = rf"(?:{'|'.join(_PLACES)}|[1-5](?:st|nd|rd|th)|last)"
ORDINAL = r"(?:st|nd|rd|th)"
YEAR = r"(?:(?:19|20)\d\d|['’]\d\d)"

_CLOCK = (
    r"\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm|a\.m\.|p\.m\.|hrs|noon|midnight|o['’]clock)|"
    r"\d{1,2}[:.]\d\d|\d{4}\s*hrs|[01]\d[0-5]0"
)
_OF_THE_DAY = (
    r"close|play|business|work|cop|cob|eod|eop|noon|midday|midnight|lunch(?:time)?|first thing|"
    r"morning|afternoon|evening|end of (?:play|business|(?:the )?(?:working )?day)"
)
BEFORE_A_DAY = (
    rf"(?:[\s:,;()–-]|\b(?:the|at|on|is|it is|latest|of|by|no later than|later than|not|extended|"
    rf"revised|final|now|"
    rf"next(?=\s+{COUNT}\s)|{_OF_THE_DAY}|{_CLOCK}|"
    rf"\d{{1,2}}(?=\s+(?:today|tomorrow|{WEEKDAY})))(?![a-z\d]))*"
)
"""What may stand between the word that leads to a day and the day."""

TIME_ALONE = (
    rf"(?:{_CLOCK}|cop|cob|eod|eop|noon|midday|midnight|lunch(?:time)?|"
    r"(?:the )?(?:close|end) of (?:play|business|(?:the )?(?:working )?day)|"
    r"this (?:morning|afternoon|evening))"
)
"""A time without its day."""


def number_in(text: str) -> int:
    """A count in figures or in words.

    >>> number_in("10"), number_in("two"), number_in("a couple of")
    (10, 2, 2)
    """
    bare = text.lower()
    if bare in _LARGER:
        return _LARGER[bare]
    return _COUNTS.index(bare) + 1 if bare in _COUNTS else int(bare)


def place_in(text: str) -> int:
    """Which of several: ``first`` is 1, ``last`` is -1.

    >>> place_in("second"), place_in("3rd"), place_in("last")
    (2, 3, -1)
    """
    bare = text.lower()
    if bare == "last":
        return -1
    return _PLACES.index(bare) + 1 if bare in _PLACES else int(bare[0])


def month_in(text: str) -> int:
    """The number of a month that is written out or shortened."""
    return MONTHS.index(text[:3].lower()) + 1


def year_in(text: str) -> int:
    """A year in two or four digits.

    >>> year_in("27"), year_in("'27"), year_in("2027")
    (2027, 2027, 2027)
    """
    bare = re.sub(r"\D", "", text)
    return int(bare) + (2000 if len(bare) == 2 else 0)
