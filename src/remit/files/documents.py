"""The words of a PDF or Word file, read by kept libraries in a process that can be ended.

See ``docs/decisions/0085-attachments-in-a-process.md``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remit.files.archives import ArchiveError, LockedArchive, open_archive
from remit.files.limits import DOCUMENT_MEMORY, DOCUMENT_SECONDS, WORKBOOK_BYTES

_MOST_PAGES = 200
_MOST_SIGNS = 200_000
_OLD = b"\xd0\xcf\x11\xe0"
"""How old Office files begin, and new ones that a password locks."""


class DocumentError(ValueError):
    """A document cannot be read; the message says why, without its name."""


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """What a document says."""

    text: str
    tables: tuple[list[list[str]], ...]
    """The rows of its tables, where the format tells them."""
    is_cut: bool
    """Whether more stood in it than is read."""


def read_document(content: bytes, kind: str) -> DocumentWords:
    """The words of a document.

    Parameters
    ----------
    content
        The file.
    kind
        ``pdf`` or ``docx``.

    Raises
    ------
    DocumentError
        If it is damaged, locked by a password, or takes more time or memory than it may.

    Examples
    --------
    >>> read_document(content, "pdf").text  # doctest: +SKIP
    'Please send …'
    """
    _look_at(content, kind)
    reader = str(Path(__file__).with_name("document_reader.py"))
    limits = (DOCUMENT_MEMORY.now, _MOST_PAGES, _MOST_SIGNS)
    # -P: no module is taken from the folder in which the user works.
    command = [sys.executable, "-P", reader, kind, *map(str, limits)]
    try:
        ran = subprocess.run(
            command, input=content, capture_output=True, timeout=DOCUMENT_SECONDS.now, check=False
        )
    except subprocess.TimeoutExpired:
        raise DocumentError("reading it takes too long") from None
    answer = _answered(ran.stdout)
    if fault := answer.get("fault"):
        raise DocumentError(_IN_WORDS.get(fault, f"it is damaged ({fault})"))
    return DocumentWords(answer["text"], tuple(answer["tables"]), answer["cut"])


_LOCKED = "it is locked by a password"
_IN_WORDS = {
    "memory": "reading it takes more memory than it may have",
    "locked": _LOCKED,
    # lxml does not say which of the two it was.
    "XMLSyntaxError": "it is damaged, or takes more memory than it may have",
    # A newer lock needs a library of its own even where its password is blank.
    "DependencyError": _LOCKED,
    "LimitReachedError": "it unpacks to more than any known document",
}


def _answered(said: bytes) -> dict[str, Any]:
    """What the reader said; nothing where it was ended, as for want of memory it is."""
    try:
        found: dict[str, Any] = json.loads(said)
    except ValueError:
        return {"fault": "memory"}
    return found


def _look_at(content: bytes, kind: str) -> None:
    """Refuse what is no such file, and archives that unpack to more than is read."""
    if kind == "pdf":
        if b"%PDF-" not in content[:1024]:
            raise DocumentError("it is no PDF file")
        return
    if content.startswith(_OLD):
        raise DocumentError("it is locked by a password, or an old Word file")
    try:
        with open_archive(content) as archive:
            if sum(one.file_size for one in archive.infolist()) > WORKBOOK_BYTES.now:
                raise DocumentError("it unpacks to more than any known document")
    except LockedArchive:
        raise DocumentError(_LOCKED) from None
    except ArchiveError:
        raise DocumentError("it is no Word file, or is damaged") from None
