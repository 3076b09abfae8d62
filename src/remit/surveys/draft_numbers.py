"""Answers that are numbers: which range is possible, and what stands for no answer."""

from __future__ import annotations

import polars as pl

from remit.surveys.reading.coding import number_in

_NO_ANSWERS = (-1.0, -9.0, -99.0, -999.0, 99.0, 999.0, 9999.0, 99999.0, 999999.0)
_FAR = 20
"""A number so many times the greatest of nearly all others is a slip or a code."""


def share_of_numbers(given: pl.Series) -> float:
    """How many of some answers are numbers, from 0 to 1.

    >>> share_of_numbers(pl.Series(["10", "ten"]))
    0.5
    """
    numbers = sum(number_in(text) is not None for text in given.to_list())
    return numbers / len(given)


def bounds(given: pl.Series) -> list[str]:
    """The range that is possible as far as the numbers themselves tell it.

    >>> bounds(pl.Series(["10", "20", "9999"]))
    ['least: 0', 'not_values: [9999]']
    """
    read = (number_in(text) for text in given.to_list())
    values = sorted(value for value in read if value is not None)
    usual = [value for value in values if value not in _NO_ANSWERS] or values
    top = usual[min(len(usual) - 1, int(0.95 * len(usual)))]
    lines = []
    if min(usual) >= 0:
        lines.append("least: 0")
    codes = [
        one for one in _NO_ANSWERS if one in values and (one < 0 <= min(usual) or one > 5 * top > 0)
    ]
    if codes:
        lines.append(f"not_values: [{', '.join(f'{one:g}' for one in codes)}]")
    if top > 0 and any(value > _FAR * top for value in usual):
        lines.append(f"most: {_FAR * top:g}")
    return lines
