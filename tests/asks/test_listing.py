"""Lists as files, accounts whose sums hold, and what an edit has kept."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from remit.cli.run import run
from tests.asks.calendars import ICB, calendar_text, event, people

HEAD = "ask_id,from_body,to_org_code,title,text,received_on,due_on\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REMIT_ASKS", raising=False)
    (tmp_path / "a.csv").write_text(
        f"{HEAD}A1,CQC,ZA1,Falls,Falls by ward,2025-06-01,2025-06-09\n"
        "A2,CQC,ZB1,RTT,Waits,2025-06-02,\nA3,CQC,ZB1,,,2025-06-02,\n"
    )
    assert run(["asks", "import", "a.csv"]) == 1
    return tmp_path


def test_facets_stand_in_a_list_only_where_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    for output in ("csv", "json"):
        capsys.readouterr()
        assert run(["asks", "list", "--format", output]) == 0
        assert "facets" not in capsys.readouterr().out
        assert run(["asks", "list", "--format", output, "--with-facets"]) == 0
        assert "facets" in capsys.readouterr().out
    assert run(["asks", "list", "--format", "csv", "--from-body", "nobody"]) == 0
    assert capsys.readouterr().out.startswith("ask_id,from_body,to_org_code,title,text,")


def test_a_list_is_written_to_a_new_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["asks", "list", "--format", "csv", "--out", "list.csv"]) == 0
    written = (folder / "list.csv").read_bytes().decode()
    assert [row["ask_id"] for row in csv.DictReader(io.StringIO(written))] == ["A1", "A2"]
    assert "\r\r" not in written
    assert "Written to list.csv." in capsys.readouterr().out
    assert run(["asks", "list", "--format", "csv", "--out", "list.csv"]) == 2
    assert "this file exists" in capsys.readouterr().err
    assert (folder / "list.csv").read_bytes().decode() == written
    assert run(["asks", "list", "--format", "json", "--out", "list.json"]) == 0
    assert len(json.loads((folder / "list.json").read_text())) == 2
    assert run(["asks", "list", "--out", "new/list.txt"]) == 0
    assert "A1" in (folder / "new/list.txt").read_text()


def test_who_is_there_is_named_where_nobody_of_a_code_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["asks", "list", "--to-org", "ZZZ"]) == 0
    assert "No ask is to ZZZ; those of the register are to ZA1, ZB1." in capsys.readouterr().err
    assert run(["asks", "list", "--to-org", "za1"]) == 0
    assert "No ask is to" not in capsys.readouterr().err


def test_the_account_of_an_import_adds_up(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review = event(
        "DTSTART:20251014T090000Z", "DURATION:PT1H", "SUMMARY:Contract review",
        *people(ICB, organiser=ICB),
    )  # fmt: skip
    own = event("DTSTART:20251013T090000Z", *people(), uid="own@z.example")
    (folder / "diary.ics").write_text(calendar_text(own, review))
    days = ["--to-org", "ZA1", "--from", "2025-10-01", "--to", "2025-10-31"]
    assert run(["asks", "import", "diary.ics", *days]) == 0
    assert "set aside 1 (no asks of their own)" in capsys.readouterr().out
    assert run(["asks", "imports", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    sums = ("accepted", "there_already", "set_aside", "rejected")
    assert [tuple(one[name] for name in sums) for one in found] == [(2, 0, 0, 1), (1, 0, 1, 0)]
    assert all(one["rows_read"] == sum(one[name] for name in sums) for one in found)
    assert run(["asks", "imports"]) == 0
    heads = capsys.readouterr().out.splitlines()[0]
    assert "There already  Set aside  Rejected" in heads


def test_a_day_before_receipt_is_taken_and_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    (folder / "b.csv").write_text(f"{HEAD}B1,CQC,ZA1,Falls,x,2025-06-09,2025-06-01\n")
    assert run(["asks", "import", "b.csv"]) == 0
    told = capsys.readouterr().out
    assert "line 2: the day on which it is due lies before the day of receipt" in told
    assert run(["asks", "show", "B1"]) == 0
    assert "due on: 2025-06-01" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("from_body=Siobhan Kelly", "from_body is now 'unknown', since it is shaped like"),
        ("from_team=Siobhan Kelly", "from_team is now blank, since it is shaped like"),
        ("title=Ring Siobhan Kelly", "title is now 'Ring [name]', since names"),
        ("text=Ring Siobhan Kelly", "text is now 'Ring [name]', since names"),
        ("from_body=CQC", "Changed A1: from_body."),
        ("title=Falls again", "Changed A1: title."),
        ("hours_estimate=3", "Changed A1: hours_estimate."),
        ("from_team=", "Changed A1: from_team."),
    ],
)
def test_an_edit_says_what_was_kept(
    change: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["asks", "edit", "A1", change]) == 0
    assert said in capsys.readouterr().out


def test_asks_of_one_day_stand_as_in_their_file_whatever_the_register(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Identifiers that a register makes differ from register to register."""
    titles = ["Falls", "Waits", "Cancer", "Agency", "Beds", "Sepsis"]
    rows = [f"{title},CQC,ZA1,{title} please,2025-06-01\n" for title in titles]
    (folder / "b.csv").write_text("title,from_body,to_org_code,text,received_on\n" + "".join(rows))
    for register in ("one.sqlite", "two.sqlite"):
        assert run(["asks", "import", "b.csv", "--yes", "--register", register]) == 0
        capsys.readouterr()
        assert run(["asks", "list", "--format", "json", "--register", register]) == 0
        assert [one["title"] for one in json.loads(capsys.readouterr().out)] == titles
