"""The agenda of a conversation: its points, of today's performance or of tomorrow's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from remit.records.models import Ask
from remit.records.together.models import AgendaItem, Conversation
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.visibility import visible
from remit.web.desk.together.conversation_forms import AgendaForm
from remit.web.desk.together.pages import edited, entered, mark_of, one_seen, written_whole
from remit.web.desk.writing import add_record, change_record, remove_record, right_at


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def agenda_new(request: Any, conversation_id: str) -> HttpResponse:
    """A new point, at the end."""
    person = request.person
    found = one_seen(request, Conversation, conversation_id)
    permissions.check_write(person, found)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        enter_point(person, found, given)
        return ("conversation", found.pk)

    form = AgendaForm(request.POST or None, person=person)
    return entered(request, form, keep, heading="Add to the agenda", crumbs=_crumbs(found))


def enter_point(person: Person, found: Any, given: dict[str, Any]) -> Any:
    """Keep a new point of a conversation's agenda, at its end."""
    last = found.agenda.aggregate(Max("place"))["place__max"] or 0
    fields = {"conversation": found, "place": last + 1, **_values(given)}
    return add_record(person, AgendaItem, right_at(person, found), **fields)


def change_point(person: Person, point: Any, given: dict[str, Any]) -> None:
    """Change a point, as a form was filled in; who may not see its ask does not untie it."""
    hidden = None if _sees_ask(person, point) else point.ask_id
    change_record(person, point, "edit", **_values(given | {"ask": given["ask"] or hidden}))


def _sees_ask(person: Person, point: Any) -> bool:
    return bool(visible(Ask.objects.filter(pk=point.ask_id), person).exists())


def point_stands(point: Any, person: Person) -> tuple[dict[str, Any], str]:
    """What a person's form of a point has in it now, and the mark of that state."""
    initial = {
        "title": point.title,
        "time": "tomorrow" if point.is_tomorrow else "today",
        "minutes": point.minutes,
        "ask": point.ask_id if _sees_ask(person, point) else None,
    }
    return initial, mark_of(point)


def _values(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": given["title"],
        "is_tomorrow": given["time"] == "tomorrow",
        "minutes": given["minutes"],
        "ask_id": given["ask"],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def agenda_change(request: Any, conversation_id: str, item: int) -> HttpResponse:
    """Change a point."""
    found = one_seen(request, Conversation, conversation_id)
    permissions.check_write(request.person, found)
    point = point_of(found, item)
    initial, mark = point_stands(point, request.person)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        change_point(request.person, point, given)
        return ("conversation", found.pk)

    form = AgendaForm(request.POST or None, initial=initial, person=request.person)
    return edited(
        request,
        form,
        keep,
        heading=f"Change “{point.title}”",
        crumbs=_crumbs(found),
        mark=mark,
    )


@require_POST
@written_whole
def agenda_removed(request: Any, conversation_id: str, item: int) -> HttpResponse:
    """Take a point from the agenda; who changed what keeps it."""
    found = one_seen(request, Conversation, conversation_id)
    permissions.check_write(request.person, found)
    remove_record(request.person, point_of(found, item))
    messages.success(request, "It is no longer on the agenda.")
    return redirect("conversation", conversation_id=found.pk)


def point_of(found: Any, item: int) -> Any:
    """A point of a conversation's agenda by its number.

    Raises
    ------
    Http404
        If there is none.
    """
    point = found.agenda.filter(pk=item).first() if item < 2**63 else None
    if point is None:
        raise Http404
    return point


def _crumbs(found: Any) -> list[tuple[str, str]]:
    return [
        ("Conversations", reverse("conversations")),
        (found.title, reverse("conversation", args=[found.pk])),
    ]
