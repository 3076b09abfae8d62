"""What one fictional trust was asked in a winter, and its executives' diary of that winter.

Senders are bodies and teams, never people; addresses end in ``.example``, which nobody can own.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

ASKED = "ZA1"
"""The trust that is asked."""

ASKS, DIARY = "sample-asks.csv", "sample-diary.ics"
_KEPT = {ASKS: ("asks.csv", "\n"), DIARY: ("diary.ics", "\r\n")}


def write_correspondence(folder: Path) -> tuple[Path, Path]:
    """Write a list of asks and a calendar into a folder, which is made if need be.

    Returns
    -------
    tuple of Path
        The list (thirty asks; the last has a date that is none) and the calendar.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, (kept, line_end) in _KEPT.items():
        text = resources.files("remit.sample").joinpath(kept).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8", newline=line_end)
    return folder / ASKS, folder / DIARY
