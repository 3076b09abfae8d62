"""A user's own trajectory: checked as a whole before use, shown beside goal and standard."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from remit.catalogue import load_computed_metrics
from remit.cli.run import run
from remit.model.errors import PublicationError
from remit.register import load_register
from remit.report import build_report
from remit.sample.monthly import write_workbook
from remit.signals.trajectories import Trajectories, read_trajectories
from remit.store import Store
from tests.report.stores import frame, rows
from tests.signals.four_hours import readings_of_four_hours

METRICS = load_computed_metrics()
HEADER = "organisation,metric,month,value"
MAY = "ZA1,ae.four-hours,May 2023,77.5"


def read(folder: Path, *lines: str, header: str = HEADER, end: str = "\n") -> Trajectories:
    path = folder / "plans.csv"
    path.write_bytes((end.join([header, *lines]) + end).encode("utf-8"))
    return read_trajectories(path, METRICS, load_register())


def refused(folder: Path, *lines: str, header: str = HEADER) -> str:
    with pytest.raises(PublicationError) as caught:
        read(folder, *lines, header=header)
    return str(caught.value)


@pytest.mark.parametrize(
    "month",
    ["May 2023", "2023-05", "01/05/2023", "31/05/2023", "2023-05-01", "May-23", "1 May 2023"],
)
def test_months_are_read_in_every_form_of_the_house(tmp_path: Path, month: str) -> None:
    (one,) = read(tmp_path, f"ZA1,ae.four-hours,{month},77.5").figures
    assert (one.month, one.value, one.line) == (date(2023, 5, 1), 77.5, 2)


@pytest.mark.parametrize(
    ("months", "read_as"),
    [
        (["2001-02", "2001-03"], [date(2001, 2, 1), date(2001, 3, 1)]),
        (
            ["2011-12", "2012-01", "2012-02"],
            [date(2011, 12, 1), date(2012, 1, 1), date(2012, 2, 1)],
        ),
        (["M2 2001-02", "M12 2001/02"], [date(2001, 5, 1), date(2002, 3, 1)]),
    ],
)
@pytest.mark.parametrize("across", [False, True])
def test_a_column_tells_that_it_holds_months(
    tmp_path: Path, months: list[str], read_as: list[date], across: bool
) -> None:
    if across:
        values = ",".join(["77"] * len(months))
        header = f"organisation,metric,{','.join(months)}"
        found = read(tmp_path, f"ZA1,ae.four-hours,{values}", header=header)
    else:
        found = read(tmp_path, *(f"ZA1,ae.four-hours,{month},77" for month in months))
    assert [one.month for one in found.figures] == read_as


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ZA1,ae.four-hours,2001-02,77", "could be a month or a year; write Feb 2001 or 2001/02"),
        ("ZA1,bed-availability.occupancy,2001-02,77", "could be a month or a year"),
        ("ZA1,ae.four-hours,2001/02,77", "is no month, and ae.four-hours has a figure each month"),
        ("ZA1,ae.four-hours,2025-26,77", "is no month"),
        ("ZA1,bed-availability.occupancy,2025/26,77", "is no quarter, and bed-availability.occ"),
    ],
)
def test_what_could_be_a_year_is_no_month(tmp_path: Path, line: str, said: str) -> None:
    assert said in refused(tmp_path, line)


def test_an_organisation_goes_by_code_or_name_and_england_by_its_own(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "za1,ae.four-hours,May 2023,77.5%",
        "Larkshire University Hospitals,ae.four-hours,Jun 2023,78",
        "ENG,ae.four-hours,May 2023,76",
    )
    assert [(one.org_code, one.value) for one in found.figures] == [
        ("ZA1", 77.5),
        ("ZA1", 78.0),
        ("ENG", 76.0),
    ]


def test_line_ends_of_windows_semicolons_blank_rows_and_other_heads(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "ZA1;ae.four-hours;May 2023;77,5;as agreed",
        ";;;;",
        "ZA1;ae.four-hours;Jun 2023;78,0;",
        header="Org_code;Metric_ID;Period;Plan;Remark",
        end="\r\n",
    )
    assert [(one.value, one.line) for one in found.figures] == [(77.5, 2), (78.0, 4)]


def test_months_across_the_top_and_a_workbook_are_read(tmp_path: Path) -> None:
    table = (
        ("Organisation", "Metric", "Apr 2023", "May 2023", "Jun 2023"),
        ("ZA1", "ae.four-hours", 76, 77.5, None),
        ("ZA2", "ae.four-hours", None, 70, 71),
    )
    path = tmp_path / "plans.xlsx"
    write_workbook(path, {"Plans": table})
    cells = [",".join("" if cell is None else str(cell) for cell in row) for row in table]
    read_twice = (
        read_trajectories(path, METRICS, load_register()),
        read(tmp_path, *cells[1:], header=cells[0]),
    )
    for found in read_twice:
        assert [(one.org_code, one.month.month, one.value, one.line) for one in found.figures] == [
            ("ZA1", 4, 76, 2),
            ("ZA1", 5, 77.5, 2),
            ("ZA2", 5, 70, 3),
            ("ZA2", 6, 71, 3),
        ]


def test_days_stand_first_unless_the_file_tells_otherwise(tmp_path: Path) -> None:
    first = read(tmp_path, *(f"ZA1,ae.four-hours,01/{n:02}/2023,77" for n in (4, 5, 6)))
    assert [one.month.month for one in first.figures] == [4, 5, 6]
    last = read(tmp_path, *(f"ZA1,ae.four-hours,{n:02}/30/2023,77" for n in (4, 5, 6)))
    assert [one.month.month for one in last.figures] == [4, 5, 6]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ZA1,ae.four-hour,May 2023,77", "there is no metric 'ae.four-hour'; nearest: ae.four-"),
        ("ZQ9,ae.four-hours,May 2023,77", "no organisation 'ZQ9' on the register"),
        (",ae.four-hours,May 2023,77", "the organisation is missing"),
        ("ZA1,ae.four-hours,2023/24 Q1,77", "'2023/24 Q1' is no month"),
        ("ZA1,ae.four-hours,2023/24,77", "is no month"),
        ("ZA1,ae.four-hours,spring,77", "'spring' is no month; write it as"),
        ("ZA1,ae.four-hours,Jun 2023,high", "'high' is no number"),
        ("ZA1,ae.four-hours,Jun 2023,780", "'780' is no percentage"),
        ("ZA1,ae.four-hours,Jun 2023,-1", "'-1' is no percentage"),
        ("ZA1,ae.attendances,Jun 2023,-1", "'-1' is below 0"),
        ("ZA1,ae.attendances,Jun 2023,77%", "'77%' is a percentage, and ae.attendances is cou"),
        ("ZA1,ae.four-hours,31/05/2023,78", "May 2023 stands in line 2 already"),
        ("ZA1,ae.four-hours,Jun 2023,0.95", "0.95 is a fraction, and ae.four-hours is told in"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    told = refused(tmp_path, MAY, line)
    assert "plans.csv: 1 line cannot be used, so none is\n  line 3: " in told
    assert said in told


def test_a_whole_trajectory_of_fractions_is_known_by_what_is_asked(tmp_path: Path) -> None:
    told = refused(tmp_path, "ZA1,ae.four-hours,May 2023,0.76", "ZA1,ae.four-hours,Jun 2023,0.78")
    assert "2 lines cannot be used" in told
    assert "line 3: 0.78 is a fraction, and ae.four-hours is told in percentages; write 78" in told


def test_a_small_percentage_is_no_fraction(tmp_path: Path) -> None:
    lines = [f"ZA1,rtt.over-52-weeks-share,2025-0{n},{value}" for n, value in ((4, 1.2), (5, 0.9))]
    assert [one.value for one in read(tmp_path, *lines).figures] == [1.2, 0.9]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("organisation,metric,value", "there is no column 'month'"),
        ("organisation,org,metric,month,value", "two columns are the organisation"),
    ],
)
def test_the_columns_must_be_there_once(tmp_path: Path, header: str, said: str) -> None:
    assert said in refused(tmp_path, MAY, header=header)


def test_no_line_at_all_is_told(tmp_path: Path) -> None:
    assert "there is no line below the header" in refused(tmp_path)


def four_hours_store(folder: Path, percents: list[float]) -> Path:
    store = folder / "s.duckdb"
    with Store.open(store) as held:
        held.ingest(readings_of_four_hours(folder, percents))
    return store


def records(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def words(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_command_chart_table_and_report_show_it_beside_goal_and_standard(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Fourteen months from January 2023; the last is February 2024 with 76%.
    store = four_hours_store(tmp_path, [74.0, 76.0] * 7)
    plans = tmp_path / "plans.csv"
    told = [HEADER, "ZA1,ae.four-hours,Jan 2024,75", "ZA1,ae.four-hours,Feb 2024,76.5"]
    plans.write_text("\n".join([*told, "ZA2,ae.four-hours,Feb 2024,80"]), encoding="utf-8")
    out, svg = tmp_path / "out", tmp_path / "a.svg"
    asked = ["spc", "--metric", "ae.four-hours", "--org", "ZA1", "--store", str(store)]
    more = ["--trajectories", str(plans), "--out", str(out), "--svg", str(svg)]
    assert run([*asked, *more]) == 0
    said = capsys.readouterr().out
    assert "plans.csv: 2 of 3 values of trajectories stand beside a figure." in said
    assert "Goal for each acute trust: at least 76% by March 2024." in said
    assert "Standard for each acute trust: at least 95%." in said
    assert "Own trajectory for Feb 2024: 76.5%, which is not reached." in said
    drawn = svg.read_text(encoding="utf-8")
    # One stroke for each month that is planned, and one in the key.
    assert drawn.count('class="spc-planned"') == 2 + 1
    assert "own plan" in words(drawn)
    points = records(out / "points.csv")
    assert [point["trajectory"] for point in points[-3:]] == ["", "75.0", "76.5"]
    assert {point["target"] for point in points[-3:]} == {"76.0"}
    report = ["report", "ZA1", "--store", str(store), "--period", "Feb 2024"]
    folder = tmp_path / "report"
    assert run([*report, "--trajectories", str(plans), "--out", str(folder)]) == 0
    page = words((folder / "metrics" / "ae-four-hours.html").read_text(encoding="utf-8"))
    assert "Own trajectory for Feb 2024: 76.5%, which is not reached" in page
    method = words((folder / "method.html").read_text(encoding="utf-8"))
    assert "values of organisations and metrics of this report: 2 of 3." in method
    listed = records(folder / "points.csv")
    ours = [row["Own trajectory"] for row in listed if row["Period"] == "Feb 2024"]
    assert "76.5" in ours


def test_it_judges_nothing(tmp_path: Path) -> None:
    lines = rows("ZA1", "rtt.within-18-weeks", [600.0] * 14, (2025, 6)) + rows(
        "ZA1", "rtt.incomplete-pathways", [1000.0] * 14, (2025, 6)
    )
    plans = read(tmp_path, "ZA1,rtt.within-18-weeks-share,Jun 2025,60")
    metric = METRICS["rtt.within-18-weeks-share"]
    without = build_report(frame(lines), "ZA1", "Jun 2025", metrics=[metric]).view
    beside = build_report(frame(lines), "ZA1", "Jun 2025", metrics=[metric], plans=plans).view
    (plain,), (planned,) = without.own.lines, beside.own.lines
    assert (planned.target, planned.assurance, planned.sentence) == (
        plain.target,
        plain.assurance,
        plain.sentence,
    )
    assert planned.asked == (*plain.asked, "own trajectory for Jun 2025: 60.0%, which is reached")


def test_a_month_without_a_plan_says_so(tmp_path: Path) -> None:
    lines = rows("ZA1", "ae.attendances-type-1", [100.0] * 3, (2025, 6))
    plans = read(tmp_path, "ZA1,ae.attendances,May 2025,90")
    metric = METRICS["ae.attendances"].model_copy(update={"numerator": ("ae.attendances-type-1",)})
    view = build_report(frame(lines), "ZA1", "Jun 2025", metrics=[metric], plans=plans).view
    assert view.own.lines[0].asked == ("own trajectory for Jun 2025: none",)


def test_a_hundredth_of_the_figures_is_refused(tmp_path: Path) -> None:
    lines = rows("ZA1", "dm01.waiting-6-weeks-or-more", [300.0] * 3, (2025, 6)) + rows(
        "ZA1", "dm01.waiting-list", [1000.0] * 3, (2025, 6)
    )
    plans = read(tmp_path, "ZA1,dm01.six-weeks-share,Jun 2025,0.25")
    metric = METRICS["dm01.six-weeks-share"]
    with pytest.raises(PublicationError, match=r"ZA1, dm01\.six-weeks-share is about a hundredth"):
        build_report(frame(lines), "ZA1", "Jun 2025", metrics=[metric], plans=plans)


def test_a_file_of_one_s_own_has_targets_instead(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    read(tmp_path, MAY)
    figures = tmp_path / "w.csv"
    figures.write_text("date,value\n2023-01-01,1\n2023-02-01,2\n", encoding="utf-8")
    asked = ["spc", str(figures), "--better", "higher"]
    assert run([*asked, "--trajectories", str(tmp_path / "plans.csv")]) == 2
    assert "--trajectories goes with --metric" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("metric", "value", "said"),
    [
        (
            "ae.attendances",
            "25.000",
            "'25.000' could be 25000 or 25, and ae.attendances is a count",
        ),
        ("ae.attendances", "18.500", "could be 18500 or 18.5"),
        ("ae.attendances", "18500.5", "'18500.5' has a fraction"),
        ("workforce.staff", "1.250", "could be 1250 or 1.25"),
    ],
)
def test_a_count_has_no_point(tmp_path: Path, metric: str, value: str, said: str) -> None:
    found = refused(tmp_path, f"ZA1,{metric},May 2023,{value}")
    assert "line 2" in found
    assert said in found


@pytest.mark.parametrize(
    ("metric", "value", "number"),
    [("ae.attendances", '"25,000"', 25000), ("ae.attendances", "25000.0", 25000),
     ("workforce.staff", "8123.5", 8123.5)],
)  # fmt: skip
def test_a_whole_count_and_an_averaged_one_are_read(
    tmp_path: Path, metric: str, value: str, number: float
) -> None:
    (one,) = read(tmp_path, f"ZA1,{metric},May 2023,{value}").figures
    assert one.value == number


def test_a_blank_value_plans_nothing_in_a_line_as_across_the_top(tmp_path: Path) -> None:
    (one,) = read(tmp_path, MAY, "ZA1,ae.four-hours,Jun 2023,").figures
    assert (one.month, one.line) == (date(2023, 5, 1), 2)
    wide = read(tmp_path, "ZA1,ae.four-hours,77.5,", header="organisation,metric,May 2023,Jun 2023")
    assert [one.month for one in wide.figures] == [date(2023, 5, 1)]
