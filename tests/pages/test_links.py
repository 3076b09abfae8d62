from __future__ import annotations

import pytest

from remit.pages.frame.links import Page, PageKind, PageLinks, slug

PERIOD = "2025/26 Q1"
HOME = Page(PageKind.HOME)
TRUST = Page(PageKind.TRUST, "RYJ", PERIOD)
OTHER = Page(PageKind.TRUST, "RJ1", PERIOD)
LATER = Page(PageKind.TRUST, "RYJ", "2025/26 Q2")
LEAGUE = Page(PageKind.LEAGUE, "mental_health_community", PERIOD)
LINKS = PageLinks([HOME, TRUST, OTHER, LATER, LEAGUE])


@pytest.mark.parametrize(
    ("here", "target", "address"),
    [
        (HOME, TRUST, "2025-26-q1/trusts/RYJ.html"),
        (TRUST, HOME, "../../index.html"),
        (TRUST, OTHER, "RJ1.html"),
        (TRUST, LATER, "../../2025-26-q2/trusts/RYJ.html"),
        (TRUST, LEAGUE, "../../2025-26-q1/league/mental-health-community.html"),
        (TRUST, Page(PageKind.STATIC, "sort.js"), "../../static/sort.js"),
        (HOME, Page(PageKind.STATIC, "sort.js"), "static/sort.js"),
    ],
)
def test_addresses_are_relative(here: Page, target: Page, address: str) -> None:
    assert LINKS.relative(here, target) == address


def test_a_page_that_the_site_lacks_has_no_address() -> None:
    assert LINKS.relative(HOME, Page(PageKind.TRUST, "RXX", PERIOD)) is None
    assert LINKS.relative(HOME, None) is None
    assert TRUST.at("2025/26 Q4") not in LINKS
    assert TRUST.at("2025/26 Q2") in LINKS


def test_labels_become_parts_of_a_path() -> None:
    assert slug("2025/26 Q1") == "2025-26-q1"
