"""Which publication a file is, told from its columns and not from its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Protocol

from remit.catalogue import load_publications
from remit.model.errors import PublicationError, RemitError
from remit.model.publication import Publication, folded
from remit.publications.files.headings import named_columns
from remit.publications.files.raw import RawFile
from remit.publications.files.sheets import (
    fitting_sheets,
    header_among,
    holds,
)
from remit.publications.files.table import load, load_each
from remit.publications.files.text import HEADER_WITHIN, first_row, heads
from remit.publications.files.workbook import is_workbook, open_workbook
from remit.publications.rows.named_month import name_note
from remit.publications.rows.reading import Reading, ReadingContext

_FEW = 2
"""A column that no more publications have tells them apart."""

_ENOUGH = 0.5
_LIST = "remit sources --known lists all that it reads."


class Reader(Protocol):
    """What a reader module offers."""

    def read(self, file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
        """Turn the file's rows into observations and rejections."""


def read_file(path: Path, context: ReadingContext) -> Reading:
    """Read one file of any publication that Remit knows.

    Raises
    ------
    PublicationError
        If it is none of them; the message names the nearest and the columns that it lacks.
    """
    return _read(load(path), context)


def read_each(path: Path, context: ReadingContext) -> Iterator[Reading | RemitError]:
    """As :func:`read_file`; of an archive of several tables each by itself, or why it was not read.

    Parameters
    ----------
    path
        A file of any publication that Remit knows, or an archive of such.
    context
        What a reader needs to know beside the file.

    Examples
    --------
    ``[one for one in read_each(Path("year.zip"), context) if isinstance(one, Reading)]``
    """
    try:
        for file in load_each(path):
            try:
                yield file if isinstance(file, RemitError) else _read(file, context)
            except RemitError as fault:
                yield fault
    except RemitError as fault:
        yield fault


def _read(file: RawFile, context: ReadingContext) -> Reading:
    publication = recognise(file)
    reader: Reader = import_module(f"remit.publications.readers.{publication.reader}")
    reading = reader.read(file, publication, context)
    if said := name_note(reading.source.file_name, reading.observations):
        reading = replace(reading, notes=(said, *reading.notes))
    if not file.passed_over:
        return reading
    named = ", ".join(file.passed_over[:5])
    more = f" and {len(file.passed_over) - 5} more" if len(file.passed_over) > 5 else ""
    what = "its tables were" if file.archive else f"{file.member} was"
    note = f"of the archive only {what} read, and not {named}{more}"
    return replace(reading, notes=(*reading.notes, note))


def recognise(file: RawFile) -> Publication:
    """The publication, in the layout whose required columns are all in the file's header.

    Raises
    ------
    PublicationError
        If there is none.
    """
    known = [layout for one in load_publications() for layout in one.each_layout]
    if is_workbook(file.content):
        return _of_workbook(file, known)
    return _of_text(file, known)


# Files of text -----------------------------------------------------------------------------------


def _of_text(file: RawFile, known: list[Publication]) -> Publication:
    """The layout whose header is among the first rows; one that is published as text goes first."""
    for head in heads(file):
        rows = [cells for _, cells in head.rows]
        for form in ("csv", "workbook"):
            found = _fullest(rows, [p for p in known if p.format == form])
            if found:
                publication, header = found
                _refuse_doubles(file, header, publication)
                return publication
    first_row(file)
    raise PublicationError(_unknown_text(file, known))


def _fullest(
    rows: list[tuple[str, ...]], known: list[Publication]
) -> tuple[Publication, tuple[str, ...]] | None:
    """Of the layouts whose header is there, the one with the most columns in it."""
    places = [(header_among(rows, p), p) for p in known]
    matches = [(p, named_columns(rows, place, p)) for place, p in places if place is not None]
    return max(matches, key=lambda match: len(match[0].column_names(match[1])), default=None)


def _unknown_text(file: RawFile, known: list[Publication]) -> str:
    said = f"{file.path}: this is no publication that Remit reads."
    rows = [cells for head in heads(file) for _, cells in head.rows]
    if named := _unread(rows, known):
        return f"{file.path}: {named}"
    near = _nearest([(p, rows) for p in known], known)
    if near:
        return f"{said} {near} {_LIST}"
    shown = ", ".join(_printable(cell[:30]) for cell in rows[0][:6])
    return f"{said} Its first line begins: {shown}. {_LIST}"


