"""Rows that sum up or average the others: no series of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from remit.signals.own.columns import TableColumn
from remit.signals.own.tables import OwnTable
from remit.words.sentences import count_words, listed

_OVER_ALL = r"(?:trusts?|providers|sites|hospitals|wards|organisations|practices|teams|areas)"
_TOTAL = re.compile(
    r"(?:the )?(?:grand |overall |combined |(?:all )?" + _OVER_ALL + r" )?"
    r"(?:sub[- ]?)?(?:totals?|sum|averages?|mean|median)"
    r"(?: (?:of|for|over|across) (?:all|the)\b.*|\s*\(.*\))?:?"
    r"|(?:all|total of|average of|mean of) (?:the )?(?:all )?" + _OVER_ALL,
    re.IGNORECASE,
)


_WHOLE = re.compile(
    r"(?:all )?england|national(?: average| total)?|nhs england total", re.IGNORECASE
)
"""An area that holds all others: kept, for boards compare themselves with it."""


def is_total(name: str) -> bool:
    """Whether a name is that of a sum or an average of others.

    >>> is_total("Sub-total"), is_total("All providers"), is_total("Total attendances")
    (True, True, False)
    """
    return bool(_TOTAL.fullmatch(" ".join(name.split())))


def is_whole(name: str) -> bool:
    """Whether a name is that of an area that holds all others.

    >>> is_whole("England"), is_whole("East of England")
    (True, False)
    """
    return bool(_WHOLE.fullmatch(" ".join(name.split())))


def totals_at(names: Sequence[TableColumn]) -> list[str]:
    """The name by which each row is a total; empty for the others.

    The first name tells: ``Total``, but not ``Elm, Total`` (all of Elm's patients); after a
    metric the name of an organisation does.

    Parameters
    ----------
    names
        The columns of names, in their order.
    """
    if not names:
        return []
    rows = range(len(names[0].cells))
    first = [next((c.cells[at] for c in names if c.cells[at]), "") for at in rows]
    told = [name if is_total(name) else "" for name in first]
    for column in names[1:]:
        if column.names_organisations:
            told = [
                was or (cell if is_total(cell) else "")
                for was, cell in zip(told, column.cells, strict=True)
            ]
    return told


def lines_without_totals(
    frame: pl.DataFrame, names: Sequence[TableColumn]
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Lines of points without totals, and what is said of these and of England's.

    Parameters
    ----------
    frame
        A line a point, in the order of the cells of ``names``.
    names
        The columns that name its series.
    """
    told = totals_at(names)
    found = sorted({name for name in told if name})
    said = []
    if found and not all(told):
        frame = frame.filter(pl.Series([not name for name in told]))
        lines = count_words(sum(map(bool, told)), "line")
        said.append(
            f"left out, as a sum or an average of others: {_quoted(found)} ({lines}); "
            "under another name it is a series"
        )
    cells = [set(filter(None, column.cells)) for column in names]
    wholes = sorted({c for those in cells if len(those) > 1 for c in those if is_whole(c)})
    if wholes:
        said.append(f"{_quoted(wholes)} holds the others: a total, kept as a series")
    return frame, tuple(said)


def _quoted(names: Sequence[str]) -> str:
    return listed([f"'{name}'" for name in names])


def without_totals(table: OwnTable) -> tuple[OwnTable, str]:
    """A wide table without its totals and averages, and what is said of them.

    The first name of a row tells: ``Total``, but not ``Elm, Total`` (all of Elm's patients) nor
    ``Total attendances``. Where all rows are such, they are what the table is of.

    Parameters
    ----------
    table
        A table with months across the top.

    Examples
    --------
    ``without_totals(table)[1]``
    """
    first = min(table.across)
    columns = [column for column in table.columns if column.place < first and column.is_text]
    names = [column for column in columns if not column.is_remark]
    said = totals_at(names) or [""] * len(table.raw.rows)
    totals = [at for at, name in enumerate(said) if name]
    if not totals or len(totals) == len(said):
        return table, ""
    kept = [at for at in range(len(said)) if at not in set(totals)]
    rows, lines = [table.raw.rows[at] for at in kept], [table.raw.lines[at] for at in kept]
    shown = listed([f"'{said[at]}' (line {table.raw.lines[at]})" for at in totals])
    raw = replace(table.raw, rows=rows, lines=lines)
    return replace(table, raw=raw), (
        f"left out, as a sum or an average of other rows: {shown}; "
        "under another name it is a series"
    )
