"""A period in one cell of a list, as people write it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.asks import ImportOptions, import_file, open_register
from remit.asks.intake.typed_periods import period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("June 2025", date(2025, 6, 1), date(2025, 6, 30)),
        ("Jun-25", date(2025, 6, 1), date(2025, 6, 30)),
        ("Q1 2025/26", date(2025, 4, 1), date(2025, 6, 30)),
        ("2025/26 Q1", date(2025, 4, 1), date(2025, 6, 30)),
        ("2024/25", date(2024, 4, 1), date(2025, 3, 31)),
        ("April to June 2025", date(2025, 4, 1), date(2025, 6, 30)),
        ("Apr 2025 - Jun 2025", date(2025, 4, 1), date(2025, 6, 30)),
        ("01/04/2025 to 30/06/2025", date(2025, 4, 1), date(2025, 6, 30)),
        ("2025-04-01 – 2025-06-30", date(2025, 4, 1), date(2025, 6, 30)),
        ("30/06/2025", date(2025, 6, 30), date(2025, 6, 30)),
    ],
)
def test_a_period_in_one_cell(text: str, first: date, last: date) -> None:
    assert period(text)[:2] == (first, last)


@pytest.mark.parametrize("text", ["last month", "tbc", "31 June 2025", "June 2025 to May 2025"])
def test_what_is_no_period_says_so(text: str) -> None:
    with pytest.raises(ValueError, match=r"no period|before it begins"):
        period(text)


def test_a_column_of_periods_is_taken_in(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(
        "Date rec'd,Who from,What they want,Period it covers\n"
        "02/06/2025,ICB finance,May agency spend,May 2025\n"
        "03/06/2025,CQC,Complaints by month,April to May 2025\n"
        "04/06/2025,CQC,Falls by ward,when you can\n",
        encoding="utf-8",
    )
    with open_register(None) as register:
        report = import_file(register, log, ImportOptions(to_org="ZA1"), confirmed=True)
        asks = {ask.title: (ask.period_from, ask.period_to) for ask in register.asks()}
    assert asks == {
        "May agency spend": (date(2025, 5, 1), date(2025, 5, 31)),
        "Complaints by month": (date(2025, 4, 1), date(2025, 5, 31)),
        "Falls by ward": (None, None),
    }
    assert not any("not taken in" in note for note in report.notes)
    assert any("line 4, period left blank: no period" in note for note in report.notes)
