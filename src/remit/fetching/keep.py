"""Keeping what was downloaded: the original beside its sha256, known again the next time."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from remit.fetching.addresses import Trusted, host_of
from remit.fetching.download import Downloaded, Progress, Validators, download, sendable
from remit.fetching.find import FoundFile
from remit.fetching.web import Web
from remit.files.whole import write_whole
from remit.model.errors import FetchError, PublicationError
from remit.publications.recognise import read_file
from remit.publications.rows.reading import Reading, ReadingContext

INDEX = "fetched.json"
"""The file that says, of each file of a folder, from where and when it came."""

Outcome = Literal["new", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """One file of a publication, as it lies in the folder.

    Attributes
    ----------
    outcome
        ``new``; ``changed`` where another file lay at the same address before, which stays as
        ``earlier``; ``unchanged``.
    reading
        The file as read: its content is that of the publication.
    resumed_from
        So many bytes were there when the download, having broken off, was gone on with.
    """

    file: FoundFile
    path: Path
    outcome: Outcome
    sha256: str
    size: int
    reading: Reading
    resumed_from: int = 0
    earlier: Path | None = None


def fetch(
    file: FoundFile,
    publication_id: str,
    folder: Path,
    *,
    web: Web,
    context: ReadingContext,
    progress: Progress | None = None,
) -> Fetched:
    """Download one file unless it is there unchanged, check it and keep it.

    Parameters
    ----------
    file
        As :func:`remit.fetching.find` found it.
    publication_id
        What the content must be recognised as.
    folder
        Where originals are kept, each with ``NAME.sha256`` beside it.

    Raises
    ------
    FetchError
        If the file cannot be had or kept, or its content is not the publication's; it is then
        set aside as ``NAME.refused``.
    """
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        index = _Index.read(folder)
        target = folder / index.name_for(file)
        known = index.known(target, file.address)
    trusted = Trusted.of(file.page, (host_of(file.address), *file.hosts))
    part = folder / f"{target.name}.part"
    found = download(web, file.address, part, known=known, progress=progress, trusted=trusted)
    if found is None:
        reading = _checked(target, publication_id, context)
        size = target.stat().st_size
        return Fetched(file, target, "unchanged", _sha256(target), size, reading)
    with _writing(folder):
        return _kept(file, target, found, index, (publication_id, context))


def _kept(
    file: FoundFile,
    target: Path,
    found: Downloaded,
    index: _Index,
    expected: tuple[str, ReadingContext],
) -> Fetched:
    digest = _sha256(found.part)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".checking-") as aside:
        # Readers go by the file's name too, so it is checked under the one it will have.
        waiting = Path(aside) / target.name
        found.part.replace(waiting)
        found.part.with_name(found.part.name + ".json").unlink(missing_ok=True)
        try:
            reading = _checked(waiting, *expected)
        except FetchError as error:
            refused = target.with_name(f"{target.name}.refused")
            waiting.replace(refused)
            raise FetchError(f"{error} It is set aside as {refused}") from None
        earlier = None
        before = _sha256(target) if target.exists() else None
        if before and before != digest:
            earlier = target.with_name(f"{target.stem}-{before[:8]}{target.suffix}")
            target.replace(earlier)
            _write_sha256(earlier, before)
        waiting.replace(target)
    _write_sha256(target, digest)
    index.note(target, file.address, found.validators, digest)
    outcome: Outcome = "new" if before is None else "changed" if earlier else "unchanged"
    return Fetched(file, target, outcome, digest, found.size, reading, found.resumed_from, earlier)


def _checked(path: Path, publication_id: str, context: ReadingContext) -> Reading:
    """The file as read, if it is of the publication."""
    try:
        reading = read_file(path, context)
    except PublicationError as error:
        said = str(error).replace(str(path), path.name)
    else:
        if reading.source.publication == publication_id:
            return reading
        said = f"{path.name}: this is “{reading.source.publication_name}”."
    raise FetchError(
        f"{said}\nThe page of {publication_id} led to it, but its content is not that "
        "publication's as Remit knows it."
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_sha256(path: Path, digest: str) -> None:
    """In the form that ``sha256sum --check`` reads."""
    beside = path.with_name(f"{path.name}.sha256")
    write_whole(beside, f"{digest}  {path.name}\n")


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        place = error.filename or folder
        raise FetchError(f"{place}: cannot be written: {error.strerror or error}") from None


class _Index:
    """What is known of the files of a folder from when they were fetched."""

    def __init__(self, path: Path, entries: dict[str, dict[str, Any]]) -> None:
        self._path = path
        self._entries = entries

    @classmethod
    def read(cls, folder: Path) -> _Index:
        """The index of a folder; one that is missing or damaged is begun anew."""
        path = folder / INDEX
        try:
            entries = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            entries = {}
        sound = isinstance(entries, dict) and all(isinstance(e, dict) for e in entries.values())
        return cls(path, entries if sound else {})

    def name_for(self, file: FoundFile) -> str:
        """The name that a file is kept under; with its period where another has the name."""
        name = _safe(file.name)
        held = self._entries.get(name, {}).get("address", file.address)
        if held == file.address or file.period is None:
            return name
        return f"{file.period.start:%Y-%m} {name}"

    def known(self, target: Path, address: str) -> Validators | None:
        """The validators of a copy that is there and is as it came, else None."""
        entry = self._entries.get(target.name, {})
        if entry.get("address") != address or not target.exists():
            return None
        if entry.get("sha256") != _sha256(target):
            return None
        return Validators(sendable(entry.get("etag")), sendable(entry.get("last_modified")))

    def note(self, target: Path, address: str, validators: Validators, digest: str) -> None:
        """Remember a file; the index is replaced as a whole."""
        self._entries[target.name] = {
            "address": address,
            "sha256": digest,
            "bytes": target.stat().st_size,
            "etag": validators.etag,
            "last_modified": validators.last_modified,
            "fetched_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        text = json.dumps(self._entries, indent=2, ensure_ascii=False, sort_keys=True)
        write_whole(self._path, text + "\n")


def _safe(name: str) -> str:
    """A file's name that no system minds, that leads nowhere else and is none of our own."""
    plain = "".join(one if one.isprintable() else "_" for one in name)
    clean = _MINDED.sub("_", plain).strip(" .")[-_LONGEST_NAME:]
    while len(clean.encode()) > _LONGEST_NAME:
        clean = clean[1:]
    if _TAKEN.fullmatch(clean):
        return f"file {clean}"
    return clean.strip(" .") or "file"


_LONGEST_NAME = 150
_MINDED = re.compile(r'[<>:"/\\|?*]')
# Names of devices on Windows, and the names that this folder has for its own use.
_TAKEN = re.compile(
    r"(?i:(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?: *\..*)?"
    r"|fetched\.json|.*\.(?:sha256|part|refused|part\.json))"
)
