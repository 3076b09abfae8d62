"""Whoever gives a frame gets the same kind back, from ``assess`` and from ``spc``."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import remit
from remit.model.errors import AssessmentError
from tests.assessment.test_properties import CODES, FRAMEWORK, frame
from tests.signals.frames import frame as series_frame

FIGURES = frame({"OF0023": dict(zip(CODES, range(12), strict=False))})
SERIES = series_frame({"a": [70.0, 72, 71, 73, 69, 74, 72, 71, 73, 70, 71, 90], "b": [1.0] * 12})


def relation(given: pl.DataFrame) -> duckdb.DuckDBPyRelation:
    connection = duckdb.connect()
    connection.from_arrow(given.to_arrow()).create("given")
    return connection.table("given")


def back(given: Any) -> pl.DataFrame:
    """What came back, as polars, by the library's own ways."""
    if isinstance(given, pl.LazyFrame):
        return given.collect()
    if isinstance(given, duckdb.DuckDBPyRelation):
        return pl.DataFrame(given.to_arrow_table())
    return given if isinstance(given, pl.DataFrame) else pl.DataFrame(given)


KINDS: list[Any] = [
    pytest.param(lambda f: f, pl.DataFrame, id="polars"),
    pytest.param(lambda f: f.lazy(), pl.LazyFrame, id="lazy"),
    pytest.param(lambda f: f.to_pandas(), pd.DataFrame, id="pandas"),
    pytest.param(lambda f: f.to_arrow(), pa.Table, id="arrow"),
    pytest.param(relation, duckdb.DuckDBPyRelation, id="relation"),
]


def assessed(given: Any) -> Any:
    return remit.assess(given, FRAMEWORK, "2025/26 Q1", mode="recomputed", replicates=None)


@pytest.mark.parametrize(("make", "kind"), KINDS)
def test_an_assessment_gives_back_the_kind_that_was_given(
    make: Callable[[pl.DataFrame], Any], kind: type
) -> None:
    plain, result = assessed(FIGURES), assessed(make(FIGURES))
    assert isinstance(result.standings, kind)
    assert back(result.standings)["rank"].to_list() == plain.standing["rank"].to_list()
    for name in ("metric_scores", "domain_scores"):
        given = result.as_given(getattr(result, name))
        assert isinstance(given, kind)
        assert back(given)["score"].to_list() == getattr(plain, name)["score"].to_list()


@pytest.mark.parametrize(("make", "kind"), KINDS)
def test_charts_give_back_the_kind_that_was_given(
    make: Callable[[pl.DataFrame], Any], kind: type
) -> None:
    plain = remit.spc(SERIES, better="higher", target=80)
    charts = remit.spc(make(SERIES), better="higher", target=80)
    assert isinstance(charts.points, kind)
    assert isinstance(charts.series, kind)
    assert back(charts.points)["kind"].to_list() == plain.points["kind"].to_list()
    assert back(charts.series)["mean"].to_list() == plain.series["mean"].to_list()


def test_a_relation_comes_back_on_the_connection_of_its_user() -> None:
    connection = duckdb.connect()
    connection.from_arrow(FIGURES.to_arrow()).create("figures")
    standings = assessed(connection.table("figures")).standings
    # Nothing is left undrained: the connection writes at once.
    connection.execute("CREATE TABLE names AS SELECT DISTINCT org_code, 1 AS one FROM figures")
    gc.collect()
    joined = standings.join(connection.table("names"), "org_code")
    assert len(joined.fetchall()) == 12
    assert connection.sql("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall() == [
        ("figures",),
        ("names",),
    ]


def test_two_relations_that_came_back_can_be_joined() -> None:
    charts = remit.spc(relation(SERIES), better="higher")
    assert len(charts.points.join(charts.series, "series").fetchall()) == 24


def test_a_connection_that_takes_in_no_frames_is_told_with_the_remedy() -> None:
    connection = duckdb.connect(config={"enable_external_access": "false"})
    connection.execute("CREATE TABLE given (org_code TEXT, metric_id TEXT, period_label TEXT)")
    connection.execute("ALTER TABLE given ADD COLUMN value DOUBLE")
    columns = ["org_code", "metric_id", "value"]
    for row in FIGURES.select(columns).rows():
        connection.execute("INSERT INTO given VALUES ($1, $2, '2025/26 Q1', $3)", list(row))
    result = assessed(connection.table("given"))
    assert result.standing.height == 12
    with pytest.raises(AssessmentError, match=r"enable_external_access .*relation\.pl\(\)"):
        _ = result.standings


@pytest.mark.parametrize("judge", [assessed, lambda f: remit.spc(f, better="lower")])
def test_what_is_no_frame_is_refused_with_what_is(judge: Callable[[object], object]) -> None:
    with pytest.raises(AssessmentError, match="a dict is no frame; give a polars frame"):
        judge({"value": 1})


# Frames that cannot be judged -------------------------------------------------------------------


def changed(**columns: Any) -> pl.DataFrame:
    return FIGURES.with_columns(**columns)


@pytest.mark.parametrize("turned", [False, True])
def test_rows_that_contradict_each_other_are_refused_in_any_order(turned: bool) -> None:
    rows = [FIGURES, changed(value=11 - pl.col("value"))]
    with pytest.raises(AssessmentError, match=rf"{CODES[0]}, OF0023: 0 and 11"):
        assessed(pl.concat(reversed(rows) if turned else rows))


