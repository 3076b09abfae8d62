"""Stores of figures for the tests of an instance, made once in a process from the sample."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from remit.api import read_each
from remit.sample.files import write_sample
from remit.sample.monthly import MonthlyFile, write_monthly
from remit.store import Store
from remit.web.figures.place import pointed
from remit.web.figures.publishing import publish
from tests.web.instance import set_up

QUARTER = "2025-26-q1"
_MADE: list[str] = []


@cache
def folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="remit-figures-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def monthly_files() -> tuple[MonthlyFile, ...]:
    return write_monthly(folder() / "monthly")


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


@cache
def store_of(wanted: Callable[[MonthlyFile], bool], *, quarter: bool = False) -> Path:
    """A store of some monthly files, and of one quarter that a framework scores if asked."""
    path = folder() / f"{wanted.__name__}{'-scored' if quarter else ''}.duckdb"
    files = [file for file in monthly_files() if wanted(file)]
    with Store.open(path) as store:
        for file in files:
            store.ingest(read_each([file.path], published_on=file.published_on))
        if quarter:
            sample = write_sample(folder() / "files")
            first = [path for path in sample.paths if "Q1" in path.name.upper()]
            for one in first or sample.paths[:2]:
                store.ingest(read_each([one], published_on=sample.published_on(one)))
    return path


def published_once() -> Path:
    """The instance of this process, with scored figures, pages and a report; its folder.

    Another test may have published other figures into the same instance since: then once more.
    """
    instance = set_up().folder
    if not _MADE or pointed(instance)[0] != _MADE[-1]:
        made = publish(instance, store_of(as_published, quarter=True), reports=["ZA1"])
        _MADE.append(made.name)
    return instance
