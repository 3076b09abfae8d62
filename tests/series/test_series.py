"""Numerators and denominators summed for trusts, ICBs, regions and England."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.catalogue import load_metrics
from remit.model.errors import SeriesError, UnknownCode
from remit.model.observation import Status
from remit.publications.recognise import read_file
from remit.publications.rows.reading import ReadingContext
from remit.register import Register, load_register
from remit.series import Series, cuts, series
from remit.series.areas import Level
from remit.store import Store
from tests.fetching.published import ae_file
from tests.series.counted import COUNT, counts, metric, register


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return register(tmp_path_factory.mktemp("register"))


def points(made: Series, *columns: str) -> list[tuple[object, ...]]:
    return made.frame.select(columns).rows()


def test_a_rate_is_made_from_both_counts() -> None:
    made = series(counts(("ZA1", "Jun 2025", 200, 50)), metric())
    assert points(made, "org_code", "period_label", "numerator", "denominator", "value") == [
        ("ZA1", "Jun 2025", 150.0, 200.0, 75.0)
    ]
    assert points(made, "period_start", "period_end", "status", "n_sources") == [
        (date(2025, 6, 1), date(2025, 6, 30), "reported", 3)
    ]


def test_an_icbs_rate_is_of_the_sums_and_not_the_mean_of_rates() -> None:
    held = counts(("ZA1", "Jun 2025", 300, 30), ("ZA2", "Jun 2025", 100, 50))
    made = series(held, metric(), "icb")
    assert points(made, "org_code", "numerator", "denominator", "value", "basis") == [
        ("ZB1", 320.0, 400.0, 80.0, "trust")
    ]


def test_a_region_has_all_its_icbs() -> None:
    held = counts(("ZA1", "Jun 2025", 300, 30), ("ZA6", "Jun 2025", 100, 50))
    assert points(series(held, metric(), "region"), "org_code", "value") == [("ZR1", 80.0)]


def test_a_sum_without_somebody_says_how_many_are_in() -> None:
    held = counts(
        ("ZA1", "May 2025", 100, 10),
        ("ZA2", "May 2025", 100, 30),
        ("ZA1", "Jun 2025", 100, 10),
        ("ZA2", "Jun 2025", None, None),
    )
    assert points(series(held, metric(), "icb"), "value", "status", "n_present", "n_expected") == [
        (80.0, "reported", 2, 2),
        (90.0, "incomplete", 1, 2),
    ]


def test_who_has_no_row_at_all_is_missing_too_if_it_was_there_before() -> None:
    held = counts(
        ("ZA1", "May 2025", 100, 10), ("ZA2", "May 2025", 100, 30), ("ZA1", "Jun 2025", 100, 10)
    )
    made = series(held, metric(), "icb").frame
    assert made["status"].to_list() == ["reported", "incomplete"]
    gap = series(held, metric()).frame.filter(pl.col("value").is_null())
    assert gap.select("org_code", "status").rows() == [("ZA2", "not_submitted")]


def test_a_trust_silent_for_long_is_expected_no_more() -> None:
    months = ["Jan 2025", "Feb 2025", "Mar 2025", "Apr 2025", "May 2025"]
    held = counts(("ZA2", "Jan 2025", 100, 30), *(("ZA1", month, 100, 10) for month in months))
    assert series(held, metric(), "icb").frame["n_expected"].to_list() == [2, 2, 2, 2, 1]


def test_a_trust_is_missing_in_the_year_after_its_last_yearly_figure() -> None:
    years = ["2022/23", "2023/24", "2024/25"]
    held = counts(("ZA2", "2022/23", 100, 30), *(("ZA1", year, 100, 10) for year in years))
    made = series(held, metric(frequency="year"), "icb").frame
    assert made["n_expected"].to_list() == [2, 2, 1]


def test_a_gap_is_missing_however_long() -> None:
    months = ["Jan 2023", "Jan 2024", "Jan 2025"]
    held = counts(
        ("ZA2", "Jan 2023", 100, 30),
        ("ZA2", "Jan 2025", 100, 30),
        *(("ZA1", month, 100, 10) for month in months),
    )
    assert series(held, metric(), "icb").frame["n_expected"].to_list() == [2, 2, 2]


def test_what_does_not_apply_is_not_expected() -> None:
    held = counts(("ZA1", "May 2025", 100, 10), ("ZA2", "May 2025", "n/a", "n/a"))
    assert points(series(held, metric(), "icb"), "status", "n_expected") == [("reported", 1)]


def test_suppressed_missing_and_zero_differ() -> None:
    held = counts(
        ("ZA1", "May 2025", 100, "*"),
        ("ZA2", "May 2025", None, None),
        ("ZA3", "May 2025", 100, 100),
        ("ZA4", "May 2025", 0, 0),
    )
    assert points(series(held, metric()), "org_code", "value", "status", "n_present") == [
        ("ZA1", None, Status.SUPPRESSED, 0),
        ("ZA2", None, Status.NOT_SUBMITTED, 0),
        ("ZA3", 0.0, "reported", 1),
        ("ZA4", None, "nobody_counted", 1),
    ]


def test_one_of_two_counts_is_no_point() -> None:
    held = counts(("ZA1", "May 2025", 100), ("ZA1", "Jun 2025", 100, 20))
    made = series(held, metric())
    assert points(made, "period_label", "value") == [("Jun 2025", 80.0)]


def test_a_measure_that_may_be_absent_counts_as_nothing_but_not_if_suppressed() -> None:
    held = counts(("ZA1", "May 2025", 100), ("ZA2", "May 2025", 100, "*"))
    plus = metric(numerator=("test.all", "test.late?"), denominator=())
    assert points(series(held, plus), "org_code", "numerator") == [("ZA1", 100.0), ("ZA2", None)]


def test_other_providers_count_for_england_and_no_icb() -> None:
    held = counts(("ZA1", "May 2025", 100, 10), ("NX99", "May 2025", 100, 30))
    assert points(series(held, metric(), "england"), "org_code", "value") == [("ENG", 80.0)]
    icbs = series(held, metric(), "icb")
    assert points(icbs, "org_code", "value") == [("ZB1", 90.0)]
    assert any("1 provider that is no NHS trust" in note for note in icbs.notes)
    many = counts(*((f"NX{number:04}", "May 2025", 100, 10) for number in range(1000)))
    notes = series(pl.concat([held, many]), metric(), "icb").notes
    assert any(note.startswith("1,001 providers that are no NHS trusts bel") for note in notes)
    assert points(series(held, metric()), "org_code") == [("ZA1",)]
    assert points(series(held, metric(), organisations=["nx99"]), "org_code") == [("NX99",)]


def test_a_sample_is_never_called_england() -> None:
    made = series(counts(("ZA1", "May 2025", 100, 10)), metric(), "england")
    assert points(made, "org_name") == [("All of the fictional sample",)]


@pytest.mark.parametrize("kind", ["local_authority", "practice"])
def test_who_sees_the_same_people_another_way_is_not_added(kind: str) -> None:
    trust = counts(("ZA1", "May 2025", 100, 10))
    authority = counts(("E06000001", "May 2025", 100, 10), org_kind=kind)
    held = pl.concat([trust, authority], how="diagonal")
    assert points(series(held, metric(), "england"), "denominator") == [(100.0,)]


def test_a_practice_can_be_a_provider_in_another_publication() -> None:
    tests = counts(("A99999", "May 2025", 100, 10), org_kind="other_provider")
    people = counts(("A99999", "May 2025", 100, 10), org_kind="practice").with_columns(
        pl.col("metric_id").str.replace("test", "people")
    )
    both = [metric(), metric(id="people.n", numerator=("people.all",), denominator=())]
    made = series(pl.concat([people, tests]), both, "england")
    assert points(made, "metric_id", "denominator") == [("test.in-time", 100.0)]


# Layers ------------------------------------------------------------------------------------------


def test_a_publication_of_icbs_goes_upward_only() -> None:
    held = counts(("ZB1", "May 2025", 100, 10), ("ZB2", "May 2025", 300, 90), org_kind="icb")
    england = series(held, metric(), "england")
    assert points(england, "value", "basis") == [(75.0, "icb")]
    assert points(series(held, metric(), "icb"), "org_code") == [("ZB1",), ("ZB2",)]
    assert series(held, metric()).frame.is_empty()


def test_a_published_england_row_is_used_where_there_is_no_other() -> None:
    held = counts(("ENG", "May 2025", 100, 10), org_kind="england")
    assert points(series(held, metric(), "england"), "value", "basis") == [(90.0, "england")]


def test_nobody_is_counted_twice_and_a_series_keeps_its_layer() -> None:
    trusts = counts(("ZA1", "May 2025", 100, 10), org_kind="acute")
    icbs = counts(("ZB1", "Apr 2025", 500, 100), ("ZB1", "May 2025", 500, 50), org_kind="icb")
    both = pl.concat([trusts, icbs])
    assert points(series(both, metric(), "icb"), "period_label", "denominator", "basis") == [
        ("Apr 2025", 500.0, "icb"),
        ("May 2025", 500.0, "icb"),
    ]


def test_nobody_is_missing_in_a_month_that_was_published_for_england_alone() -> None:
    england = counts(
        *(("ENG", month, 500, 50) for month in ("Apr 2025", "May 2025", "Jun 2025")),
        org_kind="england",
    )
    trusts = counts(("ZA1", "Apr 2025", 100, 10), ("ZA1", "Jun 2025", 100, 10), org_kind="acute")
    held = pl.concat([england, trusts])
    assert points(series(held, metric()), "period_label") == [("Apr 2025",), ("Jun 2025",)]
    assert points(series(held, metric(), "england"), "basis").count(("england",)) == 3


# Mergers -----------------------------------------------------------------------------------------

MERGER = counts(
    ("ZQ1", "May 2025", 100, 40), ("ZQ2", "May 2025", 300, 40), ("ZQ2", "Jun 2025", 400, 80)
)


def test_a_merger_does_not_break_the_successors_series(merged: Register) -> None:
    made = series(MERGER, metric(), register=merged, with_predecessors=True)
    assert points(made, "org_code", "period_label", "denominator", "value", "n_expected") == [
        ("ZQ2", "May 2025", 400.0, 80.0, 2),
        ("ZQ2", "Jun 2025", 400.0, 80.0, 1),
    ]


def test_mergers_are_left_as_published(merged: Register) -> None:
    made = series(MERGER, metric(), register=merged)
    assert points(made, "org_code", "value", "status") == [
        ("ZQ1", 60.0, "reported"),
        ("ZQ2", pytest.approx(86 + 2 / 3), "reported"),
        ("ZQ2", 80.0, "reported"),
    ]


def test_one_question_has_one_figure_whatever_the_day(merged: Register) -> None:
    """The figure of May is the same before the merger and after it, in either way of telling it."""
    for ways, value in ((False, pytest.approx(86 + 2 / 3)), (True, 80.0)):
        for on in (date(2025, 5, 31), date(2025, 6, 30), None):
            made = series(
                MERGER, metric(), register=merged, on=on, with_predecessors=ways,
                organisations=["ZQ2"],
            )  # fmt: skip
            assert made.frame["value"][0] == value
            assert ("With ZQ1" in made.who(made.frame.row(0, named=True))) is ways


def test_a_closed_trust_ends_or_is_found_under_its_successor(merged: Register) -> None:
    own = series(MERGER, metric(), register=merged, organisations=["ZQ1"])
    assert points(own, "org_code", "period_label", "value") == [("ZQ1", "May 2025", 60.0)]
    made = series(MERGER, metric(), register=merged, organisations=["ZQ1"], with_predecessors=True)
    assert made.frame["org_code"].unique().to_list() == ["ZQ2"]


def test_icbs_follow_their_dates_and_their_mergers(merged: Register) -> None:
    held = counts(
        ("ZQ3", "Mar 2026", 100, 10),
        ("ZQ3", "Apr 2026", 100, 20),
        ("ZQ4", "Mar 2026", 100, 30),
        ("ZQ4", "Apr 2026", 100, 40),
    )
    today = series(held, metric(), "icb", register=merged)
    assert points(today, "org_code", "value") == [
        ("ZB2", 70.0),
        ("ZB2", 60.0),
        ("ZB8", 90.0),
        ("ZB8", 80.0),
    ]
    then = series(held, metric(), "icb", register=merged, on=date(2026, 3, 31))
    assert then.frame["org_code"].unique().sort().to_list() == ["ZB2", "ZB7", "ZB8", "ZB9"]


def test_an_icbs_own_figures_follow_its_merger_but_no_division(merged: Register) -> None:
    held = counts(("ZB7", "Mar 2026", 100, 10), ("ZB9", "Mar 2026", 100, 20), org_kind="icb")
    made = series(held, metric(), "icb", register=merged, on=date(2026, 4, 1))
    assert points(made, "org_code", "value") == [("ZB8", 90.0), ("ZB9", 80.0)]


def test_a_trust_without_an_icb_is_left_out_and_named(merged: Register) -> None:
    held = counts(("ZQ5", "Apr 2020", 100, 10), ("ZA1", "Apr 2020", 100, 20))
    made = series(held, metric(), "icb", register=merged)
    assert points(made, "org_code", "value") == [("ZB1", 80.0)]
    assert any("1 trust has no ICB" in note and "ZQ5 (to Apr 2020)" in note for note in made.notes)


def test_a_closed_trust_without_an_icb_is_counted_where_its_successor_is(merged: Register) -> None:
    held = counts(("ZQ6", "Apr 2021", 100, 10), ("ZA1", "Apr 2021", 100, 20))
    made = series(held, metric(), "icb", register=merged)
    assert points(made, "org_code", "value", "n_present") == [("ZB1", 85.0, 2)]
    notes = " ".join(made.notes)
    assert "1 closed trust has no ICB of its own" in notes
    assert "what followed it is: ZQ6 (ZQ2)." in notes


def test_a_trust_divided_between_two_icbs_is_left_out_and_named(merged: Register) -> None:
    """ZQ2 is in ZB1 and ZQ4 in ZB9: which figures went where cannot be told."""
    held = counts(("ZQ7", "Apr 2021", 100, 10), ("ZA1", "Apr 2021", 100, 20))
    made = series(held, metric(), "icb", register=merged)
    assert points(made, "org_code", "value") == [("ZB1", 80.0)]
    assert any("ZQ7 (to Apr 2021; divided between ZQ2 and ZQ4)" in note for note in made.notes)


def test_a_trust_divided_within_one_icb_is_counted_there(merged: Register) -> None:
    held = counts(("ZQ8", "Apr 2021", 100, 10), ("ZA1", "Apr 2021", 100, 20))
    made = series(held, metric(), "icb", register=merged)
    assert points(made, "org_code", "value") == [("ZB1", 85.0)]


def test_a_metric_has_no_points_before_it_began_or_after_it_ended() -> None:
    """April's and June's figures are there, and belong to no point; nothing is missing in them."""
    months = ("Apr 2025", "May 2025", "Jun 2025")
    held = counts(*(("ZA1", month, 100, 10) for month in months))
    lasting = metric(valid_from=date(2025, 5, 1), valid_to=date(2025, 5, 31))
    made = series(held, lasting)
    assert points(made, "period_label", "value", "status") == [("May 2025", 90.0, "reported")]
    assert not lasting.covers(date(2025, 6, 30))
    with pytest.raises(ValueError, match="valid_to is before valid_from"):
        metric(valid_from=date(2025, 5, 1), valid_to=date(2025, 4, 30))


def test_months_before_icbs_began_belong_to_the_first_one() -> None:
    made = series(counts(("ZA1", "Apr 2021", 100, 10)), metric(), "icb")
    assert points(made, "org_code", "value") == [("ZB1", 90.0)]


# Time --------------------------------------------------------------------------------------------


def days(org: str, *values: tuple[str, int, int]) -> pl.DataFrame:
    held = counts(*((org, day, total, late) for day, total, late in values))
    return held.with_columns(
        pl.col("period_label").str.to_date().alias("period_start"),
        pl.col("period_label").str.to_date().alias("period_end"),
    )


def test_days_are_joined_into_months_as_events_or_as_a_mean() -> None:
    held = days("ZA1", ("2025-05-01", 100, 10), ("2025-05-02", 300, 90), ("2025-06-01", 50, 0))
    assert points(series(held, metric()), "period_label", "denominator", "value") == [
        ("May 2025", 400.0, 75.0),
        ("Jun 2025", 50.0, 100.0),
    ]
    mean = metric(over_time="mean", **COUNT)
    assert series(held, mean).frame["value"].to_list() == [200.0, 50.0]


def test_a_month_that_lacks_days_which_others_have_is_incomplete() -> None:
    month = [(f"2025-05-{day:02}", 100, 10) for day in range(1, 32)]
    made = series(pl.concat([days("ZA1", *month), days("ZA2", *month[:-1])]), metric())
    assert points(made, "org_code", "status") == [("ZA1", "reported"), ("ZA2", "incomplete")]


def test_a_month_of_which_only_the_first_days_are_there_is_incomplete() -> None:
    month = [(f"2025-05-{day:02}", 100, 10) for day in range(1, 32)]
    begun = [(f"2025-06-{day:02}", 100, 10) for day in range(1, 11)]
    made = series(days("ZA1", *month, *begun), metric())
    assert points(made, "period_label", "status") == [
        ("May 2025", "reported"),
        ("Jun 2025", "incomplete"),
    ]


def test_a_publication_of_working_days_is_complete() -> None:
    working = [
        day
        for day in (date(2025, 5, 1) + timedelta(days=number) for number in range(61))
        if day.weekday() < 5
    ]
    made = series(days("ZA1", *((str(day), 100, 10) for day in working)), metric())
    assert points(made, "status") == [("reported",), ("reported",)]


def test_a_quarter_that_lacks_a_month_is_incomplete() -> None:
    held = counts(*(("ZA1", f"{name} 2025", 100, 10) for name in ("Jan", "Feb", "Mar", "Apr")))
    made = series(held, metric(frequency="quarter"))
    assert points(made, "status") == [("reported",), ("incomplete",)]


@pytest.mark.parametrize(
    ("frequency", "label", "start", "end"),
    [
        ("quarter", "2024/25 Q4", date(2025, 1, 1), date(2025, 3, 31)),
        ("year", "2024/25", date(2024, 4, 1), date(2025, 3, 31)),
    ],
)
def test_months_are_joined_into_quarters_and_years(
    frequency: str, label: str, start: date, end: date
) -> None:
    held = counts(("ZA1", "Jan 2025", 100, 10), ("ZA1", "Mar 2025", 100, 30))
    made = series(held, metric(frequency=frequency))
    assert points(made, "period_label", "period_start", "period_end", "value") == [
        (label, start, end, 80.0)
    ]


def test_quarters_of_a_monthly_metric_stay_quarters() -> None:
    made = series(counts(("ZA1", "2024/25 Q4", 100, 10)), metric())
    assert points(made, "period_label", "value") == [("2024/25 Q4", 90.0)]


def test_a_rare_base_holds_until_the_next() -> None:
    events = counts(*(("ZA1", month, 10) for month in ("Mar 2025", "May 2025", "Jun 2026")))
    people = counts(("ZA1", "2025/26", 1000), ("ZA1", "2026/27", 2000)).with_columns(
        metric_id=pl.lit("test.people")
    )
    rate = metric(
        numerator=("test.all",),
        denominator=("test.people",),
        scale=1000,
        denominator_period="latest",
    )
    made = series(pl.concat([events, people]), rate)
    assert points(made, "period_label", "value") == [("May 2025", 10.0), ("Jun 2026", 5.0)]
    behind = made.trace("ZA1", rate.id, "Jun 2026")
    assert behind.select("measure", "period_label", "value").rows() == [
        ("test.all", "Jun 2026", 10.0),
        ("test.people", "2026/27", 2000.0),
    ]


# Cuts, doubles, sources --------------------------------------------------------------------------

AGES = pl.concat(
    [
        counts(("ZA1", "May 2025", 100, 20), cut=None).with_columns(cut=pl.lit(None, pl.String)),
        counts(("ZA1", "May 2025", 40, 20), cut="age: 0-17"),
        counts(("ZA1", "May 2025", 60, 0), cut="age: 18+"),
        counts(("ZA1", "May 2025", 10, 5), cut="age: 18+; sex: female"),
    ]
)


def test_cuts_are_series_of_their_own() -> None:
    assert points(series(AGES, metric()), "cut", "value") == [(None, 80.0)]
    assert points(series(AGES, metric(), cut="age"), "cut", "value") == [
        ("age: 0-17", 50.0),
        ("age: 18+", 100.0),
    ]
    assert points(series(AGES, metric(), "icb", cut="age: 0-17"), "value") == [(50.0,)]
    assert cuts(AGES, metric()).rows() == [
        ("test.in-time", "age", "age: 0-17"),
        ("test.in-time", "age", "age: 18+"),
        ("test.in-time", "age; sex", "age: 18+; sex: female"),
    ]


def test_the_same_figure_twice_counts_once_and_is_told() -> None:
    held = counts(("ZA1", "May 2025", 100, 10), ("ZA1", "May 2025", 200, 10))
    made = series(held, metric())
    assert points(made, "value") == [(95.0,)]
    assert any("more than once" in note and "differ" in note for note in made.notes)


def test_a_point_names_its_lines() -> None:
    made = series(counts(("ZA1", "May 2025", 100, 10), ("ZA2", "May 2025", 100, None)), metric())
    assert made.trace("ZA1", "test.in-time", "May 2025").select(
        "line", "column", "side"
    ).rows() == [
        (2, "test.all", "numerator"),
        (2, "test.late", "numerator"),
        (2, "test.all", "denominator"),
    ]
    with pytest.raises(SeriesError, match="no point"):
        made.trace("ZA1", "test.in-time", "May 2024")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two months of a fictional publication; the second was revised on 10 August."""
    published = [("MAY", 10, 1), ("JUNE", 20, 2), ("JUNE", 30, 40)]
    with Store.in_memory() as held:
        for name, late, day in published:
            path = tmp_path / f"{name}-{late}.csv"
            path.write_bytes(ae_file(f"{name}-2025", late))
            known = date(2025, 7, 1) + timedelta(days=day)
            context = ReadingContext(load_register(), load_metrics(), published_on=known)
            held.ingest([read_file(path, context)])
        yield held


