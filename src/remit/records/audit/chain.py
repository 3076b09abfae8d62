"""The chain: each entry has the hash of the one before it, and digests of salted values."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from remit.model.errors import RecordsError
from remit.records.adding import plain
from remit.records.audit.event import Event
from remit.records.audit.guard import door

WHY = "(why)"
"""The field of an entry's values that has the reason given."""
BEGINNING = "0" * 64
"""What stands for a hash before the first entry."""

ERASES = "erase"
"""The verb of entries whose fields name what they erased; no other write has it."""


@dataclass(frozen=True, slots=True)
class Written:
    """What an event did to one record."""

    kind: str
    target: str
    values: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    """Field → before and after, as :func:`as_text` gives them; None where there was no record."""
    organisations: frozenset[str] = frozenset()
    parent: str | None = None
    erased: tuple[str, ...] = ()
    """What an erasure erases: number and field, such as ``12.title``."""


def table(name: str, using: str) -> Any:
    """The rows of one of the audit's models."""
    from django.apps import apps

    return apps.get_model("audit", name).objects.using(using).all()


@contextmanager
def at_once(using: str = "default") -> Iterator[None]:
    """Several writes, with their entries: all or none; others wait until they are kept.

    What is read in the block stays true to its end where all writers go through this door.

    >>> with at_once():  # doctest: +SKIP
    ...     create(event, Risk, risk_id="RISK-1", title="Beds")
    """
    from django.db import transaction

    with transaction.atomic(using=using):
        head(using)
        yield


def head(using: str) -> Any:
    """The end of the chain, held until the transaction ends: entries are made one after another.

    SQLite lets one write at a time from a transaction's beginning; PostgreSQL locks the row.
    """
    found = table("AuditHead", using).select_for_update().first()
    if found is None:
        raise RecordsError("the audit has no beginning; run the migrations of this database")
    return found


def append(using: str, event: Event, written: Written) -> int:
    """Put an entry at the end of the chain, with its values beside it; its number.

    Called within a transaction, in which the record itself is written as well.
    """
    last = head(using)
    values = dict(written.values)
    if event.why:
        values[WHY] = (None, as_text(event.why))
    salts = {name: secrets.token_hex(16) for name in values}
    digests = {n: [digest(salts[n], "old", o), digest(salts[n], "new", w)]
               for n, (o, w) in values.items()}  # fmt: skip
    fields = list(written.erased) or [name for name in values if name != WHY]
    entry: dict[str, Any] = {
        "number": last.number + 1,
        "at": event.when.astimezone(UTC),
        "who": plain(event.who),
        "acting_for": plain(event.acting_for),
        "what": event.what,
        "kind": written.kind,
        "target": written.target,
        "parent": written.parent,
        "fields": json.dumps(fields, ensure_ascii=False),
        "digests": json.dumps(digests, ensure_ascii=False, sort_keys=True),
        "hash_before": last.hash,
    }
    entry["hash"] = hash_of(entry, written.organisations)
    number: int = entry["number"]
    with door(using):
        table("AuditEntry", using).create(**entry)
        _add(using, "AuditParty", [{"entry": number, "organisation": code}
                                   for code in sorted(written.organisations)])  # fmt: skip
        _add(using, "AuditValue", [{"entry": number, "field": n, "salt": salts[n], "old": o,
                                    "new": w} for n, (o, w) in values.items()])  # fmt: skip
        table("AuditHead", using).filter(pk=last.pk).update(number=number, hash=entry["hash"])
    return number


def _add(using: str, name: str, rows: list[dict[str, Any]]) -> None:
    kind = table(name, using).model
    kind.objects.using(using).bulk_create([kind(**row) for row in rows])


def hash_of(entry: Mapping[str, Any], organisations: frozenset[str] | set[str]) -> str:
    """The hash of an entry: of all that is in it, and of the hash before it."""
    told = [
        entry["number"],
        entry["at"].astimezone(UTC).isoformat(timespec="microseconds"),
        *(entry[name] for name in ("who", "acting_for", "what", "kind", "target", "parent")),
        *(entry[name] for name in ("fields", "digests")),
        sorted(organisations),
        entry["hash_before"],
    ]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def digest(salt: str, side: str, value: str | None) -> str | None:
    """A salted digest of a value as text: once the salt is gone, no guess can be tried."""
    if value is None:
        return None
    return hashlib.sha256("\0".join((salt, side, value)).encode()).hexdigest()


def as_text(value: Any) -> str:
    """A value as the audit keeps it.

    >>> as_text(None), as_text("a"), as_text(date(2026, 4, 1))
    ('null', '"a"', '"2026-04-01"')
    """
    if isinstance(value, datetime):
        value = value.astimezone(UTC).isoformat(timespec="microseconds")
    elif isinstance(value, date | Decimal):
        value = str(value)
    elif isinstance(value, bytes | memoryview):
        value = bytes(value).hex()
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True)
