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
        last = found.agenda.aggregate(Max("place"))["place__max"] or 0
        home = right_at(person, found)
        fields = {"conversation": found, "place": last + 1, **_values(given)}
        add_record(person, AgendaItem, home, **fields)
        return ("conversation", found.pk)

    form = AgendaForm(request.POST or None, person=person)
    return entered(request, form, keep, heading="Add to the agenda", crumbs=_crumbs(found))


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
    point = _point(found, item)
    seen = visible(Ask.objects.filter(pk=point.ask_id), request.person).exists()
    hidden = None if seen else point.ask_id

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        given = given | {"ask": given["ask"] or hidden}  # who may not see it does not untie it
        change_record(request.person, point, "edit", **_values(given))
        return ("conversation", found.pk)

    initial = {
        "title": point.title,
        "time": "tomorrow" if point.is_tomorrow else "today",
        "minutes": point.minutes,
        "ask": point.ask_id if seen else None,
    }
    form = AgendaForm(request.POST or None, initial=initial, person=request.person)
    return edited(
        request,
        form,
        keep,
        heading=f"Change “{point.title}”",
        crumbs=_crumbs(found),
        mark=mark_of(point),
    )


@require_POST
@written_whole
def agenda_removed(request: Any, conversation_id: str, item: int) -> HttpResponse:
    """Take a point from the agenda; who changed what keeps it."""
    found = one_seen(request, Conversation, conversation_id)
    permissions.check_write(request.person, found)
    remove_record(request.person, _point(found, item))
    messages.success(request, "It is no longer on the agenda.")
    return redirect("conversation", conversation_id=found.pk)


def _point(found: Any, item: int) -> Any:
    point = found.agenda.filter(pk=item).first() if item < 2**63 else None
    if point is None:
        raise Http404
    return point


def _crumbs(found: Any) -> list[tuple[str, str]]:
    return [
        ("Conversations", reverse("conversations")),
        (found.title, reverse("conversation", args=[found.pk])),
    ]
