"""What limits may say of a target, and when only what was seen is said."""

from __future__ import annotations

from csv import DictReader
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from remit.cli.run import run
from remit.signals import Rebase, load_rules
from remit.signals.charts import spc
from remit.signals.series_in_words import ToldSeries, told_series
from tests.signals.frames import frame, months


def tell(values: list[Any], better: str = "higher", unit: str = "", **how: Any) -> ToldSeries:
    charts = spc(frame({"a": values}), better=better, **how)
    return told_series(charts.points, charts, "a", better=better, unit=unit)


def codes(told: ToldSeries) -> tuple[str, str]:
    assert told.found is not None
    return told.found.variation, told.found.assurance


LOW, HIGH = [60.0, 62.0] * 12, [80.0, 82.0] * 6


def test_limits_speak_while_the_process_runs_as_it_did() -> None:
    # Mean 61, ranges of 2: limits of 55.7 and 66.3.
    told = tell(LOW, "higher", "percent", target=78)
    assert codes(told) == ("common_cause", "fail")
    assert told.sentence.endswith("As things are, it will not meet the target of at least 78%.")
    assert told.rebase_from is None


def test_a_process_that_has_changed_is_not_judged_by_its_old_limits() -> None:
    # 24 months from January 2022 at about 61, then 12 at about 81: the mean is 67.7.
    told = tell(LOW + HIGH, "higher", "percent", target=78)
    # None of the 36 lies within its limits, 62.6 to 72.8.
    assert codes(told) == ("no_verdict", "met_lately")
    assert told.sentence.endswith(
        "It met the target of at least 78% in 12 of the last 12 months; its limits rest on older "
        "ones: consider re-basing from Jan 2024 if you know what changed."
    )
    assert told.rebase_from == date(2024, 1, 1)
    again = tell(LOW + HIGH, "higher", "percent", target=78, rebase=[Rebase(date(2024, 1, 1), "x")])
    # Mean 81, ranges of 2: limits of 75.7 and 86.3, so the target lies between them.
    assert codes(again) == ("common_cause", "inconsistent")


def test_the_same_the_other_way_round() -> None:
    # The mean is 74.3; limits of 69.0 and 79.7 say that 68% is always met.
    told = tell(HIGH + HIGH + [60.0, 62.0] * 6, "higher", "percent", target=68)
    assert codes(told) == ("no_verdict", "missed_lately")
    assert "It met the target of at least 68% in none of the last 12 months" in told.sentence
    assert told.rebase_from == date(2024, 1, 1)
    # The mean is 67.7; limits of 62.6 and 72.8 say that 74% is always met.
    lower = tell(LOW + HIGH, "lower", "percent", target=74)
    assert codes(lower) == ("no_verdict", "missed_lately")


def test_new_limits_need_their_points_before_they_are_proposed() -> None:
    told = tell(LOW + HIGH[:8], "higher", "percent", target=78)
    assert told.sentence.endswith(
        "consider re-basing from Jan 2024 if you know what changed; it needs 12 (now 8 months)."
    )


def test_one_month_on_the_other_side_does_not_end_what_has_gone_on_for_long() -> None:
    told = tell([*LOW, *HIGH[:9], 60.0, *HIGH[:3]], "higher", "percent", target=78)
    assert "It met the target of at least 78% in 11 of the last 12 months" in told.sentence
    assert told.rebase_from == date(2024, 1, 1)


def test_a_latest_point_that_is_a_signal_forecloses_a_forecast_though_none_was_met() -> None:
    told = tell([*LOW, 40.0], "higher", "percent", target=78)
    assert codes(told) == ("concern_low", "missed_lately")
    assert "will not meet" not in told.sentence
    assert "It met the target of at least 78% in none of the last 12 months." in told.sentence


def test_a_month_that_met_it_within_the_year_belies_that_it_never_will() -> None:
    told = tell([*LOW[:18], 90.0, *LOW[:5]], "higher", "percent", target=78)
    assert codes(told) == ("common_cause", "missed_lately")
    assert "It met the target of at least 78% in 1 of the last 12 months." in told.sentence


def test_how_many_points_and_how_many_against_are_declared() -> None:
    rules = load_rules("mdc-nhsr")
    assert (rules.outlook.recent, rules.outlook.contrary, rules.outlook.run) == (12, 1, 7)
    lax = rules.model_copy(update={"outlook": rules.outlook.model_copy(update={"contrary": 2})})
    told = tell([*LOW[:18], 90.0, *LOW[:5]], "higher", "percent", target=78, rules=lax)
    assert codes(told) == ("common_cause", "fail")
    short = rules.model_copy(update={"outlook": rules.outlook.model_copy(update={"recent": 5})})
    told = tell([*LOW[:18], 90.0, *LOW[:5]], "higher", "percent", target=78, rules=short)
    assert codes(told) == ("common_cause", "fail")


