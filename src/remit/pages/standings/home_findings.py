"""Findings as titles: the closed list of what may stand above the pages of a whole period.

Each form has the condition under which it is true and its sentence, so that a test can try every
form on every period. The first that holds is the title.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from remit.pages.standings.league_findings import in_words
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


@dataclass(frozen=True, slots=True)
class ChanceFacts:
    """What may explain so many changes of segment.

    ``chance`` by the likely scores; ``by_rule`` are set by a rule now, ``ended`` follow the end
    of one; ``unknown`` have no likely score to judge by. Chance does not explain the rest.
    """

    changed: int
    chance: int = 0
    by_rule: int = 0
    ended: int = 0
    unknown: int = 0

    @property
    def rules(self) -> int:
        """How many come from a rule."""
        return self.by_rule + self.ended

    @property
    def beyond(self) -> int:
        """How many chance does not explain."""
        return self.changed - self.chance - self.rules - self.unknown


ChanceForm = SaidForm[ChanceFacts]


def _of_rules(facts: ChanceFacts) -> str:
    verbs = ("is set by", "are set by"), ("follows the end of", "follow the end of")
    counts = zip((facts.by_rule, facts.ended), verbs, strict=True)
    said = [f"{in_words(n)} {verb[n > 1]} a rule" for n, verb in counts if n]
    return f"Of the {facts.changed} changes {listed(said)}"


def _of_the_rest(facts: ChanceFacts) -> str:
    chance, beyond = facts.chance, facts.beyond
    if chance and beyond:
        return f"chance may explain {in_words(chance)}, and does not explain {in_words(beyond)}"
    other = "" if facts.unknown else "the other "
    if chance:
        return f"chance may explain {other}{in_words(chance)}"
    return f"chance does not explain {other}{in_words(beyond)}" if beyond else ""


def _not_known(facts: ChanceFacts) -> str:
    return f"of {in_words(facts.unknown)} it is not known" if facts.unknown else ""


def _rules_and_chance(facts: ChanceFacts) -> str:
    said = _of_rules(facts), _of_the_rest(facts), _not_known(facts)
    return f"{'; '.join(filter(None, said))}."


def _all_by_chance(facts: ChanceFacts) -> str:
    if facts.changed == 1:
        return "Chance may explain it."
    return f"Chance may explain all {facts.changed} changes of segment."


def _none_by_chance(facts: ChanceFacts) -> str:
    if facts.changed == 1:
        return "Chance does not explain it."
    return f"Chance explains none of the {facts.changed} changes of segment."


def _some_by_chance(facts: ChanceFacts) -> str:
    count = facts.chance or "none"
    said = f"Chance may explain {count} of the {facts.changed} changes of segment"
    return f"{'; '.join(filter(None, (said, _not_known(facts))))}."


CHANCE = (
    ChanceForm("none changed", lambda f: not f.changed, lambda _: ""),
    ChanceForm("not known", lambda f: f.unknown == f.changed, lambda _: ""),
    ChanceForm("all by chance", lambda f: f.chance == f.changed, _all_by_chance),
    ChanceForm("none by chance", lambda f: f.beyond == f.changed, _none_by_chance),
    ChanceForm("one by a rule", lambda f: f.changed == f.rules == 1,
               lambda f: "A rule sets it." if f.by_rule else "It follows the end of a rule."),
    ChanceForm("all by rules", lambda f: f.rules == f.changed, _rules_and_chance),
    ChanceForm("some by rules", lambda f: f.rules > 0, _rules_and_chance),
    ChanceForm("some by chance", lambda _: True, _some_by_chance),
)  # fmt: skip
"""What may explain the changes of segment: rules before chance."""


def chance_words(facts: ChanceFacts) -> str:
    """What rules and chance have to do with the changes of segment.

    >>> chance_words(ChanceFacts(3, chance=1))
    'Chance may explain 1 of the 3 changes of segment.'
    """
    return first_said(CHANCE, facts)


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
