"""Does the service begin, or the file of it? Then those who seem to enter had it before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl
from scipy.stats import binom

from remit.shift.effect.asked import Asked
from remit.shift.effect.codes import Codes
from remit.shift.effect.gates import GateFigure, rare
from remit.words.figures import number_words, percent_words

_WEEKS: Final = 42
_ENOUGH: Final = 20
"""So many people must enter in the next six weeks, or there is no rate to hold the first to."""


def first_weeks(codes: Codes, asked: Asked) -> Iterator[GateFigure]:
    """Whether very many enter in the first six weeks, and nobody before them.

    A file that begins shows whoever is in the service already as an entry, and what the service
    does is in the year before as well. A service with a list of those who waited begins like it:
    the records do not tell the two apart, and whoever asks can begin later. Where hardly anybody
    enters in the next six weeks there is no rate to hold the first to.

    Parameters
    ----------
    codes
        What stands in the records.
    asked
        The question, with its limits.
    """
    limits, start = asked.rules.gates, asked.quarter(0)
    day, people = pl.col("day"), codes.entries
    before = int(people.filter(day < start)["people"].sum())
    first, following = (
        int(people.filter(day >= one, day < one + _WEEKS)["people"].sum())
        for one in (start, start + _WEEKS)
    )
    if codes.entered(asked) <= first or following < _ENOUGH:
        return
    share, rate, times = first / codes.entered(asked), first / following, limits.first_weeks_times
    closes = before == 0 and share > limits.first_weeks and rate > times
    yield GateFigure(
        "first weeks",
        "people who enter in the first six weeks over those of the next six, where nobody does "
        "before",
        rate if before == 0 else 0.0,
        limits.first_weeks_times,
        f"{percent_words(share)} of those with the service have their first record of it in the "
        f"first six weeks, {number_words(rate, 1)} times as many as in the next six, and nobody "
        "has one before: it looks as if the file begins there and not the service, so that they "
        "were in it already. Ask from a day after those weeks, or with records of the service "
        "from its beginning."
        if closes
        else "",
        float(binom.sf(first - 1, first + following, times / (1 + times))),
        rare(asked),
    )
