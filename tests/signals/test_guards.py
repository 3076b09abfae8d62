"""What one door refuses or reads, every door does: frames of databases, files, the command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest

import remit
from remit.model.errors import AssessmentError
from remit.signals import Rebase, Target
from remit.signals.funnel import funnel
from remit.signals.laney import p_prime
from remit.signals.rare import g_chart, t_chart
from tests.signals.frames import frame, months

LEVELS = [70.0, 72, 71, 73, 69, 74, 72, 71, 73, 70, 71, 73]
COUNTS = [(70 + i, 100) for i in range(12)]


def counted(rows: list[tuple[Any, Any]], kind: Any = Decimal) -> pl.DataFrame:
    top, bottom = zip(*rows, strict=True)
    return pl.DataFrame(
        {
            "series": "a",
            "date": months(len(rows)),
            "numerator": [None if n is None else kind(n) for n in top],
            "denominator": [None if n is None else kind(n) for n in bottom],
        }
    )


def _relation(given: pl.DataFrame) -> Any:
    connection = duckdb.connect()
    connection.from_arrow(given.to_arrow()).create("given")
    return connection.sql(
        "SELECT series, date, numerator::DECIMAL(18,0) AS numerator, "
        "denominator::DECIMAL(9,2) AS denominator FROM given"
    )


def _objects(given: pl.DataFrame) -> pd.DataFrame:
    """As pyodbc and pandas give SQL Server's numeric: objects, each a decimal.Decimal."""
    made = given.drop("numerator", "denominator").to_pandas()
    for name in ("numerator", "denominator"):
        made[name] = pd.Series(given[name].to_list(), dtype=object)
    return made


def back(given: Any) -> pl.DataFrame:
    if isinstance(given, duckdb.DuckDBPyRelation):
        return pl.DataFrame(given.to_arrow_table())
    return given if isinstance(given, pl.DataFrame) else pl.DataFrame(given)


@pytest.mark.parametrize("make", [lambda f: f, _relation, _objects, lambda f: f.to_arrow()])
def test_a_rate_of_decimals_is_the_rate_and_not_all_or_nothing(make: Callable[..., Any]) -> None:
    """75 / 100 of two decimals without a decimal place is 1: every rate came out as 100%."""
    given = make(counted(COUNTS))
    values = back(p_prime(given, better="higher").points)["value"].to_list()
    assert values == pytest.approx([70.0 + i for i in range(12)])
    plain = p_prime(counted(COUNTS, int), better="higher").points["upper_limit"]
    decimal = back(p_prime(given, better="higher").points)["upper_limit"]
    assert decimal.to_list() == pytest.approx(plain.to_list())


def test_decimals_at_the_other_doors() -> None:
    rates = funnel(counted([(9, 10), (50, 100)]), better="higher").points["value"].to_list()
    assert rates == pytest.approx([90.0, 50.0])
    given = frame({"a": LEVELS}).with_columns(pl.col("value").cast(pl.Decimal(10, 2)))
    plain = remit.spc(frame({"a": LEVELS}), better="higher", target=80)
    for target in (Decimal("80.00"), np.int64(80), {"a": Decimal(80)}, [Target(Decimal(80))]):  # type: ignore[arg-type]
        charts = remit.spc(given, better="higher", target=target)  # type: ignore[arg-type]
        assert charts.series.rows() == plain.series.rows()
    column = given.with_columns(goal=pl.lit(Decimal("80.5")))
    assert remit.spc(column, better="higher", target="goal").series["target"].to_list() == [80.5]
    days = g_chart(given, better="higher")
    assert days.points["value"].to_list() == LEVELS


def test_missing_decimals_are_no_points() -> None:
    points = p_prime(counted([*COUNTS, (None, 100), (5, None)]), better="higher").points
    assert points["value"].null_count() == 2


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(1, 0)], r"row 1 is no rate: 1 of 0; nobody was counted"),
        ([(9, 10), (0, 0), (0, 0)], r"row 2 is no rate: 0 of 0 \(1 more like it\); nobody was"),
        ([(1, -5)], r"row 1 is no rate: 1 of -5; a denominator must be above 0"),
        ([(-1, 5)], r"row 1 is no rate: -1 of 5; a numerator lies between"),
        ([(float("inf"), float("inf"))], r"row 1, column 'numerator': an infinite value"),
        ([(1, 1e15)], r"row 1, column 'denominator': 1e\+15 is larger than any figure"),
    ],
)
@pytest.mark.parametrize("judge", [p_prime, funnel])
def test_what_is_no_rate_is_told_with_its_row(
    judge: Callable[..., Any], rows: list[tuple[Any, Any]], said: str
) -> None:
    with pytest.raises(AssessmentError, match=said):
        judge(counted(rows, float), better="higher")


# Days ---------------------------------------------------------------------------------------------


