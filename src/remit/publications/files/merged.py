"""Cells of a workbook that are merged or hidden, in the rows of a table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from remit.files.sheet_marks import Range
from remit.files.sheet_xml import MERGED
from remit.publications.files.workbook import SheetText
from remit.words.sentences import count_words

_NAMED = 5


def with_merged(
    sheet: SheetText, header: int, names: Sequence[str], naming: Collection[int]
) -> tuple[list[list[str]], str]:
    """The cells of a sheet, with what stands in merged ones in each row that it holds for.

    A name over several rows is that of each of them. A figure over several is none of one, and is
    marked as that.

    Parameters
    ----------
    sheet
        One sheet.
    header
        The index of its header; what is merged above it stays as it is.
    names
        The names of the columns.
    naming
        The places of the columns that name and hold no figures.

    Returns
    -------
    tuple
        The cells, and a note that tells of it.
    """
    spans = [span for span in sheet.marks.merged if _is_filled(sheet, span, header)]
    if not spans:
        return sheet.cells, ""
    cells = [list(row) for row in sheet.cells]
    told: dict[str, None] = {}
    for top, left, low, right in spans:
        text = cells[top][left]
        rows = [row for row in range(top, low + 1) if row < len(cells)]
        for row, column in _places(rows, range(left, right + 1), cells):
            name = names[column] if column < len(names) else ""
            if column in naming and column == left:
                cells[row][column] = text
            elif name and column not in naming:
                cells[row][column] = MERGED
            else:
                continue
            told[name] = None
    if not told:
        return sheet.cells, ""
    return cells, (
        f"merged cells below {', '.join(told)}: a name holds for each of its rows, and a figure "
        "for none"
    )


def _is_filled(sheet: SheetText, span: Range, header: int) -> bool:
    """Whether a merged range is one of the table's, and holds more than one cell with something."""
    top, left, low, right = span
    if top <= header or top >= len(sheet.cells) or left >= len(sheet.cells[top]):
        return False
    rows = [
        row
        for row in sheet.cells[top : low + 1]
        if any(cell.strip() for at, cell in enumerate(row) if not left <= at <= right)
    ]
    is_over_several = len(rows) > 1 or (len(rows) == 1 and right > left)
    return bool(sheet.cells[top][left].strip()) and is_over_several


def _places(
    rows: Sequence[int], columns: Sequence[int], cells: Sequence[Sequence[str]]
) -> Iterator[tuple[int, int]]:
    for row in rows:
        for column in columns:
            if column < len(cells[row]):
                yield row, column


def hidden_parts(sheet: SheetText, header: int) -> str:
    """A note on the rows and columns of a table that Excel hides; they are read all the same."""
    rows = [row + 1 for row in sheet.marks.hidden_rows if header < row < len(sheet.cells)]
    rows = [row for row in rows if any(cell.strip() for cell in sheet.cells[row - 1])]
    names = [" ".join(name.split()) for name in sheet.cells[header]]
    columns = [
        names[place]
        for first, last in sheet.marks.hidden_columns
        for place in range(first, min(last + 1, len(names)))
        if names[place]
    ]
    parts = []
    if rows:
        more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
        lines = ", ".join(map(str, rows[:_NAMED]))
        parts.append(f"{count_words(len(rows), 'hidden row')} (line {lines}{more})")
    if columns:
        more = f" and {len(columns) - _NAMED} more" if len(columns) > _NAMED else ""
        columns_named = ", ".join(columns[:_NAMED])
        parts.append(f"{count_words(len(columns), 'hidden column')} ({columns_named}{more})")
    if not parts:
        return ""
    where = f"sheet {sheet.name}: " if sheet.name else ""
    return f"{where}{' and '.join(parts)} read like the others"
