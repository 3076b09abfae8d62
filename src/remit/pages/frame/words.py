"""Figures and names as a page prints them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from remit.model.organisation import TrustKind

NONE = "–"
"""What stands in a cell that has no figure."""


def shown(number: float | None, decimals: int = 2) -> str:
    """A figure with fixed decimals, rounded half up; a dash for None."""
    if number is None:
        return NONE
    # Nine decimals first: 2.675 held as 2.67499999… must round as the 2.675 that was meant.
    exact = Decimal(repr(round(number, 9)))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{rounded:,}"
    return text.removeprefix("-") if rounded == 0 else text.replace("-", "−")


def with_sign(number: float, decimals: int = 2) -> str:
    """A difference, with its sign."""
    text = shown(number, decimals)
    return text if text.startswith("−") or not text.strip("0.") else f"+{text}"


def unit_words(unit: str) -> str:
    """A unit as the head of a column."""
    return {"percent": "%", "mins": "minutes"}.get(unit, unit)


def kind_words(kind: TrustKind, count: int = 2) -> str:
    """A kind of trust inside a sentence."""
    name = kind.label.removesuffix(" trust")
    return f"{name[0].lower()}{name[1:]} trust{'' if count == 1 else 's'}"


def listed(items: Sequence[str], word: str = "and") -> str:
    """Items as a list in a sentence."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def count_words(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun: ``1 trust``, ``1,204 rows``."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def short_name(name: str) -> str:
    """An ICB's name without the words that all of them share."""
    return name.removeprefix("NHS ").removesuffix(" Integrated Care Board")


def short_trust_name(name: str) -> str:
    """A trust's name without its legal form."""
    return name.removesuffix(" NHS Foundation Trust").removesuffix(" NHS Trust")


def rank_words(rank: float | None, of: int | None) -> str:
    """A rank among a number: ``12 of 134``."""
    if rank is None:
        return NONE
    return f"{rank:g} of {of}" if of else f"{rank:g}"
