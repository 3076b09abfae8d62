"""The options of ``remit spc``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

OwnFileArgument = Annotated[
    Path | None,
    typer.Argument(help="CSV or a workbook: a point a line, or months across.", show_default=False),
]
SeriesColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--series-column",
        help="The column that names the series; may be repeated. Columns that are not named are "
        "guessed.",
        show_default=False,
    ),
]
DateColumnOption = Annotated[
    str | None, typer.Option("--date-column", help="The column of dates or periods.")
]
ValueColumnOption = Annotated[
    str | None, typer.Option("--value-column", help="The column of values.")
]
NumeratorColumnOption = Annotated[
    str | None, typer.Option("--numerator-column", help="For p-prime: the column of numerators.")
]
DenominatorColumnOption = Annotated[
    str | None,
    typer.Option("--denominator-column", help="For p-prime: the column of denominators."),
]
TargetColumnOption = Annotated[
    str | None, typer.Option("--target-column", help="The column of targets, point by point.")
]
SheetOption = Annotated[
    str | None, typer.Option("--sheet", help="The sheet of a workbook, where several hold a table.")
]
DatesOption = Annotated[
    str | None,
    typer.Option("--dates", help="day-first or month-first, where 3/4/2024 could be either."),
]
DecimalsOption = Annotated[
    str | None,
    typer.Option("--decimals", help="point or comma, where 1.490 could be 1490 or one and a half."),
]
ChartOption = Annotated[
    str,
    typer.Option(
        "--chart",
        help="xmr; p-prime: rates of large counts; g, t: cases or days between rare events.",
    ),
]
BetterOption = Annotated[
    str | None,
    typer.Option("--better", help="higher, lower or neutral; a file has no default."),
]
TargetOption = Annotated[
    str | None,
    typer.Option(
        "--target", help="One target for all series, such as 95; ≥95, <=4 and 95% are read too."
    ),
]
TargetsOption = Annotated[
    Path | None,
    typer.Option(
        "--targets",
        help="A CSV file of targets by date: date, target, series; a blank or none ends one.",
    ),
]
MetricOption = Annotated[
    list[str] | None,
    typer.Option("--metric", help="A metric of the catalogue, from a store; may be repeated."),
]
OrgOption = Annotated[
    list[str] | None,
    typer.Option("--org", help="A trust, ICB, region or ENG; else all trusts."),
]
CutOption = Annotated[
    str | None, typer.Option("--cut", help='A group of people, such as "age: 0-4".')
]
PeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        help='With --metric: the last period, such as "Jun 2025"; else the newest month held.',
    ),
]
YearsOption = Annotated[
    int | None,
    typer.Option("--years", help="With --metric: how many years a chart holds; 4, as in reports."),
]
RulesOption = Annotated[
    str,
    typer.Option("--rules", help="mdc-nhsr, mdc-excel, or a YAML file of your own."),
]
BaselineOption = Annotated[
    int | None,
    typer.Option("--baseline", help="Mean and limits from so many first points."),
]
RebaseOption = Annotated[
    Path | None,
    typer.Option("--rebase", help="A CSV file of re-basings: date, reason, series."),
]
OnlyOption = Annotated[str | None, typer.Option("--only", help="Print and draw this series only.")]
SvgOption = Annotated[Path | None, typer.Option("--svg", help="Write the chart of one series.")]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="A folder for points.csv and series.csv.")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Read and judge; write nothing.")]
