"""Of a record that somebody may not see, the history of another does not tell the number either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.apps import apps

from remit.records.audit import AuditedValue, Told
from remit.records.models import Action, Ask
from remit.records.together.models import Conversation
from remit.web.access.person import Person
from remit.web.access.visibility import visible

UNSEEN = "one that you may not see"
_BY_TEXT = {("records.Action", "from_conversation"): Conversation}
"""Kind and field → the model that a text refers to by its number."""
_TIED: dict[str, Any] = {"ask": Ask, "action": Action}


def without_unseen(entries: Sequence[Told], person: Person) -> list[Told]:
    """Entries whose values name no ask, action or conversation that a person may not see.

    Parameters
    ----------
    entries
        What is told.
    person
        To whom.
    """
    wanted: dict[Any, set[str]] = defaultdict(set)
    for one in entries:
        for kind, _, value in _references(one):
            wanted[kind] |= {str(key) for key in (value.old, value.new) if key}
    seen = {
        kind: set(visible(kind.objects.filter(pk__in=keys), person).values_list("pk", flat=True))
        for kind, keys in wanted.items()
    }
    return [
        replace(one, values={**one.values, **_told(one, seen)}) if _refers(one) else one
        for one in entries
    ]


def _refers(entry: Told) -> bool:
    return any(True for _ in _references(entry))


def _told(entry: Told, seen: dict[Any, set[str]]) -> dict[str, AuditedValue]:
    return {
        name: replace(
            value,
            old=value.old if not value.old or value.old in seen[kind] else UNSEEN,
            new=value.new if not value.new or value.new in seen[kind] else UNSEEN,
        )
        for kind, name, value in _references(entry)
    }


def _references(entry: Told) -> Iterator[tuple[Any, str, AuditedValue]]:
    """The values of an entry that name a record of another: its model, the field, the value."""
    fields = {one.name: one for one in apps.get_model(entry.kind)._meta.concrete_fields}
    for name, value in entry.values.items():
        kind = _BY_TEXT.get((entry.kind, name))
        if name in fields and fields[name].related_model in (Ask, Action):
            kind = fields[name].related_model
        if entry.kind == "together.CommitmentTie" and name == "target":
            tied = entry.values.get("kind", AuditedValue())
            kind = _TIED.get(str(tied.new or tied.old))
        if kind is not None:
            yield kind, name, value
