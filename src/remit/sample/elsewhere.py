"""The rest of the invented England: one more region, of which only monthly figures are told.

Without it England's figures would be those of the region, and a comparison would compare nothing.
No framework judges its trusts here: the register does not say of what kind they are.
"""

from __future__ import annotations

from datetime import date

from remit.sample.region import (
    ACUTE,
    GENERAL,
    ICBS,
    MENTAL,
    NEIGHBOURHOOD,
    TRUSTS,
    SampleIcb,
    SampleTrust,
)

REST_CODE = "ZR2"
REST_NAME = "Wexmoor (fictional)"

REST_ICB = SampleIcb("ZB3", "NHS Wexmoor Integrated Care Board", REST_CODE, REST_NAME)

REST_TRUSTS = (
    SampleTrust(
        "ZX1", "Wexmoor University Hospitals NHS Foundation Trust", ACUTE, "Acute - Teaching",
        REST_ICB.code, date(2004, 4, 1), GENERAL, level=0.0,
    ),
    SampleTrust(
        "ZX2", "Harrowfen Hospitals NHS Trust", ACUTE, "Acute - Large",
        REST_ICB.code, date(2001, 4, 1), GENERAL, level=0.0,
    ),
    SampleTrust(
        "ZX3", "Harrowfen Community NHS Trust", MENTAL, "Community",
        REST_ICB.code, date(2011, 4, 1), NEIGHBOURHOOD, level=0.0,
    ),
)  # fmt: skip

ALL_ICBS = (*ICBS, REST_ICB)
ALL_TRUSTS = (*TRUSTS, *REST_TRUSTS)
"""All who are in the files of a month."""


def icb_of(trust: SampleTrust) -> SampleIcb:
    """The system that a trust is in."""
    return next(icb for icb in ALL_ICBS if icb.code == trust.icb)
