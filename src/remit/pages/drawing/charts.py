"""Charts as marks, which a template draws as inline SVG.

Places across are percentages of the width and places down are pixels. So a chart fills a phone
or a wide screen without scaling its words, which a scaled picture would make unreadable; it
takes its colours from the style sheet; and it is made in a fraction of a millisecond, which
matters for a thousand pages.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from textwrap import wrap
from typing import Literal

from markupsafe import Markup

from remit.words.figures import number_words

LEFT, RIGHT = 2.0, 98.0
"""The part of the width that values are drawn in, in per cent."""

LINE_ON_A_PHONE = 36
"""So many characters of a row's name fit on a screen 320 pixels wide."""

Shape = Literal["circle", "square", "triangle", "diamond"]
SHAPES: tuple[Shape, ...] = ("circle", "square", "triangle")


@dataclass(frozen=True, slots=True)
class LineMark:
    """A line from one place to another."""

    x1: float
    y1: float
    x2: float
    y2: float
    css: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark at one place."""

    x: float
    y: float
    shape: Shape
    css: str

    @property
    def circle(self) -> Markup:
        """Itself as a circle, of which a chart of all organisations has a hundred."""
        return _circle(self.css, self.x, self.y)


# The dots of others stand in the same places on the page of each.
@lru_cache(maxsize=1 << 12)
def _circle(css: str, x: float, y: float) -> Markup:
    return Markup('<circle class="{}" cx="{}%" cy="{}" r="4"/>').format(css, x, y)


@dataclass(frozen=True, slots=True)
class Band:
    """A filled rectangle; ``width`` is in per cent, ``height`` in pixels."""

    x: float
    y: float
    width: float
    height: float
    css: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place; ``anchor`` says which end stands there."""

    x: float
    y: float
    words: str
    anchor: Literal["start", "middle", "end"]
    css: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its name, the finding it shows, and its marks from back to front."""

    id: str
    title: str
    finding: str
    height: float
    bands: tuple[Band, ...] = ()
    lines: tuple[LineMark, ...] = ()
    dots: tuple[Dot, ...] = ()
    texts: tuple[Text, ...] = ()
    legend: str = ""


@dataclass(frozen=True, slots=True)
class DrawnValue:
    """A value to be drawn, its shape, and whether it is the one that the page is about."""

    value: float
    shape: Shape = "circle"
    own: bool = False


@dataclass(frozen=True, slots=True)
class Marker:
    """A value to be drawn as a line with its name."""

    value: float
    words: str
    css: str


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One row of a row chart: a name, its value and how the value is printed."""

    words: str
    value: float | None
    said: str


@dataclass(frozen=True, slots=True)
class ShareOfWhole:
    """One share of a whole, from 0 to 1, with its words."""

    words: str
    share: float


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """One period of a history: the score, its words, and the cut points that held."""

    label: str
    value: float | None
    said: str
    cut_points: tuple[float, ...]


class ValueScale:
    """Values to places, with round ticks."""

    def __init__(self, values: Iterable[float], start: float, end: float, ticks: int = 5) -> None:
        found = list(values)
        low, high = min(found), max(found)
        step = _round_step((high - low) or abs(high) or 1.0, ticks)
        self.low = math.floor(low / step + 1e-9) * step
        self.high = max(math.ceil(high / step - 1e-9) * step, self.low + step)
        self.step = step
        self._start, self._end = start, end

    def __call__(self, value: float) -> float:
        """The place of a value."""
        share = (value - self.low) / (self.high - self.low)
        return round(self._start + share * (self._end - self._start), 2)

    def ticks(self) -> list[tuple[float, str]]:
        """The round values and their labels."""
        count = round((self.high - self.low) / self.step)
        # A step of 2.5 needs a decimal, or its labels would be rounded to unequal steps.
        decimals = next((d for d in range(12) if math.isclose(round(self.step, d), self.step)), 12)
        values = [self.low + i * self.step for i in range(count + 1)]
        return [(value, number_words(value, decimals)) for value in values]