def _midnights(zone: str = "UTC") -> pl.Series:
    """The first days of 2025 as a database in London gives them: summer ones at 23:00 in UTC."""
    naive = pl.Series([datetime(2025, n, 1) for n in range(1, 13)])
    return naive.dt.replace_time_zone("Europe/London").dt.convert_time_zone(zone)


@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "America/New_York", "Asia/Tokyo"])
def test_a_zoned_moment_is_the_day_in_london(zone: str) -> None:
    given = pl.DataFrame({"series": "a", "date": _midnights(zone), "value": LEVELS})
    goal = [Target(70), Target(80, date(2025, 8, 1))]
    charts = remit.spc(given, better="higher", target=goal)
    assert charts.points["date"].to_list() == [date(2025, n, 1) for n in range(1, 13)]
    assert charts.points["target"].to_list() == [70.0] * 7 + [80.0] * 5
    rebased = remit.spc(given, better="higher", rebase=[Rebase(date(2025, 8, 1), "a new ward")])
    assert rebased.points["stretch"].to_list() == [1] * 7 + [2] * 5


def test_a_pandas_column_with_a_zone_is_the_day_in_london() -> None:
    given = pd.DataFrame({"series": "a", "date": _midnights().to_pandas(), "value": LEVELS})
    points = remit.spc(given, better="higher").points
    assert [str(day)[:10] for day in points["date"]][7] == "2025-08-01"


def test_moments_within_a_day_stay_moments_of_london() -> None:
    hours = [datetime(2025, 7, 31, 22, tzinfo=UTC) + timedelta(hours=n) for n in range(12)]
    given = pl.DataFrame({"series": "a", "date": hours, "value": LEVELS})
    charts = remit.spc(given, better="higher", target=[Target(1), Target(2, date(2025, 8, 1))])
    assert str(charts.points["date"][1]) == "2025-08-01 00:00:00+01:00"
    assert charts.points["target"].to_list() == [1.0] + [2.0] * 11


def test_days_between_events_are_days_of_london() -> None:
    events = [datetime(2025, 7, 1, 23, tzinfo=UTC), datetime(2025, 7, 5, tzinfo=UTC)]
    given = pl.DataFrame({"series": "a", "date": events})
    assert t_chart(given).points["value"].to_list() == [None, 3.0]


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2201, 1, 1)])
def test_a_mistyped_year_is_refused_as_in_a_file(day: date) -> None:
    given = frame({"a": [1.0, 2.0]}).with_columns(date=pl.Series([day, date(2025, 1, 1)]))
    with pytest.raises(AssessmentError, match=f"'date' holds {day}: the year must be from 1900"):
        remit.spc(given, better="higher")


def test_a_time_of_day_is_no_date() -> None:
    given = frame({"a": [1.0]}).with_columns(date=pl.time(8))
    with pytest.raises(AssessmentError, match="'date' is of type Time; it must hold dates"):
        remit.spc(given, better="higher")


# Values and targets -------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [1e15, -1e13, float("inf")])
def test_a_figure_larger_than_any_is_refused_as_in_a_file(value: float) -> None:
    with pytest.raises(AssessmentError, match=r"a, 2022-02-01: .* figure"):
        remit.spc(frame({"a": [1.0, value, 2.0]}), better="higher")


@pytest.mark.parametrize("target", [float("nan"), float("inf"), 1e15, True, Decimal("Infinity")])
def test_a_target_that_no_figure_reaches_is_refused(target: Any) -> None:
    for given in (target, {"a": target}, [Target(target)]):
        with pytest.raises(AssessmentError, match="a target must be a number that a figure can"):
            remit.spc(frame({"a": LEVELS}), better="higher", target=given)
    if isinstance(target, float) and not np.isnan(target):
        column = frame({"a": LEVELS}).with_columns(goal=pl.lit(target))
        with pytest.raises(AssessmentError, match="a target must be a number"):
            remit.spc(column, better="higher", target="goal")


# Names and keys -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mean", "target", "kind", "n", "rule", "latest_value", "_series"])
def test_a_key_named_as_a_column_of_the_result_is_refused_with_the_remedy(name: str) -> None:
    given = frame({"a": LEVELS}).rename({"series": name})
    with pytest.raises(AssessmentError, match=f"'{name}' has the name of one that Remit adds"):
        remit.spc(given, better="higher", series=name)


@pytest.mark.parametrize("name", ["mean", "target", "kind"])
def test_a_value_or_a_date_so_named_too(name: str) -> None:
    for of in ("value", "date"):
        given = frame({"a": LEVELS}).rename({of: name})
        with pytest.raises(AssessmentError, match=f"'{name}' has the name of one that Remit adds"):
            remit.spc(given, better="higher", **{of: name})  # type: ignore[arg-type]


