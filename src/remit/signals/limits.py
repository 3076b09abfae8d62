"""The mean and the process limits of each stretch (XmR, from mean moving ranges)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from remit.model.spc_rules import LimitRules, Screening
from remit.signals.means import Counts, Floats, group_means
from remit.signals.stretches import Flags, Stretches


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """One entry a stretch or a point; limits are NaN where there is no moving range."""

    mean: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats

    @classmethod
    def joined(cls, parts: Sequence[ProcessLimits]) -> ProcessLimits:
        """The limits of several parts, one after another."""
        if not parts:
            return cls(*(np.empty(0) for _ in fields(cls)))
        return cls(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)))

    def times(self, scale: float) -> ProcessLimits:
        """The same limits in another unit."""
        return ProcessLimits(*(getattr(self, f.name) * scale for f in fields(self)))

    def at(self, places: Counts) -> ProcessLimits:
        """The limits of the stretches at some places."""
        return ProcessLimits(
            self.mean[places],
            self.lower[places],
            self.upper[places],
            self.near_lower[places],
            self.near_upper[places],
        )


def process_limits(
    values: Floats, parts: Stretches, rules: LimitRules, baseline: int | None = None
) -> ProcessLimits:
    """Mean, limits and near limits of each stretch.

    Parameters
    ----------
    values
        All points, stretch after stretch.
    rules
        The multiplier, where the near limits lie, and whether outliers are screened.
    baseline
        Only so many points at the beginning of each stretch make its mean and limits.

    Notes
    -----
    Limits are the mean -/+ 2.66 mean moving ranges; 2.66 is 3/1.128, where 1.128 is the expected
    range of two draws from a normal distribution with a standard deviation of 1.
    """
    used = np.ones(len(values), dtype=bool) if baseline is None else parts.positions < baseline
    mean = _mean_of(values, used, parts)
    ranges, counted = _moving_ranges(values, used, parts)
    typical = _mean_of(ranges, counted, parts)
    if rules.screening is not None:
        counted = counted & ~_outlying(ranges, typical[parts.of_point], rules.screening)
        typical = _mean_of(ranges, counted, parts)
    far, near = rules.multiplier * typical, rules.near_multiplier * typical
    return ProcessLimits(mean, mean - far, mean + far, mean - near, mean + near)


def _mean_of(values: Floats, counted: Flags, parts: Stretches) -> Floats:
    if not len(values):
        return np.empty(0)
    counts = np.add.reduceat(counted.astype(np.int64), parts.starts)
    return group_means(np.where(counted, values, 0.0), parts.starts, counts)


def _moving_ranges(values: Floats, used: Flags, parts: Stretches) -> tuple[Floats, Flags]:
    """The distance of each point from the one before, and whether there is one to count."""
    ranges = np.zeros(len(values))
    ranges[1:] = np.abs(np.diff(values))
    return ranges, used & ~parts.first


def _outlying(ranges: Floats, typical: Floats, screening: Screening) -> Flags:
    """Ranges that are left out.

    Where nothing ever changes no range is above the others, and none is left out unless the
    rule set says so.
    """
    far: Flags = ranges >= screening.multiple * typical
    return far if screening.zero_ranges == "drop" else far & (typical > 0)
