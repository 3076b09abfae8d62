"""Findings as titles: the closed list of what may stand above a trust's page.

Each form has the condition under which it is true and its sentence, so that a test can try every
form on every trust. The first that holds is the title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.words.figures import number_words
from remit.words.forms import SaidForm, first_said
from remit.words.sentences import listed


@dataclass(frozen=True, slots=True)
class StandingFacts:
    """What the finding of a trust's page rests on; of the quarter before where that is at hand.

    ``floor`` is the best segment that the rules in force leave, ``reasons`` say why; ``rules``
    are their names, and ``rules_before`` of those in force in the quarter before.
    """

    period: str
    segment: int | None
    score_segment: int | None
    average: float | None
    floor: int = 1
    reasons: tuple[str, ...] = ()
    before: str = ""
    segment_before: int | None = None
    average_before: float | None = None
    score_segment_before: int | None = None
    rules: tuple[str, ...] = ()
    rules_before: tuple[str, ...] = ()

    @property
    def closed(self) -> frozenset[int]:
        """The segments that a rule closes."""
        return frozenset(range(1, self.floor))

    @property
    def rule_decides(self) -> bool:
        """Whether a rule in force, and not the score, gives the segment."""
        return self.by_another and self.segment == max(self.floor, self.score_segment or 0)

    @property
    def by_another(self) -> bool:
        """Whether the segment is not that of the score alone."""
        return None not in (self.segment, self.score_segment) and self.segment != self.score_segment


FindingForm = SaidForm[StandingFacts]


def _compared(facts: StandingFacts) -> bool:
    return facts.segment is not None and facts.segment_before is not None


def _moved(facts: StandingFacts, way: int) -> bool:
    if facts.segment is None or facts.segment_before is None:
        return False
    return (facts.segment - facts.segment_before) * way > 0


CLAIMS = (
    FindingForm("no score", lambda f: f.average is None and f.segment is None,
                lambda f: f"No score in {f.period}, and so no segment."),
    FindingForm("no segment", lambda f: f.segment is None,
                lambda f: f"An average score of {number_words(f.average)}, and no segment."),
    FindingForm("a rule decides", lambda f: f.rule_decides,
                lambda f: f"Segment {f.segment}, set by a rule: its score alone gives segment "
                f"{f.score_segment}."),
    FindingForm("not by its score", lambda f: f.by_another,
                lambda f: f"Segment {f.segment}, where its score alone gives segment "
                f"{f.score_segment}."),
    FindingForm("worse", lambda f: _moved(f, 1),
                lambda f: f"Segment {f.segment}, worse than segment {f.segment_before} in "
                f"{f.before}."),
    FindingForm("better", lambda f: _moved(f, -1),
                lambda f: f"Segment {f.segment}, better than segment {f.segment_before} in "
                f"{f.before}."),
    FindingForm("the same", lambda f: _compared(f) and f.segment == f.segment_before,
                lambda f: f"Segment {f.segment}, as in {f.before}."),
    FindingForm("by itself", lambda f: f.segment is not None, lambda f: f"Segment {f.segment}."),
)  # fmt: skip
"""The claims, in the order in which they are tried: a rule before the score."""


def claim(facts: StandingFacts) -> str:
    """The claim that stands above a trust's page: the first form that holds."""
    return first_said(CLAIMS, facts)


def rest(facts: StandingFacts) -> str:
    """What stands beside the claim: what is known of the cause, the rules, how the average moved.

    >>> facts = StandingFacts("Q3", 4, 4, None, 3, ("In deficit.",), "Q2", 3, None, 3, ("Deficit",))
    >>> rest(facts)[:57]
    'Its score alone gives segment 4, and gave 3 in Q2. In def'
    """
    said = [cause(facts), *facts.reasons]
    if facts.closed and facts.reasons:
        said.append(f"That closes {_segments(sorted(facts.closed))}{_also_before(facts)}.")
    if facts.average is not None:
        said.append(_average(facts))
    return " ".join(filter(None, said))


def _turned(facts: StandingFacts) -> bool:
    return _moved(facts, 1) or _moved(facts, -1)


def _known(facts: StandingFacts) -> bool:
    """Whether score or rule can be told: both quarters' scores alone, and rules that explain."""
    if None in (facts.score_segment, facts.score_segment_before):
        return False
    same = facts.score_segment == facts.score_segment_before
    return not same or facts.rules != facts.rules_before


def _by_score_in_both(facts: StandingFacts) -> bool:
    return (facts.segment, facts.segment_before) == (
        facts.score_segment,
        facts.score_segment_before,
    )


def _rules_alone(facts: StandingFacts) -> bool:
    """Whether it moved while its score alone would have left it, and the rules in force changed."""
    unmoved = facts.score_segment == facts.score_segment_before
    return _turned(facts) and _known(facts) and unmoved


def _rules_changed(facts: StandingFacts) -> str:
    begun = [one for one in facts.rules if one not in facts.rules_before]
    ended = [one for one in facts.rules_before if one not in facts.rules]
    said = [
        f"{verb}: {listed(names)}"
        for verb, names in (("new since then", begun), ("ended since then", ended))
        if names
    ]
    return (
        f"Its score alone gives segment {facts.score_segment}, as in {facts.before}; rule "
        f"{'; rule '.join(said)}."
    )


CAUSES = (
    FindingForm("no rule", lambda f: not f.rules and not f.rules_before, lambda _: ""),
    FindingForm("said by the claim", lambda f: f.rule_decides and not _rules_alone(f),
                lambda _: ""),
    FindingForm("cannot be told", lambda f: _turned(f) and not _known(f),
                lambda _: "Whether its score or a rule moved it cannot be told."),
    FindingForm("score alone", lambda f: _turned(f) and _by_score_in_both(f),
                lambda f: f"Its score alone gives segment {f.score_segment}, and gave "
                f"{f.score_segment_before} in {f.before}."),
    FindingForm("rules alone", _rules_alone, _rules_changed),
    FindingForm("rule before", lambda f: _turned(f) and f.score_segment == f.segment,
                lambda f: f"Its score alone gives segment {f.score_segment}; in {f.before} a rule "
                f"set segment {f.segment_before}, where its score alone gave "
                f"{f.score_segment_before}."),
    FindingForm("score too", lambda f: f.segment is not None and f.score_segment == f.segment,
                lambda _: "Its score alone gives that segment too."),
    FindingForm("not known", lambda _: True, lambda _: ""),
)  # fmt: skip
"""What can be said of why it stands there, in the order in which it is tried."""


def cause(facts: StandingFacts) -> str:
    """What is known of why it stands there, where a rule is or was in force; else nothing."""
    return first_said(CAUSES, facts)


def _also_before(facts: StandingFacts) -> str:
    """Whether the rules in force were so in the quarter before."""
    if not facts.before or not facts.rules:
        return ""
    if set(facts.rules) <= set(facts.rules_before):
        return f", as it did in {facts.before}"
    if not set(facts.rules) & set(facts.rules_before):
        return f"; in {facts.before} it was not in force"
    return ""


def _average(facts: StandingFacts) -> str:
    now, before = number_words(facts.average), number_words(facts.average_before)
    if facts.average_before is None:
        return f"Its average score is {now}, where 1.00 is best."
    if now == before or facts.average is None:
        return f"Its average score stayed at {now}."
    verb = "worsened" if facts.average > facts.average_before else "improved"
    return f"Its average score {verb} from {before} to {now}."


def _segments(closed: Sequence[int]) -> str:
    noun = "segment" if len(closed) == 1 else "segments"
    return f"{noun} {listed([str(one) for one in closed])}"
