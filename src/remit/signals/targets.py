"""Targets in words."""

from __future__ import annotations

from remit.model.metric import Better, Bound
from remit.words.figures import with_unit

NO_TARGET = "no target"
"""What stands in the place of a standard that is not there."""


def target_said(target: float | None, better: Better, unit: str) -> str:
    """A target that is a bare number, in the words of a standard: ``at least 78%``."""
    if target is None or better is Better.NEUTRAL:
        return NO_TARGET
    bound = Bound(at_least=target) if better is Better.HIGHER else Bound(at_most=target)
    return with_unit(bound.words, unit)
