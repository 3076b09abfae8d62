"""The shift from published files: complete first, then per head and by need; worked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from remit.cli.run import run
from remit.model.errors import AssessmentError
from remit.model.shift_measures import ShiftComposite
from remit.shift.published.composite import composite_of, composite_words
from remit.shift.published.run import PublishedShift, published_shift
from remit.shift.published.tables import tables_of
from remit.store import Store
from tests.shift.published_files import MONTHS, admissions, allocations, beds, seen, store_of

# Of 1,000 people each: ZB1 with a need of 1.2, ZB2 of 0.8, ZB3 of 1.0; England 1.0.
PEOPLE = {"ZB1": (1000, 1200), "ZB2": (1000, 800), "ZB3": (1000, 1000)}


def made_of(folder: Path, framework: str = "care-shift-tracker", **asked: Any) -> PublishedShift:
    asked["framework"] = framework
    with Store.open(store_of(folder), read_only=True) as store:
        return published_shift(store, **asked)


def year_of(made: PublishedShift, measure: str, code: str) -> dict[str, Any]:
    rows = tables_of(made)["measures"].filter(measure=measure, org_code=code, span="year")
    (row,) = rows.to_dicts()
    return row


@pytest.fixture(scope="module")
def a_year(tmp_path_factory: pytest.TempPathFactory) -> PublishedShift:
    """Twelve months: 12, 11 and 10 admissions a month at a trust of each ICB."""
    folder = tmp_path_factory.mktemp("year")
    for month in MONTHS:
        admissions(folder, month, ZA1=12, ZA6=11, ZX1=10)
    allocations(folder, **PEOPLE)
    return made_of(folder)


def test_a_rate_is_the_years_events_for_the_people_and_for_the_need(a_year: PublishedShift) -> None:
    row = year_of(a_year, "emergency-admissions", "ZB1")
    # 12 x 12 = 144 for 1,000 people; for 1,200 need-weighted ones 120.
    assert (row["numerator"], row["people"]) == (144, 1000)
    assert row["value"] == pytest.approx(144)
    assert row["need_index"] == pytest.approx(1.2)
    assert row["need_value"] == pytest.approx(120)
    assert row["whose"] == "trusts"


def test_england_has_a_need_of_one(a_year: PublishedShift) -> None:
    row = year_of(a_year, "emergency-admissions", "ENG")
    # 12 x 33 = 396 for 3,000 people.
    assert (row["value"], row["need_index"]) == (pytest.approx(132), 1)
    assert row["need_value"] == pytest.approx(132)


def test_places_move_where_need_is_allowed_for(a_year: PublishedShift) -> None:
    ranks = tables_of(a_year)["ranks"].filter(measure="emergency-admissions")
    # Per head 144, 132, 120; by need 120, 165, 120: ZB2 comes first, the others share the second.
    places = {row["org_code"]: row for row in ranks.to_dicts()}
    assert {code: row["rank"] for code, row in places.items()} == {"ZB1": 1, "ZB2": 2, "ZB3": 3}
    assert {code: row["need_rank"] for code, row in places.items()} == {
        "ZB1": 2, "ZB2": 1, "ZB3": 2,
    }  # fmt: skip
    assert {code: row["places"] for code, row in places.items()} == {"ZB1": 1, "ZB2": -1, "ZB3": -1}
    assert not any(row["large_move"] for row in places.values())


def test_a_month_that_lacks_withholds_a_year_of_events(tmp_path: Path) -> None:
    for month in MONTHS[:11]:
        admissions(tmp_path, month, ZA1=12, ZA6=11, ZX1=10)
    allocations(tmp_path, **PEOPLE)
    made = made_of(tmp_path)
    row = year_of(made, "emergency-admissions", "ZB1")
    assert (row["status"], row["value"]) == ("withheld", None)
    assert "11 of 12 months" in row["reason"]
    assert tables_of(made)["ranks"].filter(measure="emergency-admissions").is_empty()
    assert tables_of(made)["funnel"].filter(measure="emergency-admissions").is_empty()


def test_who_lacks_a_month_is_withheld_by_name_and_the_others_stay(tmp_path: Path) -> None:
    for number, month in enumerate(MONTHS):
        both = {} if number == 3 else {"ZA2": 20}
        admissions(tmp_path, month, ZA1=12, ZA6=11, ZX1=10, **both)
    allocations(tmp_path, **PEOPLE)
    found = tables_of(made_of(tmp_path))["completeness"]
    of_zb1 = found.filter(measure="emergency-admissions", org_code="ZB1").to_dicts()[0]
    assert (of_zb1["passes"], of_zb1["periods"], of_zb1["without"]) == (False, 11, "ZA2")
    assert "no figure of ZA2" in of_zb1["reason"]
    # 2 of 3 ICBs are whole: under nine tenths, so that nobody is held against anybody.
    whole = found.filter(measure="emergency-admissions", level="all").to_dicts()[0]
    assert (whole["passes"], whole["areas"], whole["areas_expected"]) == (False, 2, 3)


def test_a_spread_that_need_cannot_make_is_recording_and_is_withheld(tmp_path: Path) -> None:
    for month in MONTHS:
        admissions(tmp_path, month, ZA1=41, ZA6=10, ZX1=10)
    allocations(tmp_path, **PEOPLE)
    tables = tables_of(made_of(tmp_path))
    whole = tables["completeness"].filter(measure="emergency-admissions", level="all").to_dicts()[0]
    # 492 against 120: 4.1 times, and the gate lets 4 pass.
    assert (whole["passes"], whole["lowest"], whole["highest"]) == (False, 120, 492)
    assert "4.1" in whole["reason"]
    assert tables["ranks"].filter(measure="emergency-admissions").is_empty()
    rows = tables["measures"].filter(measure="emergency-admissions")
    assert rows["value"].drop_nulls().is_empty()
    assert rows["numerator"].drop_nulls().len() > 0


def test_a_share_is_of_the_beds_of_all_sectors_and_of_all_trusts(tmp_path: Path) -> None:
    beds(
        tmp_path,
        ("ZA1", "General & Acute", 60), ("ZA1", "Maternity", 10),
        ("ZC1", "General & Acute", 20), ("ZC1", "Mental Illness", 10),
        ("ZA6", "General & Acute", 70), ("ZA6", "Mental Illness", 30),
        ("ZX1", "General & Acute", 80), ("ZX1", "Mental Illness", 20),
    )  # fmt: skip
    made = made_of(tmp_path, framework="care-shift-tracker")
    # 80 of 100 beds of ZB1 are general and acute; of those 80 an acute trust has 60.
    assert year_of(made, "acute-share-of-beds", "ZB1")["value"] == pytest.approx(80)
    row = year_of(made, "acute-trusts-share-of-general-beds", "ZB1")
    assert (row["numerator"], row["denominator"]) == (60, 80)
    england = year_of(made, "acute-trusts-share-of-general-beds", "ENG")
    assert england["org_name"] == "All of the fictional sample"
    # Of the trust of ZB3 nobody knows the kind: it lacks, and 2 of 3 ICBs are too few.
    assert row["status"] == "withheld"
    assert "2 of 3 ICBs" in row["reason"]
    ranks = tables_of(made)["ranks"].filter(measure="acute-share-of-beds")
    # A share has no need weight.
    assert ranks["need_rank"].drop_nulls().is_empty()


def test_every_measure_is_read_or_says_what_it_needs(a_year: PublishedShift) -> None:
    tables = tables_of(a_year)
    not_read = tables["not_read"]
    assert set(not_read["measure"]) == {m.id for m in a_year.measures if m.counts is None}
    assert not_read.filter(pl.col("needs") == "").is_empty()
    told = set(not_read["measure"]) | set(a_year.found) | {m.id for m in a_year.without_figure}
    assert told == {measure.id for measure in a_year.measures}


def test_today_and_tomorrow_count_every_measure_once_for_each_icb(a_year: PublishedShift) -> None:
    table = tables_of(a_year)["today_tomorrow"].filter(level="icb", org_code="ZB1")
    whole = table.filter(side="all")
    assert whole["measures"].sum() == len(a_year.measures)
    for row in table.to_dicts():
        kinds = ("read", "withheld", "no_figure", "not_read")
        assert sum(row[kind] for kind in kinds) == row["measures"]
        moves = ("towards", "away", "no_change", "untold")
        assert sum(row[move] for move in moves) == row["read"]
    sides = table.filter(pl.col("side") != "all").group_by("horizon").agg(pl.col("read").sum())
    assert sides.sort("horizon")["read"].to_list() == whole.sort("horizon")["read"].to_list()


def test_figures_that_stay_level_do_not_move(a_year: PublishedShift) -> None:
    assert year_of(a_year, "emergency-admissions", "ZB1")["moves"] == "no_change"


def test_fewer_admissions_are_a_move_closer_to_home(tmp_path: Path) -> None:
    for number, month in enumerate(MONTHS):
        admissions(tmp_path, month, ZA1=500 + (number % 2) - 40 * (number > 4), ZA6=400, ZX1=400)
    allocations(tmp_path, **PEOPLE)
    made = made_of(tmp_path)
    assert year_of(made, "emergency-admissions", "ZB1")["moves"] == "towards"


def test_an_area_whose_own_months_run_apart_records_otherwise_and_is_withheld(
    tmp_path: Path,
) -> None:
    # ZB1 sees 100, 110, 300 people a month: 300 is three times 100, and two are let pass.
    for month, of_zb1 in ((4, 100), (5, 110), (6, 300)):
        seen(tmp_path, month, ZB1=of_zb1, ZB2=150, ZB3=160)
    allocations(tmp_path, **PEOPLE)
    made = made_of(tmp_path, framework="closer-to-home")
    row = year_of(made, "people-seen-in-community", "ZB1")
    assert (row["status"], row["numerator"], row["value"]) == ("withheld", 170, None)
    assert "what it records has changed" in row["reason"]


def test_a_month_is_the_mean_of_the_year_where_something_is_counted_at_a_moment(
    tmp_path: Path,
) -> None:
    for month, of_zb1 in ((4, 100), (5, 110), (6, 120)):
        seen(tmp_path, month, ZB1=of_zb1, ZB2=150, ZB3=160)
    allocations(tmp_path, **PEOPLE)
    row = year_of(made_of(tmp_path, framework="closer-to-home"), "people-seen-in-community", "ZB1")
    # The mean of 100, 110 and 120 for 1,000 people; by a need of 1.2 a sixth less.
    assert (row["status"], row["value"]) == ("read", pytest.approx(110))
    assert row["need_value"] == pytest.approx(110 / 1.2)


def test_the_command_says_what_it_does_not_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for month in MONTHS:
        admissions(tmp_path, month, ZA1=12, ZA6=11, ZX1=10)
    store = str(store_of(tmp_path))
    command = ["shift", "published", "--framework", "neighbourhood-eight", "--store", store]
    assert run([*command, "--icb", "ZB9"]) == 2
    assert "no ICB 'ZB9'" in capsys.readouterr().err
    assert run([*command, "--year", "2019/20"]) == 2
    assert "there are figures of 2024/25" in capsys.readouterr().err


def composite(*names: str, **weights: float) -> ShiftComposite:
    given = weights or dict.fromkeys(names, 1.0)
    return ShiftComposite(
        schema="remit/shift-composite/1",
        name="Ours",
        by_need=False,
        weights={name.replace("_", "-"): weight for name, weight in given.items()},
    )


@pytest.fixture(scope="module")
def attendances(tmp_path_factory: pytest.TempPathFactory) -> PublishedShift:
    """A year of which two measures are shown: admissions and major attendances, ten times as many.

    Per head both put ZB3 first, since fewer is closer to home.
    """
    folder = tmp_path_factory.mktemp("attendances")
    for month in MONTHS:
        admissions(folder, month, ZA1=12, ZA6=11, ZX1=10)
    allocations(folder, **PEOPLE)
    with Store.open(store_of(folder), read_only=True) as store:
        return published_shift(store)


def test_a_composite_turns_measures_closer_to_home_and_tells_its_range(
    attendances: PublishedShift,
) -> None:
    found = composite_of(attendances, composite(emergency_admissions=3, ae_attendances_major=1))
    rows = found.frame.to_dicts()
    # Both measures are 12, 11, 10 in proportion: standardised +1.2247, 0, -1.2247, and turned.
    assert [(row["org_code"], row["rank"]) for row in rows] == [("ZB3", 1), ("ZB2", 2), ("ZB1", 3)]
    assert [row["score"] for row in rows] == pytest.approx([1.224745, 0, -1.224745], abs=1e-6)
    # The two say the same, so that no weights change a place.
    assert all((row["rank_low"], row["rank_high"]) == (row["rank"],) * 2 for row in rows)
    assert "not Remit's" in composite_words(found)


def test_a_composite_takes_no_measure_that_is_not_shown(attendances: PublishedShift) -> None:
    for name, why in (
        ("community-contacts", "no figure of 2024/25"),
        ("community-beds", "workbook"),
        ("gp-apointments", "nearest: gp-appointments"),
        ("ae-attendances-other", "neither way"),
    ):
        with pytest.raises(AssessmentError, match=why):
            composite_of(attendances, composite("emergency-admissions", name))


def test_an_unknown_framework_or_year_is_told(a_year: PublishedShift, tmp_path: Path) -> None:
    allocations(tmp_path, **PEOPLE)
    with pytest.raises(AssessmentError, match="closer-to-home"):
        made_of(tmp_path, framework="closer-to-hone")
    for wrong in ("2024", "2024/26", "24/25", "last"):
        with pytest.raises(AssessmentError, match="2024/25"):
            made_of(tmp_path, year=wrong)
    with pytest.raises(AssessmentError, match="no figure for any measure"):
        made_of(tmp_path)


def test_without_people_nothing_is_held_against_them_and_that_is_said(tmp_path: Path) -> None:
    for month in MONTHS:
        admissions(tmp_path, month, ZA1=12, ZA6=11, ZX1=10)
    made = made_of(tmp_path)
    row = year_of(made, "emergency-admissions", "ZB1")
    assert (row["status"], row["value"]) == ("withheld", None)
    assert "people" in row["reason"]
