"""Limits that most of their own points do not lie within describe nothing, and judge nothing."""

from __future__ import annotations

from csv import DictReader
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import remit
from remit.cli.run import run
from remit.report import build_report
from remit.signals import Rebase
from tests.series.counted import metric
from tests.signals.frames import frame, months
from tests.signals.test_conclusion import codes, tell
from tests.signals.test_members import MONTHS, held

HAIR = [14.04] * 9 + [7.03, 7.02, 7.02, 7.03]
"""Ranges of nothing but for the fall (left out) and twice 0.01: limits a hair apart at 11.88."""

DRIFT = [float(50 + number) for number in range(41)]
"""One more every month: the mean is 70, ranges of 1, limits of 67.34 and 72.66; 5 points within."""

STEP = [60.0, 62.0] * 12 + [80.0, 82.0] * 6


def test_limits_a_hair_apart_judge_nothing() -> None:
    told = tell(HAIR, "lower")
    assert codes(told)[0] == "no_verdict"
    assert "13 of its 13 figures lie outside its limits" in told.sentence
    assert "special cause" not in told.sentence
    assert "run chart" in told.sentence


def test_a_process_that_drifts_is_not_told_as_news() -> None:
    told = tell(DRIFT, "lower", target=40)
    assert codes(told) == ("no_verdict", "missed_lately")
    assert "36 of its 41 figures lie outside its limits, 67.3 to 72.7" in told.sentence
    # Since a re-basing would meet the same drift, none is proposed.
    assert told.rebase_from is None
    assert "run chart" in told.sentence


def test_within_limits_that_do_not_fit_is_no_common_cause() -> None:
    """The latest point lies at the mean of a series that is elsewhere all the time."""
    told = tell([*DRIFT, 70.5], "higher")
    assert codes(told)[0] == "no_verdict"
    assert "no special cause" not in told.sentence


def test_a_step_gets_its_date_without_a_target_too() -> None:
    """36 points in all, of which 62.6 to 72.8 holds none; from January 2024 on 75.7 to 86.3."""
    told = tell(STEP, "neutral")
    assert codes(told)[0] == "no_verdict"
    assert told.rebase_from == date(2024, 1, 1)
    assert "Consider re-basing from Jan 2024 if you know what changed." in told.sentence
    again = tell(STEP, "higher", rebase=[Rebase(date(2024, 1, 1), "x")])
    assert codes(again)[0] == "common_cause"


def test_a_step_within_the_limits_is_still_a_signal() -> None:
    """The mean of 10, 11, … and 13, 14, … is 12; ranges of 1 make limits of 9.34 and 14.66."""
    told = tell([10.0, 11.0] * 6 + [13.0, 14.0] * 6, "higher")
    assert codes(told)[0] != "no_verdict"


def test_a_baseline_is_held_against_its_own_points() -> None:
    """All 12 points after the baseline lie outside; that is news, not a fault of the limits."""
    told = tell([60.0, 62.0] * 12 + [80.0, 82.0] * 6, "higher", baseline=24)
    assert codes(told)[0] == "improvement_high"


def test_a_rule_set_says_how_many_are_too_many(tmp_path: Path) -> None:
    rules = tmp_path / "own.yaml"
    rules.write_text(
        "schema: remit/spc-rules/1\nid: own\nversion: '1'\nname: Own\nsource: Board paper\n"
        "limits: {multiplier: 2.66}\nrules: [{kind: outside_limits}]\nminimum_points: 12\n"
        "outlook: {most_outside: 90}\n",
        encoding="utf-8",
    )
    # 36 of 41 are 88 in 100.
    assert codes(tell(DRIFT, "lower", rules=str(rules)))[0] == "concern_high"


def test_python_says_so_beside_the_figures_of_the_reference() -> None:
    made = remit.spc(frame({"drift": DRIFT, "flat": [5.0, 6.0] * 20, "short": [1.0, 2.0]}),
                     better="lower")  # fmt: skip
    fits = dict(made.series.select("series", "limits_fit").iter_rows())
    assert fits == {"drift": False, "flat": True, "short": None}
    # What is flagged stays as in the reference.
    assert made.points.filter(pl.col("series") == "drift")["rule"][-1] == "above_upper_limit"


def test_command_and_report_say_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.csv"
    rows = [f"a,{day},{value}" for day, value in zip(months(len(DRIFT)), DRIFT, strict=True)]
    path.write_text("\n".join(["series,date,value", *rows]), encoding="utf-8")
    assert run(["spc", str(path), "--better", "lower", "--out", str(tmp_path / "out")]) == 0
    (said,) = DictReader((tmp_path / "out" / "said.csv").read_text("utf-8").splitlines())
    assert said["variation"] == "no_verdict"
    assert "36 of its 41 figures lie outside its limits" in said["sentence"]
    capsys.readouterr()
    drift = pl.concat([held("ZA1", 1 + 3 * n, [label]) for n, label in enumerate(MONTHS)])
    view = build_report(drift, "ZA1", "Jun 2025", metrics=[metric()]).view
    assert view.own.lines[0].variation.code == "no_verdict"
    assert "figures lie outside its limits" in view.own.lines[0].sentence
