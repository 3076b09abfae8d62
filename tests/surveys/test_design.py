"""Weights and standard errors by design, against another implementation and by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
import svy
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.model.errors import SurveyError
from remit.surveys.design import ClusterSums, Design, shares_of_groups
from remit.surveys.weighting import rake


def drawn(seed: int, people: int = 240) -> pl.DataFrame:
    """Invented answers: 60 organisations in 5 strata, with weights of their own."""
    draw = np.random.default_rng(seed)
    cluster = draw.integers(0, 60, people)
    stratum = cluster % 5
    lean = draw.normal(0, 1, 60)[cluster]
    return pl.DataFrame(
        {
            "cluster": cluster,
            "stratum": stratum,
            "weight": draw.uniform(0.3, 3, people),
            "agree": (lean + draw.normal(0, 1, people) > 0.2).astype(np.int64),
            "kind": draw.integers(0, 3, people),
            "place": draw.integers(0, 4, people),
        }
    )


def theirs(frame: pl.DataFrame, kind: int | None = None) -> tuple[float, float]:
    design = svy.Design(stratum="stratum", psu="cluster", wgt="weight")
    sample = svy.Sample(frame, design)
    where = None if kind is None else svy.col("kind") == kind
    found = sample.estimation.mean("agree", where=where)
    (one,) = found.to_polars().rows(named=True)
    return one["est"], one["se"]


def ours(frame: pl.DataFrame, kind: int | None = None) -> tuple[float, float]:
    numbered = np.unique(frame["cluster"].to_numpy(), return_inverse=True)[1].astype(np.int32)
    strata = frame["stratum"].to_numpy().astype(np.int32)
    design = Design(frame["weight"].to_numpy(), numbered, strata)
    base = np.ones(len(frame), dtype=np.bool_)
    if kind is not None:
        base = frame["kind"].to_numpy() == kind
    groups = np.where(base, 0, -1).astype(np.int32)
    sums = ClusterSums.of(design, groups, 1, base, frame["agree"].to_numpy() == 1)
    found = shares_of_groups(design, sums)
    return float(found.share[0]), float(found.se[0])


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("kind", [None, 0, 2])
def test_shares_and_errors_are_those_of_another_implementation(seed: int, kind: int | None) -> None:
    assert ours(drawn(seed), kind) == pytest.approx(theirs(drawn(seed), kind), abs=1e-6)


KINDS, PLACES = (500.0, 300.0, 200.0), (400.0, 250.0, 250.0, 100.0)


def raked(frame: pl.DataFrame) -> np.ndarray:
    margins = [
        (frame[name].to_numpy().astype(np.int32), np.array(target))
        for name, target in (("kind", KINDS), ("place", PLACES))
    ]
    return rake(frame["weight"].to_numpy(), margins)


def test_raked_weights_and_their_errors_are_those_of_another_implementation() -> None:
    frame = drawn(4)
    sample = svy.Sample(frame, svy.Design(stratum="stratum", psu="cluster", wgt="weight"))
    controls = {"kind": dict(enumerate(KINDS)), "place": dict(enumerate(PLACES))}
    sample = sample.weighting.rake(controls=controls, tol=1e-12, max_iter=1000)
    other = sample.data["rk_wgt"].to_numpy()
    own = raked(frame)
    assert own == pytest.approx(other, rel=1e-6)
    fixed = frame.with_columns(weight=pl.Series(own))
    assert ours(fixed) == pytest.approx(theirs(fixed), abs=1e-6)


def test_weights_reproduce_their_targets() -> None:
    frame = drawn(5)
    weights = raked(frame)
    for name, target in (("kind", KINDS), ("place", PLACES)):
        held = np.bincount(frame[name].to_numpy(), weights=weights)
        assert held == pytest.approx(np.array(target), rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=6, max_size=40), st.integers(0, 10_000))
def test_any_targets_of_one_margin_are_met(kinds: list[int], seed: int) -> None:
    codes = np.array([0, 1, 2, *kinds], dtype=np.int32)
    target = np.random.default_rng(seed).uniform(1, 900, 3)
    weights = rake(np.ones(len(codes)), [(codes, target)])
    assert np.bincount(codes, weights=weights) == pytest.approx(target, rel=1e-9)


def test_targets_that_nobody_can_meet_are_told() -> None:
    codes = np.array([0, 0, 1], dtype=np.int32)
    with pytest.raises(SurveyError, match="cannot be met"):
        rake(np.ones(3), [(codes, np.array([1.0, 1.0, 5.0]))])


def test_two_of_one_organisation_are_no_two_voices_by_hand() -> None:
    # Three organisations of two who answer alike: yes yes, no no, yes yes.
    clusters = np.array([0, 0, 1, 1, 2, 2], dtype=np.int32)
    design = Design(np.ones(6), clusters, np.zeros(6, dtype=np.int32))
    agree = np.array([True, True, False, False, True, True])
    whole = np.zeros(6, dtype=np.int32)
    sums = ClusterSums.of(design, whole, 1, np.ones(6, dtype=np.bool_), agree)
    found = shares_of_groups(design, sums)
    # Each cluster's sum of (y − 2/3)/6: 1/9, −2/9, 1/9; their squares add up to 6/81;
    # times 3/2 that is 1/9. A simple sample has (2/3 × 1/3)/5 = 2/45: the effect is 2.5.
    assert found.se[0] ** 2 == pytest.approx(1 / 9)
    assert found.effect[0] == pytest.approx(2.5)
    assert (found.base[0], found.clusters[0]) == (6, 3)
