"""Cancer waits of providers and commissioners, ambulances as CSV, absence until 2022."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.store import Store

from .workbook_files import accounted, differences, read, statuses, values, write_csv

# Cancer ------------------------------------------------------------------------------------------

CANCER = (
    "Period,Basis,Org_Code,Parent_Org,Org_Name,Standard_or_Item,Cancer_Type,"
    "Referral_Route_or_Stage,Treatment_Modality,Total,Within,After,Performance,Within_14_days,"
    "In_15_to_28_days,After_62_days"
)


def cancer(*rows: str) -> list[str]:
    return [CANCER, *(f"{row},,," for row in rows)]


WHOLE = "ALL CANCERS,ALL ROUTES,ALL MODALITIES"
OURS = "2024-11-01,Provider,ZA1,ZB1,LARKSHIRE"
AREA = "ZB1,NHS AREA,62D"
SMALL = cancer(
    f"{OURS},62D,{WHOLE},250.5,160.5,90,0.64",
    f"{OURS},62D,Breast,ALL ROUTES,ALL MODALITIES,100.5,60.5,40,0.6",
    f"{OURS},62D,ALL CANCERS,ALL ROUTES,Surgery,150,90,60,0.6",
    f"{OURS},FDS,ALL CANCERS,ALL ROUTES,,3000,2300,700,0.77",
    f"{OURS},31D,ALL CANCERS,ALL STAGES,ALL MODALITIES,90,81,9,0.9",
    f"{OURS},Urgent Suspected Cancer referral,ALL CANCERS,,,3100,2000,1100,0.65",
    f"2024-11-01,Commissioner,01A,{AREA},{WHOLE},500,300,200,0.6",
    f"2024-11-01,Commissioner,ZB1,{AREA},{WHOLE},500,300,200,0.6",
    f"2024-11-01,Provider,Total,,ENGLAND,62D,{WHOLE},250.5,160.5,90,0.64",
)


def test_figures_of_commissioners_and_referrals_are_none_of_a_provider(tmp_path: Path) -> None:
    reading = read(write_csv(tmp_path / "2024-25-Monthly-Combined-CSV.csv", *SMALL))
    assert accounted(reading)
    assert (reading.source.rows_read, reading.rejections, differences(reading)) == (9, (), {})
    assert set(reading.observations["org_code"]) == {"ZA1", "ENG"}
    assert values(reading, "ZA1", "Nov 2024") == {
        "cancer.62-day-all": 250.5,
        "cancer.62-day-within": 160.5,
        "cancer.62-day-breaches": 90,
        "cancer.28-day-all": 3000,
        "cancer.28-day-within": 2300,
        "cancer.28-day-breaches": 700,
        "cancer.31-day-all": 90,
        "cancer.31-day-within": 81,
        "cancer.31-day-breaches": 9,
    }
    assert values(reading, "ENG")["cancer.62-day-all"] == 250.5
    mine = reading.observations.filter(org_code="ZA1", metric_id="cancer.62-day-all")
    assert dict(mine.select("cut", "value").iter_rows()) == {
        None: 250.5,
        "cancer: Breast": 100.5,
        "treatment: Surgery": 150,
    }
    assert set(mine["member_of"]) == {"ZB1"}
    assert reading.notes == (
        "2 rows not kept: figures of commissioners, who hold the same patients over again",
        "1 row not kept: referrals and other items that no standard is set for",
    )


@pytest.mark.parametrize(
    "spelled",
    ["28-day FDS", "28 Day FDS", "Faster Diagnosis Standard", "28-Day", "fds", " FDS "],
)
@pytest.mark.parametrize("day", ["01/11/2024", "2024-11-01", "Nov-24", "November 2024"])
def test_other_years_spell_standards_and_days_otherwise(
    spelled: str, day: str, tmp_path: Path
) -> None:
    row = f"{day},PROVIDER,ZA1,London,L,{spelled},All,All,,30,20,10,0.6"
    reading = read(write_csv(tmp_path / "combined.csv", *cancer(row)))
    assert values(reading, "ZA1", "Nov 2024") == {
        "cancer.28-day-all": 30,
        "cancer.28-day-within": 20,
        "cancer.28-day-breaches": 10,
    }
    assert reading.observations["member_of"].null_count() == 3, "London is no ICB"


def test_a_standard_that_is_not_known_is_refused_and_never_taken_for_another(
    tmp_path: Path,
) -> None:
    row = "2023-04-01,Provider,ZA1,ZB1,L,62D Screening,ALL CANCERS,ALL ROUTES,,30,20,10,0.6"
    (refused,) = read(write_csv(tmp_path / "combined.csv", *cancer(row))).rejections
    assert (refused.column, refused.value) == ("Standard_or_Item", "62D Screening")


def test_a_later_combined_file_replaces_the_totals_of_an_earlier_one(tmp_path: Path) -> None:
    later = [line.replace("250.5,160.5,90", "252,161,91") for line in SMALL]
    with Store.in_memory() as store:
        store.ingest([read(write_csv(tmp_path / "a.csv", *SMALL))])
        store.ingest([read(write_csv(tmp_path / "b.csv", *later))])
        found = store.observations(metrics=["cancer.62-day-all"])
    whole = found.filter(org_code="ZA1").filter(found.filter(org_code="ZA1")["cut"].is_null())
    assert whole["value"].to_list() == [252]
    assert set(found["scope"]) == {"Nov 2024 · 62-day", "Nov 2024 · 62-day by route"}


# Ambulances --------------------------------------------------------------------------------------

AMBULANCE = "Year,Month,Region,Org Code,Org Name,A0,A1,A2,A3,A8,A24,A25"


def test_ambulances_as_csv_have_calendar_years_and_a_point_for_what_was_not_given(
    tmp_path: Path,
) -> None:
    path = write_csv(
        tmp_path / "AmbSYS-to-Sep22.csv",
        AMBULANCE,
        "2022,9,Eng,Eng,England,900,850,25000,29,60,29400,490",
        "2022,9,Y63,Y63,North,900,850,25000,29,60,29400,490",
        "2022,9,Y63,ZV1,Lark Ambulance,900,850,25000,29,60,29400,490",
        "2022,10,Y63,ZV1,Lark Ambulance,.,.,.,.,50,30000,600",
    )
    reading = read(path)
    assert accounted(reading)
    assert (reading.rejections, differences(reading), reading.notes) == ((), {}, ())
    assert values(reading, "ZV1", "Sep 2022") == {
        "ambulance.contacts": 900,
        "ambulance.calls-answered": 850,
        "ambulance.call-answer-seconds": 25000,
        "ambulance.c1-incidents": 60,
        "ambulance.c1-response-seconds": 29400,
    }
    october = reading.observations.filter(period_label="Oct 2022", metric_id="ambulance.contacts")
    assert october["status"].to_list() == ["not_submitted"]
    assert values(reading, "ENG")["ambulance.c1-incidents"] == 60


def test_later_files_have_further_indicators_and_one_of_them_twice(tmp_path: Path) -> None:
    """The published file prints A5 in two places: which is meant cannot be told."""
    path = write_csv(
        tmp_path / "AmbSYS-to-Jun26.csv",
        AMBULANCE + ",A10,A30,A5,A900,A5",
        "2026,6,Y63,ZV1,Lark Ambulance,900,850,25000,29,60,29400,490,700,900000,8,1,9",
    )
    reading = read(path)
    found = values(reading, "ZV1", "Jun 2026")
    assert found["ambulance.c2-incidents"] == 700
    assert not [name for name in found if "call-answer-centile-95" in name]
    assert accounted(reading)


@pytest.mark.parametrize("month", ["0", "13", "Sep"])
def test_a_month_that_is_none_is_refused(month: str, tmp_path: Path) -> None:
    row = f"2022,{month},Y63,ZV1,Lark,900,850,25000,29,60,29400,490"
    (refused,) = read(write_csv(tmp_path / "a.csv", AMBULANCE, row)).rejections
    assert refused.column in {"Month", "Year"}


# Sickness absence --------------------------------------------------------------------------------


@pytest.mark.parametrize("region", ["NHSE_Region", "HEE_region"])
def test_absence_until_2022_has_a_rate_of_its_own_that_is_held_against_the_days(
    region: str, tmp_path: Path
) -> None:
    header = (
        f"Date,{region}_Code,{region}_Name,Org Code,Org Name,Org Type,FTE Days Sick,"
        "FTE Days Available,SA Rate (%)"
    )
    reading = read(
        write_csv(
            tmp_path / "ESR_ABSENCE_CSV_NHSE.csv",
            header,
            "2019-APR,ZR1,North,ZA1,Larkshire,Acute,21000.5,480000,4.38",
            "2014-JAN,ZR1,North,ZA1,Larkshire,Acute,20000,500000,4.5",
        )
    )
    assert accounted(reading)
    assert (reading.notes, reading.rejections) == ((), ())
    assert values(reading, "ZA1", "Apr 2019")["sickness-absence.days-lost"] == 21000.5
    assert statuses(reading, "ZA1")["sickness-absence.days-available"] == "reported"
    # 20,000 of 500,000 days are 4.00%, and 4.5 is printed.
    assert differences(reading) == {"rate · ZA1 · Jan 2014": pytest.approx(0.5)}
