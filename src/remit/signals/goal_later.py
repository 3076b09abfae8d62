"""A goal whose day is yet to come when a figure is judged by it: met or not yet, never missed."""

from __future__ import annotations

from remit.model.metric import Better
from remit.words.figures import decimals_of, number_words, with_unit


def aim_words(target: str, later: str, noun: str = "target") -> str:
    """What a figure is held against; of a goal for later with the month by which it is due.

    Parameters
    ----------
    target
        The target in words.
    later
        The month by which it is due, where that comes after the figure's own period; else empty.
    noun
        What it is called where it is due.

    Examples
    --------
    >>> aim_words("at least 80%", "March 2026"), aim_words("at least 75%", "", "standard")
    ('the goal of at least 80% by March 2026', 'the standard of at least 75%')
    """
    return f"the goal of {target} by {later}" if later else f"the {noun} of {target}"


def off_words(value: float | None, target: float | None, better: Better, unit: str) -> str:
    """How far a value is from a target that it does not meet; empty where it does, or lies on it.

    Parameters
    ----------
    value, target
        Both in the metric's unit.
    better
        Which way is better.
    unit
        The metric's unit.

    Examples
    --------
    >>> off_words(77.31, 80.0, Better.HIGHER, "percent")
    '2.7 percentage points short of'
    >>> off_words(31.4, 30.0, Better.LOWER, "mins")
    '1.4 minutes above'
    """
    if value is None or target is None or better is Better.NEUTRAL:
        return ""
    off = target - value if better is Better.HIGHER else value - target
    if off <= 0:
        return ""
    number = number_words(off, decimals_of(unit, value), beside=lambda shown: shown > 0)
    said = with_unit(number, "percentage points" if unit == "percent" else unit)
    return f"{said} {'short of' if better is Better.HIGHER else 'above'}"
