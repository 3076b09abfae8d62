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
from remit.web.desk.said_of_plans import FLAGS, LABELS, NamesOfParts, state_words
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
    is_seen: bool = True
    """Whether there is anything to tell: else what stood there and what stands read the same."""

    @property
    def is_new(self) -> bool:
        """Whether nothing stood there before."""
        return not any(one.before for one in self.fields)


def said_change(
    entry: Told, names: Mapping[str, str], parts: NamesOfParts | None = None
) -> SaidChange:
    """An entry in words.

    Parameters
    ----------
    entry
        What the audit tells.
    names
        The identifiers of accounts → who they are.
    parts
        What parts of plans are called.

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
    record, page = _in_a_plan(entry, parts or {}, what, whole) or (record, page)
    fields = tuple(_fields(kind, entry, names))
    return SaidChange(
        when=_moment_words(entry.at),
        who=names.get(entry.who, entry.who),
        record=record,
        page=page,
        fields=fields,
        is_seen=bool(fields or not entry.values or entry.what != "edit"),
    )


def _in_a_plan(
    entry: Told, parts: NamesOfParts, what: str, whole: str
) -> tuple[str, tuple[str, ...]] | None:
    """A part of a plan by the number of its version, with the plan's page; None of all else."""
    if own := parts.get((entry.kind, entry.target)):
        return own[0], _page("together.Plan", own[1])
    whole_kind = (entry.parent or "").partition(":")[0]
    if named := parts.get((whole_kind, whole)):
        mine = what.removeprefix("plan").strip() or what
        return f"{mine} of {named[0]}", _page("together.Plan", named[1])
    return None


def _fields(kind: Any, entry: Told, names: Mapping[str, str]) -> Iterator[FieldChange]:
    for name, value in entry.values.items():
        if _is_a_link_within(kind, name) or (value.old in _NOTHING and value.new in _NOTHING
                                             and not value.erased):  # fmt: skip
            continue
        label = LABELS.get(name) or name.removesuffix("_id").replace("_", " ")
        if value.erased:
            yield FieldChange(label, "", "", True)
        elif flag := FLAGS.get((entry.kind, name)):
            if value.new or value.old:  # what began as it was is no news
                yield FieldChange(flag[0] if value.new else flag[1], "", "", False)
        else:
            yield from _told(label, _of_kind(entry.kind, name, value), names)


def _of_kind(kind: str, name: str, value: AuditedValue) -> AuditedValue:
    """What a field of a plan keeps as a code or as JSON, as its words or its parts."""
    if (kind, name) == ("together.Plan", "status"):
        return AuditedValue(state_words(value.old), state_words(value.new))
    if (kind, name) == ("together.PlanVersion", "text"):
        old, new = (_parts_in(str(one or "")) for one in (value.old, value.new))
        if _is_list(old) and _is_list(new):
            return AuditedValue(old, new)
    return value


def _told(label: str, value: AuditedValue, names: Mapping[str, str]) -> Iterator[FieldChange]:
    """What changed in a field; nothing where both read the same."""
    if _is_list(value.old) and _is_list(value.new):
        yield from _parts("item" if label == "text" else label, value.old, value.new, names)
        return
    before, after = _words(value.old, names), _words(value.new, names)
    if before != after:
        yield FieldChange(label, before, after, False)


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
