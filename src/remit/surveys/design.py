"""How sure a share is where answers are weighted, and several come from one organisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

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
    by_cluster: Labels = field(init=False, repr=False)
    """The stratum of each cluster."""

    def __post_init__(self) -> None:
        found = np.zeros(int(self.clusters.max(initial=-1)) + 1, dtype=np.int32)
        found[self.clusters] = self.strata
        object.__setattr__(self, "by_cluster", found)

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


@dataclass(frozen=True, slots=True)
class ClusterSums:
    """Sums over clusters (rows) by groups (columns): weights, weights of who agrees, people."""

    whole: Numbers
    agree: Numbers
    heads: Numbers

    @classmethod
    def of(
        cls, design: Design, groups: Labels, count: int, base: Ticks, agree: Ticks
    ) -> ClusterSums:
        """Add up; who has no weight is not counted.

        Parameters
        ----------
        design
            Weights (taken as fixed), clusters and strata of all respondents.
        groups, count
            The group of each respondent, −1 for none, and how many groups there are.
        base, agree
            Who is in the base, and who agrees.
        """
        counted = base & (design.weights > 0) & (groups >= 0)
        many = len(design.by_cluster)
        place = design.clusters[counted].astype(np.int64) * count + groups[counted]
        weight = design.weights[counted]

        def sums(of: Numbers | None) -> Numbers:
            found = np.bincount(place, weights=of, minlength=many * count)
            return found.reshape(many, count).astype(np.float64)

        return cls(sums(weight), sums(weight * agree[counted]), sums(None))


def shares_of_groups(design: Design, sums: ClusterSums) -> Shares:
    """The weighted share of each group of respondents, by Taylor linearisation.

    Parameters
    ----------
    design
        Weights (taken as fixed), clusters and strata of all respondents.
    sums
        What they said, added up.

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
    >>> design = Design(np.ones(4), alone, whole)
    >>> agree = np.array([True, True, False, False])
    >>> found = shares_of_groups(design, ClusterSums.of(design, whole, 1, every, agree))
    >>> float(found.share[0]), float(found.se[0] ** 2)
    (0.5, 0.08333333333333333)
    """
    whole, yes = sums.whole.sum(axis=0), sums.agree.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = yes / whole
        deviation = (sums.agree - share * sums.whole) / whole
        spread = variance(design, deviation)
        freedom = len(sums.whole) - len(np.unique(design.by_cluster))
        # One cluster a stratum does not tell how clusters differ: no error, rather than none.
        spread = spread if freedom > 0 else np.full_like(spread, np.nan)
        number = sums.heads.sum(axis=0)
        simple = share * (1 - share) / np.maximum(1, number - 1)
        effect = np.where(simple > 0, spread / simple, 1.0)
        effective = np.where(effect > 0, number / effect, number)
        z = float(student.ppf(0.975, freedom)) if freedom > 0 else float("nan")
        low, high = wilson(share * effective, effective, z)
    clusters = (sums.heads > 0).sum(axis=0).astype(float)
    return Shares(share, np.sqrt(spread), effect, low, high, number, clusters)


def covariance(design: Design, sums: Numbers) -> Numbers:
    """The covariances of sums over clusters within strata, one row and column a sum.

    Parameters
    ----------
    design
        Clusters and strata.
    sums
        Deviations added up: clusters by what is estimated.

    Examples
    --------
    >>> alone = np.arange(3, dtype=np.int32)
    >>> design = Design(np.ones(3), alone, np.zeros(3, dtype=np.int32))
    >>> covariance(design, np.array([[1.0], [0.0], [-1.0]])).tolist()
    [[3.0]]
    """
    found = np.zeros((sums.shape[1], sums.shape[1]))
    for centred, factor in _centred(design, sums):
        found += factor * centred.T @ centred
    return found


def variance(design: Design, sums: Numbers) -> Numbers:
    """The variances of sums over clusters within strata: what :func:`covariance` has across.

    Parameters
    ----------
    design
        Clusters and strata.
    sums
        Deviations added up: clusters by what is estimated.
    """
    found = np.zeros(sums.shape[1])
    for centred, factor in _centred(design, sums):
        found += factor * (centred**2).sum(axis=0)
    return found


def _centred(design: Design, sums: Numbers) -> Iterator[tuple[Numbers, float]]:
    """The clusters of each stratum about their mean, and the factor of their squares."""
    for one in np.unique(design.by_cluster):
        part = sums[design.by_cluster == one]
        size = len(part)
        centre = part.mean(axis=0) if size > 1 else sums.mean(axis=0)
        yield part - centre, size / (size - 1) if size > 1 else 1.0


def sums_by_item(
    voices: Voices, cut: Cut, design: Design
) -> Iterator[tuple[ScaleAnswers, ClusterSums]]:
    """Each item on a scale with its sums by each value of a cut.

    Parameters
    ----------
    voices, cut
        The answers of a wave, and how they are parted.
    design
        Weights, clusters and strata.
    """
    for answers in voices.items:
        if not isinstance(answers, ScaleAnswers):
            continue
        in_base = answers.codes >= ANSWER
        if answers.scale.dont_know_in_base:
            in_base = in_base | (answers.codes == DONT_KNOW)
        means = [one.means == "agree" for one in answers.scale.answers]
        agree = np.isin(answers.codes, [ANSWER + n for n, yes in enumerate(means) if yes])
        yield answers, ClusterSums.of(design, cut.codes, len(cut.labels), in_base, agree)


def design_rows(voices: Voices, answers: ScaleAnswers, cut: Cut, found: Shares) -> pl.DataFrame:
    """The shares of an item by a cut as rows of ``weighted.csv``.

    Parameters
    ----------
    voices, answers, cut
        Wave, item, and how it is parted.
    found
        The shares.
    """
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
    )
