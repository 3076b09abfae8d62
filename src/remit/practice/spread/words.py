"""What became of a practice, in plain words: the finding, then why none, then the caution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from remit.model.spread_rules import SpreadRules
from remit.practice.spread.finding import SpreadEffect, Told, Untold
from remit.words.figures import signed_words
from remit.words.sentences import count_words


@dataclass(frozen=True, slots=True)
class SpreadSubject:
    """What is told: the practice, the metric, and which way is better."""

    practice: str
    metric: str
    better: str


CAUTION: Final = (
    "This is no proof of cause: organisations choose what they take up and when, and may have done "
    "other things in the same months."
)


def spread_finding(found: SpreadEffect, subject: SpreadSubject) -> str:
    """The finding in a sentence or two.

    >>> from remit.practice.spread.finding import SpreadEffect
    >>> told = SpreadEffect("group_time", Told(-2.0, -3.0, -1.0, 12), 0.01, None, None, {}, (), 12,
    ...                     30)
    >>> spread_finding(told, SpreadSubject("same day care", "delays", "lower"))[:46]
    'After adoption of same day care, delays became'
    """
    if found.effect is None:
        return f"No effect of {subject.practice} on {subject.metric} can be told."
    change, low, high = _three(found.effect)
    against = (
        f"those who had not adopted by then ({count_words(found.adopters, 'adopter')}, "
        f"{count_words(found.controls, 'other')})"
        if found.method == "group_time"
        else f"the combination of {count_words(found.controls, 'other')} most like it before"
    )
    until = (
        f" {found.later} of the others took it up later, and counted among them until then."
        if found.later
        else ""
    )
    figures = f"by {change} (95% interval {low} to {high}) beyond {against}"
    if found.claims:
        higher = found.effect.estimate > 0
        way = "better" if (subject.better == "higher") == higher else "worse"
        return (
            f"After adoption of {subject.practice}, {subject.metric} became {way}: it changed "
            f"{figures}.{until}"
        )
    return (
        f"No effect of {subject.practice} on {subject.metric} can be told: after adoption it "
        f"changed {figures}.{until}"
    )


def _three(told: Told) -> tuple[str, str, str]:
    decimals = 1 if abs(told.high - told.low) >= 10 else 2
    change, low, high = (signed_words(x, decimals) for x in (told.estimate, told.low, told.high))
    return change, low, high


def why_untold(one: Untold, rules: SpreadRules) -> str:
    """Why no effect can be told, in a sentence.

    >>> from remit.practice.spread.finding import load_spread_rules
    >>> why_untold(Untold("too_few", 3, 5), load_spread_rules())
    'Only 3 adopters can be compared where at least 5 are needed.'
    """
    skipped = count_words(rules.skipped_months, "month")
    return {
        "too_few": (
            f"Only {count_words(int(one.figure), one.whom)} can be compared where at least "
            f"{one.limit:g} are needed."
        ),
        "no_figures": (
            "Too few organisations have figures both before adoption and after it, or too few "
            "periods before it."
        ),
        "chosen": (
            f"In the {skipped} before adoption the figures of adopters had already moved away from "
            "those of the others. What follows an unusual year is more usual by itself (regression "
            "to the mean), whatever was adopted."
        ),
        "drifting": (
            "Adopters and others were drifting apart years before adoption, so that their "
            "difference after it may be more of the same."
        ),
        "unlike": (
            "No combination of other organisations was like it before adoption, so that there is "
            "nothing to hold it against."
        ),
    }[one.why]


def looks_before(found: SpreadEffect, rules: SpreadRules) -> str:
    """What the looks at the years before adoption found."""
    said = []
    if found.drift is not None:
        change, low, high = _three(found.drift)
        said.append(
            "Placebo, with adoption pretended years earlier: "
            f"{change} (99% interval {low} to {high})."
        )
    if found.dip is not None:
        change, low, high = _three(found.dip)
        skipped = count_words(rules.skipped_months, "month")
        said.append(
            f"In the {skipped} before adoption, which are left out of the comparison, adopters "
            f"stood {change} from where they and the others were before (99% interval {low} to "
            f"{high})."
        )
    return " ".join(said)
