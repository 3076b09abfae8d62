"""Plans that region, ICB and trust sign: the list, one plan, a new one, and what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Q, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from remit.asks.register.numbering import next_id
from remit.model.organisation import OrganisationType
from remit.model.plan_course import PlanAct, PlanState
from remit.oversight import load_course, open_acts, state_of
from remit.oversight.plan_items import lacking, missing
from remit.oversight.plan_told import PlanTold, nobody_acts
from remit.oversight.shared_plan import begin_plan, plan_seen, standing_of
from remit.records.audit import Event
from remit.records.loading import model
from remit.register.load import load_register
from remit.remits import find_subject
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.roles import Permission
from remit.web.access.sides import actor_of
from remit.web.access.visibility import visible
from remit.web.desk.daily.waiting import Waiting, WaitingLine, subject
from remit.web.desk.listing import list_page
from remit.web.desk.plan_forms import PlanForm, SayingForm, SigningForm
from remit.web.desk.plan_reading import plan_or_404, plan_rows, told_plan, told_sides
from remit.web.desk.signed_late import in_force_meanwhile, signed_late
from remit.web.desk.writing import TABLES
from remit.words.sentences import listed


def waiting_for(person: Person) -> Any:
    """The plans of which it is the person's turn: they are of the side that is to act."""
    whose = Q(pk__in=())
    for state in load_course().states:
        if not nobody_acts(state):
            need = Permission.SIGN if _only_signs(state) else Permission.WRITE
            codes = sorted(person.at_home(need))
            party = model("together.PlanParty").objects.filter(
                part=state.owner, organisation__in=codes
            )
            whose |= Q(status=state.id, pk__in=party.values("plan"))
    return plan_rows(person).filter(whose)


@subject("plan")
def plans_that_wait(person: Person, most: int) -> Waiting:
    """Plans of which it is the person's turn, those that have waited longest first."""
    rows = waiting_for(person)
    lines = [
        WaitingLine(
            f"plan-{one.pk}", one.title, reverse("plan", args=[one.pk]), one.organisation,
            _act_by(one), state_of(one.status).name,
            timezone.localdate(one.moved_at) if one.moved_at else None,
        )
        for one in rows.order_by("moved_at", "pk")[:most]
    ]  # fmt: skip
    address = f"{reverse('plans')}?waiting=1"
    late = late_plans(rows, person.on).count()
    return Waiting("plan", rows.count(), late, tuple(lines), address, for_role=True)


def late_plans(rows: Any, on: date) -> Any:
    """Those of some plans whose owner has had more days than the course gives.

    Parameters
    ----------
    rows
        The plans.
    on
        The day.
    """
    late = Q(pk__in=())
    for state in load_course().states:
        if state.days:
            last = on - timedelta(days=state.days)
            since = timezone.make_aware(datetime.combine(last, time.min))
            late |= Q(status=state.id, moved_at__lt=since)
    return rows.filter(late)


def late_with_others(person: Person) -> int:
    """How many plans that the person sees are late with somebody else.

    >>> late_with_others(request.person)  # doctest: +SKIP
    2
    """
    late = late_plans(plan_rows(person), person.on)
    return int(late.exclude(pk__in=waiting_for(person).values("pk")).count())


def _act_by(plan: Any) -> date | None:
    """The day until which a plan's owner has."""
    days = state_of(plan.status).days
    since = timezone.localdate(plan.moved_at) if plan.moved_at and days else None
    return since + timedelta(days=days) if since else None


def _in_turn(rows: Any) -> Any:
    """Those that have waited longest first; those for which nobody is waited for last."""
    settled = [one.id for one in load_course().states if nobody_acts(one)]
    last = Case(When(status__in=settled, then=1), default=0)
    return rows.annotate(is_last=last).order_by("is_last", "moved_at", "pk")


def _only_signs(state: PlanState) -> bool:
    return all(act.needs == "sign" for act in state.acts if act.to and act.does != "back")


def plans_wanted(request: Any, permission: Permission = Permission.READ) -> Any:
    """The plans that an address asks for, of those that the person may see or take away."""
    person, given = request.person, request.GET
    rows = plan_rows(person, permission)
    if given.get("waiting"):
        rows = rows.filter(pk__in=waiting_for(person).values("pk"))
    if given.get("state") in {one.id for one in load_course().states}:
        rows = rows.filter(status=given["state"])
    if words := given.get("q", "").strip()[:200].replace("\x00", ""):
        rows = rows.filter(Q(title__icontains=words) | Q(plan_id__iexact=words))
    if given.get("late"):
        rows = late_plans(rows, person.on)
    if given.get("signed_late"):
        rows = rows.filter(pk__in=list(signed_late(rows, person, permission)))
    return _in_turn(rows.prefetch_related("parties"))


