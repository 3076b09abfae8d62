"""Text from outside as plain text: without the signs by which it could steer what shows it.

:func:`cleaned` is for the way in: what is kept has no control characters. :func:`shown` is for the
way to a screen: such a character is replaced by one that can be seen, so that a name that was made
to mislead looks as odd as it is.
"""

from __future__ import annotations

import re

REPLACED = "\ufffd"

_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*+[ -/]*+[@-~]"  # colours and moves of the cursor
    r"|\x1b[\]PX^_][^\x07\x1b\r\n]*+(?:\x07|\x1b\\)"  # titles and links, whose words stand outside
)
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u2028\u2029"  # separators of lines and paragraphs
    "\u202a-\u202e\u2066-\u2069"  # signs that turn the direction of what follows
    "\ufff9-\ufffb"
)
_UNSEEN = "\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\ufeff"
_NO_CHARACTER = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"

_ANY = re.compile(f"[{_CONTROL}{_UNSEEN}{_NO_CHARACTER}\u200c\u200d\U000e0000-\U000e007f]")
_GONE = re.compile(f"[{_CONTROL}{_UNSEEN}]")
_BROKEN = re.compile(f"[{_NO_CHARACTER}]")
_JOINER = re.compile("[\u200c\u200d]+")
_ACROSS = re.compile(r" *[\n\t]\s*")
_TAGGED = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)|[\U000e0000-\U000e007f]+")
_STEERING = re.compile(f"[{_CONTROL}\u200b\u2060\ufeff{_NO_CHARACTER}]")

_HARMLESS = bytes([9, 10, *range(32, 127)])


def cleaned(text: str) -> str:
    """A text without control characters, as it is kept.

    Whatever breaks a line (also vertical tab, form feed, NEL, U+2028 and U+2029) becomes a newline;
    sequences that begin with ESC, all other controls, signs that turn the direction of writing and
    unseen ones are taken out; half a surrogate pair becomes the replacement sign. Tabs stay, and so
    do joiners within scripts and emoji that need them. Cleaning twice changes nothing more.

    >>> cleaned("A&E\\x0bwaits\\x1b[31m!")
    'A&E\\nwaits!'
    """
    if (text.isascii() and text.isprintable()) or not _ANY.search(text):
        return text
    text = _BREAK.sub("\n", _SEQUENCE.sub("", text))
    text = _BROKEN.sub(REPLACED, _GONE.sub("", text))
    return _JOINER.sub(_joined, _TAGGED.sub(lambda found: found[1] or "", text))


def on_one_line(text: str) -> str:
    """A text as :func:`cleaned`, with each line break or tab as one space, and stripped.

    >>> on_one_line("May\\x0b sickness\\nrate")
    'May sickness rate'
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    return _ACROSS.sub(" ", cleaned(text)).strip()


def shown(text: str) -> str:
    """A text as a screen may show it: each sign that could steer a terminal becomes ``�``.

    Newlines and tabs stay.

    >>> shown("\\x1b[31mred")
    '�[31mred'
    """
    return _STEERING.sub(REPLACED, text)


def shown_on_one_line(text: str) -> str:
    """A name as a screen may show it: as :func:`shown`, and a newline or tab as ``�`` too.

    >>> shown_on_one_line("a\\nremit: all is well.csv")
    'a�remit: all is well.csv'
    """
    return shown(text.replace("\n", REPLACED).replace("\t", REPLACED))


def for_xml(text: str) -> str:
    """A text as XML (a document, a picture, a page) may hold it.

    A text with a sign that XML has no place for, or that could mislead a reader, is cleaned as on
    the way in; any other stays as it is.
    """
    return cleaned(text) if _STEERING.search(text) else text


def misleads(text: str) -> bool:
    """Whether a text, however long, holds a sign for which :func:`for_xml` would clean it."""
    # What most of a page consists of is passed over as bytes, which takes a tenth of the time.
    rest = text.encode("utf-8", "surrogatepass").translate(None, _HARMLESS)
    return _STEERING.search(rest.decode("utf-8", "surrogatepass")) is not None


def _joined(run: re.Match[str]) -> str:
    """One joiner where both its neighbours are beyond ASCII, as in emoji and Persian; else none."""
    text, start, end = run.string, run.start(), run.end()
    between = start > 0 and end < len(text) and text[start - 1] > "\x7f" and text[end] > "\x7f"
    return run[0][0] if between else ""
