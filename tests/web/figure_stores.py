"""Stores of figures for the tests of an instance, made once in a run from the sample.

They are read only. Whichever process of the run comes first makes them; the others wait.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from remit.api import read_each
from remit.files.gate import Gate
from remit.files.patience import Called, Patience
from remit.sample.files import write_sample
from remit.sample.monthly import MonthlyFile, write_monthly
from remit.store import Store
from remit.web.figures.place import point_to, pointed, versions
from remit.web.figures.publishing import publish
from tests.web.instance import set_up

QUARTER = "2025-26-q1"
_NAMED = "REMIT_TEST_FIGURES"
_WAITS = Called(name="stores of tests", busy="Try again")


def folder() -> Path:
    """Of this run: made by the process that begins the others, which are told of it."""
    if _NAMED not in os.environ:
        made = tempfile.mkdtemp(prefix="remit-figures-")
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        os.environ[_NAMED] = made
    return Path(os.environ[_NAMED])


@contextmanager
def alone(what: str) -> Iterator[bool]:
    """Nobody else makes this meanwhile; whether it has yet to be made."""
    place, whole = folder() / f"{what}.making", folder() / f"{what}.whole"
    with Gate(place, exclusive=True, patience=Patience(place, 900, _WAITS)):
        yield not whole.exists()
        whole.touch()


@cache
def monthly_files() -> tuple[MonthlyFile, ...]:
    return write_monthly(folder() / f"monthly-{os.getpid()}")


def is_revised(file: MonthlyFile) -> bool:
    return "revised" in file.path.name.lower()


def _emergency(file: MonthlyFile) -> bool:
    return "Monthly-AE" in file.path.name


def as_published(file: MonthlyFile) -> bool:
    """Emergency care as it was first published, of the last months."""
    return _emergency(file) and not is_revised(file)


def as_revised(file: MonthlyFile) -> bool:
    """The same, with what was revised since."""
    return _emergency(file)


def store_of(wanted: Callable[[MonthlyFile], bool], *, quarter: bool = False) -> Path:
    """A store of some monthly files, and of one quarter that a framework scores if asked."""
    name = f"{wanted.__name__}{'-scored' if quarter else ''}"
    path = folder() / f"{name}.duckdb"
    with alone(name) as is_missing:
        if is_missing:
            _fill(path, wanted, quarter=quarter)
    return path


def _fill(path: Path, wanted: Callable[[MonthlyFile], bool], *, quarter: bool) -> None:
    with Store.open(path) as store:
        for file in filter(wanted, monthly_files()):
            store.ingest(read_each([file.path], published_on=file.published_on))
        if quarter:
            sample = write_sample(folder() / f"files-{path.stem}")
            first = [path for path in sample.paths if "Q1" in path.name.upper()]
            for one in first or sample.paths[:2]:
                store.ingest(read_each([one], published_on=sample.published_on(one)))


def published_once() -> Path:
    """The instance of this process, with scored figures, pages and a report; its folder.

    They are published once in a run; each instance has a copy, and counts it again where another
    test has published other figures into it since.
    """
    store, first = store_of(as_published, quarter=True), folder() / "published"
    with alone("published") as is_missing:
        if is_missing:
            first.mkdir()
            publish(first, store, reports=["ZA1"])
    made, _ = pointed(first)
    instance = set_up().folder
    if not (versions(instance) / made).exists():
        shutil.copytree(versions(first) / made, versions(instance) / made)
    if pointed(instance)[0] != made:
        point_to(instance, made, pointed(instance)[0])
    return instance
