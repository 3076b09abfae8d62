"""The control chart of one series that stands for itself: as ``remit spc`` writes it."""

from __future__ import annotations

import polars as pl

from remit.model.metric import Better
from remit.pages.drawing.control.drawn import WIDE, Caption, SpcChart
from remit.pages.drawing.control.maker import draw_spc
from remit.pages.drawing.control.sheet import standalone
from remit.signals.charts import Charts
from remit.signals.goals_by_day import TargetHeld
from remit.signals.series_in_words import told_series

__all__ = ["draw_series", "standalone"]


def draw_series(
    points: pl.DataFrame,
    charts: Charts,
    name: str,
    *,
    better: Better | str,
    unit: str = "",
    held: TargetHeld | None = None,
    chart_id: str = "spc",
    series: str | None = None,
    asked: tuple[str, ...] = (),
) -> SpcChart:
    """Draw one series as a file of its own.

    Parameters
    ----------
    points
        The rows of ``charts.points`` that belong to it, with columns ``date`` and ``value``.
    charts
        Where they come from: the rule set, the baseline and the re-basings.
    name
        What the chart is of: the measure and the organisation.
    unit
        That of the values, such as ``percent``.
    held
        What the catalogue asks of it; else the target of its latest point holds.
    series
        The name by which re-basings speak of it, if that is another.
    asked
        The goal and the standard, each with whose it is.

    Returns
    -------
    SpcChart
        Its ``finding`` says in a sentence what the chart shows; its ``legend`` what the lines
        are and which rule set was used.
    """
    told = told_series(points, charts, series or name, better=better, unit=unit, held=held)
    if told.found is None:
        return SpcChart(chart_id, told.sentence, told.sentence, name)
    ours = [rebase for rebase in charts.rebases if rebase.series in {None, series or name}]
    caption = Caption(
        chart_id,
        told.headline,
        told.sentence,
        charts.rules.name,
        charts.rules.label,
        unit,
        tuple(sorted(ours, key=lambda rebase: rebase.on)),
        charts.baseline,
        asked,
        about=name,
        better=str(Better(better).value),
    )
    return draw_spc(told.charted.points, caption, (WIDE,))
