"""What is written in a workbook of the old format (.xls), for that which the reading library hides.

As with the new format: cells with an error come as blanks, and a damaged column number makes a
table that no memory holds. The format is Microsoft's, [MS-CFB] and [MS-XLS] of its open
specifications: a small file system with one stream of records.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from remit.files.limits import RECORDS
from remit.files.sheet_xml import UNKNOWN_ERROR, Look, SheetError

_LAST_SECTOR = 0xFFFFFFFA
_WIDEST = 256
_SECTORS = (9, 12)
"""Powers of two: 512 bytes in all files of Excel, 4,096 in the later version of the container."""
_SHEET, _END, _FORMULA, _BOOLEAN_OR_ERROR = 0x85, 0x0A, 0x06, 0x205
_SEVERAL = {0xBD, 0xBE}
_CELLS = {_FORMULA, _BOOLEAN_OR_ERROR, *_SEVERAL, 0x201, 0x203, 0x204, 0xFD, 0x27E, 0xD6}
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def old_looks(content: bytes) -> dict[str, Look]:
    """For each sheet how far it reaches, and the cells that hold an error.

    Raises
    ------
    SheetError
        If a sheet has a cell in a column that the format does not have, or is damaged.
    """
    try:
        book = _stream(content)
        left = iter(range(RECORDS.now))  # of all sheets together: they may claim the same place
        return {name: _look(book, start, left) for name, start in _sheets(book, left)}
    except (struct.error, IndexError) as damage:
        raise SheetError(f"the file is damaged: {damage}") from None


def _look(book: bytes, start: int, left: Iterator[int]) -> Look:
    look = Look()
    for kind, body in _records(book, start, left):
        if kind == _END:
            break
        if kind not in _CELLS:
            continue
        row, column = struct.unpack_from("<HH", body)
        last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind in _SEVERAL else column
        if max(column, last) >= _WIDEST:
            raise SheetError(f"row {row + 1} has a cell in column {max(column, last) + 1:,}")
        look.rows, look.columns = max(look.rows, row + 1), max(look.columns, last + 1)
        code = _error_code(kind, body)
        if code is not None:
            look.marked.append((row, column, _ERRORS.get(code, UNKNOWN_ERROR)))
    return look


def _error_code(kind: int, body: bytes) -> int | None:
    if kind == _BOOLEAN_OR_ERROR and body[7] == 1:
        return body[6]
    if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return body[8]
    return None


def _sheets(book: bytes, left: Iterator[int]) -> Iterator[tuple[str, int]]:
    for kind, body in _records(book, 0, left):
        if kind == _END:
            return
        if kind == _SHEET:
            coding, size = ("utf-16-le", 2 * body[6]) if body[7] & 1 else ("latin-1", body[6])
            yield body[8 : 8 + size].decode(coding, "replace"), struct.unpack_from("<I", body)[0]


def _records(book: bytes, place: int, left: Iterator[int]) -> Iterator[tuple[int, bytes]]:
    while place + 4 <= len(book):
        if next(left, None) is None:
            raise SheetError(f"it has more records than any known workbook; {RECORDS.remedy}")
        kind, size = struct.unpack_from("<HH", book, place)
        yield kind, book[place + 4 : place + 4 + size]
        place += 4 + size


# The file system ---------------------------------------------------------------------------------


def _stream(content: bytes) -> bytes:
    """The stream of the workbook, the newer of two.

    Excel never writes one so small that it lies among the small streams; what cannot be looked
    through here is refused, for the library would read it with its errors as blanks.
    """
    (shift,) = struct.unpack_from("<H", content, 0x1E)
    if shift not in _SECTORS:
        raise SheetError(f"the file is damaged: its sectors are 2^{shift} bytes long")
    size = 1 << shift
    table = _allocation(content, size)
    (directory,) = struct.unpack_from("<I", content, 0x30)
    entries = _chain(content, table, directory, size)
    (small,) = struct.unpack_from("<I", content, 0x38)
    found: dict[str, tuple[int, int]] = {}
    for place in range(0, len(entries) - 127, 128):
        name = entries[place : place + 64].decode("utf-16-le", "replace").split("\0")[0]
        start, length = struct.unpack_from("<II", entries, place + 0x74)
        if name in {"Workbook", "Book"} and length >= small:
            found.setdefault(name, (start, length))
    for name in ("Workbook", "Book"):
        if name in found:
            start, length = found[name]
            return _chain(content, table, start, size)[:length]
    raise SheetError("it holds no workbook of Excel; save it as .xlsx")


def _allocation(content: bytes, size: int) -> list[int]:
    """For each sector the one that follows it."""
    sectors = [s for s in struct.unpack_from("<109I", content, 0x4C) if s < _LAST_SECTOR]
    (further,) = struct.unpack_from("<I", content, 0x44)
    most = len(content) // size
    while further < _LAST_SECTOR and len(sectors) <= most:
        listed = struct.unpack_from(f"<{size // 4}I", content, (further + 1) * size)
        sectors += [sector for sector in listed[:-1] if sector < _LAST_SECTOR]
        further = listed[-1]
    if len(sectors) > most:
        raise SheetError("the file is damaged: it lists more sectors than it has")
    pages = (struct.unpack_from(f"<{size // 4}I", content, (s + 1) * size) for s in sectors)
    return [sector for page in pages for sector in page]


def _chain(content: bytes, table: list[int], sector: int, size: int) -> bytes:
    parts = []
    for _ in range(len(content) // size):
        if sector >= _LAST_SECTOR:
            break
        parts.append(content[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(parts)
