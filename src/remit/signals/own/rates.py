"""Columns that are one another's rate and counts, told from their figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from remit.signals.own.columns import TableColumn

_NEARLY_ALL = 0.9
_ROUNDED = 0.0051
"""Half a unit of the second decimal of a share, or of a whole per cent."""

_MOST_COLUMNS = 8


def is_ratio(column: TableColumn, others: Sequence[TableColumn]) -> bool:
    """Whether a column is the ratio of two others, as a share or in per cent.

    Parameters
    ----------
    column
        The one that could be a rate.
    others
        Those that could be its counts.
    """
    return any(_divides(column, top, bottom) for top, bottom in _pairs(others))


def counts_of(
    columns: Sequence[TableColumn], top: TableColumn | None, bottom: TableColumn | None
) -> tuple[TableColumn, TableColumn] | None:
    """Numerator and denominator among columns of figures; None where that is not clear.

    Parameters
    ----------
    columns
        The columns of figures, a rate perhaps among them.
    top, bottom
        What is known of them.
    """
    pairs = [
        (a, b)
        for a, b in _pairs([column for column in columns if not column.is_percent])
        if (top is None or a == top) and (bottom is None or b == bottom)
    ]
    rated = [(a, b) for a, b in pairs if any(_divides(c, a, b) for c in columns if c not in (a, b))]
    fitting = rated or [pair for pair in pairs if _is_part(*pair)]
    return fitting[0] if len(fitting) == 1 else None


def _pairs(columns: Sequence[TableColumn]) -> list[tuple[TableColumn, TableColumn]]:
    return list(permutations(columns[:_MOST_COLUMNS], 2))


def _is_part(top: TableColumn, bottom: TableColumn) -> bool:
    """Whether each figure lies between 0 and that of the other column, somewhere below it."""
    rows = _rows(top, bottom)
    return bool(rows) and all(0 <= a <= b for a, b in rows) and any(a < b for a, b in rows)


def _divides(rate: TableColumn, top: TableColumn, bottom: TableColumn) -> bool:
    """Whether a column is the share of one count in another; counts are whole."""
    found = _rows(rate, top, bottom)
    rows = [(r, a / b) for r, a, b in found if b]
    varied = len({r for r, _ in rows}) > 1
    whole = all(a == int(a) and b == int(b) and a <= b for _, a, b in found)
    return (
        varied
        and whole
        and any(
            sum(abs(r / scale - share) <= _ROUNDED for r, share in rows) >= _NEARLY_ALL * len(rows)
            for scale in (1, 100)
        )
    )


def _rows(*columns: TableColumn) -> list[tuple[float, ...]]:
    """The rows in which all columns have a figure."""
    together = zip(*(column.numbers() for column in columns), strict=True)
    return [
        tuple(n for n in row if n is not None)
        for row in together
        if all(n is not None for n in row)
    ]
