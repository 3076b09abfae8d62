"""Which of several files for one period is the newest, told from their names."""

from __future__ import annotations

import re
from datetime import date

from remit.model.revision import REVISED_WORDS

_REVISED = re.compile(REVISED_WORDS, re.IGNORECASE)
_DATED = re.compile(r"(?<!\d)(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)20(?P<year>\d\d)-?(?P<month>\d\d)-?(?P<day>\d\d)(?!\d)")
_NUMBER = re.compile(r"(?:revis(?:ed|ion)|version|v|rev)[-_ ]?(\d{1,2})(?!\d)", re.IGNORECASE)
_FOLDER = re.compile(r"/(20\d\d)/(\d{2})/")

Order = tuple[bool, date, tuple[int, int], int, int]


def order(address: str, name: str, place: int) -> Order:
    """A key by which the newest revision comes last.

    In this order: whether the name says that it was revised; a date in the name
    (``revised-130624``: 13 June 2024); the year and month of the folder that it was put in; a
    number (``v2``); its place on the page.
    """
    return (
        is_revised(name),
        _date_in(name),
        _folder(address),
        max((int(number) for number in _NUMBER.findall(name)), default=0),
        place,
    )


def is_revised(name: str) -> bool:
    """Whether a file's name says that it replaces another."""
    return bool(_REVISED.search(name))


def _date_in(name: str) -> date:
    dates = []
    for found in (*_DATED.finditer(name), *_ISO.finditer(name)):
        try:
            year, month, day = (int(found[part]) for part in ("year", "month", "day"))
            dates.append(date(2000 + year, month, day))
        except ValueError:
            continue
    return max(dates, default=date.min)


def _folder(address: str) -> tuple[int, int]:
    found = _FOLDER.search(address)
    return (int(found[1]), int(found[2])) if found else (0, 0)
