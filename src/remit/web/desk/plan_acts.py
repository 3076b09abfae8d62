"""What a side does to a plan: writes its items, says something, passes it on, signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from remit.model.plan_course import PlanAct
from remit.oversight import ActRefused, open_acts, state_of
from remit.oversight.plan_items import PlanItem, items_of, lacking, numbered, text_of
from remit.oversight.plan_leads import led_functions
from remit.oversight.plan_told import PlanTold
from remit.oversight.shared_plan import (
    SaidOfPlan,
    act_on_plan,
    plan_seen,
    sides_of,
    standing_of,
)
from remit.records.audit import ChangedMeanwhile, Event
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.policies import PolicyRefusal, check_act_on_plan
from remit.web.access.sides import actor_of
from remit.web.desk.plan_answers import answer_forms, answers_sent
from remit.web.desk.plan_confirm import asks_again, confirm_page
from remit.web.desk.plan_forms import items_formset, items_sent
from remit.web.desk.plan_offers import offered
from remit.web.desk.plan_reading import plan_or_404, told_plan
from remit.web.desk.plans import OpenAct, form_of, missing_yet, plan_page
from remit.words.sentences import listed

_VERBS = {"write": "edit", "pass": "submit", "back": "undo", "sign": "sign", "comment": "comment",
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
    act = act_asked(request.person, found, part, name)
    if act.does == "write" or act.finds:
        return redirect("plan_review" if act.finds else "plan_items", plan_id=found.pk)
    key = f"{name}-{part}"
    told = told_plan(found, request.person)
    form = form_of(act, key, told, request.POST)
    others = open_acts(standing_of(found), part, actor_of(request.person, found))
    beside = _typed_beside(request, others, OpenAct(act, part), told)
    sent = beside | ({key: form} if form is not None else {})
    faults = [one for one in sent.values() if not one.is_valid()]
    if faults:
        return plan_page(request, found, sent)
    given = form.cleaned_data if form is not None else {}
    also = [
        SaidOfPlan(
            one.removesuffix(f"-{part}"),
            typed.cleaned_data["text"],
            typed.cleaned_data["item"] or None,
        )
        for one, typed in beside.items()
    ]
    if asks_again(request, act):
        if plan_seen(found) > seen_of(request):
            return plan_page(request, found, sent, clash=True)
        return confirm_page(request, found, OpenAct(act, part, form), told, also)
    try:
        do_act(request.person, found, OpenAct(act, part), given | {"seen": seen_of(request)}, also)
    except ChangedMeanwhile:
        found.refresh_from_db()
        return plan_page(request, found, sent, clash=True)
    found.refresh_from_db()
    messages.success(request, done_words(act, state_of(found.status).name, said=bool(also)))
    return redirect("plan", plan_id=found.pk)


def _check_whole(items: Sequence[PlanItem]) -> None:
    """Refuse to put to signature what lacks a measure, a role or a day."""
    wanting = [f"item {one.id} has {listed(lacking(one))}" for one in items if lacking(one)]
    if wanting:
        raise PolicyRefusal(
            f"It cannot be put to signature yet: {'; '.join(wanting)}. Write the items first."
        )


def _typed_beside(
    request: Any, acts: tuple[PlanAct, ...], pressed: OpenAct, told: PlanTold
) -> dict[str, Any]:
    """The forms of other acts in which something was typed, so that none of it is lost.

    What a side may say is kept along with the act; a reason for another act stops it.
    """
    typed = {}
    for act in acts:
        key = OpenAct(act, pressed.part).key
        if act.id != pressed.act.id and str(request.POST.get(f"{key}-text", "")).strip():
            typed[key] = form_of(act, key, told, request.POST)
            if act.does != "view":
                typed[key].add_error(
                    "text", f"You typed this and pressed “{pressed.act.name}”. Nothing was done. "
                    f"Press “{act.name}”, or clear this",
                )  # fmt: skip
    return typed


def act_asked(person: Person, found: Any, part: str, name: str) -> PlanAct:
    """The act of a name, if the person may do it for a side and the plan stands so.

    Parameters
    ----------
    person
        Who asks.
    found
        The plan, which they may see.
    part
        The side.
    name
        The act, by its identifier in the course.

    Raises
    ------
    PermissionDenied
        If they are not of the side, or may not do it there.
    PolicyRefusal
        If the plan does not stand so, or has no item yet that could be passed on.
    """
    permissions.check_act_for(person, found, part)
    actor, standing = actor_of(person, found), standing_of(found)
    named = [one for one in state_of(standing.state).acts if one.id == name]
    for need in {"write", *(one.needs for one in named)}:
        permissions.check_act_for(person, found, part, need)
    check_act_on_plan(standing, name, part, actor)
    act = named[0]
    if act.to and not items_of(standing.version.text):
        raise PolicyRefusal("The plan has no item yet. Write one first.")
    if act.whole:
        _check_whole(items_of(standing.version.text))
    return act


def do_act(
    person: Person,
    found: Any,
    did: OpenAct,
    given: Mapping[str, Any],
    also: Sequence[SaidOfPlan] = (),
) -> None:
    """Do an act for a side, unless the plan was written or passed on since it was seen.

    Parameters
    ----------
    person
        Who does it.
    found
        The plan.
    did
        The act, and the side.
    given
        What is said (``text``, ``item``), in which role is signed (``signed_as``), and what the
        person had seen (``seen``).
    also
        What else is said along with it.

    Raises
    ------
    ChangedMeanwhile
        If it was.
    PolicyRefusal
        If the course does not allow it.
    """
    act, part = did.act, did.part
    actor = actor_of(person, found)
    verb = _VERBS.get(act.id) or _VERBS[act.does]
    event = Event(actor.person, sides_of(found)[part], verb, why=person.limits.through)
    try:
        act_on_plan(
            event, found, act.id, actor, text=given.get("text"), item=given.get("item") or None,
            signed_as=given.get("signed_as", ""),
            seen=None if act.does == "view" else given["seen"], also=also,
        )  # fmt: skip
    except ActRefused as refused:
        raise PolicyRefusal(str(refused)) from None


def seen_of(request: Any) -> int:
    """What the page had shown; a form without it was not sent from its page.

    >>> seen_of(request)  # doctest: +SKIP
    12
    """
    seen = str(request.POST.get("seen", ""))
    return int(seen) if seen.isdecimal() and len(seen) < 16 else -1


def done_words(act: PlanAct, state: str, *, said: bool = False) -> str:
    """What is told after an act: what was done, and where the plan is now.

    >>> done_words(state_of("draft").acts[1], "With the ICB for comment")
    'It is handed to the ICB. The plan is now with the ICB for comment.'
    """
    along = " What you typed is kept with it." if said else ""
    if not act.to:
        return f"Kept.{along}"
    return f"{act.done or act.name}.{along} The plan is now {state[:1].lower()}{state[1:]}."


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
    seen = plan_seen(found)  # before what is shown is read: who writes in between is not missed
    formset = items_to_write(person, found, request.POST if request.method == "POST" else None)
    told = told_plan(found, person)
    answers = answer_forms(told, request.POST if request.method == "POST" else None)
    offers = offered(person, found.organisation, items_of(standing_of(found).version.text))
    ticked = set(request.POST.getlist("take"))
    status, clash, unsound = 200, False, list[Any]()
    if request.method == "POST":
        status = 400
        unsound = [one for one in answers.values() if one.is_bound and not one.is_valid()]
        if formset.is_valid() and not unsound:
            taken = [one.item for one in offers if one.key in ticked]
            try:
                said = answers_sent(answers)
                write_items(person, found, formset, seen_of(request), taken=taken, answers=said)
            except ChangedMeanwhile:
                status, clash = 409, True
            else:
                messages.success(request, "The items are kept. Nobody else sees them yet.")
                return redirect("plan_items" if taken else "plan", plan_id=found.pk)
    view = {"plan": found, "shown": told, "formset": formset, "clash": clash, "offers": offers,
            "ticked": ticked, "seen": seen, "answers": answers, "unsound": unsound,
            "lacks": missing_yet(told, person.on),
            "now": items_of(standing_of(found).version.text)}  # fmt: skip
    return render(request, "plan_items.html.jinja", view, status=status)


def items_to_write(person: Person, found: Any, data: Any) -> Any:
    """The items of a plan as forms, for who may write them now.

    Parameters
    ----------
    person
        Who writes.
    found
        The plan, which they may see.
    data
        What was sent, or None.

    Raises
    ------
    PermissionDenied
        If they are not of the side whose turn it is.
    PolicyRefusal
        If nobody writes it now.
    Http404
        If there is no version that they may see.
    """
    standing = standing_of(found)
    part = state_of(standing.state).owner
    permissions.check_act_for(person, found, part)
    check_act_on_plan(standing, "write", part, actor_of(person, found))
    if not told_plan(found, person).version:
        raise Http404
    led = led_functions(found.organisation, person.on)
    return items_formset(data, list(items_of(standing.version.text)), led)


def write_items(
    person: Person,
    found: Any,
    formset: Any,
    seen: int,
    *,
    taken: Sequence[PlanItem] = (),
    answers: Sequence[SaidOfPlan] = (),
) -> None:
    """Keep the items that were sent, those taken from what was offered, and answers to what was
    said, as long as no other wrote the plan since it was seen."""
    standing = standing_of(found)
    # What others saw keeps its number for good; what nobody saw leaves no gap behind.
    known = {one.id for each in standing.versions if each.fixed for one in items_of(each.text)}
    items = [one if one.id in known else replace(one, id="") for one in items_sent(formset)]
    text = text_of(numbered([*items, *taken], known))
    state = state_of(standing.state)
    write = next(one for one in state.acts if one.does == "write")
    do_act(person, found, OpenAct(write, state.owner), {"text": text, "seen": seen}, answers)
