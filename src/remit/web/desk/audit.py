"""What was changed, by whom: of one record, and of all that the person may check."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from remit.records.audit import SYSTEM, Told, entries_for
from remit.records.audit.reading import as_told
from remit.records.loading import model
from remit.web.access import permissions
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.listing import list_page
from remit.web.people.models import Account

KINDS = {"ask": "Ask", "action": "Action"}
"""What stands in an address → the model whose history is shown."""


@require_safe
def history(request: Any, kind: str, record_id: str) -> HttpResponse:
    """All changes of one record, for whoever may see it."""
    if kind not in KINDS:
        raise Http404
    rows = visible(model(KINDS[kind]).objects.all(), request.person)
    record = get_object_or_404(rows, pk=record_id)
    entries = entries_for(record)
    view = {"kind": kind, "record": record, "entries": entries, "names": names_of_accounts(entries)}
    return render(request, "history.html.jinja", view)


@require_safe
def audit(request: Any) -> HttpResponse:
    """All changes of the records that the person may check, the latest first."""
    permissions.check_read_audit(request.person)
    from remit.records.audit.models import AuditEntry, AuditParty

    parties = visible(AuditParty.objects.all(), request.person, Permission.READ_AUDIT)
    rows = AuditEntry.objects.filter(number__in=parties.values("entry")).order_by("-number")
    page = list_page(rows, request.GET)
    entries = as_told(page.rows, "default")
    view = {"page": page, "entries": entries, "names": names_of_accounts(entries)}
    return render(request, "audit.html.jinja", view)


def names_of_accounts(entries: Iterable[Told]) -> dict[str, str]:
    """Who the accounts of some entries are."""
    ids = {one.who.removeprefix("account-") for one in entries if one.who.startswith("account-")}
    found = Account.objects.filter(pk__in=[int(one) for one in ids if one.isdigit()])
    return {SYSTEM: "Remit", **{f"account-{one.pk}": one.name for one in found}}
