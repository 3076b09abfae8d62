"""Many rows at once: Django's statement, once for all of them."""

from __future__ import annotations

from typing import Any


def add_rows(alias: str, kind: Any, rows: list[dict[str, Any]]) -> None:
    """Add rows to a table.

    ``bulk_create`` works out each value of each row by itself, which took longer than the rest of
    an import of 10,000 asks. Only moments are kept otherwise than they are given.

    Parameters
    ----------
    alias
        The name of Django's connection.
    kind
        The model.
    rows
        Column → value; a column that a row does not name has its default.

    Examples
    --------
    >>> add_rows(alias, model("Risk"), [{"risk_id": "RISK-1", "title": "x"}])  # doctest: +SKIP
    """
    from django.db import connections

    if not rows:
        return
    connection = connections[alias]
    fields = [field for field in kind._meta.concrete_fields if not _made_up(field)]
    defaults = {field.attname: field.get_default() for field in fields}
    moments = [f for f in fields if f.get_internal_type() == "DateTimeField"]
    quote = connection.ops.quote_name
    statement = "INSERT INTO {} ({}) VALUES ({})".format(  # noqa: S608 (names of our own models)
        quote(kind._meta.db_table),
        ", ".join(quote(field.column) for field in fields),
        ", ".join(["%s"] * len(fields)),
    )
    columns = tuple(defaults.items())
    values = []
    for row in rows:
        kept = (
            row | {f.attname: f.get_db_prep_save(row[f.attname], connection) for f in moments}
            if moments
            else row
        )
        values.append([plain(kept.get(name, default)) for name, default in columns])
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def plain(value: Any) -> Any:
    """A value as it can be kept: half a character (from a name that is no UTF-8) becomes a mark."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode()
    return value


def _made_up(field: Any) -> bool:
    """Whether the database numbers the rows itself."""
    return str(field.get_internal_type()).endswith("AutoField")
