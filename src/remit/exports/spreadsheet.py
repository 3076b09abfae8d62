"""The report as an accessible spreadsheet, made with gptables.

Its title stands in cell A1, each sheet has one table marked as such, notes and contents have
sheets of their own, no cell is merged or empty, and nothing is said by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from remit.exports.sheets import sheets
from remit.exports.workbook import (
    LINE,
    NOT_APPLICABLE,
    Front,
    SheetTable,
    Value,
    body_of,
    lay_out,
    lay_out_cover,
    lines_in,
    make_book,
    print_on_a4,
    quietly,
    sheet_table,
    widths_of,
)
from remit.files.extras import need
from remit.model.fictional import sample_sentence
from remit.report.icon_words import ASSURANCES, VARIATIONS
from remit.report.view import ReportView

_COVER = 100
_FICTIONAL = sample_sentence("the organisations and figures in this file are")

_NOTES = {
    "variation": "Variation says whether the latest points differ from chance: "
    + "; ".join(VARIATIONS.values())
    + ".",
    "assurance": "Assurance says what the process can be expected to do against its target: "
    + "; ".join(ASSURANCES.values())
    + ".",
    "limits": "Mean and limits are those of the latest stretch of the control chart.",
    "sources": "Files are numbered on the sheet sources. Lines are physical lines of the file; "
    "the first line is 1.",
}


def write_spreadsheet(view: ReportView, path: Path) -> None:
    """Write a report as a spreadsheet.

    Parameters
    ----------
    view
        The report.
    path
        The file, ending in ``.xlsx``.
    """
    need("packs", "Spreadsheets (xlsx)")
    made = sheets(view)
    front = Front(view.title, _intro(view), _about(view), _COVER)
    with quietly():
        told = [_as_told(sheet) for sheet in made]
        widths = {sheet.name: widths_of(sheet) for sheet in made}
        tables = {sheet.name: _gptable(sheet, view) for sheet in told}
        bodies = {sheet.name: body_of(sheet, widths[sheet.name]) for sheet in told}
        book = make_book(path, tables, front, _used_notes(made), bodies)
        for sheet in made:
            head = tables[sheet.name].data_range[0]
            lay_out(book.get_worksheet_by_name(sheet.name), sheet, head, widths[sheet.name])
        _lay_out_front(book, front)
        book.close()


def _used_notes(made: Sequence[SheetTable]) -> dict[str, str]:
    """The notes that some column bears, in the order in which they come up."""
    used = dict.fromkeys(key for sheet in made for _, key in sheet.notes)
    return {key: _NOTES[key] for key in used}


def _gptable(sheet: SheetTable, view: ReportView) -> Any:
    return sheet_table(
        sheet,
        _FICTIONAL if view.fictional else "",
        instructions="This sheet holds one table. [x] means that no figure is held, [z] that "
        "none applies. Notes are on the sheet notes.",
        table_notes={head: f"$${note}$$" for head, note in sheet.notes},
    )


def _as_told(sheet: SheetTable) -> SheetTable:
    return replace(sheet, rows=tuple(tuple(map(_told, row)) for row in sheet.rows))


def _told(value: Value) -> Value:
    """A cell as gptables takes it: marks alone, such as ``*``, are named as such."""
    if isinstance(value, str) and not any(map(str.isalnum, value)):
        return f"mark {value.strip()}" if value.strip() else NOT_APPLICABLE
    return value


def _lay_out_front(book: Any, front: Front) -> None:
    """The sheets made by gptables: cover, contents and notes."""
    lay_out_cover(book.get_worksheet_by_name("cover"), front)
    for name in ("contents", "notes"):
        print_on_a4(book.get_worksheet_by_name(name))
    notes = book.get_worksheet_by_name("notes")
    notes.set_column(1, 1, _COVER)
    for number, words in enumerate(_NOTES.values(), start=3):
        notes.set_row(number, LINE * lines_in(words, _COVER - 10))


def _intro(view: ReportView) -> list[str]:
    known = [f"Figures as known on {view.as_at.isoformat()}."] if view.as_at else []
    return [
        *([_FICTIONAL] if view.fictional else []),
        f"{view.body.title}. Period: {view.period}. Made on {view.made_on.isoformat()}.",
        *known,
        view.balance.sentence,
        *view.notes,
    ]


def _about(view: ReportView) -> list[str]:
    return [
        f"Rules of the control charts: {view.rules.name} ({view.rules.id}).",
        "Every figure can be followed to its file, line and column: see the sheets trace and "
        "sources.",
        "Values, means and limits are rounded to four decimals.",
        "A sheet without any row, such as inequalities where no publication cuts its figures, is "
        "left out.",
    ]
