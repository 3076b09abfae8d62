"""Identifiers of what people enter: a prefix and the next number."""

from __future__ import annotations

from remit.asks.register.register import Register


def next_id(register: Register, table: str, column: str, prefix: str) -> str:
    """The next identifier of a table, such as ``RISK-3``; numbers are not used again."""
    found = register.rows(f"SELECT {column} FROM {table}")  # noqa: S608
    numbers = [int(row[0].rpartition("-")[2]) for row in found if row[0][-1].isdigit()]
    return f"{prefix}-{max(numbers, default=0) + 1}"
