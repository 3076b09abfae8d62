"""Which columns tell the series of a table apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from remit.signals.own.columns import TableColumn

_MOST = 3
_MOST_COLUMNS = 12
_CODES = frozenset({"code", "codes", "id", "ids", "ref", "no"})


def key_columns(
    columns: Sequence[TableColumn], dates: Sequence[str], *, repeated: bool = True
) -> list[tuple[TableColumn, ...]]:
    """The smallest sets of columns under which no date stands twice, or as few as can be.

    Parameters
    ----------
    columns
        Those that are neither date nor figure nor target.
    dates
        The date of each row.
    repeated
        Whether a series has several rows, so that words of one row only are a remark.

    Returns
    -------
    list
        One set, where it is clear (an empty one where there is one series); several that would do
        as well; none is told as an empty set.
    """
    names = [c for c in columns if (c.is_text or c.is_named_key) and not c.is_remark]
    held = [c for c in names if not repeated or 2 * c.distinct <= max(2, len(c.filled))]
    varied = [column for column in held if column.distinct > 1][:_MOST_COLUMNS]
    alike = [c for c in held if c.distinct == 1 and len(c.filled) == len(c.cells)]
    constant = tuple(column for column in alike if column.names_something)
    kinds = _representatives(varied)
    if _apart((), dates) == _apart(varied, dates):
        # No date stands twice: one series, or several whose dates do not overlap.
        naming = [column for column in kinds if column.names_something]
        return _smallest(naming, [""] * len(dates)) if naming else [constant[:1]]
    found = _smallest(kinds, dates)
    return [_with_successors(keys, kinds) for keys in found] if len(found) == 1 else found


def unread_names(columns: Sequence[TableColumn], keys: Sequence[TableColumn]) -> list[TableColumn]:
    """The columns of few words that change within a series, and so may tell several apart."""
    words = [c for c in columns if c.is_text and not c.is_remark and c not in keys]
    return [c for c in words if 2 * c.distinct <= len(c.filled) and _changing(keys, c)]


def _smallest(kinds: Sequence[TableColumn], dates: Sequence[str]) -> list[tuple[TableColumn, ...]]:
    """The smallest sets of columns that tell as many points apart as all of them do."""
    most = _apart(kinds, dates)
    for size in range(1, _MOST + 1):
        found = [keys for keys in combinations(kinds, size) if _apart(keys, dates) == most]
        if found:
            return found
    return [tuple(kinds)]


def _with_successors(
    keys: tuple[TableColumn, ...], kinds: Sequence[TableColumn]
) -> tuple[TableColumn, ...]:
    """Keys, and the names that follow one another in most of their series.

    Where a trust reports until March and another one after it, no date tells them apart. A trust
    that moves to another region is still one series.
    """
    more = []
    for column in kinds:
        groups = _apart(keys, [""] * len(column.cells))
        if column not in keys and column.names_something and 2 * _changing(keys, column) > groups:
            more.append(column)
    return tuple(sorted((*keys, *more), key=lambda column: column.place))


def _changing(keys: Sequence[TableColumn], column: TableColumn) -> int:
    """In how many series a column says more than one thing."""
    said: dict[tuple[str, ...], set[str]] = {}
    for *names, cell in zip(*(key.cells for key in keys), column.cells, strict=True):
        if cell:
            said.setdefault(tuple(names), set()).add(cell)
    return sum(len(cells) > 1 for cells in said.values())


def _apart(keys: Sequence[TableColumn], dates: Sequence[str]) -> int:
    """How many different points there are, told apart by some columns and the date."""
    return len(set(zip(dates, *(key.cells for key in keys), strict=True)))


def _representatives(columns: Sequence[TableColumn]) -> list[TableColumn]:
    """One of each group of columns that say the same (a code and a name): the name."""
    ordered = sorted(columns, key=lambda c: (bool(_CODES & set(c.words)), c.place))
    kept: list[TableColumn] = []
    for column in ordered:
        if not any(_says_the_same(column, other) for other in kept):
            kept.append(column)
    return sorted(kept, key=lambda column: column.place)


def _says_the_same(one: TableColumn, other: TableColumn) -> bool:
    pairs = set(zip(one.cells, other.cells, strict=True))
    return len(pairs) == len(set(one.cells)) == len(set(other.cells))
