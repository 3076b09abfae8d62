"""Zip archives: the one table in an archive is read as if it lay beside it."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from remit.model.errors import PublicationError
from remit.publications.raw import RawFile
from remit.publications.workbook import is_workbook

LARGEST = 2_000_000_000
"""A larger file (in bytes, unpacked) is refused: no known publication is near it."""

_TABLES = (".csv", ".xlsx", ".xlsm", ".xls")


def unpacked(file: RawFile) -> RawFile:
    """A file as it is; of a zip archive the one table in it.

    Raises
    ------
    PublicationError
        If an archive is damaged or locked, holds no table, or several.
    """
    if not file.content.startswith(b"PK\x03\x04") or is_workbook(file.content):
        return file
    try:
        with zipfile.ZipFile(BytesIO(file.content)) as archive:
            member = _only_table(file, archive)
            content = archive.read(member)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise PublicationError(
            f"{file.path}: the zip archive cannot be unpacked ({error}); download it again"
        ) from None
    if not content.strip():
        raise PublicationError(f"{file.path}: {member.filename} in the archive is empty")
    return RawFile(file.path, content, file.sha256, member.filename)


def _only_table(file: RawFile, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    tables = [
        member
        for member in archive.infolist()
        if member.filename.lower().endswith(_TABLES) and "__MACOSX" not in member.filename
    ]
    if len(tables) != 1:
        held = ", ".join(table.filename for table in tables[:5]) or "none"
        raise PublicationError(
            f"{file.path}: the archive should hold one table and holds {len(tables)} ({held}); "
            "unpack it and take in its files"
        )
    if tables[0].file_size > LARGEST:
        raise PublicationError(
            f"{file.path}: {tables[0].filename} in the archive is {tables[0].file_size:,} bytes "
            "long; this is no table of an NHS publication"
        )
    return tables[0]
