"""Adopters against those who had not adopted by then, group by group and period by period.

For each group of adopters of one period, each period's change since the base is set against the
same change of those who had not adopted by then (never an earlier adopter, whose figures already
hold an effect). Source: Callaway and Sant'Anna (2021), Difference-in-differences with multiple time
periods; the average over adopters is their average by group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from remit.practice.spread.panel import NEVER, SpreadPanel

Controls = Literal["not_yet", "never"]


@dataclass(frozen=True, slots=True)
class Window:
    """Periods counted from adoption (0 is the first with the practice), first and last of them."""

    first: int
    last: int

    def columns(self, adopted: int, count: int) -> range:
        """Those of `count` columns that lie in the window of who adopted in this column."""
        return range(max(0, adopted + self.first), min(count, adopted + self.last + 1))


@dataclass(frozen=True, slots=True)
class Difference:
    """What adopters changed beyond the others, with what is needed for its interval.

    `by_adopter` holds one figure for each adopter (NaN: none), `influence` one for each
    organisation; the error is the root of the sum of its squares. `later` is how many of the
    others adopted later themselves.
    """

    estimate: float
    influence: NDArray[np.float64]
    by_adopter: NDArray[np.float64]
    freedom: float
    adopters: int
    controls: int
    later: int

    @property
    def error(self) -> float:
        """Its standard error, each organisation taken as a whole."""
        return float(np.sqrt(np.sum(self.influence**2)))

    def interval(self, confidence: float) -> tuple[float, float]:
        """Low and high end; the degrees of freedom are those of Satterthwaite."""
        reach = float(student.ppf((1 + confidence) / 2, self.freedom)) * self.error
        return self.estimate - reach, self.estimate + reach

    @property
    def ratio(self) -> float:
        """The estimate in units of its error; without error, 0 for none and beyond all for one."""
        return float(ratio_of(np.array(self.estimate), np.array(self.error)))

    def chance(self) -> float:
        """How often chance alone would give as much, either way."""
        if not self.error > 0:
            return 1.0 if self.estimate == 0 else 0.0
        return float(2 * student.sf(abs(self.ratio), self.freedom))


def ratio_of(estimate: NDArray[np.float64], error: NDArray[np.float64]) -> NDArray[np.float64]:
    """Estimates in units of their errors; one without error is beyond all others.

    `estimate` and `error` have the same shape, and so has the answer.

    >>> import numpy as np
    >>> ratio_of(np.array([3.0, -1.0, 0.0]), np.array([2.0, 0.0, 0.0])).tolist()
    [1.5, -inf, 0.0]
    """
    sure = np.where(estimate == 0, 0.0, np.copysign(np.inf, estimate))
    found: NDArray[np.float64] = np.where(
        error > 0, estimate / np.where(error > 0, error, 1.0), sure
    )
    return found


@dataclass(frozen=True, slots=True)
class GroupTime:
    """The effect on one group of adopters in one period."""

    adopted: int
    period: int
    effect: float
    adopters: int
    controls: int


def _mean(values: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    """Means of what is there; NaN where less than half is."""
    there = np.isfinite(values)
    count = there.sum(axis=axis)
    total = np.where(there, values, 0.0).sum(axis=axis)
    enough = (count > 0) & (2 * count >= values.shape[axis])
    return np.where(enough, total / np.maximum(count, 1), np.nan)


def changes_since(panel: SpreadPanel, adopted: int, base: Window) -> NDArray[np.float64] | None:
    """Each organisation's figures less the mean of its base, as counted from this adoption.

    Organisations × periods, NaN where less than half of a base is there; None without a base.

    Parameters
    ----------
    panel
        Figures; who adopted is not looked at.
    adopted
        The column of adoption.
    base
        Periods compared with, counted from it.

    Examples
    --------
    >>> import numpy as np
    >>> panel = SpreadPanel(("ZA1",), ("1", "2"), np.array([[1.0, 4.0]]), np.array([1]), 12)
    >>> changes_since(panel, 1, Window(-1, -1)).tolist()
    [[0.0, 3.0]]
    """
    columns = base.columns(adopted, len(panel.periods))
    if not columns:
        return None
    middle: NDArray[np.float64] = panel.values - _mean(panel.values[:, columns], 1)[:, None]
    return middle


def _pool(panel: SpreadPanel, adopted: int, column: int, controls: Controls) -> NDArray[np.bool_]:
    """Who had not adopted by then."""
    never: NDArray[np.bool_] = panel.adopted == NEVER
    if controls == "never":
        return never
    later: NDArray[np.bool_] = panel.adopted > max(column, adopted)
    return never | later


def group_time_effects(
    panel: SpreadPanel, base: Window, after: Window, controls: Controls = "not_yet"
) -> list[GroupTime]:
    """The effect on each group of adopters in each period of `after`.

    Parameters
    ----------
    panel
        Figures and adoption.
    base, after
        Periods compared with, and periods told, counted from adoption.
    controls
        Whether those who adopt later may serve until they do.

    Examples
    --------
    >>> import numpy as np
    >>> values = np.array([[1.0, 4.0], [1.0, 5.0], [1.0, 2.0], [2.0, 3.0]])
    >>> panel = SpreadPanel(tuple("ABCD"), ("1", "2"), values, np.array([1, 1, -1, -1]), 12)
    >>> group_time_effects(panel, Window(-1, -1), Window(0, 0))[0].effect
    2.5
    """
    found = []
    for adopted in _groups(panel):
        changes = changes_since(panel, adopted, base)
        if changes is None:
            continue
        for column in after.columns(adopted, len(panel.periods)):
            change = changes[:, column]
            there = np.isfinite(change)
            group = there & (panel.adopted == adopted)
            pool = there & _pool(panel, adopted, column, controls)
            if group.any() and pool.any():
                effect = float(change[group].mean() - change[pool].mean())
                found.append(GroupTime(adopted, column, effect, int(group.sum()), int(pool.sum())))
    return found


def _groups(panel: SpreadPanel) -> Sequence[int]:
    return [int(one) for one in np.unique(panel.adopted[panel.has_it])]


def difference(
    panel: SpreadPanel, base: Window, after: Window, controls: Controls = "not_yet"
) -> Difference | None:
    """What adopters changed from `base` to `after` beyond those who had not adopted by then.

    Each adopter counts once, whatever its size. An adopter without half of its base, or without
    a figure in `after`, is left out.

    Parameters
    ----------
    panel
        Figures and adoption.
    base, after
        Periods compared with, and periods told, counted from adoption.
    controls
        Whether those who adopt later may serve until they do.

    Returns
    -------
    Difference or None
        None where fewer than two adopters, or in every period fewer than two others, have figures.

    Examples
    --------
    >>> import numpy as np
    >>> values = np.array([[1.0, 4.0], [1.0, 5.0], [1.0, 2.0], [2.0, 3.0]])
    >>> panel = SpreadPanel(tuple("ABCD"), ("1", "2"), values, np.array([1, 1, -1, -1]), 12)
    >>> difference(panel, Window(-1, -1), Window(0, 0)).estimate
    2.5
    """
    size = len(panel.codes)
    by_adopter, from_controls = np.full(size, np.nan), np.zeros(size)
    served = np.zeros(size, dtype=bool)
    for adopted in _groups(panel):
        group = _one_group(panel, adopted, base, after, controls)
        if group is not None:
            by_adopter[panel.adopted == adopted] = group.beyond
            from_controls -= group.from_controls
            served |= group.served
    told = np.isfinite(by_adopter)
    count = int(told.sum())
    if count < 2 or served.sum() < 2:
        return None
    estimate = float(by_adopter[told].mean())
    influence = from_controls / count
    spread = np.sqrt(count / (count - 1))
    influence[told] += (by_adopter[told] - estimate) * spread / count
    if np.sqrt(np.sum(influence**2)) < panel.least:
        influence = np.zeros(size)
    if abs(estimate) < panel.least:
        estimate = 0.0
    freedom = _satterthwaite(influence**2, told, served)
    later = int((served & panel.has_it).sum())
    return Difference(estimate, influence, by_adopter, freedom, count, int(served.sum()), later)


@dataclass(frozen=True, slots=True)
class _Group:
    """One group's adopters beyond the others, and what each other weighs in the error."""

    beyond: NDArray[np.float64]
    from_controls: NDArray[np.float64]
    served: NDArray[np.bool_]


