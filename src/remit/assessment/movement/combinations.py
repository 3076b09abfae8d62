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

from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.columns import floats
from remit.assessment.scoring.implied_cut_points import own_cut_points
from remit.assessment.scoring.laws.arrays import Flags, Floats, Integers
from remit.assessment.scoring.laws.league_key import league_groups, league_keys
from remit.assessment.scoring.laws.overrides import overridden
from remit.assessment.scoring.laws.ranks import rank_among
from remit.assessment.scoring.laws.rounding import digits
from remit.assessment.scoring.laws.segments import segments_of
from remit.assessment.scoring.segments import adjusting, averages_shown, override_flags
from remit.model.framework import Framework

FACTORS = ("own_values", "others_values", "metric_set", "cut_points", "override")
OWN, OTHERS, SET, CUTS, OVERRIDE = range(5)
MEASURES = ("average_score", "unadjusted_segment", "adjusted_segment", "rank")


@dataclass(frozen=True)
class Side:
    """One period's standings as arrays over the organisations in both periods (length n).

    ``shown`` is the average by which the league table ranks; ``flags`` has one column an
    override of the adjusted stage; ``cuts`` are each organisation's own cut points.
    """

    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    averages: Floats
    shown: Floats
    unadjusted: Floats
    adjusted: Floats
    flags: Flags
    cuts: Floats


def side(assessment: Assessment, codes: Sequence[str]) -> Side:
    """The standings of some organisations, in the order of ``codes``; absent ones are NaN."""
    order = pl.DataFrame({"org_code": list(codes)}, schema={"org_code": pl.String})
    rows = order.join(assessment.standing, on="org_code", how="left", maintain_order="left")
    averages, unadjusted = floats(rows, "average_score"), floats(rows, "unadjusted_segment")
    return Side(
        codes=tuple(codes),
        kinds=tuple(kind or "" for kind in rows["kind"].to_list()),
        averages=averages,
        shown=averages_shown(rows, assessment.mode),
        unadjusted=unadjusted,
        adjusted=floats(rows, "adjusted_segment"),
        flags=override_flags(rows, adjusting(assessment.framework)),
        cuts=own_cut_points(assessment.cut_points.values, averages, unadjusted),
    )


def average_worth(crossed: pl.DataFrame, codes: Sequence[str]) -> Floats:
    """The average under every combination; shape ``(32, n)``."""
    where = {code: place for place, code in enumerate(codes)}
    own = np.array([where[code] for code in crossed["org_code"].to_list()], dtype=np.int64)
    terms = metric_worth(crossed)
    return np.array([np.bincount(own, weights=row, minlength=len(codes)) for row in terms])


def metric_worth(crossed: pl.DataFrame) -> Floats:
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


@dataclass(frozen=True)
class Combinations:
    """Every measure under every combination of factors.

    ``sides`` are the earlier and the later period, over all organisations of either; ``own``
    are the places in them of the n organisations whose movement is asked for.
    """

    framework: Framework
    sides: tuple[Side, Side]
    own: Integers
    averages: Floats

    def segments(self) -> tuple[Floats, Floats]:
        """Unadjusted and adjusted segments, each of shape ``(32, n)``.

        NaN where a period has no segment, or none that cut points make.
        """
        unadjusted, adjusted = [], []
        cut = all(side.cuts.shape[1] for side in self.sides)
        known = cut & ~np.isnan(sum(side.unadjusted[self.own] for side in self.sides))
        for mask, averages in enumerate(self.averages):
            cuts = self.sides[_bit(mask, CUTS)].cuts[self.own]
            flags = self.sides[_bit(mask, OVERRIDE)].flags[self.own]
            segment = np.where(known, segments_of(averages, cuts.T), np.nan)
            unadjusted.append(segment)
            adjusted.append(overridden(segment, flags, adjusting(self.framework)))
        return np.array(unadjusted), np.array(adjusted)

    def ranks(self, adjusted: Floats) -> Floats:
        """League ranks among the others of the same kind, shape ``(32, n)``.

        The others stand where their own period and the combination's cut points put them.
        """
        ranks = []
        for mask, averages in enumerate(self.averages):
            others, cuts = _bit(mask, OTHERS), _bit(mask, CUTS)
            key = self._key(adjusted[mask], averages + self._shown_apart(mask))
            table = self._others_key(others, cuts)
            rivals = self._same_league(others)
            rivals[np.arange(len(self.own)), self.own] = False
            ranks.append(rank_among(key, table, rivals))
        return np.array(ranks)

    def _shown_apart(self, mask: int) -> Floats:
        """How far the average that ranks is from the mean of scores (published: rounded).

        It belongs to no factor, so it passes over in three equal steps with those that make the
        average.
        """
        first, second = (side.shown[self.own] - side.averages[self.own] for side in self.sides)
        steps = sum(_bit(mask, factor) for factor in (OWN, OTHERS, SET))
        return first + (second - first) * steps / 3

    def _others_key(self, period: int, cuts: int) -> Floats:
        side = self.sides[period]
        if period == cuts:
            return self._key(side.adjusted, side.shown)
        # An organisation that is not in the other period has the cut points of all others there.
        segment = segments_of(side.averages, self.sides[cuts].cuts.T)
        return self._key(
            overridden(segment, side.flags, adjusting(self.framework)),
            side.shown,
        )

    def _same_league(self, period: int) -> Flags:
        """Who is ranked with whom, shape ``(n, organisations)``."""
        groups = league_groups(self.framework.league, self.sides[period].kinds)
        return np.asarray(groups == groups[self.own][:, None])

    def _key(self, segments: Floats, averages: Floats) -> Floats:
        """One number to sort by, in the framework's order; NaN where not placed."""
        league, rounding = self.framework.league, self.framework.rounding
        return league_keys(league, segments, digits(averages, league.decimals, rounding))
