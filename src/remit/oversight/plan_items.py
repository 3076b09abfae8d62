"""The items of a plan that several organisations sign: what, measured how, by whom, until when."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from remit.oversight.changed_words import WordRun, changed_words
from remit.words.days import day_words

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One item; ``id`` stays the same from version to version, so that a change can be shown."""

    id: str
    aim: str
    measure: str = ""
    function: str = ""
    """A function of the map of remits, by which one sees who leads; it may be blank."""
    lead: str = ""
    """The role that does it; no name."""
    due: date | None = None
    settled: str = ""
    """The side that leads, as it was settled against the map; blank where the map holds."""
    because: str = ""
    """Why it was settled so."""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What became of an item from one version to the next, field by field in runs of words."""

    id: str
    kind: Literal["new", "gone", "changed"]
    fields: tuple[tuple[str, tuple[WordRun, ...]], ...]


FIELDS = {"aim": "Aim", "measure": "Measure", "function": "Function", "lead": "Done by",
          "due": "Due", "settled": "Who leads, as settled",
          "because": "Settled because"}  # fmt: skip
"""The fields of an item → what they are called on a page and in a file."""


NEEDED = {"measure": "no measure", "lead": "nobody who does it", "due": "no day"}
"""What an item needs before it is signed → how it is told that it lacks it."""
_YEAR = re.compile(r"(\d{4})/(\d{2})")


def lacking(item: PlanItem) -> tuple[str, ...]:
    """What an item still lacks to be put to signature, in words.

    >>> lacking(PlanItem("1", "Fewer asks", measure="Asks a month", lead="chief executive"))
    ('no day',)
    """
    return tuple(words for field, words in NEEDED.items() if not getattr(item, field))


def day_doubt(item: PlanItem, period: str, today: date) -> str:
    """What is odd about the day of an item; blank if nothing is.

    Parameters
    ----------
    item
        The item.
    period
        The period of the plan; only one such as 2026/27, a year from 1 April, is understood.
    today
        The day.

    Examples
    --------
    >>> day_doubt(PlanItem("1", "Fewer", due=date(2025, 3, 31)), "2026/27", date(2025, 1, 1))
    'its day, 31 March 2025, is before the period of the plan, 2026/27'
    """
    if item.due is None:
        return ""
    year = _YEAR.fullmatch(period.strip())
    told = f"its day, {day_words(item.due)},"
    if year and item.due < date(int(year[1]), 4, 1):
        return f"{told} is before the period of the plan, {period.strip()}"
    return f"{told} is past" if item.due < today else ""


def missing(item: PlanItem, period: str, today: date) -> tuple[str, ...]:
    """All that an item lacks, in words: what it needs to be signed, its function, a day to come.

    Parameters
    ----------
    item
        The item.
    period
        The period of the plan.
    today
        The day.

    Examples
    --------
    >>> missing(PlanItem("1", "Fewer", "Asks", "finance", "chair"), "2026/27", date(2026, 6, 1))
    ('no day',)
    """
    doubt = day_doubt(item, period, today)
    return (*lacking(item), *(() if item.function else ("no function",)), *([doubt] * bool(doubt)))


def items_of(text: str) -> tuple[PlanItem, ...]:
    """The items of a version; words that are no list of items are one item of their own.

    Parameters
    ----------
    text
        The text of a version.

    Examples
    --------
    >>> items_of("Fewer asks.")[0].aim
    'Fewer asks.'
    >>> items_of('[{"id": "2", "aim": "Fewer asks", "due": "2026-12-01"}]')[0].due
    datetime.date(2026, 12, 1)
    """
    try:
        told = json.loads(text)
    except ValueError:
        return (PlanItem("1", text),) if text.strip() else ()
    if not isinstance(told, list):
        return (PlanItem("1", text),)
    return tuple(_item(one) for one in told)


def _item(told: dict[str, str | None]) -> PlanItem:
    due = told.get("due")
    texts = {name: str(told.get(name) or "") for name in FIELDS if name != "due"}
    return PlanItem(id=str(told["id"]), due=date.fromisoformat(due) if due else None, **texts)


def text_of(items: Iterable[PlanItem]) -> str:
    """Items as the text of a version, which :func:`items_of` gives back.

    >>> text_of([PlanItem("1", "Fewer asks")])
    '[{"id": "1", "aim": "Fewer asks", "measure": "", "function": "", "lead": "", "due": null}]'
    """
    told = [asdict(one) | {"due": one.due.isoformat() if one.due else None} for one in items]
    for one in told:
        for name in ("settled", "because"):
            if not one[name]:
                del one[name]
    return json.dumps(told, ensure_ascii=False)


def numbered(items: Sequence[PlanItem], known: Iterable[str] = ()) -> tuple[PlanItem, ...]:
    """Items of which each new one, whose identifier is blank, has the next free number.

    Parameters
    ----------
    items
        The items.
    known
        Identifiers that were given before, also of items that are gone.

    Examples
    --------
    >>> [one.id for one in numbered([PlanItem("", "a"), PlanItem("2", "b")], ["3"])]
    ['4', '2']
    """
    taken = {one.id for one in items} | set(known)
    last = max((int(one) for one in taken if one.isdecimal()), default=0)
    made = []
    for one in items:
        if not one.id:
            last += 1
        made.append(PlanItem(**(asdict(one) | {"id": one.id or str(last)})))
    return tuple(made)


def changed_items(
    before: str, after: str, functions: Mapping[str, str] = _NO_NAMES
) -> tuple[ItemChange, ...]:
    """What became of the items from one version to another; items that stayed are left out.

    Parameters
    ----------
    before, after
        The texts of the two versions.
    functions
        Identifier of a function → its name.

    Examples
    --------
    >>> [one.kind for one in changed_items("By March.", "By June.")]
    ['changed']
    """
    old = {one.id: one for one in items_of(before)}
    new = {one.id: one for one in items_of(after)}
    found = []
    for name in dict.fromkeys([*new, *old]):
        one, other = old.get(name), new.get(name)
        if one == other:
            continue
        kind: Literal["new", "gone", "changed"] = (
            "new" if one is None else "gone" if other is None else "changed"
        )
        texts = [
            (_said(one, field, functions), _said(other, field, functions), words)
            for field, words in FIELDS.items()
        ]
        runs = tuple((words, changed_words(a, b)) for a, b, words in texts if a != b)
        found.append(ItemChange(name, kind, runs))
    return tuple(found)


def _said(item: PlanItem | None, field: str, functions: Mapping[str, str]) -> str:
    """A field of an item in words; nothing where there is no item."""
    value = getattr(item, field) if item else ""
    if isinstance(value, date):
        return day_words(value)
    return functions.get(value, value) if field == "function" else str(value or "")
