"""Messages as they come: without a date, sealed, with invitations, newsletters, and chasers."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from remit.asks import AskRegister, ImportOptions, import_file, open_register
from remit.asks.register.records import ImportReport

ASKED = "Please send the 52 week waits by specialty by 13 June 2025."
OPTIONS = ImportOptions(to_org="ZA1", keep_text=True)


def message(text: str = ASKED, **headers: str) -> EmailMessage:
    mail = EmailMessage()
    usual = {
        "From": "Nora Region <nora.region@england.nhs.uk>",
        "To": "ann@ztrust.example",
        "Subject": "52 week waits by specialty",
        "Date": "Mon, 02 Jun 2025 09:15:00 +0100",
        "Message-ID": "<one@england.nhs.uk>",
    }
    for name, value in (usual | {k.replace("_", "-"): v for k, v in headers.items()}).items():
        if value:
            mail[name] = value
    mail.set_content(text)
    return mail


def mailbox(folder: Path, *mails: EmailMessage, name: str = "inbox.mbox") -> Path:
    path = folder / name
    parts = [b"From x Mon Jun  2 09:15:00 2025\n" + mail.as_bytes() + b"\n" for mail in mails]
    path.write_bytes(b"\n".join(parts))
    return path


def take(register: AskRegister, folder: Path, *mails: EmailMessage) -> ImportReport:
    return import_file(register, mailbox(folder, *mails), OPTIONS)


def one_file(register: AskRegister, folder: Path, content: bytes) -> ImportReport:
    path = folder / "one.eml"
    path.write_bytes(content)
    return import_file(register, path, OPTIONS)


# When it came ------------------------------------------------------------------------------------


def test_without_a_date_the_day_of_delivery_counts(tmp_path: Path) -> None:
    """Of several servers the one that it came to at last, which wrote the topmost line."""
    lines = (
        b"Received: from b by c; Tue, 03 Jun 2025 00:10:00 +0000\n"
        b"Received: from a by b; Mon, 02 Jun 2025 23:50:00 +0000\n"
    )
    with open_register(None) as register:
        done = one_file(register, tmp_path, lines + message(Date="").as_bytes())
        assert register.asks()[0].received_on == date(2025, 6, 3)
    assert any("received_on is that of its delivery" in note for note in done.notes)


@pytest.mark.parametrize(
    "line", ["From x Mon Jun  2 09:15:00 2025", "From x Mon Jun  2 09:15:00 2025 +0100"]
)
def test_without_that_the_day_of_the_mailbox(tmp_path: Path, line: str) -> None:
    path = tmp_path / "inbox.mbox"
    path.write_bytes(line.encode() + b"\n" + message(Date="").as_bytes())
    with open_register(None) as register:
        import_file(register, path, OPTIONS)
        assert register.asks()[0].received_on == date(2025, 6, 2)


@pytest.mark.parametrize("said", ["", "yesterday", "Mon, 99 Jun 2025"])
def test_without_any_it_is_told_and_a_whole_date_is_still_read(tmp_path: Path, said: str) -> None:
    with open_register(None) as register:
        done = one_file(register, tmp_path, message(Date=said).as_bytes())
        (ask,) = register.asks()
    assert (ask.received_on, ask.due_on) == (None, date(2025, 6, 13))
    assert any("no date of receipt was found" in note for note in done.notes)


# What cannot be read -----------------------------------------------------------------------------


def _sealed(kind: str, maintype: str = "application", **more: str) -> bytes:
    mail = message()
    mail.clear_content()
    mail.set_content(b"0\x80\x06", maintype=maintype, subtype=kind, **more)
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (_sealed("pkcs7-mime", params={"smime-type": "enveloped-data"}), "encrypted (S/MIME)"),
        (_sealed("x-pkcs7-mime", filename="smime.p7m"), "encrypted (S/MIME)"),
        (_sealed("pkcs7-mime", params={"smime-type": "signed-data"}), "signed and packed"),
        (
            message("-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----").as_bytes(),
            "encrypted (PGP)",
        ),
        (_sealed("x-microsoft-rpmsg-message", filename="message.rpmsg"), "protected"),
        (_sealed("ms-tnef", filename="winmail.dat"), "winmail.dat (Outlook), and was not read"),
        (_sealed("octet-stream", filename="winmail.dat"), "winmail.dat (Outlook)"),
    ],
)
def test_what_is_sealed_is_an_ask_by_its_subject_and_told(
    tmp_path: Path, content: bytes, told: str
) -> None:
    with open_register(None) as register:
        done = one_file(register, tmp_path, content)
        (ask,) = register.asks()
    assert (ask.title, ask.received_on) == ("52 week waits by specialty", date(2025, 6, 2))
    assert "hQEM" not in ask.text
    assert any(told in note and "line 1" in note for note in done.notes)


@pytest.mark.parametrize(
    ("words", "name", "told"),
    [
        ("", "request.docx", "the request stands in an attachment (a Word file)"),
        ("Please see attached.", "request.pdf", "it points to an attachment (a PDF file)"),
        ("See attached letter", "letter.msg", "it points to an attachment (an Outlook message"),
    ],
)
def test_a_request_in_an_attachment_is_told(
    tmp_path: Path, words: str, name: str, told: str
) -> None:
    mail = message(words)
    mail.add_attachment(b"x", maintype="application", subtype="octet-stream", filename=name)
    with open_register(None) as register:
        done = one_file(register, tmp_path, mail.as_bytes())
    assert (done.accepted, done.attachments) == (1, 1)
    assert any(told in note for note in done.notes)


# Invitations -------------------------------------------------------------------------------------

EVENT = """BEGIN:VCALENDAR
METHOD:{method}
BEGIN:VEVENT
UID:{uid}
DTSTAMP:20250601T000000Z
DTSTART:20250610T090000Z
DTEND:20250610T100000Z
SUMMARY:Performance review
ORGANIZER:mailto:nora.region@england.nhs.uk
ATTENDEE:mailto:ann@ztrust.example
END:VEVENT
END:VCALENDAR
"""


def invitation(method: str = "REQUEST", uid: str = "i1", **headers: str) -> EmailMessage:
    mail = message("Teams meeting", Subject="Performance review", **headers)
    mail.add_alternative(
        EVENT.format(method=method, uid=uid), subtype="calendar", params={"method": method}
    )
    return mail


def test_an_invitation_is_a_meeting_and_no_ask(tmp_path: Path) -> None:
    with open_register(None) as register:
        done = take(register, tmp_path, message(), invitation(Message_ID="<i@e>"))
        (meeting,) = register.meetings()
        again = take(register, tmp_path, message(), invitation(Message_ID="<i@e>"))
    assert (done.rows_read, done.accepted, done.aside, done.meetings) == (2, 1, 1, 1)
    # Nine in UTC is ten in London's summer.
    assert (meeting.starts_at, meeting.minutes) == ("2025-06-10T10:00:00", 60)
    assert (again.accepted, again.meetings) == (0, 0)


def test_the_same_invitation_beside_itself_is_one_meeting(tmp_path: Path) -> None:
    mail = invitation()
    text = EVENT.format(method="REQUEST", uid="i1").encode()
    mail.add_attachment(text, maintype="application", subtype="ics", filename="invite.ics")
    with open_register(None) as register:
        assert take(register, tmp_path, mail).meetings == 1


def test_two_invitations_are_two_meetings_and_an_answer_is_none(tmp_path: Path) -> None:
    answer = invitation("REPLY", Message_ID="<a@e>")
    with open_register(None) as register:
        done = take(register, tmp_path, invitation(), invitation(uid="i2", Message_ID="<2@e>"))
        assert (done.aside, done.meetings) == (2, 2)
        done = take(register, tmp_path, answer)
        assert done.meetings == 0


def test_an_invitation_that_cannot_be_read_is_rejected(tmp_path: Path) -> None:
    mail = message("Teams meeting", Subject="Performance review")
    mail.add_alternative("BEGIN:NOTHING\n", subtype="calendar", params={"method": "REQUEST"})
    with open_register(None) as register:
        done = take(register, tmp_path, mail)
    assert (done.rows_read, done.aside, done.meetings) == (1, 0, 0)
    assert done.rejections[0].reason == "the invitation in it cannot be read"


def test_a_day_due_within_an_invitation_is_told(tmp_path: Path) -> None:
    mail = invitation()
    mail.clear_content()
    mail.set_content("Please send your slides by 6 June.")
    mail.add_alternative(
        EVENT.format(method="REQUEST", uid="i1"), subtype="calendar", params={"method": "REQUEST"}
    )
    with open_register(None) as register:
        done = take(register, tmp_path, mail)
    assert done.meetings == 1
    assert any("also sets a day by which something is due" in note for note in done.notes)


def test_what_signs_a_message_is_no_file(tmp_path: Path) -> None:
    mail = message()
    mail.add_attachment(b"0", maintype="application", subtype="pkcs7-signature", filename="s.p7s")
    with open_register(None) as register:
        assert take(register, tmp_path, mail).attachments == 0


def test_a_cancellation_takes_the_meeting_away(tmp_path: Path) -> None:
    with open_register(None) as register:
        take(register, tmp_path, invitation())
        cancelled = invitation("CANCEL", Message_ID="<c@e>", Date="Tue, 03 Jun 2025 09:15:00 +0100")
        done = take(register, tmp_path, cancelled)
        assert register.meetings() == []
    assert any("the cancellation of a meeting; no ask" in note for note in done.notes)


# Newsletters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        ("News for boards. Book by 12 June.", {"List_Unsubscribe": "<https://x.example/u>"}),
        ("In this issue: recovery, diagnostics.", {"Subject": "Provider bulletin, June 2025"}),
        ("Read more. To unsubscribe, click here.", {"Subject": "Monthly update"}),
        ("What is new in estates.", {"List_Id": "<estates.news.example>"}),
        (
            "Please complete our survey by 12 June. View this email in your browser.",
            {"Subject": "Quality newsletter"},
        ),
    ],
)
def test_a_newsletter_is_no_ask_and_is_told(
    tmp_path: Path, text: str, headers: dict[str, str]
) -> None:
    with open_register(None) as register:
        done = take(register, tmp_path, message(text, **headers))
    assert (done.rows_read, done.accepted) == (1, 0)
    assert done.rejections[0].reason == "a newsletter, no ask"


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        (ASKED, {"List_Id": "<providers.england.example>"}),
        (ASKED, {"Subject": "Bulletin to the board: waits"}),
        (ASKED, {"Subject": "Provider bulletin: action required", "List_Id": "<n.example>"}),
        ("Please send your newsletter by 13 June.", {"Subject": "Newsletter"}),
    ],
)
def test_a_letter_that_asks_is_an_ask_whatever_way_it_comes(
    tmp_path: Path, text: str, headers: dict[str, str]
) -> None:
    with open_register(None) as register:
        done = take(register, tmp_path, message(text, **headers))
        assert (done.accepted, register.asks()[0].due_on) == (1, date(2025, 6, 13))


# Chasers -----------------------------------------------------------------------------------------

FIRST = {"From": '"BELL, Kim (NHS NORTHMOOR ICB - QX9)" <kim.bell@nhs.net>'}


def chaser(text: str = "Any news on this?", **headers: str) -> EmailMessage:
    usual = {
        "From": "kim.bell@nhs.net",
        "Subject": "RE: 52 week waits by specialty",
        "Date": "Mon, 09 Jun 2025 09:15:00 +0100",
        "Message_ID": "<two@nhs.net>",
    }
    return message(text, **(usual | headers))


@pytest.mark.parametrize(
    "headers",
    [
        {"In_Reply_To": "<one@england.nhs.uk>"},
        {"References": "<zero@x> <one@england.nhs.uk>"},
        {},
        {"Subject": "52 week waits by specialty"},
        {"From": "kim.bell@northmoor.example"},
        {"From": "desk@nhs.net", "In_Reply_To": "<one@england.nhs.uk>"},
    ],
)
def test_a_chaser_from_a_bare_address_joins_its_thread(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    # The mailbox has the newest first, as some programs write it.
    with open_register(None) as register:
        done = take(register, tmp_path, chaser(**headers), message(**FIRST))
        asks = register.asks(include_follow_ups=True)
        kept = [register.get(ask.ask_id) for ask in asks]
    assert (done.accepted, done.follow_ups) == (2, 1)
    assert {ask.from_body for ask in asks} == {"ICB performance team"}
    assert len({one.thread for one in kept}) == 1
    assert [one.ask.due_on for one in kept if not one.follow_up] == [date(2025, 6, 13)]


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        # The same subject a month later is the next return, and no chaser.
        (
            "Please send the June return by 14 July.",
            {"Subject": "52 week waits by specialty", "Date": "Wed, 02 Jul 2025 09:15:00 +0100"},
        ),
        # Another person on the same subject, who says nothing of having asked.
        (
            "We need this by site, please, by 20 June.",
            {"From": "sue@hosc.example", "Subject": "52 week waits by specialty"},
        ),
        # An answer in the thread by a body of its own asks for itself.
        (
            "We need it by site too, by 20 June.",
            {"From": "sue@cqc.org.uk", "In_Reply_To": "<one@england.nhs.uk>"},
        ),
        # A reminder long after, of another time.
        ("A reminder that this is due.", {"Date": "Mon, 08 Dec 2025 09:15:00 +0000"}),
    ],
)
def test_what_is_no_chaser_stays_an_ask(tmp_path: Path, text: str, headers: dict[str, str]) -> None:
    with open_register(None) as register:
        done = take(register, tmp_path, message(**FIRST), chaser(text, **headers))
    assert (done.accepted, done.follow_ups) == (2, 0)


def test_a_chaser_in_a_later_file_joins_its_thread(tmp_path: Path) -> None:
    known = {**FIRST, "Message_ID": "<one@england.nhs.uk>"}
    later = chaser(From=FIRST["From"], References="<one@england.nhs.uk>")
    other = chaser(
        "We need it by site too.",
        From="sue@cqc.org.uk",
        References="<one@england.nhs.uk>",
        Message_ID="<three@cqc.org.uk>",
    )
    with open_register(None) as register:
        take(register, tmp_path, message(**known))
        done = take(register, tmp_path, later, other)
        asks = register.asks()
    assert (done.accepted, done.follow_ups) == (2, 1)
    assert sorted(ask.from_body for ask in asks) == ["CQC", "ICB performance team"]
