"""Whether groups differ: each against all others, and whether they differ at all."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl
from scipy.stats import f as fisher

from remit.surveys.design import ClusterSums, Design, covariance, variance
from remit.surveys.intervals import SIGNIFICANT
from remit.surveys.reading.answers import Cut, Numbers, ScaleAnswers, Voices

SMALL_BASE = 30
"""Below so many answers on either side a test by the normal curve is rough, and this is said."""

_NONE = 1e-12
"""Below this a share is nothing but rounding."""

GROUPS_SCHEMA = {
    "wave": pl.String,
    "item": pl.String,
    "group_by": pl.String,
    "group": pl.String,
    "base": pl.Int64,
    "base_others": pl.Int64,
    "pct_agree": pl.Float64,
    "pct_others": pl.Float64,
    "difference": pl.Float64,
    "p": pl.Float64,
    "note": pl.String,
    "item_id": pl.String,
}
OVERALL_SCHEMA = {
    "wave": pl.String,
    "item": pl.String,
    "group_by": pl.String,
    "base": pl.Int64,
    "groups": pl.Int64,
    "f": pl.Float64,
    "df_groups": pl.Float64,
    "df_design": pl.Float64,
    "p": pl.Float64,
    "item_id": pl.String,
}


def against_others(design: Design, sums: ClusterSums) -> tuple[Numbers, Numbers]:
    """The difference of each group's share from that of all others, and its p.

    Parameters
    ----------
    design
        Weights, clusters and strata.
    sums
        What the groups said.

    Returns
    -------
    tuple
        Differences (0 to 1) and p by Rao and Scott's test of the group against all others;
        NaN where a side has nobody. So p of 0 of 9 is no certainty either.

    Examples
    --------
    >>> alone = np.arange(8, dtype=np.int32)
    >>> design = Design(np.ones(8), alone, np.zeros(8, dtype=np.int32))
    >>> groups = np.array([0, 0, 0, 0, 1, 1, 1, 1], dtype=np.int32)
    >>> agree = np.array([1, 1, 1, 0, 1, 0, 0, 0], dtype=np.bool_)
    >>> sums = ClusterSums.of(design, groups, 2, np.ones(8, dtype=np.bool_), agree)
    >>> gap, p = against_others(design, sums)
    >>> float(gap[0]), bool(np.isclose(p[0], 0.2275, atol=5e-5))
    (0.5, True)
    """
    whole, total, freedom = sums.whole, sums.whole.sum(), _freedom(design, sums)
    cells = [sums.agree, _others(sums.agree), whole - sums.agree, _others(whole - sums.agree)]
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.array([one.sum(axis=0) / total for one in cells])
        inverse = np.where(mean > _NONE, 1 / mean, 0.0)
        score = np.zeros_like(whole)
        for sign, one, share, by in zip((1, -1, -1, 1), cells, mean, inverse, strict=True):
            score += sign * by * (one - share * whole.sum(axis=1, keepdims=True)) / total
        people = sums.heads.sum()
        effect = variance(design, score) / (inverse.sum(axis=0) / people)
        side, part = mean[0] + mean[1], mean[0] + mean[2]
        gap = mean[0] / part - mean[1] / (1 - part)
        pearson = people * gap**2 * part * (1 - part) / (side * (1 - side))
        p = fisher.sf(pearson / effect, 1, max(1, freedom))
    lacking = (sums.heads.sum(axis=0) == 0) | (sums.heads.sum(axis=0) == people)
    same = (side <= _NONE) | (side >= 1 - _NONE)
    p = np.where(same, 1.0, p)
    return np.where(lacking, np.nan, gap), np.where(lacking | (freedom < 1), np.nan, p)


def _others(sums: Numbers) -> Numbers:
    """The sums of all other groups, of each cluster."""
    return np.asarray(sums.sum(axis=1, keepdims=True) - sums)


def any_difference(design: Design, sums: ClusterSums) -> tuple[float, float, float, float]:
    """Whether the shares of the groups differ at all: Rao and Scott's test (1984).

    Parameters
    ----------
    design
        Weights, clusters and strata.
    sums
        What the groups said.

    Returns
    -------
    tuple
        F, its two degrees of freedom, and p; NaN where fewer than two groups answered or all said
        the same.

    Notes
    -----
    Pearson's test of agreement by group, of the weighted shares of the base, over the mean of its
    design effects; the degrees of freedom are Satterthwaite's, as in ``svychisq`` of R.

    Examples
    --------
    >>> alone = np.arange(8, dtype=np.int32)
    >>> design = Design(np.ones(8), alone, np.zeros(8, dtype=np.int32))
    >>> groups = np.array([0, 0, 0, 0, 1, 1, 1, 1], dtype=np.int32)
    >>> agree = np.array([1, 1, 1, 0, 1, 0, 0, 0], dtype=np.bool_)
    >>> sums = ClusterSums.of(design, groups, 2, np.ones(8, dtype=np.bool_), agree)
    >>> bool(np.allclose(any_difference(design, sums), [1.75, 1, 7, 0.2275], atol=5e-5))
    True
    """
    none = (float("nan"),) * 4
    there = sums.heads.sum(axis=0) > 0
    yes, no = sums.agree[:, there], (sums.whole - sums.agree)[:, there]
    many, freedom = int(there.sum()), _freedom(design, sums)
    total = yes.sum() + no.sum()
    if many < 2 or freedom < 1 or not (0 < yes.sum() < total):
        return none
    cells = np.hstack([yes, no])
    mean = cells.sum(axis=0) / total
    apart = (cells - mean * cells.sum(axis=1, keepdims=True)) / total
    people = sums.heads.sum()
    table = mean.reshape(2, many)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0))
    pearson = people * ((table - expected) ** 2 / expected).sum()
    effects = _effects(design, mean, apart, people)
    trace, square = np.trace(effects), np.trace(effects @ effects)
    if not (trace > 0 and square > 0):
        return none
    first = trace**2 / square
    found = pearson / trace
    return (
        float(found), float(first), float(first * freedom),
        float(fisher.sf(found, first, first * freedom)),
    )  # fmt: skip


def _effects(design: Design, mean: Numbers, apart: Numbers, people: float) -> Numbers:
    """The generalised design effects of agreement by group, beside both margins."""
    many = len(mean) // 2
    # Agreement by group less its margins: half of each group about the mean of all groups.
    half = (np.eye(many) - 1 / many)[:, 1:] / 2
    contrast = np.vstack([half, -half])
    inverse = np.divide(1.0, mean, out=np.zeros_like(mean), where=mean > 0)
    scaled = contrast * inverse[:, None]
    simple = contrast.T @ scaled / people
    spread = covariance(design, apart @ scaled)
    try:
        return np.asarray(np.linalg.solve(simple, spread))
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.lstsq(simple, spread, rcond=None)[0])


def _freedom(design: Design, sums: ClusterSums) -> int:
    """Clusters less strata, of those with somebody in the base."""
    there = sums.heads.sum(axis=1) > 0
    return int(there.sum()) - len(np.unique(design.by_cluster[there]))


def adjusted(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of ``groups.csv`` with p corrected for many comparisons by Holm (1979).

    A family is all groups of one way of cutting, over all items of a wave, whose figures are
    shown. Holm's correction holds however the comparisons hang together, and each row may be
    quoted alone: of all of a family together at most one in twenty has a false one. Of two groups
    each is the other's others: that is one comparison, told twice. Two that are shown beside
    others that are hidden are two comparisons: the hidden ones are among the others of both.

    Examples
    --------
    >>> rows = pl.DataFrame({"wave": ["1"] * 3, "item_id": ["a"] * 3, "group_by": ["kind"] * 3,
    ...                      "group": ["x", "y", "z"], "p": [0.01, 0.02, 0.04],
    ...                      "base": [9, 8, 7], "base_others": [15, 16, 17]})
    >>> adjusted(rows)["p_adjusted"].to_list()
    [0.03, 0.04, 0.04]
    """
    family, item = ["wave", "group_by"], ["wave", "group_by", "item_id"]
    given = pl.col("p").is_not_null()
    # All others of the first are the second, and nobody else is among them.
    whole = pl.col("base").filter(given).sum().over(item) == pl.col("base") + pl.col("base_others")
    pair = (given.sum().over(item) == 2) & whole.fill_null(False)
    twin = given & pair & (given.cum_sum().over(item) == 2)
    one = given & ~twin
    order = pl.when(one).then(pl.col("p")).rank("ordinal").over(family)
    many = one.sum().over(family)
    step = pl.when(one).then(pl.min_horizontal(pl.lit(1.0), pl.col("p") * (many - order + 1)))
    marked = rows.with_columns(
        step.alias("_step"), pl.when(given).then(many).alias("compared"), twin.alias("_twin")
    ).with_row_index("_row")
    ranked = marked.sort("p", nulls_last=True, maintain_order=True)
    held = ranked.with_columns(pl.col("_step").cum_max().over(family).alias("p_adjusted"))
    # Both have the same p but for the last digit, and what is corrected is never below it.
    same = pl.max_horizontal(pl.col("p_adjusted").min().over(item), "p")
    return (
        held.with_columns(pl.when("_twin").then(same).otherwise("p_adjusted").alias("p_adjusted"))
        .sort("_row")
        .with_columns((pl.col("p_adjusted") < SIGNIFICANT).alias("significant"))
        .drop("_row", "_step", "_twin")
    )


