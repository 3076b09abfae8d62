"""The commands of the register, as a user runs them: output and exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from remit.cli.run import run
from tests.asks.calendars import ICB, calendar_text, event, people

LIST = "Date in,From,To org code,Request,Hours\n02/06/2025,CQC,ZA1,Falls in May,3\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REMIT_ASKS", raising=False)
    (tmp_path / "log.csv").write_text(LIST)
    review = event(
        "DTSTART:20251014T090000Z",
        "DURATION:PT1H",
        "SUMMARY:Contract review",
        "DESCRIPTION:10:00-10:40 RTT",
        *people(ICB, organiser=ICB),
    )
    own = event("DTSTART:20251013T090000Z", *people(), uid="own@z.example")
    (tmp_path / "diary.ics").write_text(calendar_text(own, review))
    return tmp_path


def remit(*words: str) -> int:
    return run(["asks", *words])


def test_a_list_from_guess_to_burden(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert remit("import", "log.csv", "--yes", "--dry-run") == 0
    assert not (folder / "asks.sqlite").exists()
    assert remit("import", "log.csv") == 2
    assert "Date in = received_on" in capsys.readouterr().err
    assert remit("import", "log.csv", "--yes") == 0
    assert remit("import", "log.csv") == 0  # remembered by now, and there already
    assert "there already 1" in capsys.readouterr().out
    assert remit("list", "--format", "json") == 0
    (ask,) = json.loads(capsys.readouterr().out)
    assert (ask["from_body"], ask["title"], ask["status"]) == ("CQC", "Falls in May", "open")
    assert remit("edit", ask["ask_id"], "hours_estimate=5") == 0
    assert remit("close", ask["ask_id"], "--answer", "sent", "--on", "2025-06-09") == 0
    assert remit("burden", "--by", "function", "--out", "out") == 0
    out = capsys.readouterr().out
    assert "quality-safety" in out
    assert "1 ask: 5 hours, from 5 to 5." in out
    assert (folder / "out" / "burden.json").exists()
    assert remit("show", ask["ask_id"]) == 0
    assert "from 3.0 to 5.0" in capsys.readouterr().out
    assert remit("undo") == 0
    assert remit("list") == 0
    assert "0 asks." in capsys.readouterr().out


def test_rejected_rows_end_with_one_and_wrong_input_with_two(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.csv").write_text(LIST + "01/02/2025,CQC,ZA1,#N/A,1\n")
    assert remit("import", "bad.csv", "--yes") == 1
    assert "bad.csv, line 3, title" in capsys.readouterr().out
    assert remit("imports", "--rejections", "--format", "csv") == 0
    assert "bad.csv,3,title,#N/A" in capsys.readouterr().out
    assert remit("import", "none.csv") == 2
    assert remit("show", "A-9") == 2
    assert remit("list", "--register", "none.duckdb") == 2
    assert remit("decide", "A", "B") == 2
    assert remit("burden", "--by", "moon") == 2


def test_what_is_typed_is_kept_without_names(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--from-body", "kim@zicb-icb.example", "--to-org", "za1", "--received", "2025-06-01"]
    assert remit("add", "--title", "CIP for Priya", *words, "--id", "T1") == 0
    assert remit("add", "--title", "CIP for Priya", *words, "--id", "T1") == 2
    assert remit("add", "--title", "Other", *words, "--id", "T2") == 0
    capsys.readouterr()
    assert remit("show", "T1", "--format", "json") == 0
    (ask,) = json.loads(capsys.readouterr().out)
    assert (ask["title"], ask["from_body"], ask["to_org_code"]) == (
        "CIP for [name]",
        "ICB finance",
        "ZA1",
    )
    assert remit("edit", "T1", "from_body=Priya Nair", "from_team=sue@x.example") == 0
    capsys.readouterr()
    assert remit("show", "T1", "--format", "json") == 0
    (ask,) = json.loads(capsys.readouterr().out)
    assert (ask["from_body"], ask["from_team"]) == ("unknown", None)
    assert remit("decide", "T1", "T2", "--split", "--by", "company secretary") == 0
    assert remit("decide", "T1", "T2", "--split", "--by", "Priya Nair") == 2
    capsys.readouterr()
    assert remit("decide", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)[0]["kind"] == "split"
    assert remit("decide", "--take-back", "1") == 0
    assert remit("remove", "T2") == 0


def test_actions_friction_and_risk(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        remit("actions", "add", "QRM", "--what", "x", "--owner", "chair", "--due", "2025-06-01")
        == 0
    )
    assert remit("actions", "done", "ACT-1", "--on", "2025-05-30") == 0
    assert remit("actions", "list") == 0
    assert "1 are done (100%), 1 of them by the day set" in capsys.readouterr().out
    between = ["--between", "NHSE region", "--between", "ICB finance"]
    assert remit("friction", "add", "who signs", *between, "--raised", "2025-06-01") == 0
    assert remit("friction", "settle", "FR-1", "--how", "region", "--on", "2025-07-01") == 0
    assert remit("friction", "list", "--format", "csv") == 0
    assert "2025-07-01,region" in capsys.readouterr().out
    shares = ["--share", "ZA1 | 60% | beds | lounge", "--share", "ZB1 | 40% | no routes"]
    more = ["--what", "Crews wait", "--holder", "ICB, chief nurse", "--raised", "2025-06-01"]
    assert remit("risk", "add", "Handover", *more, *shares) == 0
    assert remit("risk", "add", "Handover", *more, "--share", "ZA1") == 2
    assert remit("risk", "show", "RISK-1") == 0
    assert "ZA1 (60%): beds (does: lounge)" in capsys.readouterr().out
    assert remit("risk", "list", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)[0]["shares"][0]["percent"] == 60.0
    assert remit("risk", "close", "RISK-1") == 0


def test_the_calendar_command_writes_both_files(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    days = ["--from", "2025-10-01", "--to", "2025-10-31"]
    assert remit("calendar", "diary.ics", *days, "--out", "cal") == 0
    assert (folder / "cal" / "calendar.csv").read_text() == (
        "uid,start,is_oversight,body,hours,attendees,minutes_today,minutes_tomorrow\n"
        "own@z.example,2025-10-13T10:00:00,false,internal,0,2,0,0\n"
        "one@ztrust.example,2025-10-14T10:00:00,true,ICB performance team,1,3,40,0\n"
    )
    found = json.loads((folder / "cal" / "calendar.json").read_text())
    assert found["totals"] == {
        "occurrences_all": 2,
        "oversight_occurrences": 1,
        "oversight_hours": 1.0,
        "oversight_person_hours": 3.0,
        "oversight_person_hours_trust_only": 2.0,
        "minutes_today": 40,
        "minutes_tomorrow": 0,
        "minutes_neither": 20,
    }
    assert found["share_of_oversight_minutes"]["today_of_all"] == 0.6667
    broken = (folder / "diary.ics").read_text().replace("DTSTART:20251013T090000Z", "DTSTART:x")
    (folder / "diary.ics").write_text(broken)
    assert remit("calendar", "diary.ics", *days, "--out", "cal") == 1
    assert "diary.ics, line 3, DTSTART" in capsys.readouterr().out
    assert remit("calendar", "none.ics", *days, "--out", "cal") == 2
    assert remit("import", "diary.ics", *days, "--to-org", "ZA1") == 1


def test_doubles_of_the_register_respect_what_was_decided(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = "ask_id,received_on,from_body,to_org_code,to_org_name,title,text,period_from,period_to"
    words = "Please send the number of patients waiting over 52 weeks at 31 May 2025"
    rows = [
        f"B{n},2025-06-0{n},{body},ZA1,Zed Hospitals,52 week waits,{words},2025-05-31,2025-05-31"
        for n, body in ((1, "NHSE region"), (2, "ICB performance team"))
    ]
    (folder / "two.csv").write_text("\n".join([header, *rows, ""]))
    assert remit("import", "two.csv") == 0
    capsys.readouterr()
    assert remit("doubles", "--format", "json") == 0
    (pair,) = json.loads(capsys.readouterr().out)
    assert (pair["ask_a"], pair["ask_b"], pair["relation"]) == ("B1", "B2", "duplicate")
    assert remit("decide", "B1", "B2", "--split") == 0
    assert remit("decide", "--format", "csv") == 0
    decided = capsys.readouterr().out.splitlines()[1:]
    assert decided[1].startswith("1,split,B1 B2,duplicate")
    assert remit("doubles", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert remit("doubles") == 0
    assert capsys.readouterr().out.startswith(
        "0 groups; in the whole register 0 pairs are the same"
    )
    assert remit("remove", "B2") == 0
    assert remit("doubles", "--out", "found") == 0
    assert (folder / "found" / "pairs.csv").exists()


def test_doubles_in_words_name_both_asks_and_whom_another_is_asked_of(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = "ask_id,received_on,from_body,to_org_code,to_org_name,title,text,period_from,period_to"
    words = "Please send the number of patients waiting over 52 weeks at 31 May 2025"
    rows = [
        f"B{n},2025-06-0{n},{body},ZA1,Zed Hospitals,52 week waits,{words},2025-05-31,2025-05-31"
        for n, body in ((1, "NHSE region"), (2, "ICB performance team"))
    ]
    (folder / "two.csv").write_text("\n".join([header, *rows, ""]))
    assert remit("import", "two.csv") == 0
    capsys.readouterr()
    assert remit("doubles", "--to-org", "za1") == 0
    said = capsys.readouterr().out
    assert "  same      B1  " in said
    assert "  same      B2  " in said
    assert said.count(": 52 week waits") == 2
    assert "1 groups; in the whole register 1 pairs are the same and 0 overlap." in said
    assert remit("doubles", "--to-org", "ZA5") == 0
    assert "0 groups; in the whole register 1 pairs are the same" in capsys.readouterr().out


def test_an_action_needs_an_ask_that_is_there_or_a_meeting_in_words(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--what", "one file", "--owner", "chair"]
    assert (
        remit("add", "--title", "Falls", "--from-body", "CQC", "--to-org", "ZA1", "--id", "A7") == 0
    )
    assert remit("actions", "add", "A-999", *words) == 2
    assert "no ask 'A-999'" in capsys.readouterr().err
    assert remit("actions", "add", "A7", *words) == 0
    assert remit("actions", "add", "Q1 review of finance", *words) == 0
    assert remit("actions", "add", "A7", *words, "--due", "2025-02-30") == 2
    said = capsys.readouterr().err
    assert "'2025-02-30' is no day" in said
    assert "format" not in said
    assert remit("actions", "list", "--format", "json") == 0
    assert [row["conversation"] for row in json.loads(capsys.readouterr().out)] == [
        "A7",
        "Q1 review of finance",
    ]


def test_undo_says_what_hangs_on_the_asks_it_takes_back(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["ask_id,received_on,from_body,to_org_code,title"]
    rows += [f"B{n},2025-06-0{n},CQC,ZA1,Falls in {m}" for n, m in ((1, "May"), (2, "June"))]
    (folder / "two.csv").write_text("\n".join([*rows, ""]))
    assert remit("import", "two.csv") == 0
    assert remit("actions", "add", "B1", "--what", "one file", "--owner", "chair") == 0
    assert remit("actions", "add", "board of June", "--what", "one file", "--owner", "chair") == 0
    assert remit("decide", "B1", "B2", "--split") == 0
    between = ["--between", "NHSE region", "--between", "CQC"]
    assert remit("friction", "add", "whose it is", *between, "--ask", "B2") == 0
    capsys.readouterr()
    assert remit("undo", "--dry-run") == 0
    assert "1 action, 1 decision and 1 friction would lack" in capsys.readouterr().out
    assert remit("list") == 0
    assert "2 asks." in capsys.readouterr().out
    assert remit("undo") == 0  # nobody can be asked: this is no terminal
    assert "1 action, 1 decision and 1 friction now lack" in capsys.readouterr().out
    assert remit("actions") == 0
    told = capsys.readouterr().out
    assert "B1 (not in the register)" in told
    assert "board of June (not" not in told
    assert "1 of the actions came from asks that are not in the register." in told
    assert remit("decide") == 0
    assert "(not in the register: B1 B2)" in capsys.readouterr().out


class Terminal(io.StringIO):
    """Somebody who types an answer."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_a_guessed_mapping_is_shown_and_confirmed(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert remit("import", "log.csv") == 2
    told = capsys.readouterr().err
    assert "log.csv: the columns are guessed as\n" in told
    assert "Date in = received_on" in told
    assert not (folder / "asks.sqlite").exists()
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert remit("import", "log.csv") == 0
    capsys.readouterr()
    assert remit("list") == 0
    assert "1 ask" in capsys.readouterr().out


