"""Every figure that a publication prints for an area is the figure that Remit gives for it.

The files are read here a second time, by other means, so that a slip of Remit's readers shows too.
"""

from __future__ import annotations

import csv
import re
from calendar import month_abbr
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from remit.catalogue import load_computed_metrics, load_metrics
from remit.publications.recognise import read_file
from remit.publications.rows.reading import ReadingContext
from remit.register import load_register
from remit.series import Level, series
from remit.store import Store

BANDS = ("a", "b", "c", "d", "e", "f", "g", "h")
"""Tables 4a to 4e are those who wait up to 18 weeks, 4f to 52, 4g and 4h longer."""
IN_TIME, LONG = BANDS[:5], BANDS[6:]
LEVELS: dict[str, Level] = {"icb": "icb", "region": "region", "national": "england"}


@pytest.fixture(scope="module")
def store(shared_data: Path) -> Iterator[Store]:
    context = ReadingContext(load_register(), load_metrics())
    files = [
        *(shared_data / "community_waits").glob("*.xlsx"),
        *(shared_data / "virtual_ward").glob("*.xlsx"),
        *(shared_data / "ae").glob("*.csv"),
        *(shared_data / "cancer").glob("*.csv"),
        *(shared_data / "dm01").glob("*.xls"),
        *(shared_data / "ambulance").glob("*.xlsx"),
    ]
    with Store.in_memory() as held:
        held.ingest([read_file(path, context) for path in sorted(files)])
        yield held


Printed = dict[tuple[str, str, str], dict[str, float]]
"""By level, code and month: the whole list and each band of weeks, summed over services."""


def printed_waits(folder: Path) -> Printed:
    found: Printed = defaultdict(lambda: defaultdict(float))
    for path in folder.glob("*.xlsx"):
        book = CalamineWorkbook.from_path(path)
        year, name = re.search(r"(\d{4})-\d\d-(\w+)\.xlsx", path.name).groups()  # type: ignore[union-attr]
        of_new_year = name[:3] in {"Jan", "Feb", "Mar"}
        month = f"{name[:3]} {int(year) + of_new_year}"
        for sheet in book.sheet_names:
            if sheet.startswith("Table 4"):
                rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
                band = sheet.removeprefix("Table 4").strip() or "list"
                for row in rows:
                    level = LEVELS.get(str(row[0]).strip().lower())
                    numbers = [cell for cell in row[3:] if isinstance(cell, (int, float))]
                    if level and numbers:
                        code = "ENG" if level == "england" else str(row[1]).strip()
                        found[level, code, month][band] += sum(numbers)
    return found


def expected_waits(bands: Mapping[str, float], metric: str) -> float | None:
    known = sum(bands.get(band, 0.0) for band in BANDS)
    if metric == "community.list":
        return bands.get("list")
    if not known:
        return None
    part = IN_TIME if metric == "community.within-18-weeks-share" else LONG
    return 100 * sum(bands.get(band, 0.0) for band in part) / known


@pytest.mark.parametrize(
    "metric",
    ["community.within-18-weeks-share", "community.over-52-weeks-share", "community.list"],
)
def test_community_waits_are_as_printed(store: Store, shared_data: Path, metric: str) -> None:
    printed = printed_waits(shared_data / "community_waits")
    compared = 0
    for level in ("icb", "region"):
        frame = series(store, metric, level).frame  # type: ignore[arg-type]
        ours = {(r["org_code"], r["period_label"]): r for r in frame.to_dicts()}
        for (of, code, month), bands in printed.items():
            wanted = expected_waits(bands, metric) if of == level else None
            if wanted is not None:
                row = ours[code, month]
                assert row["value"] == pytest.approx(wanted), (code, month)
                assert row["made"] == "printed"
                compared += 1
    months = len(list((shared_data / "community_waits").glob("*.xlsx")))
    assert compared >= months * (42 + 7 - 1)


def test_virtual_wards_are_as_printed(store: Store, shared_data: Path) -> None:
    """Occupied and available beds of each ICB and of England, from the printed rows."""
    frames = {
        level: series(store, "virtual-ward.occupancy", level).frame for level in ("icb", "england")
    }
    seen = 0
    for path in sorted((shared_data / "virtual_ward").glob("*.xlsx")):
        for level, code, share in printed_occupancy(path):
            mine = frames[level].filter(pl.col("org_code") == code)
            label = ward_month(path.name)
            row = mine.filter(pl.col("period_label") == label).to_dicts()
            if row and row[0]["value"] is not None:
                assert row[0]["value"] == pytest.approx(share, abs=0.51), (path.name, code)
                assert row[0]["made"] == "printed"
                seen += 1
    # Some cells are cut off at 100% or not submitted.
    assert seen > 0.9 * 43 * len(list((shared_data / "virtual_ward").glob("*.xlsx")))


def ward_month(name: str) -> str:
    if found := re.search(r"VW(\d{4})(\d\d)", name):
        return f"{month_abbr[int(found[2])]} {found[1]}"
    found = re.search(r"Ward-(\w{3})(\d{4})", name)
    assert found
    return f"{found[1]} {found[2]}"


