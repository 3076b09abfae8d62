"""Rounding of parts so that what is shown adds up to what is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from remit.assessment.scoring.laws.rounding import digits
from remit.model.framework import Rounding
from remit.words.figures import number_words, signed_words

_SNAP = 1e-7
"""Parts are sums of many terms: a multiple of the last digit may arrive a little off."""


def last_digits(value: float, rounding: Rounding, decimals: int) -> int:
    """A figure as shown, counted in units of its last digit: 2.33 at two decimals is 233."""
    return int(digits(np.array(value), decimals, rounding))


def apportion(parts: Sequence[float], total: int, decimals: int) -> list[int]:
    """Round parts to whole last digits that sum to ``total``, by largest remainders.

    No part moves by a whole digit, a part of nothing stays nothing, and the parts of the
    opposite change are the same figures with the other sign (the method of Hamilton; see
    Balinski and Young, Fair Representation, 1982).

    Parameters
    ----------
    parts
        Unrounded parts, in the unit of the figure.
    total
        What they are to sum to, in units of the last digit.
    decimals
        How many decimals are shown.
    """
    scaled = [_snapped(part * 10.0**decimals) for part in parts]
    leading = next((part for part in (float(total), *scaled) if part), 0.0)
    if leading < 0:
        return [-units for units in _largest_remainders([-part for part in scaled], -total)]
    return _largest_remainders(scaled, total)


def _snapped(scaled: float) -> float:
    nearest = round(scaled)
    return float(nearest) if abs(scaled - nearest) < _SNAP else scaled


def _largest_remainders(scaled: Sequence[float], total: int) -> list[int]:
    units = [math.floor(part) for part in scaled]
    # Equal remainders that differ by noise alone are served in the order of the parts.
    remainders = [round(part - floor, 7) for part, floor in zip(scaled, units, strict=True)]
    order = sorted(range(len(units)), key=lambda place: -remainders[place])
    for place in order[: max(total - sum(units), 0)]:
        units[place] += 1
    return units


def signed(units: int, decimals: int) -> str:
    """Last digits as a figure with its sign: ``+0.12``, ``−0.03``, ``0.00``."""
    return signed_words(units / 10.0**decimals, decimals)


def plain(units: int, decimals: int) -> str:
    """Last digits as a figure: 233 at two decimals is ``2.33``."""
    return number_words(units / 10.0**decimals, decimals)
