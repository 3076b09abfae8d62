"""Old workbooks (.xls) that would hold the reading library for ever, or fill the memory."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from remit.files.workbooks import check_workbook
from remit.model.errors import FileError
from tests.hostile import old_books
from tests.hostile.old_books import Entry, number, packed, record, stream, text
from tests.hostile.tries import Tries

KIND = "old workbooks"
GOOD = stream(text(0, 0, "Code") + number(1, 0, 2.5))


def doubled_names(count: int) -> bytes:
    """Names of which each is the one before, twice: the last has 200 signs times 2 ** count."""
    formulas = [b"\x17\xc8\0" + b"x" * 200]
    for place in range(1, count):
        before = b"\x23" + struct.pack("<HH", place, 0)
        formulas.append(before + before + b"\x08")
    out = b""
    for place, formula in enumerate(formulas):
        head = struct.pack("<HBBHHHI", 0, 0, 3, len(formula), 0, 0, 0)
        out += record(old_books.NAME, head + b"\0" + f"{place:03}".encode() + formula)
    return out


def texts_that_go_back() -> bytes:
    """Two thousand million shared texts, each of which ends where it began."""
    head = struct.pack("<II", 2**31 - 1, 2**31 - 1) + struct.pack("<HBi", 8_000, 4, -8_007)
    return record(old_books.SST, head + b"x" * 8_000)


def branches(depth: int) -> list[Entry]:
    """Entries of the directory of which each has the next on both sides."""
    entries = [("x", 2, place + 3, place + 3, -1, -2, 0) for place in range(depth)]
    return [*entries, ("z", 2, -1, -1, -1, -2, 0)]


def brackets() -> bytes:
    """Formats in which a bracket opens sixty thousand times and never closes."""
    one = struct.pack("<HHB", 200, 60_000, 0) + b"[" * 60_000
    return record(old_books.FORMAT, one) * 50


BOMBS = {
    "doubled names": packed(stream(text(0, 0, "a"), globals_=doubled_names(40))),
    "texts that go back": packed(stream(text(0, 0, "a"), globals_=texts_that_go_back())),
    "a directory that branches": packed(GOOD, branches(40), child=2),
    "brackets": packed(stream(text(0, 0, "a"), globals_=brackets())),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_time_and_without_the_memory(
    name: str, tmp_path: Path, tries: Tries
) -> None:
    path = tmp_path / "bomb.xls"
    path.write_bytes(BOMBS[name])
    limits = {"REMIT_OLD_WORKBOOK_SECONDS": "3", "REMIT_OLD_WORKBOOK_MEMORY": "400000000"}
    ran = tries.command(
        KIND, name, ["ingest", path, "--store", tmp_path / "s.duckdb"],
        codes={2}, seconds=60, megabytes=900, environment=limits,
    )  # fmt: skip
    assert "cannot be read as one" in ran.err
    assert "if the file is right, raise the limit of" in ran.err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a column beyond the last", stream(number(100, 60_000, 1.0)), "it contradicts itself"),
        ("a record that is cut off", GOOD[:-6], "the file is damaged"),
        ("no sheet where one is said to be", GOOD[:80], "the file is damaged"),
        ("a lock", stream(b"", globals_=record(0x2F, bytes(6))), "protected by a password"),
        ("two sheets of one name", stream(b"", b"", names="SS"), "two sheets are called S"),
        ("no records", b"\x00" * 4_096, "Expected BOF record"),
        ("far too many cells", stream(number(0, 200, 1.0) + number(1, 0, 1.0)), "MOST_CELLS"),
        ("far too long texts", stream(text(0, 0, "x" * 250)), "LARGEST_WORKBOOK"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    name: str, content: bytes, said: str, tries: Tries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REMIT_MOST_CELLS", "300")
    monkeypatch.setenv("REMIT_LARGEST_WORKBOOK", "200")
    with tries.attempt(KIND, name) as refusal:
        check_workbook(Path("old.xls"), packed(content))
    assert said in str(refusal[0])


def test_no_module_in_the_folder_of_the_user_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xlrd.py").write_text("raise SystemExit('loaded')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    check_workbook(Path("old.xls"), packed(GOOD))


def container(shift: int = 9, listed: int = 0, further: int = 0xFFFFFFFE) -> bytes:
    """The head of an old workbook, whose lists of sectors lead back to themselves."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HH", head, 0x1C, 0xFFFE, shift)
    struct.pack_into("<I", head, 0x44, further)
    struct.pack_into("<109I", head, 0x4C, *[listed] * 109)
    return bytes(head) + bytes(512) * 4_000


@pytest.mark.parametrize(
    "content",
    [
        container(),
        container(shift=20),
        container(shift=0),
        container(shift=65_535),
        container(further=0),
        container(listed=0xFFFFFFF0),
        container(listed=3_000, further=1),
    ],
    ids=range(7),
)
def test_lists_that_lead_back_to_themselves_are_refused(content: bytes, tries: Tries) -> None:
    with tries.attempt(KIND, "a list", seconds=10) as refusal:
        check_workbook(Path("old.xls"), content)
    assert "begins like an Excel workbook" in str(refusal[0])


def test_spoiled_workbooks_are_refused_or_read(tries: Tries) -> None:
    chance = random.Random("old workbooks")
    good = packed(GOOD)
    for place in range(15):
        spoiled = bytearray(good)
        for _ in range(chance.choice((1, 3, 20))):
            spoiled[chance.randrange(8, len(spoiled))] = chance.randrange(256)
        with tries.attempt(KIND, f"spoiled {place}", refusals=(FileError,)):
            check_workbook(Path("old.xls"), bytes(spoiled))
