"""A plan that several organisations sign, as a page, a letter and a spreadsheet tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from remit.model.plan_course import PlanState
from remit.oversight.answered import ViewTold
from remit.oversight.changed_words import WordRun
from remit.oversight.course import load_course, state_of
from remit.oversight.plan_items import ItemChange, PlanItem
from remit.words.days import day_words
from remit.words.sentences import count_words


@dataclass(frozen=True, slots=True)
class SideTold:
    """A side of a plan."""

    part: str
    words: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ItemTold:
    """An item with who leads on its function."""

    item: PlanItem
    function: str
    leads: str
    why: str = ""
    """Why, by the map of remits."""
    source: str = ""
    """Where what the map says stands, as an address; blank where it names none."""
    settled: str = ""
    """Who leads as the sides settled it against the map, with the reason; blank where it holds."""

    leads_short: str = ""
    """Who leads by the map, shortly: the side that it is, if it is one."""

    has_lead: bool = False
    """Whether the map names who leads."""

    @property
    def leads_words(self) -> str:
        """Who leads, in a line: as it was settled, else by the map."""
        if self.settled:
            return f"{self.settled} The map: {self.leads}" if self.leads else self.settled
        return self.leads


@dataclass(frozen=True, slots=True)
class SignatureTold:
    """A signature under a version; blank where a side has not signed yet."""

    side: SideTold
    signed_as: str = ""
    at: datetime | None = None
    """When, by the clock of the place."""
    by_account: bool = False
    """Whether it was given in an account that may sign for the side."""
    late_days: int = 0
    """How many days after its day it was given; 0 where it was in time, or that is not known."""

    @property
    def on(self) -> date | None:
        """The day."""
        return self.at.date() if self.at else None

    @property
    def hour(self) -> str:
        """The hour and minute."""
        return f"{self.at:%H:%M}" if self.at else ""

    @property
    def late_words(self) -> str:
        """That it was given late, and by how much; blank where it was not."""
        return f"{count_words(self.late_days, 'day')} late" if self.late_days else ""

    @property
    def account_words(self) -> str:
        """In whose account it was given; no name of a person."""
        return f"the account of a signatory of {self.side.name}" if self.by_account else ""


@dataclass(frozen=True, slots=True)
class PlanTold:
    """Where a plan stands, and what somebody may see of it."""

    plan_id: str
    title: str
    period: str
    state: str
    since: date | None
    sides: tuple[SideTold, ...]
    version: int
    """The number of the version that is told; 0 where none is to be seen."""
    is_newest: bool
    is_draft: bool
    """Whether the version was not passed on yet."""
    items: tuple[ItemTold, ...]
    changes: tuple[ItemChange, ...]
    """Against the version before that the reader sees."""
    against: int
    """The number of that version; 0 where there is none."""
    views: tuple[ViewTold, ...]
    signatures: tuple[SignatureTold, ...]
    is_fictional: bool
    unanswered: tuple[ViewTold, ...] = ()
    """Comments and corrections that were neither taken nor refused."""
    decided: tuple[tuple[str, str], ...] = ()
    """Two asks, and what was decided of whether they are one: for files."""
    undecided: int | None = None
    """How many pairs of asks may be one and nobody decided; None where it was not looked at."""
    stays_in_force: int = 0
    """The version that all signed and that holds while another is written; 0 where none does."""
    printed_on: date | None = None
    """The day of a file: decisions go on after a plan is signed."""

    @property
    def unanswered_words(self) -> str:
        """How many things said have no answer, and which; blank where all have one."""
        if not self.unanswered:
            return ""
        has = "has" if len(self.unanswered) == 1 else "have"
        named = "; ".join(
            f"{one.by}, {one.words.lower()}" + (f" of item {one.item}" if one.item else "")
            for one in self.unanswered
        )
        return f"{count_words(len(self.unanswered), 'thing')} said {has} no answer: {named}"

    @property
    def marks(self) -> dict[str, dict[str, tuple[WordRun, ...]]]:
        """Item → what it is called on a page → the runs of words that it now has and had."""
        return {one.id: dict(one.fields) for one in self.changes if one.kind != "gone"}

    @property
    def gone(self) -> tuple[ItemChange, ...]:
        """The items that the version before had, and this one has not."""
        return tuple(one for one in self.changes if one.kind == "gone")

    @property
    def force_words(self) -> str:
        """That an earlier version holds while another is written, as a sentence; else blank."""
        if not self.stays_in_force:
            return ""
        return f"Version {self.stays_in_force} stays in force until all have signed another."

    @property
    def without_lead(self) -> tuple[str, ...]:
        """The numbers of items with a function on which nobody leads, and no side is settled."""
        return tuple(
            one.item.id
            for one in self.items
            if one.function and not one.settled and not one.has_lead
        )

    @property
    def twice_words(self) -> str:
        """What is decided and what is open of asks that may be asked twice, in a line."""
        decided = f"{count_words(len(self.decided), 'pair')} decided"
        if self.undecided is None:
            return decided
        return f"{decided}, {count_words(self.undecided, 'pair')} not decided"

    @property
    def turn(self) -> SideTold:
        """The side that is to act."""
        owner = state_of(self.state).owner
        return next(one for one in self.sides if one.part == owner)

    @property
    def state_words(self) -> str:
        """The state by its name."""
        return state_of(self.state).name

    @property
    def is_settled(self) -> bool:
        """Whether nobody is waited for."""
        return nobody_acts(state_of(self.state))

    @property
    def act_by(self) -> date | None:
        """The day until which the side whose turn it is has, by the course; None without one."""
        days = state_of(self.state).days
        return self.since + timedelta(days=days) if days and self.since else None

    def said_of(self, item: str) -> tuple[ViewTold, ...]:
        """What was said of an item; of the plan as a whole where that is blank."""
        return tuple(one for one in self.views if one.item == item)

    @property
    def dissents(self) -> tuple[ViewTold, ...]:
        """What was said against the version that is told."""
        return tuple(
            one for one in self.views if one.kind == "dissent" and one.version == self.version
        )

    @property
    def said(self) -> tuple[ViewTold, ...]:
        """What sides said, without what a review found."""
        return tuple(one for one in self.views if not one.kind.startswith(("found-", "reviewed-")))

    @property
    def findings(self) -> tuple[ViewTold, ...]:
        """What a review of the version that is told found, its day first."""
        return tuple(
            one
            for one in self.views
            if one.version == self.version and one.kind.startswith(("found-", "reviewed-"))
        )

    @property
    def waits(self) -> str:
        """Who is to act, and since when, as a sentence has it."""
        since = f" since {day_words(self.since)}" if self.since else ""
        if state_of(self.state).in_force:
            return f"in force{since}"
        if self.is_settled:
            return f"{self.state_words.lower()}{since}"
        return f"waits for {self.turn.name}{since}"

    @property
    def signed(self) -> tuple[SignatureTold, ...]:
        """The signatures that are there."""
        return tuple(one for one in self.signatures if one.signed_as)

    @property
    def trust(self) -> SideTold:
        """For whom the plan is."""
        return next(one for one in self.sides if one.part == "trust")


def nobody_acts(state: PlanState) -> bool:
    """Whether nobody is waited for: the plan is in force, or was reviewed.

    >>> nobody_acts(state_of("reviewed"))
    True
    """
    return state.in_force or all(act.id == "change" for act in state.acts)


def side_words() -> dict[str, str]:
    """Each side of the course → what it is called.

    >>> side_words()["icb"]
    'ICB'
    """
    return {one.id: one.name for one in load_course().parts}
