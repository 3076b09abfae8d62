"""Sickness absence of the sample, month by month, in the columns of the monthly publication."""

from __future__ import annotations

from remit.model.organisation import TrustKind
from remit.sample.elsewhere import ALL_TRUSTS, icb_of
from remit.sample.figures import noise, printed
from remit.sample.months import Month
from remit.sample.region import SampleTrust

Row = list[str]

HEADER: Row = [
    "DATE",
    "NHSE_REGION_CODE",
    "NHSE_REGION_NAME",
    "ICS_CODE",
    "ICS_NAME",
    "ORG_CODE",
    "ORG_NAME",
    "ORG_TYPE",
    "FTE_DAYS_LOST",
    "FTE_DAYS_AVAILABLE",
    "SICKNESS_ABSENCE_RATE_PERCENT",
]
_STAFF = {
    "Acute - Teaching": 9_800,
    "Acute - Large": 7_400,
    "Acute - Medium": 5_600,
    "Acute - Small": 3_900,
    "Acute - Specialist": 1_700,
    "Acute - Multi-Service": 2_300,
    "Ambulance": 3_100,
    "Community": 2_600,
}
_OTHER_STAFF = 3_300
_TYPES = {
    TrustKind.ACUTE: "Acute",
    TrustKind.MENTAL_HEALTH_COMMUNITY: "Mental Health",
    TrustKind.AMBULANCE: "Ambulance",
}
_ORDINARY = 5.4
_WINTER = (0.7, 0.4, 0.0, -0.3, -0.4, -0.3, 0.0, -0.1, 0.0, 0.3, 0.3, 0.6)
"""What the month of the year adds to the rate, in percentage points."""

SUPPORT = ("ZM2", Month(2025, 3), -1.1)
"""A step: from this month on Quillborough's mental health trust has help for its own staff."""
NOT_PUBLISHED = Month(2025, 8)
"""The month that was never published."""
_GIVEN_TWICE = ("ZM4", Month(2025, 10))


def absence_rows(month: Month) -> list[Row]:
    """The rows of a month's file, a row a trust."""
    rows = [_row(t, month) for t in ALL_TRUSTS if t.code != "ZC3" or month.before_the_merger]
    if month == _GIVEN_TWICE[1]:
        place = next(n for n, row in enumerate(rows) if row[5] == _GIVEN_TWICE[0])
        rows.insert(place + 1, list(rows[place]))
    return rows


def _row(trust: SampleTrust, month: Month) -> Row:
    available = _staff(trust, month) * month.days + round(40 * noise(trust.code, month, "staff"))
    lost = round(available * _rate(trust, month)) / 100
    icb = icb_of(trust)
    return [
        f"{month.last:%d/%m/%Y}",
        icb.region_code,
        icb.region_name,
        icb.code,
        icb.name,
        trust.code,
        trust.name_in(month.quarter),
        _TYPES[trust.kind],
        f"{lost:.5f}",
        f"{available:.5f}",
        f"{100 * lost / available:.2f}",
    ]


def _staff(trust: SampleTrust, month: Month) -> int:
    own = _STAFF.get(trust.subkind, _OTHER_STAFF)
    return own * 2 if trust.former_name and not month.before_the_merger else own


def _rate(trust: SampleTrust, month: Month) -> float:
    """Days lost in per cent of those available."""
    rate = printed(trust.code, "OF0082", month.quarter) or _ORDINARY
    rate += _WINTER[month.number - 1]
    rate += 0.16 * noise(trust.code, month, "absence")
    rate += SUPPORT[2] if trust.code == SUPPORT[0] and month >= SUPPORT[1] else 0.0
    return max(rate, 2.0)
