"""A register of an earlier Remit is carried over: every row, and each is read back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from remit.asks.register.actions import speaks_of_ask
from remit.asks.register.decisions import part_rows, parts
from remit.asks.register.imports import import_number
from remit.asks.register.keys import sealed_key
from remit.asks.register.meeting_rows import sealed_series
from remit.asks.register.old_file import OLD_TABLES, Rows, is_old_register, read_old
from remit.asks.register.register import AskRegister
from remit.model.ask import ASK_COLUMNS, Ask
from remit.model.errors import AskError
from remit.records import open_records

__all__ = ["CarriedOver", "carry_over", "is_old_register"]

_ENTERED = ("Ask", "Import", "Decision", "Action", "Friction", "Risk", "Mapping")


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """How many rows of each table were carried over; all were read back and are the same."""

    rows: dict[str, int]
    digests: dict[str, str]
    """Table → a digest of its rows, the same on both sides."""
    follow_ups: int = 0
    """How many of the asks chase an earlier one; lists leave them out."""


def carry_over(
    old: Path, new: Path, *, keep_text: bool = False, dry_run: bool = False
) -> CarriedOver:
    """Copy an old register into a new one, and hold the one against the other.

    Parameters
    ----------
    old
        The DuckDB file, which is only read.
    new
        The new register; made if it is not there, refused if it holds anything.
    keep_text
        Keep screened texts whole, and not as words and facets; those whose originals were kept
        are kept whole anyhow.
    dry_run
        Do all of it, but keep nothing.

    Raises
    ------
    AskError
        If the old one cannot be read, the new one holds something, or a row came out differently;
        then nothing is kept.

    Examples
    --------
    >>> carry_over(Path("asks.duckdb"), Path("asks.sqlite")).rows["ask"]  # doctest: +SKIP
    368
    """
    found = read_old(old)
    if not keep_text:
        _reduce(found)
    with (
        # Not open_register: the old one may stand beside the new one under the same name.
        open_records(AskRegister, None if dry_run and not new.exists() else new) as register,
        register.all_or_nothing(dry_run=dry_run),
    ):
        if any(register.table(name).exists() for name in _ENTERED):
            raise AskError(f"{new}: this register holds entries already; name a new one")
        _seal(register, found)
        for name, rows in _as_records(found).items():
            register.append(name, rows)
        return _compared(found, _read_back(register))


# What an old row becomes -------------------------------------------------------------------------


def _reduce(found: Rows) -> None:
    """No text that was not asked to be kept; what was edited away neither."""
    from remit.asks.register.least import least_ask

    whole = {row["ask_id"] for row in found["ask"] if row["original"] is not None}
    for row in found["ask"]:
        row["facets"] = None
        if row["ask_id"] not in whole:
            known = {name: row[name] for name in ASK_COLUMNS}
            kept = least_ask(Ask(**known | {n: row[n] or "" for n in ("title", "text")}))
            row |= {"text": kept.text, "facets": kept.facets}
    for row in found["change"]:
        if row["field"] == "text" and row["ask_id"] not in whole:
            row |= {name: _words(row[name]) for name in ("before", "after")}


def _words(text: str | None) -> str | None:
    from remit.asks.register.least import least_ask

    return text and least_ask(Ask("", "", "", "", text)).text


def _seal(register: AskRegister, found: Rows) -> None:
    """What asks, meetings and files are known by, sealed as the new register seals it."""
    for row in found["ask"]:
        row.setdefault("facets", None)
        row["key"] = sealed_key(register, row["key"])
        row["thread"] = row["thread"] and register.sealed(row["thread"], 16)
    for row in found["meeting"]:
        row["key"] = register.sealed(row["key"])
        row["series"] = sealed_series(register, row["series"])
    for row in found["import"]:
        row["sha256"] = register.sealed(row["sha256"], 64)


def _as_records(found: Rows) -> dict[str, list[dict[str, Any]]]:
    """Old rows as those of the new tables, each after what it refers to."""
    asks = {row["ask_id"] for row in found["ask"]}
    return {
        "Import": [_without(row, "import_id") | _moments(row, "imported_at")
                   for row in found["import"]],
        "Rejection": [_brought(row) for row in found["rejection"]],
        "Mapping": [row | _moments(row, "kept_at") for row in found["mapping"]],
        "Ask": [_brought(row) for row in found["ask"]],
        "Change": [row | _moments(row, "changed_at") for row in found["change"]],
        "Meeting": [_brought(_without(row, "replaced_by")) | {
            "replaced_by_id": _number(row["replaced_by"])} for row in found["meeting"]],
        "Decision": [_without(row, "ask_ids") for row in found["decision"]],
        "DecisionAsk": _named(found["decision"], "number", "ask_ids", "decision_id", "ask_id"),
        "Action": [_action(row, asks) for row in found["action"]],
        "Friction": [_without(row, "ask_ids", "between_bodies") for row in found["friction"]],
        "FrictionBody": _named(
            found["friction"], "friction_id", "between_bodies", "friction_id", "body"),
        "FrictionAsk": _named(found["friction"], "friction_id", "ask_ids", "friction_id", "ask_id"),
        "Risk": found["risk"],
        "RiskShare": found["risk_share"],
    }  # fmt: skip


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _brought(row: dict[str, Any]) -> dict[str, Any]:
    return _without(row, "import_id") | {"brought_by_id": _number(row["import_id"])}


def _number(import_id: str | None) -> int | None:
    return None if import_id is None else import_number(import_id)


def _moments(row: dict[str, Any], name: str) -> dict[str, datetime]:
    return {name: row[name].replace(tzinfo=UTC)}


def _named(
    rows: list[dict[str, Any]], key: str, names: str, entry: str, part: str
) -> list[dict[str, Any]]:
    return [one for row in rows for one in part_rows({entry: row[key]}, part, row[names] or ())]


def _action(row: dict[str, Any], asks: set[str]) -> dict[str, Any]:
    said = row["conversation"]
    of_ask = said in asks or speaks_of_ask(said)
    return row | {"ask_id": said if of_ask else None, "conversation": None if of_ask else said}


# Reading back ------------------------------------------------------------------------------------


def _read_back(register: AskRegister) -> Rows:
    """The rows of the new register in the shape of the old one."""
    return {name: _BACK.get(name, _plainly)(register, name) for name in OLD_TABLES}


def _plainly(register: AskRegister, table: str, *left_out: str) -> list[dict[str, Any]]:
    """Rows of a table under the old names; not the columns that are kept in another way now."""
    imports = {
        "import_id": "number" if table == "import" else "brought_by_id",
        "replaced_by": "replaced_by_id",
    }
    columns = {name: imports.get(name, name) for name in OLD_TABLES[table] if name not in left_out}
    rows = register.table(table.title().replace("_", "")).values(*columns.values())
    return [
        {old: _as_old(row[new], is_import=old in imports) for old, new in columns.items()}
        for row in rows
    ]


def _as_old(value: Any, *, is_import: bool) -> Any:
    if is_import:
        return None if value is None else f"import-{value}"
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _decisions(register: AskRegister, table: str) -> list[dict[str, Any]]:
    named = parts(register, "DecisionAsk", "decision_id", "ask_id")
    rows = _plainly(register, table, "ask_ids")
    return [row | {"ask_ids": named.get(row["number"], [])} for row in rows]


def _frictions(register: AskRegister, table: str) -> list[dict[str, Any]]:
    bodies = parts(register, "FrictionBody", "friction_id", "body")
    asks = parts(register, "FrictionAsk", "friction_id", "ask_id")
    return [
        row | {"between_bodies": bodies.get(key, []), "ask_ids": asks.get(key, [])}
        for row in _plainly(register, table, "ask_ids", "between_bodies")
        for key in [row["friction_id"]]
    ]


def _actions(register: AskRegister, table: str) -> list[dict[str, Any]]:
    rows = _plainly(register, table, "conversation")
    said = dict(register.table("Action").values_list("action_id", "conversation"))
    asks = dict(register.table("Action").values_list("action_id", "ask_id"))
    return [row | {"conversation": asks[k] if said[k] is None else said[k]}
            for row in rows for k in [row["action_id"]]]  # fmt: skip


def _asks(register: AskRegister, table: str) -> list[dict[str, Any]]:
    facets = dict(register.table("Ask").values_list("ask_id", "facets"))
    return [row | {"facets": facets[row["ask_id"]]} for row in _plainly(register, table)]


_BACK: dict[str, Callable[[AskRegister, str], list[dict[str, Any]]]] = {
    "ask": _asks,
    "decision": _decisions,
    "action": _actions,
    "friction": _frictions,
}


def _compared(before: Rows, after: Rows) -> CarriedOver:
    for name in OLD_TABLES:
        if len(before[name]) != len(after[name]):
            raise AskError(
                f"{name}: {len(before[name])} rows in the old register, {len(after[name])} in the "
                "new one; nothing was kept"
            )
        if digest(before[name]) != digest(after[name]):
            raise AskError(f"{name}: the rows came out differently; nothing was kept")
    return CarriedOver(
        {name: len(rows) for name, rows in after.items()},
        {name: digest(rows) for name, rows in after.items()},
        sum(row["follow_up"] for row in after["ask"]),
    )


def digest(rows: list[dict[str, Any]]) -> str:
    """One digest of all rows, whatever their order; each value counts with its kind."""
    each = sorted(repr(sorted(row.items())) for row in rows)
    return hashlib.sha256("\n".join(each).encode("utf-8", "replace")).hexdigest()
