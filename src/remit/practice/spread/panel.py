"""Figures by organisation and period, beside when each took up the practice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEVER = -1
"""In ``adopted``: an organisation that never took the practice up while figures last."""


_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class SpreadPanel:
    """One metric of many organisations, and the period in which each adopted.

    Parameters
    ----------
    codes
        Organisations, one a row of `values`.
    periods
        Labels of the periods in order, one a column of `values`.
    values
        Organisations × periods; NaN where there is no figure.
    adopted
        For each organisation the column from which it has the practice, or `NEVER`.
    months
        How many months a period lasts: 1, 3 or 12.

    Examples
    --------
    >>> import numpy as np
    >>> panel = SpreadPanel(("ZA1", "ZA2"), ("2024/25", "2025/26"), np.ones((2, 2)),
    ...                     np.array([1, NEVER]), 12)
    >>> panel.in_periods(24)
    2
    """

    codes: tuple[str, ...]
    periods: tuple[str, ...]
    values: NDArray[np.float64]
    adopted: NDArray[np.int64]
    months: int

    def in_periods(self, months: int) -> int:
        """How many periods so many months are: whole ones, and none for none."""
        return -(-months // self.months)

    @property
    def has_it(self) -> NDArray[np.bool_]:
        """Which organisations adopt at any time."""
        found: NDArray[np.bool_] = self.adopted != NEVER
        return found

    @property
    def least(self) -> float:
        """What is smaller than this is a rounding of figures so large, and no difference."""
        there = self.values[np.isfinite(self.values)]
        return _ROUNDING * float(np.abs(there).max(initial=0.0))

    def dealt(self, adopted: NDArray[np.int64]) -> SpreadPanel:
        """The same figures with adoption dealt out in another way."""
        return SpreadPanel(self.codes, self.periods, self.values, adopted, self.months)
