"""Days due as people write them; the answers to the mails stood before the reader was tuned."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from remit.asks.intake.deadlines import SetDeadline, deadline_in, due_in_cell
from remit.asks.intake.typed_days import day as day_in_cell
from remit.asks.intake.working_days import UnknownYear, working_days_on
from remit.catalogue import declared
from remit.model.bank_holidays import BankHolidayFile

MAILS = sorted((Path(__file__).parent / "due").glob("*.tsv"))
WEDNESDAY = date(2026, 6, 3)


def _mails() -> list[dict[str, str]]:
    """Each with its day due, ``?`` where one is not understood, ``-`` where none is set."""
    texts = [path.read_text(encoding="utf-8").splitlines() for path in MAILS]
    return [row for text in texts for row in csv.DictReader(text, delimiter="\t")]


def _said(found: SetDeadline) -> str:
    """A day; ``?`` where one is set and not understood; ``-`` where none is set."""
    return str(found.day or ("?" if found.unread else "-"))


@pytest.mark.parametrize("mail", _mails(), ids=lambda mail: mail["text"][:40])
def test_the_deadline_of_a_mail(mail: dict[str, str]) -> None:
    text = f"Dear all,\n\n{mail['text']}\n\nKind regards\n"
    assert _said(deadline_in(text, date.fromisoformat(mail["received"]))) == mail["due"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by Fri 5th", "2026-06-05"),
        ("by WEDS", "2026-06-10"),
        ("by end-March", "2027-03-31"),
        ("by the end of 2026", "2026-12-31"),
        ("by end of FY 2026/27", "2027-03-31"),
        ("by w/e 12 June", "2026-06-12"),
        ("by end of w/c 15 June", "2026-06-19"),
        ("by 12-Jun-26", "2026-06-12"),
        ("by 2026/06/12", "2026-06-12"),
        ("by 12/31/2026", "?"),
        ("by Friday fortnight", "2026-06-19"),
        ("by the 3rd working day of July", "2026-07-03"),
        ("by the weekend", "?"),
        ("by the 31st", "?"),
        ("by the fifth", "?"),
        ("not after 12 June", "2026-06-12"),
        ("by our board meeting on 12 June", "2026-06-12"),
        ("Please reply asap and by Friday at the latest", "2026-06-05"),
        ("Please respond within 4 hours", "?"),
        ("within 20 working days of the date of this letter", "2026-07-01"),
        ("The board is on 30 June; papers are due a week before.", "?"),
        ("due to pressures please send the data", "-"),
        ("Please send by post", "-"),
        # Verbs lead to a weekday, and not to the figures of a day or to a standard.
        ("Please reply Friday", "2026-06-05"),
        ("Please send this to me on 12 June", "2026-06-12"),
        ("Please send the 52 week waits by specialty", "-"),
        ("Please send the 31 May position", "-"),
        ("Please send Monday's figures", "-"),
        ("Please return the 2nd draft", "-"),
        ("Please explain the rise in 52 week waits", "-"),
        ("Please send how many wait over 18 weeks in two weeks", "2026-06-17"),
        ("Please submit the return for week ending 14 June 2026 by Friday", "2026-06-05"),
        ("Please send how many were seen within 4 hours", "-"),
        ("The 62-day standard is to be met by March", "-"),
    ],
)
def test_neighbours(text: str, day: str) -> None:
    assert _said(deadline_in(text, WEDNESDAY)) == day


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("Friday", "2026-06-05"),
        ("COP Thursday", "2026-06-04"),
        ("5 working days", "2026-06-10"),
        ("End of month", "2026-06-30"),
        ("w/c 8 June", "2026-06-08"),
        ("tbc", "?"),
        ("ASAP", "?"),
        ("Every Monday", "?"),
    ],
)
def test_a_cell_is_read_by_the_same_rules(cell: str, day: str) -> None:
    assert _said(due_in_cell(cell, WEDNESDAY)) == day
    if day == "?":
        with pytest.raises(ValueError, match="day"):
            day_in_cell(cell, WEDNESDAY, span="last")
    else:
        assert str(day_in_cell(cell, WEDNESDAY, span="last").day) == day


def test_without_a_day_of_receipt_only_a_whole_date_is_read() -> None:
    assert deadline_in("Please reply by 13 June 2025.", None).day == date(2025, 6, 13)
    told = deadline_in("Please reply by Friday.", None).told
    assert "'friday' not understood (the day of receipt is not known)" in told


def test_why_a_day_is_not_understood_is_said() -> None:
    told = deadline_in("Please reply by 29 February.", date(2026, 11, 2)).told
    assert told == (
        "due: '29 february' not understood (2027 has no 29 February); due_on left blank"
    )
    told = deadline_in("Please reply by Friday 13 June.", date(2026, 6, 2)).told
    assert "13 June 2026 is a Saturday" in told


@pytest.mark.parametrize(
    ("start", "number", "day"),
    [
        (date(2026, 6, 2), 5, date(2026, 6, 9)),
        # Christmas Day, a weekend, and the Monday in place of Boxing Day.
        (date(2026, 12, 23), 3, date(2026, 12, 30)),
        # From a Saturday the Monday is the first.
        (date(2026, 6, 6), 1, date(2026, 6, 8)),
        # Good Friday and Easter Monday.
        (date(2027, 3, 25), 2, date(2027, 3, 31)),
        (date(2022, 9, 16), 1, date(2022, 9, 20)),
        (date(2026, 6, 19), -3, date(2026, 6, 16)),
    ],
)
def test_working_days_pass_over_bank_holidays(start: date, number: int, day: date) -> None:
    assert working_days_on(start, number) == day


def test_a_year_that_is_not_declared_is_not_counted() -> None:
    with pytest.raises(UnknownYear, match="2029"):
        working_days_on(date(2028, 12, 28), 5)


def test_bank_holidays_are_declared_year_by_year_with_their_source() -> None:
    (file,) = declared.packaged("bank-holidays")
    holidays = file.validate(BankHolidayFile)
    assert [one.year for one in holidays.years] == list(range(2015, 2029))
    assert "gov.uk/bank-holidays" in holidays.source
    # Eight a year; one more for a jubilee, a coronation, two for 2022.
    extra = {2022: 2, 2023: 1}
    assert {one.year: len(one.days) for one in holidays.years} == {
        year: 8 + extra.get(year, 0) for year in range(2015, 2029)
    }
