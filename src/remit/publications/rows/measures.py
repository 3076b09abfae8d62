"""From a wide table to observations: one row is taken or refused whole, and yields one
observation for each measure of the publication.

The steps of a reader: text frame → organisation and period of each row, with checks →
:func:`measured` → :func:`assembled`. All work on whole columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress

import polars as pl

from remit.frames.observations import OBSERVATION_SCHEMA, empty_observations
from remit.model.observation import Rejection, TotalCheck
from remit.model.publication import Measure, Publication
from remit.publications.files.lean_table import LeanTable
from remit.publications.files.table import RawTable
from remit.publications.files.unread import notes_on
from remit.publications.rows.across_sheets import once_across_sheets
from remit.publications.rows.bodies import OTHER_PROVIDER, notes_on_long_codes
from remit.publications.rows.cells import (
    limits_in_words,
    out_of_range,
    why_unreadable,
    with_figures,
)
from remit.publications.rows.points import are_counted, pointed
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import (
    LINE,
    Check,
    not_begun,
    repeated_rows,
    sort_out,
    whole_text_fits,
)
from remit.publications.rows.sources import source_of

_LABEL = "period_label"
_KEY = ("org_code", "period_label", "cut")
_BLANK = ("numerator", "denominator")
_HAIR = 1e-6
_PUBLISHED = ("rank", "median", "lower_quartile", "upper_quartile")


@dataclass(frozen=True, slots=True)
class Measured:
    """The rows of one table: observations of those taken, rejections of those refused.

    ``columns`` are those that figures were taken of; ``notes`` say which rows are not kept.
    """

    table: RawTable
    observations: pl.DataFrame
    rejections: tuple[Rejection, ...]
    checks: tuple[TotalCheck, ...] = ()
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def measured(
    table: RawTable,
    frame: pl.DataFrame,
    publication: Publication,
    checks: Sequence[Check],
    *,
    measures: Sequence[Measure] | None = None,
    key: Sequence[str] = _KEY,
) -> Measured:
    """Turn the rows of a wide table into observations.

    Parameters
    ----------
    table
        Where the rows come from.
    frame
        A row each, with ``line``, the text columns of the measures (as
        :func:`remit.publications.rows.rows.text_frame` makes them), ``org_code, org_kind,
        period_label, period_start, period_end``; where they are there also ``release`` and
        ``scope`` (otherwise the period's label), ``cut`` and ``member_of`` (otherwise none).
    publication
        Its marks say what stands in a cell instead of a figure.
    checks
        What refuses a row, beside figures that cannot be read.
    measures
        The columns of figures; by default those that the publication declares. One whose
        column is not in the table is left out.
    key
        Two rows that are alike in these columns repeat or contradict each other.
    """
    wanted = publication.measures if measures is None else measures
    present = _present(table, frame, publication, wanted)
    frame = with_defaults(frame)
    columns = {_name(place): measure.column for place, measure in enumerate(present)}
    units = {_name(place): measure.unit for place, measure in enumerate(present)}
    frame = with_figures(frame, columns, publication.marks, units)
    counts = [name for name, unit in units.items() if are_counted(unit)]
    points, why = pointed(frame, counts, whole=publication.whole)
    faults = [Check(fails, columns[name], pl.lit(why)) for name, fails in points.items()]
    faults += _unfit(frame, present)
    if not publication.ahead:
        faults = [not_begun(_period_column(frame, publication)), *faults]
    faults += _parts_beyond_their_whole(present)
    good, rejections = sort_out(frame, [*checks, *faults], table.file.name)
    value = pl.struct([f"{name}_value" for name in columns] or [LINE])
    good = good.with_columns(value.alias("value"), pl.lit("").alias("status"))
    good, repeats = sort_out(good, repeated_rows(key, key[0]), table.file.name)
    observations = _long(good, present, publication, table)
    refused = tuple(
        replace(r, column=table.place("" if r.column == _LABEL else r.column))
        for r in (*rejections, *repeats)
    )
    taken = tuple(measure.column for measure in present)
    return Measured(table, observations, refused, columns=taken)


def assembled(
    pieces: Sequence[Measured],
    publication: Publication,
    context: ReadingContext,
    checks: Iterable[TotalCheck] = (),
    *,
    further: Sequence[pl.DataFrame] = (),
) -> Reading:
    """One reading of the tables of a file; their totals' checks come along.

    ``further`` are observations that are made of several rows, and so count for no row.
    """
    once = once_across_sheets([(piece.table, piece.observations) for piece in pieces])
    rejections = [rejection for piece in pieces for rejection in piece.rejections]
    rejections += [rejection for one in once for rejection in one.rejections]
    damaged = [rejection for piece in pieces for rejection in piece.table.damaged]
    ordered = tuple(sorted([*damaged, *rejections], key=lambda r: r.line))
    frames = [*(one.observations for one in once), *further]
    observations = pl.concat(frames) if frames else empty_observations()
    tables = [piece.table for piece in pieces]
    source = source_of(tables, publication, context, observations, len(ordered))
    own = [check for piece in pieces for check in piece.checks]
    notes = notes_on([(piece.table, piece.columns) for piece in pieces], publication)
    said = dict.fromkeys(note for piece in pieces for note in piece.notes)
    others = observations.filter(pl.col("org_kind") == OTHER_PROVIDER)["org_code"]
    meant = notes_on_long_codes(others.unique().sort(), context.register)
    return Reading(observations, ordered, source, (*own, *checks), (*said, *notes, *meant))


def part_of(table: RawTable, frame: pl.DataFrame) -> RawTable:
    """The rows of a table that stand in a part of its frame, so that each is counted once.

    The damaged rows stay behind: give one of the parts those of the table.
    """
    if isinstance(table, LeanTable):
        return replace(table, frame=frame, damaged=[])
    lines = set(frame[LINE].to_list())
    if len(lines) == len(table.lines):
        return replace(table, damaged=[])
    is_mine = [line in lines for line in table.lines]
    return replace(
        table,
        rows=list(compress(table.rows, is_mine)),
        lines=list(compress(table.lines, is_mine)),
        damaged=[],
    )


def with_defaults(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``cut`` and ``member_of`` (none), ``release`` and ``scope`` (the period) where absent."""
    absent = [name for name in ("cut", "member_of") if name not in frame.columns]
    frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in absent)
    if "release" not in frame.columns:
        frame = frame.with_columns(pl.col("period_label").alias("release"))
    if "scope" not in frame.columns:
        frame = frame.with_columns(pl.col("release").alias("scope"))
    return frame


