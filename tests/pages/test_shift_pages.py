"""The pages on the shift of care: what is worked by hand stands on them, as do its limits."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from remit.cli.exit_codes import DONE, WRONG_INPUT
from remit.cli.run import run
from tests.exports.reading import sheets, table_of
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


def test_the_spreadsheet_has_the_figures_of_the_tables(pages: Path) -> None:
    book = sheets(pages / "shift.xlsx")
    wanted = ["cover", "contents", "notes", "answer", "measures", "by-icb", "by-need", "withheld",
              "not-read", "decomposition", "sources"]  # fmt: skip
    assert list(book) == wanted
    table = pl.read_csv(pages / "data" / "measures.csv", infer_schema=False)
    year = table.filter(pl.col("level") == "icb", pl.col("span") == "year").to_dicts()
    cells = {(row["Code"], row["Measure"]): row for row in table_of(book["by-icb"], "Code")}
    assert len(cells) == len(year) > 2
    for row in year:
        shown = cells[row["org_code"], row["name"]]["Value"]
        if row["status"] == "read":
            assert shown == pytest.approx(float(row["value"]), abs=5.1e-5)
        else:
            assert shown == "[x]"
    # 144 for 1,000 people of ZB1, 120 by need.
    needs = [row for row in table_of(book["by-need"], "Code") if row["Code"] == "ZB1"]
    assert (144, 120) in {(row["Per head"], row["By need"]) for row in needs}


def test_two_folders_of_one_kind_have_a_part_and_a_sheet_each(store: Path, tmp_path: Path) -> None:
    asked = ["shift", "pages", "--store", str(store), "--out", str(tmp_path / "out")]
    for name, change in (("north", "7.0"), ("south", "9.0")):
        (tmp_path / name).mkdir()
        text = f"commissioner,factor,effect,change\nEngland,population,{change},{change}\n"
        (tmp_path / name / "decomposition.csv").write_text(text)
        asked += ["--beside", str(tmp_path / name)]
    assert run(asked) == DONE
    book = sheets(tmp_path / "out" / "shift.xlsx")
    assert {"decomposition", "decomposition-2"} <= set(book)
    text = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert text.count('id="decomposition"') == text.count('id="decomposition-2"') == 1


def test_the_spreadsheet_says_what_the_first_page_says(pages: Path) -> None:
    book, home = sheets(pages / "shift.xlsx"), parse(pages / "index.html").text("main")
    said = [str(row[0]) for row in book["cover"]]
    claim = next(words for words in said if "closer to home" in words and "?" not in words)
    assert claim in home
    assert 'href="shift.xlsx"' in (pages / "index.html").read_text(encoding="utf-8")
    needs = {row["What is needed"] for row in table_of(book["not-read"], "Measure")}
    assert any("National Cost Collection" in words for words in needs)