def test_a_store_gives_the_same_as_its_figures(store: Store) -> None:
    from_store = series(store, "ae.four-hours-type-1", "icb")
    from_figures = series(store.figures(), "ae.four-hours-type-1", "icb")
    assert points(from_store, "period_label", "value") == [("May 2025", 90.0), ("Jun 2025", 70.0)]
    assert from_store.frame.equals(from_figures.frame)
    behind = from_store.trace("ZB1", "ae.four-hours-type-1", "Jun 2025")
    assert behind["file"].unique().to_list() == ["JUNE-30.csv"]
    assert behind["line"].unique().sort().to_list() == [2, 3, 4]


def test_a_series_can_be_made_as_at_a_day(store: Store) -> None:
    made = series(store, "ae.four-hours-type-1", "icb", as_at=date(2025, 7, 31))
    assert made.frame["value"].to_list() == [90.0, 80.0]


def test_an_empty_store_says_what_a_metric_is_made_from() -> None:
    with Store.in_memory() as empty, pytest.raises(SeriesError, match=r"test\.all"):
        series(empty, metric())


def test_what_cannot_be_made_is_refused() -> None:
    held = counts(("ZA1", "May 2025", 100, 10))
    with pytest.raises(UnknownCode, match="Nearest"):
        series(held, "no-such-metric")
    with pytest.raises(SeriesError, match="read as published"):
        series(held, "OF0003")
    with pytest.raises(SeriesError, match="is no level"):
        series(held, metric(), "ward")  # type: ignore[arg-type]
    with pytest.raises(SeriesError, match="no figure for ZA2"):
        series(held, metric(), organisations=["ZA2"])
    with pytest.raises(SeriesError, match="by age"):
        series(held, metric(), cut="age")