def _name(place: int) -> str:
    return f"figure{place}"


def _period_column(frame: pl.DataFrame, publication: Publication) -> str:
    """Where the period stands in a row; its label where it stands beside the table."""
    place = publication.period
    named = (place.column, *place.columns) if place else ()
    return next((name for name in named if name and name in frame.columns), _LABEL)


def _present(
    table: RawTable,
    frame: pl.DataFrame,
    publication: Publication,
    measures: Sequence[Measure],
) -> list[Measure]:
    """The measures whose column is in the file; of an absent one nothing can be said."""
    declared = {column.name for column in publication.all_columns}
    there = publication.column_names(table.header)
    return [
        measure
        for measure in measures
        if measure.column in frame.columns
        and (measure.column in there or measure.column not in declared)
    ]


def _unfit(frame: pl.DataFrame, measures: Sequence[Measure]) -> Iterator[Check]:
    """The checks of the columns in which any cell fails one: most columns are in order.

    Columns of one unit are looked at as one, below each other.
    """
    units: dict[str, list[int]] = {}
    for place, measure in enumerate(measures):
        units.setdefault(measure.unit, []).append(place)
    failing = {
        place
        for unit, places in units.items()
        for place in (_failing(frame, unit, places) if frame.height else ())
    }
    for place in sorted(failing):
        yield from _faults(place, measures[place])


