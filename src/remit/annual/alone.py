"""Whoever changes the evidence of an assessment reads and writes it alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from remit.files.gate import Gate
from remit.files.patience import Called, Patience
from remit.files.reading import is_named, regular_file
from remit.model.errors import AnnualError

WAIT_SECONDS = 60.0

_EVIDENCE = Called(name="evidence", busy="Try again when the other import is done")


def where_evidence_is(folder: Path) -> Path:
    """``evidence.csv`` of a folder, or what it leads to: a link stays one when it is written.

    Raises
    ------
    AnnualError
        If it is a link that leads nowhere or back to itself.

    Examples
    --------
    >>> where_evidence_is(Path("2024-25")).name
    'evidence.csv'
    """
    path = folder / "evidence.csv"
    if is_named(path):
        with regular_file(path, error=AnnualError):
            return path.resolve()
    return path


@contextmanager
def alone_with_evidence(folder: Path) -> Iterator[None]:
    """Hold ``evidence.csv`` of a folder from reading to writing; another import waits meanwhile.

    The lock's file goes with it, unless others waited: then it stays, empty, for the next. An
    editor knows nothing of the lock: what it writes meanwhile is not held off.

    Raises
    ------
    StoreError
        If another import does not end within a minute, or nothing can be locked in the folder.
    AnnualError
        If ``evidence.csv`` is there and is no file.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, alone_with_evidence(Path(folder)):
    ...     _ = (Path(folder) / "evidence.csv").write_text("id,kind")
    """
    path = where_evidence_is(folder)
    gate = Gate(path, exclusive=True, patience=Patience(path, WAIT_SECONDS, _EVIDENCE))
    with gate:
        try:
            yield
        finally:
            gate.undo()
