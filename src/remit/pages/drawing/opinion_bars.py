"""Opinion as bars to either side of a middle: disagreement to the left, agreement to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from remit.pages.drawing.charts import (
    LEFT,
    LINE_ON_A_PHONE,
    RIGHT,
    Band,
    Chart,
    LineMark,
    Text,
    ValueScale,
)

_THICK = 16.0
_COLOURS = {
    "good": ("better", "worse"),
    "bad": ("worse", "better"),
    "neither": ("share", "trust"),
}
"""The colours of who agrees and who disagrees: agreement that is bad news is never green."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The answers of a group in per cent, and how they are said; ``low`` and ``high`` of agree."""

    words: str
    agree: float
    neutral: float
    disagree: float
    low: float
    high: float


def opinion_bars(
    chart_id: str, title: str, finding: str, opinions: Sequence[Opinion], polarity: str
) -> Chart:
    """One bar a group about the middle of those who are neutral.

    Parameters
    ----------
    chart_id, title, finding
        Its identifier, what it shows, and what it finds.
    opinions
        The groups, from the top.
    polarity
        ``good``, ``bad`` or ``neither``: whether agreement is good news.

    Examples
    --------
    >>> chart = opinion_bars("a", "A", "Half agree.", [Opinion("All", 50, 20, 30, 40, 60)], "good")
    >>> [band.css for band in chart.bands]
    ['worse', 'whole', 'better']
    """
    x = ValueScale([-100.0, 100.0], LEFT, RIGHT)
    agrees, disagrees = _COLOURS[polarity]
    texts: list[Text] = []
    bands: list[Band] = []
    lines: list[LineMark] = []
    y = 0.0
    for one in opinions:
        for words in wrap(one.words, LINE_ON_A_PHONE):
            y += 18
            texts.append(Text(LEFT, y, words, "start"))
        y += 6
        half = one.neutral / 2
        for start, end, css in (
            (-half - one.disagree, -half, disagrees),
            (-half, half, "whole"),
            (half, half + one.agree, agrees),
        ):
            if end > start:
                width = round(x(end) - x(start), 2)
                bands.append(Band(x(start), y, width, _THICK, css))
        lines.append(LineMark(x(0.0), y - 2, x(0.0), y + _THICK + 2, "quartile"))
        middle = y + _THICK / 2
        lines.append(LineMark(x(half + one.low), middle, x(half + one.high), middle, "median"))
        y += _THICK + 12
    return Chart(
        id=chart_id,
        title=title,
        finding=finding,
        height=y + 8,
        bands=tuple(bands),
        lines=tuple(lines),
        texts=tuple(texts),
        legend=(
            "Right of the middle: the first side of the scale; left: the other; grey: neither. The "
            "black line is the 95% interval of the first."
        ),
    )