def _failing(frame: pl.DataFrame, unit: str, places: Sequence[int]) -> Iterator[int]:
    below = pl.DataFrame(
        {
            part: pl.concat([frame[f"{_name(place)}_{part}"] for place in places])
            for part in ("value", "plain", "readable")
        }
    )
    beyond = out_of_range(unit, pl.col("value"), pl.col("plain"))
    failed = below.select(~pl.col("readable") | beyond).to_series()
    for at, place in enumerate(places):
        if failed.slice(at * frame.height, frame.height).any():
            yield place


def _faults(place: int, measure: Measure) -> list[Check]:
    name, column = _name(place), measure.column
    beyond = out_of_range(measure.unit, pl.col(f"{name}_value"), pl.col(f"{name}_plain"))
    return [
        Check(~pl.col(f"{name}_readable"), column, partial(why_unreadable, column)),
        Check(beyond, column, pl.lit(limits_in_words().get(measure.unit, "out of range"))),
    ]


def _parts_beyond_their_whole(measures: Sequence[Measure]) -> Iterator[Check]:
    places = {measure.column: _name(place) for place, measure in enumerate(measures)}
    for part in measures:
        if part.part_of in places:
            mine, whole = places[part.column], places[part.part_of]
            beyond = pl.col(f"{mine}_value") > pl.col(f"{whole}_value") + _HAIR
            told = pl.format(
                "this is part of {} and cannot be more: {}",
                pl.lit(part.part_of),
                pl.col(f"{whole}_plain"),
            )
            yield Check(beyond.fill_null(value=False), part.column, told)


def _long(
    good: pl.DataFrame, measures: Sequence[Measure], publication: Publication, table: RawTable
) -> pl.DataFrame:
    blank = pl.lit(None, dtype=pl.Float64)
    pieces = [
        good.filter(_has(measure)).select(
            "org_code",
            "org_kind",
            pl.lit(measure.metric).alias("metric_id"),
            pl.lit(measure.unit).alias("unit"),
            _cut(measure).alias("cut"),
            "release",
            _scope(measure).alias("scope"),
            "period_label",
            "period_start",
            "period_end",
            pl.col(f"{_name(place)}_value").alias("value"),
            *(blank.alias(name) for name in _BLANK),
            pl.col(f"{_name(place)}_status").alias("status"),
            *(blank.alias(f"published_{name}") for name in _PUBLISHED),
            pl.lit(publication.kept_as).alias("publication"),
            pl.lit(table.file.sha256[:16]).alias("source_id"),
            pl.col(LINE).alias("source_row"),
            pl.lit(table.place(measure.column)).alias("source_column"),
            "member_of",
        )
        for place, measure in enumerate(measures)
    ]
    if not pieces:
        return empty_observations()
    return pl.concat(pieces).cast(OBSERVATION_SCHEMA)  # type: ignore[arg-type]


def _has(measure: Measure) -> pl.Expr:
    """The rows that a measure is of."""
    fits = [whole_text_fits(name, f"(?i){said}") for name, said in measure.where.items()]
    return pl.all_horizontal(pl.lit(value=True), *fits)


def _scope(measure: Measure) -> pl.Expr:
    """The part of the publication, with what tells the measure apart after its period."""
    if not measure.apart:
        return pl.col("scope")
    rest = pl.col("scope").str.strip_prefix(pl.col("release"))
    return pl.concat_str("release", pl.lit(f" · {measure.apart}"), rest)


def _cut(measure: Measure) -> pl.Expr:
    """The row's cut and the measure's own, joined."""
    if measure.cut is None:
        return pl.col("cut")
    return pl.concat_str(pl.col("cut"), pl.lit(measure.cut), separator="; ", ignore_nulls=True)
