"""Figures as people read them: one rounding, one minus sign, decimals by unit.

A figure is rounded half up from the shortest decimal that it is known by: 2.675 is 2.68 with two
decimals and 2.7 with one. Where a framework declares that halves go to the even digit, its scores
do. In CSV and JSON figures are not rounded, and a minus is a hyphen.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from math import floor, isfinite, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from remit.model.framework import Rounding

    Verdict = Callable[[float], object]


NONE = "–"
"""What stands in the place of a figure that there is not."""

NOT_HELD = "not held"
"""What stands in the place of a value that no file gives."""

SCORE_ONLY = "score only"
"""What stands in the place of a value of which a score alone is published."""

_DECIMALS = {"percent": 1, "count": 0, "days": 1, "mins": 1, "minutes": 1, "secs": 1, "rate": 1}
"""How many decimals a value is told with, by the beginning of its unit."""

_PUBLISHED_DECIMALS = 2
"""Of a published value as many as this are shown, so that it can be held against its file."""

_MOST_DECIMALS = 9
"""Beyond these a difference is one of the machine's arithmetic."""

_SPOKEN = {"mins": "minutes", "secs": "seconds", "percent": "%"}
_UNSPOKEN = {"count", "people", "number", "rate", "ratio", "score", "flag", "segment", ""}
"""Units that the metric's name says already."""

_ONE = frozenset({"1", "−1", "+1", "-1"})

# As many digits as the largest float has; the usual context would refuse 1e30.
_WIDE = Context(prec=350)


def rounded(value: float, decimals: int, *, half_even: bool = False) -> Decimal:
    """A number rounded as it is printed.

    Parameters
    ----------
    value
        A finite number.
    decimals
        How many decimals are kept.
    half_even
        A half goes to the even digit instead of up (away from nought).

    Examples
    --------
    >>> rounded(2.675, 2), rounded(-2.675, 2), rounded(2.665, 2, half_even=True)
    (Decimal('2.68'), Decimal('-2.68'), Decimal('2.66'))
    """
    # Nine decimals first: a mean that arrives as 2.3449999999999998 is the 2.345 that was meant.
    return _quantized(repr(round(float(value), _MOST_DECIMALS)), decimals, half_even)


@lru_cache(maxsize=1 << 14)
def _quantized(digits: str, decimals: int, half_even: bool) -> Decimal:
    """The same limits, means and targets come again at every point; -0.0 stays itself as text."""
    mode = ROUND_HALF_EVEN if half_even else ROUND_HALF_UP
    return Decimal(digits).quantize(Decimal(1).scaleb(-decimals), mode, _WIDE)


def _telling(value: float, decimals: int, beside: Verdict) -> Decimal:
    """A number with as many more decimals as it takes for its verdict to hold of what is read."""
    for more in range(decimals, _MOST_DECIMALS + 1):
        found = rounded(value, more)
        if beside(float(found)) == beside(value):
            return found
    return Decimal(repr(float(value)))


def number_words(
    value: float | None,
    decimals: int = 2,
    *,
    half_even: bool = False,
    beside: Verdict | None = None,
) -> str:
    """A number with fixed decimals and a true minus sign; a dash where there is none.

    Parameters
    ----------
    value
        The number.
    decimals
        How many decimals are printed.
    half_even
        As for :func:`rounded`.
    beside
        What is said of the number next to it, such as whether it meets a standard. Where the
        rounded number would belie that, more decimals are printed.

    Examples
    --------
    >>> number_words(77.9999, beside=lambda shown: shown >= 78)
    '77.9999'
    >>> number_words(-1234.565), number_words(2.675, 1), number_words(None)
    ('−1,234.57', '2.7', '–')
    """
    if value is None or not isfinite(value):
        return NONE
    if beside is None:
        return _in_words(value, decimals, half_even)
    found = rounded(value, decimals, half_even=half_even)
    if float(found) != value and beside(float(found)) != beside(value):
        found = _telling(value, decimals, beside)
    return _printed(found)


# The same few figures stand on many pages.
@lru_cache(maxsize=1 << 16)
def _in_words(value: float, decimals: int, half_even: bool) -> str:
    return _printed(rounded(value, decimals, half_even=half_even))


