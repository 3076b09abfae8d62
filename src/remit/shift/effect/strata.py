"""From one row a look to cells: exact strata, practices, with and without the service."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from remit.shift.effect.asked import Asked
from remit.shift.effect.codes import Codes
from remit.shift.effect.source import Lazy

STRATUM = (
    "look", "area", "age", "last_quarter", "quarter_before", "rest_of_year", "emergencies", "seen",
)  # fmt: skip
"""What people of one stratum have in common."""

APART = ("whole_year", "fifth")
"""Beside a stratum: the year's use in bands that treat its quarters alike, and deprivation."""

COURSE = (
    "times_before", "days_before", "squares_before", "times_since", "days_since", "squares_since",
)  # fmt: skip
"""When hospital care was had before the matched year and until the day, and after it: how many
records, the sum of their days since each span began, and that of the squares of these."""

STAYS = (
    "stays_earlier", "stays_later", "planned_earlier", "planned_later", "urgent_earlier",
    "urgent_later",
)  # fmt: skip
"""Hospital records with some of the outcome in the year before the matched one and in that after
entry, and which of them are planned and which emergencies."""

COUNTED_APART = (
    "planned_gap", "usual_earlier", "usual_later", "beside_earlier",
    "beside_later",
)  # fmt: skip
"""Planned stays between the quarter of entry and the day; stays at the hospital where most of the
practice's are, in two years; and records outside hospitals, of not too many people, in two."""

BESIDE = (
    "worth_earlier", "worth_year", "need_earlier", "need_year", "told_earlier", "told_year",
    "planned_year", "primary_earlier", "primary_year", "mental_earlier", "mental_year",
    "community_earlier", "community_year", "visits_earlier", "visits_year", "amount_earlier",
    "amount_year", "beside_year", "fifths_earlier", "fifths_year", "seen_earlier", "seen_year",
)  # fmt: skip
"""What else records say of people in the two years before entry, of not too many of them: what
their stays cost (or how long they were, where cost is compared), the sum of their need weights and
how many records tell one, their planned stays, and records of the surgery, of mental health and of
other services in the community; hospital records without any of the outcome, the quantity of
records outside hospitals and how many these are, the sum of the fifths of deprivation, and how many
records there are."""

SUMS = (
    "people", "days", "later", "year", "earlier", "at_start", "alive", "first", "final",
    "on_day", "near", "far", "u3", "u4", "known_early", "known", "stays_year_known", *STAYS,
    "stays_dying", "days_dying", "operated", *COURSE, *COUNTED_APART,
    "stays_year", "gap",
)  # fmt: skip
"""What is summed in each cell."""

WHY = ("unknown", "short", "dead", "follows")
"""How many cannot be compared, and why; and how many follow a stay in hospital."""

CELL = (*STRATUM, *APART, "cluster_code", "arm")
"""What tells cells apart."""


def strata_cells(found: Lazy, codes: Codes, asked: Asked) -> Lazy:
    """Sums by stratum, practice and arm, whole numbers only.

    People who cannot be compared are in strata of their own, with -1 in the place of each band, so
    that one pass counts them all.

    Parameters
    ----------
    found
        What :func:`~remit.shift.effect.features.features` gives.
    codes
        What stands in the records.
    asked
        The question.
    """
    able = nw.col("able") == 1
    beside = [one for one in BESIDE if one in found.collect_schema().names()]
    banded = found.with_columns(*_bands(codes, asked), *_signs(codes))
    keys = (*STRATUM, *APART)
    apart = [nw.when(able).then(nw.col(one)).otherwise(nw.lit(-1)).alias(one) for one in keys]
    return (
        banded.with_columns(*apart)
        .group_by(*CELL)
        .agg(
            nw.len().cast(nw.Int64).alias("people"),
            *(nw.col(one).sum().cast(nw.Int64).alias(one) for one in (*SUMS[1:], *WHY, *beside)),
        )
    )


def is_able() -> pl.Expr:
    """Whether a cell is of people who can be compared."""
    return pl.col("look") >= 0


