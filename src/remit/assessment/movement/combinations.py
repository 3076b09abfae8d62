"""Score, segments and rank of every organisation under every combination of two periods.

A combination says, for each of five factors, of which period it is taken. A score at hand for
the earlier and the later own values, among the earlier and the later values of the others, comes
from :mod:`remit.assessment.movement.two_periods`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.among_peers import Numbers, Places
from remit.assessment.scoring.implied_cut_points import own_cut_points
from remit.assessment.scoring.rounding import rounded
from remit.assessment.scoring.segments import flag_column
from remit.model.framework import Framework, Override

FACTORS = ("own_values", "others_values", "metric_set", "cut_points", "override")
OWN, OTHERS, SET, CUTS, OVERRIDE = range(5)
MEASURES = ("average_score", "unadjusted_segment", "adjusted_segment", "rank")

_EPSILON = 1e-9
_PLACE = 10.0**6
"""A sort key holds averages and segments below this many last digits."""


@dataclass(frozen=True)
class Side:
    """One period's standings as arrays over the organisations in both periods (length n).

    ``shown`` is the average by which the league table ranks; ``flags`` has one column an
    override of the adjusted stage; ``cuts`` are each organisation's own cut points.
    """

    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    averages: Numbers
    shown: Numbers
    unadjusted: Numbers
    adjusted: Numbers
    flags: Numbers
    cuts: Numbers


def side(assessment: Assessment, codes: Sequence[str]) -> Side:
    """The standings of some organisations, in the order of ``codes``; absent ones are NaN."""
    order = pl.DataFrame({"org_code": list(codes)}, schema={"org_code": pl.String})
    rows = order.join(assessment.standing, on="org_code", how="left", maintain_order="left")
    averages = _numbers(rows, "average_score")
    shown = averages
    if assessment.mode == "published":
        published = _numbers(rows, "published_average_score")
        shown = np.where(np.isnan(published), averages, published)
    flags = [_numbers(rows, flag_column(o)) == 1 for o in adjusting(assessment.framework)]
    unadjusted = _numbers(rows, "unadjusted_segment")
    return Side(
        codes=tuple(codes),
        kinds=tuple(kind or "" for kind in rows["kind"].to_list()),
        averages=averages,
        shown=shown,
        unadjusted=unadjusted,
        adjusted=_numbers(rows, "adjusted_segment"),
        flags=np.array(flags, dtype=np.float64).reshape(len(flags), len(codes)),
        cuts=own_cut_points(assessment.cut_points.values, averages, unadjusted),
    )


def _numbers(rows: pl.DataFrame, column: str) -> Numbers:
    return rows[column].cast(pl.Float64).to_numpy()


def adjusting(framework: Framework) -> list[Override]:
    """The overrides that make the adjusted segment, in their order."""
    return [override for override in framework.segments.overrides if override.stage == "adjusted"]


def average_worth(crossed: pl.DataFrame, codes: Sequence[str]) -> Numbers:
    """The average under every combination; shape ``(32, n)``."""
    where = {code: place for place, code in enumerate(codes)}
    own = np.array([where[code] for code in crossed["org_code"].to_list()], dtype=np.int64)
    terms = metric_worth(crossed)
    return np.array([np.bincount(own, weights=row, minlength=len(codes)) for row in terms])


def metric_worth(crossed: pl.DataFrame) -> Numbers:
    """Each metric's term of the average under every combination; shape ``(32, rows)``."""
    weights = [crossed[f"weight{period}"].to_numpy() for period in (0, 1)]
    scores = {
        (own, others): crossed[f"s{own}{others}"].to_numpy() for own in (0, 1) for others in (0, 1)
    }
    return np.array(
        [
            weights[_bit(mask, SET)] * scores[_bit(mask, OWN), _bit(mask, OTHERS)]
            for mask in range(2 ** len(FACTORS))
        ]
    )


def _bit(mask: int, factor: int) -> int:
    return (mask >> factor) & 1


def segment_numbers(averages: Numbers, cuts: Numbers) -> Numbers:
    """The segment of each average by each organisation's cut points; NaN stays."""
    beyond = (averages[:, None] > cuts + _EPSILON).sum(axis=1)
    return np.where(np.isnan(averages), np.nan, 1.0 + beyond)