def test_only_the_periods_that_are_asked_for() -> None:
    held = counts(*(("ZA1", f"{month} 2025", 100, 10) for month in ("Apr", "May", "Jun")))
    made = series(held, metric(), start=date(2025, 5, 1), end=date(2025, 5, 31))
    assert points(made, "period_label") == [("May 2025",)]


COUNTS = st.lists(
    st.tuples(
        st.sampled_from(["ZA1", "ZA2", "ZA6", "ZA7", "NX1"]),
        st.sampled_from(["Apr 2025", "May 2025", "Jun 2025"]),
        st.integers(0, 1000),
        st.integers(0, 1000),
    ),
    min_size=1,
    unique_by=lambda row: row[:2],
)


@settings(max_examples=30, deadline=None)
@given(COUNTS)
def test_no_count_is_lost_or_doubled_on_the_way_up(rows: list[tuple[str, str, int, int]]) -> None:
    held = counts(*rows)
    total = sum(row[2] for row in rows)
    trusts = sum(row[2] for row in rows if row[0] != "NX1")
    assert series(held, metric(), "england").frame["denominator"].sum() == total
    for level in ("trust", "icb", "region"):
        assert (series(held, metric(), level).frame["denominator"].sum() or 0) == trusts


def test_many_points_are_traced_at_once_like_each_alone() -> None:
    held = counts(
        ("ZA1", "May 2025", 100, 10), ("ZA2", "May 2025", 90, 5), ("ZA1", "Jun 2025", 8, 1)
    )
    made = series(held, metric(), "icb")
    every = made.traces()
    assert every.height == 9
    alone = made.trace("ZB1", "test.in-time", "Jun 2025")
    june = every.filter(pl.col("point_start") == date(2025, 6, 1))
    assert june.select(alone.columns).equals(alone)
    assert every.select("area_code", "metric_id", "cut").unique().rows() == [
        ("ZB1", "test.in-time", None)
    ]


