"""The layers of a drawing: levels, targets, the path and its points, the axis and the labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from remit.pages.drawing.charts import Band, LineMark, Text
from remit.pages.drawing.control.apart import moved_apart
from remit.pages.drawing.control.drawn import NamedDot
from remit.pages.drawing.control.looks import MARKS, OTHER_MEMBERS
from remit.pages.drawing.control.plot import Plot, aim_words, tick_words
from remit.pages.drawing.marks.mark import text_width
from remit.signals.icons import COMMON_CAUSE
from remit.signals.points import Point

LABEL = 17.0
"""So far apart are the names of lines at the right edge."""

_CROSS = 4.0


def usual_ranges(plot: Plot) -> Iterator[Band]:
    """The usual range as a band, anew where the limits change."""
    for (limits, _), run in groupby(plot.held, key=lambda p: (plot.limits(p), p.stretch)):
        if limits is not None:
            start, end = _span(plot, list(run))
            low, high = plot.up(limits[0]), plot.up(limits[1])
            yield Band(start, high, end - start, low - high, "spc-usual")


def levels(plot: Plot) -> Iterator[LineMark]:
    """Mean and limits, broken where they change."""
    for (limits, mean, _), run in groupby(
        plot.held, key=lambda p: (plot.limits(p), p.mean, p.stretch)
    ):
        points = list(run)
        if mean is None or plot.is_other(points[0]):
            continue
        start, end = _span(plot, points)
        for limit in limits or ():
            yield LineMark(start, plot.up(limit), end, plot.up(limit), "spc-limit")
        yield LineMark(start, plot.up(mean), end, plot.up(mean), "spc-mean")


def aims(plot: Plot) -> Iterator[LineMark]:
    """Targets: dashed; one off the scale at its edge."""
    for aim in plot.aims:
        start, end = _span(plot, [aim.first, aim.last])
        y = {0: plot.up(aim.value), 1: plot.top - 10.0, -1: plot.base - 6.0}[aim.side]
        yield LineMark(start, y, end, y, "spc-aim")


def aims_off(plot: Plot, unit: str) -> Iterator[Text]:
    """What stands beside a target off the scale: its number, and those that follow."""
    for side, sign, y in ((1, "▲", plot.top - 14.0), (-1, "▼", plot.base - 10.0)):
        away = [aim for aim in plot.aims if aim.side == side]
        if not away:
            continue
        said = ", then ".join(aim_words(aim.value, unit) for aim in away)
        words = f"{sign} target {said}, off the scale"
        if text_width(words) > plot.look.width:
            words = f"{sign} target {said}"
        start = _span(plot, [away[0].first, away[0].last])[0]
        x = max(min(start, plot.look.width - text_width(words)), 0.0)
        yield Text(x, y, words, "start", "spc-aim")


def plans(plot: Plot) -> Iterator[LineMark]:
    """The user's own trajectory, from each point to the next; the last has a stroke of its own.

    Where a month has no plan the line breaks: nobody planned what lies between.
    """
    for point, after in pairwise((*plot.points, None)):
        if point is None or point.trajectory is None:
            continue
        y = plot.up(point.trajectory)
        if after is not None and after.trajectory is not None:
            end = (plot.across(after), plot.up(after.trajectory))
        else:
            end = (min(plot.across(point) + 6.0, plot.right), y)
        yield LineMark(plot.across(point), y, *end, "spc-planned")


def paths(plot: Plot) -> Iterator[tuple[tuple[float, float], ...]]:
    """The stretches of the series that nothing breaks: no missing point, no new limits."""
    run: list[tuple[float, float]] = []
    last: Point | None = None
    for point in plot.points:
        if point.value is None or last is None or last.value is None or broken(plot, last, point):
            if len(run) > 1:
                yield tuple(run)
            run = []
        if point.value is not None:
            run.append((plot.across(point), plot.up(point.value)))
        last = point
    if len(run) > 1:
        yield tuple(run)


def broken(plot: Plot, one: Point, other: Point) -> bool:
    """Whether what lies between two points is no step of one process."""
    return one.stretch != other.stretch or plot.is_other(one) != plot.is_other(other)


def dots(plot: Plot) -> Iterator[NamedDot]:
    """The points, each with its name; the latest lies on top."""
    for point, told in zip(plot.held, plot.names, strict=True):
        kind = OTHER_MEMBERS if plot.is_other(point) else point.drawn
        shape, css, _ = MARKS[kind]
        name = f"{told}{_judged(plot, point, kind)}"
        if point is plot.held[-1]:
            css += " spc-last"
        yield NamedDot(plot.across(point), plot.up(point.value or 0.0), shape, css, name)


def _judged(plot: Plot, point: Point, kind: str) -> str:
    """What the rules say of a point, as its row in the table does; without limits nothing."""
    words = MARKS[kind][2]
    if kind == COMMON_CAUSE:
        return f", {words}" if plot.limits(point) else ""
    rule = f" ({point.named})" if point.named and kind != OTHER_MEMBERS else ""
    return f", {words}{rule}"


def crosses(plot: Plot) -> Iterator[LineMark]:
    """A × on the axis for each point that is missing."""
    for point in plot.points:
        if point.value is None:
            x, y = plot.across(point), plot.base - 9.0
            for way in (-_CROSS, _CROSS):
                yield LineMark(x - way, y - _CROSS, x + way, y + _CROSS, "spc-missing")


def axis(plot: Plot, unit: str) -> tuple[list[LineMark], list[Text]]:
    """The base line, the figures at the left and the dates below."""
    lines = [LineMark(plot.left - 6, plot.base, plot.right, plot.base, "spc-axis")]
    texts = []
    for (value, _), words in zip(plot.up.ticks(), tick_words(plot.up, unit), strict=True):
        y = plot.up(value)
        lines.append(LineMark(plot.left - 10, y, plot.left - 6, y, "spc-axis"))
        texts.append(Text(plot.left - 12, y + 4.5, words, "end", "spc-quiet"))
    return lines, [*texts, *_dates(plot)]


def end_labels(plot: Plot) -> Iterator[Text]:
    """The names of the lines at the right edge, moved apart."""
    wanted = [plot.up(label.value) for label in plot.labels]
    low = min(plot.top, plot.base - 5 - LABEL * len(wanted))
    for label, y in zip(plot.labels, moved_apart(wanted, LABEL, low, plot.base - 5), strict=True):
        yield Text(plot.right + 12, y + 4.5, label.words, "start", label.css)


def _dates(plot: Plot) -> Iterator[Text]:
    """The first and the last date, and as many between them as there is room for."""
    y, last = plot.base + 18.0, plot.points[-1]
    wide = text_width(last.label) * 1.1
    end = plot.across(last) + wide / 2
    end = min(end, plot.look.width)
    yield Text(end, y, last.label, "end", "spc-now")
    until = end - wide - 10
    reached = 0.0
    for point in _spread(plot):
        if point is last:
            continue
        first = point is plot.points[0]
        own = text_width(point.label)
        start = max(plot.across(point) - own / 2, 0.0) if not first else max(plot.left - 6, 0.0)
        if start >= reached and start + own <= until:
            yield Text(start + own / 2, y, point.label, "middle", "spc-quiet")
            reached = start + own + 14


def _spread(plot: Plot) -> Sequence[Point]:
    """Some points, as far from each other as dates need."""
    count = len(plot.points)
    room = max(int((plot.right - plot.left) // 130), 1)
    places = sorted({round(part * (count - 1) / room) for part in range(room + 1)})
    return [plot.points[place] for place in places]


def _span(plot: Plot, points: Sequence[Point]) -> tuple[float, float]:
    """From where to where a level is drawn: half a step beyond its points, within the plot."""
    start = max(plot.across(points[0]) - plot.half, plot.left - 6)
    return start, min(plot.across(points[-1]) + plot.half, plot.right)
