"""Overnight beds (KH03): average beds available or occupied, a row a provider, sector and quarter.

Beds available and beds occupied come in two files with the same columns; only the name of the
file tells which it is. Until 2009/10 the collection was yearly.
"""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from remit.model.errors import PublicationError
from remit.model.period import Period, financial_year, quarter
from remit.model.publication import Measure, Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.table import read_table
from remit.publications.rows.bodies import body_columns
from remit.publications.rows.long_tables import named_by_row, words_of
from remit.publications.rows.measures import assembled, measured
from remit.publications.rows.months import day_in, period_from
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import Check, text_frame
from remit.publications.rows.totals import total_checks

_BEDS = "Number_Of_Beds"
_FIRST_QUARTER = date(2010, 6, 30)
_MANGLED = r"^[0-9][.][0-9]+E[+][0-9]+$"
_WHY_MANGLED = (
    "a spreadsheet program has turned the code into a number before the file was published, and "
    "which provider it was cannot be told"
)
_SIDE = re.compile(r"(available|occupied)", re.IGNORECASE)


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one file of beds available or of beds occupied.

    Raises
    ------
    PublicationError
        If the file's name says neither or both.
    """
    side = _side(file)
    table = read_table(file)
    frame = text_frame(table, publication)
    frame, codes = body_columns(frame, "Organisation_Code", context.register)
    frame, periods = period_from(frame, "Effective_Snapshot_Date", period_of_snapshot)
    frame, sector = words_of(frame, "Sector", publication, "sector")
    frame = frame.with_columns(
        pl.format("{}.{}-{}", pl.lit(publication.id), pl.lit(side), "sector").alias("measure"),
        pl.format("{} · {}", "period_label", pl.lit(side)).alias("scope"),
    )
    mangled = pl.col("Organisation_Code").str.contains(_MANGLED).fill_null(value=False)
    checks = [Check(mangled, "Organisation_Code", pl.lit(_WHY_MANGLED)), *codes, *periods, sector]
    beds = Measure(column=_BEDS, metric=f"{publication.id}.{side}", unit="count")
    piece = measured(
        table,
        frame,
        publication,
        checks,
        measures=[beds],
        key=("org_code", "sector", "period_label"),
    )
    piece = named_by_row(piece, frame, {"metric_id": "measure"})
    return assembled([piece], publication, context, total_checks(piece.observations, file.name))


def period_of_snapshot(text: str) -> Period | None:
    """The quarter, or in the early years the financial year, that ends on a day."""
    day = day_in(text)
    if day is None:
        return None
    year = day.start.year if day.start.month > 3 else day.start.year - 1
    if day.start < _FIRST_QUARTER:
        period = financial_year(year)
    else:
        period = quarter(year, (day.start.month - 4) % 12 // 3 + 1)
    return period if period.end == day.end else None


def _side(file: RawFile) -> str:
    said: set[str] = {found.lower() for found in _SIDE.findall(file.member or file.name)}
    if len(said) != 1:
        raise PublicationError(
            f"{file.path}: the files of beds available and of beds occupied have the same columns "
            "and are told apart by their names; let the name hold either Available or Occupied"
        )
    return said.pop()
