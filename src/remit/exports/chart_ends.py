"""Names at the ends of the lines of a chart, with their last figures, kept apart from each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from remit.exports.fitting import inches_of
from remit.exports.rooms import INCH
from remit.exports.slide_look import SlideLook, paint
from remit.report.view import ReportLine
from remit.words.figures import value_words

_LAST = 1.2
"""How much larger the last figure's letters are."""

_LEFT, _TOP, _FOOT = 0.09, 0.05, 0.15
"""The shares of a chart that its axes and its head take."""

_LINE = 1.25


@dataclass(slots=True)
class _End:
    """The end of a series: which one, the words there, its value and where its label goes."""

    series: str
    words: str
    value: float
    strong: bool = False
    moved: float = 0.0


def label_ends(frame: Any, line: ReportLine, style: tuple[float, SlideLook]) -> None:
    """Name the lines of a chart at their right ends and take its legend away.

    Parameters
    ----------
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
    width, height = frame.width / INCH, frame.height / INCH
    widest = max((inches_of(e.words, points * (_LAST if e.strong else 1), bold=e.strong)
                  for e in ends), default=0.0)  # fmt: skip
    room = min(0.4, (widest * look.wider + 0.25) / width)
    _lay_out(chart, room)
    _apart(ends, chart.value_axis, height * (1 - _TOP - _FOOT), points * _LINE / 72)
    by_name = {series.name: series for series in chart.plots[0].series}
    for end in ends:
        series = by_name[end.series]
        values = list(series.values)
        place = max(n for n, value in enumerate(values) if value is not None)
        _label(series.points[place].data_label, end, style, end.moved / height)


def _ends(line: ReportLine) -> Iterator[_End]:
    """What is named: the last figure, its mean and limits, the target and the own trajectory."""
    last = next(point for point in reversed(line.points) if point.value is not None)
    unit = line.metric.unit
    if last.value is not None:
        yield _End("Value", line.said, last.value, strong=True)
    named = (
        ("Upper limit", "", last.upper),
        ("Mean", "mean ", last.mean),
        ("Lower limit", "", last.lower),
        (f"Target: {last.target:g}" if last.target is not None else "", "goal ", last.target),
        ("Own trajectory", "own plan ", last.trajectory),
    )
    for series, word, value in named:
        if value is not None and series:
            yield _End(series, f"{word}{value_words(value, unit)}", value)


def _lay_out(chart: Any, right: float) -> None:
    """Leave room at the right of the plot for the names."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    area = chart._chartSpace.chart.plotArea
    for former in area.findall(qn("c:layout")):
        area.remove(former)
    sides = (("x", _LEFT), ("y", _TOP), ("w", 1 - _LEFT - right), ("h", 1 - _TOP - _FOOT))
    said = "".join(f"<c:{name} val='{value:.4f}'/>" for name, value in sides)
    layout = (
        f"<c:layout {nsdecls('c')}><c:manualLayout><c:layoutTarget val='inner'/>"
        f"<c:xMode val='edge'/><c:yMode val='edge'/>{said}</c:manualLayout></c:layout>"
    )
    area.insert(0, parse_xml(layout))


def _apart(ends: Sequence[_End], axis: Any, height: float, least: float) -> None:
    """Move names that would stand on each other; the highest value stays uppermost."""
    span = axis.maximum_scale - axis.minimum_scale
    natural = [(axis.maximum_scale - end.value) / span * height for end in ends]
    places: list[float] = []
    for end, place in zip(ends, natural, strict=True):
        room = least * (_LAST if end.strong else 1)
        places.append(max(place, places[-1] + room) if places else place)
    # As far up again as they were moved down in the middle, so that both ends give way.
    excess = max(0.0, (places[-1] - natural[-1]) / 2) if places else 0.0
    for n in range(len(places)):
        limit = places[n - 1] + least if n else 0.0
        places[n] = max(limit, places[n] - excess) if excess else places[n]
    for end, place, wanted in zip(ends, places, natural, strict=True):
        end.moved = place - wanted


def _label(label: Any, end: _End, style: tuple[float, SlideLook], down: float) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn
    from pptx.util import Pt

    points, look = style
    frame = label.text_frame
    frame.text = end.words
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(points * (_LAST if end.strong else 1)), end.strong
    paint(run.font.color, look.ink)
    label.position = XL_LABEL_POSITION.RIGHT
    if abs(down) > 0.001:
        moved = parse_xml(
            f"<c:layout {nsdecls('c')}><c:manualLayout><c:x val='0'/><c:y val='{down:.4f}'/>"
            "</c:manualLayout></c:layout>"
        )
        element = label._dLbl
        for former in element.findall(qn("c:layout")):
            element.remove(former)
        element.find(qn("c:idx")).addnext(moved)
