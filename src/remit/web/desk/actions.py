"""Actions: the list with its filters, the file, a new one, a change, and several done at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.asks.register.numbering import next_id
from remit.records.loading import model
from remit.web.access import permissions
from remit.web.access.policies import PolicyRefusal, can_change_action, check_change_action
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.as_file import csv_answer
from remit.web.desk.forms import ActionForm, chosen_ids
from remit.web.desk.listing import list_page
from remit.web.desk.writing import TABLES, add_record, change_record, digest_of
from remit.words.sentences import count_words

_COLUMNS = ("action_id", "ask_id", "ask__to_org_code", "what", "owner", "due_on", "done_on")
_HEADINGS = ("action_id", "ask_id", "organisation", "what", "owner", "due_on", "done_on")
_FIELDS = ("what", "owner", "due_on")
_STATES: dict[str, dict[str, Any]] = {"open": {"done_on": None}, "done": {"done_on__isnull": False}}


def actions_wanted(request: Any, permission: Permission = Permission.READ) -> Any:
    """The actions that an address asks for, of those that the person may see."""
    rows = visible(model("Action").objects.all(), request.person, permission)
    given = request.GET
    rows = rows.filter(**_STATES.get(given.get("state", ""), {}))
    if given.get("late"):
        rows = rows.filter(done_on=None, due_on__lt=request.person.on)
    if given.get("organisation"):
        rows = rows.filter(ask__to_org_code=given["organisation"])
    if words := given.get("q", "").strip()[:200].replace("\x00", ""):
        rows = rows.filter(what__icontains=words)
    return rows.select_related("ask").order_by("due_on", "pk")


@require_safe
def actions(request: Any) -> HttpResponse:
    """The actions that the person may see; the filters stand in the address."""
    view = {
        "page": list_page(actions_wanted(request), request.GET),
        "given": request.GET,
        "may_write": request.person.codes(Permission.WRITE),
        "may_export": permissions.user_can_export(request.person),
        "today": request.person.on,
    }
    return render(request, "actions.html.jinja", view)


@require_safe
def actions_file(request: Any) -> HttpResponse:
    """The same list as a file, of those that the person may take away."""
    permissions.check_export(request.person)
    rows = actions_wanted(request, Permission.EXPORT).values_list(*_COLUMNS)
    return csv_answer("actions.csv", _HEADINGS, rows.iterator())


@require_safe
def action(request: Any, action_id: str) -> HttpResponse:
    """One action."""
    rows = visible(model("Action").objects.select_related("ask"), request.person)
    found = get_object_or_404(rows, pk=action_id)
    view = {
        "action": found,
        "may_write": permissions.user_can_write(request.person, found.ask.to_org_code),
        "can_change": can_change_action(found),
        "today": request.person.on,
    }
    return render(request, "action.html.jinja", view)


@require_http_methods(["GET", "HEAD", "POST"])
def action_new(request: Any, ask_id: str) -> HttpResponse:
    """A new action that comes from an ask."""
    ask = get_object_or_404(visible(model("Ask").objects.all(), request.person), pk=ask_id)
    permissions.check_write(request.person, ask.to_org_code)
    form = ActionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            fields = {name: form.cleaned_data[name] for name in _FIELDS}
            number = next_id(TABLES, "Action", "action_id", "ACT")
            made = add_record(
                request, "Action", ask.to_org_code, action_id=number, ask_id=ask.pk, **fields
            )
        messages.success(request, f"Action {made.pk} is entered.")
        return redirect("action", action_id=made.pk)
    view = {"ask": ask, "form": form, "action": None}
    return render(request, "action_form.html.jinja", view, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def action_change(request: Any, action_id: str) -> HttpResponse:
    """Change an action; what another changed meanwhile is shown, and nothing is overwritten."""
    with transaction.atomic():
        rows = visible(model("Action").objects.select_for_update(of=("self",)), request.person)
        found = get_object_or_404(rows.select_related("ask"), pk=action_id)
        permissions.check_write(request.person, found.ask.to_org_code)
        check_change_action(found)
        now = digest_of(found, *_FIELDS)
        form = ActionForm(request.POST or None, initial=_initial(found) | {"seen": now})
        status, clash = 200, False
        if request.method == "POST":
            clash = form.data.get("seen") != now
            if form.is_valid() and not clash:
                fields = {name: form.cleaned_data[name] for name in _FIELDS}
                change_record(request, found, found.ask.to_org_code, "edit", **fields)
                messages.success(request, f"Action {found.pk} is changed.")
                return redirect("action", action_id=found.pk)
            status = 409 if clash else 400
    view = {"ask": found.ask, "action": found, "form": form, "clash": clash, "now": now}
    return render(request, "action_form.html.jinja", view, status=status)


def _initial(found: Any) -> dict[str, Any]:
    return {name: getattr(found, name) for name in _FIELDS}


@require_POST
def actions_done(request: Any) -> HttpResponse:
    """Mark several actions as done, each by its own rule; all of them, or none.

    Raises
    ------
    Http404
        If one of them is not to be seen.
    PolicyRefusal
        If none was chosen, or one is done already.
    """
    ids = chosen_ids(request.POST)
    if not ids:
        raise PolicyRefusal("No action was chosen. Tick the actions that are done.")
    with transaction.atomic():
        rows = visible(model("Action").objects.select_for_update(of=("self",)), request.person)
        found = list(rows.select_related("ask").filter(pk__in=ids).order_by("pk"))
        if len(found) != len(ids):
            raise Http404
        for one in found:
            permissions.check_write(request.person, one.ask.to_org_code)
            check_change_action(one)
            change_record(request, one, one.ask.to_org_code, "close", done_on=request.person.on)
    messages.success(request, f"Marked {count_words(len(found), 'action')} as done.")
    return redirect("actions")
