"""Targets and re-basings that contradict each other, or would do nothing, are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import remit
from remit.cli.run import run
from remit.model.errors import AssessmentError
from remit.signals import Target
from tests.signals.frames import frame

DAY = date(2023, 1, 1)
FLAT = {"a": [60.0, 62.0] * 8, "b": [70.0, 72.0] * 8}


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ([Target(60, DAY), Target(80, DAY)], "from 2023-01-01: 60 and 80; leave one"),
        ([Target(60, DAY, "a"), Target(None, DAY, "a")], "for 'a': 60 and none"),
        ([Target(60), Target(80)], "from the beginning: 60 and 80"),
    ],
)
def test_two_targets_of_one_day_are_refused(targets: list[Target], said: str) -> None:
    with pytest.raises(AssessmentError) as caught:
        remit.spc(frame(FLAT), better="higher", target=targets)
    assert said in str(caught.value)


def test_the_same_twice_and_one_of_a_series_beside_that_of_all_are_no_contradiction() -> None:
    given = [Target(60, DAY), Target(60, DAY), Target(80, DAY, "a")]
    made = remit.spc(frame(FLAT), better="higher", target=given)
    assert dict(made.series.select("series", "target").iter_rows()) == {"a": 80.0, "b": 60.0}


def test_a_file_names_both_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    points, targets = tmp_path / "p.csv", tmp_path / "t.csv"
    points.write_text("date,value\n2023-01-01,70\n2023-02-01,71\n", encoding="utf-8")
    targets.write_text("date,target\n2023-01-01,76\n2023-01-01,80\n", encoding="utf-8")
    assert run(["spc", str(points), "--better", "higher", "--targets", str(targets)]) == 2
    assert "lines 2 and 3: two targets for one day, 76 and 80" in capsys.readouterr().err


@pytest.mark.parametrize(("day", "told"), [("2031-01-01", True), ("2023-02-01", False)])
def test_a_rebasing_after_the_last_point_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str, told: bool
) -> None:
    points, rebases = tmp_path / "p.csv", tmp_path / "r.csv"
    points.write_text("date,value\n2023-01-01,70\n2023-02-01,71\n", encoding="utf-8")
    rebases.write_text(f"date,reason\n{day},a new ward\n", encoding="utf-8")
    assert run(["spc", str(points), "--better", "higher", "--rebase", str(rebases)]) == 0
    said = f"The re-basing on {day} (a new ward) lies after the last point: it changes nothing."
    assert (said in " ".join(capsys.readouterr().out.split())) is told
