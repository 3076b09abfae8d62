"""Files in the layout of NHS England's trust data, made row by row for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

HEADER = (
    "Quarter,Region,Trust_type,Trust_subtype,Trust_code,Trust_name,Domain,Sub-domain,Metric_ID,"
    "Metric_description,Reporting_date,Units,Value,Median_value,Lower_quartile,Upper_quartile,Rank"
)
LEAGUE_HEADER = (
    "Region,Trust_type,Trust_subtype,Trust_code,Trust_name,Reporting_date,Average_score,"
    "Likely_range_of_average_score,Segment,Trust_in_financial_deficit,Rank,Likely_range_of_rank"
)


def row(
    value: str,
    *,
    code: str = "RYJ",
    metric: str = "OF0023",
    units: str = "percent",
    date: str = "Jun-25",
    trust_type: str = "Acute trust",
    quarter: str = "Q1 2025/26",
    rank: str = "1.0",
) -> str:
    return (
        f"{quarter},London,{trust_type},Acute - Teaching,{code},A trust,Access to services,"
        f"Elective care,{metric},A metric,{date},{units},{value},60,50,70,{rank}"
    )


def write(path: Path, rows: Sequence[str], header: str = HEADER, *, bom: bool = True) -> Path:
    text = "\n".join([header, *rows]) + "\n"
    path.write_bytes((b"\xef\xbb\xbf" if bom else b"") + text.encode("utf-8"))
    return path


def without_quarter(rows: Sequence[str]) -> tuple[str, list[str]]:
    """Header and rows as the acute file of 2025/26 Q1 has them."""
    return HEADER.split(",", 1)[1], [line.split(",", 1)[1] for line in rows]
