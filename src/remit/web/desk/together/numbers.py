"""Identifiers of what organisations hold together, as the register of asks gives its own."""

from __future__ import annotations

from typing import Any

from remit.asks.register.numbering import next_id
from remit.web.desk.writing import TABLES


class _With:
    """The records' tables, and that of one model besides."""

    def __init__(self, kind: Any) -> None:
        self._kind = kind

    def table(self, name: str) -> Any:
        """The rows of a model."""
        return self._kind.objects.all() if name == self._kind.__name__ else TABLES.table(name)


def next_number(kind: Any, column: str, prefix: str) -> str:
    """The next identifier of a model, such as ``CON-3``; within the transaction that uses it.

    Parameters
    ----------
    kind
        The model.
    column
        Its field of identifiers.
    prefix
        What stands before the number.
    """
    return next_id(_With(kind), kind.__name__, column, prefix)
