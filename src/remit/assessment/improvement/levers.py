"""Which of an organisation's metrics can be improved, by which steps, and what each would score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from remit.assessment.improvement.plausibility import Peers, peers_of
from remit.assessment.movement.two_periods import entered_scores
from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.among_peers import RankingField, ranking_field
from remit.assessment.scoring.entering_scores import RECOMPUTED, entered
from remit.assessment.scoring.laws.arrays import Flags, Floats
from remit.assessment.scoring.laws.populations import group_of, groups_of
from remit.assessment.scoring.laws.rank_to_score import looked_up
from remit.frames.figures import Figures
from remit.model.framework import LookupRule, PublishedRule, ScoredMetric, Tier
from remit.model.metric import Better, Metric
from remit.model.organisation import SubjectKind


@dataclass(frozen=True)
class Lever:
    """A metric that can be improved, with the values at which something changes.

    Attributes
    ----------
    value
        The present value, in ``unit``.
    values
        Better values, from the smallest change to the best that a peer has reached, length k.
    scores, entries
        What each would score, unrounded and as it enters the mean.
    difficulty
        From 0 to 1, see :class:`remit.assessment.improvement.plausibility.Peers`.
    """

    metric_id: str
    name: str
    unit: str
    value: float
    score: float
    values: Floats
    scores: Floats
    entries: Floats
    difficulty: Floats
    peers: Peers
    field: RankingField

    def within(self, difficulty: float) -> int:
        """The furthest step that is no harder than this; -1 where none is."""
        return int(np.searchsorted(self.difficulty, difficulty, side="right")) - 1


@dataclass(frozen=True)
class Levers:
    """An organisation's levers, and why its other metrics are none."""

    usable: tuple[Lever, ...]
    others: tuple[tuple[str, str], ...]


def find_levers(figures: Figures, assessment: Assessment, code: str, *, every_step: bool) -> Levers:
    """Find the metrics that an organisation can improve.

    Parameters
    ----------
    every_step
        Keep steps that do not change the organisation's own score: where cut points move, they
        can still matter through what they do to others.
    """
    rows = assessment.metric_scores.filter(pl.col("org_code") == code)
    usable: list[Lever] = []
    others: list[tuple[str, str]] = []
    for row in rows.iter_rows(named=True):
        scored = assessment.framework.metric(row["metric_id"])
        if isinstance(scored.rule, LookupRule):
            continue
        found = _lever(figures, assessment, scored, row, every_step=every_step)
        if isinstance(found, Lever):
            usable.append(found)
        else:
            others.append((scored.id, found))
    return Levers(tuple(usable), tuple(others))


def _lever(
    figures: Figures,
    assessment: Assessment,
    scored: ScoredMetric,
    row: Mapping[str, Any],
    *,
    every_step: bool,
) -> Lever | str:
    """A lever, or why the metric is none."""
    metric = assessment.metrics[scored.id]
    field = ranking_field(assessment, scored, row["unit"])
    if reason := _unusable(scored, metric, field, row):
        return reason
    peers = peers_of(figures, assessment, row["org_code"], scored.id, row["unit"])
    values = _steps(field, peers, row["value"]) if len(peers.values) else np.zeros(0)
    if not len(values):
        return "no peer has a better value"
    scores = scores_of(assessment, scored, row, field, values)
    if np.isnan(scores).all():
        missing = "; ".join(assessment.populations[scored.id].missing)
        return f"its score cannot be made again from a value: {missing}"
    kept = ~np.isnan(scores) if every_step else _improving(scores, row["recomputed_score"])
    if not kept.any():
        return "no value that a peer has reached would score better"
    entries = entered(assessment, scored.id, scores)
    return Lever(
        metric_id=scored.id,
        name=metric.name,
        unit=row["unit"],
        value=row["value"],
        score=row["score"],
        values=values[kept],
        scores=scores[kept],
        entries=entries[kept],
        difficulty=peers.difficulty(row["value"], values[kept]),
        peers=peers,
        field=field,
    )


def _unusable(
    scored: ScoredMetric, metric: Metric, field: RankingField, row: Mapping[str, Any]
) -> str:
    """Why no value of a metric could be a step, or ""."""
    if isinstance(scored.rule, PublishedRule):
        return "its score is published without a value"
    if metric.better is Better.NEUTRAL:
        return "neither way is better"
    if row["org_code"] not in field.place or row["score"] is None:
        return "it has no value that is scored"
    return ""


def _steps(field: RankingField, peers: Peers, value: float) -> Floats:
    """Better values at which a rank or a tier changes, nearest first, as far as the best peer.

    A rank changes at another's value (equal values share the better rank) and, for the one who
    is passed, at the next value that can be published.
    """
    beyond = peers.last_digit if field.higher else -peers.last_digit
    values = field.values
    candidates = [*values, *np.round(values + beyond, peers.decimals), peers.best]
    for tier in field.rule:
        candidates.extend(tier_edges(tier, peers))
    steps = np.unique(np.array(candidates, dtype=np.float64))
    if field.higher:
        return steps[(steps > value) & (steps <= peers.best)]
    return steps[(steps < value) & (steps >= peers.best)][::-1]


