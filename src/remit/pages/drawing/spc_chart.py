"""The control chart of one series: points, mean, process limits, target and re-basings.

Pages and files are drawn by one hand; a :class:`ChartLook` says in what they differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from operator import attrgetter

import polars as pl

from remit.model.metric import Better
from remit.pages.drawing.chart_looks import AS_A_FILE, ChartLook
from remit.pages.drawing.charts import Chart, Dot, LineMark, Shape, Text, ValueScale
from remit.pages.frame.rendering import environment
from remit.signals.changes import Rebase
from remit.signals.charts import Charts
from remit.signals.held import TargetHeld
from remit.signals.icons import (
    COMMON_CAUSE,
    CONCERN,
    ENDED,
    IMPROVEMENT,
    NEUTRAL,
    NEUTRAL_HIGH,
    NEUTRAL_LOW,
)
from remit.signals.points import Point
from remit.signals.targets import target_steps
from remit.signals.told import told_series
from remit.words.days import short_day
from remit.words.figures import unit_words, value_words
from remit.words.sentences import sentence_case

Across = Callable[[Point], float]

_MARKS: dict[str, tuple[Shape, str, str]] = {
    COMMON_CAUSE: ("circle", "spc-common", ""),
    IMPROVEMENT: ("square", "spc-improvement", "Squares: special cause, improvement."),
    CONCERN: ("triangle", "spc-concern", "Triangles: special cause, concern."),
    NEUTRAL_HIGH: ("square", "spc-neutral", "Squares: special cause, high."),
    NEUTRAL_LOW: ("triangle", "spc-neutral", "Triangles: special cause, low."),
    NEUTRAL: ("diamond", "spc-neutral", "Diamonds: special cause, neither high nor low."),
    ENDED: ("circle", "spc-ended", "Rings: an earlier signal, which has ended."),
}
"""Shape, style and words of each kind of point: the shape tells what the colour does."""

_LEVELS = (
    ("lower", "spc-limit"),
    ("upper", "spc-limit"),
    ("mean", "spc-mean"),
    ("target", "standard"),
)


@dataclass(frozen=True, slots=True)
class DrawnNote:
    """A numbered note at its month; ``words`` stand below the chart, number and month first."""

    number: int
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Caption:
    """What is written on and below a chart.

    ``rules`` and ``label`` are those of the rule set; ``asked`` are the goal and the standard,
    each with whose it is. ``notes`` stand on the chart by their numbers.
    """

    id: str
    title: str
    finding: str
    rules: str
    label: str
    unit: str = ""
    rebases: tuple[Rebase, ...] = ()
    baseline: int | None = None
    asked: tuple[str, ...] = ()
    notes: tuple[DrawnNote, ...] = ()


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
) -> Chart:
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
    Chart
        Its ``finding`` says in a sentence what the chart shows; its ``legend`` what the marks
        mean and which rule set was used.
    """
    told = told_series(points, charts, series or name, better=better, unit=unit, held=held)
    if told.found is None:
        return Chart(chart_id, name, told.sentence, 20.0)
    ours = [rebase for rebase in charts.rebases if rebase.series in {None, series or name}]
    caption = Caption(
        chart_id,
        f"Control chart of {name}",
        told.sentence,
        charts.rules.name,
        charts.rules.label,
        unit,
        tuple(sorted(ours, key=lambda rebase: rebase.on)),
        charts.baseline,
        asked,
    )
    return draw_spc(told.charted.points, caption, AS_A_FILE)


