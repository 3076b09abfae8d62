"""Charts of ``remit spc``, with what is needed to print and draw them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from remit.words.sentences import sentence_case

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from remit.model.observation import Rejection
    from remit.signals.charts import Charts
    from remit.signals.goals_by_day import SeriesTargets, TargetHeld
    from remit.signals.series_in_words import ToldSeries


_MOST_LINES = 12
"""Of more goals and standards only those are said that several series share."""


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
    asked: Mapping[str, SeriesTargets] = field(default_factory=dict)
    """What the catalogue holds each series against."""
    until: Mapping[str, date] = field(default_factory=dict)
    """The last day of the window of each series of a store, which is that of a report."""
    own_target: bool = False
    """Whether the user's own target judges instead."""

    def title_of(self, name: str) -> str:
        """What a chart of one series is called: metric and organisation, where they are known."""
        return self.titles.get(name, name)

    def better_of(self, name: str) -> str:
        """Which way is better for one series."""
        return self.better if isinstance(self.better, str) else self.better[name]

    def unit_of(self, name: str) -> str:
        """The unit of one series; empty where nobody knows it."""
        return self.units.get(name, "")

    def held_of(self, name: str) -> TargetHeld | None:
        """What judges one series, where that is no target of the user's own; else None."""
        return None if self.own_target else self._catalogued(name)

    def _catalogued(self, name: str) -> TargetHeld | None:
        import polars as pl

        from remit.signals.goals_by_day import held_against

        if name not in self.asked or name not in self.until:
            return None
        held = self.charts.points.filter(pl.col("series") == name, pl.col("value").is_not_null())
        if held.is_empty():
            return None
        return held_against(self.asked[name], held["period_end"][-1], self.until[name])

    def asked_lines(self, names: Collection[str]) -> list[str]:
        """Goals and standards at the latest points, those that several series share said once."""
        told: dict[str, dict[str, None]] = {}
        for name in names:
            for line in self.beside_of(name):
                told.setdefault(line, {})[name] = None
        if len(told) > _MOST_LINES:
            told = {line: those for line, those in told.items() if len(those) > 1}
        every = len(names)
        return [
            sentence_case(line) + (f" ({', '.join(those)})" if 1 < every != len(those) < 4 else "")
            for line, those in told.items()
        ]

    def beside_of(self, name: str) -> tuple[str, ...]:
        """What is asked of one series at its latest point, each with whose it is."""
        import polars as pl

        from remit.signals.target_words import asked_beside
        from remit.signals.yearly import yearly

        held = self._catalogued(name)
        if held is None:
            return ()
        points = self.charts.points.filter(pl.col("series") == name)
        charted = self.told(name, points).charted
        by_year = yearly(held.targets, charted.held, held.end)
        return asked_beside(held.asked, charted.held, held.targets.metric, by_year)

    def told(self, name: str, points: pl.DataFrame) -> ToldSeries:
        """One series as every medium tells it, from its rows of ``charts.points``."""
        from remit.signals.series_in_words import told_series

        return told_series(
            points,
            self.charts,
            name,
            better=self.better_of(name),
            unit=self.unit_of(name),
            held=self.held_of(name),
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
