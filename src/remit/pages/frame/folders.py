"""Folders of pages: which may be written to."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from importlib import resources
from importlib.metadata import version
from pathlib import Path

from remit.files.outputs import true_place
from remit.files.reading import in_words
from remit.model.errors import RemitError
from remit.words.sentences import listed

MARKER = ".remit-site.json"
"""The file by which a folder is known as a site of Remit's, which may be replaced."""


_NAMED = 3


class SiteError(RemitError):
    """The site cannot be written as asked."""


def check_folder(out: Path) -> None:
    """Whether pages may be written to a folder: it is missing, empty, or was written by Remit.

    Raises
    ------
    SiteError
        If it holds something else, if only beside what Remit wrote, is a file, or a link to itself.
    """
    try:
        true_place(out)
    except OSError as fault:
        raise SiteError(f"{out}: {in_words(fault)}") from None
    if out.is_file():
        raise SiteError(f"{out} is a file; name a folder to write the site to")
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise SiteError(
            f"{out} is not empty and is no folder that Remit wrote; name another folder, so that "
            "nothing of yours is lost"
        )
    if foreign := _foreign(out):
        raise SiteError(
            f"{out} holds what Remit did not write: {listed(foreign[:_NAMED])}"
            f"{f' and {len(foreign) - _NAMED} more' if len(foreign) > _NAMED else ''}; move it "
            "away or name another folder, so that nothing of yours is lost"
        )


def note_files(folder: Path) -> None:
    """Note in the marker all files of a whole folder: what is found later is a user's."""
    marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    marker["files"] = _files(folder)
    (folder / MARKER).write_text(json.dumps(marker) + "\n", encoding="utf-8")


def _foreign(folder: Path) -> list[str]:
    """The files of a folder that Remit did not write, as far as its marker tells what it did."""
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        written = set(marker["files"])
    except (OSError, ValueError, KeyError, TypeError):  # missing, or of an earlier Remit
        return []
    return [name for name in _files(folder) if name not in written]


def _files(folder: Path) -> list[str]:
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != MARKER)
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def write_page(folder: Path, path: str, text: str) -> None:
    """Write a page, or a file beside it, at a path within a folder."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")


def add_what_all_have(folder: Path, periods: Sequence[str] = ()) -> None:
    """Add styles and pictures to a folder of pages, and the file by which it is known."""
    copy_static(folder)
    write_marker(folder, periods)


def copy_static(folder: Path) -> None:
    """Add styles, scripts and pictures to a folder of pages."""
    shutil.copytree(_static_root(), folder / "static")


def write_marker(folder: Path, periods: Sequence[str]) -> None:
    """Mark a folder as one that Remit wrote and may replace."""
    marker = {"written_by": f"remit {version('remit')}", "periods": list(periods)}
    (folder / MARKER).write_text(json.dumps(marker) + "\n", encoding="utf-8")


def _static_root() -> Path:
    return Path(str(resources.files("remit.pages"))) / "static"
