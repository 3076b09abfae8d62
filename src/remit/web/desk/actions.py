"""Actions: the list with its filters, the file, a new one, a change, and several done at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Case, Q, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.records.audit import ChangedMeanwhile, last_entry
from remit.records.loading import model
from remit.records.together.models import Conversation
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.policies import can_change_action, check_change_action
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.as_file import csv_answer
from remit.web.desk.daily.lists import (
    ACTION_SORTS,
    back_to,
    came_from,
    carried,
    filter_words,
    in_order,
    onward,
)
from remit.web.desk.daily.undoing import may_undo
from remit.web.desk.doing import (
    FIELDS,
    change_action,
    do_to_each,
    enter_action,
    finish_action,
)
from remit.web.desk.figures.saying import remarks_on
from remit.web.desk.forms import ActionForm, chosen_ids, seen_number
from remit.web.desk.listing import list_page
from remit.web.desk.writing import home_of
from remit.words.sentences import count_words

ACTION_COLUMNS = ("action_id", "ask_id", "organisation", "what", "owner", "due_on", "done_on")
_STATES: dict[str, dict[str, Any]] = {"open": {"done_on": None}, "done": {"done_on__isnull": False}}


def actions_wanted(request: Any, permission: Permission = Permission.READ) -> Any:
    """The actions that an address asks for, of those that the person may see."""
    rows = visible(model("Action").objects.all(), request.person, permission)
    given = request.GET
    rows = rows.filter(**_STATES.get(given.get("state", ""), {}))
    if given.get("late"):
        rows = rows.filter(done_on=None, due_on__lt=request.person.on)
    if given.get("organisation"):
        rows = rows.filter(organisation=given["organisation"])
    if words := given.get("q", "").strip()[:200].replace("\x00", ""):
        rows = rows.filter(what__icontains=words)
    return in_order(
        with_source_shown(rows, request.person).select_related("ask"), given, ACTION_SORTS
    )


def with_source_shown(rows: Any, person: Person) -> Any:
    """Actions with what they came from, where the person may see that.

    ``ask_shown`` is the number of the ask, ``talk_shown`` the words of the conversation: of one
    that is a record here, where the person may see it.

    Parameters
    ----------
    rows
        The actions.
    person
        Who sees them.
    """
    asks = visible(model("Ask").objects.all(), person).values("pk")
    talks = visible(Conversation.objects.all(), person).values("pk")
    is_told = Q(from_conversation=None) | Q(from_conversation__in=talks)
    return rows.annotate(
        ask_shown=Case(When(ask__in=asks, then="ask_id"), default=None),
        talk_shown=Case(When(is_told, then="conversation"), default=None),
    )


@require_safe
def actions(request: Any) -> HttpResponse:
    """The actions that the person may see; the filters stand in the address."""
    rows = actions_wanted(request)
    page = list_page(rows, request.GET)
    codes = visible(model("Action").objects.order_by(), request.person)
    view = {
        "page": page,
        "late": rows.filter(done_on=None, due_on__lt=request.person.on).count(),
        "said": filter_words(request.GET, request.person.on),
        "sorts": {key: words for key, (words, _) in ACTION_SORTS.items()},
        "organisations": sorted(
            filter(None, codes.values_list("organisation", flat=True).distinct())
        ),
        "given": request.GET,
        "writable": _writable(page.rows, request.person),
        "may_export": permissions.user_can_export(request.person),
        "today": request.person.on,
    }
    return render(request, "actions.html.jinja", view)


def _writable(rows: list[Any], person: Person) -> set[str]:
    """Those of some actions that the person may change, by their identifiers."""
    some = model("Action").objects.filter(pk__in=[one.pk for one in rows], done_on=None)
    return set(visible(some, person, Permission.WRITE).values_list("pk", flat=True))


@require_safe
def actions_file(request: Any) -> HttpResponse:
    """The same list as a file, of those that the person may take away."""
    permissions.check_export(request.person)
    names = ["ask_shown" if one == "ask_id" else one for one in ACTION_COLUMNS]
    rows = actions_wanted(request, Permission.EXPORT).values_list(*names)
    return csv_answer("actions.csv", ACTION_COLUMNS, rows.iterator())


@require_safe
def action(request: Any, action_id: str) -> HttpResponse:
    """One action."""
    found = get_object_or_404(visible(model("Action").objects.all(), request.person), pk=action_id)
    view = {
        "action": found,
        "ask": _ask_of(found, request.person),
        "talk": _conversation_of(found, request.person),
        "may_write": permissions.user_can_write(request.person, found),
        "can_change": can_change_action(found),
        "organisation": home_of(found),
        "back": back_to("actions", request),
        "carried": carried(request),
        "next": came_from(request),
        "may_undo": may_undo(request.person, found),
        "today": request.person.on,
        **remarks_on(request, "action", found),
    }
    return render(request, "action.html.jinja", view)


@require_http_methods(["GET", "HEAD", "POST"])
def action_new(request: Any, ask_id: str) -> HttpResponse:
    """A new action that comes from an ask."""
    ask = get_object_or_404(visible(model("Ask").objects.all(), request.person), pk=ask_id)
    permissions.check_write(request.person, ask)
    form = ActionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = enter_action(request.person, ask, form.cleaned_data)
        messages.success(request, f"Action {made.pk} is entered.")
        return redirect("action", action_id=made.pk)
    view = {"ask": ask, "form": form, "action": None}
    return render(request, "action_form.html.jinja", view, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def action_change(request: Any, action_id: str) -> HttpResponse:
    """Change an action; what another changed meanwhile is shown, and nothing is overwritten."""
    found = get_object_or_404(visible(model("Action").objects.all(), request.person), pk=action_id)
    permissions.check_write(request.person, found)
    check_change_action(found)
    form = ActionForm(request.POST or None, initial=_initial(found))
    status, clash = 200, False
    if request.method == "POST":
        seen = seen_number(form.data.get("seen"))
        status = 400
        if form.is_valid() and seen is not None:
            try:
                change_action(request.person, found, seen, form.cleaned_data)
            except ChangedMeanwhile:
                status, clash = 409, True
                found.refresh_from_db()
            else:
                messages.success(request, f"Action {found.pk} is changed.")
                return redirect(onward("action", found.pk, request))
    ask = _ask_of(found, request.person)
    view = {"ask": ask, "action": found, "form": form, "clash": clash}
    view |= {"talk": _conversation_of(found, request.person)}
    view |= {"now": last_entry(found), "carried": carried(request)}
    view |= {"back": back_to("actions", request), "page": onward("action", found.pk, request)}
    return render(request, "action_form.html.jinja", view, status=status)


def _ask_of(found: Any, person: Person) -> Any:
    """The ask that an action came from; None where there is none that the person may see."""
    return visible(model("Ask").objects.filter(pk=found.ask_id), person).first()


def _conversation_of(found: Any, person: Person) -> Any:
    """The conversation that an action came from; None where the person may see none."""
    return visible(Conversation.objects.filter(pk=found.from_conversation), person).first()


def _initial(found: Any) -> dict[str, Any]:
    return {name: getattr(found, name) for name in FIELDS}


@require_POST
def actions_done(request: Any) -> HttpResponse:
    """Mark several actions as done, each by its own rule; all of them, or none."""
    count = do_to_each(request.person, "Action", chosen_ids(request.POST), finish_action)
    messages.success(request, f"Marked {count_words(count, 'action')} as done.")
    return redirect(came_from(request) or back_to("actions", request))
