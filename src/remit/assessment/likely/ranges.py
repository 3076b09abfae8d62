"""Likely ranges: how far score, segment and rank could have come out differently.

A trust's average rests on a handful of scores. The bootstrap asks what it would have been, had
other scores of the same kind been looked at: as many scores as the trust has are drawn from its
own, with replacement, many times over, for all trusts together (Efron, "Bootstrap methods:
another look at the jackknife", The Annals of Statistics 7(1), 1979). Each replicate is rounded,
segmented, overridden and ranked as the framework does. The ranges are those between which 95% of
the replicates lie, as NHS England publishes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
import polars as pl

from remit.assessment.likely.columns import CONFIDENCE, ENDS, SEGMENTS, chance_column
from remit.assessment.likely.defaults import DEFAULT_REPLICATES, DEFAULT_SEED, Method
from remit.assessment.likely.intervals import linear_quantiles, whole_range
from remit.assessment.likely.league_arrays import Field, entries_of, field_of, scale_of
from remit.assessment.likely.replicates import Drawing, Replicates, replicate
from remit.assessment.likely.told_apart import FALSE_DISCOVERY_RATE, tell_apart
from remit.assessment.result.assessment import Assessment, CutPoints, LikelyRun
from remit.assessment.scoring.laws.arrays import Floats
from remit.model.errors import AssessmentError

LEAST_REPLICATES, MOST_REPLICATES = 100, 10_000_000


@dataclass(frozen=True, slots=True)
class LikelyRanges:
    """Likely ranges, and who can be told from whom.

    Attributes
    ----------
    table
        One row an organisation: ``org_code, kind, average_score, likely_score_low,
        likely_score_high, likely_rank_low, likely_rank_high, p_segment_1`` and so on,
        ``n_entries, estimable, n_rivals, n_told_apart, n_not_told_apart,
        not_told_apart_from`` (codes). Scores from 1 to 4; ranks within the league table;
        probabilities of the adjusted segment, from 0 to 1, that sum to 1. ``estimable`` is false
        where one score only is there: the range is then that score. Null where there is none.
    pairs
        One row a pair of a kind: ``kind, org_code, other_code, difference, p_value, p_adjusted,
        told_apart``.
    groups
        One row a run of the league table in which no two organisations can be told apart and
        which cannot be made longer: ``kind, n, average_low, average_high, org_codes``. Runs
        overlap.
    cut_points
        The cut points that replicates were segmented with.
    run
        Replicates, seed, confidence and method.
    beside
        The ends by the other method, one row an organisation as in ``table``: ``org_code`` and the
        four columns of likely scores and ranks.
    correction, false_discovery_rate
        How the number of pairs is allowed for: of the pairs told apart, at most this share is
        expected to be wrong.
    """

    table: pl.DataFrame
    pairs: pl.DataFrame
    groups: pl.DataFrame
    cut_points: CutPoints
    run: LikelyRun
    beside: pl.DataFrame
    correction: str = "Benjamini-Hochberg"
    false_discovery_rate: float = FALSE_DISCOVERY_RATE


def likely_ranges(
    assessment: Assessment,
    *,
    replicates: int = DEFAULT_REPLICATES,
    seed: int = DEFAULT_SEED,
    confidence: float = CONFIDENCE,
    method: Method = "percentile",
) -> LikelyRanges:
    """Likely ranges of score and rank, segment probabilities, and what the data can tell apart.

    Parameters
    ----------
    replicates
        From 100 to 10,000,000.
    seed
        The same seed gives the same result on any machine, and an organisation's score range
        does not depend on who else is there.
    confidence
        The share of replicates within a range, between 0 and 1.
    method
        ``percentile`` as published. ``expanded`` stretches the replicates for small numbers of
        scores and covers the truth more nearly as often as it says; see ``docs/uncertainty.md``.

    Raises
    ------
    AssessmentError
        If an argument is out of range.
    """
    run = LikelyRun(replicates, seed, confidence, method)
    check(run)
    field = field_of(assessment)
    entries = entries_of(assessment, field.codes)
    plain, stretched = (
        _drawn(assessment, field, entries, replace(run, method=one))
        for one in ("percentile", "expanded")
    )
    chosen, other = (plain, stretched) if method == "percentile" else (stretched, plain)
    apart = tell_apart(field, entries, plain)
    sizes = [len(scores) for scores in entries]
    table = pl.DataFrame(
        [
            pl.Series("org_code", field.codes, dtype=pl.String),
            pl.Series("average_score", [float(scores.mean()) for scores in entries], pl.Float64),
            *_ends_and_chances(field, chosen, confidence),
            pl.Series("n_entries", sizes, dtype=pl.Int64),
            pl.Series("estimable", [size > 1 for size in sizes], dtype=pl.Boolean),
            *apart.by_organisation,
        ]
    )
    ends = [one for one in _ends_and_chances(field, other, confidence) if one.name in ENDS]
    beside = pl.DataFrame([table["org_code"], *ends])
    asked = assessment.standing.select("org_code", "kind")
    wanted = pl.col("kind").is_in(asked["kind"].unique().implode())
    return LikelyRanges(
        table=asked.join(table, on="org_code", how="left", maintain_order="left"),
        pairs=apart.pairs.filter(wanted),
        groups=apart.groups.filter(wanted),
        cut_points=field.cuts,
        run=run,
        beside=asked.select("org_code").join(
            beside, on="org_code", how="left", maintain_order="left"
        ),
    )


def check(run: LikelyRun) -> None:
    """Refuse what cannot be drawn.

    Raises
    ------
    AssessmentError
        If an argument is out of range; the message says the range.
    """
    if not LEAST_REPLICATES <= run.replicates <= MOST_REPLICATES:
        raise AssessmentError(
            f"the number of replicates is {LEAST_REPLICATES:,} to {MOST_REPLICATES:,}; "
            f"got {run.replicates:,}"
        )
    if not 0 < run.confidence < 1:
        raise AssessmentError(
            f"the confidence lies between 0 and 1, such as 0.95; got {run.confidence}"
        )
    if run.method not in get_args(Method):
        raise AssessmentError(f"the method is percentile or expanded; got {run.method!r}")


def standing_columns(assessment: Assessment, run: LikelyRun) -> pl.DataFrame:
    """The likely ranges that a standing carries, by ``org_code``; see :func:`likely_ranges`."""
    check(run)
    field = field_of(assessment)
    drawn = _drawn(assessment, field, entries_of(assessment, field.codes), run)
    codes = pl.Series("org_code", field.codes, dtype=pl.String)
    return pl.DataFrame([codes, *_ends_and_chances(field, drawn, run.confidence)])


def _drawn(
    assessment: Assessment, field: Field, entries: Sequence[Floats], run: LikelyRun
) -> Replicates:
    """What is drawn for the standing is not drawn a second time for its pairs and pages."""
    held = assessment.worked_out
    if run not in held:
        held[run] = _draw(field, entries, run)
    found: Replicates = held[run]
    return found


def _draw(field: Field, entries: Sequence[Floats], run: LikelyRun) -> Replicates:
    sizes = np.array([len(scores) for scores in entries], dtype=np.float64)
    stretch = np.ones(len(sizes))
    if run.method == "expanded":
        # scipy is loaded only where it is needed.
        from remit.assessment.likely.student import stretches

        stretch = stretches(sizes, run.confidence)
    scale = scale_of(field.framework)
    drawing = Drawing(entries, stretch.tolist(), scale, run.replicates, run.seed)
    return replicate(field, drawing)


def _ends_and_chances(field: Field, drawn: Replicates, confidence: float) -> list[pl.Series]:
    tail, total = (1 - confidence) / 2, drawn.replicates
    unit = 10.0**drawn.decimals
    best, worst = whole_range(drawn.ranks, tail, total)
    columns = [
        (linear_quantiles(drawn.scores, tail, total) + drawn.lowest) / unit,
        (linear_quantiles(drawn.scores, 1 - tail, total) + drawn.lowest) / unit,
        best + 1,
        worst + 1,
    ]
    ends = [
        pl.Series(name, column, dtype=kind)
        for (name, kind), column in zip(ENDS.items(), columns, strict=True)
    ]
    return [
        column.clear(len(column)) if _unknown(field, column.name) else _known(field, column)
        for column in (*ends, *_chances(drawn))
    ]


def _known(field: Field, column: pl.Series) -> pl.Series:
    """A column without what an unknown step makes other than any draw: ranks, and segments."""
    if column.name.startswith("likely_rank"):
        hidden = field.beyond_draws()
    elif column.name.startswith("p_segment"):
        hidden = field.moved_beyond()
    else:
        return column
    kept = pl.when(pl.Series(~hidden)).then(pl.col(column.name))
    return column.to_frame().select(kept.alias(column.name)).to_series()


def _chances(drawn: Replicates) -> list[pl.Series]:
    shares = drawn.segments / drawn.replicates
    found = shares.shape[1]
    none = np.zeros(len(shares))
    return [
        pl.Series(chance_column(s), shares[:, s - 1] if s <= found else none, dtype=pl.Float64)
        for s in range(1, max(SEGMENTS, found) + 1)
    ]


def _unknown(field: Field, name: str) -> bool:
    """Whether a column means nothing, for want of cut points."""
    if name.startswith("likely_rank"):
        return not field.ranked()
    return name.startswith("p_segment") and not field.segmented()
