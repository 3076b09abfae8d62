"""Charts of parts: a waterfall from one figure to another, and bars to either side of zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from textwrap import wrap

from remit.pages.drawing.charts import (
    LEFT,
    LINE_ON_A_PHONE,
    RIGHT,
    Band,
    Chart,
    Dot,
    LineMark,
    Text,
    ValueScale,
    axis_marks,
)

_THICK = 16.0
_LEAST_WIDTH = 0.4
"""A bar is never narrower than this share of the width, in per cent, so that it can be seen."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount: its name, its size (above zero is worse) and how it is printed."""

    words: str
    value: float
    said: str


def waterfall(
    chart_id: str,
    title: str,
    finding: str,
    ends: tuple[Amount, Amount],
    parts: Sequence[Amount],
    *,
    axis: str,
) -> Chart:
    """A figure before, what each part adds to it, and the figure after."""
    first, last = ends
    levels = list(accumulate((part.value for part in parts), initial=first.value))
    x = ValueScale([*levels, last.value], LEFT, RIGHT)
    texts, places, y = _rows([first, *parts, last])
    bands = [
        _bar(x(start), x(start + part.value), place, part.value)
        for part, start, place in zip(parts, levels, places[1:], strict=False)
    ]
    joins = [
        LineMark(x(level), places[row], x(level), places[row + 1], "join")
        for row, level in enumerate(levels)
    ]
    lines, words = axis_marks(x, y + 10, axis)
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        height=y + 54,
        bands=tuple(bands),
        lines=(*joins, *lines),
        dots=(
            Dot(x(first.value), places[0], "diamond", "own"),
            Dot(x(last.value), places[-1], "diamond", "own"),
        ),
        texts=(*texts, *words),
        legend=f"The diamonds are before and after.{_bars_words(parts)}",
    )


def _bars_words(parts: Sequence[Amount]) -> str:
    """What the colours of the bars that are there mean."""
    worse, better = (any(way * part.value > 0 for part in parts) for way in (1, -1))
    if worse and better:
        return " A bar in red goes right, for the worse; one in green goes left, for the better."
    if worse:
        return " A bar in red goes right, for the worse."
    return " A bar in green goes left, for the better." if better else ""


def side_bars(
    chart_id: str, title: str, finding: str, amounts: Sequence[Amount], *, axis: str
) -> Chart:
    """One bar an amount, to the right of zero where it is for the worse."""
    x = ValueScale([0.0, *(amount.value for amount in amounts)], LEFT, RIGHT)
    texts, places, y = _rows(amounts)
    bars = zip(amounts, places, strict=True)
    lines, words = axis_marks(x, y + 10, axis)
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        height=y + 54,
        bands=tuple(_bar(x(0.0), x(one.value), place, one.value) for one, place in bars),
        lines=(LineMark(x(0.0), 4, x(0.0), y + 10, "median"), *lines),
        texts=(*texts, *words),
        legend="A bar to the right of the line is for the worse, to the left for the better.",
    )


def _rows(amounts: Iterable[Amount]) -> tuple[list[Text], list[float], float]:
    """The names of the rows, the middle of each row's bar, and where the last one ends."""
    texts: list[Text] = []
    places: list[float] = []
    y = 0.0
    for amount in amounts:
        for words in wrap(f"{amount.words}: {amount.said}", LINE_ON_A_PHONE):
            y += 18
            texts.append(Text(LEFT, y, words, "start"))
        y += 16
        places.append(y)
        y += 14
    return texts, places, y


def _bar(start: float, end: float, middle: float, value: float) -> Band:
    left, width = min(start, end), max(abs(end - start), _LEAST_WIDTH)
    css = "worse" if value > 0 else "better"
    return Band(round(left, 2), middle - _THICK / 2, round(width, 2), _THICK, css)
