"""Lists of asks as people keep them: CSV and Excel, with the place of each row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from remit.files.delimited import unmarked_rows
from remit.model.errors import AskError

Row = tuple[int, list[str]]
"""The line of the file (or the row of the sheet) at which it begins, and its cells."""

SHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".xlsb"})
_LOOKED_AT = 25


def table_rows(path: Path, content: bytes) -> Iterator[Row]:
    """The rows of a CSV file or of the first filled sheet of a workbook.

    Raises
    ------
    AskError
        If the file cannot be read as what its name says it is.
    """
    if path.suffix.lower() in SHEETS:
        yield from _sheet_rows(path)
    else:
        yield from _csv_rows(path, content)


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


def _csv_rows(path: Path, content: bytes) -> Iterator[Row]:
    text = decoded(content)
    if "\x00" in text:
        raise AskError(f"{path}: this is no text; save it as CSV (UTF-8) or as .xlsx")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    line = 1
    try:
        for cells in unmarked_rows(reader):
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise AskError(f"{path}, line {line}: this is no CSV: {error}") from None


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8 first, else code page 1252, which Excel writes by default."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t|", key=first.count)


def _sheet_rows(path: Path) -> Iterator[Row]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise AskError(f"{path}: the workbook cannot be read: {error}") from None
    for sheet in sheets:
        rows = sheet.to_python(skip_empty_area=False)
        filled = [(n, [_cell(c) for c in row]) for n, row in enumerate(rows, start=1)]
        filled = [(n, cells) for n, cells in filled if any(cell.strip() for cell in cells)]
        if len(filled) > 1:
            yield from filled
            return


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
