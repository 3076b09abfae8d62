"""A folder of an assessment as bytes: nothing outside it is read, and all of it is told."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from remit.files.limits import TEXT_BYTES, Limit
from remit.files.reading import is_folder, read_bytes
from remit.model.errors import AnnualError

MOST_FILES = Limit("REMIT_MOST_YEAR_FILES", 500)
"""Files of one assessment."""
MOST_TOGETHER = Limit("REMIT_LARGEST_YEAR", 20_000_000)
"""Bytes of all its files together."""
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class YearRejected:
    """What was not taken in: where it stands, and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class YearFolder:
    """The files of a folder, and what of it is none of them."""

    files: dict[str, bytes]
    rejected: tuple[YearRejected, ...]


def read_folder(folder: Path) -> YearFolder:
    """All files of a folder, whatever they are; hidden ones are told and left.

    Parameters
    ----------
    folder
        As ``remit annual new`` writes it.

    Raises
    ------
    AnnualError
        If there is no such folder, something in it is a link or no file, a name cannot be kept, or
        it is larger than an assessment is.

    Examples
    --------
    >>> sorted(read_folder(Path("demo/annual/now")).files)[0]  # doctest: +SKIP
    'assessment.yaml'
    """
    if not is_folder(folder):
        raise AnnualError(f"{folder}: there is no such folder; begin with: remit annual new")
    files: dict[str, bytes] = {}
    rejected = []
    size = 0
    for path, entry in _entries(folder, ""):
        if entry.name.startswith("."):
            rejected.append(YearRejected(path, "what is hidden is no part of an assessment"))
            continue
        files[path] = read_bytes(folder / path, limit=TEXT_BYTES, error=AnnualError)
        size += len(files[path])
        for many, limit, what in (
            (len(files), MOST_FILES, "files"), (size, MOST_TOGETHER, "bytes"),
        ):  # fmt: skip
            if many > limit.now:
                raise AnnualError(f"{folder}: it holds more than {limit.now:,} {what}, more than "
                                  f"an assessment does; {limit.remedy}")  # fmt: skip
    return YearFolder(files, tuple(rejected))


def _entries(folder: Path, below: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The files below a folder, each with its path from there; what is hidden is given as it is."""
    try:
        with os.scandir(folder / below) as found:
            entries = sorted(found, key=lambda one: one.name)
    except OSError as fault:
        raise AnnualError(f"{folder / below}: it cannot be read: {fault.strerror}") from None
    for entry in entries:
        path = f"{below}/{entry.name}" if below else entry.name
        if not entry.name.isprintable() or "\\" in entry.name:
            raise AnnualError(f"{folder / below}: the name {entry.name!r} cannot be kept; give the "
                              "file another")  # fmt: skip
        if entry.name.startswith("."):
            yield path, entry
        elif entry.is_symlink():
            raise AnnualError(f"{folder / path}: this is a link, and where it leads is not looked "
                              "at; put the file itself there")  # fmt: skip
        elif entry.is_dir(follow_symlinks=False):
            if path.count("/") + 1 >= _DEEPEST:
                raise AnnualError(f"{folder / path}: folders lie deeper than an assessment has "
                                  "them; take it out")  # fmt: skip
            yield from _entries(folder, path)
        elif stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
            yield path, entry
        else:
            raise AnnualError(f"{folder / path}: this is no file; take it out")