def _one_group(
    panel: SpreadPanel, adopted: int, base: Window, after: Window, controls: Controls
) -> _Group | None:
    changes = changes_since(panel, adopted, base)
    if changes is None:
        return None
    group = panel.adopted == adopted
    beyond, weighed = [], []
    served = np.zeros(len(panel.codes), dtype=bool)
    for column in after.columns(adopted, len(panel.periods)):
        change = changes[:, column]
        pool = np.isfinite(change) & _pool(panel, adopted, column, controls)
        number = int(pool.sum())
        if number < 2:
            continue
        middle = change[pool].mean()
        part = np.zeros(len(change))
        part[pool] = (change[pool] - middle) / np.sqrt(number * (number - 1))
        beyond.append(change[group] - middle)
        weighed.append(part)
        served |= pool
    if not beyond:
        return None
    each = np.array(beyond)
    there = np.isfinite(each)
    seen = np.maximum(there.sum(axis=0), 1)
    sums = np.where(there, each, 0.0).sum(axis=0)
    shares = (there / seen).sum(axis=1)
    return _Group(
        np.where(there.any(axis=0), sums / seen, np.nan),
        (np.array(weighed) * shares[:, None]).sum(axis=0),
        served,
    )


def _satterthwaite(
    squares: NDArray[np.float64], told: NDArray[np.bool_], served: NDArray[np.bool_]
) -> float:
    """Degrees of freedom of a sum of two variances: adopters' and the others'."""
    others = served & ~told
    parts = (float(squares[told].sum()), float(squares[others].sum()))
    counts = (int(told.sum()) - 1, max(int(others.sum()) - 1, 1))
    below = sum(part**2 / count for part, count in zip(parts, counts, strict=True))
    return sum(parts) ** 2 / below if below > 0 else float(counts[0])
