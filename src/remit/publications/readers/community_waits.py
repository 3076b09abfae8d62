"""Community health services waiting lists, monthly: by organisation and service.

One sheet holds the whole list and one more each band of weeks, with a column for each service of
adults (A) and of children and young people (CYP). England, regions and ICBs stand above the
providers. The band over 52 weeks was split in two in the course of 2024/25.
"""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl

from remit.model.errors import PublicationError
from remit.model.observation import Status
from remit.model.publication import Measure, Publication, folded
from remit.publications.files.raw import RawFile
from remit.publications.files.sheets import tables
from remit.publications.files.table import RawTable
from remit.publications.files.workbook import open_workbook
from remit.publications.readers.community_overview import overview, whole_only
from remit.publications.rows.bodies import body_columns
from remit.publications.rows.measures import Measured, assembled, measured
from remit.publications.rows.months import stated_period, with_period
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import further_columns, text_frame
from remit.publications.rows.stated_day import published_as_stated
from remit.publications.rows.totals import total_checks

_SERVICE = re.compile(r"\((A|CYP)\)\s*\S", re.IGNORECASE)
_IS_ENGLAND = pl.col("org_kind") == "england"
_AGES = {"(a)": "age: adults", "(cyp)": "age: children and young people"}


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one month's workbook.

    Raises
    ------
    PublicationError
        If a sheet is of a band of weeks that the publication's declaration does not have.
    """
    context = published_as_stated(context, _stated(file, "Published"))
    pieces = [_piece(table, publication, context) for table in tables(file, publication)]
    words = publication.words["title"]
    bands = {folded(said.removeprefix("Number ")): word for said, word in words.items()}
    england = overview(file, publication, context, bands)
    if england is not None:
        services = pl.concat(piece.observations for piece in pieces)
        england = whole_only(england, services.filter(_IS_ENGLAND))
        pieces = [england, *(_without_england(piece) for piece in pieces)]
    checks = total_checks(pl.concat(piece.observations for piece in pieces), file.name)
    return assembled(pieces, publication, context, checks)


def _without_england(piece: Measured) -> Measured:
    """Without the sums for England that the overview prints."""
    is_sum = ~pl.col("cut").fill_null("").str.starts_with("service: ")
    return replace(piece, observations=piece.observations.filter(~(is_sum & _IS_ENGLAND)))


def _stated(file: RawFile, label: str) -> str:
    """What the cover page says beside a label."""
    workbook = open_workbook(file)
    rows = (row for name in workbook.names[:1] for row in workbook.sheet(name).cells)
    return next((row[1] for row in rows if len(row) > 1 and row[0].strip(": ") == label), "")


def _piece(table: RawTable, publication: Publication, context: ReadingContext) -> Measured:
    metric = f"community.{_band(table, publication)}"
    services = {name: place for place, name in enumerate(table.header) if _SERVICE.match(name)}
    frame = further_columns(text_frame(table, publication), table, services)
    england = pl.col("Organisation Type").str.to_lowercase() == "national"
    frame, bodies = body_columns(frame, "Organisation Code", context.register, england=england)
    frame = with_period(frame, stated_period(table, context))
    measures = [
        Measure(column=name, metric=metric, unit="count", cut=f"service: {name.replace(';', ',')}")
        for name in services
    ]
    piece = measured(table, frame, publication, bodies, measures=measures)
    observations = pl.concat([piece.observations, *_totals(piece.observations, table)])
    return replace(piece, observations=observations)


def _band(table: RawTable, publication: Publication) -> str:
    """The measure that a sheet is of, told from its title."""
    title = next((cell for _, row in table.above for cell in row if cell.strip()), "")
    said = re.sub(r"\(.*?\)|>", "", title.lower().split("by service")[0])
    known = {folded(written): word for written, word in publication.words["title"].items()}
    found = known.get(folded(said))
    if found is None:
        raise PublicationError(
            f"{table.file.path}, sheet {table.sheet}: the title “{title[:80]}” is of no band of "
            f"weeks that Remit knows; known: {', '.join(publication.words['title'])}"
        )
    return found


def _totals(services: pl.DataFrame, table: RawTable) -> list[pl.DataFrame]:
    """For each row the sum over its services: all, adults', children's.

    A blank says that nobody submitted the service: it takes no part in the sum.
    """
    by_age = services.with_columns(
        pl.col("cut").str.extract(r"service: (\([A-Za-z]+\))").str.to_lowercase().replace(_AGES)
    )
    whole = services.with_columns(pl.lit(None, dtype=pl.String).alias("cut"))
    return [_over_services(whole, table, "all services"), _over_services(by_age, table, "services")]


def _over_services(parts: pl.DataFrame, table: RawTable, column: str) -> pl.DataFrame:
    key = [n for n in parts.columns if n not in {"value", "status", "source_column"}]
    given = pl.col("value").is_not_null().any()
    reported, blank = pl.lit(Status.REPORTED.value), pl.lit(Status.NOT_SUBMITTED.value)
    sums = parts.group_by(key, maintain_order=True).agg(
        pl.when(given).then(pl.col("value").sum()).alias("value"),
        pl.when(given).then(reported).otherwise(blank).alias("status"),
        pl.format("{} (sum of {} columns)", pl.lit(table.place(column)), pl.len()).alias(
            "source_column"
        ),
    )
    return sums.select(parts.columns)
