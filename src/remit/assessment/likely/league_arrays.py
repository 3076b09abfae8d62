"""The organisations that stand in one league table together, as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from remit.assessment.result.assessment import Assessment, CutPoints
from remit.assessment.scoring.averages import domain_means
from remit.assessment.scoring.columns import floats
from remit.assessment.scoring.entering_scores import AS_ROUNDED, own_averages
from remit.assessment.scoring.laws.arrays import Flags, Floats, Integers
from remit.assessment.scoring.laws.league_key import league_groups
from remit.assessment.scoring.laws.overrides import floor_of, overridden
from remit.assessment.scoring.segments import adjusting, override_flags
from remit.model.framework import Framework, LookupRule, Override, PublishedRule, ScoredMetric

_BEST, _WORST = 1.0, 4.0
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Field:
    """Organisations whose average is the mean of their scores, in the order of their codes.

    Attributes
    ----------
    codes, kinds
        Length ``organisations``.
    flags
        Whether each override of the adjusted stage is set, shape ``(organisations, overrides)``.
    cuts
        The cut points that made the segments, and how they are known.
    moved
        Whose segment is another than cut points and overrides make it, length ``organisations``:
        a step that Remit does not know moved it. None where no such step is.
    apart
        Code → kind of those left out, since how their scores count is not known; ranks among
        them cannot be drawn.
    """

    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    flags: Flags
    overrides: tuple[Override, ...]
    cuts: CutPoints
    framework: Framework
    moved: Flags | None = None
    apart: Mapping[str, str] = field(default_factory=dict)

    def rivals(self) -> list[Integers]:
        """The places of those that are ranked together, one array a league table."""
        groups = league_groups(self.framework.league, self.kinds)
        return [np.flatnonzero(groups == group) for group in np.unique(groups)]

    def by_kind(self) -> list[Integers]:
        """The places of the organisations of each kind."""
        kinds = np.array(self.kinds)
        return [np.flatnonzero(kinds == kind) for kind in sorted(set(self.kinds))]

    def segmented(self) -> bool:
        """Whether a score leads to a segment; not so where segments are set by judgement."""
        return bool(self.cuts.values)

    def ranked(self) -> bool:
        """Whether a score leads to a rank."""
        return self.segmented() or "adjusted_segment" not in self.framework.league.by

    def beyond_draws(self) -> Flags:
        """Whose rank no draw can give: all in a league with somebody who cannot be drawn.

        An unknown step moved such a one, or his scores make his average in an unknown way.
        """
        moved = self.moved_beyond()
        groups = league_groups(self.framework.league, [*self.kinds, *self.apart.values()])
        among, apart = groups[: len(self.kinds)], groups[len(self.kinds) :]
        beyond = np.concatenate([among[moved], apart])
        return np.isin(among, beyond)

    def moved_beyond(self) -> Flags:
        """Whom an unknown step moved, length ``organisations``."""
        if self.moved is None:
            return np.zeros(len(self.codes), dtype=np.bool_)
        return self.moved.copy()

    def segments(self) -> int:
        """The highest segment that a score or an override of the adjusted stage can give."""
        floors = [floor_of(override) for override in self.overrides]
        return max(len(self.cuts.values) + 1, *floors, 1)


def field_of(assessment: Assessment) -> Field:
    """Everybody whose average is a mean of scores, whatever kind the assessment was narrowed to.

    An ICB whose score was adjusted for its system is left out: it does not rest on its own
    scores alone.
    """
    own = assessment.everyone.join(own_averages(assessment), on="org_code", how="inner")
    apart = (pl.col("average_score") - pl.col("own_average")).abs()
    scored = own.filter(apart <= _SAME).sort("org_code")
    otherwise = own.filter(apart > AS_ROUNDED)
    if "system_weight" in own.columns:
        otherwise = otherwise.filter(pl.col("system_weight").is_null())
    overrides = adjusting(assessment.framework)
    return Field(
        codes=tuple(scored["org_code"].to_list()),
        kinds=tuple(scored["kind"].to_list()),
        flags=override_flags(scored, overrides),
        overrides=overrides,
        cuts=assessment.cut_points,
        framework=assessment.framework,
        moved=_moved_by_unknown_steps(assessment, scored),
        apart=dict(otherwise.sort("org_code").select("org_code", "kind").iter_rows()),
    )


def _moved_by_unknown_steps(assessment: Assessment, scored: pl.DataFrame) -> Flags | None:
    framework = assessment.framework
    if not framework.segments.unknown_steps:
        return None
    overrides = adjusting(framework)
    before = floats(scored, "unadjusted_segment")
    made = overridden(before, override_flags(scored, overrides), overrides)
    held = floats(scored, "adjusted_segment")
    moved: Flags = (made != held) & ~np.isnan(made) & ~np.isnan(held)
    return moved


def entries_of(assessment: Assessment, codes: Sequence[str]) -> list[Floats]:
    """The scores whose plain mean is each organisation's average, in the order of their names.

    Where the framework takes the mean of domains, these are the domain scores.
    """
    table = assessment.entries
    if assessment.framework.aggregation.by_domain:
        table = domain_means(table).with_columns(pl.col("domain").alias("entry"))
    grouped = table.sort("org_code", "entry").group_by("org_code", maintain_order=True)
    by_code = {str(code): part["score"].to_numpy() for (code,), part in grouped}
    return [by_code[code] for code in codes]


def scale_of(framework: Framework) -> tuple[float, float]:
    """The best and the worst score that the framework's rules can give."""
    scores = [score for metric in framework.metrics for score in _scores_of(metric)]
    return min(scores, default=_BEST), max(scores, default=_WORST)


def _scores_of(metric: ScoredMetric) -> list[float]:
    rules = [metric.rule, *(other.rule for other in metric.other_units)]
    found: list[float] = []
    for rule in rules:
        if isinstance(rule, LookupRule):
            found.extend(score for row in rule.table.values() for score in row.values())
        elif not isinstance(rule, PublishedRule):
            for tier in rule.tiers():
                ends = (tier.ranked.best, tier.ranked.worst) if tier.ranked else (tier.score,)
                found.extend(end for end in ends if end is not None)
    return found
