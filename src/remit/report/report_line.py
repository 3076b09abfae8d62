"""A line of a report: a metric of one organisation, with all that is said of it."""

from __future__ import annotations

from dataclasses import dataclass

from remit.report.cards import Icon, MetricCard, ReportBody, Trace
from remit.report.commented import NOTHING_SAID, SaidOf
from remit.report.compared import NOTHING_BESIDE, StandsBeside
from remit.signals.changes import Rebase
from remit.signals.conclusion import MISSED, SHORT
from remit.signals.points import Point
from remit.words.sentences import sentence_case

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
    later
        The month by which its goal is due, where that comes after the figure's own period.
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
    later: str = ""
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
        """Whether a board should look at it: a special cause now, or a target not reached."""
        return self.is_special or self.falls_short

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
        return self.worsens or self.falls_short

    @property
    def falls_short(self) -> bool:
        """Whether it misses its target, or is short of a goal whose day is yet to come."""
        return self.misses or self.is_short

    @property
    def misses(self) -> bool:
        """Whether its target is missed: as things are, of late, or with too few points to say."""
        return (self.assurance.code in MISSED and not self.later) or self.year_missed

    @property
    def is_short(self) -> bool:
        """Whether it is short of a goal for later, and misses none."""
        return self.assurance.code in (MISSED | SHORT) and not self.misses

    @property
    def is_missed_with_few(self) -> bool:
        """Whether its target is not reached and there are too few points for limits."""
        return self.assurance.code in {"missed", "short"}

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
