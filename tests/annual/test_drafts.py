"""Letters of a folder with faults are drafts: each fault is told on top and at its place."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from remit.annual.folder import read_assessment
from remit.annual.letters import read_letter
from remit.cli.run import run
from tests.annual.region import clean_region
from tests.annual.test_check import faults

BARE = "Costs rose more than in any other year"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """ZB2's letter has a sentence without a finding, ZB3's an uncovered duty; ZB1's is clean."""
    made = clean_region(7)
    made.icbs = [one for one in made.icbs if one["code"] in {"ZB1", "ZB2", "ZB3"}]
    for name in ("evidence", "figures", "findings", "concerns"):
        setattr(made, name, [one for one in getattr(made, name) if one["icb"] in "ZB1 ZB2 ZB3"])
    for one in made.findings:
        if one["icb"] == "ZB3":
            one["duties"] = [name for name in one["duties"] if name != "research"]
    made.letters = {"ZB1": made.letters["ZB1"], "ZB2": [*made.letters["ZB2"], f"{BARE}."]}
    place = tmp_path_factory.mktemp("drafts")
    made.write(place / "region")
    assert run(["annual", "letter", str(place / "region"), "--out", str(place / "out")]) == 1
    return place


def text_of(path: Path) -> str:
    from docx import Document

    return "\n".join(one.text for one in Document(str(path)).paragraphs)


def test_a_draft_says_so_and_tells_each_fault_at_its_place(drafts: Path) -> None:
    out = drafts / "out"
    page = (out / "letter" / "ZB2.html").read_text(encoding="utf-8")
    for text in (page, text_of(out / "word" / "ZB2.docx"), (out / "ZB2.txt").read_text("utf-8")):
        assert "Draft: 1 fault" in text
        assert text.index("Draft: 1 fault") < text.index("names no finding") < text.rindex(BARE)
        plain = re.sub(r"<[^>]+>", "", text[text.rindex(BARE) :])
        assert re.match(rf"{BARE}\.? \[⚠ 1: no finding\]", plain)
    assert "duty “Research”" in (out / "letter" / "ZB3.html").read_text(encoding="utf-8")


def test_a_letter_without_faults_is_none(drafts: Path) -> None:
    for path in ("letter/ZB1.html", "ZB1.txt"):
        text = (drafts / "out" / path).read_text(encoding="utf-8")
        assert "Draft" not in text
        assert "⚠" not in text
    home = (drafts / "out" / "index.html").read_text(encoding="utf-8")
    assert home.count("draft, 1 fault") == 2
    assert home.count("no fault found") == 1


def test_the_tables_say_which_sentence_has_which_fault(drafts: Path) -> None:
    told = [one for one in table(drafts / "out" / "sentences.csv") if one["fault"]]
    assert [(one["sentence"], one["findings"]) for one in told] == [(f"{BARE}.", "")]
    assert told[0]["fault"].startswith("sentence_without_finding: ")
    kinds = {(one["icb"], one["kind"]) for one in table(drafts / "out" / "faults.csv")}
    assert kinds == {("ZB2", "sentence_without_finding"), ("ZB3", "duty_uncovered")}
    standing = table(drafts / "out" / "sentences.csv")
    assert {one["standing"] for one in standing if not one["findings"]} == {"yes", "no"}


def test_letters_without_faults_end_well(drafts: Path, tmp_path: Path) -> None:
    asked = ["--icb", "ZB1", "--out", str(tmp_path / "one")]
    assert run(["annual", "letter", str(drafts / "region"), *asked]) == 0
    assert table(tmp_path / "one" / "faults.csv") == []


def test_a_fault_of_the_regions_evidence_is_one_of_every_letter_that_rests_on_it(
    tmp_path: Path,
) -> None:
    made = clean_region(7)
    one, other = (
        next(f for f in made.findings if f["icb"] == code and f["heading"] == "social-value")
        for code in ("ZB1", "ZB2")
    )
    made.evidence.append({"id": "R1", "kind": "view", "icb": "ZR1", "body": "A board", "on": ""})
    for finding in (one, other):
        finding["evidence"].append("R1")
    folder = made.write(tmp_path / "region")
    assert run(["annual", "letter", str(folder), "--out", str(tmp_path / "out")]) == 1
    home = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert (home.count("draft, 1 fault"), home.count("no fault found")) == (2, 3)


@pytest.mark.parametrize("ending", ["txt", "docx"])
def test_what_is_noted_on_a_draft_is_no_part_of_the_letter(
    drafts: Path, tmp_path: Path, ending: str
) -> None:
    """A draft that is put back has the faults that it had, and no others."""
    before = faults(drafts / "region", tmp_path / "before")
    path = next((drafts / "out").rglob(f"ZB2.{ending}"))
    made = read_assessment(drafts / "region")
    place = drafts / "region" / "letters" / "ZB2.md"
    kept = place.read_bytes()
    place.unlink()
    back = place.with_suffix(f".{ending}")
    back.write_bytes(path.read_bytes())
    try:
        again = faults(drafts / "region", tmp_path / "after")
        said = [one.text for one in read_assessment(drafts / "region").letters["ZB2"].statements]
    finally:
        back.unlink()
        place.write_bytes(kept)
    told = [(one["kind"], one["message"]) for one in before]
    assert [(one["kind"], one["message"]) for one in again] == told
    assert [one.strip(".") for one in said if one.strip(".") == BARE] == [BARE]
    assert len(said) >= len(list(made.letters["ZB2"].statements))


def test_notes_are_passed_over_and_lines_keep_their_numbers() -> None:
    letter = read_letter("⚠ Draft: 1 fault.\n\nCosts rose [⚠ 1: no finding].\nWaits fell [F1].")
    assert [(one.text, one.findings, one.line) for one in letter.statements] == [
        ("Costs rose.", (), 3), ("Waits fell.", ("F1",), 4),
    ]  # fmt: skip


def test_a_summary_of_findings_with_faults_says_so(drafts: Path, tmp_path: Path) -> None:
    out = tmp_path / "summary"
    assert run(["annual", "rollup", str(drafts / "region"), "--out", str(out)]) == 1
    assert "Draft: 2 faults" in (out / "index.html").read_text(encoding="utf-8")
    assert "Draft: 2 faults" in (out / "summary.txt").read_text(encoding="utf-8")
