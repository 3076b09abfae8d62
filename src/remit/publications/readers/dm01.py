"""Diagnostic waiting times and activity (DM01), monthly, by provider and test.

The sheet *Provider* has one row a provider; the sheet *Provider by Test* one for each test and one
for the total again. Both have England first. Totals are taken from the sheet *Provider*, which
alone has those providers that submitted and have nobody on a list; the totals of the other sheet
are held against them.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from remit.model.observation import TotalCheck
from remit.model.publication import Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.sheets import tables
from remit.publications.files.table import RawTable
from remit.publications.rows.bodies import body_columns
from remit.publications.rows.measures import Measured, assembled, measured
from remit.publications.rows.months import stated_period, with_period
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import text_frame
from remit.publications.rows.stated_day import published_as_stated
from remit.publications.rows.sums import cut_checks
from remit.publications.rows.totals import total_checks

_TEST = "Diagnostic Test Name"
_WEEKS = "dm01.waiting-by-weeks"


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one month's workbook."""
    found = tables(file, publication)
    context = published_as_stated(context, _published(found[0]))
    pieces = [_piece(table, publication, context) for table in found]
    whole = [
        piece
        for piece in pieces
        if piece.observations.height and not _is_by_test(piece.table, publication)
    ]
    if whole:
        pieces = [piece if piece in whole else _parts_only(piece, whole[0]) for piece in pieces]
    return assembled(pieces, publication, context)


def _published(table: RawTable) -> str:
    """The day of the revision, where there was one, or of the first publication."""
    revised = table.beside("Revised:")
    return revised if any(sign.isdigit() for sign in revised) else table.beside("Published:")


def _is_by_test(table: RawTable, publication: Publication) -> bool:
    return _TEST in publication.column_names(table.header)


def _piece(table: RawTable, publication: Publication, context: ReadingContext) -> Measured:
    frame = text_frame(table, publication)
    england = pl.col("Provider Code").fill_null("") == ""
    england = england & (pl.col("Provider Name").str.to_lowercase() == "total")
    frame, bodies = body_columns(frame, "Provider Code", context.register, england=england)
    frame = with_period(frame, stated_period(table, context))
    is_part = ~pl.col(_TEST).fill_null("").str.to_lowercase().is_in(["", "total"])
    cut = pl.when(is_part).then(pl.format("test: {}", _TEST))
    piece = measured(table, frame.with_columns(cut.alias("cut")), publication, bodies)
    return replace(piece, checks=_checks(piece.observations, table.file.name))


def _checks(observations: pl.DataFrame, file_name: str) -> tuple[TotalCheck, ...]:
    """England against its providers, and each provider's total against its tests."""
    # The bands by weeks have a cut of their own, and so tell totals from parts another way.
    counts = observations.filter(pl.col("metric_id") != _WEEKS)
    by_test = counts.filter(pl.col("cut").is_not_null())
    differing = cut_checks(counts.filter(pl.col("cut").is_null()), by_test, file_name)
    return (*total_checks(observations, file_name), *differing)


def _parts_only(piece: Measured, whole: Measured) -> Measured:
    """The tests without the totals, which are held against those of the other sheet."""
    observations = piece.observations
    is_part = pl.col("cut").fill_null("").str.starts_with("test: ")
    again = observations.filter(~is_part)
    differing = cut_checks(whole.observations, again, piece.table.file.name, ["cut"])
    return replace(
        piece, observations=observations.filter(is_part), checks=(*piece.checks, *differing)
    )