def _printed(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.removeprefix("-") if number == 0 else text.replace("-", "−")


def signed_words(value: float | None, decimals: int = 2, *, beside: Verdict | None = None) -> str:
    """A difference with its sign: ``+0.12``, ``−0.03``; what is shown as nothing has none.

    Parameters
    ----------
    value
        The difference.
    decimals
        How many decimals are printed.
    beside
        As for :func:`number_words`.

    Examples
    --------
    >>> signed_words(0.125), signed_words(-0.03), signed_words(-0.001)
    ('+0.13', '−0.03', '0.00')
    """
    text = number_words(value, decimals, beside=beside)
    return f"+{text}" if value is not None and value > 0 and text.strip("0.") else text


def trimmed_words(value: float | None, decimals: int = 2, *, beside: Verdict | None = None) -> str:
    """A number with no more decimals than it has, at most so many.

    ``beside`` is as for :func:`number_words`.

    >>> trimmed_words(40.0), trimmed_words(62.5), trimmed_words(2.675)
    ('40', '62.5', '2.68')
    """
    text = number_words(value, decimals, beside=beside)
    return text.rstrip("0").rstrip(".") if "." in text else text


def score_words(score: float | None, rounding: Rounding, *, beside: Verdict | None = None) -> str:
    """A score with the decimals and the rounding of its framework; a dash where there is none.

    ``beside`` is as for :func:`number_words`.
    """
    half_even = rounding.mode == "half_even"
    return number_words(score, rounding.decimals, half_even=half_even, beside=beside)


def percent_words(share: float, decimals: int = 0) -> str:
    """A share of 1 as a percentage.

    >>> percent_words(0.125), percent_words(0.125, 1)
    ('13%', '12.5%')
    """
    return f"{number_words(100 * share, decimals)}%"


def decimals_of(unit: str, value: float) -> int:
    """How many decimals a value of a unit is told with; counts have none.

    Of a file of one's own nobody knows the unit: three digits that count are told, and two of what
    is smaller than a tenth.

    >>> decimals_of("", 53.0), decimals_of("", 0.5), decimals_of("", 0.0012)
    (1, 2, 4)
    """
    if not unit:
        size = abs(value)
        if 10**-_MOST_DECIMALS <= size < 0.1:
            return 1 - floor(log10(size))
        return 0 if size >= 1000 else 1 if size >= 10 else 2
    for name, decimals in _DECIMALS.items():
        if unit.startswith(name):
            return decimals
    return 0 if abs(value) >= 100 or value == int(value) else 1


def decimals_apart(unit: str, value: float, other: float) -> int:
    """How many decimals a value and another need, so that they are read apart where they differ.

    Parameters
    ----------
    unit
        That of both.
    value
        The value; without need it has its usual decimals.
    other
        What it lies above or below, such as a limit.

    Examples
    --------
    >>> decimals_apart("days", 7.76, 7.83), decimals_apart("days", 7.7, 7.83)
    (2, 1)
    """
    usual = decimals_of(unit, value)
    tried = range(usual, _MOST_DECIMALS + 1)
    return next((n for n in tried if rounded(value, n) != rounded(other, n)), usual)


def decimals_that_add_up(whole: float, part: float, decimals: int = 2) -> int:
    """How many decimals it takes for a difference as printed to be that of the printed numbers.

    Parameters
    ----------
    whole, part
        The numbers, of which the one is taken from the other.
    decimals
        At least so many.

    Examples
    --------
    >>> decimals_that_add_up(2.8833, 2.7163), decimals_that_add_up(2.88, 2.72)
    (3, 2)
    """
    tried = range(decimals, _MOST_DECIMALS + 1)
    adds_up = (n for n in tried
               if rounded(whole, n) - rounded(part, n) == rounded(whole - part, n))  # fmt: skip
    return next(adds_up, decimals)


def value_words(
    value: float | None, unit: str, *, beside: Verdict | None = None, decimals: int | None = None
) -> str:
    """A value with its unit as it is told: ``72.4%``, ``12,345``, ``8.2 minutes``.

    Parameters
    ----------
    value
        The value; None where none is held.
    unit
        Its unit.
    beside
        As for :func:`number_words`.
    decimals
        How many decimals, where what stands beside it needs others than its unit.

    Examples
    --------
    >>> value_words(8.24, "mins"), value_words(8.24, "mins", decimals=2), value_words(None, "")
    ('8.2 minutes', '8.24 minutes', 'not held')
    """
    if value is None:
        return NOT_HELD
    places = decimals_of(unit, value) if decimals is None else decimals
    return with_unit(number_words(value, places, beside=beside), unit)


def published_words(
    value: float | None, unit: str | None = None, *, beside: Verdict | None = None
) -> str:
    """A value with its unit as near to its publication as can be read: at most two decimals.

    ``beside`` is as for :func:`number_words`.

    >>> published_words(2.675, "percent"), published_words(12.0, "count"), published_words(None)
    ('2.68%', '12', '–')
    """
    if value is None:
        return NONE
    return with_unit(trimmed_words(value, _PUBLISHED_DECIMALS, beside=beside), unit or "")


def typed_words(value: float, unit: str) -> str:
    """A value that somebody typed, with its unit and every decimal that it has.

    >>> typed_words(-0.004, "percent"), typed_words(12000.0, "count")
    ('−0.004%', '12,000')
    """
    # Nought is added since a minus nought is read as nought.
    text = f"{Decimal(repr(value + 0.0)).normalize():,f}"
    return with_unit(text.replace("-", "−"), unit)


def with_unit(text: str, unit: str) -> str:
    """A number with its unit, where that is not in the metric's name already.

    >>> with_unit("1", "days"), with_unit("1.0", "days"), with_unit("−1", "cases per 1,000 beds")
    ('1 day', '1.0 days', '−1 case per 1,000 beds')
    """
    if unit in _UNSPOKEN:
        return text
    if unit == "percent":
        return f"{text}%"
    spoken = _SPOKEN.get(unit, unit)
    return f"{text} {_one_of(spoken) if text in _ONE else spoken}"


def without_unit(text: str, unit: str) -> str:
    """A value as :func:`value_words` tells it, without its unit; a per cent sign stays.

    >>> without_unit("8.2 minutes", "mins"), without_unit("1 day", "days"), without_unit("5%", "")
    ('8.2', '1', '5%')
    """
    number, _, rest = text.partition(" ")
    spoken = unit_words(unit)
    return number if rest and rest in {spoken, _one_of(spoken)} else text


def _one_of(unit: str) -> str:
    """A unit after 1: ``day``, ``case per 1,000 beds``."""
    what, per, base = unit.partition(" per ")
    return f"{what.removesuffix('s')}{per}{base}"


def unit_words(unit: str) -> str:
    """A unit as the axis of a chart names it; empty where the metric's name says it."""
    return "" if unit in _UNSPOKEN else _SPOKEN.get(unit, unit)


def unit_name(unit: str) -> str:
    """A unit by itself, as in a list of what a metric is."""
    return _SPOKEN.get(unit, unit)


def plain_number(value: float) -> str:
    """A published number as it stands, with commas and no more decimals than it has."""
    return f"{value:,.10g}".replace("-", "−")


def rank_words(
    rank: float | None, of: int | None, among: str = "", printed: float | None = None
) -> str:
    """A rank among a number: ``12 of 134``; a dash where there is none.

    Parameters
    ----------
    rank, of
        The rank, and of how many.
    among
        Which of all these are, where not all are ranked: ``that miss the standard``.
    printed
        The rank that the file prints; it is told where it is another.

    Examples
    --------
    >>> rank_words(10, 84, "that miss the standard", 49)
    '10 of the 84 that miss the standard; printed in the file: 49'
    """
    if rank is None:
        return NONE
    of_whom = f" of the {of} {among}" if among else f" of {of}"
    other = f"; printed in the file: {printed:g}" if printed not in (None, rank) else ""
    return f"{rank:g}{of_whom if of else ''}{other}"


def data_number(value: float, decimals: int) -> float:
    """A number for a cell or a record of data, rounded as it would be printed.

    >>> data_number(2.675, 2)
    2.68
    """
    return float(rounded(value, decimals))
