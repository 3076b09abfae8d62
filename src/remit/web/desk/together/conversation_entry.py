"""A new conversation on one page: who and when, its points, what came of each, and the actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from remit.asks.register.numbering import next_id
from remit.records.together.models import AgendaItem, Conversation
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.desk.named import organisations_to_choose
from remit.web.desk.together.came_of import outcome_line
from remit.web.desk.together.conversation_forms import NewConversationForm, PointForm
from remit.web.desk.together.numbers import next_number
from remit.web.desk.together.pages import keep_parties, shown, written_whole
from remit.web.desk.writing import TABLES, add_record

_MOST = 5
_POINTS = formset_factory(PointForm, extra=_MOST, max_num=_MOST, validate_max=True)


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def conversation_new(request: Any) -> HttpResponse:
    """A new conversation with up to five points; more are added on its own page."""
    person = request.person
    permissions.check_enter(person)
    sent = request.POST if request.method == "POST" else None
    form = NewConversationForm(sent, person=person)
    among = _take_part(form) if sent is not None and form.is_valid() else ()
    points = _POINTS(
        sent if sent and "points-TOTAL_FORMS" in sent else None,
        prefix="points",
        form_kwargs={"among": among},
    )
    if sent is not None and form.is_valid() and _is_whole(points):
        said = [one.cleaned_data for one in points if points.is_bound and one.has_changed()]
        if _may_give(person, form.cleaned_data, points):
            made = enter_conversation(person, form.cleaned_data, said)
            messages.success(request, "It is entered.")
            return redirect("conversation", conversation_id=made.pk)
    forms = [form, *(points if points.is_bound else ())]
    is_wrong = sent is not None and any(one.errors for one in forms)
    view = {
        "form": form, "points": points, "is_wrong": is_wrong,
        "wrong": [one for one in forms if one.errors],
        "crumbs": [("Conversations", reverse("conversations"))],
        "known": organisations_to_choose(person),
    }  # fmt: skip
    return shown(request, "conversation_new", view, 400 if is_wrong else 200)


def _take_part(form: Any) -> tuple[str, ...]:
    """Who takes part besides who calls it, which is meant where a form names nobody."""
    given = form.cleaned_data
    return tuple(one for one in given["parties"] if one != given["organisation"])


def _is_whole(points: Any) -> bool:
    return not points.is_bound or bool(points.is_valid())


def _may_give(person: Person, given: dict[str, Any], points: Any) -> bool:
    """Whether each action is of an organisation that takes part, and at which the person enters."""
    parties = {given["organisation"], *given["parties"]}
    for one in points if points.is_bound else ():
        said = one.cleaned_data
        code = said.get("whose") or given["organisation"]
        if not said.get("what"):
            continue
        if code not in parties:
            one.add_error("whose", "Name an organisation that takes part")
        elif not permissions.user_can_write_at(person, code):
            one.add_error("whose", "Your roles do not let you enter actions there")
    return not (points.is_bound and any(one.errors for one in points))


def enter_conversation(
    person: Person, given: dict[str, Any], points: Sequence[dict[str, Any]] = ()
) -> Any:
    """Keep a new conversation with its parties, its points and their actions."""
    home = given["organisation"]
    came = [outcome_line(one["title"], one["outcome"]) for one in points if one["outcome"]]
    made = add_record(
        person, Conversation, home,
        conversation_id=next_number(Conversation, "conversation_id", "CON"), organisation=home,
        title=given["title"], held_on=given["held_on"],
        is_oversight=given["kind"] == "oversight",
        summary="\n".join(filter(None, [given["summary"], *came])) or None,
    )  # fmt: skip
    keep_parties(person, made, "conversation", given["parties"])
    for place, one in enumerate(points, 1):
        add_record(
            person, AgendaItem, home, conversation=made, place=place, title=one["title"],
            is_tomorrow=one["time"] == "tomorrow", minutes=one["minutes"],
        )  # fmt: skip
        if one["what"]:
            whose = one["whose"] or home
            add_record(
                person, "Action", whose, action_id=next_id(TABLES, "Action", "action_id", "ACT"),
                what=one["what"], owner=one["owner"], due_on=one["due_on"], organisation=whose,
                from_conversation=made.pk, conversation=one["title"],
            )  # fmt: skip
    return made
