"""The counts that metrics are made of: each figure once, with the metrics that use it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from remit.frames.figures import Figures, figures_from_frame
from remit.model.metric import MeasureUse, Metric, uses_of
from remit.model.observation import Source
from remit.model.period import parse_period
from remit.store import Snapshot, Store
from remit.store.layout import COUNT_COLUMNS
from remit.words.sentences import listed

FIGURE_KEY = ["org_code", "measure", "cut", "period_start", "period_end"]
"""What makes a figure the same figure."""

EVERYBODY = ""
"""The cut of a figure on everybody, while a series is made: a null equals nothing in a join."""

_KEPT = pl.col(COUNT_COLUMNS).exclude("metric_id", "cut")
_NAMED = (pl.col("metric_id").alias("measure"), pl.col("cut").fill_null(EVERYBODY))


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures that some metrics use, each once, with the files that they stand in."""

    figures: pl.DataFrame
    sources: Mapping[str, Source] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def counts_of(
    held: Any, metrics: Sequence[Metric], as_at: date | None = None, cut: str | None = None
) -> Counts:
    """The counts that metrics need.

    Parameters
    ----------
    held
        A store, its snapshot, figures, or a frame of observations of any kind that
        ``figures_from_frame`` takes.
    metrics
        The metrics that are to be made.
    as_at
        With a store or its snapshot, only what it knew on this day.
    cut
        None for figures on everybody; ``age: 0-4`` for those of a group; ``age`` for those of each
        group of a dimension.
    """
    measures = sorted({measure for metric in metrics for measure in metric.measures})
    if isinstance(held, Store | Snapshot):
        told = None if cut is None else held.cuts(measures, as_at)["cut"].unique()
        frame = held.counts(measures, as_at, _groups(told, cut))
        sources: Mapping[str, Source] = {s.source_id: s for s in held.sources(as_at)}
    else:
        figures = held if isinstance(held, Figures) else figures_from_frame(held)
        given = figures.observations.filter(pl.col("metric_id").is_in(measures))
        groups = _groups(given["cut"].drop_nulls().unique(), cut)
        has_cut = pl.col("cut").is_null() if groups is None else pl.col("cut").is_in(groups)
        frame, sources = given.filter(has_cut), figures.sources
    return _once_each(_dated(frame.select(_KEPT, *_NAMED)), sources)


def _groups(held: Iterable[str] | None, cut: str | None) -> list[str] | None:
    """The cuts that are asked for, of those that are held; None for everybody."""
    if held is None or cut is None:
        return None
    return [one for one in held if is_of_cut(one, cut)]


def groups_of(held: Any, metrics: Sequence[Metric]) -> Iterator[tuple[str, str]]:
    """The measures that metrics need, each with the cuts that it is told for.

    Parameters
    ----------
    held, metrics
        As for :func:`counts_of`.

    Examples
    --------
    ``dict(groups_of(store, metrics))``
    """
    measures = sorted({measure for metric in metrics for measure in metric.measures})
    if isinstance(held, Store | Snapshot):
        told = held.cuts(measures)
    else:
        figures = held if isinstance(held, Figures) else figures_from_frame(held)
        given = figures.observations.filter(pl.col("metric_id").is_in(measures))
        told = _dated(given).drop_nulls(["period_start", "period_end"])
    return told.select("metric_id", "cut").drop_nulls("cut").unique().iter_rows()


def dimension_of(cut: str) -> str:
    """What a cut is by: ``age`` of ``age: 0-4``, ``age; sex`` of ``age: 0-4; sex: female``."""
    return "; ".join(part.split(":", 1)[0].strip() for part in cut.split(";") if part.strip())


def is_of_cut(held: str, cut: str) -> bool:
    """Whether a cut that is held is the group (``age: 0-4``), or one of the dimension (``age``)."""
    return held == cut if ":" in cut else dimension_of(held) == cut.strip()


