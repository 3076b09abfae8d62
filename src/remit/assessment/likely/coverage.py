"""What likely ranges are worth, in words made from what was measured."""

from __future__ import annotations

import polars as pl

from remit.assessment.likely.defaults import ASKED_AS
from remit.assessment.result.assessment import Assessment
from remit.catalogue import load_coverage
from remit.model.likely import LikelyMethod
from remit.words.figures import number_words

NAMES: dict[LikelyMethod, str] = {
    "published": "NHS England’s published method",
    "expanded": "the expanded method",
}


def coverage_words(fewest: int, most: int, method: LikelyMethod) -> str:
    """How often ranges of so many scores held the truth: ``91 to 92 times in 100``.

    Parameters
    ----------
    fewest, most
        Numbers of scores, both included.
    method
        Of which ranges.

    Examples
    --------
    >>> coverage_words(9, 9, "published"), coverage_words(5, 12, "published")
    ('91 to 92 times in 100', '84 to 93 times in 100')
    """
    measured = load_coverage().between(fewest, most, method)
    low, high = (number_words(percent, 0) for percent in measured)
    return f"{low} times in 100" if low == high else f"{low} to {high} times in 100"


def worth_words(fewest: int, most: int) -> str:
    """What both methods are worth with so many scores, in two sentences with their counts.

    Parameters
    ----------
    fewest, most
        Numbers of scores, both included.

    Examples
    --------
    >>> worth_words(9, 9)[:70]
    'With 9 scores a likely range by NHS England’s published method holds t'
    """
    known = load_coverage()
    number = f"{fewest}" if fewest == most else f"{fewest} to {most}"
    return (
        f"With {number} scores a likely range by {NAMES['published']} holds the true score "
        f"{coverage_words(fewest, most, 'published')}, not {known.promised}; one by "
        f"{NAMES['expanded']}, which stretches each range for so few scores, "
        f"{coverage_words(fewest, most, 'expanded')}. Measured on {known.trusts:,} made-up trusts "
        f"for each number of scores and each of {len(known.spreads)} ways in which scores are "
        f"spread; good to ± {known.good_to:g} in 100."
    )


def likely_note(assessment: Assessment) -> str:
    """By which method the likely ranges of a standing were drawn, and what that is worth."""
    run = assessment.likely
    if run is None:
        return ""
    drawn = assessment.standing.filter(
        pl.col("likely_score_low").is_not_null() & (pl.col("n_metrics") > 1)
    )["n_metrics"].to_list()
    said = f"Likely ranges are those of {NAMES[ASKED_AS[run.method]]}"
    if assessment.standing["likely_score_low"].null_count() == assessment.standing.height:
        return "No likely range can be drawn: no average at hand is the mean of its own scores."
    return f"{said}. {worth_words(min(drawn), max(drawn))}" if drawn else f"{said}."