FIVE = ("ZA1", "ZA2", "ZA3", "ZA4", "ZA5")
TENTHS = (0.1, 0.2, 0.3, 0.7, 1.1)
"""They make 2.4; added up in some orders a machine makes it 2.4000000000000004."""


@pytest.mark.parametrize("level", ["icb", "region", "england"])
def test_a_sum_does_not_depend_on_the_order_of_its_members(level: Level) -> None:
    for order in list(permutations(TENTHS))[::5]:
        held = counts(*((org, "Jun 2025", n, 0) for org, n in zip(FIVE, order, strict=True)))
        made = series(held, metric(**COUNT), level)
        assert points(made, "numerator") == [(2.4,)]


def test_a_sum_over_time_or_over_measures_does_not_depend_on_their_order() -> None:
    quarterly = metric(**COUNT | {"frequency": "quarter"})
    both = metric(**COUNT | {"numerator": ("test.all", "test.late", "test.third")})
    for first, second, third in permutations(TENTHS[:3]):
        months = [("Apr 2025", first), ("May 2025", second), ("Jun 2025", third)]
        over_time = series(counts(*(("ZA1", month, n, 0) for month, n in months)), quarterly)
        assert points(over_time, "numerator") == [(0.6,)]
        more = counts(("ZA1", "Jun 2025", third)).with_columns(metric_id=pl.lit("test.third"))
        held = pl.concat([counts(("ZA1", "Jun 2025", first, second)), more])
        assert points(series(held, both), "numerator") == [(0.6,)]
