"""``remit metrics``: the catalogue as a user asks for it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from remit.catalogue import load_computed_metrics, load_metrics
from remit.catalogue.declared import packaged
from remit.catalogue.library import check_counts
from remit.cli.run import run
from remit.model.metric import Frequency


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(["metrics", *arguments]) == code
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_every_metric_is_listed_once(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(said(capsys, "--json"))
    ids = [row["metric_id"] for row in listed]
    assert len(ids) == len(set(ids))
    assert set(ids) == {*load_computed_metrics(), *load_metrics().metrics}


def test_filters_are_joined(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(said(capsys, "--horizon", "tomorrow", "--aim", "inequalities", "--json"))
    assert rows
    assert {(row["horizon"], row["aim"]) for row in rows} == {("tomorrow", "inequalities")}


def test_a_publication_is_known_by_its_identifier_and_its_measures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    by_name = said(capsys, "--publication", "ae-monthly")
    assert "ae.four-hours:" in by_name
    assert "virtual-ward" not in by_name
    assert said(capsys, "--publication", "ae") == by_name
    assert "ae-monthly" in said(capsys, "--publication", "ae-montly", code=2)


def test_words_are_searched_in_names_and_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys, "--search", "four HOURS major")
    assert "ae.four-hours-type-1" in found
    assert "ae.four-hours:" not in found
    assert said(capsys, "--search", "no such words at all").startswith("0 metrics")


def test_one_metric_is_told_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "show", "ae.four-hours")
    for part in (
        "Why it matters:",
        "minus ae.over-4-hours-type-1: Attendances over 4 hours, type 1",
        "plus  ae.booked-type-1: Booked attendances, type 1 (may be absent)",
        "at least 95, from the beginning, still in force, for each acute trust, each ICB",
        "at least 78, from 2025-04-01, to 2026-03-31, for each acute trust",
        "85% in 2028/29; the guidance itself was not seen (not verified)",
        "Times 100; a point each month",
        "Source:",
    ):
        assert part in text


def test_a_published_metric_is_told_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Read as published" in said(capsys, "show", "OF0003")
    assert "at most 1, from 2025-04-01" in said(capsys, "show", "OF0003")


def test_csv_holds_the_same_rows(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(said(capsys, "--format", "csv"))))
    assert len(rows) == len(json.loads(said(capsys, "--json")))
    four_hours = next(row for row in rows if row["metric_id"] == "ae.four-hours")
    assert four_hours["scale"] == "100.0"
    assert four_hours["standards"] == "at least 95 (… to …)"
    assert "at least 78 (2025-04-01 to 2026-03-31)" in four_hours["goals"]
    assert json.loads(said(capsys, "show", "ae.four-hours", "--json"))[0]["unit"] == "percent"


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (["--aim", "profit"], "population_health"),
        (["--horizon", "never"], "tomorrow"),
        (["--format", "xml"], "csv"),
        (["show", "ae.four-hour"], "ae.four-hours"),
    ],
)
def test_what_is_not_known_gets_a_remedy(
    capsys: pytest.CaptureFixture[str], arguments: list[str], remedy: str
) -> None:
    assert remedy in said(capsys, *arguments, code=2)


MINE = """
schema: remit/metrics/1
id: mine
source: tests
metrics:
  - {id: ID, name: In time, unit: percent, better: higher, horizon: today, aim: none,
     setting: any, why_it_matters: W., source: s, numerator: [ae.booked-type-1],
     denominator: [COUNT],
     scale: 100, frequency: month}
"""


ALL = "ae.attendances-type-1"


@pytest.mark.parametrize(
    ("count", "fault"),
    [
        ("no.such-count", "no publication declares the count 'no.such-count'; nearest: "),
        ("ae.attendance-type-1", "'ae.attendance-type-1'; nearest: ae.attendances-type-1"),
        ("mine.in-time", "'mine.in-time' is a metric that is made of counts and no count itself"),
        ("ae.four-hours", "'ae.four-hours' is a metric that is made of counts and no count itself"),
    ],
)
def test_a_count_that_no_publication_declares_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, count: str, fault: str
) -> None:
    path, framework = tmp_path / "mine.yaml", tmp_path / "framework.yaml"
    text = MINE.replace("ID", "mine.in-time").replace("COUNT", f"{ALL}, -{count}?")
    path.write_text(text, encoding="utf-8")
    place = f"{path}, line 8, metrics.0.denominator.1: "
    told = said(capsys, "--file", str(path), code=2)
    assert place in told
    assert fault in told
    assert run(["framework", "new", "own", "--out", str(framework)]) == 0
    capsys.readouterr()
    assert run(["framework", "check", str(framework), "--metrics", str(path)]) == 2
    assert place in capsys.readouterr().err


def test_packaged_metrics_are_made_of_declared_counts() -> None:
    files = packaged("metrics")
    assert sum(metric.is_computed for file in files for metric in check_counts(file).metrics) > 50


def test_a_file_of_ones_own_is_checked_and_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(MINE.replace("ID", "mine.in-time").replace("COUNT", ALL), encoding="utf-8")
    assert said(capsys, "--file", str(path)).startswith("1 metric: 1 of today")
    assert "plus  ae.booked-type-1" in said(capsys, "show", "mine.in-time", "--file", str(path))
    path.write_text(MINE.replace("ID", "ae.four-hours").replace("COUNT", ALL), encoding="utf-8")
    assert "declared already" in said(capsys, "--file", str(path), code=2)


def test_every_computed_metric_says_what_a_board_needs() -> None:
    for metric in load_computed_metrics().values():
        assert metric.why_it_matters.endswith("."), metric.id
        assert metric.source, metric.id
        assert isinstance(metric.frequency, Frequency), metric.id
        if metric.unit == "percent":
            assert metric.denominator, metric.id
            assert metric.scale == 100, metric.id