@require_safe
def plans(request: Any) -> HttpResponse:
    """The plans that the person may see: who is to act now, and since when."""
    person, given = request.person, request.GET
    waiting = waiting_for(person)
    page = list_page(plans_wanted(request), given)
    mine = set(waiting.values_list("pk", flat=True))
    view = {
        "page": page,
        "given": given,
        "states": load_course().states,
        "waiting": len(mine),
        "late": late_plans(plan_rows(person), person.on).count(),
        "rows": [_row(one, person, mine) for one in page.rows],
        "signed_late": signed_late(
            plan_rows(person).filter(pk__in=[one.pk for one in page.rows]), person
        ),
        "in_force": in_force_meanwhile(page.rows, person),
        "may_begin": bool(_regions(person)),
    }
    return render(request, "plans.html.jinja", view)


def _row(plan: Any, person: Person, mine: set[str]) -> dict[str, Any]:
    sides, state = {one.part: one for one in told_sides(plan, person.on)}, state_of(plan.status)
    turn = "" if nobody_acts(state) else sides[state.owner]
    since = timezone.localdate(plan.moved_at) if plan.moved_at else None
    return {"plan": plan, "state": state.name, "trust": sides["trust"], "turn": turn,
            "mine": plan.pk in mine, "since": since, "act_by": _act_by(plan),
            "days": (person.on - since).days if since and turn else None}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenAct:
    """An act that the person may do now, for which side, and its form if it has one."""

    act: PlanAct
    part: str
    form: Any = None

    @property
    def key(self) -> str:
        """What tells its form from others on the page."""
        return f"{self.act.id}-{self.part}"


@require_safe
def plan(request: Any, plan_id: str) -> HttpResponse:
    """One plan: where it stands, its items, what was said and signed, and what can be done."""
    found = plan_or_404(request.person, plan_id)
    number = request.GET.get("version", "")
    return plan_page(request, found, number=int(number) if number.isdecimal() else None)


def plan_page(
    request: Any,
    found: Any,
    sent: Mapping[str, Any] | None = None,
    *,
    number: int | None = None,
    clash: bool = False,
) -> HttpResponse:
    """The page of a plan, also when a form of it comes back.

    Parameters
    ----------
    request
        The request.
    found
        The plan.
    sent
        The key of an act → its form as it was sent, where it cannot be kept.
    number
        The version that is looked at.
    clash
        Whether another wrote the plan, or passed it on, before what was sent came.
    """
    person = request.person
    told = told_plan(found, person, number=number)
    acts = acts_open(found, person, told, sent)
    settled = nobody_acts(state_of(found.status))
    is_my_turn = any(one.act.to and one.act.does != "back" for one in acts) and not settled
    view = {
        "plan": found,
        "shown": told,
        "state": state_of(found.status),
        "acts": acts,
        "is_my_turn": is_my_turn,
        # Whoever acts for a side has read it in their turn; others look at it whole.
        "is_folded": bool(actor_of(person, found).may)
        and not is_my_turn
        and not settled
        and number is None,
        "seen": plan_seen(found),
        "wanting": [
            (one.item, listed(lacking(one.item))) for one in told.items if lacking(one.item)
        ],
        "doubts": missing_yet(told, person.on, whole=not any(one.act.whole for one in acts))
        if any(one.act.does == "write" for one in acts)
        else [],
        "clash": clash,
        "settled": settled,
        "is_read_now": state_of(found.status).id in {"comment", "check", "settle"},
        "forms": [one.form for one in acts if one.form and one.form.errors],
        "may_export": permissions.user_can_export(person)
        and visible(type(found).objects.filter(pk=found.pk), person, Permission.EXPORT).exists(),
    }
    status = 409 if clash else 400 if view["forms"] else 200
    return render(request, "plan.html.jinja", view, status=status)


def missing_yet(told: PlanTold, on: date, *, whole: bool = True) -> list[tuple[str, str]]:
    """The number of each item that lacks something → what, in words.

    Parameters
    ----------
    told
        The plan.
    on
        The day.
    whole
        Whether what it needs to be signed is among it; else that is told elsewhere.
    """
    found = []
    for one in told.items:
        without = () if whole else lacking(one.item)
        words = [w for w in missing(one.item, told.period, on) if w not in without]
        found += [(one.item.id, listed(words))] if words else []
    return found


