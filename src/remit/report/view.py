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
from remit.report.commented import NOTHING_SAID, Comment, SaidOf, StrayComment
from remit.report.compared import NOTHING_BESIDE, PeerFunnel, StandsBeside
from remit.signals.changes import Rebase
from remit.signals.conclusion import MISSED
from remit.signals.points import Point
from remit.words.sentences import sentence_case

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

Rank = tuple[bool, bool, int]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A metric of an organisation: a row of the summary table.

    Attributes
    ----------
    id
        Unique in the report and fit for an address.
    cut
        Empty for everybody; else the people that it is about, as ``age: 0-4``.
    period
        The period of the latest value.
    said, target_said
        The value and the target as they are printed, with their unit.
    target_short
        The target and, where that is a goal, the standard, for a cell of a table.
    judged_by
        ``goal`` or ``standard``: which of them is missed where one is.
    asked
        The goal and the standard in force, each with whose it is; goals of others are told too.
    late
        Why this is no figure of the report's own period; empty if it is one.
    who
        Of whom the latest value is made: the row that is printed, or which members.
    changes
        Where members joined or left, so that mean and limits begin anew.
    dated
        Its period and its age, where it is late or months old: said before anything else.
    year_missed
        A goal that is a yearly mean was missed by a year that is new.
    swings
        Of too few figures for limits, some meet the target and some do not.
    is_trifling
        Neither better nor worse, and so near to its mean that it is no headline.
    traces, compared
        The published figures behind the latest value; what stands beside it.
    said_of
        Comments, actions and the notes on its chart.
    headline, goal_said
        Its finding in short, the title of its chart; the half of it that tells of its target.
    plan_place
        The file and the lines in which the organisation's own trajectory stands.
    """

    id: str
    metric: MetricCard
    body: ReportBody
    cut: str
    period: str
    value: float | None
    said: str
    target: float | None
    target_said: str
    variation: Icon
    assurance: Icon
    mean: float | None
    lower: float | None
    upper: float | None
    n_points: int
    sentence: str
    late: str = ""
    asked: tuple[str, ...] = ()
    target_short: str = ""
    judged_by: str = "goal"
    who: str = ""
    changes: tuple[Rebase, ...] = ()
    dated: str = ""
    is_trifling: bool = False
    year_missed: bool = False
    swings: bool = False
    points: tuple[Point, ...] = ()
    traces: tuple[Trace, ...] = ()
    compared: StandsBeside = NOTHING_BESIDE
    said_of: SaidOf = NOTHING_SAID
    headline: str = ""
    goal_said: str = ""
    plan_place: str = ""

    @property
    def icons_said(self) -> str:
        """Both icons in words, with the target where there is one."""
        said = f"{self.variation.words}. {self.assurance.words}"
        return f"{said}: {self.target_said}." if self.target is not None else f"{said}."

    @property
    def plan_said(self) -> str:
        """Whose the trajectory of its chart is; empty where there is none."""
        planned = any(point.trajectory is not None for point in self.points)
        return f"own plan of {self.body.short}" if planned else ""

    @property
    def target_cell(self) -> str:
        """What stands in a table's column of targets."""
        return sentence_case(self.target_short or self.target_said)

    @property
    def is_exception(self) -> bool:
        """Whether a board should look at it: a special cause now, or a target that is missed."""
        return self.is_special or self.misses

    @property
    def is_special(self) -> bool:
        """Whether its latest point is a special cause, of whichever kind."""
        return self.variation.code.startswith(("improvement", "concern", "neutral"))

    @property
    def is_told(self) -> bool:
        """Whether chance can be told from change in it."""
        return self.variation.code not in {"too_few", "no_verdict"}

    @property
    def worsens(self) -> bool:
        """Whether its latest point is a special cause for the worse."""
        return self.variation.code.startswith("concern")

    @property
    def is_concern(self) -> bool:
        """Whether it is an exception for the worse."""
        return self.worsens or self.misses

    @property
    def misses(self) -> bool:
        """Whether its target is missed: as things are, of late, or with too few points to say."""
        return self.assurance.code in MISSED or self.year_missed

    @property
    def is_missed_with_few(self) -> bool:
        """Whether its target is missed and there are too few points for limits."""
        return self.assurance.code == "missed"

    @property
    def improves(self) -> bool:
        """Whether its latest point is a special cause for the better."""
        return self.variation.code.startswith("improvement")

    @property
    def is_neutral(self) -> bool:
        """Whether it is an exception of which nobody can say that it is better or worse."""
        return self.is_exception and not self.is_concern and not self.improves

    @property
    def urgency(self) -> int:
        """Its kind among exceptions: 0 a concern, 1 an improvement, 2 neither."""
        return 0 if self.is_concern else 1 if self.improves else 2

    @property
    def rank(self) -> Rank:
        """Its place among exceptions: what is new first, trifles last, and then by urgency."""
        return (self.is_trifling, bool(self.dated), self.urgency)


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
