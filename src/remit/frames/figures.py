"""Figures on their way to a judgement: observations, where they came from, what was refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from remit.frames.columns import as_moments, days_of, impossible, why_impossible
from remit.frames.native import Back, to_polars
from remit.frames.observations import OBSERVATION_SCHEMA
from remit.model.errors import AssessmentError
from remit.model.observation import Rejection, Source, Status, TotalCheck

REQUIRED = ("org_code", "metric_id", "value")
_ONE_FIGURE = (
    "org_code",
    "metric_id",
    "cut",
    "release",
    "period_label",
    "period_start",
    "period_end",
)
"""What a figure is of: two rows that agree in these speak of the same thing."""
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """Observations (one row each, see ``OBSERVATION_SCHEMA``), rejections and sources.

    ``checks`` are the totals that the files print, each with the sum of its rows.

    It can be handed to polars, pandas or pyarrow as it is (Arrow's C stream protocol).
    """

    observations: pl.DataFrame
    rejections: tuple[Rejection, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    to_native: Back | None = field(default=None, repr=False)
    checks: tuple[TotalCheck, ...] = field(default=(), repr=False)

    def __len__(self) -> int:
        return self.observations.height

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The observations for any library that speaks Arrow."""
        return self.observations.__arrow_c_stream__(requested_schema)

    def with_counts(
        self,
        counts: pl.DataFrame,
        sources: Sequence[Source],
        rejections: Callable[[str], Sequence[Rejection]],
    ) -> Figures:
        """These figures with the counts of further sources beside them.

        Parameters
        ----------
        counts
            Some of the columns of an observation.
        sources
            Those that the counts may stand in.
        rejections
            What was refused of a source.

        Examples
        --------
        >>> figures.with_counts(store.counts(...), store.sources(), store.rejections)
        ... # doctest: +SKIP
        """
        named = set(counts["source_id"]) - set(self.sources)
        more = {source.source_id: source for source in sources if source.source_id in named}
        fresh = counts.filter(pl.col("source_id").is_in(list(more)))
        refused = [one for source_id in more for one in rejections(source_id)]
        return replace(
            self,
            observations=pl.concat([self.observations, fresh], how="diagonal"),
            sources={**self.sources, **more},
            rejections=(*self.rejections, *refused),
        )

    def releases(self) -> list[str]:
        """The quarters that the figures were published for, oldest first."""
        return sorted(self.observations["release"].unique().drop_nulls().to_list())


def figures_from_frame(native: Any) -> Figures:
    """Take any frame that narwhals knows as figures; see :func:`remit.frames.native.to_polars`.

    The frame needs the columns ``org_code, metric_id, value``; the other columns of an
    observation are used where they are there.

    Raises
    ------
    AssessmentError
        If a needed column is missing, blank or of the wrong type, if a value is infinite, or if
        the object is no frame.
    """
    frame, to_native = to_polars(native)
    missing = [name for name in REQUIRED if name not in frame.columns]
    if missing:
        raise AssessmentError(
            f"the frame lacks the column(s) {', '.join(missing)}; it has: "
            f"{', '.join(frame.columns)}"
        )
    observations = _as_observations(frame)
    _check(observations)
    return Figures(observations, to_native=to_native)


def _check(observations: pl.DataFrame) -> None:
    """Refuse what a file's reader would refuse: here there is no line to reject."""
    for name in ("org_code", "metric_id"):
        if blank := observations[name].null_count():
            raise AssessmentError(f"{blank} rows have no {name}; leave them out, or fill it in")
    wrong = observations.filter(impossible(observations["value"]))
    if wrong.height:
        raise AssessmentError(f"{places(wrong)}: {why_impossible(wrong['value'][0])}")
    known = {status.value for status in Status}
    for status in observations["status"].unique().sort():
        if status not in known:
            raise AssessmentError(
                f"the status {status!r} is not known; use one of {', '.join(sorted(known))}"
            )
    reported = pl.col("status") == Status.REPORTED.value
    denied = observations.filter(pl.col("value").is_not_null() & ~reported)
    if denied.height:
        raise AssessmentError(
            f"{places(denied)}: the status is {denied['status'][0]}, and there is a value; only a "
            "reported figure has one"
        )


def without_contradictions(figures: Figures) -> Figures:
    """Figures, if no two rows of them give different ones for the same thing.

    A frame has no order to go by and no file that counts for more, so that scores would depend on
    chance. Series over time tell of such rows themselves.

    Raises
    ------
    AssessmentError
        If there are such rows; the message names the first.
    """
    different = figures.observations.group_by(_ONE_FIGURE).agg(pl.col("value").unique())
    different = different.filter(pl.col("value").list.len() > 1).explode("value")
    if different.height:
        raise AssessmentError(
            f"rows of the frame give different figures for the same thing: {places(different)}; "
            "keep one of them"
        )
    return figures


def places(rows: pl.DataFrame) -> str:
    """The first organisations and metrics of some rows, with their values."""
    found = rows.group_by("org_code", "metric_id").agg(pl.col("value").sort()).sort(pl.all())
    said = [
        f"{code}, {metric}: {' and '.join(map(_shown, values))}"
        for code, metric, values in found.head(_NAMED).iter_rows()
    ]
    return "; ".join(said) + (f" and {found.height - _NAMED} more" if found.height > _NAMED else "")


def _as_observations(frame: pl.DataFrame) -> pl.DataFrame:
    """All columns of an observation in order, with what can be filled in filled in."""
    columns: list[pl.Series | pl.Expr] = []
    for name, kind in OBSERVATION_SCHEMA.items():
        if name in frame.columns:
            columns.append(_typed(frame, name).cast(kind))
        else:
            columns.append(pl.lit(None, dtype=kind).alias(name))
    try:
        out = frame.select(columns)
    except pl.exceptions.PolarsError as error:
        raise AssessmentError(f"a column of the frame has the wrong type: {error}") from None
    value = pl.col("value").fill_nan(None)
    given = pl.when(value.is_null()).then(pl.lit(Status.NOT_SUBMITTED.value))
    status = pl.col("status").fill_null(given.otherwise(pl.lit(Status.REPORTED.value)))
    return out.with_columns(value.alias("value"), status.alias("status"))


def _typed(frame: pl.DataFrame, name: str) -> pl.Series:
    """A column as it is; a moment that knows its zone as the day in London."""
    column = as_moments(frame, name)
    if isinstance(column.dtype, pl.Datetime):
        return days_of(column)
    if column.dtype == pl.Boolean and OBSERVATION_SCHEMA[name].is_numeric():
        raise AssessmentError(f"the column {name!r} says yes or no; it must hold numbers")
    return column


def _shown(value: float | None) -> str:
    return "no figure" if value is None else f"{value:g}"
