"""Messages that somebody passes on: the first asker, who passed it on, the words and the days."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from remit.asks import ImportOptions, import_file, open_register
from remit.asks.register.records import ImportReport
from remit.model.ask import Ask

ASKED = "Please send the number of patients waiting over 52 weeks by specialty by 13 June 2025."
REGION = "Nora Region <nora.region@england.nhs.uk>"
OUTLOOK = f"""From: {REGION}
Sent: 02 June 2025 09:15
To: Bo Baker <bo@ztrust.example>
Subject: 52 week waits by specialty

{ASKED}
"""
GMAIL = f"""---------- Forwarded message ---------
From: {REGION}
Date: Mon, 2 Jun 2025 at 09:15
Subject: 52 week waits by specialty
To: Bo Baker <bo@ztrust.example>


{ASKED}
"""
APPLE = f"""Begin forwarded message:

> From: {REGION}
> Subject: 52 week waits by specialty
> Date: 2 June 2025 at 09:15:00 BST
> To: Bo Baker <bo@ztrust.example>
>
> {ASKED}
"""
OLD_OUTLOOK = "-----Original Message-----\n" + OUTLOOK
LINE = "_" * 32 + "\n" + OUTLOOK
QUOTED = "\n".join(f"> {line}".rstrip() for line in OUTLOOK.splitlines())
BOLD = OUTLOOK.replace("From:", "*From:*").replace("Sent:", "*Sent:*").replace("To:", "*To:*")
APART = OUTLOOK.replace("\nSent:", "\n\nSent:").replace("\nTo:", "\n\nTo:")
AMERICAN = OUTLOOK.replace("02 June 2025 09:15", "Monday, June 2, 2025 9:15 AM")
MAILTO = OUTLOOK.replace(REGION, "Region, Nora [mailto:nora.region@england.nhs.uk]")
LONG_TO = OUTLOOK.replace(
    "To: Bo Baker <bo@ztrust.example>",
    "To: Bo Baker <bo@ztrust.example>; Cy Dee <cy@ztrust.example>;\n Ed Eff <ed@ztrust.example>",
)
WROTE = f"On Mon, 2 Jun 2025 at 09:15, {REGION} wrote:\n\n> {ASKED}\n"


def message(text: str, **headers: str) -> EmailMessage:
    mail = EmailMessage()
    usual = {
        "From": "Bo Baker <bo@ztrust.example>",
        "To": "ann@ztrust.example",
        "Subject": "FW: 52 week waits by specialty",
        "Date": "Tue, 03 Jun 2025 10:00:00 +0100",
        "Message-ID": "<f1@ztrust.example>",
    }
    for name, value in (usual | {k.replace("_", "-"): v for k, v in headers.items()}).items():
        mail[name] = value
    mail.set_content(text)
    return mail


def taken(
    folder: Path, mail: EmailMessage, own: str | None = None
) -> tuple[list[Ask], ImportReport]:
    path = folder / "one.eml"
    path.write_bytes(mail.as_bytes())
    with open_register(None) as register:
        done = import_file(register, path, ImportOptions(to_org="ZA1", own=own, keep_text=True))
        return register.asks(include_follow_ups=True), done


@pytest.mark.parametrize("own", [None, "ztrust.example"])
@pytest.mark.parametrize(
    "block",
    [
        *(OUTLOOK, GMAIL, APPLE, OLD_OUTLOOK, LINE, QUOTED, BOLD, APART, AMERICAN, MAILTO),
        *(LONG_TO, WROTE),
    ],
)
def test_what_a_colleague_passes_on_is_the_askers(
    tmp_path: Path, block: str, own: str | None
) -> None:
    (ask,), done = taken(
        tmp_path, message(f"Hi Ann, one for you by Thursday.\n\nBo\n\n{block}"), own
    )
    assert ask.from_body == "NHSE region"
    assert ask.text == ASKED
    assert (ask.received_on, ask.due_on) == (date(2025, 6, 2), date(2025, 6, 13))
    assert "52 week waits by specialty" in ask.title
    assert "line 1: asked by NHSE region, passed on by a colleague" in done.notes
    assert any("wants it by 2025-06-05; due_on is the asker's" in note for note in done.notes)


def test_what_another_body_passes_on_is_received_when_it_did(tmp_path: Path) -> None:
    mail = message(f"Please see below.\n\n{OUTLOOK}", From="Ina Carr <ina@zicb.nhs.uk>")
    (ask,), done = taken(tmp_path, mail)
    assert (ask.from_body, ask.received_on) == ("NHSE region", date(2025, 6, 3))
    assert "line 1: asked by NHSE region, passed on by ICB performance team" in done.notes


def test_the_day_of_who_passed_it_on_counts_where_the_asker_sets_none(tmp_path: Path) -> None:
    block = OUTLOOK.replace(" by 13 June 2025", "")
    (ask,), _ = taken(tmp_path, message(f"See below, by Friday please.\n\n{block}"))
    assert ask.due_on == date(2025, 6, 6)


@pytest.mark.parametrize("above", ["", "Dear all", "Ann, see below."])
def test_passed_on_without_a_sign_in_the_subject(tmp_path: Path, above: str) -> None:
    mail = message(
        f"{above}\n\n{OUTLOOK}",
        From="Ina Carr <ina@zicb.nhs.uk>",
        Subject="52 week waits by specialty",
    )
    (ask,), _ = taken(tmp_path, mail)
    assert (ask.from_body, ask.text) == ("NHSE region", ASKED)


def test_a_day_due_counts_from_the_day_on_which_the_asker_wrote(tmp_path: Path) -> None:
    """Passed on a week later, "by Friday" is still the Friday after it was written."""
    block = OUTLOOK.replace("by 13 June 2025", "by Friday")
    (ask,), _ = taken(tmp_path, message(f"FYI\n\n{block}", Date="Tue, 10 Jun 2025 10:00:00 +0100"))
    assert (ask.received_on, ask.due_on) == (date(2025, 6, 2), date(2025, 6, 6))


def test_passed_on_twice_within_the_text(tmp_path: Path) -> None:
    inner = OUTLOOK.replace("Bo Baker <bo@ztrust.example>", "Ina Carr <ina@zicb.nhs.uk>")
    middle = (
        "From: Ina Carr <ina@zicb.nhs.uk>\nSent: 03 June 2025 08:00\nTo: Bo Baker\n"
        f"Subject: FW: 52 week waits by specialty\n\nBo, please see below.\n\n{inner}"
    )
    mail = message(
        f"Ann, can you pick this up?\n\n{middle}",
        Subject="FW: FW: 52 week waits by specialty",
        Date="Wed, 04 Jun 2025 10:00:00 +0100",
    )
    (ask,), done = taken(tmp_path, mail)
    assert (ask.from_body, ask.text) == ("NHSE region", ASKED)
    assert ask.received_on == date(2025, 6, 3)
    said = "line 1: asked by NHSE region, passed on by ICB performance team and a colleague"
    assert said in done.notes


@pytest.mark.parametrize(
    "html",
    [
        "<p>One for you</p><div class='gmail_quote'><div class='gmail_attr'>---------- Forwarded "
        "message ---------<br>From: <strong>Nora Region</strong> <span>&lt;<a href='mailto:n'>"
        "nora.region@england.nhs.uk</a>&gt;</span><br>Date: Mon, 2 Jun 2025 at 09:15<br>Subject: "
        f"52 week waits<br>To: Bo &lt;bo@ztrust.example&gt;<br></div><p>{ASKED}</p></div>",
        "<p>One for you</p><hr><div id='divRplyFwdMsg'><b>From:</b> Nora Region "
        "&lt;nora.region@england.nhs.uk&gt;<br><b>Sent:</b> 02 June 2025 09:15<br><b>To:</b> Bo<br>"
        f"<b>Subject:</b> 52 week waits</div><div>{ASKED}</div>",
        "<div>One for you</div><blockquote type='cite'><div>Begin forwarded message:</div><br>"
        "<div><b>From: </b>Nora Region &lt;nora.region@england.nhs.uk&gt;</div><p><b>Subject:</b> "
        "52 week waits</p><div><b>Date: </b>2 June 2025 at 09:15:00 BST</div><br>"
        f"<div>{ASKED}</div></blockquote>",
    ],
)
def test_passed_on_in_html(tmp_path: Path, html: str) -> None:
    mail = message("")
    mail.clear_content()
    mail.set_content(f"<html><body>{html}</body></html>", subtype="html")
    (ask,), _ = taken(tmp_path, mail)
    assert (ask.from_body, ask.text) == ("NHSE region", ASKED)
    assert (ask.received_on, ask.due_on) == (date(2025, 6, 2), date(2025, 6, 13))


def _attached(covers: str, *inner: EmailMessage, **headers: str) -> EmailMessage:
    mail = message(covers, **headers)
    for one in inner:
        mail.add_attachment(one)
    return mail


def _original(number: int = 1, **headers: str) -> EmailMessage:
    usual = {
        "From": REGION,
        "To": "bo@ztrust.example",
        "Subject": "52 week waits by specialty",
        "Date": "Mon, 02 Jun 2025 09:15:00 +0100",
        "Message_ID": f"<r{number}@england.nhs.uk>",
    }
    return message(ASKED, **(usual | headers))


def test_a_message_that_hangs_on_another_is_what_is_asked(tmp_path: Path) -> None:
    (ask,), done = taken(tmp_path, _attached("Hi Ann, one for you.", _original()))
    assert (ask.from_body, ask.text) == ("NHSE region", ASKED)
    assert (ask.received_on, ask.due_on) == (date(2025, 6, 2), date(2025, 6, 13))
    assert "line 1: asked by NHSE region, passed on by a colleague" in done.notes


def test_each_message_that_hangs_on_one_is_an_ask(tmp_path: Path) -> None:
    mail = _attached("Two for you, see below", _original(), _original(2, Subject="Other waits"))
    asks, done = taken(tmp_path, mail)
    assert sorted(ask.title for ask in asks) == ["52 week waits by specialty", "Other waits"]
    assert (done.rows_read, done.accepted) == (2, 2)


def test_passed_on_twice_as_hanging_on_it(tmp_path: Path) -> None:
    inner = _attached(
        "Please see below", _original(), From="Ina <ina@zicb.nhs.uk>", Message_ID="<i@zicb.nhs.uk>"
    )
    (ask,), done = taken(tmp_path, _attached("", inner, Subject="FW: FW: 52 week waits"))
    assert (ask.from_body, ask.text) == ("NHSE region", ASKED)
    assert any("passed on by ICB performance team and a colleague" in note for note in done.notes)


def test_a_request_with_an_earlier_letter_hanging_on_it_stays_its_own(tmp_path: Path) -> None:
    mail = _attached(
        "Dear Ann,\n\nFurther to the letter that we wrote to all trusts in May, which is enclosed, "
        "please send us the number of patients whose operation was cancelled on the day, for each "
        "month since April, with the reason where it is known, by 20 June.",
        _original(),
        From=REGION,
        Subject="Cancelled operations",
    )
    (ask,), done = taken(tmp_path, mail)
    assert (ask.title, ask.due_on) == ("Cancelled operations", date(2025, 6, 20))
    assert any("a message hangs on it, and was not read" in note for note in done.notes)


def test_an_answer_is_cut_off_its_quotation_as_before(tmp_path: Path) -> None:
    mail = message(
        f"We also need it by site, by 20 June 2025.\n\n{OUTLOOK}",
        From="Ina <ina@zicb.nhs.uk>",
        Subject="RE: 52 week waits by specialty",
    )
    (ask,), done = taken(tmp_path, mail)
    assert ask.from_body == "ICB performance team"
    assert ask.text == "We also need it by site, by 20 June 2025."
    assert not any("passed on" in note for note in done.notes)


def test_what_colleagues_write_to_each_other_is_no_ask(tmp_path: Path) -> None:
    block = OUTLOOK.replace(REGION, "Cy Dee <cy@ztrust.example>")
    asks, done = taken(
        tmp_path,
        message(
            f"FYI\n\n{block}",
        ),
        "ztrust.example",
    )
    assert asks == []
    assert "itself" in done.rejections[0].reason


def test_a_table_of_periods_is_no_message(tmp_path: Path) -> None:
    text = "Please fill in below by 20 June 2025.\n\nFrom: 1 April\nTo: 30 June\n"
    (ask,), _ = taken(tmp_path, message(text, From=REGION, Subject="Return"))
    assert (ask.from_body, ask.due_on) == ("NHSE region", date(2025, 6, 20))
    assert "30 June" in ask.text


def test_nobody_who_passed_it_on_is_named(tmp_path: Path) -> None:
    (ask,), done = taken(tmp_path, message(f"Thanks Bo, one for Ann.\n\n{GMAIL}"))
    kept = f"{ask.title} {ask.from_body} {' '.join(done.notes)} {done.rejections}"
    for name in ("Nora", "Baker", "ann@", "bo@"):
        assert name not in kept


def test_who_passed_it_on_and_a_day_due_that_is_not_understood_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    block = OUTLOOK.replace("by 13 June 2025", "by return")
    mail = message(f"See below\n\n{block}", From="Ina Carr <ina@zicb.nhs.uk>")
    path.write_bytes(mail.as_bytes())
    with open_register(tmp_path / "asks.sqlite") as register:
        import_file(register, path, ImportOptions(to_org="ZA1"))
        (ask,) = register.asks()
        kept = register.get(ask.ask_id)
    assert (kept.passed_on_by, kept.due_said) == ("ICB performance team", "by return")
    assert kept.ask.due_on is None


def test_nobody_is_named_in_the_words_of_a_day_due(tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(message("Deadline: Quillfeather visit", From=REGION, Subject="x").as_bytes())
    with open_register(None) as register:
        done = import_file(register, path, ImportOptions(to_org="ZA1"))
        kept = register.get(register.asks()[0].ask_id)
    assert kept.due_said
    assert "quillfeather" not in f"{kept} {done.notes}".lower()


def test_a_chaser_that_is_passed_on_brings_what_it_chases(tmp_path: Path) -> None:
    chain = (
        f"From: {REGION}\nSent: 04 June 2025 09:00\nTo: Bo Baker <bo@ztrust.example>\n"
        "Subject: RE: 52 week waits by specialty\n\nAny news on this? We need it by Friday.\n\n"
        "From: Bo Baker <bo@ztrust.example>\nSent: 03 June 2025 12:00\nTo: Nora Region\n"
        f"Subject: RE: 52 week waits by specialty\n\nLooking into it.\n\n{OUTLOOK}"
    )
    mail = message(f"See below.\n\n{chain}", Date="Wed, 04 Jun 2025 10:00:00 +0100")
    (ask,), _ = taken(tmp_path, mail)
    assert ask.text == f"Any news on this? We need it by Friday.\n\n{ASKED}"
    # What was asked last holds.
    assert (ask.from_body, ask.due_on) == ("NHSE region", date(2025, 6, 6))


@pytest.mark.parametrize(
    "head",
    [
        "Get Outlook for iOS<https://aka.ms/x>\n" + LINE,
        "-------- Forwarded Message --------\nSubject: \t52 week waits by specialty\nDate: \t"
        f"Mon, 2 Jun 2025 09:15:00 +0100\nFrom: \t{REGION}\nTo: \tBo\n\n{ASKED}\n",
        OUTLOOK.replace("\nSubject", "\nImportance: High\nAttachments: a.xlsx\nSubject"),
        "\n".join(f"> {line}" for line in GMAIL.splitlines()),
    ],
)
def test_other_programs(tmp_path: Path, head: str) -> None:
    (ask,), _ = taken(tmp_path, message(f"FYI\n\n{head}"))
    assert (ask.from_body, ask.text) == ("NHSE region", ASKED)
    assert (ask.received_on, ask.due_on) == (date(2025, 6, 2), date(2025, 6, 13))
