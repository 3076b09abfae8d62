"""The plot of a drawing: where time and values lie, and which targets lie off its scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise

from remit.pages.drawing.charts import ValueScale
from remit.pages.drawing.control.drawn import Caption, SpcLook
from remit.pages.drawing.marks.mark import CHARACTER, text_width
from remit.signals.points import Point
from remit.signals.sentence import limits_that_can_be
from remit.words.figures import trimmed_words, value_words, with_unit

FAR = 2.0
"""A target that would make the scale so many times as wide stands at its edge."""

BADGE = 20.0
"""So far apart are the signs of notes, and so high is a row of them."""

ROW = 20.0
_DATES, _LARGE = 28.0, 1.25


@dataclass(frozen=True, slots=True)
class DrawnAim:
    """A stretch of time with one target, and the side on which it lies off the scale, or 0."""

    value: float
    first: Point
    last: Point
    side: int = 0


@dataclass(frozen=True, slots=True)
class EndLabel:
    """A line's name at the right edge."""

    value: float
    words: str
    css: str


@dataclass(frozen=True, slots=True)
class Plot:
    """What all layers of a drawing share; ``half`` is half a step from point to point."""

    look: SpcLook
    left: float
    right: float
    top: float
    base: float
    lanes: int
    up: ValueScale
    points: tuple[Point, ...]
    held: tuple[Point, ...]
    aims: tuple[DrawnAim, ...]
    labels: tuple[EndLabel, ...]
    members_since: date | None
    names: tuple[str, ...]
    half: float

    def across(self, point: Point) -> float:
        """The place of a point from the left."""
        return self.at(point.start)

    def at(self, day: date) -> float:
        """The place of a day from the left."""
        return _place(day, self.points, self.left, self.right)

    def is_other(self, point: Point) -> bool:
        """Whether its sum had other members than the latest one."""
        return self.members_since is not None and point.start < self.members_since

    def limits(self, point: Point) -> tuple[float, float] | None:
        """The limits that are drawn of a point: none of other members, none that cannot be."""
        if point.lower is None or point.upper is None or self.is_other(point):
            return None
        return point.lower, point.upper


def plots(
    points: Sequence[Point], caption: Caption, looks: Sequence[SpcLook], signs: int
) -> Iterator[Plot]:
    """Lay a plot out for each look.

    Parameters
    ----------
    points
        In order of time.
    caption
        What is written on the chart and below it.
    looks
        The widths for which it is drawn; what they share is worked out once.
    signs
        How many notes and changes stand above it.

    Examples
    --------
    ``[drawn(one) for one in plots(points, caption, LOOKS, signs=0)]``
    """
    shown = tuple(_possible(points, caption.unit))
    held = tuple(point for point in shown if point.value is not None)
    since = _members_since(held, caption)
    reach = _reach(held, since)
    aims = tuple(_sided(aim, reach) for aim in _aims(held))
    labels = tuple(_labels(held[-1], aims, caption.unit))
    near = [aim.value for aim in aims if not aim.side]
    rough = ValueScale([*reach, *near], 1.0, 0.0, ticks=4)
    left = 12.0 + max(text_width(words) for words in tick_words(rough, caption.unit))
    widest = max(_label_width(label) for label in labels)
    sides = {aim.side for aim in aims}
    names = tuple(f"{point.label}: {value_words(point.value, caption.unit)}" for point in held)
    for look in looks:
        right = look.width - 14.0 - widest
        lanes = -(-signs * int(BADGE) // max(int(right - left), 1))
        top = 12.0 + lanes * BADGE + (ROW if 1 in sides else 0.0)
        base = look.height - _DATES
        low = base - (ROW if -1 in sides else 6.0)
        up = ValueScale([*reach, *near], low, top, ticks=4)
        half = _half_a_step([_place(point.start, shown, left, right) for point in shown])
        yield Plot(
            look, left, right, top, base, lanes, up, shown, held, aims, labels, since, names, half
        )


def _place(day: date, points: Sequence[Point], left: float, right: float) -> float:
    first, last = points[0].start, points[-1].start
    if first == last:
        return (left + right) / 2
    share = (day - first).days / (last - first).days
    return left + min(max(share, 0.0), 1.0) * (right - left)


def _half_a_step(places: Sequence[float]) -> float:
    steps = [other - one for one, other in pairwise(places)]
    return min(steps) / 2 if steps else 12.0


def tick_words(scale: ValueScale, unit: str) -> list[str]:
    """The figures of the axis; the highest bears the per cent sign."""
    words = [words for _, words in scale.ticks()]
    return [*words[:-1], f"{words[-1]}%"] if unit == "percent" else words


def aim_words(value: float, unit: str) -> str:
    """A target's number with its unit."""
    return with_unit(trimmed_words(value), unit)


def _possible(points: Sequence[Point], unit: str) -> Iterator[Point]:
    """The points with limits that can be: no share below nothing or above all."""
    values = [point.value for point in points if point.value is not None]
    for point in points:
        if point.lower is None or point.upper is None:
            yield point
            continue
        lower, upper = limits_that_can_be(values, unit, point.lower, point.upper)
        yield replace(point, lower=lower, upper=upper)


def _members_since(held: Sequence[Point], caption: Caption) -> date | None:
    """From when on the sum has the members that it has now; None where it always had."""
    changes = [one.on for one in caption.rebases if one.of_members]
    return max((on for on in changes if held[0].start < on <= held[-1].start), default=None)


def _reach(held: Iterable[Point], since: date | None) -> list[float]:
    """All heights that must be seen: those of targets are not among them."""
    found: list[float | None] = []
    for point in held:
        found += [point.value, point.trajectory]
        if since is None or point.start >= since:
            found += [point.mean, point.lower, point.upper]
    return [value for value in found if value is not None]


def _aims(held: Sequence[Point]) -> list[DrawnAim]:
    runs = [list(run) for _, run in groupby(held, key=lambda point: point.target)]
    return [DrawnAim(run[0].target, run[0], run[-1]) for run in runs if run[0].target is not None]


def _sided(aim: DrawnAim, reach: Sequence[float]) -> DrawnAim:
    low, high = min(reach), max(reach)
    wide = max(high, aim.value) - min(low, aim.value)
    if high == low or wide <= FAR * (high - low):
        return aim
    return DrawnAim(aim.value, aim.first, aim.last, 1 if aim.value > high else -1)


def _labels(last: Point, aims: Sequence[DrawnAim], unit: str) -> Iterator[EndLabel]:
    """The names of the lines at the right edge, that of the latest value among them."""
    if last.upper is not None and last.lower is not None:
        yield EndLabel(last.upper, value_words(last.upper, unit), "spc-quiet")
        if last.upper != last.lower:
            yield EndLabel(last.lower, value_words(last.lower, unit), "spc-quiet")
    if last.mean is not None:
        yield EndLabel(last.mean, f"mean {value_words(last.mean, unit)}", "spc-quiet")
    if aims and aims[-1].last == last and not aims[-1].side:
        yield EndLabel(aims[-1].value, f"target {aim_words(aims[-1].value, unit)}", "spc-aim")
    if last.trajectory is not None:
        yield EndLabel(last.trajectory, f"plan {value_words(last.trajectory, unit)}", "spc-aim")
    yield EndLabel(last.value or 0.0, value_words(last.value, unit), "spc-latest")


def _label_width(label: EndLabel) -> float:
    large = _LARGE if label.css == "spc-latest" else 1.0
    return CHARACTER * len(label.words) * large
