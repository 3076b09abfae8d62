"""Small fictional publications of which the measures are worked by hand."""

from __future__ import annotations

from pathlib import Path

from remit.api import read_each
from remit.store import Store

MONTHS = ("Apr-24", "May-24", "Jun-24", "Jul-24", "Aug-24", "Sep-24", "Oct-24", "Nov-24", "Dec-24",
          "Jan-25", "Feb-25", "Mar-25")  # fmt: skip
_LONG = {"Apr": "APRIL", "May": "MAY", "Jun": "JUNE", "Jul": "JULY", "Aug": "AUGUST",
         "Sep": "SEPTEMBER", "Oct": "OCTOBER", "Nov": "NOVEMBER", "Dec": "DECEMBER",
         "Jan": "JANUARY", "Feb": "FEBRUARY", "Mar": "MARCH"}  # fmt: skip
_AE = (
    "Period,Org Code,Parent Org,Org name,A&E attendances Type 1,A&E attendances Type 2,"
    "A&E attendances Other A&E Department,Attendances over 4hrs Type 1,"
    "Attendances over 4hrs Type 2,Attendances over 4hrs Other Department,"
    "Patients who have waited 4-12 hs from DTA to admission,"
    "Patients who have waited 12+ hrs from DTA to admission,"
    "Emergency admissions via A&E - Type 1,Emergency admissions via A&E - Type 2,"
    "Emergency admissions via A&E - Other A&E department,Other emergency admissions"
)


def admissions(folder: Path, month: str, **of: int) -> None:
    """The A&E file of a month: trusts with so many emergency admissions and ten times attending.

    Parameters
    ----------
    folder
        Where it is written.
    month
        As ``Apr-24``.
    **of
        Trust → emergency admissions.
    """
    year = "20" + month[4:]
    rows = [
        f"MSitAE-{_LONG[month[:3]]}-{year},{code},PARENT,{code},{10 * n},0,{n},0,0,0,0,0,{n},0,0,0"
        for code, n in of.items()
    ]
    total = sum(of.values())
    rows.append(f"TOTAL,TOTAL,,,{10 * total},0,{total},0,0,0,0,0,{total},0,0,0")
    path = folder / f"Monthly-AE-{month}.csv"
    path.write_text("\n".join([_AE, *rows]) + "\n", encoding="utf-8")


def allocations(folder: Path, **of: tuple[float, float]) -> None:
    """A file of practices: ICB → people, and people weighted by need for every service."""
    head = "Practice_Code,ICB,Population,G&A WP,CS WP,MH WP,Health Ineq WP,Final WP"
    rows = [
        f"Z8100{number},{icb},{people},{weighted},{weighted},{weighted},{weighted},{weighted}"
        for number, (icb, (people, weighted)) in enumerate(of.items())
    ]
    path = folder / "allocation_gp_weighted_pop_2024_25.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def beds(folder: Path, *rows: tuple[str, str, float]) -> None:
    """The KH03 file of beds available at the end of June 2024: trust, sector, beds."""
    head = "Organisation_Code,Sector,Number_Of_Beds,Effective_Snapshot_Date"
    lines = [f"{code},{sector},{number},2024-06-30" for code, sector, number in rows]
    path = folder / "KH03-Available-Overnight-only.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def seen(folder: Path, month: int, **of: int) -> None:
    """The community services file of a month of 2024: ICB → people seen."""
    head = (
        "REPORTING_PERIOD_START,REPORTING_PERIOD_END,ORG_CODE,ORG_NAME,ORG_LEVEL,DIMENSION,"
        "COUNT_OF,MEASURE,MEASURE_DESC,MEASURE_2,MEASURE_2_DESC,MEASURE_VALUE,MEASURE_VALUE_0_18,"
        "MEASURE_VALUE_19_64,MEASURE_VALUE_65_PLUS"
    )
    dates = f"2024-{month:02}-01,2024-{month:02}-{30 if month in (4, 6) else 31}"
    rows = [
        f"{dates},{code},{code},ICB,TotalPatientWithCareContact,PatientWithCareContact,,,,,{n},,,"
        for code, n in of.items()
    ]
    path = folder / f"csds-{month:02}.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def store_of(folder: Path) -> Path:
    """A store of all files of a folder."""
    path = folder / "s.duckdb"
    with Store.open(path) as store:
        for file in sorted(folder.glob("*.csv")):
            store.ingest(read_each([file]))
    return path
