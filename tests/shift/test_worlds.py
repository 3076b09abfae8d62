"""The worlds are what they say: their truth is there, and careless methods are wrong in them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from remit.shift.records.columns import RECORD_COLUMNS, SETTINGS
from tests.shift.worlds import NAMES, NONE, PLANTED, SERVICE, WORLDS, World, drawn, made

worlds = pytest.mark.parametrize("world", WORLDS.values(), ids=list(WORLDS))


def later_beds(records: pl.DataFrame) -> int:
    """Hospital bed days of the treated after the day of entry."""
    entered = records.filter(service=SERVICE).group_by("patient").agg(entry=pl.min("date"))
    hospital = records.filter(setting="hospital").filter(pl.col("service") == "Medicine")
    later = hospital.join(entered, on="patient").filter(pl.col("date") > pl.col("entry"))
    return int(later["bed_days"].sum())


@worlds
def test_the_truth_is_the_planted_ratio(world: World) -> None:
    """With and without the effect nothing but the later use of the treated differs.

    Of 116 treated with little use the ratio has an error of chance of about 0.1, of others 0.02.
    """
    none, planted = (later_beds(made(world, ratio, False, 1)) for ratio in (NONE, PLANTED))
    slack = 0.3 if none < 500 else 0.06
    assert planted / none == pytest.approx(PLANTED, abs=slack)


@worlds
def test_records_keep_the_contract(world: World) -> None:
    records = made(world, PLANTED, True, 2)
    assert [name for name in records.columns if name != "died_on"] == list(RECORD_COLUMNS)
    assert records.select(list(RECORD_COLUMNS)).null_count().row(0) == (0,) * len(RECORD_COLUMNS)
    assert set(records["setting"]) <= set(SETTINGS)
    assert records["quantity"].min() == 1
    assert records["bed_days"].min() == 0


@worlds
def test_one_draw_holds_the_records_with_and_without_an_effect(world: World) -> None:
    """What is missing where 0.8 is planted are hospital spells of the treated after their entry."""
    coded = drawn(world, False, 3)
    all_of_them, planted = coded.frame(), made(world, PLANTED, False, 3)
    assert all_of_them.equals(made(world, NONE, False, 3))
    gone = coded.only(coded.fate >= PLANTED).frame()
    assert len(planted) + len(gone) == len(all_of_them)
    entered = all_of_them.filter(service=SERVICE).group_by("patient").agg(entry=pl.min("date"))
    assert gone["setting"].unique().to_list() == ["hospital"]
    assert len(gone.join(entered, on="patient").filter(pl.col("date") > pl.col("entry"))) == len(
        gone
    )


def test_codes_stand_for_the_texts_of_the_frame() -> None:
    coded = drawn(WORLDS["boundary change"], False, 1)
    frame = coded.frame()
    for name, texts in NAMES.items():
        assert [texts[held] for held in coded.columns[name][::997]] == frame[name][::997].to_list()
    assert frame["date"].to_physical().to_list() == coded.columns["date"].tolist()
    assert frame["patient"].to_list() == coded.columns["patient"].tolist()


@pytest.mark.parametrize(
    "name", ["random", "regression to the mean", "frailty", "practices", "12 clusters"]
)
def test_a_common_trend_takes_three_tenths_in_eight_quarters(name: str) -> None:
    for trend, expected in ((True, 0.7), (False, 1.0)):
        spells = made(WORLDS[name], NONE, trend, 1).filter(setting="hospital")
        first = spells.filter(pl.col("date") < date(2024, 4, 1)).height
        assert (spells.height - first) / first == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize("name", ["random", "crisis", "moves", "boundary change"])
def test_a_run_is_the_same_each_time_and_the_next_another(name: str) -> None:
    world = WORLDS[name]
    first = made(world, PLANTED, False, 3)
    assert made(world, PLANTED, False, 3).equals(first)
    assert not made(world, PLANTED, False, 4).equals(first)


def test_what_may_be_refused_says_why() -> None:
    for world in WORLDS.values():
        assert (world.right == "must answer") == (world.because == ()), world.name


def naive(records: pl.DataFrame) -> float:
    """Use in the last year against that in the year before the service, treated against others."""
    entered = records.filter(service=SERVICE)["patient"].unique().to_list()
    days = records.filter(setting="hospital").with_columns(
        treated=pl.col("patient").is_in(entered),
        year=(pl.col("date").to_physical() - pl.col("date").min().to_physical()) // 365,
    )
    beds = dict(
        days.group_by("treated", "year").agg(pl.sum("bed_days")).rows_by_key(("treated", "year"))
    )
    sums = {key: rows[0][0] for key, rows in beds.items()}
    change = {arm: sums[arm, 3] / sums[arm, 1] for arm in (True, False)}
    return float(change[True] / change[False])


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [
        # Chosen for what they had just used, they use less later, service or no service.
        ("regression to the mean", 0.0, 0.75),
        ("deaths unsaid", 0.0, 0.9),
        ("moves", 0.0, 0.9),
        ("recording gap", 0.0, 0.9),
        ("crisis", 1.2, 3.0),
        ("rising illness", 1.2, 3.0),
        ("random", 0.8, 1.25),
        ("roll-out", 0.85, 1.18),
    ],
)
def test_a_year_on_year_comparison_is_wrong_where_nothing_works(
    name: str, lowest: float, highest: float
) -> None:
    assert lowest < naive(made(WORLDS[name], NONE, False, 1)) < highest
