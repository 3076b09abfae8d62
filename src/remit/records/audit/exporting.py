"""An organisation's part of the audit for a request for information; a person's for theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from remit.files.delimited import csv_text
from remit.files.jsons import json_text
from remit.files.outputs import write_files
from remit.model.errors import RecordsError
from remit.records.audit.chain import WHY, table
from remit.records.audit.reading import Told, as_told, entries_of

COLUMNS = ("entry", "at", "who", "acting_for", "what", "kind", "target", "parent", "field",
           "before", "after", "erased", "why", "organisations")  # fmt: skip
_AT_A_TIME = 500


def organisation_part(code: str, using: str = "default") -> list[Told]:
    """All entries on records that were an organisation's, the first one first.

    Before they leave the house, look through what is personal or of others: a record that
    organisations share is in each one's part.
    """
    return entries_of(code, using)[::-1]


def person_part(
    accounts: Collection[str], words: Collection[str], using: str = "default"
) -> list[Told]:
    """All entries of what a person did, or in whose values one of the words stands, in any case.

    Parameters
    ----------
    accounts
        The identifiers of the person's accounts.
    words
        Names, initials, addresses by which the person may be called.
    using
        The name of the database's connection.

    Returns
    -------
    list
        Entries, the first one first.

    Examples
    --------
    >>> person_part(["asha"], ["Asha Bell"])  # doctest: +SKIP
    [Told(number=1, ...)]
    """
    numbers = set(
        table("AuditEntry", using).filter(who__in=list(accounts)).values_list("number", flat=True)
    )
    sought = [word.casefold() for word in words if word.strip()]
    if sought:
        kept = table("AuditValue", using).order_by("pk").values_list("entry", "old", "new")
        # Here and not in the database: SQLite knows no capital letters beyond those of English.
        for number, *texts in kept.iterator(chunk_size=2_000):
            if any(word in (text or "").casefold() for text in texts for word in sought):
                numbers.add(number)
    ordered, found = sorted(numbers), list[Any]()
    for start in range(0, len(ordered), _AT_A_TIME):
        some = ordered[start : start + _AT_A_TIME]
        found += table("AuditEntry", using).filter(number__in=some).order_by("number")
    return as_told(found, using)


def write_part(folder: Path, entries: Sequence[Told]) -> list[Path]:
    """Write entries into a folder, as ``audit.csv`` (a line a field) and ``audit.json``.

    No cell is a formula to a spreadsheet.

    Raises
    ------
    RecordsError
        If the folder cannot be written: former files stay as they were.

    Examples
    --------
    >>> write_part(Path("request-12"), organisation_part("ZA1"))  # doctest: +SKIP
    """
    return write_files(
        folder,
        {
            "audit.csv": csv_text(COLUMNS, lines_of(entries)),
            "audit.json": json_text([_as_json(entry) for entry in entries]),
        },
        error=RecordsError,
    )


def lines_of(entries: Iterable[Told]) -> list[tuple[Any, ...]]:
    """Entries as rows under :data:`COLUMNS`, a row a field."""
    return [line for entry in entries for line in _lines(entry)]


def _lines(entry: Told) -> list[tuple[Any, ...]]:
    """A line for each field; an entry without fields has one."""
    start = (entry.number, entry.at.isoformat(), entry.who, entry.acting_for, entry.what,
             entry.kind, entry.target, entry.parent)  # fmt: skip
    codes = ", ".join(entry.organisations)
    values = [
        (name, _shown(value.old), _shown(value.new), value.erased)
        for name, value in entry.values.items()
    ]
    erased = [(name, None, None, None) for name in entry.erased]
    middle = values or erased or [(WHY, None, None, None)]
    return [(*start, *cells, entry.why, codes) for cells in middle]


def _shown(value: Any) -> str | None:
    return None if value is None else value if isinstance(value, str) else json_text(value, None)


def _as_json(entry: Told) -> dict[str, Any]:
    return {
        "entry": entry.number,
        "at": entry.at.isoformat(),
        "who": entry.who,
        "acting_for": entry.acting_for,
        "what": entry.what,
        "kind": entry.kind,
        "target": entry.target,
        "parent": entry.parent,
        "why": entry.why,
        "organisations": list(entry.organisations),
        "values": {
            name: {"before": value.old, "after": value.new, "erased": value.erased}
            for name, value in entry.values.items()
        },
        "erased": list(entry.erased),
    }
