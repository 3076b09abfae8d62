"""Identifiers of what people enter: a prefix and the next number."""

from __future__ import annotations

import re
from typing import Any, Protocol

_NUMBER = re.compile(r"-(\d{1,15})$")


class HasTables(Protocol):
    """What gives the rows of a model: an open register, or a server's database."""

    def table(self, name: str) -> Any:
        """The rows of one of the models."""
        ...


def next_id(register: HasTables, table: str, column: str, prefix: str) -> str:
    """The next identifier of a table, such as ``RISK-3``; numbers are not used again.

    Use it within :meth:`all_or_nothing` or a transaction: until that ends, whoever else asks
    for one waits, so that nobody takes the same.

    Parameters
    ----------
    register
        The open register, or the tables of a server.
    table, column
        The table, and its column of identifiers.
    prefix
        What stands before the number.

    Examples
    --------
    >>> next_id(register, "Risk", "risk_id", "RISK")  # doctest: +SKIP
    'RISK-3'
    """
    counter = register.table("Numbering")
    counter.get_or_create(prefix=prefix, defaults={"last": 0})
    held = counter.select_for_update().get(prefix=prefix)  # before what is there is read
    found = [_NUMBER.search(one) for one in register.table(table).values_list(column, flat=True)]
    known = [int(one[1]) for one in found if one]
    number = max([held.last, *known]) + 1
    counter.filter(prefix=prefix).update(last=number)
    return f"{prefix}-{number}"
