"""The worlds that were not asked yet are what they say, and their truth is there."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from remit.shift.records.columns import RECORD_COLUMNS, SETTINGS
from tests.shift.test_worlds import WIDER, Drawing, naive
from tests.shift.worlds import (
    NONE,
    OTHER_SERVICE,
    OUTSIDERS,
    PLANTED,
    SERVICE,
    STRANGERS,
    UNASKED,
    WORLDS,
    made,
)
from tests.shift.worlds.blind import BLIND

START = date(2024, 4, 1)


@pytest.fixture(scope="module", params=UNASKED.values(), ids=list(UNASKED))
def drawing(request: pytest.FixtureRequest) -> Drawing:
    return Drawing.of(request.param, 1)


def records_of(name: str) -> pl.DataFrame:
    return made(UNASKED[name], NONE, False, 1)


def spells_of(records: pl.DataFrame) -> pl.DataFrame:
    return records.filter(setting="hospital")


def entered(records: pl.DataFrame) -> pl.DataFrame:
    return records.filter(service=SERVICE).group_by("patient").agg(entry=pl.min("date"))


def test_each_has_a_name_of_its_own_and_what_is_right() -> None:
    assert len(BLIND) == len(STRANGERS) == len(OUTSIDERS) == 12
    assert len(UNASKED) == 36
    assert not set(UNASKED) & set(WORLDS)
    for world in UNASKED.values():
        words = len(world.because)
        assert words == 0 if world.right == "must answer" else 2 <= words <= 5, world.name


def test_the_truth_is_the_planted_ratio(drawing: Drawing) -> None:
    """For spells and bed days, within four errors of chance."""
    none, planted = drawing.use(NONE), drawing.use(PLANTED)
    squares = none.select(pl.all() ** 2).sum().row(0)
    for found, given, square in zip(planted.sum().row(0), none.sum().row(0), squares, strict=True):
        chance = (PLANTED * (1 - PLANTED) * square) ** 0.5 / given
        assert found / given == pytest.approx(PLANTED, abs=4 * chance)
        assert 4 * chance < NONE - PLANTED


def test_what_is_planted_strikes_spells_of_the_treated_alone(drawing: Drawing) -> None:
    coded = drawing.coded
    gone = coded.only(coded.fate >= PLANTED).frame()
    assert len(coded.frame(PLANTED)) + len(gone) == len(drawing.frame)
    assert gone["setting"].unique().to_list() == ["hospital"]
    assert set(gone["patient"]) <= set(entered(drawing.frame)["patient"])
    assert (len(drawing.later(gone)) < len(gone)) == (drawing.world.name in WIDER)


def test_records_keep_the_contract(drawing: Drawing) -> None:
    records = drawing.frame
    assert records.columns == list(RECORD_COLUMNS)
    assert sum(records.null_count().row(0)) == 0
    assert set(records["setting"]) <= set(SETTINGS)
    assert records["quantity"].min() == 1
    assert records["bed_days"].min() == 0
    assert date(2022, 4, 1) <= min(records["date"])
    assert max(records["date"]) < date(2026, 4, 1)
    first = entered(records)["entry"]
    assert min(first) >= START
    assert max(first) < date(2025, 4, 1)


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [
        ("birthdays and new fifths", 0.9, 1.1),
        ("hospitals under attack", 0.9, 1.1),
        ("sheltered flats", 0.5, 0.9),
        ("gave up drink", 0.4, 0.85),
        ("a place in a home", 0.5, 0.9),
        ("slower each time", 1.1, 1.6),
        ("specialist centre", 0.5, 0.85),
        ("ambulances treat at home", 0.7, 0.95),
        ("beds counted on", 0.7, 0.95),
    ],
)
def test_a_year_on_year_comparison_is_right_by_lot_and_wrong_elsewhere(
    name: str, lowest: float, highest: float
) -> None:
    """Of bed days, where nothing works."""
    assert lowest < naive(records_of(name)) < highest


def test_those_of_a_home_see_the_surgery_far_more_often() -> None:
    records = records_of("a place in a home")
    year = pl.col("date") >= date(2025, 4, 1)
    seen = records.filter(year, setting="primary").group_by("patient").len()
    mine = seen.join(entered(records), on="patient")
    assert mine.select(pl.mean("len")).item() > 3 * seen.select(pl.median("len")).item()


def test_who_is_slower_comes_as_often() -> None:
    """Spells of the treated against others' are the same after as before; bed days are not."""
    counted = spells_of(records_of("slower each time")).with_columns(bed_days=pl.col("quantity"))
    other = records_of("slower each time").filter(pl.col("setting") != "hospital")
    assert 0.9 < naive(pl.concat([counted, other])) < 1.1


def test_half_of_the_hospital_of_those_taken_on_is_another() -> None:
    spells = spells_of(records_of("specialist centre"))
    usual = spells.group_by("patient").agg(pl.col("provider").first().alias("usual"))
    mine = entered(records_of("specialist centre"))
    late = spells.filter(pl.col("date") >= date(2025, 4, 1)).join(usual, on="patient")
    away = late.with_columns(away=pl.col("provider") != pl.col("usual"))
    assert away.join(mine, on="patient")["away"].mean() > 0.15  # type: ignore[operator]
    assert away.join(mine, on="patient", how="anti")["away"].mean() < 0.05  # type: ignore[operator]


def test_a_stay_of_two_records_has_as_many_bed_days() -> None:
    spells = spells_of(records_of("episodes for spells")).with_columns(
        late=pl.col("date") >= date(2024, 10, 1), here=pl.col("provider") == "ZA1"
    )
    sums = spells.group_by("late", "here").agg(pl.sum("quantity"), pl.sum("bed_days"))
    rows = {(late, here): counts for late, here, *counts in sums.iter_rows()}
    records, beds = (
        (rows[True, True][at] / rows[False, True][at])
        / (rows[True, False][at] / rows[False, False][at])
        for at in (0, 1)
    )
    assert records > 1.35
    assert beds == pytest.approx(1, abs=0.06)


def test_most_seem_to_begin_where_the_file_does() -> None:
    first = entered(records_of("the file begins"))["entry"]
    assert (first < START + timedelta(days=40)).mean() > 0.7  # type: ignore[operator]


def test_the_falls_team_leaves_those_whom_the_new_team_does_not_take() -> None:
    """Its former patients of the same practices use more; those of other practices do not."""
    records = records_of("taken from the falls team")
    known = records.filter(pl.col("date") < START, service=OTHER_SERVICE)["patient"].unique()
    mine = entered(records)
    at = records.group_by("patient").agg(pl.col("cluster").first())
    here = at.filter(pl.col("cluster").is_in(mine.join(at, on="patient")["cluster"].implode()))
    others = (
        spells_of(records)
        .join(mine, on="patient", how="anti")
        .with_columns(
            late=pl.col("date") >= START, here=pl.col("patient").is_in(here["patient"].implode())
        )
    )
    seen = others.filter(pl.col("patient").is_in(known.implode()))
    sums = {
        (late, there): count for late, there, count in seen.group_by("late", "here").len().rows()
    }
    changed = {there: sums[True, there] / sums[False, there] for there in (True, False)}
    assert changed[True] > 1.5
    assert changed[False] == pytest.approx(1, abs=0.1)


def test_planned_stays_of_the_others_more_than_double_where_beds_are_counted_on() -> None:
    records = records_of("beds counted on").filter(provider="ZA1", pod="elective")
    late = pl.col("date") >= date(2024, 10, 1)
    a, b = records.filter(late).height / 18, records.filter(~late).height / 30
    assert a / b > 1.8
