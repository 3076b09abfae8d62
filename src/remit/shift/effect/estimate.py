"""Ratios between those with the service and those alike without it, with their uncertainty.

All is made of whole-number sums by stratum, practice and arm. A comparison is a product of sums
and reciprocals of sums, such as use later / days later / use earlier; its logarithm among those
with the service, less that among the others, each stratum of these weighted to as many people, is
the result.

Its variance is that of what each practice adds to it (the influence function of the strata as they
are): how far those with the service are from people alike, and these from their own mean. A
practice that has many of those with the service is taken as if it were left out. Student's t has
one degree of freedom less than there are practices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, isfinite, log, sqrt
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import f as fisher
from scipy.stats import t as student

from remit.shift.effect.looks import LATER
from remit.shift.effect.strata import STRATUM, SUMS

COURSE_SUMS = ("times", "days", "squares")
_YEAR = 365.0
_TURNS = 50
_CLOSE = 1e-9
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

    def limit(self, chance: float, margin: float = 0.0) -> float:
        """From which ratio on, above 1, it is beyond a margin and as rare as told by chance."""
        if not self.is_known:
            return exp(margin)
        return exp(max(float(student.isf(chance, self.freedom)) * self.error, margin))

    def chance(self, above: bool) -> float:
        """How rare so large a value is if the ratio is 1, one-sided."""
        if not self.is_known:
            return 1.0
        return float(student.sf(self.size if above else -self.size, self.freedom))


@dataclass(frozen=True, slots=True)
class ByEntry:
    """A ratio for each quarter of entry, on the scale of logarithms.

    Attributes
    ----------
    looks
        The quarters of entry, from 0 on.
    values
        The logarithms of their ratios.
    spread
        How their errors go together.
    freedom
        Degrees of freedom.
    """

    looks: Ints
    values: Floats
    spread: Floats
    freedom: int

    def heterogeneity(self) -> float:
        """How rare so large a Q of Cochran is where all are one."""
        q, held = len(self.values) - 1, self.freedom
        if q < 1 or held <= q:
            return 1.0
        apart = np.diff(np.eye(q + 1), axis=0)
        d = apart @ self.values
        stat = float(d @ np.linalg.solve(apart @ self.spread @ apart.T, d))
        return float(fisher.sf(stat * (held - q + 1) / (held * q), q, held - q + 1))

    def trend(self) -> Contrast:
        """From the first to the last, by a line through them weighted by what is known of each."""
        if len(self.values) < 2:
            return Contrast(float("nan"), float("nan"), 1)
        x = np.column_stack([np.ones(len(self.looks)), self.looks])
        inner = np.linalg.solve(self.spread, np.column_stack([x, self.values]))
        cov = np.linalg.inv(x.T @ inner[:, :2])
        b = cov @ (x.T @ inner[:, 2])
        far = float(self.looks[-1] - self.looks[0])
        return Contrast(float(b[1]) * far, sqrt(cov[1, 1]) * far, self.freedom)


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
        numbered, self.table = _numbered(cells.filter(pl.col("arm") != LATER), least_controls)
        self.cells = numbered
        self._stratum = numbered["stratum"].to_numpy().astype(np.int64)
        self._strata = int(self.table["kept"].sum())
        codes, self._cluster = np.unique(numbered["cluster_code"].to_numpy(), return_inverse=True)
        self.clusters = len(codes)
        self._treated = numbered["arm"].to_numpy() == 1
        self._weights()

    @property
    def kept(self) -> int:
        """People with the service for whom there is somebody alike."""
        return int(self._people[self._treated].sum())

    def share(self, column: str) -> tuple[float, float]:
        """Sums of a column per person: with the service, and those alike without."""
        treated, others = self._total(column)
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
        return self._product([(one, 1.0) for one in over] + [(one, -1.0) for one in under])

    def powers(self, columns: Mapping[str, float]) -> Contrast:
        """The ratio of sums, each to a power that need not be whole."""
        return self._product(list(columns.items()))

    def slope(self) -> Contrast:
        """How the use of those with the service rises against the others', by the year.

        Two spans of time are looked at, that before the matched year together with the days until
        entry, and that after entry. Within each it is asked whether those with the service have
        their hospital records later than people alike. A step between the spans, which is what a
        service does that works from entry on, changes neither. It is the score test of a rate that
        rises evenly on the scale of logarithms, with a level of its own for each span.
        """
        parts, spread = [], 0.0
        for span in ("before", "since"):
            times, days, squares = (self._total(f"{one}_{span}")[1] for one in COURSE_SUMS)
            if min(times, days) <= 0:
                continue
            parts += [(f"days_{span}", days), (f"times_{span}", -days)]
            spread += squares - days**2 / times
        if not parts or spread <= 0:
            return Contrast(float("nan"), float("nan"), 1)
        return self._product([(one, power * _YEAR / spread) for one, power in parts])

    def by_entry(self, over: Sequence[str], under: Sequence[str] = ()) -> ByEntry:
        """The ratio of ratios for those of each quarter of entry, by itself.

        Strata have the quarter of entry in them, so that each is compared with those alike on days
        of the same quarter. One person without the service can be looked at in several quarters,
        and practices are in all: so the quarters' errors go together, as practices show.

        Parameters
        ----------
        over
            The columns whose sums multiply.
        under
            Those whose sums divide.
        """
        looks, at = np.unique(self.cells["look"].to_numpy(), return_inverse=True)
        size, wide = len(looks), self.clusters
        values, shares = np.zeros(size), np.zeros(len(self.cells))
        weight = np.where(self._treated, 1.0, self._cell_weight)
        for power, columns in ((1.0, over), (-1.0, under)):
            for column in columns:
                sums = self._sums(column)
                totals = np.bincount(2 * at + self._treated, weight * sums, 2 * size)
                with np.errstate(divide="ignore", invalid="ignore"):
                    values += power * (np.log(totals[1::2]) - np.log(totals[::2]))
                shares += power * _over(sums, totals[2 * at + self._treated])
        place = self._cluster * size + at
        added = _summed(place, self._beyond(shares), wide * size).reshape(wide, size)
        held = _summed(place, self._people * self._treated, wide * size).reshape(wide, size)
        left = 1 - held / np.maximum(held.sum(axis=0), 1)
        known = np.isfinite(values) & (left > 0).all(axis=0) & (np.abs(added).sum(axis=0) > 0)
        off = added[:, known] / left[:, known]
        spread = (1 - 1 / wide) * (off.T @ off) if wide > 1 else np.zeros((0, 0))
        return ByEntry(looks[known].astype(np.int64), values[known], spread, max(wide - 1, 1))

    def _total(self, column: str) -> tuple[float, float]:
        """The sum of those with the service, and that of as many people alike."""
        sums = self._sums(column)
        others = (self._cell_weight * sums)[~self._treated].sum()
        return float(sums[self._treated].sum()), float(others)

    def _product(self, parts: Sequence[tuple[str, float]]) -> Contrast:
        """The ratio of products of sums, each to a power."""
        value, shares = 0.0, np.zeros(len(self.cells))
        for column, power in parts:
            treated, others = self._total(column)
            value += power * (_log(treated) - _log(others))
            totals = np.where(self._treated, treated, others)
            shares += power * _over(self._sums(column), totals)
        return Contrast(value, self._error(shares), max(self.clusters - 1, 1))

    def swayed(self, over: Sequence[str], under: Sequence[str] = ()) -> Contrast:
        """The same ratio among people without the service, of practices that use it against others.

        Each person without the service counts as much as there are people with it in the same
        practice, within strata. No service can have had an effect on them: what is seen is what
        else goes on in those practices.

        Parameters
        ----------
        over
            The columns whose sums multiply.
        under
            Those whose sums divide.
        """
        others = self._people * ~self._treated
        mine = np.bincount(self._cluster, self._people * self._treated, self.clusters)
        each = _over(mine, np.bincount(self._cluster, others, self.clusters))[self._cluster]
        others = others * self._cell_weight
        there = np.bincount(self._stratum, others, self._strata)
        usual = _over(np.bincount(self._stratum, others * each, self._strata), there)
        by_practice: Floats = np.zeros(self.clusters)
        for sign, columns in ((1, over), (-1, under)):
            for column in columns:
                sums = self._sums(column) * ~self._treated * self._cell_weight
                mean = _over(np.bincount(self._stratum, sums, self._strata), there)
                beyond = (each - usual[self._stratum]) * (sums - others * mean[self._stratum])
                whole = float((sums * usual[self._stratum]).sum())
                if whole <= 0:
                    return Contrast(float("nan"), float("nan"), 1)
                by_practice += sign * _summed(self._cluster, beyond, self.clusters) / whole
        off = by_practice - by_practice.mean()
        error = sqrt(self.clusters / max(self.clusters - 1, 1) * float((off**2).sum()))
        # Few practices that refer much tell it; of as many the uncertainty is known.
        pull = _summed(self._cluster, others * (each - usual[self._stratum]) ** 2, self.clusters)
        telling = float(pull.sum() ** 2 / (pull**2).sum()) if pull.any() else 0.0
        return Contrast(float(by_practice.sum()), error, max(int(telling) - 1, 1))

    def _weights(self) -> None:
        """How many with the service there are for each without, by stratum."""
        self._people = self.cells["people"].to_numpy().astype(np.int64)
        wanted = np.bincount(self._stratum, self._people * self._treated, self._strata)
        self._others = np.bincount(self._stratum, self._people * ~self._treated, self._strata)
        self._wanted = wanted.astype(np.float64)
        weight = _over(wanted, self._others)[self._stratum]
        self._cell_weight = self._raked(weight)

    def _raked(self, weight: Floats) -> Floats:
        """Weights with which those without the service are as deprived as those with it.

        Strata with a fifth each would hold too few people. So the weights of a fifth are raised or
        lowered in all strata alike, and those of a stratum brought back to their sum, in turn.
        """
        fifth = self.cells["fifth"].to_numpy().astype(np.int64) if "fifth" in self.cells else None
        if fifth is None or not len(fifth):
            return weight
        others = self._people * ~self._treated
        wanted = np.bincount(fifth, self._people * self._treated)
        for _ in range(_TURNS):
            there = np.bincount(fifth, others * weight, len(wanted))
            off = np.where((there > 0) & (wanted > 0), _over(wanted, there), 1.0)
            weight = weight * off[fifth]
            sums = np.bincount(self._stratum, others * weight, self._strata)
            weight = weight * _over(self._wanted, sums)[self._stratum]
            if np.abs(off - 1).max() < _CLOSE:
                break
        return weight

    def _sums(self, column: str) -> Floats:
        return self.cells[column].to_numpy().astype(np.float64)

    def _error(self, shares: Floats) -> float:
        """The standard error, from each cell's share in the sums that are compared."""
        if self.clusters < 2 or not np.isfinite(shares).all():
            return float("nan")
        by_practice = _summed(self._cluster, self._beyond(shares), self.clusters)
        held = _summed(self._cluster, self._people * self._treated, self.clusters)
        left = 1 - held / held.sum()
        if not (left > 0).all():
            return float("nan")
        return sqrt((1 - 1 / self.clusters) * float(((by_practice / left) ** 2).sum()))

    def _beyond(self, shares: Floats) -> Floats:
        """What each cell adds, beyond what people alike in its stratum let expect."""
        others = np.bincount(
            self._stratum, self._cell_weight * shares * ~self._treated, self._strata
        )
        alike = _over(others, self._wanted)[self._stratum] * self._people
        beyond: Floats = np.where(self._treated, 1.0, -self._cell_weight) * (shares - alike)
        return beyond


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
        .with_columns(pl.col(STRATUM).cast(pl.Int64), kept=pl.col("controls") >= least)
        .sort(STRATUM)
    )
    kept = table.filter("kept").with_row_index("stratum")
    # Cells may be as many as people: they are picked by their numbers, and copied once.
    numbers = cells.select(*STRATUM, "cluster_code", "arm").with_row_index("cell")
    joined = numbers.join(kept.select("stratum", *STRATUM), on=STRATUM, how="inner")
    picked = joined.sort("stratum", "cluster_code", "arm")
    return cells[picked["cell"]].with_columns(picked["stratum"]), table


def _summed(places: Ints, values: Floats, size: int) -> Floats:
    out: Floats = np.bincount(places, values, size).astype(np.float64)
    return out


def _over(left: NDArray[Any], right: NDArray[Any]) -> Floats:
    out: Floats = np.zeros(len(left))
    np.divide(left, right, out=out, where=right > 0)
    return out


def _log(value: float) -> float:
    return log(value) if value > 0 else float("nan")
