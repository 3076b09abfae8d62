"""What the audit says of records: entries with their values, as far as they are not erased."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from remit.records.audit.chain import ERASES, WHY, table
from remit.records.audit.event import VERBS

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class AuditedValue:
    """A field before and after; None where there was no record, or no value."""

    old: Any = None
    new: Any = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as it is shown."""

    number: int
    at: datetime
    who: str
    acting_for: str
    what: str
    """One of :data:`remit.records.audit.event.VERBS`."""
    kind: str
    target: str
    parent: str | None
    values: Mapping[str, AuditedValue]
    why: str
    """The reason given; blank where there is none, or it was erased."""
    organisations: tuple[str, ...]
    erased: tuple[str, ...] = ()
    """Of an erasure: which values, as number and field."""

    @property
    def said(self) -> str:
        """The verb as a sentence has it, such as ``changed``."""
        return VERBS.get(self.what, self.what)


def entries_for(targets: Any, using: str = "default", *, parts: Collection[str] = ()) -> list[Told]:
    """The entries on records, the latest first.

    Parameters
    ----------
    targets
        A query set of the records that somebody may see, a record, or several of them, of whatever
        models. What is not among them is not told.
    using
        The name of the database's connection.
    parts
        Kinds of parts, such as ``records.RiskShare``, whose entries are told with their whole's,
        also of those that are gone.

    Examples
    --------
    >>> entries_for(Action.objects.filter(organisation="ZA1"))[0].said  # doctest: +SKIP
    'changed'
    """
    found: list[Any] = []
    for kind, keys in _keys(targets).items():
        for start in range(0, len(keys), _AT_A_TIME):
            some = keys[start : start + _AT_A_TIME]
            found += table("AuditEntry", using).filter(kind=kind, target__in=some)
            if parts:
                wholes = [f"{kind}:{key}" for key in some]
                found += table("AuditEntry", using).filter(kind__in=list(parts), parent__in=wholes)
    return as_told(sorted(found, key=lambda entry: -entry.number), using)


def entries_of(organisation: str, using: str = "default") -> list[Told]:
    """The entries on records that were an organisation's when they were written, latest first.

    Records that are gone are among them.
    """
    numbers = table("AuditParty", using).filter(organisation=organisation).values("entry")
    found = table("AuditEntry", using).filter(number__in=numbers).order_by("-number")
    return as_told(list(found), using)


def entries_by(who: str, using: str = "default") -> list[Told]:
    """The entries of what one account did, the latest first."""
    return as_told(list(table("AuditEntry", using).filter(who=who).order_by("-number")), using)


def as_told(entries: Iterable[Any], using: str) -> list[Told]:
    """Rows of the chain with their values and organisations, in the order given."""
    rows = list(entries)
    values: dict[int, dict[str, AuditedValue]] = defaultdict(dict)
    codes: dict[int, list[str]] = defaultdict(list)
    for start in range(0, len(rows), _AT_A_TIME):
        numbers = [row.number for row in rows[start : start + _AT_A_TIME]]
        kept = table("AuditValue", using).filter(entry__in=numbers).order_by("pk")
        for number, field, old, new in kept.values_list("entry", "field", "old", "new"):
            values[number][field] = AuditedValue(_read(old), _read(new))
        parties = table("AuditParty", using).filter(entry__in=numbers).order_by("organisation")
        for number, code in parties.values_list("entry", "organisation"):
            codes[number].append(code)
    return [_told(row, values[row.number], codes[row.number]) for row in rows]


def _told(row: Any, kept: dict[str, AuditedValue], codes: Collection[str]) -> Told:
    fields = json.loads(row.fields)
    erases = row.what == ERASES
    shown = {} if erases else {f: kept.get(f, AuditedValue(erased=True)) for f in fields}
    return Told(
        row.number, row.at, row.who, row.acting_for, row.what, row.kind, row.target, row.parent,
        shown, kept[WHY].new if WHY in kept else "", tuple(codes),
        tuple(fields) if erases else (),
    )  # fmt: skip


def _read(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _keys(targets: Any) -> dict[str, list[str]]:
    """Kind → identifiers."""
    if hasattr(targets, "values_list"):
        return {targets.model._meta.label: [str(k) for k in targets.values_list("pk", flat=True)]}
    keys: dict[str, list[str]] = defaultdict(list)
    for one in [targets] if hasattr(targets, "_meta") else targets:
        keys[one._meta.label].append(str(one.pk))
    return keys
