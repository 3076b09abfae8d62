"""Which publication a file is, told from its columns and not from its name."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Protocol

from remit.catalogue import load_publications
from remit.model.errors import PublicationError
from remit.model.publication import Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.sheets import fitting_sheets, holds, nearest_header
from remit.publications.files.table import header_of, load
from remit.publications.files.workbook import is_workbook, open_workbook
from remit.publications.rows.reading import Reading, ReadingContext

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
    file = load(path)
    publication = recognise(file)
    reader: Reader = import_module(f"remit.publications.readers.{publication.reader}")
    return reader.read(file, publication, context)


def recognise(file: RawFile) -> Publication:
    """The publication, in the layout whose required columns are all in the file's header.

    Raises
    ------
    PublicationError
        If there is none.
    """
    known = [layout for one in load_publications() for layout in one.each_layout]
    if is_workbook(file.content):
        return _of_workbook(file, [p for p in known if p.format == "workbook"])
    return _of_csv(file, [p for p in known if p.format == "csv"])


# CSV files ---------------------------------------------------------------------------------------


def _of_csv(file: RawFile, known: list[Publication]) -> Publication:
    header = header_of(file)
    matches = [p for p in known if not p.missing_columns(header)]
    if not matches:
        raise PublicationError(_unknown_csv(file, header, known))
    publication = max(matches, key=lambda p: len(p.column_names(header)))
    _refuse_doubles(file, header, publication)
    return publication


def _unknown_csv(file: RawFile, header: tuple[str, ...], known: list[Publication]) -> str:
    said = f"{file.path}: this is no publication that Remit reads."
    near = _nearest((p, header) for p in known)
    if near:
        return f"{said} {near} {_LIST}"
    shown = ", ".join(_printable(cell[:30]) for cell in header[:6])
    return f"{said} Its first line begins: {shown}. {_LIST}"


def _nearest(headers: Iterable[tuple[Publication, tuple[str, ...]]]) -> str:
    """In words: the publication of whose required columns the largest share is there."""
    likeness = [(_share(p, header), p, header) for p, header in headers]
    share, publication, header = max(likeness, key=lambda found: found[0])
    if not share:
        return ""
    missing = ", ".join(publication.missing_columns(header))
    return f"It is most like “{publication.name}”, but lacks the column(s) {missing}."


def _share(publication: Publication, header: tuple[str, ...]) -> float:
    wanted = sum(1 for column in publication.all_columns if column.required)
    return 1 - len(publication.missing_columns(header)) / wanted if wanted else 0.0


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
    matches = [p for p in known if holds(file, p)]
    if not matches:
        raise PublicationError(_unknown_workbook(file, known))
    return max(matches, key=lambda p: len(p.all_columns))


def _unknown_workbook(file: RawFile, known: list[Publication]) -> str:
    said = f"{file.path}: this workbook is no publication that Remit reads."
    headers = [(p, nearest_header(s, p)) for p in known for s in fitting_sheets(file, p)]
    near = _nearest(headers) if headers else ""
    if near:
        return f"{said} {near} {_LIST}"
    names = ", ".join(_printable(name) for name in open_workbook(file).names[:6])
    return f"{said} Its sheets are: {names}. {_LIST}"
