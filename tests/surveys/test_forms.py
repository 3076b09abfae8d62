"""The same answers as survey tools give them out: the counts are the same in every form."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from remit.cli.exit_codes import DONE
from remit.cli.run import run

VALUE = "Our ICB adds value"
BODIES = "Which bodies asked you? Select all that apply"
HOURS = "How many hours a week?"
KIND = "What type of trust do you work for?"
SAY = "Any other comments?"
LABELS = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree")
# Agree: 1, 2, 5, 6; neither: 4; disagree: 3; does not know: 7; nothing: 8.
ANSWERS = (0, 1, 3, 2, 0, 1, "DK", "")
ICB = (1, 1, 0, 1, 0, 0, 1, 0)
REGION = (1, 0, 1, 0, 0, 0, 1, 0)
TIME = ("10", "20", "30", "9999", "40", "12", "", "8")
KINDS = ("Acute", "Acute", "Ambulance", "Acute", "Ambulance", "Acute", "Acute", "Ambulance")
PEOPLE = range(8)


def label(person: int) -> str:
    answer = ANSWERS[person]
    return LABELS[answer] if isinstance(answer, int) else str(answer)


def code(person: int, spelled: bool) -> str:
    answer = ANSWERS[person]
    if not isinstance(answer, int):
        return str(answer)
    return f"{5 - answer} - {LABELS[answer]}" if spelled else str(5 - answer)


def bodies(person: int, last: str = "") -> str:
    return ";".join(
        [*(["ICB"] if ICB[person] else []), *(["Region"] if REGION[person] else [])]
    ) + (last if ICB[person] or REGION[person] else "")


def written(path: Path, rows: Sequence[Sequence[object]], **form: str) -> Path:
    with path.open("w", encoding=form.pop("encoding", "utf-8"), newline="") as file:
        csv.writer(file, **form).writerows(rows)  # type: ignore[arg-type]
    return path


def two_rows(folder: Path) -> Path:
    """Questions above, options below; times and addresses of the tool's own before them."""
    above = [
        "Respondent ID",
        "Start Date",
        "IP Address",
        KIND,
        "Do you agree?",
        "",
        BODIES,
        "",
        HOURS,
        SAY,
    ]
    below = [
        "",
        "",
        "",
        "Response",
        VALUE,
        "Roles are clear",
        "ICB",
        "Region",
        "Response",
        "Open-Ended Response",
    ]
    rows = [
        [100 + n, f"2026-03-0{n + 1} 10:00", f"10.0.0.{n}", KINDS[n], label(n), LABELS[n % 5],
         "ICB" if ICB[n] else "", "Region" if REGION[n] else "", TIME[n], "Fine" * (n == 1)]
        for n in PEOPLE
    ]  # fmt: skip
    return written(folder / "two-2026.csv", [above, below, *rows])


def three_rows(folder: Path) -> Path:
    """Codes, wordings, import numbers."""
    codes = ["StartDate", "ResponseId", "Q1", "Q2_1", "Q2_2", "Q3_1", "Q3_2", "Q4"]
    said = [
        *("Start Date", "Response ID", KIND),
        *(f"Do you agree? - {VALUE}", "Do you agree? - Roles are clear"),
        *(f"{BODIES} - Selected Choice - {body}" for body in ("ICB", "Region")),
        HOURS,
    ]
    imports = ['{"ImportId":"x"}'] * 8
    rows = [
        ["2026-03-01", f"R_{n}", KINDS[n], label(n), LABELS[n % 5],
         "ICB" if ICB[n] else "", "Region" if REGION[n] else "", TIME[n]]
        for n in PEOPLE
    ]  # fmt: skip
    return written(folder / "three-2026.csv", [codes, said, imports, *rows])


def workbook(folder: Path) -> Path:
    """A title above the headings, answers with a semicolon at their end."""
    path = folder / "forms-2026.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Answers")
    sheet.write(0, 0, "Oversight survey 2026")
    rows = [["ID", "Email", KIND, VALUE, BODIES, HOURS]]
    rows += [[n + 1, "", KINDS[n], label(n), bodies(n, ";"), TIME[n]] for n in PEOPLE]  # type: ignore[list-item]
    for number, row in enumerate(rows, start=2):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell)
    book.close()
    return path


def brackets(folder: Path) -> Path:
    """Options in brackets, yes and no; semicolons between cells, in the code page of Windows."""
    rows: list[Sequence[object]] = [
        ["Response ID", KIND, VALUE, f"{BODIES} [ICB]", f"{BODIES} [Region]", HOURS]
    ]
    rows += [
        [n, KINDS[n], label(n), ("No", "Yes")[ICB[n]], ("No", "Yes")[REGION[n]], TIME[n]]
        for n in PEOPLE
    ]
    return written(folder / "lime-2026.csv", rows, delimiter=";", encoding="cp1252")


def coded(folder: Path, spelled: bool = False) -> Path:
    """Codes in place of answers, alone or before their label."""
    asked = f"Do you agree: {VALUE}"
    rows: list[Sequence[object]] = [["resp_no", KIND, asked, BODIES, HOURS]]
    rows += [[n, KINDS[n], code(n, spelled), bodies(n), TIME[n]] for n in PEOPLE]
    return written(folder / "coded-2026.csv", rows)


@pytest.mark.parametrize(
    "form",
    [two_rows, three_rows, workbook, brackets, coded, lambda folder: coded(folder, spelled=True)],
    ids=["two rows", "three rows", "workbook", "brackets", "coded", "code and label"],
)
def test_the_counts_are_those_of_the_answers(form: Callable[[Path], Path], tmp_path: Path) -> None:
    path, draft, out = form(tmp_path), str(tmp_path / "draft.yaml"), tmp_path / "out"
    assert run(["survey", "new", str(path), "--out", draft]) == DONE
    run(["survey", "tables", str(path), "--questionnaire", draft, "--out", str(out)])
    with (out / "items.csv").open(encoding="utf-8", newline="") as file:
        items = {one["item"].removeprefix("Do you agree: "): one for one in csv.DictReader(file)}
    found = [items[VALUE][name] for name in ("base", "n_agree", "n_neutral", "n_disagree")]
    assert found == ["6", "4", "1", "1"]
    assert (items[VALUE]["dont_know"], items[VALUE]["blank"]) == ("1", "1")
    with (out / "multi.csv").open(encoding="utf-8", newline="") as file:
        ticked = {one["option"]: (one["n"], one["base"]) for one in csv.DictReader(file)}
    assert (ticked["ICB"], ticked["Region"]) == (("4", "5"), ("3", "5"))
    with (out / "numeric.csv").open(encoding="utf-8", newline="") as file:
        (hours,) = csv.DictReader(file)
    # 9999 is no number of hours: six are left, of 120 hours together.
    assert (hours["base"], hours["invalid"], float(hours["mean"])) == ("6", "1", 20.0)


def test_waves_in_a_column_are_told_apart(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [["survey_year", "respondent_id", VALUE]]
    rows += [[year, n, label(n)] for year in (2025, 2026) for n in PEOPLE]
    path, draft, out = written(tmp_path / "a.csv", rows), str(tmp_path / "q.yaml"), tmp_path / "o"
    run(["survey", "new", str(path), "--out", draft])
    assert run(["survey", "tables", str(path), "--questionnaire", draft, "--out", str(out)]) == DONE
    with (out / "items.csv").open(encoding="utf-8", newline="") as file:
        assert [(one["wave"], one["base"]) for one in csv.DictReader(file)] == [
            ("2025", "6"),
            ("2026", "6"),
        ]
