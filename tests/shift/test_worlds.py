"""The worlds are what they say: their truth is there, and careless methods are wrong in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

import polars as pl
import pytest

from remit.shift.records.columns import RECORD_COLUMNS, SETTINGS
from tests.shift.worlds import NAMES, NONE, PLANTED, SERVICE, WORLDS, Coded, World, drawn, made

DOCS = Path(__file__).resolve().parents[2] / "docs"
WIDER = {
    "another name",
    "spill-over",
    "first visit not on file",
    "new pseudonyms",
    "the file begins",
}
"""Worlds in which the effect is earlier than the first visit on file, or on others' records too."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One draw of a world."""

    world: World
    coded: Coded
    frame: pl.DataFrame

    @classmethod
    def of(cls, world: World, run: int) -> Self:
        coded = drawn(world, False, run)
        return cls(world, coded, coded.frame())

    def later(self, records: pl.DataFrame) -> pl.DataFrame:
        """Records of the treated from the day after their entry on."""
        mine = self.frame.filter(service=SERVICE).group_by("patient").agg(entry=pl.min("date"))
        return records.join(mine, on="patient").filter(pl.col("date") > pl.col("entry"))

    def use(self, ratio: float) -> pl.DataFrame:
        """The later spells of the treated where a ratio is planted, with their bed days."""
        hospital = {"setting": "hospital", "service": "Medicine"}
        return self.later(self.coded.frame(ratio).filter(**hospital)).select("quantity", "bed_days")


@pytest.fixture(scope="module", params=WORLDS.values(), ids=list(WORLDS))
def drawing(request: pytest.FixtureRequest) -> Drawing:
    return Drawing.of(request.param, 1)


def test_the_truth_is_the_planted_ratio(drawing: Drawing) -> None:
    """For spells and bed days, within four errors of chance.

    Where few are treated several draws are taken together, so that no effect would be found out.
    """
    none, planted = drawing.use(NONE), drawing.use(PLANTED)
    for run in range(2, 12):
        if none.height < 700:
            more = Drawing.of(drawing.world, run)
            none, planted = none.vstack(more.use(NONE)), planted.vstack(more.use(PLANTED))
    total, squares = none.sum().row(0), none.select(pl.all() ** 2).sum().row(0)
    for found, given, square in zip(planted.sum().row(0), total, squares, strict=True):
        chance = (PLANTED * (1 - PLANTED) * square) ** 0.5 / given
        assert found / given == pytest.approx(PLANTED, abs=4 * chance)
        assert 4 * chance < NONE - PLANTED


def test_records_keep_the_contract(drawing: Drawing) -> None:
    records = drawing.frame
    assert [name for name in records.columns if name != "died_on"] == list(RECORD_COLUMNS)
    assert records.select(list(RECORD_COLUMNS)).null_count().row(0) == (0,) * len(RECORD_COLUMNS)
    assert set(records["setting"]) <= set(SETTINGS)
    assert records["quantity"].min() == 1
    assert records["bed_days"].min() == 0


def test_one_draw_holds_the_records_with_and_without_an_effect(drawing: Drawing) -> None:
    """What is missing where 0.8 is planted are hospital spells of the treated after their entry."""
    coded = drawing.coded
    gone = coded.only(coded.fate >= PLANTED).frame()
    assert len(coded.frame(PLANTED)) + len(gone) == len(drawing.frame)
    assert gone["setting"].unique().to_list() == ["hospital"]
    assert (len(drawing.later(gone)) < len(gone)) == (drawing.world.name in WIDER)


@pytest.mark.parametrize("name", ["random", "boundary change", "mergers"])
def test_the_frame_of_a_run_is_that_of_its_draw(name: str) -> None:
    coded = drawn(WORLDS[name], True, 2)
    assert made(WORLDS[name], PLANTED, True, 2).equals(coded.frame(PLANTED))
    assert made(WORLDS[name], NONE, True, 2).equals(coded.frame())


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


def test_the_page_tells_of_each_world_what_happens_and_what_is_right() -> None:
    page = (DOCS / "shift-worlds.md").read_text(encoding="utf-8")
    for world in WORLDS.values():
        assert f"| {world.name} | {world.tells} | {world.right} |" in page


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
        ("slow reversion", 0.0, 0.85),
        ("risk score", 0.0, 0.5),
        ("hospital outside", 0.0, 0.95),
        ("shorter stays counted", 0.0, 0.9),
        ("newcomers", 1.2, 2.0),
        ("new pseudonyms", 0.0, 0.7),
        ("back-dated entries", 1.15, 2.0),
        # Whoever comes to hospital in the last year counts as treated.
        ("later entrants", 1.5, 4.0),
        ("roll-out in steps", 0.85, 1.18),
        ("recovering", 0.0, 0.8),
        ("new diagnosis", 1.2, 2.0),
        ("operated on", 0.0, 0.85),
        ("waiting for surgery", 1.2, 2.5),
        ("last months of life", 0.0, 0.9),
        ("poorer by the year", 1.05, 1.4),
    ],
)
def test_a_year_on_year_comparison_is_wrong_where_nothing_works(
    name: str, lowest: float, highest: float
) -> None:
    assert lowest < naive(made(WORLDS[name], NONE, False, 1)) < highest
