"""The one way in for a file that a user names: a regular file of bounded size, or a message.

A pipe, a device or a socket never holds up a command, and a file that grows while it is read
is read no further than its limit.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from remit.files.limits import FILE_BYTES, TEXT_BYTES, Limit
from remit.model.errors import FileError, RemitError

_CHUNK = 1 << 20
_BYTE_ORDER_MARK = "\ufeff"
_KINDS = (
    (stat.S_ISDIR, "this is a folder; name the files in it"),
    (stat.S_ISFIFO, "this is a pipe and not a file; save what it yields to a file and name that"),
    (stat.S_ISSOCK, "this is a socket and not a file; name a file"),
    (stat.S_ISCHR, "this is a device and not a file; name a file"),
    (stat.S_ISBLK, "this is a device and not a file; name a file"),
)
_FAULTS = {
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "there is no such file: a part of the path is a file and no folder",
    errno.EACCES: "you have no right to read this file; ask whoever owns it",
    errno.EPERM: "you have no right to read this file; ask whoever owns it",
    errno.ELOOP: "this is a link that leads back to itself; name the file itself",
    errno.ENAMETOOLONG: "the name is longer than a file's name can be",
    errno.ENXIO: "this is a socket or a device and not a file; name a file",
    errno.EISDIR: "this is a folder; name the files in it",
}


def read_bytes(
    path: Path, *, limit: Limit = FILE_BYTES, error: type[RemitError] = FileError
) -> bytes:
    """The bytes of a file.

    Parameters
    ----------
    path
        What a user named. It must be a regular file, or a link to one.
    limit
        The most bytes that are read; a larger file is refused before any of it is held.
    error
        What is raised; its message begins with the path and says the remedy.

    Examples
    --------
    >>> content = read_bytes(Path("nof-acute.csv"), error=PublicationError)  # doctest: +SKIP
    """
    most = limit.now
    with regular_file(path, error=error) as file:
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise error(_too_large(path, size, limit))
        try:
            return _contents(path, file, size, limit, error)
        except MemoryError:
            raise error(
                f"{path}: the file is {size:,} bytes long, for which the memory does not suffice; "
                "close other programs or split the file"
            ) from None
        except OSError as fault:
            raise error(f"{path}: {in_words(fault)}") from None


def read_text(path: Path, *, limit: Limit = TEXT_BYTES, error: type[RemitError] = FileError) -> str:
    """The text of a file in UTF-8, without a byte order mark; line ends are made LF.

    Parameters
    ----------
    path
        What a user named.
    limit
        The most bytes that are read.
    error
        What is raised: as :func:`read_bytes`, and with the line where the text is no UTF-8 or
        holds a null character.

    Examples
    --------
    >>> lines = read_text(Path("metrics.txt")).splitlines()  # doctest: +SKIP
    """
    text = text_of(path, read_bytes(path, limit=limit, error=error), error=error)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def text_of(path: Path, content: bytes, *, error: type[RemitError] = FileError) -> str:
    """Bytes as UTF-8 text without a byte order mark, line ends as they are.

    Parameters
    ----------
    path
        Named in the message.
    content
        The bytes of the file.
    error
        What is raised, with the line of the first byte that is no text.

    Examples
    --------
    >>> text_of(Path("a.csv"), b"org_code,weight")
    'org_code,weight'
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise error(f"{path}: the text is in UTF-16; save the file as UTF-8 and try again")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise error(
            f"{path}, line {line}: the file cannot be read as UTF-8 text "
            f"(byte {fault.start + 1:,}); save it as UTF-8"
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise error(f"{path}, line {line}: a null character; this is no text, save it as UTF-8")
    return text.removeprefix(_BYTE_ORDER_MARK)


@contextmanager
def regular_file(path: Path, *, error: type[RemitError] = FileError) -> Iterator[BinaryIO]:
    """Open a file for reading its bytes, if it is a regular one.

    It is opened without waiting, so that a pipe that nobody writes to holds up nothing, and
    looked at when it is open, so that it cannot be exchanged in between.

    Raises
    ------
    RemitError
        Of the class ``error``: what the path is instead, or why it cannot be opened.
    """
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"):
        flags |= getattr(os, name, 0)  # not every system has all of them
    try:
        descriptor = os.open(path, flags)
    except (OSError, ValueError) as fault:
        raise error(f"{path}: {_why_not(path, fault)}") from None
    kind = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(kind):
        os.close(descriptor)
        raise error(f"{path}: {_what(kind)}")
    with os.fdopen(descriptor, "rb") as file:
        yield file


def is_folder(path: Path) -> bool:
    """Whether a folder is there; of what cannot be looked at it is said when it is opened."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_there(path: Path) -> bool:
    """Whether a file or a folder is there; False where that cannot be told."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_named(path: Path) -> bool:
    """Whether something of that name is there, also a link that leads nowhere."""
    try:
        return os.path.lexists(path)
    except (OSError, ValueError):
        return False


def in_words(fault: OSError) -> str:
    """Why a file cannot be opened or read, and what to do about it."""
    said = _FAULTS.get(fault.errno or 0)
    return said or f"the file cannot be read: {fault.strerror or fault}"


def _why_not(path: Path, fault: OSError | ValueError) -> str:
    if not isinstance(fault, OSError):
        return "this is no name of a file: it holds a null character"
    if os.name == "nt" and path.is_dir():  # Windows says that it is forbidden
        return _what(stat.S_IFDIR)
    return in_words(fault)


def _what(mode: int) -> str:
    said = (words for fits, words in _KINDS if fits(mode))
    return next(said, "this is no file that can be read; name a file")


def _contents(
    path: Path, file: BinaryIO, size: int, limit: Limit, error: type[RemitError]
) -> bytes:
    """All bytes; more than the size only where a file grows, or (as in /proc) tells none."""
    content = file.read(size + 1)
    if len(content) <= size:
        return content
    parts = [content]
    held = len(content)
    while part := file.read(_CHUNK):
        parts.append(part)
        held += len(part)
        if held > limit.now:
            raise error(_too_large(path, held, limit))
    return b"".join(parts)


def _too_large(path: Path, size: int, limit: Limit) -> str:
    return (
        f"{path}: the file is {size:,} bytes long or more, larger than any known of its kind; "
        f"{limit.remedy}"
    )
