"""What a file holds beside that which was read: columns and sheets that no declaration names.

A publisher adds columns, and gives old ones new names. What is not read is said, so that nobody
takes its absence for a figure that was not published.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from remit.model.publication import Publication, folded
from remit.publications.files.table import RawTable
from remit.publications.files.workbook import is_workbook, open_workbook
from remit.words.sentences import count_words


def notes_on(
    tables: Sequence[tuple[RawTable, Collection[str]]], publication: Publication
) -> tuple[str, ...]:
    """Sentences on the columns and sheets of a file that were not read; none if all were.

    Parameters
    ----------
    tables
        The tables that were read, in parts or whole, each with the names of the columns that were
        taken of it beside those that the publication declares.
    publication
        What it declares as known is not told, whether it is kept or not.
    """
    sheets = {table.sheet: table for table, _ in tables}
    alike: dict[tuple[str, ...], list[str]] = {}
    for sheet, table in sheets.items():
        parts = [(t, names) for t, names in tables if t.sheet == sheet]
        taken = {folded(name) for _, names in parts for name in names}
        said = tuple(_of_columns(table, [t for t, _ in parts], taken, publication))
        alike.setdefault(said, []).append(sheet)
    of_columns = (
        f"{_in_sheets(names)}{sentence}" for said, names in alike.items() for sentence in said
    )
    of_form = dict.fromkeys(note for table, _ in tables for note in table.notes)
    passed = {name for table, _ in tables for name in table.passed_over}
    return (*of_form, *of_columns, *_of_sheets(tables[0][0], {*sheets, *passed}, publication))


def _of_columns(
    table: RawTable, parts: Sequence[RawTable], taken: Collection[str], publication: Publication
) -> Iterator[str]:
    places = set(publication.column_names(table.header).values())
    left = {
        place: name
        for place, name in enumerate(table.header)
        if place not in places
        and not (name and folded(name) in taken)
        and not _fits(publication.known_columns, folded(name).replace("_", " "))
    }
    filled = {place for place in left if _is_filled(parts, place)}
    named = [name for place, name in left.items() if name and place in filled]
    if named:
        them = "it" if len(named) == 1 else "them"
        columns = count_words(len(named), "column")
        yield f"{columns} not read (no declaration names {them}): {_list(named)}"
    nameless = sum(1 for place, name in left.items() if not name and place in filled)
    if nameless:
        yield f"{count_words(nameless, 'column')} without a name not read"
    # In a workbook a column without anything is a gap between two blocks; in a CSV file, a slip.
    blank = [name for place, name in left.items() if place not in filled]
    blank = [name for name in blank if name or not table.sheet]
    if blank:
        yield _of_blank(blank)


def _of_blank(names: Sequence[str]) -> str:
    named = [name for name in names if name]
    if not named:
        return f"{count_words(len(names), 'column')} without a name and without a figure"
    without = f" and {len(names) - len(named)} without a name" if len(named) < len(names) else ""
    return f"{count_words(len(names), 'column')} without a figure: {_list(named)}{without}"


def _is_filled(parts: Sequence[RawTable], place: int) -> bool:
    return any(place < len(row) and row[place].strip() for part in parts for row in part.rows)


def _of_sheets(table: RawTable, read: Collection[str], publication: Publication) -> Iterator[str]:
    if not is_workbook(table.file.content):
        return
    book = open_workbook(table.file)
    left = [
        f"{name} (hidden)" if book.is_hidden(name) else name
        for name in book.names
        if name not in read and not _fits(publication.known_sheets, name.strip())
    ]
    if left:
        yield f"{count_words(len(left), 'sheet')} not read: {_list(left)}"


def _fits(patterns: Sequence[str], name: str) -> bool:
    return any(re.fullmatch(pattern, name, re.IGNORECASE) for pattern in patterns)


def _in_sheets(names: Sequence[str]) -> str:
    return f"sheet {', '.join(names)}: " if any(names) else ""


def _list(names: Sequence[str]) -> str:
    return ", ".join("".join(c if c.isprintable() else " " for c in name) for name in names)
