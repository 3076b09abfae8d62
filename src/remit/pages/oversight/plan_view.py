"""A plan as its page shows it: who asks, what comes next, and the asks by function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remit.catalogue.releases import Release
from remit.oversight import Fate, words
from remit.oversight.findings import finding_of, lead_finding
from remit.oversight.planned import FunctionPlan, Plan, PlannedAsk, PlannedAsks
from remit.words.days import short_day
from remit.words.sentences import count_words, listed

FATES = ("ends", "ends in part", "merges", "stays", "is over")
"""What becomes of an ask, in the order of the filter."""
_CSS = {"ends in part": "part", "is over": "over"}
_BUTTONS = {"is over": "Over"}


def css_of(words: str) -> str:
    """The class of the page by which asks of a fate are filtered."""
    return _CSS.get(words, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingBody(PlannedAsks):
    """Who asks, how much, and what the plan saves of it."""

    name: str


class AskRow(PlannedAsks):
    """An ask; or those of one recurring return of which the same becomes, the latest last."""

    __slots__ = ()

    @property
    def latest(self) -> PlannedAsk:
        """The one whose title stands for all."""
        return self.asks[-1]

    @property
    def hours_known(self) -> bool:
        """Whether the hours of all of them are written down."""
        return all(one.hours_known for one in self.asks)

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """The same asks as others received them."""
        return tuple(dict.fromkeys(other for one in self.asks for other in one.elsewhere))

    @property
    def facts(self) -> str:
        """Their identifiers, who asks, since when, and where they stand in the file."""
        first, last = self.asks[0].ask, self.latest.ask
        days = [short_day(one.received_on) for one in (first, last) if one.received_on]
        lines = [str(one.ask.source_row) for one in self.asks if one.ask.source_row]
        said = [
            last.from_body,
            " to ".join(dict.fromkeys(days)),
            words.due_words(self.latest),
            f"{'line' if len(lines) == 1 else 'lines'} {listed(lines)}" if lines else "",
            "by law" if self.latest.by_law else "",
        ]
        return " · ".join(filter(None, said))


@dataclass(frozen=True, slots=True)
class AskedFunction:
    """A function that is asked about, with its rows."""

    plan: FunctionPlan
    rows: tuple[AskRow, ...]

    @property
    def fates(self) -> str:
        """What becomes of its asks, as classes by which the page filters."""
        return " ".join(dict.fromkeys(css_of(one.fated.fate.words) for one in self.plan.asks))


@dataclass(frozen=True, slots=True)
class AwaitedAnswer:
    """A publication that answers asks: when it comes next, and which asks those are."""

    publication: str
    """What it is called."""
    following: Release | None
    asks: tuple[PlannedAsk, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """Everything that the page of a plan shows besides the plan itself."""

    title: str
    leads: str
    asked: tuple[AskedFunction, ...]
    bodies: tuple[AskingBody, ...]
    awaited: tuple[AwaitedAnswer, ...]
    to_agree: tuple[str, ...]
    filters: tuple[tuple[str, str, int], ...]


def plan_view(plan: Plan) -> PlanView:
    """The page of a plan: functions that are asked about first, bodies by the hours they ask."""
    bodies = sorted(_bodies(plan), key=lambda one: (-one.hours.middle, one.name))
    counted = [(fate, plan.count(fate)) for fate in FATES]
    return PlanView(
        title=finding_of(plan),
        leads=lead_finding(plan),
        asked=tuple(
            AskedFunction(one, tuple(_rows(one.asks))) for one in plan.functions if one.asks
        ),
        bodies=tuple(bodies),
        awaited=tuple(_awaited(plan)),
        to_agree=tuple(words.to_agree(plan)),
        filters=tuple(
            (css_of(fate), f"{_BUTTONS.get(fate, fate.capitalize())} ({n})", n)
            for fate, n in counted
            if n
        ),
    )


def agree_heading(count: int) -> str:
    """The heading of what is left to agree."""
    return f"{count_words(count, 'thing')} left to agree".capitalize()


def _rows(asks: Sequence[PlannedAsk]) -> Iterator[AskRow]:
    """The asks, those of a series of which the same becomes together."""
    found: dict[tuple[str, ...], list[PlannedAsk]] = {}
    for one in asks:
        own = one.series or one.ask.ask_id
        state = words.state_words(one)
        found.setdefault((own, one.fated.fate, one.fated.reason, state), []).append(one)
    for those in found.values():
        yield AskRow(tuple(sorted(those, key=lambda one: str(one.ask.received_on))))


def _bodies(plan: Plan) -> Iterator[AskingBody]:
    """Who asks, teams of one body together; who is on no map under the name that the list has."""
    found: dict[str, list[PlannedAsk]] = {}
    for one in plan.asks:
        found.setdefault(one.body.name if one.body else one.ask.from_body, []).append(one)
    yield from (AskingBody(asks=tuple(asks), name=name) for name, asks in found.items())


def _awaited(plan: Plan) -> Iterator[AwaitedAnswer]:
    """The publications that answer asks, by the day on which they come next."""
    found: dict[str, list[PlannedAsk]] = {}
    for one in plan.asks:
        if one.answer is not None and one.fated.fate is not Fate.OVER:
            found.setdefault(one.answer.name or one.answer.publication, []).append(one)
    made = [
        AwaitedAnswer(name, asks[0].published.following, tuple(asks))
        for name, asks in found.items()
    ]
    known = [one for one in made if one.following]
    yield from sorted(known, key=lambda one: one.following.on if one.following else plan.on)
    yield from (one for one in made if not one.following)
