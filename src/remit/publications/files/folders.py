"""Which files are meant: a folder stands for all tables in and below it, a pattern for what fits.

Windows shells hand ``*.csv`` on as it is, so patterns are resolved here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path, PurePath

from remit.files.limits import LISTED_FILES
from remit.files.reading import in_words, is_folder, is_there
from remit.files.records import decoded, first_records, separators_in
from remit.model.errors import PublicationError

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".zip")
"""What the files of a publication end in; a ``.txt`` is one if it looks like a table."""

_PLAIN = ".txt"
HEAD = 4_096
"""So much of a text tells whether it is a table."""

_FEWEST_CELLS = 3

# What programs leave beside people's files, and what Remit keeps of its own.
_PASSING = re.compile(
    r"[.~].*|(?:eh)?thumbs\.db|desktop\.ini|icon\r?|.*\.(?:tmp|part|crdownload|download|bak)"
    r"|.*\.duckdb(?:\..*)?",
    re.IGNORECASE,
)
_PASSING_FOLDERS = re.compile(
    r"[.$].*|__macosx|__pycache__|system volume information", re.IGNORECASE
)


@dataclass(slots=True)
class Meant:
    """The files that are meant, and what of folders was passed over."""

    files: dict[Path, None] = field(default_factory=dict)
    passing: dict[Path, None] = field(default_factory=dict)
    """Temporary files and those of systems."""
    no_tables: dict[Path, None] = field(default_factory=dict)
    barred: dict[str, None] = field(default_factory=dict)
    """Folders below that cannot be listed, each with the reason."""


def expand(paths: Iterable[Path]) -> list[Path]:
    """Files, the tables of folders, and what patterns match, each once and in order.

    Raises
    ------
    PublicationError
        As :func:`meant_by`.
    """
    return list(meant_by(paths).files)


def meant_by(paths: Iterable[Path]) -> Meant:
    """As :func:`expand`, with what lay in the folders beside the tables.

    Raises
    ------
    PublicationError
        If a folder holds no table, too many files, or cannot be listed, or a pattern matches
        nothing.
    """
    meant = Meant()
    for path in paths:
        if is_folder(path):
            _take_folder(path, meant)
        elif any(mark in path.name for mark in "*?[") and not is_there(path):
            meant.files |= dict.fromkeys(_matching(path))
        else:
            meant.files[path] = None
    return meant


def _take_folder(folder: Path, meant: Meant) -> None:
    found = _bounded(folder, _below(folder, meant))
    for path in found:
        if _PASSING.fullmatch(path.name):
            meant.passing[path] = None
        elif is_table(path):
            meant.files[path] = None
        else:
            meant.no_tables[path] = None
    if not meant.barred and not any(path in meant.files for path in found):
        raise PublicationError(
            f"{folder}: the folder holds no CSV file, no workbook and no zip archive, nor do those "
            "below it"
        )


def _below(folder: Path, meant: Meant) -> Iterator[Path]:
    """All files of a folder and of those below it, in order; links to folders are not followed."""

    def bar(fault: OSError) -> None:
        said = f"{fault.filename or folder}: {in_words(fault)}"
        if str(fault.filename) == str(folder):
            raise PublicationError(said) from None
        meant.barred[said] = None

    for place, folders, names in os.walk(folder, onerror=bar):
        folders[:] = sorted(name for name in folders if not _PASSING_FOLDERS.fullmatch(name))
        yield from (Path(place) / name for name in sorted(names))


def is_passing(path: PurePath) -> bool:
    """Whether a file is one that programs leave beside people's, or lies in a folder of such."""
    *folders, name = path.parts
    named = [folder for folder in folders if folder.strip(".")]
    return bool(_PASSING.fullmatch(name)) or any(map(_PASSING_FOLDERS.fullmatch, named))


def is_table(path: Path) -> bool:
    """Whether a file of a folder is one of a publication, by its ending or (``.txt``) its look."""
    suffix = path.suffix.lower()
    return suffix in SUFFIXES or (suffix == _PLAIN and _looks_like_table(path))


def _looks_like_table(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return looks_like_table(file.read(HEAD))
    except OSError:
        return True  # so that it is told why it cannot be read


def looks_like_table(content: bytes) -> bool:
    """Whether the first lines of a text have several cells, and equally many."""
    text = decoded(content[:HEAD]).text
    separator = separators_in(text)[0]
    rows = [cells for _, cells in first_records(text, separator, 3)]
    widths = [len(cells) for cells in rows if isinstance(cells, list)]
    return len(widths) > 1 and widths[0] >= _FEWEST_CELLS and widths[0] == widths[1]


def _matching(path: Path) -> list[Path]:
    try:
        with os.scandir(path.parent) as entries:
            names = [entry.name for entry in entries if fnmatch(entry.name, path.name)]
    except OSError as fault:
        raise PublicationError(f"{path.parent}: {in_words(fault)}") from None
    if not names:
        raise PublicationError(f"{path.parent}: no file fits this pattern ({path.name})")
    return sorted(_bounded(path.parent, (path.parent / name for name in names)))


def _bounded(folder: Path, paths: Iterable[Path]) -> list[Path]:
    found = list(paths)
    if len(found) > LISTED_FILES.now:
        raise PublicationError(
            f"{folder}: {len(found):,} files are too many for one command; {LISTED_FILES.remedy}"
        )
    return found
