"""Values go from the record, from the audit and from the bytes; that they were there stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from remit.model.errors import RecordsError
from remit.records.audit.chain import ERASES, Written, append, at_once, table
from remit.records.audit.declared import organisations_of
from remit.records.audit.event import Event
from remit.records.audit.guard import door
from remit.records.audit.writing import change, remove

_AT_A_TIME = 500


class Held(RecordsError):
    """A legal hold forbids it."""


def erase(event: Event, values: Iterable[tuple[int, str]], using: str = "default") -> int:
    """Erase values of the audit; one entry for each record says which, and who did it.

    The bytes go with :func:`remit.records.audit.wipe`.

    Parameters
    ----------
    event
        Who erases, and why; its verb is ``erase``.
    values
        Numbers of entries with a field; the field ``(why)`` is the reason given.
    using
        The name of the database's connection.

    Returns
    -------
    int
        How many were erased; those that are gone already do not count.

    Raises
    ------
    Held
        If a record of which they tell is under a legal hold; nothing is erased then.

    Examples
    --------
    >>> erase(Event("dpo", "ZA1", "erase", why="a name"), [(12, "title")])  # doctest: +SKIP
    1
    """
    _check_verb(event)
    with at_once(using):
        wanted = set(values)
        entries: dict[int, Any] = {}
        for some in _some(sorted({number for number, _ in wanted})):
            entries |= table("AuditEntry", using).in_bulk(some)
        there = _there(wanted, entries, using)
        of_records: dict[tuple[str, str], list[Any]] = {}
        for row in there:
            entry = entries[row.entry]
            of_records.setdefault((entry.kind, entry.target), []).append(row)
        for (kind, target), rows in of_records.items():
            _erase_of(event, kind, target, rows, using)
    return len(there)


def _erase_of(event: Event, kind: str, target: str, rows: list[Any], using: str) -> None:
    numbers = {row.entry for row in rows}
    codes: set[str] = set()
    for some in _some(sorted(numbers)):
        found = table("AuditParty", using).filter(entry__in=some)
        codes.update(found.values_list("organisation", flat=True))
    check_not_held(kind, target, codes, using)
    erased = tuple(sorted(f"{row.entry}.{row.field}" for row in rows))
    written = Written(kind, target, organisations=frozenset(codes), erased=erased)
    by = append(using, event, written)
    kept = table("AuditErasure", using).model
    with door(using):
        kept.objects.using(using).bulk_create(
            [kept(entry=row.entry, field=row.field, erased_by=by) for row in rows]
        )
        for some in _some([row.pk for row in rows]):
            table("AuditValue", using).filter(pk__in=some).delete()
        table("AuditHead", using).update(wipe_due=True)


def erase_fields(
    event: Event, instance: Any, *names: str, put: Any = None, using: str = "default"
) -> int:
    """Erase what stands and ever stood in fields of a record; how many values of the audit went.

    Parameters
    ----------
    event
        Who erases, and why; its verb is ``erase``.
    instance
        The record.
    names
        The fields.
    put
        What stands in them from now on, such as ``[erased]`` where a field may not be blank.
    using
        The name of the database's connection.

    Raises
    ------
    Held
        If the record is under a legal hold.

    Examples
    --------
    >>> erase_fields(event, action, "what", put="[erased]")  # doctest: +SKIP
    2
    """
    _check_verb(event)
    with at_once(using):
        kind, target = instance._meta.label, str(instance.pk)
        check_not_held(kind, target, organisations_of(instance, using), using)
        change(replace(event, what="edit"), instance, using=using, **dict.fromkeys(names, put))
        numbers = _numbers(kind, target, using)
        return erase(event, [(n, name) for n in numbers for name in names], using)


def dispose(event: Event, instance: Any, using: str = "default") -> int:
    """Take a record away with its parts, and erase all that the audit kept of their values.

    Reasons given go as well. What stays: who wrote when, and digests that nobody can try a guess
    against.

    Returns
    -------
    int
        How many values of the audit were erased.

    Raises
    ------
    Held
        If the record or a part of it is under a legal hold; nothing is done then.

    Examples
    --------
    >>> dispose(Event("worker", "ZR1", "erase", why="kept 8 years"), friction)  # doctest: +SKIP
    7
    """
    _check_verb(event)
    with at_once(using):
        gone = remove(replace(event, what="dispose", why=""), instance, using=using)
        values = []
        for entry in table("AuditEntry", using).filter(number__in=gone):
            numbers = _numbers(entry.kind, entry.target, using)
            for some in _some(numbers):
                found = table("AuditValue", using).filter(entry__in=some)
                values += list(found.values_list("entry", "field"))
        return erase(event, values, using)


def check_not_held(kind: str, target: str, codes: Collection[str], using: str) -> None:
    """See to it that no legal hold lies on a record.

    Raises
    ------
    Held
        If one does; the message has its reason.
    """
    from django.db.models import Q

    whole = Q(kind=None, target=None, organisation__in=list(codes))
    one = Q(kind=kind, target=target)
    holds = table("LegalHold", using).filter(whole | one)
    today = datetime.now(UTC).date()
    for hold in holds.filter(Q(lifted_on=None) | Q(lifted_on__gt=today)).order_by("pk"):
        raise Held(
            f"{kind} {target} is under a legal hold of {hold.organisation} since "
            f"{hold.from_on.isoformat()} ({hold.why}); nothing was erased. Lift the hold first"
        )


def _there(wanted: set[tuple[int, str]], entries: dict[int, Any], using: str) -> list[Any]:
    """The values that are kept, of those that are wanted."""
    found = []
    for some in _some(sorted(entries)):
        rows = table("AuditValue", using).filter(entry__in=some).order_by("pk")
        found += [row for row in rows if (row.entry, row.field) in wanted]
    return found


def _numbers(kind: str, target: str, using: str) -> list[int]:
    rows = table("AuditEntry", using).filter(kind=kind, target=target)
    return list(rows.exclude(what=ERASES).values_list("number", flat=True))


def _some(values: list[Any]) -> Iterable[list[Any]]:
    return (values[start : start + _AT_A_TIME] for start in range(0, len(values), _AT_A_TIME))


def _check_verb(event: Event) -> None:
    if event.what != ERASES:
        raise RecordsError(f"an erasure's event has the verb 'erase', not {event.what!r}")
