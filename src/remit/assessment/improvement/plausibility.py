"""How hard a change of a metric is, by what peers have done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl

from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.laws.arrays import Floats
from remit.frames.figures import Figures
from remit.model.metric import Better
from remit.model.observation import Status
from remit.words.figures import percent_words

ENOUGH_CHANGES = 10
"""With fewer past changes of peers than this, their present values are the yardstick."""

TINY = 0.25
"""A change smaller than this share of the usual one between quarters is tiny beside it."""

_MOST_DECIMALS = 6


@dataclass(frozen=True)
class Peers:
    """The other organisations of the same kind on one metric.

    Attributes
    ----------
    values
        Their values, in the metric's unit.
    changes
        Their past changes between quarters at hand, above zero for better; empty where there is
        one quarter only or where nobody's value changed (it was not published anew).
    decimals
        To how many decimals the values are published.
    """

    values: Floats
    changes: Floats
    decimals: int
    higher: bool

    @property
    def best(self) -> float:
        """The best value that a peer has reached."""
        return float(self.values.max() if self.higher else self.values.min())

    @property
    def last_digit(self) -> float:
        """The smallest difference that published values can show."""
        return 10.0**-self.decimals

    @property
    def usual_change(self) -> float | None:
        """The median size of the peers' changes, or None where too few are known."""
        return float(np.median(np.abs(self.changes))) if self._by_changes else None

    @property
    def _by_changes(self) -> bool:
        return len(self.changes) >= ENOUGH_CHANGES

    def in_words(self, difficulty: float) -> str:
        """What a difficulty means, and by how many figures it is measured."""
        if self._by_changes:
            share = f"{percent_words(1 - difficulty)} of {len(self.changes)}"
            return f"{share} past changes of peers were as large"
        return f"{percent_words(difficulty)} of {len(self.values)} peers stand on the way"

    def difficulty(self, start: float, targets: Floats) -> Floats:
        """How hard it is to get from a value to better ones, from 0 to 1.

        The share of peers' past changes that were smaller than the one needed; with too few
        of these, the share of peers whose values would be reached or passed on the way.
        """
        if self._by_changes:
            needed = np.abs(targets - start)[:, None]
            enough = self.changes[None, :] >= needed - self.last_digit / 1000
            return np.asarray(1.0 - enough.mean(axis=1))
        sign = 1.0 if self.higher else -1.0
        ahead = sign * self.values > sign * start
        reached = sign * self.values[None, :] <= sign * targets[:, None]
        return np.asarray((reached & ahead[None, :]).mean(axis=1))

    def warning(self, change: float) -> str:
        """Why a change of this size is an artefact of ranks, or ""."""
        size = abs(change)
        if size <= self.last_digit * (1 + 1e-9):
            return "the change is within the rounding of the published value"
        usual = self.usual_change
        if usual is not None and size < TINY * usual:
            return f"the change is tiny beside the usual one between quarters ({usual:.2g})"
        return ""


def peers_of(
    figures: Figures, assessment: Assessment, code: str, metric_id: str, unit: str
) -> Peers:
    """The peers of an organisation on a metric: same kind, same period, same unit."""
    standing = assessment.standing
    kind = standing.filter(pl.col("org_code") == code)["kind"][0]
    codes = standing.filter((pl.col("kind") == kind) & (pl.col("org_code") != code))["org_code"]
    everybody = assessment.metric_scores.filter(
        (pl.col("metric_id") == metric_id)
        & (pl.col("unit") == unit)
        & (pl.col("status") == Status.REPORTED.value)
        & pl.col("value").is_not_null()
    )
    values = everybody.filter(pl.col("org_code").is_in(codes.to_list()))["value"].to_numpy()
    metric = assessment.metrics[metric_id]
    higher = metric.better is Better.HIGHER
    same_unit = pl.col("unit").fill_null(metric.unit) == unit
    history = figures.observations.filter((pl.col("metric_id") == metric_id) & same_unit)
    changes = _past_changes(history, codes.to_list(), figures.releases())
    return Peers(values, changes if higher else -changes, _decimals(everybody["value"]), higher)


def _past_changes(history: pl.DataFrame, codes: Sequence[str], releases: Sequence[str]) -> Floats:
    """Changes of value from each quarter at hand to the next."""
    reported = history.filter(
        (pl.col("status") == Status.REPORTED.value) & pl.col("org_code").is_in(codes)
    ).unique(["org_code", "release"], keep="first", maintain_order=True)
    found = []
    for earlier, later in pairwise(releases):
        first, second = (
            reported.filter(pl.col("release") == release).select("org_code", "value")
            for release in (earlier, later)
        )
        both = first.join(second, on="org_code", suffix="_later")
        change = (both["value_later"] - both["value"]).drop_nulls().to_numpy()
        if change.any():
            found.append(change)
    return np.concatenate(found) if found else np.zeros(0)


def _decimals(values: pl.Series) -> int:
    """The fewest decimals that show every value."""
    for decimals in range(_MOST_DECIMALS):
        if (values.round(decimals) - values).abs().max() in {None, 0.0}:
            return decimals
    return _MOST_DECIMALS
