"""p′, g and t charts and funnel plots, each with a case worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from math import sqrt
from pathlib import Path

import polars as pl
import pytest

from remit.cli.run import run
from remit.model.errors import AssessmentError
from remit.signals.funnel import dispersion_of, funnel
from remit.signals.laney import p_prime
from remit.signals.rare import g_chart, t_chart
from remit.signals.series_in_words import told_series
from tests.signals.frames import months


def rates(pairs: list[tuple[int, int]]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "series": ["a"] * len(pairs),
            "date": months(len(pairs)),
            "numerator": [top for top, _ in pairs],
            "denominator": [size for _, size in pairs],
        }
    )


def test_p_prime_by_hand() -> None:
    # p = .5 and .6 by turns at n = 100: mean .55; deviation sqrt(.55 x .45 / 100) = .049749.
    # z = -/+ 1.005038, all ranges 2.010076; sigma z = 2.010076 / 1.128 = 1.781982.
    points = p_prime(rates([(50, 100), (60, 100)] * 2), better="higher").points
    deviation = sqrt(0.55 * 0.45 / 100)
    sigma_z = (0.1 / deviation) / 1.128
    assert points["mean"].to_list() == pytest.approx([55.0] * 4)
    assert points["upper_limit"][0] == pytest.approx(100 * (0.55 + 3 * deviation * sigma_z))
    assert points["upper_limit"][0] == pytest.approx(81.5957, abs=1e-4)
    assert points["near_upper"][0] == pytest.approx(55 + 2 / 3 * 26.5957, abs=1e-4)


def test_p_prime_limits_follow_the_denominator_and_stay_within_0_to_100() -> None:
    points = p_prime(rates([(90, 100), (9_700, 10_000), (8, 10)]), better="higher").points
    widths = (points["upper_limit"] - points["lower_limit"]).to_list()
    assert widths[1] < widths[0]
    assert points["upper_limit"].max() == 100.0
    certain = p_prime(rates([(10, 10), (20, 20)]), better="higher").points
    assert certain["lower_limit"].to_list() == [100.0, 100.0]


def test_p_prime_refuses_what_is_no_rate() -> None:
    with pytest.raises(AssessmentError, match="11 of 10"):
        p_prime(rates([(11, 10)]), better="higher")
    with pytest.raises(AssessmentError, match="1 of 0"):
        p_prime(rates([(1, 0)]), better="higher")


def test_p_prime_does_not_call_every_large_month_special() -> None:
    large = rates([(70_000 + 300 * ((7 * i) % 5), 100_000) for i in range(24)])
    assert p_prime(large, better="higher").points["special_cause"].sum() == 0


def test_g_chart_by_hand() -> None:
    # Mean 20; 3 sqrt(20 x 21) = 61.4817; the lower limit would lie below 0.
    given = pl.DataFrame(
        {"series": ["a"] * 5, "date": months(5), "value": [2.0, 4.0, 4.0, 5.0, 85.0]}
    )
    charts = g_chart(given)
    row = charts.points.row(4, named=True)
    assert (row["mean"], row["lower_limit"]) == (20.0, 0.0)
    assert row["upper_limit"] == pytest.approx(20 + 61.4817, abs=1e-4)
    assert (row["rule"], row["kind"]) == ("above_upper_limit", "special_cause_improvement")
    assert charts.points["special_cause"].sum() == 1
    assert "outside limits only" in charts.rules.name


def test_t_chart_by_hand() -> None:
    # Days 1, 32, 1, 32; to the power 1/3.6: 1 and 2.61876. Mean 1.80938, ranges 1.61876;
    # upper limit 1.80938 + 2.66 x 1.61876 = 6.11528, to the power 3.6: 677.8 days.
    days = [0, 1, 33, 34, 66]
    events = pl.DataFrame(
        {"series": ["a"] * 5, "date": [date(2024, 1, 1) + timedelta(days=d) for d in days]}
    )
    points = t_chart(events).points
    assert points["value"].to_list() == [None, 1.0, 32.0, 1.0, 32.0]
    high = 32 ** (1 / 3.6)
    assert points["mean"][1] == pytest.approx(((1 + high) / 2) ** 3.6)
    assert points["upper_limit"][1] == pytest.approx(((1 + high) / 2 + 2.66 * (high - 1)) ** 3.6)
    assert points["upper_limit"][1] == pytest.approx(677.8, abs=0.1)
    assert points["lower_limit"][1] == 0.0


def test_a_long_wait_for_an_event_is_an_improvement_and_equal_days_are_two_events() -> None:
    gaps = [10, 12, 9, 0, 11, 10, 13, 9, 12, 11, 10, 12, 2_000]
    days = [sum(gaps[: i + 1]) for i in range(len(gaps))]
    events = pl.DataFrame(
        {"series": ["a"] * 13, "date": [date(2020, 1, 1) + timedelta(days=d) for d in days]}
    )
    charts = t_chart(events)
    assert charts.points["value"][3] == 0.0
    row = charts.series.row(0, named=True)
    assert (row["n"], row["latest_value"], row["rule"]) == (12, 2000.0, "above_upper_limit")
    assert row["variation"] == "special_cause_improvement"


def organisations(rows: list[tuple[float | None, float | None]]) -> pl.DataFrame:
    names = [f"ZA{place}" for place in range(len(rows))]
    return pl.DataFrame(
        {
            "org": names,
            "numerator": [top for top, _ in rows],
            "denominator": [size for _, size in rows],
        },
        schema={"org": pl.String, "numerator": pl.Float64, "denominator": pl.Float64},
    )


def test_funnel_without_overdispersion_by_hand() -> None:
    # Target 50%; deviations .05 at n = 100 and .025 at n = 400.
    given = organisations([(50, 100), (200, 400), (52, 100), (47, 100), (172, 400)])
    made = funnel(given, better="higher", target=50)
    assert made.dispersion == pytest.approx(1.0)
    last = made.points.row(4, named=True)
    # (.43 - .5) / .025 = -2.8: beyond 1.96, within 3.09.
    assert last["z"] == pytest.approx(-2.8)
    assert last["inner_lower"] == pytest.approx(50 - 1.959964 * 2.5, abs=1e-4)
    assert last["outer_lower"] == pytest.approx(50 - 3.090232 * 2.5, abs=1e-4)
    assert made.points["verdict"].to_list() == [*["within_limits"] * 4, "worse_than_inner"]
    assert funnel(given, better="neutral", target=50).points["verdict"][4] == "below_inner"
    assert funnel(given, better="lower", target=50).points["verdict"][4] == "better_than_inner"


def test_dispersion_by_hand() -> None:
    # z = 1 to 11: the 10% quantiles are 2 and 10, so the ends count as these. The squares of
    # 2, 2, 3 .. 10, 10 add up to 4 + 384 + 100 = 488.
    import numpy as np

    assert dispersion_of(np.arange(1.0, 12.0)) == pytest.approx(488 / 11)
    assert dispersion_of(np.array([0.1, -0.1, np.nan])) == 1.0
    assert dispersion_of(np.array([np.nan])) == 1.0


def test_overdispersion_widens_the_limits_and_keeps_only_true_outliers() -> None:
    rows: list[tuple[float | None, float | None]] = [
        (500 + 40 * (-1) ** i * (1 + i % 3), 1000) for i in range(20)
    ]
    made = funnel(organisations([*rows, (950, 1000)]), better="lower")
    assert made.dispersion > 10
    assert made.points["verdict"].to_list()[-1] == "worse_than_outer"
    assert set(made.points["verdict"][:-1]) == {"within_limits"}


def test_an_organisation_without_counts_has_no_verdict() -> None:
    made = funnel(organisations([(5, 10), (None, 10), (5, None), (6, 10)]), better="higher")
    assert made.organisations == 2
    assert made.target == pytest.approx(55)
    assert made.points["verdict"].null_count() == 2
    with pytest.raises(AssessmentError, match="row 1 is no rate: 5 of 0"):
        funnel(organisations([(5, 0)]), better="higher")
    with pytest.raises(AssessmentError, match="nothing to tell apart"):
        funnel(organisations([(10, 10)]), better="higher")


def gaps_of(gaps: list[float], days: int = 7) -> pl.DataFrame:
    """Events so many cases apart, each some days after the one before."""
    start = date(2024, 1, 1)
    dates = [start + timedelta(days=days * place) for place in range(len(gaps))]
    return pl.DataFrame({"series": "a", "date": dates, "value": gaps})


STEADY = [28.0, 35, 40, 12, 55, 20, 33, 61, 9, 27, 48, 30, 22, 37, 18, 44, 25, 52, 16, 31]


@pytest.mark.parametrize(
    ("latest", "baseline"),
    [
        ([3.0, 0, 5, 2, 1, 4, 0, 2, 3, 1, 0, 2], 20),
        ([3.0, 0, 5, 2, 1, 4, 0, 2, 3, 1, 0, 2], None),
        ([0.0, 0, 0, 0], None),
        ([2.0, 1, 3, 0, 2, 1], None),
    ],
)
def test_a_g_chart_is_silent_where_events_may_have_become_more_frequent(
    latest: list[float], baseline: int | None
) -> None:
    charts = g_chart(gaps_of([*STEADY, *latest]), baseline=baseline)
    assert charts.series["variation"].to_list() == [None]
    assert charts.points["kind"][-1] is None
    told = told_series(charts.points, charts, "a", better="higher")
    assert told.variation_words == "no verdict"
    assert "which a g chart cannot show" in told.sentence
    assert "t chart" in told.sentence


@pytest.mark.parametrize("latest", [[], [0.0], [5.0, 40.0], [20.0, 8.0, 60.0]])
def test_a_g_chart_speaks_of_gaps_that_chance_explains(latest: list[float]) -> None:
    charts = g_chart(gaps_of([*STEADY, *latest]))
    assert charts.series["variation"].to_list() == ["common_cause"]
    told = told_series(charts.points, charts, "a", better="higher")
    assert told.variation_words == "common cause"
    assert "not whether more frequent" in told.sentence


def test_a_g_chart_still_shows_that_events_became_rarer() -> None:
    told = g_chart(gaps_of([*STEADY, 2.0, 1, 3, 0, 2, 1, 900]))
    assert told.series["variation"].to_list() == ["special_cause_improvement"]


def test_several_events_on_one_day_are_no_contradiction(tmp_path: Path) -> None:
    path = tmp_path / "falls.csv"
    lines = [f"2024-01-{day:02},{30 + day}" for day in range(1, 21)] + ["2024-01-20,0"] * 3
    path.write_text("date,value\n" + "\n".join(lines) + "\n", encoding="utf-8")
    out = tmp_path / "charts"
    asked = ["spc", str(path), "--chart", "g", "--better", "higher", "--out", str(out)]
    assert run(asked) == 0
    assert len((out / "points.csv").read_text(encoding="utf-8").splitlines()) == 24
    # The mean is (20 × 30 + 210) / 23 = 35.2; three gaps of 0 in a row are a chance of 1 in 47,500.
    assert "no_verdict" in (out / "said.csv").read_text(encoding="utf-8")
    assert run(["spc", str(path), "--better", "higher", "--dry-run"]) == 1
