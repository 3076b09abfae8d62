"""What the pages of a report show of its lines: findings with charts, rows with sparklines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.catalogue.releases import Release
from remit.pages.drawing.marks.finding_chart import (
    ChartedMonth,
    FindingChart,
    Shape,
    finding_chart_mark,
)
from remit.pages.drawing.marks.mark import DrawnMark, Kind
from remit.pages.drawing.marks.sparkline import Spark, spark_mark
from remit.report.balance import exception_words
from remit.report.compared import AreaFigure
from remit.report.findings import BoardFinding, all_findings, findings
from remit.report.icon_words import MEETS, state_words
from remit.report.lead import Lead, lead
from remit.report.matrix import OrganisationMatrix, matrix_of
from remit.report.missing import grouped
from remit.report.nine_cells import CellGrid, cells_of
from remit.report.spans import span_words, usual_range
from remit.report.view import MissingGroup, ReportLine, ReportSection, ReportView
from remit.signals.points import Point
from remit.words.days import day_words
from remit.words.sentences import listed

MONTHS = 24
"""So many of the latest points are drawn on an overview; a metric's own page has all."""

SHOWN_ROWS = 16
"""Of a longer table of metrics those that stand out are shown, and all of them folded."""
_NAMED = 4
"""So many periods are named one by one."""

_SHAPES: dict[str, Shape] = {
    "special_cause_improvement": "better",
    "special_cause_concern": "worse",
    "special_cause_neutral_high": "before",
    "special_cause_neutral_low": "before",
    "special_cause_neutral": "before",
}


@dataclass(frozen=True, slots=True)
class BesideCell:
    """A figure of somebody else beside a line's; ``note`` says of how many it is made."""

    label: str
    said: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A line as a row of a table.

    Attributes
    ----------
    line
        The line.
    spark
        Its latest points; None where there is a single one.
    state, mark
        Its variation in plain words, and the sign for it.
    span
        Since when, in a few words.
    usual
        What is usual for it.
    meets
        Whether its goal is met, in plain words; empty without one.
    beside
        England's figure, the region's and the peers', as many for each row of a table.
    """

    line: ReportLine
    spark: DrawnMark | None
    state: str
    mark: str
    span: str
    usual: str
    meets: str
    beside: tuple[BesideCell, ...]

    @property
    def is_asked(self) -> bool:
        """Whether anything is asked: of a month, or of a year with a standard beside it."""
        return self.line.target is not None or bool(self.meets or self.standard)

    @property
    def standard(self) -> str:
        """The standard beside a goal; empty where there is one of them alone."""
        return self.line.target_short.partition("; ")[2]


Halves = tuple[tuple[str, str, tuple[OverviewRow, ...]], ...]
"""Rows by half: the name of each, its heading and its rows."""


@dataclass(frozen=True, slots=True)
class ReleaseShown:
    """Parts of a publication as one item of a list: their periods, and when."""

    publication: str
    period: str
    said: str


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding with its chart."""

    found: BoardFinding
    chart: DrawnMark | None
    mark: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first page of a report shows."""

    lead: Lead
    findings: tuple[FindingShown, ...]
    more: int
    counts: tuple[str, ...]
    cells: CellGrid
    matrix: OrganisationMatrix
    halves: Halves
    gaps: tuple[MissingGroup, ...]
    releases: tuple[ReleaseShown, ...]

    @property
    def is_long(self) -> bool:
        """Whether its table of metrics is so long that it is folded."""
        return sum(len(rows) for _, _, rows in self.halves) > SHOWN_ROWS

    @property
    def standing_out(self) -> Halves:
        """Of a long table the rows that stand out and are no finding shown above, by half.

        Empty of a short table: all of it is shown.
        """
        if not self.is_long:
            return ()
        told = {one.found.line.id for one in self.findings}
        out = (
            (
                f"out-{name}",
                heading,
                tuple(row for row in rows if row.line.is_exception and row.line.id not in told),
            )
            for name, heading, rows in self.halves
        )
        return tuple(half for half in out if half[2])


def overview(view: ReportView) -> Overview:
    """What the first page of a report shows."""
    shown = findings(view)
    return Overview(
        lead=lead(view),
        findings=tuple(_shown(one) for one in shown),
        more=len(all_findings(view)) - len(shown),
        counts=tuple(_counts(view)),
        cells=cells_of(view),
        matrix=matrix_of(view),
        halves=halves(view.own.lines),
        gaps=tuple(gap for gap in grouped(view.missing) if view.body in gap.bodies),
        releases=releases_shown(view.releases),
    )


def shown_of(view: ReportView, section: ReportSection) -> tuple[FindingShown, ...]:
    """Every finding of an organisation, with its chart."""
    return tuple(_shown(one) for one in all_findings(view, section))


def releases_shown(releases: Sequence[Release]) -> tuple[ReleaseShown, ...]:
    """What comes before the next board; of a publication what is out and not held is one.

    Parameters
    ----------
    releases
        Each part, the earliest first.

    Examples
    --------
    ``[(one.publication, one.period, one.said) for one in releases_shown(view.releases)]``
    """
    out: dict[str, list[Release]] = {}
    for one in releases:
        if one.is_out:
            out.setdefault(one.publication, []).append(one)
    every = [_out(name, those) for name, those in out.items()]
    every += [ReleaseShown(o.publication, o.period, o.said) for o in releases if not o.is_out]
    return tuple(every)


def _out(publication: str, parts: Sequence[Release]) -> ReleaseShown:
    periods = list(dict.fromkeys(one.period for one in parts))
    said = listed(periods) if len(periods) <= _NAMED else (
        f"{periods[0]} to {periods[-1]}, {len(periods)} periods")  # fmt: skip
    return ReleaseShown(publication, said, "out, and not held")


def halves(lines: Sequence[ReportLine]) -> Halves:
    """Today's lines and tomorrow's as rows, each with its name and heading, in one table."""
    every = rows(lines)
    named = (("today", "Today’s care"), ("tomorrow", "Tomorrow’s health"))
    return tuple(
        (name, heading, tuple(row for row in every if row.line.metric.horizon == name))
        for name, heading in named
    )


def rows(lines: Sequence[ReportLine]) -> tuple[OverviewRow, ...]:
    """Lines as rows of one table, each with a cell for whatever any of them has beside it."""
    levels = {area.level: area.name for line in lines for area in line.compared.areas}
    heads = [(level, levels[level]) for level in ("england", "region") if level in levels]
    peers = any(line.compared.peers for line in lines)
    return tuple(_row(line, heads, with_peers=peers) for line in lines)


def _row(line: ReportLine, heads: Sequence[tuple[str, str]], *, with_peers: bool) -> OverviewRow:
    areas: dict[str, AreaFigure] = {area.level: area for area in line.compared.areas}
    beside = [_area(name, areas.get(level)) for level, name in heads]
    if with_peers:
        beside.append(_peers(line))
    return OverviewRow(
        line=line,
        spark=_spark(line),
        state=state_words(line.variation.code),
        mark=mark_of(line),
        span=span_words(line),
        usual=usual_range(line),
        meets=_meets(line),
        beside=tuple(beside),
    )


def _meets(line: ReportLine) -> str:
    """Whether a goal is met; of a process that has changed, nothing is left to chance."""
    if line.year_missed:
        return "the year missed"
    if line.is_special and line.assurance.code == "inconsistent":
        return "met and not met"
    return MEETS.get(line.assurance.code, "")


def _area(name: str, area: AreaFigure | None) -> BesideCell:
    return BesideCell(name, area.said, area.basis) if area else BesideCell(name, "")


def _peers(line: ReportLine) -> BesideCell:
    """The median of the peers and its own place among them."""
    group = line.compared.peers
    if group is None:
        return BesideCell("Peers, median", "")
    if group.median is None:
        return BesideCell("Peers, median", "not held")
    place = f"place {group.place} of {group.count + 1}" if group.place is not None else ""
    return BesideCell("Peers, median", group.median_said, place)


def mark_of(line: ReportLine) -> Kind | Shape:
    """The sign of a line's variation."""
    if line.worsens:
        return "worse"
    return "better" if line.improves else "before" if line.is_special else "usual"


