"""What the fictional trust was asked: no people in it, and as odd as a real list and diary."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from remit.asks.calendar import read_calendar, tally
from remit.asks.matching import AsksRead, match, read_asks
from remit.sample import write_correspondence

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("asks")
    assert write_correspondence(made) == (made / "sample-asks.csv", made / "sample-diary.ics")
    return made


@pytest.fixture(scope="module")
def asks(folder: Path) -> AsksRead:
    return read_asks(folder / "sample-asks.csv")


def test_the_last_ask_is_rejected_for_its_date(asks: AsksRead) -> None:
    assert len(asks.asks) == 29
    assert [(one.line, one.column, one.value) for one in asks.rejections] == [
        (31, "due_on", "30 Feb 2026")
    ]


def test_every_ask_says_that_its_trust_is_fictional(asks: AsksRead) -> None:
    assert {ask.to_org_code for ask in asks.asks} == {"ZA1"}
    assert all("(fictional)" in (ask.to_org_name or "") for ask in asks.asks)


def test_duplicates_and_the_weekly_return_are_found(asks: AsksRead) -> None:
    found = match(asks.asks)
    doubles = {(p.ask_a, p.ask_b) for p in found.pairs if p.relation == "duplicate"}
    assert {("A01", "A02"), ("A04", "A06"), ("A12", "A14"), ("A26", "A27")} <= doubles
    assert ("A05", "A13", "A20", "A25") in {one.ask_ids for one in found.series}
    horizons = {one.ask_id: one.horizon for one in found.horizons}
    assert (horizons["A01"], horizons["A16"]) == ("today", "tomorrow")


def test_addresses_belong_to_nobody(folder: Path) -> None:
    text = (folder / "sample-diary.ics").read_text(encoding="utf-8").replace("\n ", "")
    domains = set(re.findall(r"@([\w.-]+)", text))
    assert domains
    assert all(domain.endswith(".example") for domain in domains)


def test_the_diary_counted_by_hand(folder: Path) -> None:
    """Three reviews, ten calls of the region less one left out and one cancelled, ten of the
    control centre, three boards on money, two on quality, and six single events less one
    cancelled; of these the away day, the preparation, the trust's own board and a workshop are
    no oversight."""
    totals = tally(read_calendar(folder / "sample-diary.ics", FIRST, LAST))["totals"]
    assert totals["occurrences_all"] == 3 + 8 + 10 + 3 + 2 + 5
    assert totals["oversight_occurrences"] == 3 + 8 + 10 + 3 + 2 + 1


def test_lines_of_the_diary_end_as_calendars_do(folder: Path) -> None:
    content = (folder / "sample-diary.ics").read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") > 100
