"""Series from the published files: sums held against printed totals, mergers, every metric."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from remit.catalogue import load_computed_metrics, load_metrics
from remit.publications.recognise import read_file
from remit.publications.rows.reading import ReadingContext
from remit.register import load_register
from remit.series import series
from remit.store import Store


@pytest.fixture(scope="module")
def store(shared_data: Path) -> Iterator[Store]:
    """A&E and virtual wards; all files would take minutes."""
    context = ReadingContext(load_register(), load_metrics())
    files = [*(shared_data / "ae").glob("*.csv"), *(shared_data / "virtual_ward").glob("*.xlsx")]
    with Store.in_memory() as held:
        held.ingest([read_file(path, context) for path in sorted(files)])
        yield held


def test_the_sum_over_providers_is_the_published_total_where_all_submitted(store: Store) -> None:
    metric = "ae.four-hours"
    measures = load_computed_metrics()[metric].measures
    held = store.observations(metrics=measures)
    summed = series(held.filter(pl.col("org_kind") != "england"), metric, "england").frame
    published = series(held.filter(pl.col("org_kind") == "england"), metric, "england").frame
    assert summed["basis"].unique().to_list() == ["trust"]
    assert published["basis"].unique().to_list() == ["england"]
    columns = ["period_label", "numerator", "denominator", "value"]
    assert summed.height == 48
    both_ways = summed.join(published, on="period_label", suffix="_printed")
    tried = pl.col("period_start") < date(2023, 6, 1)
    since = both_ways.filter(~tried)
    assert since.height == 22
    for column in columns[1:]:
        assert since[column].to_list() == since[f"{column}_printed"].to_list()
    # Fourteen trusts gave no four-hour figures while they tried other standards.
    before = both_ways.filter(tried)
    missing = before["n_expected"] - before["n_present"]
    assert missing.min() >= 14  # type: ignore[operator]
    assert (before["value"] < before["value_printed"]).all()
    # The printed base counts the patients of those fourteen, so that no rate is made of it. Of
    # April 2021 the Nuffield Trust's summary (13 May 2021) says that 15% waited longer.
    ours = series(store, metric, "england").frame
    assert ours["value"].to_list() == summed["value"].to_list()
    assert ours["made"].to_list() == ["named"] * 26 + ["printed"] * 22
    assert 14.5 <= 100 - ours["value"][0] < 15.5


def test_a_rate_is_that_of_the_lines_it_is_traced_to(store: Store) -> None:
    made = series(store, "ae.four-hours", "icb", organisations=["QHM"])
    point = made.frame.filter(pl.col("period_label") == "Jun 2024").row(0, named=True)
    behind = made.trace("QHM", "ae.four-hours", "Jun 2024")
    signed = behind.with_columns(pl.col("value") * pl.col("sign"))
    sums = dict(signed.group_by("side").agg(pl.col("value").sum()).iter_rows())
    assert sums["numerator"] == point["numerator"]
    assert sums["denominator"] == point["denominator"]
    assert point["value"] == pytest.approx(100 * sums["numerator"] / sums["denominator"])
    assert behind["file"].unique().to_list() == ["Monthly-AE-June-2024.csv"]
    assert behind["line"].null_count() == behind["column"].null_count() == 0


def test_all_trusts_are_in_their_icbs_and_regions(store: Store) -> None:
    """Three trusts closed before ICBs began, and one was divided between two: the notes say so."""
    since = date(2022, 4, 1)
    totals = [
        series(store, "ae.attendances", level, start=since)
        .frame.group_by("period_start")
        .agg(pl.col("numerator").sum())
        .sort("period_start")
        for level in ("trust", "icb", "region")
    ]
    assert totals[0].height == 36
    assert totals[0].equals(totals[1])
    assert totals[1].equals(totals[2])
    notes = " ".join(series(store, "ae.attendances", "icb").notes)
    assert "RBZ (RH8), RW6 (R0A and RM3)" in notes
    assert "1 trust has no ICB" in notes
    assert "RTV (to May 2021; divided between RW4 and RXV)" in notes


def test_a_merger_does_not_break_a_series(store: Store) -> None:
    """RVJ is part of RA7 from July 2026 on: with predecessors their months before are added up."""
    metric = "ae.attendances"
    apart = series(store, metric, organisations=["RVJ", "RA7"], on=date(2025, 3, 31)).frame
    joined = series(store, metric, organisations=["RVJ"], with_predecessors=True).frame
    assert apart["org_code"].unique().sort().to_list() == ["RA7", "RVJ"]
    assert joined["org_code"].unique().to_list() == ["RA7"]
    assert joined.height == 48
    assert joined["numerator"].sum() == apart["numerator"].sum()
    assert joined["n_present"].to_list() == [2] * 48


def test_virtual_wards_go_upward_from_icbs(store: Store) -> None:
    held = store.observations().filter(
        pl.col("metric_id").str.starts_with("virtual-ward"), pl.col("org_kind") != "england"
    )
    made = series(held, "virtual-ward.occupancy", "england").frame
    assert made["basis"].unique().to_list() == ["icb"]
    assert made["n_expected"].max() == 42
    assert made["value"].is_between(40, 100).all()


def test_who_did_not_submit_is_missing(store: Store) -> None:
    """Oxford Health has no row in August and September 2022."""
    made = series(store, "ae.four-hours", organisations=["RNU"]).frame
    gaps = made.filter(pl.col("status") == "not_submitted")
    assert gaps["period_label"].to_list() == ["Aug 2022", "Sep 2022"]
    icb = series(store, "ae.four-hours", "icb", organisations=["QU9"]).frame
    august = icb.filter(pl.col("period_label") == "Sep 2022").row(0, named=True)
    assert august["status"] == "incomplete"
    assert august["n_present"] < august["n_expected"]
