"""What is asked twice of a plan's trust: the matcher proposes, a person decides here."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.web.access.relations import name_of
from remit.web.desk.asked_twice import (
    MOST_MATCHED,
    PairShown,
    keep_decision,
    open_asks,
    pairs_of,
)
from remit.web.desk.plan_reading import plan_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def plan_asked_twice(request: Any, plan_id: str) -> HttpResponse:
    """The pairs of open asks of the trust that may be one, to be decided."""
    found = plan_or_404(request.person, plan_id)
    if request.method == "POST":
        keep_decision(request, found.organisation)
        return redirect("plan_asked_twice", plan_id=found.pk)
    rows = open_asks(request.person, found.organisation)
    asks, pairs = rows.count(), list[PairShown]()
    if asks <= MOST_MATCHED:
        pairs = pairs_of(request.person, found.organisation, {one.pk: one for one in rows})
    view = {
        "plan": found,
        "trust": name_of(found.organisation, request.person.on),
        "asks": asks,
        "too_many": asks > MOST_MATCHED,
        "open": [one for one in pairs if not one.is_decided],
        "decided": [one for one in pairs if one.is_decided],
    }
    return render(request, "plan_asked_twice.html.jinja", view)
