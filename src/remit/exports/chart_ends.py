"""Names at the ends of a chart's lines, with their last figures, none upon another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from remit.exports.fitting import inches_of
from remit.exports.rooms import INCH, Room
from remit.exports.slide_look import SlideLook
from remit.exports.slide_words import SaidWords, write
from remit.report.view import ReportLine
from remit.words.figures import plain_number, value_words, without_unit

_LAST = 1.2
"""How much larger the last figure's letters are."""

_LEFT, _TOP, _FOOT = 0.09, 0.05, 0.15
"""The shares of a chart that its axes and its head take."""

_LINE = 1.25
_INSET = 0.04
_ROUNDS = 60


@dataclass(slots=True)
class _End:
    """The end of a line: the words there, its value, and how far beneath the plot's top they go."""

    words: str
    value: float
    strong: bool = False
    place: float = 0.0


def ends_room(line: ReportLine, points: float, wider: float) -> float:
    """How wide, in inches, the names at the ends of a chart's lines are.

    Parameters
    ----------
    line
        What the chart is of.
    points
        The size of letters.
    wider
        How much wider than Arial the font is.

    Examples
    --------
    ``ends_room(line, 12, 1.0)``
    """
    sizes = (inches_of(end.words, points * (_LAST if end.strong else 1), bold=end.strong)
             for end in _ends(line))  # fmt: skip
    return max(sizes, default=0.0) * wider + 2 * _INSET + 0.05


def label_ends(shapes: Any, frame: Any, line: ReportLine, style: tuple[float, SlideLook]) -> None:
    """Name the lines of a chart beside their right ends and take its legend away.

    The names are boxes of words beside the chart: office programs break and move the labels of
    points each in its own way, so that they would stand on each other.

    Parameters
    ----------
    shapes
        The shapes of the slide.
    frame
        The frame of the chart.
    line
        What it is of.
    style
        The size of letters, and the look.
    """
    points, look = style
    ends = sorted(_ends(line), key=lambda end: -end.value)
    chart = frame.chart
    chart.has_legend = False
    _lay_out(chart)
    height, top = frame.height / INCH, frame.top / INCH
    least = points * _LINE / 72
    ends = _with_room(ends, height * (1 - _TOP), least)
    _apart(ends, chart.value_axis, height * (1 - _TOP - _FOOT), least)
    width = ends_room(line, points, look.wider)
    for end in ends:
        size = points * (_LAST if end.strong else 1)
        tall = size * _LINE / 72 + 0.02
        middle = top + height * _TOP + end.place
        place = Room((frame.left + frame.width) / INCH, middle - tall / 2, width, tall)
        _name(shapes, place, end, (size, look))


def _name(shapes: Any, place: Room, end: _End, style: tuple[float, SlideLook]) -> None:
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches

    size, look = style
    box = shapes.add_textbox(*place.emu)
    frame = box.text_frame
    write(frame, [SaidWords(end.words, strong=end.strong, quiet=not end.strong)], size, look)
    frame.paragraphs[0].space_after = 0
    frame.margin_left = frame.margin_right = Inches(_INSET)
    frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _ends(line: ReportLine) -> Iterator[_End]:
    """What is named: the last figure, its mean and limits, the target and the own trajectory."""
    last = next(point for point in reversed(line.points) if point.value is not None)
    unit = line.metric.unit
    if last.value is not None:
        yield _End(_figure(last.value, unit), last.value, strong=True)
    for word, value in (("goal ", last.target), ("own plan ", last.trajectory)):
        if value is not None:
            yield _End(f"{word}{plain_number(value)}{'%' if unit == 'percent' else ''}", value)
    for word, value in (("", last.upper), ("mean ", last.mean), ("", last.lower)):
        if value is not None:
            yield _End(f"{word}{_figure(value, unit)}", value)


def _figure(value: float, unit: str) -> str:
    """A figure as it is printed elsewhere; of its unit only a sign is kept, for want of room."""
    return without_unit(value_words(value, unit), unit)


def _lay_out(chart: Any) -> None:
    """Give the plot its place in the chart, so that it is known where its lines end."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    area = chart._chartSpace.chart.plotArea
    for former in area.findall(qn("c:layout")):
        area.remove(former)
    sides = (("x", _LEFT), ("y", _TOP), ("w", 1 - _LEFT), ("h", 1 - _TOP - _FOOT))
    said = "".join(f"<c:{name} val='{value:.4f}'/>" for name, value in sides)
    layout = (
        f"<c:layout {nsdecls('c')}><c:manualLayout><c:layoutTarget val='inner'/>"
        f"<c:xMode val='edge'/><c:yMode val='edge'/>{said}</c:manualLayout></c:layout>"
    )
    area.insert(0, parse_xml(layout))


def _with_room(ends: Sequence[_End], height: float, least: float) -> list[_End]:
    """The names that have room beside a plot: on a small one the limits go without."""
    kept = list(ends)
    for needless in [end for end in ends if not end.strong and end.words[:1].isdigit()]:
        if (len(kept) + 1) * (least + 0.02) > height:
            kept.remove(needless)
    return kept


def _apart(ends: Sequence[_End], axis: Any, height: float, least: float) -> None:
    """Give each name its place from the top of the plot; none stands on another.

    The highest value stays uppermost. Names that meet are moved apart by the same way, and all
    stay beside the plot.
    """
    span = axis.maximum_scale - axis.minimum_scale
    rooms = [least * (_LAST if end.strong else 1) + 0.02 for end in ends]
    for end in ends:
        end.place = (axis.maximum_scale - end.value) / span * height
    for _ in range(_ROUNDS):
        for (one, above), (other, beneath) in pairwise(zip(ends, rooms, strict=True)):
            lack = (above + beneath) / 2 - (other.place - one.place)
            if lack > 0:
                one.place, other.place = one.place - lack / 2, other.place + lack / 2
        for end in ends:
            end.place = min(max(end.place, 0.0), height)
    # What is left of meeting after these rounds goes upwards: beneath the plot stands its key.
    pairs = list(pairwise(zip(ends, rooms, strict=True)))
    for (one, above), (other, beneath) in reversed(pairs):
        one.place = min(one.place, other.place - (above + beneath) / 2)
    for (one, above), (other, beneath) in pairs:
        other.place = max(other.place, one.place + (above + beneath) / 2)
