"""Findings as titles: the closed list of what may stand above the pages of a whole period.

Each form has the condition under which it is true and its sentence, so that a test can try every
form on every period. The first that holds is the title.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from remit.words.forms import SaidForm, first_said
from remit.words.sentences import listed, sentence_case


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """What the finding of a period rests on.

    ``counts`` are organisations by segment; ``compared`` are those with a segment in this quarter
    and in the one before, of which ``worse`` and ``better`` changed it.
    """

    period: str
    whom: str
    counts: Mapping[int, int]
    before: str = ""
    compared: int = 0
    worse: int = 0
    better: int = 0


PeriodForm = SaidForm[PeriodFacts]


def counts_words(counts: Mapping[int, int]) -> str:
    """How many stand in each segment: ``2 in segment 1 and 5 in segment 3``."""
    return listed([f"{count} in segment {one}" for one, count in counts.items() if count])


def chance_words(changed: int, noise: int) -> str:
    """How many of the changes of segment chance may explain, by the likely scores.

    >>> chance_words(7, 7), chance_words(3, 1)
    ('Chance may explain all 7 changes.', 'Chance may explain 1 of the 3 changes.')
    """
    if not changed:
        return ""
    if changed == 1:
        return "Chance may explain it." if noise else "Chance does not explain it."
    if noise == changed:
        return f"Chance may explain all {changed} changes."
    if not noise:
        return f"Chance explains none of the {changed} changes."
    return f"Chance may explain {noise} of the {changed} changes."


def _moved(facts: PeriodFacts, count: int, way: str) -> str:
    verb = "stands" if count == 1 else "stand"
    of = f"{count} of {facts.compared} {facts.whom}"
    return f"{of} {verb} in a {way} segment than in {facts.before}"


def _whom(facts: PeriodFacts) -> str:
    return sentence_case(facts.whom)


FINDINGS = (
    PeriodForm("no segment", lambda f: not any(f.counts.values()),
               lambda f: f"{_whom(f)}: no segment follows from the figures of {f.period}"),
    PeriodForm("both ways", lambda f: f.worse > 0 and f.better > 0,
               lambda f: f"{_moved(f, f.worse, 'worse')}, {f.better} in a better one"),
    PeriodForm("worse alone", lambda f: f.worse > 0 and not f.better,
               lambda f: f"{_moved(f, f.worse, 'worse')}, none in a better one"),
    PeriodForm("better alone", lambda f: f.better > 0 and not f.worse,
               lambda f: f"{_moved(f, f.better, 'better')}, none in a worse one"),
    PeriodForm("none moved", lambda f: f.compared > 0 and not f.worse and not f.better,
               lambda f: f"No segment has changed since {f.before}"),
    PeriodForm("counts", lambda f: any(f.counts.values()),
               lambda f: f"{_whom(f)} in {f.period}: {counts_words(f.counts)}"),
)  # fmt: skip
"""The titles, in the order in which they are tried: what changed before what is."""


def period_title(facts: PeriodFacts) -> str:
    """The finding that stands above a period's pages: the first form that holds."""
    return first_said(FINDINGS, facts)


def period_rest(facts: PeriodFacts) -> str:
    """What stands beside it: how many stand in each segment."""
    of = sum(facts.counts.values())
    return f"{facts.period}: of {of}, {counts_words(facts.counts)}." if of else ""
