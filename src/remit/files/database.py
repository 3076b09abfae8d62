"""The one place that opens DuckDB's files: behind the gate, safely, in DuckDB's words if not."""

from __future__ import annotations

import os
import stat
import weakref
from collections.abc import Callable, Sequence
from functools import partial
from glob import escape
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from remit.files.closing import Closing
from remit.files.duckdb_words import first_line, foreign_holder, is_in_use, missing, why_not
from remit.files.gate import Gate, NothingToLock
from remit.files.patience import STORE, Called, Patience
from remit.files.second_name import refuse_second_name
from remit.files.telling import tell
from remit.model.errors import StoreError

TRIED = ("2.0.0", "2.0.1")
"""The versions of DuckDB on which the gate was tried. Before another is added here and allowed in
``pyproject.toml``, run ``make evidence`` with it: its rounds and races are what was tried."""

Settings = dict[str, str | bool | int | float | list[str]]

# A file that may come from others must not reach for the network (DuckDB would fetch an extension
# to read an SQLite file) nor, by a doctored view, for other files.
SAFE: Settings = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
}

_CHANGES_BORNE = 20

Make = Callable[[Path], None]
_Identity = tuple[int, int, int, int]

_WAITS = "what was to be written is not in a file of that name"
_WENT = "what was written went with that file, and is not in a file of that name"


class _Left(NamedTuple):
    """Which file was of the name when it was closed, before others could come in."""

    found: _Identity | None


class Database(Closing):
    """A DuckDB file that is open, and the gate that is held while it is.

    Close it, or use it as a context manager. One that is forgotten is closed when Python drops it.

    Attributes
    ----------
    path
        The file, links followed.
    connection
        DuckDB's connection.
    """

    def __init__(
        self,
        path: Path,
        opened: tuple[duckdb.DuckDBPyConnection, _Identity],
        gate: Gate,
        called: Called,
    ) -> None:
        self.path = path
        self.connection, self._file = opened
        self._called = called
        self._was_written = False
        self._close = weakref.finalize(self, _closed, self.connection, gate, path, os.getpid())

    def close(self) -> None:
        """Close the file, then let others have it.

        DuckDB brings what was committed from its log into the file only now.

        Raises
        ------
        StoreError
            If it was written (:meth:`has_committed`), and moved, deleted or replaced before it
            was closed.
        """
        if (closed := self._close()) is not None and self._was_written:
            self._check(closed.found, _WENT)

    def has_committed(self) -> None:
        """Note that something was written, and see to it that it is in the file of that name.

        Raises
        ------
        StoreError
            If that file was moved, deleted or replaced since it was opened.
        """
        self._was_written = True
        self._check(_identity(self.path), _WENT)

    def check_is_in_place(self) -> None:
        """See to it that the file that is open is still the one of that name.

        Raises
        ------
        StoreError
            If it was deleted, moved or replaced since: what is written goes with the file.
        """
        self._check(_identity(self.path), _WAITS)

    def _check(self, found: _Identity | None, lost: str) -> None:
        if found is not None and found[:2] == self._file[:2]:
            return
        what = "deleted or moved" if found is None else "replaced"
        raise StoreError(
            f"{self.path}: the {self._called.name} was {what} while it was being used; {lost}. "
            "See what lies there, and do it again"
        )


