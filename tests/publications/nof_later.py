"""A trust data file of a later year: new identifiers, ICBs, no thresholds. All of it is invented.

Six acute trusts and two ICBs. Each trust has three scores whose mean is its average; ZA2 stands in
segment 1 by its average and in 3 after a step that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from .nof_files import LEAGUE_HEADER, write

PERIOD = "2026/27 Q1"
RTT = "Percentage of cases where a patient is waiting 18 weeks or less for elective treatment"
# code, average, segment by the average, segment after all steps, rank
TRUSTS = (
    ("ZA1", 1.50, 1, 1, 1),
    ("ZA2", 2.05, 1, 3, 3),
    ("ZA3", 2.20, 2, 2, 2),
    ("ZA4", 2.50, 3, 3, 4),
    ("ZA6", 2.80, 4, 4, 5),
    ("ZA7", 3.10, 4, 4, 6),
)
ICBS = (("ZB1", 2.10, 2, 2, 1), ("ZB2", 3.00, 4, 4, 2))


def line(
    code: str,
    metric: str,
    value: object,
    *,
    name: str,
    units: str,
    domain: str = "Access to services",
    trust_type: str = "Acute trust",
    quarter: str = "Q1 2026/27",
    rank: object = "",
) -> str:
    """A row of the file."""
    return (
        f"{quarter},Northfold,{trust_type},,{code},A body,{domain},{domain},{metric},{name},"
        f"Jun-26,{units},{value},,,,{rank}"
    )


def scored(
    code: str, metric: str, value: object, score: float, *, name: str, units: str, **more: str
) -> list[str]:
    """A value and its score."""
    return [
        line(code, metric, value, name=name, units=units, **more),
        line(code, metric.replace("OF0", "OF1"), score, name=name, units="score", **more),
    ]


def results(of: Iterable[tuple[str, float, int, int, int]], **more: str) -> list[str]:
    """Average, segment by it, segment after all steps; the rank stands beside the last."""
    rows = []
    for code, average, unadjusted, adjusted, rank in of:
        for metric, name, units, value, place in (
            ("OF5002", "Average metric score", "score", f"{average:.2f}", ""),
            ("OF5003", "Unadjusted segment", "segment", unadjusted, ""),
            ("OF5000", "Adjusted segment", "segment", adjusted, rank),
        ):
            rows.append(
                line(code, metric, value, name=name, units=units, domain="Summary", rank=place,
                     **more)
            )  # fmt: skip
    return rows


def trust_rows() -> list[str]:
    """A metric that Remit knows, one that it does not, and one of a domain of its own."""
    rows = []
    for place, (code, average, *_) in enumerate(TRUSTS):
        low, high = round(average - 0.2, 2), round(average + 0.2, 2)
        rows += scored(code, "OF0023", 70 - place, low, name=RTT, units="percent")
        rows += scored(
            code, "OF0207", 100 - place, high, name="Same day care", units="per 1000 attendances"
        )
        rows += scored(
            code, "OF0210", 30 - place, average, name="Vaccinated staff", units="percent",
            domain="Prevention",
        )  # fmt: skip
    return rows + results(TRUSTS)


def icb_rows(trust_type: str = "Integrated care board") -> list[str]:
    """Two metrics of ICBs, and a value that has no score."""
    rows = []
    for code, average, *_ in ICBS:
        for metric, name in (("OF0301", "Seen by a practice"), ("OF0302", "Same practitioner")):
            rows += scored(
                code, metric, 80, average, name=name, units="percent", trust_type=trust_type
            )
        rows.append(line(code, "OF0303", 12, name="Context", units="count", trust_type=trust_type))
    return rows + results(ICBS, trust_type=trust_type)


def file_of(folder: Path, *rows: Sequence[str], name: str = "later.csv") -> Path:
    """Rows as a file; without any, the trusts and the ICBs."""
    return write(
        folder / name, [one for part in rows or (trust_rows(), icb_rows()) for one in part]
    )


def league_file(folder: Path) -> Path:
    """The league table that belongs to it."""
    rows = [
        f"Northfold,{trust_type},,{code},A body,Q1 2026/27,{average:.2f},1.50 to 3.50,{adjusted},"
        f"No,{rank},1 to 2"
        for trust_type, of in (("Acute trust", TRUSTS), ("ICB", ICBS))
        for code, average, _, adjusted, rank in of
    ]
    return write(folder / "league.csv", rows, LEAGUE_HEADER)
