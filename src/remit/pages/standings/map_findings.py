"""Findings above maps: the closed list of what may be said of one figure of several ICBs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from remit.words.figures import number_words
from remit.words.forms import SaidForm, first_said
from remit.words.sentences import listed


@dataclass(frozen=True, slots=True)
class MapFacts:
    """What the finding of a map rests on: a score of each ICB, by its short name; low is best."""

    scores: tuple[tuple[str, float], ...]

    @property
    def best(self) -> tuple[str, ...]:
        """The names that have the best score, as it is printed."""
        return self._at(min)

    @property
    def worst(self) -> tuple[str, ...]:
        """The names that have the worst score, as it is printed."""
        return self._at(max)

    def _at(self, end: Callable[[list[float]], float]) -> tuple[str, ...]:
        shown = number_words(end([score for _, score in self.scores]))
        return tuple(name for name, score in self.scores if number_words(score) == shown)


MapForm = SaidForm[MapFacts]


def _printed(facts: MapFacts, name: str) -> str:
    return next((number_words(score) for other, score in facts.scores if other == name), "")


def _has(names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return f"{names[0]} has"
    return f"{listed(names) if len(names) < 3 else f'{len(names)} ICBs'} share"


def _alike(facts: MapFacts) -> bool:
    return len(facts.scores) > 1 and facts.best == facts.worst


FORMS = (
    MapForm("none", lambda f: not f.scores,
            lambda f: f"No ICB has a score{_printed(f, '')}"),
    MapForm("one", lambda f: len(f.scores) == 1,
            lambda f: f"{f.scores[0][0]} alone has a score: {number_words(f.scores[0][1])}"),
    MapForm("alike", _alike,
            lambda f: f"All {len(f.scores)} have the same score: {number_words(f.scores[0][1])}"),
    MapForm("spread", lambda f: len(f.scores) > 1 and not _alike(f),
            lambda f: f"{_has(f.best)} the best score, {_printed(f, f.best[0])}; "
            f"{_has(f.worst)} the worst, {_printed(f, f.worst[0])}"),
)  # fmt: skip
"""The forms; of any figures exactly one holds."""


def map_finding(facts: MapFacts) -> str:
    """What is said of one figure: the form that holds."""
    return first_said(FORMS, facts)
