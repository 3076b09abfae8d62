"""The metrics of the sample: who gives them, what their figures look like, when they are dated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from remit.catalogue import load_metrics
from remit.model.metric import Better, Metric

DOMAINS = {
    "access": "Access to services",
    "safety": "Patient safety",
    "finance": "Finance and productivity",
    "people": "People and workforce",
    "effectiveness": "Effectiveness and experience",
}
DOMAIN_SCORES = {
    "access": "OF4000",
    "safety": "OF4002",
    "finance": "OF4003",
    "people": "OF4004",
    "effectiveness": "OF4005",
}
DOMAIN_SEGMENTS = {
    "access": "OF4100",
    "safety": "OF4102",
    "finance": "OF4103",
    "people": "OF4104",
    "effectiveness": "OF4105",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric: which service gives it, and how its figures lie.

    ``typical`` is the figure of a typical trust, ``spread`` how far a good or a poor one lies
    from it; figures stay between ``low`` and ``high``. A ``judged`` measure has no figure, only a
    score. ``renewed`` says how often there is a new figure.
    """

    id: str
    domain: str
    service: str
    typical: float = 0.0
    spread: float = 0.0
    low: float = 0.0
    high: float = 100.0
    decimals: int = 2
    renewed: Literal["each quarter", "in quarter 2", "in quarter 4", "never"] = "each quarter"
    judged: bool = False

    @property
    def metric(self) -> Metric:
        """Its entry in the catalogue: name, unit, which way is better."""
        return load_metrics().metrics[self.id]

    @property
    def score_id(self) -> str:
        """The identifier of its published score."""
        return self.metric.score_id or ""

    @property
    def sign(self) -> int:
        """1 where a higher figure is better, else -1."""
        return 1 if self.metric.better is Better.HIGHER else -1


MEASURES = (
    Measure("OF0003", "access", "hospital", 2.0, 1.2),
    Measure("OF0005", "access", "community", 3.0, 3.5),
    Measure("OF0010", "access", "cancer", 77.0, 4.5),
    Measure("OF0011", "access", "cancer", 70.0, 7.0),
    Measure("OF0013", "access", "emergency", 75.0, 5.0, decimals=1),
    Measure("OF0014", "access", "emergency", 8.5, 4.5),
    Measure("OF0016", "safety", "crisis", 60.0, 14.0),
    Measure("OF0017", "access", "ambulance", 31.0, 4.0, low=15.0),
    Measure("OF0020", "safety", "hospital", 2.4, 1.9, decimals=0),
    Measure("OF0023", "access", "hospital", 61.0, 5.5),
    Measure("OF0025", "effectiveness", "hospital", 0.8, 0.3),
    Measure("OF0028", "effectiveness", "ambulance", 51.0, 3.0, decimals=1),
    Measure("OF0035", "effectiveness", "crisis", judged=True, renewed="never"),
    Measure("OF0041", "access", "young people", 6.0, 9.0, low=-30.0),
    Measure("OF0046", "effectiveness", "emergency", judged=True, renewed="never"),
    Measure("OF0048", "safety", "hospital", 1.15, 0.2, low=0.5),
    Measure("OF0057", "effectiveness", "community", 80.0, 9.0),
    Measure("OF0061", "safety", "staff", 6.55, 0.25, high=10.0, renewed="in quarter 4"),
    Measure("OF0063", "effectiveness", "crisis", 24.0, 5.0),
    Measure("OF0067", "safety", "staff", judged=True, renewed="never"),
    Measure("OF0069", "effectiveness", "hospital", judged=True, renewed="never"),
    Measure("OF0079", "finance", "staff", low=-20.0, renewed="never"),
    Measure("OF0081", "finance", "staff", low=-20.0),
    Measure("OF0082", "people", "staff", 5.4, 0.6, low=3.0),
    Measure("OF0084", "people", "staff", 6.95, 0.2, high=10.0, renewed="in quarter 4"),
    Measure("OF0085", "finance", "productivity", 2.6, 3.2, low=-15.0, renewed="never"),
    Measure("OF0086", "finance", "costs", 102.0, 11.0, high=160.0, renewed="in quarter 2"),
    Measure("OF0088", "safety", "hospital", 1.2, 0.22, low=0.5),
    Measure("OF0106", "access", "hospital", 0.6, 2.1, low=-15.0),
)
BY_ID = {measure.id: measure for measure in MEASURES}
COMBINED_FINANCE = Measure("OF0080", "finance", "staff", judged=True)
INFECTIONS = ("OF0020", "OF0048", "OF0088")

_MONTH = ("Jun-25", "Sep-25", "Dec-25", "Mar-26")
_YEAR_TO = ("Jul 24 - Jun 25", "Oct 24 - Sep 25", "Jan 25 - Dec 25", "Apr 25 - Mar 26")
_YEAR_BEFORE = ("Jul 23 - Jun 24", "Oct 23 - Sep 24", "Jan 24 - Dec 24", "Apr 24 - Mar 25")
_INSPECTED = "Latest published if awarded post August 2023"
_INSPECTED_LATE = "Latest published if awarded between 13 Feb 24 and 12 Feb 26"
_DATES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("OF0003", "OF0005", "OF0023", "OF0025", "OF0106"), _MONTH),
    **dict.fromkeys(("OF0013", "OF0017"), ("Q1 2025", "Q2 2025", "Q3 2025", "Q4 2025")),
    **dict.fromkeys(("OF0020", "OF0048", "OF0088"), _YEAR_TO),
    **dict.fromkeys(("OF0061", "OF0084"), ("2024", "2024", "2024", "2025")),
    "OF0028": ("Year to date 25/26",) * 4,
    "OF0035": ("2024", "2024", "2024", "2024"),
    "OF0041": tuple(f"{a} vs {b}" for a, b in zip(_YEAR_TO, _YEAR_BEFORE, strict=True)),
    "OF0046": ("Apr 24 - Mar 25", "Jul 24 - Jun 25", "Oct 24 - Sep 25", "Jan 25 - Dec 25"),
    "OF0067": (_INSPECTED, _INSPECTED, _INSPECTED_LATE, _INSPECTED_LATE),
    "OF0069": ("2023", "2023", "2024", "2024"),
    "OF0079": ("2025/26", "2025/26 plan", "2025/26 plan", "2025/26 plan"),
    "OF0081": ("Month 3 2025", "Month 6 2025", "Month 9 2025", "Month 12 2025/26"),
    "OF0082": ("Q4 2024-25", "Q1 2025/26", "Q2 2025/26", "Q3 2025/26"),
    "OF0085": ("To M12 2024/25 vs 2023/24",) * 4,
    "OF0086": ("2023/24", "2024/25", "2024/25", "2024/25"),
}


@cache
def reporting_date(metric_id: str, quarter: int) -> str:
    """The reporting date as the file of a quarter prints it, in the metric's own way."""
    if metric_id in _DATES:
        return _DATES[metric_id][quarter - 1]
    return release(quarter)


def release(quarter: int) -> str:
    """A quarter as the Quarter column prints it."""
    return f"Q{quarter} 2025/26"
