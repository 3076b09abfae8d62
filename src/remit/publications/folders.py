"""Which files are meant: a folder stands for the tables in it, a pattern for what it matches.

Windows shells hand ``*.csv`` on as it is, so patterns are resolved here.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from remit.model.errors import PublicationError

SUFFIXES = (".csv", ".xlsx", ".xlsm", ".xls", ".zip")
"""What the files of a publication end in."""


def expand(paths: Iterable[Path]) -> list[Path]:
    """Files, the tables of folders, and what patterns match, each once and in order.

    Raises
    ------
    PublicationError
        If a folder holds no table or a pattern matches nothing.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found |= dict.fromkeys(_expanded(path))
    return list(found)


def _expanded(path: Path) -> list[Path]:
    if path.is_dir():
        # Excel keeps a file ~$name beside a workbook that is open.
        files = sorted(
            file
            for file in path.iterdir()
            if file.suffix.lower() in SUFFIXES and not file.name.startswith("~$")
        )
        if not files:
            raise PublicationError(
                f"{path}: the folder holds no CSV file, no Excel workbook and no zip archive"
            )
        return files
    if any(mark in path.name for mark in "*?[") and not path.exists():
        files = sorted(path.parent.glob(path.name))
        if not files:
            raise PublicationError(f"{path}: no file fits this pattern")
        return files
    return [path]
