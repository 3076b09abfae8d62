"""What Remit keeps of an item: it goes the way that a file goes."""

from __future__ import annotations

import csv
import io
from email.message import EmailMessage
from pathlib import Path

from remit.asks.calendar.diary import read_diary
from remit.asks.intake.candidate import FileRead
from remit.asks.intake.list_files import read_table
from remit.asks.intake.mail import read_mail
from remit.asks.intake.personal import Redactor, load_personal
from remit.asks.intake.tables import Reduction
from remit.asks.senders import load_senders
from tests.asks.people.sets import Item


def kept_of(item: Item, folder: Path) -> str:
    """All words that the register would hold of an item."""
    reduction = Reduction(load_senders(), Redactor(load_personal()), "RYJ")
    return {"mail": _mail, "row": _row, "calendar": _calendar, "file": _file}[item.kind](
        item, reduction, folder
    )


def _told(read: FileRead) -> str:
    words = [read.file_name]
    for one in read.candidates:
        words += [one.title, one.text, one.from_body, one.from_team or "", one.to_org_name or ""]
    words += [fault.value for fault in read.rejections]
    return "\n".join(words)


def _mail(item: Item, reduction: Reduction, folder: Path) -> str:
    message = EmailMessage()
    for name, value in item.fields.items():
        if name != "body":
            message[name] = value
    message["Date"] = "Tue, 3 Jun 2025 09:00:00 +0100"
    message["Message-ID"] = f"<{item.name}@example.org>"
    message.set_content(item.fields["body"])
    return _told(read_mail(folder / "m.eml", message.as_bytes(), reduction, None))


def _table(rows: list[list[str]], name: str, reduction: Reduction, folder: Path) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([["title", "text", "from_body", "from_team", "received_on"], *rows])
    read, _ = read_table(folder / name, out.getvalue().encode(), reduction, {}, lambda _: None)
    return _told(read)


def _row(item: Item, reduction: Reduction, folder: Path) -> str:
    fields = [item.fields[name] for name in ("title", "text", "from", "team")]
    return _table([[*fields, "2025-06-03"]], "log.csv", reduction, folder)


def _file(item: Item, reduction: Reduction, folder: Path) -> str:
    row = ["A title", "Waits by specialty", "CQC", "", "2025-06-03"]
    return _table([row], item.fields["name"].replace(".eml", ".csv"), reduction, folder)


def _calendar(item: Item, reduction: Reduction, folder: Path) -> str:
    name, _, address = item.fields["organizer"].rpartition("<")
    cn = f';CN="{name.strip()}"' if name.strip() else ""
    summary = item.fields["summary"].replace(",", "\\,").replace(";", "\\;")
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", "BEGIN:VEVENT", f"UID:{item.name}",
        "DTSTAMP:20250601T090000Z", "DTSTART:20250603T090000Z", "DTEND:20250603T100000Z",
        f"ORGANIZER{cn}:mailto:{address.strip('>')}", f"SUMMARY:{summary}",
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    path = folder / "diary.ics"
    path.write_bytes("\r\n".join(lines).encode())
    from datetime import date

    days = (date(2025, 6, 1), date(2025, 6, 30))
    read, calendar = read_diary(path, path.read_bytes(), reduction, days, None)
    return "\n".join([_told(read), *(meeting.title for meeting in calendar.meetings)])
