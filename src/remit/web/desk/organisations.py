"""Organisations: which of them the person sees, and why or why not."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.records.loading import model
from remit.web.access.relations import is_listed, name_of
from remit.web.access.roles import ROLES, Permission
from remit.web.access.visibility import visible
from remit.web.desk.beside import pages_of_figures, records_beside
from remit.web.desk.figures.pages import folder
from remit.web.desk.listing import BY_DUE_DAY
from remit.web.desk.named import (
    OrganisationUnclear,
    organisation_named,
    organisations_to_choose,
)

_ACTS = {one.value: one for one in (Permission.WRITE, Permission.SIGN, Permission.EXPORT)}
"""What stands in the address of *why* → what somebody cannot do there."""


@require_safe
def organisations(request: Any) -> HttpResponse:
    """Those whose records the person may see, with how many are open."""
    person = request.person
    asks = _counted(visible(model("Ask").objects.filter(status="open"), person), "to_org_code")
    rows = [
        {"code": code, "name": name_of(code, person.on), "asks": asks.get(code, 0)}
        for code in sorted(person.codes(Permission.READ))
        if asks.get(code) or is_listed(code, person.on)
    ]
    rows.sort(key=lambda row: (-row["asks"], row["name"]))
    return render(request, "organisations.html.jinja", {"rows": rows})


def _counted(rows: Any, path: str) -> dict[str, int]:
    found = rows.order_by().values_list(path).annotate(Count("pk", distinct=True))
    return {str(code): int(count) for code, count in found}


@require_safe
def organisation(request: Any, code: str) -> HttpResponse:
    """One organisation, with what the person sees of it; a stranger's is not there."""
    person = request.person
    if not person.may(Permission.READ, code):
        raise Http404
    asks = visible(model("Ask").objects.filter(to_org_code=code), person)
    actions = visible(model("Action").objects.filter(organisation=code), person)
    view = {
        "code": code,
        "name": name_of(code, person.on),
        "asks": list(asks.filter(status="open").order_by(*BY_DUE_DAY)[:20]),
        "asks_count": asks.filter(status="open").count(),
        "actions": list(actions.filter(done_on=None).order_by(*BY_DUE_DAY)[:20]),
        "actions_count": actions.filter(done_on=None).count(),
        "reasons": person.reasons(code),
        "beside": records_beside(person, code),
        "pages": pages_of_figures(folder(), code),
    }
    return render(request, "organisation.html.jinja", view)


@require_safe
def why(request: Any) -> HttpResponse:
    """Why the person sees, or does not see, the records of an organisation.

    It tells of organisations, which are public, and never of a record.
    """
    person = request.person
    asked = request.GET.get("of", "").strip()
    code, fault = "", ""
    if asked:
        try:
            code = organisation_named(asked, person.on)
        except OrganisationUnclear as unclear:
            fault = str(unclear)
    act = _ACTS.get(request.GET.get("to", "")) if code else None
    view = {
        "asked": asked,
        "fault": fault,
        "code": code,
        "name": name_of(code, person.on) if code else "",
        "sees": bool(code) and person.may(Permission.READ, code),
        "reasons": person.reasons(code) if code else [],
        "may": [one.words for one in Permission if code and person.may(one, code)],
        "act": act,
        "may_act": act is not None and person.may(act, code),
        "roles_there": [one.name.lower() for one in ROLES if act in one.at_home],
        "roles_over": [one.name.lower() for one in ROLES if act in one.over_others],
        "known": organisations_to_choose(person),
    }
    return render(request, "why.html.jinja", view, status=404 if fault else 200)
