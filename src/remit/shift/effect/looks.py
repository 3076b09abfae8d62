"""On which days people are looked at: at entry, and those without the service on days like it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from remit.shift.effect.asked import Asked
from remit.shift.effect.codes import Codes

NEVER = 99_999
"""A day number after all others."""
LATER = 2
"""The arm of people who have the service, but after the day on which they are looked at."""


@dataclass(frozen=True, slots=True)
class Looks:
    """The quarters of entry, and the days in them on which others are looked at.

    Attributes
    ----------
    quarters
        Each quarter of entry: ``look``, the days on which it begins and ends (``q0``, ``next``),
        and on which the quarters before it begin (``m1`` … ``m8``).
    places
        For each place that a person can have (``place``) and each quarter in which that person
        is looked at (``look``) the day (``index``).
    """

    quarters: pl.DataFrame
    places: pl.DataFrame


def plan_looks(codes: Codes, asked: Asked) -> Looks:
    """The days on which people without the service are looked at.

    Somebody who never enters has no day of entry. Each is given one for every quarter in which
    others entered, so that seasons and trends are the same on both sides. Within the quarter it is
    spread as the days of entry are: the place of a person among them follows from the days of that
    person's records before the start, which is the same in whatever order the rows lie.

    Parameters
    ----------
    codes
        What stands in the records.
    asked
        The question.
    """
    quarters, places = quarters_of_entry(codes, asked), asked.rules.places_of_days
    entered = _entered(codes, quarters)
    if codes.is_large(asked):
        return Looks(quarters, _spread(entered, places))
    each = [_spread(part, places) for _, part in entered.sort("day").group_by("look")]
    return Looks(quarters, pl.concat(each) if each else _no_places())


def quarters_of_entry(codes: Codes, asked: Asked) -> pl.DataFrame:
    """The quarters in which somebody enters, with the days that :class:`Looks` tells of.

    Parameters
    ----------
    codes
        What stands in the records.
    asked
        The question.
    """
    quarters = pl.DataFrame([_quarter(asked, number) for number in range(asked.entry_quarters)])
    entered = _entered(codes, quarters)["look"].unique()
    return quarters.filter(pl.col("look").is_in(entered.to_list()))


def _no_places() -> pl.DataFrame:
    return pl.DataFrame(schema={"place": pl.Int64, "look": pl.Int64, "index": pl.Int64})


def _quarter(asked: Asked, number: int) -> dict[str, int]:
    begins = {f"m{back}": asked.quarter(number - back) for back in (1, 2, 3, 4, 6, 8)}
    q0, after = asked.quarter(number), asked.quarter(number + 1)
    return {"look": number, "q0": q0, "next": after, **begins}


def _entered(codes: Codes, quarters: pl.DataFrame) -> pl.DataFrame:
    """Who entered on which day, of the quarters that count."""
    return codes.entries.join_where(
        quarters.select("look", "q0", "next"),
        pl.col("day") >= pl.col("q0"),
        pl.col("day") < pl.col("next"),
    ).select("look", "day", "people")


def _spread(entered: pl.DataFrame, places: int) -> pl.DataFrame:
    """Places spread over days in the proportion in which people entered on them."""
    entered = entered.sort("day")
    until = entered["people"].cum_sum().to_numpy()
    if not len(until):
        return _no_places()
    wanted = (np.arange(places) + 0.5) / places * until[-1]
    chosen = np.searchsorted(until, wanted, side="right").clip(max=len(until) - 1)
    return pl.DataFrame(
        {
            "place": np.arange(places, dtype=np.int64),
            "look": entered["look"].to_numpy()[chosen].astype(np.int64),
            "index": entered["day"].to_numpy()[chosen].astype(np.int64),
        }
    )
