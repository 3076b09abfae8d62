"""The sample's monthly files: read like the official ones, odd where announced, stories told."""

from __future__ import annotations

from datetime import date
from itertools import islice
from pathlib import Path

import polars as pl
import pytest

from remit.api import merge, read_each
from remit.cli.run import run
from remit.frames.figures import Figures
from remit.publications.rows.reading import Reading
from remit.register import load_register
from remit.sample import MonthlyFile, write_monthly
from remit.sample.months import Month, months
from remit.series import series
from remit.signals.charts import spc
from remit.signals.of_series import series_points
from remit.store import Store


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[MonthlyFile, ...]:
    return write_monthly(tmp_path_factory.mktemp("monthly"))


@pytest.fixture(scope="module")
def readings(files: tuple[MonthlyFile, ...]) -> list[Reading]:
    return [r for file in files for r in read_each([file.path], published_on=file.published_on)]


@pytest.fixture(scope="module")
def monthly(readings: list[Reading]) -> Figures:
    return merge(readings)


def points(figures: Figures, metric: str, org: str, level: str = "trust") -> pl.DataFrame:
    """The points of one control chart, under the default rules."""
    made = series(figures, metric, level, organisations=[org])  # type: ignore[arg-type]
    judged = spc(series_points(made), series="org_code", better="better", target="target")
    return judged.points.sort("date")  # type: ignore[no-any-return]


# Files -------------------------------------------------------------------------------------------


def test_the_files_are_those_of_two_years(readings: list[Reading]) -> None:
    publications = [reading.source.publication for reading in readings]
    assert {name: publications.count(name) for name in publications} == {
        "ae-monthly": 25,  # one is issued twice
        "sickness-absence": 23,  # one was never published
        "virtual-ward": 24,
        "community-services": 24,
    }


def test_writing_again_gives_the_same_bytes(files: tuple[MonthlyFile, ...], tmp_path: Path) -> None:
    again = write_monthly(tmp_path)
    assert [f.path.read_bytes() for f in again] == [f.path.read_bytes() for f in files]


def test_the_figures_are_the_same_on_every_machine(files: tuple[MonthlyFile, ...]) -> None:
    """Two rows as they were when the sample was made; another machine must draw the same."""
    first = files[0].path.read_text(encoding="utf-8").splitlines()[1]
    assert first == (
        "MSitAE-APRIL-2024,ZA1,NHS ENGLAND NORTHFOLD (FICTIONAL),"
        "LARKSHIRE UNIVERSITY HOSPITALS NHS FOUNDATION TRUST,"
        "13505,1115,2772,0,0,145,3813,44,47,0,0,0,663,147,3845,22,0,1500"
    )
    absence = next(f.path for f in files if "sickness" in f.path.name)
    assert absence.read_text(encoding="utf-8").splitlines()[1].split(",")[-3:] == [
        "17841.24000",
        "303777.00000",
        "5.87",
    ]


def test_every_name_says_sample(files: tuple[MonthlyFile, ...]) -> None:
    assert all(file.path.name.startswith("sample-") for file in files)


def test_a_folder_is_read_in_good_order(files: tuple[MonthlyFile, ...]) -> None:
    assert files[-1].path.name == "sample-Monthly-AE-November-2025_revised.csv"
    names = sorted(file.path.name for file in files)
    assert names.index(files[-1].path.name) > names.index("sample-Monthly-AE-November-2025.csv")


def test_nobody_in_the_files_is_real(readings: list[Reading]) -> None:
    register = load_register()
    codes = {code for r in readings for code in r.observations["org_code"].unique()}
    real = {c for c in codes - {"ENG"} if not (o := register.find(c)) or not o.fictional}
    assert real == set()


def test_the_sum_of_the_sample_is_not_called_england(monthly: Figures) -> None:
    frame = series(monthly, "ae.four-hours", "england").frame
    assert frame["org_name"].unique().to_list() == ["All of the fictional sample"]


def test_the_workbooks_give_their_own_day_of_publication(readings: list[Reading]) -> None:
    ward = next(r for r in readings if r.source.publication == "virtual-ward")
    assert ward.source.published_on == date(2024, 5, 14)


# What is wrong on purpose ------------------------------------------------------------------------


def test_the_rejections_are_those_meant(readings: list[Reading]) -> None:
    found = [(x.file, x.value) for reading in readings for x in reading.rejections]
    assert found == [
        ("sample-Monthly-AE-July-2025.csv", "see note"),
        ("sample-sickness-absence-2025-10.csv", "ZM4"),
    ]


def test_the_totals_differ_only_where_something_is_odd(readings: list[Reading]) -> None:
    found = {
        (check.file.removeprefix("sample-Monthly-AE-"), check.name.split(" ")[0])
        for reading in readings
        for check in reading.checks
        if check.printed != check.summed
    }
    assert found == {
        ("February-2025.csv", "ae.decision-to-admit-over-12-hours"),  # suppressed
        ("July-2025.csv", "ae.attendances-other"),  # a rejected row
        ("July-2025.csv", "ae.over-4-hours-other"),
        ("November-2025.csv", "ae.over-4-hours-type-1"),  # miskeyed, then revised
    }