def test_on_a_terminal_what_is_forgotten_is_confirmed(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert remit("import", "log.csv", "--yes") == 0
    capsys.readouterr()
    old = ["forget", "--older-than", "2025-07-01"]
    assert remit(*old) == 0
    assert "1 as old stay, since they are open" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert remit(*old, "--also-open") == 0
    assert "Nothing was forgotten." in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert remit(*old, "--also-open") == 0
    assert "Forgotten, before 2025-07-01: 1 ask" in capsys.readouterr().out
    assert remit("list") == 0
    assert "0 asks." in capsys.readouterr().out


def test_on_a_terminal_undo_asks_first(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert remit("import", "log.csv", "--yes") == 0
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert remit("undo") == 0
    assert "Nothing was taken back." in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert remit("undo") == 0
    assert "Taken back: log.csv" in capsys.readouterr().out
    assert remit("import", "log.csv", "--yes") == 0
    monkeypatch.setattr("sys.stdin", Terminal(""))
    assert remit("undo", "--yes") == 0


def test_removing_an_ask_says_what_hangs_on_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        remit("add", "--title", "Falls", "--from-body", "CQC", "--to-org", "ZA1", "--id", "A7") == 0
    )
    assert remit("actions", "add", "A7", "--what", "one file", "--owner", "chair") == 0
    capsys.readouterr()
    assert remit("remove", "A7") == 0
    assert "1 action now lacks" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["actions", "friction", "risk"])
