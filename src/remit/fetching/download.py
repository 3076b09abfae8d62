"""Downloading one file: begun again where it broke off, and checked for its length."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remit.fetching.web import BROKEN, Unreachable, Web
from remit.model.errors import FetchError

Progress = Callable[[int, int | None], None]
"""Is told how many bytes are there, and of how many if that is known."""

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server tells whether a file has changed."""

    etag: str = ""
    last_modified: str = ""

    @classmethod
    def of(cls, headers: Any) -> Validators:
        """Those of an answer."""
        return cls(headers.get("ETag") or "", headers.get("Last-Modified") or "")

    def if_changed(self) -> dict[str, str]:
        """Headers that ask for the file only if it has changed."""
        sent = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in sent.items() if value}

    @property
    def of_range(self) -> str:
        """What a part must match for the rest to be sent; a weak tag does not do for that."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


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
            notes: Mapping[str, str] = json.loads(self.notes.read_text(encoding="utf-8"))
            size = self.path.stat().st_size
        except (OSError, ValueError):
            return 0, ""
        known = notes.get("validator", "") if notes.get("address") == address else ""
        return (size, known) if known and size else (0, "")

    def begin(self, address: str, validator: str) -> None:
        """Note what the bytes to come are of."""
        notes = {"address": address, "validator": validator}
        self.notes.write_text(json.dumps(notes), encoding="utf-8")

    def forget(self) -> None:
        """Remove what is there."""
        self.path.unlink(missing_ok=True)
        self.notes.unlink(missing_ok=True)


def download(
    web: Web,
    address: str,
    part: Path,
    known: Validators | None = None,
    progress: Progress | None = None,
) -> Downloaded | None:
    """Download a file, going on where an earlier attempt broke off.

    Parameters
    ----------
    part
        Where the bytes are gathered.
    known
        The validators of the copy that is there already.

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
        If the file cannot be written.
    """
    partial = Partial(part)
    reason = ""
    for attempt in range(web.attempts):
        try:
            found = _attempt(web, address, partial, known, progress)
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


def _attempt(
    web: Web, address: str, partial: Partial, known: Validators | None, progress: Progress | None
) -> Downloaded | str | None:
    """The file if it came whole, None if it has not changed, else what went wrong."""
    start, validator = partial.start(address)
    if start:
        headers = {"Range": f"bytes={start}-", "If-Range": validator}
    else:
        partial.forget()
        headers = known.if_changed() if known else {}
    with web.ask(address, headers) as answer:
        if answer.status == 304:
            return None
        if answer.status == 416 or (answer.status == 206 and _first(answer.headers) != start):
            partial.forget()
            return "the server has not the rest that was asked for"
        found = Validators.of(answer.headers)
        if answer.status != 206:
            start = 0
            partial.begin(address, found.of_range)
        total = _total(answer.headers, start)
        size = _append(answer, partial.path, start, total, progress)
    if total is None or size == total:
        return Downloaded(partial.path, found, size, start)
    if size > total:
        partial.forget()
    return f"{size:,} of {total:,} bytes came"


def _append(
    answer: Any, path: Path, start: int, total: int | None, progress: Progress | None
) -> int:
    size = start
    with path.open("ab" if start else "wb") as file:
        while chunk := answer.read(_CHUNK):
            file.write(chunk)
            size += len(chunk)
            if progress:
                progress(size, total)
    return size


_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


def _first(headers: Any) -> int:
    found = _CONTENT_RANGE.match(headers.get("Content-Range") or "")
    return int(found[1]) if found else -1


def _total(headers: Any, start: int) -> int | None:
    """How long the whole file is, as far as the server says."""
    found = _CONTENT_RANGE.match(headers.get("Content-Range") or "")
    if found and found[2] != "*":
        return int(found[2])
    length = headers.get("Content-Length")
    return start + int(length) if length and length.isdigit() else None
