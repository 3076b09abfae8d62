"""Opening the register; one of an earlier Remit, a DuckDB file, is told from it."""

from __future__ import annotations

from pathlib import Path

from remit.asks.register.register import AskRegister
from remit.model.errors import AskError
from remit.records import NoRecords, open_records

OLD_SUFFIX = ".duckdb"
NEW_SUFFIX = ".sqlite"
_DUCKDB = b"DUCK"


def open_register(
    path: Path | str | None, *, read_only: bool = False, wait_seconds: float = 30.0
) -> AskRegister:
    """Open a register of asks; one that is not there is made, unless it is only to be read.

    Parameters
    ----------
    path
        The file, such as ``asks.sqlite``; None for one in memory.
    read_only
        Open it to look only.
    wait_seconds
        How long, in seconds, to wait while another process changes it.

    Raises
    ------
    AskError
        If it is missing, is no register, is of a newer Remit or of one before registers were
        SQLite files, or stays in use.

    Examples
    --------
    >>> with open_register("asks.sqlite", read_only=True) as register:
    ...     len(register.asks())
    30
    """
    where = None if path is None else Path(path)
    if where is not None:
        check_not_forgotten(where)
    try:
        return open_records(AskRegister, where, read_only=read_only, wait_seconds=wait_seconds)
    except NoRecords:
        if where is not None and is_duckdb(where):
            _refuse_old(where)
        raise


def is_duckdb(path: Path) -> bool:
    """Whether a file is one of DuckDB's, by its head."""
    try:
        if not path.is_file():  # to open a pipe is to wait for its other end
            return False
        with path.open("rb") as file:
            return file.read(12)[8:] == _DUCKDB
    except (OSError, ValueError):
        return False


def _refuse_old(path: Path) -> None:
    """Say how a register of an earlier Remit is carried over, if the file is one."""
    from remit.asks.register.carry_over import is_old_register

    if is_old_register(path):
        raise AskError(
            f"{path}: this register was made by an earlier Remit, as a DuckDB file. Carry it over; "
            f"the old file is kept: remit asks carry-over {path} --register "
            f"{path.with_suffix(NEW_SUFFIX)}"
        )


def check_not_forgotten(path: Path) -> None:
    """No register is begun anew beside an old one of the same name that waits to be carried over.

    Raises
    ------
    AskError
        If there is one.
    """
    old = path.with_suffix(OLD_SUFFIX) if path.name else path
    if old != path and is_duckdb(old) and not path.exists():
        _refuse_old(old)