def test_other_columns_may_have_any_name() -> None:
    given = frame({"a": LEVELS}).with_columns(mean=pl.lit(1), target=pl.lit(90), kind=pl.lit("x"))
    charts = remit.spc(given, better="higher", target="target")
    assert charts.series["target"].to_list() == [90.0]
    value_is_n = frame({"a": LEVELS}).rename({"value": "n"})
    assert remit.spc(value_is_n, better="higher", value="n").series["latest_value"][0] == 73.0
    swapped = counted(COUNTS, int).rename({"denominator": "value"})
    rates = p_prime(swapped, better="higher", denominator="value").points["value"].to_list()
    assert rates == pytest.approx([70.0 + i for i in range(12)])


@pytest.mark.parametrize(
    ("key", "named"),
    [
        (7, 7),
        (7, "7"),
        (date(2025, 1, 1), date(2025, 1, 1)),
        (True, "True"),
        (1.5, 1.5),
    ],
)
def test_keys_of_any_plain_kind_can_be_given_targets_and_rebasings(key: Any, named: Any) -> None:
    given = frame({"a": LEVELS}).with_columns(series=pl.lit(key))
    charts = remit.spc(
        given, better="higher", target={named: 80}, rebase=[Rebase(date(2022, 3, 1), "x", named)]
    )
    assert charts.series["target"].to_list() == [80.0]
    assert charts.series["series"].to_list() == [key]
    assert charts.series["stretch"].to_list() == [2]


def test_a_category_and_keys_of_several_columns() -> None:
    given = frame({"a": LEVELS}).with_columns(pl.col("series").cast(pl.Categorical), ward=pl.lit(3))
    for target in ({("a", 3): 80}, {"a · 3": 80}):
        charts = remit.spc(given, better="higher", series=["series", "ward"], target=target)  # type: ignore[arg-type]
        assert charts.series["target"].to_list() == [80.0]
    as_pandas = given.to_pandas()
    assert str(as_pandas["series"].dtype) == "category"
    assert list(remit.spc(as_pandas, better="higher").series["series"]) == ["a"]


def test_a_key_that_is_not_there_is_told_whatever_it_is() -> None:
    given = frame({"a": LEVELS}).with_columns(series=pl.lit(7))
    with pytest.raises(AssessmentError, match="there is no series '8' in the figures"):
        remit.spc(given, better="higher", target={8: 1})  # type: ignore[dict-item]


def test_a_list_names_no_series() -> None:
    given = frame({"a": LEVELS}).with_columns(series=pl.lit([1]))
    with pytest.raises(AssessmentError, match="named by texts, numbers or days"):
        remit.spc(given, better="higher")


def test_columns_that_a_library_names_by_numbers() -> None:
    given = pd.DataFrame({0: ["a"] * 12, 1: months(12), 2: LEVELS})
    plain = remit.spc(frame({"a": LEVELS}), better="higher").series
    for series in (0, [0]):
        found = remit.spc(given, series=series, date=1, value=2, better="higher")  # type: ignore[arg-type]
        assert list(found.series["mean"]) == plain["mean"].to_list()
    with pytest.raises(AssessmentError, match=r"lacks the column\(s\) 9; it has: 0, 1, 2"):
        remit.spc(given, series=9, date=1, value=2, better="higher")  # type: ignore[arg-type]


def test_dates_that_are_texts_are_read_as_those_of_a_file() -> None:
    for texts in (
        [f"{day:%b %Y}" for day in months(12)],
        [f"{day:%d/%m/%Y}" for day in months(12)],
        [f"{day:%Y-%m}-01T00:00:00Z" for day in months(12)],
    ):
        given = frame({"a": LEVELS}).with_columns(date=pl.Series(texts))
        assert remit.spc(given, better="higher").points["date"].to_list() == months(12)
    american = [f"{number}/1/2024" for number in range(1, 13)]
    with pytest.raises(AssessmentError, match="which could be 2024-01-10 or 2024-10-01"):
        remit.spc(frame({"a": LEVELS}).with_columns(date=pl.Series(american)), better="higher")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"baseline": "x"}, "a baseline is a whole number of points; got 'x'"),
        ({"baseline": 12.5}, "a baseline is a whole number of points"),
        ({"target": [5, 6]}, "a 5 is no Target"),
        ({"rebase": ["2024-01-01"]}, "a '2024-01-01' is no Rebase"),
    ],
)
def test_what_is_no_baseline_target_or_rebasing_is_told(more: dict[str, Any], said: str) -> None:
    with pytest.raises(AssessmentError, match=said):
        remit.spc(frame({"a": LEVELS}), better="higher", **more)


def test_a_target_may_begin_at_a_moment() -> None:
    moment = datetime(2022, 6, 30, 23, tzinfo=UTC)
    charts = remit.spc(frame({"a": LEVELS}), better="higher", target=[Target(80, moment)])
    assert charts.points["target"].to_list() == [None] * 6 + [80.0] * 6


def test_a_common_rate_may_be_a_decimal() -> None:
    given = counted([(9, 10), (50, 100)])
    assert funnel(given, better="higher", target=Decimal(50)).target == 50  # type: ignore[arg-type]
