"""Targets as a report prints them."""

from __future__ import annotations

from remit.model.metric import Standard
from remit.words.figures import with_unit

NO_TARGET = "no target"
"""What stands in the place of a standard that is not there."""


def target_value(standard: Standard | None) -> float | None:
    """The one number of a standard; None where it has none or two."""
    if standard is None:
        return None
    bound = standard.bound
    numbers = [
        number
        for number in (bound.at_least, bound.above, bound.at_most, bound.below)
        if number is not None
    ]
    return numbers[0] if len(numbers) == 1 else None


def target_words(standard: Standard | None, unit: str) -> str:
    """A standard in words: ``at least 78%``, or that there is none."""
    if standard is None:
        return NO_TARGET
    return with_unit(standard.bound.words, unit)
