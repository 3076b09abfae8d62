"""Zip archives: the one table in an archive is read as if it lay beside it."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath

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


def unpacked(file: RawFile) -> RawFile:
    """A file as it is; of a zip archive the one table in it.

    Raises
    ------
    PublicationError
        If an archive is damaged or locked, holds no table, or several, or a larger one than any
        publication.
    """
    if not file.content.startswith(b"PK\x03\x04") or is_workbook(file.content):
        return file
    try:
        with open_archive(file.content) as archive:
            members = _members(archive)
            member = _only_table(file, archive, members)
            content = unpack(archive, member, FILE_BYTES)
    except LockedArchive as error:
        raise PublicationError(
            f"{file.path}: {error} and cannot be unpacked; unpack the archive with its password "
            "and take in the file that was in it"
        ) from None
    except ArchiveError as error:
        raise PublicationError(
            f"{file.path}: the zip archive cannot be unpacked ({error}); download it again"
        ) from None
    name = printable(member.filename)
    if not content.strip():
        raise PublicationError(f"{file.path}: {name} in the archive is empty")
    others = tuple(printable(one.filename) for one in members if one is not member)
    return RawFile(file.path, content, file.sha256, name, others)


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
    packed = [one.filename for one in members if one.filename.lower().endswith(".zip")]
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
