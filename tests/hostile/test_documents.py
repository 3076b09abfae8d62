"""PDF and Word files that strangers made: refused or read, in time, and never run."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pypdf
import pytest

from remit.files.documents import DocumentError, read_document
from tests.hostile.documents import docx, drawn, paragraph, pdf, table, zeros

LAUGHS = "".join(f'<!ENTITY a{n} "{(f"&a{n - 1};" * 10) if n else "ha"}">' for n in range(10))


def _locked(password: str) -> bytes:
    writer, out = pypdf.PdfWriter(), BytesIO()
    writer.append(BytesIO(pdf(drawn("secret words"))))
    writer.encrypt(password, owner_password="owner")
    writer.write(out)
    return out.getvalue()


def _zip_bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 310_000_000)
    return out.getvalue()


REFUSED = {
    "a stream of blanks": ("pdf", lambda: pdf(zeros(1_000_000_000), packed=True), "unpacks"),
    "pages of themselves": (
        "pdf",
        lambda: pdf(pages="<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
        "damaged",
    ),
    "open brackets": ("pdf", lambda: pdf(drawn("x"), catalog="/X " + "[" * 100_000), "damaged"),
    "cut off": ("pdf", lambda: pdf(drawn("x"))[:300], "damaged"),
    "zeros": ("pdf", lambda: b"%PDF-1.4\n" + bytes(1_000), "damaged"),
    "no PDF": ("pdf", lambda: b"words", "no PDF file"),
    "a lock": ("pdf", lambda: _locked("word"), "locked by a password"),
    "entities": (
        "docx",
        lambda: docx(paragraph("&a9;"), head=f"<!DOCTYPE x [{LAUGHS}]>"),
        "damaged",
    ),
    "open marks": ("docx", lambda: docx("<w:p>" * 100_000), "damaged"),
    "a Word file of blanks": ("docx", _zip_bomb, "unpacks"),
    "an old Word file": ("docx", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "old Word file"),
    "a stub": ("docx", lambda: b"PK\x05\x06", "no Word file"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bombs_and_damage_are_refused_with_the_reason(name: str) -> None:
    kind, make, said = REFUSED[name]
    with pytest.raises(DocumentError, match=said):
        read_document(make(), kind)


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMIT_ATTACHMENT_SECONDS", "1")
    with pytest.raises(DocumentError, match="takes too long"):
        read_document(pdf(b"BT /F1 12 Tf " + b"(a) Tj " * 1_500_000 + b"ET"), "pdf")


def test_what_takes_too_much_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMIT_ATTACHMENT_MEMORY", "120000000")
    with pytest.raises(DocumentError, match="more memory"):
        read_document(docx(paragraph("x" * 50) * 400_000), "docx")


def test_scripts_are_not_run_and_files_that_are_named_not_opened() -> None:
    script = "/OpenAction << /S /JavaScript /JS (app.alert) >>"
    assert read_document(pdf(drawn("words"), catalog=script), "pdf").text.strip() == "words"
    head = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    assert read_document(docx(paragraph("a &x; b"), head=head), "docx").text.split() == ["a"]


def test_good_files_are_read() -> None:
    assert read_document(pdf(drawn("one\ntwo"), drawn("three")), "pdf").text.split() == [
        "one", "two", "three",
    ]  # fmt: skip
    found = read_document(docx(paragraph("Hello") + table(("A", "B"), ("1", "2"))), "docx")
    assert (found.text, found.tables) == ("Hello\nA\nB\n1\n2", ([["A", "B"], ["1", "2"]],))
    assert not found.is_cut


def test_long_files_are_read_so_far() -> None:
    assert read_document(pdf(*[drawn("x")] * 250), "pdf").is_cut
