"""Critical care and general and acute beds: average beds open and occupied, by trust and month."""

from __future__ import annotations

from remit.model.publication import Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.table import read_table
from remit.publications.rows.bodies import body_columns
from remit.publications.rows.measures import assembled, measured
from remit.publications.rows.months import period_from
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import text_frame
from remit.publications.rows.totals import total_checks


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read the months of one file."""
    table = read_table(file)
    frame = text_frame(table, publication)
    frame, codes = body_columns(frame, "Trust", context.register)
    frame, months = period_from(frame, "date")
    piece = measured(table, frame, publication, [*codes, *months])
    return assembled([piece], publication, context, total_checks(piece.observations, file.name))
