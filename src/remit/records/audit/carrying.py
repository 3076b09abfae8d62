"""All records with their audit from one database into an empty one, of whichever kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from remit.model.errors import RecordsError
from remit.records.audit.chain import table
from remit.records.audit.guard import door
from remit.records.audit.verifying import Verified, verify

_AT_A_TIME = 500


def carry(source: str, target: str, kinds: Sequence[Any] | None = None) -> Verified:
    """Copy all rows into an empty database that has been migrated: all of them, or none.

    The chain is carried as it is and is verified on both sides; no entry is added, so that both
    ends are equal.

    Parameters
    ----------
    source
        The name of the connection to read from; nobody else may write there meanwhile.
    target
        The name of the connection to write to.
    kinds
        The models whose rows are carried; by default all of Remit's own.

    Returns
    -------
    Verified
        The chain as it is in the target.

    Raises
    ------
    RecordsError
        If the source's chain is broken, the target is not empty, or rows differ afterwards.

    Examples
    --------
    >>> carry("default", "new").holds  # doctest: +SKIP
    True
    """
    from django.db import transaction

    before = verify(source)
    if not before.holds:
        raise RecordsError(
            f"the audit is broken at entry {before.first_broken} ({before.why}); nothing was "
            "carried over"
        )
    carried = list(kinds) if kinds is not None else _own()
    with transaction.atomic(using=target), door(target):
        _check_empty(carried, target)
        table("AuditHead", target).delete()
        for kind in carried:
            _carry(kind, source, target)
        _number_on(carried, target)
        after = verify(target)
        if (after.last, after.erased, after.holds) != (before.last, before.erased, True):
            raise RecordsError("the audit came over otherwise than it was; nothing was kept")
    return after


def _own() -> list[Any]:
    from django.apps import apps

    kinds = apps.get_models(include_auto_created=True)
    return [kind for kind in kinds if kind.__module__.startswith("remit.")]


def _check_empty(kinds: Sequence[Any], target: str) -> None:
    for kind in kinds:
        is_beginning = kind._meta.label == "audit.AuditHead"
        rows = kind._base_manager.using(target)
        if rows.filter(number__gt=0).exists() if is_beginning else rows.exists():
            raise RecordsError(
                f"{kind._meta.label} has rows in the database to carry into; give an empty one"
            )


def _carry(kind: Any, source: str, target: str) -> None:
    rows = kind._base_manager.using(source).order_by("pk")
    count = 0
    for some in _some(rows.iterator(chunk_size=_AT_A_TIME)):
        read = {row.pk: _values(row) for row in some}
        for row in some:
            row._state.db, row._state.adding = target, True
        _insert(kind, some, target)
        kept = kind._base_manager.using(target).in_bulk(list(read))
        if {key: _values(row) for key, row in kept.items()} != read:
            raise RecordsError(f"{kind._meta.label}: rows came over otherwise than they were")
        count += len(some)
    there = kind._base_manager.using(target).count()
    if there != count:
        raise RecordsError(f"{kind._meta.label}: {count} rows were read, {there} are there")


def _insert(kind: Any, some: list[Any], target: str) -> None:
    fields = kind._meta.concrete_fields
    if not any(getattr(f, "auto_now", False) or getattr(f, "auto_now_add", False) for f in fields):
        kind._base_manager.using(target).bulk_create(some)
        return
    for row in some:  # otherwise the day on which a row was made would be that of the copy
        row.save_base(raw=True, using=target, force_insert=True)


def _values(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _some(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(islice(rows, _AT_A_TIME)):
        yield some


def _number_on(kinds: Sequence[Any], target: str) -> None:
    """Have the database go on numbering after the highest number that came over."""
    from django.core.management.color import no_style
    from django.db import connections

    connection = connections[target]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(kinds)):
            cursor.execute(statement)
