"""Tables in the sheets of a workbook: the header is found by its columns, not counted.

Titles and notes stand above the header, and how many of them there are changes from month to
month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from remit.model.errors import PublicationError
from remit.model.publication import Publication
from remit.publications.files.headings import named_columns
from remit.publications.files.raw import RawFile
from remit.publications.files.table import RawTable, read_table
from remit.publications.files.workbook import SheetText, open_workbook

HEADER_WITHIN = 60
"""The header stands in one of the first so many rows of a sheet."""

_NOTE_BESIDE = 4


def tables(file: RawFile, publication: Publication) -> list[RawTable]:
    """The tables of a publication in a file: one of a CSV file, one a sheet of a workbook.

    Raises
    ------
    PublicationError
        If no sheet has the table; or as :func:`remit.publications.files.table.read_table`.
    """
    if publication.format == "csv":
        return [read_table(file)]
    found = list(_found(file, publication))
    if not found:
        raise PublicationError(
            f"{file.path}: no sheet of the workbook holds a table of “{publication.name}”"
        )
    return found


def holds(file: RawFile, publication: Publication) -> bool:
    """Whether a workbook has a table of the publication."""
    return any(
        header_row(sheet, publication) is not None for sheet in fitting_sheets(file, publication)
    )


def fitting_sheets(file: RawFile, publication: Publication) -> Iterator[SheetText]:
    """The sheets whose name is one that the publication gives to its tables."""
    workbook = open_workbook(file)
    for name in workbook.names:
        if re.fullmatch(publication.sheet or ".*", name.strip(), re.IGNORECASE):
            yield workbook.sheet(name)


def header_row(sheet: SheetText, publication: Publication) -> int | None:
    """The index of the first row that names all required columns, under a fitting title."""
    rows = sheet.cells[:HEADER_WITHIN]
    for index in range(len(rows)):
        if not publication.missing_columns(named_columns(rows, index, publication)):
            return index if _is_titled(sheet, index, publication) else None
    return None


def nearest_header(sheet: SheetText, publication: Publication) -> tuple[str, ...]:
    """The row that names the most columns of the publication."""
    first = sheet.cells[:HEADER_WITHIN]
    rows = [named_columns(first, index, publication) for index in range(len(first))]
    return max(rows, key=lambda row: len(publication.column_names(row)), default=())


def _is_titled(sheet: SheetText, header: int, publication: Publication) -> bool:
    if not publication.title:
        return True
    fits = re.compile(publication.title, re.IGNORECASE).search
    return any(fits(" ".join(cell.split())) for row in sheet.cells[:header] for cell in row)


def _found(file: RawFile, publication: Publication) -> Iterator[RawTable]:
    for sheet in fitting_sheets(file, publication):
        index = header_row(sheet, publication)
        if index is not None:
            table = table_under(file, sheet, index)
            yield replace(table, header=named_columns(sheet.cells, index, publication))


def table_under(file: RawFile, sheet: SheetText, index: int) -> RawTable:
    """The rows under the header at ``index``; blank ones and notes are none."""
    header = tuple(" ".join(cell.split()) for cell in sheet.cells[index])
    kept = [
        (line, row)
        for line, row in enumerate(sheet.cells[index + 1 :], start=index + 2)
        if any(row) and not _is_note(row)
    ]
    above = tuple((line, tuple(row)) for line, row in enumerate(sheet.cells[:index], start=1))
    return RawTable(
        file=file,
        header=header,
        rows=[row for _, row in kept],
        lines=[line for line, _ in kept],
        damaged=[],
        sheet=sheet.name,
        above=above,
        header_line=index + 1,
    )


def _is_note(row: list[str]) -> bool:
    """One single text in a wide row is a note under the table, or blanks that hold a space."""
    return len(row) >= _NOTE_BESIDE and sum(1 for cell in row if cell.strip()) <= 1
