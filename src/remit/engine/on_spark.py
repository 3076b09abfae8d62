"""Spark, in this process or on a cluster: the same frames, where the records already lie."""

from __future__ import annotations

import os
import re
import shutil
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlparse

import narwhals.stable.v2 as nw
import polars as pl

from remit.engine.reading import FILE, Lazy
from remit.engine.schemas import is_csv
from remit.files.extras import need
from remit.model.errors import ActivityError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

DEFAULT_MASTER: Final = "local[2]"

_SETTINGS: Final = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",  # it draws on the output, where a table may go
    "spark.log.level": "FATAL",  # what fails is told once, by Remit
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    # A line with too few or too many fields is told, also where not all columns are used.
    "spark.sql.csv.parser.columnPruning.enabled": "false",
}
_ON_THIS_MACHINE: Final = dict.fromkeys(
    ("spark.driver.host", "spark.driver.bindAddress"), "127.0.0.1"
)

_PATTERN: Final = re.compile(r"[][*?{},\\^]")
_AS_IT_IS: Final = r"\\\g<0>"  # Spark would take these signs in a name for a pattern


class OnSpark:
    """Spark's session of this process; the next opening finds it again."""

    def __init__(self, master: str | None, memory: str | None) -> None:
        need("spark", "Records on Spark")
        self._spark = _session(master or DEFAULT_MASTER, memory)
        self._kept: list[Any] = []

    def read(self, files: Sequence[Path]) -> Lazy:
        """The rows of files."""
        from pyspark.errors import PySparkException
        from pyspark.sql import functions

        paths = [f"file://{_PATTERN.sub(_AS_IT_IS, one.as_posix())}" for one in files]
        try:
            if is_csv(files[0]):
                reader = self._spark.read.option("header", True).option("mode", "FAILFAST")
                reader = reader.option("escape", '"').option("multiLine", True)
                found = reader.csv(paths)
            else:
                found = self._spark.read.parquet(*paths)
            place = functions.col("_metadata.file_path")
            return nw.from_native(found.withColumn(FILE, place))
        except PySparkException as error:
            raise ActivityError(f"Spark cannot read these files: {_words(error)}") from None

    def beside(self, table: pl.DataFrame) -> Lazy:
        """A small table, handed to Spark in Arrow."""
        return nw.from_native(self._spark.createDataFrame(table.to_arrow()))

    def keep(self, frame: Lazy) -> Lazy:
        """The rows, kept by Spark where they are worked out, until this is closed."""
        kept = frame.to_native().persist()
        self._kept.append(kept)
        return nw.from_native(kept)  # type: ignore[no-any-return]

    def parts(self, frame: Lazy, column: str, number: int) -> list[Lazy]:
        """The rows of each value, of rows that are kept together."""
        kept = self.keep(frame)
        return [kept.filter(nw.col(column) == one).drop(column) for one in range(number)]

    def collect(self, frame: Lazy) -> pl.DataFrame:
        """What a frame comes to.

        Raises
        ------
        ActivityError
            If Spark cannot count it; in Spark's own words.
        """
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
                return pl.DataFrame(frame.to_native().toArrow())
        except (PySparkException, Py4JError) as error:
            raise ActivityError(f"Spark cannot count these records: {_words(error)}") from None

    def path_of(self, file: str) -> str:
        """The path of a file that Spark names by its address."""
        return unquote(urlparse(file).path)

    def close(self) -> None:
        """Let go of rows; the session stays for the next opening, and ends with the process."""
        for kept in self._kept:
            kept.unpersist()
        self._kept.clear()


def stop_spark() -> None:
    """End Spark's session of this process, if there is one."""
    from pyspark.sql import SparkSession

    if (active := SparkSession.getActiveSession()) is not None:
        active.stop()


def _session(master: str, memory: str | None) -> SparkSession:
    """The session at a master; one at another master is ended first.

    Raises
    ------
    ActivityError
        If Java is missing, or Spark does not start.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    active = SparkSession.getActiveSession()
    if active is not None and _is_such(active, master, memory):
        return active
    if active is not None:
        active.stop()
    _need_java()
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
            builder: Any = SparkSession.builder.appName("remit").master(master)
            for key, value in _settings(master, memory).items():
                builder = builder.config(key, value)
            return builder.getOrCreate()  # type: ignore[no-any-return]
    except (PySparkException, Py4JError, OSError) as error:
        raise ActivityError(f"Spark does not start at {master}: {_words(error)}") from None


def _is_such(active: SparkSession, master: str, memory: str | None) -> bool:
    conf = active.sparkContext.getConf()
    return conf.get("spark.master") == master and (
        memory is None or conf.get(_memory_key(master)) == _java_amount(memory)
    )


def _settings(master: str, memory: str | None) -> dict[str, str]:
    settings = dict(_SETTINGS)
    if master.startswith("local") or "://127.0.0.1:" in master:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings |= _ON_THIS_MACHINE
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if memory is not None:
        settings[_memory_key(master)] = _java_amount(memory)
    return settings


def _memory_key(master: str) -> str:
    local = master.startswith("local")
    return "spark.driver.memory" if local else "spark.executor.memory"


def _java_amount(memory: str) -> str:
    """``2GB`` as Java writes it, ``2g``.

    Raises
    ------
    ActivityError
        If it is no amount.
    """
    words = memory.strip().lower().replace(" ", "").replace("ib", "").removesuffix("b")
    if not (words[:-1].isascii() and words[:-1].isdigit() and words[-1:] in {"k", "m", "g", "t"}):
        raise ActivityError(f"--memory takes an amount such as 2GB; got {memory!r}")
    return words


def _need_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not (home and (Path(home) / "bin").is_dir()) and shutil.which("java") is None:
        raise ActivityError(
            "Spark needs Java 17, and there is no java on this machine; install it (on Debian and "
            "Ubuntu: openjdk-17-jre-headless), or use --engine duckdb"
        )


def _words(error: Exception) -> str:
    """What Spark says went wrong, without the places in its code."""
    said = str(error)
    conditions = dict.fromkeys(re.findall(r"\[[A-Z_.]+\][^\n]*", said))
    return " ".join(" ".join(conditions or [said]).split())[:600]
