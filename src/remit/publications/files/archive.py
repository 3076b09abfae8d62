"""Zip archives: the one table in an archive is read as if it lay beside it."""

from __future__ import annotations

import zipfile

from remit.files.archives import ArchiveError, LockedArchive, open_archive, printable, unpack
from remit.files.limits import FILE_BYTES
from remit.model.errors import PublicationError
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
            member = _only_table(file, archive)
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
    return RawFile(file.path, content, file.sha256, name)


def _only_table(file: RawFile, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    tables = [
        member
        for member in archive.infolist()
        if member.filename.lower().endswith(_TABLES) and "__MACOSX" not in member.filename
    ]
    if len(tables) != 1:
        held = ", ".join(printable(table.filename) for table in tables[:5]) or "none"
        raise PublicationError(
            f"{file.path}: the archive should hold one table and holds {len(tables)} ({held}); "
            "unpack it and take in its files"
        )
    return tables[0]
