"""What a figure is held against: standards that stay, goals with a date, marks of a framework."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from remit.model.declaration import WORDING, Declaration, listed
from remit.model.metric import Better, Bound
from remit.model.organisation import SubjectKind
from remit.model.period import month


class TargetKind(StrEnum):
    """A standard stays; a goal has a date; a mark is where a framework gives its best score."""

    STANDARD = "standard"
    GOAL = "goal"
    MARK = "mark"


class Bearer(StrEnum):
    """Who is bound: each organisation of a kind, or England as a whole."""

    ACUTE = "acute"
    MENTAL_HEALTH_COMMUNITY = "mental_health_community"
    AMBULANCE = "ambulance"
    TRUST = "trust"
    ICB = "icb"
    REGION = "region"
    ENGLAND = "england"

    @property
    def words(self) -> str:
        """Who that is: ``each acute trust``, ``England``."""
        return _BEARERS[self]

    @property
    def level(self) -> str:
        """The level of series at which it is met: ``trust``, ``icb``, ``region``, ``england``."""
        return self.value if self in _AREAS else "trust"


_BEARERS = {
    Bearer.ACUTE: "each acute trust",
    Bearer.MENTAL_HEALTH_COMMUNITY: "each mental health or community trust",
    Bearer.AMBULANCE: "each ambulance trust",
    Bearer.TRUST: "each trust",
    Bearer.ICB: "each ICB",
    Bearer.REGION: "each region",
    Bearer.ENGLAND: "England",
}
_AREAS = frozenset({Bearer.ICB, Bearer.REGION, Bearer.ENGLAND})


class Improvement(Declaration):
    """A bound that is so much better than one's own figure of a month."""

    points: float = Field(gt=0, description="By so many percentage points better")
    on: date | None = Field(
        default=None,
        description="The first day of the month that it is counted from; left out where the "
        "source that was read does not name it",
    )
    at_least: float | None = Field(
        default=None, description="What it comes to at least, whatever one's own figure was"
    )

    @property
    def words(self) -> str:
        """``5 percentage points more than in Nov 2024, and at least 60%``."""
        more = f"{self.points:g} percentage points more"
        floor = f" at least {self.at_least:g}%" if self.at_least is not None else ""
        if self.on is None:
            return f"{more} (from which month is not known){floor and ', or'}{floor}"
        since = month(self.on.year, self.on.month).label
        return f"{more} than in {since}{floor and ', and'}{floor}"

    def number(self, own: float | None) -> float | None:
        """What it comes to for one's own figure of the month; None where that is not known."""
        if self.on is None:
            return self.at_least
        if own is None:
            return None
        # Nine decimals: 58% of so many people is 57.99999999999999 to a machine.
        return max(round(own + self.points, 9), self.at_least or 0.0)


