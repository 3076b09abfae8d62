"""What is told of files of strangers never quotes who is named in them.

A canary stands in every field of a calendar, a list and a mail; a library that cannot read the
field would quote it in its message, and the register would keep that.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest

from remit.asks.calendar import read_calendar, write_calendar
from remit.asks.intake.list_files import read_table
from remit.asks.intake.mail import read_mail
from remit.asks.intake.personal import Redactor, load_personal
from remit.asks.intake.tables import Reduction
from remit.asks.senders import load_senders
from remit.files.records import records
from tests.asks.calendars import calendar_text, event
from tests.hostile.tries import Tries

KIND = "people in what is told"
CANARY = "Bramwellina Zoot"
CANARIES = re.compile("bramwellina|zoot", re.IGNORECASE)
START, END = "DTSTART:20251015T100000Z", "DTEND:20251015T110000Z"
FIELDS = {
    "DTSTART": "20260232T100000Z", "DTEND": "20251315T110000Z", "DURATION": "PT1",
    "RRULE": "FREQ=DAILY;BYDAY=",
    "RDATE": "20251399", "EXDATE": "20251399", "RECURRENCE-ID": "20251399T", "EXRULE": "FREQ=",
    "SEQUENCE": "1", "STATUS": "", "DTSTAMP": "2025", "LAST-MODIFIED": "2025",
    "ORGANIZER": "mailto:",
    "ATTENDEE": "mailto:", "UID": "", "X-MICROSOFT-CDO-ALLDAYEVENT": "", "SUMMARY": "", "CLASS": "",
}  # fmt: skip
FORMS = (
    "{name}:{before} {canary}", "{name}:{canary}{before}", "{name};TZID={canary}:{before}",
    "{name};VALUE={canary}:{before}", '{name};CN="{canary}:{before}', "{name};{canary}:{before}",
    "{name}:{before};X={canary}", "{name}:{before},{canary}",
    "{name};VALUE=PERIOD:{canary}/{before}",
    "{canary}{name}:{before}", "{name} {canary}",
)  # fmt: skip


def told_of(path: Path, folder: Path) -> str:
    """All that is told of a calendar: what is rejected and noted, and what is written."""
    read = read_calendar(path, date(2025, 10, 1), date(2026, 11, 30))
    written = write_calendar(read, folder)
    reasons = [(r.column, r.reason) for r in read.rejections]
    return json.dumps([reasons, *read.notes, *read.unknown_zones]) + "".join(
        one.read_text("utf-8") for one in written
    )


def test_no_field_of_a_calendar_is_quoted(tmp_path: Path, tries: Tries) -> None:
    rejected = 0
    for name, before in FIELDS.items():
        for form in FORMS:
            line = form.format(name=name, before=before, canary=CANARY)
            lines = [one for one in (START, END) if not one.startswith(f"{name}:")]
            path = tmp_path / "diary.ics"
            path.write_text(calendar_text(event(*lines, line, uid="a@x.example")), "utf-8")
            with tries.attempt(KIND, f"calendar {form[:20]} {name}", seconds=5) as refusal:
                told = told_of(path, tmp_path / "out")
            assert not refusal
            if name not in {"UID", "SUMMARY"}:
                rejected += '"reason"' in told
            assert not CANARIES.search(told), (line, told)
    assert rejected > 40


def test_a_uid_made_of_an_address_is_written_as_a_digest(tmp_path: Path) -> None:
    """One for all occurrences of an event; a UID that names nobody stays, to be joined by."""
    plain = ["perf-rev@merrow.example", "040000008200E00074C5B7101A82E008-CQRG", "u1@x",
             "6a1b2c3d-aaaa-bbbb-cccc-ddddeeeeffff", "board.meeting@x.example"]  # fmt: skip
    named = ["fenellana.gorringeby-1@nhs.net", "bramwellina-zoot@nhs.net", "j.hill2@nhs.net",
             "20251015-kim_bell@x.example", "Bramwellina Zoot 3", "o'brien.pat@nhs.net",
             "bzoot-7@nhs.net"]  # fmt: skip
    weekly = (START, END, "RRULE:FREQ=WEEKLY;COUNT=3", "ATTENDEE:mailto:bzoot@nhs.net")
    path = tmp_path / "diary.ics"
    path.write_text(calendar_text(*(event(*weekly, uid=uid) for uid in plain + named)), "utf-8")
    read = read_calendar(path, date(2025, 10, 1), date(2025, 11, 30))
    as_json, as_csv, _ = write_calendar(read, tmp_path / "out")
    uids = [row["uid"] for row in csv.DictReader(io.StringIO(as_csv.read_text("utf-8")))]
    assert uids == [
        meeting["uid"] for meeting in json.loads(as_json.read_text("utf-8"))["meetings"]
    ]
    assert {uid for uid in uids if not uid.startswith("uid-")} == set(plain)
    digests = [uid for uid in uids if uid.startswith("uid-")]
    assert len(set(digests)) == len(named)
    assert all(digests.count(uid) == 3 for uid in digests)
    assert all(re.fullmatch("uid-[0-9a-f]{24}", uid) for uid in digests)


HEADER = "title,text,received_on,due_on,period_from,period_to,hours_estimate,to_org_code,from_body"
GOOD = ["RTT", "Send it", "2025-06-01", "2025-06-30", "2025-05-01", "2025-05-31", "2", "R0A", "ICB"]
SPOILED = (
    "{canary} 2025-02-30", "2025-02-30T10:00 {canary}", "#REF! {canary}", "{canary}",
    "9e999 {canary}", '"{canary}', '{canary}"x', '"{canary}"x"', "{canary}\0", "\r{canary}",
    "2025-06-31,{canary}",
)  # fmt: skip


def reduction() -> Reduction:
    return Reduction(load_senders(), Redactor(load_personal()), to_org="R0A")


def test_no_cell_of_a_list_is_quoted(tmp_path: Path, tries: Tries) -> None:
    rejected = 0
    for place in range(len(GOOD)):
        for form in SPOILED:
            cells = [*GOOD]
            cells[place] = form.format(canary=CANARY)
            text = f"{HEADER}\n{','.join(cells)}\n{','.join(GOOD)}\n"
            path = tmp_path / "list.csv"
            path.write_bytes(text.encode())
            with tries.attempt(KIND, f"list {place} {form}", seconds=5) as refusal:
                read, _ = read_table(path, text.encode(), reduction(), {}, lambda _: {})
            assert not refusal
            rejected += len(read.rejections)
            for fault in read.rejections:
                assert not CANARIES.search(f"{fault.column} {fault.reason}"), fault
                assert not CANARIES.search(fault.value), fault
            assert not CANARIES.search(" ".join(read.notes))
    assert rejected > 30  # a day or hours that cannot be read reject no row


RECORDS = ("\r{c}x{s}b", '"a{s}"{c}"{s}"', "{c}\0{s}", '"{c}" x{s}', "{c}" * 20_000)


def test_no_record_that_the_csv_module_refuses_is_quoted(tries: Tries) -> None:
    for sign in (",", ";", "\t"):
        for spoiled in RECORDS:
            text = spoiled.format(c=CANARY, s=sign) + "\n"
            with tries.attempt(KIND, f"record {spoiled[:20]}"):
                for _, cells in records(text, sign):
                    assert not (isinstance(cells, str) and CANARIES.search(cells))


HEADERS = ("From", "To", "Date", "Subject", "Message-ID", "Content-Type", "References",
           "MIME-Version", "Content-Transfer-Encoding", "Content-Disposition",
           "Auto-Submitted", "Precedence")  # fmt: skip
VALUES = (
    "{c}", "=?{c}?q?{c}?=", "text/plain; charset={c}", "multipart/mixed; boundary={c}", "<{c}",
    "\x00{c}", "multipart/{c}", "=?utf-8?b?{c}", '"{c}', "Wed, 99 Foo 99999 {c}",
    "message/rfc822; {c}",
)  # fmt: skip


def test_no_header_of_a_mail_is_quoted(tmp_path: Path, tries: Tries) -> None:
    path = tmp_path / "mail.eml"
    for name in HEADERS:
        for form in VALUES:
            value = form.format(c=CANARY)
            message = f"From: a@icb.example\nSubject: RTT\n{name}: {value}\n\nSend it\n".encode()
            with tries.attempt(KIND, f"mail {name} {form!r}", seconds=5):
                read = read_mail(path, message, reduction(), None)
                for fault in read.rejections:
                    assert not CANARIES.search(f"{fault.column} {fault.reason} {fault.value}")
                assert not CANARIES.search(" ".join(read.notes))


def test_a_message_that_its_reader_cannot_read_is_told_by_kind_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever message a library may fail at tomorrow: what it says of it is not kept."""

    def fail(raw: bytes, envelope: bytes) -> None:
        raise LookupError(f"unknown encoding: {raw!r}")

    monkeypatch.setattr("remit.asks.intake.mail.parse", fail)
    read = read_mail(tmp_path / "a.eml", f"Subject: {CANARY}\n\nx".encode(), reduction(), None)
    assert [fault.reason for fault in read.rejections] == [
        "the message cannot be read (LookupError)"
    ]
