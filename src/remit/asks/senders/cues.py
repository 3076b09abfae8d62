"""Words and phrases of a declaration, as one pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_GAP = re.compile(r"[\s\-]+")


_WORDS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def cue_pattern(cues: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds any of the cues as whole words, the longest first.

    A space in a cue is also a hyphen, a dash or nothing but a gap in the text; ``*`` stands for
    any ending of a word; apostrophes may be straight or curly. Case does not matter.
    """
    if not cues:
        return re.compile(r"(?!)")
    parts = sorted((_one(cue) for cue in cues), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(parts)})(?![^\W_])", re.IGNORECASE)


class CueHeads:
    """Tells words with which no cue begins, so that most texts need not be searched for any.

    >>> CueHeads(("spoke to", "workforc*")).begin_any(["we", "spoke"])
    True
    """

    def __init__(self, cues: Iterable[str]) -> None:
        self._whole: set[str] = set()
        self._begun: tuple[str, ...] = ()
        for cue in cues:
            self._add(cue.lower())

    def _add(self, cue: str) -> None:
        before, star, _ = cue.partition("*")
        runs = _WORDS.findall(before)
        # What parts the words of a cue may be nothing in a text: "spoke to" is also "spoketo".
        self._whole.update("".join(runs[: count + 1]) for count in range(len(runs)))
        if star or not runs:
            self._begun = (*self._begun, "".join(runs))

    def begin(self, run: str) -> bool:
        """Whether a cue may begin with a run of letters and digits, written small."""
        return run in self._whole or run.startswith(self._begun)

    def begin_any(self, runs: Iterable[str]) -> bool:
        """Whether a cue may begin with one of these runs."""
        return any(map(self.begin, runs))


def tails_of(cues: Iterable[str]) -> frozenset[str]:
    """The runs of letters and digits with which a cue may end, written small.

    >>> sorted(tails_of(("spoke to",)))
    ['spoketo', 'to']
    """
    all_runs = (_WORDS.findall(cue.lower()) for cue in cues)
    return frozenset("".join(runs[at:]) for runs in all_runs for at in range(len(runs)))


def finds(cues: Iterable[str], text: str) -> str | None:
    """The first words in a text that one of the cues stands for, or None."""
    found = cue_pattern(tuple(cues)).search(text)
    return found.group(0) if found else None


def says(text: str, cues: Iterable[str]) -> bool:
    """Whether a text has one of some cues, as whole words."""
    words = words_of(text)
    return any(f" {cue.lower()} " in words for cue in cues)


def words_of(text: str) -> str:
    """The words of a text in small letters, with one gap before, between and behind them."""
    return f" {' '.join(runs_of(text))} "


def runs_of(text: str) -> list[str]:
    """The runs of letters and digits of a text, written small, in their order."""
    return _WORDS.findall(text.lower())


def _one(cue: str) -> str:
    words = [re.escape(word) for word in _GAP.split(cue.strip()) if word]
    pattern = r"[\s\-–—]*".join(words) if len(words) > 1 else words[0]
    return pattern.replace(r"\*", r"\w*").replace("'", "['’]?")
