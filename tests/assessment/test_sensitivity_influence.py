"""Sobol indices against functions whose indices are known, and against every combination."""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl
import pytest

from remit.assessment.likely.league_arrays import field_of
from remit.assessment.scoring.laws.arrays import Floats
from remit.assessment.scoring.laws.quantiles import quantiles
from remit.assessment.sensitivity.choices import combinations, find_levels
from remit.assessment.sensitivity.influence import Sample, draw_sample, sobol_indices
from remit.assessment.sensitivity.reaggregate import Reaggregation
from remit.assessment.sensitivity.rescored import rescore
from remit.assessment.sensitivity.sensitivity import sensitivity

from .leagues_by_hand import CODES, league

SIZE = 4_096


def values_at(sample: Sample, function: Floats) -> Floats:
    """A function given as an array over all levels, at the distinct rows of a sample."""
    return np.array([[function[tuple(row)] for row in sample.distinct]])


def exact(function: Floats) -> tuple[list[float], list[float]]:
    """First-order and total indices by their definition, every combination equally likely."""
    axes = range(function.ndim)
    variance = function.var()
    first = [function.mean(axis=tuple(a for a in axes if a != at)).var() / variance for at in axes]
    total = [function.var(axis=at).mean() / variance for at in axes]
    return first, total


def check(estimated: Floats, error: Floats, expected: list[float]) -> None:
    for at, share in enumerate(expected):
        assert estimated[at, 0] == pytest.approx(share, abs=4 * error[at, 0] + 1e-9)


def test_a_sum_has_no_interactions() -> None:
    # x + 2 y with x, y of 0, 1, 2: variances 2/3 and 8/3, so shares of 0.2 and 0.8.
    function = np.add.outer(np.arange(3.0), 2 * np.arange(3.0))
    assert exact(function)[0] == pytest.approx([0.2, 0.8])
    sample = draw_sample([3, 3], SIZE, 1)
    found = sobol_indices(values_at(sample, function), sample, 1)
    check(found.first, found.first_error, [0.2, 0.8])
    check(found.total, found.total_error, [0.2, 0.8])
    assert found.total_error.max() < 0.05


def test_an_either_or_is_all_interaction() -> None:
    function = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert exact(function) == ([0.0, 0.0], [1.0, 1.0])
    sample = draw_sample([2, 2], SIZE, 1)
    found = sobol_indices(values_at(sample, function), sample, 1)
    check(found.first, found.first_error, [0.0, 0.0])
    check(found.total, found.total_error, [1.0, 1.0])


def test_what_does_not_vary_has_no_indices() -> None:
    sample = draw_sample([2, 3], 64, 1)
    found = sobol_indices(np.ones((2, len(sample.distinct))), sample, 1)
    assert np.isnan(found.first).all()
    assert np.isnan(found.total_error).all()


def test_the_same_seed_gives_the_same_sample() -> None:
    one, same, other = (draw_sample([4, 5], 100, seed) for seed in (1, 1, 2))
    assert (one.first == same.first).all()
    assert (one.mixed == same.mixed).all()
    assert (one.distinct[one.first] != other.distinct[other.first]).any()


def test_standard_errors_are_the_spread_over_samples() -> None:
    function = np.add.outer(np.arange(4.0) ** 2, np.array([0.0, 3.0, 5.0]))
    found, errors = [], []
    for seed in range(60):
        sample = draw_sample([4, 3], 256, seed)
        indices = sobol_indices(values_at(sample, function), sample, seed)
        found.append(indices.total[:, 0])
        errors.append(indices.total_error[:, 0])
    spread, said = np.std(found, axis=0, ddof=1), np.mean(errors, axis=0)
    # 60 samples know a standard deviation to about 9%.
    assert said == pytest.approx(spread, rel=0.35)


def test_estimates_agree_with_every_combination_of_choices() -> None:
    rng = np.random.default_rng(8)
    every = {code: rng.uniform(1, 4, 9).round(2).tolist() for code in CODES[:12]}
    every[CODES[0]][3] = None
    assessment = league(every)
    field = field_of(assessment)
    rescored = rescore(assessment, field)
    levels = find_levels(field.framework, rescored, refit=False)
    kernel = Reaggregation(field, rescored, [], refit=False)
    sizes = [len(levels.of[name]) for name in levels.open()]
    whole = kernel.results(combinations(levels, list(product(*map(range, sizes)))))
    found = sensitivity(assessment, cuts="held", sample=2_048).influence
    for place, code in enumerate(field.codes):
        first, total = exact(whole.scores[place].reshape(sizes))
        mine = found.filter((pl.col("org_code") == code) & (pl.col("output") == "score"))
        for row, share, of_all in zip(mine.to_dicts(), first, total, strict=True):
            near = pytest.approx(share, abs=5 * row["first_order_error"] + 1e-9)
            assert row["first_order"] == near
            assert row["total"] == pytest.approx(of_all, abs=5 * row["total_error"] + 1e-9)


@pytest.mark.parametrize("method", ["linear", "lower", "higher", "hazen", "weibull"])
def test_quantiles_of_columns_are_those_of_lists(method: str) -> None:
    values = np.random.default_rng(2).uniform(1, 4, (11, 3))
    values[7:, 1] = np.nan
    for share in (0.25, 0.5, 0.75):
        found = quantiles(values, (share,), method)[0]  # type: ignore[arg-type]
        for column, at in zip(values.T, found, strict=True):
            listed = column[~np.isnan(column)]
            assert at == pytest.approx(np.quantile(listed, share, method=method))
