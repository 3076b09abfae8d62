"""What became of last year's concerns is told whole: dropped and unanswered ones too."""

from __future__ import annotations

import csv
from pathlib import Path

from remit.cli.run import run
from tests.annual.region import Region, clean_region


def with_concerns(*became: str) -> Region:
    """One ICB whose concerns became this."""
    made = clean_region(7)
    mine = next(one for one in made.findings if one["icb"] == "ZB1")
    made.icbs = made.icbs[:1]
    for name in ("evidence", "figures", "findings"):
        setattr(made, name, [one for one in getattr(made, name) if one["icb"] == "ZB1"])
    made.letters = {}
    made.concerns = []
    for number, told in enumerate(became, start=1):
        row = {"id": f"C{number}", "icb": "ZB1", "statement": f"Waits were long {number}."}
        if told in {"closed", "continued"}:
            row |= {"became": told, "finding": mine["id"]}
        elif told:
            row |= {"became": "dropped"} | ({"reason": told} if told != "dropped" else {})
        made.concerns.append(row)
    return made


def pages(made: Region, tmp_path: Path, command: str) -> str:
    folder = made.write(tmp_path / "region")
    run(["annual", command, str(folder), "--out", str(tmp_path / command)])
    return (tmp_path / command / "index.html").read_text(encoding="utf-8")


def test_a_dropped_concern_stands_in_the_overview_with_its_reason(tmp_path: Path) -> None:
    made = with_concerns("The service passed to another board", "dropped", "", "closed")
    for command in ("letter", "rollup"):
        page = pages(made, tmp_path, command)
        assert "1 closed, 0 continued, 2 dropped, 1 not answered, of 4" in page
        assert "C1, dropped: The service passed to another board" in page
        assert "C2, dropped: no reason is given" in page
        assert "C3, not answered" in page
    findings = (tmp_path / "letter" / "findings" / "ZB1.html").read_text(encoding="utf-8")
    assert "Waits were long 2" in findings
    assert "dropped: no reason is given" in findings
    told = (tmp_path / "rollup" / "summary.txt").read_text(encoding="utf-8")
    assert "C2, dropped: no reason is given" in told
    with (tmp_path / "rollup" / "concerns.csv").open(encoding="utf-8", newline="") as file:
        rows = [(one["concern"], one["became"], one["reason"]) for one in csv.DictReader(file)]
    assert rows == [
        ("C1", "dropped", "The service passed to another board"), ("C2", "dropped", ""),
        ("C3", "not answered", ""), ("C4", "closed", ""),
    ]  # fmt: skip


def test_a_finding_beside_a_concern_that_nobody_answered_is_no_answer(tmp_path: Path) -> None:
    made = with_concerns("", "closed")
    made.concerns[0]["finding"] = made.concerns[1]["finding"]
    page = pages(made, tmp_path, "letter")
    assert "C1, not answered<" in page
    assert "not answered in" not in page


def test_a_concern_that_was_taken_out_of_the_list_is_not_none(tmp_path: Path) -> None:
    last = clean_region(3, "2023-24")
    folder = last.write(tmp_path / "last")
    concerns = [
        one for one in last.findings if one["icb"] == "ZB1" and one["direction"] == "concern"
    ]
    assert concerns
    new = ["--year", "2024-25", "--icb", "ZB1", "--last-year", str(folder)]
    now = tmp_path / "now"
    assert run(["annual", "new", str(now), *new]) == 0
    (now / "concerns.yaml").write_text("schema: remit/annual-concerns/1\nconcerns: []\n", "utf-8")
    for command in ("letter", "rollup"):
        out = tmp_path / command
        assert run(["annual", command, str(now), "--out", str(out)]) == 1
        page = (out / "index.html").read_text(encoding="utf-8")
        assert f"{len(concerns)} taken out of the list" in page
        assert f"{concerns[0]['id']}, taken out of the list" in page


def test_a_concern_of_a_merged_icb_stands_with_who_has_its_work(tmp_path: Path) -> None:
    made = with_concerns("It was closed with the service")
    made.concerns[0]["icb"] = "ZB0"
    made.icbs[0]["predecessors"] = ["ZB0"]
    assert "1 dropped, of 1" in pages(made, tmp_path, "letter")


def test_two_years_side_by_side_tell_the_reason(tmp_path: Path) -> None:
    last = clean_region(3, "2023-24")
    last.concerns = []
    folder = last.write(tmp_path / "last")
    now = clean_region(3)
    now.concerns = [
        {"id": one["id"], "icb": one["icb"], "statement": "x", "became": "dropped", "reason": "It"}
        for one in last.findings
        if one["direction"] == "concern"
    ]
    asked = [str(folder), str(now.write(tmp_path / "now")), "--out", str(tmp_path / "out")]
    assert run(["annual", "compare", *asked]) == 0
    with (tmp_path / "out" / "concerns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(one["became"], one["reason"]) for one in rows} == {("dropped", "It")}
