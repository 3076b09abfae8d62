"""What waits for a person: each subject (actions, asks, …) brings its lines by one function.

A subject joins the work list, and the calendar of due days, with::

    @subject("plan")
    def plans_that_wait(person: Person, most: int) -> Waiting: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from remit.web.access.person import Person


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One thing that waits."""

    key: str
    """Its kind and number, such as ``action-ACT-1``: by it a calendar knows it again."""
    words: str
    address: str
    organisation: str
    """Whose it is, by its code."""
    due_on: date | None
    whose: str = ""
    """The role that owns it."""
    since: date | None = None
    """Since when it waits, where that says more than a day on which it is due."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits of one subject at a person's own organisations."""

    noun: str
    """One of them, such as ``action``."""
    total: int
    late: int
    lines: tuple[WaitingLine, ...]
    """Those due first, at most as many as were asked for."""
    address: str
    """The list of all."""
    for_role: bool = False
    """Whether it waits for somebody in the person's role, and not for anybody of theirs."""


Subject = Callable[[Person, int], Waiting]
_SUBJECTS: dict[str, Subject] = {}


def subject(name: str) -> Callable[[Subject], Subject]:
    """Let a function bring the lines of a subject to the work list.

    It is given the person and how many lines are wanted at most, and reads through ``visible``.
    """

    def joined(function: Subject) -> Subject:
        _SUBJECTS[name] = function
        return function

    return joined


def all_waiting(person: Person, most: int) -> list[Waiting]:
    """What waits for a person, subject by subject.

    Parameters
    ----------
    person
        For whom.
    most
        How many lines of each at most.
    """
    return [function(person, most) for function in _SUBJECTS.values()]
