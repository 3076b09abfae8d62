"""Do the records stand as their entries say?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from remit.records.audit.chain import ERASES, table
from remit.records.audit.declared import is_audited
from remit.records.audit.writing import texts_of

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Astray:
    """A record that is not as its entries say."""

    kind: str
    target: str
    why: str


def astray(using: str = "default") -> Iterator[Astray]:
    """The records that were written past the door, or of which a write was lost.

    What was erased from the audit cannot be compared, and is left out.

    Parameters
    ----------
    using
        The name of the database's connection.

    Examples
    --------
    >>> list(astray())  # doctest: +SKIP
    []
    """
    from django.apps import apps

    for kind in apps.get_models():
        if is_audited(kind):
            yield from _records(kind, using)
            yield from _missing(kind, using)


def _records(kind: Any, using: str) -> Iterator[Astray]:
    """Records that stand, held against the last value of each field."""
    label, after = kind._meta.label, None
    while True:
        rows = kind._base_manager.using(using).order_by("pk")
        some = list((rows if after is None else rows.filter(pk__gt=after))[:_AT_A_TIME])
        if not some:
            return
        said = _said(label, [str(one.pk) for one in some], using)
        for one in some:
            why = _differs(texts_of(one), said.get(str(one.pk)))
            if why:
                yield Astray(label, str(one.pk), why)
        after = some[-1].pk


def _differs(stands: dict[str, str], said: dict[str, str | None] | None) -> str:
    if said is None:
        return "it stands, and no entry says so"
    wrong = [name for name, text in said.items() if text is not None and stands.get(name) != text]
    return f"other than its entries say: {', '.join(sorted(wrong))}" if wrong else ""


def _missing(kind: Any, using: str) -> Iterator[Astray]:
    """Records that stand by their entries, and are not there."""
    label, after = kind._meta.label, ""
    while True:
        entries = table("AuditEntry", using).filter(kind=label, target__gt=after)
        targets = entries.order_by("target").values_list("target", flat=True).distinct()
        some = list(targets[:_AT_A_TIME])
        if not some:
            return
        there = kind._base_manager.using(using).filter(pk__in=some)
        there = {str(key) for key in there.values_list("pk", flat=True)}
        for target in sorted(set(_said(label, some, using)) - there):
            yield Astray(label, target, "it is gone, and no entry says so")
        after = some[-1]


def _said(label: str, targets: list[str], using: str) -> dict[str, dict[str, str | None]]:
    """Record → field → the last value that an entry gives; None where that was erased."""
    rows = table("AuditEntry", using).filter(kind=label, target__in=targets).exclude(what=ERASES)
    entries = list(rows.order_by("number").values_list("number", "target", "fields", "digests"))
    values: dict[int, dict[str, str | None]] = defaultdict(dict)
    for start in range(0, len(entries), _AT_A_TIME):
        numbers = [number for number, *_ in entries[start : start + _AT_A_TIME]]
        kept = table("AuditValue", using).filter(entry__in=numbers)
        for number, field, new in kept.values_list("entry", "field", "new"):
            values[number][field] = new
    found: dict[str, dict[str, str | None]] = {}
    for number, target, fields, digests in entries:
        pairs = json.loads(digests)
        names = json.loads(fields)
        if all(pairs[name][1] is None for name in names):  # taken away
            found.pop(target, None)
            continue
        found.setdefault(target, {}).update({name: values[number].get(name) for name in names})
    return found
