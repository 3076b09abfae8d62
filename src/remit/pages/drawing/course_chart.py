"""A chart of a course: values over time, each with its interval where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from remit.pages.drawing.charts import Chart, Dot, LineMark, Text, ValueScale

_LEFT, _RIGHT = 12.0, 97.0
_TOP, _BASE = 34.0, 254.0
_SIGNS_ACROSS = 30
"""So many signs of the names of periods stand side by side on a screen 320 pixels wide."""


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """A moment: its name below the axis, its value, and the ends of its interval if it has one."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class CourseWords:
    """What is said on the chart: what stands up, what across, and what the signs mean."""

    up: str
    across: str
    legend: str


def course_chart(
    chart_id: str,
    title: str,
    finding: str,
    points: Sequence[CoursePoint],
    words: CourseWords,
    *,
    begins: int | None = None,
    joined: bool = False,
) -> Chart:
    """Values from left to right, zero always in sight.

    Parameters
    ----------
    chart_id, title, finding
        The chart's identifier, its name, and the sentence that it shows.
    points
        From left to right; at least one.
    words
        What stands on it.
    begins
        Before which of the points an upright line stands; none if left out.
    joined
        Whether a line leads from each value to the next.

    Examples
    --------
    >>> words = CourseWords("Days", "Months", "")
    >>> points = [CoursePoint("0", -2.0, -3.0, -1.0), CoursePoint("3", -1.0, -2.5, 0.5)]
    >>> len(course_chart("c", "Course", "It fell.", points, words, begins=1).dots)
    2
    """
    step = (_RIGHT - _LEFT) / len(points)
    places = [round(_LEFT + step * (at + 0.5), 2) for at in range(len(points))]
    ends = [one for point in points for one in (point.value, point.low, point.high)]
    y = ValueScale([0.0, *(one for one in ends if one is not None)], _BASE, _TOP)
    texts = [Text(0, 14, words.up, "start", "axis"),
             Text(_LEFT, _BASE + 40, words.across, "start", "axis")]  # fmt: skip
    lines = []
    for value, label in y.ticks():
        lines.append(LineMark(_LEFT, y(value), _RIGHT, y(value), "spc-grid"))
        texts.append(Text(_LEFT - 2, y(value) + 5, label, "end"))
    lines.append(LineMark(_LEFT, y(0.0), _RIGHT, y(0.0), "axis"))
    texts += [Text(places[at], _BASE + 20, points[at].label, "middle") for at in _labelled(points)]
    if begins is not None:
        upright = round(_LEFT + step * begins, 2)
        lines.append(LineMark(upright, _TOP - 8, upright, _BASE, "standard"))
    if joined:
        found = zip(places, points, strict=True)
        lines += [
            LineMark(x1, y(one.value), x2, y(other.value), "path")
            for (x1, one), (x2, other) in pairwise(found)
        ]
    for x, point in zip(places, points, strict=True):
        if point.low is not None and point.high is not None:
            lines.append(LineMark(x, y(point.low), x, y(point.high), "median"))
    dots = [
        Dot(x, y(point.value), "circle", "own") for x, point in zip(places, points, strict=True)
    ]
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        height=_BASE + 46,
        lines=tuple(lines),
        dots=tuple(dots),
        texts=tuple(texts),
        legend=words.legend,
    )


def _labelled(points: Sequence[CoursePoint]) -> list[int]:
    """Which of the points are named: evenly far apart, the first among them."""
    most = max(_SIGNS_ACROSS // max(len(one.label) for one in points), 1)
    return list(range(0, len(points), -(-len(points) // most)))
