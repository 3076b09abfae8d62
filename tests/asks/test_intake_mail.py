"""Mailboxes: who asks, threads, quotations, automatic replies, encodings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from remit.asks import AskRegister, ImportOptions, import_file, open_register
from remit.asks.intake.deadlines import due_day
from remit.model.errors import AskError

OPTIONS = ImportOptions(to_org="za1", own="ztrust.example")
WHOLE = replace(OPTIONS, keep_text=True)


def message(body: str = "Please send the RTT figures by 12 June.", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    defaults = {
        "From": '"Bell, Kim" <kim.bell@zicb-icb.example>',
        "To": "Jo Hill <jo.hill@ztrust.example>",
        "Subject": "RTT at end of May",
        "Date": "Mon, 02 Jun 2025 23:30:00 +0000",
        "Message-ID": "<one@zicb-icb.example>",
    }
    for name, value in {**defaults, **{k.replace("_", "-"): v for k, v in headers.items()}}.items():
        if value:
            mail[name] = value
    mail.set_content(body)
    return mail


def mailbox(folder: Path, *messages: EmailMessage, name: str = "inbox.mbox") -> Path:
    path = folder / name
    parts = [b"From someone Mon Jun  2 09:00:00 2025\n" + m.as_bytes() + b"\n" for m in messages]
    path.write_bytes(b"\n".join(parts))
    return path


def take(register: AskRegister, folder: Path, *messages: EmailMessage) -> object:
    return import_file(register, mailbox(folder, *messages), OPTIONS)


def test_a_message_becomes_an_ask_of_a_body(tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(
        message("Hi Jo,\nPlease send the RTT figures by 12 June.\n\nThanks\nKim").as_bytes()
    )
    with open_register(None) as register:
        report = import_file(register, path, WHOLE)
        (ask,) = register.asks()
    assert (report.rows_read, report.accepted) == (1, 1)
    assert (ask.from_body, ask.to_org_code, ask.channel) == ("ICB performance team", "ZA1", "email")
    # Half past eleven at night in UTC is the next day in London's summer.
    assert (ask.received_on, ask.due_on) == (date(2025, 6, 3), date(2025, 6, 12))
    assert ask.text == "Hi [name],\nPlease send the RTT figures by 12 June."


def test_html_attachments_and_encodings(tmp_path: Path) -> None:
    mail = message()
    mail.clear_content()
    mail.set_content(
        "<html><style>p{}</style><p>Caf&eacute; figures</p><p>by ward</p>"
        "<blockquote>old words</blockquote></html>",
        subtype="html",
        charset="iso-8859-1",
    )
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    with open_register(None) as register:
        report = import_file(register, mailbox(tmp_path, mail), WHOLE)
        (ask,) = register.asks()
    assert ask.text == "Café figures\nby ward"
    assert report.attachments == 1


def test_threads_chasers_and_replies_of_others(tmp_path: Path) -> None:
    chaser = message(
        "Any news?\n\nOn Mon, 2 Jun 2025 at 09:00, Kim Bell wrote:\n> Please send",
        Subject="RE: RTT at end of May",
        Message_ID="<two@zicb-icb.example>",
        In_Reply_To="<one@zicb-icb.example>",
        References="<one@zicb-icb.example>",
    )
    own = message("Here it is.", From="Jo <jo.hill@ztrust.example>", Message_ID="<three@z.example>")
    region = message(
        "The region wants it too.",
        From="sue@nhse-region.example",
        Message_ID="<four@r.example>",
        In_Reply_To="<one@zicb-icb.example>",
        References="<one@zicb-icb.example>",
    )
    with open_register(None) as register:
        report = import_file(register, mailbox(tmp_path, message(), chaser, own, region), OPTIONS)
        asks = register.asks()
        everything = register.asks(include_follow_ups=True)
    assert (report.accepted, report.follow_ups, len(report.rejections)) == (3, 1, 1)
    assert {ask.from_body for ask in asks} == {"ICB performance team", "NHSE region"}
    assert "any news" in {ask.text for ask in everything}
    assert "itself" in report.rejections[0].reason


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Subject": "Automatic reply: RTT"},
        {"Subject": "Out of Office"},
        {"Subject": "Re: Undeliverable: RTT"},
        {"Subject": "Accepted: QRM"},
        {"Precedence": "bulk"},
    ],
)
def test_automatic_messages_are_no_asks(tmp_path: Path, headers: dict[str, str]) -> None:
    with open_register(None) as register:
        report = import_file(register, mailbox(tmp_path, message(**headers)), OPTIONS)
    assert report.accepted == 0
    assert report.rejections[0].reason == "an automatic message, no ask"


def test_a_mailbox_taken_in_twice_changes_nothing(tmp_path: Path) -> None:
    unnamed = message("No identifier here", Message_ID="")
    with open_register(None) as register:
        path = mailbox(tmp_path, message(), unnamed)
        assert import_file(register, path, OPTIONS).accepted == 2
        again = import_file(register, path, OPTIONS)
    assert (again.accepted, again.repeated) == (0, 2)


def test_broken_messages_are_rejected_with_their_line(tmp_path: Path) -> None:
    path = mailbox(tmp_path, message())
    path.write_bytes(path.read_bytes() + b"\nFrom x\nno headers here\n\nFrom y\n\n")
    lines = path.read_bytes().splitlines()
    with open_register(None) as register:
        report = import_file(register, path, OPTIONS)
    assert report.accepted == 1
    assert [r.line for r in report.rejections] == [lines.index(b"From x") + 1, len(lines) - 1]


def test_unknown_senders_stay_unknown(tmp_path: Path) -> None:
    stranger = message(From="Xanthe Quill <xq@gmail.com>")
    with open_register(None) as register:
        import_file(register, mailbox(tmp_path, stranger), OPTIONS)
        assert register.asks()[0].from_body == "unknown"


def test_nobody_is_named_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "asks.sqlite"
    text = "Hi Jo,\nsend it to Kim Bell.\nKind regards\nKim Bell\n01234 567890"
    with open_register(file) as register:
        import_file(register, mailbox(tmp_path, message(text)), OPTIONS)
    content = file.read_bytes()
    for word in (b"kim.bell", b"Kim Bell", b"jo.hill", b"01234 567890", b"one@zicb"):
        assert word not in content


def test_a_mailbox_needs_its_owner(tmp_path: Path) -> None:
    with open_register(None) as register, pytest.raises(AskError, match="--to-org"):
        import_file(register, mailbox(tmp_path, message()))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("by 12/06/2025", date(2025, 6, 12)),
        ("Deadline: 12th June", date(2025, 6, 12)),
        ("please return by Friday 13 June 2025", date(2025, 6, 13)),
        ("due 5 January", date(2026, 1, 5)),
        ("by 31/02/2025", None),
        ("figures at 12 June", None),
        ("by 12 June 2024", None),
        ("by 2025-06-12", date(2025, 6, 12)),
        ("by June 12th", date(2025, 6, 12)),
        ("by 13.00 on 9 June", date(2025, 6, 9)),
        ("by\nThursday 12 June", date(2025, 6, 12)),
        # 3 June 2025 is a Tuesday.
        ("by close of play Thursday", date(2025, 6, 5)),
        ("by 5pm on Friday", date(2025, 6, 6)),
        ("by next Monday", date(2025, 6, 9)),
        ("by Friday week", date(2025, 6, 13)),
        ("by noon tomorrow", date(2025, 6, 4)),
        ("COP today please", date(2025, 6, 3)),
        ("within 48 hours", date(2025, 6, 5)),
        ("within a fortnight", date(2025, 6, 17)),
        ("within one month", date(2025, 7, 3)),
        ("within 7 days of receipt", date(2025, 6, 10)),
        ("by the 15th", date(2025, 6, 15)),
        ("by the 2nd", date(2025, 7, 2)),
        ("by Thursday 12th", date(2025, 6, 12)),
        ("by the end of the week", date(2025, 6, 6)),
        ("by the end of this month", date(2025, 6, 30)),
        ("by the end of August", date(2025, 8, 31)),
        ("by the last day of February", date(2026, 2, 28)),
        ("by the end of Q2", date(2025, 9, 30)),
        ("by the end of Q4", date(2026, 3, 31)),
        ("by the end of the financial year", date(2026, 3, 31)),
        ("split by 12 junior doctors", None),
        ("down by 2.5%", None),
        ("figures by month and by site", None),
    ],
)
def test_deadlines(text: str, due: date | None) -> None:
    assert due_day(text, date(2025, 6, 3)) == due


@pytest.mark.parametrize(
    ("text", "received", "words"),
    [
        # The thirteenth is a Saturday.
        ("by Friday 13 June", date(2026, 6, 1), "friday 13 june"),
        # It went by three weeks ago: that of next year, or this one, late?
        ("by 5 December", date(2026, 12, 28), "5 december"),
        ("by 29 February", date(2026, 11, 2), "29 february"),
        ("by next Friday", date(2025, 6, 3), "next friday"),
        ("by year end", date(2025, 6, 3), "year end"),
        # The bank holidays of 2031 are not published yet.
        ("within 3 working days", date(2030, 12, 31), "3 working days"),
        ("by return", date(2025, 6, 3), "by return"),
        ("by 12 June 2024", date(2025, 6, 3), "12 june 2024"),
        ("within a week of the meeting", date(2025, 6, 3), "a week of the"),
        ("by mid-June", date(2025, 6, 3), "mid-june"),
        ("by 30 February", date(2025, 6, 3), "30 february"),
        ("a reply asap", date(2025, 6, 3), "asap"),
    ],
)
def test_a_deadline_that_fixes_no_certain_day_is_told(
    tmp_path: Path, text: str, received: date, words: str
) -> None:
    assert due_day(text, received) is None
    sent = f"{received:%a, %d %b %Y} 10:00:00 +0000"
    with open_register(None) as register:
        done = take(register, tmp_path, message(f"Please reply {text}.", Date=sent))
        assert [ask.due_on for ask in register.asks()] == [None]
    assert any(note.startswith(f"line 1: due: '{words}' not understood") for note in done.notes)
