"""A letter with the name of a person does not go out: it is struck and counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.cli.run import run
from tests.annual.region import Region

NAME = "Priya Nair"


def named(**head: object) -> Region:
    made = Region("2024-25", 0)
    made.icbs = [{"code": "ZB1", "name": "NHS Larkshire Integrated Care Board"}]
    made.evidence = [
        {"id": "V1", "kind": "view", "icb": "ZB1", "body": "Larkshire Health and Wellbeing Board",
         "on": "2025-05-13", "says": f"{NAME} told us that plans came late."},
        {"id": "P1", "kind": "passage", "icb": "ZB1", "file": f"Letter from {NAME}.pdf", "page": 2,
         "document": "letter", "quotation": f"Mrs {NAME} agreed the plan."},
    ]  # fmt: skip
    made.findings = [
        {"id": "F1", "icb": "ZB1", "heading": "social-value", "direction": "mixed",
         "statement": f"The chair, Dr {NAME}, made progress.", "phrase": "made progress",
         "evidence": ["V1", "P1"], "author": NAME, "reviewer": "regional director",
         "dissent": f"{NAME} would have said more."},
    ]  # fmt: skip
    made.concerns = [
        {"id": "C1", "icb": "ZB1", "statement": f"{NAME} left.", "became": "dropped",
         "reason": f"{NAME} came back."},
    ]  # fmt: skip
    made.replies = [{"finding": "F1", "icb": "ZB1", "says": f"{NAME} says no."}]
    made.letters = {"ZB1": [f"Dear Dr {NAME},", f"The chair, Dr {NAME}, made progress [F1].",
                            f"{NAME} was seen.", f"Yours sincerely,\n{NAME}"]}  # fmt: skip
    made.head = head
    return made


def text_of(folder: Path) -> str:
    """All that a command wrote, the words of its documents too."""
    from docx import Document

    told = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".docx":
            told += [one.text for one in Document(str(path)).paragraphs]
        elif path.is_file():
            told.append(path.read_text(encoding="utf-8", errors="replace"))
    return "\n".join(told)


@pytest.mark.parametrize("command", ["letter", "rollup"])
def test_a_name_is_struck_and_counted(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = named().write(tmp_path / "region"), tmp_path / "out"
    run(["annual", command, str(folder), "--out", str(out)])
    told = text_of(out)
    assert "Priya" not in told
    assert "Nair" not in told
    assert "[name]" in told
    said = capsys.readouterr()
    assert "names of people were struck" in said.err
    assert "letter of ZB1" in said.err
    assert "public_names" in said.err


def test_what_two_years_say_is_struck_too(tmp_path: Path) -> None:
    folder, out = named().write(tmp_path / "region"), tmp_path / "out"
    assert run(["annual", "compare", str(folder), str(folder), "--out", str(out)]) == 0
    assert NAME.split()[1] not in text_of(out)


def test_a_public_office_may_be_named_where_it_is_declared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = named(public_names=[{"name": f"Dr {NAME}", "office": "chair of the board"}])
    made.findings[0] |= {"author": "lead", "dissent": ""}
    made.evidence[0]["says"] = "Plans came late, said Amit Patel."
    out = tmp_path / "out"
    run(["annual", "letter", str(made.write(tmp_path / "region")), "--out", str(out)])
    told = (out / "ZB1.txt").read_text(encoding="utf-8")
    assert f"The chair, Dr {NAME}, made progress" in told
    assert "Amit" not in text_of(out)
    assert f"Dr {NAME} (chair of the board)" in capsys.readouterr().out


def test_a_struck_letter_that_is_put_back_names_no_finding_called_name(tmp_path: Path) -> None:
    folder, out = named().write(tmp_path / "region"), tmp_path / "out"
    run(["annual", "letter", str(folder), "--out", str(out)])
    (folder / "letters" / "ZB1.md").unlink()
    (folder / "letters" / "ZB1.txt").write_bytes((out / "ZB1.txt").read_bytes())
    again = tmp_path / "again"
    run(["annual", "letter", str(folder), "--out", str(again)])
    told = (again / "ZB1.txt").read_text(encoding="utf-8")
    assert "The chair, [name], made progress [F1]." in told
    assert "no such finding" not in told


def test_an_office_is_no_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = named()
    made.evidence, made.concerns, made.replies = made.evidence[:1], [], []
    made.evidence[0]["says"] = "The Chair and the Chief Executive of Larkshire came late."
    made.findings[0] |= {"statement": "The Chair and the Regional Director made progress.",
                         "author": "regional lead", "dissent": "", "evidence": ["V1"]}  # fmt: skip
    made.letters = {}
    out = tmp_path / "out"
    run(["annual", "letter", str(made.write(tmp_path / "region")), "--out", str(out)])
    assert "struck" not in capsys.readouterr().err
    assert "[name]" not in text_of(out)
