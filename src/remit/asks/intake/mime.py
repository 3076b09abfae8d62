"""The parts of a message: where its words stand, and how many files hang on it.

Parts are kept as places within the message and never copied. How deep and how many they may be
is bounded, and messages within messages are counted and not read, so that the time that a message
takes grows with its length alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesHeaderParser

from remit.asks.intake.bounds import (
    DEEPEST_PART,
    MOST_ADDRESSES,
    MOST_HEADER,
    MOST_HEADERS,
    MOST_MARKED,
    MOST_PARTS,
)
from remit.asks.intake.mail_headers import decoded_words, text_of

_NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_OF_ADDRESSES = frozenset({b"from", b"to", b"cc", b"bcc", b"reply-to", b"sender"})
_LONGEST_BOUNDARY = 500
_LONGEST_LINE_END = 1_000
_LONGEST_NAME = 300
_BODIES = frozenset({"text/plain", "text/html", "multipart/related", "multipart/alternative"})
SIGNATURES = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
"""What signs a message, and is no file."""
_ENCODED = frozenset({"base64", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue"})
_PLAIN = frozenset({"", "7bit", "8bit", "binary"})
_MISTAKES = (ValueError, LookupError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class MimePart:
    """A message or one of its parts: its headers, and from where to where its content runs."""

    headers: Message
    start: int
    end: int

    @property
    def kind(self) -> str:
        """Such as ``text/plain``."""
        return self.headers.get_content_type()

    @property
    def is_attachment(self) -> bool:
        """Whether it says that it is a file."""
        said = str(self.headers.get("Content-Disposition") or "")
        return said.partition(";")[0].strip().lower() == "attachment"

    @property
    def file_name(self) -> str:
        """What it calls itself as a file; empty where it has no name."""
        return decoded_words(_said(self.headers.get_filename)[:_LONGEST_NAME])

    def parameter(self, name: str) -> str:
        """A parameter of its kind, such as the ``method`` of an invitation, in small letters."""
        return _said(lambda: self.headers.get_param(name)).lower()


@dataclass(slots=True)
class Mime:
    """A message as bytes whose lines end in LF, and what was left out when it was read."""

    raw: bytes
    notes: list[str] = field(default_factory=list)
    root: MimePart = field(init=False)
    _parts: int = field(init=False)

    def __post_init__(self) -> None:
        self._parts = 0
        self.root = self._part(0, len(self.raw), MOST_HEADER)

    def bodies(self) -> list[MimePart]:
        """The parts that may hold the words of the message: the first plain text, then HTML."""
        found: dict[bool, MimePart] = {}
        self._parts = 0
        for part in self._bodies():
            found.setdefault(part.kind == "text/html", part)
        return [found[is_html] for is_html in sorted(found)]

    def words(self, part: MimePart) -> str:
        """The text of a part, decoded."""
        raw = self.content(part, MOST_MARKED)
        return text_of(raw, _said(part.headers.get_content_charset))

    def content(self, part: MimePart, most: int) -> bytes:
        """What a part holds, unpacked from the way in which it was sent, up to a length."""
        raw = self.raw[part.start : min(part.end, part.start + most)]
        if part.end - part.start > most:
            self._note(f"a part is read up to {most:,} bytes")
        coding = str(part.headers.get("Content-Transfer-Encoding") or "").strip().lower()
        if coding in _ENCODED:
            part.headers.set_payload(raw.decode("ascii", "surrogateescape"))
            found = part.headers.get_payload(decode=True)
            raw = found if isinstance(found, bytes) else raw
        elif coding not in _PLAIN:
            self._note("the text is packed in a way that is not known, and read as it is")
        return raw

    def leaves(self) -> Iterator[MimePart]:
        """All parts that hold no others, in their order; a message within this one is a leaf."""
        self._parts = 0
        waiting = [(self.root, 0)]
        while waiting:
            part, depth = waiting.pop()
            if not part.kind.startswith("multipart/"):
                yield part
            elif depth < DEEPEST_PART:
                waiting += [(one, depth + 1) for one in reversed(list(self._within(part)))]

    def attachments(self) -> int:
        """How many files hang on it; they are counted, not read."""
        if not self.root.kind.startswith("multipart/") or self.root.kind == "multipart/alternative":
            return 0
        self._parts = 0
        parts = list(self._within(self.root))
        if self.root.kind == "multipart/related":
            return max(len(parts) - 1, 0)
        seen: set[str] = set()
        count = 0
        for part in parts:
            is_body = part.kind in _BODIES and not part.is_attachment and part.kind not in seen
            seen.add(part.kind if is_body else "")
            count += not is_body and part.kind not in SIGNATURES
        return count

    def _bodies(self) -> Iterator[MimePart]:
        """Parts that can hold the words, in their order."""
        waiting = [(self.root, 0)]
        while waiting:
            part, depth = waiting.pop()
            if part.is_attachment:
                continue
            if not part.kind.startswith("multipart/"):
                if part.kind in _BODIES:
                    yield part
                continue
            if depth == DEEPEST_PART:
                self.notes.append(f"parts within parts are read {DEEPEST_PART} deep")
                continue
            parts = self._readable(part)
            waiting += [(one, depth + 1) for one in reversed(parts)]

    def _readable(self, part: MimePart) -> list[MimePart]:
        """The parts within a part that may hold words; without any it is read as one text."""
        parts = list(self._within(part))
        if not parts:
            self.notes.append("its parts cannot be told apart, and are read as one text")
            return [MimePart(Message(), part.start, part.end)]
        if part.kind != "multipart/related":
            return parts
        start = _said(lambda: part.headers.get_param("start"))
        named = [one for one in parts if start and str(one.headers.get("Content-ID")) == start]
        return (named or parts)[:1]

    def _within(self, part: MimePart) -> Iterator[MimePart]:
        """The parts between the lines of a boundary; what comes before and after is no part."""
        boundary = _said(part.headers.get_boundary)
        if not boundary or len(boundary) > _LONGEST_BOUNDARY:
            return
        begins: int | None = None
        for stop, following, closes in self._lines_of(boundary, part):
            if begins is not None:
                yield self._part(begins, stop)
            begins = None if closes else following
            if closes:
                return
        if begins is not None:
            yield self._part(begins, part.end)

    def _lines_of(self, boundary: str, part: MimePart) -> Iterator[tuple[int, int, bool]]:
        """For each line of a boundary: where it begins and ends, and whether it is the last."""
        mark = b"--" + boundary.encode("ascii", "surrogateescape")
        place = part.start
        while True:
            at = self.raw.find(mark, place, part.end)
            if at < 0:
                return
            self._parts += 1
            if self._parts > MOST_PARTS:
                self._note(f"only {MOST_PARTS:,} parts are looked at")
                return
            place = at + len(mark)
            begins_line = at == part.start or self.raw[at - 1 : at] == b"\n"
            end = self.raw.find(b"\n", place, min(part.end, place + _LONGEST_LINE_END))
            end = part.end if end < 0 else end
            rest = self.raw[place : min(end, place + _LONGEST_LINE_END)].strip()
            if begins_line and rest in {b"", b"--"}:
                yield max(at - 1, part.start), min(end + 1, part.end), rest == b"--"

    def _part(self, start: int, end: int, longest: int = MOST_HEADER // 5) -> MimePart:
        """What stands between two places, its headers read up to a length each."""
        lines, begins = self._headers(start, end, longest)
        headers = BytesHeaderParser().parsebytes(b"\n".join(lines) + b"\n\n")
        return MimePart(headers, min(begins, end), end)

    def _headers(self, start: int, end: int, longest: int) -> tuple[list[bytes], int]:
        """The lines of the headers, each cut at its length, and where the content begins."""
        lines: list[bytes] = []
        room, count = 0, 0
        while start < end:
            stop = self.raw.find(b"\n", start, end)
            stop = end if stop < 0 else stop
            if stop == start or not self.raw[start:stop].strip():
                return lines, stop + 1
            name = _NAME.match(self.raw, start, stop)
            if self.raw[start : start + 1] not in {b" ", b"\t"}:
                if name is None:
                    return lines, start
                count += 1
                room = MOST_ADDRESSES if name[1].lower() in _OF_ADDRESSES else longest
            if count > MOST_HEADERS:
                self._note(f"only {MOST_HEADERS:,} headers are looked at")
            elif room > 0:
                lines.append(self.raw[start : min(stop, start + room)])
                room -= stop - start
                if room < 0:
                    self._note("a header is cut, for it is too long")
            start = stop + 1
        return lines, end

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


def _said(read: Callable[[], object]) -> str:
    """A parameter of a header; empty where it is missing or beyond reading."""
    try:
        return str(read() or "")
    except _MISTAKES:
        return ""
