"""What hangs on asks: the actions, decisions and frictions that name them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from remit.asks.register.imports import import_number
from remit.asks.register.register import AskRegister
from remit.words.sentences import count_words, listed


@dataclass(frozen=True, slots=True)
class Hanging:
    """How many actions, decisions and frictions name an ask of some."""

    actions: int
    decisions: int
    frictions: int

    @property
    def count(self) -> int:
        """All of them together."""
        return self.actions + self.decisions + self.frictions

    @property
    def in_words(self) -> str:
        """``1 action and 2 decisions``; nothing where there are none."""
        named = ((self.actions, "action"), (self.decisions, "decision"))
        parts = [count_words(*part) for part in (*named, (self.frictions, "friction")) if part[0]]
        return listed(parts)


def hanging_on(register: AskRegister, ask_ids: Iterable[str]) -> Hanging:
    """Count what names at least one of these asks; a friction that is settled counts as well."""
    wanted = set(ask_ids)

    def count(table: str, entry: str) -> int:
        named = register.table(table).values_list(entry, "ask_id")
        return len({one for one, ask_id in named if ask_id in wanted})

    return Hanging(
        actions=count("Action", "action_id"),
        decisions=count("DecisionAsk", "decision_id"),
        frictions=count("FrictionAsk", "friction_id"),
    )


def asks_of_import(register: AskRegister, import_id: str) -> list[str]:
    """The asks that one import brought and that are still there."""
    found = register.table("Ask").filter(brought_by_id=import_number(import_id))
    return list(found.order_by("ask_id").values_list("ask_id", flat=True))
