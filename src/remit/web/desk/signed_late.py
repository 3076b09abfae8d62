"""Over many plans: which sides signed late, and which version stays in force meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils import timezone

from remit.oversight.course import load_course, state_of
from remit.oversight.plan_told import nobody_acts, side_words
from remit.oversight.shared_plan import FINDINGS, REVIEWED_ON
from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.words.sentences import count_words


def days_late(signed: Mapping[str, Any], began: Any) -> dict[str, int]:
    """By how many days each side signed after its day: its turn began with the signature before.

    Parameters
    ----------
    signed
        Side → its signature; None where it has not signed.
    began
        When the version was put to signature; None where that was not kept.
    """
    found: dict[str, int] = {}
    for state in load_course().states:
        if any(act.does == "sign" for act in state.acts):
            one = signed.get(state.owner)
            if one is None:
                break
            if began is not None:
                taken = timezone.localdate(one.signed_at) - timezone.localdate(began)
                found[state.owner] = max(taken.days - state.days, 0)
            began = one.signed_at
    return found


def put_to_signature(plans: list[Any]) -> dict[str, list[Any]]:
    """Identifier of a plan → the moments at which it was passed on, as the audit tells."""
    from remit.records.audit.models import AuditEntry

    keys = ["", *map(str, plans)]  # asked for also where there is none, so always as often
    rows = AuditEntry.objects.filter(kind="together.Plan", target__in=keys, what="submit")
    found: dict[str, list[Any]] = defaultdict(list)
    for target, at in rows.order_by("number").values_list("target", "at"):
        found[target].append(at)
    return found


def signed_late(
    plans: Any, person: Person, permission: Permission = Permission.READ
) -> dict[str, str]:
    """Those of some plans whose newest signed version a side signed late → which, by how much.

    Parameters
    ----------
    plans
        The plans, as the person may see them or take them away.
    person
        Who asks.
    permission
        Which of the two.
    """
    keys = ["", *plans.order_by().values_list("pk", flat=True)]
    signatures = model("together.PlanSignature").objects.filter(version__plan__in=keys)
    rows = visible(signatures, person, permission).select_related("version").order_by("pk")
    of_plan: dict[str, dict[str, Any]] = {}
    number: dict[str, int] = {}
    for one in rows:
        plan = one.version.plan_id
        if one.version.number > number.get(plan, 0):
            number[plan], of_plan[plan] = one.version.number, {}
        if one.version.number == number[plan]:
            of_plan[plan][one.organisation] = one
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    sides = model("together.PlanParty").objects.filter(plan__in=["", *of_plan])
    for plan, part, code in sides.values_list("plan_id", "part", "organisation"):
        parts[plan][part] = code
    passed, words = put_to_signature(list(of_plan)), side_words()
    found = {}
    for plan, signed in of_plan.items():
        by_part = {part: signed.get(code) for part, code in parts[plan].items()}
        first = min(one.signed_at for one in signed.values())
        began = max((at for at in passed[plan] if at < first), default=None)
        late = {part: days for part, days in days_late(by_part, began).items() if days}
        if late:
            found[plan] = "; ".join(
                f"{words[part]}, {count_words(days, 'day')}" for part, days in late.items()
            )
    return found


def in_force_meanwhile(plans: list[Any], person: Person) -> dict[str, int]:
    """Of plans of which a change is written → the version that all signed and nobody reviewed.

    Parameters
    ----------
    plans
        The plans of a page.
    person
        Who sees them.
    """
    keys = ["", *(one.pk for one in plans if not nobody_acts(state_of(one.status)))]
    versions = model("together.PlanVersion").objects.filter(
        plan__in=keys, in_force_from__isnull=False
    )
    rows = visible(versions, person).order_by().values_list("plan_id").annotate(Max("number"))
    newest = dict(rows)
    views = model("together.PlanView").objects.filter(
        version__plan__in=["", *newest], kind__in=[REVIEWED_ON, *FINDINGS]
    )
    seen = visible(views, person).values_list("version__plan_id", "version__number")
    reviewed = set(seen)
    return {plan: number for plan, number in newest.items() if (plan, number) not in reviewed}