def _dated(frame: pl.DataFrame) -> pl.DataFrame:
    """Fill in the dates of a user's own rows from their labels (``Jun 2025``, ``2025/26 Q1``)."""
    bare = frame.filter(pl.col("period_start").is_null() | pl.col("period_end").is_null())
    if bare.is_empty():
        return frame
    known = []
    for label in bare["period_label"].drop_nulls().unique():
        period = parse_period(label)
        if period:
            known.append((label, period.start, period.end))
    shape = {"period_label": pl.String, "start": pl.Date, "end": pl.Date}
    periods = pl.DataFrame(known, schema=shape, orient="row")
    return (
        frame.join(periods, on="period_label", how="left", maintain_order="left")
        .with_columns(
            pl.col("period_start").fill_null(pl.col("start")),
            pl.col("period_end").fill_null(pl.col("end")),
        )
        .drop("start", "end")
    )


def _once_each(frame: pl.DataFrame, sources: Mapping[str, Source]) -> Counts:
    """Keep of figures that stand in several files, or twice in one, the one read last."""
    notes = []
    dated = frame.filter(pl.col("period_start").is_not_null() & pl.col("period_end").is_not_null())
    if dated.height < frame.height:
        notes.append(f"{frame.height - dated.height:,} figures have no period and are left out.")
    order = pl.DataFrame(
        {"source_id": _copies_first(sources), "read": range(len(sources))},
        schema={"source_id": pl.String, "read": pl.Int64},
    )
    dated = dated.join(order, on="source_id", how="left", maintain_order="left")
    if dated.select(FIGURE_KEY).is_duplicated().any():
        notes += _doubles(dated)
        dated = dated.sort("read", "source_row", nulls_last=False, maintain_order=True)
        dated = dated.unique(FIGURE_KEY, keep="last", maintain_order=True)
    return Counts(dated.drop("read"), sources, (*notes, *_copies(dated, sources)))


def _copies_first(sources: Mapping[str, Source]) -> list[str]:
    """Sources in the order in which they count: a copy never beside an original, then as read."""
    return sorted(sources, key=lambda source_id: not sources[source_id].third_party)


def _copies(frame: pl.DataFrame, sources: Mapping[str, Source]) -> Iterator[str]:
    """Which figures are a third party's copy: they can differ from what the publisher gives."""
    copies = [source_id for source_id, source in sources.items() if source.third_party]
    pairs = frame.filter(pl.col("source_id").is_in(copies)).select("source_id", "measure").unique()
    used = pairs.group_by("source_id").agg(pl.col("measure").sort())
    for source_id, measures in used.sort("source_id").iter_rows():
        source = sources[source_id]
        yield (
            f"The figures of {listed(measures)} from {source.file_name} are a third party's copy "
            f"and not the publisher's own (made by: {source.third_party})."
        )


def _doubles(frame: pl.DataFrame) -> list[str]:
    said = pl.struct("value", "status").n_unique().alias("n_said")
    several = frame.group_by(FIGURE_KEY).agg(pl.len().alias("n"), said).filter(pl.col("n") > 1)
    differing = several.filter(pl.col("n_said") > 1)
    text = f"{several.height:,} figures stand in the files more than once; the last read is used."
    if differing.height:
        row = differing.sort(FIGURE_KEY).row(0, named=True)
        text += (
            f" In {differing.height:,} of them the figures differ, first in {row['measure']} of "
            f"{row['org_code']} from {row['period_start']}."
        )
    return [text]


def uses_frame(metrics: Sequence[Metric]) -> pl.DataFrame:
    """One row a metric, side and measure: with which sign it counts, and whether it may lack."""
    rows = [
        (metric.id, side, *use)
        for metric in metrics
        for side, uses in _sides(metric).items()
        for use in uses
    ]
    shape = {
        "metric_id": pl.String,
        "side": pl.String,
        "measure": pl.String,
        "sign": pl.Int64,
        "optional": pl.Boolean,
    }
    return pl.DataFrame(rows, schema=shape, orient="row")


def _sides(metric: Metric) -> dict[str, tuple[MeasureUse, ...]]:
    return {
        "numerator": uses_of(metric.numerator),
        "denominator": uses_of(metric.denominator),
    }