def test_what_limits_leave_open_is_not_called_chance_where_all_went_one_way() -> None:
    # Mean 81, limits of 75.7 and 86.3.
    assert tell(HIGH * 2, "higher", "percent", target=79).sentence.endswith(
        "It met the target of at least 79% in 12 of the last 12 months; within its limits it may "
        "miss it by chance."
    )
    mixed = tell(HIGH * 2, "higher", "percent", target=81)
    assert mixed.sentence.endswith("It may meet or miss the target of at least 81% by chance.")
    signal = tell([*HIGH, *HIGH, 60.0], "higher", "percent", target=79)
    assert "chance" not in signal.sentence


def test_the_best_that_can_be_is_not_left_to_limits_that_pass_it() -> None:
    # Mean 4.5, ranges of 1: the lower limit is 1.8. With ranges of 7 it would lie below 0.
    told = tell([1.0, 8.0] * 12, "lower", target=0)
    assert codes(told) == ("common_cause", "missed_lately")
    assert "It met the target of at most 0 in none of the last 12 months." in told.sentence
    assert codes(tell([95.0, 100.0] * 12, "higher", "percent", target=100))[1] == "met_lately"


@pytest.mark.parametrize(("value", "better"), [(100.0, "higher"), (0.0, "lower"), (99.9, "higher")])
def test_what_never_varies_and_lies_on_its_target_meets_it(value: float, better: str) -> None:
    told = tell([value] * 24, better, target=value)
    assert codes(told) == ("common_cause", "pass")
    assert "It does not vary" in told.sentence


@pytest.mark.parametrize(
    "values", [[1.0] + [0.0] * 23, [0.0] * 20 + [2.0] + [0.0] * 3, [0.0] * 23 + [1.0]]
)
def test_limits_without_width_judge_nothing(values: list[float]) -> None:
    told = tell(values, "lower", target=0)
    assert told.found is not None
    assert told.found.variation == "no_verdict"
    assert told.found.assurance in {"met_lately", "missed_lately", "mixed_lately"}
    assert "Its limits have no width" in told.sentence
    assert "a chart of rare events (g or t)" in told.sentence
    assert "will not meet" not in told.sentence


def test_without_limits_only_what_was_seen_is_said() -> None:
    rules = load_rules("mdc-nhsr")
    screening = rules.limits.screening
    assert screening is not None
    dropped = screening.model_copy(update={"zero_ranges": "drop"})
    limits = rules.limits.model_copy(update={"screening": dropped})
    told = tell([100.0] * 24, target=95, rules=rules.model_copy(update={"limits": limits}))
    assert codes(told) == ("common_cause", "met_lately")
    assert "It met the target of at least 95 in 12 of the last 12 months." in told.sentence


def test_rare_events_are_told_of_and_common_ones_not() -> None:
    rare = tell([0.0, 1.0, 0.0, 0.0, 2.0, 0.0] * 4, "lower", target=0)
    assert (
        "16 of its 24 figures are 0: a chart of rare events (g or t) shows more." in rare.sentence
    )
    assert "rare events" not in tell([0.0, 20.0, 30.0] * 8, "lower", target=0).sentence
    assert "rare events" not in tell([0.0, 0.5, 0.25, 0.0] * 6, "lower").sentence


MIXED = [[85.0, 0.86, 84.0, 0.85] * 4, [85.0] * 10 + [0.86] + [84.0] * 5, [0.6, 58.0, 62.0] * 5]
CHANGED = [
    [90.0, 88.0] * 6 + [0.5, 0.4] * 6,
    [0.5, 0.4] * 6 + [90.0, 88.0] * 6,
    [120.0, 1.0, 110.0, 1.0] * 5,
    [5.0, 0.5, 4.0, 0.8] * 5,
]


@pytest.mark.parametrize("values", MIXED)
def test_shares_among_percentages_have_no_verdict(values: list[float]) -> None:
    told = tell(values, target=80)
    assert codes(told) == ("no_verdict", "no_verdict")
    assert "a share beside a percentage" in told.sentence


@pytest.mark.parametrize("values", CHANGED)
def test_a_true_change_of_size_is_no_clash_of_units(values: list[float]) -> None:
    told = tell(values, "lower", target=10)
    assert codes(told)[1] != "no_verdict"
    assert "beside" not in told.sentence


