"""Charts of ``remit spc``, with what is needed to print and draw them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from remit.model.observation import Rejection
    from remit.signals.charts import Charts


@dataclass(frozen=True, slots=True)
class Judged:
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

    def title_of(self, name: str) -> str:
        """What a chart of one series is called: metric and organisation, where they are known."""
        return self.titles.get(name, name)

    def better_of(self, name: str) -> str:
        """Which way is better for one series."""
        return self.better if isinstance(self.better, str) else self.better[name]

    def unit_of(self, name: str) -> str:
        """What is printed after a figure of one series."""
        return "%" if self.units.get(name) == "percent" else ""

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
