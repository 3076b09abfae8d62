"""A chart of steps: a line that rises evenly, and one that follows it in steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import Literal

from remit.pages.drawing.charts import Chart, Dot, LineMark, Text, ValueScale

_LEFT, _RIGHT = 12.0, 97.0
_ON_A_PHONE = 24
"""So many signs in bold stand beside the axis on a screen 320 pixels wide."""
_TOP, _BASE = 34.0, 254.0


@dataclass(frozen=True, slots=True)
class StepPoint:
    """A place across, and the two heights there: of the even line and of the stepped one."""

    at: float
    even: float
    stepped: float


@dataclass(frozen=True, slots=True)
class StepWords:
    """What is said on a chart of steps: of its lines, of the place that is marked, of its axes."""

    even: str
    stepped: str
    marked: str
    across: str
    up: str


def step_chart(
    chart_id: str,
    title: str,
    finding: str,
    points: Sequence[StepPoint],
    *,
    marked: StepPoint,
    words: StepWords,
) -> Chart:
    """An even line and a stepped one below it; at the marked place both have their values.

    Parameters
    ----------
    chart_id, title, finding
        The chart's identifier, its name, and the sentence that it shows.
    points
        From left to right.
    marked
        The point that the page is about.
    words
        What stands on it.

    Examples
    --------
    >>> step_chart("s", "Steps", "One closes.", points, marked=one, words=words)  # doctest: +SKIP
    """
    x = ValueScale([points[0].at, points[-1].at], _LEFT, _RIGHT)
    y = ValueScale([0.0, *(height for one in points for height in (one.even, one.stepped))],
                   _BASE, _TOP)  # fmt: skip
    lines, texts = _axes(x, y, words)
    first, last = points[0], points[-1]
    # In one piece: dashes begin anew with each line, and many short ones look unbroken.
    lines.append(LineMark(x(first.at), y(first.even), x(last.at), y(last.even), "standard"))
    lines += [
        LineMark(x(one.at), y(one.stepped), x(other.at), y(other.stepped), "path")
        for one, other in pairwise(points)
    ]
    place = x(marked.at)
    lines.append(LineMark(place, y(marked.even), place, y(marked.stepped), "median"))
    # Above the rising line, on the left, there is room at any width.
    texts += [
        Text(_LEFT + 2, _TOP + 18 * (number + 1), line, "start", "strong")
        for number, line in enumerate(wrap(words.marked, _ON_A_PHONE))
    ]
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        height=_BASE + 46,
        lines=tuple(lines),
        dots=(
            Dot(place, y(marked.even), "square", "own"),
            Dot(place, y(marked.stepped), "diamond", "own"),
        ),
        texts=tuple(texts),
        legend=f"Dashed: {words.even}. Unbroken: {words.stepped}. Upright: the planned move.",
    )


def _axes(x: ValueScale, y: ValueScale, words: StepWords) -> tuple[list[LineMark], list[Text]]:
    lines = [LineMark(_LEFT, _BASE, _RIGHT, _BASE, "axis")]
    texts = [Text(0, 14, words.up, "start", "axis")]
    for value, label in y.ticks():
        lines.append(LineMark(_LEFT, y(value), _RIGHT, y(value), "spc-grid"))
        texts.append(Text(_LEFT - 2, y(value) + 5, label, "end"))
    ticks = x.ticks()
    for value, label in ticks:
        anchor: Literal["middle", "end"] = "end" if value == ticks[-1][0] else "middle"
        lines.append(LineMark(x(value), _BASE, x(value), _BASE + 5, "axis"))
        texts.append(Text(x(value), _BASE + 20, label, anchor))
    texts.append(Text(_LEFT, _BASE + 40, words.across, "start", "axis"))
    return lines, texts
