"""Money as people read it: whole pounds of integer pence."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from remit.words.figures import number_words

_MILLION = 1_000_000


def pounds_words(pence: int) -> str:
    """Pence as whole pounds, halves away from nought, with a true minus sign.

    >>> pounds_words(128_480_000), pounds_words(-150)
    ('£1,284,800', '−£2')
    """
    pounds = (Decimal(abs(pence)) / 100).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{'−' if pence < 0 and pounds else ''}£{pounds:,f}"


def short_pounds(pence: int) -> str:
    """Pence as a board says them: in millions with two decimals where there are any.

    >>> short_pounds(128_480_000), short_pounds(-1_250_000)
    ('£1.28m', '−£12,500')
    """
    if abs(pence) < _MILLION * 100:
        return pounds_words(pence)
    sign = "−" if pence < 0 else ""
    return f"{sign}£{number_words(abs(pence) / 100 / _MILLION, 2)}m"
