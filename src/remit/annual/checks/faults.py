"""What a check of an assessment finds: a closed list of kinds, each with what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "duty_uncovered",
    "heading_uncovered",
    "figure_differs",
    "figure_outside_year",
    "phrase_above_evidence",
    "concern_dropped",
    "words_differ",
    "no_source",
    "sentence_without_finding",
]
KINDS: Final[dict[Kind, str]] = {
    "duty_uncovered": "A duty that every assessment must cover has no finding.",
    "heading_uncovered": "A heading of the year has no finding.",
    "figure_differs": "A figure is not the stored one, as it may be rounded and written.",
    "figure_outside_year": "A figure lies outside the year, and no reason is given.",
    "phrase_above_evidence": "A phrase claims more than the characteristics of its evidence.",
    "concern_dropped": "A concern of last year is not closed, continued or dropped with a reason.",
    "words_differ": "The same evidence has words of different rungs at two ICBs.",
    "no_source": "A finding has no evidence, or speaks of performance and holds no figure; or an "
    "item of evidence, or an amount in a text, has no source.",
    "sentence_without_finding": "A sentence of a letter rests on no finding.",
}
"""Kind → what it means."""
MARKS: Final[dict[Kind, str]] = {
    "duty_uncovered": "duty without a finding",
    "heading_uncovered": "heading without a finding",
    "figure_differs": "other figure",
    "figure_outside_year": "figure of another year",
    "phrase_above_evidence": "phrase above its evidence",
    "concern_dropped": "concern not answered",
    "words_differ": "other words for the same evidence",
    "no_source": "no source",
    "sentence_without_finding": "no finding",
}
"""Kind → what is said beside a sentence."""


@dataclass(frozen=True, slots=True)
class AnnualFault:
    """One fault: its kind, whom and which finding it concerns, where it stands, what to do."""

    kind: Kind
    icb: str
    finding: str
    where: str
    message: str
    said: str = ""
    """The sentence or the heading of a letter at which it stands, where it is one."""