def open_database(
    path: Path,
    *,
    read_only: bool,
    wait_seconds: float = 30,
    called: Called = STORE,
    make: Make | None = None,
) -> Database:
    """Open a DuckDB file behind its gate.

    Parameters
    ----------
    path
        The file.
    read_only
        Several may read at once; who writes is alone.
    wait_seconds
        How long to wait for others, of whom is told after two seconds.
    called
        What the user calls such a file.
    make
        Makes the file, whole, where there is none; it is called behind the gate. Without it a
        file that is missing is refused.

    Raises
    ------
    InUse
        If others use the file for longer.
    StoreError
        If it is missing, is no DuckDB file, or cannot be opened; in DuckDB's own words.

    Examples
    --------
    >>> with open_database(Path("remit.duckdb"), read_only=True) as database:
    ...     database.connection.execute("SELECT 1").fetchall()
    [(1,)]
    """
    path = place_of(path, called)
    if make is None and not path.exists():
        raise StoreError(missing(path, called))
    opening = _Opening(path, not read_only, called, make, Patience(path, wait_seconds, called))
    for _ in range(_CHANGES_BORNE):
        try:
            return opening.behind_gate()
        except _Changed:
            continue
    raise StoreError(
        f"{path}: the {called.name} is being written by a program that does not keep Remit's lock; "
        "nothing was changed. Close that program, and try again"
    )


def place_of(path: Path, called: Called = STORE) -> Path:
    """The one name of a file that may not be there yet: whole, and with links followed.

    DuckDB gives names such as ``:memory:`` or ``md:…`` a meaning; an absolute path has none. It
    keeps its log beside the name it is given, so a link and its target must come to the same.

    Raises
    ------
    StoreError
        If no file can be of that name, or if it is a folder, a pipe or a device.
    """
    try:
        path = path.resolve()
        kind = path.stat().st_mode
    except FileNotFoundError:
        return path
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a name too long, rights
        said = (error.strerror if isinstance(error, OSError) else None) or first_line(error)
        raise StoreError(f"{path}: there can be no {called.name}: {said}") from None
    if stat.S_ISDIR(kind):
        raise StoreError(f"{path}: this is a folder; name the {called.name}'s file in it")
    if not stat.S_ISREG(kind):
        raise StoreError(f"{path}: this is a pipe or a device, and no file; {called.foreign}")
    return path


def in_memory() -> duckdb.DuckDBPyConnection:
    """An empty database that is gone when it is closed."""
    return connect(":memory:")


def connect(path: Path | str, **options: Any) -> duckdb.DuckDBPyConnection:
    """Open a file as safely as all are opened, but without a gate: one that nobody else knows yet.

    Parameters
    ----------
    path
        A file of one's own, or ``:memory:``.
    options
        As for ``duckdb.connect``; ``config`` is added to what is safe.
    """
    options["config"] = SAFE | options.get("config", {})
    connection = duckdb.connect(str(path), **options)
    # Without a main script (python -c, notebooks) DuckDB draws a bar on the output, which may
    # be where a table goes.
    connection.execute("SET enable_progress_bar = false")
    return connection


def in_memory_over(
    files: Sequence[Path], folder: Path, memory: str | None = None
) -> duckdb.DuckDBPyConnection:
    """An empty database that may read some files, and write into one folder, and nothing else.

    Parameters
    ----------
    files
        The files that may be read.
    folder
        A folder of the caller's own: what does not fit into memory is laid down there.
    memory
        How much memory may be used, such as ``2GB``.

    Raises
    ------
    duckdb.Error
        If that is no amount of memory.
    """
    shut = {key: value for key, value in SAFE.items() if key != "enable_external_access"}
    settings = {**shut, "temp_directory": str(folder / "spilt")}
    connection = duckdb.connect(":memory:", config=settings)
    try:
        if memory is not None:
            connection.execute("SET memory_limit = ?", [memory])
        names = [str(one) for one in files]
        # A name with a star or a bracket is asked for as a pattern that means it alone.
        allowed = [*names, *(escape(one) for one in names)]
        connection.execute("SET allowed_paths = ?", [allowed])
        connection.execute("SET allowed_directories = ?", [[str(folder)]])
        connection.execute("SET enable_external_access = false")
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET preserve_insertion_order = false")  # it costs memory
    except BaseException:
        connection.close()
        raise
    return connection


# Behind the gate ---------------------------------------------------------------------------------


