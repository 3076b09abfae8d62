"""The map of remits as declared: bodies, functions, entries, and what is documented of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from remit.model.errors import RemitError, UnknownCode
from remit.model.remit import (
    Body,
    Dated,
    Documented,
    Duty,
    Entry,
    Function,
    Line,
    RemitSource,
    State,
    Status,
    Subject,
    TimelineEvent,
)
from remit.remits.understood import Understood, folded, understood
from remit.words.nearest import nearest

_FORMS = frozenset({Subject.NHS_TRUST, Subject.FOUNDATION_TRUST})

DatedT = TypeVar("DatedT", bound=Dated)


class RemitMapError(RemitError):
    """The map of remits cannot answer as asked."""


@dataclass(frozen=True, slots=True)
class RemitMap:
    """Everything that the declarations say, in their order.

    ``known_from`` is the first day that can be asked for, ``known_until`` the last of which the map
    knows anything. ``timeline`` is what changed, by day, whether in force or only proposed.
    """

    bodies: Mapping[str, Body]
    functions: Mapping[str, Function]
    states: tuple[State, ...]
    entries: tuple[Entry, ...]
    lines: tuple[Line, ...]
    duties: tuple[Duty, ...]
    documented_overlaps: tuple[Documented, ...]
    documented_gaps: tuple[Documented, ...]
    sources: Mapping[str, RemitSource]
    known_from: date
    known_until: date
    timeline: tuple[TimelineEvent, ...] = ()

    def concerns(self, function: Function, kinds: frozenset[Subject]) -> bool:
        """Whether a function is shown for an organisation of some kinds.

        A wider function always is; one of its own only where some statement of any day is about
        the kind. The form of a trust makes no difference, since it may change.
        """
        either = kinds | (_FORMS if Subject.TRUST in kinds else frozenset())
        return function.part_of is None or any(
            function.id in entry.functions and not either.isdisjoint(entry.subjects)
            for entry in self.entries
        )

    def check_day(self, on: date) -> None:
        """Refuse a day before the map begins.

        Raises
        ------
        RemitMapError
            With the first day that can be asked for.
        """
        if on < self.known_from:
            raise RemitMapError(
                f"the map of remits begins on {self.known_from}; it knows nothing of {on}. "
                f"Give a day from then on with --on"
            )

    def body(self, name: str) -> Body:
        """A body by its identifier, name or another name it goes by.

        Raises
        ------
        UnknownCode
            If there is none; the message names the nearest.
        """
        found = _find(name, self.bodies.values())
        if found is None:
            raise UnknownCode(_unknown(name, self.bodies))
        return found

    def function(self, name: str) -> Function:
        """A function by its identifier, its name, or other words that mean it alone.

        Raises
        ------
        UnknownCode
            If there is none; the message names those that are near.
        """
        return self.understood(name).function

    def understood(self, name: str) -> Understood:
        """A function by the words of a question, with how they were understood.

        Raises
        ------
        UnknownCode
            If they mean none, or could mean several; the message names those that are near.
        """
        return understood(name, self.functions.values())

    def source_of(self, dated: Dated) -> RemitSource | None:
        """The source of a statement, if it names one."""
        return self.sources[dated.source] if dated.source else None

    def state_on(self, on: date) -> State | None:
        """The state that holds on a day; a proposed one never does."""
        holding = (s for s in self.states if s.status is Status.IN_FORCE and s.holds(on))
        return next(holding, None)

    def lines_on(self, on: date, kinds: frozenset[Subject], *, proposed: bool) -> list[Line]:
        """Who answers to whom on a day, for an organisation of some kinds."""
        return [
            line
            for line in holding(self.lines, on, proposed=proposed)
            if kinds.intersection(line.subjects) and self._open(line, on)
        ]

    def _open(self, line: Line, on: date) -> bool:
        return all(exists(self.bodies[name], on) for name in (line.body, line.to))


def holding(items: Iterable[DatedT], on: date, *, proposed: bool) -> list[DatedT]:
    """What is in force on a day and, if wanted, every proposal."""
    return [
        item for item in items if (proposed if item.status is Status.PROPOSED else item.holds(on))
    ]


def exists(body: Body, on: date) -> bool:
    """Whether a body is there on a day; a proposed end is none yet."""
    begun = body.valid_from is None or body.valid_from <= on
    return begun and (body.valid_to is None or on <= body.valid_to)


def _find(name: str, items: Iterable[Body]) -> Body | None:
    wanted = folded(name)
    kept = list(items)
    for item in kept:
        if wanted in {folded(item.id), folded(item.name)}:
            return item
    for item in kept:
        if wanted in {folded(word) for word in (item.short, *item.aliases)}:
            return item
    partly = [item for item in kept if _within(wanted, item)]
    return partly[0] if len(partly) == 1 else None


def _within(wanted: str, item: Body) -> bool:
    """Whether words stand in one of the names of a body, as whole words."""
    names = (item.name, *item.aliases)
    return bool(wanted) and any(f" {wanted} " in f" {folded(name)} " for name in names)


def _unknown(name: str, known: Mapping[str, Body]) -> str:
    names = {
        word: item.id for item in known.values() for word in (item.id, item.name, *item.aliases)
    }
    near = nearest(name, names)
    return f"there is no body {name!r} in the map; nearest: {near}. See: remit who bodies"