def printed_occupancy(path: Path) -> Iterator[tuple[Level, str, float]]:
    """The printed share in use, whose column is found by its heading."""
    book = CalamineWorkbook.from_path(path)
    for sheet in book.sheet_names:
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        place = None
        for row in rows:
            cells = [str(cell).strip() for cell in row]
            heads = [i for i, cell in enumerate(cells) if re.search(r"occupancy", cell, re.I)]
            if place is None and heads and len([c for c in cells if c]) > 3:
                place = heads[0]
            elif place is not None and place < len(row):
                share = as_share(row[place])
                code = next((c for c in cells if re.fullmatch(r"Q[A-Z0-9]{2}", c)), None)
                if code and share is not None:
                    yield "icb", code, share
                elif "ENGLAND" in [c.upper() for c in cells[:4]] and share is not None:
                    yield "england", "ENG", share


def as_share(cell: object) -> float | None:
    if isinstance(cell, (int, float)):
        return 100 * float(cell)
    # "100%*" is a share that the publication has cut off at 100.
    return None


def test_englands_attendances_are_as_printed(store: Store, shared_data: Path) -> None:
    made = series(store, "ae.attendances", "england").frame
    ours = {r["period_label"].upper(): r for r in made.to_dicts()}
    seen = 0
    for path in sorted((shared_data / "ae").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file) if any(row)]
        total = next(row for row in rows if row[1].strip().upper() in {"TOTAL", ""} or
                     row[0].strip().upper() == "TOTAL")  # fmt: skip
        month = rows[1][0].strip().upper().split("-")
        columns = [i for i, head in enumerate(rows[0]) if head.strip().startswith("A&E attend")]
        wanted = sum(float(total[i].replace(",", "")) for i in columns)
        row = ours[f"{month[1][:3]} {month[2]}"]
        assert row["value"] == wanted, path.name
        assert row["made"] == "printed"
        seen += 1
    assert seen == len(list((shared_data / "ae").glob("*.csv"))) > 0


@pytest.mark.parametrize("month", ["APRIL-2025", "OCTOBER-2026", "FEBRUARY-2019"])
def test_no_figure_rests_on_which_month_it_is(
    shared_data: Path, tmp_path: Path, month: str
) -> None:
    """March 2025 under another month, long before, beside and after the months that are held."""
    march = shared_data / "ae" / "Monthly-AE-March-2025.csv"
    moved = tmp_path / "moved.csv"
    moved.write_text(march.read_text("utf-8-sig").replace("MARCH-2025", month), "utf-8")
    context = ReadingContext(load_register(), load_metrics())
    made = []
    for path in (march, moved):
        with Store.in_memory() as held:
            held.ingest([read_file(path, context)])
            made.append([
                series(held, metric, level).frame.select("org_code", "value", "made").rows()
                for metric in ("ae.four-hours", "ae.attendances")
                for level in ("trust", "england")
            ])  # fmt: skip
    assert made[0] == made[1]
    assert len(made[0][0]) > 100


@pytest.mark.parametrize(
    "metric",
    [
        metric
        for metric in load_computed_metrics()
        if metric.split(".")[0] in {"ae", "dm01", "cancer", "ambulance", "community"}
    ],
)
def test_every_printed_row_of_england_and_of_regions_is_used(store: Store, metric: str) -> None:
    """Alone the printed rows make the same as beside those of providers.

    The one exception: until May 2023 England's base counts patients of providers that gave no
    four-hour figures.
    """
    measures = load_computed_metrics()[metric].measures
    held = store.observations(metrics=measures).filter(pl.col("cut").is_null())
    for level, kind in (("england", "england"), ("region", "region")):
        alone = held.filter(pl.col("org_kind") == kind)
        if alone.is_empty():
            continue
        printed = series(alone, metric, level).frame.filter(pl.col("value").is_not_null())  # type: ignore[arg-type]
        ours = series(store, metric, level).frame  # type: ignore[arg-type]
        both = printed.join(ours, on=["org_code", "period_start"], how="left", suffix="_ours")
        if metric.startswith("ae.four-hours"):
            both = both.filter(pl.col("period_start") >= pl.date(2023, 6, 1))
        assert both.height
        assert (both["value"] == both["value_ours"]).all()
        assert set(both["made_ours"]) == {"printed"}


def test_independent_providers_that_leave_a_printed_row_are_told(store: Store) -> None:
    """Their last figure is what the row has beyond its trusts, and has no more from then on."""
    made = series(store, "community.list", "icb")
    own = store.observations(metrics=("community.waiting-list",)).filter(pl.col("cut").is_null())
    told = {
        (change.of.area, change.since, code)
        for changes in made.changes.values()
        for change in changes
        for code in change.left
        if change.layer == "other_provider"
    }
    assert {(area, code) for area, _, code in told} >= {
        ("QNX", "NWX"), ("QOX", "AXG"), ("QYG", "NDA"),
    }  # fmt: skip
    for _, since, code in told:
        assert own.filter(pl.col("org_code") == code, pl.col("period_start") >= since).is_empty()
