"""What hangs on asks: the actions, decisions and frictions that name them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from remit.asks.register.register import Register


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
        parts = [_counted(*part) for part in (*named, (self.frictions, "friction")) if part[0]]
        return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def hanging_on(register: Register, ask_ids: Iterable[str]) -> Hanging:
    """Count what names at least one of these asks; a friction that is settled counts as well."""
    wanted = list(ask_ids)

    def count(table: str, condition: str) -> int:
        query = f"SELECT count(*) FROM {table} WHERE {condition}"  # noqa: S608
        return int(register.rows(query, [wanted])[0][0])

    return Hanging(
        actions=count("action", "list_contains(?::VARCHAR[], conversation)"),
        decisions=count("decision", "list_has_any(ask_ids, ?::VARCHAR[])"),
        frictions=count("friction", "list_has_any(ask_ids, ?::VARCHAR[])"),
    )


def asks_of_import(register: Register, import_id: str) -> list[str]:
    """The asks that one import brought and that are still there."""
    query = "SELECT ask_id FROM ask WHERE import_id = ? ORDER BY ask_id"
    return [row[0] for row in register.rows(query, [import_id])]


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
