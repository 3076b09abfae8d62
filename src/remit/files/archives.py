"""Zip archives: each member once, under its own name, and never more of it than is declared.

What an archive says of its members is not believed: a member is unpacked piece by piece, and no
further than its limit.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from remit.files.limits import MEMBERS, Limit

_CHUNK = 1 << 20
_KNOWN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    RuntimeError,
    NotImplementedError,
    OverflowError,
)


class ArchiveError(ValueError):
    """An archive cannot be unpacked; the message says why, without the path."""


class LockedArchive(ArchiveError):
    """A member of an archive is encrypted with a password."""


@contextmanager
def open_archive(content: bytes) -> Iterator[zipfile.ZipFile]:
    """A zip archive whose list of members can be relied on.

    Raises
    ------
    ArchiveError
        If it is damaged, has too many members, or lists one name or one place twice.
    """
    _refuse_many(content)
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except _DAMAGE as damage:
        raise ArchiveError(f"it is damaged: {damage}") from None
    with archive:
        _refuse_doubles(archive.infolist())
        yield archive


def names_in(content: bytes) -> frozenset[str]:
    """The names that an archive itself lists, not those of archives in it.

    Raises
    ------
    ArchiveError
        As :func:`open_archive`.
    """
    with open_archive(content) as archive:
        return frozenset(archive.namelist())


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: Limit) -> bytes:
    """One member's bytes, no more than the limit.

    Raises
    ------
    ArchiveError
        If it is locked, damaged or larger.
    """
    name = printable(member.filename)
    if member.flag_bits & 0x1:
        raise LockedArchive(f"{name} is protected by a password")
    if member.compress_type not in _KNOWN:
        raise ArchiveError(f"{name} is packed in a way that is not known; pack it as a plain zip")
    most = limit.now
    if member.file_size > most:
        raise ArchiveError(_too_large(name, f"{member.file_size:,}", limit))
    try:
        with archive.open(member) as file:
            content = file.read(min(member.file_size, most) + 1)
            while len(content) <= most and (further := file.read(_CHUNK)):
                content += further
    except MemoryError:
        raise ArchiveError(f"{name} is too large for the memory; unpack the archive") from None
    except _DAMAGE as damage:
        raise ArchiveError(f"{name} is damaged: {printable(str(damage))}") from None
    if len(content) > most:
        raise ArchiveError(_too_large(name, f"more than {most:,}", limit))
    return content


def beginning(archive: zipfile.ZipFile, member: zipfile.ZipInfo, size: int) -> bytes | None:
    """The first bytes of a member; None where it is locked or damaged.

    Parameters
    ----------
    archive
        As :func:`open_archive` gives it.
    member
        One of it.
    size
        How many bytes at most.
    """
    try:
        with archive.open(member) as file:
            return file.read(size)
    except _DAMAGE:
        return None


def printable(text: str) -> str:
    """The beginning of a foreign text, without what could steer a terminal."""
    return "".join(sign if sign.isprintable() else "�" for sign in text[:100])


def _too_large(name: str, size: str, limit: Limit) -> str:
    return f"{name} is {size} bytes long, more than any known table; {limit.remedy}"


def _refuse_many(content: bytes) -> None:
    """Before the list is read: it takes room for each member, whatever it holds."""
    listed = content.count(b"PK\x01\x02")
    if listed > MEMBERS.now:
        raise ArchiveError(f"it holds some {listed:,} files; unpack it, or {MEMBERS.remedy}")


def _refuse_doubles(members: list[zipfile.ZipInfo]) -> None:
    """Which of two members of one name is meant cannot be told; shared places make bombs."""
    seen: set[str] = set()
    for member in members:
        if member.filename in seen:
            raise ArchiveError(f"it holds {printable(member.filename)} more than once; unpack it")
        seen.add(member.filename)
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            raise ArchiveError("its files overlap, as no honest archive's do; download it again")
        end = member.header_offset + max(member.compress_size, 1)