def tier_edges(tier: Tier, peers: Peers) -> list[float]:
    """The values at the edges of a tier: on a closed bound, just past an open one.

    Examples
    --------
    ``[edge for tier in field.rule for edge in tier_edges(tier, peers)]``
    """
    step = peers.last_digit
    closed = [bound for bound in (tier.at_least, tier.at_most) if bound is not None]
    above = [] if tier.above is None else [(np.floor(tier.above / step + 1e-9) + 1) * step]
    below = [] if tier.below is None else [(np.ceil(tier.below / step - 1e-9) - 1) * step]
    # Leaving a closed tier for the next one needs the next value past its bound.
    past = [bound + way * step for bound in closed for way in (-1, 1)]
    opened = [bound for bound in (tier.above, tier.below) if bound is not None]
    return [*closed, *opened, *(round(float(v), peers.decimals) for v in (*above, *below, *past))]


def scores_of(
    assessment: Assessment,
    scored: ScoredMetric,
    row: Mapping[str, Any],
    field: RankingField,
    values: Floats,
) -> Floats:
    """What values would score; NaN where a published score would stand in their place.

    Parameters
    ----------
    assessment
        In which they would stand.
    scored, row, field
        The metric, the organisation's row of it, and those with whom it is scored.
    values
        In the metric's unit.

    Examples
    --------
    ``scores_of(assessment, scored, row, field, np.array([61.0, 62.0]))``
    """
    own = np.full(len(values), field.place[row["org_code"]], dtype=np.int64)
    scores = field.ranked_at(own, values)
    if row["published_score"] is None or _ranks_afresh(assessment, scored, row["org_kind"]):
        return scores
    ranked = [place for place, tier in enumerate(field.rule) if tier.ranked is not None]
    return np.where(np.isin(field.tier_of(values), ranked), np.nan, scores)


def _ranks_afresh(assessment: Assessment, scored: ScoredMetric, kind: str) -> bool:
    """Whether everybody who is ranked with a kind is at hand, so that ranks are recomputed."""
    if not assessment.populations[scored.id].missing:
        return True
    alike = groups_of(scored).get(group_of(scored, SubjectKind(kind)) or "", ())
    ranked = assessment.metric_scores.filter(
        (pl.col("metric_id") == scored.id)
        & pl.col("org_kind").is_in([kind.value for kind in alike])
        & pl.col("rank").is_not_null()
        & (pl.col("basis") == RECOMPUTED)
    )
    return not ranked.is_empty()


def _improving(scores: Floats, present: float | None) -> Flags:
    """The steps that score better than every smaller one and than the present value."""
    start = np.inf if present is None else present
    finite = np.where(np.isnan(scores), np.inf, scores)
    before = np.minimum.accumulate(np.concatenate([[start], finite[:-1]]))
    better: Flags = finite < before - 1e-12
    return better


class OwnMean:
    """An organisation's average with some of its scores replaced."""

    def __init__(self, assessment: Assessment, code: str) -> None:
        rows = entered_scores(assessment).filter(pl.col("org_code") == code)
        self._assessment = assessment
        self._weights: dict[str, float] = dict(rows.select("metric_id", "weight").iter_rows())
        self._entries: dict[str, float] = dict(rows.select("metric_id", "entry_score").iter_rows())
        made = assessment.metric_scores.filter(pl.col("org_code") == code)
        self._made = dict(made.select("metric_id", "recomputed_score").iter_rows())
        self._lookups = {
            scored.id: scored.rule
            for scored in assessment.framework.metrics
            if isinstance(scored.rule, LookupRule) and scored.id in self._weights
        }
        self.now = sum(self._weights[m] * self._entries[m] for m in self._weights)

    def at(self, chosen: Mapping[str, tuple[float, float]]) -> float:
        """The average with the scores (unrounded, as entered) of some metrics replaced.

        NaN where a look-up has no result for them.
        """
        moved = sum(
            self._weights[metric_id] * (entry - self._entries[metric_id])
            for metric_id, (_, entry) in chosen.items()
            if metric_id in self._weights
        )
        for metric_id, rule in self._lookups.items():
            if rule.rows in chosen or rule.columns in chosen:
                found = self._looked_up(rule, metric_id, chosen)
                moved += self._weights[metric_id] * (found - self._entries[metric_id])
        return self.now + moved

    def _looked_up(
        self, rule: LookupRule, metric_id: str, chosen: Mapping[str, tuple[float, float]]
    ) -> float:
        row, at = (
            np.array(chosen[part][0] if part in chosen else self._made.get(part), dtype=np.float64)
            for part in (rule.rows, rule.columns)
        )
        return float(entered(self._assessment, metric_id, looked_up(rule, row, at)))
