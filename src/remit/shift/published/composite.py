"""A user's own composite, and how far its ranks depend on the weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from remit.catalogue import declared
from remit.model.errors import AssessmentError
from remit.model.shift_measures import ShiftComposite
from remit.shift.published.run import PublishedShift
from remit.shift.published.year import READ, MeasureYear
from remit.words.nearest import nearest

DRAWS = 1_000
SEED = 20_250_401
"""Of the drawn weights: the same figures make the same ranges."""

_RANGE = (0.05, 0.95)

Floats = np.ndarray[Any, np.dtype[np.float64]]

COMPOSITE_COLUMNS = {
    "org_code": pl.String(),
    "org_name": pl.String(),
    "score": pl.Float64(),
    "rank": pl.Int64(),
    "rank_low": pl.Int64(),
    "rank_high": pl.Int64(),
    "of": pl.Int64(),
}


@dataclass(frozen=True, slots=True)
class Composite:
    """ICBs by a user's own weights.

    Attributes
    ----------
    declared
        The weights.
    frame
        The columns of ``COMPOSITE_COLUMNS``: the score (higher is further on the way closer to
        home), its rank (1 the furthest), and between which ranks nine in ten of the drawn weights
        put the ICB.
    widest
        The widest range of ranks of one ICB.
    """

    declared: ShiftComposite
    frame: pl.DataFrame
    widest: int


def read_composite(path: Path) -> ShiftComposite:
    """A user's own weights from a YAML file.

    Raises
    ------
    DeclarationError
        With file, line and key of each fault.
    """
    return declared.read(path).validate(ShiftComposite)


def composite_of(made: PublishedShift, wanted: ShiftComposite) -> Composite:
    """Score ICBs by a user's weights, and again by drawn ones.

    Parameters
    ----------
    made
        The measures of a year.
    wanted
        The weights.

    Raises
    ------
    AssessmentError
        If a measure is unknown, is withheld or has no figure, or goes neither way; or if fewer
        than three ICBs have all of them.

    Notes
    -----
    Each measure is standardised over the ICBs that have all of them (mean 0, deviation 1) and
    turned so that more is closer to home. Weights are drawn uniformly from all that sum to 1
    (Dirichlet with ones).

    Examples
    --------
    ``composite_of(made, read_composite(Path("ours.yaml")))``
    """
    chosen = [_usable(made, name) for name in wanted.weights]
    table = _together(chosen, by_need=wanted.by_need)
    if table.height < 3:
        raise AssessmentError("fewer than three ICBs have all measures of the composite")
    scores = _standardised(table, chosen)
    weights = np.array(list(wanted.weights.values()))
    drawn = np.random.default_rng(SEED).dirichlet(np.ones(len(chosen)), size=DRAWS)
    own = _ranks(scores @ (weights / weights.sum()))
    every = np.apply_along_axis(_ranks, 0, scores @ drawn.T)
    low, high = np.quantile(every, _RANGE, axis=1, method="inverted_cdf")
    frame = table.select("org_code", "org_name").with_columns(
        pl.Series("score", scores @ (weights / weights.sum())),
        pl.Series("rank", own),
        pl.Series("rank_low", low),
        pl.Series("rank_high", high),
        pl.lit(table.height).alias("of"),
    )
    shaped = frame.select(pl.col(name).cast(kind) for name, kind in COMPOSITE_COLUMNS.items())
    return Composite(wanted, shaped.sort("rank", "org_code"), int((high - low).max()) + 1)


def _usable(made: PublishedShift, name: str) -> MeasureYear:
    known = {one.id: one for one in made.measures}
    if name not in known:
        near = nearest(name, known)
        raise AssessmentError(f"there is no measure {name!r} here; nearest: {near or 'none'}")
    of = made.found.get(name)
    if of is None or not of.passes:
        why = of.reason if of else known[name].needs or f"no figure of {made.year.label}"
        raise AssessmentError(f"{name} cannot be weighed, since it is not shown: {why}")
    if of.measure.towards == "neutral":
        raise AssessmentError(f"{name} cannot be weighed: neither way is closer to home")
    return of


def _together(chosen: Sequence[MeasureYear], *, by_need: bool) -> pl.DataFrame:
    """The ICBs that have every measure, one column each."""
    parts = []
    for number, of in enumerate(chosen):
        has_need = by_need and of.measure.need is not None
        value = pl.coalesce("need_value", "value") if has_need else pl.col("value")
        read = of.areas.filter(pl.col("level") == "icb", pl.col("status") == READ)
        names = {"area_code": "org_code", "area_name": "org_name"}
        parts.append(read.select("area_code", "area_name", value.alias(f"{number}")).rename(names))
    table = parts[0]
    for part in parts[1:]:
        table = table.join(part.drop("org_name"), on="org_code")
    return table.sort("org_code")


def _standardised(table: pl.DataFrame, chosen: Sequence[MeasureYear]) -> Floats:
    values = table.select(f"{number}" for number in range(len(chosen))).to_numpy()
    spread = values.std(axis=0)
    if not spread.all():
        same = [of.measure.id for of, one in zip(chosen, spread, strict=True) if not one]
        raise AssessmentError(f"{', '.join(same)}: all ICBs have the same value, nothing to weigh")
    signs = np.array([1.0 if of.measure.towards == "higher" else -1.0 for of in chosen])
    turned: Floats = (values - values.mean(axis=0)) / spread * signs
    return turned


def _ranks(scores: Floats) -> Floats:
    """1 for the highest; the better rank for those that are alike."""
    return np.array([1.0 + (scores > one + 1e-12).sum() for one in scores])


def composite_words(made: Composite) -> str:
    """What the ranks are worth, in one sentence."""
    frame = made.frame
    wide = frame.filter(pl.col("rank_high") - pl.col("rank_low") >= 10).height
    return (
        f"{made.declared.name}: your own weights, not Remit's. With weights drawn at random "
        f"{wide} of {frame.height} ICBs can lie ten places or more apart (nine draws in ten), the "
        f"widest over {made.widest} places."
    )
