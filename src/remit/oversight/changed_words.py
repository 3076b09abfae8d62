"""Which words changed between two versions of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words that stayed, went or came."""

    kind: Literal["kept", "gone", "new"]
    text: str


def changed_words(before: str, after: str) -> tuple[WordRun, ...]:
    """The words of two versions in one line of runs.

    What stayed and went together is the text before, what stayed and came together that after, to
    the character.

    Parameters
    ----------
    before, after
        The two texts.

    Examples
    --------
    >>> [(run.kind, run.text) for run in changed_words("by March", "by June")]
    [('kept', 'by '), ('gone', 'March'), ('new', 'June')]
    """
    return tuple(_runs(_WORD.findall(before), _WORD.findall(after)))


def _runs(old: list[str], new: list[str]) -> Iterator[WordRun]:
    for tag, start, end, begin, stop in SequenceMatcher(None, old, new, False).get_opcodes():
        if tag == "equal":
            yield WordRun("kept", "".join(old[start:end]))
            continue
        if start < end:
            yield WordRun("gone", "".join(old[start:end]))
        if begin < stop:
            yield WordRun("new", "".join(new[begin:stop]))
