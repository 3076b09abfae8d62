"""The random stream, the draws and the ends of ranges, each against a plain definition."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from math import floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.assessment.likely.bootstrap import BLOCK, drawn_totals, stream
from remit.assessment.likely.intervals import linear_quantiles, whole_range
from remit.assessment.likely.student import stretches
from remit.assessment.likely.told_apart import benjamini_hochberg
from remit.assessment.scoring.laws.ranks import ranks
from remit.assessment.scoring.laws.rounding import fine, last_digits, rounded
from remit.model.framework import Rounding

WORD, STATE = 2**64, 2**128
MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645


def pcg64(seed: int, code: str) -> Iterator[int]:
    """PCG XSL RR 128/64 as its author defines it."""
    digest = hashlib.sha256(f"{seed}/{code}".encode()).digest()
    state = int.from_bytes(digest[:16], "little")
    increment = int.from_bytes(digest[16:], "little") | 1
    while True:
        state = (state * MULTIPLIER + increment) % STATE
        folded, turn = (state >> 64) ^ (state % WORD), state >> 122
        yield ((folded >> turn) | (folded << (64 - turn) % 64)) % WORD


def test_the_stream_is_the_one_that_is_described() -> None:
    drawn = stream(20_250_909, "RDY").random_raw(500).tolist()
    assert drawn == list(islice(pcg64(20_250_909, "RDY"), 500))


@pytest.mark.parametrize("n", [1, 2, 3, 8, 11])
def test_the_draws_are_those_that_are_described(n: int) -> None:
    entries = [10**k for k in range(n)]
    halves = (half for word in pcg64(5, "RYJ") for half in (word % 2**32, word >> 32))
    size = 7
    expected = [0] * size
    for _ in range(n // 2):
        for replicate in range(size):
            pair = next(halves) * n * n >> 32
            expected[replicate] += entries[pair // n] + entries[pair % n]
    if n % 2:
        for replicate in range(size):
            expected[replicate] += entries[next(halves) * n >> 32]
    (found,) = drawn_totals(np.array(entries), size, stream(5, "RYJ"))
    assert found.tolist() == expected


def test_a_long_run_begins_with_a_short_one() -> None:
    entries = fine(np.array([1.0, 2.5, 4.0]))
    short = next(drawn_totals(entries, BLOCK, stream(1, "A")))
    long = list(drawn_totals(entries, 2 * BLOCK + 1, stream(1, "A")))
    assert [len(block) for block in long] == [BLOCK, BLOCK, 1]
    assert (long[0] == short).all()


def test_every_entry_is_drawn_equally_often() -> None:
    entries = np.array([1, 100, 10_000])
    totals = np.concatenate(list(drawn_totals(entries, 60_000, stream(1, "A"))))
    for size in entries:
        share = (totals // size % 100).mean() / 3
        assert share == pytest.approx(1 / 3, abs=0.004)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.integers(100, 400).map(lambda x: x / 100), min_size=1, max_size=12),
    st.sampled_from(["half_up", "half_even"]),
    st.integers(0, 4),
)
def test_means_are_rounded_as_the_framework_rounds(
    scores: list[float], mode: str, decimals: int
) -> None:
    rounding = Rounding(decimals=decimals, mode=mode)  # type: ignore[arg-type]
    total = fine(np.array(scores)).sum(keepdims=True)
    found = last_digits(total, len(scores), decimals, rounding)[0]
    mean = sum(Fraction(str(score)) for score in scores) / len(scores) * 10**decimals
    expected = floor(mean + Fraction(1, 2)) if mode == "half_up" else round(mean)
    assert found == expected
    as_a_float = np.array(np.mean(scores))
    assert rounded(as_a_float, rounding) == pytest.approx(expected / 10**decimals)


def test_a_half_goes_up_or_to_the_even_neighbour() -> None:
    totals = fine(np.array([4.25, 4.75]))
    for mode, expected in (("half_up", [213, 238]), ("half_even", [212, 238])):
        rounding = Rounding(mode=mode)  # type: ignore[arg-type]
        assert last_digits(totals, 2, 2, rounding).tolist() == expected


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=60), st.floats(0.0, 1.0))
def test_quantiles_of_counts_are_those_of_the_list(values: list[int], share: float) -> None:
    counts = np.bincount(values, minlength=10)[None, :]
    expected = np.quantile(values, share)
    assert linear_quantiles(counts, share, len(values))[0] == pytest.approx(expected)
    tail = share / 2
    low, high = whole_range(counts, tail, len(values))
    assert low[0] == np.quantile(values, tail, method="lower")
    assert high[0] == np.quantile(values, 1 - tail, method="higher")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=1, max_size=8))
def test_competition_ranks_by_their_definition(rows: list[list[int]]) -> None:
    keys = np.array(rows)
    expected = 1 + (keys[:, None, :] > keys[None, :, :]).sum(axis=1)
    assert (ranks(keys) == expected).all()


def test_the_correction_against_a_published_example() -> None:
    # Benjamini and Hochberg (1995), section 3.2: 15 p-values, of which 4 are rejected at 5%.
    p_values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
    p_values += [0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    adjusted = benjamini_hochberg(np.array(p_values[::-1]))[::-1]
    assert (adjusted <= 0.05).tolist() == [True] * 4 + [False] * 11
    assert adjusted[0] == pytest.approx(0.0015)
    assert (np.diff(adjusted) >= 0).all()


def test_the_stretch_of_a_range_of_nine_scores() -> None:
    # t with 8 degrees of freedom is 2.3060 at 97.5%, the normal 1.9600: 2.306 / 1.96 * sqrt(9/8).
    found = stretches(np.array([1.0, 9.0]), 0.95)
    assert found[0] == 1
    assert found[1] == pytest.approx(2.3060 / 1.9600 * (9 / 8) ** 0.5, abs=1e-4)
