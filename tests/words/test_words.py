from __future__ import annotations

import pytest

from remit.model.organisation import TrustKind
from remit.words.figures import number_words, rank_words, signed_words
from remit.words.names import kind_words, short_icb_name
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
