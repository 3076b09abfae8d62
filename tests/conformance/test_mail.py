"""Messages with the right answers beside them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from remit.asks import ImportOptions, import_file, open_register
from remit.asks.register.records import ImportReport, RegisteredMeeting
from remit.model.ask import Ask

pytestmark = pytest.mark.conformance


def test_days_due_of_messages(shared_data: Path) -> None:
    folder = shared_data / "cases" / "mails-due"
    with (folder / "wanted.tsv").open(encoding="utf-8", newline="") as file:
        wanted = list(csv.DictReader(file, delimiter="\t"))
    wrong = [
        (row["file"], row["phrase"], row["due"], got)
        for row in wanted
        if not _fits(row["due"], got := _due(folder / row["file"]))
    ]
    assert wrong == []


def _fits(wanted: str, got: str) -> bool:
    """``2026-04-03/10`` names two days, of which either is right."""
    first, *others = wanted.split("/")
    return got in {first, *(first[:8] + day for day in others)}


def _due(path: Path) -> str:
    with open_register(None) as register:
        done = import_file(register, path, ImportOptions(to_org="RYJ"))
        (ask,) = register.asks()
    told = any("not understood" in note for note in done.notes)
    assert told == (ask.due_on is None)
    return str(ask.due_on or "?")


def _taken(path: Path) -> tuple[ImportReport, list[Ask], list[RegisteredMeeting]]:
    with open_register(None) as register:
        done = import_file(register, path, ImportOptions(to_org="RYJ", keep_text=True))
        return done, register.asks(), register.meetings()


@pytest.mark.parametrize(
    ("name", "received", "due", "told"),
    [
        ("mail-forwarded-by-colleague.eml", "2025-06-02", "2025-06-13", "by a colleague"),
        ("mail-forwarded-by-icb.eml", "2025-06-03", "2025-06-13", "passed on by ICB"),
        ("mail-no-date.eml", "None", "2025-06-13", "no date of receipt was found"),
        ("mail-received-date-only.eml", "2025-06-02", "2025-06-13", "its delivery"),
        ("mail-mbox-no-date-but-from-line.mbox", "2025-06-02", "2025-06-13", "its mailbox"),
        ("mail-tnef-only.eml", "2025-06-02", "None", "winmail.dat"),
        ("mail-body-only-in-attached-docx.eml", "2025-06-02", "None", "stands in an attachment"),
    ],
)
def test_messages(shared_data: Path, name: str, received: str, due: str, told: str) -> None:
    done, (ask,), _ = _taken(shared_data / "cases" / name)
    assert (str(ask.received_on), str(ask.due_on)) == (received, due)
    assert ask.from_body == "NHSE region"
    assert any(told in note for note in done.notes)
    if "forwarded" in name:
        assert ask.text.startswith("Please send the number of patients")


def test_a_line_that_begins_with_from_is_no_message(shared_data: Path) -> None:
    done, asks, _ = _taken(shared_data / "cases" / "mbox-from-line-in-body.mbox")
    assert (done.accepted, len(done.rejections)) == (2, 0)
    assert sorted(str(ask.due_on) for ask in asks) == ["2025-06-13", "2025-06-20"]


def test_an_invitation_is_a_meeting(shared_data: Path) -> None:
    _, asks, (meeting,) = _taken(shared_data / "cases" / "mail-meeting-invitation.eml")
    assert asks == []
    assert (meeting.starts_at, meeting.minutes) == ("2025-06-10T10:00:00", 60)
