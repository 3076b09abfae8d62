"""Which organisations of a kind the data can tell apart.

For a pair, the share of joint replicates in which the worse one is at least as good gives a
p-value. Since organisations are drawn independently, every replicate of the one is set against
every replicate of the other. With few scores such a share is too small, so it is expanded (see
``student.expanded_p_values``) with Welch and Satterthwaite's degrees of freedom (Welch,
Biometrika 34(1-2), 1947). All pairs of a kind are tested at once; Benjamini and Hochberg's
correction (Journal of the Royal Statistical Society B 57(1), 1995) keeps the expected share of
false ones among the pairs told apart at 5%.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from remit.assessment.likely.league_arrays import Field
from remit.assessment.likely.replicates import Replicates
from remit.assessment.scoring.laws.arrays import Flags, Floats, Integers

FALSE_DISCOVERY_RATE = 0.05
_PAIRS: dict[str, type[pl.DataType]] = {
    "kind": pl.String,
    "org_code": pl.String,
    "other_code": pl.String,
    "difference": pl.Float64,
    "p_value": pl.Float64,
    "p_adjusted": pl.Float64,
    "told_apart": pl.Boolean,
}
_GROUPS: dict[str, type[pl.DataType] | pl.DataType] = {
    "kind": pl.String,
    "n": pl.Int64,
    "average_low": pl.Float64,
    "average_high": pl.Float64,
    "org_codes": pl.List(pl.String),
}


@dataclass(frozen=True, slots=True)
class Apart:
    """Pairs, runs that cannot be told apart, and counts by organisation in the field's order."""

    pairs: pl.DataFrame
    groups: pl.DataFrame
    by_organisation: pl.DataFrame


def tell_apart(field: Field, entries: Sequence[Floats], drawn: Replicates) -> Apart:
    """Compare every pair of organisations of a kind; see :mod:`.ranges`."""
    means = np.array([scores.mean() for scores in entries], dtype=np.float64)
    apart = np.zeros((len(means), len(means)), dtype=np.bool_)
    pairs, groups = [], []
    for members in field.by_kind():
        kind = field.kinds[members[0]]
        p_values = _p_values([entries[at] for at in members], drawn.scores[members])
        one, other = np.triu_indices(len(members), 1)
        adjusted = benjamini_hochberg(p_values[one, other])
        told = adjusted <= FALSE_DISCOVERY_RATE
        one, other = members[one], members[other]
        apart[one, other] = apart[other, one] = told
        pairs.append(
            pl.DataFrame(
                {
                    "kind": [kind] * len(one),
                    "org_code": [field.codes[at] for at in one],
                    "other_code": [field.codes[at] for at in other],
                    "difference": means[other] - means[one],
                    "p_value": p_values[np.triu_indices(len(members), 1)],
                    "p_adjusted": adjusted,
                    "told_apart": told,
                },
                schema=_PAIRS,
            )
        )
        groups.extend(_runs(field, members, means, apart))
    return Apart(
        pl.concat(pairs) if pairs else pl.DataFrame(schema=_PAIRS),
        pl.DataFrame(groups, schema=_GROUPS, orient="row"),
        _by_organisation(field, apart),
    )


def _p_values(entries: Sequence[Floats], counts: Integers) -> Floats:
    """Two-sided p-values of all pairs, shape ``(organisations, organisations)``.

    Counts are whole numbers below 2 to the 53rd, so that the products are exact.
    """
    from remit.assessment.likely.student import expanded_p_values

    total = float(counts[0].sum())
    up_to = counts.cumsum(axis=1).astype(np.float64)
    not_worse = counts.astype(np.float64) @ up_to.T / total**2
    shares = np.maximum(np.minimum(not_worse, not_worse.T), total**-2)
    sizes = np.array([len(scores) for scores in entries], dtype=np.float64)
    spread = np.array([scores.var(ddof=1) if len(scores) > 1 else 0.0 for scores in entries])
    own = spread / sizes
    unbiased = own[:, None] + own
    drawn = own * (1 - 1 / sizes)
    comparable = (sizes[:, None] > 1) & (sizes > 1) & (unbiased > 0)
    safe = np.where(comparable, unbiased, 1.0)
    narrowness = np.sqrt((drawn[:, None] + drawn) / safe)
    parts = own**2 / np.maximum(sizes - 1, 1)
    freedom = safe**2 / np.where(comparable, parts[:, None] + parts, 1.0)
    return np.where(comparable, expanded_p_values(shares, narrowness, freedom), 1.0)


def benjamini_hochberg(p_values: Floats) -> Floats:
    """Adjusted p-values; those up to a level are the pairs told apart at that false discovery rate.

    Parameters
    ----------
    p_values
        Any number of them, in any order.
    """
    # To load it takes longer than to assess a quarter: it is loaded where pairs are told apart.
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(p_values)) if len(p_values) else p_values


def _runs(
    field: Field, members: Integers, means: Floats, apart: Flags
) -> list[tuple[str, int, float, float, list[str]]]:
    """Longest runs by average in which no pair is told apart."""
    ordered = members[np.argsort(means[members], kind="stable")]
    runs, reached = [], 0
    for begun in range(len(ordered)):
        end = begun + 1
        while end < len(ordered) and not apart[ordered[end], ordered[begun:end]].any():
            end += 1
        if end > reached:
            run = ordered[begun:end]
            codes = [field.codes[at] for at in run]
            low, high = float(means[run[0]]), float(means[run[-1]])
            runs.append((field.kinds[run[0]], len(codes), low, high, codes))
            reached = end
    return runs


def _by_organisation(field: Field, apart: Flags) -> pl.DataFrame:
    kinds = np.array(field.kinds)
    alike = (kinds[:, None] == kinds) & ~apart
    np.fill_diagonal(alike, val=False)
    rivals = (kinds[:, None] == kinds).sum(axis=1) - 1
    return pl.DataFrame(
        {
            "n_rivals": rivals,
            "n_told_apart": apart.sum(axis=1),
            "n_not_told_apart": alike.sum(axis=1),
            "not_told_apart_from": [
                [field.codes[at] for at in np.flatnonzero(row)] for row in alike
            ],
        },
        schema={
            "n_rivals": pl.Int64,
            "n_told_apart": pl.Int64,
            "n_not_told_apart": pl.Int64,
            "not_told_apart_from": pl.List(pl.String),
        },
    )
