"""Waiting for others: who waits long is told for whom, and who waits too long is told so."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from remit.files.telling import tell
from remit.model.errors import StoreError

TOLD_AFTER = 2.0
"""Seconds after which who waits is told for whom."""

_SHORTEST, _LONGEST = 0.001, 0.02


class InUse(StoreError):
    """Others have the file, and did not give it back in time."""


@dataclass(frozen=True, slots=True)
class Called:
    """What the user calls the file, what it is not if it is foreign, and what to do if it is busy.

    Attributes
    ----------
    name
        Such as ``store``.
    missing
        What to say where there is no file; ``{name}`` stands for the name asked for.
    foreign
        What to say of a file that is none.
    busy
        What to do when it stays in use.
    made
        What makes such a file, said where one of figures is given in its place.
    """

    name: str = "store"
    missing: str = "there is no store; make one with: remit ingest FILES --store {name}"
    foreign: str = "this is no store of Remit; give another path with --store"
    busy: str = "Try again, or wait longer (remit ingest --wait SECONDS)"
    made: str = "It is made of such files, by: remit ingest FILES --store remit.duckdb"


STORE = Called()


class Patience:
    """How long one who opens a file is ready to wait, over all that he waits for.

    Parameters
    ----------
    path
        The file.
    seconds
        From now on.
    called
        What the user calls the file.
    """

    def __init__(self, path: Path, seconds: float, called: Called = STORE) -> None:
        self._path = path
        self._seconds = seconds
        self._called = called
        self._began = time.monotonic()
        self._pause = _SHORTEST
        self._has_told = False

    def wait(self, for_whom: Callable[[], str]) -> None:
        """Wait a moment.

        Raises
        ------
        InUse
            If the time is over.
        """
        waited = time.monotonic() - self._began
        if waited >= self._seconds:
            raise InUse(
                f"{self._path}: the {self._called.name} is in use by {for_whom()}, and was not "
                f"free within {self._seconds:g} seconds; nothing was changed. {self._called.busy}"
            )
        if waited >= TOLD_AFTER and not self._has_told:
            self._has_told = True
            tell(
                f"{self._path.name} is in use by {for_whom()}; waiting up to "
                f"{self._seconds:g} seconds"
            )
        time.sleep(min(self._pause, self._seconds - waited))
        self._pause = min(self._pause * 2, _LONGEST)
