"""Referral to treatment (RTT): incomplete pathways by provider, in two layouts.

The extract of a month has one row a provider and treatment function, and a row *Total*. The
series over the years has one row a provider and month, and counts of long waits only. What it
counts is more than the incomplete pathways, so it is a publication of its own.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from remit.model.publication import Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.table import read_table
from remit.publications.rows.bodies import body_columns
from remit.publications.rows.measures import Measured, assembled, measured
from remit.publications.rows.months import period_from
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import text_frame
from remit.publications.rows.sums import cut_checks
from remit.publications.rows.totals import total_checks

_FUNCTION = "Treatment function"
_WHOLE = ("", "total")


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read a file of either layout."""
    table = read_table(file)
    frame = text_frame(table, publication)
    frame, bodies = body_columns(frame, "Provider code", context.register)
    frame, periods = period_from(frame, "Reporting month")
    is_part = ~pl.col(_FUNCTION).str.to_lowercase().is_in(_WHOLE)
    scope = pl.when(is_part).then(pl.format("{} · by treatment function", "period_label"))
    frame = frame.with_columns(
        pl.when(is_part).then(pl.format("treatment function: {}", _FUNCTION)).alias("cut"),
        scope.otherwise("period_label").alias("scope"),
    )
    piece = measured(table, frame, publication, [*bodies, *periods])
    return assembled([_checked(piece)], publication, context)


def _checked(piece: Measured) -> Measured:
    """Hold each provider's total against its treatment functions, and England's if there is one."""
    whole = piece.observations.filter(pl.col("cut").is_null())
    parts = piece.observations.filter(pl.col("cut").is_not_null())
    file_name = piece.table.file.name
    england = total_checks(whole, file_name)
    return replace(piece, checks=(*england, *cut_checks(whole, parts, file_name)))
