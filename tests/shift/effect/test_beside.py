"""What else records say of people before entry: each sign is seen where it is planted."""

from __future__ import annotations

import polars as pl
import pytest

from remit.shift.effect.asked import load_effect_rules
from remit.shift.effect.result import measure_effect
from tests.shift.effect.own_worlds import SERVICE, START, InMemory
from tests.shift.effect.test_apart import (
    HOSPITAL,
    OUTSIDE,
    again,
    asked,
    figures,
    longer,
    of,
    seen,
    shut,
)

SIGNS = {
    "cost of a stay before entry", "kinds of stay before entry", "need before entry",
    "contacts before entry", "deprivation before entry", "quantity before entry",
    "length of stay of the others",
}  # fmt: skip
BEFORE = (pl.col("entry") - pl.col("date")).dt.total_days()
YEAR = (BEFORE > 0) & (BEFORE < 400)
EARLIER = BEFORE > 400


@pytest.fixture(scope="module")
def by_lot() -> pl.DataFrame:
    return of("random")


@pytest.fixture(scope="module")
def rolled_out() -> pl.DataFrame:
    return of("rollout")


def where(when: pl.Expr, column: str, then: pl.Expr | str) -> pl.Expr:
    value = pl.lit(then) if isinstance(then, str) else then
    return pl.when(when.fill_null(False)).then(value).otherwise(column).alias(column)


def test_by_lot_and_by_practice_no_sign_closes(
    by_lot: pl.DataFrame, rolled_out: pl.DataFrame
) -> None:
    for frame in (by_lot, rolled_out):
        gates = asked(frame.drop("entry")).gates
        assert {one.gate for one in gates} >= SIGNS
        assert not [one.gate for one in gates if one.closed and one.gate in SIGNS]


@pytest.mark.parametrize(("when", "up"), [(YEAR, True), (EARLIER, False)], ids=("year", "earlier"))
def test_each_is_seen_in_either_year(by_lot: pl.DataFrame, when: pl.Expr, up: bool) -> None:
    emergencies = HOSPITAL & (pl.col("date").dt.day() % 2 == 0)
    planted = {
        "cost of a stay before entry": by_lot.with_columns(
            where(when & HOSPITAL, "cost_pence", pl.col("cost_pence") * 2)
        ),
        "kinds of stay before entry": by_lot.with_columns(
            where(when & emergencies, "pod", "elective")
        ),
        "need before entry": by_lot.with_columns(
            where(when, "need_thousandths", pl.col("need_thousandths") + 500)
        ),
        "deprivation before entry": by_lot.with_columns(
            where(when, "deprivation_fifth", pl.lit(5, pl.Int64))
        ),
        "quantity before entry": by_lot.with_columns(
            where(when & OUTSIDE, "quantity", pl.col("quantity") * 2)
        ),
        "contacts before entry": again(by_lot, (when & OUTSIDE).fill_null(False), 3),
    }
    for name, frame in planted.items():
        (limit,) = shut(frame, name)
        assert (limit > 1) is up, name


def test_clinics_of_a_hospital_are_told_from_stays(by_lot: pl.DataFrame) -> None:
    visits = pl.concat([
        by_lot,
        by_lot.filter(HOSPITAL).with_columns(pl.lit(0, pl.Int64).alias("bed_days")),
    ])  # fmt: skip
    name = "contacts before entry"
    assert shut(visits, name) == []
    more = again(visits, (YEAR & HOSPITAL & (pl.col("bed_days") == 0)).fill_null(False), 3)
    assert shut(more, name) == [1.25]
    (closed,) = [one for one in seen(more, name) if one.closed]
    assert "outpatients" in closed.reason


def test_what_differs_in_both_years_alike_is_forgiven(by_lot: pl.DataFrame) -> None:
    mine = pl.col("entry").is_not_null()
    frame = by_lot.with_columns(
        where(mine & HOSPITAL, "cost_pence", pl.col("cost_pence") * 3),
        where(mine, "need_thousandths", pl.col("need_thousandths") * 2),
    )
    for name in ("cost of a stay before entry", "need before entry"):
        assert figures(frame, name) == pytest.approx(figures(by_lot, name), abs=1e-9)
        assert shut(frame, name) == []


def test_a_need_weight_that_is_blank_is_no_need_of_nothing(by_lot: pl.DataFrame) -> None:
    blank = (pl.col("date").dt.day() % 3 == 0) & pl.col("entry").is_not_null()
    nothing = pl.lit(None, pl.Int64)
    frame = by_lot.with_columns(where(blank, "need_thousandths", nothing))
    assert figures(frame, name := "need before entry") == [pytest.approx(1.0)] * 2
    frame = by_lot.with_columns(pl.lit(None, pl.Int64).alias("need_thousandths"))
    assert figures(frame, name) == []
    assert shut(frame, name) == []


def test_stays_of_others_that_grow_longer_where_the_service_is_are_seen(
    rolled_out: pl.DataFrame,
) -> None:
    served = rolled_out.filter(service=SERVICE)["cluster"].unique().implode()
    others = pl.col("cluster").is_in(served) & pl.col("entry").is_null()
    late = others & (pl.col("date") >= START)
    assert shut(longer(rolled_out, late, 2), "length of stay of the others") == [1.1]
    assert shut(longer(rolled_out, others, 2), "length of stay of the others") == []


def test_where_cost_is_compared_the_days_of_a_stay_are_looked_at(by_lot: pl.DataFrame) -> None:
    frame = longer(by_lot, YEAR.fill_null(False), 2).drop("entry")
    found = measure_effect(InMemory(frame), SERVICE, START, outcome="cost_pence")
    closed = {one.gate for one in found.gates if one.closed}
    assert "bed days of a stay before entry" in closed


def test_of_very_many_people_it_is_not_counted_and_that_is_said(by_lot: pl.DataFrame) -> None:
    rules = load_effect_rules().model_copy(update={"looks_for_people": 100})
    found = measure_effect(InMemory(by_lot.drop("entry")), SERVICE, START, rules=rules)
    told = {one.gate for one in found.gates}
    assert told & SIGNS == {"length of stay of the others"}
    assert any("was not looked at" in one for one in found.notes)
    assert seen(by_lot, "need before entry")
    assert not [one for one in asked(by_lot.drop("entry")).notes if "not looked at" in one]
