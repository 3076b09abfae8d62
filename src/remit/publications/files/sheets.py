"""Tables in the sheets of a workbook: the header is found by its columns, not counted.

Titles and notes stand above the header, and how many of them there are changes from month to
month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from remit.model.errors import PublicationError
from remit.model.observation import Rejection
from remit.model.publication import Publication, folded
from remit.publications.files.asides import Asides
from remit.publications.files.copies import without_copies
from remit.publications.files.headings import named_columns
from remit.publications.files.merged import hidden_parts, with_merged
from remit.publications.files.raw import RawFile
from remit.publications.files.table import RawTable, table_below
from remit.publications.files.text import HEADER_WITHIN, heads, is_full, stands_above
from remit.publications.files.workbook import SheetText, is_workbook, open_workbook


def tables(file: RawFile, publication: Publication) -> list[RawTable]:
    """The tables of a publication in a file: one of a file of text, one a sheet of a workbook.

    It need not be in the form in which it is published: Excel saves a CSV file as a workbook, and
    a sheet of a workbook as CSV.

    Raises
    ------
    PublicationError
        If nothing in it has the table; or as :func:`remit.publications.files.table.read_table`.
    """
    found = list(_found(file, publication))
    if not found:
        where = "no sheet of the workbook" if is_workbook(file.content) else "no row of the file"
        raise PublicationError(f"{file.path}: {where} holds a table of “{publication.name}”")
    return found


def one_table(file: RawFile, publication: Publication) -> RawTable:
    """The table of a publication that has one in each file.

    Raises
    ------
    PublicationError
        If a workbook has several.
    """
    found = tables(file, publication)
    if len(found) > 1:
        named = ", ".join(table.sheet for table in found)
        raise PublicationError(
            f"{file.path}: the sheets {named} each hold a table of “{publication.name}”; save "
            "each as a file of its own"
        )
    return found[0]


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
    return header_among(sheet.cells[:HEADER_WITHIN], publication)


def header_among(rows: Sequence[Sequence[str]], publication: Publication) -> int | None:
    """The index of the first of several rows that is the header of a publication.

    Parameters
    ----------
    rows
        The first rows of a table.
    publication
        Says which columns it needs, and the title above them.
    """
    for index, row in enumerate(rows):
        if not publication.may_stand_in(_folded_names(tuple(row))):
            continue
        if not publication.missing_columns(named_columns(rows, index, publication)):
            return index if _is_titled(rows[:index], publication) else None
    return None


@lru_cache(maxsize=1024)
def _folded_names(row: tuple[str, ...]) -> frozenset[str]:
    """The names in a row; it is asked for once for each layout that Remit knows."""
    return frozenset(map(folded, row))


def _is_titled(above: Sequence[Sequence[str]], publication: Publication) -> bool:
    if not publication.title:
        return True
    fits = re.compile(publication.title, re.IGNORECASE).search
    return any(fits(" ".join(cell.split())) for row in above for cell in row)


def _found(file: RawFile, publication: Publication) -> Iterator[RawTable]:
    if not is_workbook(file.content):
        yield from _of_text(file, publication)
        return
    found = [
        (sheet, index)
        for sheet in fitting_sheets(file, publication)
        if (index := header_row(sheet, publication)) is not None
    ]
    read = [(sheet, table_under(file, sheet, index, publication)) for sheet, index in found]
    yield from without_copies(read)


def _of_text(file: RawFile, publication: Publication) -> Iterator[RawTable]:
    for head in heads(file):
        rows = [cells for _, cells in head.rows]
        index = header_among(rows, publication)
        if index is None:
            continue
        header = named_columns(rows, index, publication)
        table = table_below(file, head.separator, head.rows[index][0], header)
        yield replace(table, above=head.rows[:index])
        return


def table_under(
    file: RawFile, sheet: SheetText, index: int, publication: Publication | None = None
) -> RawTable:
    """The rows under the header at ``index``; blank ones and asides are none.

    A row of figures over the header is refused, as it would be in a file of text.

    Parameters
    ----------
    file
        The workbook.
    sheet
        One sheet of it.
    index
        Where the header stands, counted from 0.
    publication
        Its columns say what in merged cells holds for each of their rows.
    """
    header = named_columns(sheet.cells, index, publication)
    cells, merged = sheet.cells, ""
    if publication is not None:
        named = {column.name for column in publication.columns}
        named -= {measure.column for measure in publication.measures}
        places = publication.column_names(header)
        naming = {place for name, place in places.items() if name in named}
        cells, merged = with_merged(sheet, index, header, naming)
    asides = Asides(header)
    kept = [
        (line, row)
        for place, row in enumerate(cells[index + 1 :], start=index + 1)
        if any(map(str.strip, row))
        and not asides.takes(line := sheet.line(place), sheet.cells[place])
    ]
    over = tuple((sheet.line(place), tuple(row)) for place, row in enumerate(sheet.cells[:index]))
    return RawTable(
        file=file,
        header=header,
        rows=[row for _, row in kept],
        lines=[line for line, _ in kept],
        damaged=_over(file, sheet, index),
        sheet=sheet.name,
        above=over,
        header_line=sheet.line(index),
        notes=tuple(note for note in (merged, hidden_parts(sheet, index), *asides.notes) if note),
    )


def _over(file: RawFile, sheet: SheetText, index: int) -> list[Rejection]:
    """The rows of figures over a header."""
    width = len(sheet.cells[index])
    return [
        Rejection(
            file.name, sheet.line(place), "", " ".join(row)[:200], stands_above(sheet.line(index))
        )
        for place, row in enumerate(sheet.cells[:index])
        if is_full(row, width)
    ]
