"""The same point reads the same on a drawn chart and in the report's four media."""

from __future__ import annotations

import re
from collections import defaultdict
from csv import DictReader
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import pytest

from remit.api import read_each
from remit.cli.run import run
from remit.report import build_report
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
    asked += ["--length", "full"]
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
    for medium in (page, *(report / f"report.{kind}" for kind in PACKS)):
        assert said in words_of(medium), medium.name
    # The first page repeats no sentence of a metric's page: it has the figure of it.
    assert said.split(" in ")[0] in words_of(report / "index.html")


def test_every_series_has_one_verdict_in_reports_and_in_spc(held: Path, tmp_path: Path) -> None:
    """All metrics of all organisations of a report: the same points, icons and sentence."""
    with Store.open(held / "s.duckdb", read_only=True) as store:
        view = build_report(store, "ZB1").view
    lines = {(line.body.code, line.metric.id): line for line in view.lines}
    assert len(lines) == 61
    asked = ["spc", "--store", str(held / "s.duckdb"), "--out", str(tmp_path / "out")]
    for metric in {metric for _, metric in lines}:
        asked += ["--metric", metric]
    for code in {code for code, _ in lines}:
        asked += ["--org", code]
    assert run(asked) == 0
    said = {tuple(row["series"].split(" · ")): row for row in rows_of(tmp_path / "out/said.csv")}
    drawn: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    for row in rows_of(tmp_path / "out/points.csv"):
        if row["value"]:
            drawn[tuple(row["series"].split(" · "))].append(row)
    for key, line in lines.items():
        row = said[key]
        assert (row["variation"], row["assurance"]) == (line.variation.code, line.assurance.code)
        assert row["sentence"] == line.sentence
        points = [point for point in line.points if point.value is not None]
        values = [float(row["value"]) for row in drawn[key]]
        assert values == pytest.approx([point.value for point in points], rel=1e-12)
        assert [row["drawn_as"] for row in drawn[key]] == [point.drawn for point in points]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(DictReader(file))


def test_goal_and_standard_stand_beside_the_figure_in_every_medium(
    held: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["spc", "--metric", "ae.four-hours", "--org", "ZA1", "--store", str(held / "s.duckdb")]
    assert run([*asked, "--svg", str(held / "asked.svg")]) == 0
    said = " ".join(capsys.readouterr().out.split())
    goal = "oal for each acute trust: at least 78% by March 2026"
    standard = "tandard for each acute trust: at least 95%"
    svg = " ".join(re.sub("<[^>]*>", " ", (held / "asked.svg").read_text("utf-8")).split())
    page = words_of(report / "metrics" / "ae-four-hours.html")
    for text in (
        said,
        svg,
        page,
        words_of(report / "report.xlsx"),
    ):
        assert goal in text
        assert standard in text
    home = words_of(report / "index.html")
    assert "at least 78%" in home
    assert "standard at least 95%" in home
    for pack in ("pptx", "docx"):
        short = "At least 78% (goal); standard at least 95%"
        assert short in words_of(report / f"report.{pack}"), pack


def test_an_ended_signal_is_plain_in_files_pages_and_packs(held: Path, report: Path) -> None:
    """A point that the rules flag and that no longer goes on bears no verdict anywhere."""
    svg = report.parent / "ended.svg"
    asked = ["spc", "--metric", "ae.twelve-hours-to-admission", "--org", "ZA2"]
    store = ["--store", str(held / "s.duckdb")]
    assert run([*asked, *store, "--svg", str(svg), "--out", str(held / "ended")]) == 0
    points = rows_of(held / "ended" / "points.csv")
    ended = [row for row in points if row["special_cause"] == "true" and row["drawn_as"] == "ended"]
    going_on = [row for row in points if row["drawn_as"].startswith("special_cause")]
    text = svg.read_text(encoding="utf-8")
    assert ended
    named = re.findall(r"explains(?: \([^<]*\))?</title>", text)
    assert len(named) == len(going_on)
    drawn = re.findall("<title>[^<]*: [^<]*</title>", text)
    assert len(drawn) == sum(row["value"] != "" for row in points)