def group_rows(
    voices: Voices, answers: ScaleAnswers, cut: Cut, design: Design, sums: ClusterSums
) -> pl.DataFrame:
    """Each group of a cut against all others, as rows of ``groups.csv``.

    Parameters
    ----------
    voices, answers, cut
        Wave, item, and how it is parted.
    design, sums
        The design, and what the groups said.
    """
    gap, p = against_others(design, sums)
    base = sums.heads.sum(axis=0)
    whole, agree = sums.whole.sum(axis=0), sums.agree.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share, others = agree / whole, (agree.sum() - agree) / (whole.sum() - whole)
    notes = [_note(one, two) for one, two in zip(base, base.sum() - base, strict=True)]
    found = {
        "group": list(cut.labels),
        "base": base.astype(np.int64),
        "base_others": (base.sum() - base).astype(np.int64),
        "pct_agree": 100 * share,
        "pct_others": 100 * others,
        "difference": 100 * gap,
        "p": p,
        "note": notes,
        **_of(voices, answers, cut, len(cut.labels)),
    }
    return _in_order(found, GROUPS_SCHEMA)


def overall_row(
    voices: Voices, answers: ScaleAnswers, cut: Cut, design: Design, sums: ClusterSums
) -> pl.DataFrame:
    """Whether the groups of a cut differ at all, as a row of ``overall.csv``.

    Parameters
    ----------
    voices, answers, cut
        Wave, item, and how it is parted.
    design, sums
        The design, and what the groups said.
    """
    found, first, second, p = any_difference(design, sums)
    heads = sums.heads.sum(axis=0)
    row = {
        "base": [int(heads.sum())],
        "groups": [int((heads > 0).sum())],
        "f": [found],
        "df_groups": [first],
        "df_design": [second],
        "p": [p],
        **_of(voices, answers, cut, 1),
    }
    return _in_order(row, OVERALL_SCHEMA)


def _in_order(
    columns: Mapping[str, object], schema: Mapping[str, type[pl.DataType]]
) -> pl.DataFrame:
    return pl.DataFrame({name: columns[name] for name in schema}, schema=dict(schema))


def _of(voices: Voices, answers: ScaleAnswers, cut: Cut, many: int) -> dict[str, list[str]]:
    said = {
        "wave": voices.wave.id,
        "item": answers.wording,
        "group_by": cut.id,
        "item_id": answers.item.id,
    }
    return {name: [value] * many for name, value in said.items()}


def _note(base: float, others: float) -> str:
    if not base or not others:
        return "nobody answered" if not base else "nobody else answered"
    return f"small base: under {SMALL_BASE}" if min(base, others) < SMALL_BASE else ""
