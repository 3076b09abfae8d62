"""Scores with the values of one period among the others of another period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.among_peers import RankingField, ranking_field, rule_of
from remit.assessment.scoring.averages import ENTRY, SCORE, with_weights
from remit.assessment.scoring.entering_scores import PUBLISHED, entered, with_entry_scores
from remit.assessment.scoring.laws.arrays import Floats
from remit.assessment.scoring.laws.rank_to_score import is_ranked
from remit.model.framework import PublishedRule, ScoredMetric

CROSSED = ("s00", "s01", "s10", "s11")
"""Scores by whose period the own value (first digit) and the others' values (second digit) are
of: 0 the earlier, 1 the later."""

BY_RANK = "ranked again among the other period's values"
BY_PAIRS = "read off the other period's published scores"
ABSOLUTE = "absolute rule: own value alone"
NO_VALUE = "no value in both periods: all own"
OTHER_RULE = "another unit or rule: all own"
ONLY_BEFORE = "only in the earlier period"
ONLY_AFTER = "only in the later period"


def entered_scores(assessment: Assessment) -> pl.DataFrame:
    """The scores that enter each organisation's average, each with its weight in it.

    Returns
    -------
    polars.DataFrame
        ``org_code, metric_id, unit, value, basis, entry_score, weight``; the weights of an
        organisation sum to 1, and its average is the sum of weight times score.
    """
    framework = assessment.framework
    rows = assessment.metric_scores.filter(pl.col("counts") & pl.col("score").is_not_null())
    rows = rows.with_columns(ENTRY)
    rows = rows.join(assessment.entries, on=["org_code", "domain", "entry"], how="semi")
    rows = with_entry_scores(rows, framework, assessment.period)
    return with_weights(rows, framework).select(
        "org_code", "metric_id", "unit", "value", "basis", SCORE, "weight"
    )


def crossed_scores(before: Assessment, after: Assessment) -> pl.DataFrame:
    """Every score of two periods, with what the own value would have scored in the other.

    Returns
    -------
    polars.DataFrame
        ``org_code, metric_id, value0, value1, weight0, weight1, s00, s01, s10, s11, how``: one
        row an organisation and metric that counts in either period. A metric that counts in one
        period only has the same score in all four columns and no weight in the other.
    """
    names = {name: name + "0" for name in ("unit", "value", "basis", SCORE, "weight")}
    earlier = entered_scores(before).rename(names)
    later = entered_scores(after).rename({name: name + "1" for name in names})
    both = earlier.join(later, on=["org_code", "metric_id"], how="full", coalesce=True)
    both = both.sort("org_code", "metric_id")
    pieces = [_crossed(part, before, after) for part in both.partition_by("metric_id")]
    columns = ["org_code", "metric_id", "value0", "value1", "weight0", "weight1", *CROSSED, "how"]
    table = pl.concat(pieces) if pieces else both.with_columns(_own_alone(ABSOLUTE))
    return table.select(columns).with_columns(pl.col("weight0", "weight1").fill_null(0.0))


def _crossed(rows: pl.DataFrame, before: Assessment, after: Assessment) -> pl.DataFrame:
    """One metric: the four scores, or the own value alone where the others have no part."""
    metric_id = rows["metric_id"][0]
    there = before if metric_id in before.metrics else after
    scored = there.framework.metric(metric_id)
    how = [_treatment(scored, row) for row in rows.iter_rows(named=True)]
    rows = rows.with_columns(pl.Series("how", how))
    pieces = []
    for (how, unit), part in rows.group_by("how", "unit0", maintain_order=True):
        if how == BY_RANK:
            pieces.append(_with_others(part, scored, unit, before, after))
        else:
            pieces.append(part.with_columns(_own_alone(str(how))))
    return pl.concat(pieces)


def _treatment(scored: ScoredMetric, row: Mapping[str, Any]) -> str:
    """Which of the definitions applies to a metric of an organisation."""
    if row["weight1"] is None:
        return ONLY_BEFORE
    if row["weight0"] is None:
        return ONLY_AFTER
    rule = rule_of(scored, row["unit0"])
    if rule is not rule_of(scored, row["unit1"]):
        return OTHER_RULE
    if isinstance(rule, PublishedRule):
        return NO_VALUE
    if not is_ranked(rule):
        return ABSOLUTE
    return NO_VALUE if row["value0"] is None or row["value1"] is None else BY_RANK


def _own_alone(how: str) -> list[pl.Expr]:
    """Scores that depend on the own period only; a metric of one period scores the same in all."""
    first = pl.coalesce(SCORE + "0", SCORE + "1")
    second = pl.coalesce(SCORE + "1", SCORE + "0")
    return [
        first.alias("s00"),
        first.alias("s01"),
        second.alias("s10"),
        second.alias("s11"),
        pl.lit(how).alias("how"),
    ]


def _with_others(
    rows: pl.DataFrame,
    scored: ScoredMetric,
    unit: str | None,
    before: Assessment,
    after: Assessment,
) -> pl.DataFrame:
    """Each period's score function at the other period's value; exact at its own."""
    fields = ranking_field(before, scored, unit), ranking_field(after, scored, unit)
    first, second = rows[SCORE + "0"].to_numpy(), rows[SCORE + "1"].to_numpy()
    here, there = rows["value0"].to_numpy(), rows["value1"].to_numpy()
    codes = rows["org_code"].to_list()
    later = _at(fields[1], codes, here, scored, after)
    earlier = _at(fields[0], codes, there, scored, before)
    unmoved = here == there
    later, earlier = np.where(unmoved, second, later), np.where(unmoved, first, earlier)
    unknown = np.isnan(later) | np.isnan(earlier)
    read = (pl.col("basis0") == PUBLISHED) | (pl.col("basis1") == PUBLISHED)
    how = pl.when(read).then(pl.lit(BY_PAIRS)).otherwise(pl.lit(BY_RANK))
    return rows.with_columns(
        pl.Series("s00", first),
        pl.Series("s01", np.where(unknown, first, later)),
        pl.Series("s10", np.where(unknown, second, earlier)),
        pl.Series("s11", second),
        pl.when(pl.Series(unknown)).then(pl.lit(OTHER_RULE)).otherwise(how).alias("how"),
    )


def _at(
    field: RankingField,
    codes: list[str],
    values: Floats,
    scored: ScoredMetric,
    assessment: Assessment,
) -> Floats:
    """A period's scores at other values; NaN for an organisation that it does not rank."""
    known = np.array([code in field.place for code in codes], dtype=bool)
    scores = np.full(len(codes), np.nan)
    own = [field.place[code] for code in codes if code in field.place]
    found = field.scores_at(own, values[known])
    scores[known] = entered(assessment, scored.id, found)
    return scores