def distinct_controls(found: Lazy, codes: Codes, asked: Asked, kept: Lazy) -> Lazy:
    """How many people without the service are in strata that are kept, each counted once.

    Parameters
    ----------
    found
        What :func:`~remit.shift.effect.features.features` gives.
    codes
        What stands in the records.
    asked
        The question.
    kept
        The strata that are kept.
    """
    others = found.filter(nw.col("arm") == 0, nw.col("able") == 1)
    used = others.with_columns(*_bands(codes, asked)).join(kept, on=list(STRATUM), how="semi")
    return used.select(nw.col("patient").n_unique().cast(nw.Int64).alias("people"))


def _bands(codes: Codes, asked: Asked) -> list[nw.Expr]:
    cuts = asked.rules.cuts
    unit = asked.rules.units[asked.outcome] if codes.one_a_quarter else 1
    kind = "u" if codes.one_a_quarter else "c"

    def banded(name: str, places: tuple[int, ...], *quarters: int) -> nw.Expr:
        used = nw.col(f"{kind}{quarters[0]}")
        for one in quarters[1:]:
            used = used + nw.col(f"{kind}{one}")
        return band(used, tuple(place * unit for place in places)).alias(name)

    return [
        nw.col("age_code").alias("age"),
        banded("last_quarter", cuts.last_quarter, 1),
        banded("quarter_before", cuts.quarter_before, 2),
        banded("rest_of_year", cuts.rest_of_year, 3, 4),
        banded("whole_year", cuts.whole_year, 1, 2, 3, 4),
        band(nw.col("emergencies"), cuts.emergencies).alias("emergencies"),
        _one(nw.col("seen_before") >= nw.col("m1")).alias("seen"),
    ]


def band(value: nw.Expr, cuts: tuple[int, ...]) -> nw.Expr:
    """How many cut points a whole number reaches."""
    said = nw.lit(0)
    for cut in cuts:
        said = said + _one(value >= cut)
    return said.cast(nw.Int64)


def _one(said: nw.Expr) -> nw.Expr:
    return nw.when(said).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)


def _signs(codes: Codes) -> list[nw.Expr]:
    """What tells whether people are still there; of those who died it is known that not."""
    alive = nw.col("died") > nw.col("due")
    until_the_end = nw.col("died") > codes.last
    year = nw.col("u1") + nw.col("u2") + nw.col("u3") + nw.col("u4")
    stays = nw.col("c1") + nw.col("c2") + nw.col("c3") + nw.col("c4")
    return [
        (nw.col("end") - nw.col("index")).alias("days"),
        year.alias("year"),
        stays.alias("stays_year"),
        (nw.col("index") - nw.col("q0")).alias("gap"),
        nw.when(nw.col("known") > 0).then(stays).otherwise(nw.lit(0)).alias("stays_year_known"),
        *(
            (nw.col(f"stays_{when}") - nw.col(f"planned_{when}")).alias(f"urgent_{when}")
            for when in ("earlier", "later")
        ),
        _one(nw.col("operated") > 0).alias("operated"),
        _one((nw.col("able") == 1) & (nw.col("fresh") > 0)).alias("follows"),
        _one(alive).alias("alive"),
        *(_one(until_the_end & (nw.col(one) > 0)).alias(one) for one in ("first", "final")),
        *(_one(nw.col(one) > 0).alias(one) for one in ("known_early", "known")),
        *(
            nw.when(alive).then(value).otherwise(nw.lit(0)).alias(name)
            for name, value in (
                ("near", nw.col("near")),
                ("far", nw.col("far")),
            )
        ),
        *(
            nw.when(alive).then(nw.lit(0)).otherwise(value).alias(name)
            for name, value in (
                ("stays_dying", nw.col("stays_later")),
                ("days_dying", nw.col("end") - nw.col("index")),
            )
        ),
        *(
            nw.when(until_the_end).then(nw.col(one)).otherwise(nw.lit(0)).alias(one)
            for one in COURSE[3:]
        ),
    ]
