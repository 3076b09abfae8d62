"""What a side does to a plan: writes its items, says something, passes it on, signs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from remit.model.plan_course import PlanAct
from remit.oversight import ActRefused, state_of
from remit.oversight.plan_items import items_of, numbered, text_of
from remit.oversight.plan_told import functions_for
from remit.oversight.shared_plan import act_on_plan, plan_seen, sides_of, standing_of
from remit.records.audit import ChangedMeanwhile, Event
from remit.web.access import permissions
from remit.web.access.policies import PolicyRefusal, check_act_on_plan
from remit.web.access.sides import actor_of
from remit.web.desk.plan_forms import items_formset, items_sent
from remit.web.desk.plan_reading import plan_or_404, told_plan
from remit.web.desk.plans import form_of, plan_page

_VERBS = {"write": "edit", "pass": "submit", "sign": "sign", "comment": "comment",
          "correct": "check", "dissent": "dissent", "review": "review"}  # fmt: skip


@require_POST
def plan_acted(request: Any, plan_id: str) -> HttpResponse:
    """Do an act for a side, if the person is of it and the plan stands so.

    Raises
    ------
    PolicyRefusal
        If the plan does not stand so, or has no item yet that could be passed on.
    """
    found = plan_or_404(request.person, plan_id)
    part, name = str(request.POST.get("part", "")), str(request.POST.get("act", ""))
    permissions.check_act_for(request.person, found, part)
    actor, standing = actor_of(request.person, found), standing_of(found)
    named = [one for one in state_of(standing.state).acts if one.id == name]
    for need in {"write", *(one.needs for one in named)}:
        permissions.check_act_for(request.person, found, part, need)
    check_act_on_plan(standing, name, part, actor)
    act = named[0]
    if act.does == "write":
        return redirect("plan_items", plan_id=found.pk)
    if act.to and not items_of(standing.version.text):
        raise PolicyRefusal("The plan has no item yet. Write one first.")
    key = f"{name}-{part}"
    form = form_of(act, key, told_plan(found, request.person), request.POST)
    if form is not None and not form.is_valid():
        return plan_page(request, found, {key: form})
    given = form.cleaned_data if form is not None else {}
    try:
        _act(request, found, act, part, given)
    except ChangedMeanwhile:
        found.refresh_from_db()
        return plan_page(request, found, {key: form} if form is not None else None, clash=True)
    found.refresh_from_db()
    messages.success(request, _done(act, state_of(found.status).name))
    return redirect("plan", plan_id=found.pk)


def _act(request: Any, found: Any, act: PlanAct, part: str, given: dict[str, Any]) -> None:
    actor = actor_of(request.person, found)
    verb = _VERBS.get(act.id) or _VERBS[act.does]
    event = Event(actor.person, sides_of(found)[part], verb)
    try:
        act_on_plan(
            event, found, act.id, actor, text=given.get("text"), item=given.get("item") or None,
            signed_as=given.get("signed_as", ""),
            seen=None if act.does == "view" else _seen(request),
        )  # fmt: skip
    except ActRefused as refused:
        raise PolicyRefusal(str(refused)) from None


def _seen(request: Any) -> int:
    """What the page had shown; a form without it was not sent from its page."""
    seen = str(request.POST.get("seen", ""))
    return int(seen) if seen.isdecimal() and len(seen) < 16 else -1


def _done(act: PlanAct, state: str) -> str:
    return f"Done: {act.name.lower()}. The plan is now: {state.lower()}." if act.to else "Kept."


@require_http_methods(["GET", "HEAD", "POST"])
def plan_items(request: Any, plan_id: str) -> HttpResponse:
    """Write the items; what another wrote meanwhile is shown, and nothing is overwritten.

    Raises
    ------
    Http404
        If the plan is not to be seen.
    """
    person = request.person
    found = plan_or_404(person, plan_id)
    standing = standing_of(found)
    part = state_of(standing.state).owner
    permissions.check_act_for(person, found, part)
    check_act_on_plan(standing, "write", part, actor_of(person, found))
    if not told_plan(found, person).version:
        raise Http404
    names = functions_for(found.organisation, person.on)
    formset = items_formset(
        request.POST if request.method == "POST" else None,
        list(items_of(standing.version.text)), names,
    )  # fmt: skip
    status, clash = 200, False
    if request.method == "POST":
        status = 400
        if formset.is_valid():
            known = [one.id for text in standing.versions for one in items_of(text.text)]
            text = text_of(numbered(items_sent(formset), known))
            write = next(one for one in state_of(standing.state).acts if one.does == "write")
            try:
                _act(request, found, write, part, {"text": text})
            except ChangedMeanwhile:
                status, clash = 409, True
            else:
                messages.success(request, "The items are kept. Nobody else sees them yet.")
                return redirect("plan", plan_id=found.pk)
    view = {"plan": found, "formset": formset, "clash": clash, "seen": plan_seen(found),
            "now": items_of(standing_of(found).version.text)}  # fmt: skip
    return render(request, "plan_items.html.jinja", view, status=status)
