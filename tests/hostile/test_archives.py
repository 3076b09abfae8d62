"""Zip archives of strangers: the one table in them, or a message; nothing is written anywhere."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from remit.model.errors import PublicationError
from remit.publications.files.table import load
from tests.hostile.tries import Tries

KIND = "archives"
TABLE = b"Period,Org Code\n1,R0A\n"


def archive(
    *members: tuple[str | zipfile.ZipInfo, bytes], how: int = zipfile.ZIP_DEFLATED
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as written:
        for name, content in members:
            written.writestr(name, content)
    return out.getvalue()


def linked() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.csv")
    info.external_attr = 0o120777 << 16
    return info


def doubled() -> bytes:
    content = archive(("a.csv", TABLE), ("b.csv", b"other\n"))
    return content.replace(b"b.csv", b"a.csv")


def locked() -> bytes:
    content = bytearray(archive(("a.csv", TABLE)))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def unknown_packing() -> bytes:
    content = bytearray(archive(("a.csv", TABLE)))
    struct.pack_into("<H", content, 8, 97)
    struct.pack_into("<H", content, content.index(b"PK\x01\x02") + 10, 97)
    return bytes(content)


def lying(size: int) -> bytes:
    """The list says another size than there is."""
    content = bytearray(archive(("a.csv", TABLE * 1_000)))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, size)
    return bytes(content)


def overlapping() -> bytes:
    """Many names for one and the same bytes, as in the bombs that need no nesting."""
    content = archive(("a.csv", b"0" * 10_000_000))
    start = content.index(b"PK\x01\x02")
    entry, end = (
        content[start : content.index(b"PK\x05\x06")],
        content[content.index(b"PK\x05\x06") :],
    )
    entries = b"".join(entry.replace(b"a.csv", b"%c.txt" % (97 + n)) for n in range(20))
    tail = bytearray(end)
    struct.pack_into("<HHI", tail, 8, 21, 21, len(entry + entries))
    return content[:start] + entry + entries + bytes(tail)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a name twice": (doubled, "more than once"),
    "locked": (locked, "protected by a password"),
    "unknown packing": (unknown_packing, "packed in a way"),
    "a size too small": (lambda: lying(5), "damaged"),
    "a size too large": (lambda: lying(4_000_000_000), "REMIT_LARGEST_FILE"),
    "overlapping files": (overlapping, "overlap"),
    "an archive in an archive": (lambda: archive(("b.zip", archive(("a.csv", TABLE)))), "holds 0"),
    "two tables": (lambda: archive(("a.csv", TABLE), ("b.CSV", TABLE)), "holds 2"),
    "a folder": (lambda: archive(("a/", b"")), "holds 0"),
    "a folder named as a table": (lambda: archive(("a.csv/", b"")), "holds 0"),
    "names that steer": (
        lambda: archive(("\x1b[2Ja.csv", TABLE), ("b\n.csv", TABLE)), "�[2Ja.csv, b�.csv"
    ),
    "20,000 files": (lambda: archive(*((f"{n}.txt", b"") for n in range(20_000))), "20,000 files"),
    "nothing": (lambda: archive(("a.csv", b" \n ")), "is empty"),
    "cut off": (lambda: archive(("a.csv", TABLE))[:-9], "unpacked"),
    "only a beginning": (lambda: b"PK\x03\x04", "unpacked"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused(name: str, tmp_path: Path, tries: Tries) -> None:
    make, words = HOSTILE[name]
    path = tmp_path / "a.zip"
    path.write_bytes(make())
    with tries.attempt(KIND, name, seconds=10) as refusal:
        load(path)
    assert isinstance(refusal[0], PublicationError)
    assert words in str(refusal[0])
    assert all(sign.isprintable() for sign in str(refusal[0]))


@pytest.mark.parametrize(
    "name", ["../../a.csv", "/etc/a.csv", "C:\\a.csv", "..\\a.csv", "a/b/../c.csv", "link.csv"]
)
def test_a_path_in_an_archive_is_a_name_and_no_place(
    name: str, tmp_path: Path, tries: Tries
) -> None:
    path = tmp_path / "in" / "a.zip"
    path.parent.mkdir()
    path.write_bytes(archive((linked() if name == "link.csv" else name, TABLE)))
    with tries.attempt(KIND, f"member {name}") as refusal:
        assert load(path).content == TABLE
    assert not refusal
    assert [one.name for one in tmp_path.rglob("*")] == ["in", "a.zip"]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, tries: Tries) -> None:
    path = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written,
        written.open("a.csv", "w", force_zip64=True) as member,
    ):
        for _ in range(510):
            member.write(bytes(1_000_000))
    ran = tries.command(
        KIND, "half a gigabyte", ["ingest", path, "--dry-run"], megabytes=400, seconds=60
    )
    assert ran.code == 2
    assert "a.csv is 510,000,000 bytes long" in ran.err


@pytest.mark.parametrize("chunk", range(3))
def test_spoiled_archives_are_refused_or_read(chunk: int, tmp_path: Path, tries: Tries) -> None:
    chance = random.Random(f"archives {chunk}")
    path = tmp_path / "a.zip"
    base = archive(("data/a.csv", TABLE * 50), ("read me.txt", b"Notes."))
    for number in range(60):
        content = bytearray(base)
        for _ in range(chance.choice((1, 1, 3))):
            content[chance.randrange(4, len(content))] = chance.randrange(256)
        path.write_bytes(content)
        with tries.attempt(KIND, f"spoiled {chunk}/{number}", seconds=10) as refusal:
            found = load(path)
        assert refusal or found.content == TABLE * 50
