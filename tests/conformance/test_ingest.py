"""The published files in the store: every row accounted for, every figure led back to its line."""

from __future__ import annotations

import csv
import pickle
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from remit.catalogue import load_metrics
from remit.publications.recognise import read_file
from remit.publications.rows.reading import Reading, ReadingContext
from remit.register import load_register
from remit.store import Store
from tests.store.processes import INGEST, Other

ACUTE = "nhs-oversight-framework-acute-trust-data.csv"
COMMUNITY = "nhs-oversight-framework-mental-health-and-community-trust-data-q1-q3-25-26.csv"
ROWS = {ACUTE: 7_265, COMMUNITY: 6_639}
COLUMNS = {
    "Value": "value",
    "Rank": "published_rank",
    "Median_value": "published_median",
    "Lower_quartile": "published_lower_quartile",
    "Upper_quartile": "published_upper_quartile",
}


@pytest.fixture(scope="module")
def readings(shared_data: Path) -> dict[str, Reading]:
    context = ReadingContext(load_register(), load_metrics())
    return {name: read_file(shared_data / "nof" / name, context) for name in ROWS}


@pytest.fixture(scope="module")
def store(
    readings: dict[str, Reading], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("store") / "remit.duckdb") as opened:
        opened.ingest(readings.values())
        yield opened


def test_all_rows_are_accounted_for(store: Store) -> None:
    sources = {source.file_name: source for source in store.sources()}
    assert {name: source.rows_read for name, source in sources.items()} == ROWS
    for source in sources.values():
        assert source.rows_accepted + source.rows_rejected == source.rows_read
        assert source.rows_rejected == len(store.rejections(source.source_id))
    assert store.observations().height == sum(s.rows_accepted for s in sources.values())
    assert store.releases() == ["2025/26 Q1", "2025/26 Q2", "2025/26 Q3"]


@pytest.mark.parametrize("name", ROWS)
def test_every_figure_leads_back_to_its_line(
    store: Store, readings: dict[str, Reading], shared_data: Path, name: str
) -> None:
    """The line is taken from the file by its number alone, and read by Python's csv module."""
    lines = (shared_data / "nof" / name).read_text("utf-8-sig").split("\n")
    header = next(csv.reader([lines[0]]))
    mine = store.observations().filter(source_id=readings[name].source.source_id)
    seen = set()
    for row in mine.iter_rows(named=True):
        line = lines[row["source_row"] - 1]
        cells = dict(zip(header, next(csv.reader([line])), strict=True))
        assert cells["Trust_code"] == row["org_code"]
        assert cells["Metric_ID"] == row["metric_id"]
        assert row["source_column"] == "Value"
        for column, figure in COLUMNS.items():
            written = cells[column]
            assert (float(written) if written else None) == row[figure], (row, column)
        seen.add(row["source_row"])
    rejected = {r.line for r in store.rejections(readings[name].source.source_id)}
    assert seen | rejected == {n for n, line in enumerate(lines, 1) if line.strip()} - {1}


def test_taking_them_in_twice_changes_nothing(store: Store, readings: dict[str, Reading]) -> None:
    before = (store.observations(), store.sources(all_vintages=True), store.rejections())
    report = store.ingest(readings.values())
    assert {file.outcome for file in report.files} == {"already there"}
    assert report.rows_read == sum(ROWS.values())
    assert_frame_equal(store.observations(), before[0])
    assert (store.sources(all_vintages=True), store.rejections()) == before[1:]


def test_two_processes_at_once_lose_nothing(
    store: Store, readings: dict[str, Reading], tmp_path: Path
) -> None:
    path = tmp_path / "remit.duckdb"
    with ExitStack() as stack:
        others = []
        for name, reading in readings.items():
            content = tmp_path / f"{name}.pickle"
            content.write_bytes(pickle.dumps([reading]))
            others.append(stack.enter_context(Other(INGEST, path, content)))
        for other in others:
            other.wait_for("ready")
        for other in others:
            other.go()
        for other in others:
            other.wait_for("done")
            other.finish()
    with Store.open(path, read_only=True) as together:
        assert_frame_equal(together.observations(), store.observations())
        assert {s.file_name for s in together.sources()} == set(ROWS)
