"""The sample's files: the same everywhere, laid out and as odd as the real ones."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from remit.publications.rows.reading import Reading
from remit.sample import REJECTED, SampleFiles, write_sample

SHA256_OF_THE_FIGURES = "2919955eae422ba4c47655e58c256b723e4ec472183bd7dbcb47e606a9692a47"
"""Changes with the seed, the stories and the rules, but not with the wording of the catalogue."""


def digest(files: SampleFiles) -> str:
    found = hashlib.sha256()
    for path in files.paths:
        found.update(path.read_bytes())
    return found.hexdigest()


def figures_of(path: Path) -> str:
    columns = ("Trust_code", "Metric_ID", "Value", "Rank", "Average_score", "Likely_range_of_rank")
    rows = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")))
    return "\n".join("|".join(row.get(name, "") for name in columns) for row in rows)


def test_the_figures_are_the_same_on_every_machine(sample: SampleFiles) -> None:
    text = "\n".join(figures_of(path) for path in sample.paths)
    assert hashlib.sha256(text.encode()).hexdigest() == SHA256_OF_THE_FIGURES


def test_the_files_do_not_depend_on_the_hash_seed(tmp_path: Path, sample: SampleFiles) -> None:
    script = "import sys; from pathlib import Path; from remit.sample import write_sample; "
    script += "write_sample(Path(sys.argv[1]))"
    command = [sys.executable, "-c", script, str(tmp_path)]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run(command, check=True, env=environment, timeout=120)
    again = SampleFiles(
        tuple(tmp_path / path.name for path in sample.published),
        tuple(tmp_path / path.name for path in sample.revised),
    )
    assert digest(again) == digest(sample)


def test_writing_twice_replaces_the_files(tmp_path: Path) -> None:
    first = write_sample(tmp_path)
    before = digest(first)
    second = write_sample(tmp_path)
    assert second == first
    assert digest(second) == before
    assert len(list(tmp_path.iterdir())) == len(first.paths)


def test_the_folder_is_made(tmp_path: Path) -> None:
    files = write_sample(tmp_path / "a" / "b")
    assert all(path.parent == tmp_path / "a" / "b" for path in files.paths)


def test_every_file_is_recognised(readings: list[Reading], sample: SampleFiles) -> None:
    assert [reading.source.file_name for reading in readings] == [p.name for p in sample.paths]
    expected = {
        path.name: "nof-league-table" if "league-table" in path.name else "nof-trust-data"
        for path in sample.paths
    }
    assert {r.source.file_name: r.source.publication for r in readings} == expected


def test_every_row_is_accepted_or_rejected(readings: list[Reading], sample: SampleFiles) -> None:
    for reading, path in zip(readings, sample.paths, strict=True):
        lines = path.read_bytes().count(b"\r\n") - 1
        assert reading.source.rows_read == lines
        assert reading.source.rows_accepted + reading.source.rows_rejected == lines


def test_the_rejections_are_those_announced(readings: list[Reading]) -> None:
    found = [rejection for reading in readings for rejection in reading.rejections]
    assert len(found) == len(REJECTED)
    for rejection, announced in zip(found, REJECTED, strict=True):
        assert rejection.file == announced.file
        assert rejection.column == announced.column
        assert rejection.reason.startswith(announced.reason)


def test_all_kinds_and_quarters_are_covered(readings: list[Reading]) -> None:
    kinds = ("acute", "mental_health_community", "ambulance")
    expected = {f"2025/26 Q{number} · {kind}" for number in (1, 2, 3, 4) for kind in kinds}
    for publication in ("nof-trust-data", "nof-league-table"):
        covered = {
            scope
            for reading in readings
            if reading.source.publication == publication
            for scope in reading.source.scopes
        }
        assert covered == expected


def test_the_revised_files_come_last_and_cover_one_quarter_again(
    readings: list[Reading], sample: SampleFiles
) -> None:
    assert sample.paths[-2:] == sample.revised
    assert [r.source.scopes for r in readings[-2:]] == [("2025/26 Q2 · acute",)] * 2
    assert all(sample.published_on(path) == date(2026, 1, 22) for path in sample.revised)


def test_a_folder_is_read_in_good_order(sample: SampleFiles) -> None:
    names = sorted(path.name for path in sample.paths)
    for path in sample.revised:
        replaced = path.name.replace("_revised", "")
        assert names.index(replaced) < names.index(path.name)


def test_days_of_publication_follow_the_last_quarter_of_a_file(sample: SampleFiles) -> None:
    days = {path.name: sample.published_on(path) for path in sample.published}
    assert days["sample-acute-trust-data-q1-2025-26.csv"] == date(2025, 9, 9)
    assert days["sample-ambulance-league-table-q1-q4-2025-26.csv"] == date(2026, 6, 11)


@pytest.mark.parametrize(
    ("file", "quirk"),
    [
        ("sample-acute-trust-data-q1-2025-26.csv", "\ufeffRegion,Trust_type"),
        ("sample-acute-trust-data-q2-2025-26.csv", "\ufeffQuarter,Region"),
        ("sample-acute-trust-data-q2-2025-26.csv", '"1,180.8"'),
        ("sample-acute-trust-data-q2-2025-26.csv", ",percent,-,"),
        ("sample-acute-trust-data-q3-2025-26.csv", "%,"),
        ("sample-acute-trust-data-q4-2025-26.csv", ",days,,"),
        ("sample-acute-trust-data-q4-2025-26.csv", "Apr 25 - Mar 26 vs Apr 24 - Mar 25"),
        ("sample-acute-trust-data-q4-2025-26.csv", "2025/26 plan"),
        ("sample-acute-trust-data-q1-2025-26.csv", "Jun-25"),
        ("sample-acute-trust-data-q1-2025-26.csv", "OF0048,Rate of E. coli infections"),
        ("sample-acute-trust-data-q1-2025-26.csv", "\r\n"),
        ("sample-mental-health-and-community-trust-data-q1-q3-2025-26.csv", ",%,*,"),
        ("sample-mental-health-and-community-trust-data-q1-q3-2025-26.csv", "Q3 2025/26,"),
        ("sample-mental-health-and-community-trust-data-q1-q3-2025-26.csv", "Non-acute hospital"),
        ("sample-mental-health-and-community-trust-data-q4-2025-26.csv", "%,"),
        ("sample-acute-league-table-q1-2025-26.csv", " to "),
    ],
)
def test_the_files_have_the_quirks_of_the_real_ones(
    sample: SampleFiles, file: str, quirk: str
) -> None:
    path = next(path for path in sample.paths if path.name == file)
    assert quirk in path.read_bytes().decode("utf-8")


def test_infections_are_given_by_rate_or_by_count(readings: list[Reading]) -> None:
    units = readings[0].observations.filter(metric_id="OF0048")["unit"].value_counts()
    assert dict(units.iter_rows()) == {"rate": 8, "count": 2}
