"""Ratios between those with the service and those alike without it, with their uncertainty.

All is made of whole-number sums by stratum, practice and arm. A comparison is a product of sums
and reciprocals of sums, such as use later / days later / use earlier; its logarithm among those
with the service, less that among the others, each stratum of these weighted to as many people, is
the result.
Its variance is that of leaving out one practice after the other (the jackknife of clusters), with
Student's t and one degree of freedom less than there are practices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, isfinite, log, sqrt
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import t as student

from remit.shift.effect.strata import STRATUM, SUMS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Contrast:
    """A ratio of those with the service to those without, on the scale of logarithms.

    Attributes
    ----------
    value
        The logarithm of the ratio; not a number where a sum is zero.
    error
        Its standard error.
    freedom
        Degrees of freedom.
    """

    value: float
    error: float
    freedom: int

    @property
    def ratio(self) -> float:
        """The ratio itself."""
        return exp(self.value)

    @property
    def interval(self) -> tuple[float, float]:
        """The ratio's 95% interval."""
        wide = float(student.ppf(0.975, self.freedom)) * self.error
        return exp(self.value - wide), exp(self.value + wide)

    @property
    def leaves_out_one(self) -> bool:
        """Whether the interval leaves 1 out."""
        low, high = self.interval
        return not low <= 1 <= high

    @property
    def is_known(self) -> bool:
        """Whether all sums were above zero."""
        return isfinite(self.value) and isfinite(self.error) and self.error > 0

    @property
    def size(self) -> float:
        """The logarithm in standard errors; 0 where it is not known."""
        return self.value / self.error if self.is_known else 0.0

    def chance(self, above: bool) -> float:
        """How rare so large a value is if the ratio is 1, one-sided."""
        if not self.is_known:
            return 1.0
        return float(student.sf(self.size if above else -self.size, self.freedom))


class Matched:
    """Cells of strata that have both: people with the service and enough without.

    Parameters
    ----------
    cells
        What :func:`~remit.shift.effect.strata.strata_cells` gives.
    least_controls
        How many people without the service a stratum needs.
    """

    def __init__(self, cells: pl.DataFrame, least_controls: int) -> None:
        numbered, self.table = _numbered(cells, least_controls)
        self.cells = numbered
        self._stratum = numbered["stratum"].to_numpy().astype(np.int64)
        self._strata = int(self.table["kept"].sum())
        codes, self._cluster = np.unique(numbered["cluster_code"].to_numpy(), return_inverse=True)
        self.clusters = len(codes)
        self._treated = numbered["arm"].to_numpy() == 1
        self._least = least_controls
        self._weights()

    @property
    def kept(self) -> int:
        """People with the service for whom there is somebody alike."""
        return int(self._people[self._treated].sum())

    def share(self, column: str) -> tuple[float, float]:
        """Sums of a column per person: with the service, and those alike without."""
        treated, others, *_ = self._totals(column)
        return treated / max(self.kept, 1), others / max(self.kept, 1)

    def contrast(self, over: Sequence[str], under: Sequence[str] = ()) -> Contrast:
        """The ratio of ratios of sums.

        Parameters
        ----------
        over
            The columns whose sums multiply.
        under
            Those whose sums divide.

        Examples
        --------
        >>> matched.contrast(["later"], ["days", "earlier"]).ratio  # doctest: +SKIP
        """
        value = 0.0
        without: Floats = np.zeros(self.clusters)
        for sign, columns in ((1, over), (-1, under)):
            for column in columns:
                treated, others, fewer_treated, fewer_others = self._totals(column)
                value += sign * (_log(treated) - _log(others))
                without = without + sign * (_logs(fewer_treated) - _logs(fewer_others))
        return Contrast(value, _jackknife(without), max(self.clusters - 1, 1))

    def _weights(self) -> None:
        """Weights of strata, whole and with each practice left out."""
        people = self.cells["people"].to_numpy()
        strata = self._strata
        self._people = people
        treated = np.bincount(self._stratum, people * self._treated, strata)
        others = np.bincount(self._stratum, people * ~self._treated, strata)
        self._weight = _over(treated, others)
        # What is left of a stratum when one practice goes: one line a stratum and practice.
        pairs = self._stratum.astype(np.int64) * self.clusters + self._cluster
        self._pairs, self._pair = np.unique(pairs, return_inverse=True)
        self._pair_stratum = self._pairs // max(self.clusters, 1)
        self._pair_cluster = self._pairs % max(self.clusters, 1)
        size = len(self._pairs)
        gone_treated = np.bincount(self._pair, people * self._treated, size)
        gone_others = np.bincount(self._pair, people * ~self._treated, size)
        left_treated = treated[self._pair_stratum] - gone_treated
        left_others = others[self._pair_stratum] - gone_others
        self._stays = (left_treated > 0) & (left_others >= self._least)
        self._left_weight = np.where(self._stays, _over(left_treated, left_others), 0.0)

    def _totals(self, column: str) -> tuple[float, float, Floats, Floats]:
        """Sums of both arms, whole and with each practice left out."""
        sums = self.cells[column].to_numpy().astype(np.float64)
        strata, size = self._strata, len(self._pairs)
        treated = np.bincount(self._stratum, sums * self._treated, strata)
        others = np.bincount(self._stratum, sums * ~self._treated, strata)
        gone_treated = np.bincount(self._pair, sums * self._treated, size)
        gone_others = np.bincount(self._pair, sums * ~self._treated, size)
        was_treated = treated[self._pair_stratum]
        was_others = (self._weight * others)[self._pair_stratum]
        is_treated = np.where(self._stays, was_treated - gone_treated, 0.0)
        is_others = self._left_weight * (others[self._pair_stratum] - gone_others)
        whole_treated, whole_others = float(treated.sum()), float((self._weight * others).sum())
        fewer_treated = whole_treated + _summed(
            self._pair_cluster, is_treated - was_treated, self.clusters
        )
        fewer_others = whole_others + _summed(
            self._pair_cluster, is_others - was_others, self.clusters
        )
        return whole_treated, whole_others, fewer_treated, fewer_others