def test_a_figure_and_none_for_the_same_thing_are_refused() -> None:
    with pytest.raises(AssessmentError, match=rf"{CODES[0]}, OF0023: no figure and 0"):
        assessed(pl.concat([FIGURES, changed(value=pl.lit(None, dtype=pl.Float64))]))


def test_rows_that_say_the_same_twice_are_no_contradiction() -> None:
    assert assessed(pl.concat([FIGURES, FIGURES])).standing.height == FIGURES.height


@pytest.mark.parametrize("value", [float("inf"), float("-inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    first = pl.col("org_code") == CODES[0]
    given = changed(value=pl.when(first).then(pl.lit(value)).otherwise(pl.col("value")))
    with pytest.raises(AssessmentError, match=rf"{CODES[0]}, OF0023: .*no figure"):
        assessed(given)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"value": pl.lit(1e15)}, r"OF0023: 1e\+15;.* larger than any figure"),
        ({"value": pl.lit(value=True)}, "the column 'value' says yes or no; it must hold numbers"),
        ({"value": pl.lit(-3.0), "metric_id": pl.lit("OF0020")}, "a count must not be negative"),
        ({"value": pl.lit(9.0), "unit": pl.lit("score")}, "a score must be from 1 to 4"),
        ({"value": pl.lit(9.0), "metric_id": pl.lit("OF1023")}, "a score must be from 1 to 4"),
        ({"value": pl.lit(8000.0)}, "OF0023: 8000; .*a part of a whole must be from 0 to 100"),
        ({"value": pl.lit(-5.0)}, "a part of a whole must be from 0 to 100 percent"),
        ({"value": pl.lit(2e6)}, "a figure in percent must be from -1,000,000 to 1,000,000"),
        ({"status": pl.lit("guessed")}, "the status 'guessed' is not known; use one of not_"),
        ({"status": pl.lit("suppressed")}, "the status is suppressed, and there is a value"),
    ],
)
def test_what_a_reader_of_files_would_refuse_is_refused(
    columns: dict[str, pl.Expr], said: str
) -> None:
    with pytest.raises(AssessmentError, match=said):
        assessed(changed(**columns))


def test_decimals_and_zoned_moments_of_a_database() -> None:
    decimal = changed(value=pl.col("value").cast(pl.Decimal(18, 0)))
    plain = assessed(FIGURES)
    for given in (decimal, relation(decimal), decimal.to_pandas()):
        assert assessed(given).standing["rank"].to_list() == plain.standing["rank"].to_list()
    # Midnight in London, as databases give it in summer: 23:00 in UTC of the day before.
    start, end = datetime(2025, 3, 31, 23, tzinfo=UTC), datetime(2025, 6, 29, 23, tzinfo=UTC)
    zoned = assessed(changed(period_start=pl.lit(start), period_end=pl.lit(end)))
    found = zoned.observations.select("period_start", "period_end").row(0)
    assert found == (date(2025, 4, 1), date(2025, 6, 30))


@pytest.mark.parametrize("column", ["org_code", "metric_id"])
def test_a_row_of_nobody_or_of_nothing_is_refused(column: str) -> None:
    given = changed(**{column: pl.lit(None, dtype=pl.String)})
    with pytest.raises(AssessmentError, match=f"12 rows have no {column}"):
        assessed(given)


def _closed() -> duckdb.DuckDBPyRelation:
    connection = duckdb.connect()
    made = connection.query("SELECT 1 AS org_code")
    connection.close()
    return made


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(_closed, id="a relation of a closed connection"),
        pytest.param(
            lambda: FIGURES.lazy().with_columns(pl.lit("x").cast(pl.Int64).alias("value")),
            id="a query that fails",
        ),
        pytest.param(
            lambda: pd.DataFrame([["ZA1", "OF0023", 1.0, 2.0]],
                                 columns=["org_code", "metric_id", "value", "value"]),
            id="a column twice",
        ),
    ],
)  # fmt: skip
def test_a_frame_that_cannot_be_read_is_told_as_that(given: Callable[[], object]) -> None:
    with pytest.raises(AssessmentError, match="the frame cannot be read: "):
        assessed(given())


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Decimal("Infinity"), "the column 'value' holds what is neither number"),
        (10**20, "the column 'value' holds what is neither number"),
    ],
)
def test_a_column_that_cannot_be_read_is_named(value: object, said: str) -> None:
    kind = type(value)
    given = pd.DataFrame({"date": ["2024-01-01", "2024-02-01"], "value": [value, kind(70)]})
    with pytest.raises(AssessmentError, match=said):
        remit.spc(given, series=None, better="higher")


def test_periods_of_pandas_and_columns_of_one_name_are_told() -> None:
    months = pd.period_range("2024-01", periods=2, freq="M")
    given = pd.DataFrame({"date": months, "value": [70.0, 71.0]})
    with pytest.raises(AssessmentError, match=r"'date' holds periods of pandas; .*start_time"):
        remit.spc(given, series=None, better="higher")
    twice = pd.concat([given, given[["value"]]], axis=1)
    with pytest.raises(AssessmentError, match="two columns are named 'value'"):
        remit.spc(twice, series=None, better="higher")
