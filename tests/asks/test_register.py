"""The register: one file, entries and their history, undo, decisions, actions, friction, risks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest

from remit.asks import AskRegister, ImportOptions, actions, decisions, import_file, open_register
from remit.asks.register import (
    RiskShare,
    add_action,
    add_friction,
    add_risk,
    close_risk,
    decide,
    done,
    frictions,
    get_risk,
    imports,
    rejections,
    risks,
    settle,
    summarise,
    take_back,
    undo,
)
from remit.model.ask import AskRelation
from remit.model.errors import AskError
from tests.asks.calendars import ICB, calendar_text, event, people

CSV = "ask_id,from_body,to_org_code,title,received_on\n"


@pytest.fixture
def register(tmp_path: Path) -> AskRegister:
    found = open_register(None)
    (tmp_path / "a.csv").write_text(
        CSV + "A1,CQC,ZA1,Falls,2025-06-01\nA2,NHSE region,ZA1,RTT,2025-06-02\n"
        "A3,ICB finance,ZB1,CIP,2025-06-03\n"
    )
    import_file(found, tmp_path / "a.csv")
    return found


def test_a_register_is_kept_and_is_told_from_other_files(tmp_path: Path) -> None:
    file = tmp_path / "asks.sqlite"
    (tmp_path / "a.csv").write_text(CSV + "A1,CQC,ZA1,Falls,2025-06-01\n")
    with open_register(file) as found:
        import_file(found, tmp_path / "a.csv")
    with open_register(file, read_only=True) as found:
        assert [ask.title for ask in found.asks()] == ["Falls"]
    with pytest.raises(AskError, match="there is no register"):
        open_register(tmp_path / "none.sqlite", read_only=True)
    other = tmp_path / "other.duckdb"
    duckdb.connect(str(other)).close()
    with pytest.raises(AskError, match="no register of asks"):
        open_register(other)
    sqlite3.connect(tmp_path / "other.sqlite").execute("CREATE TABLE a (b)").connection.close()
    with pytest.raises(AskError, match="no register of asks"):
        open_register(tmp_path / "other.sqlite")
    (tmp_path / "text.sqlite").write_text("not a database at all, but words" * 50)
    with pytest.raises(AskError, match="no register of asks"):
        open_register(tmp_path / "text.sqlite")


def test_a_register_of_a_newer_remit_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "asks.sqlite"
    open_register(file).close()
    with closing(sqlite3.connect(file)) as raw:
        raw.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('records', '0099_later', '')"
        )
        raw.commit()
    with pytest.raises(AskError, match="newer Remit"):
        open_register(file)


def test_edits_keep_what_stood_there(register: AskRegister) -> None:
    register.edit("A1", {"hours_estimate": 3.0, "due_on": date(2025, 6, 9)})
    register.edit("A1", {"hours_estimate": 4.0})
    found = register.get("A1").ask
    assert (found.hours_estimate, found.due_on) == (4.0, date(2025, 6, 9))
    assert [row[:3] for row in register.changes("A1")] == [
        ("hours_estimate", None, "3.0"),
        ("due_on", None, "2025-06-09"),
        ("hours_estimate", "3.0", "4.0"),
    ]
    with pytest.raises(AskError, match="cannot be edited"):
        register.edit("A1", {"ask_id": "B"})
    with pytest.raises(AskError, match="no ask 'A9'"):
        register.edit("A9", {"title": "x"})


def test_asks_are_closed_reopened_and_removed(register: AskRegister) -> None:
    register.close_ask("A1", date(2025, 6, 5), "sent")
    assert register.statuses() == {"A1": "closed", "A2": "open", "A3": "open"}
    assert register.get("A1").answer == "sent"
    register.reopen("A1")
    assert register.get("A1").closed_on is None
    register.remove("A1")
    assert [ask.ask_id for ask in register.asks()] == ["A2", "A3"]
    assert [ask.ask_id for ask in register.asks(to_org="zb1")] == ["A3"]


def test_the_last_import_is_taken_back(register: AskRegister, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(CSV + "A4,CQC,ZA1,New,2025-07-01\nA5,CQC,,x,\n")
    import_file(register, tmp_path / "b.csv")
    register.edit("A4", {"title": "Newer"})
    assert undo(register, dry_run=True).file_name == "b.csv"
    assert len(register.asks()) == 4
    assert undo(register).file_name == "b.csv"
    assert [ask.ask_id for ask in register.asks()] == ["A1", "A2", "A3"]
    assert rejections(register) == []
    assert import_file(register, tmp_path / "b.csv").accepted == 1
    undo(register)
    undo(register)
    assert register.asks() == []
    with pytest.raises(AskError, match="nothing to undo"):
        undo(register)


def test_only_the_import_that_was_shown_is_taken_back(
    register: AskRegister, tmp_path: Path
) -> None:
    shown = undo(register, dry_run=True)
    (tmp_path / "b.csv").write_text(CSV + "A4,CQC,ZA1,New,2025-07-01\n")
    import_file(register, tmp_path / "b.csv")
    with pytest.raises(AskError, match=r"b\.csv was imported meanwhile"):
        undo(register, only=shown)
    assert len(register.asks()) == 4
    assert undo(register, only=undo(register, dry_run=True)).file_name == "b.csv"


def test_a_dry_run_keeps_nothing(register: AskRegister, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(CSV + "A4,CQC,ZA1,New,2025-07-01\n")
    assert import_file(register, tmp_path / "b.csv", dry_run=True).accepted == 1
    assert len(register.asks()) == 3
    assert len(imports(register)) == 1


# Calendars ---------------------------------------------------------------------------------------


def diary(folder: Path, *parts: str) -> Path:
    path = folder / "diary.ics"
    own = event("DTSTART:20251013T090000Z", *people(), uid="own@z.example")
    path.write_text(calendar_text(own, *parts))
    return path


def series(*lines: str) -> str:
    weekly = ["DTSTART:20251014T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3"]
    return event(*weekly, "SUMMARY:Contract review with Kim", *lines, *people(ICB, organiser=ICB))


OPTIONS = ImportOptions(to_org="ZA1", first=date(2025, 10, 1), last=date(2025, 10, 31))


def test_a_series_of_oversight_is_one_ask_and_its_meetings(
    register: AskRegister, tmp_path: Path
) -> None:
    report = import_file(register, diary(tmp_path, series()), OPTIONS)
    assert (report.rows_read, report.accepted, report.aside, report.meetings) == (2, 1, 1, 4)
    ask = next(a for a in register.asks() if a.channel == "meeting")
    assert (ask.from_body, ask.frequency) == ("ICB performance team", "weekly")
    assert (ask.period_from, ask.period_to) == (date(2025, 10, 14), date(2025, 10, 28))
    assert ask.title == "Contract review with [name]"
    assert register.calendar_asks() == {ask.ask_id}
    assert [m.attendees for m in register.meetings(oversight_only=True)] == [3, 3, 3]


def test_a_newer_calendar_replaces_its_meetings_and_undo_brings_them_back(
    register: AskRegister, tmp_path: Path
) -> None:
    import_file(register, diary(tmp_path, series()), OPTIONS)
    again = import_file(register, diary(tmp_path, series()), OPTIONS)
    assert (again.repeated, again.meetings) == (1, 0)
    gone = event("RECURRENCE-ID:20251021T090000Z", "DTSTART:20251021T090000Z", "STATUS:CANCELLED")
    import_file(register, diary(tmp_path, series(), gone), OPTIONS)
    assert len(register.meetings(oversight_only=True)) == 2
    longer = series("SEQUENCE:2").replace("PT1H", "PT2H")
    import_file(register, diary(tmp_path, longer), OPTIONS)
    assert [m.minutes for m in register.meetings(oversight_only=True)] == [120.0] * 3
    undo(register)
    assert [m.minutes for m in register.meetings(oversight_only=True)] == [60.0] * 2


def test_a_calendar_needs_its_days_and_its_owner(register: AskRegister, tmp_path: Path) -> None:
    path = diary(tmp_path)
    with pytest.raises(AskError, match="--from and --to"):
        import_file(register, path, ImportOptions(to_org="ZA1"))
    with pytest.raises(AskError, match="--to-org"):
        import_file(register, path, ImportOptions(first=date(2025, 1, 1), last=date(2025, 1, 2)))


# What people enter -------------------------------------------------------------------------------


def test_decisions_are_kept_in_order_and_taken_back(register: AskRegister) -> None:
    decide(register, "confirm", ["A1", "A2"], decided_by="company secretary")
    number = decide(register, "split", ["A1", "A2", "A1"], note="other ward")
    found = decisions(register)
    assert [(d.kind, d.ask_ids, d.relation) for d in found] == [
        ("confirm", ("A1", "A2"), AskRelation.DUPLICATE),
        ("split", ("A1", "A2"), AskRelation.DUPLICATE),
    ]
    assert take_back(register, number) == 2
    assert take_back(register) == 1
    with pytest.raises(AskError, match="no such decision"):
        take_back(register)


@pytest.mark.parametrize(
    ("kind", "asks", "relation", "reason"),
    [
        ("merge", ["A1"], "duplicate", "two asks or more"),
        ("merge", ["A1", "A9"], "duplicate", "no ask 'A9'"),
        ("guess", ["A1", "A2"], "duplicate", "no decision"),
        ("merge", ["A1", "A2"], "alike", "no relation"),
    ],
)
def test_decisions_that_say_nothing_are_refused(
    register: AskRegister, kind: str, asks: list[str], relation: str, reason: str
) -> None:
    with pytest.raises(AskError, match=reason):
        decide(register, kind, asks, relation=relation)


def test_actions_and_their_completion(register: AskRegister) -> None:
    first = add_action(register, "A1", "send it", "chief nurse", due_on=date(2025, 6, 10))
    second = add_action(register, "A1", "ask Priya", "chair", due_on=date(2025, 6, 10))
    add_action(register, "QRM of 3 June", "agree a form", "company secretary")
    done(register, first, date(2025, 6, 9))
    done(register, second, date(2025, 6, 20))
    assert [action.what for action in actions(register)] == [
        "send it",
        "ask [name]",
        "agree a form",
    ]
    summary = summarise(actions(register), date(2025, 6, 30))
    assert (summary.conversations, summary.actions, summary.done) == (2, 3, 2)
    assert (summary.done_in_time, summary.overdue) == (1, 0)
    assert summary.completion == pytest.approx(2 / 3)
    assert summarise(actions(register), date(2025, 6, 15)).overdue == 1
    assert summarise([], date(2025, 6, 15)).completion is None
    with pytest.raises(AskError, match="give a role"):
        add_action(register, "A1", "send it", "Priya Nair")


def test_friction_is_raised_and_settled(register: AskRegister) -> None:
    number = add_friction(
        register, "who signs the plan", ["NHSE region", "ICB finance"], date(2025, 6, 1), ["A3"]
    )
    with pytest.raises(AskError, match="after"):
        settle(register, number, "the region signs", date(2025, 5, 1))
    settle(register, number, "the region signs", date(2025, 7, 1))
    (found,) = frictions(register)
    assert (found.between, found.ask_ids) == (("NHSE region", "ICB finance"), ("A3",))
    assert (found.settled_on, found.settled_how) == (date(2025, 7, 1), "the region signs")
    assert frictions(register, open_only=True) == []
    with pytest.raises(AskError, match="two bodies"):
        add_friction(register, "x", ["ICB", "ICB"], date(2025, 6, 1))
    with pytest.raises(AskError, match="no friction"):
        settle(register, "FR-9", "so", date(2025, 7, 1))


def test_a_shared_risk_has_one_record_and_each_ones_part(register: AskRegister) -> None:
    number = add_risk(
        register,
        "Ambulance handover",
        "Crews wait at the door",
        "ICB, chief nurse",
        [RiskShare("ZA1", "beds", "discharge lounge", 60), RiskShare("ZB1", "no routes", "", 40)],
        raised_on=date(2025, 6, 1),
        review_on=date(2025, 9, 1),
    )
    found = get_risk(register, number)
    assert [(p.organisation, p.percent) for p in found.shares] == [("ZA1", 60.0), ("ZB1", 40.0)]
    assert [r.risk_id for r in risks(register, organisation="zb1")] == [number]
    assert risks(register, organisation="ZC1") == []
    close_risk(register, number, date(2025, 10, 1))
    assert get_risk(register, number).closed_on == date(2025, 10, 1)


@pytest.mark.parametrize(
    ("shares", "reason"),
    [
        ([RiskShare("ZA1", "x")], "two organisations"),
        ([RiskShare("ZA1", "x"), RiskShare("za1", "y")], "two organisations"),
        ([RiskShare("ZA1", "x", "", 60), RiskShare("ZB1", "y")], "for each organisation"),
        ([RiskShare("ZA1", "x", "", 60), RiskShare("ZB1", "y", "", 60)], "come to 120"),
    ],
)
def test_shares_that_do_not_add_up_are_refused(
    register: AskRegister, shares: list[RiskShare], reason: str
) -> None:
    with pytest.raises(AskError, match=reason):
        add_risk(register, "t", "w", "ICB, chair", shares, raised_on=date(2025, 6, 1))
    assert risks(register) == []
