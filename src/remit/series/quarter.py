"""Metrics made of counts, for one quarter: the values that a framework scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from remit.frames.observations import OBSERVATION_SCHEMA, empty_observations
from remit.model.errors import SeriesError
from remit.model.metric import Frequency, Metric
from remit.model.observation import Status
from remit.model.period import Period
from remit.register import Register
from remit.series.areas import Level
from remit.series.making import series
from remit.series.result import Series
from remit.series.sums import INCOMPLETE
from remit.words.days import day_words

_NAMED = 6


@dataclass(frozen=True, slots=True)
class QuarterFigures:
    """The values of some metrics in a quarter, and the counts behind each.

    Attributes
    ----------
    observations
        One row an organisation and metric, as observations are; a quarter that lacks a month has
        no value and is ``not_submitted``.
    notes
        What is incomplete or not there at all, in sentences.
    made
        The series that the values are points of, by metric and level.
    """

    observations: pl.DataFrame
    notes: tuple[str, ...] = ()
    made: Mapping[tuple[str, Level], Series] | None = None

    def point(self, org_code: str, metric_id: str) -> Mapping[str, Any] | None:
        """The point of a value: numerator, denominator, status …; None where nothing was made."""
        found = self._found(org_code, metric_id)
        return found[1] if found else None

    def trace(self, org_code: str, metric_id: str) -> pl.DataFrame:
        """The published figures behind a value; see :meth:`remit.series.Series.trace`."""
        found = self._found(org_code, metric_id)
        if found is None:
            return pl.DataFrame()
        return found[0].trace(org_code, metric_id, found[1]["period_start"])

    def _found(self, org_code: str, metric_id: str) -> tuple[Series, Mapping[str, Any]] | None:
        for (of_metric, _), one in (self.made or {}).items():
            mine = one.frame.filter(pl.col("org_code") == org_code)
            if of_metric == metric_id and mine.height:
                return one, mine.row(0, named=True)
        return None


def for_quarter(
    held: Any,
    metrics: Sequence[Metric],
    period: Period,
    register: Register,
    levels: Sequence[Level] = ("trust",),
) -> QuarterFigures:
    """Make metrics for one quarter from counts that come as often or more often.

    Parameters
    ----------
    held
        A store, figures or a frame of observations, as for :func:`remit.series.series`.
    metrics
        Metrics that are made from counts; ``over_time`` says how months become a quarter.
    period
        The quarter.
    register
        Who exists, and who has whose work on the quarter's last day.
    levels
        Of whom: trusts, ICBs.
    """
    made: dict[tuple[str, Level], Series] = {}
    notes: list[str] = []
    for metric in metrics:
        if in_part := _in_part(metric, period):
            notes.append(in_part)
            continue
        found = {level: _made(held, metric, period, register, level) for level in levels}
        made |= {(metric.id, level): one for level, one in found.items() if one is not None}
        notes.extend(_notes(metric, period, [one for one in found.values() if one is not None]))
    rows = [_observations(one, period, register) for one in made.values()]
    return QuarterFigures(pl.concat([empty_observations(), *rows]), tuple(notes), made)


def _in_part(metric: Metric, period: Period) -> str:
    """That a metric began or ended inside a quarter, which then has no whole figure of it."""
    begins, ends = metric.valid_from, metric.valid_to
    said = []
    if begins is not None and period.start < begins <= period.end:
        said.append(f"from {day_words(begins)}")
    if ends is not None and period.start <= ends < period.end:
        said.append(f"until {day_words(ends)}")
    if not said:
        return ""
    return (
        f"{metric.id}: it is published {' '.join(said)}, inside {period.label}, so there is no "
        "figure of the whole quarter."
    )


def _made(
    held: Any, metric: Metric, period: Period, register: Register, level: Level
) -> Series | None:
    """A metric's points of the quarter; None where nobody has a count for it."""
    by_quarter = metric.model_copy(update={"frequency": Frequency.QUARTER})
    first, last = period.start, period.end
    try:
        found = series(held, by_quarter, level, start=first, end=last, on=last, register=register)
    except SeriesError:
        return None
    whole = found.frame["period_end"] == period.end
    return found if (whole & (found.frame["period_start"] == period.start)).any() else None


def _notes(metric: Metric, period: Period, made: Sequence[Series]) -> Iterator[str]:
    if not made:
        measures = ", ".join(metric.needed)
        yield f"{metric.id}: there is no figure of {period.label}; it is made from {measures}."
    lacking = [
        code
        for one in made
        for code in one.frame.filter(pl.col("status") == INCOMPLETE)["org_code"].to_list()
    ]
    if lacking:
        more = f" and {len(lacking) - _NAMED} more" if len(lacking) > _NAMED else ""
        yield (
            f"{metric.id}: {period.label} lacks a part of the counts of "
            f"{', '.join(lacking[:_NAMED])}{more}, so there is no value for them."
        )
    for one in made:
        yield from one.notes


def _observations(made: Series, period: Period, register: Register) -> pl.DataFrame:
    """The points as observations; those of an unknown kind of organisation can stand in no rank."""
    points = made.frame.filter(
        (pl.col("period_start") == period.start) & (pl.col("period_end") == period.end)
    )
    kinds = {code: _kind(code, register) for code in points["org_code"]}
    whole = pl.col("status") != INCOMPLETE
    figures = ("value", "numerator", "denominator")
    units = {metric.id: metric.unit for metric in made.metrics.values()}
    return (
        points.with_columns(
            *(pl.when(whole).then(name).alias(name) for name in figures),
            pl.when(whole).then("status").otherwise(pl.lit(Status.NOT_SUBMITTED)).alias("status"),
            pl.col("org_code").replace_strict(kinds, return_dtype=pl.String).alias("org_kind"),
            pl.col("metric_id").replace_strict(units, return_dtype=pl.String).alias("unit"),
            *(pl.lit(period.label).alias(name) for name in ("release", "scope", "period_label")),
        )
        .filter(pl.col("org_kind").is_not_null())
        .select(
            pl.col(name) if name in _MADE else pl.lit(None, dtype=kind).alias(name)
            for name, kind in OBSERVATION_SCHEMA.items()
        )
    )


_MADE = {
    *("org_code", "org_kind", "metric_id", "unit", "release", "scope", "status"),
    *("period_label", "period_start", "period_end", "value", "numerator", "denominator"),
}


def _kind(code: str, register: Register) -> str | None:
    organisation = register.find(code)
    kind = organisation.judged_as if organisation else None
    return kind.value if kind else None
