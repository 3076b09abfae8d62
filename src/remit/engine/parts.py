"""Work that is done part by part: each part that is whole is kept, and not done again."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from remit.engine.listing import identity
from remit.files.whole import write_whole
from remit.model.errors import ActivityError

PARTS = ".remit-parts"
"""The hidden folder, in that of the output, of parts that are done."""


class Parts:
    """A folder of parts: what a run that was broken off has done is there for the next.

    Parameters
    ----------
    out
        The folder of the output.
    asked
        All that the figures depend on, in words; other words, other parts.
    files
        The files that are read: one that was changed since counts as another.
    """

    def __init__(self, out: Path, asked: str, files: Sequence[Path]) -> None:
        known = [asked, *(identity(one) for one in files)]
        name = hashlib.sha256("\n".join(known).encode()).hexdigest()[:16]
        self._root = out / PARTS
        self._folder = self._root / name

    def do(
        self,
        names: Sequence[str],
        work: Callable[[str], pl.DataFrame],
        tell: Callable[[int, int], None] | None = None,
    ) -> pl.DataFrame:
        """All parts together, in the order of their names as given.

        Parameters
        ----------
        names
            The parts.
        work
            Does a part that is not there yet.
        tell
            Is called with how many are done and how many there are.

        Raises
        ------
        ActivityError
            If a part cannot be written.
        """
        found = []
        for number, name in enumerate(names, 1):
            found.append(self._part(name, work))
            if tell is not None:
                tell(number, len(names))
        return pl.concat(found) if found else pl.DataFrame()

    def clear(self) -> None:
        """Remove the parts, when the whole is written."""
        shutil.rmtree(self._root, ignore_errors=True)

    def _part(self, name: str, work: Callable[[str], pl.DataFrame]) -> pl.DataFrame:
        path = self._folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.parquet"
        if path.is_file():
            return pl.read_parquet(path)
        done = work(name)
        stream = _bytes(done)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, stream)
        except OSError as error:
            said = error.strerror or error
            raise ActivityError(f"{path.parent}: a part cannot be written: {said}") from None
        return done


def _bytes(table: pl.DataFrame) -> bytes:
    import io

    stream = io.BytesIO()
    table.write_parquet(stream)
    return stream.getvalue()
