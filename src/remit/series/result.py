"""Series, and from which figures each of their points was made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from remit.model.errors import SeriesError
from remit.model.metric import Metric
from remit.model.observation import Source
from remit.series.areas import Level
from remit.series.composition import AreaSeries, MemberChange
from remit.series.own import OwnPoints
from remit.series.parts import EVERYBODY, FIGURE_KEY
from remit.series.who import awaited_words, change_words, lacking_words, since_words, who_words

POINT_SCHEMA: dict[str, pl.DataType] = {
    "org_code": pl.String(),
    "org_name": pl.String(),
    "metric_id": pl.String(),
    "cut": pl.String(),
    "period_label": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "value": pl.Float64(),
    "status": pl.String(),
    "n_sources": pl.Int64(),
    "n_present": pl.Int64(),
    "n_counted": pl.Int64(),
    "n_expected": pl.Int64(),
    "basis": pl.String(),
    "made": pl.String(),
    "without": pl.String(),
    "unknown": pl.String(),
    "parted": pl.String(),
    "others": pl.String(),
    "sum_value": pl.Float64(),
    "n_summed": pl.Int64(),
    "sum_basis": pl.String(),
    "alike": pl.Boolean(),
}
"""The columns of points. ``n_sources`` is the number of published figures behind a point,
``n_present`` of ``n_expected`` how many of the organisations that should be in it are,
``n_counted`` how many of these have something to divide by (of a count, all), ``basis``
the layer whose figures were added up, ``made`` whether the publication prints the area, or its
members are ``named`` by the publication or the ``register`` (a trust's are its ``own``).
``without`` are the codes of those that are not there, ``unknown`` of those that may belong to it,
``parted`` of areas of which a part does; ``others`` of those that are counted in it and have codes
of their own, as the predecessors of a trust. ``sum_value`` is what the ``n_summed``
members below a printed area make, of the layer ``sum_basis``. ``alike`` is false where somebody
lacks for a while who was there before and is again: such a point cannot be held against others."""

_TRACE = (
    "file",
    pl.col("source_row").alias("line"),
    pl.col("source_column").alias("column"),
    "measure",
    "side",
    "sign",
    "org_code",
    "period_label",
    "value",
    "status",
    "source_id",
)


class WhenAsked(Mapping[AreaSeries, tuple[MemberChange, ...]]):
    """Changes of members that are looked for when somebody asks for them, and then kept."""

    def __init__(self, look: Callable[[], Mapping[AreaSeries, tuple[MemberChange, ...]]]) -> None:
        self._look = look

    @cached_property
    def _found(self) -> Mapping[AreaSeries, tuple[MemberChange, ...]]:
        return self._look()

    def __getitem__(self, of: AreaSeries) -> tuple[MemberChange, ...]:
        return self._found[of]

    def __iter__(self) -> Iterator[AreaSeries]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


@dataclass(frozen=True, slots=True)
class Series:
    """Points of metrics over time.

    Attributes
    ----------
    frame
        One row a point, in the columns of ``POINT_SCHEMA``, ordered by metric, organisation, cut
        and period. ``status`` is ``reported``; ``incomplete`` where somebody who should be in the
        sum, or a part of the period, is not; else why there is no value: ``suppressed``,
        ``not_submitted``, ``not_applicable``, ``nobody_counted`` (a denominator of 0) or
        ``beyond_whole`` (a share whose part is larger than its whole).
    metrics
        The metrics, by identifier.
    level, on
        What the series are of, and the day whose organisations they are shown for.
    notes
        What a reader of the series should know, in sentences.
    names
        The names of the organisations that points are made of, by code.
    changes
        Where members join or leave, by series: from then on it cannot be held against before.
    awaited
        The newest points that lack somebody who may come back, by series: rows of ``frame``.
    """

    frame: pl.DataFrame
    metrics: Mapping[str, Metric]
    level: Level
    on: date
    notes: tuple[str, ...]
    sources: Mapping[str, Source] = field(repr=False)
    names: Mapping[str, str] = field(repr=False)
    changes: Mapping[AreaSeries, tuple[MemberChange, ...]] = field(repr=False)
    awaited: Mapping[AreaSeries, tuple[Mapping[str, Any], ...]] = field(repr=False)
    _members: pl.DataFrame = field(repr=False)
    _own: OwnPoints = field(repr=False)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The points for any library that speaks Arrow."""
        return self.frame.__arrow_c_stream__(requested_schema)

    def who(self, point: Mapping[str, Any]) -> str:
        """Who is in a point, a row of ``frame``, in one or two sentences."""
        metric = self.metrics[point["metric_id"]]
        return who_words(point, self.level, metric.unit, self.names)

    def members(self, point: Mapping[str, Any]) -> str:
        """Who is not in a point, a row of ``frame``, and since when it has had its members.

        Also which later points are no points of the chart, since who lacks may come back. Empty
        where nobody lacks and nothing has changed.
        """
        changed = self.changed(point["org_code"], point["metric_id"], point["cut"])
        before = [change for change in changed if change.since <= point["period_start"]]
        of = AreaSeries(point["metric_id"], point["cut"] or EVERYBODY, point["org_code"])
        end = point["period_end"]
        later = [row for row in self.awaited.get(of, ()) if row["period_start"] > end]
        said = [
            lacking_words(point, self.names),
            since_words(before, self.names),
            awaited_words(later, self.metrics[of.metric_id].unit, self.names),
        ]
        return " ".join(filter(None, said))

    def change(self, change: MemberChange) -> str:
        """Who joined or left at a change, as a clause."""
        return change_words(change, self.names)

    def changed(
        self, org_code: str, metric_id: str, cut: str | None = None
    ) -> tuple[MemberChange, ...]:
        """Where the members of one series change after its first point, the earliest first."""
        return self.changes.get(AreaSeries(metric_id, cut or EVERYBODY, org_code), ())

    def trace(
        self, org_code: str, metric_id: str, period: str | date, cut: str | None = None
    ) -> pl.DataFrame:
        """The published figures behind one point.

        Parameters
        ----------
        org_code, metric_id, cut
            As in ``frame``.
        period
            The label of the point's period, or its first day.

        Returns
        -------
        polars.DataFrame
            ``file, line, column, measure, side, sign, org_code, period_label, value, status,
            source_id``: a row a figure, also those that were suppressed or not submitted.

        Raises
        ------
        SeriesError
            If there is no such point.
        """
        column = "period_start" if isinstance(period, date) else "period_label"
        point = self.frame.filter(
            (pl.col("org_code") == org_code)
            & (pl.col("metric_id") == metric_id)
            & (pl.col(column) == period)
            & (pl.col("cut").fill_null(EVERYBODY) == (cut or EVERYBODY))
        )
        if point.is_empty():
            raise SeriesError(f"there is no point of {metric_id} for {org_code} in {period}")
        found = self.traces(point)
        return found.drop("area_code", "metric_id", "cut", "point_start")

    def traces(self, points: pl.DataFrame | None = None) -> pl.DataFrame:
        """The published figures behind many points at once.

        Parameters
        ----------
        points
            Rows with ``org_code, metric_id, cut, period_start`` as in ``frame``; all if left out.

        Returns
        -------
        polars.DataFrame
            ``area_code, metric_id, cut, point_start`` of the point, then the columns of
            :meth:`trace`; a row a figure, in the order of the points' codes and dates.
        """
        wanted = (self.frame if points is None else points).select(
            "metric_id",
            pl.col("cut").cast(pl.String).fill_null(EVERYBODY),
            pl.col("org_code").alias("area"),
            "period_start",
        )
        members = self._members.select(
            "metric_id", "cut", "area", "period_start", "org_code", "base_start"
        ).join(wanted.unique(), on=["metric_id", "cut", "area", "period_start"], how="semi")
        members = members.rename({"period_start": "point_start", "area": "area_code"})
        return self._with_files(_behind(self._own, members))

    def _with_files(self, figures: pl.DataFrame) -> pl.DataFrame:
        files = {source_id: source.file_name for source_id, source in self.sources.items()}
        file = pl.col("source_id").replace_strict(files, default=None, return_dtype=pl.String)
        point = ["area_code", "metric_id", "cut", "point_start"]
        order = [*point, "side", "measure", "org_code", "period_start", "line"]
        return (
            figures.with_columns(file.alias("file"))
            .select(*point, *_TRACE, "period_start")
            .sort(order, descending=[name == "side" for name in order])
            .with_columns(pl.col("cut").replace(EVERYBODY, None))
            .drop("period_start")
        )


def joined(found: Sequence[Series], on: date, notes: Sequence[str] = ()) -> Series:
    """Series of one level and the same metrics, shown for different days, as one.

    Parameters
    ----------
    found
        At least one.
    on
        The day that the others are shown for.
    notes
        What is to be said besides.

    Examples
    --------
    ``joined([today, closed], date(2026, 4, 30))``
    """
    order = {metric: number for number, metric in enumerate(found[0].metrics)}
    place = pl.col("metric_id").replace_strict(order, return_dtype=pl.Int64)
    by = [place, "org_code", "cut", "period_start"]
    said = [*(note for one in found for note in one.notes), *notes]
    return replace(
        found[0],
        frame=pl.concat([one.frame for one in found]).sort(by),
        on=on,
        notes=tuple(dict.fromkeys(said)),
        names={code: name for one in found for code, name in one.names.items()},
        changes=WhenAsked(lambda: {of: told for one in found for of, told in one.changes.items()}),
        awaited={of: rows for one in found for of, rows in one.awaited.items()},
        _members=pl.concat([one._members for one in found]),
    )


def _behind(own: OwnPoints, members: pl.DataFrame) -> pl.DataFrame:
    """Figures of the points' own periods, and the bases that they were divided by."""
    lasts = pl.col("lasts")
    figures = _of_members(own, members)
    in_point = members.join(
        own.buckets,
        left_on=["metric_id", "point_start"],
        right_on=["metric_id", "bucket_start"],
    ).join(own.uses.filter(~lasts), on="metric_id")
    bases = (
        members.filter(pl.col("base_start").is_not_null())
        .with_columns(pl.col("base_start").alias("period_start"))
        .join(own.uses.filter(lasts), on="metric_id")
    )
    return pl.concat(
        [
            in_point.join(figures, on=FIGURE_KEY),
            bases.join(figures, on=[key for key in FIGURE_KEY if key != "period_end"]),
        ],
        how="diagonal",
    )


def _of_members(own: OwnPoints, members: pl.DataFrame) -> pl.DataFrame:
    """The figures that can be behind points: of their organisations and periods."""
    points = members.select("metric_id", pl.col("point_start").alias("bucket_start")).unique()
    spans = own.buckets.join(points, on=["metric_id", "bucket_start"], how="semi")
    days = pl.concat([spans["period_start"], members["base_start"]]).drop_nulls()
    return own.figures.filter(pl.col("period_start").is_in(days.unique().to_list())).filter(
        pl.col("org_code").is_in(members["org_code"].unique().to_list())
    )