def test_one_cell_is_suppressed(readings: list[Reading]) -> None:
    hidden = [
        row
        for reading in readings
        for row in reading.observations.filter(status="suppressed")
        .select("org_code", "metric_id", "period_label")
        .iter_rows()
    ]
    assert hidden == [("ZAA", "ae.decision-to-admit-over-12-hours", "Feb 2025")]


def test_the_revised_file_is_a_new_vintage(readings: list[Reading], tmp_path: Path) -> None:
    november = [
        r for r in readings if r.source.file_name.startswith("sample-Monthly-AE-November-2025")
    ]
    assert len(november) == 2
    with Store.open(tmp_path / "remit.duckdb") as store:
        store.ingest(november)
        then = store.figures(as_at=date(2026, 1, 1)).observations
        now = store.figures().observations
    key = {"org_code": "ZA6", "metric_id": "ae.over-4-hours-type-1"}
    before, after = (frame.filter(**key)["value"].item() for frame in (then, now))
    assert before == after // 10


def test_a_month_of_sickness_absence_is_missing(monthly: Figures) -> None:
    frame = series(monthly, "sickness-absence.rate", organisations=["ZA1"]).frame
    held = frame.filter(pl.col("value").is_not_null())["period_label"].to_list()
    assert "Aug 2025" not in held
    assert len(held) == 23


# Stories -----------------------------------------------------------------------------------------


def test_a_flood_is_one_point_outside(monthly: Figures) -> None:
    chart = points(monthly, "ae.four-hours", "ZA4")
    outside = chart.filter(pl.col("value") < pl.col("lower_limit"))
    assert outside["date"].to_list() == [date(2025, 12, 1)]
    assert outside["kind"].to_list() == ["special_cause_concern"]


def test_a_new_floor_is_a_step(monthly: Figures) -> None:
    values = points(monthly, "ae.four-hours", "ZA8").select("date", "value", "special_cause")
    after = pl.col("date") >= date(2025, 5, 1)
    step = values.filter(after)["value"].mean() - values.filter(~after)["value"].mean()  # type: ignore[operator]
    assert 4 < step < 10
    assert values["special_cause"][-1]


def test_closed_wards_show_in_the_system_too(monthly: Figures) -> None:
    for code, level in (("ZA2", "trust"), ("ZB1", "icb")):
        chart = points(monthly, "ae.twelve-hours-to-admission", code, level)
        above = chart.filter(pl.col("value") > pl.col("upper_limit"))["date"].to_list()
        assert above == [date(2026, 2, 1), date(2026, 3, 1)]


def test_help_for_staff_is_an_improvement(monthly: Figures) -> None:
    assert (
        points(monthly, "sickness-absence.rate", "ZM2")["kind"][-1] == "special_cause_improvement"
    )


def test_a_merged_trust_brings_its_figures(monthly: Figures) -> None:
    with_them = {"with_predecessors": True}
    frame = series(monthly, "ae.attendances", organisations=["ZC1"], **with_them).frame
    september, october = (
        frame.filter(period_label=label)["value"].item() for label in ("Sep 2025", "Oct 2025")
    )
    assert series(monthly, "ae.attendances", **with_them).frame.filter(org_code="ZC3").is_empty()
    assert september == pytest.approx(october, rel=0.15)


def test_more_patients_than_beds_are_no_rejection(monthly: Figures) -> None:
    frame = series(monthly, "virtual-ward.occupancy", "icb", organisations=["ZB2"]).frame
    above = frame.filter(pl.col("value") > 100)["period_label"].to_list()
    assert above == ["Jan 2026"]


# Months ------------------------------------------------------------------------------------------


def test_months_follow_each_other_over_the_year() -> None:
    found = [str(month) for month in islice(months(Month(2025, 11), Month(2026, 2)), 10)]
    assert found == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert Month(2024, 2).last == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("month", "quarter"),
    [
        (Month(2024, 4), 1),
        (Month(2025, 3), 1),
        (Month(2025, 6), 1),
        (Month(2025, 7), 2),
        (Month(2025, 12), 3),
        (Month(2026, 3), 4),
    ],
)
def test_a_month_tells_the_story_of_its_quarter(month: Month, quarter: int) -> None:
    assert month.quarter == quarter


# What is printed ---------------------------------------------------------------------------------


def test_a_control_chart_says_that_it_is_of_the_sample(
    readings: list[Reading],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with Store.open(tmp_path / "remit.duckdb") as store:
        store.ingest([r for r in readings if r.source.publication == "ae-monthly"])
    for code in ("ZA4", "ZB1", "ENG"):
        done = run(
            ["spc", "--metric", "ae.four-hours", "--org", code, "--svg", "one.svg", "--out", "out"]
        )
        assert done == 0
        assert "figures are fictional" in capsys.readouterr().out
        assert "(fictional)" in (tmp_path / "one.svg").read_text(encoding="utf-8")
        assert "fictional" in (tmp_path / "out" / "run.json").read_text(encoding="utf-8")
