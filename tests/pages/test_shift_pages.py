"""The pages on the shift of care: what is worked by hand stands on them, as do its limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.cli.exit_codes import DONE, WRONG_INPUT
from remit.cli.run import run
from tests.pages.html_pages import parse
from tests.shift.published_files import MONTHS, admissions, allocations, store_of


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shift")
    for month in MONTHS:
        admissions(folder, month, ZA1=12, ZA6=11, ZX1=10)
    allocations(folder, ZB1=(1000, 1200), ZB2=(1000, 800), ZB3=(1000, 1000))
    return store_of(folder)


@pytest.fixture(scope="module")
def pages(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pages") / "out"
    beside = tmp_path_factory.mktemp("beside")
    (beside / "decomposition.csv").write_text(
        "commissioner,factor,effect,change\n"
        "England,population,30.0,10.0\nEngland,age_mix,-20.0,10.0\n"
        "ZB1,population,30.0,10.0\nZB1,age_mix,-20.0,10.0\n"
    )
    held = ["--store", str(store), "--beside", str(beside)]
    assert run(["shift", "pages", *held, "--out", str(out)]) == DONE
    return out


def test_the_first_page_answers_before_anything_else(pages: Path) -> None:
    said = parse(pages / "index.html").text("main")
    assert "Is care moving closer to home?" in said
    assert "no measure has enough points" in said or "measures of England" in said
    # 396 admissions for 3,000 people.
    assert "132" in said
    assert "Sample data" in said


def test_an_icb_has_its_values_by_head_and_by_need(pages: Path) -> None:
    said = parse(pages / "icb" / "ZB1.html").text("main")
    # 144 for 1,000 people, 120 by need; first and second of three.
    assert "144.00" in said
    assert "120.00" in said
    assert "1 of 3" in said
    assert "2 of 3" in said


def test_what_is_not_read_says_what_it_needs(pages: Path) -> None:
    said = parse(pages / "method.html").text("main")
    assert "National Cost Collection" in said


def test_records_stand_beside_and_are_told_to_be_invented(pages: Path) -> None:
    said = parse(pages / "index.html").text("main")
    assert "Hospital bed days changed by +10" in said
    assert "population (+30) and age mix (−20)" in said


def test_a_folder_without_tables_is_told(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--store", str(store), "--beside", str(tmp_path), "--out", str(tmp_path / "out")]
    assert run(["shift", "pages", *asked]) == WRONG_INPUT
    assert "shares.csv, decomposition.csv or effect.json" in capsys.readouterr().err
