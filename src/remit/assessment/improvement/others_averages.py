"""What one organisation's better value does to the averages of the others."""

from __future__ import annotations

import numpy as np
import polars as pl

from remit.assessment.improvement.levers import Lever
from remit.assessment.movement.two_periods import entered_scores
from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.columns import floats, numbers
from remit.assessment.scoring.entering_scores import PUBLISHED, entered
from remit.assessment.scoring.laws.arrays import Flags, Floats
from remit.assessment.scoring.laws.populations import cut_among
from remit.assessment.scoring.laws.quantiles import cut_points
from remit.assessment.scoring.laws.rank_to_score import signed, tier_scores
from remit.assessment.scoring.laws.ranks import alike, in_published_order, last_ranks, ranks_within


class Crowd:
    """The averages of all organisations, for cut points that move with them."""

    def __init__(self, assessment: Assessment, code: str) -> None:
        standing = assessment.standing.filter(pl.col("average_score").is_not_null())
        self._assessment = assessment
        self._cuts = assessment.framework.segments.cut_points
        self._place = {c: p for p, c in enumerate(standing["org_code"].to_list())}
        self._averages = standing["average_score"].to_numpy()
        self._cut_among = cut_among(self._cuts, standing["kind"].to_list())
        self._own = self._place[code]
        self._code = code

    def cut_point(self, segment: int, average: float, shift: Floats) -> float:
        """The cut point above a segment with others' averages shifted and the own one replaced."""
        averages = self._averages + shift
        averages[self._own] = average
        cuts = cut_points(averages[self._cut_among], self._cuts.quantile_method)
        return float(cuts[segment - 1])

    @property
    def unmoved(self) -> Floats:
        """The shift of no change: zeros, one an organisation with an average."""
        return np.zeros(len(self._averages))

    def shifts(self, lever: Lever) -> Floats:
        """How each step of a lever shifts every organisation's average, shape ``(k, n)``."""
        scored = self._assessment.framework.metric(lever.metric_id)
        rows = self._rows(lever)
        others = self._rescored(lever, *_without(rows, lever, self._code, scored.ties))
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

    def _rescored(self, lever: Lever, ranks: Floats, last: Floats) -> Floats:
        """The others' scores at each step, shape ``(k, field)``; NaN where not ranked."""
        field, own = lever.field, lever.field.place[self._code]
        tiers = field.tier_of(lever.values)
        joins = (tiers[:, None] == field.tiers) & (field.groups == field.groups[own])
        goodness = signed(lever.values, field.better)
        passed = joins & (goodness[:, None] < field.signed)
        scores = tier_scores(field.rule, field.tiers, ranks + passed, last + joins)
        return entered(self._assessment, lever.metric_id, scores)


def _ranked_afresh(rows: pl.DataFrame) -> Flags:
    """Whose scores are made by ranking; a published one stays whatever others do."""
    by_rank = rows["basis"].fill_null(PUBLISHED) != PUBLISHED
    return (by_rank & rows["rank"].is_not_null()).to_numpy()


def _without(rows: pl.DataFrame, lever: Lever, code: str, ties: str) -> tuple[Floats, Floats]:
    """Each organisation's rank, and the last one, if the one in question were not there."""
    field = lever.field
    values = np.where(np.array(field.codes) == code, np.nan, field.signed)
    together = np.where(field.tiers < 0, -1, alike(field.groups, field.tiers))
    ranks, last = ranks_within(values, together), last_ranks(values, together)
    if ties == "published_rank":
        order, sources = floats(rows, "published_rank"), numbers(rows, "value_source")
        ranks = in_published_order(ranks, values, together, order, sources)
    return ranks, last
