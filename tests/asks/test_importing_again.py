"""What comes again, in part, or not at all: told as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.cli.run import run
from tests.asks.calendars import ICB, calendar_text, event, people

HEAD = "from_body,to_org_code,title,received_on,hours_estimate,channel\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REMIT_ASKS", raising=False)
    (tmp_path / "a.csv").write_text(f"{HEAD}CQC,ZA1,Falls,2025-06-01,3,email\n")
    (tmp_path / "b.csv").write_text(f"{HEAD}CQC,ZA1,RTT,2025-06-01,3,email\n")
    return tmp_path


def test_several_files_each_kept_by_itself(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["asks", "import", "a.csv", "none.csv", "b.csv"]) == 2
    told = capsys.readouterr().err
    assert "none.csv: the file cannot be read: there is no such file" in told
    assert "Kept: a.csv; refused: none.csv; not looked at: b.csv." in told
    assert run(["asks", "list"]) == 0
    assert "1 ask." in capsys.readouterr().out
    assert run(["asks", "import", "none.csv", "b.csv"]) == 2
    assert "Refused: none.csv; not looked at: b.csv." in capsys.readouterr().err
    assert run(["asks", "import", "a.csv", "b.csv", "no.csv", "--dry-run"]) == 2
    assert "Would be kept: a.csv, b.csv; refused: no.csv." in capsys.readouterr().err
    assert run(["asks", "import", "none.csv"]) == 2
    assert "Each file" not in capsys.readouterr().err


@pytest.mark.parametrize("words", [["none.csv"], ["odd.doc"], ["guess.csv"], ["diary.ics"]])
def test_what_is_refused_leaves_no_register_behind(folder: Path, words: list[str]) -> None:
    (folder / "odd.doc").write_text("x")
    (folder / "guess.csv").write_text("Date in,From,To,Request\n02/06/2025,CQC,ZA1,Falls\n")
    (folder / "diary.ics").write_text(calendar_text())
    before = set(folder.iterdir())
    assert run(["asks", "import", *words]) == 2
    assert set(folder.iterdir()) == before
    assert run(["asks", "import", *words, "a.csv"]) == 2
    assert set(folder.iterdir()) == before
    assert run(["asks", "import", "a.csv", *words]) == 2
    assert (folder / "asks.sqlite").exists()


def test_a_repeat_that_differs_says_in_what(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = (
        "from_body,title,received_on,hours_estimate\nCQC,Falls,2025-06-01,3\nCQC,RTT,2025-06-01,1\n"
    )
    (folder / "a.csv").write_text(plain)
    assert run(["asks", "import", "a.csv", "--to-org", "ZA1"]) == 0
    assert run(["asks", "import", "a.csv", "--to-org", "ZA1"]) == 0
    assert "differ" not in capsys.readouterr().out
    (folder / "a.csv").write_text(plain.replace("01,3", "01,4"))
    assert run(["asks", "import", "a.csv", "--to-org", "ZA1"]) == 0
    told = capsys.readouterr().out
    assert "1 is there already, but differs in: hours_estimate;" in told
    assert "remit asks undo, then import again" in told
    assert run(["asks", "import", "a.csv", "--to-org", "ZA2"]) == 0
    assert "2 are there already, but differ in: to_org_code, hours_estimate;" in (
        capsys.readouterr().out
    )
    (folder / "a.csv").write_text(plain)
    assert run(["asks", "import", "a.csv", "--to-org", "ZA1"]) == 0
    assert "differ" not in capsys.readouterr().out


def test_what_was_edited_since_is_no_difference_of_the_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.csv").write_text("ask_id,to_org_code,title,from_body\nA1,ZA1,Falls,CQC\n")
    assert run(["asks", "import", "a.csv"]) == 0
    assert run(["asks", "edit", "A1", "hours_estimate=9", "channel=call"]) == 0
    assert run(["asks", "import", "a.csv"]) == 0
    assert "differ" not in capsys.readouterr().out


def test_a_rejected_row_that_is_there_already_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "ask_id,title,from_body,hours_estimate\nA1,Falls,CQC,2\nA2,RTT,CQC,2\n"
    (folder / "a.csv").write_text(text)
    assert run(["asks", "import", "a.csv", "--to-org", "ZA1"]) == 0
    capsys.readouterr()
    (folder / "a.csv").write_text(f"{text}A3,New,CQC,2\n")
    assert run(["asks", "import", "a.csv"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert [line.partition("(the register")[2] for line in told if "no recipient" in line] == [
        " has this row already, as A1)",
        " has this row already, as A2)",
        "",
    ]
    (folder / "a.csv").write_text(text.replace("A2,RTT,CQC,2", "A2,RTT,CQC,2,more"))
    assert run(["asks", "import", "a.csv", "--to-org", "ZA1"]) == 1
    assert "more cells than the header (the register has this row already, as A2)" in (
        capsys.readouterr().out
    )


@pytest.mark.parametrize(("code", "warned"), [("ZZZ", True), ("RYJ", False), ("za1", False)])
def test_a_recipient_whom_nobody_knows_is_taken_with_a_warning(
    folder: Path, code: str, warned: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.csv").write_text("title,from_body\nFalls,CQC\n")
    assert run(["asks", "import", "a.csv", "--to-org", code]) == 0
    assert ("no organisation that Remit knows has this code" in capsys.readouterr().err) is warned
    assert run(["asks", "list", "--to-org", code]) == 0
    assert "1 ask." in capsys.readouterr().out


def _mail(subject: str) -> str:
    return (
        "From cqc@cqc.org.uk Mon Jun  2 09:00:00 2025\nFrom: <desk@cqc.org.uk>\nTo: <a@b.nhs.uk>\n"
        f"Subject: {subject}\nDate: Mon, 2 Jun 2025 09:00:00 +0000\nMessage-ID: <1@cqc>\n\n"
        "Please send the waits by ward.\n"
    )


def test_every_kind_of_file_says_the_same_of_doubtful_words(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review = event(
        "DTSTART:20251014T090000Z", "DURATION:PT1H", "SUMMARY:Contract review",
        *people(ICB, organiser=ICB),
    )  # fmt: skip
    (folder / "inbox.mbox").write_text(_mail("Waits"))
    (folder / "one.eml").write_text(_mail("Falls").partition("\n")[2].replace("<1@", "<2@"))
    (folder / "diary.ics").write_text(calendar_text(review))
    days = ["--from", "2025-10-01", "--to", "2025-10-31"]
    for name in ("a.csv", "inbox.mbox", "one.eml", "diary.ics"):
        assert run(["asks", "import", name, "--to-org", "ZA1", *days]) == 0
        assert "No kept word looks like a name of a person to Remit" in capsys.readouterr().out
    assert run(["asks", "screen"]) == 0
    assert "No kept word looks like a name of a person to Remit" in capsys.readouterr().out
    (folder / "inbox.mbox").write_text(_mail("Waits of Bramble").replace("<1@", "<3@"))
    assert run(["asks", "import", "inbox.mbox", "--to-org", "ZA1"]) == 0
    assert "1 kept word looks like a name of a person" in capsys.readouterr().out


def test_endings_of_files_are_no_names(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    endings = ["mbox", "xlsx", "csv", "eml", "ics", "docx", "pptx", "xlsb", "ods", "msg"]
    asked = " ".join(f"waits.{ending}" for ending in endings)
    rows = "".join(
        f"CQC,ZA1,Send waits.{ending},as {ending.upper()} or .{ending}: {asked}\n"
        for ending in endings
    )
    (folder / "a.csv").write_text(f"from_body,to_org_code,title,text\n{rows}")
    assert run(["asks", "import", "a.csv"]) == 0
    capsys.readouterr()
    assert run(["asks", "screen"]) == 0
    assert "No kept word looks like a name" in capsys.readouterr().out
