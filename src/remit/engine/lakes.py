"""Delta and Iceberg tables as lists of their Parquet files; what a list cannot say is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from remit.files.extras import need
from remit.model.errors import ActivityError

_DELTA, _ICEBERG = "_delta_log", "metadata"
_PLAIN_DELTA = {"appendOnly", "invariants", "timestampNtz", "v2Checkpoint", "vacuumProtocolCheck"}
_COPY = "write a plain copy of it with the program that keeps it"


def is_delta(folder: Path) -> bool:
    """Whether a folder holds a Delta table."""
    return (folder / _DELTA).is_dir()


def is_iceberg(folder: Path) -> bool:
    """Whether a folder holds an Iceberg table."""
    return any((folder / _ICEBERG).glob("*.metadata.json"))


def delta_files(folder: Path) -> list[Path]:
    """The files of a Delta table as it is now.

    Raises
    ------
    ActivityError
        If a list of files does not say what is in it: deletion vectors, renamed columns.
    """
    need("lake", "Delta tables")
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError

    try:
        table = DeltaTable(str(folder))
        features = set(table.protocol().reader_features or ())
        files = [_local(one, folder) for one in table.file_uris()]
    except (DeltaError, OSError, ValueError) as error:
        raise ActivityError(f"{folder}: this Delta table cannot be read: {error}") from None
    if "deletionVectors" in features and _has_vectors(table):
        raise ActivityError(
            f"{folder}: rows of this Delta table are marked as deleted (deletion vectors), and its "
            f"files still hold them; run REORG TABLE … APPLY (PURGE), or {_COPY}"
        )
    if strange := sorted(features - _PLAIN_DELTA - {"deletionVectors"}):
        raise ActivityError(
            f"{folder}: this Delta table uses {', '.join(strange)}, which its files alone do not "
            f"tell; {_COPY}"
        )
    return files


def _has_vectors(table: Any) -> bool:
    """Whether rows are marked as deleted; where the marks cannot be read, they may be."""
    try:
        return any(batch.num_rows for batch in table.deletion_vectors())
    except Exception:  # a mark that cannot be read is a mark
        return True


def iceberg_files(folder: Path) -> list[Path]:
    """The files of an Iceberg table as it is now.

    Raises
    ------
    ActivityError
        If a list of files does not say what is in it: delete files, renamed columns.
    """
    need("lake", "Iceberg tables")
    from pyiceberg.exceptions import NoSuchTableError, ValidationError
    from pyiceberg.table import StaticTable

    newest = max((folder / _ICEBERG).glob("*.metadata.json"), key=_version)
    try:
        table = StaticTable.from_metadata(str(newest))
        tasks = list(table.scan().plan_files())
    except (NoSuchTableError, ValidationError, OSError, ValueError) as error:
        raise ActivityError(f"{folder}: this Iceberg table cannot be read: {error}") from None
    if any(task.delete_files for task in tasks):
        raise ActivityError(
            f"{folder}: rows of this Iceberg table are marked as deleted in delete files, and its "
            f"data files still hold them; rewrite its data files, or {_COPY}"
        )
    _refuse_renamed(folder, table.schemas().values())
    return [_local(task.file.file_path, folder) for task in tasks]


def _refuse_renamed(folder: Path, schemas: Any) -> None:
    names: dict[int, set[str]] = {}
    for schema in schemas:
        for one in schema.fields:
            names.setdefault(one.field_id, set()).add(one.name)
    if renamed := sorted(sorted(one) for one in names.values() if len(one) > 1):
        raise ActivityError(
            f"{folder}: a column of this Iceberg table was renamed ({' and '.join(renamed[0])}), "
            f"and older files hold it under the former name; {_COPY}"
        )


def _version(path: Path) -> tuple[int, int]:
    number = path.name.removeprefix("v").split("-")[0].split(".")[0]
    return (int(number) if number.isdigit() else -1, path.stat().st_mtime_ns)


def _local(uri: str, folder: Path) -> Path:
    """The path of a file on this machine.

    Raises
    ------
    ActivityError
        If it lies in a store of objects.
    """
    parts = urlparse(uri)
    if parts.scheme == "file":
        return Path(unquote(parts.path))
    # A scheme of one letter is a drive of Windows.
    if len(parts.scheme) > 1:
        raise ActivityError(
            f"{folder}: its files lie at {parts.scheme}://…; mount that place as a folder, or copy "
            "the table here"
        )
    path = Path(uri)
    # Delta writes names as addresses, also where it gives a path.
    return path if path.exists() else Path(unquote(uri))
