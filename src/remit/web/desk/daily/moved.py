"""What others changed of the records that a person may see, since a moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Subquery
from django.urls import reverse

from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible

_LOOKED_AT = 300
_AT_A_TIME = 600
_PAGES = {"records.Action": ("Action", "action", "what"), "records.Ask": ("Ask", "ask", "title")}
"""Kind in the audit → the model, its page, and the field that says it in words."""


@dataclass(frozen=True, slots=True)
class RecordMoved:
    """A record that others changed, by the last entry on it."""

    words: str
    address: str
    entry: Any


def moved_since(person: Person, since: datetime) -> list[RecordMoved]:
    """The records that others changed since a moment, the latest first, each once.

    Of the newest 300 entries that are of an organisation whose records the person may see; each
    record is then asked for by the one function that decides what is seen.

    Parameters
    ----------
    person
        Who asks.
    since
        The moment.

    Examples
    --------
    >>> moved_since(request.person, since)[0].words  # doctest: +SKIP
    'Send the plan'
    """
    if person.account is None:
        return []
    latest: dict[tuple[str, str], Any] = {}
    for entry in islice(_by_others(person, since), _LOOKED_AT):
        latest.setdefault((entry.kind, entry.target), entry)
    records = _seen(person, list(latest))
    return [
        RecordMoved(records[key], reverse(_PAGES[key[0]][1], args=[key[1]]), entry)
        for key, entry in latest.items()
        if key in records
    ]


def _by_others(person: Person, since: datetime) -> Iterator[Any]:
    """The entries of others since a moment, the latest first.

    Entries are numbered as they come. So the moment is a number, and some of the newest are asked
    for at a time by whose they are: not all since then, of which there may be very many.
    """
    from remit.records.audit.models import AuditEntry, AuditParty

    first = AuditEntry.objects.filter(at__gt=since).order_by("at").values("number")[:1]
    of_codes = AuditParty.objects.filter(organisation__in=person.codes(Permission.READ))
    of_codes = of_codes.filter(entry__gte=Subquery(first)).order_by("-entry")
    mine, before = f"account-{person.account.pk}", None
    while True:
        rows = of_codes if before is None else of_codes.filter(entry__lt=before)
        some = list(rows.values_list("entry", flat=True)[:_AT_A_TIME])
        found = AuditEntry.objects.in_bulk(some)
        for number in sorted(found, reverse=True):
            if found[number].kind in _PAGES and found[number].who != mine:
                yield found[number]
        if len(some) < _AT_A_TIME:
            return
        before = some[-1]


def _seen(person: Person, keys: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Which of some records the person may see, and what each is in words."""
    found = {}
    for kind, (name, _, field) in _PAGES.items():
        targets = [target for label, target in keys if label == kind]
        rows = visible(model(name).objects.filter(pk__in=targets), person)
        for key, words in rows.values_list("pk", field):
            found[kind, key] = words or f"{name} {key}"
    return found
