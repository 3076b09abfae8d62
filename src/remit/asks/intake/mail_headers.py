"""Headers of messages in plain words: encoded words, raw bytes, and addresses.

The standard library's readers of these are not used here: on a header that somebody has made on
purpose they take time with the square of its length, or call themselves until the stack ends.
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator
from email.message import Message
from email.utils import getaddresses

from remit.asks.intake.bounds import MOST_HEADER

Address = tuple[str, str]
"""The display name, decoded, and the address in small letters."""

_MOST_ADDRESSES = 5_000
_LONGEST_ADDRESS = 1_000
_DEEPEST_COMMENT = 20
_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_CHARSET = re.compile(r"[A-Za-z0-9._:+-]{1,40}$")
_UNFIT = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
"""Python's own encodings that no message is written in; some take long on purpose-made bytes."""
_APART = re.compile(r"[\s<>(),;:\"\[\]]+")


def header(message: Message, name: str) -> str:
    """A header in one line, decoded; empty where it is missing."""
    return " ".join(decoded_words(written(message, name)[:MOST_HEADER]).split())


def addresses(message: Message, name: str, notes: list[str] | None = None) -> list[Address]:
    """The display names and addresses of a header such as To, in its order."""
    found: list[Address] = []
    for piece in _pieces(written(message, name)):
        if len(found) == _MOST_ADDRESSES:
            if notes is not None:
                notes.append(f"only {_MOST_ADDRESSES:,} addresses of {name} are looked at")
            break
        found += _parsed(piece[:_LONGEST_ADDRESS])
    return found


def written(message: Message, name: str) -> str:
    """A header as it was written, its raw bytes as letters; empty where it is missing."""
    wanted = name.lower()
    value = next((v for n, v in message.raw_items() if n.lower() == wanted), "")
    return text_of(str(value).encode("ascii", "surrogateescape"), None)


def decoded_words(text: str) -> str:
    """A header's text with its encoded words (RFC 2047) in plain letters."""
    if "=?" not in text:
        return text
    parts: list[str] = []
    held, charset, end = b"", "", 0
    for word in _ENCODED.finditer(text):
        between = text[end : word.start()]
        name = word[1].partition("*")[0].lower()
        # Blanks between two encoded words are no blanks; a letter may be split between the two.
        if held and (between.strip() or name != charset):
            parts.append(text_of(held, charset))
            held = b""
        if between.strip() or not end:
            parts.append(between)
        held, charset, end = held + _bytes_of(word[2], word[3]), name, word.end()
    return "".join((*parts, text_of(held, charset) if held else "", text[end:]))


def text_of(raw: bytes, charset: str | None) -> str:
    """Bytes as letters: in the stated encoding, else UTF-8, else Windows' code page 1252."""
    for name in (_known(charset), "utf-8", "cp1252"):
        if name is not None:
            try:
                return raw.decode(name)
            except (LookupError, UnicodeError, ValueError):
                continue
    return raw.decode("latin-1")


def _known(charset: str | None) -> str | None:
    """An encoding that messages are written in, by Python's name for it."""
    if not charset or not _CHARSET.match(charset):
        return None
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None
    return None if name.replace("-", "_") in _UNFIT else name


def _bytes_of(kind: str, said: str) -> bytes:
    raw = said.encode("utf-8", "surrogateescape")
    if kind in "qQ":
        return binascii.a2b_qp(raw, header=True)
    bare = _NO_BASE64.sub(b"", raw)
    bare = bare[:-1] if len(bare) % 4 == 1 else bare
    return binascii.a2b_base64(bare + b"=" * (-len(bare) % 4))


def _pieces(text: str) -> Iterator[str]:
    """A list of addresses at its commas and semicolons, those in quotes and brackets left out."""
    begins, depth, quoted, escaped = 0, 0, False, False
    for place, sign in enumerate(text):
        if escaped:
            escaped = False
        elif sign == "\\":
            escaped = True
        elif sign == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif sign in "()":
            depth = max(depth + (1 if sign == "(" else -1), 0)
        elif sign in ",;" and not depth:
            yield text[begins:place]
            begins = place + 1
    yield text[begins:]


def _parsed(piece: str) -> list[Address]:
    if not piece.strip():
        return []
    if piece.count("(") <= _DEEPEST_COMMENT and piece.count(":") <= _DEEPEST_COMMENT:
        found = getaddresses([piece])
    else:
        found = [("", next((word for word in _APART.split(piece) if "@" in word), ""))]
    return [
        (" ".join(decoded_words(name).split()), address.lower())
        for name, address in found
        if name or address
    ]
