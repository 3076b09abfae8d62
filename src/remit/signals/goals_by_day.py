"""What a series is held against, day by day: which goal and standard, and which of them judges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from remit.catalogue import targets_of
from remit.model.metric import Metric
from remit.model.organisation import SubjectKind
from remit.model.period import financial_year_of
from remit.model.target import DeclaredTarget, Improvement, in_force
from remit.register import load_register
from remit.series import Series
from remit.signals.goal_beside import GoalBeside
from remit.signals.targets import NO_MONTHLY_TARGET, NO_TARGET
from remit.words.days import month_words, whole_month
from remit.words.figures import value_words, with_unit


@dataclass(frozen=True, slots=True)
class AskedTarget:
    """A standard or a goal as it is asked of one organisation.

    ``number`` is None where it cannot be told, as that of an improvement on a month of which no
    figure is held. ``level`` is that at which it is asked; None where it is asked of others only.
    ``whom`` says of whom it is asked, where that is another than those whom it binds by their kind.
    """

    target: DeclaredTarget
    number: float | None
    unit: str
    level: str | None = None
    whom: str = ""

    @property
    def words(self) -> str:
        """What is asked for: ``at least 78%``; of an improvement what it comes to."""
        if self.target.improvement is None:
            return with_unit(self.target.words, self.unit)
        if self.number is None:
            return self.target.words
        return f"at least {value_words(self.number, self.unit)}"

    @property
    def in_full(self) -> str:
        """With whose it is, by when, and whether it stands in its source."""
        unsure = "" if self.target.verified else "; not verified"
        whom = self.whom or self.target.bearers(self.level)
        return f"{self.target.kind} for {whom}: {self.asked}{unsure}"

    @property
    def asked(self) -> str:
        """What is asked for, by when, and how an improvement comes to it."""
        asked = self.words
        if self.target.improvement is not None and self.number is not None:
            asked += f" ({self.target.words})"
        if self.is_yearly and self.target.by:
            asked += f" as the mean of {financial_year_of(self.target.by)}"
        elif self.target.by:
            asked += f" by {whole_month(self.target.by)}"
        if self.target.improvement and self.number is None and self.level is not None:
            asked += " (no figure of that month is held)"
        return asked

    def later_than(self, day: date) -> str:
        """The month by which a goal is due, where that is over only after a day; else empty."""
        by = self.target.by
        return whole_month(by) if by is not None and by > day else ""

    @property
    def is_yearly(self) -> bool:
        """Whether no month meets or misses it, but the mean of a financial year."""
        return self.target.averaged_over == "year"


@dataclass(frozen=True, slots=True)
class AskedOn:
    """All that is asked of one organisation in one metric on a day.

    ``ahead`` are goals that are due more than a year after ``year``, that of the day.
    """

    goal: AskedTarget | None
    standard: AskedTarget | None
    elsewhere: tuple[AskedTarget, ...] = ()
    ahead: tuple[AskedTarget, ...] = ()
    year: str = ""

    @property
    def judging(self) -> AskedTarget | None:
        """The one that a month's figure is judged by: the goal in force, else the standard.

        A yearly mean judges no month. A goal whose number nobody knows leaves it to the standard.
        """
        if self.goal is not None and self.goal.is_yearly:
            return None
        known = self.goal is not None and self.goal.number is not None
        return self.goal if known else self.standard

    def goal_beside(self, value: float | None) -> GoalBeside | None:
        """The goal in force that leaves it to the standard, as its number is not known.

        Parameters
        ----------
        value
            The latest, which may be short even of what the goal asks for at least.

        Examples
        --------
        ``it is below the goal of at least 60% by March 2026 too`` are its words
        """
        goal = self.goal
        if goal is None or goal.is_yearly or self.number is None or self.judging is goal:
            return None
        found, by = goal.target.improvement, goal.target.by
        floor = found.at_least if found else None
        return GoalBeside(
            by=whole_month(by) if by else "",
            floor=with_unit(f"at least {floor:g}", goal.unit) if floor is not None else "",
            since=month_words(found.on) if found and found.on else "",
            is_below=value is not None and floor is not None and value < floor,
        )

    @property
    def number(self) -> float | None:
        """The target of a month's figure as one number, or None."""
        return self.judging.number if self.judging else None

    @property
    def kind(self) -> str:
        """``standard`` or ``goal``: what a month's figure is judged by; a goal where nothing is."""
        return "standard" if self.judging and self.judging is self.standard else "goal"

    @property
    def words(self) -> str:
        """The target of a month's figure in words, or that there is none."""
        return self.judging.words if self.judging else NO_TARGET

    @property
    def shown(self) -> str:
        """The target of a month for a cell; beside a yearly mean, that a month has none."""
        yearly = self.goal is not None and self.goal.is_yearly
        return NO_MONTHLY_TARGET if yearly else self.words

    @property
    def in_short(self) -> str:
        """Target and standard for a cell: ``at least 78% (goal); standard at least 95%``."""
        said = [f"{self.words} ({self.judging.target.kind})" if self.judging else self.shown]
        if self.goal is not None and self.goal is not self.judging:
            said.append(f"goal {self.goal.asked}")
        if self.standard is not None and self.standard is not self.judging:
            said.append(f"standard {self.standard.words}")
        said += [f"goal {one.asked}" for one in self.ahead]
        return "; ".join(said)

    @property
    def beside(self) -> tuple[str, ...]:
        """Goal and standard with whose they are, and the goals that are others' only."""
        own = [one.in_full for one in (self.goal, self.standard) if one is not None]
        none = "" if self.goal else f"; no goal for {self.year} is held"
        own += [
            f"{one.in_full}; judged from {month_words(one.target.judged_from)} on{none}"
            for one in self.ahead
        ]
        return (*own, *(f"{one.in_full}; not asked here" for one in self.elsewhere))


