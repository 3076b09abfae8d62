"""Zip archives: the tables in an archive are read as if they lay beside it."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from remit.files.archives import (
    ArchiveError,
    LockedArchive,
    beginning,
    open_archive,
    printable,
    unpack,
)
from remit.files.limits import FILE_BYTES
from remit.model.errors import PublicationError
from remit.publications.files.folders import HEAD, is_passing, looks_like_table
from remit.publications.files.raw import RawFile
from remit.publications.files.workbook import is_workbook

_TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")


_NESTED = ".zip"


def unpacked(file: RawFile) -> RawFile:
    """A file as it is; of a zip archive the one table in it.

    Raises
    ------
    PublicationError
        If an archive is damaged or locked, holds no table, or several, or a larger one than any
        publication.
    """
    if not _is_archive(file):
        return file
    with _opened(file) as archive:
        members = _members(archive)
        member = _only_table(file, archive, members)
        content = unpack(archive, member, FILE_BYTES)
    name = printable(member.filename)
    if not content.strip():
        raise PublicationError(f"{file.path}: {name} in the archive is empty")
    others = tuple(printable(one.filename) for one in members if one is not member)
    return RawFile(file.path, content, file.sha256, name, others)


def each_unpacked(file: RawFile) -> Iterator[RawFile | PublicationError]:
    """A file as :func:`unpacked` gives it; of an archive of several tables each as its own file.

    What cannot be unpacked comes as the reason, and stops none of the others. Only the first of the
    files tells what else the archive holds.

    Raises
    ------
    PublicationError
        As :func:`unpacked`, but for several tables; if all of them are larger than one file may be.
    """
    if not _is_archive(file):
        yield file
        return
    with _opened(file) as archive:
        members = _members(archive)
        tables = [member for member in members if _is_table(archive, member)]
        if len(tables) < 2:
            yield unpacked(file)
            return
        _refuse_vast(file, tables)
        nested = [one for one in members if one.filename.lower().endswith(_NESTED)]
        others = [one for one in members if one not in tables and one not in nested]
        passed = tuple(printable(one.filename) for one in others)
        for member in tables:
            found = _of_several(file, archive, member, passed)
            passed = passed if isinstance(found, PublicationError) else ()
            yield found
        for member in nested:
            yield PublicationError(
                f"{file.path}/{printable(member.filename)}: an archive in an archive is not "
                "opened; unpack it and take in its files"
            )


def _of_several(
    file: RawFile, archive: zipfile.ZipFile, member: zipfile.ZipInfo, passed: tuple[str, ...]
) -> RawFile | PublicationError:
    name = printable(member.filename)
    place = Path(f"{file.path}/{name}")
    try:
        content = unpack(archive, member, FILE_BYTES)
    except ArchiveError as error:
        return PublicationError(f"{file.path}: {error}")
    if not content.strip():
        return PublicationError(f"{place}: the file is empty")
    sha256 = hashlib.sha256(content).hexdigest()
    return RawFile(place, content, sha256, name, passed, archive=file.path.name)


def _refuse_vast(file: RawFile, tables: Sequence[zipfile.ZipInfo]) -> None:
    """All tables of an archive together may be as large as one file; what it says is held to."""
    size = sum(table.file_size for table in tables)
    if size > FILE_BYTES.now:
        raise PublicationError(
            f"{file.path}: its tables are {size:,} bytes long together; unpack it, or "
            f"{FILE_BYTES.remedy}"
        )


def _is_archive(file: RawFile) -> bool:
    return file.content.startswith(b"PK\x03\x04") and not is_workbook(file.content)


@contextmanager
def _opened(file: RawFile) -> Iterator[zipfile.ZipFile]:
    """The archive in a file; what is wrong with it is told in the words of the publications."""
    try:
        with open_archive(file.content) as archive:
            yield archive
    except LockedArchive as error:
        raise PublicationError(
            f"{file.path}: {error} and cannot be unpacked; unpack the archive with its password "
            "and take in the file that was in it"
        ) from None
    except ArchiveError as error:
        raise PublicationError(
            f"{file.path}: the zip archive cannot be unpacked ({error}); download it again"
        ) from None


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """What people have put into an archive: no folders, nor what programs leave beside."""
    return [
        member
        for member in archive.infolist()
        if not member.is_dir() and not is_passing(_place(member))
    ]


def _place(member: zipfile.ZipInfo) -> PurePosixPath:
    """Where a member lies; some programs of Windows part the folders by their own sign."""
    return PurePosixPath(member.filename.replace("\\", "/"))


def _only_table(
    file: RawFile, archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]
) -> zipfile.ZipInfo:
    tables = [member for member in members if _is_table(archive, member)]
    if len(tables) == 1:
        return tables[0]
    held = ", ".join(printable(table.filename) for table in tables[:5]) or "none"
    packed = [one.filename for one in members if one.filename.lower().endswith(_NESTED)]
    if packed and not tables:
        inner = ", ".join(map(printable, packed[:5]))
        held = f"none; {inner} in it is an archive again"
    raise PublicationError(
        f"{file.path}: the archive should hold one table and holds {len(tables)} ({held}); "
        "unpack it and take in its files"
    )


def _is_table(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """By its ending, or (``.txt``) its look, as in a folder; one that is locked will be told."""
    name = member.filename.lower()
    if not name.endswith(".txt"):
        return name.endswith(_TABLES)
    head = beginning(archive, member, HEAD)
    return head is None or looks_like_table(head)
