"""A report fetches what it shows: groups that it does not show are known by name alone."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pytest

from remit.api import read_each
from remit.catalogue import load_computed_metrics
from remit.model.errors import StoreError
from remit.report import build_report
from remit.report.groups import is_shown
from remit.sample import write_monthly
from remit.series import series
from remit.store import Snapshot, Store

CONTACTS = "csds.care-contacts"
METRICS = [m for m in load_computed_metrics().values() if CONTACTS in m.measures]
MEASURES = sorted({measure for metric in METRICS for measure in metric.measures})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    files = [one.path for one in write_monthly(tmp_path_factory.mktemp("monthly"))]
    with Store.in_memory() as opened:
        opened.ingest(read_each(files))
        yield opened


def cuts_of(frame: pl.DataFrame) -> set[str]:
    return set(frame["cut"].drop_nulls())


def test_groups_that_no_report_shows_are_named_and_not_fetched(store: Store) -> None:
    held = store.snapshot(MEASURES, groups=is_shown)
    # Each file tells contacts by three age groups, by four outcomes, and by both at once.
    assert len(cuts_of(held.told.filter(metric_id=CONTACTS))) == 3 + 4 + 3 * 4
    assert cuts_of(held.of_groups) == {
        "age group: 0 to 18",
        "age group: 19 to 64",
        "age group: 65 and over",
    }
    every = store.snapshot(MEASURES)
    assert cuts_of(every.of_groups) == cuts_of(every.told)


def test_a_report_is_the_same_of_a_store_and_of_what_was_fetched_for_it(store: Store) -> None:
    held: list[Store | Snapshot] = [store, store.snapshot(MEASURES, groups=is_shown)]
    one, other = (build_report(h, "ZB1", metrics=METRICS) for h in held)
    assert one.view.notes == other.view.notes
    assert len(other.view.cuts) == len(one.view.cuts) > 0
    assert one.rows.height == other.rows.height


def test_a_group_that_was_not_fetched_is_told_and_not_taken_for_none(store: Store) -> None:
    held = store.snapshot(MEASURES, groups=is_shown)
    with pytest.raises(StoreError, match="attendance: Attended"):
        series(held, METRICS[:1], "icb", cut="attendance: Attended")
