"""A change in hospital bed days, by commissioner, by fifth and for England."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.model.errors import ActivityError
from remit.shift.decomposition.cells import FACTORS
from remit.shift.decomposition.decompose import Decomposition, decompose
from remit.shift.decomposition.findings import findings
from tests.shift.decomposition.frames import FIRST, LAST, QUARTERS, by_hand, cube, people, used

AGES = ("0-64", "65-79", "80+")


def effects_of(found: Decomposition) -> dict[str, dict[str, float]]:
    return {
        line.commissioner: {f: e for f, e in zip(FACTORS, line.effects, strict=True) if e}
        for line in found.lines
    }


def test_the_case_by_hand() -> None:
    found = decompose(*by_hand(), QUARTERS)
    assert {name: {f: round(e, 9) for f, e in each.items()} for name, each in
            effects_of(found).items()} == {
        "ZR1": {"hospital_share": -55.0, "length_of_stay": -45.0},
        "ZR2": {"population": 20.0},
        "England": {"population": 20.0, "hospital_share": -55.0, "length_of_stay": -45.0},
    }  # fmt: skip
    assert [line.change for line in found.lines] == [-100, 20, -80]


def test_another_mix_of_ages_is_told_from_more_people() -> None:
    """100 people of each age become 50 and 150: 1 bed day a head becomes 3 for the old alone."""
    rows = [
        (quarter, "ZR1", "hospital", age, 1, heads, heads * days)
        for quarter, young in ((FIRST, 100), (LAST, 50))
        for age, heads, days in (("0-64", young, 1), ("80+", 200 - young, 3))
    ]
    folk = [
        ("ZR1", quarter, age, 1, heads, 1000)
        for quarter, young in ((FIRST, 100), (LAST, 50))
        for age, heads in (("0-64", young), ("80+", 200 - young))
    ]
    found = decompose(cube(*rows), people(*folk), QUARTERS)
    assert effects_of(found)["ZR1"] == {"age_mix": 100.0}


def test_need_that_grows_is_need_and_not_rate() -> None:
    """ZR1's need rises from 1 to 1.2 and ZR2's falls to 0.8: England stays at 1."""
    rows = [*used(FIRST, "ZR1", 100, 100, 100), *used(LAST, "ZR1", 120, 120, 120),
            *used(FIRST, "ZR2", 100, 100, 100), *used(LAST, "ZR2", 80, 80, 80)]  # fmt: skip
    folk = [("ZR1", FIRST, "65+", 1, 100, 1000), ("ZR1", LAST, "65+", 1, 100, 1200),
            ("ZR2", FIRST, "65+", 1, 100, 1000), ("ZR2", LAST, "65+", 1, 100, 800)]  # fmt: skip
    found = decompose(cube(*rows), people(*folk), QUARTERS)
    assert effects_of(found) == {"ZR1": {"need": 20.0}, "ZR2": {"need": -20.0}, "England": {}}


def folk_with_need(need: int) -> pl.DataFrame:
    return people(("ZR1", FIRST, "65+", 1, 100, 1000), ("ZR1", LAST, "65+", 1, 100, need))


def test_a_need_on_another_scale_is_rebased_and_told() -> None:
    rows = cube(*used(FIRST, "ZR1", 100, 100, 100), *used(LAST, "ZR1", 150, 150, 150))
    found = decompose(rows, folk_with_need(1500), QUARTERS)
    assert effects_of(found)["England"] == {"rate": 50.0}
    assert any("its mean in 2024/25 Q1 was 1.5, not 1" in said for said in findings(found))
    as_given = decompose(rows, folk_with_need(1500), QUARTERS, need="as-given")
    assert effects_of(as_given)["England"] == {"need": 50.0}
    with pytest.raises(ActivityError, match=r"mean need of 2024/25 Q1 is 1\.5, not 1"):
        decompose(rows, folk_with_need(1500), QUARTERS, need="refuse")


def test_a_rounded_need_is_not_rebased() -> None:
    """One in two thousand is what writing in thousandths may lose."""
    rows = cube(*used(FIRST, "ZR1", 100, 100, 100), *used(LAST, "ZR1", 150, 150, 150))
    folk = people(
        ("ZR1", FIRST, "65+", 1, 100, 1000),
        ("ZR1", LAST, "65+", 1, 50, 1000),
        ("ZR1", LAST, "80+", 1, 50, 1001),
    )
    assert [scale.rebased for scale in decompose(rows, folk, QUARTERS).needs] == [False, False]


def test_nobody_with_need_is_refused() -> None:
    rows = cube(*used(FIRST, "ZR1", 1, 1, 1), *used(LAST, "ZR1", 1, 1, 1))
    with pytest.raises(ActivityError, match="no people with any need"):
        decompose(rows, folk_with_need(0), QUARTERS)


# Who is missing ----------------------------------------------------------------------------------


def without(table: pl.DataFrame, **what: object) -> pl.DataFrame:
    keep = pl.lit(value=True)
    for column, value in what.items():
        keep = keep & (pl.col(column) == value)
    return table.filter(~keep)


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ({"setting": "hospital"}, "no records of hospital in 2024/25 Q1"),
        ({}, "no records in 2024/25 Q1"),
    ],
)
def test_a_commissioner_without_records_is_named(what: dict[str, str], reason: str) -> None:
    rows, folk = by_hand()
    rows = without(rows, quarter=LAST, commissioner="ZR2", **what)
    with pytest.raises(ActivityError, match=f"1 commissioner cannot .*ZR2: {reason}"):
        decompose(rows, folk, QUARTERS)
    found = decompose(rows, folk, QUARTERS, leave_out=True)
    assert [line.commissioner for line in found.lines] == ["ZR1", "England"]
    assert found.england.change == -100
    assert any(f"Left out, and not in the sum: ZR2: {reason}." in said for said in findings(found))


def test_a_commissioner_without_people_is_named() -> None:
    rows, folk = by_hand()
    folk = without(folk, quarter=FIRST, commissioner="ZR1")
    with pytest.raises(ActivityError, match="ZR1: no people in 2023/24 Q1"):
        decompose(rows, folk, QUARTERS)


def test_nothing_left_is_refused() -> None:
    rows, folk = by_hand()
    with pytest.raises(ActivityError, match="nothing to decompose"):
        decompose(without(rows, quarter=LAST), folk, QUARTERS, leave_out=True)


def test_a_month_without_records_is_a_gap_where_the_others_have_many() -> None:
    rows, folk = by_hand()
    month = ["commissioner", "setting", "quarter", "month", "records"]
    many = [("ZR1", "hospital", LAST, 1, 30), ("ZR1", "hospital", LAST, 3, 31)]
    few = [("ZR2", "hospital", LAST, 1, 29), ("ZR2", "hospital", LAST, 2, 400)]
    months = pl.DataFrame([*many, *few], schema=month, orient="row")
    with pytest.raises(ActivityError, match="ZR1: no records of hospital in month 2 of 2024/25"):
        decompose(rows, folk, QUARTERS, months=months)
    found = decompose(rows, folk, QUARTERS, months=months, leave_out=True)
    assert [gap.commissioner for gap in found.left_out] == ["ZR1"]


def test_records_that_are_all_dated_in_one_month_have_no_gap() -> None:
    rows, folk = by_hand()
    month = ["commissioner", "setting", "quarter", "month", "records"]
    dated = [(who, "hospital", q, 2, 50) for who in ("ZR1", "ZR2") for q in QUARTERS]
    months = pl.DataFrame(dated, schema=month, orient="row")
    assert decompose(rows, folk, QUARTERS, months=months).england.change == -80


def test_activity_of_people_whom_nobody_counts_is_named_and_left_out_of_both_quarters() -> None:
    rows, folk = by_hand()
    strangers = cube((LAST, "ZR1", "hospital", "80+", 1, 7, 21))
    rows = pl.concat([rows, strangers])
    with pytest.raises(ActivityError, match=r"7 records with 21 hospital bed days .*ZR1, 80\+"):
        decompose(rows, folk, QUARTERS)
    found = decompose(rows, folk, QUARTERS, leave_out=True)
    assert found.england.change == -80
    assert any("1 cell with 7 records and 21 hospital bed days" in said for said in findings(found))


def test_age_bands_that_are_written_otherwise_are_shown() -> None:
    rows, folk = by_hand()
    other = rows.with_columns(age_band=pl.lit("65 and over"))
    with pytest.raises(ActivityError, match=r"the populations have the age bands 65\+"):
        decompose(other, folk, QUARTERS)


def test_no_bed_days_at_all_is_no_change() -> None:
    rows, folk = by_hand()
    found = decompose(rows.with_columns(bed_days=pl.lit(0)), folk, QUARTERS)
    assert (found.england.change, set(found.england.effects)) == (0, {0.0})
    assert next(findings(found)) == ("Hospital bed days stayed at 0, 2023/24 Q1 and 2024/25 Q1.")


def test_a_commissioner_called_england_is_refused() -> None:
    rows, folk = by_hand()
    renamed = rows.with_columns(commissioner=pl.lit("England"))
    with pytest.raises(ActivityError, match="that is the sum"):
        decompose(renamed, folk, QUARTERS)


# Properties --------------------------------------------------------------------------------------


@st.composite
def worlds(draw: st.DrawFn) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Two quarters of up to three commissioners, with cells that are empty in one or both."""
    rows, folk = [], []
    for who in ("ZR1", "ZR2", "ZR3")[: draw(st.integers(1, 3))]:
        for quarter in QUARTERS:
            # One cell is never empty, else the commissioner is missing.
            rows.append((quarter, who, "hospital", "0-64", 1, draw(st.integers(1, 9)), 5))
            folk.append((who, quarter, "0-64", 1, draw(st.integers(1, 999)), 900))
            for age in AGES[1:]:
                for fifth in (1, 5):
                    heads = draw(st.integers(0, 5000))
                    folk.append((who, quarter, age, fifth, heads, draw(st.integers(1, 3000))))
                    for setting in ("hospital", "community") if heads else ():
                        records = draw(st.integers(0, 400))
                        days = draw(st.integers(0, 4000)) if records else 0
                        rows.append((quarter, who, setting, age, fifth, records, days))
    return cube(*rows), people(*folk)