def draw_spc(points: Sequence[Point], caption: Caption, look: ChartLook) -> Chart:
    """Draw the points of one series, at least one of which has a value.

    Parameters
    ----------
    points
        In order of time; those without a value are gaps.
    caption
        What is written on the chart and below it.
    look
        How it is laid out.
    """
    held = [point for point in points if point.value is not None]
    across = _across(points, look)
    up = ValueScale(_heights(held), look.base, look.top, ticks=4 if look.in_full else 5)
    breaks = _breaks(caption.rebases, held)
    cuts = [LineMark(across(p), look.top - 8, across(p), look.base, "cut") for _, p, _ in breaks]
    letters = [Text(across(p), look.top - 12, a, "middle", "strong") for a, p, _ in breaks]
    return Chart(
        id=caption.id,
        title=caption.title,
        finding=caption.finding,
        height=look.height,
        lines=(
            *(LineMark(look.left, up(v), look.right, up(v), "spc-grid") for v, _ in up.ticks()),
            *_levels(points if look.evenly else held, across, up, look),
            *_planned(points if look.evenly else held, across, up, look),
            *_path(points, across, up),
            *cuts,
        ),
        dots=tuple(Dot(across(p), up(p.value or 0.0), *_MARKS[p.drawn][:2]) for p in held),
        texts=(
            *_figures(up, look, caption.unit),
            *_dates(points, across, look),
            *letters,
            *_noted(caption.notes, points, across, up, look),
            *_rules(caption, look),
        ),
        legend=" ".join(_legend(held, caption, breaks, look)),
    )


def standalone(chart: Chart, width: int = 760) -> str:
    """A chart as an SVG file of its own, with its styles, title and finding."""
    return environment().get_template("spc_chart.svg.jinja").render(chart=chart, width=width)


def _across(points: Sequence[Point], look: ChartLook) -> Across:
    """The place of a point from the left, in per cent."""
    if look.evenly:
        step = (look.right - look.left) / max(len(points) - 1, 1)
        places = {point.start: n for n, point in enumerate(points)}
        return lambda point: round(look.left + step * places[point.start], 2)
    first, last = points[0].start, points[-1].start
    days = max((last - first).days, 1)
    wide = look.right - look.left
    return lambda point: round(look.left + (point.start - first).days / days * wide, 2)


def _heights(points: Iterable[Point]) -> list[float]:
    every = (v for p in points for v in _levels_of(p))
    return [value for value in every if value is not None]


def _levels_of(point: Point) -> tuple[float | None, ...]:
    """All heights at which something of a point is drawn."""
    return (
        point.value, point.mean, point.lower, point.upper, point.target, point.trajectory,
    )  # fmt: skip


def _planned(
    points: Sequence[Point], across: Across, up: ValueScale, look: ChartLook
) -> Iterator[LineMark]:
    """The user's own trajectory, from each month to the next; a lone one has a stroke too."""
    longer = max(_half_a_step(points, across) / 2, 0.4)
    for place, point in enumerate(points):
        if point.trajectory is None:
            continue
        after = points[place + 1] if place + 1 < len(points) else None
        height = up(point.trajectory)
        if after is not None and after.trajectory is not None:
            end, to = across(after), up(after.trajectory)
        else:
            end, to = min(across(point) + longer, look.right + 1), height
        yield LineMark(across(point), height, round(end, 2), to, "spc-planned")


def _levels(
    points: Sequence[Point], across: Across, up: ValueScale, look: ChartLook
) -> Iterator[LineMark]:
    """Mean, limits and target: level lines, broken where they change or a stretch ends."""
    longer = _half_a_step(points, across) if look.evenly else 0.0
    for name, css in _LEVELS:
        # A target outlives a re-basing.
        keys = (name,) if name == "target" else (name, "stretch")
        for (level, *_), part in groupby(points, key=lambda p: [getattr(p, k) for k in keys]):
            if level is not None:
                ends = list(part)
                end = round(min(across(ends[-1]) + longer, look.right + look.evenly), 2)
                yield LineMark(across(ends[0]), up(level), end, up(level), css)


def _half_a_step(points: Sequence[Point], across: Across) -> float:
    """Half the way to the next point, so that a lone point has a stroke too."""
    return (across(points[1]) - across(points[0]) if len(points) > 1 else 4.0) / 2


def _path(points: Sequence[Point], across: Across, up: ValueScale) -> Iterator[LineMark]:
    """From each point to the next; a missing one and a re-basing break the path."""
    for one, other in pairwise(points):
        if one.value is not None and other.value is not None and one.stretch == other.stretch:
            yield LineMark(across(one), up(one.value), across(other), up(other.value), "spc-path")


def _figures(up: ValueScale, look: ChartLook, unit: str) -> Iterator[Text]:
    after = "%" if look.in_full and unit == "percent" else ""
    for value, words in up.ticks():
        yield Text(look.left - look.figures_gap, up(value) + 5, f"{words}{after}", "end", "axis")
    if not look.in_full and (said := unit_words(unit)):
        yield Text(look.left - 8, 12, said, "start", "axis")


