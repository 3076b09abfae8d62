"""The rules against the same rules written one point at a time, and worked by hand."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.signals.charts import Charts, spc
from tests.signals.frames import frame
from tests.signals.one_series import answer

# Few different figures, so that ties, equal neighbours and figures on the mean are common.
COARSE = st.lists(st.integers(0, 6).map(lambda n: 70 + n / 10), min_size=1, max_size=40)
FINE = st.lists(st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3)), min_size=1)
STEEP = st.lists(st.sampled_from([-1.0, 0.0, 1.0, 1.0, 1.0]), min_size=1, max_size=40).map(
    lambda steps: [50 + sum(steps[: i + 1]) for i in range(len(steps))]
)
MANY = st.lists(COARSE | FINE | STEEP, min_size=1, max_size=4)


def judge(*values: list[float], rules: str = "mdc-excel", **how: object) -> Charts:
    named = {f"s{place}": one for place, one in enumerate(values)}
    return spc(frame(named), better="higher", rules=rules, **how)  # type: ignore[arg-type]


def rule_names(*values: list[float], **how: object) -> list[str | None]:
    names: list[str | None] = judge(*values, **how).points["rule"].to_list()  # type: ignore[arg-type]
    return names


@given(MANY, st.booleans(), st.sampled_from([None, 12, 15]))
@settings(deadline=None, max_examples=120)
def test_all_series_at_once_are_judged_as_each_alone(
    many: list[list[float]], screened: bool, baseline: int | None
) -> None:
    charts = judge(*many, rules="mdc-nhsr" if screened else "mdc-excel", baseline=baseline)
    for place, values in enumerate(many):
        told = answer(values, screened=screened, baseline=baseline)
        points = charts.points.filter(pl.col("series") == f"s{place}")
        assert points["rule"].to_list() == told.names
        assert points["mean"].to_list() == [told.mean] * len(values)
        assert points["lower_limit"].to_list() == [told.lower] * len(values)
        assert points["upper_limit"].to_list() == [told.upper] * len(values)


@given(COARSE)
@settings(deadline=None, max_examples=60)
def test_upside_down_the_same_is_found_on_the_other_side(values: list[float]) -> None:
    doubled = [value * 2 for value in values]
    mirrored = [-value for value in doubled]
    up, down = judge(doubled).points, judge(mirrored).points
    other = {"special_cause_improvement": "special_cause_concern"}
    other |= {after: before for before, after in other.items()}
    # A trend that another follows at once takes its name from the next step, equal or not.
    turned = up["rule"].str.contains("trend").fill_null(value=False)
    same = [other.get(kind, kind) for kind in up.filter(~turned)["kind"]]
    assert down.filter(~turned)["kind"].to_list() == same


def test_limits_worked_by_hand() -> None:
    # Mean 12; ranges 2, 2, 4, 4: mean 3; limits 12 -/+ 7.98, near ones 12 -/+ 5.32.
    row = judge([10, 12, 14, 10, 14]).series.row(0, named=True)
    assert row["mean"] == 12
    assert row["lower_limit"] == pytest.approx(4.02, abs=1e-12)
    assert row["upper_limit"] == pytest.approx(19.98, abs=1e-12)
    near = judge([10, 12, 14, 10, 14]).points.row(0, named=True)
    assert near["near_lower"] == pytest.approx(6.68, abs=1e-12)
    assert near["near_upper"] == pytest.approx(17.32, abs=1e-12)


def test_a_large_range_is_screened_once() -> None:
    # Ranges 1 five times, 20, 20: mean 45/7; 3.267 times that is 21.002, so both stay.
    kept = [0, 1, 0, 1, 0, 1, 21, 1]
    assert judge(kept, rules="mdc-nhsr").series["upper_limit"][0] == pytest.approx(
        25 / 8 + 2.66 * 45 / 7
    )
    # Ranges 1 nine times, 20, 20: mean 49/11; 3.267 times that is 14.55: both go; 1 is left.
    dropped = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 21, 1]
    assert judge(dropped, rules="mdc-nhsr").series["upper_limit"][0] == pytest.approx(
        27 / 12 + 2.66
    )
    assert judge(dropped, rules="mdc-excel").series["upper_limit"][0] == pytest.approx(
        27 / 12 + 2.66 * 49 / 11
    )


def test_a_run_of_seven_is_a_shift_and_of_six_is_none() -> None:
    wide = [0.0, 20.0, 0.0, 20.0, 0.0, 20.0, 0.0]
    six, seven = [11.0, 12, 11, 12, 11, 12], [11.0, 12, 11, 12, 11, 12, 11]
    assert rule_names([*wide, *six, 0.0]) == [None] * 14
    names = rule_names([*wide, *seven, 0.0, 0.0])
    assert names == [None] * 7 + ["shift_above_mean"] * 7 + [None, None]


def test_a_point_on_the_mean_ends_a_run() -> None:
    values = [0.0, 20.0, 0.0, 20.0, 11, 12, 11, 10, 12, 11, 12, 8, 6, 7]
    assert sum(values) / len(values) == 10
    assert set(rule_names(values)) == {None}


def test_six_rises_are_a_trend_and_equal_neighbours_end_one() -> None:
    wide = [20.0, 0.0, 20.0, 0.0, 20.0, 0.0, 20.0]
    rising = [7.0, 8, 9, 10, 11, 12, 13]
    assert rule_names([*wide, *rising, 5.0])[7:14] == ["rising_trend"] * 7
    assert "rising_trend" not in rule_names([*wide, 7.0, 8, 9, 10, 10, 11, 12, 13, 5])


def test_the_peak_of_two_trends_goes_with_the_second() -> None:
    wide = [30.0, 0.0] * 10
    up_and_down = [9.0, 10, 11, 12, 13, 14, 15, 14, 13, 12, 11, 10, 9]
    names = rule_names([*wide, *up_and_down])[20:]
    assert names == ["rising_trend"] * 6 + ["falling_trend"] * 7


def test_precedence_is_the_order_of_the_rule_set() -> None:
    drifting = [float(n) for n in range(60, 84)]
    by_default = rule_names(drifting)
    assert by_default[0] == "below_lower_limit"
    assert by_default[10] == "rising_trend"
    charts = spc(frame({"a": drifting}), better="higher", rules="mdc-excel")
    turned = charts.rules.model_copy(update={"rules": charts.rules.rules[::-1]})
    other = spc(frame({"a": drifting}), better="higher", rules=turned).points["rule"]
    assert other[0] == "shift_below_mean"
    assert (other.is_not_null() == pl.Series(by_default).is_not_null()).all()
