"""The names of files as they were published fit the declared patterns of links."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from remit.catalogue import load_metrics, load_publications
from remit.fetching import Finding, Web, fetch, find
from remit.model.period import parse_period
from remit.publications.rows.reading import ReadingContext
from remit.register import load_register
from tests.fetching.site import Site, served

FOLDERS = {
    "ae-monthly": ("ae", "*.csv", 48),
    "ambulance-indicators": ("ambulance", "*.xlsx", 1),
    "bed-availability": ("beds", "KH03*.csv", 2),
    "cancer-waits": ("cancer", "CWT*.xlsx", 1),
    "community-services": ("csds", "*.zip", 1),
    "community-waits": ("community_waits", "*.xlsx", 8),
    "dm01": ("dm01", "*.xls", 8),
    "nof-trust-data": ("nof", "*.csv", 2),
    "staff-survey": ("staff_survey", "*.xlsx", 1),
    "virtual-ward": ("virtual_ward", "*.xlsx", 22),
    "workforce": ("workforce", "*.xlsx", 2),
}


def found(site: Site, folder: Path, publication_id: str) -> Finding:
    """What is found on a page that links to every file of a folder, those of others too."""
    names = sorted(path.name for path in folder.iterdir())
    address = site.page("/page/", *(f"/files/{quote(name)}" for name in names))
    publication = next(one for one in load_publications() if one.id == publication_id)
    moved = publication.model_copy(update={"landing_page": address})
    return find(moved, Web(pause=0))


@pytest.mark.parametrize("publication_id", FOLDERS)
def test_every_published_file_is_found_with_a_period_of_its_own(
    shared_data: Path, publication_id: str
) -> None:
    name, pattern, count = FOLDERS[publication_id]
    with served() as site:
        files = found(site, shared_data / name, publication_id).files
    expected = sorted(path.name for path in (shared_data / name).glob(pattern))
    assert sorted(file.name for file in files) == expected
    assert len({(file.period, file.part) for file in files}) == count


def test_a_published_month_is_fetched_and_recognised(shared_data: Path, tmp_path: Path) -> None:
    name = "Monthly-AE-June-2024.csv"
    context = ReadingContext(load_register(), load_metrics())
    with served() as site:
        site.file(f"/files/{name}", (shared_data / "ae" / name).read_bytes())
        files = found(site, shared_data / "ae", "ae-monthly").files
        june = next(file for file in files if file.period == parse_period("Jun 2024"))
        got = fetch(june, "ae-monthly", tmp_path, web=Web(pause=0), context=context)
    assert got.outcome == "new"
    assert got.reading.source.rows_rejected == 0
    assert got.path.read_bytes() == (shared_data / "ae" / name).read_bytes()
