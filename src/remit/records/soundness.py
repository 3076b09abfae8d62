"""What stands in the rows is of the kind that its column says.

SQLite keeps whatever it is given; a doctored file may hold words where a day should be. That is
found here, by one pass over each table, and not by whoever stumbles over it later.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from remit.model.ask import COVERAGES, DECISION_KINDS, AskRelation
from remit.model.errors import RecordsError
from remit.records.connecting import rows
from remit.records.loading import all_models

_KINDS = {
    "TextField": "'text'",
    "BigIntegerField": "'integer'",
    "BigAutoField": "'integer'",
    "BooleanField": "'integer'",
    "FloatField": "'real', 'integer'",
    "DateField": "'text'",
    "DateTimeField": "'text'",
}
_LARGEST = "1e15"
_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_CHOICES = {
    ("Ask", "status"): ("open", "closed"),
    ("Decision", "kind"): DECISION_KINDS,
    ("Decision", "relation"): tuple(str(one.value) for one in AskRelation),
    ("Decision", "coverage"): COVERAGES,
}


def check_rows(alias: str, path: Path) -> None:
    """Refuse a file with a value of another kind than its column's.

    Raises
    ------
    RecordsError
        If there is one; the message names table and column.
    """
    if rows(alias, "SELECT count(*) FROM records_register") != [(1,)]:
        raise RecordsError(f"{path}: the register is damaged: its mark is missing or is not one")
    for kind in all_models():
        faults = {field.column: _fault(kind, field) for field in kind._meta.concrete_fields}
        query = "SELECT {} FROM {} LIMIT 1".format(  # noqa: S608 (names of our own models)
            ", ".join(f"max({fault})" for fault in faults.values()), kind._meta.db_table
        )
        found = rows(alias, query)[0]
        wrong = [name for name, is_wrong in zip(faults, found, strict=True) if is_wrong]
        if wrong:
            raise RecordsError(
                f"{path}: the register is damaged: column {wrong[0]} of {kind._meta.db_table} "
                "holds what is none; nothing was changed. Put a copy back"
            )


def _fault(kind: Any, field: Any) -> str:
    """An expression that is true where a value is not of its column's kind."""
    column = f'"{field.column}"'
    is_kind = f"typeof({column}) IN ({_KINDS[_stored(field)]})"
    for test in _tests(kind, field, column):
        is_kind += f" AND {test}"
    # What cannot be worked out (the hour 25) is nothing to SQLite, and nothing is no fault to it.
    sound = f"coalesce({is_kind}, 0)"
    return f"NOT ({column} IS NULL OR {sound})" if field.null else f"NOT {sound}"


def _tests(kind: Any, field: Any, column: str) -> list[str]:
    stored = _stored(field)
    if stored == "DateField":
        # SQLite moves 30 February on to March: a day is one if it is itself when worked out.
        return [f"{column} GLOB '{_DAY}'", f"date({column}, '+0 days') = {column}",
                f"substr({column}, 1, 4) >= '0001'"]  # fmt: skip
    if stored == "DateTimeField":
        tail = f"substr({column}, 20)"
        return [
            f"strftime('%Y-%m-%d %H:%M:%S', {column}) = substr({column}, 1, 19)",
            f"substr({column}, 1, 4) >= '0001'",
            f"({tail} = '' OR ({tail} GLOB '.[0-9]*' AND length({tail}) <= 7"
            f" AND substr({tail}, 2) NOT GLOB '*[^0-9]*'))",
        ]
    if stored == "FloatField":
        return [f"abs({column}) < {_LARGEST}"]
    if stored == "BooleanField":
        return [f"{column} IN (0, 1)"]
    choices = _CHOICES.get((kind.__name__, field.name))
    return [f"{column} IN ({', '.join(map(repr, choices))})"] if choices else []


def _stored(field: Any) -> str:
    """The kind of a field as it is kept; a relation is kept as what it refers to."""
    return str((field.target_field if field.is_relation else field).get_internal_type())
