"""What exports may hold that no table should take silently: each case is told or put right."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import xlsxwriter

from remit.cli.exit_codes import DONE_WITH_FINDINGS, WRONG_INPUT
from remit.cli.run import run
from tests.surveys.exports import (
    BODIES,
    COLUMNS,
    HEARD,
    NOW,
    QUESTIONNAIRE,
    write_small,
    write_wave,
)

ONCE = tuple(one for place, one in enumerate(NOW) if place != 5)


def tables(folder: Path, *files: Path, more: tuple[str, ...] = (), text: str = "") -> int:
    (folder / "q.yaml").write_text(text or QUESTIONNAIRE, encoding="utf-8")
    asked = [*map(str, files), "--questionnaire", str(folder / "q.yaml"), *more]
    return run(["survey", "tables", *asked, "--by", "kind", "--out", str(folder / "out")])


def read(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_two_files_of_one_wave_count_as_one(tmp_path: Path) -> None:
    whole = write_wave(tmp_path / "all-2026.csv", ONCE)
    tables(tmp_path, whole)
    together = [read(tmp_path, name) for name in ("items", "multi", "numeric")]
    parts = [
        write_wave(tmp_path / "first-2026.csv", ONCE[:3]),
        write_wave(tmp_path / "second-2026.csv", ONCE[3:]),
    ]
    tables(tmp_path, *parts)
    assert [read(tmp_path, name) for name in ("items", "multi", "numeric")] == together


def test_options_of_two_files_are_joined_by_name(tmp_path: Path) -> None:
    text = QUESTIONNAIRE.replace("    options: [The region, The ICB, The CQC]\n", "")
    parts = [
        write_wave(tmp_path / "first-2026.csv", ONCE[:2]),
        write_wave(tmp_path / "second-2026.csv", ONCE[2:]),
    ]
    tables(tmp_path, *parts, text=text)
    ticked = {one["option"]: one["n"] for one in read(tmp_path, "multi") if one["group"] == "all"}
    assert ticked == {"The region": "3", "The ICB": "3"}


def test_an_item_in_one_of_two_files_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fewer = tuple(name for name in COLUMNS if name != HEARD)
    rows = tuple(tuple(v for n, v in zip(COLUMNS, r, strict=True) if n != HEARD) for r in ONCE[3:])
    parts = [
        write_wave(tmp_path / "first-2026.csv", ONCE[:3]),
        write_wave(tmp_path / "second-2026.csv", rows, fewer),
    ]
    assert tables(tmp_path, *parts) == WRONG_INPUT
    assert "is in some files of one wave and not in others" in capsys.readouterr().err


def test_who_was_not_asked_is_in_no_count(tmp_path: Path) -> None:
    routed = "  - {id: hours, routing: {item: heard, answers: [Agree, Strongly agree]},"
    text = QUESTIONNAIRE.replace("  - {id: hours,", routed)
    tables(tmp_path, write_wave(tmp_path / "a-2026.csv", ONCE), text=text)
    (hours,) = [one for one in read(tmp_path, "numeric") if one["group"] == "all"]
    # Only the first two agree: they said 10 and 20.
    counts = ("base", "blank", "invalid", "mean")
    assert [hours[name] for name in counts] == ["2", "0", "0", "15.0"]


def test_a_weight_that_is_none_leaves_its_respondent_out(tmp_path: Path) -> None:
    columns = (*COLUMNS, "weight")
    rows = tuple((*one, "none" if one[0] == "3" else "2") for one in ONCE)
    text = QUESTIONNAIRE + "weights: {column: [weight]}\n"
    path = write_wave(tmp_path / "a-2026.csv", rows, columns)
    assert tables(tmp_path, path, text=text) == DONE_WITH_FINDINGS
    (heard,) = [
        one for one in read(tmp_path, "items") if one["group"] == "all" and one["item"] == HEARD
    ]
    # Two of the three agree that are left; unweighted two of four.
    assert float(heard["weighted_pct_agree"]) == pytest.approx(200 / 3)
    assert float(heard["pct_agree"]) == 50
    assert any(one["column"] == "weight" for one in read(tmp_path, "rejections"))


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        ("people.csv", (), "which wave is it of? Say --wave"),
        ("people.csv", ("--wave", "2024"), "has no wave '2024'"),
    ],
)
def test_a_wave_that_cannot_be_told_is_asked_for(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    more: tuple[str, ...],
    said: str,
) -> None:
    assert tables(tmp_path, write_wave(tmp_path / name, ONCE), more=more) == WRONG_INPUT
    assert said in capsys.readouterr().err


def test_a_wave_is_told_by_its_wording(tmp_path: Path) -> None:
    now = f'wording: [{{text: "{HEARD}", waves: ["2026"]}}, {{text: "Before", waves: ["2025"]}}]'
    text = QUESTIONNAIRE.replace(f'wording: [{{text: "{HEARD}"}}]', now)
    tables(tmp_path, write_wave(tmp_path / "people.csv", ONCE), text=text)
    assert {one["wave"] for one in read(tmp_path, "items")} == {"2026"}


def test_a_column_that_stands_twice_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = tuple((*one, "Agree") for one in ONCE)
    path = write_wave(tmp_path / "a-2026.csv", rows, (*COLUMNS, HEARD))
    assert tables(tmp_path, path) == WRONG_INPUT
    assert "stands 2 times" in capsys.readouterr().err


def test_none_of_its_columns_is_an_item(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_wave(tmp_path / "a-2026.csv", (("1", "2"),), ("x", "y"))
    assert tables(tmp_path, path) == WRONG_INPUT
    assert "remit survey new" in capsys.readouterr().err


def test_rows_that_are_too_wide_or_damaged_are_rejected_by_line(tmp_path: Path) -> None:
    path = write_wave(tmp_path / "a-2026.csv", ONCE[:2])
    path.write_text(path.read_text("utf-8") + ",".join(["x"] * 12) + "\n", encoding="utf-8")
    tables(tmp_path, path)
    (told,) = [one for one in read(tmp_path, "rejections") if one["line"] == "4"]
    assert "12 cells" in told["reason"]


@pytest.mark.parametrize("content", [b"\x00" * 400, b"", b"one\n"])
def test_what_is_no_table_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    assert tables(tmp_path, tmp_path / "a.csv") == WRONG_INPUT
    assert "a.csv" in capsys.readouterr().err


def test_of_a_workbook_the_largest_sheet_is_read_and_the_others_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a-2026.xlsx"))
    book.add_worksheet("Notes").write(0, 0, "Made on Monday")
    sheet = book.add_worksheet("Answers")
    for number, row in enumerate((COLUMNS, *ONCE)):
        for place, cell in enumerate(row):
            sheet.write(number, place, int(cell) if cell.isdigit() else cell)
    sheet.write(8, 3, True)
    book.close()
    tables(tmp_path, tmp_path / "a-2026.xlsx")
    assert "the sheet 'Answers' is read; not 'Notes'" in capsys.readouterr().out
    (heard,) = [
        one for one in read(tmp_path, "items") if one["group"] == "all" and one["item"] == HEARD
    ]
    assert heard["base"] == "4"


def test_an_option_that_nobody_named_is_told(tmp_path: Path) -> None:
    rows = ((*ONCE[0][:5], "The ICB;A neighbour", *ONCE[0][6:]),)
    tables(tmp_path, write_wave(tmp_path / "a-2026.csv", rows))
    assert [one["column"] for one in read(tmp_path, "rejections")] == [BODIES]


def test_a_group_that_is_not_declared_or_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, now, questionnaire = write_small(tmp_path)
    asked = [str(now), "--questionnaire", str(questionnaire), "--out", str(tmp_path / "out")]
    assert run(["survey", "tables", *asked, "--by", "kin"]) == WRONG_INPUT
    assert "there is no group 'kin'" in capsys.readouterr().err
    more = "groups:\n  - {id: region, name: Region, columns: [region]}"
    text = questionnaire.read_text("utf-8").replace("groups:", more)
    questionnaire.write_text(text, encoding="utf-8")
    assert run(["survey", "tables", *asked, "--by", "region"]) == WRONG_INPUT
    assert "no file has a column of the group 'region'" in capsys.readouterr().err


def test_a_questionnaire_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_wave(tmp_path / "a-2026.csv", ONCE)
    assert run(["survey", "check", str(path), "--questionnaire", "trusts-on-oversigt"]) == 2
    assert "trusts-on-oversight" in capsys.readouterr().err
