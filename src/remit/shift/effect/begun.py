"""Which other services begin about the day of entry: one of them may be what helps, or harms."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from remit.shift.effect.asked import Asked
from remit.shift.effect.codes import Codes
from remit.shift.effect.source import Lazy, RecordSource


def begun_services(source: RecordSource, found: Lazy, codes: Codes, asked: Asked) -> pl.DataFrame:
    """How many looks have their first record of another service about their day.

    Services of hospitals are left out: how they are used is what the comparison is about.

    Parameters
    ----------
    source
        The records.
    found
        What :func:`~remit.shift.effect.features.features` gives.
    codes
        What stands in the records.
    asked
        The question.
    """
    before, after = asked.rules.begun_days_before, asked.rules.begun_days_after
    rows = source.frame.filter(
        nw.col("setting") != "hospital",
        nw.col("service") != asked.service,
        ~nw.col("patient").is_null(),
    )
    firsts = rows.group_by("patient", "service").agg(nw.col("date").min().alias("date"))
    days = firsts.join(source.beside(codes.calendar), on="date", how="inner")
    near = days.filter(
        nw.col("day") >= asked.quarter(0) - before,
        nw.col("day") < asked.quarter(asked.entry_quarters) + after,
    )
    looks = found.filter(nw.col("able") == 1).select("patient", "index", "arm")
    begun = near.join(looks, on="patient", how="inner").filter(
        nw.col("day") >= nw.col("index") - before, nw.col("day") <= nw.col("index") + after
    )
    return source.collect(
        begun.group_by("service", "arm").agg(nw.len().cast(nw.Int64).alias("looks"))
    )
