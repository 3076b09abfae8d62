"""Small logs of asks that people keep, each with one oddity, and what is right of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.asks import ImportOptions, import_file, open_register
from remit.asks.register import ImportReport
from remit.model.ask import Ask

pytestmark = pytest.mark.conformance

REGION, PERFORMANCE = "NHSE region", "ICB performance team"
DAYS = [date(2025, 6, 13), date(2025, 6, 20), date(2025, 6, 9)]
HOURS = [2.0, 1.5, 3.0]
SENDERS = [REGION, PERFORMANCE, "CQC"]


def taken(shared_data: Path, name: str) -> tuple[ImportReport, list[Ask]]:
    """The account of a log, and its asks in the order of its rows."""
    with open_register(None) as register:
        report = import_file(register, shared_data / "cases" / name, ImportOptions(to_org="RQM"))
        return report, sorted(register.asks(), key=lambda one: one.source_row or 0)


def blanks(report: ImportReport) -> list[str]:
    return [note.split(":")[0] for note in report.notes if " left blank: " in note]


@pytest.mark.parametrize(
    ("name", "days", "hours", "senders", "unread"),
    [
        (
            "asks-dates-mixed.xlsx",
            [date(2025, 6, 13), date(2025, 6, 20), None],
            HOURS,
            SENDERS,
            ["line 4, due_on left blank"],
        ),
        (
            "asks-error-cells.xlsx",
            [DAYS[0], None, DAYS[2]],
            [2.0, None, 3.0],
            SENDERS,
            ["line 3, due_on left blank", "line 3, hours_estimate left blank"],
        ),
        (
            "asks-formula-no-cache.xlsx",
            [None, None, DAYS[2]],
            HOURS,
            SENDERS,
            ["line 2, due_on left blank", "line 3, due_on left blank"],
        ),
        ("asks-hidden-sheet.xlsx", DAYS, HOURS, SENDERS, []),
        ("asks-hours-as-time.xlsx", DAYS, [2.0, 1.5, 3.75], SENDERS, []),
        ("asks-merged-from.xlsx", DAYS, HOURS, [REGION, REGION, "CQC"], []),
        ("asks-total-row.xlsx", DAYS, HOURS, SENDERS, []),
        ("asks-total-row-variants.xlsx", DAYS, HOURS, SENDERS, []),
    ],
)
def test_three_asks_and_what_is_odd_in_them(
    shared_data: Path,
    name: str,
    days: list[date | None],
    hours: list[float | None],
    senders: list[str],
    unread: list[str],
) -> None:
    report, asks = taken(shared_data, name)
    assert (report.accepted, len(report.rejections)) == (3, 0)
    assert [one.due_on for one in asks] == days
    assert [one.hours_estimate for one in asks] == hours
    assert [one.from_body for one in asks] == senders
    assert sorted(blanks(report)) == sorted(unread)


def test_sheets_are_read_or_named(shared_data: Path) -> None:
    report, asks = taken(shared_data, "asks-two-sheets.xlsx")
    assert len(asks) == 4
    assert "read are the sheets Log, July" in report.notes
    report, _ = taken(shared_data, "asks-hidden-sheet.xlsx")
    assert any("Old log (hidden)" in note for note in report.notes)


def test_a_moment_in_utc_is_a_day_in_london(shared_data: Path) -> None:
    _, (one,) = taken(shared_data, "asks-sharepoint-export.csv")
    assert (one.due_on, one.from_body) == (date(2025, 6, 13), REGION)


def test_recipients_on_no_register_are_told_and_short_names_are_bodies(shared_data: Path) -> None:
    report, asks = taken(shared_data, "asks-recipients-and-bodies.csv")
    assert {one.from_body for one in asks} == {REGION, PERFORMANCE}
    told = [note for note in report.notes if "no organisation on the register" in note]
    assert [code in note for code, note in zip(("CHELWEST", "RQM00"), told, strict=True)] == [
        True,
        True,
    ]
