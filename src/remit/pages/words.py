"""Figures and names as a page prints them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from remit.model.metric import Better
from remit.model.organisation import TrustKind

NONE = "–"
"""What stands in a cell that has no figure; a screen reader hears the hidden words beside it."""

_DIRECTIONS = {
    Better.HIGHER: "Higher is better",
    Better.LOWER: "Lower is better",
    Better.NEUTRAL: "Neither direction is better",
}

_STATUS = {
    "suppressed": "the figure is suppressed in the publication",
    "not_submitted": "no figure was submitted",
    "not_applicable": "the metric does not apply to this trust",
}

_UNITS = {
    "percent": "{}%",
    "percentage points": "{} percentage points",
    "mins": "{} minutes",
    "days": "{} days",
    "out of 10": "{} out of 10",
}

_WHOLE = frozenset({"count", "flag", "segment", "rank"})


def shown(number: float | None, decimals: int = 2) -> str:
    """A figure with fixed decimals, rounded half up; a dash for None."""
    if number is None:
        return NONE
    # Nine decimals first: 2.675 held as 2.67499999… must round as the 2.675 that was meant.
    exact = Decimal(repr(round(number, 9)))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{rounded:,}"
    return text.removeprefix("-") if rounded == 0 else text.replace("-", "−")


def with_sign(number: float | None, decimals: int = 2) -> str:
    """A difference, with its sign."""
    text = shown(number, decimals)
    return f"+{text}" if number is not None and number > 0 and text.strip("0.") else text


def value_words(value: float | None, unit: str | None) -> str:
    """A metric's value with its unit."""
    if value is None:
        return NONE
    whole = unit in _WHOLE and value == int(value)
    return _UNITS.get(unit or "", "{}").format(shown(value, 0 if whole else 2))


def unit_words(unit: str) -> str:
    """A unit as the head of a column."""
    return {"percent": "%", "mins": "minutes"}.get(unit, unit)


def direction_words(better: Better) -> str:
    """Which way a metric improves."""
    return _DIRECTIONS[better]


def status_words(status: str | None) -> str:
    """Why there is no figure."""
    return _STATUS.get(status or "", "there is no row for it in the files at hand")


def kind_words(kind: TrustKind, count: int = 2) -> str:
    """A kind of trust inside a sentence."""
    name = kind.label.removesuffix(" trust")
    return f"{name[0].lower()}{name[1:]} trust{'' if count == 1 else 's'}"


def kinds_words(kinds: Sequence[TrustKind]) -> str:
    """Several kinds of trust inside a sentence."""
    return listed([kind_words(kind) for kind in kinds])


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


def rank_words(rank: float | None, of: int | None) -> str:
    """A rank among a number: ``12 of 134``."""
    if rank is None:
        return NONE
    place = str(int(rank)) if rank == int(rank) else f"{rank:g}"
    return f"{place} of {of}" if of else place
