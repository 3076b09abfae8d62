"""Plans that region, ICB and trust sign: read, begun, written, and passed on by the acts."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from remit.oversight import state_of
from remit.oversight.answered import answer_to
from remit.oversight.plan_told import nobody_acts
from remit.oversight.shared_plan import plan_seen
from remit.records.audit import ChangedMeanwhile
from remit.records.loading import model
from remit.web.access.policies import PolicyRefusal
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.api.asking import Key, fit, of_one, of_page, once, seen, taken, who
from remit.web.api.plan_shapes import (
    ActIn,
    ItemsIn,
    OnePlan,
    PlanIn,
    PlanRows,
    PlansWanted,
    words_apart,
)
from remit.web.api.refusals import REFUSALS, Clashed
from remit.web.desk import plans as desk
from remit.web.desk.listing import list_page
from remit.web.desk.plan_acts import act_asked, do_act, items_to_write, write_items
from remit.web.desk.plan_answers import answer_forms, answers_sent
from remit.web.desk.plan_forms import PlanForm
from remit.web.desk.plan_reading import plan_or_404, told_plan, told_sides

router = Router(tags=["plans"])
PLAN = "/plans/{plan_id}"


@router.get("/plans", response={200: PlanRows, **REFUSALS}, url_name="plans")
def plans(request: HttpRequest, wanted: Annotated[PlansWanted, Query()]) -> dict[str, Any]:
    """List the plans that the token reaches, those that have waited longest first."""
    rows = desk.plans_wanted(request, taken(request))
    page = list_page(of_one(rows, wanted.organisation), request.GET)
    return {**of_page(page), "rows": [_plan(request, one) for one in page.rows]}


def _plan(request: Any, one: Any) -> dict[str, Any]:
    state, sides = state_of(one.status), told_sides(one, who(request).on)
    settled = nobody_acts(state)
    names = ("plan_id", "organisation", "title", "period")
    return {
        **{name: getattr(one, name) for name in names},
        "state": state.id,
        "state_name": state.name,
        "since": one.moved_at.date() if one.moved_at else None,
        "turn": "" if settled else state.owner,
        "sides": [
            {"part": side.part, "organisation": side.code, "name": side.name} for side in sides
        ],
    }


def _whole(request: Any, one: Any, number: int | None = None) -> dict[str, Any]:
    person = who(request)
    told = told_plan(one, person, Permission.EXPORT, number)
    versions = visible(
        model("together.PlanVersion").objects.filter(plan=one), person, Permission.EXPORT
    )
    return {
        **_plan(request, one),
        "seen": plan_seen(one),
        "version": told.version,
        "versions": list(versions.order_by("number").values_list("number", flat=True)),
        "is_newest": told.is_newest,
        "is_draft": told.is_draft,
        "against": told.against,
        "items": [_item(item) for item in told.items],
        "changes": [
            {"id": item.id, "kind": item.kind,
             "fields": {words: words_apart(runs) for words, runs in item.fields}}
            for item in told.changes
        ],
        "views": [
            {name: getattr(view, name) for name in
             ("number", "by", "kind", "version", "item", "text", "on", "shown", "answer", "why")}
            for view in told.views
        ],
        "signatures": [
            {"part": sign.side.part, "signed_as": sign.signed_as, "on": sign.on}
            for sign in told.signatures
        ],
        "acts": [_act(act) for act in desk.acts_open(one, person, told)],
    }  # fmt: skip


def _item(told: Any) -> dict[str, Any]:
    names = ("id", "aim", "measure", "function", "lead", "due", "settled", "because")
    return {
        **{name: getattr(told.item, name) for name in names},
        "function_name": told.function,
        "leads": told.leads,
    }


def _act(found: Any) -> dict[str, Any]:
    takes = (
        ["items"] if found.act.does == "write" else list(found.form.fields if found.form else ())
    )
    return {"act": found.act.id, "part": found.part, "name": found.act.name, "takes": takes}


@router.get(PLAN, response={200: OnePlan, **REFUSALS}, url_name="plan")
def plan(
    request: HttpRequest, plan_id: str,
    version: Annotated[int | None, Query(ge=1, lt=2**31, description="The newest if left out.")]
    = None,
) -> Any:  # fmt: skip
    """Give one plan with a version of it."""
    return _whole(request, plan_or_404(who(request), plan_id, taken(request)), version)


@router.post("/plans", response={201: OnePlan, **REFUSALS}, url_name="plan_new")
def plan_new(request: HttpRequest, given: PlanIn, key: Key = "") -> Any:
    """Begin a plan for a trust of one's own region; nobody else sees it yet."""
    trusts = desk.trusts_to_plan_for(who(request))
    sent = fit(PlanForm(trusts, given.model_dump()))
    kind = model("together.Plan")

    def does() -> Any:
        if others := desk.same_open(who(request), sent):
            raise PolicyRefusal(
                f"{others[0].pk} is a plan for the same trust and period. To begin another all the "
                "same, send `another`: true."
            )
        return desk.begin_for(who(request), sent)

    made = once(
        request, key, does, lambda kept: seen(request, kind, kept["together.Plan"])
    )  # fmt: skip
    return Status(201, _whole(request, made))


