"""The pages as files: well formed, linked to one another, and in need of nothing from elsewhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from remit.model.observation import Rejection
from remit.pages.frame.links import Page, PageKind, PageLinks
from remit.pages.frame.rendering import Site, render
from remit.pages.standings.sources_view import RejectionsView
from tests.pages.html_pages import HtmlPage, Tag

LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
KINDS = [
    "index.html",
    "find.html",
    "sources.html",
    "rejections.html",
    "accessibility.html",
    "2025-26-q4/index.html",
    "2025-26-q4/method.html",
    "2025-26-q4/league/acute.html",
    "2025-26-q4/league/mental-health-community.html",
    "2025-26-q4/league/ambulance.html",
    "2025-26-q4/trusts/ZA1.html",
    "2025-26-q4/areas/index.html",
    "2025-26-q4/areas/ZB1.html",
    "2025-26-q4/areas/ZR1.html",
    "2025-26-q4/metrics/index.html",
    "2025-26-q4/metrics/OF0011.html",
]


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_page_is_there(site: Path, path: str) -> None:
    assert (site / path).is_file()


def test_every_tag_is_closed(pages: list[HtmlPage]) -> None:
    assert {str(page.path): page.unclosed for page in pages if page.unclosed} == {}


def test_identifiers_are_unique_within_a_page(pages: list[HtmlPage]) -> None:
    for page in pages:
        twice = [name for name, count in Counter(page.ids()).items() if count > 1]
        assert twice == [], page.path


def test_titles_are_unique(pages: list[HtmlPage]) -> None:
    titles = Counter(page.text("title") for page in pages)
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_link_leads_to_a_page_or_to_a_place_on_it(pages: list[HtmlPage]) -> None:
    ids = {page.path.resolve(): set(page.ids()) for page in pages}
    for page in pages:
        for link in page.all("a"):
            address, place = urldefrag(link.attributes["href"])
            if address.startswith("https://"):
                continue
            # A query chooses within a page, such as whom to compare; the page is the same.
            file = unquote(address.partition("?")[0])
            target = (page.path.parent / file).resolve() if file else page.path
            assert target.is_file(), (page.path, link.attributes["href"])
            if place:
                assert place in ids[target.resolve()], (page.path, link.attributes["href"])


def test_nothing_is_loaded_from_elsewhere(pages: list[HtmlPage], site: Path) -> None:
    for page in pages:
        for tag in page.tags:
            address = tag.attributes.get(LOADS.get(tag.name, ""), "")
            if address:
                assert not re.match(r"(?:[a-z]+:)?//", address), (page.path, address)
                assert (page.path.parent / address).is_file(), (page.path, address)
    for css in site.rglob("*.css"):
        text = css.read_text(encoding="utf-8")
        assert "http" not in text
        assert "@import" not in text
        for name in re.findall(r'url\("?([^")]+)"?\)', text):
            assert (css.parent / name).is_file(), name


def test_every_page_has_its_landmarks_and_one_heading(pages: list[HtmlPage]) -> None:
    for page in pages:
        assert page.all("html")[0].attributes["lang"] == "en"
        for name in ("header", "main", "footer", "h1"):
            assert len(page.all(name)) == 1, (page.path, name)
        assert page.all("a")[0].attributes["href"] == "#maincontent"


def test_headings_do_not_skip_a_level(pages: list[HtmlPage]) -> None:
    for page in pages:
        levels = [int(t.name[1]) for t in page.tags if re.fullmatch("h[1-6]", t.name)]
        main = levels[levels.index(1) :]
        assert all(b - a <= 1 for a, b in pairwise(main)), page.path


def test_every_page_of_the_sample_says_that_it_is_fictional(pages: list[HtmlPage]) -> None:
    for page in pages:
        text = page.path.read_text(encoding="utf-8")
        assert "the organisations and figures on this page are fictional." in text, page.path
        assert "(sample data)" in page.text("title")


def is_chart(tag: Tag) -> bool:
    return is_drawn(tag) and not is_mark(tag)


def is_drawn(tag: Tag) -> bool:
    return tag.name == "svg" and tag.attributes.get("role") == "img"


def is_mark(tag: Tag) -> bool:
    return "mark" in tag.attributes.get("class", "").split()


def test_every_mark_says_what_it_shows(pages: list[HtmlPage]) -> None:
    marks = [tag for page in pages for tag in page.tags if is_drawn(tag) and is_mark(tag)]
    assert len(marks) > 1000
    for mark in marks:
        assert len(mark.attributes["aria-label"].split()) >= 3


def test_every_chart_has_a_name_and_a_finding(pages: list[HtmlPage]) -> None:
    charts = [(page, tag) for page in pages for tag in page.tags if is_chart(tag)]
    assert len(charts) > 100
    for page, chart in charts:
        assert set(chart.attributes["aria-labelledby"].split()) <= set(page.ids())
        assert len(chart.inside.split()) > 10, page.path


def test_every_chart_stands_beside_its_table(pages: list[HtmlPage]) -> None:
    for page in pages:
        charts = sum(1 for tag in page.tags if is_chart(tag))
        assert charts <= len(page.all("table")), page.path


def is_stack(tag: Tag) -> bool:
    """Whether a table turns into cards where the screen is narrow, so that it never scrolls."""
    return "remit-stack" in tag.attributes.get("class", "").split()


def test_every_table_has_a_caption_and_scrolls_in_a_region(pages: list[HtmlPage]) -> None:
    for page in pages:
        captions = {tag.attributes["id"] for tag in page.all("caption")}
        regions = [t for t in page.all("div") if t.attributes.get("role") == "region"]
        stacked = {t.attributes["id"] + "-caption" for t in page.all("table") if is_stack(t)}
        assert len(captions) == len(page.all("table")) == len(regions) + len(stacked)
        assert {region.attributes["aria-labelledby"] for region in regions} == captions - stacked
        assert all(region.attributes["tabindex"] == "0" for region in regions)


def test_what_a_file_says_is_never_markup() -> None:
    page = Page(PageKind.REJECTIONS)
    row = Rejection("<b>.csv", 7, "Value", "<script>alert(1)</script>", '"quoted" & <i>')
    view = RejectionsView("Rejected rows", "", (row,), 1, Page(PageKind.REJECTIONS_FILE))
    html = render(Site(("2025/26 Q1",), False, "0"), PageLinks([page]), page, view)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "&lt;b&gt;.csv" in html
    assert "fictional" not in html


def test_the_logo_of_the_nhs_is_not_shown(pages: list[HtmlPage]) -> None:
    for page in pages:
        assert "nhsuk-header__logo" not in page.path.read_text(encoding="utf-8")


def test_the_explanation_can_be_downloaded(site: Path) -> None:
    content = json.loads((site / "2025-26-q4/trusts/ZA1.json").read_text(encoding="utf-8"))
    assert content["organisation"]["code"] == "ZA1"
    assert content["fictional"] is True
    assert set(content["framework"]["hashes"]) == {"scoring", "wording"}
    assert content["explanation"]["key"] == "segment"
