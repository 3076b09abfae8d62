"""What the fictional board's own people say: comments, plans, notes on charts, and peers.

Owners of actions are roles, never people.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

REPORTED = "ZB1"
"""The system that the files speak of."""

_FILES = ("commentary", "trajectories", "annotations", "rebase", "peers")
"""The options of ``remit report`` that read them."""
UNPUBLISHED = "unpublished"
"""What ``remit preview`` reads: figures of a trust that nobody has published."""
PREVIEWED = "ZA4"
"""Whose they are."""
_NAME = "sample-{}.csv"


def write_own_files(folder: Path) -> dict[str, Path]:
    """Write the files of ``remit report``'s options into a folder, which is made if need be.

    Returns
    -------
    dict of str to Path
        By the name of the option: ``commentary``, of January to March 2026; ``trajectories``,
        ``annotations``, ``rebase`` and ``peers``; and ``unpublished``, figures of a trust before
        publication.

    Examples
    --------
    ``write_own_files(Path("demo/own"))["commentary"]``
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for option in (*_FILES, UNPUBLISHED):
        name = _NAME.format(option)
        text = resources.files("remit.sample").joinpath("own", name).read_text(encoding="utf-8")
        made[option] = folder / name
        made[option].write_text(text, encoding="utf-8", newline="\n")
    return made


def own_options(folder: Path) -> list[str]:
    """The options of ``remit report`` for the files that are written into a folder."""
    return [part for one in _FILES for part in (f"--{one}", str(folder / _NAME.format(one)))]
