"""What stands in the cells of a report's sheets, and which rows a long sheet keeps."""

from __future__ import annotations

from collections.abc import Sequence

from remit.exports.workbook import NOT_APPLICABLE, Value
from remit.report.view import ReportLine, ReportView
from remit.words.figures import data_number

NOT_HELD = "[x]"

MOST_ROWS = 12_000
"""A sheet of more rows is read by nobody and takes longer to make than all the rest."""


def number(value: float | None) -> Value:
    """A value with no more decimals than anybody reads; whole numbers stay whole."""
    return NOT_HELD if value is None else data_number(value, 4)


def words(text: str) -> str:
    """A text, or that there can be none."""
    return text or NOT_APPLICABLE


def shown(view: ReportView, rows: int) -> tuple[Sequence[ReportLine], str]:
    """The lines whose rows a long sheet holds, and what is to be said if they are not all."""
    if rows <= MOST_ROWS:
        return view.lines, ""
    return view.own.lines, (
        f" Only rows of {view.body.name}: all {rows:,} would be too many for a sheet. Those of its "
        "members are on the report’s pages and in the csv files beside it."
    )
