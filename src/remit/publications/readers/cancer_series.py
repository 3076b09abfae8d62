"""Cancer waiting times: totals by provider and month in one CSV file, over several years."""

from __future__ import annotations

import polars as pl

from remit.model.publication import Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.table import read_table
from remit.publications.rows.bodies import body_columns
from remit.publications.rows.long_tables import words_of
from remit.publications.rows.measures import assembled, measured
from remit.publications.rows.months import period_from
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import text_frame
from remit.publications.rows.totals import total_checks


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one file; the row *Total* of a month is England's."""
    table = read_table(file)
    frame = text_frame(table, publication)
    frame, bodies = body_columns(frame, "org_code", context.register)
    frame, periods = period_from(frame, "period_month")
    frame, known = words_of(frame, "metric", publication, "standard")
    frame = frame.with_columns(pl.format("{} · {}", "period_label", "standard").alias("scope"))
    piece = measured(table, frame, publication, [*bodies, *periods, known])
    return assembled([piece], publication, context, total_checks(piece.observations, file.name))
