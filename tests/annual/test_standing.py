"""Standing sentences say what the records hold, and nothing that nobody recorded."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from remit.annual.checks import KINDS, check_assessment
from remit.annual.folder import read_assessment
from remit.annual.letter import first_letter
from remit.annual.years import ready_years
from remit.cli.run import run
from tests.annual.region import Region

ROOT = Path(__file__).resolve().parents[2]
BOARD, OTHER = "Larkshire Health and Wellbeing Board", "Quillborough Health & Wellbeing Board"


def one_icb(*views: tuple[str, str], replies: int = 0, **icb: Any) -> Region:
    made = Region("2024-25", 0)
    made.icbs = [{"code": "ZB1", "name": "NHS Larkshire Integrated Care Board", **icb}]
    made.evidence = [
        {"id": f"V{n}", "kind": "view", "icb": "ZB1", "body": body, "on": on, "says": "It was so."}
        for n, (body, on) in enumerate(views)
    ]
    made.findings = [
        {"id": "F1", "icb": "ZB1", "heading": "social-value", "statement": "It made progress.",
         "direction": "mixed", "phrase": "made progress", "evidence": ["V0"]},
    ]  # fmt: skip
    made.replies = [
        {"finding": "F1", "icb": "ZB1", "says": "No.", "outcome": "refused", "reason": "It is so."}
        for _ in range(replies)
    ]
    return made


def letter(made: Region, tmp_path: Path) -> str:
    return first_letter(read_assessment(made.write(tmp_path / "region")), "ZB1")


def test_nothing_is_said_that_nobody_recorded(tmp_path: Path) -> None:
    text = letter(one_icb(), tmp_path)
    for asserted in ("considered the views", "was shown to", "Thank you", "follow up", "{"):
        assert asserted not in text
    assert "No view of each relevant Health and Wellbeing Board is recorded" not in text
    assert "any relevant Health and Wellbeing Board" in text
    assert (
        "No check of factual accuracy with NHS Larkshire Integrated Care Board is recorded." in text
    )


def test_views_are_named_with_their_day_and_those_that_are_missing_too(tmp_path: Path) -> None:
    text = letter(one_icb((BOARD, "2025-05-13"), asked=[BOARD, OTHER]), tmp_path)
    assert f"{BOARD} (13 May 2025)" in text
    missing = next(one for one in text.split(". ") if "is recorded" in one and "view" in one)
    assert OTHER in missing
    assert "integrated care partnership" in missing
    assert BOARD not in missing


def test_a_view_of_each_that_was_asked_leaves_none_missing(tmp_path: Path) -> None:
    views = ((BOARD, "2025-05-13"), (OTHER, "May"), ("Larkshire Integrated Care Partnership", ""))
    text = letter(one_icb(*views, asked=[BOARD, OTHER]), tmp_path)
    assert "No view of" not in text
    assert f"{OTHER} (May)" in text


@pytest.mark.parametrize(
    ("shown", "replies", "said"),
    [
        ("2025-06-10", 0, "was shown to NHS Larkshire Integrated Care Board on 10 June 2025"),
        ("2025-06-10", 2, "2 refused"),
        ("", 1, "1 refused"),
    ],
)
def test_the_round_of_accuracy_is_told_as_it_was(
    shown: str, replies: int, said: str, tmp_path: Path
) -> None:
    more: dict[str, Any] = {"shown_on": shown} if shown else {}
    text = letter(one_icb((BOARD, "2025-05-13"), replies=replies, **more), tmp_path)
    assert said in text
    assert ("was shown to" in text) == bool(shown)
    assert "No check of factual accuracy" not in text


def test_a_letter_that_says_more_than_is_recorded_is_told(tmp_path: Path) -> None:
    """The standing sentence of a round that took place is none where no round is recorded."""
    said = "Each finding was shown to NHS Larkshire Integrated Care Board on 10 June 2025 for a check of factual accuracy."  # noqa: E501
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({}, ["sentence_without_finding"]), ({"shown_on": "2025-06-10"}, []),
    ]  # fmt: skip
    for more, kinds in cases:
        made = one_icb((BOARD, "2025-05-13"), **more)
        made.letters = {"ZB1": [said]}
        read = read_assessment(made.write(tmp_path / str(len(more))))
        found = [one for one in check_assessment(read) if "uncovered" not in one.kind]
        assert [one.kind for one in found] == kinds
        assert all("records" in one.message for one in found)


def test_check_tells_whose_view_the_law_wants_and_nobody_recorded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = one_icb((BOARD, "2025-05-13"), asked=[BOARD, OTHER])
    folder = str(made.write(tmp_path / "region"))
    run(["annual", "check", folder, "--out", str(tmp_path / "out")])
    said = capsys.readouterr().out
    assert f"The law wants views that are not recorded: of {OTHER} (ZB1)." in said
    assert "integrated care partnership" in said
    with (tmp_path / "out" / "coverage.csv").open(encoding="utf-8", newline="") as file:
        views = [one for one in csv.DictReader(file) if one["part"] == "view"]
    assert [(one["name"], one["findings"]) for one in views] == [
        (BOARD, "V0"), (OTHER, ""), ("the integrated care partnership", ""),
    ]  # fmt: skip


def test_views_that_are_all_there_are_not_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = one_icb((BOARD, "2025-05-13"), ("Larkshire integrated care partnership", "2025-05-13"))
    run(["annual", "check", str(made.write(tmp_path / "region"))])
    assert "not recorded" not in capsys.readouterr().out


def test_a_finding_speaks_of_performance_by_its_heading_and_it_is_said_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = one_icb((BOARD, "2025-05-13"))
    made.findings[0]["heading"] = "value-for-money"
    run(["annual", "check", str(made.write(tmp_path / "region"))])
    said = capsys.readouterr().out
    assert "no figure" in KINDS["no_source"]
    assert "“Value for money”" in next(one for one in said.splitlines() if "F1:" in one)


def test_the_documents_name_the_headings_of_performance_as_they_are_declared() -> None:
    text = (ROOT / "docs" / "annual.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"^\*\*Performance\.\*\* .*(?:\n(?!\n).*)*", text, re.MULTILINE)
    plain = " ".join(told.split())
    for year in ready_years().values():
        for one in year.headings:
            ids = re.findall(r"`([\w-]+)`", plain)
            assert (one.id in ids) == one.performance
