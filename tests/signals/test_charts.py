"""What a user of ``remit.spc`` relies on: frames, edges with declared answers, changes in time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import remit
from remit.model.errors import AssessmentError, DeclarationError, UnknownCode
from remit.signals import Rebase, Target, UnfitChart, load_rules, rule_set_names, spc
from tests.signals.frames import frame

LEVELS = [70.0, 72, 71, 69, 73, 70, 71, 72, 70, 69, 71, 72]
SHIFTED = LEVELS + [value + 10 for value in LEVELS]


def one(values: list[Any], **how: Any) -> dict[str, Any]:
    how = {"better": "higher", "target": 80, **how}
    return spc(frame({"a": values}), **how).series.row(0, named=True)


# The room and its function ------------------------------------------------------------------------


def test_the_function_is_offered_by_remit_itself() -> None:
    assert remit.spc(frame({"a": LEVELS}), better="lower").series.height == 1
    assert remit.spc is spc


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda f: f, pl.DataFrame),
        (lambda f: f.lazy(), pl.LazyFrame),
        (lambda f: f.to_pandas(), pd.DataFrame),
        (lambda f: f.to_arrow(), pa.Table),
        (lambda f: duckdb.from_arrow(f.to_arrow()), duckdb.DuckDBPyRelation),
    ],
)
def test_a_user_gets_the_kind_of_frame_that_was_given(make: Any, kind: type) -> None:
    charts = spc(make(frame({"a": SHIFTED, "b": LEVELS})), better="higher", target=80)
    assert isinstance(charts.points, kind)
    assert isinstance(charts.series, kind)
    plain = spc(frame({"a": SHIFTED, "b": LEVELS}), better="higher", target=80)
    if kind is pl.LazyFrame:
        assert charts.points.collect().equals(plain.points)
    elif kind is pl.DataFrame:
        assert charts.points.equals(plain.points)
    else:
        again = pl.DataFrame(
            charts.points.df() if kind is duckdb.DuckDBPyRelation else charts.points
        )
        assert again["kind"].to_list() == plain.points["kind"].to_list()


def test_rows_may_come_in_any_order_and_columns_have_any_name() -> None:
    given = frame({"a": SHIFTED, "b": LEVELS}).rename(
        {"series": "org", "date": "month", "value": "rate"}
    )
    names: dict[str, Any] = {"series": "org", "date": "month", "value": "rate"}
    mixed = spc(given.sample(fraction=1, shuffle=True, seed=3), better="higher", **names)
    straight = spc(given, better="higher", **names)
    key = ["org", "month"]
    assert mixed.points.sort(key).equals(straight.points.sort(key))
    assert straight.points.columns[:3] == ["org", "month", "rate"]


def test_several_columns_can_name_a_series_and_none_makes_one() -> None:
    two = frame({"a": LEVELS, "b": SHIFTED}).with_columns(metric=pl.lit("wait"))
    charts = spc(two, better="lower", series=["series", "metric"])
    assert charts.series.select("series", "metric", "n").rows() == [
        ("a", "wait", 12),
        ("b", "wait", 24),
    ]
    alone = spc(frame({"a": LEVELS}).drop("series"), better="lower", series=None)
    assert alone.series["n"].to_list() == [12]


def test_better_can_differ_by_series() -> None:
    high = frame({"a": SHIFTED, "b": SHIFTED, "c": SHIFTED}).with_columns(
        way=pl.col("series").replace_strict({"a": "higher", "b": "lower", "c": "neutral"})
    )
    series = spc(high, better="way", target=60).series
    assert series["variation"].to_list() == [
        "special_cause_improvement",
        "special_cause_concern",
        "special_cause_neutral_high",
    ]
    assert series["assurance"].to_list() == ["consistent_pass", "consistent_fail", None]
    with pytest.raises(AssessmentError, match="different things of the series a"):
        spc(high.with_columns(way=pl.Series(["higher", "lower"] * 36)), better="way")
    with pytest.raises(AssessmentError, match="says 'up' of the series a"):
        spc(high.with_columns(way=pl.lit("up")), better="way")


# Edges with a declared answer ---------------------------------------------------------------------


def test_a_constant_series_is_common_cause_with_limits_on_its_mean() -> None:
    for value in (100.0, 99.9, 0.1, 1e9 / 3):
        row = one([value] * 48, target=value / 2)
        assert (row["mean"], row["lower_limit"], row["upper_limit"]) == (value,) * 3
        assert row["variation"] == "common_cause"
        assert row["assurance"] == "consistent_pass"


def test_a_constant_series_on_its_target_passes_always() -> None:
    assert one([100.0] * 48, target=100)["assurance"] == "consistent_pass"
    assert one([0.0] * 48, better="lower", target=0)["assurance"] == "consistent_pass"
    assert one([99.9] * 48, better="neutral", target=99.9)["assurance"] is None


def test_limits_without_width_judge_no_target_unless_nothing_varies() -> None:
    # One range of 1 and 22 of 0: the mean range is 1/23, so the 1 is screened and none is left.
    with pytest.warns(UnfitChart, match="no width"):
        row = one([1.0] + [0.0] * 23, better="lower", target=0)
    assert row["lower_limit"] == row["upper_limit"] == pytest.approx(1 / 24)
    assert row["assurance"] is None


def test_the_switch_that_drops_zero_ranges_leaves_no_limits_as_the_reference_does() -> None:
    rules = load_rules("mdc-nhsr")
    screening = rules.limits.screening
    assert screening is not None
    dropped = screening.model_copy(update={"zero_ranges": "drop"})
    limits = rules.limits.model_copy(update={"screening": dropped})
    row = one([100.0] * 48, rules=rules.model_copy(update={"limits": limits}))
    assert (row["lower_limit"], row["upper_limit"], row["assurance"]) == (None, None, None)


def test_a_change_after_a_baseline_without_change_is_outside_the_limits() -> None:
    with pytest.warns(UnfitChart, match="no width"):
        row = one([50.0] * 12 + [50.1], baseline=12)
    assert (row["upper_limit"], row["rule"]) == (50.0, "above_upper_limit")


def test_a_missing_value_is_no_point_and_its_neighbours_lie_next_to_each_other() -> None:
    holed = [*SHIFTED[:5], None, float("nan"), *SHIFTED[5:]]
    charts = spc(frame({"a": holed}), better="higher", target=80)
    whole = spc(frame({"a": SHIFTED}), better="higher", target=80)
    assert charts.points.height == 26
    blank = charts.points[5:7].drop("series", "date")
    assert blank.null_count().row(0) == (2,) * blank.width
    there = charts.points.filter(pl.col("value").is_not_null())
    assert there.drop("date").equals(whole.points.drop("date"))
    assert charts.series["n"].to_list() == [24]


def test_short_series() -> None:
    single = one([5.0])
    assert (single["mean"], single["lower_limit"], single["assurance"]) == (5.0, None, None)
    assert (single["variation"], single["trial_limits"]) == ("common_cause", True)
    assert one([5.0, 6.0])["upper_limit"] == pytest.approx(5.5 + 2.66)
    assert [one(LEVELS[:11])["trial_limits"], one(LEVELS)["trial_limits"]] == [True, False]
    nothing = spc(frame({"a": [None], "b": LEVELS}), better="higher").series
    assert nothing.select("series", "n", "mean", "variation").row(0) == ("a", 0, None, None)
    assert spc(frame({}), better="higher").points.is_empty()


def test_two_points_on_one_date_are_refused_by_name() -> None:
    twice = pl.concat([frame({"a": LEVELS}), frame({"a": LEVELS[:2]})])
    with pytest.raises(AssessmentError, match=r"a has two points on 2022-01-01 \(and 1 more"):
        spc(twice, better="higher")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"date": pl.lit(None, dtype=pl.Date)}, "12 row.s. have no date"),
        ({"date": pl.lit("1 June")}, "not written as 2025-06-01"),
        ({"value": pl.lit("12%")}, "must hold numbers"),
        ({"value": pl.lit(float("inf"))}, "2022-01-01: an infinite value"),
        ({"series": pl.lit(None, dtype=pl.String)}, "do not say which series"),
    ],
)
def test_what_cannot_be_charted_is_refused_with_its_reason(change: Any, said: str) -> None:
    with pytest.raises(AssessmentError, match=said):
        spc(frame({"a": LEVELS}).with_columns(**change), better="higher")


def test_a_missing_column_and_a_wrong_direction_are_named() -> None:
    with pytest.raises(AssessmentError, match=r"lacks the column\(s\) rate; it has: series"):
        spc(frame({"a": LEVELS}), value="rate", better="higher")
    with pytest.raises(AssessmentError, match="'up'; say higher, lower or neutral"):
        spc(frame({"a": LEVELS}), better="up")
    with pytest.raises(AssessmentError, match="a dict is no frame"):
        spc({"a": 1}, better="higher")


# Changes in time ----------------------------------------------------------------------------------


def test_a_baseline_makes_mean_and_limits_of_the_first_points_only() -> None:
    first = one(LEVELS)
    fixed = one(SHIFTED, baseline=12)
    for name in ("mean", "lower_limit", "upper_limit"):
        assert fixed[name] == first[name]
    assert fixed["rule"] == "above_upper_limit"
    with pytest.raises(AssessmentError, match="baseline of 11 points is too short"):
        one(SHIFTED, baseline=11)


def test_a_rebased_series_is_judged_as_two() -> None:
    rebase = [Rebase(date(2022, 12, 15), "a second theatre opened")]
    charts = spc(frame({"a": SHIFTED}), better="higher", target=75, rebase=rebase)
    second = [value + 10 for value in LEVELS]
    parts = spc(frame({"a": LEVELS, "b": second}), better="higher", target=75)
    same = ["value", "mean", "lower_limit", "upper_limit", "kind", "rule"]
    assert charts.points.select(same).equals(parts.points.select(same))
    assert charts.points["stretch"].to_list() == [1] * 12 + [2] * 12
    row = charts.series.row(0, named=True)
    assert (row["n"], row["stretch"], row["assurance"]) == (12, 2, "consistent_pass")
    assert charts.rebases == tuple(rebase)


def test_a_rebasing_can_be_of_one_series_and_needs_a_reason() -> None:
    two = frame({"a": SHIFTED, "b": SHIFTED})
    charts = spc(two, better="higher", rebase=[Rebase(date(2023, 1, 1), "new unit", "b")])
    assert charts.series["stretch"].to_list() == [1, 2]
    with pytest.raises(AssessmentError, match="no reason"):
        Rebase(date(2023, 1, 1), "  ")
    with pytest.raises(AssessmentError, match="no series 'bb' in the figures; did you mean"):
        spc(two, better="higher", rebase=[Rebase(date(2023, 1, 1), "new unit", "bb")])


@pytest.mark.parametrize("day", [date(2021, 1, 1), date(2022, 1, 1), date(2030, 1, 1)])
def test_a_rebasing_before_or_after_all_points_changes_nothing(day: date) -> None:
    with_it = spc(frame({"a": LEVELS}), better="higher", rebase=[Rebase(day, "x")])
    assert with_it.points.equals(spc(frame({"a": LEVELS}), better="higher").points)


def test_targets_by_date_by_series_and_from_a_column() -> None:
    two = frame({"a": LEVELS, "b": LEVELS})
    dated = [Target(60), Target(90, date(2022, 7, 1)), Target(71, series="b")]
    charts = spc(two, better="higher", target=dated)
    assert charts.points["target"].to_list() == [60.0] * 6 + [90.0] * 6 + [71.0] * 12
    assert charts.series["assurance"].to_list() == ["consistent_fail", "inconsistent"]
    named = spc(two, better="higher", target={"a": 60}).series
    assert named["assurance"].to_list() == ["consistent_pass", None]
    column = two.with_columns(goal=pl.lit(90))
    assert set(spc(column, better="lower", target="goal").series["assurance"]) == {
        "consistent_pass"
    }
    with pytest.raises(AssessmentError, match="no column 'aim' of targets"):
        spc(two, better="lower", target="aim")


# Rule sets ----------------------------------------------------------------------------------------


def test_the_packaged_rule_sets_differ_in_screening_only() -> None:
    assert rule_set_names() == ("mdc-excel", "mdc-nhsr")
    nhsr, excel = load_rules("mdc-nhsr"), load_rules("mdc-excel")
    assert nhsr.limits.screening is not None
    assert excel.limits.screening is None
    assert nhsr.rules == excel.rules
    with pytest.raises(UnknownCode, match="Known: mdc-excel, mdc-nhsr"):
        load_rules("wheeler")


OWN = """schema: remit/spc-rules/1
id: ours
version: "2"
name: Runs of eight
source: our board, June 2025
limits: {multiplier: 2.66, near: [1, 3]}
rules:
  - kind: outside_limits
  - {kind: near_limits, at_least: 3, of: 4}
  - {kind: shift, points: 8}
