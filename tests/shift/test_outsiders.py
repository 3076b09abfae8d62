"""The third twelve that were not asked yet are what they say.

That their truth is there and their records keep the contract: tests/shift/test_blind_worlds.py.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
import pytest

from tests.shift.test_blind_worlds import START, entered
from tests.shift.test_strangers import OUTCOME, changes, treated
from tests.shift.test_worlds import naive
from tests.shift.worlds import NONE, OUTSIDERS, made
from tests.shift.worlds.coded import DISTRICT

NAMED = {world.name: world for world in OUTSIDERS}
MEDICINE = pl.col("service") == "Medicine"


@cache
def held(name: str) -> pl.DataFrame:
    """The records of a world where nothing works."""
    return made(NAMED[name], NONE, False, 1)


def about(name: str) -> pl.DataFrame:
    """The records of those who enter, with the day of entry and days from it on."""
    records = held(name).join(entered(held(name)), on="patient")
    return records.with_columns(since=(pl.col("date") - pl.col("entry")).dt.total_days())


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [
        ("under the month's last day", 0.9, 1.1),
        ("block contract", 0.9, 1.1),
        ("the right tablets", 0.5, 0.85),
        ("evicted", 1.2, 1.8),
        ("closer together", 1.2, 1.8),
        ("longer prescriptions", 1.2, 1.8),
        ("the wound has healed", 0.5, 0.85),
        ("same-day unit", 0.8, 0.97),
        ("specialised care delegated", 1.1, 1.35),
        ("evening surgeries", 0.75, 0.94),
        ("the open door", 0.75, 0.96),
        ("seats in the transport", 1.03, 1.25),
    ],
)
def test_a_year_on_year_comparison_is_right_by_lot_and_wrong_elsewhere(
    name: str, lowest: float, highest: float
) -> None:
    """Of bed days, where nothing works."""
    assert lowest < naive(held(name)) < highest


@pytest.mark.parametrize(
    "name",
    [
        "the right tablets",
        "evicted",
        "closer together",
        "longer prescriptions",
        "the wound has healed",
    ],
)
def test_stays_before_the_service_do_not_tell_what_will_come(name: str) -> None:
    """Stays of the treated and of others in the second year against the first are alike."""
    before = held(name).with_columns(mine=treated()).filter(pl.col("date") < START)
    change = changes(before.filter(MEDICINE), date(2023, 4, 1), "mine", of="quantity")
    assert 0.9 < change[True] / change[False] < 1.1


def test_a_month_has_its_stays_on_its_last_day() -> None:
    stays = held("under the month's last day").filter(MEDICINE)["date"]
    assert (stays == stays.dt.month_end()).all()


def test_money_goes_its_own_way() -> None:
    stays = held("block contract").filter(MEDICINE)
    assert stays.filter(pl.col("date") > OUTCOME, provider="ZA1")["cost_pence"].unique().len() == 1
    early = stays.filter(pl.col("date") < date(2023, 10, 1)).group_by("provider")
    assert dict(early.agg(pl.max("cost_pence")).iter_rows())["ZA7"] == 0


def test_the_treated_were_outpatients_and_are_no_more() -> None:
    seen = about("the right tablets").filter(pod="outpatient")["since"]
    assert seen.is_between(-300, -1).sum() > 4 * seen.is_between(30, 329).sum()


def test_the_fifth_of_half_of_the_treated_fell() -> None:
    fifths = about("evicted").group_by("patient").agg(pl.col("deprivation_fifth").n_unique())
    assert (fifths["deprivation_fifth"] == 2).mean() > 0.5


def test_stays_of_the_treated_lie_close_before_they_enter() -> None:
    stays = about("closer together").filter(MEDICINE).sort("patient", "date")
    gaps = stays.with_columns(gap=pl.col("date").diff().dt.total_days().over("patient"))
    near = pl.col("gap") <= 6
    before = gaps.filter(pl.col("since").is_between(-200, 0)).select(near.mean()).item()
    long_before = gaps.filter(pl.col("since") < -400).select(near.mean()).item()
    assert before > 2 * long_before


def test_the_treated_are_prescribed_more_and_seen_as_often() -> None:
    surgery = about("longer prescriptions").filter(setting="primary")
    year, earlier = (
        surgery.filter(pl.col("since").is_between(at, at + 199)) for at in (-200, -500)
    )
    assert year["quantity"].mean() > 1.5 * earlier["quantity"].mean()
    assert len(year) / len(earlier) == pytest.approx(1, abs=0.15)


def test_the_nurse_has_ceased_to_come_to_the_treated() -> None:
    visits = about("the wound has healed").filter(service=DISTRICT)["since"]
    assert visits.is_between(-300, -1).sum() > 5 * visits.is_between(1, 300).sum()


@pytest.mark.parametrize(
    ("name", "by", "there", "elsewhere", "only"),
    [
        ("same-day unit", "provider", "ZA1", "ZA2", pl.col("bed_days") <= 2),
        ("specialised care delegated", "commissioner", "ZB1", "ZB2", pl.col("pod") == "elective"),
        ("the open door", "provider", "ZA1", "ZA2", pl.col("pod") == "emergency"),
        ("seats in the transport", "commissioner", "ZB1", "ZB2", pl.col("pod") == "elective"),
    ],
)
def test_others_change_where_the_treated_are(
    name: str, by: str, there: str, elsewhere: str, only: pl.Expr
) -> None:
    others = held(name).filter(~treated()).filter(MEDICINE & only)
    change = changes(others, OUTCOME, by, of="quantity")
    assert abs(change[there] / change[elsewhere] - 1) > 0.5
    assert change[elsewhere] == pytest.approx(1, abs=0.1)


def test_practices_that_open_in_the_evening_have_more_appointments() -> None:
    surgery = held("evening surgeries").filter(setting="primary")
    number = pl.col("cluster").str.slice(2).cast(pl.Int32) - 1
    change = changes(surgery.with_columns(here=number % 8 < 4), START, "here", of="quantity")
    assert change[True] > 1.5
    assert change[False] == pytest.approx(1, abs=0.05)
