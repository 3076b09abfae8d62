"""Words and phrases of a declaration, as one pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
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


class CueFinder:
    """Finds the cues of several lists in one reading of a text.

    A list is looked at only where a word stands with which one of its cues may begin, so that a
    text is not searched for each.

    Parameters
    ----------
    named
        The cues of each list; each begins with a letter or a digit.

    Examples
    --------
    >>> finder = CueFinder({"plan": ("plan", "bid*"), "number": ("how many",)})
    >>> finder.found("How many bids? How many plans?")
    {'number': {'how many'}, 'plan': {'bids'}}
    """

    def __init__(self, named: Mapping[str, tuple[str, ...]]) -> None:
        self._lists = [
            (name, cue_pattern(cues), CueHeads(cues)) for name, cues in named.items() if cues
        ]
        self._begun = _Begun([heads for _, _, heads in self._lists])

    def found(self, text: str) -> dict[str, set[str]]:
        """The different cues of each list that stand in a text, written small."""
        ends = [0] * len(self._lists)
        found: dict[str, set[str]] = {}
        begun = self._begun
        for start, word in _placed_words(text):
            for at in begun[word]:
                name, pattern, _ = self._lists[at]
                if start >= ends[at] and (cue := pattern.match(text, start)):
                    ends[at] = cue.end()
                    found.setdefault(name, set()).add(cue.group().lower())
        return found


class _Begun(dict[str, tuple[int, ...]]):
    """For each word that was met the lists of which a cue may begin with it."""

    def __init__(self, lists: Sequence[CueHeads]) -> None:
        super().__init__()
        self._lists = lists

    def __missing__(self, word: str) -> tuple[int, ...]:
        if len(self) >= _MOST_WORDS:
            self.clear()
        run = word.lower()
        found = self[word] = tuple(at for at, one in enumerate(self._lists) if one.begin(run))
        return found


_MOST_WORDS = 50_000


@lru_cache(maxsize=16)
def _placed_words(text: str) -> list[tuple[int, str]]:
    """The words of a text with their places: several finders read it one after the other."""
    return [(word.start(), word[0]) for word in _WORDS.finditer(text)]


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
