"""Text is parted into sentences, and sentences into the parts that a semicolon joins."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_TAKEN_OUT = r"(?!(?:name|number|address|link|date|organisation|place|post)\])"
"""What stands for personal data that were taken out: ``[name]`` is no finding."""
MARK = re.compile(rf"\s*\[{_TAKEN_OUT}\s*{_NAME}(?:\s*[,;]\s*{_NAME})*\s*\]")
"""Findings in square brackets: ``[F1]``, ``[F1, F2]``."""

_STOP = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?\s*(?:\[|[A-Z0-9£]))")
_SHORTENED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|vs|approx|no|nos|para|paras|p|pp|s|ss|st|dr|mr|mrs|ms|prof|rev|sir"
    r"|fig|vol|ref|dept|incl|excl|est|hon|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
    r"|\b[A-Z])\.$",
    re.IGNORECASE,
)
_ENDS_ANYWAY = re.compile(r"\b(?:etc|no)\.$", re.IGNORECASE)
_QUOTED = re.compile(r"\([^()]*\)|“[^”]*”|\"[^\"]*\"|\[[^\]]*\]")
_LEAST_WORDS = 1


def sentences_of(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text, each with the place where it begins.

    >>> [one for _, one in sentences_of("It grew by 2.5%, e.g. in St. Ives. Costs fell.")]
    ['It grew by 2.5%, e.g. in St. Ives.', 'Costs fell.']
    """
    start = 0
    for found in _STOP.finditer(text):
        before = text[start : found.start()]
        shortened = _SHORTENED.search(before.rstrip("\"'”’)]"))
        if shortened and not _ENDS_ANYWAY.search(before):
            continue
        yield start, text[start : found.end()].strip()
        start = found.end()
    if text[start:].strip():
        yield start, text[start:].strip()


def parts_of(sentence: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The parts of a sentence that semicolons join, each with the findings that it names.

    After a colon the parts are the items of one list, which the findings of the sentence bear out
    together; but where each names its own they are parts of their own.

    >>> list(parts_of("It led well [F1]; costs fell."))
    [('It led well', ('F1',)), ('costs fell.', ())]
    >>> list(parts_of("Three things: access; cost; care [F1]."))
    [('Three things: access; cost; care.', ('F1',))]
    """
    pieces = pieces_of(sentence)
    listed = ":" in _QUOTED.sub("", pieces[0])
    if len(pieces) == 1 or (listed and not all(map(MARK.search, pieces))):
        yield without_marks(sentence), marks_in(sentence)
        return
    for piece in pieces:
        yield without_marks(piece), marks_in(piece)


def pieces_of(sentence: str) -> list[str]:
    """The text between semicolons that stand in no brackets or quotation marks."""
    hidden = _QUOTED.sub(lambda m: m.group().replace(";", "\0"), sentence)
    pieces = [piece.replace("\0", ";").strip() for piece in hidden.split(";")]
    whole: list[str] = []
    for piece in pieces:
        bare = without_marks(piece)
        # A mark after the semicolon is of what stands before it.
        if whole and not bare.strip(" .,") and piece:
            whole[-1] = f"{whole[-1]} {piece}"
        elif piece:
            whole.append(piece)
    return whole or [sentence]


def marks_in(text: str) -> tuple[str, ...]:
    """The findings that a text names.

    >>> marks_in("It led well [F1, F2][F3].")
    ('F1', 'F2', 'F3')
    """
    inside = (one.group().strip(" \n[]") for one in MARK.finditer(text))
    names = (name for one in inside for name in re.split(r"[,;\s]+", one))
    return tuple(dict.fromkeys(filter(None, names)))


def without_marks(text: str) -> str:
    """A text without the findings that it names."""
    return re.sub(r"\s+([.,;:!?])", r"\1", " ".join(MARK.sub("", text).split()))
