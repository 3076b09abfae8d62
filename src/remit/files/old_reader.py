"""A program of its own that reads one old workbook (.xls) by xlrd: bytes in, JSON out.

``remit.files.old_workbook`` starts it with what it may take, and ends it where it takes too long:
xlrd follows whatever a damaged file says. Nothing else of Remit is loaded here.
"""

import json
import re
import sys
from datetime import time
from io import StringIO
from typing import Any

import xlrd
from xlrd.sheet import Sheet

from remit.files.process_limits import take_no_more

_BLANK = {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}
_PLAIN = {*_BLANK, xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER}
_STRETCH = re.compile(r"\[[hms]{1,9}\]", re.IGNORECASE)
"""What stands in the format of hours beyond a day, as in 36:15."""


def sheets(content: bytes, most_cells: int) -> list[dict[str, Any]]:
    """The cells of each sheet from A1 on to the last that is filled, and what is hidden in it.

    A cell is text, number, bool, ``{"at": day or time}`` or ``{"for": milliseconds}``.

    >>> sheets(content, 8_000_000)[0]["rows"][0]  # doctest: +SKIP
    """
    found: list[dict[str, Any]] = []
    # Formats are asked for, since a stretch of time looks like a day without its own.
    with xlrd.open_workbook(
        file_contents=content, logfile=StringIO(),
        on_demand=True, ragged_rows=True, formatting_info=True,
    ) as book:  # fmt: skip
        for place, name in enumerate(book.sheet_names()):
            sheet = book.sheet_by_index(place)
            rows, marks = _rows(sheet), _marks(sheet)
            book.unload_sheet(place)
            width = max(map(len, rows), default=0)
            most_cells -= width * len(rows)
            if most_cells < 0 or any(name == one["name"] for one in found):
                raise ValueError("cells" if most_cells < 0 else f"two sheets are called {name}")
            whole = [row + [""] * (width - len(row)) for row in rows]
            found.append({"name": name, "rows": whole, **marks})
    return found


def _marks(sheet: Sheet) -> dict[str, Any]:
    """What is hidden, and the merged ranges as the first row, the one after the last, columns."""
    return {
        "hidden": sheet.visibility != 0,
        "hidden_rows": [row for row, one in sheet.rowinfo_map.items() if one.hidden],
        "hidden_columns": [at for at, one in sheet.colinfo_map.items() if one.hidden],
        "merged": sheet.merged_cells,
    }


def _rows(sheet: Sheet) -> list[list[Any]]:
    rows = [_row(sheet, row) for row in range(sheet.nrows)]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _row(sheet: Sheet, row: int) -> list[Any]:
    kinds, values = sheet.row_types(row), sheet.row_values(row)
    while kinds and kinds[-1] in _BLANK:
        kinds.pop()
    return [
        value if kind in _PLAIN else _odd_cell(sheet, row, column)
        for column, (kind, value) in enumerate(zip(kinds, values, strict=False))
    ]


def _odd_cell(sheet: Sheet, row: int, column: int) -> Any:
    """An error by its name, true or false, a stretch of time, or a moment of the calendar."""
    cell, book = sheet.cell(row, column), sheet.book
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#ERROR!")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if _STRETCH.search(book.format_map[book.xf_list[cell.xf_index].format_key].format_str):
        return {"for": round(cell.value * 86_400_000)}
    try:
        at = xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
    except (ValueError, OverflowError):
        return cell.value
    days = at.time() if 0 <= cell.value < 1 else at.date() if at.time() == time() else at
    return {"at": days.isoformat()}


def _answer(content: bytes, memory: int, cells: int, signs: int) -> str:
    take_no_more(memory)
    try:
        said = json.dumps({"sheets": sheets(content, cells)})
        fault = "signs" if len(said) > signs else ""
    except MemoryError:
        fault = "memory"
    except Exception as error:  # whatever xlrd stumbles over: it reads what strangers wrote
        fault = str(error) or "it contradicts itself"
    return json.dumps({"fault": fault}) if fault else said


if __name__ == "__main__":
    sys.stdout.write(_answer(sys.stdin.buffer.read(), *map(int, sys.argv[1:])))
