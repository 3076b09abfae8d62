"""Findings as titles: the closed list of what may stand above a page of the map.

Each form has the condition under which it is true and its sentence, so that a test can try every
form on every state. The first that holds is the title.
"""

from __future__ import annotations

from dataclasses import dataclass

from remit.words.forms import SaidForm, first_said
from remit.words.sentences import count_words, listed, lowered, sentence_case


@dataclass(frozen=True, slots=True)
class WhoFacts:
    """What the finding of a page of the map rests on.

    ``without`` are the functions on which nobody leads; ``would`` counts those that a proposal
    that the page shows would give a lead.
    """

    functions: int
    without: tuple[str, ...]
    would: int = 0
    overlaps: int = 0
    unclear: int = 0


WhoForm = SaidForm[WhoFacts]


CLAIMS = (
    WhoForm("all led", lambda f: not f.without,
            lambda f: f"Somebody leads on each of the {f.functions} functions."),
    WhoForm("none led", lambda f: len(f.without) == f.functions,
            lambda f: f"{_today(f)} leads on any of the {f.functions} functions."),
    WhoForm("some not led", lambda f: 0 < len(f.without) < f.functions,
            lambda f: f"{_today(f)} leads on {len(f.without)} of {f.functions} functions: "
            f"{listed(_named(f))}."),
)  # fmt: skip
"""The claim: exactly one holds for any facts with a function."""

_NAMED = 3
"""How many functions a title names."""


def claim_of(facts: WhoFacts) -> str:
    """The claim that stands above a page."""
    return first_said(CLAIMS, facts)


def rest_of(facts: WhoFacts) -> str:
    """What else the matrix shows, in one sentence, or nothing."""
    twice = count_words(facts.overlaps, "function")
    parts = [
        (facts.would, f"a proposal names a lead for {facts.would}"),
        (facts.overlaps, f"{twice} {_is(facts.overlaps)} documented as done twice"),
        (facts.unclear, f"the owner of {facts.unclear} is documented as unclear"),
    ]
    said = listed([words for count, words in parts if count])
    return f"{sentence_case(said)}." if said else ""


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _today(facts: WhoFacts) -> str:
    return "As the law stands, nobody" if facts.would else "Nobody"


def _named(facts: WhoFacts) -> list[str]:
    names = [lowered(name) for name in facts.without]
    if len(names) <= _NAMED:
        return names
    left = len(names) - _NAMED + 1
    return [*names[: _NAMED - 1], f"{left} more"]
