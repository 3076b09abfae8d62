"""Amounts in a sentence, and whether they are a stored figure as it may be rounded and written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from remit.annual.periods import SAID_PERIODS
from remit.annual.sentences import MARK
from remit.files.numbers import number_in

_SCALES = {
    "k": 1e3, "thousand": 1e3, "000": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6,
    "bn": 1e9, "billion": 1e9,
}  # fmt: skip
_UNITS = {
    "%": ("percent", 1.0), "per cent": ("percent", 1.0), "percent": ("percent", 1.0),
    "percentage point": ("percent", 1.0), "percentage points": ("percent", 1.0),
    "point": ("percent", 1.0), "points": ("percent", 1.0), "pp": ("percent", 1.0),
    "% points": ("percent", 1.0), "share": ("percent", 100.0), "proportion": ("percent", 100.0),
    "£": ("money", 1.0), "pound": ("money", 1.0), "pounds": ("money", 1.0), "gbp": ("money", 1.0),
    "£k": ("money", 1e3), "£000": ("money", 1e3), "£000s": ("money", 1e3), "£m": ("money", 1e6),
    "£ million": ("money", 1e6), "£bn": ("money", 1e9), "£ billion": ("money", 1e9),
    "pence": ("money", 0.01), "p": ("money", 0.01),
    "second": ("time", 1 / 60), "seconds": ("time", 1 / 60), "sec": ("time", 1 / 60),
    "secs": ("time", 1 / 60), "minute": ("time", 1.0), "minutes": ("time", 1.0),
    "min": ("time", 1.0), "mins": ("time", 1.0), "hour": ("time", 60.0), "hours": ("time", 60.0),
    "hr": ("time", 60.0), "hrs": ("time", 60.0), "day": ("time", 1440.0),
    "days": ("time", 1440.0), "week": ("time", 10080.0), "weeks": ("time", 10080.0),
}  # fmt: skip
"""As it is written → what kind of amount it is, and how many of the kind's own unit it has."""

_ABOUT = r"about|around|approximately|approx\.?|roughly|some|circa|c\."
_OVER = r"just over|a little over|well over|more than|over|above|at least|upwards of|exceeding"
_UNDER = r"just under|a little under|nearly|almost|fewer than|less than|under|below|close to|up to"
_AMOUNT = re.compile(
    rf"(?:\b(?:(?P<about>{_ABOUT})|(?P<over>{_OVER})|(?P<under>{_UNDER}))\s+)?"
    r"(?P<sign>[-−+]\s?)?(?P<money>£\s?)?(?P<sign2>[-−+])?"
    r"(?<![\w.,/])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?![\d/])"
    r"(?:\s?(?P<scale>bn|billion|mn|million|thousand|[mk](?![a-z])))?"
    r"(?:[\s-]?(?P<unit>% points|%|per cent|percentage points?|percent|points?|pp|pence"
    r"|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?)(?![a-z]))?"
    r"(?:\s+(?:[a-z]+\s+){0,3}?per\s+(?P<per>\d[\d,]*))?",
    re.IGNORECASE,
)
_NO_FIGURES = re.compile(
    r"\bss?\.?\s?\d+[A-Z]*\d*[A-Z]*(?:\(\w+\))*|\b(?:section|sections|schedule|regulation|article"
    r"|chapter|part|page|annex|figure|table|recommendation|standard|band|tier|segment|category"
    r"|phase|core20plus)\s?\d+\w*"
    r"|\b\d+(?:st|nd|rd|th)\b|\b(?:aged?|ages)\s\d+(?:\s?(?:to|-|–)\s?\d+)?"
    r"|\b\d+(?:\s?(?:to|-|–)\s?\d+)?[\s-](?:year|month)s?[\s-]olds?"
    r"|\b\d+\s(?:and|or|years and)\s(?:over|under|older|above|younger)|\b\d+\+"
    r"|\b(?:over|under)[\s-]\d+s?\b(?=\W|$)(?<=s)|\b[A-Za-z]+\d[\w-]*|\b\d+[A-Z]\w*\b"
    r"|\b[A-Za-z]+-\d+\b(?!%)|\bNHS 111\b|\b999\b|\b24/7\b|\b\d+\sin\s\d+\b"
)
_EXACT = 1e-9
_ROUGH = 0.05
_AROUND = 0.10
_NEAR = 2.0


@dataclass(frozen=True, slots=True)
class SaidAmount:
    """An amount as it stands in a text; ``step`` is one of its last place."""

    text: str
    value: float
    step: float
    kind: str
    factor: float
    roughly: str = ""
    per: float = 0.0
    plain: bool = False
    """Whether it is a whole number without comma, unit or sign."""


@dataclass(frozen=True, slots=True)
class HeldNumber:
    """A number that the evidence holds, with its unit."""

    value: float
    kind: str
    factor: float
    per: float = 0.0


