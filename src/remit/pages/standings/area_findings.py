"""Findings above an area's page: the closed list, each with when it is true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from remit.pages.standings.home_findings import counts_words
from remit.words.figures import number_words
from remit.words.forms import SaidForm, first_said
from remit.words.sentences import count_words


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """What the finding of an area's page rests on.

    ``own_segment`` is the ICB's own where it is judged, ``mean`` the mean average score of its
    trusts beside that of all trusts at hand, ``reference``.
    """

    period: str
    trusts: int
    counts: Mapping[int, int]
    mean: float | None
    reference: float | None
    own_segment: int | None = None
    own_score: float | None = None
    led: int = 0
    """So many trusts the register says it has, or as an ICB leads on; 0 where not known."""
    kinds: str = "trusts"
    """Of which kinds all trusts at hand are."""


AreaForm = SaidForm[AreaFacts]


def _way(facts: AreaFacts) -> int:
    """1 where its trusts score worse than all, -1 where better, 0 where the same as printed."""
    mean, other = number_words(facts.mean), number_words(facts.reference)
    if facts.mean is None or facts.reference is None or mean == other:
        return 0
    return 1 if facts.mean > facts.reference else -1


def _whose(facts: AreaFacts) -> str:
    if facts.led > facts.trusts:
        some = "The one" if facts.trusts == 1 else f"The {facts.trusts}"
        verb = "has" if facts.trusts == 1 else "average"
        return f"{some} of its {facts.led} trusts at hand {verb}"
    return "Its trusts average" if facts.trusts > 1 else "Its one trust has"


def _compared(facts: AreaFacts, way: str) -> str:
    mean, other = number_words(facts.mean), number_words(facts.reference)
    return f"{_whose(facts)} {mean}, {way} than the {other} of all {facts.kinds} at hand."


CLAIMS = (
    AreaForm("own segment", lambda f: f.own_segment is not None,
             lambda f: f"Segment {f.own_segment}, with an average score of its own of "
             f"{number_words(f.own_score)}."),
    AreaForm("no trust", lambda f: f.trusts == 0, lambda f: f"No trust in {f.period}."),
    AreaForm("no score", lambda f: f.trusts > 0 and f.mean is None,
             lambda f: f"None of its trusts has a score in {f.period}."),
    AreaForm("worse", lambda f: _way(f) > 0, lambda f: _compared(f, "worse")),
    AreaForm("better", lambda f: _way(f) < 0, lambda f: _compared(f, "better")),
    AreaForm("the same", lambda f: f.mean is not None and _way(f) == 0,
             lambda f: f"{_whose(f)} {number_words(f.mean)}, as all {f.kinds} at hand."),
)  # fmt: skip
"""The claims, in the order in which they are tried."""


def area_claim(facts: AreaFacts) -> str:
    """The claim that stands above an area's page: the first form that holds."""
    return first_said(CLAIMS, facts)


def area_counts(facts: AreaFacts) -> str:
    """How many trusts stand in each segment."""
    if not any(facts.counts.values()):
        return ""
    whole = f" of {facts.led}" if facts.led > facts.trusts else ""
    who = f"{facts.trusts}{whole} trusts" if whole else count_words(facts.trusts, "trust")
    return f"{who}: {counts_words(facts.counts)}."
