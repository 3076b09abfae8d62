"""NHS Oversight Framework: league table.

One row a trust: average score, segment, rank, and the likely ranges of score and rank. Each
figure of a row becomes an observation; a row with one bad cell is rejected whole.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from remit.model.errors import PublicationError
from remit.engine.observations import OBSERVATION_SCHEMA
from remit.model.publication import Measure, Publication
from remit.publications.cells import figure, limits_in_words, out_of_range, yes_no
from remit.publications.reading import Reading, ReadingContext
from remit.publications.rows import (
    LINE,
    Check,
    period_columns,
    release_column,
    repeated_rows,
    sort_out,
    text_frame,
    trust_checks,
)
from remit.publications.sources import source_of
from remit.publications.table import RawFile, read_table

_RANGE = r"^\s*([0-9.]+)\s*(?:-|–|to)\s*([0-9.]+)\s*$"


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one league table file.

    Raises
    ------
    PublicationError
        If the file says nowhere which quarter it is of and the context does not either.
    """
    table = read_table(file)
    frame = text_frame(table, publication)
    frame, trusts = trust_checks(frame, publication, context)
    if frame["Quarter"].is_null().all():
        frame = frame.with_columns(pl.col("Reporting_date").alias("Quarter"))
    frame, quarters, _ = release_column(frame, publication, context)
    if frame.height and frame["release"].is_null().all() and not quarters:
        raise PublicationError(
            f"{table.file.path}: the file does not tell its quarter; say it with --period, for "
            'instance --period "2025/26 Q1"'
        )
    frame, periods = period_columns(frame)
    frame, figures = _figures(frame, publication)
    good, rejections = sort_out(frame, [*trusts, *quarters, *periods, *figures], file.name)
    good = good.with_columns(
        pl.struct([f"{name}_value" for name in _names(publication)]).alias("value"),
        pl.lit("").alias("status"),
    )
    key = ["Trust_code", "release"]
    good, repeats = sort_out(good, repeated_rows(key, "Trust_code"), file.name)
    observations = _observations(good, publication, file.sha256[:16])
    ordered = tuple(sorted([*table.damaged, *rejections, *repeats], key=lambda r: r.line))
    source = source_of(table, publication, context, observations, len(ordered))
    return Reading(observations, ordered, source)


def _parts(measure: Measure) -> Iterator[tuple[str, int]]:
    """The metrics that a column yields, each with its place within the cell."""
    if measure.range:
        yield f"{measure.metric}_low", 1
        yield f"{measure.metric}_high", 2
    else:
        yield measure.metric, 0


def _names(publication: Publication) -> list[str]:
    return [name for measure in publication.measures for name, _ in _parts(measure)]


def _figures(frame: pl.DataFrame, publication: Publication) -> tuple[pl.DataFrame, list[Check]]:
    """Add ``<metric>_value`` and ``<metric>_status`` columns; check that every cell is a figure."""
    checks: list[Check] = []
    for measure in publication.measures:
        for name, part in _parts(measure):
            frame, found = _figure(frame, publication, measure, name, part)
            checks.extend(found)
    return frame, checks


def _figure(
    frame: pl.DataFrame, publication: Publication, measure: Measure, name: str, part: int
) -> tuple[pl.DataFrame, list[Check]]:
    column = pl.col(measure.column)
    cell = column.str.extract(_RANGE, part).fill_null(column) if part else yes_no(measure.column)
    frame = frame.with_columns(cell.alias("_cell"))
    found = figure("_cell", publication.marks)
    frame = frame.with_columns(
        found.value.alias(f"{name}_value"),
        found.status.alias(f"{name}_status"),
        found.readable.alias(f"{name}_readable"),
    )
    beyond = out_of_range(pl.lit(measure.unit), pl.col(f"{name}_value"))
    said = limits_in_words().get(measure.unit, "out of range")
    return frame, [
        Check(
            ~pl.col(f"{name}_readable") & column.is_not_null(),
            measure.column,
            pl.lit("this is no figure and no known mark"),
        ),
        Check(beyond, measure.column, pl.lit(said)),
    ]


def _observations(good: pl.DataFrame, publication: Publication, source_id: str) -> pl.DataFrame:
    blank = pl.lit(None, dtype=pl.Float64)
    pieces = [
        good.filter(pl.col(measure.column).is_not_null()).select(
            pl.col("Trust_code").alias("org_code"),
            "org_kind",
            pl.lit(name).alias("metric_id"),
            pl.lit(measure.unit).alias("unit"),
            "release",
            pl.format("{} · {}", "release", "org_kind").alias("scope"),
            "period_label",
            "period_start",
            "period_end",
            pl.col(f"{name}_value").alias("value"),
            blank.alias("numerator"),
            blank.alias("denominator"),
            pl.col(f"{name}_status").alias("status"),
            blank.alias("published_rank"),
            blank.alias("published_median"),
            blank.alias("published_lower_quartile"),
            blank.alias("published_upper_quartile"),
            pl.lit(publication.id).alias("publication"),
            pl.lit(source_id).alias("source_id"),
            pl.col(LINE).alias("source_row"),
            pl.lit(measure.column).alias("source_column"),
        )
        for measure in publication.measures
        for name, _ in _parts(measure)
    ]
    return pl.concat(pieces).cast(OBSERVATION_SCHEMA)  # type: ignore[arg-type]
