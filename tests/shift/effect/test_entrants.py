"""Whether early and late entrants give one answer, and all reasons that hold once there is none."""

from __future__ import annotations

from datetime import date
from math import exp, log

import numpy as np
import polars as pl
import pytest

from remit.shift.effect.entrants import NAME
from remit.shift.effect.estimate import ByEntry, Matched
from remit.shift.effect.gates import GateFigure, all_that_hold
from remit.shift.effect.result import Effect, measure_effect
from remit.shift.effect.strata import STRATUM, SUMS
from tests.shift.effect.own_worlds import SERVICE, START, InMemory, World, records

LATE = date(2024, 10, 1)
"""From here on entry is in the third quarter or the fourth."""


@pytest.fixture(scope="module")
def by_lot() -> pl.DataFrame:
    return records(World("random", patients=8_000, practices=40), 20)


def asked(frame: pl.DataFrame) -> Effect:
    return measure_effect(InMemory(frame), SERVICE, START)


def of_late_entrants(frame: pl.DataFrame) -> pl.Expr:
    """Which hospital records are of people who enter late."""
    entered = frame.filter(service=SERVICE).group_by("patient").agg(pl.col("date").min())
    late = entered.filter(pl.col("date") >= LATE)["patient"]
    return pl.col("patient").is_in(late.implode()) & (pl.col("setting") == "hospital")


def seen(found: Effect) -> list[GateFigure]:
    return [one for one in found.gates if one.gate == NAME]


def test_by_lot_each_quarter_gives_one_answer(by_lot: pl.DataFrame) -> None:
    found = asked(by_lot)
    assert found.refused == ()
    answer, year = seen(found)
    assert answer.chance is not None
    assert answer.chance > 0.01
    assert year.figure == pytest.approx(1, abs=0.2)


def test_a_year_of_choice_that_is_the_year_compared_with_is_no_answer(by_lot: pl.DataFrame) -> None:
    """Only late entrants have that year before the one in which they are alike."""
    chosen = of_late_entrants(by_lot)
    year = pl.col("date").is_between(date(2023, 4, 1), date(2023, 9, 30))
    found = asked(pl.concat([by_lot, *[by_lot.filter(chosen & year)] * 2]))
    _, gate = seen(found)
    assert gate.closed
    assert gate.figure is not None
    assert gate.figure > gate.limit > 1
    reason = next(one.reason for one in found.refused if "two years before the start" in one.reason)
    assert "hospital bed days" in reason
    assert "not the service alone" in reason


def test_a_service_that_seems_to_help_late_entrants_alone_is_no_answer(
    by_lot: pl.DataFrame,
) -> None:
    after = of_late_entrants(by_lot) & (pl.col("date") >= date(2025, 1, 1))
    found = asked(by_lot.filter(~(after & (pl.int_range(pl.len()) % 4 > 0))))
    gate, year = seen(found)
    assert gate.closed
    assert not year.closed
    assert gate.figure is not None
    assert gate.figure < gate.limit < 1
    assert "first quarter" in next(one.reason for one in found.refused if one.gate == NAME)


def two_quarters() -> Matched:
    """Two quarters of entry in two practices; in each one person with the service, two without."""
    zero = dict.fromkeys((*STRATUM, *SUMS), 0)
    rows = [
        zero | {"look": look, "cluster_code": code, "arm": arm, "people": 2 - arm, "later": later}
        for look, code, arm, later in (
            (0, 1, 1, 4), (0, 1, 0, 6), (0, 2, 1, 2), (0, 2, 0, 6),
            (1, 1, 1, 2), (1, 1, 0, 4), (1, 2, 1, 7), (1, 2, 0, 8),
        )
    ]  # fmt: skip
    return Matched(pl.DataFrame(rows), 2)


def test_two_quarters_as_on_paper() -> None:
    found = two_quarters().by_entry(["later"])
    # 6 days against 12 of twice as many people, and 9 against 12.
    assert np.exp(found.values) == pytest.approx([6 / 6, 9 / 6], abs=1e-12)
    # Of the days of a quarter each side has its share in each practice, and there are as many
    # people: so a practice adds the share of those with the service less that of the others. It
    # has half of those with the service, and counts as if it were left out.
    first = np.array([4 / 6 - 6 / 12, 2 / 6 - 6 / 12]) / (1 - 1 / 2)
    second = np.array([2 / 9 - 4 / 12, 7 / 9 - 8 / 12]) / (1 - 1 / 2)
    both = np.column_stack([first, second])
    assert found.spread == pytest.approx((1 - 1 / 2) * both.T @ both, abs=1e-12)
    assert found.freedom == 1


def test_one_quarter_by_itself_is_the_whole() -> None:
    whole = two_quarters()
    part = Matched(whole.cells.filter(pl.col("look") == 0).drop("stratum"), 2)
    one, same = part.by_entry(["later"]), part.contrast(["later"])
    assert one.values[0] == pytest.approx(same.value, abs=1e-12)
    assert one.spread[0, 0] == pytest.approx(same.error**2, abs=1e-12)
    assert one.heterogeneity() == 1
    assert not one.trend().is_known


def test_a_line_and_a_q_by_a_known_spread() -> None:
    looks = np.arange(3)
    found = ByEntry(looks, np.log([1.0, 0.8, 0.64]), np.eye(3) * 0.01, 10**6)
    line = found.trend()
    assert line.value == pytest.approx(2 * log(0.8), abs=1e-9)
    assert line.error == pytest.approx(2 * 0.1 / 2**0.5, abs=1e-9)
    # Q is the sum of squares about the mean, 2 × (log 0.8 / 0.1)², of two degrees of freedom.
    assert found.heterogeneity() == pytest.approx(exp(-((log(0.8) / 0.1) ** 2)), rel=1e-4)
    same = ByEntry(looks, np.zeros(3), np.eye(3) * 0.01, 99)
    assert same.heterogeneity() == pytest.approx(1)


def gate(chance: float | None, level: float = 0.001, reason: str = "so") -> GateFigure:
    return GateFigure("one", "what", 2.0, 1.5, reason, chance, level)


def test_once_there_is_no_answer_other_reasons_are_held_to_a_share_of_false_ones() -> None:
    held = [gate(0.0002), gate(0.02), gate(0.04), gate(0.2, reason="")]
    # Of four tests the third of three has 0.04 > 3/4 × 0.05, the second 0.02 <= 2/4 × 0.05.
    assert [one.closed for one in all_that_hold(held)] == [True, True, False, False]
    # What was counted and not tested is sure.
    assert [one.closed for one in all_that_hold([gate(None), gate(0.02)])] == [True, True]


def test_where_there_is_an_answer_nothing_is_said_beside_it() -> None:
    held = [gate(0.002), gate(0.02)]
    assert [one.closed for one in all_that_hold(held)] == [False, False]
    assert not any(one.closed for one in all_that_hold([gate(0.0002, reason="")]))


def test_the_surest_reason_comes_first(by_lot: pl.DataFrame) -> None:
    early = (pl.col("setting") == "hospital") & (pl.col("date") < date(2023, 4, 1))
    mine = by_lot.filter(service=SERVICE)["patient"].unique().implode()
    more = by_lot.filter(early & pl.col("patient").is_in(mine))
    found = asked(pl.concat([by_lot, more, more]))
    chances = [one.chance or 0.0 for one in found.refused]
    assert len(chances) > 1
    assert chances == sorted(chances)
