"""What a row, a message or an event becomes before it enters the register."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from remit.model.ask import Ask
from remit.model.observation import Rejection
from remit.model.plain_text import cleaned, on_one_line, shown_on_one_line

_LINES = (
    *("ask_id", "from_body", "from_team", "to_org_code", "to_org_name"),
    *("channel", "title", "frequency", "thread", "passed_on_by", "due_said"),
)
_TEXTS = ("text", "original")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Ask):
    """An ask as it was read, with the key by which it is known again.

    Its ``ask_id`` is blank where one is to be made up.
    """

    key: str
    place: int
    """The line, or the message's first line, in its file."""
    thread: str | None = None
    follow_up: bool = False
    answers: bool = False
    """Whether it is an answer in its thread, which an earlier file may have begun."""
    attachments: int = 0
    removed: int = 0
    """How many pieces of personal data were taken out."""
    passed_on_by: str | None = None
    due_said: str | None = None
    """The words of a day due that fix none."""
    original: str | None = None
    """The text as it came, only where the user wishes it kept."""

    def __post_init__(self) -> None:
        """Whatever way an ask comes in, its texts are kept without control characters."""
        for name in _LINES:
            self._keep(name, on_one_line)
        for name in _TEXTS:
            self._keep(name, cleaned)

    def _keep(self, name: str, clean: Callable[[str], str]) -> None:
        text = getattr(self, name)
        if text and (kept := clean(text)) is not text:
            object.__setattr__(self, name, kept)


@dataclass(slots=True)
class FileRead:
    """What a file holds: candidates and rejections, which together are all its rows."""

    file_name: str
    sha256: str
    kind: str
    candidates: list[Candidate] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    mappings: dict[str, dict[str, str]] = field(default_factory=dict)
    """A header's fingerprint → heading → column, as they are remembered."""
    rejected_keys: dict[tuple[str, int], str] = field(default_factory=dict)
    """Where a rejected row stands (the file, with its sheet, and the line) → by what it would be
    known again, where that can be told."""
    unread: int = 0
    """Cells of rows that were taken which could not be read; the notes name them."""
    attachments_read: int = 0
    """Files that hang on messages and were read; the others are counted."""
    aside: int = 0
    """Events and invitations that are no asks; those that take place are kept as meetings."""
    invitations: list[tuple[int, date | None, bytes]] = field(default_factory=list)
    """Invitations in messages: the message's line and day, and the calendar in it."""
    to_org: str = ""
    """Whose mailbox or calendar it is."""

    def __post_init__(self) -> None:
        """A file's name is kept as it may be shown."""
        self.file_name = shown_on_one_line(self.file_name)

    @property
    def rows_read(self) -> int:
        """All rows, messages or events."""
        return len(self.candidates) + len(self.rejections) + self.aside


def reject(file: str, line: int, column: str, value: str, reason: str) -> Rejection:
    """A rejection whose value is shortened, since it is printed."""
    return Rejection(
        file=file,
        line=line,
        column=column,
        value=shown_on_one_line(value[:80]),
        reason=shown_on_one_line(reason),
    )


def words_in(text: str) -> Iterator[str]:
    """The words of a text in small letters, as keys are made of them."""
    yield from re.findall(r"\w+", text.lower())
