"""A control chart as marks for a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from remit.pages.drawing.charts import Chart, Dot, LineMark, Shape, Text, ValueScale
from remit.report.view import Line, RuleCard, SeriesPoint
from remit.words.figures import unit_words

_LEFT, _RIGHT = 9.0, 98.0
_TOP, _BASE = 28.0, 228.0
_MARKS: dict[str, tuple[Shape, str, str]] = {
    "common_cause": ("circle", "spc-common", ""),
    "improvement": ("square", "spc-improvement", "Squares: special cause, improvement."),
    "concern": ("triangle", "spc-concern", "Triangles: special cause, concern."),
    "neutral_high": ("square", "spc-neutral", "Squares: special cause, high."),
    "neutral_low": ("triangle", "spc-neutral", "Triangles: special cause, low."),
}
"""Shape, style and words of each kind of point: the shape tells what the colour does."""

_STROKES = (
    ("lower", "spc-limit"),
    ("upper", "spc-limit"),
    ("mean", "spc-mean"),
    ("target", "standard"),
)
_LABELS = 4
"""So many dates fit beneath a chart on a phone."""


def report_chart(line: Line, rules: RuleCard, chart_id: str) -> Chart:
    """The control chart of a line that has points.

    Parameters
    ----------
    line
        The line.
    rules
        The rule set, which is printed beneath.
    chart_id
        Unique on its page.
    """
    points = line.points
    up = ValueScale(_values(points), _BASE, _TOP)
    places = _places(len(points))
    marks = [*_grid(up), *_levels(points, places, up), *_path(points, places, up)]
    return Chart(
        id=chart_id,
        title=f"{line.metric.name}, {line.body.name}{', ' + line.cut if line.cut else ''}",
        finding=line.sentence,
        height=_BASE + 30,
        lines=tuple(marks),
        dots=tuple(_dots(points, places, up)),
        texts=(*_values_up(up, line), *_dates(points, places)),
        legend=_legend(points, rules),
    )


def _values(points: Sequence[SeriesPoint]) -> list[float]:
    every = (v for p in points for v in (p.value, p.mean, p.lower, p.upper, p.target))
    return [value for value in every if value is not None]


def _places(count: int) -> list[float]:
    step = (_RIGHT - _LEFT) / max(count - 1, 1)
    return [round(_LEFT + step * place, 2) for place in range(count)]


def _grid(up: ValueScale) -> Iterator[LineMark]:
    for value, _ in up.ticks():
        yield LineMark(_LEFT, up(value), _RIGHT, up(value), "spc-grid")


def _levels(
    points: Sequence[SeriesPoint], places: Sequence[float], up: ValueScale
) -> Iterator[LineMark]:
    """Mean, limits and target: one stroke for each stretch on which they stay the same."""
    for name, css in _STROKES:
        numbered = enumerate(getattr(point, name) for point in points)
        for value, run in groupby(numbered, key=lambda item: item[1]):
            if value is not None:
                ends = [place for place, _ in run]
                yield LineMark(places[ends[0]], up(value), _end(places, ends[-1]), up(value), css)


def _end(places: Sequence[float], last: int) -> float:
    """Where a stroke ends: half a step on, so that a lone point has one too."""
    step = places[1] - places[0] if len(places) > 1 else 4.0
    return round(min(places[last] + step / 2, _RIGHT + 1), 2)


def _path(
    points: Sequence[SeriesPoint], places: Sequence[float], up: ValueScale
) -> Iterator[LineMark]:
    for (x1, one), (x2, other) in pairwise(zip(places, points, strict=True)):
        if one.value is not None and other.value is not None:
            yield LineMark(x1, up(one.value), x2, up(other.value), "spc-path")


def _dots(points: Sequence[SeriesPoint], places: Sequence[float], up: ValueScale) -> Iterator[Dot]:
    for place, point in zip(places, points, strict=True):
        if point.value is not None:
            shape, css, _ = _MARKS[point.mark]
            yield Dot(place, up(point.value), shape, css)


def _values_up(up: ValueScale, line: Line) -> Iterator[Text]:
    for value, words in up.ticks():
        yield Text(_LEFT - 1, up(value) + 5, words, "end", "axis")
    if unit := unit_words(line.metric.unit):
        yield Text(_LEFT - 8, 12, unit, "start", "axis")


def _dates(points: Sequence[SeriesPoint], places: Sequence[float]) -> Iterator[Text]:
    last = len(points) - 1
    parts = _LABELS - 1
    for number in sorted({round(last * part / parts) for part in range(_LABELS)}):
        anchor = "start" if number == 0 else "end" if number == last else "middle"
        yield Text(places[number], _BASE + 22, points[number].label, anchor, "axis")  # type: ignore[arg-type]


def _legend(points: Sequence[SeriesPoint], rules: RuleCard) -> str:
    held = [point for point in points if point.value is not None]
    marks = {point.mark for point in held}
    said = [words for mark, (_, _, words) in _MARKS.items() if mark in marks and words]
    if any(point.mean is not None for point in held):
        said.append("Solid line: mean. Dotted lines: process limits.")
    if any(point.target is not None for point in held):
        said.append("Dashed line: target.")
    return " ".join([*said, f"Rules: {rules.name} ({rules.id})."])
