"""The one reader of tables that others wrote as text: CSV by RFC 4180, and what people make of it.

A quoted cell may hold separators, doubled quotation marks and line breaks. Each record comes with
the line of the file on which it begins. A mark that is opened and never closed as it should be
spoils that one line; the lines below it are read anew, so that it swallows none of them.
"""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from remit.words.sentences import count_words

Cells = list[str]

SEPARATORS = ",;\t|"
"""The signs by which programs part cells."""

UTF_8, UTF_16, WINDOWS = "UTF-8", "UTF-16", "Windows-1252"

# A cell in quotation marks, from the sign before it to the one after it.
_QUOTED = re.compile(rf'(?:^|(?<=[{SEPARATORS}\r\n]))"(?:[^"]|"")*"(?=[{SEPARATORS}\r\n]|\Z)')
_LOOKED_AT = 60
_MOST_LINES = 1_000
_LONGEST_RECORD = 1_000_000
_HEAD = 400
_OPEN = "a quotation mark is opened and not closed"


@dataclass(frozen=True, slots=True)
class PlainText:
    """The text of a file, and how it was written there.

    ``foreign`` are the lines that are not of the encoding of the rest.
    """

    text: str
    encoding: str = UTF_8
    foreign: int = 0

    @property
    def note(self) -> str:
        """In words, what of the encoding a reader should know; blank where it is UTF-8."""
        if self.encoding == UTF_16:
            return "the text is in UTF-16 and was read as that"
        if not self.foreign:
            return ""
        return (
            f"{count_words(self.foreign, 'line')} not in UTF-8 and read as {WINDOWS}; where a name "
            "looks odd, save the file as CSV UTF-8"
        )


