"""How much of what strangers write is read. What is left out is told as a note, never in silence.

The bounds lie far beyond what people write: a message of 100,000 characters has 40 pages. They
are kept here and not with each reader, so that all of them cut alike.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from remit.files.reading import read_bytes
from remit.model.errors import AskError, FileError
from remit.words.sentences import count_words

MOST_TEXT = 100_000
"""Characters of one text: the body of a message, a cell, the description of a meeting."""

MOST_LINES = 3_000
"""Lines of one text."""

MOST_WORD = 1_000
"""Characters between two blanks; what is longer is no word but data, a key or an attack."""

MOST_MARKED = 2_000_000
"""Bytes of one part of a message as it was sent; marks of HTML take most of them."""

MOST_MESSAGE = 50_000_000
"""Bytes of one message in which its parts are looked for."""

MOST_HEADER = 10_000
"""Bytes of one header of a message; addresses may take up more."""

MOST_ADDRESSES = 300_000
"""Bytes of a header of addresses."""

MOST_HEADERS = 1_000
"""Headers of a message, or of one of its parts."""

MOST_PARTS = 1_000
"""Parts of a message."""

DEEPEST_PART = 20
"""How deep parts may lie within parts."""

_KEPT_OF_A_WORD = 100
_LONG_WORD = re.compile(rf"\S{{{MOST_WORD + 1},}}")
_BLANKS = re.compile(r"[^\S\n]{50,}")
_EMPTY_LINES = re.compile(r"\n{20,}")


def content_of(path: Path) -> bytes:
    """The bytes of a regular file of bounded size.

    Raises
    ------
    AskError
        If it is a folder, a pipe or a device, may not be read, or is larger than can be held.
    """
    try:
        return read_bytes(path)
    except FileError as fault:
        said = str(fault).removeprefix(f"{path}: ")
        raise AskError(f"{path}: the file cannot be read: {said}") from None


def tamed(text: str, notes: list[str] | None = None) -> str:
    """A text of bounded length, lines and words, with each cut named in ``notes``."""
    told = [] if notes is None else notes
    bare = _EMPTY_LINES.sub("\n\n", _BLANKS.sub(" ", text))
    text = _LONG_WORD.sub(lambda found: f"{found[0][:_KEPT_OF_A_WORD]}…", bare)
    if text != bare:
        told.append(f"a word of more than {MOST_WORD:,} characters is shortened")
    if len(text) > MOST_TEXT:
        told.append(f"the text is cut at {MOST_TEXT:,} characters")
        text = text[:MOST_TEXT]
    if text.count("\n") >= MOST_LINES:
        told.append(f"the text is cut at {MOST_LINES:,} lines")
        text = "\n".join(text.split("\n", MOST_LINES)[:MOST_LINES])
    return text


class Notes:
    """Notes on many messages or rows: each kind is told once, with its first place and a count."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._counts: Counter[str] = Counter()

    def add(self, line: int, notes: list[str]) -> None:
        """Note what was left out of the message or row that begins on a line."""
        for note in dict.fromkeys(notes):
            self._first.setdefault(note, line)
            self._counts[note] += 1

    def lines(self, what: str) -> list[str]:
        """``line 7: the text is cut (and 2 more messages)``; ``what`` is the word for one."""
        told = []
        for note, line in self._first.items():
            more = self._counts[note] - 1
            beside = f" (and {count_words(more, f'more {what}')})" if more else ""
            told.append(f"line {line}: {note}{beside}")
        return told