def distribution(
    chart_id: str,
    title: str,
    finding: str,
    points: Sequence[DrawnValue],
    markers: Sequence[Marker] = (),
    *,
    axis: str,
    legend: str = "",
) -> Chart:
    """Every value as a dot above an axis; equal ones are stacked; markers are lines with names."""
    x = ValueScale([p.value for p in points] + [m.value for m in markers], LEFT, RIGHT)
    top = 20.0 * len(markers) + 8
    heights, depth = _stacked(points, x)
    base = top + depth + 8
    dots = [
        Dot(x(p.value), base - 8 - height, "diamond" if p.own else p.shape, _dot_css(p))
        for p, height in zip(points, heights, strict=True)
    ]
    lines, texts = axis_marks(x, base, axis)
    for place, marker in enumerate(markers):
        y = 20.0 * place + 14
        lines.append(LineMark(x(marker.value), y - 10, x(marker.value), base, marker.css))
        texts.append(_beside(x(marker.value), y, marker.words))
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        height=base + 44,
        lines=tuple(lines),
        dots=tuple(sorted(dots, key=lambda dot: dot.shape == "diamond")),
        texts=tuple(texts),
        legend=legend,
    )


def rows(
    chart_id: str,
    title: str,
    finding: str,
    entries: Sequence[ChartRow],
    cut_points: Sequence[float] = (),
    *,
    axis: str,
    ends: tuple[float, float] = (1.0, 4.0),
) -> Chart:
    """One line a row, with a dot at its value; cut points are ticks on every line."""
    x = ValueScale(ends, LEFT, RIGHT)
    lines: list[LineMark] = []
    dots: list[Dot] = []
    texts: list[Text] = []
    y = 0.0
    for entry in entries:
        for words in wrap(f"{entry.words}: {entry.said}", LINE_ON_A_PHONE):
            y += 18
            texts.append(Text(LEFT, y, words, "start"))
        y += 16
        lines.append(LineMark(LEFT, y, RIGHT, y, "track"))
        lines.extend(LineMark(x(cut), y - 7, x(cut), y + 7, "cut") for cut in cut_points)
        if entry.value is not None:
            dots.append(Dot(x(entry.value), y, "diamond", "own"))
        y += 14
    base = y + 10
    axis_lines, axis_texts = axis_marks(x, base, axis)
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        height=base + 44,
        lines=(*lines, *axis_lines),
        dots=tuple(dots),
        texts=(*texts, *axis_texts),
        legend="The small strokes across each line are the segment cut points."
        if cut_points
        else "",
    )


def history(chart_id: str, title: str, finding: str, moments: Sequence[HistoryPoint]) -> Chart:
    """A score over periods, on the bands of the segments as they were cut in each."""
    seen = [m.value for m in moments if m.value is not None]
    cuts = [cut for m in moments for cut in m.cut_points]
    # The outer bands need room for their names.
    room = [min(cuts) - 0.2, max(cuts) + 0.2] if cuts else []
    y = ValueScale([*seen, *cuts, *room], 30, 230, ticks=4)
    width = 100 / len(moments)
    bands: list[Band] = []
    texts: list[Text] = []
    places: list[tuple[float, float]] = []
    for place, moment in enumerate(moments):
        left = place * width
        bands.extend(_segment_bands(moment.cut_points, left, width, y))
        middle = round(left + width / 2, 2)
        texts.append(Text(middle, 254, moment.label, "middle"))
        if moment.value is not None:
            places.append((middle, y(moment.value)))
            texts.append(Text(middle, y(moment.value) - 12, moment.said, "middle", "strong"))
    first = next((place for place, moment in enumerate(moments) if moment.cut_points), None)
    if first is not None:
        texts.extend(_segment_names(moments[first].cut_points, first * width, y))
    joins = pairwise(places)
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        height=264,
        bands=tuple(bands),
        lines=tuple(LineMark(*start, *end, "path") for start, end in joins),
        dots=tuple(Dot(*place, "diamond", "own") for place in places),
        texts=tuple(texts),
        legend="A better score is higher up."
        + (" The bands are the segments as they were cut then." if bands else ""),
    )


