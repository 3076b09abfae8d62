"""A file of one's own: every line is a point or is refused with line, column and reason."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.files.numbers import number_in
from remit.model.errors import PublicationError
from remit.signals.change_files import read_rebases, read_targets
from remit.signals.changes import Rebase, Target
from remit.signals.dates import read_day
from remit.signals.own_file import read_counts, read_events, read_own_file


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_every_line_is_a_point_or_a_rejection(tmp_path: Path) -> None:
    path = write(
        tmp_path / "own.csv",
        "Series,Date,Value",
        "Elm,2025-01-01,70%",
        'Elm,Feb 2025,"1,071.5"',
        "Elm,30/02/2025,1",
        "Elm,01/03/2025,*",
        "Elm,2025-04-01,",
        "Elm,2025-01,70",
        "",
        "Oak,2025-01-01,1",
        "Oak,01/01/2025,2",
        ",2025-01-01,2",
        "Elm,2025-07-01",
        "Elm,,3",
        "Ash,2025-01-01,0",
    )
    own = read_own_file(path)
    assert own.points.rows() == [
        ("Elm", date(2025, 1, 1), 70.0),
        ("Elm", date(2025, 2, 1), 1071.5),
        ("Ash", date(2025, 1, 1), 0.0),
    ]
    told = [(r.line, r.column, r.reason) for r in own.rejections]
    assert [line for line, _, _ in told] == [4, 5, 6, 7, 9, 10, 11, 12, 13]
    assert own.rows_read == 12
    said = {line: f"{column}: {reason}" for line, column, reason in told}
    assert said[4].startswith("date: this is no date; write it as 2025-06-01")
    assert said[5] == "value: the figure is suppressed, which is not zero: no point"
    assert said[6] == "value: the value is missing"
    assert said[7] == "date: the row repeats line 2"
    assert said[9] == said[10]
    assert "lines 9, 10 give different figures" in said[9]
    assert said[11] == "series: the line does not say which series"
    assert said[12] == ": 2 columns where the header has 3"
    assert said[13] == "date: the date is missing"


def test_a_figure_that_cannot_be_read_does_not_spoil_the_good_one(tmp_path: Path) -> None:
    path = write(tmp_path / "own.csv", "series,date,value", "a,2025-01-01,", "a,2025-01-01,5")
    own = read_own_file(path)
    assert own.points["value"].to_list() == [5.0]
    assert [r.line for r in own.rejections] == [2]


def test_columns_by_name_and_a_file_of_one_series(tmp_path: Path) -> None:
    path = write(tmp_path / "waits.csv", "Month,Per cent", "Jan 2025,5", "Feb 2025,x")
    own = read_own_file(path, date="month", value="per cent")
    assert own.points.row(0) == ("waits", date(2025, 1, 1), 5.0)
    assert own.rejections[0].column == "per cent"
    assert read_own_file(path, date="month").points.rows() == own.points.rows()
    with pytest.raises(PublicationError, match=r"no column 'rate'; .*--value-column"):
        read_own_file(path, date="month", value="rate")
    with pytest.raises(PublicationError, match="no column 'trust'"):
        read_own_file(path, series="trust", date="month", value="per cent")
    twice = write(tmp_path / "twice.csv", "date,value,Value", "2025-01-01,1,2")
    with pytest.raises(PublicationError, match="'value' stands twice"):
        read_own_file(twice)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-06-01", date(2025, 6, 1)),
        ("2025-06-01T00:00:00", date(2025, 6, 1)),
        ("1/6/2025", date(2025, 6, 1)),
        ("13/01/2025", date(2025, 1, 13)),
        ("2025-06", date(2025, 6, 1)),
        ("June 2025", date(2025, 6, 1)),
        ("13-Jun-25", date(2025, 6, 13)),
        ("1 September 2025", date(2025, 9, 1)),
        ("1 Jan 1950", date(1950, 1, 1)),
        ("1-Jan-2101", date(2101, 1, 1)),
        ("31 June 2025", None),
        ("Jun-25", date(2025, 6, 1)),
        ("2025/26 Q2", date(2025, 7, 1)),
        ("2025/26", date(2025, 4, 1)),
        ("2011-12", None),
        ("01/13/2025", None),
        ("2025-13-01", None),
        ("45000", date(2023, 3, 15)),
        ("1/1/24", date(2024, 1, 1)),
        ("", None),
    ],
)
def test_dates_as_people_write_them(text: str, day: date | None) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize("day", ["0001-01-01", "1/1/1899", "1 Jan 2201", "9999-12-31", "2201-01"])
def test_years_beyond_all_records_are_rejected(tmp_path: Path, day: str) -> None:
    """A year mistyped would be a point all the same, and stretch the chart over millennia."""
    path = write(tmp_path / "own.csv", "date,value", f"{day},1", "1900-01-01,2", "2200-12-31,3")
    for own in (read_own_file(path), read_events(path)):
        assert [(r.line, r.column, r.value) for r in own.rejections] == [(2, "date", day)]
        assert own.rejections[0].reason == "the year must be from 1900 to 2200"
        assert own.points.height == 2
    path = write(tmp_path / "targets.csv", "date,target", f"{day},1")
    with pytest.raises(PublicationError, match=r"line 2: .* the year must be from 1900 to 2200"):
        read_targets(path)
    path = write(tmp_path / "rebase.csv", "date,reason", f"{day},new")
    with pytest.raises(PublicationError, match=r"line 2: .* the year must be from 1900 to 2200"):
        read_rebases(path)


def test_numbers_as_in_all_own_lists(tmp_path: Path) -> None:
    """A power of ten is a number here as in ``files/numbers.py``; what is refused is told why."""
    texts = ["1e3", "1.5E+2", "-2e-1", "5.", "70%", "1e400", "1e13", "£5", "1e", "12%%", "5‰"]
    rows = [f"2025-01-{day:02},{text}" for day, text in enumerate(texts, 1)]
    own = read_own_file(write(tmp_path / "own.csv", "date,value", *rows))
    assert own.points["value"].to_list() == [1000, 150, -0.2, 5, 70]
    assert [number_in(text) for text in texts[:4]] == [1000, 150, -0.2, 5]
    reasons = [rejection.reason for rejection in own.rejections]
    assert reasons[:2] == ["no figure is that large; the file is damaged"] * 2
    no_number = "this is no number; write it in the digits 0 to 9, such as 1234.5 or 1.2e3"
    assert reasons[2:] == [no_number] * 4


def test_a_percent_sign_on_a_count_is_rejected(tmp_path: Path) -> None:
    path = write(
        tmp_path / "c.csv", "date,numerator,denominator", "2025-01-01,5%,10", "2025-02-01,5,10"
    )
    (rejection,) = read_counts(path).rejections
    assert (rejection.line, rejection.column) == (2, "numerator")
    assert rejection.reason == "a percent sign on a figure that is not a percentage"


def test_counts_that_are_no_rate_are_rejected(tmp_path: Path) -> None:
    path = write(
        tmp_path / "counts.csv",
        "series,date,Seen,All",
        "Elm,2025-01-01,5,10",
        "Elm,2025-02-01,11,10",
        "Elm,2025-03-01,0,0",
        "Elm,2025-04-01,,10",
        "Elm,2025-01-01,5,10",
        "Oak,2025-01-01,5,10",
        "Oak,2025-01-01,5,20",
    )
    own = read_counts(path, numerator="Seen", denominator="All")
    assert own.points.rows() == [("Elm", date(2025, 1, 1), 5.0, 10.0)]
    assert [(r.line, r.column) for r in own.rejections] == [
        (3, "Seen"),
        (4, "All"),
        (5, "Seen"),
        (6, "date"),
        (7, "date"),
        (8, "date"),
    ]


def test_events_may_fall_on_one_day(tmp_path: Path) -> None:
    path = write(tmp_path / "falls.csv", "date", "2025-01-01", "2025-01-01", "soon")
    own = read_events(path)
    assert own.points.rows() == [("falls", date(2025, 1, 1))] * 2
    assert [r.line for r in own.rejections] == [4]


@given(st.lists(st.tuples(*[st.text(max_size=8)] * 3), max_size=12))
@settings(deadline=None, max_examples=25)
def test_nothing_is_lost_whatever_the_file_holds(rows: list[tuple[str, str, str]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.csv"
        frame = pl.DataFrame(rows, schema=["series", "date", "value"], orient="row")
        frame.cast(pl.String).write_csv(path)
        records = list(csv.reader(StringIO(path.read_bytes().decode(), newline="")))[1:]
        own = read_own_file(path)
    assert own.rows_read == sum(any(cell.strip() for cell in record) for record in records)
    assert len({r.line for r in own.rejections}) == len(own.rejections)


def test_rebasings_and_targets_from_files(tmp_path: Path) -> None:
    rebases = write(
        tmp_path / "r.csv", "date,reason,series", "Apr 2023,new unit,Elm", "2024-04-01,tariff,"
    )
    assert read_rebases(rebases) == (
        Rebase(date(2023, 4, 1), "new unit", "Elm"),
        Rebase(date(2024, 4, 1), "tariff"),
    )
    targets = write(tmp_path / "t.csv", "date,target", "2023-04-01,76%", "2025-04-01,78")
    ended = write(
        tmp_path / "e.csv", "date,target", "2023-01-01,75", "2023-06-01,", "2024-01-01,None"
    )
    assert [(target.value, target.since.month) for target in read_targets(ended)] == [
        (75, 1), (None, 6), (None, 1),
    ]  # fmt: skip
    assert read_targets(targets) == (
        Target(76.0, date(2023, 4, 1)),
        Target(78.0, date(2025, 4, 1)),
    )


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("date,series", "2025-01-01,a"), "line 1: there is no column 'reason'"),
        (("date,reason", "2025-01-01,"), "line 2: the reason is missing"),
        (("date,reason", "soon,x"), "line 2: 'soon' is no date"),
        (("date,reason", "2025-01-01,x,y"), "line 2: 3 columns"),
    ],
)
def test_a_faulty_file_of_rebasings_is_refused(
    tmp_path: Path, lines: tuple[str, ...], said: str
) -> None:
    with pytest.raises(PublicationError, match=said):
        read_rebases(write(tmp_path / "r.csv", *lines))


def test_all_lines_of_a_list_that_cannot_be_used_are_named_at_once(tmp_path: Path) -> None:
    path = write(
        tmp_path / "t.csv", "date,target,series", "soon,70,Elm", "2025-01-01,high,",
        "2025-02-01,75,", "2025-02-01,76,", "1025-03-01,77,", "2025-04-01,78,",
        "2025-05-01,78,Elm,more",
    )  # fmt: skip
    with pytest.raises(PublicationError) as refused:
        read_targets(path)
    told = str(refused.value).splitlines()
    assert told[0] == f"{path}: 5 lines cannot be used, so none is"
    assert [line.split(":")[0] for line in told[1:]] == [
        "  line 2", "  line 3", "  line 5", "  line 6", "  line 8",
    ]  # fmt: skip
    assert "two targets for one day, 75 and 76; leave one" in told[3]


def test_a_reason_that_stands_twice_is_taken_once_and_told(tmp_path: Path) -> None:
    path = write(
        tmp_path / "r.csv", "date,reason,series", "2023-04-01,new unit,Elm",
        "2023-04-01,new unit,Oak", "01/04/2023,new unit,Elm", "2023-04-01,tariff,Elm",
    )  # fmt: skip
    told: list[str] = []
    assert [(one.reason, one.series) for one in read_rebases(path, told.append)] == [
        ("new unit", "Elm"), ("new unit", "Oak"), ("tariff", "Elm"),
    ]  # fmt: skip
    assert told == ["r.csv, line 4: it repeats line 2 and is taken once."]


@pytest.mark.parametrize("text", ["2001-02", "2011-12"])
def test_a_day_that_could_be_a_month_or_a_year_is_asked_about(tmp_path: Path, text: str) -> None:
    both = {"2001-02": "Feb 2001 or 2001/02", "2011-12": "Dec 2011 or 2011/12"}[text]
    with pytest.raises(PublicationError, match=f"could be a month or a year; write {both}"):
        read_targets(write(tmp_path / "t.csv", "date,target", f"{text},70"))


def test_a_target_that_is_no_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="line 2: 'high' is no number"):
        read_targets(write(tmp_path / "t.csv", "date,target", "2025-01-01,high"))
