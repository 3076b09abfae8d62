"""A&E attendances of the sample, month by month, in the columns of the monthly publication.

Within a quarter the share within four hours lies about the one that the quarter's files print.
"""

from __future__ import annotations

from collections.abc import Iterator

from remit.sample.elsewhere import ALL_TRUSTS, icb_of
from remit.sample.figures import noise, printed
from remit.sample.months import Month
from remit.sample.region import REGION_NAME, SampleTrust

Row = list[str]

HEADER: Row = [
    "Period",
    "Org Code",
    "Parent Org",
    "Org name",
    "A&E attendances Type 1",
    "A&E attendances Type 2",
    "A&E attendances Other A&E Department",
    "A&E attendances Booked Appointments Type 1",
    "A&E attendances Booked Appointments Type 2",
    "A&E attendances Booked Appointments Other Department",
    "Attendances over 4hrs Type 1",
    "Attendances over 4hrs Type 2",
    "Attendances over 4hrs Other Department",
    "Attendances over 4hrs Booked Appointments Type 1",
    "Attendances over 4hrs Booked Appointments Type 2",
    "Attendances over 4hrs Booked Appointments Other Department",
    "Patients who have waited 4-12 hs from DTA to admission",
    "Patients who have waited 12+ hrs from DTA to admission",
    "Emergency admissions via A&E - Type 1",
    "Emergency admissions via A&E - Type 2",
    "Emergency admissions via A&E - Other A&E department",
    "Other emergency admissions",
]
_WORDS = 4
_OVER_TYPE_1, _OVER_12_HOURS = 10, 17

_MAJOR = {
    "Acute - Teaching": 14_200,
    "Acute - Large": 11_800,
    "Acute - Medium": 8_600,
    "Acute - Small": 6_100,
    "Acute - Multi-Service": 1_900,
}
_EYES = {"ZA1": 1_150, "ZA6": 980}
_MINOR = {"ZA1": 2_900, "ZA3": 1_400, "ZA7": 2_200, "ZC1": 3_900, "ZC2": 3_300, "ZC3": 2_050}
_PER_CENT_BY_MONTH = (102, 97, 103, 100, 104, 101, 102, 96, 100, 103, 101, 105)
"""Attendances in each month of the year, against an ordinary month."""
_ORDINARY = 75.0
_WINTER = (-2.0, -1.2, -0.4, 0.2, 1.0, 1.3, 1.2, 1.4, 0.4, -0.4, -1.2, -2.2)
"""What the month of the year adds to the share within four hours, in percentage points."""

FLOODED = ("ZA4", Month(2025, 12), -11.0)
"""A special cause: in one month a flood closes half of Pennyfield's department."""
NEW_FLOOR = ("ZA8", Month(2025, 5), 4.5)
"""A step: from this month on Queen Maud's has a floor for same day care."""
CLOSED_WARDS = ("ZA2", Month(2026, 2), 3)
"""A turn for the worse: with wards closed, three times as many wait twelve hours for a bed."""
SUPPRESSED = ("ZAA", Month(2025, 2))
"""Too few long waits to be shown."""
MISKEYED = ("ZA6", Month(2025, 11))
"""In the first issue the tens of Gullhaven's long attendances are missing."""
_STRANGER = Month(2025, 7)
"""The month with a row whose code is no code."""


def emergency_rows(month: Month, *, first_issue: bool = False) -> list[Row]:
    """The rows of a month's file, total included.

    Parameters
    ----------
    month
        The month.
    first_issue
        As it stood before the publisher corrected it.
    """
    counted = [(trust, _counts(trust, month)) for trust in _trusts(month)]
    rows = [
        _row(month, t.code, icb_of(t).region_name, t.name_in(month.quarter), counts)
        for t, counts in counted
    ]
    every = [counts for _, counts in counted]
    if month == _STRANGER:
        stranger = [0, 0, 214, *[0] * 5, 3, *[0] * 9]
        rows.append(_row(month, "see note", REGION_NAME, "Northfold Walk-in Centre", stranger))
        every.append(stranger)
    if first_issue and month == MISKEYED[1]:
        _miskey(rows)
    if month == SUPPRESSED[1]:
        _of(rows, SUPPRESSED[0])[_OVER_12_HOURS] = "*"
    total = [sum(column) for column in zip(*every, strict=True)]
    return [*rows, ["TOTAL", "TOTAL", "TOTAL", "TOTAL", *map(str, total)]]


