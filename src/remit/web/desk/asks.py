"""Asks: the list with its filters, the file, one ask, closing one or several."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from remit.records.loading import model
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.policies import can_close_ask
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.as_file import csv_answer
from remit.web.desk.daily.lists import (
    ASK_SORTS,
    back_to,
    carried,
    filter_words,
    in_order,
    onward,
)
from remit.web.desk.daily.undoing import may_undo
from remit.web.desk.doing import close_ask, do_to_each, do_to_one, open_again
from remit.web.desk.figures.saying import keep_remark, remark_typed, remarks_on
from remit.web.desk.forms import ClosingForm, chosen_ids
from remit.web.desk.listing import BY_DUE_DAY, list_page
from remit.words.sentences import count_words

ASK_COLUMNS = (
    "ask_id", "status", "to_org_code", "from_body", "from_team", "title", "received_on", "due_on",
    "frequency", "hours_estimate", "closed_on",
)  # fmt: skip


def asks_wanted(request: Any, permission: Permission = Permission.READ) -> Any:
    """The asks that an address asks for, of those that the person may see."""
    rows = visible(model("Ask").objects.all(), request.person, permission)
    given = request.GET
    if given.get("status") in {"open", "closed"}:
        rows = rows.filter(status=given["status"])
    if given.get("late"):
        rows = rows.filter(status="open", due_on__lt=request.person.on)
    if given.get("organisation"):
        rows = rows.filter(to_org_code=given["organisation"])
    if words := given.get("q", "").strip()[:200].replace("\x00", ""):
        rows = rows.filter(
            Q(title__icontains=words) | Q(ask_id__iexact=words) | Q(from_body__icontains=words)
        )
    return in_order(rows, given, ASK_SORTS)


@require_safe
def asks(request: Any) -> HttpResponse:
    """The asks that the person may see; the filters stand in the address."""
    rows = asks_wanted(request)
    codes = visible(model("Ask").objects.order_by(), request.person)
    page = list_page(rows, request.GET)
    view = {
        "page": page,
        "given": request.GET,
        "late": rows.filter(status="open", due_on__lt=request.person.on).count(),
        "said": filter_words(request.GET, request.person.on),
        "sorts": {key: words for key, (words, _) in ASK_SORTS.items()},
        "organisations": sorted(set(codes.values_list("to_org_code", flat=True).distinct())),
        "writable": _writable(page.rows, request.person),
        "may_export": permissions.user_can_export(request.person),
    }
    return render(request, "asks.html.jinja", view)


def _writable(rows: list[Any], person: Person) -> set[str]:
    """Those of some asks that the person may close, by their identifiers."""
    some = model("Ask").objects.filter(pk__in=[one.pk for one in rows], status="open")
    return set(visible(some, person, Permission.WRITE).values_list("pk", flat=True))


@require_safe
def asks_file(request: Any) -> HttpResponse:
    """The same list as a file, of those that the person may take away."""
    permissions.check_export(request.person)
    rows = asks_wanted(request, Permission.EXPORT).values_list(*ASK_COLUMNS)
    return csv_answer("asks.csv", ASK_COLUMNS, rows.iterator())


@require_safe
def ask(request: Any, ask_id: str) -> HttpResponse:
    """One ask, its actions, and what may be done with it."""
    found = _seen(request, ask_id)
    typed = request.session.get("answer typed") or ["", ""]
    if typed[0] != found.pk:
        return _ask_page(request, found, ClosingForm())
    del request.session["answer typed"]
    return _ask_page(request, found, ClosingForm(initial={"answer": typed[1]}))


def _seen(request: Any, ask_id: str) -> Any:
    return get_object_or_404(visible(model("Ask").objects.all(), request.person), pk=ask_id)


def _ask_page(request: Any, found: Any, form: Any, remark: Any = None) -> HttpResponse:
    actions = visible(model("Action").objects.filter(ask_id=found.pk), request.person)
    view = {
        "ask": found,
        "form": form,
        "actions": list(actions.order_by(*BY_DUE_DAY)),
        "may_write": permissions.user_can_write(request.person, found),
        "can_close": can_close_ask(found),
        **remarks_on(request, "ask", found),
        "back": back_to("asks", request),
        "carried": carried(request),
        "may_undo": may_undo(request.person, found),
    }
    if remark:
        view["remark_form"] = remark
    status = 400 if form.errors or (remark and remark.errors) else 200
    return render(request, "ask.html.jinja", view, status=status)


@require_POST
def ask_closed(request: Any, ask_id: str) -> HttpResponse:
    """Close an ask, or open it again."""
    form, found = ClosingForm(request.POST), _seen(request, ask_id)
    permissions.check_write(request.person, found)
    remark = remark_typed(request, found)
    if not form.is_valid() or (remark and not remark.is_valid()):
        return _ask_page(request, found, form, remark)

    def does(person: Person, ask: Any) -> None:
        if remark:
            keep_remark(person, "Ask", ask, remark)
        if request.POST.get("again"):
            open_again(person, ask)
        else:
            close_ask(person, ask, form.cleaned_data["answer"])

    found = do_to_one(request.person, "Ask", ask_id, does)
    along = " Your comment is kept with it." if remark else ""
    messages.success(request, f"Ask {found.pk} is {found.status} now.{along}")
    return redirect(onward("ask", found.pk, request))


@require_POST
def asks_closed(request: Any) -> HttpResponse:
    """Close several asks, each by its own rule; all of them, or none."""
    count = do_to_each(request.person, "Ask", chosen_ids(request.POST), close_ask)
    messages.success(request, f"Closed {count_words(count, 'ask')}.")
    return redirect(back_to("asks", request))
