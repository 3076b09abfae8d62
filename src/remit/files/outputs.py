"""A set of files is written into a folder whole or not at all; a folder of our own likewise.

The files are made in a hidden folder first. One renaming, of that folder, says that they are whole;
then each takes its place. A process that is killed before leaves the former files, one that is
killed after leaves what the next writing puts in place before it does anything else.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from remit.files.datapackage import DATAPACKAGE, Package, package_text
from remit.files.delimited import frame_csv
from remit.files.jsons import escaped
from remit.files.leftovers import FORMER, NEW, clear_leftovers, making_folder
from remit.files.reading import in_words
from remit.files.whole import write_whole
from remit.model.errors import AssessmentError, RemitError

if TYPE_CHECKING:
    import polars as pl

WHOLE = ".remit-whole"
"""The hidden folder of files that are whole and about to take their places."""

_TABLES = (".csv", ".parquet", ".json")
_MAKING = ".remit-making-"
_FORMER = ".remit-former-"
_LEFTOVER_SECONDS = 600


def write_files(
    folder: Path,
    files: Mapping[str, str | bytes | pl.DataFrame],
    *,
    package: Package | None = None,
    error: type[RemitError] = AssessmentError,
) -> list[Path]:
    """Write files into a folder, all or none; others that are there are left alone.

    A table of a former writing in another format (``standing.csv`` where ``standing.json`` is
    written) is taken away: it would be read as the table of today. It is known as such by the
    ``datapackage.json`` of the folder, so that a file of the user's own is not touched.

    Parameters
    ----------
    folder
        The folder, which is made if need be.
    files
        What is in each file, by its name. A table is written as CSV, Parquet or JSON, as the
        name ends; a text as UTF-8.
    package
        What is to be told of them in ``datapackage.json``; without it there is none.
    error
        What is raised if they cannot be written.

    Returns
    -------
    list
        The paths, in the order given.

    Raises
    ------
    RemitError
        If the folder or a file in it cannot be written: the former files stay as they were.

    Examples
    --------
    >>> write_files(Path("out"), {"points.csv": points, "run.json": "{}"})  # doctest: +SKIP
    """
    try:
        place = true_place(folder)
    except OSError as fault:
        raise error(f"{folder}: {in_words(fault)}") from None
    outdated = _in_another_format(folder, files)
    if package is not None:
        files = {**files, DATAPACKAGE: package_text(package, files)}
    if folder.exists() and not folder.is_dir():
        raise error(f"{folder}: this is a file; --out takes a folder")
    try:
        if folder.is_dir():
            _write_into(folder, files)
            for name in outdated:
                (folder / name).unlink(missing_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            with fresh_folder(place) as fresh:
                _make(fresh, files)
    except OSError as fault:
        why = fault.strerror or fault
        raise error(f"{folder}: the files cannot be written: {why}") from None
    return [folder / name for name in files]


def true_place(folder: Path) -> Path:
    """A folder to write to, or what it leads to: a link stays one, also to what is to be made.

    Raises
    ------
    OSError
        If it is a link that leads back to itself.

    Examples
    --------
    >>> true_place(Path("out")) == Path.cwd() / "out"
    True
    """
    place = Path(os.path.realpath(folder))
    if place.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return place


def _in_another_format(
    folder: Path, files: Mapping[str, str | bytes | pl.DataFrame]
) -> Sequence[str]:
    """Tables that a former writing left, by its own word, and that are now written otherwise."""
    try:
        told = json.loads((folder / DATAPACKAGE).read_text(encoding="utf-8"))
        paths = [str(one["path"]) for one in told["resources"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    tables = {Path(name).stem for name, content in files.items() if not _is_text(content)}
    return [
        path
        for path in paths
        if path == Path(path).name
        and path not in files
        and Path(path).stem in tables
        and Path(path).suffix in _TABLES
    ]


def _is_text(content: object) -> bool:
    return isinstance(content, str | bytes)


@contextlib.contextmanager
def fresh_folder(place: Path) -> Iterator[Path]:
    """A new empty folder that takes its place when the block ends well, whole or not at all.

    What was there before is gone then; if the block fails, or the new folder cannot be moved, it
    is as it was. What a killed process left beside the place is put back or removed, and told.

    Parameters
    ----------
    place
        Where the folder is to be; the one that it lies in is made if need be.

    Raises
    ------
    OSError
        If a folder cannot be made or moved.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    clear_leftovers(place)
    with making_folder(place) as beside:
        fresh = beside / NEW
        fresh.mkdir()
        yield fresh
        _take_place(fresh, place, beside / FORMER)


def _take_place(fresh: Path, place: Path, former: Path) -> None:
    was_there = place.exists()
    if was_there:
        place.rename(former)
    try:
        fresh.rename(place)
    except OSError:
        if was_there:
            former.rename(place)
        raise


def _make(folder: Path, files: Mapping[str, str | bytes | pl.DataFrame]) -> None:
    for name, content in files.items():
        write_whole(folder / name, _written(name, content))


def _written(name: str, content: str | bytes | pl.DataFrame) -> str | bytes:
    if isinstance(content, (str, bytes)):
        return content
    if name.endswith(".parquet"):
        import io

        stream = io.BytesIO()
        content.write_parquet(stream)
        return stream.getvalue()
    return escaped(content.write_json()) if name.endswith(".json") else frame_csv(content)


def _write_into(folder: Path, files: Mapping[str, str | bytes | pl.DataFrame]) -> None:
    _settle(folder)
    _clear_leftovers(folder)
    with _hidden(folder, _MAKING) as making, _hidden(folder, _FORMER) as former:
        _make(making, files)
        for name in files:
            _keep(folder / name, former / name)
        making.rename(folder / WHOLE)
        try:
            _settle(folder)
        except BaseException:
            _undo(folder, former, list(files))
            raise


@contextlib.contextmanager
def _hidden(folder: Path, prefix: str) -> Iterator[Path]:
    made = folder / f"{prefix}{secrets.token_hex(4)}"
    made.mkdir()
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _settle(folder: Path) -> None:
    """Put files that are whole into their places, also those of a process that was killed."""
    whole = folder / WHOLE
    if not whole.is_dir():
        return
    for path in sorted(whole.iterdir()):
        path.replace(folder / path.name)
    whole.rmdir()


def _keep(path: Path, former: Path) -> None:
    """A second name for a file that is to be replaced; a copy where there are no such names."""
    if path.is_dir():
        raise IsADirectoryError(None, f"{path.name} is a folder")
    try:
        os.link(path, former, follow_symlinks=False)
    except FileNotFoundError:
        return
    except OSError:
        shutil.copy2(path, former)


def _undo(folder: Path, former: Path, names: Sequence[str]) -> None:
    shutil.rmtree(folder / WHOLE, ignore_errors=True)
    for name in names:
        with contextlib.suppress(OSError):
            if (former / name).exists():
                (former / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)


def _clear_leftovers(folder: Path) -> None:
    """Remove what processes left that were killed while they made files."""
    for leftover in folder.iterdir():
        if leftover.name.startswith((_MAKING, _FORMER)):
            with contextlib.suppress(OSError):
                if time.time() - leftover.stat().st_mtime > _LEFTOVER_SECONDS:
                    shutil.rmtree(leftover, ignore_errors=True)
