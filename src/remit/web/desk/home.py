"""What waits for the person who signed in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.records.loading import model
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible

_SOON = timedelta(days=14)
_SHOWN = 10


@require_safe
def home(request: Any) -> HttpResponse:
    """The first page: what is late, what is due soon, what is open."""
    person = request.person
    today = person.on
    actions = visible(model("Action").objects.filter(done_on=None), person)
    asks = visible(model("Ask").objects.filter(status="open"), person)
    late = actions.filter(due_on__lt=today).order_by("due_on", "pk")
    soon = actions.filter(due_on__gte=today, due_on__lte=today + _SOON).order_by("due_on", "pk")
    late_asks = asks.filter(due_on__lt=today).order_by("due_on", "pk")
    view = {
        "late": list(late[:_SHOWN]),
        "late_count": late.count(),
        "soon": list(soon[:_SHOWN]),
        "soon_count": soon.count(),
        "late_asks": list(late_asks[:_SHOWN]),
        "late_asks_count": late_asks.count(),
        "open_asks": asks.count(),
        "open_actions": actions.count(),
        "mine": sorted(person.codes(Permission.WRITE)),
    }
    return render(request, "home.html.jinja", view)


@require_safe
def health(request: Any) -> HttpResponse:
    """That the application answers and reaches its database; nothing else."""
    from django.db import connection

    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
