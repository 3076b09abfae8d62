"""Where an open file lies, and whether it still is that file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from remit.model.errors import RecordsError
from remit.records.connecting import beside


def identity(path: Path) -> tuple[int, int]:
    """By which two names are known to be one file.

    Raises
    ------
    OSError
        If there is none.
    """
    found = path.stat()
    return found.st_dev, found.st_ino


def stamp(path: Path) -> tuple[int, int]:
    """What changes when a file is written."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size


@dataclass(frozen=True, slots=True)
class Place:
    """A path with the file that was opened there."""

    path: Path
    file: tuple[int, int]
    frozen: tuple[int, int] | None = None
    """Its stamp, where it lies in a folder in which no change of others can be seen."""

    def check(self) -> None:
        """See to it that the open file is still the one of this name.

        Raises
        ------
        RecordsError
            If it was moved, deleted or replaced since it was opened.
        """
        if not self._is_there():
            raise RecordsError(
                f"{self.path}: the register was moved, deleted or replaced while this was at work; "
                "nothing was changed. Put it back and try again"
            )

    def check_kept(self) -> None:
        """See to it that what was written is in the file of this name.

        Raises
        ------
        RecordsError
            If that file is another by now, or is gone.
        """
        if not self._is_there():
            raise RecordsError(
                f"{self.path}: what was written went with the file that was moved, deleted or "
                "replaced while this was at work. Put it back, or do it again"
            )

    def _is_there(self) -> bool:
        try:
            return identity(self.path) == self.file
        except OSError:
            return False

    def check_frozen(self) -> None:
        """See to it that nobody wrote to a file of which only a still picture could be read.

        Raises
        ------
        RecordsError
            If somebody did.
        """
        if self.frozen is None:
            return
        log = beside(self.path, "-wal")
        if stamp(self.path) != self.frozen or (log.exists() and log.stat().st_size):
            raise RecordsError(
                f"{self.path}: the register was changed while it was read, where its log cannot be "
                "kept; try again"
            )
