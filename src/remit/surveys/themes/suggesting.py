"""Themes that the words of a comment suggest, each with the words and the cue that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remit.model.codebook import Codebook
from remit.surveys.themes.cues import Cue, Sentence, parse_cue, sentences_of, stems_of

_HINTS_NEEDED = 2
_SHOWN = 60
"""So much of a long cue is shown."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What in a comment suggests a theme: the words as matched, and the cue of the codebook."""

    words: str
    cue: str
    is_sure: bool

    @property
    def cue_shown(self) -> str:
        """The cue, or its beginning where it is a long list of words."""
        return self.cue if len(self.cue) <= _SHOWN else f"{self.cue[:_SHOWN]}…"


@dataclass(frozen=True, slots=True)
class Suggested:
    """A theme that is suggested, and why."""

    theme: str
    reasons: tuple[Reason, ...]

    @property
    def says(self) -> str:
        """The words that suggest it: ``burden: “the paperwork” (paperwork)``."""
        said = [f"“{one.words}” ({one.cue_shown})" for one in self.reasons]
        return f"{self.theme}: {', '.join(said)}"


class Assistant:
    """Suggests themes by the cues of a codebook; the same text has the same themes always.

    Parameters
    ----------
    codebook
        The themes with their cues.

    Examples
    --------
    >>> from remit.surveys.themes.loading import load_codebook
    >>> assistant = Assistant(load_codebook("oversight"))
    >>> [one.theme for one in assistant.suggest("The paperwork never ends.")]
    ['burden']
    >>> assistant.suggest("Nothing to add.")
    []
    """

    def __init__(self, codebook: Codebook) -> None:
        self._order = [one.id for one in codebook.themes]
        self._cues: list[tuple[str, str, Cue]] = []
        self._index: dict[str, list[int]] = {}
        for theme in codebook.themes:
            for kind, cues in (("sure", theme.sure), ("hint", theme.hints), ("not", theme.unless)):
                for said in cues:
                    self._add(theme.id, kind, parse_cue(said, codebook.sets))

    def _add(self, theme: str, kind: str, cue: Cue) -> None:
        self._cues.append((theme, kind, cue))
        for key in set(cue.runs[0][1][0].keys()):
            self._index.setdefault(key, []).append(len(self._cues) - 1)

    def suggest(self, text: str) -> list[Suggested]:
        """The themes of a comment, those with most behind them first."""
        return [one for one in self._any(text) if self._weight(one) >= _HINTS_NEEDED]

    def perhaps(self, text: str) -> list[Suggested]:
        """Themes of which one hint tells where nothing is suggested: for a person, not a count."""
        found = self._any(text)
        return [] if any(self._weight(one) >= _HINTS_NEEDED for one in found) else found

    def any_hint(self, text: str) -> list[Suggested]:
        """All themes of which at least one hint tells, those with most behind them first."""
        return self._any(text)

    def _any(self, text: str) -> list[Suggested]:
        reasons: dict[str, dict[str, Reason]] = {}
        for sentence in sentences_of(text):
            for theme, reason in self._reasons(sentence):
                reasons.setdefault(theme, {}).setdefault(reason.cue, reason)
        found = [Suggested(theme, tuple(some.values())) for theme, some in reasons.items()]
        return sorted(found, key=lambda one: (-self._weight(one), self._order.index(one.theme)))

    @staticmethod
    def _weight(one: Suggested) -> int:
        return sum(_HINTS_NEEDED if reason.is_sure else 1 for reason in one.reasons)

    def _reasons(self, sentence: Sentence) -> Iterator[tuple[str, Reason]]:
        found: list[tuple[str, Reason]] = []
        out: set[str] = set()
        taken: set[tuple[str, int]] = set()
        for number in self._tried(sentence):
            theme, kind, cue = self._cues[number]
            span = cue.found(sentence)
            if span is None:
                continue
            if kind == "not":
                out.add(theme)
                continue
            places = {(theme, place) for place in range(*span)}
            # One word is one hint, however many cues it fits.
            if kind == "sure" or not places & taken:
                taken |= places
                words = " ".join(sentence[span[0] : span[1]])
                found.append((theme, Reason(words, cue.said, kind == "sure")))
        yield from (one for one in found if one[0] not in out)

    def _tried(self, sentence: Sequence[str]) -> list[int]:
        """The cues of which a first word is there, in the order of the codebook."""
        keys = {key for word in set(sentence) for key in _keys(word)}
        return sorted({number for key in keys for number in self._index.get(key, ())})


def _keys(word: str) -> Iterator[str]:
    yield word
    yield from (f"{stem}*" for stem in stems_of(word))
