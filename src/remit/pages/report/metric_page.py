"""The page of a metric: its finding, its chart, and those inside and beside it, on one scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from remit.files.delimited import csv_text
from remit.files.jsons import json_text
from remit.pages.drawing.control.drawn import SpcChart
from remit.pages.drawing.control.sheet import standalone
from remit.pages.drawing.marks.mark import DrawnMark, Kind
from remit.pages.drawing.marks.range_row import RangeRow, range_row_mark
from remit.pages.drawing.marks.sparkline import Spark, small_multiple_mark
from remit.pages.frame.file_pages import FilePage
from remit.pages.frame.links import slug
from remit.pages.report.chart import report_chart
from remit.report.icon_words import state_words
from remit.report.metric_figures import HEADS, figure_rows, figures_json
from remit.report.spans import base_words
from remit.report.view import MetricCard, ReportBody, ReportLine, ReportSource, ReportView
from remit.words.figures import value_words
from remit.words.sentences import count_words, listed

MOST_SMALL = 6
"""So many members are drawn small on one scale; more would be a wall."""

MOST_NAMED = 3
"""So many members are named in the sentence at the top; of more their number is said."""


@dataclass(frozen=True, slots=True)
class BesideRow:
    """A row of the table beside the chart: an organisation, an area, or the peers' median.

    ``body`` is None where there is no page of it; ``dated`` is the period of a figure of another,
    and of what a rate was made where that is little.
    """

    name: str
    said: str
    kind: Kind
    word: str
    mark: DrawnMark | None
    body: ReportBody | None = None
    line: str = ""
    note: str = ""
    dated: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class SmallSeries:
    """One of several series on one scale; ``note`` is what else is to be known of its latest."""

    name: str
    code: str
    line: str
    mark: DrawnMark
    note: str = ""


@dataclass(frozen=True, slots=True)
class UsedFile:
    """A file that the latest figure stands in, and in how many of its lines."""

    source: ReportSource
    lines: int


@dataclass(frozen=True, slots=True)
class ChartedLine:
    """A line and its control chart."""

    line: ReportLine
    chart: SpcChart


@dataclass(frozen=True, slots=True)
class MetricPageView:
    """Everything that stands above the folded parts of the page of a metric."""

    own: ChartedLine
    others: tuple[ChartedLine, ...]
    inside: str
    rows: tuple[BesideRow, ...]
    small: tuple[SmallSeries, ...]
    small_heading: str
    files: tuple[UsedFile, ...]
    beside: tuple[tuple[FilePage, str], ...] = ()


def metric_view(view: ReportView, metric: MetricCard) -> MetricPageView:
    """The page of a metric that at least one line speaks of: its own line first."""
    lines = [line for line in view.lines if line.metric.id == metric.id]
    first, *rest = [
        ChartedLine(line, report_chart(line, view.rules, f"chart-{line.id}")) for line in lines
    ]
    small = _chosen([line for line in lines if line is not first.line])
    return MetricPageView(
        own=first,
        others=tuple(rest),
        inside=inside_words([one.line for one in rest]),
        rows=tuple(_rows(lines)),
        small=tuple(_small(small, first.line.period)),
        small_heading=_heading(len(small), len(rest)),
        files=tuple(_files(view, first.line)),
        beside=tuple(_beside(view, lines, first.chart)),
    )


def files_of(metric: MetricCard) -> dict[str, FilePage]:
    """The files beside the page of a metric, by their form."""
    stem = f"metrics/{slug(metric.id)}"
    return {form: FilePage(f"{stem}.{form}") for form in ("svg", "csv", "json")}


def _beside(
    view: ReportView, lines: Sequence[ReportLine], chart: SpcChart
) -> Iterator[tuple[FilePage, str]]:
    pages = files_of(lines[0].metric)
    yield pages["svg"], standalone(chart)
    yield pages["csv"], csv_text(HEADS, figure_rows(lines))
    made = figures_json(lines, view.period, fictional=view.fictional)
    yield pages["json"], json_text(made)


def inside_words(members: Sequence[ReportLine]) -> str:
    """Which members stand out, in a sentence; empty where there are none.

    Examples
    --------
    ``Inside it, Saddlewick is better and Quillborough worse than chance explains.``
    """
    if not members:
        return ""
    better = [line.body.short for line in members if line.improves]
    worse = [line.body.short for line in members if line.worsens]
    if not better and not worse:
        return _none_stands_out(members)
    halves = [_named(names, way) for names, way in ((better, "better"), (worse, "worse")) if names]
    return f"Inside it, {' and '.join(halves)} than chance explains."


def _none_stands_out(members: Sequence[ReportLine]) -> str:
    told = [one for one in members if one.is_told]
    if not told:
        whose = "the one member" if len(members) == 1 else f"one of its {len(members)} members"
        return f"Whether {whose} is better or worse than chance explains, cannot be told."
    if len(members) == 1:
        return "The one member with figures is neither better nor worse than chance explains."
    others = len(members) - len(told)
    if not others:
        return f"None of its {len(members)} members is better or worse than chance explains."
    begin = "One of its members is neither better nor worse than chance explains"
    if len(told) > 1:
        begin = f"None of {len(told)} of its members is better or worse than chance explains"
    return f"{begin}; of {others} more it cannot be told."


def kind_of(line: ReportLine) -> Kind:
    """The mark of a line: what is neither better nor worse is drawn as usual."""
    return "worse" if line.worsens else "better" if line.improves else "usual"


def _named(names: Sequence[str], way: str) -> str:
    verb = "is" if len(names) == 1 else "are"
    who = listed(list(names)) if len(names) <= MOST_NAMED else count_words(len(names), "member")
    return f"{who} {verb} {way}"


def _rows(lines: Sequence[ReportLine]) -> Iterator[BesideRow]:
    own = lines[0]
    beside = [area for area in own.compared.areas if area.value is not None]
    peers = own.compared.peers
    middle = peers.median if peers else None
    reach = [
        *(end for line in lines for end in (line.value, *(_usual(line) or ()))),
        *(area.value for area in beside),
        middle,
    ]
    known = [value for value in reach if value is not None]
    ends = (min(known), max(known))
    yield from (_row(line, ends, own) for line in lines)
    for area in beside:
        mark = _mark(area.name, area.value or 0.0, None, ends, own)
        yield BesideRow(area.name, area.said, "usual", "", mark, note=area.basis)
    if peers and middle is not None:
        name = f"Median of {count_words(peers.count, 'peer')}"
        spread = f"half of them {peers.range_said}" if peers.range_said else ""
        yield BesideRow(
            name, peers.median_said, "usual", "", _mark(name, middle, None, ends, own), note=spread
        )


def _row(line: ReportLine, ends: tuple[float, float], own: ReportLine) -> BesideRow:
    kind = kind_of(line)
    mark = None
    if line.value is not None:
        mark = _mark(line.body.short, line.value, _usual(line), ends, line, kind=kind)
    return BesideRow(
        name=line.body.short,
        said=line.said,
        kind=kind,
        word=state_words(line.variation.code),
        mark=mark,
        body=line.body,
        line=line.id,
        dated=_note(line, own.period),
        own=line is own,
    )


def _mark(
    name: str,
    value: float,
    usual: tuple[float, float] | None,
    ends: tuple[float, float],
    line: ReportLine,
    *,
    kind: Kind = "usual",
) -> DrawnMark:
    low, high = ends
    goal = line.target if line.target is not None and low <= line.target <= high else None
    metric, said = line.metric, value_words(value, line.metric.unit)
    return range_row_mark(
        RangeRow(name, value, usual, ends, metric.unit, metric.better, kind, goal, said)
    )


def _usual(line: ReportLine) -> tuple[float, float] | None:
    """Its usual range; None where there is none, or where its limits do not describe it."""
    if not line.is_told or line.lower is None or line.upper is None:
        return None
    return line.lower, line.upper


def _chosen(members: Sequence[ReportLine]) -> list[ReportLine]:
    """Those that stand out first; of as many as fit, in the order in which they were given."""
    first = sorted(members, key=lambda line: (not line.is_exception, line.urgency))[:MOST_SMALL]
    return [line for line in members if line in first]


def _small(lines: Sequence[ReportLine], period: str) -> Iterator[SmallSeries]:
    """The series on one scale: that of those on no small base, which a few people move."""
    firm = [line for line in lines if not base_words(line)] or lines
    shared, sharing = _reach(firm), {line.id for line in firm}
    for line in lines:
        spark = Spark(
            line.body.short,
            tuple(point.label for point in line.points),
            tuple(point.value for point in line.points),
            line.metric.unit,
            kind_of(line),
            _usual(line),
            shared if line.id in sharing else None,
            said=line.said,
        )
        own = "" if line.id in sharing else ", on a scale of its own"
        note = f"{_note(line, period)}{own}"
        mark = small_multiple_mark(spark)
        yield SmallSeries(line.body.short, line.body.code, line.id, mark, note)


def _reach(lines: Sequence[ReportLine]) -> tuple[float, float] | None:
    values = [point.value for line in lines for point in line.points if point.value is not None]
    usual = [end for line in lines for end in _usual(line) or ()]
    reach = [*values, *usual]
    return (min(reach), max(reach)) if reach else None


def _note(line: ReportLine, period: str) -> str:
    """The period of a figure of another, and its base where that is small."""
    return "; ".join(filter(None, ("" if line.period == period else line.period, base_words(line))))


def _heading(drawn: int, members: int) -> str:
    if drawn == members:
        return f"{count_words(drawn, 'organisation')} inside it, on one scale".capitalize()
    return f"{drawn} of the {members} organisations inside it, on one scale"


def _files(view: ReportView, line: ReportLine) -> Iterable[UsedFile]:
    """The files behind the latest figure, each with how many of its lines."""
    for source in view.sources:
        used = {trace.line for trace in line.traces if trace.source == source.number}
        if used:
            yield UsedFile(source, len(used))
