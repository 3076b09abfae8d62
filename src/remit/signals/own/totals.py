"""Rows of a wide table that sum up or average the others: no series of their own."""

from __future__ import annotations

import re
from dataclasses import replace

from remit.signals.own.tables import OwnTable
from remit.words.sentences import listed

_OVER_ALL = r"(?:trusts?|providers|sites|hospitals|wards|organisations|practices|teams|areas)"
_TOTAL = re.compile(
    r"(?:the )?(?:grand |overall |combined |(?:all )?" + _OVER_ALL + r" )?"
    r"(?:sub[- ]?)?(?:totals?|sum|averages?|mean|median)"
    r"(?: (?:of|for|over|across) (?:all|the)\b.*|\s*\(.*\))?:?"
    r"|(?:all|total of|average of|mean of) (?:the )?(?:all )?" + _OVER_ALL,
    re.IGNORECASE,
)


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
    said = [
        next((column.cells[at] for column in names if column.cells[at]), "")
        for at in range(len(table.raw.rows))
    ]
    totals = [at for at, name in enumerate(said) if _TOTAL.fullmatch(" ".join(name.split()))]
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
