"""Messages as mail programs write them: single ones and mailboxes, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from remit.asks.intake.bounds import MOST_MESSAGE, tamed
from remit.asks.intake.html_text import plain_of
from remit.asks.intake.mail_headers import Address, addresses, header
from remit.asks.intake.mail_parts import MailParts
from remit.asks.intake.mime import Mime

RawMessage = tuple[int, bytes, bytes]
"""The line at which a message begins, the line of the mailbox before it, and the message."""

_SEPARATOR = b"From "
_QUOTED_SEPARATOR = re.compile(rb"^>(?=>*From )", re.MULTILINE)
# A separator ends in a day and a time as the C library writes them; Thunderbird's do too.
_DATED = re.compile(rb"\d{1,2}:\d{2}(?::\d{2})?\b.{0,30}\b\d{4}(?: [+-]\d{4})?\s*$")
_BARE = re.compile(rb"From \S+\s*$")
_A_HEADER = re.compile(rb"[A-Za-z][A-Za-z-]{0,60}:")
_LONGEST_SEPARATOR = 500
_LOOKED_BACK = 200


class NoMessage(ValueError):
    """These bytes are no message."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A message: its headers, its words, and what was left out of it."""

    headers: Message
    text: str
    """The words: the plain part, or else the HTML part without its marks."""
    whole: str
    """The same with what HTML quotes; in plain text quotations stand in both."""
    attachments: int
    """How many files hang on it."""
    parts: MailParts
    """What hangs on it: messages, invitations, files, and what cannot be read."""
    envelope: str
    """The line before it in its mailbox, which says when it came; blank where there is none."""
    notes: tuple[str, ...]

    def header(self, name: str) -> str:
        """A header in one line, decoded; empty where it is missing."""
        return header(self.headers, name)

    def addresses(self, name: str) -> list[Address]:
        """The names and addresses in a header."""
        return addresses(self.headers, name)


def raw_messages(path: Path, content: bytes) -> Iterator[RawMessage]:
    """The messages of an ``.eml`` file or of an ``.mbox`` mailbox."""
    if path.suffix.lower() == ".eml" or not content.startswith(_SEPARATOR):
        yield 1, b"", content
        return
    line, counted = 1, 0
    starts = list(_separators(content))
    for start, stop in zip(starts, [*starts[1:], len(content)], strict=True):
        line += content.count(b"\n", counted, start) or content.count(b"\r", counted, start)
        counted = start
        begins = _line_end(content, start, stop) + 1
        if begins < stop:
            yield line, content[start:begins], _QUOTED_SEPARATOR.sub(b"", content[begins:stop])


def parse(raw: bytes, envelope: bytes = b"") -> Mail:
    """A message with its headers and words decoded.

    Parameters
    ----------
    raw
        The message.
    envelope
        The line before it in its mailbox.

    Raises
    ------
    NoMessage
        If it has neither a sender, a subject nor a date.
    """
    notes: list[str] = []
    if len(raw) > MOST_MESSAGE:
        notes.append(f"the message is read up to {MOST_MESSAGE:,} bytes")
    bare = raw[:MOST_MESSAGE].lstrip(b"\r\n")
    if b"\r" in bare:
        bare = bare.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if bare.startswith((_SEPARATOR, b">From ")):
        envelope, _, bare = bare.partition(b"\n")
    mime = Mime(bare)
    headers = mime.root.headers
    if not any(headers.get(name) for name in ("From", "Subject", "Date")):
        raise NoMessage("this is no message: it has neither sender, subject nor date")
    text, whole = (tamed(words, notes) for words in _words(mime))
    return Mail(
        headers,
        text,
        whole,
        mime.attachments(),
        MailParts(mime),
        envelope[:_LONGEST_SEPARATOR].decode("latin-1"),
        tuple(dict.fromkeys([*mime.notes, *notes])),
    )


def _words(mime: Mime) -> tuple[str, str]:
    """The words of a message without and with what its HTML quotes."""
    for part in mime.bodies():
        words = mime.words(part)
        if part.kind != "text/html":
            if words.strip():
                return words, words
            continue
        return plain_of(words), plain_of(words, quotes=True)
    return "", ""


def _separators(content: bytes) -> Iterator[int]:
    """Where the separating lines of a mailbox begin.

    Each stands below a blank line. Where the first one ends in a day and a time all do, or name a
    sender and nothing else, so that no line of a text that begins with "From" is taken for one.
    """
    yield 0
    dated = _DATED.search(content, 0, _line_end(content, 0, len(content))) is not None
    place = content.find(_SEPARATOR, 1)
    while place > 0:
        if _below_a_blank_line(content, place) and _separates(content, place, dated=dated):
            yield place
        place = content.find(_SEPARATOR, place + 1)


def _separates(content: bytes, place: int, *, dated: bool) -> bool:
    end = _line_end(content, place, min(len(content), place + _LONGEST_SEPARATOR))
    if dated:
        return any(form.search(content, place, end) for form in (_DATED, _BARE))
    return _A_HEADER.match(content, end + 1) is not None


def _below_a_blank_line(content: bytes, place: int) -> bool:
    """Whether a place begins a line, and the line above it holds nothing but blanks."""
    above = content[max(0, place - _LOOKED_BACK) : place]
    blank = above[len(above.rstrip()) :].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return blank.endswith(b"\n") and blank.count(b"\n") > 1


def _line_end(content: bytes, start: int, stop: int) -> int:
    """Where the line that begins at a place ends, or ``stop``; a lone CR ends one too."""
    found = content.find(b"\n", start, stop)
    found = stop if found < 0 else found
    alone = content.find(b"\r", start, found)
    return alone if 0 <= alone < found - 1 else found
