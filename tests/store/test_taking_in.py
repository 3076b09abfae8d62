"""Taking files in: every row accounted for, twice is once, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from remit.frames.observations import OBSERVATION_SCHEMA
from remit.publications.rows.reading import Reading
from remit.store import Store
from tests.store.published import ACUTE, read, sickness, trust_data


def test_what_goes_in_comes_out(store: Store, tmp_path: Path) -> None:
    reading = read(trust_data(tmp_path / "a.csv", sickness("5.1", "0", "*", "", "4.25")))
    store.ingest([reading])
    out = store.observations()
    assert_frame_equal(out, reading.observations, check_row_order=False)
    assert dict(out.schema) == OBSERVATION_SCHEMA
    assert out["value"].to_list() == [5.1, 0.0, None, None, 4.25]
    assert out["status"].to_list() == ["reported"] * 2 + ["suppressed", "not_submitted", "reported"]
    assert out["source_row"].to_list() == [2, 3, 4, 5, 6]


def test_the_report_accounts_for_every_row(store: Store, tmp_path: Path) -> None:
    spoiled = ["a line of its own", "Q1 2025/26,,,,ZZ9,,,,OF0082,,,%,1,,,,"]
    path = trust_data(tmp_path / "a.csv", sickness("5.1", "x"), further_lines=spoiled)
    report = store.ingest([read(path)])
    assert (report.rows_read, report.rows_accepted, report.rows_rejected) == (3, 1, 2)
    assert report.files[0].outcome == "new"
    assert [(r.line, r.column) for r in store.rejections()] == [
        (3, "Value"),
        (5, "Trust_code"),
    ]


def test_a_source_is_kept_with_all_that_is_known_of_it(store: Store, tmp_path: Path) -> None:
    before = datetime.now(UTC)
    reading = read(trust_data(tmp_path / "a.csv", sickness("5.1")), date(2025, 9, 9))
    store.ingest([reading])
    (source,) = store.sources()
    for name in ("source_id", "sha256", "file_name", "licence", "url", "rows_read", "scopes"):
        assert getattr(source, name) == getattr(reading.source, name)
    assert source.known_from == source.published_on == date(2025, 9, 9)
    assert before <= source.ingested_at <= datetime.now(UTC)
    assert source.current_scopes == ("2025/26 Q1 · mental_health_community",)


def test_without_a_day_of_publication_a_file_is_known_from_the_day_of_its_ingest(
    store: Store, tmp_path: Path
) -> None:
    store.ingest([read(trust_data(tmp_path / "a.csv", sickness("5.1")))])
    (source,) = store.sources()
    assert source.published_on is None
    assert source.known_from == source.ingested_at.date()


def test_the_same_file_under_another_name_changes_nothing(store: Store, tmp_path: Path) -> None:
    first = trust_data(tmp_path / "a.csv", sickness("5.1"), further_lines=["spoiled"])
    store.ingest([read(first)])
    before = (store.observations(), store.sources(), store.rejections())
    report = store.ingest([read(first.rename(tmp_path / "b.csv"))])
    assert report.files[0].outcome == "already there"
    assert report.rows_read == 2
    assert_frame_equal(store.observations(), before[0])
    assert (store.sources(), store.rejections()) == before[1:]


def test_the_same_file_twice_in_one_ingest_is_taken_once(store: Store, tmp_path: Path) -> None:
    reading = read(trust_data(tmp_path / "a.csv", sickness("5.1")))
    report = store.ingest([reading, reading])
    assert [file.outcome for file in report.files] == ["new", "already there"]
    assert store.observations().height == 1


def test_another_day_of_publication_for_a_file_that_is_there_is_pointed_out(
    store: Store, tmp_path: Path
) -> None:
    path = trust_data(tmp_path / "a.csv", sickness("5.1"))
    store.ingest([read(path, date(2025, 9, 9))])
    (file,) = store.ingest([read(path, date(2025, 9, 11))]).files
    assert file.outcome == "already there"
    assert "2025-09-09" in file.note
    assert f"--remove {file.source_id}" in file.note
    assert store.sources()[0].published_on == date(2025, 9, 9)


def test_all_files_are_taken_in_or_none(store: Store, tmp_path: Path) -> None:
    good = read(trust_data(tmp_path / "a.csv", sickness("5.1")))

    def readings() -> Iterator[Reading]:
        yield good
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.ingest(readings())
    assert store.sources(all_vintages=True) == []
    assert store.observations().is_empty()
    assert store.ingest([good]).files[0].outcome == "new"


def test_a_dry_run_tells_the_same_and_keeps_nothing(store: Store, tmp_path: Path) -> None:
    readings = [read(trust_data(tmp_path / "a.csv", sickness("5.1", "x")))]
    rehearsed = store.ingest(readings, dry_run=True)
    assert rehearsed.dry_run
    assert store.sources(all_vintages=True) == []
    assert store.rejections() == []
    assert rehearsed.files == store.ingest(readings).files


def test_a_file_without_an_accepted_row_is_kept_with_its_rejections(
    store: Store, tmp_path: Path
) -> None:
    reading = read(trust_data(tmp_path / "a.csv", sickness("x")))
    report = store.ingest([reading])
    assert report.files[0].scopes == ()
    assert [source.rows_rejected for source in store.sources()] == [1]


def test_figures_bring_their_sources_and_rejections(store: Store, tmp_path: Path) -> None:
    community = read(trust_data(tmp_path / "a.csv", sickness("5.1", "x")))
    acute = trust_data(tmp_path / "b.csv", {("R0A", "OF0082"): "4"}, kind=ACUTE)
    store.ingest([community, read(acute)])
    figures = store.figures()
    assert sorted(figures.sources) == sorted(figures.observations["source_id"].unique())
    assert [rejection.file for rejection in figures.rejections] == ["a.csv"]
    assert len(store.figures(releases=["2025/26 Q2"])) == 0


def test_figures_can_be_asked_for_by_publication_and_quarter(store: Store, tmp_path: Path) -> None:
    for number in (1, 2):
        path = tmp_path / f"{number}.csv"
        store.ingest([read(trust_data(path, sickness("5"), quarter=f"Q{number} 2025/26"))])
    assert store.releases() == ["2025/26 Q1", "2025/26 Q2"]
    assert store.observations(releases=["2025/26 Q2"])["release"].to_list() == ["2025/26 Q2"]
    assert store.observations(releases=[]).is_empty()
    assert store.observations(publication="nof-trust-data").height == 2
    assert store.observations(publication="nof-league-table").is_empty()


def test_a_store_in_memory_leaves_nothing_behind(tmp_path: Path) -> None:
    reading = read(trust_data(tmp_path / "a.csv", sickness("5.1")))
    with Store.in_memory() as store:
        store.ingest([reading])
        assert store.observations().height == 1
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]
