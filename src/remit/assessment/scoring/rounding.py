"""Rounding as a framework declares it, and quantiles by the method that it names."""

from __future__ import annotations

import math
from collections.abc import Sequence

import polars as pl

from remit.model.framework import Rounding

_NUDGE = 1e-9
"""Averages are sums of short decimals: 2.345 may arrive as 2.3449999999999998."""


def rounded(value: pl.Expr, rounding: Rounding, decimals: int | None = None) -> pl.Expr:
    """A column rounded to the framework's decimals and mode."""
    places = rounding.decimals if decimals is None else decimals
    if rounding.mode == "half_even":
        return value.round(places, mode="half_to_even")
    scale = 10.0**places
    return (value * scale + 0.5 + _NUDGE).floor() / scale


def quantile(ordered: Sequence[float], share: float, method: str) -> float:
    """A quantile of ascending values by one of the usual definitions.

    ``linear`` is Hyndman and Fan's type 7, ``hazen`` type 5, ``weibull`` type 6; ``lower`` and
    ``higher`` take the neighbouring value itself (Hyndman and Fan, The American Statistician
    50(4), 1996).
    """
    n = len(ordered)
    place = {"hazen": n * share - 0.5, "weibull": (n + 1) * share - 1}.get(method, (n - 1) * share)
    place = min(max(place, 0.0), n - 1.0)
    below, above = math.floor(place), math.ceil(place)
    if method == "lower":
        return ordered[below]
    if method == "higher":
        return ordered[above]
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
