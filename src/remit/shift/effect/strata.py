"""From one row a look to cells: exact strata, practices, with and without the service."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from remit.shift.effect.asked import Asked
from remit.shift.effect.source import Lazy

STRATUM = (
    "look", "area", "age", "last_quarter", "quarter_before", "same_quarter", "rest_of_year",
    "emergencies", "seen",
)  # fmt: skip
"""What people of one stratum have in common."""

SUMS = (
    "people", "days", "later", "year", "earlier", "newer", "older", "alive", "here", "first",
    "final", "on_day", "near", "far",
)  # fmt: skip
"""What is summed in each cell."""


def strata_cells(found: Lazy, asked: Asked) -> Lazy:
    """Sums by stratum, practice and arm, whole numbers only.

    Parameters
    ----------
    found
        What :func:`~remit.shift.effect.features.features` gives.
    asked
        The question.
    """
    able = found.filter(nw.col("able") == 1).with_columns(*_bands(asked), *_signs())
    return able.group_by(*STRATUM, "cluster_code", "arm").agg(
        nw.len().cast(nw.Int64).alias("people"),
        *(nw.col(one).sum().cast(nw.Int64).alias(one) for one in SUMS[1:]),
    )


def counts(found: Lazy) -> Lazy:
    """How many looks of each arm may be compared, and why not the others."""
    reasons = ("unknown", "short", "dead", "able")
    return found.group_by("arm").agg(
        *(nw.col(one).sum().cast(nw.Int64).alias(one) for one in reasons)
    )


def _bands(asked: Asked) -> list[nw.Expr]:
    cuts, rules = asked.cuts, asked.rules
    seen = nw.col("seen_before") >= nw.col("m1")
    return [
        nw.col("age_code").alias("age"),
        band(nw.col("u1"), cuts.quarter).alias("last_quarter"),
        band(nw.col("u2"), cuts.quarter).alias("quarter_before"),
        band(nw.col("u4"), cuts.rest[:1]).alias("same_quarter"),
        band(nw.col("u3") + nw.col("u4"), cuts.rest).alias("rest_of_year"),
        (band(nw.col("emergencies"), rules.emergencies) * 2 + band(nw.col("fresh"), (1,))).alias(
            "emergencies"
        ),
        _one(seen).alias("seen"),
    ]


def band(value: nw.Expr, cuts: tuple[int, ...]) -> nw.Expr:
    """How many cut points a whole number reaches."""
    said = nw.lit(0)
    for cut in cuts:
        said = said + _one(value >= cut)
    return said.cast(nw.Int64)


def _one(said: nw.Expr) -> nw.Expr:
    return nw.when(said).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)


def _signs() -> list[nw.Expr]:
    """What tells whether people are still there; of those who died it is known that not."""
    alive = nw.col("died") > nw.col("due")
    elsewhere = nw.col("last_elsewhere") > nw.col("due") - 91
    year = nw.col("u1") + nw.col("u2") + nw.col("u3") + nw.col("u4")
    return [
        (nw.col("end") - nw.col("index")).alias("days"),
        year.alias("year"),
        (nw.col("newer") + nw.col("older")).alias("earlier"),
        _one(alive).alias("alive"),
        _one(alive & elsewhere).alias("here"),
        *(_counted(alive & (nw.col(one) > 0)).alias(one) for one in ("first", "final")),
        *((nw.when(alive).then(nw.col(one)).otherwise(nw.lit(0))).alias(one) for one in ("near", "far")),
    ]


def _counted(said: nw.Expr) -> nw.Expr:
    return _one(said)
