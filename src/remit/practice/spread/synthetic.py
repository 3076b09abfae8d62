"""One adopter against the combination of others that was most like it before.

Source: Abadie, Diamond and Hainmueller (2010), Synthetic control methods for comparative case
studies, Journal of the American Statistical Association 105(490): weights of no less than 0 that
add up to 1; each organisation without the practice takes the adopter's place in turn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from remit.practice.spread.group_time import ratio_of

_EVENLY = 1e-10
"""How little an even spread of weights counts beside nearness: it decides between equals alone."""
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Combination:
    """One adopter, its likeness, and how the others fare in its place.

    `gaps` is the adopter less its likeness, period by period; `miss` the root of the mean square
    of them before, and `usual_miss` the median of that over all organisations; `elsewhere` the mean
    gap after, in units of its miss, of each of the others. Who is hit more closely than usual
    before is held to the usual miss: with many others many are hit exactly, and any gap after is
    boundless in units of nothing.
    """

    weights: NDArray[np.float64]
    gaps: NDArray[np.float64]
    effect: float
    miss: float
    spread: float
    elsewhere: NDArray[np.float64]
    usual_miss: float

    @property
    def unit(self) -> float:
        """What the adopter's gap after is measured by."""
        return max(self.miss, self.usual_miss)

    @property
    def chance(self) -> float:
        """How many of all organisations stand out as far as the adopter, itself counted."""
        own = float(ratio_of(np.array(abs(self.effect)), np.array(self.unit)))
        return float((1 + np.sum(np.abs(self.elsewhere) >= own)) / (1 + len(self.elsewhere)))

    def interval(self, confidence: float) -> tuple[float, float]:
        """Every constant effect that would not make the adopter stand out among the others."""
        ordered = np.sort(np.abs(self.elsewhere))
        place = int(np.ceil(confidence * (len(ordered) + 1))) - 1
        if place >= len(ordered):
            return -np.inf, np.inf
        if not np.isfinite(ordered[place]):
            return -np.inf, np.inf
        reach = float(ordered[place]) * self.unit
        return self.effect - reach, self.effect + reach


def likeness(target: NDArray[np.float64], donors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights ≥ 0 that add up to 1, under which `donors` come nearest to `target`.

    `target` has one figure a period, `donors` one row an organisation.

    >>> import numpy as np
    >>> found = likeness(np.array([2.0, 3.0]), np.array([[1.0, 2.0], [3.0, 4.0]]))
    >>> bool(np.allclose(found, [0.5, 0.5]))
    True
    """
    count = len(donors)
    scale = float(np.abs(donors - target).max()) or 1.0
    away = (donors - target) / scale
    # The row of ones only sets the sum of the weights, whose size falls out at the end: least
    # squares without it are the same in every size, and so the nearest weights that add up to 1.
    rows = np.vstack([away.T, np.sqrt(_EVENLY) * np.eye(count), np.ones(count)])
    wanted = np.zeros(len(rows))
    wanted[-1] = 1.0
    found, _ = nnls(rows, wanted, maxiter=50 * count)
    weights: NDArray[np.float64] = found / found.sum()
    return weights


def combination(
    values: NDArray[np.float64], own: int, before: NDArray[np.bool_], after: NDArray[np.bool_]
) -> Combination:
    """The adopter in row `own` against the combination of the other rows most like it before.

    Parameters
    ----------
    values
        Organisations × periods, whole.
    own
        The adopter's row; all other rows never adopt.
    before, after
        Which periods are made alike, and over which the effect is told.

    Examples
    --------
    >>> import numpy as np
    >>> values = np.array([[1.0, 3.0, 9.0], [0.0, 2.0, 4.0], [2.0, 4.0, 6.0]])
    >>> told = combination(values, 0, np.array([1, 1, 0], bool), np.array([0, 0, 1], bool))
    >>> bool(np.isclose(told.effect, 4))
    True
    """
    others = np.arange(len(values)) != own
    weights, gaps, effect, miss = _gap(values[own], values[others], before, after)
    rest = values[others]
    placed = [
        _gap(rest[row], np.delete(rest, row, axis=0), before, after)
        for row in range(len(rest) if len(rest) > 1 else 0)
    ]
    least = _ROUNDING * float(np.abs(values).max())
    misses = np.array([one[3] for one in placed])
    usual = float(np.median([miss, *misses]))
    units = np.maximum(misses, usual)
    effects = np.array([one[2] for one in placed])
    elsewhere = ratio_of(
        np.where(np.abs(effects) < least, 0, effects), np.where(units < least, 0, units)
    )
    spread = float(values[:, before].std(axis=0).mean())
    return Combination(weights, gaps, effect, miss, spread, elsewhere, usual)


def _gap(
    target: NDArray[np.float64],
    donors: NDArray[np.float64],
    before: NDArray[np.bool_],
    after: NDArray[np.bool_],
) -> tuple[NDArray[np.float64], NDArray[np.float64], float, float]:
    weights = likeness(target[before], donors[:, before])
    gaps = target - weights @ donors
    miss = float(np.sqrt(np.mean(gaps[before] ** 2)))
    return weights, gaps, float(gaps[after].mean()), miss
