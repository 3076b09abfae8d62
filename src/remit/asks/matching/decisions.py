"""What people decided about asks, from a file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from remit.catalogue.entries import entry_that_answers
from remit.files.delimited import unmarked
from remit.files.reading import read_text
from remit.files.records import named_records
from remit.model.ask import COVERAGES, DECISION_KINDS, AskDecision, AskRelation
from remit.model.errors import AskError, UnknownCode
from remit.model.plain_text import cleaned

DECISION_COLUMNS = (
    *("kind", "ask_ids", "relation", "decided_by", "decided_on", "note"),
    *("publication", "coverage"),
)
"""Columns of a file of decisions; ``ask_ids`` stand apart by blanks. The first two are needed.

The last two are those of the kind ``answered``.
"""


def read_decisions(path: Path) -> list[AskDecision]:
    """Read decisions from a CSV file.

    Raises
    ------
    AskError
        If the file cannot be read, or a row cannot be understood: a decision is never passed
        over in silence.
    """
    header: dict[str, str] | None = None
    found: list[AskDecision] = []
    for line, row in named_records(read_text(path, error=AskError)):
        if isinstance(row, str):
            raise AskError(f"{path}, line {line}: this is no CSV: {row}")
        if header is None:
            header = row
            _refuse_missing(path, line, header)
        else:
            found.append(_decision(_plain(row), f"{path}, line {line}"))
    if header is None:
        _refuse_missing(path, 1, ())
    return found


def _refuse_missing(path: Path, line: int, header: Collection[str]) -> None:
    missing = [name for name in DECISION_COLUMNS[:2] if name not in header]
    if missing:
        raise AskError(f"{path}, line {line}: the column {', '.join(missing)} is missing")


def _plain(row: dict[str, str]) -> dict[str, str]:
    return {name: cleaned(unmarked(value)) for name, value in row.items() if name}


def _decision(row: dict[str, str], where: str) -> AskDecision:
    kind = (row.get("kind") or "").strip().lower()
    if kind not in DECISION_KINDS:
        known = ", ".join(DECISION_KINDS)
        raise AskError(f"{where}, kind: {kind!r} is not known; use one of {known}")
    asks = tuple(dict.fromkeys((row.get("ask_ids") or "").split()))
    if kind == "answered":
        return _answered(row, asks, where)
    if len(asks) < 2:
        raise AskError(f"{where}, ask_ids: a decision is about two asks or more")
    relation = (row.get("relation") or "").strip().lower() or AskRelation.DUPLICATE.value
    if relation not in set(AskRelation):
        raise AskError(f"{where}, relation: {relation!r} is not known; use duplicate or overlap")
    return AskDecision(
        kind,
        asks,
        AskRelation(relation),
        (row.get("decided_by") or "").strip() or None,
        _day(row, where),
        (row.get("note") or "").strip() or None,
    )


def _answered(row: dict[str, str], asks: tuple[str, ...], where: str) -> AskDecision:
    """That a publication answers one ask."""
    if len(asks) != 1:
        raise AskError(f"{where}, ask_ids: `answered` is about one ask; give each its own line")
    coverage = (row.get("coverage") or "").strip().lower() or COVERAGES[0]
    if coverage not in COVERAGES:
        raise AskError(f"{where}, coverage: {coverage!r} is not known; use full or part")
    try:
        entry = entry_that_answers((row.get("publication") or "").strip())
    except UnknownCode as error:
        raise AskError(f"{where}, publication: {error}") from None
    by, note = ((row.get(name) or "").strip() or None for name in ("decided_by", "note"))
    said = (AskRelation.DUPLICATE, by, _day(row, where), note)
    return AskDecision("answered", asks, *said, entry.id, coverage)


def _day(row: dict[str, str], where: str) -> date | None:
    said = (row.get("decided_on") or "").strip()
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise AskError(f"{where}, decided_on: {said!r} is no date; write 2025-04-30") from None
