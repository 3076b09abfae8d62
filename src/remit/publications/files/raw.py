"""A file as it lies on the disk: bytes, and what identifies them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from remit.model.plain_text import shown_on_one_line


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file's bytes and what identifies them.

    Of a file in a zip archive, ``path`` and ``sha256`` are the archive's, ``content`` and
    ``member`` those of the one table in it; ``passed_over`` names what else the archive holds.
    Where it holds several, each is a file of its own: ``archive`` is the archive's name, ``sha256``
    the member's, and ``path`` only says where it lies.
    """

    path: Path
    content: bytes
    sha256: str
    member: str = ""
    passed_over: tuple[str, ...] = ()
    archive: str = ""

    @property
    def name(self) -> str:
        """The file's name without its folder, as it may be kept and shown."""
        if self.archive:
            return shown_on_one_line(f"{self.archive}/{self.member}")
        return shown_on_one_line(self.path.name)
