"""A&E: a total that is spelled in several ways, months that drift, and rows that are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

import remit
from remit.model.errors import PublicationError
from remit.model.period import today
from remit.store import Store

from .workbook_files import accounted, differences, read, statuses, values, write_csv

HEADER = (
    "Period,Org Code,Parent Org,Org name,A&E attendances Type 1,A&E attendances Type 2,"
    "A&E attendances Other A&E Department,Attendances over 4hrs Type 1,"
    "Attendances over 4hrs Type 2,Attendances over 4hrs Other Department,"
    "Patients who have waited 4-12 hs from DTA to admission,"
    "Patients who have waited 12+ hrs from DTA to admission,"
    "Emergency admissions via A&E - Type 1,Emergency admissions via A&E - Type 2,"
    "Emergency admissions via A&E - Other A&E department,Other emergency admissions"
)
ZA1 = "MSitAE-APRIL-2021,ZA1,NORTHFOLD ,LARKSHIRE,1000,0,200,300,0,10,50,5,250,0,0,40"
ZA2 = 'MSitAE-APRIL-2021,ZA2,NORTHFOLD ,GULLHAVEN,"1,500",20,0,450,1,0,60,0,350,2,0,60'
TOTAL = "2500,20,200,750,1,10,110,5,600,2,0,100"


@pytest.mark.parametrize(
    "named",
    ["TOTAL,TOTAL,TOTAL,TOTAL", "Total ,Total ,Total,", "TOTAl,TOTAl,TOTAl,TOTAl", ",Total,,"],
)
def test_the_total_is_england_however_it_is_spelled(tmp_path: Path, named: str) -> None:
    reading = read(write_csv(tmp_path / "ae.csv", HEADER, ZA1, ZA2, f"{named},{TOTAL}"))
    assert accounted(reading)
    assert reading.source.rows_accepted == 3
    england = reading.observations.filter(pl.col("org_code") == "ENG")
    assert set(england["period_label"]) == {"Apr 2021"}
    assert values(reading, "ENG")["ae.attendances-type-1"] == 2500
    assert len(reading.checks) == 12
    assert differences(reading) == {}


def test_columns_that_no_declaration_names_are_told(tmp_path: Path) -> None:
    further = write_csv(tmp_path / "new.csv", f"{HEADER},Seen by a robot", f"{ZA1},7", f"{ZA2},")
    assert read(further).notes == ("1 column not read (no declaration names it): Seen by a robot",)


def test_columns_without_anything_are_told_once(tmp_path: Path) -> None:
    lines = (f"{line},,," for line in (HEADER, ZA1, ZA2))
    reading = read(write_csv(tmp_path / "blank.csv", *lines))
    assert reading.notes == ("3 columns without a name and without a figure",)
    named = write_csv(tmp_path / "a.csv", f"{HEADER},a,,", f"{ZA1},,,", f"{ZA2},,,")
    assert read(named).notes == ("3 columns without a figure: a and 2 without a name",)


def test_a_file_as_declared_has_no_note(tmp_path: Path) -> None:
    assert read(write_csv(tmp_path / "ae.csv", HEADER, ZA1, ZA2)).notes == ()


def test_more_over_four_hours_than_attended_refuses_the_row(tmp_path: Path) -> None:
    beyond = ZA1.replace(",300,0,10,", ",1001,0,10,")
    equal = ZA2.replace(",450,1,", ",1500,20,")
    reading = read(write_csv(tmp_path / "ae.csv", HEADER, beyond, equal))
    (refused,) = reading.rejections
    assert (refused.line, refused.column, refused.value) == (
        2,
        "Attendances over 4hrs Type 1",
        "1001",
    )
    assert refused.reason == "this is part of A&E attendances Type 1 and cannot be more: 1000"
    assert values(reading, "ZA2")["ae.over-4-hours-type-1"] == 1500
    assert accounted(reading)


def test_a_month_that_has_not_begun_is_refused(tmp_path: Path) -> None:
    now = today()
    months = {"next": date(now.year + (now.month == 12), now.month % 12 + 1, 1), "this": now}
    rows = [ZA1.replace("APRIL-2021", day.strftime("%B-%Y").upper()) for day in months.values()]
    reading = read(write_csv(tmp_path / "ae.csv", HEADER, *rows, ZA2))
    (refused,) = reading.rejections
    assert (refused.line, refused.column) == (2, "Period")
    assert refused.reason.startswith(f"this is later than today ({now.isoformat()})")
    assert accounted(reading)


def test_a_part_of_what_was_not_submitted_is_kept(tmp_path: Path) -> None:
    blank = ZA1.replace(",1000,0,200,300", ",,0,200,300")
    reading = read(write_csv(tmp_path / "ae.csv", HEADER, blank))
    assert reading.rejections == ()
    assert values(reading, "ZA1")["ae.over-4-hours-type-1"] == 300


def test_a_total_that_is_not_the_sum_is_told(tmp_path: Path) -> None:
    wrong = f"TOTAL,TOTAL,TOTAL,TOTAL,{TOTAL.replace('2500', '2503')}"
    reading = read(write_csv(tmp_path / "ae.csv", HEADER, ZA1, ZA2, wrong))
    assert differences(reading) == {"ae.attendances-type-1 · Apr 2021": 3.0}
    found = next(check for check in reading.checks if check.difference)
    assert (found.line, found.column) == (4, "A&E attendances Type 1")
    assert (found.printed, found.summed) == (2503.0, 2500.0)


def test_the_total_sums_what_is_refused_and_so_shows_it(tmp_path: Path) -> None:
    bad = ZA2.replace(",350,", ",many,")
    reading = read(write_csv(tmp_path / "ae.csv", HEADER, ZA1, bad, f"TOTAL,TOTAL,,,{TOTAL}"))
    (rejection,) = reading.rejections
    assert (rejection.line, rejection.column, rejection.value) == (
        3,
        "Emergency admissions via A&E - Type 1",
        "many",
    )
    assert differences(reading)["ae.attendances-type-1 · Apr 2021"] == 1500.0


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (ZA1.replace("ZA1", "Z A 1"), "Org Code", "no organisation's code"),
        (ZA1.replace("ZA1", ""), "Org Code", "the cell is empty"),
        (ZA1.replace("APRIL", "SPRING"), "Period", "no period"),
        (ZA1.replace(",1000,", ",-1000,"), "A&E attendances Type 1", "must not be negative"),
        (ZA1.replace(",1000,", ",#REF!,"), "A&E attendances Type 1", "no figure"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_whole(
    tmp_path: Path, row: str, column: str, reason: str
) -> None:
    reading = read(write_csv(tmp_path / "ae.csv", HEADER, ZA2, row))
    assert accounted(reading)
    (rejection,) = reading.rejections
    assert (rejection.line, rejection.column) == (3, column)
    assert reason in rejection.reason
    assert set(reading.observations["org_code"]) == {"ZA2"}


def test_zero_blank_and_mark_differ(tmp_path: Path) -> None:
    row = "MSitAE-MAY-2021,ZA1,,,0,,*,0,0,0,0,0,9,0,0,0"
    reading = read(write_csv(tmp_path / "ae.csv", HEADER, row))
    found = values(reading, "ZA1")
    assert found["ae.attendances-type-1"] == 0
    assert found["ae.attendances-type-2"] is None
    assert statuses(reading, "ZA1")["ae.attendances-type-2"] == "not_submitted"
    assert statuses(reading, "ZA1")["ae.attendances-other"] == "suppressed"


def test_a_code_that_begins_with_a_trusts_is_told(tmp_path: Path) -> None:
    rows = [ZA1.replace("ZA1", "ZA100"), ZA1.replace("ZA1", "NQT10"), ZA2]
    reading = read(write_csv(tmp_path / "ae.csv", HEADER, *rows))
    assert [note[:66] for note in reading.notes] == [
        "ZA100 is on no register and is kept as another provider; perhaps Z"
    ]
    assert "perhaps ZA1 (" in reading.notes[0]


def test_providers_beyond_the_register_are_taken_as_such(tmp_path: Path) -> None:
    row = ZA1.replace("ZA1", "NQT10")
    reading = read(write_csv(tmp_path / "ae.csv", HEADER, ZA2, row))
    kinds = dict(reading.observations.select("org_code", "org_kind").iter_rows())
    assert kinds["NQT10"] == "other_provider"


def test_columns_that_came_or_went_make_no_difference(tmp_path: Path) -> None:
    header = HEADER.replace("A&E attendances Type 2", "A&E Attendances  type 2").replace(
        "12+ hrs", "12+ hours"
    )
    booked = "A&E attendances Booked Appointments Type 1"
    rows = [f"{header},{booked},,,a", f"{ZA1},7,,,", f"{ZA2},8,,,"]
    reading = read(write_csv(tmp_path / "ae.csv", *rows))
    assert values(reading, "ZA1")["ae.booked-type-1"] == 7
    assert "ae.booked-type-2" not in values(reading, "ZA1")


def test_a_drifted_file_is_told_what_it_lacks(tmp_path: Path) -> None:
    header = HEADER.replace("Attendances over 4hrs Type 1", "Breaches Type 1")
    with pytest.raises(PublicationError) as caught:
        read(write_csv(tmp_path / "ae.csv", header, ZA1))
    said = str(caught.value)
    assert "most like “A&E attendances and emergency admissions, monthly”" in said
    assert "lacks the column(s) Attendances over 4hrs Type 1." in said
    assert "remit sources --known" in said


def test_a_revised_month_replaces_that_month_and_no_other(tmp_path: Path) -> None:
    april = read(write_csv(tmp_path / "a.csv", HEADER, ZA1))
    may = read(write_csv(tmp_path / "b.csv", HEADER, ZA1.replace("APRIL", "MAY")))
    revised = read(write_csv(tmp_path / "c.csv", HEADER, ZA1.replace(",1000,", ",1001,")))
    with Store.in_memory() as store:
        store.ingest([april, may])
        report = store.ingest([revised, revised])
        assert [file.outcome for file in report.files] == ["new vintage", "already there"]
        (scope,) = report.files[0].scopes
        assert (scope.scope, scope.changed, scope.added, scope.gone) == ("Apr 2021", 1, 0, 0)
        now = store.observations(metrics=["ae.attendances-type-1"])
        found = dict(now.select("period_label", "value").iter_rows())
    assert found == {"Apr 2021": 1001, "May 2021": 1000}


def test_the_store_keeps_the_checks_of_totals(tmp_path: Path) -> None:
    wrong = f"TOTAL,TOTAL,TOTAL,TOTAL,{TOTAL.replace('2500', '2503')}"
    reading = read(write_csv(tmp_path / "ae.csv", HEADER, ZA1, ZA2, wrong))
    with Store.in_memory() as store:
        store.ingest([reading])
        kept = store.total_checks(reading.source.source_id)
        assert sorted(kept, key=str) == sorted(reading.checks, key=str)
        store.remove(reading.source.source_id)
        assert store.total_checks() == []


def test_nobody_over_four_hours_at_a_major_department_is_not_submitted(tmp_path: Path) -> None:
    false = "MSitAE-APRIL-2021,ZA2,NORTHFOLD ,GULLHAVEN,1500,20,0,0,0,0,60,0,350,2,0,60"
    small = "MSitAE-APRIL-2021,ZC1,NORTHFOLD ,LYRE VALLEY,999,0,5000,0,0,0,0,0,0,0,0,0"
    total = "TOTAL,TOTAL,TOTAL,TOTAL,3499,20,5200,300,0,10,110,5,600,2,0,100"
    reading = read(write_csv(tmp_path / "ae.csv", HEADER, ZA1, false, small, total))
    assert accounted(reading)
    assert reading.source.rows_accepted == 4
    over = [f"ae.over-4-hours-{kind}" for kind in ("type-1", "type-2", "other")]
    assert [statuses(reading, "ZA2")[measure] for measure in over] == ["not_submitted"] * 3
    assert not any(values(reading, "ZA2").get(measure) for measure in over)
    assert values(reading, "ZA2")["ae.attendances-type-1"] == 1500
    assert [values(reading, "ZC1")[measure] for measure in over] == [0, 0, 0]
    assert [values(reading, "ZA1")[measure] for measure in over] == [300, 0, 10]
    # Nothing is lost of the total, since a false zero adds nothing to it.
    assert differences(reading) == {}


def test_figures_carry_the_checks_of_totals(tmp_path: Path) -> None:
    wrong = f"TOTAL,TOTAL,TOTAL,TOTAL,{TOTAL.replace('2500', '2503')}"
    path = write_csv(tmp_path / "ae.csv", HEADER, ZA1, ZA2, wrong)
    figures = remit.read(path)
    assert [check.difference for check in figures.checks if check.difference] == [3.0]
    with Store.in_memory() as store:
        store.ingest([read(path)])
        assert len(store.figures(publications=["ae-monthly"]).checks) == 12
        assert store.figures(publications=["nof-trust-data"]).checks == ()
