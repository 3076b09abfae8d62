"""Figures from a store: frozen with their lines, proposed where they changed, held against it."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from remit.cli.run import run
from tests.annual.test_check import faults


@pytest.fixture
def monthly(stores: Path) -> Path:
    """The folder of a store of A&E by month of the fictional region; nobody writes to it."""
    return stores / "ae"


@pytest.fixture
def new(monthly: Path, tmp_path: Path) -> Path:
    """An assessment on that store, of the test's own."""
    return shutil.copytree(monthly / "new", tmp_path / "new")


def frozen(folder: Path) -> list[dict[str, str]]:
    with (folder / "figures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_figure_is_frozen_with_the_lines_that_it_is_made_of(monthly: Path, new: Path) -> None:
    """Worked by hand from the lines that it names: who waited less than four hours, of all."""
    (row,) = [one for one in frozen(new) if (one["icb"], one["metric"]) == ("ZB1", "ae.four-hours")]
    with (monthly.parent / "monthly" / row["source_file"]).open(
        encoding="utf-8", newline=""
    ) as file:
        lines = list(csv.reader(file))
    seen = over = 0
    for number in map(int, row["source_line"].split(", ")):
        cells = dict(zip(lines[0], lines[number - 1], strict=True))
        for name, cell in cells.items():
            count = int(cell.replace(",", "") or 0) if cell.replace(",", "").isdigit() else 0
            seen += count * name.startswith("A&E attendances")
            over += count * name.startswith("Attendances over 4hrs")
    assert (row["period_start"], row["period_end"]) == ("2026-03-01", "2026-03-31")
    assert float(row["value"]) == pytest.approx(100 * (seen - over) / seen, rel=1e-12)
    assert row["vintage"]


def test_what_changed_beyond_chance_is_proposed_for_a_heading(new: Path) -> None:
    items = yaml.safe_load((new / "evidence.yaml").read_text(encoding="utf-8"))["evidence"]
    signals = {(one["icb"], one["metric"]): one["signal"] for one in frozen(new)}
    changed = {key for key, signal in signals.items() if signal in {"improved", "worsened"}}
    assert changed
    assert {(one["icb"][0], one["metric"]) for one in items} == changed
    for one in items:
        heading, _, said = one["says"].partition(": ")
        assert heading == "population-health"
        signal = signals[one["icb"][0], one["metric"]]
        assert said.endswith(f"{signal} by more than chance")
        assert one["speaks"] == {"improved": "for", "worsened": "against"}[signal]


def differing(folder: Path, store: Path, out: Path) -> list[dict[str, str]]:
    run(["annual", "check", str(folder), "--store", str(store), "--out", str(out)])
    with (out / "faults.csv").open(encoding="utf-8", newline="") as file:
        return [one for one in csv.DictReader(file) if one["kind"] not in
                {"duty_uncovered", "heading_uncovered"}]  # fmt: skip


def test_a_frozen_figure_is_held_against_the_store(
    monthly: Path, new: Path, tmp_path: Path
) -> None:
    store = monthly / "store.duckdb"
    assert differing(new, store, tmp_path / "before") == []
    text = (new / "figures.csv").read_text(encoding="utf-8")
    row = frozen(new)[0]
    other = repr(float(row["value"]) + 1)
    (new / "figures.csv").write_text(text.replace(row["value"], other), encoding="utf-8")
    (found,) = differing(new, store, tmp_path / "after")
    (new / "figures.csv").write_text(text, encoding="utf-8")
    assert (found["kind"], found["icb"], found["where"]) == (
        "figure_differs", row["icb"], "figures.csv, line 2",
    )  # fmt: skip


def test_evidence_may_use_a_figure_of_the_store_that_is_not_frozen(
    monthly: Path, new: Path, tmp_path: Path
) -> None:
    head = "id,kind,icb,metric,period,value\n"
    item = "X1,figure,ZB1,ae.four-hours,June 2025,3%\n"
    (new / "evidence.csv").write_text(head + item, encoding="utf-8")
    found = differing(new, monthly / "store.duckdb", tmp_path / "out")
    (new / "evidence.csv").unlink()
    assert [(one["kind"], one["where"]) for one in found] == [
        ("figure_differs", "evidence.csv, line 2")
    ]


SHEET = [
    ["Type", "ICB code", "File", "Page", "Quote", "Stakeholder", "Date", "Comment", "Colour"],
    ["document", "zb1", "a.pdf", 3, "Priya said that the plan was agreed", "", "", "", "red"],
    ["stakeholder view", "ZB2", "", "", "", "Gullhaven Health and Wellbeing Board", "2025-05-01",
     "Plans came late", ""],
    ["view", "ZB9", "", "", "", "Somebody", "2025-05-01", "Late", ""],
    ["guess", "ZB1", "", "", "", "", "", "", ""],
]  # fmt: skip


def as_csv(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(SHEET)
    return path


def as_workbook(path: Path) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Evidence")
        for number, cells in enumerate(SHEET):
            sheet.write_row(number, 0, cells)
    return path


@pytest.mark.parametrize("name", ["evidence.csv", "evidence.xlsx"])
def test_evidence_comes_in_bulk_and_without_names_of_people(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, sheet = tmp_path / "north", tmp_path / name
    as_csv(sheet) if name.endswith("csv") else as_workbook(sheet)
    run(["annual", "new", str(folder), "--year", "2024-25", "--region", "ZR1"])
    assert run(["annual", "import", str(folder), str(sheet), "--dry-run"]) == 1
    assert not (folder / "evidence.csv").exists()
    capsys.readouterr()
    assert run(["annual", "import", str(folder), str(sheet)]) == 1
    said = capsys.readouterr().out
    with (folder / "evidence.csv").open(encoding="utf-8", newline="") as file:
        kept: list[dict[str, Any]] = list(csv.DictReader(file))
    assert [(one["id"], one["kind"], one["icb"]) for one in kept] == [
        ("I1", "passage", "ZB1"), ("I2", "view", "ZB2"),
    ]  # fmt: skip
    assert kept[0]["quotation"] == "[name] said that the plan was agreed"
    assert (kept[0]["page"], kept[1]["says"]) == ("3", "Plans came late")
    assert "line 4: icb: ZB9 is not assessed here" in said
    assert "line 5: kind: 'guess' is not allowed" in said
    assert "Columns that are not read: colour." in said
    assert {one["kind"] for one in faults(folder, tmp_path / "out")} == {
        "heading_uncovered", "duty_uncovered",
    }  # fmt: skip


def test_several_imports_at_once_lose_no_row(tmp_path: Path) -> None:
    folder = tmp_path / "north"
    run(["annual", "new", str(folder), "--year", "2024-25", "--region", "ZR1"])
    heads = "kind,icb,heading,body,day,says"
    sheets = [tmp_path / f"views-{number}.csv" for number in range(4)]
    for number, sheet in enumerate(sheets):
        rows = [
            f"view,ZB1,,Board {number},2025-03-01,Plans of {number} and {row}" for row in range(50)
        ]
        sheet.write_text("\n".join([heads, *rows]) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "remit", "annual", "import", str(folder)]
    running = [subprocess.Popen([*command, str(sheet)]) for sheet in sheets]
    assert [one.wait(120) for one in running] == [0] * 4
    with (folder / "evidence.csv").open(encoding="utf-8", newline="") as file:
        kept = list(csv.DictReader(file))
    assert len({one["id"] for one in kept}) == len({one["says"] for one in kept}) == 200
