"""Several sheets with a table of one layout: copies, and sheets that are hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from remit.files.records import without_blanks
from remit.publications.files.table import RawTable
from remit.publications.files.workbook import SheetText


def without_copies(found: Sequence[tuple[SheetText, RawTable]]) -> list[RawTable]:
    """The tables that are read; each sheet that is passed over is told in a note of the first.

    A hidden sheet is read only where no other has the table: whoever hides an older copy does not
    mean it to be taken in. A sheet that repeats an earlier one is read once.
    """
    shown = [table for sheet, table in found if not sheet.is_hidden]
    hidden = [table for sheet, table in found if sheet.is_hidden]
    kept: list[RawTable] = []
    notes: list[str] = []
    passed: list[str] = []
    for table in shown or hidden:
        first = _repeated(table, kept)
        if first is None:
            kept.append(table)
            notes += [] if shown else [f"the sheet {table.sheet} is hidden and was read"]
        else:
            passed.append(table.sheet)
            notes.append(f"the sheet {table.sheet} repeats {first.sheet} and was passed over")
    for table in hidden if shown else ():
        first = _repeated(table, kept)
        what = f"repeats {first.sheet}" if first else "has such a table too, with other figures,"
        passed.append(table.sheet)
        notes.append(f"the hidden sheet {table.sheet} {what} and was not read")
    if notes:
        kept[0] = replace(kept[0], notes=(*notes, *kept[0].notes), passed_over=tuple(passed))
    return kept


def _repeated(table: RawTable, kept: Sequence[RawTable]) -> RawTable | None:
    return next((one for one in kept if _said(one) == _said(table)), None)


def _said(table: RawTable) -> tuple[object, ...]:
    above = [words for _, row in table.above if (words := without_blanks(list(row)))]
    rows = [without_blanks(row) for row in table.rows]
    return without_blanks(list(table.header)), above, rows