def near(one: Sequence[float], other: Sequence[float]) -> bool:
    gross = sum(map(abs, one)) + 1e-9
    return all(abs(a - b) <= 1e-12 * gross for a, b in zip(one, other, strict=True))


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_effects_sum_to_the_counted_change_and_england_to_its_commissioners(
    world: tuple[pl.DataFrame, pl.DataFrame],
) -> None:
    found = decompose(*world, QUARTERS)
    counted = world[0].filter(pl.col("setting") == "hospital").group_by("quarter").agg(
        pl.col("bed_days").sum()
    )  # fmt: skip
    days = dict(counted.iter_rows())
    assert found.england.change == days[LAST] - days[FIRST]
    for line in (*found.lines, *found.by_fifth):
        gross = sum(map(abs, line.effects))
        assert abs(sum(line.effects) - line.change) <= 1e-12 * gross
    for k in range(len(FACTORS)):
        parts = [line.effects[k] for line in found.commissioners]
        scale = sum(map(abs, found.england.effects)) + sum(map(abs, parts))
        assert abs(sum(parts) - found.england.effects[k]) <= 1e-12 * scale
    for line in found.lines:
        fifths = [one for one in found.by_fifth if one.commissioner == line.commissioner]
        assert sum(one.change for one in fifths) == line.change
        for k in range(len(FACTORS)):
            parts = [one.effects[k] for one in fifths]
            scale = sum(abs(effect) for one in fifths for effect in one.effects)
            assert abs(sum(parts) - line.effects[k]) <= 1e-12 * scale


@settings(max_examples=15, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_of_quarters_matters(
    world: tuple[pl.DataFrame, pl.DataFrame], random: object
) -> None:
    usual = decompose(*world, QUARTERS)
    seed = random.randint(0, 99)  # type: ignore[attr-defined]
    mixed = tuple(table.sample(fraction=1, shuffle=True, seed=seed) for table in world)
    assert decompose(mixed[0], mixed[1], QUARTERS).lines == usual.lines
    back = decompose(*world, (LAST, FIRST))
    for one, other in zip(usual.lines, back.lines, strict=True):
        assert near(one.effects, [-effect for effect in other.effects])


@settings(max_examples=15, deadline=None)
@given(worlds(), st.integers(2, 7))
def test_the_need_of_one_head_is_a_matter_of_scale(
    world: tuple[pl.DataFrame, pl.DataFrame], times: int
) -> None:
    """All needs times a number: rebased, nothing changes."""
    usual = decompose(*world, QUARTERS)
    scaled = world[1].with_columns(pl.col("need_thousandths") * times)
    found = decompose(world[0], scaled, QUARTERS)
    if all(scale.rebased for scale in (*usual.needs, *found.needs)):
        assert effects_of(found) == effects_of(usual)
