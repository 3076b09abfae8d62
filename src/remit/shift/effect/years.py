"""Is a year that is compared unlike the others, and does something else begin at entry?"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

import numpy as np
import polars as pl
from numpy.typing import NDArray

from remit.shift.effect.asked import Asked
from remit.shift.effect.counted import Counted
from remit.shift.effect.estimate import Contrast, Matched
from remit.shift.effect.gates import PLACEBO, Refusal, rare
from remit.shift.effect.strata import is_able
from remit.words.figures import number_words, percent_words

Floats = NDArray[np.float64]
_YEARS = 3
"""So many years are needed, for a trend and one that may lie off it."""


def odd_years(
    counted: Counted, matched: Matched, left_out: tuple[int, ...], asked: Asked
) -> Iterator[Refusal]:
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
    found, years = matched.contrast(*PLACEBO), _yearly(counted.recorded, left_out)
    if not _differed(found, asked) or len(years) < _YEARS or not (years > 0).all():
        return
    odd, off = _off_the_trend(np.log(years))
    if odd != 1 and abs(off) > asked.rules.gates.odd_year:
        yield Refusal(
            "odd year",
            f"In the {_named(odd)} people without the service had {number_words(exp(off), 2)} "
            "times the hospital records that the trend of the other years lets expect, and those "
            f"with the service had {number_words(found.ratio, 2)} times the use of people alike in "
            "the year before the matched one. That this difference lasts can then not be supposed.",
            exp(off),
            exp(asked.rules.gates.odd_year if off > 0 else -asked.rules.gates.odd_year),
        )


def _differed(found: Contrast, asked: Asked) -> bool:
    return min(found.chance(above=True), found.chance(above=False)) < rare(asked)


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


def others_begin(counted: Counted, asked: Asked) -> Iterator[Refusal]:
    """Whether another service begins about the day of entry, on one side far more than the other.

    Parameters
    ----------
    counted
        What was counted.
    asked
        The question, with its limits.
    """
    limits = asked.rules.gates
    able = counted.cells.filter(is_able())
    looks = [int(able.filter(pl.col("arm") == arm)["people"].sum()) for arm in (0, 1)]
    for (service,), part in counted.begun.sort("service").group_by("service", maintain_order=True):
        begun = dict(zip(part["arm"], part["looks"], strict=True))
        others, treated = (begun.get(arm, 0) / max(looks[arm], 1) for arm in (0, 1))
        less, more = sorted((others, treated))
        if more - less > limits.other_service and more > limits.other_service_times * less:
            yield Refusal(
                "another service",
                f"Another service, {service}, begins about the day of entry for "
                f"{percent_words(treated)} of those with {asked.service} and "
                f"{percent_words(others)} of the others: which of the two had an effect cannot be "
                "told.",
                treated - others,
                limits.other_service,
            )
