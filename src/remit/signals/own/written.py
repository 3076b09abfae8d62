"""A table with its figures in their plain form, and what is said of those that were not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from remit.publications.files.table import RawTable
from remit.signals.own.asked import AskedColumns
from remit.signals.own.columns import TableColumn, columns_in, folded, tidied
from remit.signals.own.figures import asked_figure, plain_figure
from remit.words.sentences import count_words

_BEFORE_SIGN = re.compile(r"\s+(?=%$)")


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table whose figures are plain.

    Attributes
    ----------
    raw
        The table.
    notes
        Which cells were read as what.
    asks_for
        What its targets say is better: ``higher``, ``lower``, by an example of each.
    """

    raw: RawTable
    notes: tuple[str, ...]
    asks_for: dict[str, str]


def with_plain_figures(raw: RawTable, asked: AskedColumns) -> PlainTable:
    """Figures such as ``£1,234`` and targets such as ``≥95`` made plain, in columns of figures.

    Parameters
    ----------
    raw
        The table.
    asked
        It may name the column of the target.

    Examples
    --------
    ``with_plain_figures(raw, AskedColumns()).notes``
    """
    rows = [list(row) for row in raw.rows]
    notes: list[str] = []
    asks_for: dict[str, str] = {}
    for column in columns_in(raw.header, raw.rows):
        made = _made(column, asked)
        if isinstance(made, dict):
            asks_for |= made
            texts = [asked_figure(cell)[0] for cell in column.cells]
        elif column.is_figures:
            texts = [plain_figure(cell) for cell in column.cells]
        else:
            continue
        if said := _put(rows, column, texts, raw.lines):
            notes.append(said)
    return PlainTable(replace(raw, rows=rows), tuple(notes), asks_for)


def _made(column: TableColumn, asked: AskedColumns) -> dict[str, str] | None:
    """What the signs of a column of targets ask for; None of any other column."""
    named = asked.target is not None and folded(asked.target) == folded(column.name)
    if not (named or column.is_target):
        return None
    found = ((asked_figure(cell)[1], cell) for cell in reversed(column.cells))
    return {way: cell for way, cell in found if way}


def _put(
    rows: list[list[str]], column: TableColumn, texts: Sequence[str], lines: Sequence[int]
) -> str:
    """Put the cells of one column in their places, and say which were another way."""
    changed = [
        at for at, (cell, text) in enumerate(zip(column.cells, texts, strict=True))
        if _BEFORE_SIGN.sub("", cell).replace("−", "-") != text
    ]  # fmt: skip
    for at, text in enumerate(texts):
        if column.place < len(rows[at]) and tidied(rows[at][column.place]) != text:
            rows[at][column.place] = text
    if not changed:
        return ""
    first = changed[0]
    more = len(changed) - 1
    others = f", and {count_words(more, 'more', 'more')} like it" if more else ""
    return (
        f"'{column.cells[first]}' in {column.label}, line {lines[first]}, was read as "
        f"{texts[first]}{others}"
    )
