"""A&E attendances and emergency admissions, monthly.

One row a provider and a last row with England's total. The total is spelled in several ways and
gives no month; the month is that of the other rows. A zero that stands for a figure not given is
kept as not submitted.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from remit.model.observation import Status
from remit.model.publication import Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.table import read_table
from remit.publications.rows.bodies import ENGLAND, body_columns
from remit.publications.rows.measures import assembled, measured
from remit.publications.rows.months import period_from
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import text_frame
from remit.publications.rows.totals import total_checks

MAJOR = 1_000
"""Attendances at a major department in a month beyond which nobody over four hours is not
believed: the smallest such department in the files of 2021 to 2025 has 2,293."""

_MAJOR_ATTENDANCES = "ae.attendances-type-1"
_OVER_FOUR_HOURS = pl.col("metric_id").str.contains("over-4-hours")


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one month's file."""
    table = read_table(file)
    frame = text_frame(table, publication)
    frame, bodies = body_columns(frame, "Org Code", context.register)
    frame, periods = period_from(_with_month_of_total(frame), "Period")
    piece = measured(table, frame, publication, [*bodies, *periods])
    checks = total_checks(piece.observations, file.name)
    piece = replace(piece, observations=_without_false_zeros(piece.observations))
    return assembled([piece], publication, context, checks)


def _without_false_zeros(observations: pl.DataFrame) -> pl.DataFrame:
    """Where a major department reports nobody over four hours, that was not submitted.

    Fourteen trusts that tried other standards until May 2023 gave no four-hour figures; the
    files print zeros for them, which would make 100% of each.
    """
    value = pl.col("value")
    major = value.filter(pl.col("metric_id") == _MAJOR_ATTENDANCES).sum().over("org_code") >= MAJOR
    nobody = value.filter(_OVER_FOUR_HOURS).sum().over("org_code") == 0
    given = pl.col("status") == Status.REPORTED.value
    false = _OVER_FOUR_HOURS & major & nobody & given
    missing = pl.lit(Status.NOT_SUBMITTED.value)
    return observations.with_columns(
        pl.when(false).then(None).otherwise(value).alias("value"),
        pl.when(false).then(missing).otherwise("status").alias("status"),
    )


def _with_month_of_total(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the total the period of the providers, where they have one."""
    is_total = (pl.col("org_code") == ENGLAND).fill_null(value=False)
    months = frame.filter(~is_total)["Period"].drop_nulls().unique()
    if months.len() != 1:
        return frame
    month = pl.when(is_total).then(pl.lit(months[0])).otherwise("Period")
    return frame.with_columns(month.alias("Period"))
