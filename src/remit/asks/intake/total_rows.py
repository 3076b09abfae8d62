"""Rows at the end of a list that add it up, and ask nothing of anybody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from remit.asks.intake.cells import hours

_TOTAL = re.compile(
    r"(?:(?:grand|overall|sub|running|monthly)[- ]?)?(?:totals?|sum)"
    r"(?: (?:hours|time|effort|asks|requests|of hours))?:?|n ?= ?\d+|count(?: of .{1,30})?:?",
    re.IGNORECASE,
)
_HAIR = 0.01


def is_total(cells: Sequence[str], place_of_hours: int | None, hours_above: float) -> bool:
    """Whether a row is a total of those above it.

    Its only words are ``Total`` or the like; or it has nothing but the sum of the hours above.

    Parameters
    ----------
    cells
        The row.
    place_of_hours
        Where the hours stand.
    hours_above
        The hours of the asks above, added up.

    Examples
    --------
    >>> is_total(["", "Grand total", "6.5"], 2, 6.5), is_total(["", "Total waits", "1"], 2, 6.5)
    (True, False)
    """
    said = {at: " ".join(cell.split()) for at, cell in enumerate(cells) if cell.strip()}
    words = [text for text in said.values() if not _is_figure(text)]
    if words:
        return all(map(_TOTAL.fullmatch, words))
    if place_of_hours is None or set(said) != {place_of_hours}:
        return False
    found = _hours_in(said[place_of_hours])
    return found is not None and found > 0 and abs(found - hours_above) < _HAIR


def _is_figure(text: str) -> bool:
    return _hours_in(text) is not None or text.replace(",", "").replace(".", "").isdigit()


def _hours_in(text: str) -> float | None:
    try:
        return hours(text).hours
    except ValueError:
        return None
