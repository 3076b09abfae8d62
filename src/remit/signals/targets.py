"""Targets in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from remit.model.metric import Better, Bound
from remit.signals.points import Point
from remit.words.figures import trimmed_words, with_unit

NO_TARGET = "no target"
"""What stands in the place of a standard that is not there."""

NO_MONTHLY_TARGET = "no monthly target"
"""What a month has while its goal is the mean of a year."""

NONE = frozenset({NO_TARGET, NO_MONTHLY_TARGET})
"""Words that stand for the want of a target."""


def target_said(target: float | None, better: Better, unit: str) -> str:
    """A target that is a bare number, in the words of a standard: ``at least 78%``."""
    if target is None or better is Better.NEUTRAL:
        return NO_TARGET
    bound = Bound(at_least=target) if better is Better.HIGHER else Bound(at_most=target)
    return with_unit(bound.words, unit)


def target_steps(points: Sequence[Point], unit: str) -> str:
    """How a target changes along a series: ``76% until Mar 2024, 78% since``; empty without one.

    Where none judges a figure, a goal of a year or a standard beside it can be in force all the
    same: it is not said that there is none.

    Parameters
    ----------
    points
        In order of time; those without a value are passed over.
    unit
        That of the values.
    """
    held = [point for point in points if point.value is not None]
    steps = [(level, list(part)) for level, part in groupby(held, key=lambda p: p.target)]
    if all(level is None for level, _ in steps):
        return ""
    words = [_level_words(level, unit) for level, _ in steps]
    if len(steps) == 1:
        return words[0]
    if steps[0][0] is None:
        words[1] = f"{words[1]} from {steps[1][1][0].label}"
        words, steps = words[1:], steps[1:]
    until = [f"{said} until {part[-1].label}" for said, (_, part) in zip(words, steps, strict=True)]
    return ", ".join((*until[:-1], f"{words[-1]} since" if len(steps) > 1 else words[-1]))


def _level_words(level: float | None, unit: str) -> str:
    return "no figure judged" if level is None else with_unit(trimmed_words(level), unit)