def decoded(content: bytes) -> PlainText:
    """The text of a file: UTF-8, UTF-16, and lines that are neither in Windows-1252, Excel's own.

    >>> decoded("Org,é".encode("utf-16")).text
    'Org,é'
    """
    if wide := _wide(content):
        text = content.decode(wide, errors="replace").removeprefix("\ufeff")
        return PlainText(text, UTF_16)
    try:
        return PlainText(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        lines = content.removeprefix(BOM_UTF8).split(b"\n")
        told = [_decoded_line(line) for line in lines]
        foreign = sum(is_foreign for _, is_foreign in told)
        return PlainText("\n".join(text for text, _ in told), WINDOWS, foreign)


def _wide(content: bytes) -> str:
    """The sort of UTF-16, told by its mark or by the blank half of each plain letter."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = content[:_HEAD]
    if len(head) < 4 or len(content) % 2:
        return ""
    low, high = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if high * 10 > half * 8 and not low:
        return "utf-16-le"
    return "utf-16-be" if low * 10 > half * 8 and not high else ""


def _decoded_line(line: bytes) -> tuple[str, bool]:
    try:
        return line.decode("utf-8"), False
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace"), True


def separators_in(text: str) -> list[str]:
    """The signs that could part the cells of a text, the likeliest first; a comma if there is none.

    >>> separators_in("Code;Name;Figure\\nZA1;Larkshire, North;1,5\\n")
    [';', ',']
    """
    lines = _first_lines(text)
    counts = {sign: Counter(line.count(sign) for line in lines) for sign in SEPARATORS}
    found = [sign for sign in SEPARATORS if max(counts[sign])]
    return sorted(found, key=lambda sign: _parts_evenly(counts[sign])) or [","]


def separator_of_list(text: str) -> str:
    """The sign that parts the cells of a list whose first line is its header.

    A sign that parts the header and most lines below it is the one, however often another stands
    within their cells; where the first line is a title, the likeliest of all lines is.

    >>> separator_of_list("Code,Name\\nZA1,a|b\\nZA2,c|d\\n")
    ','
    """
    header, *below = [line for line in _first_lines(text) if line.strip()] or [""]
    likeliest = separators_in(text)
    parting = [
        sign
        for sign in likeliest
        if 2 * sum(1 <= line.count(sign) <= header.count(sign) for line in below) >= len(below)
        and sign in header
    ]
    return (parting or likeliest)[0]


def _first_lines(text: str) -> list[str]:
    """The first lines without what stands in quotation marks, where signs part nothing."""
    head = text[:_LONGEST_RECORD].removeprefix("\ufeff")
    bare = _QUOTED.sub("", head) if '"' in head else head
    return bare.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:_LOOKED_AT]


def _parts_evenly(counts: Counter[int]) -> tuple[int, int]:
    """First the sign that stands equally often in most lines, as commas within words do not."""
    even = max(lines for times, lines in counts.items() if times)
    return -even, -max(counts)


def records(
    text: str, separator: str, *, width: int | None = None
) -> Iterator[tuple[int, Cells | str]]:
    """The records of a text: the line on which each begins, and its cells or what is wrong.

    Parameters
    ----------
    text
        A table as text.
    separator
        The sign between its cells.
    width
        How many cells each record has, where that is known: one over several lines that has
        another number is taken for a stray quotation mark.

    Examples
    --------
    >>> list(records('Code,Name\\nZA1,"Elm\\nTrust"\\nZA2,Ash\\n', ","))
    [(1, ['Code', 'Name']), (2, ['ZA1', 'Elm\\nTrust']), (4, ['ZA2', 'Ash'])]
    """
    source = _Lines(text)
    while source.more():
        line = source.number
        try:
            cells = next(csv.reader(source.record(), delimiter=separator, strict=True))
        except csv.Error:
            yield line, source.again() or _leniently(source.taken[0], separator)
        else:
            stray = width is not None and len(source.taken) > 1 and len(cells) != width
            yield line, source.again() if stray else cells


def plainly_parted(text: str, separator: str) -> list[tuple[int, Cells]] | None:
    """All records at once where nothing in the text is odd; else nothing, and :func:`records` must.

    Parameters
    ----------
    text
        A table as text.
    separator
        The sign between its cells.

    Examples
    --------
    >>> plainly_parted("a,b" + chr(10) + "1,3", ",")
    [(1, ['a', 'b']), (2, ['1', '3'])]
    """
    if '"' not in text:
        lines = text.replace("\r\n", "\n")
        if "\n" in lines:
            parted = enumerate(lines.split("\n"), start=1)
            return [(number, line.split(separator)) for number, line in parted if line]
    reader = csv.reader(_lines_of(text), delimiter=separator, strict=True)
    found: list[tuple[int, Cells]] = []
    before = width = 0
    try:
        for cells in reader:
            width = width or len(cells)
            lines_taken = reader.line_num - before
            if lines_taken > 1 and (lines_taken > _MOST_LINES or len(cells) != width):
                return None  # a mark that is not closed may have swallowed lines
            found.append((before + 1, cells))
            before = reader.line_num
    except csv.Error:
        return None
    return found


def _lines_of(text: str) -> io.StringIO:
    """Lines end by LF or CRLF, in files of old Macs by CR, and by no other sign."""
    return io.StringIO(text, newline="\n" if "\n" in text else "")


def first_records(text: str, separator: str, most: int) -> list[tuple[int, Cells | str]]:
    """No more than the first few records.

    >>> first_records("a,b\\n1,2\\n", ",", 1)
    [(1, ['a', 'b'])]
    """
    return list(islice(records(text, separator), most))


def named_records(text: str) -> Iterator[tuple[int, dict[str, str] | str]]:
    """The records of a user's own list: the line of each, and its cells by the names of the header.

    The header comes first, each name as its own cell. Blank records are none; cells that are
    missing are blank, and those beyond the header are left out.

    >>> list(named_records("Code;Weight\\nZA1;2\\n"))
    [(1, {'Code': 'Code', 'Weight': 'Weight'}), (2, {'Code': 'ZA1', 'Weight': '2'})]
    """
    header: Cells = []
    text = text.removeprefix("\ufeff")
    separator = separator_of_list(text)
    plain = plainly_parted(text, separator)
    for line, cells in records(text, separator) if plain is None else plain:
        if isinstance(cells, str):
            yield line, cells
        elif any(cell.strip() for cell in cells):
            header = header or [cell.strip() for cell in cells]
            padded = [*cells, *[""] * (len(header) - len(cells))]
            yield line, dict(zip(header, padded, strict=False))


def without_blanks(cells: Cells) -> Cells:
    """A row up to its last cell that is not blank.

    >>> without_blanks(["a", "", "b", " ", ""])
    ['a', '', 'b']
    """
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _leniently(line: str, separator: str) -> Cells | str:
    """The cells of one line whose quotation marks are not doubled, as Excel would read it."""
    if len(line) > csv.field_size_limit():
        return f"the line is no row of a CSV file (it has {len(line):,} characters)"
    if '"' not in line:
        return line.rstrip("\r\n").split(separator)
    if line.count('"') % 2:
        return _OPEN
    try:
        return next(csv.reader([line], delimiter=separator))
    except csv.Error:
        return "the line is no row of a CSV file (a quotation mark or another sign is out of place)"


class _Lines:
    """The lines of a text, some of which can be taken back."""

    def __init__(self, text: str) -> None:
        self._lines = _lines_of(text)
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 1

    def more(self) -> bool:
        """Whether there is another line."""
        if not self._back:
            line = self._lines.readline()
            if line:
                self._back.append(line)
        return bool(self._back)

    def record(self) -> Iterator[str]:
        """The lines that a record may run over."""
        self.taken, length = [], 0
        while self.more() and len(self.taken) < _MOST_LINES and length < _LONGEST_RECORD:
            line = self._back.popleft()
            self.taken.append(line)
            self.number += 1
            length += len(line)
            yield line

    def again(self) -> str:
        """Take back all lines of a record but its first; what is wrong with that, if it has more.

        The text below the last mark may be closed by no mark at all.
        """
        if len(self.taken) < 2:
            return ""
        self._back.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
        return _OPEN
