"""The chart beside a finding: a series with its usual range, its signals, its goal, its last value.

It is drawn at its own size, wide and narrow, with its text at 13 pixels or more in both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from remit.pages.drawing.marks.mark import (
    CHARACTER,
    DrawnMark,
    box,
    line,
    path,
    point,
    svg,
    text,
)
from remit.words.figures import published_words

WIDE, NARROW = (330, 104), (280, 104)
_TOP, _BOTTOM, _EDGE, _LEAST_ROOM = 12.0, 80.0, 5.0, 54.0
_ROW = 18.0
"""The height of the row above or below the values in which a goal off their scale stands."""

Shape = Literal["usual", "worse", "better", "before"]
_SAID = {
    "usual": "as usual",
    "worse": "worse than chance explains",
    "better": "better than chance explains",
    "before": "changed by more than chance explains",
}


@dataclass(frozen=True, slots=True)
class ChartedMonth:
    """A point: its period, its value or None, its shape, and what was usual then."""

    label: str
    value: float | None
    shape: Shape = "usual"
    usual: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class FindingChart:
    """A series in order of time; ``said`` is its last value as it is printed beside it.

    A goal that lies off the scale of the values is drawn at its edge, with an arrow.
    """

    name: str
    months: tuple[ChartedMonth, ...]
    said: str
    unit: str
    goal: float | None = None

    @property
    def known(self) -> list[tuple[int, float]]:
        """The places and values of the months that have one."""
        return [(n, one.value) for n, one in enumerate(self.months) if one.value is not None]


def finding_chart_mark(given: FindingChart) -> DrawnMark:
    """The chart of a finding.

    >>> months = (ChartedMonth("Jan", 4.0), ChartedMonth("Feb", 9.0, "worse", (3.0, 5.0)))
    >>> finding_chart_mark(FindingChart("Waits", months, "9.0%", "percent")).sentence
    'Waits, Jan to Feb: 9.0% in Feb, worse than chance explains. Usual range 3% to 5%.'
    """
    said = _sentence(given)
    wide, narrow = (svg("finding", size, said, _shapes(given, size)) for size in (WIDE, NARROW))
    return DrawnMark(wide, said, narrow)


@dataclass(frozen=True, slots=True)
class _Scales:
    x: Callable[[float], float]
    y: Callable[[float], float]
    low: float
    high: float
    right: float


def _scales(given: FindingChart, size: tuple[int, int]) -> _Scales:
    longest = max(len(given.said), len(_goal(given)) + len(" ▲") if given.goal is not None else 0)
    room = max(_LEAST_ROOM, 8 + CHARACTER * longest)
    right = size[0] - min(room, size[0] / 2)
    reach = [value for _, value in given.known]
    reach += [end for one in given.months if one.usual for end in one.usual]
    low, high = min(reach), max(reach)
    if given.goal is not None and _is_near(given.goal, low, high):
        low, high = min(low, given.goal), max(high, given.goal)
    above = given.goal is not None and given.goal > high
    below = given.goal is not None and given.goal < low
    top, bottom = _TOP + _ROW * above, _BOTTOM - _ROW * below
    steps = max(len(given.months) - 1, 1)

    def x(place: float) -> float:
        return _EDGE + place * (right - 2 * _EDGE) / steps

    def y(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return bottom - min(max(share, 0.0), 1.0) * (bottom - top)

    return _Scales(x, y, low, high, right)


def _is_near(goal: float, low: float, high: float) -> bool:
    """Whether a goal can be drawn without pressing the values into half of the height."""
    return max(high, goal) - min(low, goal) <= 1.6 * (high - low)


def _goal(given: FindingChart) -> str:
    if given.goal is None:
        return ""
    return f"goal {published_words(given.goal, '')}"


def _shapes(given: FindingChart, size: tuple[int, int]) -> list[str]:
    if not given.known:
        return []
    at = _scales(given, size)
    drawn = _bands(given, at)
    drawn += _goal_line(given, at)
    drawn += [path([(at.x(n), at.y(value)) for n, value in run]) for run in _runs(given)]
    drawn += _points(given, at)
    return [*drawn, *_labels(given, at, size)]


def _bands(given: FindingChart, at: _Scales) -> list[str]:
    """A box for each stretch of months that share a usual range."""
    half = (at.x(1) - at.x(0)) / 2 if len(given.months) > 1 else at.right / 2
    found, place = [], 0
    for usual, run in groupby(given.months, key=lambda one: one.usual):
        count = len(list(run))
        if usual:
            left = max(at.x(place) - half, 0.0)
            right = min(at.x(place + count - 1) + half, at.right)
            top, bottom = at.y(usual[1]), at.y(usual[0])
            found.append(box("usual", left, top, right - left, max(bottom - top, 1.0)))
        place += count
    return found


def _goal_line(given: FindingChart, at: _Scales) -> list[str]:
    if given.goal is None:
        return []
    y = at.y(given.goal) if at.low <= given.goal <= at.high else _off(given.goal, at)
    return [line("goal", 0, y, at.right, y)]


def _off(goal: float, at: _Scales) -> float:
    return _TOP - 8 if goal > at.high else _BOTTOM + 4


def _runs(given: FindingChart) -> list[list[tuple[int, float]]]:
    """The stretches without a gap, of two points or more."""
    known = given.known
    groups = groupby(enumerate(known), key=lambda one: one[1][0] - one[0])
    runs = [[found for _, found in run] for _, run in groups]
    return [run for run in runs if len(run) > 1]


def _points(given: FindingChart, at: _Scales) -> list[str]:
    """The signals, and the last point whatever it is."""
    last = given.known[-1][0]
    found = []
    for place, value in given.known:
        one = given.months[place]
        if one.shape != "usual" or place == last:
            title = f"{one.label}: {published_words(value, given.unit)}{_judged(one)}"
            found.append(point(one.shape, at.x(place), at.y(value), title))
    return found


def _judged(month: ChartedMonth) -> str:
    """What the rules say of a point; where they made no usual range it is not called usual."""
    return f", {_SAID[month.shape]}" if month.shape != "usual" or month.usual else ""


def _labels(given: FindingChart, at: _Scales, size: tuple[int, int]) -> list[str]:
    """The last value and the goal at the right, moved apart, and the first and last month."""
    place, value = given.known[-1]
    x, y = at.x(place) + 9, min(max(at.y(value) + 5, 13.0), _BOTTOM + 4)
    found = [text(given.said, x, y, "start", "strong")]
    if given.goal is not None:
        inside = at.low <= given.goal <= at.high
        arrow = "" if inside else " ▲" if given.goal > at.high else " ▼"
        other = _apart(at.y(given.goal) + 4 if inside else _off(given.goal, at) + 5, y)
        found.append(text(f"{_goal(given)}{arrow}", x, other, "start", "goal-words"))
    first, final = given.months[0].label, given.months[-1].label
    found.append(text(first, 0, size[1] - 4.0, "start", "quiet"))
    if final != first:
        found.append(text(final, at.right, size[1] - 4.0, "end", "quiet"))
    return found


def _apart(wanted: float, taken: float) -> float:
    """A height at least a line of text away from one that is taken, within the drawing."""
    wanted = max(wanted, 11.0)
    if abs(wanted - taken) >= 16:
        return wanted
    up, down = taken - 16, taken + 16
    chosen = up if wanted <= taken else down
    if chosen < 11:
        return down
    return up if chosen > _BOTTOM + 6 else chosen


def _sentence(given: FindingChart) -> str:
    if not given.known:
        return f"{given.name}: no value is known."
    place, _ = given.known[-1]
    last = given.months[place]
    span = f"{given.months[0].label} to {given.months[-1].label}"
    said = f"{given.name}, {span}: {given.said} in {last.label}{_judged(last)}."
    if last.usual:
        low, high = (published_words(end, given.unit) for end in last.usual)
        said += f" Usual range {low} to {high}."
    if given.goal is not None:
        said += f" Goal {published_words(given.goal, given.unit)}."
    missing = len(given.months) - len(given.known)
    return f"{said} Missing: {missing}." if missing else said
