"""Downloading one file: begun again where it broke off, and checked for its length."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remit.fetching.addresses import Trusted
from remit.fetching.connection import body, number, says_its_length
from remit.fetching.limits import TooMuch
from remit.fetching.web import BROKEN, Unreachable, Web
from remit.model.errors import FetchError

Progress = Callable[[int, int | None], None]
"""Is told how many bytes are there, and of how many if that is known."""

_ROOM_EVERY = 16_000_000
"""After so many bytes it is looked again whether the disk has room."""


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server tells whether a file has changed."""

    etag: str = ""
    last_modified: str = ""

    @classmethod
    def of(cls, headers: Any) -> Validators:
        """Those of an answer."""
        return cls(sendable(headers.get("ETag")), sendable(headers.get("Last-Modified")))

    def if_changed(self) -> dict[str, str]:
        """Headers that ask for the file only if it has changed."""
        sent = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in sent.items() if value}

    @property
    def of_range(self) -> str:
        """What a part must match for the rest to be sent; a weak tag does not do for that."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


def sendable(said: object) -> str:
    """What a server or a file of notes said, if it can be sent back as it is, else nothing."""
    plain = isinstance(said, str) and said.isascii() and said.isprintable() and len(said) < 1_000
    return str(said) if plain else ""


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that came over the net whole; the last attempt went on from ``resumed_from``."""

    part: Path
    validators: Validators
    size: int
    resumed_from: int


@dataclass(frozen=True, slots=True)
class Partial:
    """A download on its way: the bytes so far, and beside them what they are of."""

    path: Path

    @property
    def notes(self) -> Path:
        """The file that says from which address and version the bytes are."""
        return self.path.with_name(self.path.name + ".json")

    def start(self, address: str) -> tuple[int, str]:
        """How many bytes are there to go on from, and what the server is to compare them by."""
        try:
            notes = json.loads(self.notes.read_text(encoding="utf-8"))
            found = self.path.lstat()
        except (OSError, ValueError, RecursionError):
            return 0, ""
        same = isinstance(notes, dict) and notes.get("address") == address
        known = sendable(notes.get("validator")) if same else ""
        whole = stat.S_ISREG(found.st_mode) and found.st_size
        return (found.st_size, known) if known and whole else (0, "")

    def begin(self, address: str, validator: str) -> None:
        """Note what the bytes to come are of."""
        notes = {"address": address, "validator": validator}
        self.notes.write_text(json.dumps(notes), encoding="utf-8")

    def forget(self) -> None:
        """Remove what is there."""
        self.path.unlink(missing_ok=True)
        self.notes.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file to be had, and how."""

    web: Web
    address: str
    partial: Partial
    known: Validators | None
    progress: Progress | None
    trusted: Trusted | None


def download(
    web: Web,
    address: str,
    part: Path,
    *,
    known: Validators | None = None,
    progress: Progress | None = None,
    trusted: Trusted | None = None,
) -> Downloaded | None:
    """Download a file, going on where an earlier attempt broke off.

    Parameters
    ----------
    part
        Where the bytes are gathered.
    known
        The validators of the copy that is there already.
    trusted
        Whom the server may lead to.

    Returns
    -------
    Downloaded or None
        None if the server says that the copy which is there is current.

    Raises
    ------
    Unreachable
        If the file cannot be had, or the connection keeps breaking; what has come stays for the
        next time.
    FetchError
        If the file cannot be written, is too large or no file at all; nothing of it stays.
    """
    partial = Partial(part)
    wanted = _Wanted(web, address, partial, known, progress, trusted)
    reason = ""
    web.begin(address)
    for attempt in range(web.attempts):
        try:
            found = _attempt(wanted)
        except (TooMuch, NoFile):
            partial.forget()
            raise
        except BROKEN as error:
            reason = str(error) or type(error).__name__
        except OSError as error:
            raise FetchError(f"{part}: the file cannot be written: {error.strerror}") from None
        else:
            if found is None:
                return None
            if isinstance(found, Downloaded):
                return found
            reason = found
        web.wait(attempt)
    there = part.stat().st_size if part.exists() else 0
    raise Unreachable(
        f"{address}: the connection broke off {web.attempts} times ({reason}); {there:,} bytes "
        f"are kept in {part}: the same command goes on from there"
    )


def _attempt(wanted: _Wanted) -> Downloaded | str | None:
    """The file if it came whole, None if it has not changed, else what went wrong."""
    partial = wanted.partial
    start, validator = partial.start(wanted.address)
    if start:
        headers = {"Range": f"bytes={start}-", "If-Range": validator}
    else:
        partial.forget()
        headers = wanted.known.if_changed() if wanted.known else {}
    with wanted.web.ask(wanted.address, headers, wanted.trusted) as answer:
        if answer.status == 304:
            return None
        if answer.status == 416 or (answer.status == 206 and _first(answer.headers) != start):
            partial.forget()
            return "the server has not the rest that was asked for"
        _check_kind(answer, wanted.address)
        found = Validators.of(answer.headers)
        if answer.status != 206:
            start = 0
            partial.begin(wanted.address, found.of_range)
        total = _total(answer.headers, start)
        limits = wanted.web.limits
        limits.check_size(wanted.address, total or 0)
        limits.check_room(partial.path.parent, (total or start) - start)
        size = _append(wanted, answer, start, total)
    if total is None or size == total:
        return Downloaded(partial.path, found, size, start)
    if size > total:
        partial.forget()
    return f"{size:,} of {total:,} bytes came"


class NoFile(Unreachable):
    """What came is no file, or could break off without being noticed."""


def _check_kind(answer: Any, address: str) -> None:
    """Refuse what is no file, or could break off unnoticed."""
    kind = answer.headers.get_content_type() if answer.headers.get("Content-Type") else ""
    if kind in {"text/html", "application/xhtml+xml"}:
        raise NoFile(f"{address}: a web page came in place of the file ({kind})")
    if not says_its_length(answer):
        raise NoFile(
            f"{address}: the server does not say how long the file is, so it could not be told "
            "whether it came whole"
        )


def _append(wanted: _Wanted, answer: Any, start: int, total: int | None) -> int:
    limits, path = wanted.web.limits, wanted.partial.path
    size = looked = start
    with path.open("ab" if start else "wb") as file:
        for chunk in body(answer):
            size += len(chunk)
            limits.check_size(wanted.address, size)
            if size - looked >= _ROOM_EVERY:
                limits.check_room(path.parent, len(chunk))
                looked = size
            file.write(chunk)
            if wanted.progress:
                wanted.progress(size, total)
    return size


_CONTENT_RANGE = re.compile(r"bytes ([0-9]{1,15})-[0-9]{1,15}/([0-9]{1,15}|\*)")


def _first(headers: Any) -> int:
    found = _CONTENT_RANGE.match(headers.get("Content-Range") or "")
    return int(found[1]) if found else -1


def _total(headers: Any, start: int) -> int | None:
    """How long the whole file is, as far as the server says."""
    found = _CONTENT_RANGE.match(headers.get("Content-Range") or "")
    if found and found[2] != "*":
        return int(found[2])
    length = number(headers.get("Content-Length"))
    return None if length is None else start + length