@dataclass(frozen=True, slots=True)
class SeriesTargets:
    """What one series is held against.

    Attributes
    ----------
    metric
        What it measures.
    level
        That of the series: ``trust``, ``icb``, ``region``, ``england``.
    own
        Its own figures of the months that improvements are counted from, by their first day.
    kind
        Of which kind a trust is, where that is known.
    """

    metric: Metric
    level: str
    own: Mapping[date, float] = field(default_factory=dict)
    kind: SubjectKind | None = None

    def on(self, day: date) -> AskedOn:
        """What is in force on a day."""
        found = in_force(targets_of(self.metric), self.level, day)
        return AskedOn(
            self._asked(found.goal) if found.goal else None,
            self._asked(found.standard) if found.standard else None,
            tuple(AskedTarget(one, None, self.metric.unit) for one in found.elsewhere),
            tuple(self._asked(one) for one in found.ahead),
            str(financial_year_of(day)),
        )

    def _asked(self, target: DeclaredTarget) -> AskedTarget:
        since = target.improvement.on if target.improvement else None
        own = self.own.get(since) if since else None
        number = target.number(self.metric.better, own)
        return AskedTarget(target, number, self.metric.unit, self.level, self._whom(target))

    def _whom(self, target: DeclaredTarget) -> str:
        """Of whom it is asked, where a trust's kind alone does not bind it but what it does."""
        by_kind = self.kind is None or target.binds_kind(self.kind)
        if self.level != "trust" or by_kind or not target.where:
            return ""
        return f"each trust that {target.where}"


def series_targets(
    found: Series, before: Series | None = None
) -> Mapping[tuple[str, str], SeriesTargets]:
    """What each series of all people is held against, by organisation and metric.

    Parameters
    ----------
    found
        The series.
    before
        Where the months lie that improvements are counted from, if the series begin later.

    Examples
    --------
    ``series_targets(made)["RYJ", "ae.four-hours"].on(date(2025, 6, 30)).words``
    """
    own = _own_figures(found, before)
    pairs = found.frame.select("org_code", "metric_id").unique().iter_rows()
    return {
        (code, metric): SeriesTargets(
            found.metrics[metric], found.level, own.get((code, metric), {}), _kind(code)
        )
        for code, metric in pairs
    }


def _kind(code: str) -> SubjectKind | None:
    organisation = load_register().find(code)
    return organisation.kind if organisation else None


def _own_figures(
    found: Series, before: Series | None
) -> Mapping[tuple[str, str], Mapping[date, float]]:
    months = counted_from(list(found.metrics.values()))
    figures: dict[tuple[str, str], dict[date, float]] = defaultdict(dict)
    for made in filter(None, (before, found)):
        held = made.frame.filter(
            pl.col("cut").is_null(),
            pl.col("period_start").is_in(months),
            pl.col("value").is_not_null(),
        ).select("org_code", "metric_id", "period_start", "value")
        for code, metric, month, value in held.iter_rows():
            figures[code, metric][month] = value
    return figures


def counted_from(metrics: Sequence[Metric]) -> list[date]:
    """The months, by their first day, that improvements asked for are counted from."""
    return sorted({one.on for one in _improvements(metrics) if one.on})


def counted_before(made: Series, start: date) -> tuple[list[Metric], date]:
    """The metrics whose goals are counted from months before a day, and the first such month."""
    counted = {m.id: counted_from([m]) for m in made.metrics.values()}
    early = [month for months in counted.values() for month in months if month < start]
    if not early:
        return [], start
    return [made.metrics[name] for name, months in counted.items() if months], min(early)


@dataclass(frozen=True, slots=True)
class TargetHeld:
    """The target of the latest figure's own period, and all that is asked then.

    ``since`` has the words of the one at the end of the report's period, where that is another;
    else it is empty. ``targets`` has all that the series is held against, ``end`` is that day.
    ``later`` is the month by which a goal is due, where the figure's own period ends before it.
    """

    asked: AskedOn
    targets: SeriesTargets
    end: date
    since: str = ""
    later: str = ""

    @property
    def target(self) -> float | None:
        """The target as one number."""
        return self.asked.number

    @property
    def words(self) -> str:
        """The target in words, or that there is none, or none of a month."""
        return self.asked.shown


def held_against(targets: SeriesTargets, latest: date, end: date) -> TargetHeld:
    """Which target a series is judged by: the one in force at its latest figure.

    A figure is held against the goal of its own period, as in its chart; where the report's period
    has another, that is named and judges nothing.

    Parameters
    ----------
    targets
        What the series is held against.
    latest
        The last day of its latest period with a value.
    end
        The last day of the report's period.
    """
    day = min(latest, end)
    then, now = targets.on(day), targets.on(end)
    later = then.judging.later_than(day) if then.judging else ""
    return TargetHeld(then, targets, end, "" if then.shown == now.shown else now.shown, later)


def _improvements(metrics: Sequence[Metric]) -> Iterator[Improvement]:
    for metric in metrics:
        for target in targets_of(metric):
            if target.improvement:
                yield target.improvement
