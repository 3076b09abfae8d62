"""Twelve patients worked out on paper, the same point by a library, and what must not matter."""

from __future__ import annotations

from datetime import date
from math import exp, sqrt

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm

from remit.shift.effect.asked import load_effect_rules
from remit.shift.effect.estimate import Matched
from remit.shift.effect.result import Effect, measure_effect
from remit.shift.effect.strata import STRATUM, SUMS
from tests.shift.effect.own_worlds import SERVICE, START, InMemory, World, records

# In each practice one with the service and three without: bed days in the year before the matched
# one, and in the year after entry. All had two bed days in the last quarter before.
PRACTICES = {
    "P1": ((4, 2), (3, 3), (4, 3), (5, 6)),
    "P2": ((5, 3), (4, 2), (4, 4), (4, 6)),
    "P3": ((3, 1), (2, 4), (4, 4), (6, 4)),
}


def twelve() -> pl.DataFrame:
    rows = []
    for practice, people in PRACTICES.items():
        for number, (earlier, later) in enumerate(people):
            who = f"{practice}-{number}"
            for day, setting, service, beds in (
                (date(2022, 4, 1), "primary", "gp", 0),
                (date(2022, 11, 5), "hospital", "acute", earlier),
                (date(2024, 2, 10), "hospital", "acute", 2),
                (date(2024, 3, 15), "primary", "gp", 0),
                (date(2025, 3, 1), "hospital", "acute", later),
                (date(2025, 6, 30), "primary", "gp", 0),
            ):
                rows.append((who, day, practice, setting, service, beds))
            if number == 0:
                rows.append((who, date(2024, 5, 1), practice, "community", SERVICE, 0))
    names = ["patient", "date", "cluster", "setting", "service", "bed_days"]
    return pl.DataFrame(rows, schema=names, orient="row").with_columns(
        provider=pl.lit("ZR1"),
        commissioner=pl.lit("ZQ1"),
        pod=pl.lit("x"),
        quantity=pl.lit(1, pl.Int64),
        cost_pence=pl.col("bed_days") * 100,
        age_band=pl.lit("65-74"),
        deprivation_fifth=pl.lit(1, pl.Int64),
        need_thousandths=pl.lit(1000, pl.Int64),
    )


def asked(frame: pl.DataFrame, least_clusters: int = 3, outcome: str = "bed_days") -> Effect:
    rules = load_effect_rules().model_copy(update={"least_clusters": least_clusters})
    return measure_effect(InMemory(frame), SERVICE, START, rules=rules, outcome=outcome)


def test_twelve_patients_as_on_paper() -> None:
    found = asked(twelve())
    # With the service 6 days after 12; nine others 36 after 36, as three people 12 after 12.
    assert found.refused == ()
    assert found.ratio is not None
    assert found.ratio.ratio == pytest.approx(0.5, abs=1e-12)
    # Of later, days and earlier those with the service have 2/6 - 1/3 - 4/12, 3/6 - 1/3 - 5/12 and
    # 1/6 - 1/3 - 3/12; people alike -1/3 on average, in each practice. So P1 adds nothing, P2 1/12
    # and P3 -1/12; each has a third of those with the service, and counts as if it were left out.
    added = np.array([0, 1 / 12, -1 / 12]) / (1 - 1 / 3)
    error = sqrt(2 / 3 * (added**2).sum())
    assert found.ratio.error == pytest.approx(error, abs=1e-12)
    # Student's t with two degrees of freedom, from a printed table.
    low, high = found.ratio.interval
    assert low == pytest.approx(0.5 * exp(-4.302653 * error), abs=1e-6)
    assert high == pytest.approx(0.5 * exp(4.302653 * error), abs=1e-6)
    assert (found.treated, found.kept, found.controls, found.clusters) == (3, 3, 9, 3)
    assert found.placebo is not None
    assert found.placebo.ratio == pytest.approx(1, abs=1e-12)


def test_cost_is_as_the_days_at_a_fixed_price() -> None:
    days, cost = asked(twelve()), asked(twelve(), outcome="cost_pence")
    assert days.ratio is not None
    assert cost.ratio is not None
    assert cost.ratio.value == pytest.approx(days.ratio.value, abs=1e-12)


def test_fewer_clusters_than_declared_are_refused() -> None:
    found = asked(twelve(), least_clusters=4)
    assert [one.gate for one in found.refused] == ["clusters"]
    assert found.refused[0].figure == 3
    assert found.ratio is None


