"""The door: a record is made, changed or taken away together with its entry, or not at all."""

from __future__ import annotations

from typing import Any

from remit.model.errors import RecordsError
from remit.records.adding import plain
from remit.records.audit.chain import ERASES, Written, append, as_text, at_once, table
from remit.records.audit.declared import is_audited, organisations_of
from remit.records.audit.event import Event
from remit.records.audit.guard import door

NOT_KEPT = '"(not kept)"'
"""What stands for a value, if there is one, that a model keeps out (``AUDIT_NOT_KEPT``)."""


class ChangedMeanwhile(RecordsError):
    """Somebody else changed the record since it was read; ``entries`` are theirs, by number."""

    def __init__(self, message: str, entries: tuple[int, ...]) -> None:
        super().__init__(message)
        self.entries = entries


def create(event: Event, kind: Any, /, *, using: str = "default", **fields: Any) -> Any:
    """Make a record, with its entry.

    Parameters
    ----------
    event
        Who makes it, and why.
    kind
        The model.
    using
        The name of the database's connection.
    fields
        The values of its fields.

    Returns
    -------
    object
        The record as it was made.

    Raises
    ------
    RecordsError
        If the model is not audited, or a value cannot be kept.

    Examples
    --------
    >>> create(event, Action, action_id="ACT-1", what="Send it", owner="chair")  # doctest: +SKIP
    <Action: Action object (ACT-1)>
    """
    _check(kind)
    _check_verb(event)
    with at_once(using):
        made = kind(**{name: _kept(name, value) for name, value in fields.items()})
        with door(using):
            made.save(using=using, force_insert=True)
        made.refresh_from_db(using=using)
        new = texts_of(made)
        _enter(event, made, {n: (None, text) for n, text in new.items()}, set(), using)
    return made


def change(
    event: Event,
    instance: Any,
    /,
    *,
    using: str | None = None,
    seen: int | None = None,
    **fields: Any,
) -> int | None:
    """Change fields of a record, with the entry; what is equal already is left out.

    Parameters
    ----------
    event
        Who changes it, and why.
    instance
        The record; its attributes are changed as well.
    using
        The name of the database's connection; by default the one that it was read from.
    seen
        The number of the last entry on the record when it was read (:func:`last_entry`): if
        somebody wrote since, nothing is changed.
    fields
        The new values.

    Returns
    -------
    int or None
        The number of the entry; None where nothing differs.

    Raises
    ------
    ChangedMeanwhile
        If there are later entries than the one seen.
    RecordsError
        If the record is gone, a field is none of its own, or a value cannot be kept.

    Examples
    --------
    >>> change(event, action, due_on=date(2026, 4, 1))  # doctest: +SKIP
    12
    """
    kind, using = _check(type(instance)), using or _home(instance)
    _check_verb(event)
    _check_fields(kind, fields)
    with at_once(using):
        before = _as_it_stands(instance, using)
        _check_seen(before, seen, using)
        for name, value in fields.items():
            setattr(instance, name, _kept(name, value))
        old, codes = texts_of(before), organisations_of(before, using)
        names = [_field(kind, name) for name in fields]
        with door(using):
            # Not by save: a record that was taken away meanwhile would be made anew.
            row = kind._base_manager.using(using).filter(pk=before.pk)
            row.update(**{f.attname: getattr(instance, f.attname) for f in names})
        instance.refresh_from_db(using=using, fields=[f.name for f in names])
        new = texts_of(instance)
        values = {f.name: (old[f.name], new[f.name]) for f in names if old[f.name] != new[f.name]}
        return _enter(event, instance, values, codes, using) if values else None


def remove(event: Event, instance: Any, /, *, using: str | None = None) -> list[int]:
    """Take a record away with all that goes with it, each with its entry.

    What was in it stays in the audit until it is erased (:func:`remit.records.audit.dispose`).

    Returns
    -------
    list of int
        The numbers of the entries, of parts before their whole.

    Raises
    ------
    RecordsError
        If it is gone already, or something that is not audited would go with it.
    """
    _check(type(instance))
    _check_verb(event)
    using = using or _home(instance)
    with at_once(using):
        gone = _with_its_parts(_as_it_stands(instance, using), using)
        told = [_of_removal(one, using) for one in gone if is_audited(type(one))]
        with door(using):
            for one in gone:
                type(one)._base_manager.using(using).filter(pk=one.pk).delete()
        return [append(using, event, written) for written in told]


def _of_removal(one: Any, using: str) -> Written:
    values = {name: (text, None) for name, text in texts_of(one).items()}
    codes = frozenset(organisations_of(one, using))
    return Written(one._meta.label, str(one.pk), values, codes, _parent(one))


