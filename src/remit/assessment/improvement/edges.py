"""Edges: how far each figure of an organisation lies from where its segment would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from remit.assessment.improvement.levers import OwnMean, scores_of, tier_edges
from remit.assessment.improvement.plausibility import Peers, peers_of
from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.among_peers import RankingField, ranking_field
from remit.assessment.scoring.entering_scores import entered
from remit.assessment.scoring.laws.arrays import Floats
from remit.assessment.scoring.laws.overrides import overridden
from remit.assessment.scoring.laws.segments import segments_of
from remit.assessment.scoring.segments import all_overrides, override_flags
from remit.frames.figures import Figures
from remit.model.framework import LookupRule, PublishedRule

_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class MetricEdge:
    """Where the segment becomes another, if one metric alone moves and all else is as it is.

    Attributes
    ----------
    value, at
        The present value, and the nearest one at which or beyond which the segment is another, in
        ``unit``.
    beyond
        ``above`` or ``below`` where ``at`` itself does not suffice; else empty.
    segment, segment_there
        The final segment with the one and with the other.
    passed, peers
        How many peers' values lie between the two, and of how many.
    """

    metric_id: str
    name: str
    unit: str
    value: float
    at: float
    beyond: str
    segment: int
    segment_there: int
    passed: int
    peers: int

    @property
    def gap(self) -> float:
        """How far the two lie apart, in the metric's own unit."""
        return abs(self.at - self.value)


def edges_of(figures: Figures, assessment: Assessment, code: str) -> list[MetricEdge]:
    """The edges of an organisation's metrics, the nearest first; at most one each way.

    Others' values, the flags and the cut points stay as they are. An average that is not the mean
    of the organisation's own scores, or no segment, has no edges.

    Parameters
    ----------
    figures
        Those that the assessment was made of; they say how precisely values are published.
    assessment
        In ``recomputed`` mode.
    code
        The organisation.

    Examples
    --------
    ``edges_of(figures, assess(figures, mode="recomputed"), "ZA4")``
    """
    row = assessment.record(code)
    mean = OwnMean(assessment, code)
    whole = row["average_score"] is not None and row["final_segment"] is not None
    if not whole or abs(mean.now - row["average_score"]) > _TOLERANCE:
        return []
    cells = assessment.metric_scores.filter(pl.col("org_code") == code)
    found = [
        edge
        for cell in cells.iter_rows(named=True)
        if cell["value"] is not None and cell["score"] is not None
        for edge in _of_metric(figures, assessment, mean, cell)
    ]
    return sorted(found, key=lambda edge: (edge.passed / max(edge.peers, 1), edge.metric_id))


def _of_metric(
    figures: Figures, assessment: Assessment, mean: OwnMean, cell: Mapping[str, Any]
) -> Iterator[MetricEdge]:
    metric_id, code, unit, value = (
        cell[name] for name in ("metric_id", "org_code", "unit", "value")
    )
    scored = assessment.framework.metric(metric_id)
    field = ranking_field(assessment, scored, unit)
    if isinstance(scored.rule, LookupRule | PublishedRule) or code not in field.place:
        return
    peers = peers_of(figures, assessment, code, metric_id, unit)
    knots = _knots(field, peers)
    tried = _candidates(field, peers, knots, value)
    scores = scores_of(assessment, scored, cell, field, tried)
    known = ~np.isnan(scores)
    tried, scores = tried[known], scores[known]
    entries = entered(assessment, metric_id, scores)
    averages = [mean.at({metric_id: both}) for both in zip(scores, entries, strict=True)]
    there = _segments(assessment, code, np.array(averages, dtype=np.float64))
    now = int(assessment.record(code)["final_segment"])
    for way in (1, -1):
        ahead = np.flatnonzero((way * tried > way * value) & (there != now) & ~np.isnan(there))
        if len(ahead):
            first = int(ahead[np.argmin(np.abs(tried[ahead] - value))])
            at, beyond = _line(knots, value, float(tried[first]), way)
            low, high = sorted((value, at))
            passed = int(((peers.values >= low) & (peers.values <= high)).sum())
            yield MetricEdge(
                metric_id, assessment.metrics[metric_id].name, unit, value, at, beyond, now,
                int(there[first]), passed, len(peers.values),
            )  # fmt: skip


def _line(knots: Floats, value: float, first: float, way: int) -> tuple[float, str]:
    """The value at which it happens, or beyond which, where only the next digit was tried."""
    if (knots == first).any():
        return first, ""
    before = knots[(way * knots < way * first) & (way * knots >= way * value)]
    if not len(before):
        return first, ""
    return float(way * (way * before).max()), "above" if way > 0 else "below"


def _knots(field: RankingField, peers: Peers) -> Floats:
    """The values at which ranks and tiers meet: those of peers, and the bounds of the rule."""
    bounds = [
        bound
        for tier in field.rule
        for bound in (tier.at_least, tier.at_most, tier.above, tier.below)
        if bound is not None
    ]
    return np.unique(np.array([*peers.values, *field.values, *bounds], dtype=np.float64))


def _candidates(field: RankingField, peers: Peers, knots: Floats, value: float) -> Floats:
    """The knots, and the next values that can be published on both sides of each."""
    digit = peers.last_digit
    near = (np.round(knots + way * digit, peers.decimals) for way in (-1, 1))
    edges = [edge for tier in field.rule for edge in tier_edges(tier, peers)]
    steps = np.unique(np.concatenate([knots, *near, np.array(edges, dtype=np.float64)]))
    return np.asarray(steps[steps != value])


def _segments(assessment: Assessment, code: str, averages: Floats) -> Floats:
    """The final segments of an organisation with other averages, its flags as they are."""
    row = assessment.standing.filter(pl.col("org_code") == code)
    overrides = all_overrides(assessment.framework)
    flags = np.repeat(override_flags(row, overrides), len(averages), axis=0)
    made = segments_of(averages, assessment.cut_points.values)
    return overridden(made, flags, overrides)
