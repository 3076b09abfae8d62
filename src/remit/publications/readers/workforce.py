"""NHS workforce statistics: staff by employer, people and full-time equivalents.

Tables 2 and 3 give one month by staff group, tables 4 and 5 all staff by month since 2009, table
1 England's staff groups by month. Employers stand under their ICB and region, whose rows are
totals; an ICB that is an employer has a code of its own (see :mod:`.rows.employers`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from remit.model.observation import TotalCheck
from remit.model.period import Period
from remit.model.publication import Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.sheets import tables
from remit.publications.files.table import RawTable
from remit.publications.readers.workforce_england import england_by_group
from remit.publications.readers.workforce_months import (
    by_column,
    dated_by_column,
    months_of,
    named,
    side_of,
)
from remit.publications.rows.bodies import OTHER_PROVIDER, body_columns
from remit.publications.rows.employers import as_employers
from remit.publications.rows.measures import Measured, assembled, measured
from remit.publications.rows.months import stated_period, with_period
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import Check, further_columns, text_frame
from remit.publications.rows.totals import total_checks
from remit.register import Register

_REGION, _ICB, _EMPLOYER = "NHS England region code", "ICS code", "Organisation code"
_ENGLAND = "NHS England region name"
_PREDECESSOR = r"^[A-Z0-9]{3,6}-[A-Z]$"
_NO_EMPLOYER = "no employer"


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one month's workbook."""
    pieces = [_piece(table, publication, context) for table in tables(file, publication)]
    england = list(england_by_group(file, publication))
    if england:
        pieces = [_without_england_by_group(piece) for piece in pieces]
    return assembled([*pieces, *england], publication, context)


def _without_england_by_group(piece: Measured) -> Measured:
    """England's staff groups are kept from table 1, which has all their months."""
    twice = (pl.col("org_kind") == "england") & ~pl.col("metric_id").str.ends_with("-all")
    return replace(piece, observations=piece.observations.filter(~twice))


def _piece(table: RawTable, publication: Publication, context: ReadingContext) -> Measured:
    frame, checks = _employers(text_frame(table, publication), context.register)
    months = months_of(table.header)
    if months:
        piece = _by_month(table, frame, publication, checks, months)
    else:
        piece = _by_group(table, frame, publication, checks, context)
    return replace(piece, checks=_checks(piece))


def _checks(piece: Measured) -> tuple[TotalCheck, ...]:
    """England held against the employers; a person with two employers is one person in England."""
    if side_of(piece.table) == "headcount":
        return ()
    return total_checks(piece.observations, piece.table.file.name)


def _employers(frame: pl.DataFrame, register: Register) -> tuple[pl.DataFrame, list[Check]]:
    """Whose staff a row counts: the employer's, else the ICB's area, the region's or England's."""
    written = [pl.when(pl.col(c) != "").then(pl.col(c)) for c in (_EMPLOYER, _ICB, _REGION)]
    frame = frame.with_columns(pl.coalesce(written).fill_null("").alias("body"))
    england = (pl.col("body") == "") & (pl.col(_ENGLAND).str.to_lowercase() == "england")
    frame, codes = body_columns(frame, "body", register, england=england)
    former = pl.col("body").str.contains(_PREDECESSOR)
    frame = frame.with_columns(
        pl.when(former).then("body").otherwise("org_code").alias("org_code"),
        pl.when(former).then(pl.lit(OTHER_PROVIDER)).otherwise("org_kind").alias("org_kind"),
    )
    is_employer = pl.col(_EMPLOYER).fill_null("") != ""
    parts = [as_employers(frame.filter(is_employer)), frame.filter(~is_employer)]
    return pl.concat(parts).sort("line"), [
        Check(check.fails, _EMPLOYER, check.reason) for check in codes
    ]


def _by_group(
    table: RawTable,
    frame: pl.DataFrame,
    publication: Publication,
    checks: Sequence[Check],
    context: ReadingContext,
) -> Measured:
    """One month by staff group; the month is said above the table."""
    period, side = stated_period(table, context), side_of(table)
    measures = [m.model_copy(update={"metric": named(m, side)}) for m in publication.measures]
    frame = with_period(frame, period).with_columns(
        pl.lit(f"{period.label} · {side} by group").alias("scope")
    )
    return measured(table, frame, publication, checks, measures=measures)


def _by_month(
    table: RawTable,
    frame: pl.DataFrame,
    publication: Publication,
    checks: Sequence[Check],
    months: Mapping[str, Period],
) -> Measured:
    """All staff, a column a month; an employer without any did not exist in that month."""
    frame = further_columns(frame, table, {name: table.header.index(name) for name in months})
    employer = pl.col(_EMPLOYER).fill_null("") != ""
    frame = frame.with_columns(
        pl.when(employer & pl.col(name).is_in(["0", "-"]))
        .then(pl.lit(_NO_EMPLOYER))
        .otherwise(name)
        .alias(name)
        for name in months
    )
    side = side_of(table)
    measures = by_column(f"{publication.id}.{side}-all", months)
    latest = max(months.values())
    piece = measured(table, with_period(frame, latest), publication, checks, measures=measures)
    return dated_by_column(piece, months, f"{side} by month")
