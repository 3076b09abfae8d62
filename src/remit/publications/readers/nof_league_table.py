"""NHS Oversight Framework: league table.

One row a trust: average score, segment, rank, and the likely ranges of score and rank. Each
figure of a row becomes an observation; a row with one bad cell is rejected whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from remit.frames.observations import OBSERVATION_SCHEMA
from remit.model.errors import PublicationError
from remit.model.publication import Measure, Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.sheets import one_table
from remit.publications.files.unread import notes_on
from remit.publications.rows.cells import (
    limits_in_words,
    out_of_range,
    why_unreadable,
    with_figures,
    yes_no,
)
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import (
    LINE,
    Check,
    period_columns,
    release_column,
    repeated_rows,
    sort_out,
    text_frame,
)
from remit.publications.rows.scored_bodies import notes_on_closed, scored_body_checks
from remit.publications.rows.sources import source_of

_RANGE = r"^\s*([0-9.]+)\s*(?:-|–|to)\s*([0-9.]+)\s*$"


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one league table file.

    Raises
    ------
    PublicationError
        If the file says nowhere which quarter it is of and the context does not either.
    """
    table = one_table(file, publication)
    frame = text_frame(table, publication)
    frame, trusts = scored_body_checks(frame, publication, context)
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
        pl.struct([f"{part.metric}_value" for part in _parts(publication)]).alias("value"),
        pl.lit("").alias("status"),
    )
    key = ["Trust_code", "release"]
    good, repeats = sort_out(good, repeated_rows(key, "Trust_code"), file.name)
    observations = _observations(good, publication, file.sha256[:16])
    ordered = tuple(sorted([*table.damaged, *rejections, *repeats], key=lambda r: r.line))
    source = source_of([table], publication, context, observations, len(ordered))
    closed = notes_on_closed(good, context.register)
    notes = (*notes_on([(table, ())], publication), *closed)
    return Reading(observations, ordered, source, notes=notes)


@dataclass(frozen=True, slots=True)
class _Part:
    """A figure that a column yields: all of its cell, or one end of the range in it."""

    measure: Measure
    metric: str
    end: int = 0

    @property
    def text(self) -> pl.Expr:
        """The figure as written; null where the cell should hold a range and does not."""
        column = pl.col(self.measure.column)
        if self.measure.unit == "flag":
            return yes_no(self.measure.column)
        if self.end:
            range_end = column.str.extract(_RANGE, self.end)
            return pl.when(column.str.contains("[0-9]")).then(range_end).otherwise(column)
        return column

    def checks(self) -> list[Check]:
        """What a cell of the column must be."""
        column, unit = self.measure.column, self.measure.unit
        unreadable = ~pl.col(f"{self.metric}_readable") & pl.col(column).is_not_null()
        beyond = out_of_range(unit, pl.col(f"{self.metric}_value"), pl.col(f"{self.metric}_plain"))
        wanted = "range such as 1.72 to 2.73" if self.end else "figure"
        return [
            Check(unreadable, column, why_unreadable(column, wanted)),
            Check(beyond, column, pl.lit(limits_in_words().get(unit, "out of range"))),
        ]


def _parts(publication: Publication) -> list[_Part]:
    parts = []
    for measure in publication.measures:
        if measure.range:
            parts.append(_Part(measure, f"{measure.metric}_low", 1))
            parts.append(_Part(measure, f"{measure.metric}_high", 2))
        else:
            parts.append(_Part(measure, measure.metric))
    return parts


def _figures(frame: pl.DataFrame, publication: Publication) -> tuple[pl.DataFrame, list[Check]]:
    """Add ``<metric>_value`` and ``<metric>_status`` columns; check that every cell is a figure."""
    parts = _parts(publication)
    frame = frame.with_columns(part.text.alias(f"{part.metric}_text") for part in parts)
    columns = {part.metric: f"{part.metric}_text" for part in parts}
    units = {part.metric: part.measure.unit for part in parts}
    frame = with_figures(frame, columns, publication.marks, units)
    checks = [check for part in parts for check in part.checks()]
    return frame, [*checks, *_range_checks(publication)]


def _range_checks(publication: Publication) -> list[Check]:
    return [
        Check(
            pl.col(f"{measure.metric}_low_value") > pl.col(f"{measure.metric}_high_value"),
            measure.column,
            pl.lit("the range ends below its beginning"),
        )
        for measure in publication.measures
        if measure.range
    ]


def _observations(good: pl.DataFrame, publication: Publication, source_id: str) -> pl.DataFrame:
    blank = pl.lit(None, dtype=pl.Float64)
    pieces = [
        good.filter(pl.col(part.measure.column).is_not_null()).select(
            pl.col("Trust_code").alias("org_code"),
            "org_kind",
            pl.lit(part.metric).alias("metric_id"),
            pl.lit(part.measure.unit).alias("unit"),
            pl.lit(None, dtype=pl.String).alias("cut"),
            "release",
            pl.format("{} · {}", "release", "org_kind").alias("scope"),
            "period_label",
            "period_start",
            "period_end",
            pl.col(f"{part.metric}_value").alias("value"),
            blank.alias("numerator"),
            blank.alias("denominator"),
            pl.col(f"{part.metric}_status").alias("status"),
            blank.alias("published_rank"),
            blank.alias("published_median"),
            blank.alias("published_lower_quartile"),
            blank.alias("published_upper_quartile"),
            pl.lit(publication.id).alias("publication"),
            pl.lit(source_id).alias("source_id"),
            pl.col(LINE).alias("source_row"),
            pl.lit(part.measure.column).alias("source_column"),
            pl.lit(None, dtype=pl.String).alias("member_of"),
        )
        for part in _parts(publication)
    ]
    return pl.concat(pieces).cast(OBSERVATION_SCHEMA)  # type: ignore[arg-type]
