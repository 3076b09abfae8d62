"""The year's findings: the list by organisation, and one with what it rests on."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from remit.records.loading import model
from remit.records.year.models import YearFinding, YearLetter
from remit.web.access import permissions
from remit.web.access.assessed import can_answer_reply, can_check_finding
from remit.web.access.visibility import visible
from remit.web.desk.listing import list_page
from remit.web.desk.together.pages import one_seen, shown
from remit.web.desk.year.standing import (
    DIRECTIONS,
    OUTCOMES,
    disputed,
    findings_of,
    letter_to,
    states_of,
    unchecked,
)

_STATES = {"disputed": disputed, "unchecked": unchecked}


def findings_wanted(request: Any) -> Any:
    """The findings that an address asks for, of those that the person may see."""
    rows, given = findings_of(request.person), request.GET
    for name in ("organisation", "direction", "year_name"):
        if value := given.get(name, "")[:50].replace("\x00", ""):
            rows = rows.filter(**{name: value})
    if narrowed := _STATES.get(given.get("state", "")):
        rows = narrowed(rows)
    if words := given.get("q", "").strip()[:200].replace("\x00", ""):
        rows = rows.filter(
            Q(statement__icontains=words) | Q(heading__icontains=words) | Q(name__iexact=words)
        )
    return rows.order_by("organisation", "-year_name", "number", "pk")


@require_safe
def findings(request: Any) -> HttpResponse:
    """The findings that the person may see, by organisation, and where each stands."""
    person = request.person
    wanted, mine = findings_wanted(request), findings_of(person)
    page = list_page(wanted, request.GET)
    letters = visible(YearLetter.objects.all(), person).select_related("assessment")
    view = {
        "page": page,
        "given": request.GET,
        "states": states_of(page.rows),
        "disputed": disputed(wanted).count(),
        "unchecked": unchecked(wanted).count(),
        "organisations": _known(mine, "organisation"),
        "years": _known(mine, "year_name")[::-1],
        "directions": DIRECTIONS,
        "letters": list(letters.order_by("organisation", "-assessment__year")[:100]),
    }
    return shown(request, "findings", view)


def _known(rows: Any, name: str) -> list[str]:
    """The values of a column among some rows."""
    return sorted(rows.order_by().values_list(name, flat=True).distinct())


@require_safe
def finding(request: Any, finding_id: str) -> HttpResponse:
    """One finding with its evidence, the replies on it, and the actions that answer it."""
    person = request.person
    found = one_seen(request, YearFinding, finding_id)
    letter = letter_to(found)
    signed = bool(letter and letter.is_signed)
    replies = list(found.replies.order_by("pk"))
    ties = list(found.ties.order_by("pk"))
    actions = {
        one.pk: one
        for one in visible(
            model("Action").objects.filter(pk__in=[tie.action_id for tie in ties]), person
        )
    }
    speaks, writes = (
        permissions.user_can_speak_for(person, code) for code in (found.organisation, found.owner)
    )
    checks = list(found.checks.order_by("-checked_on", "-pk"))
    view = {
        "finding": found,
        "state": states_of([found])[found.pk],
        "direction": DIRECTIONS.get(found.direction, found.direction),
        "evidence": json.loads(found.evidence),
        "replies": replies,
        "outcomes": OUTCOMES,
        "checks": checks,
        "is_checked": any(one.digest == found.digest for one in checks),
        "ties": [(one, actions.get(one.action_id)) for one in ties],
        "letter": letter if letter and visible(
            YearLetter.objects.filter(pk=letter.pk), person).exists() else None,
        "may_check": speaks and can_check_finding(found, is_signed=signed),
        "may_answer": {
            one.pk for one in replies if writes and can_answer_reply(one, is_signed=signed)
        },
        "may_tie": permissions.user_can_write(person, found),
    }  # fmt: skip
    return shown(request, "finding", view)
