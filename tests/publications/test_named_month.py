"""A file whose name says another month than its rows is read, and that is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.api import read_each
from remit.sample import write_monthly
from tests.cli.test_report import HEADER


def notes(folder: Path, name: str, *months: str) -> tuple[str, ...]:
    """What is said of a file of A&E figures of some months under a name."""
    rows = [f"MSitAE-{month},ZA1,X,Y,1000,0,0,200,0,0,0,0,300,0,0,40" for month in months]
    total = ",".join(f"{1000 * len(months) if at == 4 else 0}" for at in range(4, 16))
    path = folder / name
    path.write_text("\n".join([HEADER, *rows, f"TOTAL,TOTAL,TOTAL,TOTAL,{total}"]) + "\n")
    (reading,) = read_each([path])
    return tuple(note for note in reading.notes if "its name says" in note)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Monthly-AE-June-2025.csv", "June 2025"),
        ("ae june.csv", "June"),
        ("ae_jun25_final.csv", "June 2025"),
        ("ae-2025-06.csv", "June 2025"),
        ("Sept 2025 AE.csv", "September 2025"),
        ("AE March 2024 (1).csv", "March 2024"),
    ],
)
def test_a_month_of_the_name_that_no_row_has_is_told(name: str, said: str, tmp_path: Path) -> None:
    assert notes(tmp_path, name, "MARCH-2025") == (
        f"its name says {said}, and no row is of it: its rows are of Mar 2025",
    )


@pytest.mark.parametrize(
    "name",
    [
        "Monthly-AE-March-2025-revised-130625.csv", "ae_mar25.csv", "march.csv", "2025-03.csv",
        "ae.csv", "ae 2024-25.csv", "ae-2025-06-12.csv", "ae published June 2025.csv",
        "summary-of-marchwood-and-junedale.csv", "ae-20250612.csv", "decile-maybe-2.csv",
    ],
)  # fmt: skip
def test_a_name_that_agrees_or_says_no_month_is_not_spoken_of(name: str, tmp_path: Path) -> None:
    assert notes(tmp_path, name, "MARCH-2025") == ()


def test_one_row_of_the_month_is_enough(tmp_path: Path) -> None:
    assert notes(tmp_path, "June 2025.csv", "MAY-2025", "JUNE-2025") == ()


def test_no_file_of_the_sample_is_spoken_of(tmp_path: Path) -> None:
    every = read_each(file.path for file in write_monthly(tmp_path))
    assert len(every) > 90
    assert not [
        one.source.file_name for one in every if any("its name says" in n for n in one.notes)
    ]


@pytest.mark.parametrize(("written", "month"), [("45717", "Mar 2025"), ("45747.0", "Mar 2025")])
def test_a_period_that_lost_its_format_is_the_day_that_excel_counts(
    written: str, month: str, tmp_path: Path
) -> None:
    path = tmp_path / "ae.csv"
    row = f"{written},ZA1,X,Y,1000,0,0,200,0,0,0,0,300,0,0,40"
    path.write_text("\n".join([HEADER, row]) + "\n")
    (reading,) = read_each([path])
    assert set(reading.observations["period_label"]) == {month}


@pytest.mark.parametrize("written", ["12345", "457170", "4571"])
def test_another_number_is_no_period(written: str, tmp_path: Path) -> None:
    path = tmp_path / "ae.csv"
    row = f"{written},ZA1,X,Y,1000,0,0,200,0,0,0,0,300,0,0,40"
    path.write_text("\n".join([HEADER, row]) + "\n")
    (reading,) = read_each([path])
    assert reading.observations.is_empty()
    assert "this is no period" in reading.rejections[0].reason
