"""Findings as titles: the closed list of what may stand above a league table.

Each form has the condition under which it is true and its sentence, so that a test can try every
form on every table. The first that holds is the title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from remit.words.figures import number_words
from remit.words.forms import SaidForm, first_said
from remit.words.sentences import count_words, sentence_case

_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class LeagueFacts:
    """What the finding of a league table rests on.

    ``codes`` are the ranked, best first, ``scores`` their averages; ``apart`` are the pairs that
    the scores tell apart, None where no likely ranges are at hand.
    """

    kind: str
    noun: str
    nouns: str
    period: str
    codes: tuple[str, ...]
    scores: tuple[float | None, ...]
    apart: frozenset[frozenset[str]] | None

    @property
    def clear_cuts(self) -> tuple[int, ...]:
        """So many stand clearly ahead of all the rest: each better than, and apart from, each."""
        return tuple(place for place in range(1, len(self.codes)) if self._clear(place))

    @property
    def steps(self) -> tuple[int, ...]:
        """The ranks after which the next one can be told apart."""
        pairs = enumerate(pairwise(self.codes), start=1)
        return tuple(place for place, (one, other) in pairs if self._told(one, other))

    def better(self, place: int) -> bool:
        """Whether the average above a step is the better one; a rule may rank it otherwise."""
        one, other = self.scores[place - 1], self.scores[place]
        return one is not None and other is not None and one < other

    def _told(self, one: str, other: str) -> bool:
        return self.apart is not None and frozenset({one, other}) in self.apart

    def _clear(self, place: int) -> bool:
        above, below = self.scores[:place], self.scores[place:]
        best, worst = [s for s in below if s is not None], [s for s in above if s is not None]
        if len(best) != len(below) or len(worst) != len(above) or max(worst) >= min(best):
            return False
        rest = self.codes[place:]
        return all(self._told(one, other) for one in self.codes[:place] for other in rest)


LeagueForm = SaidForm[LeagueFacts]


def in_words(count: int) -> str:
    """A small count in words: ``two``, ``12``."""
    return _WORDS[count] if count < len(_WORDS) else str(count)


def _ahead(facts: LeagueFacts) -> int:
    """How many stand clearly ahead, where that is fewer than half of them."""
    return max((cut for cut in facts.clear_cuts if 2 * cut < len(facts.codes)), default=0)


def _behind(facts: LeagueFacts) -> int:
    """How many stand clearly behind, where that is fewer than half of them."""
    of = len(facts.codes)
    return max((of - cut for cut in facts.clear_cuts if 2 * (of - cut) < of), default=0)


def _halves(facts: LeagueFacts) -> bool:
    return any(2 * cut == len(facts.codes) for cut in facts.clear_cuts)


def _stand(count: int) -> str:
    return f"{in_words(count)} {'stands' if count == 1 else 'stand'}"


def _others(facts: LeagueFacts, count: int) -> str:
    rest = len(facts.codes) - count
    return f"the other {in_words(rest)}" if rest > 1 else "the other"


def _kind(facts: LeagueFacts) -> str:
    return sentence_case(facts.kind)


def _no_step(facts: LeagueFacts) -> bool:
    return facts.apart is not None and len(facts.codes) > 1 and not facts.steps


def _none_apart(facts: LeagueFacts) -> bool:
    if facts.apart is None or len(facts.codes) < 2:
        return False
    here = set(facts.codes)
    return not any(pair <= here for pair in facts.apart)


def _none_apart_words(facts: LeagueFacts) -> str:
    if len(facts.codes) == 2:
        return f"{_kind(facts)}: the two cannot be told apart by their scores"
    return f"{_kind(facts)}: none can be told from any other by its score"


def _steps_words(facts: LeagueFacts) -> str:
    steps = facts.steps
    if len(steps) == 1:
        return (
            f"{_kind(facts)}: the only clear difference between neighbours is that of ranks "
            f"{steps[0]} and {steps[0] + 1}"
        )
    of = len(facts.codes) - 1
    if 2 * len(steps) < of:
        return f"{_kind(facts)}: most neighbours in rank are too close to call"
    count = f"{in_words(len(steps))} of {in_words(of)}"
    return f"{_kind(facts)}: {count} steps in rank are a clear difference"


TITLES = (
    LeagueForm("no rank", lambda f: not f.codes,
               lambda f: f"{_kind(f)}: no rank follows from the figures of {f.period}"),
    LeagueForm("one alone", lambda f: len(f.codes) == 1,
               lambda f: f"{_kind(f)}: one is ranked, so there is none to compare it with"),
    LeagueForm("ahead and behind", lambda f: bool(_ahead(f) and _behind(f)),
               lambda f: f"{_kind(f)}: {_stand(_ahead(f))} clearly ahead, "
               f"{in_words(_behind(f))} clearly behind"),
    LeagueForm("halves", _halves,
               lambda f: f"{_kind(f)}: one half stands clearly ahead of the other"),
    LeagueForm("ahead", lambda f: _ahead(f) > 0,
               lambda f: f"{_kind(f)}: {_stand(_ahead(f))} clearly ahead of "
               f"{_others(f, _ahead(f))}"),
    LeagueForm("behind", lambda f: _behind(f) > 0,
               lambda f: f"{_kind(f)}: {_stand(_behind(f))} clearly behind "
               f"{_others(f, _behind(f))}"),
    LeagueForm("none apart", _none_apart, _none_apart_words),
    LeagueForm("no neighbours apart", _no_step,
               lambda f: f"{_kind(f)}: none can be told from the next in rank, though some further "
               "apart can"),
    LeagueForm("some neighbours apart", lambda f: bool(f.steps), _steps_words),
    LeagueForm("no ranges", lambda f: len(f.codes) > 1,
               lambda f: f"{_kind(f)}: {len(f.codes)} ranked; how much of the order is "
               "chance is not known"),
)  # fmt: skip
"""The titles, in the order in which they are tried: what is most telling first."""


def league_title(facts: LeagueFacts) -> str:
    """The finding that stands above a league table: the first form that holds."""
    return first_said(TITLES, facts)


def step_words(facts: LeagueFacts, place: int) -> str:
    """What a line after a rank says: that the two beside it really differ, and how."""
    first = place == min(facts.steps)
    if facts.better(place):
        said = "Above and below this line: a difference that chance does not explain."
    else:
        said = (
            "The one below this line has the better score, by more than chance explains; ranks go "
            "by segment first."
        )
    others = "Between all other neighbours: none shown."
    if first and len(facts.steps) == 1 and len(facts.codes) > 2:
        return f"{said} {others}"
    return said


def moved_words(moves: Sequence[tuple[str, str]], before: str, noun: str, nouns: str) -> str:
    """How many moved beyond what chance explains since a quarter, and which, if they are few.

    Parameters
    ----------
    moves
        Name and words of each that moved so: ``("Quillborough", "down 4")``.
    before
        The quarter before, or "" where there is none to compare with.
    noun, nouns
        What one of them and several are called.

    Examples
    --------
    >>> moved_words([("Quillborough", "down 4")], "Q2", "acute trust", "acute trusts")
    'One acute trust has moved in rank by more than chance explains since Q2: Quillborough, down 4.'
    """
    if not before:
        return ""
    if not moves:
        return f"No rank moved by more than chance explains since {before}."
    counted = count_words(len(moves), noun, nouns)
    if len(moves) < len(_WORDS):
        counted = f"{in_words(len(moves))} {noun if len(moves) == 1 else nouns}"
    verb = "has" if len(moves) == 1 else "have"
    moved = "moved in rank by more than chance explains"
    said = f"{sentence_case(counted)} {verb} {moved} since {before}"
    if len(moves) > 4:
        return f"{said}."
    return f"{said}: {'; '.join(f'{name}, {words}' for name, words in moves)}."


def spread_words(scores: Sequence[float]) -> str:
    """From where to where averages run."""
    if len(scores) < 2:
        return ""
    return (
        f"Average scores run from {number_words(min(scores))} (best) to "
        f"{number_words(max(scores))} (worst)."
    )
