"""The words of files that hang on a message, where the user wants them read.

A file with columns of patients is refused whole: what stands in it is nobody's request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from remit.asks.intake.bounds import tamed
from remit.asks.intake.mail_parts import MailFile, MailParts
from remit.asks.intake.personal import load_personal
from remit.files.limits import DOCUMENT_BYTES
from remit.model.errors import AskError, FileError
from remit.words.sentences import count_words, listed

_MOST_FILES = 20
_LOOKED_AT = 50
_FEW_NUMBERS = 3
_NHS_NUMBER = re.compile(r"(?<![\d.,])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d.,]*\d)")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]|\A\s*(?:%PDF|\{\\rtf)")
"""Signs that no text has; and how a file begins that is printed, or in rich text."""
_TEXTS = frozenset({"csv", "tsv", "txt"})
_MARKS = re.compile(r"[^a-z0-9 ]+")

Rows = Iterable[Sequence[str]]


class FileRefused(ValueError):
    """A file is not read; the message says why."""


def read_files(parts: MailParts, notes: list[str]) -> tuple[str, int]:
    """The words of all files that can be read, and how many these are.

    Parameters
    ----------
    parts
        What hangs on a message.
    notes
        Takes what became of each file; its name is not told, since it may name somebody.

    Examples
    --------
    >>> read_files(parts, notes)  # doctest: +SKIP
    ('Please send …', 1)
    """
    texts: list[str] = []
    for file in parts.files[:_MOST_FILES]:
        try:
            texts.append(_words(file, parts, notes))
        except FileRefused as fault:
            notes.append(f"an attachment ({file.called}) was not read: {fault}")
        else:
            notes.append(f"an attachment ({file.called}) was read")
    if (left := len(parts.files) - _MOST_FILES) > 0:
        notes.append(f"{count_words(left, 'more attachment')} not looked at")
    return "\n\n".join(texts), len(texts)


def _words(file: MailFile, parts: MailParts, notes: list[str]) -> str:
    if not file.reader:
        raise FileRefused("this kind of file is not read")
    content = parts.bytes_of(file, DOCUMENT_BYTES.now)
    if len(content) > DOCUMENT_BYTES.now:
        raise FileRefused(f"it is larger than {DOCUMENT_BYTES.now:,} bytes")
    text, tables = _READERS[file.reader](content, file)
    if file.ending in _TEXTS and _NO_TEXT.search(text):
        raise FileRefused(f"it is called .{file.ending} and is no text")
    if not text.strip():
        raise FileRefused("it has no words that can be read; it may be a scan")
    _refuse_patients(text, tables)
    return tamed(text, notes)


def _of_sheets(content: bytes, file: MailFile) -> tuple[str, list[list[Sequence[str]]]]:
    from remit.asks.intake.table_files import FileAccount, tables_of

    try:
        sheets = list(tables_of(Path(f"attachment.{file.ending}"), content, FileAccount()))
    except (AskError, FileError) as fault:
        raise FileRefused(str(fault).removeprefix(f"attachment.{file.ending}: ")) from None
    tables: list[list[Sequence[str]]] = [[cells for _, cells in one.rows] for one in sheets]
    return "\n".join("\t".join(row) for table in tables for row in table), tables


def _of_text(content: bytes, _: MailFile) -> tuple[str, list[list[Sequence[str]]]]:
    from remit.files.records import decoded

    return decoded(content).text, []


def _of_document(content: bytes, file: MailFile) -> tuple[str, list[list[Sequence[str]]]]:
    from remit.files.documents import DocumentError, read_document

    try:
        found = read_document(content, file.reader)
    except DocumentError as fault:
        raise FileRefused(str(fault)) from None
    return found.text, [list(table) for table in found.tables]


_READERS = {"sheet": _of_sheets, "text": _of_text, "docx": _of_document, "pdf": _of_document}


def _refuse_patients(text: str, tables: Iterable[Rows]) -> None:
    """Refuse what has columns, or numbers, of patients."""
    rows = [row for table in tables for row in islice(table, _LOOKED_AT)]
    rows += [re.split(r"\t| {2,}|[,;|:]", line) for line in text.splitlines()]
    if found := list(dict.fromkeys(_columns_of_patients(rows))):
        raise FileRefused(f"it has columns of patients ({listed(found)}); nothing of it is kept")
    numbers = {re.sub(r"\D", "", one) for one in _NHS_NUMBER.findall(text)}
    if sum(map(is_nhs_number, numbers)) >= _FEW_NUMBERS:
        raise FileRefused("it has NHS numbers of patients; nothing of it is kept")


def _columns_of_patients(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The headings of patients in rows; one by itself is one only beside others."""
    known = load_personal().patient_columns
    for row in rows:
        cells = [" ".join(_MARKS.sub(" ", cell.lower()).split()) for cell in row if cell.strip()]
        if len(cells) > 1:
            yield from (cell for cell in cells if cell in known)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits are an NHS number, by the last of them.

    >>> is_nhs_number("9434765919"), is_nhs_number("9434765910")
    (True, False)
    """
    total = sum(int(sign) * weight for sign, weight in zip(digits, range(10, 1, -1), strict=False))
    return len(digits) == 10 and (11 - total % 11) % 11 == int(digits[9])
