"""Community services (CSDS): what is counted, of whom and where, a row for each.

A row says what it counts (referrals, contacts …) and by what it is parted (age, gender, service
…): the one becomes the measure, the other the cut. Figures are rounded to 5 by the publisher.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from remit.model.observation import TotalCheck
from remit.model.publication import Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.sheets import one_table
from remit.publications.files.table import RawTable
from remit.publications.rows.bodies import body_columns
from remit.publications.rows.lean import lean_table
from remit.publications.rows.long_tables import named_by_row, words_of
from remit.publications.rows.measures import Measured, assembled, measured, part_of
from remit.publications.rows.months import month_in, period_from
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import LINE, Check, known_values, text_frame
from remit.publications.rows.totals import total_checks

_SHORT = "csds"
_VALUE = "MEASURE_VALUE"
_NOT_RECORDED = "MV/OP"
_KEY = ("org_code", "measure", "cut", "period_label")
_ROUNDED_TO = 5
_SUMMED = (
    "csds.referrals",
    "csds.care-contacts",
    "csds.care-activities",
    "csds.unique-care-contacts",
)
"""What a sum over providers can give: a patient of two providers is one patient."""


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one month's core data."""
    table = lean_table(file, publication) or one_table(file, publication)
    frame = text_frame(table, publication)
    frame, bodies = _bodies(frame, publication, context)
    frame, months = period_from(frame, "REPORTING_PERIOD_START", month_in)
    frame, words = _counted(frame, publication)
    checks = [*bodies, *months, *words]
    parted = pl.col("measure_has_ages")
    pieces = [
        _piece(table, frame.filter(parted), publication, checks, columns=len(publication.measures)),
        _piece(table, frame.filter(~parted), publication, checks, columns=1),
    ]
    first = replace(pieces[0], table=replace(pieces[0].table, damaged=table.damaged))
    observations = pl.concat([piece.observations for piece in pieces])
    totals = _total_checks(observations, file.name)
    return assembled([first, pieces[1]], publication, context, totals)


def _bodies(
    frame: pl.DataFrame, publication: Publication, context: ReadingContext
) -> tuple[pl.DataFrame, list[Check]]:
    """Organisations and areas; an area that is not known has a code of its own at each level."""
    frame, known_level = words_of(frame, "ORG_LEVEL", publication, "level")
    level = pl.col("level")
    frame, codes = body_columns(frame, "ORG_CODE", context.register, england=level == "england")
    is_area = level.is_in(["icb", "region", "local_authority"])
    unknown = is_area & (pl.col("ORG_CODE").str.to_lowercase() == "unknown")
    code = (
        pl.when(unknown)
        .then(pl.format("unknown-{}", level.str.replace("_", "-")))
        .when(level == "local_authority")
        .then("ORG_CODE")
        .otherwise("org_code")
    )
    kind = pl.when(is_area).then(level).otherwise("org_kind")
    frame = frame.with_columns(code.alias("org_code"), kind.alias("org_kind"))
    return frame, [known_level, *codes]


def _counted(frame: pl.DataFrame, publication: Publication) -> tuple[pl.DataFrame, list[Check]]:
    """Add ``measure``, ``cut``, ``further`` (a second measure) and ``measure_has_ages``."""
    frame, counts = words_of(frame, "COUNT_OF", publication, "count")
    declared = publication.words["DIMENSION"]
    names = known_values(frame, "DIMENSION", lambda text: declared.get(text, plain_words(text)))
    frame = frame.with_columns(names.alias("dimension"))
    named = pl.format("{} {}", "DIMENSION", "MEASURE").replace_strict(
        publication.words["MEASURE"], default=None, return_dtype=pl.String
    )
    frame = frame.with_columns(
        pl.format("{}.{}", pl.lit(_SHORT), "count").alias("measure"),
        pl.format("{}.{}", pl.lit(_SHORT), named).alias("further"),
        _cut().alias("cut"),
    )
    ages = [m.column for m in publication.measures if m.column != _VALUE]
    has_ages = pl.any_horizontal(pl.col(name).fill_null("") != "" for name in ages)
    by_age = pl.col("dimension").str.contains("age band", literal=True).fill_null(value=False)
    frame = frame.with_columns((has_ages & ~by_age).alias("measure_has_ages"))
    absent = Check(pl.col("dimension").is_null(), "DIMENSION", pl.lit("the cell is empty"))
    return frame, [counts, absent]


def plain_words(dimension: str) -> str:
    """The name of a cut that is not declared: ``EthnicCategory`` → ``ethnic category``.

    A total (``TotalReferrals``) is no cut.
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", dimension.replace("_", " ")).lower()
    return "" if words.startswith("total ") else words


def _cut() -> pl.Expr:
    """``gender: Female``, ``age band: 0 to 4; gender: Male``; none for a total.

    A second group of a dimension that is not declared stands after a comma.
    """
    names = pl.col("dimension").str.split_exact("; ", 1)
    first, second = names.struct.field("field_0"), names.struct.field("field_1")
    has_second = pl.col("MEASURE_2").fill_null("") != ""
    more = pl.when(second.is_not_null()).then(pl.format("; {}: ", second)).otherwise(pl.lit(", "))
    tail = pl.when(has_second).then(more + _group("MEASURE_2")).otherwise(pl.lit(""))
    return pl.when(pl.col("dimension") != "").then(
        pl.format("{}: {}", first, _group("MEASURE")) + tail
    )


def _group(column: str) -> pl.Expr:
    """The words for a code, where the file gives them; without the signs that part cuts."""
    words = pl.col(f"{column}_DESC")
    said = pl.when(words.fill_null("") != "").then(words).otherwise(column)
    plain = said.str.replace_all(";", ",", literal=True).str.replace_all(":", ",", literal=True)
    return pl.when(pl.col(column) == _NOT_RECORDED).then(pl.lit("not recorded")).otherwise(plain)


def _piece(
    table: RawTable,
    frame: pl.DataFrame,
    publication: Publication,
    checks: Sequence[Check],
    columns: int,
) -> Measured:
    part = part_of(table, frame)
    wanted = publication.measures[:columns]
    piece = measured(part, frame, publication, checks, measures=wanted, key=_KEY)
    further = frame.filter(pl.col("further").is_not_null())
    again = replace(piece, observations=_of_rows(piece.observations, further[LINE]))
    again = named_by_row(again, further, {"metric_id": "further"})
    piece = named_by_row(piece, frame, {"metric_id": "measure"})
    return replace(piece, observations=pl.concat([piece.observations, _uncut(again.observations)]))


def _of_rows(observations: pl.DataFrame, lines: pl.Series) -> pl.DataFrame:
    return observations.filter(pl.col("source_row").is_in(lines.implode()))


def _uncut(observations: pl.DataFrame) -> pl.DataFrame:
    """Only the age group is left of the cut: the rest has become the measure."""
    return observations.with_columns(pl.col("cut").str.extract(r"(age group: [^;]+)$"))


def _total_checks(observations: pl.DataFrame, name: str) -> Iterator[TotalCheck]:
    """Totals that the sum over providers does not give, by more than rounding can explain."""
    kept = observations.filter(
        pl.col("metric_id").is_in(list(_SUMMED)) & (pl.col("org_kind") != "local_authority")
    )
    providers = kept.filter(~pl.col("org_kind").is_in(["england", "region", "icb"]))
    bound = (providers["org_code"].n_unique() + 1) * _ROUNDED_TO / 2
    for check in total_checks(kept, name):
        if not 0 < abs(check.difference) <= bound:
            yield check
