"""Embedded DuckDB: larger than memory, in a folder of its own that is gone afterwards."""

from __future__ import annotations

import glob
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

import duckdb
import narwhals.stable.v2 as nw
import polars as pl

from remit.engine.reading import FILE, Lazy
from remit.engine.schemas import is_csv
from remit.files.arrow import ArrowStream
from remit.files.database import in_memory_over
from remit.files.leftovers import NEW, clear_leftovers, making_folder
from remit.model.errors import ActivityError

_PLACE = "remit-engine"
_MOST_WORDS = 400


class OnDuckDB:
    """DuckDB in this process; it reads the files it was opened for, and no others."""

    def __init__(self, files: Sequence[Path], memory: str | None) -> None:
        self._memory = memory
        self._stack = ExitStack()
        self._numbers = count(1)
        place = Path(tempfile.gettempdir()) / _PLACE
        clear_leftovers(place)  # of a process that was killed
        self._folder = self._stack.enter_context(making_folder(place)) / NEW
        try:
            self._folder.mkdir()
            self._connection = in_memory_over(files, self._folder, memory)
        except duckdb.Error as error:
            self._stack.close()
            raise ActivityError(f"--memory takes an amount such as 2GB: {_words(error)}") from None
        except BaseException:
            self._stack.close()
            raise
        self._stack.callback(self._connection.close)

    def read(self, files: Sequence[Path]) -> Lazy:
        """The rows of files."""
        # DuckDB would take a star or a bracket in a name for a pattern.
        listed = ", ".join(_quoted(glob.escape(str(one))) for one in files)
        options = f"filename = '{FILE}', hive_partitioning = false"
        if is_csv(files[0]):
            options += ", all_varchar = true, header = true, delim = ',', quote = '\"'"
            options += ", escape = '\"', auto_detect = false, columns = " + _columns(files[0])
        reader = "read_csv" if is_csv(files[0]) else "read_parquet"
        return self._lazy(f"FROM {reader}([{listed}], {options})")

    def beside(self, table: pl.DataFrame) -> Lazy:
        """A small table, read from the folder of its own: Arrow is not needed for it."""
        path = self._folder / f"beside-{next(self._numbers)}.parquet"
        table.write_parquet(path)
        return self._lazy(f"FROM read_parquet({_quoted(str(path))})")

    def keep(self, frame: Lazy) -> Lazy:
        """The rows, laid down in the folder of its own: a table in memory would count there."""
        path = self._folder / f"kept-{next(self._numbers)}.parquet"
        with self._told():
            frame.to_native().write_parquet(str(path))
        return self._lazy(f"FROM read_parquet({_quoted(glob.escape(str(path)))})")

    def parts(self, frame: Lazy, column: str, number: int) -> list[Lazy]:
        """The rows of each value, laid down in one go; a value without rows has no frame."""
        folder = self._folder / f"parts-{next(self._numbers)}"
        with self._told():
            frame.to_native().write_parquet(str(folder), partition_by=[column])
        places = [folder / f"{column}={value}" for value in range(number)]
        return [
            self._lazy(
                f"FROM read_parquet({_quoted(glob.escape(str(place)) + '/*.parquet')}, "
                "hive_partitioning = false)"
            )
            for place in places
            if place.is_dir()
        ]

    def collect(self, frame: Lazy) -> pl.DataFrame:
        """What a frame comes to.

        Raises
        ------
        ActivityError
            If memory does not do, or a file is damaged; in DuckDB's own words.
        """
        with self._told():
            return pl.DataFrame(ArrowStream(frame.to_native()))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Counting, of which a fault is told as Remit's."""
        try:
            yield
        except duckdb.OutOfMemoryException:
            limit = f"the limit of {self._memory}" if self._memory else "the memory at hand"
            raise ActivityError(
                f"the records do not fit into {limit}, even with what is laid down on disk; give "
                "more with --memory, or free space in the folder for temporary files"
            ) from None
        except (duckdb.Error, pl.exceptions.ComputeError) as error:
            raise ActivityError(f"DuckDB cannot count these records: {_words(error)}") from None

    def path_of(self, file: str) -> str:
        """The path, as DuckDB keeps it."""
        return file

    def close(self) -> None:
        """Close the database; what was laid down is removed."""
        self._stack.close()

    def _lazy(self, query: str) -> Lazy:
        try:
            return nw.from_native(self._connection.sql(query))
        except duckdb.Error as error:
            raise ActivityError(f"DuckDB cannot read these files: {_words(error)}") from None


def _columns(file: Path) -> str:
    from remit.engine.schemas import schema_of

    names = schema_of([file], spark=False)
    return "{" + ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in names) + "}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _words(error: Exception) -> str:
    """What DuckDB says, on one line; its advice names options that Remit does not have."""
    said = re.sub(r" LINE [0-9]+: .*", "", " ".join(str(error).split()))  # the query
    said = re.sub(r" delimiter = .*", "", said)
    said = re.sub(r"Possible (?:fixes|solutions):.*?(?=file = |$)", "", said)
    if len(said) <= _MOST_WORDS:
        return said
    file = re.search(r"file = .*?(?= delimiter = |$)", said)
    return f"{said[:_MOST_WORDS]} … {file.group() if file else ''}".rstrip()