def test_one_without_the_service_is_too_few_for_a_stratum() -> None:
    alone = twelve().filter(
        ~pl.col("patient").is_in([f"P{k}-{n}" for k in (1, 2, 3) for n in (2, 3)])
    )
    assert asked(alone).kept == 3
    one = alone.filter(~pl.col("patient").is_in(["P2-1", "P3-1"]))
    found = asked(one)
    assert (found.kept, found.dropped) == (0, 3)
    assert "overlap" in [gate.gate for gate in found.refused]


def cells() -> pl.DataFrame:
    rng = np.random.default_rng(7)
    rows = [
        (*[stratum if one == "area" else 0 for one in STRATUM], cluster, arm)
        for stratum in range(6)
        for cluster in range(12)
        for arm in (0, 1)
    ]
    frame = pl.DataFrame(rows, schema=[*STRATUM, "cluster_code", "arm"], orient="row")
    sums = {one: rng.integers(5, 60, len(frame)) for one in SUMS}
    return frame.with_columns(**{one: pl.Series(values) for one, values in sums.items()})


def test_the_point_is_that_of_a_poisson_regression() -> None:
    table = cells()
    found = Matched(table, 2).contrast(["later"], ["days", "earlier"])
    arm = pl.col("arm") == 1
    sizes = table.group_by("area").agg(
        (pl.col("people").filter(arm).sum() / pl.col("people").filter(~arm).sum()).alias("weight")
    )
    weighted = table.join(sizes, on="area").with_columns(
        weight=pl.when(arm).then(1.0).otherwise("weight")
    )
    weights = np.tile(weighted["weight"].to_numpy(), 2)
    treated = np.tile(weighted["arm"].to_numpy(), 2)
    after = np.repeat([1, 0], len(weighted))
    use = np.concatenate([weighted["later"].to_numpy(), weighted["earlier"].to_numpy()])
    per = np.concatenate([weighted["days"].to_numpy(), weighted["people"].to_numpy()])
    design = np.column_stack([np.ones(len(use)), treated, after, treated * after])
    model = sm.GLM(
        use, design, family=sm.families.Poisson(), offset=np.log(per), var_weights=weights
    )
    assert found.value == pytest.approx(model.fit(tol=1e-14).params[3], abs=1e-9)


@pytest.fixture(scope="module")
def world() -> pl.DataFrame:
    return records(World("rtm", 0.8, patients=3_000, practices=20), 3)


def shown(found: Effect) -> tuple[object, ...]:
    return (found.ratio, found.placebo, found.treated, found.kept, found.controls, found.refused)


def test_neither_the_order_of_rows_nor_the_names_of_people_matter(world: pl.DataFrame) -> None:
    found = asked(world)
    assert shown(asked(world.sample(fraction=1, shuffle=True, seed=5))) == shown(found)
    people = world["patient"].unique().sort()
    names = people.sample(fraction=1, shuffle=True, seed=6)
    other = world.with_columns(
        patient=pl.col("patient").replace_strict(people, names).cast(pl.String) + "x"
    )
    assert shown(asked(other)) == shown(found)


def practices(use: dict[int, tuple[int, int, int]]) -> Matched:
    """One stratum: practice → people with the service, earlier and later use of two without."""
    zero = dict.fromkeys((*STRATUM, *SUMS), 0)
    rows = []
    for code, (served, earlier, later) in use.items():
        mine = {"cluster_code": code, "days": 2, "earlier": earlier, "later": later}
        rows.append(zero | mine | {"arm": 0, "people": 2})
        if served:
            rows.append(zero | mine | {"arm": 1, "people": served})
    return Matched(pl.DataFrame(rows), 2)


def test_a_trend_of_practices_is_seen_in_those_without_the_service() -> None:
    # P1 refers two and P2 none; without the service use falls from 10 to 6 in P1 and stays at 10
    # in P2. Those of P1 count 1 each, of P2 0, usually 1/2. Beside 1/2 of all (16 later, 20
    # earlier, 4 days): P1 has (6 - 8)/16, P2 (10 - 8)/16 of the opposite sign; the rest is even.
    found = practices({1: (2, 10, 6), 2: (0, 10, 10)}).swayed(["later"], ["days", "earlier"])
    assert found.value == pytest.approx(-2 / 16 - 2 / 16, abs=1e-12)
    # Where both refer alike there is nothing that could sway.
    same = practices({1: (2, 10, 6), 2: (2, 10, 10)}).swayed(["later"], ["days", "earlier"])
    assert same.value == pytest.approx(0, abs=1e-12)
    assert not same.is_known


def test_a_practice_that_has_all_with_the_service_tells_no_uncertainty() -> None:
    found = practices({1: (2, 10, 6), 2: (0, 10, 10)}).contrast(["later"], ["earlier"])
    assert not found.is_known
