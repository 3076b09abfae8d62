"""A&E attendances and emergency admissions, monthly.

One row a provider and a last row with England's total. The total is spelled in several ways and
gives no month; the month is that of the other rows.
"""

from __future__ import annotations

import polars as pl

from remit.model.publication import Publication
from remit.publications.bodies import ENGLAND, body_columns
from remit.publications.measures import assembled, measured
from remit.publications.months import period_from
from remit.publications.raw import RawFile
from remit.publications.reading import Reading, ReadingContext
from remit.publications.rows import text_frame
from remit.publications.table import read_table
from remit.publications.totals import total_checks


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one month's file."""
    table = read_table(file)
    frame = text_frame(table, publication)
    frame, bodies = body_columns(frame, "Org Code", context.register)
    frame, periods = period_from(_with_month_of_total(frame), "Period")
    piece = measured(table, frame, publication, [*bodies, *periods])
    return assembled([piece], publication, context, total_checks(piece.observations, file.name))


def _with_month_of_total(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the total the period of the providers, where they have one."""
    is_total = (pl.col("org_code") == ENGLAND).fill_null(value=False)
    months = frame.filter(~is_total)["Period"].drop_nulls().unique()
    if months.len() != 1:
        return frame
    month = pl.when(is_total).then(pl.lit(months[0])).otherwise("Period")
    return frame.with_columns(month.alias("Period"))
