"""Lists of asks as people keep them: CSV and Excel, with the place of each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from remit.files.delimited import unmarked
from remit.files.records import decoded, records, separators_in, without_blanks
from remit.model.errors import AskError, FileError

Row = tuple[int, list[str]]
"""The line of the file (or the row of the sheet) at which it begins, and its cells."""

SHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
MOST_COLUMNS = 1_000
"""Cells of a row up to the last that is filled."""

_LOOKED_AT = 25
_SOME = 10


@dataclass(slots=True)
class Account:
    """What of a table is not taken: rows that cannot be read, and sheets beside the one."""

    damaged: list[tuple[int, str]] = field(default_factory=list)
    """The line, and what is wrong with it."""
    notes: list[str] = field(default_factory=list)


def table_rows(path: Path, content: bytes, account: Account) -> Iterator[Row]:
    """The rows of a CSV file or of the first filled sheet of a workbook.

    Parameters
    ----------
    path, content
        The file, and what is in it.
    account
        Takes the rows that cannot be read, and what is not read at all.

    Raises
    ------
    AskError
        If the file cannot be read as what its name says it is.
    """
    rows = _sheet_rows if path.suffix.lower() in SHEETS else _csv_rows
    for line, cells in rows(path, content, account):
        bare = without_blanks(cells)
        if len(bare) > MOST_COLUMNS:
            account.damaged.append((line, f"the row has {len(bare):,} cells"))
        elif any("\x00" in cell for cell in bare):
            account.damaged.append((line, "the row holds a null character"))
        elif bare:
            yield line, bare


def split_header(
    rows: Iterator[Row], score: Any
) -> tuple[tuple[str, ...], list[Row]] | tuple[None, list[Row]]:
    """The header and the rows below it; titles above the header are passed over.

    Parameters
    ----------
    rows
        The rows of a table.
    score
        Says how many cells of a row can be headings of asks.
    """
    everything = list(rows)
    best = max(
        range(min(len(everything), _LOOKED_AT)),
        key=lambda index: (score(everything[index][1]), -index),
        default=None,
    )
    if best is None or score(everything[best][1]) < 2:
        return None, everything
    return tuple(cell.strip() for cell in everything[best][1]), everything[best + 1 :]


def _csv_rows(path: Path, content: bytes, account: Account) -> Iterator[Row]:
    text = decoded(content).text
    if text.count("\x00") * _SOME > len(text):
        raise AskError(f"{path}: this is no text; save it as CSV (UTF-8) or as .xlsx")
    for line, cells in records(text, separators_in(text)[0]):
        if isinstance(cells, str):
            account.damaged.append((line, cells))
        else:
            yield line, [unmarked(cell) for cell in cells]


def _sheet_rows(path: Path, content: bytes, account: Account) -> Iterator[Row]:
    from remit.files.workbooks import open_workbook

    try:
        book = open_workbook(path, content)
        for place, name in enumerate(book.names):
            rows = ((n, [_cell(c) for c in row]) for n, row in enumerate(book.rows(name), start=1))
            filled = [(n, cells) for n, cells in rows if any(cell.strip() for cell in cells)]
            if len(filled) > 1:
                if others := [*book.names[:place], *book.names[place + 1 :]]:
                    account.notes.append(f"read is the sheet {name}; not read: {', '.join(others)}")
                yield from filled
                return
    except FileError as fault:
        said = str(fault).removeprefix(f"{path}: ")
        raise AskError(f"{path}: the workbook cannot be read: {said}") from None


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
