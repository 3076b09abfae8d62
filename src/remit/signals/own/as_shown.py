"""Cells of a workbook as Excel shows them: 0.745 in the format of a percentage is 74.5%."""

from __future__ import annotations

from dataclasses import replace

from remit.files.numbers import number_in
from remit.publications.files.workbook import SheetText

AS_SHOWN = "cells that Excel shows as percentages are read as it shows them, such as 74.5%"
_DECIMALS = 10
"""So far a hundredfold is rounded: 100 times 0.07 is not 7 in binary."""


def as_shown(sheet: SheetText) -> SheetText:
    """A sheet whose cells in the format of a percentage bear its sign.

    Parameters
    ----------
    sheet
        One of a workbook; of an old one, or of OpenDocument, the formats are not known.

    Examples
    --------
    ``as_shown(book.sheet("A&E")).cells``
    """
    if not sheet.marks.percents:
        return sheet
    cells = [list(row) for row in sheet.cells]
    for row, column in sheet.marks.percents:
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = _percentage(cells[row][column])
    return replace(sheet, cells=cells)


def _percentage(cell: str) -> str:
    number = number_in(cell)
    return cell if number is None else f"{round(100 * number, _DECIMALS):.15g}%"
