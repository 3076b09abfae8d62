"""What is odd about the sample on purpose: as odd as the real files are.

Places are named by quarter, trust and metric.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

Place = tuple[int, str, str]

MARKS: dict[Place, str] = {
    (2, "ZM3", "OF0016"): "*",
    (3, "ZM3", "OF0016"): "*",
    (1, "ZM1", "OF0041"): "",
    (2, "ZA9", "OF0005"): "-",
    (4, "ZA4", "OF0025"): "",
}
"""Marks that stand where a figure should: suppressed, not submitted, not applicable."""

MISKEYED: dict[Place, Decimal] = {(2, "ZA8", "OF0025"): Decimal("1180.80")}
"""A figure of the first issue that the revised file corrects: minutes in place of days."""

WITH_PERCENT_SIGN = frozenset({(4, "OF0057"), (3, "OF0023")})
"""Quarters and metrics whose figures are printed with a percent sign."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A published score that the rules do not give."""

    quarter: int
    code: str
    metric_id: str
    published: Decimal
    why: str


DIFFERENCES = (
    Difference(
        3, "ZA6", "OF0025", Decimal("1.33"),
        "scored from a provisional figure; the file prints the final one",
    ),
    Difference(
        4, "ZM2", "OF0016", Decimal("2.80"),
        "scored with the rank of the quarter before",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that Remit must reject: the file, the column at fault and how the reason begins."""

    file: str
    column: str
    reason: str


REJECTED = (
    Rejected(
        "sample-acute-trust-data-q3-2025-26.csv", "Trust_code", "no organisation has this code"
    ),
    Rejected("sample-acute-trust-data-q4-2025-26.csv", "Value", "this is no figure"),
    Rejected(
        "sample-mental-health-and-community-trust-data-q1-q3-2025-26.csv",
        "Value",
        "the row repeats line",
    ),
)
"""An organisation that nobody knows, words in place of a figure, and a row given twice."""
