"""Control charts as native charts of office programs: lines that a reader can edit.

They are made once with python-pptx; a document takes over the same chart part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from remit.exports.chart_ends import ends_room, label_ends
from remit.exports.rooms import INCH
from remit.exports.slide_look import PLAIN, SlideLook, paint
from remit.pages.drawing.charts import ValueScale
from remit.report.view import ReportLine
from remit.signals.icons import CONCERN, IMPROVEMENT, NEUTRAL, NEUTRAL_HIGH, NEUTRAL_LOW
from remit.words.days import month_words
from remit.words.sentences import sentence_case

LABELS_AT_MOST = 12
_OTHER, _OTHER_ON_DARK = "330072", "C9B3E6"


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a series of a chart is drawn; without a line only its marks are.

    ``role`` is what its colour means: that of a :class:`SlideLook`, or ``other``.
    """

    name: str
    role: str
    values: tuple[float | None, ...]
    line: bool = True
    dash: str = ""
    mark: str = ""
    width: float = 1.5


def strokes(line: ReportLine) -> list[Stroke]:
    """The series of a control chart, from back to front; those without a value are left out."""
    points = line.points
    found = [
        Stroke("Value", "line", tuple(p.value for p in points), mark="circle", width=2.0),
        Stroke("Mean", "ink", tuple(p.mean for p in points)),
        Stroke("Upper limit", "quiet", tuple(p.upper for p in points), dash="round_dot"),
        Stroke("Lower limit", "quiet", tuple(p.lower for p in points), dash="round_dot"),
        *_targets(line),
        Stroke(
            sentence_case(line.plan_said),
            "goal",
            tuple(p.trajectory for p in points),
            dash="dash_dot",
        ),
        *_flagged(line),
    ]
    return [stroke for stroke in found if any(value is not None for value in stroke.values)]


def _targets(line: ReportLine) -> Iterator[Stroke]:
    """A series for each target, since one alone would slope from the old target to the new."""
    for target in dict.fromkeys(point.target for point in line.points):
        if target is not None:
            values = tuple(target if p.target == target else None for p in line.points)
            yield Stroke(f"Target: {target:g}", "goal", values, dash="dash")


def _flagged(line: ReportLine) -> Iterator[Stroke]:
    """Points with a special cause, told apart by shape as well as by colour."""
    for kind, name, role, mark in (
        (IMPROVEMENT, "Special cause: improvement", "better", "square"),
        (CONCERN, "Special cause: concern", "worse", "triangle"),
        (NEUTRAL_HIGH, "Special cause: high", "other", "square"),
        (NEUTRAL_LOW, "Special cause: low", "other", "triangle"),
        (NEUTRAL, "Special cause: neither high nor low", "other", "diamond"),
    ):
        values = tuple(p.value if p.drawn == kind else None for p in line.points)
        yield Stroke(name, role, values, line=False, mark=mark)


def alternative_text(line: ReportLine, rules: str) -> str:
    """What the chart shows, for those who cannot see it."""
    first, last = line.points[0].label, line.points[-1].label
    cut = f" ({line.cut})" if line.cut else ""
    plan = f" With the {line.plan_said}." if line.plan_said else ""
    return (
        f"Control chart of {line.metric.name}{cut}, {line.body.name}, {first} to {last}. "
        f"{line.sentence} {line.icons_said}{plan} Rules: {rules}."
    )


