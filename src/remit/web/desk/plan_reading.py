"""What a person may see of a plan, as its page and its files tell it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone

from remit.oversight.answered import ViewTold, unanswered, with_answers
from remit.oversight.course import state_of
from remit.oversight.plan_items import changed_items, items_of
from remit.oversight.plan_leads import functions_for, told_items
from remit.oversight.plan_told import (
    PlanTold,
    SideTold,
    SignatureTold,
    nobody_acts,
    side_words,
)
from remit.oversight.shared_plan import FINDINGS, REVIEWED_ON
from remit.records.loading import model
from remit.register.load import load_register
from remit.web.access.person import Person
from remit.web.access.relations import name_of
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.signed_late import days_late, put_to_signature


def plan_rows(person: Person, permission: Permission = Permission.READ) -> Any:
    """The plans that a person may see."""
    return visible(model("together.Plan").objects.all(), person, permission)


def plan_or_404(person: Person, plan_id: str, permission: Permission = Permission.READ) -> Any:
    """One of them.

    Raises
    ------
    Http404
        If there is none, or the person may not see it: the page does not say which.
    """
    return get_object_or_404(plan_rows(person, permission), pk=plan_id)


def told_sides(plan: Any, on: date) -> tuple[SideTold, ...]:
    """The sides of a plan that may be seen, in the order of the course."""
    codes = {one.part: one.organisation for one in plan.parties.all()}
    return tuple(
        SideTold(part, words, codes[part], name_of(codes[part], on))
        for part, words in side_words().items()
        if part in codes
    )


def told_plan(
    plan: Any, person: Person, permission: Permission = Permission.READ, number: int | None = None
) -> PlanTold:
    """Where a plan stands, with the items, views and signatures that a person may see.

    Parameters
    ----------
    plan
        The plan, which they may see.
    person
        Who asks.
    permission
        What they are to do with it: see it, or take it away.
    number
        The version; the newest that they may see if left out.
    """
    views = with_answers(_views(plan, told_sides(plan, person.on), person, permission))
    versions = list(_of(plan, "PlanVersion", "plan", person, permission).order_by("number"))
    at = next((i for i, one in enumerate(versions) if one.number == number), len(versions) - 1)
    told = versions[at] if versions else None
    before = versions[at - 1] if told and at > 0 else None
    sides = told_sides(plan, person.on)
    names = functions_for(plan.organisation, person.on)
    found = load_register().find(plan.organisation)
    return PlanTold(
        plan.pk, plan.title, plan.period, plan.status, _day(plan.moved_at), sides,
        version=told.number if told else 0,
        is_newest=at == len(versions) - 1,
        is_draft=bool(told and not told.is_fixed),
        items=told_items(items_of(told.text) if told else (), plan.organisation, person.on),
        changes=changed_items(before.text, told.text, names) if before and told else (),
        against=before.number if before else 0,
        views=views,
        signatures=_signatures(plan, told, sides, person, permission),
        is_fictional=bool(found and found.fictional),
        stays_in_force=_stays_in_force(plan, versions, views),
        unanswered=unanswered(views),
    )  # fmt: skip


def _stays_in_force(plan: Any, versions: list[Any], views: tuple[ViewTold, ...]) -> int:
    """The number of the version that all signed and nobody reviewed, while another is written."""
    if nobody_acts(state_of(plan.status)):
        return 0
    reviewed = {one.version for one in views if one.kind == REVIEWED_ON or one.kind in FINDINGS}
    newest = max((one.number for one in versions if one.in_force_from), default=0)
    return 0 if newest in reviewed else newest


def _of(plan: Any, kind: str, path: str, person: Person, permission: Permission) -> Any:
    return visible(model(f"together.{kind}").objects.filter(**{path: plan}), person, permission)


def _views(
    plan: Any, sides: tuple[SideTold, ...], person: Person, permission: Permission
) -> list[ViewTold]:
    names = {one.code: one.words for one in sides}
    rows = _of(plan, "PlanView", "version__plan", person, permission)
    return [
        ViewTold(
            names.get(one.organisation, one.organisation), one.kind, one.version.number,
            one.item or "", one.text, _day(one.handed_in_at), one.is_shared,
            one.pk,
        )
        for one in rows.select_related("version").order_by("pk")
    ]  # fmt: skip


def _signatures(
    plan: Any, version: Any, sides: tuple[SideTold, ...], person: Person, permission: Permission
) -> tuple[SignatureTold, ...]:
    if version is None:
        return ()
    rows = _of(version, "PlanSignature", "version", person, permission)
    signed = {one.organisation: one for one in rows}
    late = _late_days(plan, {side.part: signed.get(side.code) for side in sides})
    return tuple(
        SignatureTold(
            side,
            signed[side.code].signed_as,
            timezone.localtime(signed[side.code].signed_at),
            signed[side.code].signed_by.startswith("account-"),
            late.get(side.part, 0),
        )
        if side.code in signed
        else SignatureTold(side)
        for side in sides
    )


def _late_days(plan: Any, signed: Mapping[str, Any]) -> dict[str, int]:
    """By how many days each side signed late; the first turn began as the audit tells."""
    first = min((one.signed_at for one in signed.values() if one), default=None)
    passed = put_to_signature([plan.pk])[str(plan.pk)] if first else []
    return days_late(signed, max((at for at in passed if at < first), default=None))


def _day(at: Any) -> date | None:
    return timezone.localtime(at).date() if at else None
