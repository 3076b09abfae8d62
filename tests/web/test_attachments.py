"""Files that hang on records: what is taken, who has them, and that they go."""

from __future__ import annotations

import hashlib
import io
import socket
import struct
import sys
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase, override_settings

from remit.records.audit import SYSTEM, Event, change, dispose, due, entries_for, remove
from remit.records.loading import model
from remit.records.together.models import Conversation
from remit.web.attached.contents import KINDS, MOST_UNPACKED, NotTaken, kind_of
from remit.web.attached.held_files import astray, path_of, places, put_bytes, sweep
from remit.web.attached.models import Attachment
from remit.web.attached.scanning import scan
from remit.web.attachment_settings import attachment_settings
from remit.web.desk.attachments.keeping import plain_name
from remit.web.instance import InstanceError
from remit.web.running.checking import faults, notes
from remit.web.running.tasks import keep_house
from tests.web.attached_matrix import add_file
from tests.web.queries import queries_of
from tests.web.together_world import fill_together
from tests.web.world import SafeClient, World

WRITER, READER = ("ZA1", "contributor"), ("ZA1", "reader")
LIST, NEW = "/files/of/ask/ASKZA1/", "/files/of/ask/ASKZA1/new/"
_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SHEET = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"


def _png() -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = part(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + body + part(b"IEND", b"")


def office(types: bytes = _WORD, **parts: bytes) -> bytes:
    """A file of Word or Excel as far as it is looked at."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "[Content_Types].xml", b'<Types><Override ContentType="' + types + b'"/></Types>'
        )
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


PNG = _png()
GOOD = {
    "a.pdf": PDF,
    "a.png": PNG,
    "a.jpg": JPG,
    "a.JPEG": JPG,
    "a.docx": office(),
    "a.xlsx": office(_SHEET),
    "a.csv": b"a,b\r\n1,2\r\n",
    "a.txt": "\ufeff1 £".encode(),
}


@pytest.fixture(autouse=True)
def emptied(world: World) -> Iterator[None]:
    """Bytes that a test leaves, of this file or another, are no other test's."""
    _empty()
    yield
    _empty()


def _empty() -> None:
    for path in places():
        path.unlink()


def send(client: SafeClient, name: str, content: bytes, to: str = NEW) -> Any:
    return client.post(to, {"file": SimpleUploadedFile(name, content)})


def bytes_at(client: SafeClient, number: int) -> bytes:
    answer = client.get(f"/files/one/{number}/")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


@contextmanager
def committed() -> Iterator[None]:
    """What is done once a write is sure is done here, though the test undoes it all."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        yield


# Taken and given out ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_file_is_given_out_as_it_came(world: World, name: str) -> None:
    client = world.client(WRITER)
    assert send(client, name, GOOD[name]).status_code == 302
    row = Attachment.objects.get()
    assert bytes_at(client, row.pk) == GOOD[name]
    assert (row.kind, row.size) == (name.lower()[2:].replace("jpeg", "jpg"), len(GOOD[name]))


def test_a_file_is_saved_and_never_shown_as_a_page(world: World) -> None:
    client = world.client(WRITER)
    send(client, "a plan.pdf", PDF)
    answer = client.get(f"/files/one/{Attachment.objects.get().pk}/")
    assert b"".join(answer.streaming_content) == PDF
    headers = answer.headers
    assert headers["Content-Disposition"] == 'attachment; filename="a plan.pdf"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Cache-Control"] == "no-store, private"


def test_its_digest_stands_in_the_audit_and_its_place_does_not(world: World) -> None:
    send(world.client(WRITER), "a.pdf", PDF)
    row = Attachment.objects.get()
    (entry,) = entries_for(row)
    values = entry.values
    assert hashlib.sha256(PDF).hexdigest() in str(values["sha256"])
    assert row.place not in str(values)
    assert (entry.what, entry.who) == ("add", f"account-{world.account(WRITER).pk}")
    assert path_of(row.place).stat().st_mode & 0o77 == 0


def test_a_file_is_told_in_the_history_of_its_record(world: World) -> None:
    client = world.client(WRITER)
    send(client, "a plan.pdf", PDF)
    row = Attachment.objects.get()
    page = client.get(f"/changes/ask/{row.ask_id}/").content.decode()
    assert "a plan.pdf" in page
    assert row.place not in page


@pytest.mark.parametrize("kind", ["action", "conversation"])
def test_files_hang_on_other_kinds_as_well(world: World, kind: str) -> None:
    fill_together(world.today)
    key = "ACT-ZA1" if kind == "action" else Conversation.objects.filter(organisation="ZA1")[0].pk
    client = world.client(WRITER)
    address = f"/files/of/{kind}/{key}/"
    assert send(client, "a.txt", b"word", f"{address}new/").status_code == 302
    assert "a.txt" in client.get(address).content.decode()
    assert address in client.get(f"/{kind}s/one/{key}/").content.decode()
    assert client.get(f"/files/of/account/{key}/").status_code == 404


def test_the_list_says_what_there_is_and_does_not_ask_more_for_more(world: World) -> None:
    client = world.client(WRITER)
    assert "No files hang on" in client.get(LIST).content.decode()
    send(client, "a.txt", b"word")
    few = queries_of(client, LIST)
    for number in range(8):
        add_file("ZA1", name=f"n{number}.txt")
    assert queries_of(client, LIST) == few
    page = client.get(LIST).content.decode()
    assert "9 files hang on" in page
    assert "No scanner for viruses is set up here" in page


# Who has them -------------------------------------------------------------------------------------


def test_trying_all_numbers_of_files_finds_nothing_of_others(world: World) -> None:
    rows = {code: add_file(code) for code in ("ZA1", "ZA2", "ZA6", "ZB1", "ZR2")}
    client = world.client(("ZA1", "signatory"))
    last = max(one.pk for one in rows.values())
    found = [n for n in range(last + 3) if client.get(f"/files/one/{n}/gone/").status_code != 404]
    assert found == [rows["ZA1"].pk]
    for number in range(last + 3):
        if number != rows["ZA1"].pk:
            assert client.get(f"/files/one/{number}/").status_code == 404


def test_who_may_only_read_sends_and_takes_nothing(world: World) -> None:
    row, client = add_file("ZA1"), world.client(READER)
    assert bytes_at(client, row.pk) == b"a word"
    assert send(client, "a.pdf", PDF).status_code == 403
    assert client.post(f"/files/one/{row.pk}/gone/").status_code == 403
    assert "Send a file" not in client.get(LIST).content.decode()
    assert len(list(places())) == 1


def test_an_action_that_is_done_gets_no_file_and_loses_none(world: World) -> None:
    row = add_file("ZA1", ask_id=None, action_id="ACT-ZA1")
    action = model("Action").objects.get(pk="ACT-ZA1")
    change(Event(SYSTEM, "ZA1", "close"), action, done_on=world.today)
    client = world.client(WRITER)
    assert send(client, "a.txt", b"w", "/files/of/action/ACT-ZA1/new/").status_code == 409
    assert client.post(f"/files/one/{row.pk}/gone/").status_code == 409
    assert bytes_at(client, row.pk) == b"a word"


# Attacks ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../../etc/passwd.txt", "passwd.txt"),
        ("C:\\windows\\a.txt", "a.txt"),
        ("plan\u202e.fdp.txt", "plan.fdp.txt"),
        ('a"; filename="b.txt', "a; filename=b.txt"),
        ("a\r\nX-Evil: 1.txt", "aX-Evil: 1.txt"),
        (f"{'long ' * 100}.txt", None),
        ("....txt", "file.txt"),
    ],
)
def test_a_name_leads_nowhere(world: World, given: str, kept: str | None) -> None:
    name = plain_name(given)
    assert kept is None or name == kept
    assert len(name) <= 170
    row = add_file("ZA1", name=name)
    answer = world.client(READER).get(f"/files/one/{row.pk}/")
    b"".join(answer.streaming_content)
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "X-Evil" not in answer.headers
    assert path_of(row.place).parent.parent.name == "attached"


def test_the_place_of_bytes_is_no_path(world: World) -> None:
    for place in ("../secret.key", "a" * 63, "A" * 64, "/etc/passwd", ""):
        with pytest.raises(ValueError, match="is no name"):
            path_of(place)


_BOMB = office(big=b"\0" * (MOST_UNPACKED + 1))
REFUSED = {
    "a page called pdf": ("a.pdf", b"<html><script>alert(1)</script></html>"),
    "a page called txt": ("a.txt", b"  <!DOCTYPE html><p>hello"),
    "a picture of lines": ("a.txt", b"<svg xmlns='x' onload='y'/>"),
    "two endings": ("a.pdf.exe", PDF),
    "no ending": ("pdf", PDF),
    "another ending": ("a.docx", PDF),
    "a program": ("a.exe", b"MZ\x90\x00" + b"\0" * 60),
    "a program called txt": ("a.txt", b"MZ\x90\x00\x01\x02"),
    "a moving picture": ("a.gif", b"GIF89a" + b"\0" * 20),
    "empty": ("a.txt", b""),
    "not in UTF-8": ("a.csv", b"a,b\n\xff\xfe\n"),
    "a pdf with an archive after it": ("a.pdf", PDF + office()),
    "a picture with an archive after it": ("a.png", PNG + office()),
    "a picture with words after it": ("a.jpg", JPG + b"<script>x</script>"),
    "an archive with a pdf in its head": ("a.docx", office(**{"%PDF-1.7": b"x"}, types=_WORD)),
    "words before an archive": ("a.docx", b"#!/bin/sh\n" + office()),
    "another archive": ("a.docx", office(b"text/plain")),
    "half an archive": ("a.docx", office()[:-30]),
    "an archive that fills the disk": ("a.docx", _BOMB),
    "macros": ("a.docx", office(**{"word/vbaProject.bin": b"x"})),
    "macros by type": ("a.xlsx", office(_SHEET + b' x="macroEnabled')),
    "a part that leads elsewhere": ("a.docx", office(**{"../../evil.txt": b"x"})),
    "too many parts": ("a.docx", office(**{f"p{n}": b"" for n in range(5001)})),
    "a table called a document": ("a.docx", office(_SHEET)),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(REFUSED))
def test_what_is_not_what_it_says_is_not_taken(world: World, what: str) -> None:
    client = world.client(WRITER)
    answer = send(client, *REFUSED[what])
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert not Attachment.objects.exists()
    assert list(places()) == []


def test_an_archive_that_lies_about_its_size_is_not_taken(tmp_path: Path) -> None:
    made = bytearray(office(big=b"\0" * 1_000_000))
    at = made.rindex(b"PK\x01\x02")
    made[at + 24 : at + 28] = struct.pack("<I", 10)  # says 10 bytes, holds a million
    path = tmp_path / "a.docx"
    path.write_bytes(bytes(made))
    with pytest.raises(NotTaken):
        kind_of(path, "a.docx")


def test_a_sign_of_value_zero_is_in_no_name(world: World) -> None:
    body = (
        b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.txt\0.exe"\r\n'
        b"Content-Type: text/plain\r\n\r\nword\r\n--B--\r\n"
    )
    client = world.client(WRITER)
    answer = client.generic("POST", NEW, body, content_type="multipart/form-data; boundary=B")
    assert answer.status_code in {302, 400}
    assert all("\0" not in one.name for one in Attachment.objects.all())


def test_a_file_that_is_too_large_is_stopped(world: World) -> None:
    with override_settings(REMIT_ATTACHMENT_BYTES=100_000):
        answer = send(world.client(WRITER), "a.txt", b"x" * 100_001)
        assert send(world.client(WRITER), "a.txt", b"x" * 100_000).status_code == 302
    assert answer.status_code == 400
    assert "The file is larger than" in answer.content.decode()
    assert len(list(places())) == 1


@pytest.mark.parametrize("length", [10, 150_000, 10**12])
def test_a_length_that_is_a_lie_changes_nothing(world: World, length: int) -> None:
    """Too short, too long, and so long that it is refused before anything is read."""
    body = (
        b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\n" + b"x" * 120_000 + b"\r\n--B--\r\n"
    )
    client = world.client(WRITER)
    with override_settings(REMIT_ATTACHMENT_BYTES=100_000):
        answer = client.generic(
            "POST", NEW, body, content_type="multipart/form-data; boundary=B",
            CONTENT_LENGTH=str(length), **{"wsgi.input": io.BytesIO(body)},
        )  # fmt: skip
    assert answer.status_code == (413 if length > 10**9 else 400)
    assert not Attachment.objects.exists()
    assert list(places()) == []


class _Untouched(io.BytesIO):
    """What is sent, and must not be read."""

    def read(self, *_how: Any) -> bytes:
        raise AssertionError("it was read")


def test_no_file_is_read_from_a_stranger(world: World) -> None:
    """Nobody is signed in, so not even the token against forgery is looked for in what was sent."""
    client = SafeClient(enforce_csrf_checks=True)
    client.cookies["__Host-remit-csrf"] = "a" * 32
    answer = client.generic(
        "POST", NEW, b"--B", content_type="multipart/form-data; boundary=B",
        CONTENT_LENGTH=str(9 * 1024 * 1024), HTTP_ORIGIN="https://remit.example",
        **{"wsgi.input": _Untouched()},
    )  # fmt: skip
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")


def test_a_file_without_its_token_is_not_taken(world: World) -> None:
    client = world.client(WRITER, enforce_csrf_checks=True)
    origin = {"HTTP_ORIGIN": "https://remit.example"}
    file = SimpleUploadedFile("a.txt", b"w")
    assert client.post(NEW, {"file": file}, **origin).status_code == 403
    page = client.get(LIST).content.decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2][:64]
    file = SimpleUploadedFile("a.txt", b"w")
    given = {"csrfmiddlewaretoken": token, "file": file}
    assert client.post(NEW, given, HTTP_ORIGIN="https://evil.example").status_code == 403
    file.seek(0)
    assert client.post(NEW, given, **origin).status_code == 302
    assert Attachment.objects.count() == 1


def test_there_are_so_many_files_and_no_more(world: World) -> None:
    client = world.client(WRITER)
    with override_settings(REMIT_ATTACHMENTS_MOST=2):
        answers = [send(client, "a.txt", b"w").status_code for _ in range(3)]
    assert answers == [302, 302, 409]
    assert len(list(places())) == 2


# The scanner --------------------------------------------------------------------------------------


def by(script: str) -> str:
    return f'command:{sys.executable} -c "{script}"'


CLEAN, FOUND = by("print('all well')"), by("print('Evil-1'); raise SystemExit(1)")
AWAY = by("raise SystemExit(7)")


def test_what_the_scanner_calls_clean_is_given_out_and_its_answer_kept(world: World) -> None:
    client = world.client(WRITER)
    with override_settings(REMIT_SCANNER=CLEAN):
        send(client, "a.txt", b"w")
        row = Attachment.objects.get()
        assert (row.state, row.scan_said) == ("clean", "all well")
        assert "check" in [one.what for one in entries_for(row)]
        assert bytes_at(client, row.pk) == b"w"
        assert "Looked through" in client.get(LIST).content.decode()
        assert notes() == []


def test_a_file_waits_in_quarantine_until_the_scanner_answers(world: World) -> None:
    client = world.client(WRITER)
    with override_settings(REMIT_SCANNER=AWAY):
        send(client, "a.txt", b"w")
        row = Attachment.objects.get()
        assert (row.state, row.scan_said) == ("waiting", "7")
        assert client.get(f"/files/one/{row.pk}/").status_code == 409
        assert "Waits to be looked through" in client.get(LIST).content.decode()
        keep_house.call()
        assert client.get(f"/files/one/{row.pk}/").status_code == 409
    with override_settings(REMIT_SCANNER=CLEAN):
        keep_house.call()
        assert bytes_at(client, row.pk) == b"w"


def test_what_the_scanner_finds_loses_its_bytes(world: World) -> None:
    client = world.client(WRITER)
    with override_settings(REMIT_SCANNER=FOUND), committed():
        answer = client.post(NEW, {"file": SimpleUploadedFile("a.txt", b"w")}, follow=True)
    assert "found something in the file" in answer.content.decode()
    row = Attachment.objects.get()
    assert (row.state, row.scan_said) == ("found", "Evil-1")
    assert row.gone_at is not None
    assert list(places()) == []
    assert client.get(f"/files/one/{row.pk}/").status_code == 409


def test_files_from_before_wait_once_a_scanner_is_set(world: World) -> None:
    row, client = add_file("ZA1"), world.client(READER)
    with override_settings(REMIT_SCANNER=AWAY):
        assert client.get(f"/files/one/{row.pk}/").status_code == 409


@contextmanager
def clamd(answer: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """What speaks as clamd does, once."""
    got: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            talk, _ = server.accept()
            with talk, talk.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                while size := struct.unpack(">I", said.read(4))[0]:
                    got.append(said.read(size))
                talk.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1], got
        thread.join(10)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (b"stream: OK\0", "clean"),
        (b"stream: Eicar-Test FOUND\0", "found"),
        (b"INSTREAM size limit exceeded. ERROR\0", "waiting"),
        (b"", "waiting"),
    ],
)
def test_clamd_is_sent_the_bytes(tmp_path: Path, answer: bytes, state: str) -> None:
    path = tmp_path / "held"
    path.write_bytes(b"x" * 200_000)
    with clamd(answer) as (port, got):
        found = scan(path, f"clamd://127.0.0.1:{port}")
    assert (found.state, b"".join(got)) == (state, b"x" * 200_000)


def test_a_scanner_that_is_not_there_lets_nothing_through(tmp_path: Path) -> None:
    path = tmp_path / "held"
    path.write_bytes(b"x")
    for one in ("clamd:///no/such/socket", "clamd://127.0.0.1:1", "command:/no/such/program", AWAY):
        assert scan(path, one).state == "waiting", one
    assert str(tmp_path) not in scan(path, by("import sys; print(sys.argv)")).said


# Taken away ---------------------------------------------------------------------------------------


def test_a_file_that_is_taken_away_leaves_a_tombstone_and_no_bytes(world: World) -> None:
    client = world.client(WRITER)
    send(client, "a.pdf", PDF)
    row = Attachment.objects.get()
    assert "cannot be brought back" in client.get(f"/files/one/{row.pk}/gone/").content.decode()
    with committed():
        assert client.post(f"/files/one/{row.pk}/gone/").status_code == 302
    assert list(places()) == []
    assert client.get(f"/files/one/{row.pk}/").status_code == 409
    assert client.post(f"/files/one/{row.pk}/gone/").status_code == 409
    page = client.get(LIST).content.decode()
    assert "Taken away" in page
    assert "a.pdf" in page
    assert [one.what for one in entries_for(row)] == ["remove", "add"]


def test_retention_erases_the_bytes_and_the_name(world: World) -> None:
    from remit.records.audit.models import AuditValue

    row = add_file("ZA1", name="words of somebody.txt")
    proposed = [one.record for one in due(world.today + timedelta(days=365 * 7))]
    assert row in proposed
    with committed():
        assert dispose(Event(SYSTEM, "ZA1", "erase", why="kept 6 years"), row) > 0
    assert list(places()) == []
    assert not Attachment.objects.exists()
    assert not AuditValue.objects.filter(old__contains="words of somebody").exists()
    assert not AuditValue.objects.filter(new__contains="words of somebody").exists()


def test_files_go_with_their_record(world: World) -> None:
    fill_together(world.today)
    held = Conversation.objects.filter(organisation="ZA1")[0]
    add_file("ZA1", ask_id=None, conversation_id=held.pk)
    with committed():
        remove(Event(SYSTEM, "ZA1", "remove"), held)
    assert (Attachment.objects.count(), list(places())) == (0, [])


def test_bytes_without_a_row_are_swept_once_they_are_old(world: World) -> None:
    import os

    kept = add_file("ZA1")
    lost, _, _ = put_bytes(iter([b"left behind"]))
    assert sweep() == 0
    for path in places():
        os.utime(path, (1, 1))
    assert sweep() == 1
    assert [one.name for one in places()] == [kept.place]
    assert not path_of(lost).exists()


def test_bytes_that_are_missing_or_others_are_told(world: World) -> None:
    first, second = add_file("ZA1"), add_file("ZA2")
    assert astray() == []
    path_of(first.place).unlink()
    path_of(second.place).write_bytes(b"another")
    told = astray()
    assert [one.split(": ")[1][:20] for one in told] == [
        "its bytes are missing"[:20],
        "its bytes are not th",
    ]
    assert set(told) <= set(faults())


def test_a_row_that_cannot_be_kept_leaves_no_bytes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: Any, **_named: Any) -> None:
        raise RuntimeError("the disk is full")

    client = world.client(WRITER)
    monkeypatch.setattr("remit.web.desk.attachments.keeping.create", fails)
    client.raise_request_exception = False
    assert send(client, "a.txt", b"w").status_code == 500
    assert list(places()) == []


# Settings -----------------------------------------------------------------------------------------


def test_settings_of_attachments() -> None:
    found = attachment_settings(
        {"REMIT_WEB_ATTACHMENT_MB": "5", "REMIT_WEB_SCANNER": "clamd:///run/clamd.ctl"}
    )
    assert found["REMIT_ATTACHMENT_BYTES"] == 5 * 1024 * 1024
    assert found["REMIT_SCANNER"] == "clamd:///run/clamd.ctl"
    assert set(KINDS) == {"pdf", "docx", "xlsx", "csv", "txt", "png", "jpg"}
    for name, given in (
        ("REMIT_WEB_ATTACHMENT_MB", "0"), ("REMIT_WEB_ATTACHMENT_MB", "101"),
        ("REMIT_WEB_ATTACHMENTS", "many"), ("REMIT_WEB_SCANNER", "http://scanner.example"),
        ("REMIT_WEB_SCANNER", "clamd://"), ("REMIT_WEB_SCANNER", "command:"),
        ("REMIT_WEB_SCANNER", "clamd://host:many"),
    ):  # fmt: skip
        with pytest.raises(InstanceError, match=name):
            attachment_settings({name: given})


def test_a_command_is_run_without_a_shell(tmp_path: Path) -> None:
    path, mark = tmp_path / "held", tmp_path / "mark"
    path.write_bytes(b"x")
    scan(path, f"command:{sys.executable} -c pass; touch {mark}")
    assert not mark.exists()