@router.put(f"{PLAN}/items", response={200: OnePlan, **REFUSALS}, url_name="plan_items")
def plan_items(request: HttpRequest, plan_id: str, given: ItemsIn) -> Any:
    """Write the items of a plan whose turn it is, unless somebody else did since it was seen.

    What was said of it is answered along with that, each remark by its number.
    """
    found = plan_or_404(who(request), plan_id)
    count = len(given.items)
    # All of them count as there already: one like that before it would else be left out.
    sent: dict[str, Any] = {"item-TOTAL_FORMS": count, "item-INITIAL_FORMS": count}
    for place, one in enumerate(given.items):
        for name, value in one.model_dump(mode="json").items():
            sent[f"item-{place}-{name}"] = value if value is not None else ""
    formset = items_to_write(who(request), found, sent)
    fit(formset)
    for answer in given.answers:
        names = {"answer": answer.answer, "why": answer.why}
        sent |= {f"{answer_to(answer.number)}-{name}": value for name, value in names.items()}
    answers = answer_forms(told_plan(found, who(request)), sent)
    for form in answers.values():
        if form.is_bound:
            fit(form)
    if {one.number for one in given.answers} - set(answers):
        raise PolicyRefusal("An answer is to a comment or a correction of this plan.")

    def does() -> None:
        said = answers_sent(answers)
        write_items(who(request), found, formset, given.seen, answers=said)

    return _unless_changed(request, found, "", does)


@router.post(f"{PLAN}/acts", response={200: OnePlan, **REFUSALS}, url_name="plan_acted")
def plan_acted(request: HttpRequest, plan_id: str, given: ActIn, key: Key = "") -> Any:
    """Do an act of the course for a side: comment, correct, dissent, hand in, pass on, review.

    No token signs: that a person does on the plan's page.
    """
    found = plan_or_404(who(request), plan_id)

    def does() -> None:
        act = act_asked(who(request), found, given.part, given.act)
        if act.does == "write":
            raise PolicyRefusal("Items are written whole: PUT them at the plan's items.")
        if act.finds:
            raise PolicyRefusal("What a review found of each item is said on the plan's page.")
        prefix = f"{act.id}-{given.part}"
        sent = {f"{prefix}-{name}": getattr(given, name) for name in ("text", "item")}
        form = desk.form_of(act, prefix, told_plan(found, who(request)), sent)
        said = fit(form) if form is not None else {}
        do_act(who(request), found, desk.OpenAct(act, given.part), {**said, "seen": given.seen})

    return _unless_changed(request, found, key, does)


def _unless_changed(request: Any, found: Any, key: str, does: Any) -> dict[str, Any]:
    try:
        once(request, key, does, dict)
    except ChangedMeanwhile:
        found.refresh_from_db()
        raise Clashed(_whole(request, found)) from None
    found.refresh_from_db()
    return _whole(request, found)
