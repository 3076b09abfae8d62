"""Whatever the cells hold, each row is taken or refused, and a figure is there only if reported."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .workbook_files import accounted, read, write_csv

_MARKS = ("", "NA", "*", "-", "NULL")
_FIGURES = ("0", "12", "1.5", "-5", "1e400", "nan")
_WORDS = ("ZZZ", "ZA1", "ZM1", "ZB1", "Maternity", "General & Acute")
_DAYS = ("30/06/2024", "31/02/2024", "2024-06-30", "April 2024")
_CELL = st.sampled_from([*_MARKS, *_FIGURES, *_WORDS, *_DAYS])
HEADERS = {
    "kh03-occupied.csv": "Organisation_Code,Sector,Number_Of_Beds,Effective_Snapshot_Date",
    "days.csv": "nhs_trust22_code,date,do_not_meet_criteria_to_reside",
    "sickness.csv": "DATE,ORG_CODE,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT",
}
KEY = ["org_code", "metric_id", "cut", "period_label"]


@pytest.mark.parametrize("name", HEADERS)
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_each_row_is_taken_or_refused(tmp_path: Path, name: str, data: st.DataObject) -> None:
    width = HEADERS[name].count(",") + 1
    row = st.lists(_CELL, min_size=width, max_size=width).map(",".join)
    rows = data.draw(st.lists(row, max_size=8))
    reading = read(write_csv(tmp_path / name, HEADERS[name], *rows))
    figures = reading.observations
    filled = {line for line, row in enumerate(rows, start=2) if row.strip(",")}
    assert reading.source.rows_read == len(filled)
    assert accounted(reading)
    assert len({rejection.line for rejection in reading.rejections}) == len(reading.rejections)
    taken = set(figures["source_row"])
    assert taken | {r.line for r in reading.rejections} == filled
    assert not figures.select(KEY).is_duplicated().any()
    assert figures.filter(
        (pl.col("status") == "reported") != pl.col("value").is_not_null()
    ).is_empty()


@pytest.mark.parametrize("name", HEADERS)
def test_a_file_without_rows_yields_nothing(tmp_path: Path, name: str) -> None:
    reading = read(write_csv(tmp_path / name, HEADERS[name]))
    assert reading.observations.is_empty()
    assert reading.source.rows_read == 0