class _Changed(Exception):
    """The file was written or replaced while it was being opened: DuckDB may have stale headers."""


class _Opening:
    """One opening, from its beginning to the file that is open."""

    def __init__(
        self, path: Path, exclusive: bool, called: Called, make: Make | None, patience: Patience
    ) -> None:
        self._path = path
        self._exclusive = exclusive
        self._called = called
        self._make = make
        self._patience = patience
        self._known = _identity(path)

    def behind_gate(self) -> Database:
        """Wait for the gate, and open the file behind it."""
        while True:
            gate = Gate(self._path, self._exclusive, self._patience)
            try:
                self._enter(gate)
                self._tell_changes()
                if self._make is not None and not self._path.exists():
                    self._make(self._path)
                return Database(self._path, self._opened(), gate, self._called)
            except duckdb.Error as busy:
                # A program that knows no gate has the file. Others may pass while it is waited for.
                gate.release()
                self._patience.wait(partial(foreign_holder, str(busy)))
            except StoreError:
                gate.undo()
                raise
            except BaseException:
                gate.release()
                raise

    def _enter(self, gate: Gate) -> None:
        try:
            gate.__enter__()
        except NothingToLock as error:
            if self._make is None or self._path.exists():
                raise
            raise StoreError(
                f"{self._path}: the {self._called.name} cannot be made: {error.why}"
            ) from None

    def _tell_changes(self) -> None:
        """Tell of a file that is gone, or is another one, since it began to be waited for."""
        found = _identity(self._path)
        if self._known is None or (found is not None and found[:2] == self._known[:2]):
            return
        name = self._called.name
        if found is None and self._make is None:
            raise StoreError(
                f"{self._path}: the {name} was deleted or moved while it was waited for"
            )
        if found is None:
            done = f"was deleted or moved while it was waited for; a new {name} is made"
        else:
            done = "was replaced while it was waited for; the file that lies there now is used"
        tell(f"{self._path.name} {done}")
        self._known = found

    def _opened(self) -> tuple[duckdb.DuckDBPyConnection, _Identity]:
        """Open the file, and see that it is as it was before DuckDB read its headers.

        Raises
        ------
        duckdb.Error
            If another program has the file.
        """
        if self._exclusive:
            refuse_second_name(self._path, self._called.name)
        before = _identity(self._path)
        if before is None:
            raise StoreError(missing(self._path, self._called))
        try:
            connection = connect(self._path, read_only=not self._exclusive)
        except duckdb.Error as error:
            if is_in_use(str(error)):
                raise
            why = why_not(self._path, str(error), self._called)
            raise StoreError(f"{self._path}: {why}") from None
        if _identity(self._path) == before:
            return connection, before
        _drop(connection, self._path, before, read_only=not self._exclusive)
        raise _Changed


def _drop(
    connection: duckdb.DuckDBPyConnection, path: Path, before: _Identity, *, read_only: bool
) -> None:
    """Close a file without writing a thing; one that DuckDB has just made is removed."""
    try:
        if not read_only:
            connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        tables = connection.execute("SELECT count(*) FROM duckdb_tables()").fetchall()[0][0]
    except duckdb.Error:
        tables = 1
    connection.close()
    # A new file may get the very number (inode) of the one that was deleted; no file of Remit's is
    # ever without a table under its own name, so one that is was made by the opening just now.
    if not read_only and tables == 0 and _identity(path) not in {None, before}:
        path.unlink()


def _closed(
    connection: duckdb.DuckDBPyConnection, gate: Gate, path: Path, process: int
) -> _Left | None:
    if os.getpid() != process:  # a forked child, in which DuckDB has no threads
        return None
    try:
        connection.close()
        return _Left(_identity(path))
    finally:
        gate.release()


def _identity(path: Path) -> _Identity | None:
    """Which file it is, and when and how large it was written last; nothing is opened.

    To open and close it would drop the lock that DuckDB has on it in this process.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
