"""Who lives in the sample: one invented region, its two systems and their trusts.

The stories are told by ``level`` and ``trend``: 0 is a typical trust, 1 a good one, and the trend
is what each quarter adds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from remit.model.organisation import TrustKind

ACUTE, MENTAL, AMBULANCE = (
    TrustKind.ACUTE,
    TrustKind.MENTAL_HEALTH_COMMUNITY,
    TrustKind.AMBULANCE,
)

QUARTERS = (1, 2, 3, 4)
MERGER = date(2025, 10, 1)
"""The first day on which Larkshire's community trust has the work of Lyre Valley's."""

SPECIALIST = frozenset({"staff", "hospital", "productivity"})
GENERAL = SPECIALIST | {"emergency", "cancer"}
PSYCHIATRIC = frozenset({"staff", "costs", "crisis", "young people"})
NEIGHBOURHOOD = frozenset({"staff", "costs", "community"})
ON_THE_ROAD = frozenset({"staff", "costs", "ambulance"})
EVERYTHING = GENERAL | {"community", "crisis", "young people", "ambulance"}


@dataclass(frozen=True, slots=True)
class SampleTrust:
    """One invented trust and its story.

    Attributes
    ----------
    strong, weak
        Domains in which it does better or worse than its level.
    plan, variance
        Planned surplus or deficit, and variance from plan in each quarter, in per cent.
    deficit, recovery
        The quarters in which it is in deficit, and in the Recovery Support Programme.
    judged
        What the regulator has scored: metric → score.
    counts_infections
        Whether its infections are too few for a rate.
    quarters
        The quarters in which it exists.
    """

    code: str
    name: str
    kind: TrustKind
    subkind: str
    icb: str
    opened: date
    services: frozenset[str]
    level: float
    trend: float = 0.0
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    plan: float = 0.0
    variance: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    deficit: tuple[int, ...] = ()
    recovery: tuple[int, ...] = ()
    judged: dict[str, int] = field(default_factory=dict)
    counts_infections: bool = False
    quarters: tuple[int, ...] = QUARTERS
    former_name: str = ""

    def name_in(self, quarter: int) -> str:
        """The name that a file of a quarter prints; mergers take effect with quarter 3."""
        return self.former_name if self.former_name and quarter < 3 else self.name


REGION_CODE = "ZR1"
REGION_NAME = "Northfold (fictional)"


@dataclass(frozen=True, slots=True)
class SampleIcb:
    """A system: its code and name, and its region."""

    code: str
    name: str
    region_code: str = REGION_CODE
    region_name: str = REGION_NAME


ICBS = (
    SampleIcb("ZB1", "NHS Larkshire and Quillborough Integrated Care Board"),
    SampleIcb("ZB2", "NHS Gullhaven and Thistlemoor Integrated Care Board"),
)

_ACUTE_TRUSTS = (
    SampleTrust(
        "ZA1", "Larkshire University Hospitals NHS Foundation Trust", ACUTE, "Acute - Teaching",
        "ZB1", date(2006, 4, 1), GENERAL | {"community"}, level=0.7, trend=-0.05,
        strong=("people",), plan=0.3, variance=(0.02, 0.05, 0.0, 0.1),
    ),
    # It falls: a good trust whose money and waits go wrong in the autumn.
    SampleTrust(
        "ZA2", "Quillborough Hospitals NHS Trust", ACUTE, "Acute - Large",
        "ZB1", date(2001, 4, 1), GENERAL, level=0.9, trend=-0.55,
        plan=0.0, variance=(0.0, -0.35, -1.4, -2.2), deficit=(3, 4),
    ),
    # It improves, from the foot of the table to the middle.
    SampleTrust(
        "ZA3", "Saddlewick, Hopthorpe and Lyre Valley Hospitals NHS Trust", ACUTE,
        "Acute - Medium", "ZB1", date(2013, 7, 1), GENERAL | {"community", "young people"},
        level=-1.2, trend=0.6, weak=("safety",), plan=-0.6, variance=(-0.8, -0.4, 0.0, 0.2),
        deficit=(1,), judged={"OF0067": 3},
    ),
    SampleTrust(
        "ZA4", "Pennyfield General Hospital NHS Foundation Trust", ACUTE, "Acute - Small",
        "ZB1", date(2007, 2, 1), GENERAL, level=0.1, strong=("effectiveness",),
        plan=0.0, variance=(0.01, 0.0, -0.2, -0.1),
    ),
    # It has few metrics: no emergency department, no cancer standard, few infections.
    SampleTrust(
        "ZA5", "Larkshire Heart and Eye Hospital NHS Foundation Trust", ACUTE,
        "Acute - Specialist", "ZB1", date(2004, 7, 1), SPECIALIST, level=0.9,
        strong=("people",), weak=("finance",), plan=1.1, variance=(0.4, 0.3, 0.3, 0.5),
        counts_infections=True,
    ),
    SampleTrust(
        "ZA6", "Gullhaven Teaching Hospitals NHS Foundation Trust", ACUTE, "Acute - Teaching",
        "ZB2", date(2005, 1, 1), GENERAL | {"community"}, level=0.0, trend=0.05,
        strong=("safety",), weak=("people",), plan=-1.4, variance=(0.0, -0.1, -0.3, -0.45),
        deficit=(1, 2, 3, 4),
    ),
    # It leaves the Recovery Support Programme after the summer.
    SampleTrust(
        "ZA7", "Thistlemoor Royal Infirmary NHS Trust", ACUTE, "Acute - Large",
        "ZB2", date(1994, 4, 1), GENERAL, level=-1.1, trend=0.15, weak=("finance",),
        plan=-4.2, variance=(-1.3, -0.9, -0.4, 0.0), deficit=(1, 2, 3, 4), recovery=(1, 2),
        judged={"OF0067": 4},
    ),
    SampleTrust(
        "ZA8", "Queen Maud's Hospital, Marrowdale, NHS Foundation Trust", ACUTE,
        "Acute - Medium", "ZB2", date(2009, 12, 1), GENERAL, level=0.5, trend=0.1,
        weak=("access",), plan=0.0, variance=(0.0, 0.0, 0.05, 0.0),
    ),
    SampleTrust(
        "ZA9", "Tansyford District Hospitals NHS Trust", ACUTE, "Acute - Small",
        "ZB2", date(1993, 4, 1), GENERAL | {"community"}, level=-0.7, plan=-0.5,
        variance=(-0.2, -0.6, -0.7, -0.9), deficit=(2, 3, 4),
    ),
    SampleTrust(
        "ZAA", "Isle of Sorrel NHS Trust", ACUTE, "Acute - Multi-Service",
        "ZB2", date(1997, 4, 1), EVERYTHING, level=-0.3, trend=0.1, strong=("access",),
        plan=-2.3, variance=(0.0, 0.1, 0.0, -0.1), deficit=(1, 2, 3, 4),
        counts_infections=True,
    ),
)  # fmt: skip

_MENTAL_HEALTH_TRUSTS = (
    SampleTrust(
        "ZM1", "Larkshire Partnership NHS Foundation Trust", MENTAL,
        "Mental Health and Learning Disability", "ZB1", date(2008, 2, 1),
        PSYCHIATRIC | {"community"}, level=0.4, strong=("people",), plan=0.2,
        variance=(0.0, 0.1, 0.0, 0.2),
    ),
    SampleTrust(
        "ZM2", "Quillborough and Pennyfield Mental Health NHS Trust", MENTAL,
        "Mental Health and Learning Disability", "ZB1", date(2011, 4, 1), PSYCHIATRIC,
        level=-0.9, trend=0.4, weak=("people",), plan=0.0, variance=(-0.6, -0.3, 0.0, 0.0),
        judged={"OF0067": 3},
    ),
    SampleTrust(
        "ZM3", "Gullhaven Mental Health Partnership NHS Foundation Trust", MENTAL,
        "Mental Health and Learning Disability", "ZB2", date(2007, 8, 1), PSYCHIATRIC,
        level=1.0, trend=-0.1, plan=0.5, variance=(0.1, 0.1, 0.2, 0.1),
    ),
    SampleTrust(
        "ZM4", "Thistlemoor Care NHS Foundation Trust", MENTAL, "Care Trust",
        "ZB2", date(2010, 10, 1), PSYCHIATRIC | {"community"}, level=0.1, trend=-0.4,
        plan=-1.2, variance=(0.0, -0.2, -0.8, -1.3), deficit=(4,),
    ),
    SampleTrust(
        "ZM5", "Marrowdale and Isles Mental Health NHS Trust", MENTAL,
        "Mental Health and Learning Disability", "ZB2", date(2012, 4, 1), PSYCHIATRIC,
        level=-0.2, strong=("effectiveness",), plan=0.0, variance=(0.0, 0.0, -0.1, 0.0),
    ),
)  # fmt: skip

_COMMUNITY_TRUSTS = (
    # It takes over the work and the name of Lyre Valley's trust in October.
    SampleTrust(
        "ZC1", "Larkshire and Lyre Valley Community NHS Trust", MENTAL, "Community",
        "ZB1", date(2011, 4, 1), NEIGHBOURHOOD | {"young people"}, level=0.3, trend=-0.1,
        plan=0.0, variance=(0.0, 0.02, -0.1, 0.0),
        former_name="Larkshire Community Health NHS Trust",
    ),
    SampleTrust(
        "ZC2", "Gullhaven Bay Community Healthcare NHS Foundation Trust", MENTAL, "Community",
        "ZB2", date(2010, 7, 1), NEIGHBOURHOOD, level=0.6, trend=0.1, weak=("people",),
        plan=0.4, variance=(0.1, 0.0, 0.0, 0.1),
    ),
    SampleTrust(
        "ZC3", "Lyre Valley Community NHS Trust", MENTAL, "Community",
        "ZB1", date(2011, 4, 1), NEIGHBOURHOOD, level=-0.6, plan=-1.8,
        variance=(-0.4, -0.7, 0.0, 0.0), deficit=(1, 2), quarters=(1, 2),
    ),
)  # fmt: skip

_AMBULANCE_TRUSTS = (
    SampleTrust(
        "ZV1", "Northfold Ambulance Service NHS Trust", AMBULANCE, "Ambulance",
        "ZB1", date(2006, 7, 1), ON_THE_ROAD, level=0.4, plan=0.0,
        variance=(0.0, 0.1, 0.1, 0.0),
    ),
    SampleTrust(
        "ZV2", "Thistlemoor and Coast Ambulance Service NHS Foundation Trust", AMBULANCE,
        "Ambulance", "ZB2", date(2006, 7, 1), ON_THE_ROAD, level=-0.2, trend=0.25,
        strong=("people",), plan=-0.4, variance=(-0.1, -0.6, 0.0, 0.0), deficit=(2,),
    ),
)  # fmt: skip

TRUSTS = (*_ACUTE_TRUSTS, *_MENTAL_HEALTH_TRUSTS, *_COMMUNITY_TRUSTS, *_AMBULANCE_TRUSTS)


def trusts_in(quarter: int) -> tuple[SampleTrust, ...]:
    """The trusts that exist in a quarter."""
    return tuple(trust for trust in TRUSTS if quarter in trust.quarters)
