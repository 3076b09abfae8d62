"""Old workbooks (.xls) by hand: one stream of records in its container, as right as wanted."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NAME, FORMAT, SST, BOUNDSHEET, EOF, XF = 0x18, 0x41E, 0xFC, 0x85, 0x0A, 0xE0
NUMBER, LABEL, TRUTH_OR_ERROR = 0x203, 0x204, 0x205

Entry = tuple[str, int, int, int, int, int, int]
"""Of the directory: name, kind (5 root, 1 folder, 2 stream), left, right, child, start, size."""


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def cell(kind: int, row: int, column: int, body: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<HHH", row, column, style) + body)


def text(row: int, column: int, said: str) -> bytes:
    return cell(LABEL, row, column, struct.pack("<HB", len(said), 0) + said.encode("latin-1"))


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return cell(NUMBER, row, column, struct.pack("<d", value), style)


def styles(*formats: str) -> bytes:
    """A style for each format, numbered from 0."""
    said = b"".join(
        record(FORMAT, struct.pack("<HHB", 200 + key, len(name), 0) + name.encode("latin-1"))
        for key, name in enumerate(formats)
    )
    each = (record(XF, struct.pack("<HH", 0, 200 + key) + bytes(16)) for key in range(len(formats)))
    return said + b"".join(each)


def stream(*sheets: bytes, globals_: bytes = b"", names: Sequence[str] = ("S", "T")) -> bytes:
    """The records of a workbook: what stands before its sheets, and the cells of each sheet."""

    def bof(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 1996, 0, 0))

    named = [names[number].encode() for number in range(len(sheets))]
    start = len(bof(5) + globals_) + 4 + sum(12 + len(name) for name in named)
    bounds = b""
    for name, cells in zip(named, sheets, strict=True):
        bounds += record(BOUNDSHEET, struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name)
        start += len(bof(16)) + len(cells) + 4
    bodies = b"".join(bof(16) + cells + record(EOF, b"") for cells in sheets)
    return bof(5) + globals_ + bounds + record(EOF, b"") + bodies


def packed(content: bytes, more: Iterable[Entry] = (), child: int = 1) -> bytes:
    """The stream in its container; ``more`` entries of the directory follow that of the stream."""
    content = content.ljust(4096, b"\0")
    entries = [
        ("Root Entry", 5, -1, -1, child, -2, 0),
        ("Workbook", 2, -1, -1, -1, 0, len(content)),
    ]
    directory = b"".join(map(_entry, [*entries, *more]))
    data, listed = -(-len(content) // SECTOR), -(-len(directory) // SECTOR)
    pages = 1
    while pages * SECTOR // 4 < data + listed + pages:
        pages += 1
    chain = [*range(1, data), END, *range(data + 1, data + listed), END, *[TABLE] * pages]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(pages * SECTOR, b"\xff")
    first = bytearray(SECTOR)
    first[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", first, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", first, 44, pages, data, 0, 4096, END, 0, END, 0)
    places = [*range(data + listed, data + listed + pages), *[FREE] * (109 - pages)]
    struct.pack_into("<109I", first, 76, *places)
    body = content.ljust(data * SECTOR, b"\0") + directory.ljust(listed * SECTOR, b"\0") + table
    return bytes(first) + body


def _entry(entry: Entry) -> bytes:
    name, kind, left, right, child, start, size = entry
    coded = (name + "\0").encode("utf-16-le")
    links = struct.pack("<HBBiii", len(coded), kind, 1, left, right, child)
    return coded.ljust(64, b"\0") + links + bytes(36) + struct.pack("<iII", start, size, 0)
