"""A publisher's own file counts before a third party's copy, whenever and as what it came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import duckdb
import polars as pl
import pytest

from remit.cli.run import run
from remit.frames.figures import Figures
from remit.publications.rows.reading import Reading
from remit.series import series
from remit.store import Store
from tests.publications.workbook_files import read, write_csv, write_workbook

EXTRACT = [
    ["PERIOD", "STANDARD", "ORG CODE", "STAGE/ROUTE", "TREATMENT MODALITY", "CANCER TYPE",
     "TOTAL TREATED", "WITHIN STANDARD", "BREACHES"],
    *(
        [date(2025, 4, 1), "62-day Combined", code, "Screening", "ALL MODALITIES", "Breast",
         *counts]
        for code, *counts in (("ZA1", 100, 70, 30), ("ZA5", 50, 30, 20))
    ),
]  # fmt: skip
SERIES = "metric,period_month,org_code,total_patients,within_62d,breached_62d"
COPY = [
    "62d_combined,2025-04,ZA1,102,75,27",
    "62d_combined,2025-04,Total,160,120,40",
    "62d_combined,2025-03,ZA1,90,60,30",
]
SHARE = "cancer.62-day"


def official(folder: Path, name: str = "a-extract.xlsx") -> Path:
    return write_workbook(folder / name, {"Extract": EXTRACT})


def copy(folder: Path, name: str = "z-series.csv") -> Path:
    return write_csv(folder / name, SERIES, *COPY)


def within(held: Store | Figures, level: str, month: str) -> float | None:
    found = series(held, SHARE, level).frame  # type: ignore[arg-type]
    return dict(found.select("period_label", "value").iter_rows())[month]


@pytest.mark.parametrize("order", list(permutations(("official", "copy"))))
@pytest.mark.parametrize("names", [("a.xlsx", "z.csv"), ("z.xlsx", "a.csv")])
def test_in_whatever_order_and_under_whatever_name_they_come(
    order: tuple[str, ...], names: tuple[str, str], tmp_path: Path
) -> None:
    files = {"official": official(tmp_path, names[0]), "copy": copy(tmp_path, names[1])}
    with Store.in_memory() as store:
        for which in order:
            store.ingest([read(files[which])])
        # 100 of the 150 patients of both trusts are within; the copy prints 120 of 160.
        assert within(store, "england", "Apr 2025") == pytest.approx(100 / 150 * 100)
        assert within(store, "trust", "Mar 2025") == pytest.approx(60 / 90 * 100)
        before = {
            source.file_name: source.current_scopes for source in store.sources(all_vintages=True)
        }
    assert before[names[1]] == ("Mar 2025 · 62-day",)


def test_a_later_day_of_publication_does_not_lift_a_copy(tmp_path: Path) -> None:
    early, late = date(2025, 6, 12), date(2025, 9, 1)
    with Store.in_memory() as store:
        store.ingest([dated(read(official(tmp_path)), early), dated(read(copy(tmp_path)), late)])
        assert within(store, "england", "Apr 2025") == pytest.approx(100 / 150 * 100)


def test_before_the_official_file_was_known_the_copy_counts(tmp_path: Path) -> None:
    early, late = date(2025, 6, 12), date(2025, 9, 1)
    with Store.in_memory() as store:
        store.ingest([dated(read(copy(tmp_path)), early), dated(read(official(tmp_path)), late)])
        then = series(store, SHARE, "trust", as_at=date(2025, 7, 1)).frame
    assert then.filter(org_code="ZA1", period_label="Apr 2025")["value"].to_list() == [
        pytest.approx(75 / 102 * 100)
    ]


def test_when_the_official_file_is_removed_the_copy_counts_again(tmp_path: Path) -> None:
    own = read(official(tmp_path))
    with Store.in_memory() as store:
        store.ingest([own, read(copy(tmp_path))])
        store.remove(own.source.source_id)
        assert within(store, "trust", "Apr 2025") == pytest.approx(75 / 102 * 100)


def test_figures_that_are_in_no_store_go_by_the_same_rank(tmp_path: Path) -> None:
    for own, other in ((official(tmp_path), copy(tmp_path)),):
        for readings in permutations((read(own), read(other))):
            frame = pl.concat(reading.observations for reading in readings)
            held = Figures(frame, sources={r.source.source_id: r.source for r in readings})
            mine = series(held, SHARE, "trust").frame
            april = mine.filter(org_code="ZA1", period_label="Apr 2025")["value"].to_list()
            assert april == [pytest.approx(70.0)]


def test_it_is_said_that_figures_are_a_copy_and_whose(tmp_path: Path) -> None:
    with Store.in_memory() as store:
        store.ingest([read(official(tmp_path)), read(copy(tmp_path))])
        notes = series(store, SHARE, "trust").notes
    (said,) = [note for note in notes if "third party" in note]
    measures = "cancer.62-day-all and cancer.62-day-within"
    assert said.startswith(f"The figures of {measures} from z-series.csv are a third party's copy")


def test_a_series_of_official_files_says_nothing_of_copies(tmp_path: Path) -> None:
    with Store.in_memory() as store:
        store.ingest([read(official(tmp_path))])
        assert not [n for n in series(store, SHARE, "trust").notes if "third party" in n]


def test_the_list_of_sources_says_which_file_is_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    official(tmp_path), copy(tmp_path)
    assert run(["ingest", "a-extract.xlsx", "z-series.csv"]) == 1, "printed totals that differ"
    said = capsys.readouterr().out
    assert (
        "Apr 2025 · 62-day: a copy of what is there; a-extract.xlsx is the publisher's own and "
        "stays current" in said
    )
    assert "Mar 2025 · 62-day: new" in said
    assert run(["sources", "--all-vintages"]) == 0
    listed = capsys.readouterr().out
    below = listed[listed.index("z-series.csv") :]
    assert "a third party's copy (made by: " in below
    assert "Apr 2025 · 62-day (replaced by the publisher's own file, or a later copy)" in below
    assert "third party's copy" not in listed[: listed.index("z-series.csv")]


def test_a_store_of_version_2_tells_its_copies_by_their_names(tmp_path: Path) -> None:
    path = tmp_path / "remit.duckdb"
    with Store.open(path) as store:
        store.ingest([read(copy(tmp_path)), read(official(tmp_path))])
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE printed_metric")
        connection.execute("ALTER TABLE source DROP COLUMN third_party")
        connection.execute("ALTER TABLE observation DROP COLUMN member_of")
        connection.execute(
            "UPDATE source SET publication_name = "
            "'Cancer waiting times: 62 days by provider, series of months' "
            "WHERE file_name = 'z-series.csv'"
        )
        # As version 2 had it: the one that was taken in last.
        connection.execute("UPDATE source SET ingest_number = 9 WHERE file_name = 'z-series.csv'")
        connection.execute("UPDATE remit_store SET schema_version = 2")
    for read_only in (True, False):
        with Store.open(path, read_only=read_only) as store:
            assert within(store, "england", "Apr 2025") == pytest.approx(100 / 150 * 100)
            copies = {source.file_name: source.third_party for source in store.sources()}
            assert copies == {"z-series.csv": "not told", "a-extract.xlsx": ""}


def dated(reading: Reading, day: date) -> Reading:
    return replace(reading, source=replace(reading.source, published_on=day))


@pytest.mark.parametrize("order", list(permutations(("official", "copy"))))
def test_the_ingest_says_what_became_of_a_copy(
    order: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"official": official(tmp_path), "copy": copy(tmp_path)}
    store = str(tmp_path / "remit.duckdb")
    run(["ingest", str(files[order[0]]), "--store", store])
    capsys.readouterr()
    run(["ingest", str(files[order[1]]), "--store", store])
    said = capsys.readouterr().out
    if order[1] == "official":
        assert "62-day: in place of the third party's copy z-series.csv (figures changed 3" in said
    else:
        assert "62-day: a copy of what is there; a-extract.xlsx is the publisher's own" in said