def known(value: float, unit: str) -> HeldNumber:
    """A number with its unit as a metric or an item of evidence names it.

    >>> known(72.4, "percent").kind, known(12.0, "£m").factor
    ('percent', 1000000.0)
    """
    plain = " ".join(unit.strip().lower().split())
    per = re.search(r"per\s+([\d,]+)", plain)
    base = plain.partition(" per ")[0] if per else plain
    kind, factor = _UNITS.get(base, ("", 1.0))
    return HeldNumber(value, kind, factor, (number_in(per[1]) or 0.0) if per else 0.0)


def amounts_in(text: str) -> Iterator[SaidAmount]:
    """The amounts of a sentence; periods, days, ages and numbers of sections are none.

    >>> [(one.value, one.kind) for one in amounts_in("In Q4 2024/25 72.4% of over-65s, £1.2m")]
    [(72.4, 'percent'), (1200000.0, 'money')]
    """
    bare = text
    for pattern in (MARK, SAID_PERIODS, _NO_FIGURES):
        bare = pattern.sub(lambda m: " " * len(m.group()), bare)
    for found in _AMOUNT.finditer(bare):
        yield _amount(found)


def _amount(found: re.Match[str]) -> SaidAmount:
    written = found["number"]
    decimals = len(written.partition(".")[2])
    scale = _SCALES.get((found["scale"] or "").lower(), 1.0)
    unit = (found["unit"] or "").lower()
    kind, factor = _UNITS.get(unit, ("", 1.0))
    if found["money"]:
        kind, factor = "money", 1.0
    per = number_in(found["per"] or "") or 0.0
    whole = decimals == 0 and "," not in written and scale == 1 and not kind and not per
    roughly = next((name for name in ("about", "over", "under") if found[name]), "")
    number = float(written.replace(",", ""))
    return SaidAmount(
        found.group().strip(), number * scale, 10.0**-decimals * scale, kind, factor, roughly,
        per, whole,
    )  # fmt: skip


def amount_of(text: str, unit: str) -> SaidAmount | None:
    """What is written in the ``value`` of an item: ``72.4``, ``72.4%``, ``£1.2m``.

    >>> amount_of("72.4", "percent").kind
    'percent'
    """
    amounts = list(amounts_in(text))
    if len(amounts) != 1:
        return None
    (found,) = amounts
    if found.kind or not unit:
        return found
    other = known(found.value, unit)
    return SaidAmount(
        found.text, found.value, found.step, other.kind, other.factor, found.roughly,
        found.per or other.per,
    )  # fmt: skip


def is_the_same(said: SaidAmount, held: HeldNumber) -> bool:
    """Whether an amount is a number of the evidence, rounded to the places that it is written with.

    >>> figure = known(72.4237, "percent")
    >>> [is_the_same(one, figure) for one in amounts_in("72%, 72.4 per cent, 72.5%, 0.724")]
    [True, True, False, True]
    """
    return any(_fits(said, value, stored, step) for value, stored, step in _compared(said, held))


def _compared(said: SaidAmount, held: HeldNumber) -> Iterator[tuple[float, float, float]]:
    """The amount, the number and the step of the last place, in one unit."""
    if said.kind and said.kind == held.kind:
        ours, theirs = said.factor, held.factor
        if said.per and held.per:
            ours, theirs = ours / said.per, theirs / held.per
        yield said.value * ours, held.value * theirs, said.step * ours
    elif not said.kind or not held.kind:
        if said.per and held.per:
            yield said.value / said.per, held.value / held.per, said.step / said.per
        yield said.value, held.value, said.step
        if held.kind == "percent" and not said.kind:
            yield said.value * 100, held.value * held.factor, said.step * 100
        if held.factor != 1 and not said.kind:
            yield said.value, held.value * held.factor, said.step


def _fits(said: SaidAmount, value: float, stored: float, step: float) -> bool:
    value, stored = abs(value), abs(stored)
    least = _EXACT * max(1.0, stored)
    if said.roughly == "over":
        return value - least <= stored <= value * (1 + _AROUND)
    if said.roughly == "under":
        return value * (1 - _AROUND) <= stored <= value + least
    near = step / 2 * (1 + 1e-6) + least
    return abs(stored - value) <= max(near, _ROUGH * stored if said.roughly == "about" else 0)


def may_be_meant(said: SaidAmount, held: HeldNumber) -> bool:
    """Whether an amount that is not the same can only have been meant for a number, wrongly.

    A whole number without a unit is often no figure (three places, 12 trusts): it is near enough
    to be meant only within a half and the double.
    """
    if said.kind in {"percent", "money"} and said.kind == held.kind:
        return True
    if said.plain and (said.value < 10 or held.kind in {"percent", "money"}):
        return False
    return any(
        stored and 1 / _NEAR <= abs(value / stored) <= _NEAR
        for value, stored, _ in _compared(said, held)
    )
