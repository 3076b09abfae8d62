"""Requests in files that hang on messages, read where the user wants it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from remit.asks import ImportOptions, import_file, open_register
from remit.asks.register.records import ImportReport
from remit.cli.run import run
from remit.model.ask import Ask
from tests.hostile.documents import docx, drawn, paragraph, pdf, table

ASKED = "Please send the number of patients waiting over 52 weeks by 13 June 2025."
OPTIONS = ImportOptions(to_org="ZA1", keep_text=True, attachments=True)


def xlsx(*rows: tuple[str, ...]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Return")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def taken(
    folder: Path, *files: tuple[str, bytes], words: str = "See attached.", attachments: bool = True
) -> tuple[Ask, ImportReport]:
    mail = EmailMessage()
    mail["From"] = "Nora Region <nora.region@england.nhs.uk>"
    mail["To"] = "ann@ztrust.example"
    mail["Subject"] = "52 week waits"
    mail["Date"] = "Mon, 02 Jun 2025 09:15:00 +0100"
    mail.set_content(words)
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    path = folder / "one.eml"
    path.write_bytes(mail.as_bytes())
    with open_register(None) as register:
        done = import_file(register, path, replace(OPTIONS, attachments=attachments))
        (ask,) = register.asks()
        return ask, done


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.pdf", pdf(drawn(ASKED))),
        ("letter.docx", docx(paragraph("Dear all,") + paragraph(ASKED))),
        ("return.xlsx", xlsx(("Specialty", "Waits"), (ASKED, ""))),
        ("return.csv", f'Specialty,Waits\n"{ASKED}",\n'.encode()),
        ("letter.txt", ASKED.encode()),
    ],
)
def test_the_request_in_a_file_is_read(tmp_path: Path, name: str, content: bytes) -> None:
    ask, done = taken(tmp_path, (name, content))
    assert ASKED in ask.text
    assert ask.due_on == date(2025, 6, 13)
    assert (done.attachments, done.attachments_read) == (1, 1)


def test_nothing_is_read_without_the_option(tmp_path: Path) -> None:
    ask, done = taken(tmp_path, ("letter.pdf", pdf(drawn(ASKED))), attachments=False)
    assert (ask.text, ask.due_on, done.attachments_read) == ("See attached.", None, 0)
    assert any("--attachments reads it" in note for note in done.notes)


def test_the_day_in_the_message_comes_before_that_in_its_file(tmp_path: Path) -> None:
    ask, _ = taken(tmp_path, ("a.txt", ASKED.encode()), words="See attached, by 10 June 2025.")
    assert ask.due_on == date(2025, 6, 10)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.xlsx", xlsx(("Waiting list",), ("NHS No.", "Specialty"), ("1", "ENT"))),
        ("list.csv", b"Specialty;D.O.B.;Weeks\nENT;1.2.1950;60\n"),
        ("list.docx", docx(table(("Patient name", "Ward"), ("X", "1")))),
        ("list.pdf", pdf(drawn("Hospital number   Specialty\n123   ENT"))),
        ("list.txt", b"943 476 5919 ENT\n987 654 3210 ENT\n401 023 2137 ENT\n"),
    ],
)
def test_a_file_of_patients_is_refused_whole(tmp_path: Path, name: str, content: bytes) -> None:
    ask, done = taken(tmp_path, (name, content), ("a.txt", ASKED.encode()))
    assert "ENT" not in ask.text
    # The other file is read all the same.
    assert (ask.due_on, done.attachments_read) == (date(2025, 6, 13), 1)
    assert any("patients" in note and "nothing of it is kept" in note for note in done.notes)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("scan.pdf", pdf(b"q Q"), "it may be a scan"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "an old Word file) was not read"),
        ("mail.msg", b"x", "an Outlook message (.msg)) was not read"),
        ("broken.xlsx", b"x", "an Excel file) was not read"),
        ("packed.txt", docx(paragraph(ASKED)), "it is called .txt and is no text"),
        ("drawn.csv", pdf(drawn(ASKED)), "it is called .csv and is no text"),
        ("rich.txt", rb"{\rtf1\ansi Please send}", "it is called .txt and is no text"),
        ("bytes.txt", b"Please send\x00\x01\x02 this", "it is called .txt and is no text"),
        ("huge.txt", b"x" * 2_001, "larger than 2,000 bytes"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, name: str, content: bytes, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REMIT_LARGEST_ATTACHMENT", "2000")
    ask, done = taken(tmp_path, (name, content))
    assert (ask.text, done.attachments_read) == ("See attached.", 0)
    assert any(told in note for note in done.notes)


def test_people_in_a_file_and_in_its_name_are_taken_out(tmp_path: Path) -> None:
    mail = docx(paragraph("Please reply to Xanthe Quillfeather by 13 June 2025."))
    ask, done = taken(tmp_path, ("Quillfeather letter.docx", mail))
    with open_register(None):
        kept = f"{ask.title} {' '.join(done.notes)}"
    assert "Quillfeather" not in kept
    assert done.removed >= 1


def test_a_message_that_is_there_already_stays_without_its_files_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken(tmp_path, ("letter.txt", ASKED.encode()))
    mail, register = str(tmp_path / "one.eml"), ["--register", str(tmp_path / "r.sqlite")]
    assert run(["asks", "import", mail, "--to-org", "ZA1", *register]) == 0
    capsys.readouterr()
    assert run(["asks", "import", mail, "--to-org", "ZA1", "--attachments", *register]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "there already 1" in said
    assert "stay as they were, without the words of their attachments; take them out" in said
