"""Every publication has a page, a fictional file of each layout that is read, and a way to its own.

A publication that is declared is tried here without being listed.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest

from remit.catalogue import load_computed_metrics, load_metrics, load_publications
from remit.model.publication import Publication
from remit.sample import write_declared, write_monthly, write_sample
from tests.publications.workbook_files import accounted, differences, read

ROOT = Path(__file__).resolve().parents[2]
PAGES = [path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "publications").glob("*.md")]
PLAIN = [pytest.param(one, id=one.id) for one in load_publications() if one.reader == "plain"]
NO_METRIC = {
    "rtt-long-waits": "a series that is revised, kept beside the monthly files to be held against",
}
"""Plain publications of whose counts no metric is made, each with its reason."""
PUBLICATIONS = [pytest.param(one, id=one.id) for one in load_publications()]
LAYOUTS = [
    pytest.param(one, number, layout, id=f"{one.id}-{number + 1}")
    for one in load_publications()
    for number, layout in enumerate(one.each_layout)
]
IN_MONTHS_OR_QUARTERS = {
    "nof-trust-data": "quarters/sample-acute-trust-data-q1-2025-26.csv",
    "nof-league-table": "quarters/sample-acute-league-table-q4-2025-26.csv",
    "community-services": "months/sample-csds-2025-06.csv",
    "virtual-ward": "months/sample-Monthly-Virtual-Ward-Jun2025.xlsx",
}
"""Files of publications that are not plain and that the larger sample has anyway."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, ...]]:
    folder = tmp_path_factory.mktemp("published")
    write_sample(folder / "quarters")
    write_monthly(folder / "months")
    further = {name: (folder / path,) for name, path in IN_MONTHS_OR_QUARTERS.items()}
    return {**further, **write_declared(folder / "declared")}


def test_there_are_publications_and_most_are_plain() -> None:
    own = {one.reader for one in load_publications()} - {"plain"}
    assert len(PUBLICATIONS) >= 20
    assert len(own) <= 8, "a plain publication needs no reader; see CONTRIBUTING"


@pytest.mark.parametrize("publication", PUBLICATIONS)
def test_it_has_a_page_that_names_its_declaration_and_reader(publication: Publication) -> None:
    read_by = re.compile(
        rf"[*]Read by[*][*]:.*`remit[.]publications[.]readers[.]{publication.reader}`"
    )
    pages = [page for page in PAGES if f"{publication.id}.yaml`" in page]
    assert pages, f"no page in docs/publications names {publication.id}.yaml"
    assert any(publication.landing_page in page and read_by.search(page) for page in pages), (
        f"no page names both {publication.landing_page} and the reader {publication.reader}"
    )


@pytest.mark.parametrize("publication", PUBLICATIONS)
def test_its_files_can_be_fetched_or_it_says_why_not(publication: Publication) -> None:
    assert bool(publication.links) != bool(publication.no_links)


@pytest.mark.parametrize("publication", PUBLICATIONS)
def test_its_reader_is_there(publication: Publication) -> None:
    assert find_spec(f"remit.publications.readers.{publication.reader}")


@pytest.mark.parametrize("publication", PLAIN)
def test_its_measures_have_names_that_people_read(publication: Publication) -> None:
    nameless = {
        one.column: one.metric
        for layout in publication.each_layout
        for one in layout.measures
        if not _named(publication, one.metric) and not _is_words(one.column)
    }
    assert nameless == {}, (
        f"{publication.id}.yaml: give these measures a name, such as {{…, name: Beds available}}; "
        f"people would read {', '.join(nameless)}"
    )


def _named(publication: Publication, metric: str) -> bool:
    """Whether one of its layouts says what is counted."""
    return any(
        one.name
        for layout in publication.each_layout
        for one in layout.measures
        if one.metric == metric
    )


def _is_words(heading: str) -> bool:
    return "_" not in heading and not heading.isupper()


@pytest.mark.parametrize("publication", PLAIN)
def test_a_metric_is_made_of_its_counts(publication: Publication) -> None:
    metrics = (*load_computed_metrics().values(), *load_metrics().metrics.values())
    counts = {one.metric for layout in publication.each_layout for one in layout.measures}
    used = {count for metric in metrics for count in metric.measures}
    assert publication.id in NO_METRIC or any(_any_of(counts, one) for one in used), (
        f"no metric uses what {publication.id}.yaml counts ({', '.join(sorted(counts))}): declare "
        f"one in declarations/metrics, or say why there is none in NO_METRIC"
    )


def _any_of(counts: set[str], used: str) -> bool:
    """Whether a count is one of those declared, of which a part may stand in braces."""
    return any(
        re.fullmatch("".join(".+" if part[0] == "{" else re.escape(part) for part in parts), used)
        for parts in (re.findall(r"[{][^}]*[}]|[^{]+", count) for count in counts)
    )


@pytest.mark.parametrize(("publication", "number", "layout"), LAYOUTS)
def test_its_fictional_file_is_read_in_each_layout(
    files: dict[str, tuple[Path, ...]], publication: Publication, number: int, layout: Publication
) -> None:
    reading = read(files[publication.id][number])
    assert reading.source.publication_name == publication.name
    assert reading.source.licence == "None: the figures are invented"
    assert accounted(reading)
    assert (reading.rejections, differences(reading), reading.notes) == ((), {}, ())
    assert reading.observations["value"].is_not_null().any()
    if publication.reader == "plain":
        _as_it_was_written(reading.observations, layout)


def _as_it_was_written(observations: pl.DataFrame, layout: Publication) -> None:
    """Each measure of each organisation: the first is 100, the next 101 …; the second's 200 …"""
    mine = observations.filter(~pl.col("source_column").str.contains("sum of"))
    assert mine["period_label"].n_unique() == 1
    for code, least in (("ZA1", 100), ("ZA5", 200)):
        values = mine.filter(org_code=code)["value"].sort().to_list()
        assert values == [least + place for place in range(len(layout.measures))]
