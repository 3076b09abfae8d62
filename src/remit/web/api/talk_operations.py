"""Conversations with their agendas, and meetings of calendars."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import F, Q
from django.http import HttpRequest
from ninja import Query, Router, Status

from remit.records.loading import model
from remit.records.together.models import AgendaItem, Conversation
from remit.web.access import permissions
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.api.asking import Key, as_form, fit, of_one, of_page, once, rows_of, seen, taken, who
from remit.web.api.keeping import change, enter
from remit.web.api.operations import told_action
from remit.web.api.refusals import REFUSALS
from remit.web.api.shapes import OneAction, Wanted
from remit.web.api.together_shapes import (
    ActionFromIn,
    ConversationChange,
    ConversationIn,
    ConversationRows,
    ConversationsWanted,
    MeetingOut,
    MeetingRows,
    OneConversation,
    PointChange,
    PointIn,
    PointOut,
)
from remit.web.desk.listing import list_page
from remit.web.desk.together import conversations as desk
from remit.web.desk.together.agenda import change_point, enter_point, point_of, point_stands
from remit.web.desk.together.conversation_entry import enter_conversation
from remit.web.desk.together.conversation_forms import (
    AgendaForm,
    ConversationActionForm,
    ConversationForm,
    NewConversationForm,
)
from remit.web.desk.together.pages import marks_of, one_seen
from remit.web.desk.writing import remove_record

router = Router(tags=["conversations"])
ONE = "/conversations/{conversation_id}"
POINT = f"{ONE}/agenda/{{number}}"


@router.get(
    "/conversations", response={200: ConversationRows, **REFUSALS}, url_name="conversations"
)
def conversations(
    request: HttpRequest, wanted: Annotated[ConversationsWanted, Query()]
) -> dict[str, Any]:
    """List the conversations that the token reaches, the latest first."""
    rows = desk.conversations_wanted(request, taken(request)).prefetch_related("parties")
    rows = of_one(rows, wanted.organisation)
    page = list_page(rows, request.GET)
    return {**of_page(page), "rows": [_told(one) for one in page.rows]}


def _told(one: Any) -> dict[str, Any]:
    names = ("conversation_id", "organisation", "title", "held_on", "summary")
    return {
        **{name: getattr(one, name) for name in names},
        "kind": "oversight" if one.is_oversight else "other",
        "parties": sorted(party.organisation for party in one.parties.all()),
    }


def _whole(request: Any, one: Any) -> dict[str, Any]:
    person = who(request)
    points = list(one.agenda.order_by("place", "pk"))
    of_it = model("Ask").objects.filter(pk__in=[point.ask_id for point in points])
    asks = set(visible(of_it, person, Permission.EXPORT).values_list("pk", flat=True))
    actions = model("Action").objects.filter(from_conversation=one.pk)
    actions = visible(actions, person, Permission.EXPORT).order_by(
        F("due_on").asc(nulls_last=True), "pk"
    )
    marks = marks_of(points)
    return {
        **_told(one),
        "seen": desk.conversation_stands(one)[1],
        "agenda": [_point(point, marks[point.pk], asks) for point in points],
        "actions": list(actions.values_list("pk", flat=True)),
    }


def _point(point: Any, mark: str, asks: set[str]) -> dict[str, Any]:
    return {
        "number": point.pk, "title": point.title, "minutes": point.minutes, "seen": mark,
        "time": "tomorrow" if point.is_tomorrow else "today",
        "ask_id": point.ask_id if point.ask_id in asks else None,
    }  # fmt: skip


@router.get(ONE, response={200: OneConversation, **REFUSALS}, url_name="conversation")
def conversation(request: HttpRequest, conversation_id: str) -> Any:
    """Give one conversation with its agenda."""
    return _whole(request, seen(request, Conversation, conversation_id, taken(request)))


@router.post(
    "/conversations", response={201: OneConversation, **REFUSALS}, url_name="conversation_new"
)
def conversation_new(request: HttpRequest, given: ConversationIn, key: Key = "") -> Any:
    """Enter a conversation that one's own organisation calls."""
    made = enter(
        request, key, given, Conversation, form=NewConversationForm,
        keep=enter_conversation,
    )  # fmt: skip
    return Status(201, _whole(request, made))


@router.patch(ONE, response={200: OneConversation, **REFUSALS}, url_name="conversation_change")
def conversation_change(
    request: HttpRequest, conversation_id: str, given: ConversationChange
) -> Any:
    """Change a conversation, unless somebody else did since it was seen."""
    return change(
        request, given, lambda: _written(request, conversation_id), desk.conversation_stands,
        form=ConversationForm, keep=desk.change_conversation,
        told=lambda one: _whole(request, one),
    )  # fmt: skip


