"""What one organisation's better value does to the averages of the others."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from remit.assessment.improvement.levers import Lever
from remit.assessment.movement.two_periods import entered_scores
from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.among_peers import Numbers, as_entered
from remit.assessment.scoring.entering_scores import PUBLISHED
from remit.assessment.scoring.rounding import quantile

_QUARTERS = (0.25, 0.5, 0.75)


class Crowd:
    """The averages of all organisations, for cut points that move with them."""

    def __init__(self, assessment: Assessment, code: str) -> None:
        standing = assessment.standing.filter(pl.col("average_score").is_not_null())
        self._assessment = assessment
        self._cuts = assessment.framework.segments.cut_points
        kinds = [kind.value for kind in self._cuts.population]
        self._place = {c: p for p, c in enumerate(standing["org_code"].to_list())}
        self._averages = standing["average_score"].to_numpy()
        self._cut_among = standing["kind"].is_in(kinds).to_numpy()
        self._own = self._place[code]
        self._code = code

    def cut_point(self, segment: int, average: float, shift: Numbers) -> float:
        """The cut point above a segment with others' averages shifted and the own one replaced."""
        averages = self._averages + shift
        averages[self._own] = average
        ordered = np.sort(averages[self._cut_among]).tolist()
        return quantile(ordered, _QUARTERS[segment - 1], self._cuts.quantile_method)

    @property
    def unmoved(self) -> Numbers:
        """The shift of no change: zeros, one an organisation with an average."""
        return np.zeros(len(self._averages))

    def shifts(self, lever: Lever) -> Numbers:
        """How each step of a lever shifts every organisation's average, shape ``(k, n)``."""
        scored = self._assessment.framework.metric(lever.metric_id)
        rows = self._rows(lever)
        without = _ranks_without(rows, lever, self._code, scored.ties)
        others = self._rescored(lever, without)
        old = rows["entry_score"].to_numpy()
        moves = np.isfinite(others) & np.isfinite(old) & _ranked_afresh(rows)
        moves[:, lever.field.place[self._code]] = False
        change = np.where(moves, (others - old) * rows["weight"].to_numpy(), 0.0)
        out = np.zeros((len(lever.values), len(self._averages)))
        places = [self._place.get(code, -1) for code in lever.field.codes]
        known = np.array(places) >= 0
        out[:, np.array(places)[known]] = change[:, known]
        return out

    def _rows(self, lever: Lever) -> pl.DataFrame:
        """The field's cells in its order, with what each adds to its organisation's average."""
        order = pl.DataFrame({"org_code": lever.field.codes})
        cells = self._assessment.metric_scores.filter(pl.col("metric_id") == lever.metric_id)
        entered = entered_scores(self._assessment).filter(pl.col("metric_id") == lever.metric_id)
        columns = ["org_code", "rank", "published_rank", "value_source", "basis"]
        return order.join(
            cells.select(columns), on="org_code", how="left", maintain_order="left"
        ).join(
            entered.select("org_code", "entry_score", "weight"),
            on="org_code",
            how="left",
            maintain_order="left",
        )

    def _rescored(self, lever: Lever, without: Numbers) -> Numbers:
        """The others' scores at each step, shape ``(k, field)``; NaN where not ranked."""
        field, own = lever.field, lever.field.place[self._code]
        alike = (field.groups[:, None] == field.groups) & (field.tiers[:, None] == field.tiers)
        alike[:, own] = False
        peers = alike.sum(axis=1) - 1
        tiers = field.tier_of(lever.values)
        joins = (tiers[:, None] == field.tiers) & (field.groups == field.groups[own])
        goodness = -lever.values if field.higher else lever.values
        passed = joins & (goodness[:, None] < field.signed)
        scores = np.full(joins.shape, np.nan)
        for place, tier in enumerate(field.rule):
            if tier.ranked is None:
                continue
            here = np.broadcast_to(field.tiers == place, joins.shape)
            steps = np.maximum(peers + joins, 1)
            share = (without - 1 + passed) / steps
            span = tier.ranked.worst - tier.ranked.best
            scores = np.where(here, tier.ranked.best + span * share, scores)
        framework, label = self._assessment.framework, self._assessment.period.label
        entered = as_entered(framework, lever.metric_id, label, scores.ravel())
        return entered.reshape(scores.shape)


def _ranked_afresh(rows: pl.DataFrame) -> NDArray[np.bool_]:
    """Whose scores are made by ranking; a published one stays whatever others do."""
    by_rank = rows["basis"].fill_null(PUBLISHED) != PUBLISHED
    return (by_rank & rows["rank"].is_not_null()).to_numpy()


def _ranks_without(rows: pl.DataFrame, lever: Lever, code: str, ties: str) -> Numbers:
    """Each organisation's rank if the one in question were not there."""
    field, own = lever.field, lever.field.place[code]
    together = (field.groups == field.groups[own]) & (field.tiers == field.tiers[own])
    ahead = together & (field.signed[own] < field.signed)
    if ties == "published_rank":
        order = rows["published_rank"].cast(pl.Float64).to_numpy()
        source = rows["value_source"].fill_null("").to_numpy()
        level = together & (field.values == field.values[own]) & (source == source[own])
        ahead = ahead | (level & (order[own] < order))
    ranks = rows["rank"].cast(pl.Float64).to_numpy() - ahead
    return np.asarray(ranks, dtype=np.float64)
