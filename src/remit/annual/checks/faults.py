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
    "no_source": "A finding has no evidence, or an item of evidence has no source.",
    "sentence_without_finding": "A sentence of a letter rests on no finding.",
}
"""Kind → what it means."""


@dataclass(frozen=True, slots=True)
class AnnualFault:
    """One fault: its kind, whom and which finding it concerns, where it stands, what to do."""

    kind: Kind
    icb: str
    finding: str
    where: str
    message: str
