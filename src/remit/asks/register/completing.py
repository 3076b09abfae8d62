"""A list that comes again with more in it completes the asks that are there; it replaces nothing.

A row is known again by the digest of its words. Where a list comes with columns that were not read
before, that digest is another. Then an ask is the same if its title or text is, and nothing else
of it is said otherwise: what the register leaves blank contradicts nothing. In another file the
sender has to be the same too, and the day or the text: two bodies that ask the same are two asks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from remit.asks.register.batches import batched
from remit.asks.register.register import AskRegister
from remit.asks.senders import UNKNOWN
from remit.records import plain
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.asks.intake.candidate import Candidate

Least = Callable[["Candidate"], "Candidate"]
"""Gives what is kept of an ask."""

_SAME = ("title", "text", "received_on", "from_body", "to_org_code", "period_from", "period_to")
"""What must not be said otherwise by two rows that are one ask."""

_COMPLETED = (
    *("received_on", "due_on", "from_body", "from_team", "to_org_name", "channel", "title"),
    *("text", "period_from", "period_to", "frequency", "hours_estimate"),
)
_OF_ROW = ("key", "ask_id", "source", "source_row", *_SAME)


class KnownAgain:
    """The asks of lists that a register has, to be found by what they say.

    Parameters
    ----------
    register
        The open register.
    file_name
        The file that is read: of an ask of the same file the new row may say less, too.
    reserved
        The keys of asks that were known by them.
    """

    def __init__(self, register: AskRegister, file_name: str, reserved: Iterable[str]) -> None:
        self._file_name, self._taken = plain(file_name), set(reserved)
        self._by_words: dict[str, list[dict[str, Any]]] = defaultdict(list)
        found = register.table("Ask").filter(key__startswith="row:").order_by("source_row")
        for row in found.values(*_OF_ROW):
            for words in _words(row["title"], row["text"]):
                self._by_words[words].append(row)

    def key_of(self, one: Candidate, asked_id: str, least: Least) -> str | None:
        """The key of the ask that a row is, and of no other; None where there is none.

        Parameters
        ----------
        one
            The row.
        asked_id
            Its identifier, where the list gives one.
        least
            Gives what is kept of an ask.
        """
        if not any(words in self._by_words for words in _words(one.title, "")) and not one.text:
            return None
        kept = least(one)
        fits = [
            row
            for row in self._of_words(kept)
            if row["key"] not in self._taken and self._is_same(row, kept)
        ]
        best = next((row for row in fits if row["ask_id"] == asked_id), None) or _only(
            fits, one, self._file_name
        )
        if best is None:
            return None
        self._taken.add(best["key"])
        return str(best["key"])

    def _of_words(self, kept: Candidate) -> Iterator[dict[str, Any]]:
        seen: set[str] = set()
        for words in _words(kept.title, kept.text):
            for row in self._by_words.get(words, ()):
                if row["key"] not in seen:
                    seen.add(row["key"])
                    yield row

    def _is_same(self, row: Mapping[str, Any], kept: Candidate) -> bool:
        pairs = {name: (_filled(row[name]), _filled(getattr(kept, name))) for name in _SAME}
        equal = {name for name, (there, new) in pairs.items() if there == new is not None}
        if row["source"] != self._file_name:
            lacks = {name for name, (there, _) in pairs.items() if there is None}
            return (
                set(_SAME) <= equal | lacks
                and "from_body" in equal
                and bool({"received_on", "text"} & equal)
            )
        # A text that was not read before may name another team of the same body.
        own = {"from_body"} if row["source_row"] == kept.place else set()
        return all(
            there == new or there is None or new is None or name in own
            for name, (there, new) in pairs.items()
        )


def _filled(value: Any) -> Any:
    """A value as it is kept; None for a blank and for an unknown sender."""
    return None if _is_blank(value) else plain(value)


def _words(title: str | None, text: str | None) -> Iterator[str]:
    if title:
        yield f"title {plain(title)}"
    if text:
        yield f"text {plain(text)}"


def _only(fits: Sequence[dict[str, Any]], one: Candidate, file_name: str) -> dict[str, Any] | None:
    """The one ask that fits; of several that of the same line of the same file."""
    if len(fits) == 1:
        return fits[0]
    same = [row for row in fits if (row["source"], row["source_row"]) == (file_name, one.place)]
    return same[0] if len(same) == 1 else None


def edited_by_people(register: AskRegister) -> set[tuple[str, str]]:
    """The fields (ask, field) that somebody has changed; what an import filled in is none."""
    moments = set(register.table("Import").values_list("imported_at", flat=True))
    rows = register.table("Change").values_list("ask_id", "field", "changed_at")
    return {(ask_id, field) for ask_id, field, at in rows if at not in moments}


def complete(
    register: AskRegister, again: Mapping[str, Candidate], least: Least, moment: datetime
) -> list[str]:
    """Fill what asks that are there lack, and say so; what stands there is left as it is.

    What was filled in stands in an ask's history with the moment of the import, by which ``undo``
    finds it. A field that somebody has changed, be it to blank, is left.

    Parameters
    ----------
    register
        The open register.
    again
        Sealed key → what came once more.
    least
        Gives what is kept of an ask.
    moment
        That of the import.
    """
    edited = edited_by_people(register)
    filled: Counter[str] = Counter()
    asks = 0
    for keys in batched(list(again)):
        rows = register.table("Ask").filter(key__in=keys)
        for row in list(rows.values("key", "ask_id", "original", *_COMPLETED)):
            lacking = [name for name in _COMPLETED if _is_blank(row[name])]
            lacking = [name for name in lacking if (row["ask_id"], name) not in edited]
            new = _new_values(lacking, again[row["key"]], least)
            if new:
                asks += 1
                filled.update(name for name in new if name != "facets")
                _fill(register, row, new, moment)
    if not asks:
        return []
    told = ", ".join(f"{name} ({filled[name]:,})" for name in _COMPLETED if filled[name])
    verb = "was there already and is" if asks == 1 else "were there already and are"
    return [f"{count_words(asks, 'ask')} {verb} completed: {told}; what stood there is as it was"]


def _is_blank(value: Any) -> bool:
    return value is None or value in {"", UNKNOWN}


def _new_values(lacking: Sequence[str], one: Candidate, least: Least) -> dict[str, Any]:
    """What a row has of the fields that are lacking; a text with what was read from it."""
    if not any(not _is_blank(getattr(one, name)) for name in lacking):
        return {}
    kept = least(one)
    values = {name: plain(getattr(kept, name)) for name in lacking}
    new = {name: value for name, value in values.items() if not _is_blank(value)}
    return {**new, "facets": plain(kept.facets)} if "text" in new else new


def _fill(
    register: AskRegister, row: Mapping[str, Any], new: Mapping[str, Any], moment: datetime
) -> None:
    register.table("Ask").filter(key=row["key"]).update(**new)
    register.append(
        "Change",
        [
            {
                "ask_id": row["ask_id"],
                "field": name,
                "before": row[name],
                "after": str(value),
                "changed_at": moment,
            }
            for name, value in new.items()
            if name != "facets"
        ],
    )


def take_back_completed(register: AskRegister, moment: datetime) -> None:
    """Blank again what an import filled in, unless somebody has changed it since."""
    edited = edited_by_people(register)
    changes = register.table("Change").filter(changed_at=moment)
    for ask_id, field, before in list(changes.values_list("ask_id", "field", "before")):
        if (ask_id, field) not in edited:
            blank = {field: before} | ({"facets": None} if field == "text" else {})
            register.table("Ask").filter(ask_id=ask_id).update(**blank)
    changes.delete()
