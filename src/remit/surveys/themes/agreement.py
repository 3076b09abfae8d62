"""How far coders agree: Cohen's κ of two, Krippendorff's α of all, each theme by itself.

Intervals are percentiles of a bootstrap of the comments with a fixed seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from remit.surveys.themes.coding import SUGGESTION, Coding
from remit.surveys.themes.comments import CommentKey

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]
    Given = Mapping[CommentKey, frozenset[str]]

SEED, DRAWS = 20_260_412, 2_000
"""The bootstrap's seed, and how often it draws."""

SCHEMA: dict[str, type[pl.DataType]] = {
    "theme": pl.String, "measure": pl.String, "coders": pl.String, "comments": pl.Int64,
    "value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "pct_same": pl.Float64,
    "reason": pl.String,
}  # fmt: skip
_SAME = "nobody differed and all said one thing, so that chance cannot be told"
_NONE = "no comment was coded by two"


def cohens_kappa(table: Numbers) -> Numbers:
    """Cohen's κ of tables whose rows are what one coder said and whose columns what another did.

    Parameters
    ----------
    table
        Counts; the last two axes are the codes, further ones before them are several tables.

    Returns
    -------
    array
        κ of each table, NaN where both coders said one and the same of all.

    Examples
    --------
    >>> kappa = cohens_kappa(np.array([[20.0, 5.0], [10.0, 15.0]]))
    >>> bool(abs(kappa - 0.4) < 1e-12)
    True
    """
    total = table.sum(axis=(-2, -1))
    with np.errstate(invalid="ignore", divide="ignore"):
        same = np.trace(table, axis1=-2, axis2=-1) / total
        chance = (table.sum(axis=-1) * table.sum(axis=-2)).sum(axis=-1) / total**2
        return np.where(chance < 1, (same - chance) / (1 - chance), np.nan)


def krippendorffs_alpha(kinds: Numbers, times: Numbers) -> Numbers:
    """Krippendorff's α of nominal codes, whose missing ones are left out.

    Parameters
    ----------
    kinds
        Kinds of comment by codes: how many coders gave each code.
    times
        How many comments there are of each kind, in the last axis.

    Returns
    -------
    array
        α, NaN where there is one code only, or no comment that two coded.

    Examples
    --------
    >>> kinds = np.array([[2.0, 0.0], [0.0, 2.0], [1.0, 1.0]])
    >>> alpha = krippendorffs_alpha(kinds, np.array([4.0, 4.0, 2.0]))
    >>> bool(abs(alpha - (1 - 19 / 50)) < 1e-12)
    True
    """
    coders = kinds.sum(axis=1)
    paired = coders >= 2
    kinds, coders, times = kinds[paired], coders[paired], times[..., paired]
    differ = (coders**2 - (kinds**2).sum(axis=1)) / np.maximum(coders - 1, 1)
    totals = times @ kinds
    whole = totals.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        chance = (whole**2 - (totals**2).sum(axis=-1)) / (whole - 1)
        return np.where(chance > 0, 1 - (times @ differ) / chance, np.nan)


def agreement(coding: Coding, suggested: Given, themes: Sequence[str]) -> pl.DataFrame:
    """κ of each two coders, of each coder with the suggestion, and α of all coders, by theme.

    Parameters
    ----------
    coding
        What people said.
    suggested
        What the words suggest of each comment.
    themes
        The themes in their order.
    """
    rows: list[dict[str, object]] = []
    given = {coder: coding.of_coder(coder) for coder in coding.coders}
    pairs = [*combinations(given, 2), *((coder, SUGGESTION) for coder in given)]
    everybody = {**given, SUGGESTION: suggested}
    for theme in themes:
        for one, other in pairs:
            rows.append(_kappa_row(theme, one, other, everybody[one], everybody[other]))
        if len(given) > 1:
            rows.append(_alpha_row(theme, given))
    return pl.DataFrame(rows, schema=SCHEMA)


def _kappa_row(theme: str, one: str, other: str, first: Given, second: Given) -> dict[str, object]:
    both = [key for key in first if key in second]
    table = np.zeros((2, 2))
    for key in both:
        table[int(theme in first[key]), int(theme in second[key])] += 1
    draws = _draws(table.reshape(-1)).reshape(-1, 2, 2)
    row = _row(theme, "kappa", f"{one} × {other}", len(both))
    if both:
        row["pct_same"] = 100 * float(np.trace(table)) / len(both)
    return row | _told(float(cohens_kappa(table)), cohens_kappa(draws), len(both))


def _alpha_row(theme: str, given: Mapping[str, Given]) -> dict[str, object]:
    counts: dict[tuple[int, int], int] = {}
    for key in dict.fromkeys(key for codes in given.values() for key in codes):
        said = [theme in codes[key] for codes in given.values() if key in codes]
        if len(said) > 1:
            kind = (len(said) - sum(said), sum(said))
            counts[kind] = counts.get(kind, 0) + 1
    order = sorted(counts)
    row = _row(theme, "alpha", " × ".join(given), sum(counts.values()))
    if not order:
        return row | {"reason": _NONE}
    kinds = np.array(order, dtype=float)
    times = np.array([counts[kind] for kind in order], dtype=float)
    row["pct_same"] = 100 * float(times[kinds.min(axis=1) == 0].sum() / times.sum())
    value = float(krippendorffs_alpha(kinds, times))
    return row | _told(value, krippendorffs_alpha(kinds, _draws(times)), int(times.sum()))


def _row(theme: str, measure: str, coders: str, comments: int) -> dict[str, object]:
    empty = dict.fromkeys(("value", "low", "high", "pct_same"))
    return {"theme": theme, "measure": measure, "coders": coders, "comments": comments} | empty


def _draws(times: Numbers) -> Numbers:
    """Samples of as many comments as there are, with replacement, as counts of each kind."""
    total = int(times.sum())
    if not total:
        return np.zeros((1, len(times)))
    made = np.random.default_rng(SEED).multinomial(total, times / total, size=DRAWS)
    return made.astype(float)


def _told(value: float, drawn: Numbers, comments: int) -> dict[str, object]:
    if np.isnan(value):
        return {"reason": _SAME if comments else _NONE}
    kept = drawn[~np.isnan(drawn)]
    low, high = np.quantile(kept, [0.025, 0.975]) if len(kept) else (None, None)
    return {"value": value, "low": low, "high": high, "reason": ""}
