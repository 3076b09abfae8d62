"""Which publication a file is, told from its columns and not from its name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol

from remit.catalogue import load_publications
from remit.model.errors import PublicationError
from remit.model.publication import Publication
from remit.publications.reading import Reading, ReadingContext
from remit.publications.table import RawFile, header_of, load


class Reader(Protocol):
    """What a reader module offers."""

    def read(self, file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
        """Turn the file's rows into observations and rejections."""


def read_file(path: Path, context: ReadingContext) -> Reading:
    """Read one file of any publication that Remit knows.

    Raises
    ------
    PublicationError
        If it is none of them; the message lists them and the columns that the nearest lacks.
    """
    file = load(path)
    publication = recognise(file)
    reader: Reader = import_module(f"remit.publications.{publication.reader}")
    return reader.read(file, publication, context)


def recognise(file: RawFile) -> Publication:
    """The publication whose required columns are all in the file's header.

    Raises
    ------
    PublicationError
        If there is none.
    """
    header = header_of(file)
    known = load_publications()
    matches = [p for p in known if not p.missing_columns(header)]
    if matches:
        publication = max(matches, key=lambda p: len(p.column_names(header)))
        _refuse_doubles(file, header, publication)
        return publication
    raise PublicationError(_not_known(file, header, known))


def _not_known(file: RawFile, header: tuple[str, ...], known: tuple[Publication, ...]) -> str:
    nearest = max(known, key=lambda p: len(p.column_names(header)))
    names = "; ".join(p.name for p in known)
    said = f"{file.path}: this is no publication that Remit reads. It reads: {names}."
    if nearest.column_names(header):
        missing = ", ".join(nearest.missing_columns(header))
        said += f" It is most like “{nearest.name}”, but lacks the column(s) {missing}."
    else:
        shown = ", ".join(_printable(cell[:30]) for cell in header[:6])
        said += f" Its first line begins: {shown}."
    return said


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
