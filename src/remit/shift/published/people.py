"""Who a figure per head is held against: registered people, and how much more need they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from remit.model.errors import SeriesError
from remit.model.metric import Better, Frequency, Metric
from remit.model.period import Period, financial_year_of
from remit.series import Level, OwnFigures, own_figures, series
from remit.shift.published.points import SHIFT_LEVELS

_AREA = ("level", "area_code")


@dataclass(frozen=True, slots=True)
class People:
    """Heads and need by area.

    Attributes
    ----------
    heads
        ``level, area_code, people``.
    heads_from, need_from
        The years that they are of; None where there are none.
    need
        By measure of weighted population: ``level, area_code, index``, rebased so that England's
        is 1.
    """

    heads: pl.DataFrame
    heads_from: str | None
    need_from: str | None
    need: dict[str, pl.DataFrame] = field(default_factory=dict)

    def beside(self, frame: pl.DataFrame, need: str | None) -> pl.DataFrame:
        """A table with the columns ``people`` and ``need_index`` of its areas; null for none.

        Parameters
        ----------
        frame
            With ``level, area_code``.
        need
            The weighted population, or None.
        """
        index = self.need.get(need or "", _empty("index")).rename({"index": "need_index"})
        return frame.join(self.heads, on=_AREA, how="left", maintain_order="left").join(
            index, on=_AREA, how="left", maintain_order="left"
        )


def people_of(
    held: Any, populations: Sequence[str], registered: str, weights: Sequence[str], year: Period
) -> People:
    """People and need of a financial year, or of the year next to it that there is.

    Parameters
    ----------
    held
        A store.
    populations
        Measures of people, the best first.
    registered, weights
        The measures of an allocation: heads, and what they weigh by need.
    year
        The financial year.

    Examples
    --------
    ``people_of(store, ["virtual-ward.population-all-ages"], "population.registered", [], year)``
    """
    every = _every(held, (*populations, registered, *weights), year)
    heads, heads_from = _empty("people"), None
    for name in (*populations, registered):
        found, of = _year_of(every, name, year)
        if of is not None:
            heads, heads_from = found.rename({"value": "people"}), of
            break
    base, need_from = _year_of(every, registered, year)
    need = {}
    for name in weights:
        weighted, of = _year_of(every, name, year)
        if of is not None and of == need_from:
            need[name] = _index(weighted, base)
    return People(heads, heads_from, need_from if need else None, need)


def _index(weighted: pl.DataFrame, base: pl.DataFrame) -> pl.DataFrame:
    """Weighted by plain heads of each area, over the same of all ICBs: England's is 1.

    An allocation is of one pot, so that its own England is what its ICBs make.
    """
    both = weighted.join(base, on=_AREA, suffix="_base")
    icbs = both.filter(level="icb")
    england = float(icbs["value"].sum()) / float(icbs["value_base"].sum())
    return both.select(
        *_AREA,
        pl.when(level="england")
        .then(1.0)
        .otherwise(pl.col("value") / pl.col("value_base") / england)
        .alias("index"),
    )


def _every(held: Any, names: Sequence[str], year: Period) -> pl.DataFrame:
    """The values of all measures in all years, of every level."""
    metrics = [_counted(name) for name in dict.fromkeys(names)]
    once = own_figures(held, metrics)
    return pl.concat([_at(once, metrics, level, year.end) for level in SHIFT_LEVELS])


def _year_of(every: pl.DataFrame, name: str, year: Period) -> tuple[pl.DataFrame, str | None]:
    """The values of a measure in the year, or the nearest year (an earlier one first)."""
    frame = every.filter(pl.col("measure") == name)
    if frame.is_empty():
        return _empty("value"), None
    starts = frame.filter(level="icb")["year"].unique().to_list() or frame["year"].unique()
    nearest = min(starts, key=lambda day: (abs((day - year.start).days), day > year.start))
    found = frame.filter(year=nearest)
    return found.select(*_AREA, "value"), financial_year_of(nearest).label


def _counted(name: str) -> Metric:
    return Metric(
        id=f"shift.{name.replace('.', '-')}",
        name=name,
        unit="people",
        better=Better.NEUTRAL,
        horizon="tomorrow",
        aim="none",
        setting="any",
        why_it_matters=name,
        source=name,
        numerator=(name,),
        frequency=Frequency.YEAR,
        over_time="mean",
    )


def _at(once: OwnFigures, metrics: Sequence[Metric], level: Level, on: date) -> pl.DataFrame:
    shape = {"measure": pl.String, "value": pl.Float64, "year": pl.Date}
    try:
        made = series(once, metrics, level, on=on).frame
    except SeriesError:
        return pl.DataFrame(schema={"level": pl.String, "area_code": pl.String, **shape})
    names = {metric.id: metric.name for metric in metrics}
    years = [financial_year_of(day).start for day in made["period_start"]]
    return made.select(
        pl.lit(level).alias("level"),
        pl.col("org_code").alias("area_code"),
        pl.col("metric_id").replace_strict(names, return_dtype=pl.String).alias("measure"),
        "value",
        pl.Series("year", years, dtype=pl.Date),
    ).drop_nulls()


def _empty(name: str) -> pl.DataFrame:
    return pl.DataFrame(schema={"level": pl.String, "area_code": pl.String, name: pl.Float64})
