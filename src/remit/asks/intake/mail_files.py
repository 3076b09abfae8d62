"""Messages as mail programs write them: single ones and mailboxes, each with its line."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from pathlib import Path

RawMessage = tuple[int, bytes]
"""The line at which a message begins, and the message."""

_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr|/h[1-6])\s*/?>", re.IGNORECASE)
_HIDDEN = re.compile(r"<\s*(style|script|head|title)\b.*?<\s*/\s*\1\s*>", re.IGNORECASE | re.S)
_QUOTE = re.compile(r"<\s*blockquote\b.*?<\s*/\s*blockquote\s*>", re.IGNORECASE | re.S)
_QUOTED_DIV = re.compile(
    r"<\s*div[^>]*(?:gmail_quote|divRplyFwdMsg|yahoo_quoted|moz-cite-prefix)[^>]*>.*",
    re.IGNORECASE | re.S,
)


def raw_messages(path: Path, content: bytes) -> Iterator[RawMessage]:
    """The messages of an ``.eml`` file or of an ``.mbox`` mailbox."""
    if path.suffix.lower() == ".eml" or not content.startswith(b"From "):
        yield 1, content
        return
    held: list[bytes] = []
    start, blank = 1, True
    for number, line in enumerate(content.splitlines(keepends=True), start=1):
        if blank and line.startswith(b"From "):
            if held:
                yield start, b"".join(held)
            start, held = number, []
        else:
            held.append(line[1:] if re.match(rb">+From ", line) else line)
        blank = not line.strip()
    if held:
        yield start, b"".join(held)


def parse(raw: bytes) -> EmailMessage:
    """A message with its headers decoded.

    Raises
    ------
    ValueError
        If it has neither a sender, a subject nor a date, so that it is no message.
    """
    message = BytesParser(policy=policy.default).parsebytes(raw.lstrip(b"\r\n"))
    if not any(message.get(name) for name in ("From", "Subject", "Date")):
        raise ValueError("this is no message: it has neither sender, subject nor date")
    return message


def body_text(message: EmailMessage) -> str:
    """The words of a message: its plain part, or else its HTML part without the marks."""
    try:
        part = message.get_body(preferencelist=("plain", "html"))
    except (KeyError, AttributeError):
        part = None
    if part is None:
        return ""
    text = _content(part)
    return plain_of(text) if part.get_content_subtype() == "html" else text


def attachment_count(message: EmailMessage) -> int:
    """How many files hang on a message; they are counted, not read."""
    try:
        return sum(1 for _ in message.iter_attachments())
    except (AttributeError, KeyError, TypeError):
        return 0


def header(message: Message, name: str) -> str:
    """A header in one line; empty where it is missing or beyond reading."""
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, IndexError, TypeError, AttributeError):
        return ""


def plain_of(text: str) -> str:
    """HTML as plain lines, without what it quotes."""
    bare = _HIDDEN.sub(" ", _QUOTED_DIV.sub(" ", _QUOTE.sub(" ", text)))
    lines = html.unescape(_TAG.sub(" ", _BREAK.sub("\n", re.sub(r"\s*\n\s*", " ", bare))))
    return "\n".join(" ".join(line.split()) for line in lines.splitlines()).strip()


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    for charset in (part.get_content_charset(), "utf-8", "cp1252"):
        try:
            return raw.decode(charset or "utf-8").replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("latin-1")
