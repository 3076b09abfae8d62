"""The report as plain data: what pages, spreadsheets, slides and documents print.

Nothing here draws or computes; every exporter prints the same words and figures.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from remit.catalogue.releases import Release
from remit.model.fictional import sample_sentence
from remit.report.absent import Missing, MissingGroup
from remit.report.cards import Horizon, Icon, MetricCard, ReportBody, Trace
from remit.report.commented import Comment, StrayComment
from remit.report.compared import PeerFunnel
from remit.report.report_line import Rank, ReportLine

__all__ = [
    "Aim",
    "Balance",
    "CutRow",
    "CutTable",
    "Horizon",
    "Icon",
    "MetricCard",
    "Missing",
    "MissingGroup",
    "ReportBody",
    "ReportLine",
    "ReportSection",
    "ReportSource",
    "ReportView",
    "RuleCard",
    "Share",
    "Trace",
]


@dataclass(frozen=True, slots=True)
class ReportSection:
    """All lines of one organisation, today's and tomorrow's, in the order of the aims."""

    body: ReportBody
    lines: tuple[ReportLine, ...]

    def of(self, horizon: Horizon) -> tuple[ReportLine, ...]:
        """The lines of one horizon."""
        return tuple(line for line in self.lines if line.metric.horizon == horizon)

    @property
    def exceptions(self) -> tuple[ReportLine, ...]:
        """What a board should look at, in the order of urgency."""
        found = [line for line in self.lines if line.is_exception]
        return tuple(sorted(found, key=lambda line: line.rank))

    @property
    def headlines(self) -> tuple[ReportLine, ...]:
        """The exceptions that are worth a headline."""
        return tuple(line for line in self.exceptions if not line.is_trifling)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the report one horizon has: of the catalogue, with figures, exceptions."""

    horizon: Horizon
    metrics: int
    with_figures: int
    exceptions: int
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """Today's and tomorrow's metrics counted against each other."""

    today: Share
    tomorrow: Share
    sentence: str

    @property
    def shares(self) -> tuple[Share, Share]:
        """Both, today's first."""
        return (self.today, self.tomorrow)


@dataclass(frozen=True, slots=True)
class Aim:
    """What the report holds on one of the four aims."""

    code: str
    name: str
    lines: tuple[ReportLine, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class CutRow:
    """One group of people in a table of cuts, with its distance from everybody."""

    cut: str
    said: str
    value: float | None
    gap: str
    variation: Icon
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class CutTable:
    """One metric of one organisation by groups of people, beside the figure for everybody."""

    id: str
    metric: MetricCard
    body: ReportBody
    dimension: str
    period: str
    everybody: str
    rows: tuple[CutRow, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class ReportSource:
    """One file that figures of the report stand in."""

    number: int
    file_name: str
    publication: str
    published_on: date | None
    sha256: str
    licence: str
    url: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    scopes: str


@dataclass(frozen=True, slots=True)
class RuleCard:
    """The rule set of the control charts, as it is printed on each of them."""

    id: str
    name: str
    words: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """An integrated performance report.

    ``sections`` begins with the organisation that the report is on; its members follow.
    ``funnels`` are of metrics whose counts allow one; ``last_month`` is the one with which its
    period ends; ``strays`` are comments beside no line, each with the reason; ``releases`` come
    before ``next_board``; ``asked_on`` is the day late and to come are told of, if another.
    """

    body: ReportBody
    period: str
    as_at: date | None
    made_on: date
    fictional: bool
    rules: RuleCard
    sections: tuple[ReportSection, ...]
    balance: Balance
    aims: tuple[Aim, ...]
    cuts: tuple[CutTable, ...]
    missing: tuple[Missing, ...]
    sources: tuple[ReportSource, ...]
    notes: tuple[str, ...]
    funnels: tuple[PeerFunnel, ...] = ()
    strays: tuple[StrayComment, ...] = ()
    last_month: str = ""
    board: date | None = None
    next_board: date | None = None
    releases: tuple[Release, ...] = ()
    asked_on: date | None = None

    @property
    def told_on(self) -> date:
        """The day that late and to come are told of."""
        return self.asked_on or self.made_on

    @property
    def title(self) -> str:
        """The title of pages, sheets and slides."""
        return f"Integrated performance report: {self.body.name}, {self.period}"

    @property
    def mark(self) -> str:
        """The sentence of samples, where the figures are invented; else empty."""
        return sample_sentence("organisations and figures are") if self.fictional else ""

    @property
    def own(self) -> ReportSection:
        """The organisation that the report is on."""
        return self.sections[0]

    @property
    def members(self) -> tuple[ReportSection, ...]:
        """Those that belong to it."""
        return self.sections[1:]

    @property
    def lines(self) -> tuple[ReportLine, ...]:
        """The lines of all sections."""
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def exceptions(self) -> tuple[ReportLine, ...]:
        """What a board should look at, in the order of urgency.

        Within each its own come first, then its members'. Those are spread over the metrics: each
        metric's first, then each one's second, and so on.
        """
        own = [(line.rank, 0, 0, line) for line in self.own.exceptions]
        met: Counter[tuple[str, Rank]] = Counter()
        others = []
        for line in (line for section in self.members for line in section.exceptions):
            met[line.metric.id, line.rank] += 1
            others.append((line.rank, 1, met[line.metric.id, line.rank], line))
        return tuple(found[-1] for found in sorted((*own, *others), key=lambda one: one[:3]))

    @property
    def commented(self) -> tuple[ReportLine, ...]:
        """The lines of which somebody has said something, its own before its members'."""
        return tuple(line for line in self.lines if line.said_of.comments)

    @property
    def comments(self) -> tuple[Comment, ...]:
        """Every comment that was read, by month, those without a place among them."""
        placed = [one.comment for line in self.commented for one in line.said_of.comments]
        every = (*placed, *(stray.comment for stray in self.strays))
        return tuple(sorted(every, key=lambda one: (one.month[0], one.file, one.line)))

    @property
    def metrics(self) -> tuple[MetricCard, ...]:
        """Every metric that a line speaks of, once, in the order of the lines."""
        return tuple({line.metric.id: line.metric for line in self.lines}.values())
