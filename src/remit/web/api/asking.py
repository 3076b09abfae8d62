"""What the operations share: who comes, what they may take away, and what was sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Any

from django.db import IntegrityError, connection, transaction
from django.shortcuts import get_object_or_404
from ninja import Header, Query

from remit.records.audit.chain import as_text
from remit.records.audit.models import AuditEntry, AuditValue
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.policies import PolicyRefusal
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.api.refusals import UnfitFields
from remit.web.desk.listing import ListPage

Page = Annotated[int, Query(ge=1, description="Which page of 50 rows.")]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[A-Za-z0-9_.:-]{0,64}$",
        description="Of one's own choice, such as a UUID: sent again within a day with the same "
        "request it answers with what was kept then, and writes nothing.",
    ),
]
Again = Callable[[Mapping[str, str]], Any]
"""Kind of a record → its identifier, of what was kept then → what is answered."""
_HELD = timedelta(days=1)


def who(request: Any) -> Person:
    """Who comes by the token; the gate has seen to it."""
    found: Person = request.person
    return found


def taken(request: Any) -> Permission:
    """To read by a program is to take away; refuse whoever may nowhere."""
    permissions.check_export(who(request))
    return Permission.EXPORT


def seen(request: Any, kind: Any, key: object, permission: Permission = Permission.READ) -> Any:
    """A record that the token's person may see, or take away."""
    return get_object_or_404(visible(kind.objects.all(), who(request), permission), pk=key)


def fit(form: Any) -> Any:
    """What a form or a set of forms keeps of what was sent.

    Raises
    ------
    UnfitFields
        If it will not do.
    """
    if form.is_valid():
        return form.cleaned_data
    of_each = form.errors if isinstance(form.errors, list) else [form.errors]
    said = [
        f"{f'{place}.' if len(of_each) > 1 else ''}{name}: {text}"
        for place, errors in enumerate(of_each)
        for name, texts in errors.items()
        for text in texts
    ]
    more = form.non_form_errors() if hasattr(form, "non_form_errors") else ()
    raise UnfitFields([*said, *map(str, more)])


def as_form(given: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent as JSON, as a form of a page would send it."""
    return {name: _as_field(value) for name, value in given.items()}


def _as_field(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else "" if value is None else value


def of_one(rows: Any, organisation: str) -> Any:
    """Those of some records that lie at an organisation; all where none is named."""
    return rows.filter(organisation=organisation) if organisation else rows


def of_page(page: ListPage) -> dict[str, int]:
    """How many there are, and which page it is."""
    return {"total": page.total, "page": page.number, "pages": page.pages}


def rows_of(page: ListPage) -> dict[str, Any]:
    """A page of a list."""
    return {**of_page(page), "rows": page.rows}


def once(request: Any, key: str, does: Callable[[], Any], again: Again) -> Any:
    """Do something whole or not at all, and once where it comes with a key.

    The key stands in the audit, in the reason of each entry: what was kept by it is known from
    there, and from nowhere else.

    Parameters
    ----------
    request
        Who asks; what is done reads the person from it.
    key
        Of the sender's choice; blank for none.
    does
        What is done, and what it answers.
    again
        What is answered where it was done before.

    Raises
    ------
    PolicyRefusal
        If the key came with another request.
    """
    if not key:
        return _whole(does)
    person = who(request)
    through = f"{person.limits.through}, with the key {key}"
    sent = f"{request.method} {request.path}\n".encode() + request.body
    marked = f"{through} ({hashlib.sha256(sent).hexdigest()[:16]})"

    def keyed() -> Any:
        _wait_for(f"{person.account.pk} {through}")
        before = _kept_by(person, through)
        if not before:
            return does()
        if {why for why, *_ in before} != {as_text(marked)}:
            raise PolicyRefusal("This key came with another request. Take a new key for each.")
        return again({kind: target for _, kind, target in reversed(before)})

    request.person = replace(person, limits=replace(person.limits, through=marked))
    try:
        return _whole(keyed)
    finally:
        request.person = person


def _whole(does: Callable[[], Any]) -> Any:
    try:
        with transaction.atomic():
            return does()
    except IntegrityError:
        # Another wrote the same at the same moment; now that it stands, it is seen.
        with transaction.atomic():
            return does()


def _wait_for(name: str) -> None:
    """Let nobody else pass with the same name until the transaction ends; SQLite lets no one."""
    if connection.vendor == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _kept_by(person: Person, through: str) -> list[tuple[str, str, str]]:
    """The reason, kind and identifier of what was kept by a key in the last day, in its order."""
    from django.utils import timezone

    mine = AuditEntry.objects.filter(
        who=f"account-{person.account.pk}", at__gte=timezone.now() - _HELD
    )
    opening = as_text(f"{through} (")[:-1]
    reasons = AuditValue.objects.filter(field="(why)", entry__in=mine.values("number"))
    found = dict(reasons.filter(new__startswith=opening).values_list("entry", "new"))
    rows = AuditEntry.objects.filter(number__in=list(found)).order_by("number")
    return [(found[one.number], one.kind, one.target) for one in rows]
