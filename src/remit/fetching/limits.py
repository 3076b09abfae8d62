"""How much is taken from the net at most: bytes, room on the disk, and time."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from remit.model.errors import FetchError
from remit.words.figures import number_words

PAGE_BYTES = 3_000_000
"""A page of more bytes is none."""

MOST_LINKS = 20_000
"""So many links of a page are looked at."""

FILE_BYTES = 500_000_000
"""A file of more bytes is refused, whether it says so before or is found to be."""

FREE_BYTES = 200_000_000
"""So much room stays on the disk."""

ADDRESS_SECONDS = 900.0
"""For one page or file, with all attempts; a server that drips is given up."""

RUN_SECONDS = 7_200.0
"""For all pages and files of a run."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run takes at most.

    Attributes
    ----------
    file_bytes
        Of one file.
    free_bytes
        That stay free on the disk.
    address_seconds
        For one page or file.
    run_seconds
        For the run.
    """

    file_bytes: int = FILE_BYTES
    free_bytes: int = FREE_BYTES
    address_seconds: float = ADDRESS_SECONDS
    run_seconds: float = RUN_SECONDS

    def check_size(self, address: str, size: int) -> None:
        """Refuse a file that is too large.

        Raises
        ------
        TooMuch
            If it is.
        """
        if size > self.file_bytes:
            raise TooMuch(
                f"{address}: the file has over {_megabytes(self.file_bytes)}; if that is right, "
                "allow more with --most-mb"
            )

    def check_room(self, place: Path, more: int) -> None:
        """Refuse to write where the disk would be left without room.

        Raises
        ------
        TooMuch
            If it would.
        """
        free = shutil.disk_usage(place).free
        if free - more < self.free_bytes:
            raise TooMuch(
                f"{place}: the disk has {_megabytes(free)} free and {_megabytes(more)} are to "
                f"come; {_megabytes(self.free_bytes)} are to stay free. Make room, or name "
                "another folder with --to"
            )


class TooMuch(FetchError):
    """More than is taken at most."""


class Overdue(FetchError):
    """It took longer than is waited at most."""


class Deadline:
    """Until when a run, and within it the address at hand, may take.

    Parameters
    ----------
    limits
        With the seconds of both.
    clock
        Tells seconds; a test may have its own.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._run = clock() + limits.run_seconds
        self._address = self._run
        self._what = ""

    def begin(self, address: str) -> None:
        """Give an address its time."""
        self._what = address
        self._address = min(self._run, self._clock() + self._limits.address_seconds)

    def left(self) -> float:
        """Seconds that are left.

        Raises
        ------
        Overdue
            If none are.
        """
        left = self._address - self._clock()
        if left <= 0:
            of_run = self._clock() >= self._run
            seconds = self._limits.run_seconds if of_run else self._limits.address_seconds
            what = "the whole run" if of_run else "it"
            raise Overdue(
                f"{self._what}: given up, since {what} took longer than "
                f"{number_words(seconds, 0)} seconds; "
                "try again later, or allow more with --most-minutes"
            )
        return left


def _megabytes(count: float) -> str:
    return f"{number_words(count / 1e6, 0)} MB"
