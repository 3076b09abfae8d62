"""Which files a user means: files, folders, and tables of Delta and Iceberg."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from remit.engine.lakes import delta_files, iceberg_files, is_delta, is_iceberg
from remit.model.errors import ActivityError

SUFFIXES = (".parquet", ".csv")


def list_files(named: Sequence[Path | str]) -> list[Path]:
    """The files that are meant, whole paths, each once, in the order of their names.

    Of a folder all Parquet and CSV files below it are meant, but for those whose name, or whose
    folder's name, begins with a dot or an underscore.

    Parameters
    ----------
    named
        Files and folders; a folder may hold a Delta or an Iceberg table.

    Raises
    ------
    ActivityError
        If one is not there, is of another kind, or if CSV and Parquet are mixed.

    Examples
    --------
    ``list_files(["records/2024"])`` gives the files of the folder with their whole paths.
    """
    found = sorted({file for one in named for file in _files_of(Path(one).absolute())})
    if not found:
        raise ActivityError("name the files of records, or a folder that holds them")
    if len({file.suffix.lower() for file in found}) > 1:
        raise ActivityError(
            f"{found[0]}: CSV and Parquet files cannot be read as one table; name those of one kind"
        )
    return found


def keep_apart(named: Sequence[Path | str], out: Path, stems: Sequence[str]) -> None:
    """See to it that what is written is not read as records the next time, nor written over them.

    Parameters
    ----------
    named
        Files and folders of records.
    out
        The folder of the output.
    stems
        The names of the tables that are written, without their endings.

    Raises
    ------
    ActivityError
        If the folder lies in one of the records, or a file of these has the name of a table.

    Examples
    --------
    >>> keep_apart(["records"], Path("shift"), ["cells"])
    """
    place = _followed(out)
    for one in map(Path, named):
        found = _followed(one)
        if found.is_dir() and place.is_relative_to(found) and not _is_passed_over(place, found):
            raise ActivityError(
                f"{out}: this folder lies among the records in {one}, and the tables in it would "
                "be read as records the next time; give --out a folder beside them"
            )
        if found.is_file() and found.parent == place and found.stem in stems:
            raise ActivityError(
                f"{one}: these are the records, and a table of this name is written; give --out "
                "another folder"
            )


def _followed(path: Path) -> Path:
    """A whole path with its links followed; a link to itself stays."""
    return Path(os.path.realpath(path))


def identity(file: Path) -> str:
    """What tells a file from one of the same name that was written later.

    Raises
    ------
    OSError
        If it is not there.
    """
    found = file.stat()
    return f"{file} {found.st_size} {found.st_mtime_ns}"


def _is_passed_over(path: Path, folder: Path) -> bool:
    """Whether a name on the way from a folder begins with a dot or an underscore."""
    return any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)


def _files_of(place: Path) -> list[Path]:
    if place.is_dir():
        found = _in_folder(place)
        if not found:
            raise ActivityError(f"{place}: there is no .parquet or .csv file in this folder")
        return found
    if not place.is_file():
        raise ActivityError(f"{place}: there is no such file")
    if place.suffix.lower() not in SUFFIXES:
        raise ActivityError(f"{place}: records are read from .parquet and .csv files")
    return [place]


def _in_folder(folder: Path) -> list[Path]:
    if is_delta(folder):
        return delta_files(folder)
    if is_iceberg(folder):
        return iceberg_files(folder)
    return [
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES and path.is_file() and not _is_passed_over(path, folder)
    ]