def _dates(points: Sequence[Point], across: Across, look: ChartLook) -> Iterator[Text]:
    """The first, the last and some dates between; more would not fit on a phone."""
    last = len(points) - 1
    parts = (look.dates if len(points) > look.ends_only else 2) - 1
    for place in sorted({int(last * part / parts + 0.5) for part in range(parts + 1)}):
        anchor = "start" if place == 0 else "end" if place == last else "middle"
        at, words = across(points[place]), points[place].label
        yield Text(at, look.base + look.dates_drop, words, anchor, look.dates_css)  # type: ignore[arg-type]


def _breaks(rebases: Iterable[Rebase], held: Sequence[Point]) -> list[tuple[str, Point, str]]:
    """A letter, the first point from which it holds, and the reason, for each re-basing."""
    found: list[tuple[str, Point, str]] = []
    for rebase in rebases:
        after = [point for point in held if point.start >= rebase.on]
        if after and len(after) < len(held):
            found.append((chr(ord("A") + len(found) % 26), after[0], rebase.reason))
    return found


def _noted(
    notes: Sequence[DrawnNote],
    points: Sequence[Point],
    across: Across,
    up: ValueScale,
    look: ChartLook,
) -> Iterator[Text]:
    """The numbers of the notes above the points of their months."""
    for point in points:
        here = [str(note.number) for note in notes if point.start <= note.on <= point.end]
        if here:
            height = look.base if point.value is None else up(point.value)
            yield Text(across(point), max(height - 9, 10.0), ", ".join(here), "middle", "strong")


def _rules(caption: Caption, look: ChartLook) -> Iterator[Text]:
    if look.in_full:
        yield Text(look.left, look.base + 40, f"Rules: {caption.label}", "start", "axis")


def _legend(
    held: Sequence[Point],
    caption: Caption,
    breaks: Iterable[tuple[str, Point, str]],
    look: ChartLook,
) -> Iterator[str]:
    kinds = set(map(attrgetter("drawn"), held))
    marks = [words for kind, (_, _, words) in _MARKS.items() if words and kind in kinds]
    notes = [f"{note.words.rstrip('.')}." for note in caption.notes]
    if not look.in_full:
        yield from (*marks, *_lines_named(held, caption.unit), *_asked(caption))
        yield from (*_renewed(breaks), *notes)
        yield f"Rules: {caption.rules} ({caption.label})."
        return
    yield from (*_lines_in_full(held, caption.unit), *_asked(caption), *marks)
    yield from (*_renewed(breaks), *notes)
    if caption.baseline is not None:
        yield f"Mean and limits rest on the first {caption.baseline} points."
    yield f"Rule set: {caption.label} ({caption.rules})."


def _renewed(breaks: Iterable[tuple[str, Point, str]]) -> Iterator[str]:
    """From when limits begin anew, and why, a sentence each."""
    for letter, point, reason in breaks:
        yield f"{letter}: new limits from {short_day(point.start)}, {reason.rstrip('.')}."


def _asked(caption: Caption) -> Iterator[str]:
    """The goal and the standard, a sentence each."""
    return (f"{sentence_case(one)}." for one in caption.asked)


def _lines_named(held: Sequence[Point], unit: str) -> Iterator[str]:
    if any(point.mean is not None for point in held):
        yield "Solid line: mean. Dotted lines: process limits."
    yield from _target_line(held, unit)


def _target_line(held: Sequence[Point], unit: str) -> Iterator[str]:
    if steps := target_steps(held, unit):
        yield f"Dashed line: target, {steps}."
    if any(point.trajectory is not None for point in held):
        yield "Line of dashes and dots: own trajectory."


def _lines_in_full(held: Sequence[Point], unit: str) -> Iterator[str]:
    latest = held[-1]
    if latest.mean is not None:
        yield f"Solid line: mean, {value_words(latest.mean, unit)}."
    if latest.lower is not None:
        low, high = value_words(latest.lower, unit), value_words(latest.upper, unit)
        yield f"Dotted lines: process limits, {low} to {high}."
    yield from _target_line(held, unit)
