"""Conversations: whether they led to action, and of what they spoke."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from remit.asks.register.actions import actions as actions_of
from remit.asks.register.actions import summarise
from remit.asks.register.numbering import next_id
from remit.records.loading import model
from remit.records.together.models import AgendaItem, Conversation, ConversationParty
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.relations import name_of
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.listing import BY_DUE_DAY, list_page
from remit.web.desk.together.came_of import came_of_points
from remit.web.desk.together.conversation_counts import count_conversations, led_to_action
from remit.web.desk.together.conversation_forms import (
    ConversationActionForm,
    ConversationForm,
)
from remit.web.desk.together.fields import homes_of
from remit.web.desk.together.pages import (
    edited,
    entered,
    keep_parties,
    mark_of,
    one_seen,
    page_or_list,
    shown,
    written_whole,
)
from remit.web.desk.together.seen_tables import SeenTables
from remit.web.desk.writing import TABLES, add_record, change_record

_FIELDS = ("title", "held_on")


def conversations_wanted(request: Any, permission: Permission = Permission.READ) -> Any:
    """The conversations that an address asks for, of those that the person may see."""
    rows = visible(Conversation.objects.all(), request.person, permission)
    given = request.GET
    if words := given.get("q", "").strip()[:200].replace("\x00", ""):
        rows = rows.filter(Q(title__icontains=words) | Q(conversation_id__iexact=words))
    led = led_to_action(Conversation.objects.order_by(), request.person).values("pk")
    if given.get("led") == "yes":
        rows = rows.filter(pk__in=led)
    elif given.get("led") == "no":
        rows = rows.exclude(pk__in=led).filter(held_on__lte=request.person.on)
    return rows.order_by(F("held_on").desc(nulls_first=True), "pk")


@require_safe
def conversations(request: Any) -> HttpResponse:
    """The conversations that the person may see; the filters stand in the address."""
    wanted = conversations_wanted(request)
    page = list_page(wanted, request.GET)
    view = {
        "page": page,
        "given": request.GET,
        "counts": count_conversations(wanted, request.person),
        "beside": _beside([one.pk for one in page.rows], request.person),
        "may_enter": permissions.user_can_enter(request.person),
    }
    return shown(request, "conversations", view)


def _beside(keys: list[str], person: Person) -> dict[str, dict[str, Any]]:
    """What a list says of each conversation beside its own row: parties, minutes, actions."""
    found: dict[str, dict[str, Any]] = defaultdict(lambda: defaultdict(int))
    points = AgendaItem.objects.filter(conversation__in=keys).order_by().values("conversation")
    for row in points.annotate(
        spoken=Sum("minutes", default=0),
        tomorrow=Sum("minutes", filter=Q(is_tomorrow=True), default=0),
    ):
        found[row.pop("conversation")] |= row
    actions = visible(model("Action").objects.filter(from_conversation__in=keys), person)
    late = Q(done_on=None, due_on__lt=person.on)
    for row in (
        actions.order_by()
        .values("from_conversation")
        .annotate(
            actions=Count("pk"),
            open=Count("pk", filter=Q(done_on=None)),
            late=Count("pk", filter=late),
        )
    ):
        found[row.pop("from_conversation")] |= row
    return found


@require_safe
def conversation(request: Any, conversation_id: str) -> HttpResponse:
    """One conversation: its agenda in today and tomorrow, and what came of it."""
    found = one_seen(request, Conversation, conversation_id)
    person = request.person
    agenda = list(found.agenda.order_by("place", "pk"))
    asks = visible(model("Ask").objects.filter(agenda__conversation=found), person)
    of_it = {"from_conversation": found.pk}
    rows = visible(model("Action").objects.filter(**of_it), person)
    actions = list(rows.order_by(*BY_DUE_DAY))
    said, came = came_of_points(found.summary, [one.title for one in agenda])
    view = {
        "conversation": found,
        "parties": [one.organisation for one in found.parties.order_by("organisation")],
        "agenda": {
            "today": [one for one in agenda if not one.is_tomorrow],
            "tomorrow": [one for one in agenda if one.is_tomorrow],
        },
        "minutes": sum(one.minutes or 0 for one in agenda),
        "minutes_tomorrow": sum(one.minutes or 0 for one in agenda if one.is_tomorrow),
        "asks": {one.pk: one for one in asks},
        "actions": actions,
        "said": said,
        "came": came,
        "summary": summarise(actions_of(SeenTables(person, Action=of_it)), person.on),
        "is_held": found.held_on is not None and found.held_on <= person.on,
        "may_write": permissions.user_can_write(person, found),
        "may_act": bool(owners_in(person, found)),
    }
    return shown(request, "conversation", view)


def _values(given: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: given[name] for name in _FIELDS},
        "is_oversight": given["kind"] == "oversight",
        "summary": given["summary"] or None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def conversation_change(request: Any, conversation_id: str) -> HttpResponse:
    """Change a conversation."""
    found = one_seen(request, Conversation, conversation_id)
    permissions.check_write(request.person, found)
    initial, mark = conversation_stands(found)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        change_conversation(request.person, found, given)
        return page_or_list(request.person, found, "conversation")

    form = ConversationForm(request.POST or None, initial=initial)
    return edited(
        request,
        form,
        keep,
        heading=f"Change conversation {found.pk}",
        crumbs=_crumbs(found),
        mark=mark,
    )


def conversation_stands(found: Any) -> tuple[dict[str, Any], str]:
    """What a form of a conversation has in it now, and the mark of that state."""
    codes = list(found.parties.order_by("organisation").values_list("organisation", flat=True))
    initial = {name: getattr(found, name) for name in (*_FIELDS, "summary")}
    initial["kind"] = "oversight" if found.is_oversight else "other"
    initial["parties"] = ", ".join(codes)
    return initial, mark_of(found, codes)


def change_conversation(person: Person, found: Any, given: dict[str, Any]) -> None:
    """Change a conversation and its parties, as a form was filled in."""
    change_record(person, found, "edit", **_values(given))
    keep_parties(person, found, "conversation", given["parties"])


def _crumbs(found: Any) -> list[tuple[str, str]]:
    return [
        ("Conversations", reverse("conversations")),
        (found.title, reverse("conversation", args=[found.pk])),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def conversation_action(request: Any, conversation_id: str) -> HttpResponse:
    """A new action that came of a conversation."""
    person = request.person
    found = one_seen(request, Conversation, conversation_id)
    permissions.check_write(person, found)
    among = owners_in(person, found)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        return ("action", enter_action_from(person, found, given).pk)

    form = ConversationActionForm(request.POST or None, among=among)
    return entered(request, form, keep, heading="Enter an action", crumbs=_crumbs(found))


def enter_action_from(person: Person, found: Any, given: dict[str, Any]) -> Any:
    """Keep an action that came of a conversation, as a form was filled in."""
    home = given["organisation"]
    fields = {name: given[name] for name in ("what", "owner", "due_on")}
    fields |= {"organisation": home, "from_conversation": found.pk}
    number = next_id(TABLES, "Action", "action_id", "ACT")
    return add_record(person, "Action", home, action_id=number, **fields)


def owners_in(person: Person, found: Any) -> list[tuple[str, str]]:
    """The organisations whose an action from a conversation may be: parties where one may write."""
    parties = ConversationParty.objects.filter(conversation=found)
    codes = {found.organisation, *parties.values_list("organisation", flat=True)}
    held = dict(homes_of(person))
    return [
        (code, held.get(code) or f"{name_of(code, person.on)} ({code})")
        for code in sorted(codes)
        if permissions.user_can_write_at(person, code)
    ]
