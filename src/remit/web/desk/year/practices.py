"""Practices of others: found by words, read, and copied to an organisation of one's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from remit.asks.register.numbering import next_id
from remit.records.loading import model
from remit.records.year.models import SharedAdoption, SharedPractice
from remit.web.access import permissions
from remit.web.desk.listing import list_page
from remit.web.desk.together.fields import homes_of
from remit.web.desk.together.pages import entered, shown, written_whole
from remit.web.desk.together.ties import metric_name
from remit.web.desk.writing import TABLES, add_record
from remit.web.desk.year.forms import CopyForm

_SEARCHED = ("title", "what", "problem", "aim", "metrics")
_HAS = ("adopted", "spread")
"""Stages at which an organisation has a practice."""
_LONGEST = 500


def practices_with(words: Iterable[str]) -> Any:
    """The practices that hold each of some words, by name.

    Parameters
    ----------
    words
        Each of them stands in one of the fields of a practice.
    """
    rows = SharedPractice.objects.all()
    for word in words:
        asked = Q()
        for name in _SEARCHED:
            asked |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(asked)
    return rows.order_by("title", "pk")


@require_safe
def practices(request: Any) -> HttpResponse:
    """The practices that organisations share, with how many have each."""
    given = request.GET
    rows = practices_with(given.get("q", "")[:200].replace("\x00", "").split())
    stages = sorted(set(SharedPractice.objects.order_by().values_list("stage", flat=True)))
    if given.get("stage") in stages:
        rows = rows.filter(stage=given["stage"])
    page = list_page(rows, given)
    has = SharedAdoption.objects.filter(practice__in=[one.pk for one in page.rows], until=None)
    counted = has.filter(stage__in=_HAS).order_by().values_list("practice")
    view = {"page": page, "given": given, "stages": stages,
            "has": dict(counted.annotate(Count("organisation", distinct=True)))}  # fmt: skip
    return shown(request, "practices", view)


@require_safe
def practice(request: Any, practice_id: str) -> HttpResponse:
    """One practice, and who has it."""
    found = get_object_or_404(SharedPractice, pk=practice_id)
    view = {
        "practice": found,
        "metrics": [metric_name(one) for one in found.metrics.split(", ") if one],
        "evidence": [one for one in found.evidence.split("\n") if one],
        "adoptions": list(found.adoptions.order_by("organisation", "since")),
        "may_enter": permissions.user_can_enter(request.person),
    }
    return shown(request, "practice", view)


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def practice_copied(request: Any, practice_id: str) -> HttpResponse:
    """Take a practice over as an action of an organisation of one's own."""
    person = request.person
    found = get_object_or_404(SharedPractice, pk=practice_id)
    permissions.check_enter(person)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        home = given["organisation"]
        number = next_id(TABLES, "Action", "action_id", "ACT")
        add_record(person, model("Action"), home, action_id=number, organisation=home,
                   what=given["what"], owner=given["owner"], due_on=given["due_on"],
                   conversation=f"Practice {found.pk}: {found.title}")  # fmt: skip
        return ("action", number)

    said = f"Take over “{found.title}”: {found.what}"
    initial = {"what": said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"}
    form = CopyForm(request.POST or None, initial=initial, homes=homes_of(person))
    crumbs = [
        ("Practices", reverse("practices")), (found.title, reverse("practice", args=[found.pk])),
    ]  # fmt: skip
    heading = "Copy the practice to your organisation as an action"
    return entered(request, form, keep, heading=heading, crumbs=crumbs)
