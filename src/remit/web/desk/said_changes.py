"""An entry of the audit as a reader sees it: records by their name, people by theirs, no code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from remit.records.audit import AuditedValue, Told
from remit.web.desk.record_kinds import page_of
from remit.words.days import day_words

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NOTHING: tuple[Any, ...] = (None, "", [], {})
_ITEM_KEYS = ("id", "title", "aim")
"""By which a part of a list is known before and after, the first that all have."""


class FieldChange(NamedTuple):
    """What stood in a field and what stands now, in words; nothing is blank."""

    label: str
    before: str
    after: str
    erased: bool


@dataclass(frozen=True, slots=True)
class SaidChange:
    """An entry in words."""

    when: str
    who: str
    record: str
    """Such as *action ACT-1* or *signature of plan PLAN-1*."""
    page: tuple[str, ...]
    """The name and the arguments of the address of the record's page; nothing if it has none."""
    fields: tuple[FieldChange, ...]

    @property
    def is_new(self) -> bool:
        """Whether nothing stood there before."""
        return not any(one.before for one in self.fields)


def said_change(entry: Told, names: Mapping[str, str]) -> SaidChange:
    """An entry in words.

    Parameters
    ----------
    entry
        What the audit tells.
    names
        The identifiers of accounts → who they are.

    Examples
    --------
    >>> said_change(entry, {"account-4": "Asha Bell"}).record  # doctest: +SKIP
    'signature of plan PLAN-1'
    """
    kind = _model(entry.kind)
    what = str(kind._meta.verbose_name) if kind is not None else entry.kind
    is_numbered = kind is not None and _is_number(kind._meta.pk)
    whole_kind, _, whole = (entry.parent or "").partition(":")
    if is_numbered and whole:
        whole_name = _name_of_kind(whole_kind)
        record = f"{what.removeprefix(whole_name).strip() or what} of {whole_name} {whole}"
        page = _page(whole_kind, whole)
    else:
        record = what if is_numbered else f"{what} {entry.target}"
        page = _page(entry.kind, entry.target)
    return SaidChange(
        when=_moment_words(entry.at),
        who=names.get(entry.who, entry.who),
        record=record,
        page=page,
        fields=tuple(_fields(kind, entry.values, names)),
    )


def _fields(
    kind: Any, values: Mapping[str, AuditedValue], names: Mapping[str, str]
) -> Iterator[FieldChange]:
    for name, value in values.items():
        if _is_a_link_within(kind, name) or (value.old in _NOTHING and value.new in _NOTHING
                                             and not value.erased):  # fmt: skip
            continue
        label = name.removesuffix("_id").replace("_", " ")
        if value.erased:
            yield FieldChange(label, "", "", True)
        elif _is_list(value.old) and _is_list(value.new):
            yield from _parts(label, value.old, value.new, names)
        else:
            yield FieldChange(label, _words(value.old, names), _words(value.new, names), False)


def _parts(label: str, old: Any, new: Any, names: Mapping[str, str]) -> Iterator[FieldChange]:
    """What changed in a list of parts, each known by its identifier; the rest is not repeated."""
    key = next((k for k in _ITEM_KEYS if all(k in one for one in (*old, *new))), None)
    if key is None:
        yield FieldChange(label, _words(old, names), _words(new, names), False)
        return
    before = {str(one[key]): one for one in old}
    after = {str(one[key]): one for one in new}
    for known in dict.fromkeys([*before, *after]):
        one, other = before.get(known, {}), after.get(known, {})
        for field in dict.fromkeys([*one, *other]):
            if one.get(field) != other.get(field) and field != key:
                was, now = _words(one.get(field), names), _words(other.get(field), names)
                yield FieldChange(f"{label} {known}, {field.replace('_', ' ')}", was, now, False)


def _words(value: Any, names: Mapping[str, str]) -> str:
    """A value as a sentence has it."""
    if value in _NOTHING:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{key.replace('_', ' ')}: {_words(one, names)}"
                         for key, one in value.items() if one not in _NOTHING)  # fmt: skip
    if isinstance(value, list):
        return " | ".join(_words(one, names) for one in value)
    text = str(value)
    try:
        parts = _parts_in(text)
        return _text_words(text, names) if parts is None else _words(parts, names)
    except RecursionError:  # somebody's brackets, a thousand deep
        return text


def _parts_in(text: str) -> Any:
    """A list or a mapping that a field keeps as JSON; None where it is a text."""
    if not text.startswith(("[", "{")):
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, list | dict) else None


def _text_words(text: str, names: Mapping[str, str]) -> str:
    """A moment, a day or an account in words; any other text as it is."""
    try:
        if _MOMENT.fullmatch(text):
            return _moment_words(datetime.fromisoformat(text))
        if _DAY.fullmatch(text):
            return day_words(date.fromisoformat(text))
    except ValueError:  # it looks like a day, and is none
        return text
    return names.get(text, text) if text.startswith("account-") else text


def _moment_words(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{day_words(local.date())}, {local:%H:%M}"


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def _is_a_link_within(kind: Any, name: str) -> bool:
    """Whether a field leads to a record that is known by a number of the database alone."""
    if kind is None:
        return False
    field = next(
        (one for one in kind._meta.concrete_fields if name in (one.name, one.attname)), None
    )
    related = getattr(field, "related_model", None)
    own_number = field is not None and field.primary_key and _is_number(field)
    return own_number or (related is not None and _is_number(related._meta.pk))


def _is_number(field: Any) -> bool:
    from django.db.models import AutoField

    return isinstance(field, AutoField) or field.get_internal_type().endswith("AutoField")


def _model(label: str) -> Any:
    """The model of a kind; None of one that is no more."""
    from django.apps import apps

    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _name_of_kind(label: str) -> str:
    found = _model(label)
    return str(found._meta.verbose_name) if found is not None else label.rpartition(".")[2].lower()


def _page(label: str, key: str) -> tuple[str, ...]:
    return (page, key) if (page := page_of(label)) else ()