def acts_open(
    found: Any, person: Person, told: PlanTold, sent: Mapping[str, Any] | None = None
) -> list[OpenAct]:
    """The acts that a person may do now, each for its side, with its form.

    Parameters
    ----------
    found
        The plan.
    person
        Who asks.
    told
        The plan as they see it.
    sent
        The key of an act → its form as it was sent, where it cannot be kept.
    """
    standing, actor = standing_of(found), actor_of(person, found)
    acts = []
    for part in actor.may:
        for act in open_acts(standing, part, actor):
            one = OpenAct(act, part)
            form = (sent or {}).get(one.key) or form_of(act, one.key, told)
            acts.append(OpenAct(act, part, form))
    return acts


def form_of(act: PlanAct, key: str, told: PlanTold, data: Any = None) -> Any:
    """The form of an act; None where a button will do.

    Parameters
    ----------
    act
        The act.
    key
        What tells the form from others on the page.
    told
        The plan as the person sees it.
    data
        What was sent.
    """
    if act.does == "sign":
        return SigningForm(data, prefix=key)
    if act.does == "view" or act.reason:
        items = {one.item.id: f"{one.item.id}. {one.item.aim[:80]}" for one in told.items}
        form = SayingForm(items, data, prefix=key)
        if act.reason:
            del form.fields["item"]
            form.fields["text"].label = "Why"
        return form
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: Any) -> HttpResponse:
    """Begin a plan for a trust of the region; nobody else knows of it until it is handed over."""
    person = request.person
    form, others = PlanForm(trusts_to_plan_for(person), request.POST or None), list[Any]()
    if request.method == "POST" and form.is_valid():
        others = same_open(person, form.cleaned_data)
        if not others:
            begun = begin_for(person, form.cleaned_data)
            messages.success(request, f"{begun.pk} is begun. Nobody but the region sees it.")
            return redirect("plan_items", plan_id=begun.pk)
    status = 400 if form.errors else 409 if others else 200
    return render(request, "plan_new.html.jinja", {"form": form, "others": others}, status=status)


def same_open(person: Person, given: Mapping[str, Any]) -> list[Any]:
    """The plans for the same trust and period that are not reviewed, as far as one may see them.

    None where the person said that they begin another all the same.
    """
    if given["another"]:
        return []
    done = [one.id for one in load_course().states if nobody_acts(one) and not one.in_force]
    rows = plan_rows(person).filter(organisation=given["organisation"]).exclude(status__in=done)
    period = given["period"].strip().casefold()
    return [one for one in rows.order_by("pk") if one.period.strip().casefold() == period]


def trusts_to_plan_for(person: Person) -> dict[str, str]:
    """The trusts for which the person may begin a plan, with their names.

    Raises
    ------
    PermissionDenied
        If they write for no region.
    """
    regions = _regions(person)
    if not regions:
        raise PermissionDenied("The region begins a plan. Your roles do not let you write there.")
    return {code: f"{name} ({code})" for one in regions for code, name in _trusts(one, person)}


def begin_for(person: Person, given: Mapping[str, Any]) -> Any:
    """Begin a plan for a trust, as a form was filled in; nobody but the region sees it."""
    around = find_subject(load_register(), given["organisation"], person.on).around
    sides = {part: around[part].code for part in ("region", "icb", "trust")}
    permissions.check_begin_plan(person, sides["region"])
    event = Event(f"account-{person.account.pk}", sides["region"], "add", why=person.limits.through)
    with transaction.atomic():
        number = next_id(TABLES, "together.Plan", "plan_id", "PLAN")
        fields = {name: given[name] for name in ("title", "period")}
        return begin_plan(event, sides, "[]", plan_id=number, **fields)


def _regions(person: Person) -> list[str]:
    """The regions for which the person may begin a plan."""
    found = {code: load_register().find(code) for code in person.at_home(Permission.WRITE)}
    return sorted(c for c, one in found.items() if one and one.type is OrganisationType.REGION)


def _trusts(region: str, person: Person) -> list[tuple[str, str]]:
    """The trusts of a region that have an ICB, with their names."""
    register = load_register()
    named = []
    for one in register.members(region, person.on):
        if one.type is OrganisationType.TRUST:
            around = find_subject(register, one.code, person.on).around
            if {"region", "icb"} <= set(around):
                named.append((one.code, one.name_on(person.on)))
    return sorted(named, key=lambda one: one[1])