def no_strata() -> pl.DataFrame:
    """The table of strata, without any."""
    columns = (*STRATUM, "cluster_code", "arm", *SUMS)
    return _numbered(pl.DataFrame(schema=dict.fromkeys(columns, pl.Int64)), 1)[1]


def _numbered(cells: pl.DataFrame, least: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cells of strata that are kept, with the number of each, and the strata themselves."""
    treated = pl.col("arm") == 1
    table = (
        cells.group_by(STRATUM)
        .agg(
            pl.col("people").filter(treated).sum().alias("treated"),
            pl.col("people").filter(~treated).sum().alias("controls"),
            *(pl.col(one).filter(treated).sum().alias(f"{one}_treated") for one in SUMS[1:5]),
            *(pl.col(one).filter(~treated).sum().alias(f"{one}_controls") for one in SUMS[1:5]),
        )
        .filter(pl.col("treated") > 0)
        .with_columns(kept=pl.col("controls") >= least)
        .sort(STRATUM)
    )
    kept = table.filter("kept").with_row_index("stratum")
    joined = cells.join(kept.select("stratum", *STRATUM), on=STRATUM, how="inner")
    return joined.sort("stratum", "cluster_code", "arm"), table


def _summed(places: Ints, values: Floats, size: int) -> Floats:
    out: Floats = np.bincount(places, values, size).astype(np.float64)
    return out


def _over(left: NDArray[Any], right: NDArray[Any]) -> Floats:
    out: Floats = np.zeros(len(left))
    np.divide(left, right, out=out, where=right > 0)
    return out


def _log(value: float) -> float:
    return log(value) if value > 0 else float("nan")


def _logs(values: Floats) -> Floats:
    found: Floats = np.full(len(values), np.nan)
    np.log(values, out=found, where=values > 0)
    return found


def _jackknife(without: Floats) -> float:
    """The standard error from the values with each practice left out."""
    number = len(without)
    if number < 2 or not np.isfinite(without).all():
        return float("nan")
    return sqrt((number - 1) / number * float(((without - without.mean()) ** 2).sum()))
