"""Is the chain whole, and do the records stand as it says?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from remit.records.audit.chain import BEGINNING, ERASES, digest, hash_of, table

_AT_A_TIME = 2_000
_NAMES = ("number", "at", "who", "acting_for", "what", "kind", "target", "parent", "fields",
          "digests", "hash_before", "hash")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Anchor:
    """An entry and its hash, to be kept where who holds the database cannot change it."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look through the chain found."""

    entries: int
    """How many entries were sound, from the first on."""
    first_broken: int | None = None
    """The number of the first entry that is not; of one that is missing, its number."""
    why: str = ""
    """What is wrong with it."""
    erased: int = 0
    """How many values were erased, each with the entry that says so."""
    last: Anchor = Anchor(0, BEGINNING)
    """The last sound entry: keep it elsewhere, and give it to a later look."""

    @property
    def holds(self) -> bool:
        """Whether nothing is broken."""
        return self.first_broken is None


def verify(using: str = "default", anchor: Anchor | None = None) -> Verified:
    """Look through the whole chain: every hash, every value, and its end.

    Others may write meanwhile. Who can write to the database as its owner can make a whole chain
    anew; that shows only against an anchor kept elsewhere.

    Parameters
    ----------
    using
        The name of the database's connection.
    anchor
        What an earlier look gave as its last entry.

    Returns
    -------
    Verified
        How many entries are sound, and the first that is not.

    Examples
    --------
    >>> verify().first_broken is None  # doctest: +SKIP
    True
    """
    end = table("AuditHead", using).values_list("number", flat=True).first() or 0
    last, told, gone = Anchor(0, BEGINNING), set[str](), dict[str, int]()
    for entry, values, codes in _entries(using):
        fault = _fault(entry, values, codes, last, gone)
        is_noted = anchor is not None and anchor.number == entry["number"]
        if not fault and is_noted and anchor != Anchor(entry["number"], entry["hash"]):
            fault = "it is another than the one that was noted elsewhere"
        if fault:
            return Verified(last.number, last.number + 1, fault, last=last)
        if entry["what"] == ERASES:
            told.update(json.loads(entry["fields"]))
        last = Anchor(entry["number"], entry["hash"])
    missing = max(end, anchor.number if anchor else 0)
    if last.number < missing:
        why = f"it is missing, with all up to entry {missing}"
        return Verified(last.number, last.number + 1, why, last=last)
    unsaid = sorted(gone[name] for name in gone if name not in told)
    if unsaid:
        why = "a value of it is gone, and no entry says who erased it"
        return Verified(unsaid[0] - 1, unsaid[0], why, last=last)
    return Verified(last.number, erased=len(gone), last=last)


def _entries(using: str) -> Iterator[tuple[dict[str, Any], dict[str, tuple[Any, ...]], set[str]]]:
    """Each entry with its values and its organisations, some at a time."""
    after = 0
    while True:
        rows = table("AuditEntry", using).filter(number__gt=after).order_by("number")
        entries = list(rows.values(*_NAMES)[:_AT_A_TIME])
        if not entries:
            return
        span = (after + 1, entries[-1]["number"])
        codes: dict[int, set[str]] = defaultdict(set)
        values: dict[int, dict[str, tuple[Any, ...]]] = defaultdict(dict)
        parties = table("AuditParty", using).filter(entry__range=span)
        for number, code in parties.values_list("entry", "organisation"):
            codes[number].add(code)
        kept = table("AuditValue", using).filter(entry__range=span)
        for number, field, *rest in kept.values_list("entry", "field", "salt", "old", "new"):
            values[number][field] = tuple(rest)
        for entry in entries:
            yield entry, values[entry["number"]], codes[entry["number"]]
        after = entries[-1]["number"]


def _fault(
    entry: dict[str, Any],
    values: dict[str, tuple[Any, ...]],
    codes: set[str],
    last: Anchor,
    gone: dict[str, int],
) -> str:
    """What is wrong with an entry after the last sound one; what is gone of its values is noted."""
    if entry["number"] != last.number + 1:
        return "it is missing"
    if entry["hash_before"] != last.hash:
        return "it does not follow on the entry before it"
    if entry["hash"] != hash_of(entry, codes):
        return "what it says was changed"
    digests = json.loads(entry["digests"])
    if set(values) - set(digests):
        return "a value was added to it"
    for field, pair in digests.items():
        if field not in values:
            gone[f"{entry['number']}.{field}"] = entry["number"]
            continue
        salt, old, new = values[field]
        if [digest(salt, "old", old), digest(salt, "new", new)] != pair:
            return f"its value of {field} was changed"
    return ""
