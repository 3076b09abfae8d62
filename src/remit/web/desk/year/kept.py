"""The files of an assessment as they are kept: from bytes to rows, and back to bytes."""

from __future__ import annotations

import base64
import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from remit.files.whole import write_whole

_MARK_SIGNS = 12


def digest_of(content: bytes) -> str:
    """By which the content of a file is known."""
    return hashlib.sha256(content).hexdigest()


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Path → digest of its content."""
    return {path: digest_of(content) for path, content in sorted(files.items())}


def mark_of_files(digests: Mapping[str, str]) -> str:
    """By which the state of all files is known, short enough to be typed.

    >>> mark_of_files({})
    '44136fa355b3'
    """
    told = json.dumps(dict(sorted(digests.items())))
    return hashlib.sha256(told.encode()).hexdigest()[:_MARK_SIGNS]


def as_kept(content: bytes) -> tuple[str, bool]:
    """The content as a database keeps it, and whether that is the text itself.

    >>> as_kept("F1 is right".encode())
    ('F1 is right', True)
    >>> as_kept(bytes([0, 255]))
    ('AP8=', False)
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        return base64.b64encode(content).decode("ascii"), False
    return text, True


def content_of(file: Any) -> bytes:
    """The bytes of a kept file."""
    if file.is_text:
        return str(file.content).encode("utf-8")
    return base64.b64decode(file.content)


def files_of(assessment: Any) -> dict[str, bytes]:
    """All files of an assessment, as they came."""
    return {one.path: content_of(one) for one in assessment.files.order_by("path")}


@contextmanager
def laid_out(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder that holds some files, for as long as it is used."""
    with tempfile.TemporaryDirectory(prefix="remit-year-") as place:
        for path, content in files.items():
            write_whole(Path(place) / path, content)
        yield Path(place)
