"""Small files written as NHS England writes them, with organisations of the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from remit.catalogue import load_metrics
from remit.publications.recognise import read_file
from remit.publications.rows.reading import Reading, ReadingContext
from remit.register import load_register

HEADER = (
    "Quarter,Region,Trust_type,Trust_subtype,Trust_code,Trust_name,Domain,Sub-domain,Metric_ID,"
    "Metric_description,Reporting_date,Units,Value,Median_value,Lower_quartile,Upper_quartile,Rank"
)
ACUTE = "Acute trust"
COMMUNITY = "Mental health and community trust"
ACUTE_TRUSTS = ("R0A", "R0B", "R0D", "R1F", "R1H")
COMMUNITY_TRUSTS = ("R1A", "R1D", "R1L", "RAT", "RDR")
UNITS = {"OF0005": "%", "OF0061": "out of 10", "OF0082": "%", "OF5002": "score"}

Figures = Mapping[tuple[str, str], str]
"""Trust and metric → the figure as it is written."""


def row(trust: str, metric: str, value: str, *, quarter: str, kind: str) -> str:
    unit = UNITS.get(metric, "%")
    name = load_metrics().known_ids().get(metric, "A metric")
    return (
        f"{quarter},London,{kind},Community,{trust},A trust,Any domain,Any,{metric},"
        f'"{name}",{quarter},{unit},{value},,,,'
    )


def trust_data(
    path: Path,
    figures: Figures,
    *,
    quarter: str = "Q1 2025/26",
    kind: str = COMMUNITY,
    further_lines: Iterable[str] = (),
) -> Path:
    """Write a trust data file: one row a figure, then further lines as they are."""
    rows = (row(*key, value, quarter=quarter, kind=kind) for key, value in figures.items())
    text = "\n".join([HEADER, *rows, *further_lines]) + "\n"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    return path


def sickness(*values: str) -> dict[tuple[str, str], str]:
    """Sickness absence of the first community trusts."""
    trusts = COMMUNITY_TRUSTS[: len(values)]
    return {(code, "OF0082"): value for code, value in zip(trusts, values, strict=True)}


def read(path: Path, published_on: date | None = None) -> Reading:
    context = ReadingContext(load_register(), load_metrics(), published_on=published_on)
    return read_file(path, context)
