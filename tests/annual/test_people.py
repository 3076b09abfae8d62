"""A letter with the name of a person does not go out: it is struck and counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.annual.identifiers import NewIdentifiers
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


def beside(*letter: str, **head: object) -> Region:
    """An assessment in whose identifiers, phrase and files somebody's name stands."""
    made = named(**head)
    made.replies = [{"finding": "F-Amit-Patel", "icb": "ZB1", "says": "No."}]
    made.evidence = [
        {"id": "View-of-Amit-Patel", "kind": "view", "icb": "ZB1", "body": "", "on": "",
         "says": "Plans came late."},
        {"id": "amit_patel.1", "kind": "passage", "icb": "ZB1", "file": "Letter of Amit Patel.pdf",
         "page": "", "document": "letter", "quotation": "The board agreed."},
        {"id": "L1", "kind": "last_year", "icb": "ZB1", "finding": "Amit-Patel-9"},
    ]  # fmt: skip
    made.findings[0] |= {
        "id": "F-Amit-Patel", "author": "lead", "dissent": "", "phrase": "as Amit Patel says",
        "statement": "The board made progress.",
        "evidence": ["View-of-Amit-Patel", "amit_patel.1", "Of-Amit-Patel", "L1"],
    }  # fmt: skip
    made.concerns = [
        {"id": "C-Amit-Patel", "icb": "ZB1", "statement": "Waits.", "became": "continued",
         "finding": "F-Amit-Patel"},
    ]  # fmt: skip
    made.letters = {"ZB1": ["Dear Chair,", "The board made progress [F-Amit-Patel].", *letter]}
    return made


@pytest.mark.parametrize("command", ["letter", "rollup"])
def test_a_name_in_an_identifier_or_a_place_is_struck_and_links_still_lead(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = beside("Amit Patel said that costs rose.", "## As Amit Patel says")
    folder, out = made.write(tmp_path / "region"), tmp_path / "out"
    letter = folder / "letters" / "ZB1.md"
    letter.rename(letter.with_name("ZB1 by Amit Patel.md"))
    assert run(["annual", command, str(folder), "--out", str(out)]) == 1
    told = text_of(out)
    for word in ("Amit", "Patel", "amit", "patel"):
        assert word not in told
    assert "F-name" in told
    page = (out / "findings" / "ZB1.html").read_text(encoding="utf-8")
    assert 'id="F-name"' in page
    assert "C-name" in page
    start = out / "letter" / "ZB1.html" if command == "letter" else out / "index.html"
    assert '/ZB1.html#F-name"' in start.read_text(encoding="utf-8")
    if command == "letter":
        assert "letters/ZB1 by [name].md, line 5: “[name] said" in told
        assert "[⚠" in (out / "ZB1.txt").read_text("utf-8").split("[name] said that costs")[2]
    assert "F-Amit-Patel (2)" in capsys.readouterr().err


def test_identifiers_that_differ_in_a_name_stay_two() -> None:
    found = NewIdentifiers(["F-Amit-Patel", "F-Priya-Nair", "F-name", "ZB1-waits-1"])
    assert found.changed == {"F-Amit-Patel": "F-name-2", "F-Priya-Nair": "F-name-3"}
    assert found.of("View-of-Amit-Patel") == "View-of-name"
    assert found.within("F-Amit-Patel: F-Amit-Patel-2 is not ZB1-waits-1") == (
        "F-name-2: F-Amit-Patel-2 is not ZB1-waits-1"
    )


def test_a_concern_of_last_year_is_known_again_whatever_its_identifier(tmp_path: Path) -> None:
    last = named()
    last.findings[0] |= {"id": "C-Amit-Patel", "direction": "concern"}
    last.concerns, last.replies, last.letters = [], [], {}
    last.write(tmp_path / "last")
    made = beside(last_year="../last")
    out = tmp_path / "out"
    run(["annual", "letter", str(made.write(tmp_path / "region")), "--out", str(out)])
    told = text_of(out)
    assert "C-name" in told
    assert "taken out of the list" not in told


@pytest.mark.parametrize(
    ("declared", "said", "kept"),
    [
        (f"Dr {NAME}", f"Dr {NAME}’s plan was agreed.", True),
        (f"Dr {NAME}", f"DR {NAME.upper()}'S plan was agreed.", True),
        (f"Dr {NAME}", f"Dr. {NAME} was seen.", True),
        (f"Dr {NAME}", f"{NAME} was seen.", True),
        (f"Dr. {NAME}", f"Dr {NAME} was seen.", True),
        (NAME, f"Dr {NAME} was seen.", True),
        (f"Dr {NAME}", f"Dr {NAME}-Patel was seen.", False),
        (f"Dr {NAME}", "Dr Amit Nair was seen.", False),
    ],
)
def test_a_public_name_is_kept_in_whatever_case_and_form(
    declared: str, said: str, kept: bool, tmp_path: Path
) -> None:
    made = named(public_names=[{"name": declared, "office": "chair of the board"}])
    made.letters = {"ZB1": ["Dear Chair,", said]}
    out = tmp_path / "out"
    run(["annual", "letter", str(made.write(tmp_path / "region")), "--out", str(out)])
    told = (out / "ZB1.txt").read_text(encoding="utf-8").splitlines()[-1]
    assert told.startswith(said) is kept
    assert ("[name]" in told) is not kept
