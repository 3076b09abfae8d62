"""How people came to the service, how strong something unseen must be, and files that begin."""

from __future__ import annotations

from datetime import date, timedelta
from math import log, sqrt

import polars as pl
import pytest
from scipy.stats import binom

from remit.shift.effect.design import SAID, design_of, e_value, near_end, strength
from remit.shift.effect.estimate import Contrast
from remit.shift.effect.result import Effect, measure_effect
from remit.shift.effect.strata import CELL, SUMS
from remit.shift.effect.words import caution
from remit.shift.effect.writing import effect_json
from tests.shift.effect.own_worlds import SERVICE, START, InMemory, World, records
from tests.shift.effect.test_effect_by_hand import asked as asked_by_hand
from tests.shift.effect.test_effect_by_hand import twelve


def asked(frame: pl.DataFrame) -> Effect:
    return measure_effect(InMemory(frame), SERVICE, START)


def of(kind: str, seed: int = 20) -> pl.DataFrame:
    return records(World(kind, patients=8_000, practices=40), seed)


def test_by_lot_use_predicts_entry_as_seldom_as_is_said() -> None:
    """As many as one set of five draws in a thousand has."""
    kinds = [asked(of("random", seed)).design.kind for seed in range(20, 25)]
    assert kinds.count("as if by lot") >= 5 - int(binom.isf(0.001, 5, 0.05))
    assert "by practice" not in kinds


@pytest.mark.parametrize(
    ("world", "kind"), [("rollout", "by practice"), ("frail", "chosen by use")]
)
def test_how_people_came_to_the_service_is_said(world: str, kind: str) -> None:
    found = asked(of(world))
    assert found.design.kind == kind
    assert effect_json(found)["design"]["says"] == SAID[found.design.kind]
    assert found.ratio is None or caution(found).startswith(SAID[found.design.kind])


def test_the_strength_of_something_unseen_is_that_of_the_paper() -> None:
    """VanderWeele and Ding's own example: 3.9 (95% from 1.8 to 8.7) has 7.26, and 3.0."""
    assert e_value(3.9) == pytest.approx(7.26, abs=0.01)
    assert e_value(1.8) == pytest.approx(3.0, abs=1e-12)
    assert e_value(1 / 1.8) == pytest.approx(3.0, abs=1e-12)
    assert e_value(1.0) == 1


def test_the_near_end_is_the_one_nearer_to_one() -> None:
    wide = 1.959964
    less = Contrast(log(0.8), log(0.9 / 0.8) / wide, 10**9)
    assert near_end(less) == pytest.approx(0.9, abs=1e-6)
    more = Contrast(log(1.25), log(1.25 / 1.1) / wide, 10**9)
    assert near_end(more) == pytest.approx(1.1, abs=1e-6)
    none = Contrast(log(0.9), 1.0, 10**9)
    assert near_end(none) == 1
    assert "nothing" in strength(none)
    assert "1.8 times as likely" in strength(less)
    assert "1.5 times (E-values)" in strength(less)


def test_of_twelve_patients_as_on_paper() -> None:
    told = effect_json(asked_by_hand(twelve()))
    assert told["ratio"] == 0.5
    assert told["e_value"]["ratio"] == pytest.approx(2 + sqrt(2), abs=1e-6)
    assert told["design"]["practices_without"] == 0


def test_where_nobody_or_everybody_enters_nothing_is_told() -> None:
    cells = pl.DataFrame(
        {one: [0] * 2 if one != "people" else [5] * 2 for one in {*CELL, *SUMS}}
    )  # fmt: skip
    rules = asked_by_hand(twelve()).asked
    assert design_of(cells, rules).kind == "not told"
    assert design_of(cells.with_columns(arm=1), rules).kind == "not told"
    # Somebody in one practice and nobody in the other; and nobody alike where there is somebody.
    apart = cells.with_columns(arm=pl.Series([1, 0]), cluster_code=pl.Series([1, 2]))
    assert design_of(apart.with_columns(people=10), rules).without == 0.5
    # No use in either year.
    assert design_of(apart.with_columns(cluster_code=1), rules).kind == "not told"


def first_seen(frame: pl.DataFrame, share: float, weeks: int = 6) -> pl.DataFrame:
    """The same records, the service's from the first weeks on for a share of those who enter."""
    people = frame.filter(service=SERVICE)["patient"].unique().sort()
    moved = people[: int(len(people) * share)].implode()
    own = (pl.col("service") == SERVICE) & pl.col("patient").is_in(moved)
    spread = pl.col("patient").hash(1) % (7 * weeks)
    day = pl.lit(START) + pl.duration(days=spread)
    return frame.with_columns(date=pl.when(own).then(day).otherwise("date"))


def test_a_file_that_begins_is_no_service_that_begins() -> None:
    frame = of("random")
    assert "first weeks" not in [one.gate for one in asked(frame).refused]
    found = asked(first_seen(frame, 0.6))
    (gate,) = (one for one in found.gates if one.gate == "first weeks")
    assert gate.closed
    assert "the file begins" in gate.reason
    people = first_seen(frame, 0.6).filter(service=SERVICE).group_by("patient").agg(pl.min("date"))
    first, following = (
        people.filter(pl.col("date").is_between(day, day + timedelta(days=41))).height
        for day in (date(2024, 4, 1), date(2024, 5, 13))
    )
    assert gate.figure == pytest.approx(first / following, abs=1e-12)


def test_it_is_the_service_that_began_before_where_one_record_says_so() -> None:
    frame = first_seen(of("random"), 0.6)
    one = frame.filter(service=SERVICE).head(1).with_columns(
        patient=pl.lit(-1, dtype=frame.schema["patient"]), date=date(2024, 3, 1)
    )  # fmt: skip
    assert "first weeks" not in [one.gate for one in asked(pl.concat([frame, one])).refused]