def add_chart(
    shapes: Any,
    line: ReportLine,
    place: tuple[int, int, int, int],
    points: float = 12,
    look: SlideLook = PLAIN,
    *,
    named: bool = False,
) -> Any:
    """Draw a line's control chart on a slide.

    Parameters
    ----------
    shapes
        The shapes of a slide.
    line
        A line that has points.
    place
        Left, top, width and height in EMU.
    points
        The size of letters.
    look
        Font and colours.
    named
        Lines are named beside their ends, with their last figures, instead of in a legend; the
        names stand at the right of the place.

    Returns
    -------
    pptx.shapes.graphfrm.GraphicFrame
        The frame, without an alternative text.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    drawn = strokes(line)
    data: Any = CategoryChartData(number_format="General")  # type: ignore[no-untyped-call]
    data.categories = _categories(line)
    for stroke in drawn:
        data.add_series(stroke.name, stroke.values)
    frame = shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *place, data)
    _style(frame.chart, drawn, points, look)
    _style_up(frame.chart.value_axis, line, look)
    _style_across(frame.chart.category_axis, line, named=named)
    if named:
        frame.width -= round(ends_room(line, points, look.wider) * INCH)
        label_ends(shapes, frame, line, (points, look))
    return frame


def _is_monthly(line: ReportLine) -> bool:
    return all(point.label == month_words(point.start) for point in line.points)


def _categories(line: ReportLine) -> list[Any]:
    """Months as dates, so that every program can thin out their labels; else the labels."""
    if _is_monthly(line):
        return [point.start for point in line.points]
    return [point.label for point in line.points]


def _colour(look: SlideLook, role: str) -> str:
    """The colour of a role on a ground."""
    if role == "other":
        return _OTHER_ON_DARK if look.is_dark else _OTHER
    return str(getattr(look, role))


def _style(chart: Any, drawn: list[Stroke], points: float, look: SlideLook) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    chart.has_title = False
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.font.size = Pt(points)
    if look.font:
        chart.font.name = look.font
    paint(chart.font.color, look.ink)
    for series, stroke in zip(chart.plots[0].series, drawn, strict=True):
        _style_series(series, stroke, _colour(look, stroke.role))


def _style_series(series: Any, stroke: Stroke, colour: str) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE_DASH_STYLE
    from pptx.util import Pt

    series.smooth = False
    if stroke.line:
        paint(series.format.line.color, colour)
        series.format.line.width = Pt(stroke.width)
        if stroke.dash:
            series.format.line.dash_style = MSO_LINE_DASH_STYLE[stroke.dash.upper()]
    else:
        series.format.line.fill.background()
    series.marker.style = XL_MARKER_STYLE[(stroke.mark or "none").upper()]
    if stroke.mark:
        series.marker.size = 5 if stroke.line else 11
        series.marker.format.fill.solid()
        paint(series.marker.format.fill.fore_color, colour)
        paint(series.marker.format.line.color, colour)


def _style_up(axis: Any, line: ReportLine, look: SlideLook) -> None:
    scale = ValueScale(
        [v for stroke in strokes(line) for v in stroke.values if v is not None], 0, 1
    )
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = scale.low, scale.high, scale.step
    paint(axis.major_gridlines.format.line.color, "5A6670" if look.is_dark else "D8DDE0")
    axis.tick_labels.number_format = "#,##0" if scale.step % 1 == 0 else "#,##0.0##"
    axis.tick_labels.number_format_is_linked = False


def _style_across(axis: Any, line: ReportLine, *, named: bool) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.has_major_gridlines = False
    # A chart whose lines are named at their ends is narrower by these names.
    step = -(-len(line.points) // (LABELS_AT_MOST // 3 if named else LABELS_AT_MOST))
    if _is_monthly(line):
        axis.tick_labels.number_format = "mmm yyyy"
        axis.tick_labels.number_format_is_linked = False
        _after(axis, "lblOffset", "baseTimeUnit", "months")
        _after(axis, "baseTimeUnit", "majorUnit", str(step))
        _after(axis, "majorUnit", "majorTimeUnit", "months")
    else:
        _after(axis, "lblOffset", "tickLblSkip", str(step))


def _after(axis: Any, before: str, tag: str, value: str) -> None:
    """Say of an axis what python-pptx has no way of its own to say."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    element = axis._element
    for former in element.findall(qn(f"c:{tag}")):
        element.remove(former)
    element.find(qn(f"c:{before}")).addnext(parse_xml(f'<c:{tag} {nsdecls("c")} val="{value}"/>'))
