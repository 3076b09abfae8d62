"""The figures that those of a report are held against: of one period each, and the newest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from remit.report.charting import Key
from remit.report.tracing import Files, rows_behind, traces
from remit.report.view import Trace
from remit.series import Series
from remit.series.precedence import PRINTED
from remit.series.who import basis_words
from remit.signals.of_series import charted_value
from remit.signals.points import Charted

_POINT = ["org_code", "metric_id", "cut", "period_start"]


@dataclass(frozen=True, slots=True)
class HeldFigure:
    """A figure of one organisation and period, as a row of its series."""

    row: Mapping[str, Any]
    of: Series
    traces: tuple[Trace, ...] = ()

    @property
    def value(self) -> float:
        """Its value."""
        return float(self.row["value"])

    @property
    def who(self) -> str:
        """Of whom it is made."""
        return self.of.who(self.row)

    @property
    def basis(self) -> str:
        """In a few words, of whom an area's figure is made."""
        return basis_words(self.row, self.of.level)


class BesideFigures:
    """Figures by organisation and metric, of the periods that are asked for and the newest."""

    def __init__(self, periods: Sequence[tuple[str, date]]) -> None:
        shape = {"metric_id": pl.String, "period_start": pl.Date}
        self._wanted = pl.DataFrame(periods, schema=shape, orient="row").unique()
        self._found: dict[tuple[str, str], dict[date, HeldFigure]] = defaultdict(dict)
        self.rows: list[pl.DataFrame] = []

    def add(self, made: Series, files: Files, end: date) -> None:
        """Take in the figures of a level.

        Parameters
        ----------
        made
            Its series.
        files
            Numbers the files that the figures stand in.
        end
            The last day of the report's period.
        """
        frame = made.frame.filter(pl.col("cut").is_null(), pl.col("period_end") <= end)
        held = frame.with_columns(charted_value(made).alias("value")).drop_nulls("value")
        same = held.join(self._wanted, on=["metric_id", "period_start"], how="semi")
        newest = held.group_by("org_code", "metric_id", maintain_order=True).last()
        kept = pl.concat([same, newest.select(same.columns)]).unique(_POINT, maintain_order=True)
        printed = kept.filter(pl.col("made") == PRINTED).select(_POINT)
        known = traces(made, printed.with_columns(pl.lit("").alias("cut")), files)
        for row in kept.to_dicts():
            self._take(row, made, known)
        self.rows.append(rows_behind(made, same.select(_POINT), files))

    def _take(
        self, row: Mapping[str, Any], made: Series, known: Mapping[Key, tuple[Trace, ...]]
    ) -> None:
        code, metric = row["org_code"], row["metric_id"]
        behind = tuple(
            trace
            for trace in known.get((code, metric, ""), ())
            if trace.period == row["period_label"]
        )
        self._found[code, metric][row["period_start"]] = HeldFigure(row, made, behind)

    def of(self, code: str, metric: str, start: date) -> HeldFigure | None:
        """The figure of a period, by its first day."""
        return self._found.get((code, metric), {}).get(start)

    def newest(self, code: str, metric: str) -> HeldFigure | None:
        """The newest figure, of whatever period."""
        held = self._found.get((code, metric))
        return held[max(held)] if held else None


def latest_periods(charts: Mapping[Key, Charted]) -> list[tuple[str, date]]:
    """The metrics and first days of the latest points of series of everybody."""
    return sorted(
        {(metric, chart.held[-1].start) for (_, metric, cut), chart in charts.items()
         if not cut and chart.held}
    )  # fmt: skip
