"""Funnel plots: organisations at one time, told apart only where chance cannot.

Small organisations vary more by chance alone. A funnel plot gives each its own limits, and widens
them where organisations differ more than chance and one common rate allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import Any

import numpy as np
import polars as pl

from remit.frames.native import to_polars
from remit.model.errors import AssessmentError
from remit.model.metric import Better
from remit.signals.counts import counts
from remit.signals.icons import SIGNS
from remit.signals.means import Floats

LEVELS = (0.95, 0.998)
"""What lies between the inner and the outer limits where only chance is at work."""

_WORDS = {
    (0, 0): "within_limits",
    (1, 1): "better_than_inner",
    (2, 1): "better_than_outer",
    (1, -1): "worse_than_inner",
    (2, -1): "worse_than_outer",
}

_SAID = {
    "better": "better than chance explains",
    "worse": "worse than chance explains",
    "above": "higher than chance explains",
    "below": "lower than chance explains",
}


@dataclass(frozen=True, slots=True)
class Funnel:
    """Organisations around a common rate.

    Attributes
    ----------
    points
        The rows given, with ``value, z, z_adjusted``, ``inner_lower, inner_upper, outer_lower,
        outer_upper`` (in the unit of ``value``) and ``verdict``: ``within_limits``, or
        ``better_than_`` or ``worse_than_`` (``above_``, ``below_`` where neither direction is
        better) ``inner`` or ``outer``. Null where there is no rate.
    target
        The rate that all are held against, in the unit of ``value``.
    dispersion
        How much more the rates vary than by chance (1 where they vary no more): limits are wider
        by its square root.
    organisations
        How many have a rate.
    """

    points: Any
    target: float
    dispersion: float
    organisations: int


def funnel(
    frame: Any,
    *,
    better: str,
    numerator: str = "numerator",
    denominator: str = "denominator",
    target: float | None = None,
    scale: float = 100.0,
    winsorise: float = 0.1,
    events: bool = False,
) -> Funnel:
    """Hold the rates of organisations against a common one.

    Parameters
    ----------
    frame
        One row an organisation, with counts; a row without both has no rate and no verdict.
    better
        ``higher``, ``lower`` or ``neutral``.
    target
        The rate to hold them against, in the unit of the value; else all numerators over all
        denominators.
    scale
        What the ratio is multiplied by: 100 for per cent.
    winsorise
        The share of z scores at each end that is pulled in to the quantile there before the
        dispersion is taken, so that the outliers one looks for do not hide themselves.
    events
        Whether the numerator counts events, of which one person can have several (Poisson), and
        is no part of the denominator (binomial).

    Raises
    ------
    AssessmentError
        If columns are missing, counts are no rates, or the common rate tells nothing apart.

    Notes
    -----
    z = (p - target) / sqrt(target (1 - target) / n), of events (p - target) / sqrt(target / n);
    dispersion = mean of the squared winsorised z, limits = target -/+ 1.96 and 3.09 deviations
    times the root of the dispersion. Limits are
    never narrowed: a dispersion under 1 counts as 1. D J Spiegelhalter, Statistics in Medicine 24
    (2005), 1185-1202, and Quality and Safety in Health Care 14 (2005), 347-351.
    """
    native, back = to_polars(frame)
    top, size = _counts(native, numerator, denominator)
    sign = _sign(better)
    rates = top / size
    common = float(np.nansum(top) / np.nansum(size)) if target is None else float(target) / scale
    most = np.inf if events else 1.0
    if not 0 < common < most:
        raise AssessmentError(f"a common rate of {common * scale:g} leaves nothing to tell apart")
    deviation = np.sqrt(common * (1 if events else 1 - common) / size)
    z = (rates - common) / deviation
    dispersion = dispersion_of(z, winsorise)
    wide = deviation * np.sqrt(dispersion)
    said = pl.DataFrame(
        {
            "value": rates * scale,
            "z": z,
            "z_adjusted": z / np.sqrt(dispersion),
            **_limits(common, wide, scale, most),
            "verdict": _verdicts(z / np.sqrt(dispersion), sign),
        },
        nan_to_null=True,
    )
    points = native.drop([n for n in said.columns if n in native.columns])
    points = pl.concat([points, said], how="horizontal")
    count = int(np.isfinite(rates).sum())
    return Funnel(back(points), common * scale, dispersion, count)


def is_beyond(verdict: str) -> bool:
    """Whether a verdict is a signal: beyond the outer limits; between both it is none yet."""
    return verdict.endswith("_outer")


def by_spread(made: Funnel) -> frozenset[int]:
    """The rows that are within the limits only because these were widened by the spread.

    Chance alone would not explain their difference: all of them together differ by more.

    Examples
    --------
    ``by_spread(made)``
    """
    outer = edges()[-1]
    pairs = zip(made.points["z"], made.points["z_adjusted"], strict=True)
    return frozenset(
        row
        for row, (chance, widened) in enumerate(pairs)
        if chance is not None and abs(chance) > outer >= abs(widened)
    )


def chance_words(verdict: str, *, spread: bool = False) -> str:
    """Whether chance explains how far an organisation lies from the common rate.

    Parameters
    ----------
    verdict
        That of the funnel.
    spread
        Whether it is within the limits only because they were widened (:func:`by_spread`).

    Examples
    --------
    >>> chance_words("worse_than_outer"), chance_words("worse_than_inner")
    ('worse than chance explains', 'chance can explain the difference')
    >>> chance_words("within_limits", spread=True)
    'within the spread among peers'
    """
    if not is_beyond(verdict):
        return "within the spread among peers" if spread else "chance can explain the difference"
    return _SAID[verdict.partition("_")[0]]


def dispersion_of(z: Floats, winsorise: float = 0.1) -> float:
    """The mean of the squared z scores, with both ends pulled in; at least 1.

    Parameters
    ----------
    z
        One score an organisation; NaN where there is none.
    winsorise
        The share at each end that is set to the quantile there (linear, R's type 7).
    """
    known = z[np.isfinite(z)]
    if not len(known):
        return 1.0
    low, high = np.quantile(known, [winsorise, 1 - winsorise])
    return max(1.0, float(np.mean(np.clip(known, low, high) ** 2)))


def _counts(frame: pl.DataFrame, numerator: str, denominator: str) -> tuple[Floats, Floats]:
    """Both counts where both are given, else NaN."""
    top, size = (
        found.fill_null(np.nan).to_numpy() for found in counts(frame, numerator, denominator)
    )
    known = np.isfinite(top) & np.isfinite(size)
    if not known.any():
        raise AssessmentError("no row has both a numerator and a denominator")
    return np.where(known, top, np.nan), np.where(known, size, np.nan)


def _sign(better: str) -> int:
    if better not in set(Better):
        raise AssessmentError(f"better is {better!r}; say higher, lower or neutral")
    return SIGNS[Better(better)]


def _limits(common: float, wide: Floats, scale: float, most: float) -> dict[str, Floats]:
    out = {}
    for name, edge in zip(("inner", "outer"), edges(), strict=True):
        far = edge * wide
        out[f"{name}_lower"] = np.maximum(common - far, 0) * scale
        out[f"{name}_upper"] = np.minimum(common + far, most) * scale
    return out


def _verdicts(z: Floats, sign: int) -> list[str | None]:
    return [_verdict(score, edges(), sign) for score in z]


@cache
def edges() -> tuple[float, ...]:
    """How many deviations the inner and the outer limits lie from the target."""
    return tuple(NormalDist().inv_cdf((1 + level) / 2) for level in LEVELS)


def _verdict(score: float, limits: Sequence[float], sign: int) -> str | None:
    if not np.isfinite(score):
        return None
    beyond = sum(abs(score) > limit for limit in limits)
    side = 0 if not beyond else 1 if score > 0 else -1
    if sign:
        return _WORDS[beyond, side * sign]
    word = _WORDS[beyond, side]
    return word.replace("better_than", "above").replace("worse_than", "below")
