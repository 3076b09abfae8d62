"""The second twelve that were not asked yet are what they say.

That their truth is there and their records keep the contract: tests/shift/test_blind_worlds.py.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
import pytest

from tests.shift.test_blind_worlds import START, entered, spells_of
from tests.shift.test_worlds import naive
from tests.shift.worlds import NONE, PLANTED, SERVICE, STRANGERS, drawn, made
from tests.shift.worlds.coded import ASSESSMENT, MEMORY

AUTUMN, OUTCOME = date(2024, 10, 1), date(2025, 4, 1)
NAMED = {world.name: world for world in STRANGERS}


@cache
def held(name: str) -> pl.DataFrame:
    """The records of a world where nothing works."""
    return made(NAMED[name], NONE, False, 1)


def treated() -> pl.Expr:
    """Whether a record is of one who enters; to be read with the records of one world."""
    return (pl.col("service") == SERVICE).any().over("patient")


def changes(
    records: pl.DataFrame, since: date, *by: str, of: str = "bed_days"
) -> dict[object, float]:
    """A group → its use a day from a day on, against that before it."""
    days = (since - date(2022, 4, 1)).days, (date(2026, 4, 1) - since).days
    late = pl.col("date") >= since
    sums = records.group_by(*by).agg(
        pl.col(of).filter(late).sum().alias("later"), pl.col(of).filter(~late).sum().alias("before")
    )
    return {
        key[0] if len(key) == 1 else tuple(key): later / before * days[0] / days[1]
        for *key, later, before in sums.iter_rows()
    }


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [
        ("so many places each", 0.9, 1.1),
        ("from practice to practice", 0.9, 1.1),
        ("memory clinic", 1.2, 1.8),
        ("need had risen", 1.15, 1.7),
        ("cheaper each time", 0.6, 0.9),
        ("by appointment", 0.5, 0.85),
        ("not seen for months", 1.2, 1.8),
        ("one row a quarter", 0.9, 1.1),
        ("neighbour's file", 1.1, 1.5),
        ("home care hours", 0.7, 0.95),
        ("assessed and sent on", 0.8, 0.95),
    ],
)
def test_a_year_on_year_comparison_is_right_by_lot_and_wrong_elsewhere(
    name: str, lowest: float, highest: float
) -> None:
    """Of bed days, where nothing works."""
    assert lowest < naive(held(name)) < highest


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [
        ("memory clinic", 0.9, 1.1),
        ("need had risen", 0.9, 1.1),
        ("cheaper each time", 0.9, 1.1),
        ("by appointment", 0.9, 1.1),
        ("not seen for months", 0.9, 1.1),
    ],
)
def test_hospital_use_before_the_service_does_not_tell_what_will_come(
    name: str, lowest: float, highest: float
) -> None:
    """Spells of the treated and of others in the second year against the first are alike."""
    before = held(name).with_columns(mine=treated()).filter(pl.col("date") < START)
    change = changes(spells_of(before), date(2023, 4, 1), "mine", of="quantity")
    assert lowest < change[True] / change[False] < highest


def test_each_practice_has_its_places_and_the_small_use_more() -> None:
    records = held("so many places each")
    people = records.group_by("patient").agg(
        pl.first("cluster"), mine=(pl.col("service") == SERVICE).any()
    )
    sizes = people.group_by("cluster").agg(pl.len(), pl.sum("mine")).sort("len")
    assert sizes["mine"].max() == 14
    assert sizes["len"][-1] > 10 * sizes["len"][0]
    use = spells_of(records).group_by("cluster").len("use").join(sizes, on="cluster").sort("len")
    each = (use["use"] / use["len"]).to_list()
    assert sum(each[:20]) > 1.5 * sum(each[-20:])


def test_an_illness_is_half_a_year_in_each_practice() -> None:
    months = spells_of(held("from practice to practice")).with_columns(
        quarter=pl.col("date").dt.truncate("1q")
    )
    counts = months.group_by("cluster", "quarter").len().group_by("cluster").agg(pl.col("len"))
    for found in counts["len"].to_list():
        usual = sorted(found)[len(found) // 2]
        assert sum(sorted(found)[-2:]) > 3 * usual


def test_those_of_the_memory_clinic_were_there_before_they_entered() -> None:
    records = held("memory clinic")
    seen = records.filter(service=MEMORY).group_by("patient").agg(seen=pl.min("date"))
    mine = entered(records).join(seen, on="patient", how="left")
    assert mine.select((pl.col("seen") < pl.col("entry")).fill_null(False).mean()).item() > 0.6
    assert seen["patient"].is_in(mine["patient"].implode()).mean() > 0.45  # type: ignore[operator]


def test_need_rises_by_itself_before_use_does() -> None:
    needs = (
        held("need had risen")
        .with_columns(mine=treated())
        .group_by("patient", "mine")
        .agg(up=pl.max("need_thousandths") > pl.min("need_thousandths"))
    )
    shares = dict(needs.group_by("mine").agg(pl.mean("up")).iter_rows())
    assert shares[True] > 0.5
    assert shares[False] < 0.08


def test_a_stay_of_the_treated_gets_cheaper_and_not_shorter() -> None:
    spells = held("cheaper each time").with_columns(mine=treated())
    spells = spells_of(spells.filter(pl.col("date") < START))
    sums = spells.group_by("mine", late=pl.col("date") >= date(2023, 4, 1)).agg(
        pl.mean("cost_pence"), pl.mean("bed_days")
    )
    means = {(mine, late): values for mine, late, *values in sums.iter_rows()}
    cost, beds = (means[True, True][at] / means[True, False][at] for at in (0, 1))
    assert cost < 0.87
    assert beds == pytest.approx(1, abs=0.06)


def test_emergencies_of_the_treated_become_planned_stays_before_they_enter() -> None:
    spells = held("by appointment").with_columns(mine=treated())
    spells = spells_of(spells.filter(pl.col("date").is_between(date(2024, 1, 1), START)))
    planned = dict(spells.group_by("mine").agg((pl.col("pod") == "elective").mean()).iter_rows())
    assert planned[True] > 1.5 * planned[False]


def test_the_surgery_has_not_seen_those_to_whom_the_team_goes() -> None:
    records = held("not seen for months")
    seen = records.filter(setting="primary").join(entered(records), on="patient")
    days = (pl.col("entry") - pl.col("date")).dt.total_days()
    close = seen.filter(days.is_between(1, 250))["patient"].n_unique()
    assert close < 0.45 * entered(records).height
    assert seen.filter(days > 400)["patient"].n_unique() > 0.7 * entered(records).height


def test_a_year_on_year_comparison_is_wrong_where_the_better_off_go_off_file() -> None:
    """One draw differs from another by as much as what is wrong: four are taken together."""
    drawings = [made(NAMED["gone private"], NONE, False, run) for run in (1, 2, 3, 4)]
    assert 1.08 < sum(naive(records) for records in drawings) / 4 < 1.3


def test_stays_of_the_better_off_go_off_file() -> None:
    spells = spells_of(held("gone private"))
    change = changes(spells, date(2024, 7, 1), "deprivation_fifth", "pod", of="quantity")
    for fifth in range(1, 6):
        for pod, left in (("elective", 0.2), ("emergency", 0.75)):
            assert change[fifth, pod] == pytest.approx(1 if fifth < 3 else left, abs=0.15)


def test_a_sum_holds_as_many_stays_in_fewer_rows() -> None:
    spells = spells_of(held("one row a quarter")).with_columns(rows=1)
    late = spells.filter(pl.col("date") >= AUTUMN, provider="ZA1")
    assert late["quantity"].max() > 3  # type: ignore[operator]
    assert late.select("patient", pl.col("date").dt.truncate("1q")).is_duplicated().mean() < 0.04  # type: ignore[operator]
    stays, beds, rows = (
        changes(spells, AUTUMN, "provider", of=of) for of in ("quantity", "bed_days", "rows")
    )
    assert stays["ZA1"] / stays["ZA2"] == pytest.approx(1, abs=0.08)
    assert beds["ZA1"] / beds["ZA2"] == pytest.approx(1, abs=0.08)
    assert rows["ZA1"] / rows["ZA2"] < 0.9


def test_the_neighbours_file_begins_on_a_day_and_is_of_the_border_alone() -> None:
    records = held("neighbour's file")
    beyond = records.filter(provider="ZA9")
    assert beyond["date"].min() == OUTCOME
    assert beyond["cluster"].n_unique() == 12
    own = records.filter(pl.col("date") >= OUTCOME, setting="hospital").join(
        beyond.select("cluster").unique(), on="cluster", how="semi"
    )
    assert beyond.height / own.height == pytest.approx(0.8 / 1.8, abs=0.03)


def test_what_works_strikes_the_stays_beyond_the_border_too() -> None:
    coded = drawn(NAMED["neighbour's file"], False, 1)
    kept = coded.frame(PLANTED).filter(provider="ZA9").height
    every = coded.frame().with_columns(mine=treated()).filter(provider="ZA9")
    mine = every.filter("mine").height
    assert kept == pytest.approx(every.height - (1 - PLANTED) * mine, abs=60)


def test_others_of_the_area_stay_longer_and_come_as_often() -> None:
    records = held("home care hours").with_columns(
        mine=treated(), old=pl.col("age_band").is_in(["75-84", "85+"])
    )
    others = spells_of(records.filter(~pl.col("mine")))
    stays = changes(others, date(2024, 7, 1), "commissioner", "old", of="quantity")
    beds = changes(others, date(2024, 7, 1), "commissioner", "old")
    for group, came in stays.items():
        longer = 1.8 if group == ("ZB1", True) else 1.0
        assert beds[group] / came == pytest.approx(longer, abs=0.1)


def test_whom_the_team_assesses_and_does_not_take_has_more_planned_stays() -> None:
    records = held("assessed and sent on").with_columns(
        mine=treated(), assessed=(pl.col("service") == ASSESSMENT).any().over("patient")
    )
    others = records.filter(~pl.col("mine"), setting="hospital")
    change = changes(others, OUTCOME, "assessed", "pod", of="quantity")
    assert change[True, "elective"] > 2.2
    for group, by in change.items():
        if group != (True, "elective"):
            assert by == pytest.approx(1, abs=0.1)