def _usual(point: Point) -> tuple[float, float] | None:
    if point.lower is None or point.upper is None:
        return None
    return point.lower, point.upper


def _spark(line: ReportLine) -> DrawnMark | None:
    points = line.points[-MONTHS:]
    if len(points) < 2:
        return None
    kind: Kind = "worse" if line.worsens else "better" if line.improves else "usual"
    last = next((p for p in reversed(points) if p.value is not None), points[-1])
    return spark_mark(
        Spark(
            line.metric.short,
            tuple(point.label for point in points),
            tuple(point.value for point in points),
            line.metric.unit,
            kind,
            _usual(last) if line.is_told else None,
        )
    )


def _shown(found: BoardFinding) -> FindingShown:
    return FindingShown(found, finding_chart(found.line), mark_of(found.line))


def finding_chart(line: ReportLine) -> DrawnMark | None:
    """The chart of a line beside its finding; None where it has no series."""
    points = line.points[-MONTHS:]
    if len(points) < 2:
        return None
    judged = line.is_told
    months = tuple(
        ChartedMonth(
            point.label,
            point.value,
            _SHAPES.get(point.drawn, "usual") if judged else "usual",
            _usual(point) if judged else None,
        )
        for point in points
    )
    chart = FindingChart(line.metric.short, months, line.said, line.metric.unit, line.target)
    return finding_chart_mark(chart)


def _counts(view: ReportView) -> list[str]:
    """How many lines are of concern, improve and are as usual, and how the actions stand."""
    own = view.own.lines
    found = [
        (sum(one.is_told and not one.is_exception for one in own), "as usual"),
        (sum(not (one.is_told or one.is_exception) for one in own), "where change cannot be told"),
    ]
    said = [*exception_words(own), *(f"{count} {words}" for count, words in found if count)]
    shown = [one for line in view.commented for one in line.said_of.shown if one.is_open]
    late = sum(one.overdue for one in shown)
    if shown:
        noun = "action" if len(shown) == 1 else "actions"
        by = f" on {day_words(view.board)}" if view.board else ""
        said.append(f"{len(shown)} {noun} open, {late or 'none'} overdue{by}")
    return said


def example_chart() -> DrawnMark:
    """The picture of how to read a chart: an invented series with a signal and a goal."""
    values = (4.1, 3.6, 4.4, 3.9, 4.3, 3.7, 4.0, 4.5, 3.8, 4.2, 6.0, 5.6)
    months = tuple(
        ChartedMonth(f"Month {place}", value, "worse" if value > 5 else "usual", (3.0, 5.0))
        for place, value in enumerate(values, start=1)
    )
    return finding_chart_mark(FindingChart("An example", months, "5.6%", "percent", 3.5))