def _row(month: Month, code: str, region: str, name: str, counts: list[int]) -> Row:
    period = f"MSitAE-{month.name.upper()}-{month.year}"
    return [period, code, f"NHS ENGLAND {region.upper()}", name.upper(), *map(str, counts)]


def _miskey(rows: list[Row]) -> None:
    row = _of(rows, MISKEYED[0])
    row[_OVER_TYPE_1] = str(int(row[_OVER_TYPE_1]) // 10)


def _of(rows: list[Row], code: str) -> Row:
    return next(row for row in rows if row[1] == code)


def _trusts(month: Month) -> Iterator[SampleTrust]:
    for trust in ALL_TRUSTS:
        has_department = trust.subkind in _MAJOR or trust.code in _MINOR
        if has_department and (trust.code != "ZC3" or month.before_the_merger):
            yield trust


def _counts(trust: SampleTrust, month: Month) -> list[int]:
    """Eighteen counts: attendances, booked, over four hours, booked, waits, admissions."""
    major = _attendances(_MAJOR.get(trust.subkind, 0), trust, month, "major")
    eyes = _attendances(_EYES.get(trust.code, 0), trust, month, "eyes")
    minor = _attendances(_minor(trust, month), trust, month, "minor")
    booked = minor // 20
    over_minor = round(minor * (1.2 + 0.15 * noise(trust.code, month, "minor, long")) / 100)
    over_eyes = eyes // 25
    over = max(0, round((major + eyes + minor) * (1 - _share(trust, month) / 100)))
    over_major = min(major, max(0, over - over_minor - over_eyes))
    long_waits = round(over_major * (0.17 + 0.01 * noise(trust.code, month, "beds")))
    longest = long_waits * 2 // 9 * _times(trust, month)
    admitted = round(major * (0.29 + 0.006 * noise(trust.code, month, "admitted")))
    return [
        *(major, eyes, minor - booked),
        *(0, 0, booked),
        *(over_major, over_eyes, over_minor),
        *(0, 0, 0),
        *(long_waits, longest),
        *(admitted, eyes // 50, 0, major // 9),
    ]


def _times(trust: SampleTrust, month: Month) -> int:
    closed = trust.code == CLOSED_WARDS[0] and month >= CLOSED_WARDS[1]
    return CLOSED_WARDS[2] if closed else 1


def _minor(trust: SampleTrust, month: Month) -> int:
    taken_over = 0 if month.before_the_merger or not trust.former_name else _MINOR["ZC3"]
    return _MINOR.get(trust.code, 0) + taken_over


def _attendances(ordinary: int, trust: SampleTrust, month: Month, what: str) -> int:
    per_cent = _PER_CENT_BY_MONTH[month.number - 1] + 2 * noise(trust.code, month, what)
    return round(ordinary * per_cent / 100)


def _share(trust: SampleTrust, month: Month) -> float:
    """The share within four hours, in per cent, of a trust with a major department."""
    if trust.subkind not in _MAJOR:
        return 100.0
    share = printed(trust.code, "OF0013", month.quarter) or _ORDINARY
    share += _WINTER[month.number - 1]
    share += 1.3 * noise(trust.code, month, "four hours")
    share += FLOODED[2] if (trust.code, month) == FLOODED[:2] else 0.0
    share += NEW_FLOOR[2] if trust.code == NEW_FLOOR[0] and month >= NEW_FLOOR[1] else 0.0
    return min(share, 99.0)
