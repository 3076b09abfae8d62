"""Burden and balance, with figures worked out by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.asks import (
    AskRegister,
    FunctionReader,
    HoursReader,
    ImportOptions,
    burden,
    import_file,
    load_burden,
    open_register,
)
from remit.asks.burden import burden_csv, burden_json, write_burden
from remit.model.ask import Ask, AskHorizon, Horizon
from tests.asks.calendars import ICB, calendar_text, event, people

HEADER = "ask_id,received_on,from_body,to_org_code,channel,frequency,title,hours_estimate\n"


def register_of(folder: Path, *rows: str) -> AskRegister:
    path = folder / "asks.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n")
    register = open_register(None)
    import_file(register, path)
    return register


def ask(ask_id: str = "A", channel: str | None = "email", **values: object) -> Ask:
    return Ask(ask_id, "CQC", "ZA1", "t", "", channel=channel, **values)  # type: ignore[arg-type]


def test_known_hours_are_added_up_and_unknown_ones_estimated(tmp_path: Path) -> None:
    known = [f"K{n},2025-06-0{n},CQC,ZA1,email,once,RTT,{n}" for n in range(1, 10)]
    unknown = "U1,2025-07-01,NHSE region,ZA1,email,once,CIP,"
    found = burden(register_of(tmp_path, *known, unknown))
    # Nine known: 1 to 9, in sum 45; quartiles 3 and 7, mean 5.
    assert (found.asks, found.hours, found.low, found.high) == (10, 50.0, 48.0, 52.0)
    cqc, region = found.by("body")
    assert (cqc.asks, cqc.known, cqc.hours, cqc.low) == (9, 9, 45.0, 45.0)
    assert (region.known, region.low, region.hours, region.high) == (0, 3.0, 5.0, 7.0)
    assert cqc.share == pytest.approx(0.9)
    assert [(line.group, line.hours) for line in found.trend] == [
        ("2025-06", 45.0),
        ("2025-07", 5.0),
    ]
    (basis,) = found.basis
    assert (basis.kind, basis.known, basis.asks) == ("the register's asks: email, once", 9, 1)
    assert "1 of 10 asks have no hours" in found.notes[0]


def test_where_too_little_is_known_the_declared_hours_are_used() -> None:
    reader = HoursReader([ask(hours_estimate=100.0)] * 3, load_burden())
    letter, other = reader.of(ask(channel="letter")), reader.of(ask(channel="pigeon"))
    assert (letter.low, letter.middle, letter.high, letter.known) == (4, 8, 16, False)
    assert (other.low, other.middle, other.high) == (2, 4, 8)
    assert [basis.kind for basis in reader.basis()] == ["assumed: any channel", "assumed: letter"]


def test_the_nearest_kind_with_enough_known_hours_speaks() -> None:
    weekly = [ask(frequency="weekly", hours_estimate=1.0)] * 8
    letters = [ask(channel="letter", hours_estimate=9.0)] * 8
    reader = HoursReader([*weekly, *letters], load_burden())
    assert reader.of(ask(frequency="weekly")).middle == 1.0
    assert reader.of(ask(frequency="once")).middle == 1.0
    assert reader.of(ask(channel="call")).middle == 5.0


@settings(deadline=None)
@given(st.lists(st.floats(0, 100), min_size=8, max_size=30))
def test_an_estimate_lies_within_its_range(known: list[float]) -> None:
    reader = HoursReader([ask(hours_estimate=hours) for hours in known], load_burden())
    found = reader.of(ask())
    assert 0 <= found.low <= found.middle + 1e-9
    assert found.middle <= found.high + 1e-9


def test_today_and_tomorrow(tmp_path: Path) -> None:
    register = register_of(
        tmp_path,
        "A,2025-06-01,CQC,ZA1,email,once,RTT,6",
        "B,2025-06-01,CQC,ZA1,email,once,Prevention,2",
        "C,2025-06-01,CQC,ZA1,email,once,Both,2",
        "D,2025-06-01,CQC,ZA1,email,once,None,5",
    )
    horizons = {
        "A": AskHorizon("A", Horizon.TODAY, "none"),
        "B": AskHorizon("B", Horizon.TOMORROW, "inequalities"),
        "C": AskHorizon("C", Horizon.BOTH, "inequalities"),
    }
    found = burden(register, horizons=horizons)
    asks, hours = found.balance
    assert (asks.today, asks.tomorrow, asks.both, asks.placed) == (1 / 3, 1 / 3, 1 / 3, 3)
    assert (hours.today, hours.tomorrow, hours.both, hours.placed) == (0.6, 0.2, 0.2, 10)
    assert {line.group: line.hours for line in found.by("aim")} == {
        "none": 6.0,
        "inequalities": 4.0,
        "not placed": 5.0,
    }
    assert [(line.group, line.hours) for line in found.by("month-horizon")] == [
        ("2025-06 both", 2.0),
        ("2025-06 not placed", 5.0),
        ("2025-06 today", 6.0),
        ("2025-06 tomorrow", 2.0),
    ]


def test_meetings_are_counted_once_and_apart(tmp_path: Path) -> None:
    register = register_of(tmp_path, "A,2025-06-01,CQC,ZA1,email,once,RTT,6")
    agenda = r"DESCRIPTION:10:00-10:40 RTT\n10:40-10:50 Prevention\n10:50-11:00 AOB"
    weekly = ["DTSTART:20251014T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"]
    path = tmp_path / "d.ics"
    review = event(*weekly, "SUMMARY:Contract review", agenda, *people(ICB, organiser=ICB))
    own = event(*weekly, "SUMMARY:Team", *people(), uid="own@z.example")
    path.write_text(calendar_text(own, review))
    window = ImportOptions(to_org="ZA1", first=date(2025, 10, 1), last=date(2025, 10, 31))
    import_file(register, path, window)
    found = burden(register)
    assert (found.asks, found.hours) == (1, 6.0)
    (total,) = [line for line in found.meetings if line.by == "all"]
    assert (total.meetings, total.hours, total.person_hours, total.own_person_hours) == (2, 2, 6, 4)
    assert (total.minutes_today, total.minutes_tomorrow, total.minutes_neither) == (80, 20, 20)
    (agenda_line,) = found.balance
    assert (agenda_line.today, agenda_line.tomorrow) == (0.8, 0.2)
    assert burden(register, to_org="ZB1").meetings == ()
    assert burden(register, first=date(2025, 10, 20)).meetings[0].meetings == 1


@pytest.mark.parametrize(
    ("title", "function"),
    [
        ("C. diff cases Q1", "infection-prevention"),
        ("CIP tracker M2", "finance"),
        ("52 week waiters", "operational-performance"),
        ("Core standards evidence", "eprr"),
        ("DSPT readiness", "cyber"),
        ("Digital roadmap", "digital"),
        ("Midwifery red flags", "maternity"),
        ("Response to the coroner", "future-deaths"),
        ("Controlled drugs occurrence report", "controlled-drugs"),
        ("FPPT returns", "fit-and-proper"),
        ("FTSU guardian report", "speaking-up"),
        ("Cervical screening uptake", "vaccination-screening"),
        ("Staff survey scores", "workforce"),
        ("Hello", "other"),
    ],
)
def test_functions(title: str, function: str) -> None:
    found = FunctionReader(load_burden()).of(Ask("A", "CQC", "ZA1", title, ""))
    assert found == function


def test_functions_are_those_of_the_map_of_remits() -> None:
    from remit.remits import load_map

    known = set(load_map().functions)
    assert {function.id for function in load_burden().functions} <= known


def test_files(tmp_path: Path) -> None:
    found = burden(register_of(tmp_path, "A,2025-06-01,CQC,ZA1,email,once,RTT,6"))
    write_burden(found, tmp_path / "out")
    assert json.loads(burden_json(found))["hours"] == 6.0
    assert burden_csv(found, "burden.csv").splitlines()[1] == "body,CQC,1,1,6.0,6.0,6.0,6.0,1.0"
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "balance.csv",
        "burden.csv",
        "burden.json",
        "datapackage.json",
        "meetings.csv",
    ]


def test_an_empty_register_has_no_burden() -> None:
    found = burden(open_register(None))
    assert (found.asks, found.hours, found.lines, found.balance) == (0, 0, (), ())
