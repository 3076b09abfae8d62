"""The same point reads the same on a drawn chart and in the report's four media."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import pytest

from remit.api import read_each
from remit.cli.run import run
from remit.sample import write_monthly
from remit.store import Store

METRICS = ("ae.four-hours", "ae.attendances", "sickness-absence.rate", "csds.missed-appointments")
PACKS = ("xlsx", "pptx", "docx")


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("everywhere")
    with Store.open(folder / "s.duckdb") as store:
        for file in write_monthly(folder / "files"):
            store.ingest(read_each([file.path], published_on=file.published_on))
    return folder


@pytest.fixture(scope="module")
def report(held: Path) -> Path:
    """A report on one trust; its figures are drawn by ``remit spc`` as well."""
    asked = ["report", "ZA1", "--period", "Mar 2026", "--store", str(held / "s.duckdb")]
    assert run([*asked, "--out", str(held / "report")]) == 0
    return held / "report"


def words_of(path: Path) -> str:
    """All words of a file of an office program, or of a page."""
    if path.suffix == ".html":
        parts = [path.read_text(encoding="utf-8")]
    else:
        with ZipFile(path) as book:
            parts = [
                re.sub(r"</(?:w|a):p>", " ", book.read(name).decode())
                for name in book.namelist()
                if re.search(r"(sharedStrings|slide\d+|sheet\d+|document)\.xml$", name)
            ]
    return " ".join(unescape(re.sub(r"<[^>]+>", "", " ".join(parts))).split())


def drawn(held: Path, metric: str) -> str:
    """The finding of the chart that ``remit spc`` draws of a metric."""
    svg = held / f"{metric}.svg"
    asked = ["spc", "--metric", metric, "--org", "ZA1", "--store", str(held / "s.duckdb")]
    assert run([*asked, "--svg", str(svg)]) == 0
    found = re.search(r"<desc[^>]*>([^<]+)</desc>", svg.read_text(encoding="utf-8"))
    assert found
    return unescape(found[1])


@pytest.mark.parametrize("metric", METRICS)
def test_a_sentence_is_the_same_in_every_medium(held: Path, report: Path, metric: str) -> None:
    said = drawn(held, metric)
    assert re.match(r"\S+ in [A-Z][a-z]{2} 202[56]\. [A-Z]", said)
    page = report / "metrics" / f"{metric.replace('.', '-')}.html"
    for medium in (page, report / "index.html", *(report / f"report.{kind}" for kind in PACKS)):
        assert said in words_of(medium), medium.name
