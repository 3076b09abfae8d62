"""Targets in words."""

from __future__ import annotations

from remit.model.metric import Better, Bound, Standard
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


def target_said(target: float | None, better: Better, unit: str) -> str:
    """A target that is a bare number, in the words of a standard: ``at least 78%``."""
    if target is None or better is Better.NEUTRAL:
        return NO_TARGET
    bound = Bound(at_least=target) if better is Better.HIGHER else Bound(at_most=target)
    return with_unit(bound.words, unit)