class DeclaredTarget(Declaration):
    """A standard, a goal or a mark: what is asked of whom, from when until when, and by whom."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    metrics: Annotated[tuple[str, ...], BeforeValidator(listed)] = Field(
        min_length=1, description="The metrics of the catalogue that it is about"
    )
    kind: TargetKind = Field(
        description="standard: it stays; goal: it has a date; mark: the best score of a framework"
    )
    bound: Bound | None = Field(default=None, description="The condition that a value is to meet")
    improvement: Improvement | None = Field(
        default=None, description="Instead of a bound: so much better than a month of one's own"
    )
    binds: tuple[Bearer, ...] = Field(min_length=1, description="Who is bound, each for itself")
    where: Annotated[str, WORDING] = Field(
        default="",
        description="What a trust of another kind must do to be bound: runs an A&E department",
    )
    valid_from: date | None = Field(default=None, description="The first day that it applies to")
    valid_to: date | None = Field(
        default=None, description="The last day, where that is not the one by which it is due"
    )
    by: date | None = Field(default=None, description="The day by which a goal is to be reached")
    averaged_over: Literal["month", "year"] = Field(
        default="month",
        description="year: it is met or missed by the mean of a financial year, by no month",
    )
    framework: str | None = Field(default=None, description="Of a mark: the framework it is of")
    is_floor: bool = Field(
        default=False,
        description="Of a mark: it is not where the best score begins, but where the worst ends",
    )
    set_by: Annotated[str, WORDING] = Field(description="Who set it")
    source: Annotated[str, WORDING] = Field(description="Where it stands")
    verified: bool = Field(description="Whether it stands in the source that is named")
    note: Annotated[str, WORDING] = ""

    @property
    def last_day(self) -> date | None:
        """The last day on which it is in force, or None where it stays."""
        return self.valid_to or self.by

    @property
    def judged_from(self) -> date:
        """The first day of which it judges: of a goal that is due years ahead, its last year."""
        begins = self.valid_from or date.min
        if self.kind is not TargetKind.GOAL or self.by is None:
            return begins
        after = self.by + timedelta(days=1)
        day = 28 if (after.month, after.day) == (2, 29) else after.day
        return max(begins, after.replace(year=after.year - 1, day=day))

    @property
    def called(self) -> str:
        """What it is: ``standard``, ``goal``, ``mark`` or ``floor``."""
        return "floor" if self.is_floor else self.kind.value

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day; the first and the last are included."""
        return (self.valid_from or date.min) <= day <= (self.last_day or date.max)

    def binds_level(self, level: str) -> bool:
        """Whether it binds organisations of a level of series, each for itself."""
        return any(bearer.level == level for bearer in self.binds)

    def binds_kind(self, kind: SubjectKind | None) -> bool:
        """Whether it binds every organisation of a kind, whatever it provides."""
        any_trust = Bearer.TRUST in self.binds and kind is not SubjectKind.ICB
        return any_trust or kind in {bearer.value for bearer in self.binds}

    def bearers(self, level: str | None = None) -> str:
        """Who is bound, in words; of a level, where one is given."""
        wanted = [one for one in self.binds if level in {None, one.level}]
        *first, last = dict.fromkeys(bearer.words for bearer in wanted)
        return f"{', '.join(first)} and {last}" if first else last

    @property
    def words(self) -> str:
        """What is asked for, without a unit."""
        asked = self.improvement or self.bound
        return asked.words if asked else ""

    def number(self, better: Better, own: float | None = None) -> float | None:
        """What is asked for as one number, where the better side of it is the side asked for.

        Parameters
        ----------
        better
            Which way the metric improves; nothing is asked of one that has no better way.
        own
            One's own figure of the month that an improvement is counted from.

        Examples
        --------
        ``at_least: 78`` of a metric of which more is better is 78.0.
        """
        if better is Better.NEUTRAL:
            return None
        if self.improvement:
            return self.improvement.number(own)
        return self.bound.toward(better) if self.bound else None

    @model_validator(mode="after")
    def _asks_one_thing(self) -> DeclaredTarget:
        if (self.bound is None) == (self.improvement is None):
            raise ValueError("give a bound or an improvement, and not both")
        if self.improvement and self.kind is not TargetKind.GOAL:
            raise ValueError("only a goal can be an improvement on a month of one's own")
        if (self.kind is TargetKind.MARK) != bool(self.framework):
            raise ValueError("a mark, and nothing else, names the framework that it is of")
        if self.is_floor and self.kind is not TargetKind.MARK:
            raise ValueError("only a mark of a framework can be a floor")
        return self

    @model_validator(mode="after")
    def _is_dated(self) -> DeclaredTarget:
        if self.kind is TargetKind.GOAL and not (self.by and self.valid_from):
            raise ValueError("a goal has a first day (valid_from) and one by which it is due (by)")
        if self.kind is not TargetKind.GOAL and self.by:
            raise ValueError("only a goal is due by a day; end a standard with valid_to")
        if self.valid_from and self.last_day and self.last_day < self.valid_from:
            raise ValueError("it ends before it begins; give the first and the last day")
        return self


class TargetFile(Declaration):
    """A file of standards, goals or marks."""

    schema_: Literal["remit/targets/1"] = Field(alias="schema")
    id: str
    targets: tuple[DeclaredTarget, ...]


@dataclass(frozen=True, slots=True)
class InForce:
    """The goal and the standard that bind a level on a day, and the goals that bind others only.

    ``ahead`` are goals that are due more than a year later: nothing is judged by them yet.
    """

    goal: DeclaredTarget | None
    standard: DeclaredTarget | None
    elsewhere: tuple[DeclaredTarget, ...] = ()
    ahead: tuple[DeclaredTarget, ...] = ()


def in_force(targets: Iterable[DeclaredTarget], level: str, day: date) -> InForce:
    """What of the targets of one metric is in force for a level on a day.

    Of several goals that are due within a year it is the one that is due first, of several
    standards the one that began last.

    Parameters
    ----------
    targets
        Those of one metric; marks of frameworks are passed over.
    level
        ``trust``, ``icb``, ``region`` or ``england``.
    day
        The day; a goal is in force from its first day to the one by which it is due.

    Examples
    --------
    ``in_force(targets_of(four_hours), "trust", date(2025, 6, 30)).goal``
    """
    held = [target for target in targets if target.holds_on(day)]
    ours = [target for target in held if target.binds_level(level)]
    goals = [target for target in ours if target.kind is TargetKind.GOAL]
    due = [target for target in goals if day >= target.judged_from]
    standards = [target for target in ours if target.kind is TargetKind.STANDARD]
    others = [one for one in held if one.kind is TargetKind.GOAL and one not in ours]
    return InForce(
        min(due, key=lambda one: one.by or date.max, default=None),
        max(standards, key=lambda one: one.valid_from or date.min, default=None),
        tuple(others),
        tuple(one for one in goals if one not in due),
    )
