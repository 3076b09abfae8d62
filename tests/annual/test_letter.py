"""Letters and the roll-up: every sentence leads to its finding, the same each time."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from remit.cli.run import run
from remit.sample import write_assessed
from tests.annual.region import Region, clean_region
from tests.annual.test_check import faults


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A region without letters."""
    made = clean_region(5)
    made.letters = {}
    made.replies = [
        {"finding": made.findings[0]["id"], "icb": "ZB1", "on": "2025-06-20",
         "says": "The plan was agreed in May.", "outcome": "refused",
         "reason": "The minutes say June."},
    ]  # fmt: skip
    return made.write(tmp_path_factory.mktemp("annual") / "region")


@pytest.fixture(scope="module")
def letters(region: Path) -> Path:
    out = region.parent / "letters"
    assert run(["annual", "letter", str(region), "--out", str(out)]) == 0
    return out


def test_a_first_letter_has_no_fault_when_it_is_put_back(region: Path, letters: Path) -> None:
    for ending in ("txt", "docx"):
        for path in letters.rglob(f"ZB*.{ending}"):
            place = region / "letters" / path.name
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(path.read_bytes())
        found = faults(region, region.parent / f"faults-{ending}")
        for path in (region / "letters").iterdir():
            path.unlink()
        assert found == []


def test_every_sentence_of_a_page_leads_to_its_finding(letters: Path) -> None:
    page = (letters / "letter" / "ZB3.html").read_text(encoding="utf-8")
    beside = (letters / "findings" / "ZB3.html").read_text(encoding="utf-8")
    links = re.findall(r'href="\.\./findings/ZB3\.html#([\w-]+)"', page)
    told = [row for row in rows(letters / "sentences.csv") if row["icb"] == "ZB3"]
    assert links == [name for row in told for name in row["findings"].split("; ") if name]
    assert links
    assert set(links) <= set(re.findall(r'id="([\w-]+)"', beside))


def test_every_link_of_the_document_leads_to_a_place_in_it(letters: Path) -> None:
    from docx import Document
    from docx.oxml.ns import qn

    body = Document(str(letters / "word" / "ZB2.docx")).element.body
    anchors = [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))]
    places = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    told = [row["findings"] for row in rows(letters / "sentences.csv") if row["icb"] == "ZB2"]
    assert len(anchors) == sum(len(names.split("; ")) for names in told if names)
    assert set(anchors) <= set(places)


def test_a_refused_reply_stands_beside_its_finding(letters: Path) -> None:
    (row,) = rows(letters / "replies.csv")
    assert (row["outcome"], row["reason"]) == ("refused", "The minutes say June.")
    page = (letters / "findings" / "ZB1.html").read_text(encoding="utf-8")
    assert "The plan was agreed in May. – refused: The minutes say June." in page


def test_a_refusal_needs_a_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = clean_region(5)
    made.replies = [{"finding": "F1", "icb": "ZB1", "says": "No.", "outcome": "refused"}]
    folder = made.write(tmp_path / "region")
    assert run(["annual", "check", str(folder)]) == 2
    assert "a reply that is refused needs a `reason`" in capsys.readouterr().err


def rolled(made: Region, folder: Path, out: Path, *more: str) -> Mapping[str, bytes]:
    made.write(folder)
    assert run(["annual", "rollup", str(folder), "--out", str(out), *more]) == 0
    return contents(out)


def test_the_roll_up_is_the_same_to_the_byte(tmp_path: Path) -> None:
    """Whatever the order in which findings and evidence stand, in YAML or CSV."""
    made = clean_region(11)
    before = rolled(made, tmp_path / "one", tmp_path / "a")
    made.findings.reverse()
    made.evidence.reverse()
    made.write(tmp_path / "two", as_csv=True)
    assert run(["annual", "rollup", str(tmp_path / "two"), "--out", str(tmp_path / "b")]) == 0
    assert contents(tmp_path / "b") == before


def test_each_sentence_of_the_roll_up_is_a_finding_and_is_counted(tmp_path: Path) -> None:
    made = clean_region(11)
    rolled(made, tmp_path / "one", tmp_path / "a")
    told = {row["finding"]: row["sentence"] for row in rows(tmp_path / "a" / "findings.csv")}
    assert told == {one["id"]: one["statement"] for one in made.findings}
    counts = rows(tmp_path / "a" / "counts.csv")
    assert sum(int(row["findings"]) for row in counts) == len(made.findings)
    page = (tmp_path / "a" / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="findings/(ZB\d)\.html#([\w-]+)"', page)
    assert sorted(name for _, name in links) == sorted(told)


def one_finding(code: str, heading: str, phrase: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"{code}-{heading}", "icb": code, "heading": heading, "statement": "It is so.",
        "direction": "concern", "phrase": phrase, "evidence": [], **more,
    }  # fmt: skip


def small(year: str, *findings: dict[str, Any], icbs: list[dict[str, Any]]) -> Region:
    made = Region(year, 0)
    made.icbs, made.findings = icbs, list(findings)
    return made


def two_icbs(*codes: str) -> list[dict[str, Any]]:
    return [{"code": code, "name": f"NHS {code} Integrated Care Board"} for code in codes]


def merged(*predecessors: tuple[str, list[str]]) -> list[dict[str, Any]]:
    return [
        {"code": code, "name": f"NHS {code} Integrated Care Board", "predecessors": before}
        for code, before in predecessors
    ]


def test_what_is_said_two_years_running_is_said_of_who_has_merged_too(tmp_path: Path) -> None:
    last = small(
        "2023-24",
        one_finding("ZB1", "system-leadership", "serious concerns"),
        one_finding("ZB2", "inequality", "needs to improve"),
        icbs=two_icbs("ZB1", "ZB2"),
    ).write(tmp_path / "last")
    now = small(
        "2024-25",
        one_finding("ZB9", "leadership-governance", "significant challenges"),
        one_finding("ZB9", "inequality", "serious concern"),
        icbs=merged(("ZB9", ["ZB1", "ZB2"])),
    ).write(tmp_path / "now")
    out = tmp_path / "out"
    assert run(["annual", "compare", str(last), str(now), "--out", str(out)]) == 0
    found = [
        (row["from_icb"], row["heading"], row["last_rung"], row["rung"], row["said"])
        for row in rows(out / "compare.csv")
    ]
    assert found == [
        ("ZB1", "leadership-governance", "significant-concern", "significant-concern", "again"),
        ("ZB2", "inequality", "improvement-needed", "significant-concern", "lower"),
    ]
    concerns = rows(out / "concerns.csv")
    assert [(one["icb"], one["from_icb"], one["concern"]) for one in concerns] == [
        ("ZB9", "ZB1", "ZB1-system-leadership"),
        ("ZB9", "ZB2", "ZB2-inequality"),
    ]


def test_the_sample_has_no_fault_and_was_said_twice(tmp_path: Path) -> None:
    """Of ZB2 improvement is required again; ZB1's concern became progress, so it is higher."""
    years = write_assessed(tmp_path)
    assert faults(years.now, tmp_path / "faults") == []
    out = tmp_path / "two"
    assert run(["annual", "compare", str(years.last), str(years.now), "--out", str(out)]) == 0
    found = [(one["icb"], one["said"]) for one in rows(out / "compare.csv") if one["last_finding"]]
    assert found == [("ZB1", "higher"), ("ZB2", "again")]
    told = [(one["concern"], one["became"]) for one in rows(out / "concerns.csv")]
    assert told == [("L-ZB1-1", "closed"), ("L-ZB2-1", "continued")]
