"""What a move leaves behind as an accessible spreadsheet, made with gptables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from remit.catalogue.outputs import load_output
from remit.exports.workbook import NOT_APPLICABLE, Front, SheetTable, Value, write_book
from remit.files.extras import need
from remit.model.fictional import sample_sentence
from remit.shift.move.result import MoveResult
from remit.shift.move.tables import move_tables
from remit.shift.move.words import METHOD, move_claim, move_summary, move_title
from remit.words.sentences import sentence_case

if TYPE_CHECKING:
    import polars as pl

_COVER = 100
_FICTIONAL = sample_sentence("the organisations and figures in this file are")
_PENCE = "_pence"


def write_move_sheets(found: MoveResult, path: Path) -> None:
    """Write a move as a spreadsheet; money in pounds.

    Parameters
    ----------
    found
        The move.
    path
        The file, ending in ``.xlsx``.

    Examples
    --------
    >>> write_move_sheets(found, Path("move.xlsx"))  # doctest: +SKIP
    """
    need("packs", "Spreadsheets (xlsx)")
    mark = _FICTIONAL if found.model.trust.fictional else ""
    tables = move_tables(found)
    made = [_sheet(name, table) for name, table in tables.items() if table.height]
    front = Front(move_title(found), [*filter(None, [mark]), move_claim(found),
                  *move_summary(found)], METHOD, _COVER)  # fmt: skip
    marks = "This sheet holds one table. [z] means that none applies."
    write_book(path, front, made, mark=mark, instructions=marks)


def _sheet(name: str, table: pl.DataFrame) -> SheetTable:
    title = load_output("move").files[name].title
    rows = tuple(
        tuple(_cell(head, value) for head, value in zip(table.columns, row, strict=True))
        for row in table.rows()
    )
    return SheetTable(name, title, "Money is in pounds.", tuple(map(_head, table.columns)), rows)


def _head(column: str) -> str:
    money = column.endswith(_PENCE)
    said = sentence_case(column.removesuffix(_PENCE).replace("_", " "))
    return f"{said} (£)" if money else said


def _cell(column: str, value: object) -> Value:
    if value is None or value == "":
        return NOT_APPLICABLE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.endswith(_PENCE) and isinstance(value, int):
        return value / 100
    return value if isinstance(value, str | int | float) else str(value)
