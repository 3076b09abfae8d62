"""The actions and asks of a person's own organisations, as they wait."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.urls import reverse

from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.daily.waiting import Waiting, WaitingLine, subject

_LISTS = {
    "action": lambda: f"{reverse('actions')}?state=open",
    "ask": lambda: f"{reverse('asks')}?status=open",
}


def open_actions(person: Person) -> Any:
    """The actions that are not done, of those that the person may see."""
    return visible(model("Action").objects.filter(done_on=None), person)


def open_asks(person: Person) -> Any:
    """The asks that are open, of those that the person may see."""
    return visible(model("Ask").objects.filter(status="open"), person)


@subject("action")
def actions_that_wait(person: Person, most: int) -> Waiting:
    """Actions of the person's own organisations."""
    rows = open_actions(person).filter(organisation__in=person.at_home(Permission.READ))
    lines = [
        WaitingLine(
            f"action-{one.pk}", one.what, reverse("action", args=[one.pk]), one.organisation,
            one.due_on, one.owner,
        )
        for one in _first(rows, most)
    ]  # fmt: skip
    return _waiting("action", rows, lines, person)


@subject("ask")
def asks_that_wait(person: Person, most: int) -> Waiting:
    """Asks of the person's own organisations."""
    rows = open_asks(person).filter(to_org_code__in=person.at_home(Permission.READ))
    lines = [
        WaitingLine(
            f"ask-{one.pk}", one.title or f"Ask {one.pk}", reverse("ask", args=[one.pk]),
            one.to_org_code, one.due_on,
        )
        for one in _first(rows, most)
    ]  # fmt: skip
    return _waiting("ask", rows, lines, person)


def _first(rows: Any, most: int) -> list[Any]:
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "pk")[:most])


def _waiting(noun: str, rows: Any, lines: list[WaitingLine], person: Person) -> Waiting:
    late = rows.filter(due_on__lt=person.on).count()
    return Waiting(noun, rows.count(), late, tuple(lines), _LISTS[noun]())
