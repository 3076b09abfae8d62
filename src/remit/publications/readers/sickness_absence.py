"""NHS sickness absence rates: days lost and days available, a row an employer and month.

The rate is made afresh from the two counts; the printed rate is held against it, and a row whose
three figures contradict each other is reported among the checks.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from remit.model.observation import TotalCheck
from remit.model.period import Period, month
from remit.model.publication import Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.table import read_table
from remit.publications.rows.bodies import body_columns
from remit.publications.rows.cells import with_figures
from remit.publications.rows.employers import as_employers
from remit.publications.rows.measures import assembled, measured
from remit.publications.rows.months import day_in, month_in, period_from
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import LINE, text_frame

_RATE = "SICKNESS_ABSENCE_RATE_PERCENT"
_LOST, _AVAILABLE = "FTE_DAYS_LOST", "FTE_DAYS_AVAILABLE"
_ROUNDING = 0.005 + 1e-9


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one month's rates."""
    table = read_table(file)
    frame = text_frame(table, publication)
    frame, codes = body_columns(frame, "ORG_CODE", context.register)
    frame, days = period_from(as_employers(frame), "DATE", month_of_day)
    piece = measured(table, frame, publication, [*codes, *days])
    taken = frame.filter(pl.col(LINE).is_in(piece.observations["source_row"].unique().implode()))
    return assembled([piece], publication, context, _rate_checks(taken, publication, file.name))


def month_of_day(text: str) -> Period | None:
    """The month that a day is in: the files are dated by the month's last day."""
    day = day_in(text)
    return month(day.start.year, day.start.month) if day else month_in(text)


def _rate_checks(frame: pl.DataFrame, publication: Publication, name: str) -> Iterator[TotalCheck]:
    """The printed rates that the row's own counts do not give, to two decimals."""
    columns = {"rate": _RATE, "lost": _LOST, "available": _AVAILABLE}
    units = {"rate": "percent", "lost": "count", "available": "count"}
    figures = with_figures(frame, columns, publication.marks, units)
    made = 100 * pl.col("lost_value") / pl.col("available_value")
    differ = (made - pl.col("rate_value")).abs() > _ROUNDING
    rows = figures.with_columns(made.alias("made")).filter(differ & (pl.col("available_value") > 0))
    for line, code, period, printed, summed in rows.select(
        LINE, "org_code", "period_label", "rate_value", "made"
    ).iter_rows():
        yield TotalCheck(name, line, _RATE, f"rate · {code} · {period}", printed, summed)
