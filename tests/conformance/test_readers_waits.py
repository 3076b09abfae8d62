"""The real files of A&E, elective care, cancer, diagnostic tests and community services.

Every row is accounted for; every printed total agrees with the sum or the difference is told;
figures are read over again here, by other means, from the line that they name.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from remit.model.errors import PublicationError
from remit.publications.rows.reading import Reading
from remit.store import Store
from tests.publications.workbook_files import accounted, differences, read

MONTHS = 48
MEASURES = 18
PER_CENT = {
    # As NHS England named them for England in its statistical commentaries.
    "Dec 2024": 71.1,
    "Sep 2024": 74.2,
    "Mar 2025": 75.0,
}
KEY = ["org_code", "metric_id", "period_label"]


@cache
def readings(folder: Path) -> dict[str, Reading]:
    paths = (path for path in folder.iterdir() if path.suffix in {".csv", ".xls", ".xlsx"})
    return {path.name: read(path) for path in sorted(paths)}


@pytest.mark.parametrize(
    ("folder", "files", "rows"),
    [
        ("ae", 48, 9_789),
        ("rtt", 2, 36_033),
        ("cancer", 2, 44_568),
        ("dm01", 8, 28_679),
        ("community_waits", 8, 13_678),
        ("allocations", 1, 6_348),
    ],
)
def test_every_row_is_taken(shared_data: Path, folder: str, files: int, rows: int) -> None:
    found = readings(shared_data / folder)
    assert len(found) == files
    assert all(accounted(reading) for reading in found.values())
    assert sum(reading.source.rows_read for reading in found.values()) == rows
    assert sum(reading.source.rows_rejected for reading in found.values()) == 0


# A&E ---------------------------------------------------------------------------------------------


def test_the_providers_of_each_month_add_up_to_the_printed_total(shared_data: Path) -> None:
    found = readings(shared_data / "ae").values()
    months = {scope for reading in found for scope in reading.source.scopes}
    assert len(months) == MONTHS
    for reading in found:
        assert len(reading.checks) == MEASURES
        assert differences(reading) == {}


def test_the_totals_are_those_of_the_last_line_read_by_itself(shared_data: Path) -> None:
    for path in sorted((shared_data / "ae").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header, *rows = list(csv.reader(lines))
        printed = dict(zip(header, rows[-1], strict=True))
        assert printed["Org Code"].strip().lower() == "total"
        checks = {c.column: c for c in readings(shared_data / "ae")[path.name].checks}
        for column, check in checks.items():
            assert check.printed == float(printed[column])
            own = sum(float(dict(zip(header, row, strict=True))[column]) for row in rows[:-1])
            assert check.summed == own


def four_hours(frame: pl.DataFrame) -> pl.DataFrame:
    """The share within four hours of each organisation and month, of all types of department."""
    is_late = pl.col("metric_id").str.contains("over-4-hours")
    is_seen = pl.col("metric_id").str.contains(r"^ae\.(attendances|booked)-(type|other)")
    return (
        frame.filter(is_late | is_seen)
        .group_by("org_code", "period_label", "period_start")
        .agg(
            pl.col("value").filter(is_late).sum().alias("late"),
            pl.col("value").filter(is_seen).sum().alias("seen"),
        )
        .with_columns((100 * (1 - pl.col("late") / pl.col("seen"))).alias("share"))
    )


def test_england_within_four_hours_is_as_nhs_england_names_it(shared_data: Path) -> None:
    found = pl.concat(r.observations for r in readings(shared_data / "ae").values())
    england = four_hours(found.filter(pl.col("org_kind") == "england"))
    shares = dict(england.select("period_label", "share").iter_rows())
    assert len(shares) == MONTHS
    assert {month: round(shares[month], 1) for month in PER_CENT} == PER_CENT
    assert 68 < min(shares.values()) < max(shares.values()) < 88


def test_fifty_trusts_have_the_series_that_the_charts_are_tested_with(shared_data: Path) -> None:
    expected = pl.read_csv(shared_data / "spc" / "series_ae.csv", try_parse_dates=True)
    found = four_hours(pl.concat(r.observations for r in readings(shared_data / "ae").values()))
    both = expected.join(
        found, left_on=["series", "date"], right_on=["org_code", "period_start"], how="left"
    )
    assert both.height == 50 * MONTHS
    assert both.select((pl.col("value") - pl.col("share")).abs().max()).item() < 1e-4


# Elective care -----------------------------------------------------------------------------------


def test_elective_figures_lead_back_to_their_line(shared_data: Path) -> None:
    for name, reading in readings(shared_data / "rtt").items():
        lines = (shared_data / "rtt" / name).read_text("utf-8-sig").split("\n")
        header = lines[0].split(",")
        some = reading.observations.sample(300, seed=4).iter_rows(named=True)
        for row in some:
            cells = next(csv.reader([lines[row["source_row"] - 1]]))
            assert float(cells[header.index(row["source_column"])]) == row["value"]
            assert row["org_code"] in cells
        assert differences(reading) == {}


# Cancer ------------------------------------------------------------------------------------------


def test_cancer_totals_agree_by_cancer_and_by_treatment(shared_data: Path) -> None:
    extract, series = readings(shared_data / "cancer").values()
    assert extract.source.rows_read == 41_013
    assert differences(extract) == {}
    assert len(series.checks) == 24 * 3
    assert differences(series) == {}


def test_cancer_totals_are_near_the_series_that_was_made_before_a_revision(
    shared_data: Path,
) -> None:
    """The two files are of different days: small trusts differ, the large ones hardly."""
    extract, series = readings(shared_data / "cancer").values()
    mine = extract.observations.filter(pl.col("cut").is_null())
    both = mine.join(series.observations, on=KEY, suffix="_series")
    large = both.filter((pl.col("value") > 100) & (pl.col("metric_id") == "cancer.62-day-all"))
    assert large.height > 300
    ratio = (large["value"] / large["value_series"]).to_list()
    near = sum(1 for one in ratio if abs(one - 1) < 0.1)
    assert near / len(ratio) > 0.9


def test_the_totals_of_cancer_are_summed_over_again(shared_data: Path) -> None:
    path = next((shared_data / "cancer").glob("*.xlsx"))
    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    place = {name: header.index(name) for name in header}
    sums: dict[tuple[str, str], float] = {}
    for row in rows:
        if row[place["TREATMENT MODALITY"]] in {"", "ALL MODALITIES"}:
            key = (row[place["ORG CODE"]], f"{row[place['MONTH']]} {row[place['STANDARD']][:6]}")
            sums[key] = sums.get(key, 0.0) + row[place["TOTAL TREATED"]]
    extract = readings(shared_data / "cancer")[path.name].observations
    totals = extract.filter(pl.col("cut").is_null() & pl.col("metric_id").str.ends_with("-all"))
    month, standard = pl.col("period_label").str.head(3), pl.col("metric_id").str.slice(7, 6)
    named = totals.select(
        "org_code", pl.format("{} {}", month.str.to_uppercase(), standard).alias("of"), "value"
    )
    found = {(code, of): value for code, of, value in named.iter_rows()}
    assert found == pytest.approx(sums)


# Diagnostic tests --------------------------------------------------------------------------------


def test_diagnostic_totals_agree_by_provider_and_by_test(shared_data: Path) -> None:
    for reading in readings(shared_data / "dm01").values():
        assert len(reading.checks) == 40
        assert differences(reading) == {}


def test_the_totals_are_those_of_the_sheet_of_providers(shared_data: Path) -> None:
    for name, reading in readings(shared_data / "dm01").items():
        book = CalamineWorkbook.from_path(shared_data / "dm01" / name)
        cells = book.get_sheet_by_name("Provider").to_python(skip_empty_area=False)
        header = next(row for row in cells if "Provider Code" in row)
        code, waiting = header.index("Provider Code"), header.index("Total Waiting List")
        printed = {
            row[code]: row[waiting]
            for row in cells
            if row[code] not in {"", "Provider Code"} and isinstance(row[waiting], float)
        }
        mine = reading.observations.filter(
            (pl.col("metric_id") == "dm01.waiting-list")
            & pl.col("cut").is_null()
            & (pl.col("org_kind") != "england")
        )
        assert dict(mine.select("org_code", "value").iter_rows()) == printed


# Community services ------------------------------------------------------------------------------


def test_the_difference_between_england_and_its_providers_is_told(shared_data: Path) -> None:
    for reading in readings(shared_data / "community_waits").values():
        month = reading.source.scopes[0]
        found = differences(reading)
        assert set(found) >= {
            f"community.waiting-list · {month}",
            f"community.waiting-list · age: adults · {month}",
            f"community.waiting-list · age: children and young people · {month}",
        }
        assert not any("service: " in name for name in found)
        assert 1_500 <= found[f"community.waiting-list · {month}"] <= 3_700


def test_england_is_as_the_overview_sheet_prints_it(shared_data: Path) -> None:
    for name, reading in readings(shared_data / "community_waits").items():
        book = CalamineWorkbook.from_path(shared_data / "community_waits" / name)
        cells = book.get_sheet_by_name("Table 3").to_python(skip_empty_area=False)
        first = next(place for place, row in enumerate(cells) if row[0] == "England")
        england = reading.observations.filter(pl.col("org_kind") == "england")
        for row, cut in zip(
            cells[first : first + 3],
            (None, "age: adults", "age: children and young people"),
            strict=True,
        ):
            mine = england.filter(pl.col("cut").eq_missing(cut))
            assert mine["value"].to_list() == [cell for cell in row[1:] if cell != ""]


def test_the_band_over_a_year_is_split_part_way(shared_data: Path) -> None:
    found = readings(shared_data / "community_waits").values()
    split = {
        reading.source.scopes[0]: set(reading.observations["metric_id"])
        & {"community.waiting-over-52-weeks", "community.waiting-over-104-weeks"}
        for reading in found
    }
    assert split["Aug 2024"] == {"community.waiting-over-52-weeks"}
    assert split["Mar 2025"] == {"community.waiting-over-104-weeks"}


# Populations -------------------------------------------------------------------------------------


def test_practices_add_up_to_their_icb(shared_data: Path) -> None:
    path = next((shared_data / "allocations").glob("*.csv"))
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["ICB"] == "QHM"]
    own = sum(float(row["Population"]) for row in rows)
    mine = readings(shared_data / "allocations")[path.name].observations.filter(
        (pl.col("org_code") == "QHM") & (pl.col("metric_id") == "population.registered")
    )
    assert mine["value"].to_list() == pytest.approx([own])
    assert mine["source_column"].to_list() == [f"Population (sum of {len(rows)} rows)"]


# The store ---------------------------------------------------------------------------------------


def test_the_store_takes_the_files_once_and_in_any_order(shared_data: Path) -> None:
    files = [*readings(shared_data / "ae").values()][:6]
    with Store.in_memory() as store, Store.in_memory() as other:
        store.ingest(files)
        other.ingest([*reversed(files), *files])
        assert {f.outcome for f in store.ingest(files).files} == {"already there"}
        assert store.observations().equals(other.observations())
        assert len(store.total_checks()) == 6 * MEASURES


# The old format ----------------------------------------------------------------------------------

_NUMBER, _TEXT = b"\x03\x02\x0e\x00", b"\xfd\x00\x0a\x00"


def _with(content: bytes, record: bytes, cell: bytes, changes: dict[int, bytes]) -> bytes:
    """The workbook with bytes of the first record of a kind changed that begins with a cell."""
    changed = bytearray(content)
    found = content.index(record + cell)
    for place, change in changes.items():
        changed[found + place : found + place + len(change)] = change
    return bytes(changed)


def test_a_stray_column_in_an_old_workbook_is_refused(shared_data: Path, tmp_path: Path) -> None:
    """No table of the format has such a column: whoever made room for it would need 550 GB."""
    whole = next((shared_data / "dm01").glob("*August*.xls")).read_bytes()
    path = tmp_path / "stray.xls"
    path.write_bytes(_with(whole, _NUMBER, b"\x64\x00", {6: (60_000).to_bytes(2, "little")}))
    with pytest.raises(PublicationError, match=r"stray\.xls: .*damaged: it contradicts"):
        read(path)


def test_an_error_in_an_old_workbook_is_no_blank(shared_data: Path, tmp_path: Path) -> None:
    whole = next((shared_data / "dm01").glob("*August*.xls")).read_bytes()
    path = tmp_path / "error.xls"
    path.write_bytes(_with(whole, _TEXT, b"\x64\x00\x03\x00", {0: b"\x05\x02", 10: b"\x2a\x01"}))
    (rejection,) = read(path).rejections
    assert (rejection.line, rejection.value) == (101, "#N/A")
    assert rejection.column == "Provider!Provider Code"
