"""Days that people write beside a practice: what is read, and what is told of the rest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.cli.run import run
from remit.practice.since import NoSuchDay, since_written, stretch_written
from tests.practice.test_deviants import HEAD, rows, table


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-04-15", date(2024, 4, 15), date(2024, 4, 15)),
        ("15/4/24", date(2024, 4, 15), date(2024, 4, 15)),
        ("15 April 2024", date(2024, 4, 15), date(2024, 4, 15)),
        (" Feb  2024 ", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("Q4 2023/24", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-25", date(2024, 4, 1), date(2025, 3, 31)),
        ("24/25", date(2024, 4, 1), date(2025, 3, 31)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_day_a_month_a_quarter_and_a_year(text: str, first: date, last: date) -> None:
    found = since_written(text)
    assert (found.start, found.end) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["2024-02-31", "31/2/2024", "31 Feb 2024", "2024-13", "20240231", "9999-12-31T23:59:59-14:00"],
)
def test_a_day_that_no_calendar_has(text: str) -> None:
    with pytest.raises(NoSuchDay, match="no such day; write it such as 2024-04-01"):
        since_written(text)
    with pytest.raises(NoSuchDay):
        stretch_written(text)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "spring 2024", "Month 3 2025/26", "Year to date 25/26", "2024/25 plan",
     "Jul 24 - Jun 25", "2024/26"],
)  # fmt: skip
def test_what_does_not_say_from_which_day(text: str) -> None:
    with pytest.raises(ValueError, match="no day and no period; write it such as 2024-04-01"):
        since_written(text)


def test_a_year_that_is_a_slip_of_the_pen() -> None:
    with pytest.raises(ValueError, match="the year must be from 1900"):
        since_written("0204-04-01")


@given(st.text(max_size=25) | st.from_regex(r"\A[\d/ .T:+Q-]{1,20}\Z"))
def test_any_text_is_a_stretch_of_days_or_told(text: str) -> None:
    try:
        found, told = since_written(text), ""
    except ValueError as error:
        found, told = None, str(error)
    if found is None:
        assert "write it such as" in told or "the year must be" in told
    else:
        assert found.start <= found.end


def test_a_period_that_is_no_day_is_a_row_not_taken_in(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(
        table() + "ZA00,Waits,2024-02-31,5,,,lower\nZA00,Waits,2024-13,5,,,lower\n"
        "ZA00,Waits,2024-02-28,5,,,lower\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    assert run(["deviants", "--input", str(tmp_path / "in.csv"), "--out", str(out)]) == 1
    told = rows(out / "rejections.csv")
    assert [(one["line"], one["column"], one["value"]) for one in told] == [
        ("242", "period", "2024-02-31"),
        ("243", "period", "2024-13"),
    ]
    assert "no such day" in told[0]["reason"]


def test_a_month_is_one_period_however_it_is_written(tmp_path: Path) -> None:
    waits = "".join(
        f"ZA{at:02},Waits,{month},{at},,,lower\n"
        for at in range(12)
        for month in ("2024-04", "Apr 2024")
    )
    (tmp_path / "in.csv").write_text(HEAD + waits, encoding="utf-8")
    out = tmp_path / "out"
    assert run(["deviants", "--input", str(tmp_path / "in.csv"), "--out", str(out)]) == 1
    assert {one["reason"] for one in rows(out / "rejections.csv")} >= {
        "the same row stands on line 2"
    }


def test_adoption_on_a_day_that_is_none_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures, adopted = tmp_path / "in.csv", tmp_path / "adopted.csv"
    figures.write_text(table(), encoding="utf-8")
    adopted.write_text(
        "code,adopted\nZA00,2024-02-31\nZA01,2024-02-28\nZA02,9999-99-99\n", encoding="utf-8"
    )
    asked = ["--input", str(figures), "--adoption", str(adopted), "--out", str(tmp_path / "out")]
    assert run(["practices", "effect", *asked]) == 1
    said = capsys.readouterr().out
    assert "adopted.csv, line 2: adopted: '2024-02-31': there is no such day" in said
    assert "adopted.csv, line 4: adopted: '9999-99-99': there is no such day" in said