def overridden(segments: Numbers, flags: Numbers, overrides: Sequence[Override]) -> Numbers:
    """Segments after the overrides whose flags are set, one after the other."""
    for flag, override in zip(flags, overrides, strict=True):
        if override.becomes is not None:
            after = np.full(len(segments), float(override.becomes))
        else:
            after = np.maximum(segments, float(override.no_better_than or 1))
        segments = np.where((flag == 1) & ~np.isnan(segments), after, segments)
    return segments


@dataclass(frozen=True)
class Combinations:
    """Every measure under every combination of factors.

    ``sides`` are the earlier and the later period, over all organisations of either; ``own``
    are the places in them of the n organisations whose movement is asked for.
    """

    framework: Framework
    sides: tuple[Side, Side]
    own: Places
    averages: Numbers

    def segments(self) -> tuple[Numbers, Numbers]:
        """Unadjusted and adjusted segments, each of shape ``(32, n)``.

        NaN where a period has no segment, or none that cut points make.
        """
        unadjusted, adjusted = [], []
        cut = all(side.cuts.shape[1] for side in self.sides)
        known = cut & ~np.isnan(sum(side.unadjusted[self.own] for side in self.sides))
        for mask, averages in enumerate(self.averages):
            cuts = self.sides[_bit(mask, CUTS)].cuts[self.own]
            flags = self.sides[_bit(mask, OVERRIDE)].flags[:, self.own]
            segment = np.where(known, segment_numbers(averages, cuts), np.nan)
            unadjusted.append(segment)
            adjusted.append(overridden(segment, flags, adjusting(self.framework)))
        return np.array(unadjusted), np.array(adjusted)

    def ranks(self, adjusted: Numbers) -> Numbers:
        """League ranks among the others of the same kind, shape ``(32, n)``.

        The others stand where their own period and the combination's cut points put them.
        """
        ranks = []
        for mask, averages in enumerate(self.averages):
            others, cuts = _bit(mask, OTHERS), _bit(mask, CUTS)
            key = self._key(adjusted[mask], averages + self._shown_apart(mask))
            table = self._others_key(others, cuts)
            same = self._same_league(others)
            ahead = (table[None, :] < key[:, None]) & same
            ahead[np.arange(len(self.own)), self.own] = False
            ranks.append(np.where(np.isnan(key), np.nan, 1.0 + ahead.sum(axis=1)))
        return np.array(ranks)

    def _shown_apart(self, mask: int) -> Numbers:
        """How far the average that ranks is from the mean of scores (published: rounded).

        It belongs to no factor, so it passes over in three equal steps with those that make the
        average.
        """
        first, second = (side.shown[self.own] - side.averages[self.own] for side in self.sides)
        steps = sum(_bit(mask, factor) for factor in (OWN, OTHERS, SET))
        return first + (second - first) * steps / 3

    def _others_key(self, period: int, cuts: int) -> Numbers:
        side = self.sides[period]
        if period == cuts:
            return self._key(side.adjusted, side.shown)
        # An organisation that is not in the other period has the cut points of all others there.
        lines = self.sides[cuts].cuts
        segment = segment_numbers(side.averages, lines)
        return self._key(
            overridden(segment, side.flags, adjusting(self.framework)),
            side.shown,
        )

    def _same_league(self, period: int) -> NDArray[np.bool_]:
        """Who is ranked with whom, shape ``(n, organisations)``."""
        kinds = np.array(self.sides[period].kinds, dtype=object)
        if self.framework.league.within == "all":
            return np.ones((len(self.own), len(kinds)), dtype=bool)
        same: NDArray[np.bool_] = np.equal(kinds[None, :], kinds[self.own][:, None]).astype(bool)
        return same

    def _key(self, segments: Numbers, averages: Numbers) -> Numbers:
        """One number to sort by, in the framework's order; NaN where not placed."""
        league = self.framework.league
        scale = 10.0**league.decimals
        column = pl.DataFrame({"average": averages}).select(
            rounded(pl.col("average"), self.framework.rounding, league.decimals)
        )
        keys = {
            "adjusted_segment": segments,
            "average_score": np.round(column.to_series().to_numpy() * scale),
        }
        key = np.zeros(len(segments))
        for name in league.by:
            key = key * _PLACE + keys[name]
        return key
