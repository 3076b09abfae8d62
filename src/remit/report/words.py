"""Figures, targets and lists as a report prints them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from remit.model.metric import Standard

NOT_HELD = "not held"
"""What stands in the place of a value that no file gives."""

NO_TARGET = "no target"
"""What stands in the place of a standard that is not there."""

_DECIMALS = {"percent": 1, "count": 0, "days": 1, "mins": 1, "minutes": 1, "secs": 1, "rate": 1}
_SPOKEN = {"mins": "minutes", "secs": "seconds", "percent": "%"}
_UNSPOKEN = {"count", "people", "number", "rate", "ratio", "score", ""}
"""Units that the metric's name says already."""


def number_words(value: float, decimals: int) -> str:
    """A number with fixed decimals, rounded half up, with a true minus sign."""
    # Nine decimals first: 2.675 held as 2.67499999… must round as the 2.675 that was meant.
    exact = Decimal(repr(round(value, 9)))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{rounded:,}"
    return text.removeprefix("-") if rounded == 0 else text.replace("-", "−")


def decimals_of(unit: str, value: float) -> int:
    """How many decimals a value of a unit is printed with; counts have none."""
    for name, decimals in _DECIMALS.items():
        if unit.startswith(name):
            return decimals
    return 0 if abs(value) >= 100 or value == int(value) else 1


def value_words(value: float | None, unit: str) -> str:
    """A value with its unit: ``72.4%``, ``12,345``, ``8.2 minutes``."""
    if value is None:
        return NOT_HELD
    return with_unit(number_words(value, decimals_of(unit, value)), unit)


def with_unit(text: str, unit: str) -> str:
    """A number with its unit, where that is not in the metric's name already."""
    if unit in _UNSPOKEN:
        return text
    return f"{text}%" if unit == "percent" else f"{text} {_SPOKEN.get(unit, unit)}"


def unit_words(unit: str) -> str:
    """A unit as the axis of a chart names it; empty where the metric's name says it."""
    return "" if unit in _UNSPOKEN else _SPOKEN.get(unit, unit)


def plain_number(value: float) -> str:
    """A published number as it stands, with commas and no more decimals than it has."""
    return f"{value:,.10g}".replace("-", "−")


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


def count_words(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun: ``no metrics``, ``1 metric``, ``12 metrics``."""
    if count == 0:
        return f"no {plural or noun + 's'}"
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def listed(items: Sequence[str], word: str = "and") -> str:
    """Items as a list in a sentence."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def sentence_case(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
