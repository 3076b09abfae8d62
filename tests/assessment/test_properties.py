"""What must hold for any figures."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import remit
from remit.model.organisation import TrustKind
from remit.register import load_register

from .figures_by_hand import frame, framework

CODES = [o.code for o in load_register().trusts(on=date(2025, 6, 30), kind=TrustKind.ACUTE)][:40]
FRAMEWORK = framework()
values = st.lists(st.floats(0, 100).map(lambda x: round(x, 2)), min_size=1, max_size=len(CODES))


def scores(of: list[float]) -> list[float]:
    figures = frame({"OF0023": dict(zip(CODES, of, strict=False))})
    result = remit.assess(figures, FRAMEWORK, "2025/26 Q1", mode="recomputed")
    by_code = dict(result.metric_scores.select("org_code", "score").iter_rows())
    return [by_code[code] for code, _ in zip(CODES, of, strict=False)]


@settings(max_examples=40, deadline=None)
@given(values)
def test_scores_lie_between_1_and_4_and_follow_the_values(of: list[float]) -> None:
    found = scores(of)
    assert all(1 <= score <= 4 for score in found)
    for value, score in zip(of, found, strict=True):
        # Competition rank by definition: one more than the number of better values.
        better = sum(other > value for other in of)
        assert score == pytest.approx(1 + 3 * better / max(len(of) - 1, 1))


@settings(max_examples=25, deadline=None)
@given(values, st.floats(0.1, 0.9), st.floats(0, 10))
def test_a_change_of_scale_changes_no_score(of: list[float], by: float, plus: float) -> None:
    moved = [value * by + plus for value in of]
    same_ties = len(set(moved)) == len(set(of))
    if same_ties:
        assert scores(moved) == scores(of)


@settings(max_examples=20, deadline=None)
@given(st.permutations(list(range(12))))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    figures = frame({"OF0023": dict(zip(CODES, range(12), strict=False))})
    shuffled = figures[order]
    one = remit.assess(figures, FRAMEWORK, "2025/26 Q1", mode="recomputed")
    two = remit.assess(shuffled, FRAMEWORK, "2025/26 Q1", mode="recomputed")
    assert one.standing.equals(two.standing)
    assert one.metric_scores.drop("value_line").equals(two.metric_scores.drop("value_line"))
