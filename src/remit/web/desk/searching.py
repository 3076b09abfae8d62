"""Search over all that the person may see."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.records.loading import model
from remit.register.load import load_register
from remit.web.access.relations import NATIONAL, name_of
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible

_SHOWN = 25


@require_safe
def search(request: Any) -> HttpResponse:
    """Organisations, asks, actions and plans whose words hold what was searched for."""
    person = request.person
    words = request.GET.get("q", "").strip()[:200].replace("\x00", "")
    asks, actions, found = model("Ask").objects.none(), model("Action").objects.none(), []
    plans = model("together.Plan").objects.none()
    if words:
        asks = visible(
            model("Ask").objects.filter(
                Q(title__icontains=words) | Q(ask_id__iexact=words) | Q(from_body__icontains=words)
            ),
            person,
        )
        actions = visible(
            model("Action").objects.filter(Q(what__icontains=words) | Q(action_id__iexact=words)),
            person,
        )
        titled = Q(title__icontains=words) | Q(plan_id__iexact=words)
        plans = visible(model("together.Plan").objects.filter(titled), person)
        found = [
            (code, name_of(code, person.on))
            for code in sorted(person.codes(Permission.READ))
            if (code == NATIONAL or load_register().find(code))
            and (words.lower() in name_of(code, person.on).lower() or words.upper() == code)
        ]
    view = {
        "words": words,
        "asks": list(asks.order_by("-received_on", "pk")[:_SHOWN]),
        "asks_count": asks.count(),
        "actions": list(actions.order_by("due_on", "pk")[:_SHOWN]),
        "actions_count": actions.count(),
        "plans": list(plans.order_by("pk")[:_SHOWN]),
        "plans_count": plans.count(),
        "organisations": found[:_SHOWN],
        "organisations_count": len(found),
    }
    return render(request, "search.html.jinja", view)