def test_a_column_that_changes_its_unit_once_is_remarked_on_and_held_against_its_target() -> None:
    told = tell([85.0, 86.0] * 6 + [0.85, 0.86] * 6, target=80)
    assert codes(told)[1] != "no_verdict"
    assert "if one is a share and the other a percentage" in told.sentence


@pytest.mark.parametrize(
    ("values", "target", "off"),
    [
        ([0.85, 0.86], 95, True),
        ([0.41, 0.39], 92, True),
        ([0.04, 0.05], 5, True),
        ([85.0, 86.0], 0.8, True),
        ([41.0, 39.0], 0.92, True),
        ([85.0, 86.0], 80, False),
        ([0.85, 0.86], 0.95, False),
        ([85.0, 86.0], 1, False),
        ([0.0, 1.0], 50, False),
        ([450.0, 460.0], 0.9, False),
        ([0.5, 0.4], 18, True),
        ([3.0, 4.0], 95, False),
        ([74.5, 73.0], 7500, True),
        ([74.5, 73.0], 9500, True),
        ([74.5, 73.0], 110, False),
        ([74.0, 73.0], 7500, False),
        ([0.75, 0.74], 0.0075, True),
        ([0.75, 0.74], 0.0095, True),
        ([0.75, 0.74], 0.7, False),
        ([0.02, 0.01], 0.01, False),
        ([0.0, 1.0], 0.01, False),
    ],
)
def test_a_target_a_hundredfold_off_is_told(values: list[float], target: float, off: bool) -> None:
    told = tell(values * 8, target=target)
    assert ("hundredfold" in told.sentence) is off
    assert (codes(told)[1] == "no_verdict") is off


def test_a_signal_that_has_ended_is_drawn_plain_and_one_that_goes_on_is_not() -> None:
    # 18 months at about 10, then 6 at 100 and more: the mean is lifted to 34, and the rules name
    # the 18 as far below it.
    told = tell([10.0, 11.0] * 9 + [100.0, 101.0, 103.0, 102.0, 104.0, 105.0], "lower")
    drawn = [point.drawn for point in told.charted.points]
    assert drawn[:18] == ["ended"] * 18
    assert drawn[-1] == "special_cause_concern"
    assert told.charted.points[0].kind == "special_cause_improvement"
    assert told.charted.points[0].words == "an earlier signal, ended (below the lower limit)"


def test_a_run_that_goes_on_is_drawn_as_it_is_flagged() -> None:
    told = tell([*([70.0, 90.0] * 10), *([78.0, 79.0] * 4), 78.0])
    assert [point.drawn for point in told.charted.points[-9:]] == ["special_cause_concern"] * 9


def told_of(tmp_path: Path, cells: list[str], target: str) -> dict[str, str]:
    """What ``remit spc`` says of a file with so many months."""
    path = tmp_path / "waits.csv"
    rows = [f"{day},{cell}" for day, cell in zip(months(len(cells)), cells, strict=True)]
    path.write_text("date,value\n" + "\n".join(rows) + "\n", encoding="utf-8")
    asked = ["spc", str(path), "--better", "higher", "--target", target]
    assert run([*asked, "--out", str(tmp_path / "out")]) == 0
    with (tmp_path / "out" / "said.csv").open(encoding="utf-8", newline="") as file:
        return next(DictReader(file))


@pytest.mark.parametrize(
    ("cells", "clash"),
    [
        (["85%"] * 13 + ["0.86"], True),
        (["0.86"] * 7 + ["85%"] * 7, True),
        (["85%", "86"] * 7, False),
        (["85%", "84%"] * 4 + ["0.9%", "0.8%"] * 4, False),
        (["85", "84"] * 6 + ["0.86"], False),
    ],
)
def test_signs_of_per_cent_tell_shares_from_percentages(
    tmp_path: Path, cells: list[str], clash: bool
) -> None:
    said = told_of(tmp_path, cells, "80")
    assert (said["assurance"] == "no_verdict") is clash
    assert ("No verdict is given" in said["sentence"]) is clash


def test_the_notice_of_one_series_among_many_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "many.csv"
    series = {f"S{number}": [80.0, 82.0] * 6 for number in range(12)} | {"Odd": [85.0, 0.86] * 6}
    rows = [
        f"{name},{day},{value}"
        for name, values in series.items()
        for day, value in zip(months(12), values, strict=True)
    ]
    path.write_text("series,date,value\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert run(["spc", str(path), "--better", "higher", "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "Odd: 0.86 stands beside 85.0, a share beside a percentage" in told
    assert "S1: " not in told
