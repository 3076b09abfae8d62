"""Charts of ``remit spc``, with what is needed to print and draw them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from remit.model.metric import Better, Metric

if TYPE_CHECKING:
    import polars as pl

    from remit.model.observation import Rejection
    from remit.signals.charts import Charts
    from remit.signals.told import ToldSeries


@dataclass(frozen=True, slots=True)
class JudgedSeries:
    """Charts whose series are named in one column, and what is needed to print and draw them."""

    charts: Charts
    better: str | Mapping[str, str]
    about: Mapping[str, Any]
    rejections: tuple[Rejection, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    fictional: bool = False
    titles: Mapping[str, str] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    """The metrics of the catalogue in words: identifier, name and unit."""
    standards: Mapping[str, Metric] = field(default_factory=dict)
    """The metrics of the catalogue whose standards are the targets, by series."""

    def title_of(self, name: str) -> str:
        """What a chart of one series is called: metric and organisation, where they are known."""
        return self.titles.get(name, name)

    def better_of(self, name: str) -> str:
        """Which way is better for one series."""
        return self.better if isinstance(self.better, str) else self.better[name]

    def unit_of(self, name: str) -> str:
        """The unit of one series; empty where nobody knows it."""
        return self.units.get(name, "")

    def target_of(self, name: str) -> str:
        """The standard at the latest point of one series in words; empty where there is none."""
        import polars as pl

        from remit.signals.targets import target_words

        metric = self.standards.get(name)
        held = self.charts.points.filter(pl.col("series") == name, pl.col("value").is_not_null())
        if metric is None or metric.better is Better.NEUTRAL or held.is_empty():
            return ""
        return target_words(metric.standard_on(held["period_end"][-1]), metric.unit)

    def told(self, name: str, points: pl.DataFrame) -> ToldSeries:
        """One series as every medium tells it, from its rows of ``charts.points``."""
        from remit.signals.told import told_series

        return told_series(
            points,
            self.charts,
            name,
            better=self.better_of(name),
            unit=self.unit_of(name),
            target=self.target_of(name),
        )

    def floored(self) -> frozenset[str]:
        """The series of counts or percentages whose lower limit is below 0, where none can be.

        A difference that is called a count is not among them once one of its points is negative.
        """
        import polars as pl

        least = dict(self.charts.points.group_by("series").agg(pl.col("value").min()).iter_rows())
        return frozenset(
            name
            for name, lower in self.charts.series.select("series", "lower_limit").iter_rows()
            if self.units.get(name) in {"count", "percent"}
            and lower is not None
            and lower < 0 <= (least.get(name) or 0)
        )
