"""Which files are meant: a folder stands for the tables in it, a pattern for what it matches.

Windows shells hand ``*.csv`` on as it is, so patterns are resolved here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from fnmatch import fnmatch
from pathlib import Path

from remit.files.limits import LISTED_FILES
from remit.files.reading import in_words, is_folder, is_there
from remit.model.errors import PublicationError

SUFFIXES = (".csv", ".xlsx", ".xlsm", ".xls", ".zip")
"""What the files of a publication end in."""


def expand(paths: Iterable[Path]) -> list[Path]:
    """Files, the tables of folders, and what patterns match, each once and in order.

    Raises
    ------
    PublicationError
        If a folder holds no table, too many, or cannot be listed, or a pattern matches nothing.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found |= dict.fromkeys(_expanded(path))
    return list(found)


def _expanded(path: Path) -> list[Path]:
    if is_folder(path):
        # Excel keeps a file ~$name beside a workbook that is open.
        return _listed(
            path,
            lambda name: Path(name).suffix.lower() in SUFFIXES and not name.startswith("~$"),
            "the folder holds no CSV file, no Excel workbook and no zip archive",
        )
    if any(mark in path.name for mark in "*?[") and not is_there(path):
        pattern = path.name
        return _listed(
            path.parent,
            lambda name: fnmatch(name, pattern),
            f"no file fits this pattern ({pattern})",
        )
    return [path]


def _listed(folder: Path, is_meant: Callable[[str], bool], if_none: str) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if is_meant(entry.name)]
    except OSError as fault:
        raise PublicationError(f"{folder}: {in_words(fault)}") from None
    if not names:
        raise PublicationError(f"{folder}: {if_none}")
    if len(names) > LISTED_FILES.now:
        raise PublicationError(
            f"{folder}: {len(names):,} files are too many for one command; {LISTED_FILES.remedy}"
        )
    return sorted(folder / name for name in names)