def stacked_bars(
    chart_id: str, title: str, finding: str, bars: Sequence[tuple[str, Sequence[int]]]
) -> Chart:
    """One bar a row, divided by counts; each part carries its number."""
    bands: list[Band] = []
    texts: list[Text] = []
    for place, (words, counts) in enumerate(bars):
        y, left, whole = 64.0 * place + 26, 0.0, sum(counts) or 1
        texts.append(Text(0, y - 8, words, "start"))
        for segment, count in enumerate(counts, start=1):
            width = round(100 * count / whole, 2)
            if not count:
                continue
            bands.append(Band(left, y, width, 28, f"segment-{segment}"))
            middle = round(left + width / 2, 2)
            texts.append(Text(middle, y + 19, str(count), "middle", f"on-{segment}"))
            left = round(left + width, 2)
    return Chart(chart_id, title, finding, 64.0 * len(bars), bands=tuple(bands), texts=tuple(texts))


def shares(chart_id: str, title: str, finding: str, entries: Sequence[ShareOfWhole]) -> Chart:
    """One bar a share, on a track that is the whole."""
    bands: list[Band] = []
    texts: list[Text] = []
    for place, entry in enumerate(entries):
        y = 44.0 * place + 18
        texts.append(Text(0, y, entry.words, "start"))
        bands.append(Band(0, y + 6, 100, 14, "whole"))
        if entry.share > 0:
            bands.append(Band(0, y + 6, round(100 * entry.share, 2), 14, "share"))
    return Chart(
        chart_id, title, finding, 44.0 * len(entries), bands=tuple(bands), texts=tuple(texts)
    )


def _round_step(span: float, ticks: int) -> float:
    """A step of 1, 2, 2.5 or 5 times a power of ten that gives about so many ticks."""
    raw = span / ticks
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * m for m in (1.0, 2.0, 2.5, 5.0, 10.0) if power * m >= raw - 1e-12)


def _stacked(points: Sequence[DrawnValue], x: ValueScale) -> tuple[list[float], float]:
    """How high each dot stands on those before it, and the height of the highest."""
    bins = [round(x(point.value) / 1.6) for point in points]
    highest = max(Counter(bins).values())
    pitch = min(9.0, 150 / highest)
    so_far: Counter[int] = Counter()
    heights = []
    for place in bins:
        heights.append(round(so_far[place] * pitch, 1))
        so_far[place] += 1
    return heights, max(highest * pitch, 24.0)


def _dot_css(point: DrawnValue) -> str:
    return "own" if point.own else f"trust {point.shape}"


def axis_marks(x: ValueScale, base: float, title: str) -> tuple[list[LineMark], list[Text]]:
    """An axis with its ticks and its title, below everything else."""
    lines = [LineMark(LEFT, base, RIGHT, base, "axis")]
    texts = []
    ticks = x.ticks()
    for place, (value, label) in enumerate(ticks):
        lines.append(LineMark(x(value), base, x(value), base + 5, "axis"))
        anchor: Literal["start", "middle", "end"] = "middle"
        if place == 0:
            anchor = "start"
        elif place == len(ticks) - 1:
            anchor = "end"
        texts.append(Text(x(value), base + 19, label, anchor))
    texts.append(Text(LEFT, base + 38, title, "start", "axis"))
    return lines, texts


def _beside(x: float, y: float, words: str) -> Text:
    """Words beside a line, on the side that has more room."""
    if x < 55:
        return Text(round(x + 0.8, 2), y, words, "start")
    return Text(round(x - 0.8, 2), y, words, "end")


def _segment_bands(
    cut_points: Sequence[float], left: float, width: float, y: ValueScale
) -> Iterable[Band]:
    if not cut_points:
        return
    edges = [20.0, *(y(cut) for cut in cut_points), 236.0]
    for segment, (top, bottom) in enumerate(pairwise(edges), start=1):
        css = f"zone-{segment}"
        yield Band(round(left, 2), top, round(width, 2), round(max(bottom - top, 0), 2), css)


def _segment_names(cut_points: Sequence[float], left: float, y: ValueScale) -> Iterable[Text]:
    tops = [20.0, *(y(cut) for cut in cut_points)]
    for segment, top in enumerate(tops, start=1):
        yield Text(round(left + 0.6, 2), top + 14, f"Segment {segment}", "start", "zone")
