"""Figures, targets, totals and organisations as people lay them out: read truly and told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.cli.run import run
from remit.model.errors import PublicationError
from remit.signals.own_file import read_own_file
from tests.signals.test_own_tables import FIRSTS, MONTHS, months_of, text, workbook


def down(path: Path, head: str, *rows: str) -> Path:
    """A file with a month a line, the cells of which are given."""
    return text(path, head, *(f"{m} 24,{row}" for m, row in zip(MONTHS, rows, strict=False)))


# Figures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ('"£1,234"', 1234), ('"£ 1,234.50"', 1234.5), ("-£12", -12), ("€7.5", 7.5), ("(35)", -35),
        ('"(1,204.5)"', -1204.5), ("(3.5%)", -3.5), ("1.2k", 1200), ("12K", 12000), ("1 234", 1234),
        ("1\u00a0234\u00a0567", 1234567), ("95 %", 95), ("−4", -4), ('"£(20)"', None),
    ],
)  # fmt: skip
def test_figures_as_people_write_them(tmp_path: Path, cell: str, figure: float | None) -> None:
    path = down(tmp_path / "a.csv", "Month,Spend", "5", cell, "7", "8")
    own = read_own_file(path)
    if figure is None:
        assert [one.line for one in own.rejections] == [3]
        return
    assert own.points["value"].to_list() == [5, figure, 7, 8]
    shown = cell.strip('"').replace("\u00a0", " ")
    is_plain = shown in {"95 %", "−4"}
    assert any(f"'{shown}' in 'Spend', line 3, was read as" in n for n in own.notes) is not is_plain


def test_names_that_look_like_figures_stay_names(tmp_path: Path) -> None:
    rows = [f"{name},{70 + n}" for n in range(3) for name in ("(A) Elm", "5k run", "£ office")]
    lines = [f"{MONTHS[n // 3]} 24,{row}" for n, row in enumerate(rows)]
    own = read_own_file(text(tmp_path / "a.csv", "Month,Team,Score", *lines))
    assert own.points["series"].unique().sort().to_list() == ["(A) Elm", "5k run", "£ office"]


@pytest.mark.parametrize("mark", ["<5", "<10", "< 10", "≤7"])
def test_a_small_number_that_is_hidden_is_suppressed(tmp_path: Path, mark: str) -> None:
    own = read_own_file(down(tmp_path / "a.csv", "Month,Falls", "12", mark, "15"))
    assert [(one.line, one.reason) for one in own.rejections] == [
        (3, "the figure is suppressed, which is not zero: no point")
    ]


@pytest.mark.parametrize(
    ("head", "rows", "said"),
    [
        ("Month;Rate", ["1,234", "1,235"],
         "'1,234' in 'Rate', line 2, may part thousands or decimals; say --decimals comma or "),
        ("Month,Rate", ["n/a", "n/a"], "'n/a' in 'Rate', line 2, is not available"),
        ("Month,Response", ["12 mins", "13 mins"],
         "'12 mins' in 'Response', line 2, is no figure; write figures alone, such as 1234.5"),
        ("Month,Spend", ["£1.5m", "£1.6m"], "'£1.5m' in 'Spend', line 2, is no figure"),
    ],
)  # fmt: skip
def test_no_option_is_named_that_cannot_help(
    tmp_path: Path, head: str, rows: list[str], said: str
) -> None:
    sign = ";" if ";" in head else ","
    lines = [f"{m} 24{sign}{row}" for m, row in zip(MONTHS, rows, strict=False)]
    with pytest.raises(PublicationError) as caught:
        read_own_file(text(tmp_path / "a.csv", head, *lines))
    assert said in str(caught.value)
    assert "--value-column" not in str(caught.value)


def test_figures_under_numbers_for_names_are_asked_for_by_the_option_that_helps(
    tmp_path: Path,
) -> None:
    path = down(tmp_path / "a.csv", "Month,1,2", "5,6", "7,8")
    with pytest.raises(PublicationError, match="--value-column"):
        read_own_file(path)
    assert read_own_file(path, value="2").points["value"].to_list() == [6, 8]


@pytest.mark.parametrize(("decimals", "figure"), [("comma", 1.234), ("point", 1234.0)])
def test_the_option_that_is_named_helps(tmp_path: Path, decimals: str, figure: float) -> None:
    lines = [f"{m} 24;1,234" for m in MONTHS]
    own = read_own_file(text(tmp_path / "a.csv", "Month;Rate", *lines), decimals=decimals)
    assert own.points["value"].to_list() == [figure] * 12


# Organisations across -----------------------------------------------------------------------------


def test_a_column_an_organisation_is_a_series_each(tmp_path: Path) -> None:
    path = down(tmp_path / "a.csv", "Month,Elm,Oak,Total", "1,2,3", "4,,4", "6,n/a,6")
    own = read_own_file(path)
    assert months_of(own, "Elm") == {FIRSTS[0]: 1, FIRSTS[1]: 4, FIRSTS[2]: 6}
    assert months_of(own, "Oak") == {FIRSTS[0]: 2}
    assert set(own.points["series"]) == {"Elm", "Oak"}
    assert [(one.line, one.column) for one in own.rejections] == [(4, "Oak")]
    assert own.noun == "figure"
    assert own.rows_read == 5
    told = " ".join(own.notes)
    assert told.startswith("read 'Month' as the date read each")
    assert "read each of 'Elm' and 'Oak' as a series, of one measure; if only one" in told
    assert "left out, as a sum or an average of others: 'Total'" in told
    assert "1 blank cell: no points" in told
    one = read_own_file(path, value="Oak")
    assert one.points["value"].to_list() == [2]


def test_organisations_across_under_titles_in_a_workbook(tmp_path: Path) -> None:
    head = ["Month", "Elm Trust", "Oak Trust", "Standard"]
    rows = [[f"{m} 24", 0.7 * 100 + n, 60 + n, "95 %"] for n, m in enumerate(MONTHS)]
    own = read_own_file(workbook(tmp_path / "a.xlsx", A=[["Waits by trust"], [], head, *rows]))
    assert months_of(own, "Oak Trust")[date(2024, 12, 1)] == 71
    assert own.points["target"].to_list() == [95.0] * 24


@pytest.mark.parametrize(
    "head", ["Month,4 hour %,RTT within 18 weeks", "Month,Attendances,Admissions", "Month,Seen,Elm"]
)
def test_several_measures_across_are_asked_about(tmp_path: Path, head: str) -> None:
    path = down(tmp_path / "a.csv", head, "70,60", "71,62")
    with pytest.raises(PublicationError, match="could be the value; say which, such as --value-"):
        read_own_file(path)


# Totals and targets -------------------------------------------------------------------------------


def test_totals_among_the_lines_are_left_out_and_england_is_told(tmp_path: Path) -> None:
    names = ["Elm", "Oak", "All providers", "Sub-total", "England"]
    lines = [
        f"{m} 24,{name},{n + at}" for n, m in enumerate(MONTHS) for at, name in enumerate(names)
    ]
    own = read_own_file(text(tmp_path / "a.csv", "Month,Trust,Seen", *lines))
    assert set(own.points["series"]) == {"Elm", "Oak", "England"}
    told = " ".join(own.notes)
    assert "average of others: 'All providers' and 'Sub-total' (24 lines)" in told
    assert "'England' holds the others: a total, kept as a series" in told


def test_a_total_after_a_metric_is_one_and_all_of_one_trust_is_none(tmp_path: Path) -> None:
    lines = [
        f"{m} 24,{q},{t},5" for m in MONTHS for q in ("A", "B") for t in ("Elm", "Oak", "Total")
    ]
    own = read_own_file(text(tmp_path / "a.csv", "Month,Measure,Trust,Seen", *lines))
    assert set(own.points["series"]) == {"A · Elm", "A · Oak", "B · Elm", "B · Oak"}
    lines = [
        f"{m} 24,{t},{q},5" for m in MONTHS for q in ("Admitted", "Total") for t in ("Elm", "Oak")
    ]
    own = read_own_file(text(tmp_path / "b.csv", "Month,Trust,Part,Seen", *lines))
    assert "Elm · Total" in set(own.points["series"])
    own = read_own_file(
        text(tmp_path / "c.csv", "Month,Trust,Seen", "Jan 24,Total,5", "Feb 24,Total,6")
    )
    assert own.points["value"].to_list() == [5, 6]


@pytest.mark.parametrize("target", ["95%", "≥95", "95 %", ">= 95%", "at least 95", "min 95"])
def test_a_target_in_words_with_months_across(tmp_path: Path, target: str) -> None:
    lines = ["Trust,Target,Jan-24,Feb-24", f"Elm,{target},90,91", "Oak,95,80,81"]
    own = read_own_file(text(tmp_path / "a.csv", *lines))
    assert own.points["target"].to_list() == [95.0] * 4


def test_a_row_of_targets_is_that_of_all_series(tmp_path: Path) -> None:
    lines = ["Trust,Jan-24,Feb-24", "Elm,90,91", "Oak,80,81", "Target,≥75%,78"]
    own = read_own_file(text(tmp_path / "a.csv", *lines))
    assert own.points.select("series", "target").rows() == [
        ("Elm", 75.0), ("Elm", 78.0), ("Oak", 75.0), ("Oak", 78.0),
    ]  # fmt: skip
    assert any(
        note.startswith("'Target' (line 4) is the target of all series") for note in own.notes
    )


def test_a_target_that_says_the_other_way_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = down(tmp_path / "a.csv", "Month,Wait,Target", *(f"{n},≤ 4" for n in range(12)))
    assert run(["spc", str(path), "--better", "higher", "--dry-run"]) == 2
    assert "the target '≤ 4' says that lower is better, and --better is higher" in (
        capsys.readouterr().err
    )
    assert run(["spc", str(path), "--better", "lower", "--dry-run"]) == 0


@pytest.mark.parametrize(
    ("target", "better", "shown"),
    [("78%", "higher", "at least 78"), (">= 78", "higher", "at least 78"), ("≤4", "lower", "4")],
)
def test_a_target_as_an_option_is_read_as_in_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], target: str, better: str, shown: str
) -> None:
    lines = [f"2024-{month:02d}-01,{70 + month % 5}" for month in range(1, 13)]
    path = text(tmp_path / "a.csv", "date,value", *lines)
    assert run(["spc", str(path), "--better", better, "--target", target]) == 0
    assert shown in capsys.readouterr().out


@pytest.mark.parametrize(
    ("target", "said"),
    [("soon", "is no figure; write it as 78, 78% or ≥78"), ("<=78", "says that lower is better")],
)
def test_a_target_as_an_option_that_says_nothing_or_the_other_way_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], target: str, said: str
) -> None:
    path = text(tmp_path / "a.csv", "date,value", "2024-01-01,70", "2024-02-01,71")
    assert run(["spc", str(path), "--better", "higher", "--target", target]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("head", ["date,n,d", "date,num,den", "date,numerator,denominator"])
def test_two_counts_are_asked_about_and_make_a_rate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], head: str
) -> None:
    lines = [f"2024-{month:02d}-01,{70 + month % 5},100" for month in range(1, 13)]
    path = text(tmp_path / "a.csv", head, *lines)
    assert run(["spc", str(path), "--better", "higher"]) == 2
    assert "could be the value" in capsys.readouterr().err
    assert run(["spc", str(path), "--better", "higher", "--chart", "p-prime"]) == 0
    # The last month has 72 of 100.
    assert "72" in capsys.readouterr().out


def test_a_number_of_the_row_beside_a_value_is_none(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "n,date,value", "1,2024-01-01,5", "2,2024-02-01,6")
    assert run(["spc", str(path), "--better", "higher"]) == 0


def test_a_quarter_that_may_be_of_two_years_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = text(tmp_path / "a.csv", "quarter,value", "2019 Q4,1", "2020 Q1,2")
    assert run(["spc", str(path), "--better", "higher"]) == 2
    said = capsys.readouterr().err
    assert "'2019 Q4' in 'quarter' could be a quarter of the calendar or of the financial" in said
    assert "write it as 2019/20 Q4" in said
