"""Is a year that is compared unlike the others, and does something else begin at entry?"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

import numpy as np
import polars as pl
from numpy.typing import NDArray

from remit.shift.effect.asked import Asked
from remit.shift.effect.counted import Counted
from remit.shift.effect.estimate import Matched
from remit.shift.effect.gates import PLACEBO, GateFigure, rare, ratio_words
from remit.shift.effect.strata import is_able
from remit.words.figures import number_words, percent_words

Floats = NDArray[np.float64]
_YEARS = 3
"""So many years are needed, for a trend and one that may lie off it."""


def odd_years(
    counted: Counted, matched: Matched, left_out: tuple[int, ...], asked: Asked
) -> Iterator[GateFigure]:
    """Whether a year that is compared lies off the trend, where a lasting difference is supposed.

    Where those with the service had used otherwise than people alike already, the ratio of ratios
    supposes that this would have lasted. In a year in which people stayed away, they need not have
    stayed away alike. Where there was no difference, such a year is in both sides.

    Parameters
    ----------
    counted
        What was counted.
    matched
        Those with the service and those alike.
    left_out
        Providers that are left out.
    asked
        The question, with its limits.
    """
    if matched.kept == 0:
        return
    limit = asked.rules.gates.odd_year
    what = "hospital records of a year that is compared, off the trend of the other years"
    found, years = matched.contrast(*PLACEBO), _yearly(counted.recorded, left_out)
    if len(years) < _YEARS or not (years > 0).all():
        yield GateFigure("odd year", what, None, exp(limit))
        return
    odd, off = _off_the_trend(np.log(years))
    yield GateFigure(
        "odd year",
        what,
        exp(off),
        exp(limit if off > 0 else -limit),
        f"In the {_named(odd)} people without the service had {number_words(exp(off), 2)} "
        "times the hospital records that the trend of the other years lets expect, and those "
        f"with the service had {ratio_words(found)} the use of people alike in "
        "the year before the matched one. That this difference lasts can then not be supposed."
        if odd != 1 and abs(off) > limit
        else "",
        found.chance(found.value > 0),
        rare(asked),
    )


def _yearly(recorded: pl.DataFrame, left_out: tuple[int, ...]) -> Floats:
    """Hospital records in each whole year from two years before the start on."""
    mine = recorded.filter(~pl.col("provider_code").is_in(list(left_out)))
    if mine.is_empty():
        return np.zeros(0)
    quarters = np.bincount(mine["window"].to_numpy(), mine["records"].to_numpy())
    whole = len(quarters) // 4 * 4
    years: Floats = quarters[:whole].reshape(-1, 4).sum(axis=1).astype(np.float64)
    return years


def _off_the_trend(levels: Floats) -> tuple[int, float]:
    """The year that lies off the line through the others, where these lie on it best; by how much.

    Of three years each lies off the line of the two others; then it is the first.
    """
    at = np.arange(len(levels), dtype=np.float64)
    best, odd, off = np.inf, 0, 0.0
    for year in range(len(levels)):
        rest = at != year
        slope, start = np.polyfit(at[rest], levels[rest], 1)
        left = float(((levels[rest] - start - slope * at[rest]) ** 2).sum())
        if left < best - 1e-12:
            best, odd, off = left, year, float(levels[year] - start - slope * year)
    return odd, off


def _named(year: int) -> str:
    return "earliest year" if year == 0 else f"year {year - 1} from the start"


def others_begin(counted: Counted, asked: Asked) -> Iterator[GateFigure]:
    """Whether another service begins about the day of entry on one side, or later for the others.

    What those with the service get beside it after entry may be part of it; what the others get
    instead of it, in the year in which they are compared, is what it is compared with.

    Parameters
    ----------
    counted
        What was counted.
    asked
        The question, with its limits.
    """
    able = counted.cells.lazy().filter(is_able()).group_by("arm").agg(pl.col("people").sum())
    people = dict(able.collect().iter_rows())
    looks = [int(people.get(arm, 0)) for arm in (0, 1)]
    services = counted.begun.sort("service")["service"].unique(maintain_order=True).to_list()
    for service in services:
        part = counted.begun.filter(pl.col("service") == service)
        for span, when in (
            ("looks", "about the day of entry"),
            ("within", "between the years compared"),
        ):
            begun = dict(zip(part["arm"], part[span], strict=True))
            others, treated = (begun.get(arm, 0) / max(looks[arm], 1) for arm in (0, 1))
            matters = span == "looks" or others > treated
            yield _one_begins(f"{service} begins {when}", (treated, others), matters, asked)


def _one_begins(what: str, shares: tuple[float, float], matters: bool, asked: Asked) -> GateFigure:
    """One other service, which begins for a share of those with the service, and of the others.

    Parameters
    ----------
    what
        Which it is, and when it begins.
    shares
        With the service, and without.
    matters
        Whether more of it on that side matters then.
    asked
        The question, with its limits.
    """
    limits, (treated, others) = asked.rules.gates, shares
    less, more = sorted(shares)
    apart = more - less > limits.other_service and more > limits.other_service_times * less
    return GateFigure(
        "another service",
        f"share for whom {what}, with the service less without",
        treated - others,
        limits.other_service,
        f"Another service: {what} for {percent_words(treated)} of those with {asked.service} and "
        f"{percent_words(others)} of the others: which of the two had an effect cannot be told."
        if apart and matters
        else "",
    )
