"""Bars of answers that have no two sides: shares of who ticked, and the middle half of numbers."""

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
    axis_marks,
)

_THICK = 14.0


@dataclass(frozen=True, slots=True)
class AnswerBar:
    """A bar from one value to another, with a line across or along it, and how it is said."""

    words: str
    start: float
    end: float
    low: float
    high: float


def share_bars(chart_id: str, title: str, finding: str, bars: Sequence[AnswerBar]) -> Chart:
    """Shares in per cent from zero, each with its interval.

    Parameters
    ----------
    chart_id, title, finding
        Its identifier, what it shows, and what it finds.
    bars
        The bars from the top; ``low`` and ``high`` are the ends of the interval.

    Examples
    --------
    >>> chart = share_bars("a", "A", "Half ticked.", [AnswerBar("All: 50%", 0, 50, 40, 60)])
    >>> len(chart.bands), len(chart.legend) > 0
    (1, True)
    """
    legend = "A bar is the share; the black line is its 95% interval."
    x = ValueScale([0.0, 100.0], LEFT, RIGHT)
    return _bars(Chart(chart_id, title, finding, 0, legend=legend), bars, x, "Per cent")


def middle_bars(chart_id: str, title: str, finding: str, bars: Sequence[AnswerBar]) -> Chart:
    """The middle half of numbers, each with its median.

    Parameters
    ----------
    chart_id, title, finding
        Its identifier, what it shows, and what it finds.
    bars
        The bars from the top, from the lower to the upper quartile; ``low`` and ``high`` are both
        the median.

    Examples
    --------
    >>> middle_bars("a", "A", "Ten.", [AnswerBar("All: 10", 5, 20, 10, 10)]).legend[:5]
    'A bar'
    """
    legend = "A bar is the middle half of the numbers; the black line is the median."
    x = ValueScale([0.0, *(value for one in bars for value in (one.start, one.end))], LEFT, RIGHT)
    return _bars(Chart(chart_id, title, finding, 0, legend=legend), bars, x, "Number given")


def _bars(chart: Chart, bars: Sequence[AnswerBar], x: ValueScale, axis: str) -> Chart:
    texts: list[Text] = []
    bands: list[Band] = []
    lines: list[LineMark] = []
    y = 0.0
    for one in bars:
        for words in wrap(one.words, LINE_ON_A_PHONE):
            y += 18
            texts.append(Text(LEFT, y, words, "start"))
        y += 6
        width = round(x(one.end) - x(one.start), 2)
        bands += [Band(x(one.start), y, width, _THICK, "share")] if width else []
        middle = y + _THICK / 2
        across = one.low == one.high
        top, foot = (y - 2, y + _THICK + 2) if across else (middle, middle)
        lines.append(LineMark(x(one.low), top, x(one.high), foot, "median"))
        y += _THICK + 10
    marks, words_of_axis = axis_marks(x, y + 6, axis)
    return Chart(
        id=chart.id,
        title=chart.title,
        finding=chart.finding,
        height=y + 50,
        bands=tuple(bands),
        lines=(*lines, *marks),
        texts=(*texts, *words_of_axis),
        legend=chart.legend,
    )
