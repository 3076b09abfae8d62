"""Folders of pages: which may be written to, and how a new one takes its place."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from remit.model.errors import RemitError

MARKER = ".remit-site.json"
"""The file by which a folder is known as a site of Remit's, which may be replaced."""


class SiteError(RemitError):
    """The site cannot be written as asked."""


def check_folder(out: Path) -> None:
    """Whether pages may be written to a folder: it is missing, empty, or was written by Remit.

    Raises
    ------
    SiteError
        If it holds something else, is a file, or if the styles have not been set up.
    """
    if out.is_file():
        raise SiteError(f"{out} is a file; name a folder to write the site to")
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise SiteError(
            f"{out} is not empty and is no site that Remit wrote; name another folder, so that "
            "nothing of yours is lost"
        )
    if not (_static_root() / "vendor" / "nhsuk.css").is_file():
        raise SiteError(
            "the NHS styles have not been set up; run `python tools/assets.py` in the folder of "
            "the source code"
        )


def take_place(fresh: Path, out: Path, former: Path) -> None:
    """Move a new site to its place; if that fails, the former one goes back."""
    was_there = out.exists()
    if was_there:
        out.rename(former)
    try:
        fresh.rename(out)
    except OSError:
        if was_there:
            former.rename(out)
        raise


def _static_root() -> Path:
    return Path(str(resources.files("remit.pages"))) / "static"