def test_a_group_without_a_command_shows_its_list(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert remit("import", "log.csv", "--yes") == 0
    capsys.readouterr()
    assert remit(name, "list", "--format", "csv") == 0
    listed = capsys.readouterr().out
    assert remit(name, "--format", "csv") == 0
    assert capsys.readouterr().out == listed
    assert remit(name, "--help") == 0
    assert "add" in capsys.readouterr().out
    assert remit("--help") == 0
    assert f"  {name}" in (told := capsys.readouterr().out)
    assert "list, add, done" in told


def test_days_in_the_wrong_order_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert remit("import", "log.csv", "--yes") == 0
    capsys.readouterr()
    assert remit("list", "--format", "json") == 0
    (ask,) = json.loads(capsys.readouterr().out)
    assert remit("edit", ask["ask_id"], "due_on=2020-01-01") == 2
    assert "due_on 2020-01-01 lies before received_on 2025-06-02" in capsys.readouterr().err
    assert remit("edit", ask["ask_id"], "due_on=2020-01-01", "received_on=2019-12-01") == 0
    assert remit("edit", ask["ask_id"], "due_on=2019-11-30", "title=x") == 2
    capsys.readouterr()
    assert remit("show", ask["ask_id"], "--format", "json") == 0
    (ask,) = json.loads(capsys.readouterr().out)
    assert (ask["due_on"], ask["title"]) == ("2020-01-01", "Falls in May")
    assert remit("burden", "--from", "2026-01-01", "--to", "2025-01-01") == 2
    assert "2025-01-01" in capsys.readouterr().err


def test_all_that_a_calendar_lacks_is_named_at_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert remit("import", "diary.ics") == 2
    said = capsys.readouterr().err
    assert "--from and --to)" in said
    assert "--to-org)" in said
    assert remit("import", "diary.ics", "--from", "2025-10-01", "--to-org", "ZA1") == 2
    said = capsys.readouterr().err
    assert "--from" not in said
    assert "--to-org" not in said


def test_the_high_figure_is_explained_where_hours_are_estimated(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert remit("import", "log.csv", "--yes") == 0
    assert remit("burden") == 0
    assert "upper quartile" not in capsys.readouterr().out
    assert remit("add", "--title", "Falls", "--from-body", "CQC", "--to-org", "ZA1") == 0
    assert remit("burden") == 0
    assert "high their upper quartile" in capsys.readouterr().out
