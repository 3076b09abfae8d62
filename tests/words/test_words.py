"""Figures, counts, lists, days and names as people read them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.model.framework import Rounding
from remit.model.organisation import TrustKind
from remit.words.days import day_words, month_words, short_day
from remit.words.figures import (
    number_words,
    published_words,
    rank_words,
    score_words,
    signed_words,
    value_words,
)
from remit.words.names import kind_words, short_icb_name
from remit.words.nearest import did_you_mean, nearest
from remit.words.sentences import count_words, listed


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2.675, "2.68"),
        (2.0049999999999999, "2.01"),
        (2.345, "2.35"),
        (2.3449999, "2.34"),
        (0.0, "0.00"),
        (-0.001, "0.00"),
        (-1.005, "−1.01"),
        (1234.5, "1,234.50"),
        (None, "–"),
    ],
)
def test_scores_are_rounded_half_up(number: float | None, text: str) -> None:
    assert number_words(number) == text


@pytest.mark.parametrize(("number", "text"), [(0.46, "+0.46"), (-0.46, "−0.46"), (0.001, "0.00")])
def test_a_difference_has_its_sign(number: float, text: str) -> None:
    assert signed_words(number) == text


def test_lists_read_as_sentences() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert count_words(1, "row") == "1 row"
    assert count_words(1204, "row") == "1,204 rows"


def test_names() -> None:
    assert kind_words(TrustKind.ACUTE) == "acute trusts"
    assert kind_words(TrustKind.MENTAL_HEALTH_COMMUNITY, 1) == "mental health and community trust"
    assert short_icb_name("NHS North East London Integrated Care Board") == "North East London"
    assert rank_words(12, 134) == "12 of 134"
    assert rank_words(None, 134) == "–"


@given(st.integers(-(10**9), 10**9), st.integers(0, 3), st.integers(1, 4))
def test_a_short_decimal_is_rounded_as_on_paper(thousandths: int, decimals: int, more: int) -> None:
    # Kept are the first `decimals` of `decimals + more` digits; a half goes away from nought.
    places = decimals + more
    kept, rest = divmod(abs(thousandths), 10**more)
    kept += 2 * rest >= 10**more
    value = float(f"{'-' if thousandths < 0 else ''}{abs(thousandths)}e-{places}")
    whole, part = divmod(kept, 10**decimals)
    expected = f"{whole:,}" + (f".{part:0{decimals}d}" if decimals else "")
    sign = "−" if thousandths < 0 and kept else ""
    assert number_words(value, decimals) == sign + expected


def test_a_framework_may_let_halves_go_to_the_even_digit() -> None:
    half_up, half_even = Rounding(decimals=2), Rounding(decimals=2, mode="half_even")
    assert [score_words(value, half_up) for value in (2.665, 2.675)] == ["2.67", "2.68"]
    assert [score_words(value, half_even) for value in (2.665, 2.675)] == ["2.66", "2.68"]
    assert score_words(None, half_even) == "–"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.0012, "0.0012"),
        (-0.000384, "−0.00038"),
        (0.05, "0.050"),
        (0.0996, "0.100"),
        (0.1, "0.10"),
        (0.0, "0.00"),
        (0.1 + 0.2 - 0.3, "0.00"),
    ],
)
def test_a_tiny_figure_of_no_unit_is_told_with_two_digits_that_count(
    value: float, told: str
) -> None:
    assert value_words(value, "") == told


@pytest.mark.parametrize(
    ("value", "unit", "told", "published"),
    [
        (72.449, "percent", "72.4%", "72.45%"),
        (1204.0, "count", "1,204", "1,204"),
        (8.25, "mins", "8.3 minutes", "8.25 minutes"),
        (-2.5, "days", "−2.5 days", "−2.5 days"),
        (64.97, "percent", "65.0%", "64.97%"),
        (0.123, "", "0.12", "0.12"),
        (71.06, "", "71.1", "71.06"),
        (12345.6, "", "12,346", "12,345.6"),
        (None, "percent", "not held", "–"),
    ],
)
def test_decimals_go_by_the_unit(value: float | None, unit: str, told: str, published: str) -> None:
    assert value_words(value, unit) == told
    assert published_words(value, unit) == published


def test_days_and_months() -> None:
    day = date(2025, 7, 1)
    assert (day_words(day), short_day(day), month_words(day)) == (
        "1 July 2025",
        "1 Jul 2025",
        "Jul 2025",
    )


def test_which_name_was_meant() -> None:
    commands = ["assess", "asks", "explain", "league", "spc"]
    assert did_you_mean("asess", commands) == " Did you mean 'assess' or 'asks'?"
    assert did_you_mean("xyz", commands) == ""
    assert nearest("legue", commands, limit=1) == "league"


@pytest.mark.parametrize(
    ("rank", "of", "among", "printed", "said"),
    [
        (10, 84, "that miss the standard", 49, "10 of the 84 that miss the standard; printed in"
         " the file: 49"),
        (10, 84, "that miss the standard", 10.0, "10 of the 84 that miss the standard"),
        (10, 84, "that miss the standard", None, "10 of the 84 that miss the standard"),
        (12, 134, "", 13, "12 of 134; printed in the file: 13"),
        (3, None, "that are ranked", 3, "3"),
        (None, 84, "that miss the standard", 49, "–"),
    ],
)  # fmt: skip
def test_a_rank_says_of_whom_and_what_the_file_prints(
    rank: float | None, of: int | None, among: str, printed: float | None, said: str
) -> None:
    assert rank_words(rank, of, among, printed) == said
