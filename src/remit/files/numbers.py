"""Numbers in a user's own lists, told from what only Python takes for one."""

from __future__ import annotations

import math
import re

_NUMBER = re.compile(
    r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?|[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
)
POINTED_THOUSANDS = r"[+-]?[1-9][0-9]{0,2}(?:[.][0-9]{3})+"
"""A whole number whose thousands a point may part: ``18.011``. It may be a decimal one as well:
what decides, and who is asked, is each door's own."""
LARGEST = 1e12
"""No figure of a health system is larger (see ``declarations/limits``)."""


def number_in(text: str) -> float | None:
    """A finite number in the digits 0 to 9, thousands by commas; None where there is none.

    >>> number_in("1,234.5")
    1234.5
    >>> number_in("1,5") is None and number_in("٣") is None and number_in("nan") is None
    True
    """
    plain = text.strip().replace("−", "-")
    if not _NUMBER.fullmatch(plain):
        return None
    number = float(plain.replace(",", ""))
    return number if math.isfinite(number) and abs(number) <= LARGEST else None
