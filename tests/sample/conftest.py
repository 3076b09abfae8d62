from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from remit.api import merge, read_each
from remit.frames.figures import Figures
from remit.publications.rows.reading import Reading
from remit.sample import SampleFiles, write_sample

Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleFiles:
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def readings(sample: SampleFiles) -> list[Reading]:
    return read_each(sample.paths)


@pytest.fixture(scope="session")
def figures(readings: list[Reading]) -> Figures:
    return merge(readings)


@pytest.fixture(scope="session")
def table(sample: SampleFiles) -> Callable[[str], Rows]:
    """The rows of a file as a spreadsheet would show them, without any of Remit's reading."""

    def rows(name: str) -> Rows:
        path = next(path for path in sample.paths if path.name == name)
        return list(csv.DictReader(io.StringIO(text_of(path))))

    return rows


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")