minimum_points: 20
"""


def test_a_rule_set_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(OWN, encoding="utf-8")
    seven = [20.0, 0.0] * 6 + [11.0, 12, 11, 12, 11, 12, 11, 0]
    charts = spc(frame({"a": seven}), better="higher", rules=str(path))
    assert charts.rules.label == "ours 2"
    assert "shift_above_mean" not in charts.points["rule"].to_list()
    row = spc(frame({"a": LEVELS}), better="higher", rules=str(path)).series.row(0, named=True)
    assert row["trial_limits"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("points: 8", "points: 1"), r"line 10, .*points"),
        (("near: [1, 3]", "near: [3, 3]"), r"line 6, limits: near limits lie between"),
        (("at_least: 3", "at_least: 5"), r"line 9, .*5 of 4 points cannot be"),
        (("kind: shift", "kind: outside_limits"), r"line 10"),
        (("minimum_points: 20\n", ""), r"minimum_points: this key is required"),
    ],
)
def test_a_faulty_rule_set_is_refused_with_file_and_line(
    tmp_path: Path, wrong: tuple[str, str], said: str
) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(OWN.replace(*wrong), encoding="utf-8")
    with pytest.raises(DeclarationError, match=rf"ours\.yaml, .*{said}|ours\.yaml.*{said}"):
        load_rules(str(path))
