"""A plan and its parts: what becomes of each ask, who confirmed it, and what that saves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from remit.asks import SharedRisk
from remit.model.ask import Ask, AskAnswer, AskFriction
from remit.model.remit import Body, Function
from remit.oversight.fates import Fated
from remit.oversight.published import PublishedWhen
from remit.oversight.recurring import due_days
from remit.oversight.rules import PlanRules
from remit.remits import Gap, Leader, Overlap, SubjectOf


@dataclass(frozen=True, slots=True)
class PlanHours:
    """Hours that are asked, with their range; of known hours all three are the same."""

    low: float = 0.0
    middle: float = 0.0
    high: float = 0.0

    def __add__(self, other: PlanHours) -> PlanHours:
        return PlanHours(self.low + other.low, self.middle + other.middle, self.high + other.high)


@dataclass(frozen=True, slots=True)
class Saved:
    """Hours that are saved: a range, for what a fate saves is an assumption."""

    low: float = 0.0
    high: float = 0.0

    def __add__(self, other: Saved) -> Saved:
        return Saved(self.low + other.low, self.high + other.high)


@dataclass(frozen=True, slots=True)
class PlannedAsk:
    """An ask with what the plan proposes for it, and the hours that this saves.

    ``confirmed`` says that a person decided what the proposal rests on; until then nothing ends.
    """

    ask: Ask
    body: Body | None
    by_law: bool
    fated: Fated
    confirmed: bool
    hours: PlanHours
    hours_known: bool
    would_save: Saved
    answer: AskAnswer | None
    elsewhere: tuple[str, ...]
    """The same ask as others received it, such as an ICB that is asked about a trust."""
    published: PublishedWhen = field(default_factory=PublishedWhen)
    series: str = ""
    """The recurring return that it is one of; empty where it is none."""
    is_repeated: bool = False
    """Whether a later ask of the same series is among those of the plan."""

    @property
    def saved(self) -> Saved:
        """The hours that count as saved: none before a person has confirmed."""
        return self.would_save if self.confirmed else Saved()

    @property
    def proposed(self) -> Saved:
        """The hours that wait for a person to confirm."""
        return Saved() if self.confirmed else self.would_save

    @property
    def words(self) -> str:
        """What becomes of it: ``ends`` where that is confirmed, else ``can end``."""
        return self.fated.fate.words if self.confirmed else self.fated.fate.proposed_words


@dataclass(frozen=True, slots=True)
class PlannedAsks:
    """Some asks of a plan, and what they come to."""

    asks: tuple[PlannedAsk, ...]

    @property
    def hours(self) -> PlanHours:
        """The hours of all asks."""
        return sum((one.hours for one in self.asks), PlanHours())

    @property
    def saved(self) -> Saved:
        """The hours that what is confirmed saves."""
        return sum((one.saved for one in self.asks), Saved())

    @property
    def proposed(self) -> Saved:
        """The hours that what is not yet confirmed would save."""
        return sum((one.proposed for one in self.asks), Saved())

    @property
    def confirmed(self) -> int:
        """How many proposals a person has confirmed."""
        return sum(one.confirmed for one in self.asks)

    @property
    def unconfirmed(self) -> int:
        """How many proposals wait for a person."""
        return sum(one.fated.fate.saves and not one.confirmed for one in self.asks)

    def count(self, words: str) -> int:
        """How many asks stay, merge, end, end in part or are over, confirmed or not."""
        return sum(one.fated.fate.words == words for one in self.asks)


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionPlan(PlannedAsks):
    """The plan for one function; ``function`` is None for asks that no function fits."""

    function: Function | None
    leader: Leader | None
    overlaps: tuple[Overlap, ...]
    gap: Gap | None

    @property
    def has_no_lead(self) -> bool:
        """Whether it is a function on which nobody leads."""
        return self.leader is not None and self.leader.is_nobody


@dataclass(frozen=True, slots=True)
class Plan:
    """The oversight plan of an organisation on a day.

    ``functions`` holds every function of the map, also those without an ask; the last one may be
    that of asks without a function. The range of a sum is the sum of the ranges.
    """

    subject: SubjectOf
    on: date
    functions: tuple[FunctionPlan, ...]
    frictions: tuple[AskFriction, ...]
    risks: tuple[SharedRisk, ...]
    fictional: bool
    notes: tuple[str, ...]
    rules: PlanRules
    next_board: date | None = None

    @property
    def without_lead(self) -> tuple[FunctionPlan, ...]:
        """The functions on which nobody leads, with asks or without."""
        return tuple(one for one in self.functions if one.has_no_lead)

    @property
    def due(self) -> tuple[tuple[date, PlannedAsk], ...]:
        """What is due after the day of the plan and up to the next board, the earliest first."""
        until = self.next_board or date.max
        first = ((next(due_days(one.ask, self.on, until), None), one)
                 for one in self.asks if not one.is_repeated)  # fmt: skip
        found = [(day, one) for day, one in first if day is not None]
        return tuple(sorted(found, key=lambda pair: (pair[0], pair[1].ask.ask_id)))

    @property
    def asks(self) -> tuple[PlannedAsk, ...]:
        """All asks, function by function."""
        return tuple(one for function in self.functions for one in function.asks)

    @property
    def every(self) -> PlannedAsks:
        """All asks, and what they come to."""
        return PlannedAsks(self.asks)

    @property
    def hours(self) -> PlanHours:
        """The hours of all asks."""
        return self.every.hours

    @property
    def saved(self) -> Saved:
        """The hours that what is confirmed saves."""
        return self.every.saved

    @property
    def proposed(self) -> Saved:
        """The hours that what is not yet confirmed would save."""
        return self.every.proposed

    def count(self, words: str) -> int:
        """How many asks stay, merge, end, end in part or are over, confirmed or not."""
        return self.every.count(words)
