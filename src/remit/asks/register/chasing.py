"""Messages that chase one which an earlier file brought."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from remit.asks.register.batches import batched
from remit.asks.register.register import AskRegister
from remit.asks.senders import UNKNOWN

if TYPE_CHECKING:
    from remit.asks.intake.candidate import Candidate

_Named = tuple[str, "Candidate"]


def chasing(register: AskRegister, new: list[_Named]) -> list[_Named]:
    """New asks, those marked as chasers whose body wrote in their thread before.

    Parameters
    ----------
    register
        The open register.
    new
        Identifier and ask of each.
    """
    threads = {
        register.sealed(one.thread, 16)
        for _, one in new
        if one.answers and one.thread and not one.follow_up
    }
    if not threads:
        return new
    known: set[tuple[str, str]] = set()
    for part in batched(sorted(threads)):
        rows = register.table("Ask").filter(thread__in=part)
        known |= set(rows.values_list("thread", "from_body"))
    return [
        (ask_id, replace(one, follow_up=True) if _chases(register, one, known) else one)
        for ask_id, one in new
    ]


def _chases(register: AskRegister, one: Candidate, known: set[tuple[str, str]]) -> bool:
    if not one.answers or not one.thread or one.from_body == UNKNOWN:
        return False
    return (register.sealed(one.thread, 16), one.from_body) in known
