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

    ``floor`` is the best segment that the rules in force leave, ``reasons`` say why.
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

    @property
    def closed(self) -> frozenset[int]:
        """The segments that a rule closes."""
        return frozenset(range(1, self.floor))

    @property
    def rule_decides(self) -> bool:
        """Whether a rule, and not the score, gives the segment."""
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
    """What stands beside the claim: the rules in force, and how the average moved."""
    said = [*facts.reasons]
    if facts.closed and facts.reasons:
        said.append(f"That closes {_segments(sorted(facts.closed))}.")
    if facts.average is not None:
        said.append(_average(facts))
    return " ".join(said)


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
