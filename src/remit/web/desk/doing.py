"""What is done to asks and actions, for pages and programs: permission, state, then the write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404

from remit.asks.register.numbering import next_id
from remit.records.loading import model
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.policies import (
    PolicyRefusal,
    check_change_action,
    check_close_ask,
    check_reopen_ask,
)
from remit.web.access.visibility import visible
from remit.web.desk.writing import TABLES, add_record, change_record

FIELDS = ("what", "owner", "due_on")
"""What a person says of an action."""


def close_ask(person: Person, ask: Any, answer: str = "") -> None:
    """Close an ask; an answer is kept with it, and one that it had stays where none is given."""
    permissions.check_write(person, ask)
    check_close_ask(ask)
    change_record(
        person, ask, "close", status="closed", closed_on=person.on, answer=answer or ask.answer
    )


def open_again(person: Person, ask: Any) -> None:
    """Open an ask that was closed."""
    permissions.check_write(person, ask)
    check_reopen_ask(ask)
    change_record(person, ask, "open again", status="open", closed_on=None)


def enter_action(person: Person, ask: Any, fields: Mapping[str, Any]) -> Any:
    """Enter an action that comes from an ask."""
    permissions.check_write(person, ask)
    with transaction.atomic():
        number = next_id(TABLES, "Action", "action_id", "ACT")
        said = {name: fields[name] for name in FIELDS}
        return add_record(
            person, "Action", ask.to_org_code, action_id=number, ask_id=ask.pk,
            organisation=ask.to_org_code, **said,
        )  # fmt: skip


def change_action(person: Person, action: Any, seen: int, fields: Mapping[str, Any]) -> None:
    """Change what is said of an action, unless somebody else did since it was seen."""
    permissions.check_write(person, action)
    check_change_action(action)
    said = {name: fields[name] for name in FIELDS}
    change_record(person, action, "edit", seen=seen, **said)


def finish_action(person: Person, action: Any) -> None:
    """Mark an action as done today."""
    permissions.check_write(person, action)
    check_change_action(action)
    change_record(person, action, "close", done_on=person.on)


def do_to_one(
    person: Person, kind: str, record_id: str, does: Callable[[Person, Any], object]
) -> Any:
    """Do something to a record that nobody else changes meanwhile.

    Parameters
    ----------
    person
        Who does it.
    kind
        The model.
    record_id
        Which; one that the person does not see is not there.
    does
        What is done to it.

    Returns
    -------
    object
        The record as it stands then.
    """
    with transaction.atomic():
        rows = visible(model(kind).objects.select_for_update(), person)
        found = get_object_or_404(rows, pk=record_id)
        does(person, found)
    return found


def do_to_each(
    person: Person, kind: str, ids: Sequence[str], does: Callable[[Person, Any], object]
) -> int:
    """Do something to several records, each by its own rule: to all of them, or to none.

    Parameters
    ----------
    person
        Who does it.
    kind
        The model.
    ids
        Which.
    does
        What is done to each.

    Returns
    -------
    int
        To how many.

    Raises
    ------
    Http404
        If one of them is not to be seen.
    PolicyRefusal
        If none was chosen, or the state of one does not allow it.
    """
    if not ids:
        raise PolicyRefusal(f"No {kind.lower()} was chosen. Tick those that are meant.")
    with transaction.atomic():
        rows = visible(model(kind).objects.select_for_update(), person)
        found = list(rows.filter(pk__in=ids).order_by("pk"))
        if len(found) != len(ids):
            raise Http404
        for one in found:
            does(person, one)
    return len(found)
