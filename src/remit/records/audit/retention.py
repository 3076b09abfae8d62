"""Which records have been kept as long as their class declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from remit.catalogue import declared
from remit.model.errors import RecordsError
from remit.model.retention import RetentionClass, RetentionFile
from remit.records.audit.chain import ERASES, table
from remit.records.audit.declared import is_audited, organisations_of
from remit.records.audit.erasing import Held, check_not_held


@dataclass(frozen=True, slots=True)
class Due:
    """A record whose time is over."""

    record: Any
    retention: RetentionClass
    last_written: datetime
    held: str = ""
    """Why it stays all the same: the words of a legal hold."""


@cache
def retention_classes() -> Mapping[str, RetentionClass]:
    """The classes by their identifier.

    >>> retention_classes()["meeting"].months
    72
    """
    found: dict[str, RetentionClass] = {}
    for file in declared.packaged("retention"):
        found |= {one.id: one for one in file.validate(RetentionFile).classes}
    return found


def retention_of(kind: Any) -> RetentionClass:
    """The class of a model's records.

    Raises
    ------
    RecordsError
        If the model names none, or one that is not declared.
    """
    name = getattr(kind, "RETENTION", "")
    if name not in retention_classes():
        raise RecordsError(
            f"{kind._meta.label} has no class of retention that is declared ({name or 'none'}); "
            f"known: {', '.join(retention_classes())}"
        )
    return retention_classes()[name]


def due(day: date, using: str = "default") -> Iterator[Due]:
    """The records that were last written to so long ago that their time is over.

    A record that goes with another is due with it: only wholes are given, and a whole counts from
    the last write to it or to any of its parts. They are proposed; :func:`dispose` takes one away.

    Parameters
    ----------
    day
        The day that is asked about.
    using
        The name of the database's connection.

    Examples
    --------
    >>> [one.record for one in due(date(2032, 4, 1)) if not one.held]  # doctest: +SKIP
    [<Action: Action object (ACT-1)>]
    """
    from django.apps import apps

    for kind in apps.get_models():
        if not is_audited(kind) or _is_a_part(kind):
            continue
        retention = retention_of(kind)
        before = _months_before(day, retention.months)
        for record in kind._base_manager.using(using).order_by("pk"):
            last = _last_written(record, using)
            if last is not None and last.date() <= before:
                yield Due(record, retention, last, _held(record, using))


def _held(record: Any, using: str) -> str:
    try:
        codes = organisations_of(record, using)
        check_not_held(record._meta.label, str(record.pk), codes, using)
    except Held as hold:
        return str(hold)
    return ""


def _last_written(record: Any, using: str) -> datetime | None:
    from django.db.models import Max, Q

    label, key = record._meta.label, str(record.pk)
    of_it = Q(kind=label, target=key) | Q(parent=f"{label}:{key}")
    entries = table("AuditEntry", using).filter(of_it).exclude(what=ERASES)
    found: datetime | None = entries.aggregate(Max("at"))["at__max"]
    return found


def _is_a_part(kind: Any) -> bool:
    """Whether its rows go away with another record, which may not be missing."""
    from django.db.models import CASCADE

    return any(
        field.is_relation and field.remote_field.on_delete is CASCADE and not field.null
        for field in kind._meta.concrete_fields
    )


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last.

    >>> _months_before(date(2026, 3, 31), 1)
    datetime.date(2026, 2, 28)
    """
    from calendar import monthrange

    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
