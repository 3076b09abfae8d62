"""Revised files, worked by hand: what is current, what was, and what comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.model.errors import StoreError
from remit.store import ScopeReport, Store
from tests.store.published import COMMUNITY_TRUSTS, UNITS, Figures, read, sickness, trust_data

SEPTEMBER, DECEMBER, MARCH = date(2025, 9, 9), date(2025, 12, 11), date(2026, 3, 12)
Q1 = "2025/26 Q1 · mental_health_community"
Q2 = "2025/26 Q2 · mental_health_community"


@pytest.fixture
def ingest(store: Store, tmp_path: Path):
    """Write, read and take in a file; its report."""

    def write_and_take(
        name: str, figures: Figures, published_on: date | None, quarter: str = "Q1 2025/26"
    ):
        path = trust_data(tmp_path / name, figures, quarter=quarter)
        return store.ingest([read(path, published_on)]).files[0]

    return write_and_take


def values(store: Store, as_at: date | None = None) -> dict[str, float | None]:
    frame = store.observations(as_at)
    return dict(frame.select("org_code", "value").iter_rows())


def test_a_revised_file_is_a_new_vintage_and_the_older_one_stays(store: Store, ingest) -> None:
    ingest("first.csv", sickness("5.1", "4.0", "3.0"), SEPTEMBER)
    report = ingest("second.csv", sickness("5.2", "4.0"), DECEMBER)
    assert report.outcome == "new vintage"
    assert report.scopes == (ScopeReport(Q1, "first.csv", None, changed=1, added=0, gone=1),)
    assert values(store) == {"R1A": 5.2, "R1D": 4.0}
    assert [source.file_name for source in store.sources()] == ["second.csv"]
    everything = store.sources(all_vintages=True)
    assert [(s.file_name, s.current_scopes) for s in everything] == [
        ("first.csv", ()),
        ("second.csv", (Q1,)),
    ]


def test_results_can_be_had_as_at_any_day(store: Store, ingest) -> None:
    ingest("first.csv", sickness("5.1"), SEPTEMBER)
    ingest("second.csv", sickness("5.2"), DECEMBER)
    ingest("third.csv", sickness("5.3"), MARCH)
    assert values(store, date(2025, 9, 8)) == {}
    assert values(store, SEPTEMBER) == {"R1A": 5.1}
    assert values(store, date(2025, 12, 10)) == {"R1A": 5.1}
    assert values(store, DECEMBER) == {"R1A": 5.2}
    assert values(store, MARCH) == values(store) == {"R1A": 5.3}
    assert [s.file_name for s in store.sources(DECEMBER)] == ["second.csv"]
    known_then = store.sources(DECEMBER, all_vintages=True)
    assert [s.file_name for s in known_then] == ["first.csv", "second.csv"]


def test_an_older_vintage_that_is_taken_in_late_stays_in_its_place(store: Store, ingest) -> None:
    ingest("third.csv", sickness("5.3"), MARCH)
    report = ingest("first.csv", sickness("5.1"), SEPTEMBER)
    assert report.scopes == (ScopeReport(Q1, before=None, after="third.csv"),)
    between = ingest("second.csv", sickness("5.2", "4.0"), DECEMBER)
    assert between.scopes == (ScopeReport(Q1, "first.csv", "third.csv", changed=1, added=1),)
    assert values(store) == {"R1A": 5.3}
    assert values(store, DECEMBER) == {"R1A": 5.2, "R1D": 4.0}


def test_of_two_files_of_one_day_the_one_taken_in_last_counts(store: Store, ingest) -> None:
    ingest("first.csv", sickness("5.1"), SEPTEMBER)
    report = ingest("second.csv", sickness("5.2"), SEPTEMBER)
    assert report.scopes[0].before == "first.csv"
    assert values(store, SEPTEMBER) == {"R1A": 5.2}


def test_the_order_within_one_ingest_counts_as_well(store: Store, tmp_path: Path) -> None:
    readings = [
        read(trust_data(tmp_path / f"{name}.csv", sickness(value)))
        for name, value in (("first", "5.1"), ("second", "5.2"))
    ]
    report = store.ingest(readings)
    assert [file.outcome for file in report.files] == ["new", "new vintage"]
    assert values(store) == {"R1A": 5.2}


def test_a_file_of_several_quarters_replaces_each_by_itself(
    store: Store, ingest, tmp_path: Path
) -> None:
    ingest("q1.csv", sickness("5.1"), SEPTEMBER)
    ingest("q1-again.csv", sickness("5.9"), MARCH)
    both = trust_data(tmp_path / "q1-q2.csv", sickness("5.2"))
    second_quarter = trust_data(tmp_path / "q2.csv", sickness("6.2"), quarter="Q2 2025/26")
    both.write_bytes(both.read_bytes() + second_quarter.read_bytes().split(b"\n", 1)[1])
    report = store.ingest([read(both, DECEMBER)]).files[0]
    assert report.scopes == (
        ScopeReport(Q1, "q1.csv", "q1-again.csv", changed=1),
        ScopeReport(Q2),
    )
    frame = store.observations().select("release", "value")
    assert frame.rows() == [("2025/26 Q1", 5.9), ("2025/26 Q2", 6.2)]
    current = {s.file_name: s.current_scopes for s in store.sources()}
    assert current == {"q1-q2.csv": (Q2,), "q1-again.csv": (Q1,)}


def test_a_figure_that_becomes_suppressed_counts_as_changed(store: Store, ingest) -> None:
    ingest("first.csv", sickness("5.1", "*", ""), SEPTEMBER)
    report = ingest("second.csv", sickness("*", "*", "*"), DECEMBER)
    assert (report.scopes[0].changed, report.scopes[0].added, report.scopes[0].gone) == (2, 0, 0)


def test_every_metric_of_a_trust_is_compared_by_itself(store: Store, ingest) -> None:
    figures = {(code, metric): "2" for code in COMMUNITY_TRUSTS for metric in UNITS}
    ingest("first.csv", figures, SEPTEMBER)
    report = ingest("second.csv", figures | {("RAT", "OF0061"): "3"}, DECEMBER)
    assert (report.scopes[0].changed, report.scopes[0].added, report.scopes[0].gone) == (1, 0, 0)


def test_removing_the_latest_vintage_brings_the_one_before_back(store: Store, ingest) -> None:
    ingest("first.csv", sickness("5.1"), SEPTEMBER)
    second = ingest("second.csv", sickness("5.2", "x"), DECEMBER)
    report = store.remove(second.source_id)
    assert (report.source.file_name, report.observations) == ("second.csv", 1)
    assert report.scopes == ((Q1, "first.csv"),)
    assert values(store) == {"R1A": 5.1}
    assert store.rejections() == []
    assert store.remove(store.sources()[0].source_id).scopes == ((Q1, None),)
    assert store.sources(all_vintages=True) == []


def test_removing_an_older_vintage_leaves_the_current_one(store: Store, ingest) -> None:
    first = ingest("first.csv", sickness("5.1"), SEPTEMBER)
    ingest("second.csv", sickness("5.2"), DECEMBER)
    assert store.remove(first.source_id).scopes == ((Q1, "second.csv"),)
    assert values(store, DECEMBER) == {"R1A": 5.2}
    assert values(store, SEPTEMBER) == {}


def test_a_removal_can_be_tried_out(store: Store, ingest) -> None:
    first = ingest("first.csv", sickness("5.1"), SEPTEMBER)
    report = store.remove(first.source_id, dry_run=True)
    assert (report.dry_run, report.observations) == (True, 1)
    assert values(store) == {"R1A": 5.1}


def test_a_file_can_come_back_with_another_day(store: Store, ingest) -> None:
    first = ingest("first.csv", sickness("5.1"), DECEMBER)
    store.remove(first.source_id)
    again = ingest("first.csv", sickness("5.1"), SEPTEMBER)
    assert again.outcome == "new"
    assert values(store, SEPTEMBER) == {"R1A": 5.1}


def test_removing_what_is_not_there_names_what_is(store: Store, ingest) -> None:
    first = ingest("first.csv", sickness("5.1"), SEPTEMBER)
    with pytest.raises(StoreError, match=rf"'f00'.*{first.source_id} \(first\.csv\)"):
        store.remove("f00")
    assert values(store) == {"R1A": 5.1}


def test_a_view_in_the_file_shows_the_current_figures_to_other_programs(
    store: Store, ingest, path: Path
) -> None:
    import duckdb

    ingest("first.csv", sickness("5.1"), SEPTEMBER)
    ingest("second.csv", sickness("5.2"), DECEMBER)
    store.close()
    with duckdb.connect(str(path), read_only=True) as connection:
        current = connection.execute("SELECT value FROM observation_current").fetchall()
        earlier = connection.execute(
            "SELECT value FROM observation_as_at(DATE '2025-10-01')"
        ).fetchall()
    assert (current, earlier) == ([(5.2,)], [(5.1,)])
