"""What the per cent signs of a file say: whose unit is known, and where they clash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from remit.signals.fitness import SHARE, clash_words
from remit.words.figures import value_words

SIGNED = "signed"
"""The column that says whether a value bears a per cent sign."""


@dataclass(frozen=True, slots=True)
class PercentSigns:
    """Series all of whose values bear a sign, and those whose signs clash, with the reason."""

    percentages: frozenset[str] = frozenset()
    clashing: Mapping[str, str] = field(default_factory=dict)


def percent_signs(points: pl.DataFrame) -> tuple[pl.DataFrame, PercentSigns]:
    """Points without the column of signs, and what it says.

    A bare 0.86 beside 85% is a share beside a percentage, however often the two change; a bare 86
    beside 85% is a percentage whose sign was left out.
    """
    if SIGNED not in points.columns:
        return points, PercentSigns()
    whole, clashing = set(), {}
    for (series,), part in points.filter(pl.col("value") != 0).group_by("series"):
        bare = part.filter(~pl.col(SIGNED))["value"]
        signed = part.filter(SIGNED)["value"]
        if not len(bare):
            whole.add(str(series))
        elif len(signed) and _is_clash(bare, signed):
            clashing[str(series)] = clash_words(
                value_words(bare[0], ""), value_words(signed[0], "percent")
            )
    return points.drop(SIGNED), PercentSigns(frozenset(whole), clashing)


def _is_clash(bare: pl.Series, signed: pl.Series) -> bool:
    greatest, least = bare.abs().max(), signed.abs().median()
    return float(greatest or 0) <= SHARE < float(least or 0)  # type: ignore[arg-type]