def _nearest(
    candidates: Iterable[tuple[Publication, Sequence[Sequence[str]]]], known: list[Publication]
) -> str:
    """In words: the publication that the file is most like; nothing where little says so.

    Columns that many publications have (a code, a name, a period) say nothing. At least half of
    those that few others have must be there, or a title that names the publication.
    """
    names = _spread(known)
    best = max(
        (_likeness(publication, rows, names) for publication, rows in candidates),
        key=lambda found: found[0],
        default=None,
    )
    if best is None or best[0] < _ENOUGH:
        return ""
    _, publication, header = best
    missing = ", ".join(publication.missing_columns(header))
    lacks = f"the column(s) {missing}" if missing else "the title above its columns"
    return f"It is most like “{publication.name}”, but lacks {lacks}."


def _spread(known: list[Publication]) -> dict[str, set[str]]:
    """A column's name, folded → the publications that have such a column."""
    names: dict[str, set[str]] = {}
    for publication in known:
        for column in publication.all_columns:
            for name in (column.name, *column.aliases):
                names.setdefault(folded(name), set()).add(publication.id)
    return names


def _likeness(
    publication: Publication, rows: Sequence[Sequence[str]], names: Mapping[str, set[str]]
) -> tuple[float, Publication, tuple[str, ...]]:
    """The share of the distinctive columns that the best row has, and that row.

    A title without which the columns are another's is one more of what is distinctive.
    """
    distinctive = {
        column.name
        for column in publication.all_columns
        if column.required
        and all(len(names[folded(name)]) <= _FEW for name in (column.name, *column.aliases))
    }
    titled, marks = _titles(publication, rows), len(distinctive) + bool(publication.title)
    share, header = 0.0, tuple(rows[0]) if rows else ()
    for row in map(tuple, rows):
        found = len(distinctive & set(publication.column_names(row)))
        found += bool(publication.title) and titled
        if marks and found / marks > share:
            share, header = found / marks, row
    if share < _ENOUGH and titled:
        share = _ENOUGH
    return share, publication, header


def _titles(publication: Publication, rows: Sequence[Sequence[str]]) -> bool:
    """Whether a text names the publication, or is the title of its tables."""
    patterns = [re.escape(publication.name), *([publication.title] if publication.title else [])]
    fits = re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE).search
    return any(fits(" ".join(cell.split())) for row in rows for cell in row if cell)


def _unread(rows: Sequence[Sequence[str]], known: list[Publication]) -> str:
    """What a file is that is known and not read, and what is read in its place."""
    texts = [" ".join(cell.split()) for row in rows for cell in row if cell]
    for one in dict.fromkeys(unread for publication in known for unread in publication.unread):
        found = re.compile(one.title, re.IGNORECASE).search
        if any(map(found, texts)):
            return f"this is {one.what}, which is not read. Read is {one.instead}. {_LIST}"
    return ""


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def _refuse_doubles(file: RawFile, header: tuple[str, ...], publication: Publication) -> None:
    """Which of two columns of one name is meant cannot be told."""
    first = publication.column_names(header)
    last = publication.column_names(header[::-1])
    doubles = [name for name, place in first.items() if place + last[name] != len(header) - 1]
    if doubles:
        raise PublicationError(
            f"{file.path}: the header names these columns more than once: {', '.join(doubles)}"
        )


# Workbooks ---------------------------------------------------------------------------------------


def _of_workbook(file: RawFile, known: list[Publication]) -> Publication:
    """The layout that a sheet has; one that is published as a workbook goes first."""
    for form in ("workbook", "csv"):
        matches = [p for p in known if p.format == form and holds(file, p)]
        if matches:
            return max(matches, key=lambda p: len(p.all_columns))
    raise PublicationError(_unknown_workbook(file, known))


def _unknown_workbook(file: RawFile, known: list[Publication]) -> str:
    said = f"{file.path}: this workbook is no publication that Remit reads."
    book = open_workbook(file)
    rows = [row for name in book.names for row in book.sheet(name).cells[:HEADER_WITHIN]]
    if named := _unread(rows, known):
        return f"{file.path}: {named}"
    first_rows = [
        (p, sheet.cells[:HEADER_WITHIN]) for p in known for sheet in fitting_sheets(file, p)
    ]
    # A layout that is published as a workbook says better what a workbook lacks.
    books = [(p, rows) for p, rows in first_rows if p.format == "workbook"]
    near = _nearest(books, known) or _nearest(first_rows, known)
    if near:
        return f"{said} {near} {_LIST}"
    names = ", ".join(_printable(name) for name in open_workbook(file).names[:6])
    return f"{said} Its sheets are: {names}. {_LIST}"