def _written(request: Any, conversation_id: str) -> Any:
    """A conversation that the person may change, held."""
    found = one_seen(request, Conversation, conversation_id)
    permissions.check_write(who(request), found)
    return found


@router.post(
    f"{ONE}/actions", response={201: OneAction, **REFUSALS}, url_name="conversation_action"
)
def conversation_action(
    request: HttpRequest, conversation_id: str, given: ActionFromIn, key: Key = ""
) -> Any:
    """Enter an action that came of a conversation."""

    def does() -> Any:
        found = _written(request, conversation_id)
        among = desk.owners_in(who(request), found)
        form = ConversationActionForm(as_form(given.model_dump()), among=among)
        return desk.enter_action_from(who(request), found, fit(form))

    made = once(
        request, key, does, lambda kept: seen(request, model("Action"), kept["records.Action"])
    )
    return Status(201, told_action(made, who(request)))


@router.post(f"{ONE}/agenda", response={201: PointOut, **REFUSALS}, url_name="agenda_new")
def agenda_new(
    request: HttpRequest, conversation_id: str, given: PointIn, key: Key = ""
) -> Any:  # fmt: skip
    """Add a point to an agenda, at its end."""

    def does() -> Any:
        found = _written(request, conversation_id)
        form = AgendaForm(as_form(given.model_dump()), person=who(request))
        return enter_point(who(request), found, fit(form))

    made = once(
        request, key, does,
        lambda kept: point_of(_written(request, conversation_id), int(kept[_POINT])),
    )  # fmt: skip
    return Status(201, _alone(request, made))


_POINT = AgendaItem._meta.label


def _alone(request: Any, point: Any) -> dict[str, Any]:
    of_it = model("Ask").objects.filter(pk=point.ask_id)
    asks = set(visible(of_it, who(request), Permission.EXPORT).values_list("pk", flat=True))
    return _point(point, point_stands(point, who(request))[1], asks)


@router.patch(POINT, response={200: PointOut, **REFUSALS}, url_name="agenda_change")
def agenda_change(
    request: HttpRequest, conversation_id: str, number: int, given: PointChange
) -> Any:  # fmt: skip
    """Change a point, unless somebody else did since it was seen."""
    return change(
        request, given, lambda: point_of(_written(request, conversation_id), number),
        lambda point: point_stands(point, who(request)),
        form=lambda data: AgendaForm(data, person=who(request)), keep=change_point,
        told=lambda point: _alone(request, point),
    )  # fmt: skip


@router.delete(POINT, response={204: None, **REFUSALS}, url_name="agenda_removed")
def agenda_removed(request: HttpRequest, conversation_id: str, number: int) -> Any:
    """Take a point from an agenda; who changed what keeps it."""

    def does() -> None:
        point = point_of(_written(request, conversation_id), number)
        remove_record(who(request), point)

    once(request, "", does, dict)
    return Status(204, None)


@router.get("/meetings", response={200: MeetingRows, **REFUSALS}, url_name="meetings")
def meetings(request: HttpRequest, wanted: Annotated[Wanted, Query()]) -> dict[str, Any]:
    """List the meetings of calendars that were taken in, the latest first."""
    rows = visible(model("Meeting").objects.filter(replaced_by=None), who(request), taken(request))
    if wanted.organisation:
        rows = rows.filter(to_org_code=wanted.organisation)
    if words := wanted.q.strip().replace("\x00", ""):
        rows = rows.filter(
            Q(series__icontains=words) | Q(title__icontains=words) | Q(body__icontains=words)
        )
    page = list_page(rows.order_by("-day", "-pk"), request.GET)
    page.rows[:] = [_meeting(one) for one in page.rows]
    return rows_of(page)


@router.get("/meetings/{number}", response={200: MeetingOut, **REFUSALS}, url_name="meeting")
def meeting(request: HttpRequest, number: int) -> Any:
    """Give one meeting."""
    return _meeting(seen(request, model("Meeting"), _small(number), taken(request)))


def _small(number: int) -> int:
    """A number that a database can look up; another is nobody's."""
    return number if 0 <= number < 2**63 else 0


def _meeting(one: Any) -> dict[str, Any]:
    names = MeetingOut.model_fields.keys() - {"number", "organisation"}
    of_it = {name: getattr(one, name) for name in names}
    return {"number": one.pk, "organisation": one.to_org_code, **of_it}
