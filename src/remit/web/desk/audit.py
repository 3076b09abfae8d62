"""What was changed, by whom: of one record, and of all that the person may check."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from remit.records.audit import SYSTEM, Told, entries_for
from remit.records.audit.reading import as_told
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.listing import ListPage, list_page
from remit.web.desk.unseen import without_unseen
from remit.web.people.models import Account

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "ask": ("records.Ask", ()),
    "action": ("records.Action", ()),
    "friction": ("records.Friction", ("records.FrictionBody", "records.FrictionAsk")),
    "risk": ("records.Risk", ("records.RiskShare",)),
    "commitment": (
        "together.Commitment",
        ("together.CommitmentParty", "together.CommitmentTie"),
    ),
    "agreement": ("together.Agreement", ("together.AgreementParty",)),
    "conversation": (
        "together.Conversation",
        ("together.AgendaItem", "together.ConversationParty"),
    ),
}
"""What stands in an address, the name of its page too → the model whose history is shown, with
those of its parts that whoever sees the whole may see."""


@require_safe
def history(request: Any, kind: str, record_id: str) -> HttpResponse:
    """All changes of one record, for whoever may see it."""
    record, entries = changes_of_one(request.person, kind, record_id)
    view = {"kind": kind, "record": record, "entries": entries, "names": names_of_accounts(entries)}
    return render(request, "history.html.jinja", view)


@require_safe
def audit(request: Any) -> HttpResponse:
    """All changes of the records that the person may check, the latest first."""
    page, entries = changes_to_check(request.person, request.GET)
    view = {"page": page, "entries": entries, "names": names_of_accounts(entries)}
    return render(request, "audit.html.jinja", view)


def changes_of_one(
    person: Person, kind: str, record_id: str, permission: Permission = Permission.READ
) -> tuple[Any, list[Told]]:
    """A record with its changes, and those of its parts, for whoever has a permission there.

    Parameters
    ----------
    person
        Who asks.
    kind, record_id
        Which, as in an address.
    permission
        What they are to do with it; to see it if left out.

    Raises
    ------
    Http404
        If there is none, or none that the person may see.
    """
    if kind not in KINDS:
        raise Http404
    whole, parts = KINDS[kind]
    rows = visible(apps.get_model(whole).objects.all(), person, permission)
    record = get_object_or_404(rows, pk=record_id)
    return record, without_unseen(entries_for(record, parts=parts), person)


def changes_to_check(
    person: Person, given: QueryDict, also: Permission = Permission.READ
) -> tuple[ListPage, list[Told]]:
    """A page of the changes of the records that a person may check, with what was changed.

    Parameters
    ----------
    person
        Who asks.
    given
        What stands in the address.
    also
        What else they are to do with those records, such as to take them away.
    """
    permissions.check_read_audit(person)
    from remit.records.audit.models import AuditEntry, AuditParty

    parties = visible(AuditParty.objects.all(), person, Permission.READ_AUDIT)
    parties = visible(parties, person, also)
    rows = AuditEntry.objects.filter(number__in=parties.values("entry")).order_by("-number")
    page = list_page(rows, given)
    return page, without_unseen(as_told(page.rows, "default"), person)


def names_of_accounts(entries: Iterable[Told]) -> dict[str, str]:
    """Who the accounts of some entries are."""
    ids = {one.who.removeprefix("account-") for one in entries if one.who.startswith("account-")}
    found = Account.objects.filter(pk__in=[int(one) for one in ids if one.isdigit()])
    return {SYSTEM: "Remit", **{f"account-{one.pk}": one.name for one in found}}
