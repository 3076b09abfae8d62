"""Ambulance quality indicators (AmbSYS): a time series of each trust, some regions and England.

Counts and total times are taken; means are made afresh from them. A dash is a figure that a trust
did not give; a blank is one that was not collected in that month.
"""

from __future__ import annotations

import re

import polars as pl

from remit.model.period import Period, month
from remit.model.publication import Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.sheets import tables
from remit.publications.files.workbook import open_workbook
from remit.publications.rows.bodies import body_columns
from remit.publications.rows.measures import assembled, measured
from remit.publications.rows.months import period_from
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import text_frame
from remit.publications.rows.stated_day import published_as_stated
from remit.publications.rows.totals import total_checks

_MONTH = re.compile(r"(20\d\d)-\d\d ([a-z]+)", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CENTILE = "-centile-"
_NOT_SUBMITTED = "-"
_CATEGORY_2, _ALL_INCIDENTS = "A10", "A7"
_PARTS_OF_TOTAL = ("A17", "A18", "A19", "A20", "A21", "A22", "A23")


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one workbook; it holds all months since August 2017."""
    (table, *_) = tables(file, publication)
    frame = text_frame(table, publication)
    frame, codes = body_columns(frame, "Area", context.register)
    frame = frame.with_columns(pl.format("{} {}", "Year", "Month").alias("Month"))
    frame, months = period_from(_without_false_zeros(frame, publication), "Month", month_of_year)
    piece = measured(table, frame, publication, [*codes, *months])
    sums = piece.observations.filter(~pl.col("metric_id").str.contains(_CENTILE, literal=True))
    context = published_as_stated(context, _published(file))
    return assembled([piece], publication, context, total_checks(sums, file.name))


def month_of_year(text: str) -> Period | None:
    """A month of a financial year: ``2017-18 AUGUST``, ``2017-18 JANUARY`` (of 2018)."""
    found = _MONTH.fullmatch(text.strip())
    if found is None or found[2][:3].lower() not in _MONTHS:
        return None
    number = _MONTHS.index(found[2][:3].lower()) + 1
    return month(int(found[1]) + (number < 4), number)


def _without_false_zeros(frame: pl.DataFrame, publication: Publication) -> pl.DataFrame:
    """Take the zeros of a service that gave no figures yet for what was not submitted.

    No ambulance service has a month without a category 2 incident, and none has fewer incidents
    than category 2 incidents: the workbook says in its notes since when each gave which figures.
    """
    silent = pl.col(_CATEGORY_2) == "0"
    no_total = (pl.col(_ALL_INCIDENTS) == "0") & ~silent
    of_total = {_ALL_INCIDENTS, *_PARTS_OF_TOTAL}
    columns = [m.column for m in publication.measures if m.column in frame.columns]
    return frame.with_columns(
        pl.when((silent | no_total if name in of_total else silent) & (pl.col(name) == "0"))
        .then(pl.lit(_NOT_SUBMITTED))
        .otherwise(name)
        .alias(name)
        for name in columns
    )


def _published(file: RawFile) -> str:
    """What stands beside ``Published`` on the first sheet."""
    workbook = open_workbook(file)
    for row in workbook.sheet(workbook.names[0]).cells:
        words = [cell.strip() for cell in row if cell.strip()]
        if len(words) > 1 and words[0].rstrip(":").lower() == "published":
            return words[1]
    return ""
