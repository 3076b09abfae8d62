"""The control chart of one series: points, mean, process limits, target and re-basings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Any, Literal

import polars as pl

from remit.model.metric import Better
from remit.pages.drawing.charts import Chart, Dot, LineMark, Shape, Text, ValueScale
from remit.pages.frame.rendering import environment
from remit.signals.changes import Rebase
from remit.signals.charts import Charts
from remit.signals.icons import COMMON_CAUSE, CONCERN, IMPROVEMENT, NEUTRAL_HIGH, NEUTRAL_LOW
from remit.signals.words import figure, spacing, tell
from remit.words.days import month_words, short_day

LEFT, RIGHT = 13.0, 97.0
"""The part of the width that points are drawn in, in per cent; figures stand to its left."""

_TOP, _BOTTOM = 26.0, 246.0
_LIMITS = ("lower_limit", "upper_limit")

_MARKS: dict[str, tuple[Shape, str, str]] = {
    COMMON_CAUSE: ("circle", "spc-common", ""),
    IMPROVEMENT: ("square", "spc-improvement", "Squares: special cause, improvement."),
    CONCERN: ("triangle", "spc-concern", "Triangles: special cause, concern."),
    NEUTRAL_HIGH: ("square", "spc-neutral", "Squares: special cause, high."),
    NEUTRAL_LOW: ("triangle", "spc-neutral", "Triangles: special cause, low."),
}
"""Shape, style and words of each kind of point: the shape tells what the colour does."""


def draw_series(
    points: pl.DataFrame,
    charts: Charts,
    name: str,
    *,
    better: Better | str,
    unit: str = "",
    chart_id: str = "spc",
    series: str | None = None,
) -> Chart:
    """Draw one series.

    Parameters
    ----------
    points
        The rows of ``charts.points`` that belong to it, with columns ``date`` and ``value``.
    charts
        Where they come from: the rule set, the baseline and the re-basings.
    name
        What the chart is of: the measure and the organisation.
    series
        The name by which re-basings speak of it, if that is another.

    Returns
    -------
    Chart
        Its ``finding`` says in a sentence what the chart shows; its ``legend`` what the marks
        mean and which rule set was used.
    """
    told = tell(points, charts.rules, name, unit, better)
    rows = points.sort("date").to_dicts()
    valued = [row for row in rows if row["value"] is not None]
    if not valued:
        return Chart(chart_id, name, told.text, 20.0)
    rebases = _marked(charts.rebases, series or name, valued)
    x = _Across([row["date"] for row in rows])
    y = ValueScale(_heights(valued), _BOTTOM, _TOP, ticks=4)
    grid, numbers = _grid(y, unit)
    return Chart(
        id=chart_id,
        title=f"Control chart of {name}",
        finding=told.text,
        height=_BOTTOM + 44,
        lines=(*grid, *_levels(valued, x, y), *_path(rows, x, y), *_breaks(rebases, x)),
        dots=tuple(_dot(row, x, y) for row in valued),
        texts=(*numbers, *_dates(rows, x), *_letters(rebases, x), _rules_text(charts)),
        legend=" ".join(_legend(valued, charts, rebases, unit)),
    )


def standalone(chart: Chart, width: int = 760) -> str:
    """A chart as an SVG file of its own, with its styles, title and finding."""
    return environment().get_template("spc_chart.svg.jinja").render(chart=chart, width=width)


class _Across:
    """Dates to places; time runs evenly, so that a gap is seen as one."""

    def __init__(self, dates: Sequence[date]) -> None:
        self._first = dates[0]
        self._days = max((dates[-1] - dates[0]).days, 1)

    def __call__(self, day: date) -> float:
        share = (day - self._first).days / self._days
        return round(LEFT + share * (RIGHT - LEFT), 2)


def _heights(rows: Iterable[dict[str, Any]]) -> list[float]:
    columns = ("value", "mean", *_LIMITS, "target")
    return [row[name] for row in rows for name in columns if row[name] is not None]


def _grid(y: ValueScale, unit: str) -> tuple[list[LineMark], list[Text]]:
    lines, texts = [], []
    for value, label in y.ticks():
        lines.append(LineMark(LEFT, y(value), RIGHT, y(value), "spc-grid"))
        words = f"{label}{unit}" if unit == "%" else label
        texts.append(Text(LEFT - 1.5, y(value) + 5, words, "end", "axis"))
    return lines, texts


def _levels(rows: Sequence[dict[str, Any]], x: _Across, y: ValueScale) -> Iterator[LineMark]:
    """Mean and limits of each stretch, and the target: level lines, broken where they change."""
    for column, css in (
        ("lower_limit", "spc-limit"),
        ("upper_limit", "spc-limit"),
        ("mean", "spc-mean"),
        ("target", "standard"),
    ):
        # A target outlives a re-basing.
        keys = ("target",) if column == "target" else (column, "stretch")
        for (level, *_), part in groupby(rows, key=lambda row: [row[key] for key in keys]):
            if level is not None:
                days = [row["date"] for row in part]
                yield LineMark(x(days[0]), y(level), x(days[-1]), y(level), css)


def _path(rows: Sequence[dict[str, Any]], x: _Across, y: ValueScale) -> Iterator[LineMark]:
    """From each point to the next; a missing one and a re-basing break the path."""
    for before, after in pairwise(rows):
        whole = before["value"] is not None and after["value"] is not None
        if whole and before["stretch"] == after["stretch"]:
            start = (x(before["date"]), y(before["value"]))
            yield LineMark(*start, x(after["date"]), y(after["value"]), "spc-path")


def _dot(row: dict[str, Any], x: _Across, y: ValueScale) -> Dot:
    shape, css, _ = _MARKS[row["kind"]]
    return Dot(x(row["date"]), y(row["value"]), shape, css)


def _dates(rows: Sequence[dict[str, Any]], x: _Across) -> Iterator[Text]:
    """The first, a middle and the last date; more would not fit on a phone."""
    days = [row["date"] for row in rows]
    by_day = spacing(days) in {"day", "week"}
    places = sorted({0, len(days) // 2, len(days) - 1} if len(days) > 4 else {0, len(days) - 1})
    anchors: dict[int, Literal["start", "middle", "end"]] = {0: "start", len(days) - 1: "end"}
    for place in places:
        words = short_day(days[place]) if by_day else month_words(days[place])
        yield Text(x(days[place]), _BOTTOM + 20, words, anchors.get(place, "middle"))


def _marked(
    rebases: Iterable[Rebase], series: str, rows: Sequence[dict[str, Any]]
) -> list[tuple[str, date, str]]:
    """A letter, the first point from which it holds, and the reason, for each re-basing."""
    ours = sorted((r for r in rebases if r.series in {None, series}), key=lambda r: r.on)
    found: list[tuple[str, date, str]] = []
    for rebase in ours:
        days = [row["date"] for row in rows if row["date"] >= rebase.on]
        if days and len(days) < len(rows):
            found.append((chr(ord("A") + len(found) % 26), days[0], rebase.reason))
    return found


def _breaks(rebases: Iterable[tuple[str, date, str]], x: _Across) -> Iterator[LineMark]:
    for _, day, _ in rebases:
        yield LineMark(x(day), _TOP - 8, x(day), _BOTTOM, "cut")


def _letters(rebases: Iterable[tuple[str, date, str]], x: _Across) -> Iterator[Text]:
    for letter, day, _ in rebases:
        yield Text(x(day), _TOP - 12, letter, "middle", "strong")


def _rules_text(charts: Charts) -> Text:
    return Text(LEFT, _BOTTOM + 40, f"Rules: {charts.rules.label}", "start", "axis")


def _legend(
    rows: Sequence[dict[str, Any]],
    charts: Charts,
    rebases: Iterable[tuple[str, date, str]],
    unit: str,
) -> Iterator[str]:
    latest = rows[-1]
    yield f"Solid line: mean, {figure(latest['mean'], unit)}."
    if latest["lower_limit"] is not None:
        low, high = (figure(latest[name], unit) for name in _LIMITS)
        yield f"Dotted lines: process limits, {low} to {high}."
    if latest["target"] is not None:
        yield f"Dashed line: target, {latest['target']:g}{unit}."
    for kind in _MARKS:
        if kind != COMMON_CAUSE and any(row["kind"] == kind for row in rows):
            yield _MARKS[kind][2]
    for letter, day, reason in rebases:
        yield f"{letter}: new limits from {short_day(day)}, {reason.rstrip('.')}."
    if charts.baseline is not None:
        yield f"Mean and limits rest on the first {charts.baseline} points."
    yield f"Rule set: {charts.rules.label} ({charts.rules.name})."
