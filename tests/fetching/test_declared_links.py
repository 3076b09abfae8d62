"""The patterns of links as they are declared."""

from __future__ import annotations

import pytest

from remit.catalogue import load_publications
from remit.fetching import Web, find
from remit.model.links import Links
from remit.model.period import parse_period
from remit.model.publication import Publication
from tests.fetching.site import served

DECLARED = [one for one in load_publications() if one.links is not None]


def found_under(publication: Publication, name: str) -> list[tuple[str, str | None]]:
    """What is found on a page that links to one name: the names with their periods."""
    with served() as site:
        address = site.page("/page/", f"/files/{name.replace(' ', '%20')}")
        moved = publication.model_copy(update={"landing_page": address})
        files = find(moved, Web(pause=0)).files
    return [(file.name, file.period.label if file.period else None) for file in files]


@pytest.mark.parametrize("publication", DECLARED, ids=lambda one: str(one.id))
def test_every_declared_example_is_found(publication: Publication) -> None:
    assert publication.links is not None
    name = publication.links.example
    assert [found for found, _ in found_under(publication, name)] == [name]


@pytest.mark.parametrize(
    ("publication_id", "name", "period"),
    [
        ("ae-monthly", "April-2021-revised-120522-ABC456.csv", "Apr 2021"),
        ("ae-monthly", "Monthly-AE-September-2024.csv", "Sep 2024"),
        (
            "community-waits",
            "Community-health-services-waiting-lists-2024-25-March.xlsx",
            "Mar 2025",
        ),
        (
            "community-waits",
            "Community-health-services-waiting-lists-2024-25-April.xlsx",
            "Apr 2024",
        ),
        ("dm01", "Monthly-Diagnostics-Web-File-Provider-February-2025_FT49R.xls", "Feb 2025"),
        ("virtual-ward", "VW202307.xlsx", "Jul 2023"),
        ("virtual-ward", "Monthly-Virtual-Ward-Apr2025.xlsx", "Apr 2025"),
        ("community-services", "csds_march-2026_data.zip", "Mar 2026"),
        (
            "workforce",
            "NHS Workforce Statistics, May 2025 England and Organisation.xlsx",
            "May 2025",
        ),
        ("staff-survey", "NSS24_detailed_spreadsheets_organisational_results.xlsx", "2024"),
        ("bed-availability", "KH03-Occupied-Overnight-only.csv", None),
    ],
)
def test_names_tell_their_period(publication_id: str, name: str, period: str | None) -> None:
    publication = next(one for one in DECLARED if one.id == publication_id)
    assert found_under(publication, name) == [(name, period)]


def test_a_span_of_months_is_found_by_any_of_them() -> None:
    publication = next(one for one in DECLARED if one.id == "cancer-waits")
    assert publication.links is not None
    with served() as site:
        address = site.page("/page/", f"/files/{publication.links.example}")
        moved = publication.model_copy(update={"landing_page": address})
        (file,) = find(moved, Web(pause=0), parse_period("Jun 2025")).files
    assert file.period is not None
    assert (str(file.period.start), str(file.period.end)) == ("2025-04-01", "2025-07-31")


def test_the_page_of_a_month_tells_the_month_where_the_name_does_not() -> None:
    publication = next(one for one in DECLARED if one.id == "sickness-absence")
    with served() as site:
        month = "/nhs-sickness-absence-rates/april-2024-provisional-statistics"
        address = site.page("/landing/", month, "/nhs-sickness-absence-rates/may-2024")
        site.page(month, "/files/Absence%20rates.csv")
        moved = publication.model_copy(update={"landing_page": address})
        (file,) = find(moved, Web(pause=0), parse_period("Apr 2024")).files
        assert not site.requests_of("/nhs-sickness-absence-rates/may-2024")
    assert file.period is not None
    assert file.period.label == "Apr 2024"


@pytest.mark.parametrize(
    ("match", "pattern"),
    [
        ("text", r"Provider file, (?P<month>[A-Z][a-z]+) (?P<year>20\d\d) \(CSV.*\)"),
        ("address", r".*/provider/(?P<year>20\d\d)/(?P<month>[a-z]+)/data\.csv"),
    ],
)
def test_a_pattern_can_be_held_against_words_or_address(match: str, pattern: str) -> None:
    links = Links.model_validate({"match": match, "pattern": pattern, "example": "data.csv"})
    with served() as site:
        path = "/provider/2025/june/data.csv"
        address = site.page("/page/", path, words="Provider  file, June 2025 (CSV, 42KB)")
        moved = DECLARED[0].model_copy(update={"landing_page": address, "links": links})
        (file,) = find(moved, Web(pause=0)).files
    assert file.period is not None
    assert file.period.label == "Jun 2025"


def test_the_newest_revision_is_taken_for_each_part() -> None:
    links = Links.model_validate(
        {
            "pattern": r"(?P<part>[a-z]+)-(?P<financial_year>20\d\d-\d\d)-q(?P<quarter>\d).*",
            "example": "acute-2025-26-q1.csv",
        }
    )
    names = ("acute-2025-26-q1.csv", "acute-2025-26-q1-v2.csv", "community-2025-26-q1.csv")
    with served() as site:
        address = site.page("/page/", *names)
        moved = DECLARED[0].model_copy(update={"landing_page": address, "links": links})
        files = find(moved, Web(pause=0)).files
    assert [(file.part, file.name) for file in files] == [
        ("acute", "acute-2025-26-q1-v2.csv"),
        ("community", "community-2025-26-q1.csv"),
    ]
    assert {file.period and file.period.label for file in files} == {"2025/26 Q1"}


@pytest.mark.parametrize("pattern", ["(unclosed", r"(?P<moon>\d+)"])
def test_a_faulty_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"no regular expression|no such group"):
        Links.model_validate({"pattern": pattern, "example": "x"})
