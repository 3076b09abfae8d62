"""What was changed, by whom: of one record, and of all that the person may check."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.apps import apps
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from remit.records.audit import SYSTEM, Told, entries_for
from remit.records.audit.exporting import COLUMNS, lines_of
from remit.records.audit.reading import as_told
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.as_file import csv_answer
from remit.web.desk.listing import ListPage, list_page
from remit.web.desk.record_kinds import HANGING, KINDS, PLAN_PATHS
from remit.web.desk.said_changes import said_change
from remit.web.desk.said_of_plans import names_of_parts
from remit.web.desk.unseen import without_unseen
from remit.web.people.models import Account

MOST_IN_A_FILE = 20_000
"""So many entries come as one file."""


@require_safe
def history(request: Any, kind: str, record_id: str) -> HttpResponse:
    """All changes of one record, for whoever may see it."""
    record, entries = changes_of_one(request.person, kind, record_id)
    view = {
        "kind": kind,
        "record": record,
        **in_words(entries),
    }
    return render(request, "history.html.jinja", view)


@require_safe
def audit(request: Any) -> HttpResponse:
    """All changes of the records that the person may check, the latest first."""
    page, entries = changes_to_check(request.person, request.GET)
    view = {
        "page": page,
        **in_words(entries),
        "kinds": _kinds(),
        "given": request.GET,
        "may_export": permissions.user_can_export(request.person),
    }
    return render(request, "audit.html.jinja", view)


@require_safe
def audit_file(request: Any) -> HttpResponse:
    """The changes that the list shows, as CSV, a line a field."""
    permissions.check_export(request.person)
    rows = _checked(request.person, request.GET, Permission.EXPORT)
    if rows.count() > MOST_IN_A_FILE:
        said = f"These are more than {MOST_IN_A_FILE:,} changes. Choose days or a kind of record.\n"
        return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
    entries = without_unseen(as_told(rows, "default"), request.person)
    return csv_answer("changes.csv", COLUMNS, lines_of(entries))


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
    entries = entries_for(record, parts=parts)
    for name, field, its_parts in HANGING.get(kind, ()):
        hanging = apps.get_model(name).objects.filter(**{field: record.pk})
        entries += entries_for(visible(hanging, person, permission), parts=its_parts)
    entries.sort(key=lambda one: -one.number)
    return record, without_unseen(entries, person)


def changes_to_check(
    person: Person, given: QueryDict, *also: Permission
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
    page = list_page(_checked(person, given, *also), given)
    return page, without_unseen(as_told(page.rows, "default"), person)


def _checked(person: Person, given: QueryDict, *also: Permission) -> Any:
    """The entries that a person may check, of a kind of records and of days if these are given."""
    permissions.check_read_audit(person)
    from remit.records.audit.models import AuditEntry, AuditParty

    rows = AuditEntry.objects.order_by("-number")
    for permission in (Permission.READ_AUDIT, *also):
        parties = visible(AuditParty.objects.all(), person, permission)
        rows = rows.filter(number__in=parties.values("entry"))
    if kind := _kinds().get(given.get("kind", "")):
        rows = rows.filter(kind__in=kind.labels)
    if since := _day(given.get("since", "")):
        rows = rows.filter(at__gte=_begin(since))
    if until := _day(given.get("until", "")):
        rows = rows.filter(at__lt=_begin(until + timedelta(days=1)))
    return rows


class _Kind(NamedTuple):
    words: str
    labels: tuple[str, ...]


def _kinds() -> dict[str, _Kind]:
    """What stands in an address → a kind of records with its parts."""
    plan = tuple(f"together.{one}" for one in PLAN_PATHS)
    access = ("people.AccountMembership", "people.SharingAgreement")
    return {
        **{name: _Kind(f"{name}s", (whole, *parts)) for name, (whole, parts) in KINDS.items()},
        "plan": _Kind("plans", plan),
        "access": _Kind("roles and sharing", access),
    }


def _day(text: str) -> date | None:
    """A day that an address gives; none where it is no day, or one beside which there is none."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if date.min.year < found.year < date.max.year else None


def _begin(day: date) -> datetime:
    found: datetime = timezone.make_aware(datetime(day.year, day.month, day.day))
    return found


def in_words(entries: list[Told]) -> dict[str, Any]:
    """What a page needs to tell entries in words."""
    parts = names_of_parts(entries)
    return {"entries": entries, "names": names_of_accounts(entries),
            "said_change": lambda one, names: said_change(one, names, parts)}  # fmt: skip


def names_of_accounts(entries: Iterable[Told]) -> dict[str, str]:
    """Who the accounts of some entries are."""
    ids = {one.who.removeprefix("account-") for one in entries if one.who.startswith("account-")}
    found = Account.objects.filter(pk__in=[int(one) for one in ids if one.isdigit()])
    return {SYSTEM: "Remit", **{f"account-{one.pk}": one.name for one in found}}
