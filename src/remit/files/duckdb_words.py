"""What DuckDB says of a file that it does not open, told to the user."""

from __future__ import annotations

import re
from pathlib import Path

from remit.files.patience import Called

_IN_USE = re.compile(
    r"Could not set lock|already open in|different configuration|used by another process"
)
_NO_LOCKS = re.compile(r"No locks available|not supported|not implemented", re.IGNORECASE)
# A text, and a file that DuckDB would need an extension for.
_FOREIGN = re.compile(r"not a valid DuckDB database|Loading external extensions")
# A CSV or Parquet file: what DuckDB says of it names neither the fault nor the remedy.
_FIGURES = "Cannot launch in-memory database"
_HOLDER = re.compile(r"\(PID (\d+)\)")


def is_in_use(message: str) -> bool:
    """Whether DuckDB says that another program has the file."""
    return bool(_IN_USE.search(message)) and not _NO_LOCKS.search(message)


def missing(path: Path, called: Called) -> str:
    """That there is no such file, and what to do."""
    return f"{path}: {called.missing.format(name=path.name)}"


def foreign_holder(message: str) -> str:
    """Which program that knows no gate has the file."""
    found = _HOLDER.search(message)
    if found:
        return f"process {found[1]}"
    return "this very process" if "different configuration" in message else "another process"


def why_not(path: Path, message: str, called: Called) -> str:
    """Why a file cannot be opened, with what DuckDB says of it."""
    said = f"DuckDB says: {first_line(message)}"
    if "Failure while replaying WAL" in message:
        return (
            f"the log beside the {called.name} ({path.name}.wal) does not belong to it or is "
            "damaged; put the right pair of files back, or move the log away to open the "
            f"{called.name} without what it holds. {said}"
        )
    if _FIGURES in message:
        return f"{called.foreign}. {called.made}"
    if _FOREIGN.search(message):
        return f"{called.foreign}. {said}"
    if "version number" in message:
        return f"this file was written by a newer DuckDB; update Remit to open it. {said}"
    if _NO_LOCKS.search(message):
        return f"the folder's file system keeps no locks; use a local disk. {said}"
    return f"the {called.name} cannot be opened. {said}"


def first_line(error: Exception | str) -> str:
    """The first line of what DuckDB or the system says."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
