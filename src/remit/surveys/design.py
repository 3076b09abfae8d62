"""How sure a share is where answers are weighted, and several come from one organisation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.stats import t as student

from remit.surveys.intervals import wilson
from remit.surveys.reading.answers import (
    ANSWER,
    DONT_KNOW,
    Cut,
    Labels,
    Numbers,
    ScaleAnswers,
    Ticks,
    Voices,
)

SCHEMA = {
    "wave": pl.String,
    "item": pl.String,
    "group_by": pl.String,
    "group": pl.String,
    "base": pl.Int64,
    "organisations": pl.Int64,
    "pct_agree": pl.Float64,
    "se": pl.Float64,
    "design_effect": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "item_id": pl.String,
}


@dataclass(frozen=True, slots=True)
class Design:
    """Who was asked how: a weight, a cluster and a stratum for each respondent."""

    weights: Numbers
    clusters: Labels
    strata: Labels

    @classmethod
    def of(cls, voices: Voices, weights: Numbers | None) -> Design:
        """The design of a wave: respondents of one organisation are a cluster, in one stratum.

        Who does not say for whom they speak is a cluster of their own.
        """
        alone = np.arange(voices.count, dtype=np.int64)
        clusters = alone
        if voices.units is not None:
            known = voices.units.codes >= 0
            clusters = np.where(known, voices.units.codes, len(voices.units.labels) + alone)
        numbered = np.unique(clusters, return_inverse=True)[1].astype(np.int32)
        own = np.ones(voices.count) if weights is None else weights
        return cls(own, numbered, np.zeros(voices.count, dtype=np.int32))


@dataclass(frozen=True, slots=True)
class Shares:
    """Weighted shares with their standard errors, one a group; all from 0 to 1."""

    share: Numbers
    se: Numbers
    effect: Numbers
    low: Numbers
    high: Numbers
    base: Numbers
    clusters: Numbers


def shares_of_groups(
    design: Design, groups: Labels, count: int, base: Ticks, agree: Ticks
) -> Shares:
    """The weighted share of each group of respondents, by Taylor linearisation.

    Parameters
    ----------
    design
        Weights (taken as fixed), clusters and strata of all respondents.
    groups, count
        The group of each respondent, −1 for none, and how many groups there are.
    base, agree
        Who is in the base, and who agrees.

    Returns
    -------
    Shares
        With the design effect (the variance against that of a simple random sample of the base)
        and a 95% interval: Wilson's, with the effective base and the quantile of t for the
        clusters less the strata. NaN where nobody is in the base.

    Notes
    -----
    Clusters without anybody in a group count as clusters of their stratum, as they must for a
    part of a sample. The variance of a stratum of one cluster is taken about the mean of all.

    Examples
    --------
    >>> alone, every = np.arange(4, dtype=np.int32), np.ones(4, dtype=np.bool_)
    >>> whole = np.zeros(4, dtype=np.int32)
    >>> agree = np.array([True, True, False, False])
    >>> found = shares_of_groups(Design(np.ones(4), alone, whole), whole, 1, every, agree)
    >>> float(found.share[0]), float(found.se[0] ** 2)
    (0.5, 0.08333333333333333)
    """
    counted = base & (design.weights > 0) & (groups >= 0)
    many = int(design.clusters.max(initial=0)) + 1
    place = design.clusters[counted].astype(np.int64) * count + groups[counted]
    weight = design.weights[counted]

    def sums(of: Numbers | None) -> Numbers:
        found = np.bincount(place, weights=of, minlength=many * count)
        return found.reshape(many, count).astype(np.float64)

    whole, yes, heads = sums(weight), sums(weight * agree[counted]), sums(None)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = yes.sum(axis=0) / whole.sum(axis=0)
        deviation = (yes - share * whole) / whole.sum(axis=0)
        variance, freedom = _variance(design, deviation)
        number = heads.sum(axis=0)
        simple = share * (1 - share) / np.maximum(1, number - 1)
        effect = np.where(simple > 0, variance / simple, 1.0)
        effective = np.where(effect > 0, number / effect, number)
        z = float(student.ppf(0.975, freedom)) if freedom > 0 else float("nan")
        low, high = wilson(share * effective, effective, z)
    return Shares(
        share, np.sqrt(variance), effect, low, high, number, (heads > 0).sum(axis=0).astype(float)
    )


def _variance(design: Design, sums: Numbers) -> tuple[Numbers, int]:
    """The variances of sums over clusters within strata, and their degrees of freedom."""
    many = len(sums)
    stratum = np.zeros(many, dtype=np.int64)
    stratum[design.clusters] = design.strata
    found = np.zeros(sums.shape[1])
    strata = np.unique(stratum)
    for one in strata:
        part = sums[stratum == one]
        size = len(part)
        centre = part.mean(axis=0) if size > 1 else sums.mean(axis=0)
        factor = size / (size - 1) if size > 1 else 1.0
        found += factor * ((part - centre) ** 2).sum(axis=0)
    return found, many - len(strata)


def shares_by_design(voices: Voices, cut: Cut, design: Design) -> pl.DataFrame:
    """Each item on a scale by each value of a cut, with the design's standard error.

    Parameters
    ----------
    voices, cut
        The answers of a wave, and how they are parted.
    design
        Weights, clusters and strata.

    Examples
    --------
    >>> shares_by_design(voices, cut, Design.of(voices, None))["se"][0]  # doctest: +SKIP
    4.2
    """
    rows = []
    for answers in voices.items:
        if not isinstance(answers, ScaleAnswers):
            continue
        in_base = answers.codes >= ANSWER
        if answers.scale.dont_know_in_base:
            in_base = in_base | (answers.codes == DONT_KNOW)
        means = [one.means == "agree" for one in answers.scale.answers]
        agree = np.isin(answers.codes, [ANSWER + n for n, yes in enumerate(means) if yes])
        found = shares_of_groups(design, cut.codes, len(cut.labels), in_base, agree)
        rows.append(_rows(voices, answers, cut, found))
    return pl.concat(rows) if rows else pl.DataFrame(schema=SCHEMA)


def _rows(voices: Voices, answers: ScaleAnswers, cut: Cut, found: Shares) -> pl.DataFrame:
    many = len(cut.labels)
    return pl.DataFrame(
        {
            "wave": [voices.wave.id] * many,
            "item": [answers.wording] * many,
            "group_by": [cut.id] * many,
            "group": list(cut.labels),
            "base": found.base.astype(np.int64),
            "organisations": found.clusters.astype(np.int64),
            "pct_agree": 100 * found.share,
            "se": 100 * found.se,
            "design_effect": found.effect,
            "low": 100 * found.low,
            "high": 100 * found.high,
            "item_id": [answers.item.id] * many,
        },
        schema=SCHEMA,
    ).with_columns(pl.col(pl.Float64).fill_nan(None))
