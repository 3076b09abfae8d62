"""Who changed what of a plan: its versions against each other, and its entries in the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from remit.oversight.plan_items import ItemChange, changed_items
from remit.oversight.plan_leads import functions_for
from remit.records.audit.reading import as_told
from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.visibility import visible
from remit.web.desk.audit import in_words
from remit.web.desk.listing import list_page
from remit.web.desk.plan_reading import plan_or_404, told_sides
from remit.web.desk.record_kinds import PLAN_PATHS
from remit.web.desk.said_of_plans import who_passed_on


@dataclass(frozen=True, slots=True)
class VersionChanged:
    """A version that was passed on, against the one before it."""

    version: int
    against: int
    changes: tuple[ItemChange, ...]
    by: str
    """The side that wrote it."""
    at: datetime | None
    passed_on: str = ""
    """Who passed it on, and for whom; blank where that is not to be seen."""


@require_safe
def plan_history(request: Any, plan_id: str) -> HttpResponse:
    """All changes of a plan and its parts, as far as the person may see them."""
    found = plan_or_404(request.person, plan_id)
    from remit.records.audit.models import AuditEntry, AuditParty

    of_it = Q(pk__in=())
    for kind, path in PLAN_PATHS.items():
        rows = model(f"together.{kind}").objects.filter(**{path: found.pk})
        keys = [str(key) for key in visible(rows, request.person).values_list("pk", flat=True)]
        of_it |= Q(kind=f"together.{kind}", target__in=keys)
    parties = visible(AuditParty.objects.all(), request.person)
    entries = AuditEntry.objects.filter(of_it, number__in=parties.values("entry"))
    page = list_page(entries.order_by("-number"), request.GET)
    view = {"plan": found, "page": page, "versions": _versions(found, request.person, parties),
            **in_words(as_told(page.rows, "default"))}  # fmt: skip
    return render(request, "plan_history.html.jinja", view)


def _versions(plan: Any, person: Person, parties: Any) -> list[VersionChanged]:
    """What changed from each version that the person sees to the next, the newest first."""
    rows = visible(model("together.PlanVersion").objects.filter(plan=plan), person)
    seen = list(rows.order_by("number"))
    sides = {one.code: one.words for one in told_sides(plan, person.on)}
    names = functions_for(plan.organisation, person.on)
    passed = {key: f"{who} ({code})" for key, (who, code) in who_passed_on(plan, parties).items()}
    found = [
        VersionChanged(
            now.number, before.number, changed_items(before.text, now.text, names),
            sides.get(now.organisation, now.organisation),
            timezone.localtime(now.made_at) if now.made_at else None, passed.get(str(now.pk), ""),
        )
        for before, now in pairwise(seen)
    ]  # fmt: skip
    return found[::-1]
