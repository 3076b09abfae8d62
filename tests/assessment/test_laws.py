"""What must hold of the laws for any figures, with ties and gaps; ranks by scipy's definition."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from remit.assessment.scoring.columns import column, floats, numbers
from remit.assessment.scoring.laws.league_key import league_keys
from remit.assessment.scoring.laws.metric_score import Values, ValueScores, value_scores
from remit.assessment.scoring.laws.overrides import overridden
from remit.assessment.scoring.laws.quantiles import cut_points
from remit.assessment.scoring.laws.ranks import Ties, last_ranks, rank_among, ranks, ranks_within
from remit.assessment.scoring.laws.rounding import digits, fine, last_digits, rounded
from remit.assessment.scoring.laws.segments import segments_of, up_to
from remit.assessment.scoring.segments import segment_column
from remit.model.errors import AssessmentError
from remit.model.framework import League, Override, Rounding, ScoredMetric
from remit.model.metric import Better
from remit.words.figures import score_words

TIES: list[Ties] = ["min", "average", "max", "dense"]
# Few different values, so that many are equal; some are missing.
figures = st.one_of(st.integers(0, 6).map(float), st.just(np.nan))
scores = st.one_of(st.integers(100, 400).map(lambda x: x / 100), st.just(np.nan))
columns = st.integers(1, 12).flatmap(
    lambda rows: st.lists(
        st.lists(figures, min_size=rows, max_size=rows), min_size=1, max_size=5
    ).map(lambda of: np.array(of).T)
)


@settings(max_examples=100, deadline=None)
@given(columns, st.sampled_from(TIES))
def test_ranks_are_those_of_scipy_and_many_columns_are_as_one(keys: np.ndarray, ties: Ties) -> None:
    expected = stats.rankdata(keys, ties, axis=0, nan_policy="omit")
    assert np.array_equal(ranks(keys, ties), expected, equal_nan=True)
    for at in range(keys.shape[1]):
        assert np.array_equal(ranks(keys[:, at], ties), expected[:, at], equal_nan=True)
    whole = np.nan_to_num(keys, nan=99).astype(np.int64)
    assert np.array_equal(ranks(whole, ties), stats.rankdata(whole, ties, axis=0))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(figures, st.sampled_from("abc")), min_size=1, max_size=15),
    st.sampled_from(TIES),
)
def test_ranks_within_groups_are_those_of_a_frame(
    rows: list[tuple[float, str]], ties: Ties
) -> None:
    frame = pl.DataFrame(rows, schema=["value", "group"], orient="row").fill_nan(None)
    value = pl.col("value")
    by_frame = frame.select(
        value.rank(ties).over("group").cast(pl.Float64).alias("rank"),
        (value.drop_nulls().n_unique() if ties == "dense" else value.count())
        .over("group")
        .cast(pl.Float64)
        .alias("last"),
    )
    keys, groups = floats(frame, "value"), numbers(frame, "group")
    assert column("rank", ranks_within(keys, groups, ties)).equals(by_frame["rank"])
    assert column("last", last_ranks(keys, groups, ties)).equals(by_frame["last"])


@settings(max_examples=100, deadline=None)
@given(st.lists(figures, min_size=1, max_size=12))
def test_a_rank_among_others_is_the_rank_in_the_table(of: list[float]) -> None:
    keys = np.array(of)
    rivals = ~np.eye(len(keys), dtype=bool)
    assert np.array_equal(rank_among(keys, keys, rivals), ranks(keys), equal_nan=True)


@settings(max_examples=100, deadline=None)
@given(st.lists(scores, min_size=1, max_size=12), st.lists(st.floats(1, 4), min_size=0, max_size=3))
def test_segments_of_arrays_are_those_of_frames_and_follow_the_scores(
    of: list[float], cuts: list[float]
) -> None:
    ascending = sorted(cuts)
    frame = pl.DataFrame({"score": of}).fill_nan(None)
    found = segment_column("segment", frame, "score", ascending)
    many = segments_of(np.array([of, of]), ascending)
    for row in many:
        assert column("segment", row, pl.Int64).equals(found)
    for score, segment in zip(of, found, strict=True):
        if np.isnan(score) or not cuts:
            assert segment is None
        else:
            assert segment == 1 + sum(score > cut + 1e-9 for cut in cuts)
            for at, cut in enumerate(ascending, start=1):
                assert (segment > at) != up_to(score, cut)


METRIC = ScoredMetric.model_validate(
    {
        "id": "OF0023",
        "domain": "one",
        "kinds": ["acute", "mental_health_community"],
        "population": ["acute", "mental_health_community"],
        "rule": {"type": "standard_then_ranked", "standard": {"at_least": 5}},
        "ties": "published_rank",
    }
)
KINDS = ["acute", "mental_health_community", "ambulance", "icb"]
reported = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        figures,
        st.one_of(st.integers(1, 9), st.just(np.nan)),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


def scored(rows: list[tuple[str, float, float, bool]]) -> ValueScores:
    kinds, values, published, sources = zip(*rows, strict=True)
    given_values = Values(
        list(kinds), np.array(values), np.array(published, float), np.array(sources, int)
    )
    return value_scores(METRIC, METRIC.rule, Better.HIGHER, given_values)


@settings(max_examples=100, deadline=None)
@given(reported, st.randoms(use_true_random=False))
def test_the_order_of_organisations_changes_no_score(
    rows: list[tuple[str, float, float, bool]], random: object
) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    one, two = scored(rows), scored([rows[at] for at in order])
    for name in ("tiers", "ranks", "last", "scores"):
        assert np.array_equal(getattr(one, name)[order], getattr(two, name), equal_nan=True)


@settings(max_examples=100, deadline=None)
@given(reported)
def test_a_better_value_never_scores_worse(rows: list[tuple[str, float, float, bool]]) -> None:
    found = scored(rows)
    for (kind, value, *_), score in zip(rows, found.scores, strict=True):
        assert np.isnan(score) == (kind not in METRIC.kinds or np.isnan(value))
        for row, theirs in zip(rows, found.scores, strict=True):
            if not np.isnan([score, theirs]).any() and value > row[1]:
                assert score <= theirs


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(scores, scores), min_size=1, max_size=10))
def test_a_league_is_in_the_order_of_its_parts(of: list[tuple[float, float]]) -> None:
    segments, averages = (np.array(part) for part in zip(*of, strict=True))
    segments = np.floor(segments)
    shown = digits(averages, 2, Rounding())
    for by in (("adjusted_segment", "average_score"), ("average_score", "adjusted_segment")):
        keys = league_keys(League(by=by), segments, shown)
        parts = {"adjusted_segment": segments, "average_score": shown}
        pairs = list(zip(*(parts[name] for name in by), strict=True))
        placed = [pair for pair in pairs if not np.isnan(pair).any()]
        for pair, rank in zip(pairs, ranks(keys), strict=True):
            expected = np.nan if np.isnan(pair).any() else 1 + sum(other < pair for other in placed)
            assert rank == pytest.approx(expected, nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(columns, st.sampled_from(["linear", "lower", "higher", "hazen", "weibull"]))
def test_cut_points_of_many_columns_leave_out_what_is_missing(of: np.ndarray, method: str) -> None:
    found = cut_points(of, method)  # type: ignore[arg-type]
    for column_of, cuts in zip(of.T, found.T, strict=True):
        known = column_of[~np.isnan(column_of)]
        expected = np.quantile(known, [0.25, 0.5, 0.75], method=method) if len(known) else np.nan
        assert cuts == pytest.approx(np.broadcast_to(expected, 3), nan_ok=True)


def test_overrides_of_many_columns_leave_what_is_missing() -> None:
    cap = Override(id="cap", name="C", flag="F", no_better_than=3, stage="final", why="")
    five = Override(id="five", name="F", flag="G", becomes=5, stage="final", why="")
    before = np.array([[1.0, np.nan], [4.0, 2.0], [1.0, np.nan], [2.0, 2.0]])
    flags = np.array([[True, False], [True, False], [False, True], [False, False]])
    after = overridden(before, flags, [cap, five])
    expected = np.array([[3.0, np.nan], [4.0, 3.0], [5.0, np.nan], [2.0, 2.0]])
    assert np.array_equal(after, expected, equal_nan=True)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.integers(100, 400).map(lambda x: x / 100), min_size=1, max_size=12),
    st.sampled_from(["half_up", "half_even"]),
    st.integers(0, 4),
)
def test_an_average_is_printed_as_it_enters(of: list[float], mode: str, decimals: int) -> None:
    rounding = Rounding(decimals=decimals, mode=mode)  # type: ignore[arg-type]
    average = sum(of) / len(of)
    assert score_words(average, rounding) == f"{rounded(np.array(average), rounding):.{decimals}f}"


@pytest.mark.parametrize(
    ("mean", "mode", "expected"),
    [(2.345, "half_up", 235), (2.345, "half_even", 234), (2.335, "half_even", 234)],
)
def test_the_mean_of_thirds_may_be_a_half(mean: float, mode: str, expected: int) -> None:
    # Two scores of 7/3 and what is left of three times the mean: each loses a third of a part.
    totals = fine(np.array([7 / 3, 7 / 3, 3 * mean - 14 / 3])).sum(keepdims=True)
    assert totals[0] == round(3 * mean * 10**12) - 1
    rounding = Rounding(mode=mode)  # type: ignore[arg-type]
    assert last_digits(totals, 3, 2, rounding).tolist() == [expected]


def test_a_score_too_large_to_be_counted_is_refused() -> None:
    with pytest.raises(AssessmentError, match=r"at most 9,000,000; got 1e\+07"):
        rounded(np.array([1.0, np.nan, 1e7]), Rounding())