def last_entry(instance: Any, using: str | None = None) -> int:
    """The number of the last entry on a record; 0 where there is none."""
    from django.db.models import Max

    entries = table("AuditEntry", using or _home(instance))
    of_it = entries.filter(kind=instance._meta.label, target=str(instance.pk))
    return of_it.aggregate(Max("number"))["number__max"] or 0


def _enter(event: Event, instance: Any, values: dict[str, Any], codes: set[str], using: str) -> int:
    """The entry of a record that stands; it is of those whose it was and whose it is now."""
    now = frozenset(codes | organisations_of(instance, using))
    written = Written(instance._meta.label, str(instance.pk), values, now, _parent(instance))
    return append(using, event, written)


def _home(instance: Any) -> str:
    return str(instance._state.db or "default")


def _check(kind: Any) -> Any:
    if not is_audited(kind):
        raise RecordsError(
            f"{kind._meta.label} is not audited, and is not written through the audit's door"
        )
    return kind


def _check_verb(event: Event) -> None:
    if event.what == ERASES:
        raise RecordsError(
            "the verb 'erase' is for values of the audit: see remit.records.audit.erase_fields"
        )


def _check_fields(kind: Any, fields: dict[str, Any]) -> None:
    for name in fields:
        if _field(kind, name).primary_key:
            raise RecordsError(f"{kind._meta.label}: the identifier {name} is never changed")


def _check_seen(before: Any, seen: int | None, using: str) -> None:
    if seen is None:
        return
    label = before._meta.label
    since = table("AuditEntry", using).filter(kind=label, target=str(before.pk), number__gt=seen)
    numbers = tuple(since.order_by("number").values_list("number", flat=True))
    if numbers:
        raise ChangedMeanwhile(
            f"{label} {before.pk} was changed by somebody else since it was read; nothing was "
            "changed. Look at both versions and choose",
            numbers,
        )


def _field(kind: Any, name: str) -> Any:
    from django.core.exceptions import FieldDoesNotExist

    for field in kind._meta.concrete_fields:
        if name in {field.name, field.attname}:
            return field
    raise FieldDoesNotExist(f"{kind._meta.label} has no field {name!r}")


def _as_it_stands(instance: Any, using: str) -> Any:
    found = type(instance)._base_manager.using(using).filter(pk=instance.pk).first()
    if found is None:
        raise RecordsError(f"{instance._meta.label} {instance.pk} is gone; nothing was changed")
    return found


def texts_of(instance: Any) -> dict[str, str]:
    """Field → its value as the audit keeps it."""
    hidden = getattr(instance, "AUDIT_NOT_KEPT", ())
    found = {}
    for field in instance._meta.concrete_fields:
        value = getattr(instance, field.attname)
        is_hidden = field.name in hidden and value not in {None, ""}
        found[field.name] = NOT_KEPT if is_hidden else as_text(value)
    return found


def _kept(name: str, value: Any) -> Any:
    """A value as both databases can keep it.

    Raises
    ------
    RecordsError
        If it holds the sign of value zero, which PostgreSQL keeps in no text.
    """
    if isinstance(value, str) and "\0" in value:
        raise RecordsError(f"{name}: a text holds the sign NUL, which cannot be kept; take it out")
    return plain(value)


def _parent(instance: Any) -> str | None:
    """The whole of which a record is a part: what it goes away with."""
    from django.db.models import CASCADE

    for field in instance._meta.concrete_fields:
        if field.is_relation and field.remote_field.on_delete is CASCADE:
            key = getattr(instance, field.attname)
            return None if key is None else f"{field.related_model._meta.label}:{key}"
    return None


def _with_its_parts(instance: Any, using: str) -> list[Any]:
    """A record and all that goes away with it, parts before their whole.

    Raises
    ------
    RecordsError
        If something refers to it that would have to be changed.
    """
    from django.db.models import CASCADE, DO_NOTHING

    found: list[Any] = []
    for relation in instance._meta.related_objects:
        how = relation.on_delete
        if how is DO_NOTHING and not relation.field.db_constraint:
            continue
        name = relation.field.attname
        rows = relation.related_model._base_manager.using(using).filter(**{name: instance.pk})
        for row in rows.order_by("pk"):
            if how is not CASCADE:
                raise RecordsError(
                    f"{instance._meta.label} {instance.pk} cannot be taken away: "
                    f"{row._meta.label} {row.pk} refers to it; change that first"
                )
            found += _with_its_parts(row, using)
    return [*found, instance]
