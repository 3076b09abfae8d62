"""``remit who targets``: how many standards and goals bind an organisation, and who set them."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import Any

import pytest

from remit.cli.run import run

ACUTE = "ZA1"
STANDARDS = [
    "ae.four-hours",
    "cancer.28-day",
    "cancer.31-day",
    "cancer.62-day",
    "dm01.six-weeks-share",
    "rtt.within-18-weeks-share",
]
GOALS = [
    "ae.four-hours",
    "cancer.28-day",
    "cancer.62-day",
    "rtt.over-52-weeks-share",
    "rtt.within-18-weeks-share",
]


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(["who", "targets", *arguments]) == code
    captured = capsys.readouterr()
    return captured.out + captured.err


def listed(capsys: pytest.CaptureFixture[str], to: str, on: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        said(capsys, "--to", to, "--on", on, "--format", "json")
    )
    return found


def sure(rows: list[dict[str, Any]], kind: str) -> list[str]:
    return sorted(r["metric"] for r in rows if r["kind"] == kind and not r["only_where"])


def test_an_acute_trust_is_told_what_binds_it(capsys: pytest.CaptureFixture[str]) -> None:
    rows = listed(capsys, ACUTE, "2025-06-30")
    assert sure(rows, "standard") == STANDARDS
    assert sure(rows, "goal") == GOALS
    assert {row["metric"] for row in rows if row["only_where"]} == {
        "ambulance.mean-response-c1",
        "ambulance.mean-response-c2",
    }
    text = said(capsys, "--to", ACUTE, "--on", "2025-06-30")
    assert "6 standards and 5 goals bind it: 11 in all." in text
    assert "A framework scores it by 9 marks besides." in text
    assert "3 more bind it only where it provides the service." in text
    assert "5 percentage points more than in Nov 2024, and at least 60%, by 2026-03-31" in text
    assert "fictional" in text


@pytest.mark.parametrize(
    ("to", "standards", "goals"),
    [
        # The ICB and the region have what the acute and the ambulance trust have, and no part in
        # the goal of 18 weeks, which was England's and each trust's.
        ("icb", 8, 5),
        ("Y56", 8, 5),
        ("England", 8, 6),
        ("ambulance trust", 2, 1),
        ("mental health trust", 0, 0),
    ],
)
def test_each_kind_has_its_own_number(
    capsys: pytest.CaptureFixture[str], to: str, standards: int, goals: int
) -> None:
    rows = listed(capsys, to, "2025-06-30")
    assert (len(sure(rows, "standard")), len(sure(rows, "goal"))) == (standards, goals)


@pytest.mark.parametrize(
    ("day", "goals", "marks"),
    [
        ("2023-03-31", 0, 0),  # before the first goal
        ("2023-04-01", 2, 0),  # A&E 76%, adult beds 92%
        ("2025-03-31", 4, 0),  # A&E 78%, cancer 77% and 70%, diagnostics 5%
        ("2025-04-01", 5, 9),
        ("2026-03-31", 5, 9),
        ("2026-04-01", 4, 0),  # A&E 82%, 18 weeks, cancer 85%, diagnostics 1%
        ("2029-04-01", 0, 0),  # after the last
    ],
)
def test_goals_begin_and_end_on_their_days(
    capsys: pytest.CaptureFixture[str], day: str, goals: int, marks: int
) -> None:
    rows = listed(capsys, "acute", day)
    assert (len(sure(rows, "goal")), len(sure(rows, "mark"))) == (goals, marks)


def test_who_set_it_and_what_was_not_seen_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    rows = listed(capsys, "acute", "2026-06-30")
    (four_hours,) = (r for r in rows if (r["kind"], r["metric"]) == ("goal", "ae.four-hours"))
    assert (four_hours["asked"], four_hours["by"]) == ("at least 82%", "2027-03-31")
    assert four_hours["verified"] is False
    assert four_hours["set_by"] == "NHS England"
    text = said(capsys, "--to", "acute", "--on", "2026-06-30")
    assert "1 of those listed is not verified against a source." in text
    assert Counter(text.splitlines())["Set by NHS England"] == 1


def test_what_must_be_known_of_a_target_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "--to", "acute", "--on", "2025-06-30")
    assert "each mental health or community trust. It is a floor: a value below it has" in text
    rows = listed(capsys, "acute", "2026-06-30")
    (weeks,) = (r for r in rows if (r["kind"], r["metric"]) == ("goal", GOALS[-1]))
    assert weeks["note"].startswith("The month that the 7 points are counted from is not named")


def test_csv_has_a_row_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "--to", "icb", "--on", "2025-06-30", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 13
    (mean,) = (row for row in rows if row["averaged_over"] == "year")
    assert (mean["metric"], mean["asked"]) == ("ambulance.mean-response-c2", "at most 30 minutes")


def test_a_closed_organisation_is_told_with_who_has_its_work(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "closed on 31 March 2026" in said(capsys, "--to", "QRV", "--on", "2026-06-30", code=2)
    assert len(sure(listed(capsys, "QRV", "2026-03-31"), "goal")) == 5


def test_any_trust_is_of_one_kind_or_another(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "--to", "foundation trust", "--on", "2025-06-30")
    assert "8 standards and 6 goals bind trusts of one kind or another: 14 in all." in text
