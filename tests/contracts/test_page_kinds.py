"""Every kind of page is made on the sample, linked to, and stands in the documentation.

The browser tests look at one page of every kind by themselves (``tests/pages/noted_sites.py``).
"""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from remit.pages.frame.links import PageKind
from tests.pages.html_pages import parse
from tests.pages.noted_sites import (
    ROOMS,
    NotedSite,
    annual_site,
    kinds,
    kinds_of,
    practice_site,
    remits_site,
    report_site,
    shift_site,
    standings_site,
    survey_site,
)

DOCS = Path(__file__).resolve().parents[2] / "docs"
DOCUMENTS = {
    "standings": ("pages.md",),
    "report": ("report.md",),
    "remits": ("who.md",),
    "shift": ("shift-move.md", "shift-pages.md"),
    "survey": ("staff-survey.md", "survey.md"),
    "annual": ("annual.md",),
    "practice": ("deviants.md", "practices.md"),
}
STARTS = {
    "standings": ["index.html"],
    "report": ["index.html"],
    "remits": ["map/index.html", "plan/index.html"],
    "shift": ["move/index.html", "pages/index.html"],
    "survey": ["people/index.html", "staff/index.html"],
    "annual": ["letters/index.html", "summary/index.html"],
    "practice": ["alike/index.html", "had/index.html"],
}
SITES_OWN = re.compile(
    r"^(20\d\d-\d\d-q\d|map|plan|move|pages|people|staff|letters|summary|alike|had)/"
)
METRIC = re.compile(r"(?:metrics?|measure|item|organisation|practice)/(?!index\.)[\w-]+\.")
CODE = re.compile(r"\b(?:[A-Z][A-Z0-9]{2}|OF\d{4})(?=\.html)")
"""What differs from site to site: the quarter or the folder, and the code of an organisation
or a metric."""
EACH = pytest.mark.parametrize(
    ("name", "kind"), [(name, kind) for name in ROOMS for kind in kinds_of(name)]
)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, NotedSite]:
    made = {"standings": standings_site, "report": report_site, "remits": remits_site,
            "shift": shift_site, "survey": survey_site, "annual": annual_site,
            "practice": practice_site}  # fmt: skip
    return {name: make(tmp_path_factory.mktemp(name)) for name, make in made.items()}


def _linked(site: Path, starts: list[str]) -> set[str]:
    """The pages that links lead to, from the first page on."""
    seen, left = set(starts), list(starts)
    while left:
        here = left.pop()
        for link in re.findall(r'href="([^"#:]+\.html)', (site / here).read_text("utf-8")):
            there = normpath(join(dirname(here), link))
            if there not in seen and (site / there).is_file():
                seen.add(there)
                left.append(there)
    return seen


def test_there_are_kinds_and_each_belongs_to_a_site() -> None:
    assert len(kinds()) > 25
    assert {"home", "league", "trust", "report_home", "who_home"} <= set(kinds())
    told = "a room's templates are of no site: name it in ROOMS, so that a browser looks at them"
    assert kinds() == sorted(kind for name in ROOMS for kind in kinds_of(name)), told


def test_a_kind_of_the_standings_has_its_template() -> None:
    pages = {kind.template for kind in PageKind if kind.value.path.endswith(".html")}
    assert pages == set(kinds("standings")), "a kind in links.py and a template go by one name"


def test_a_kind_stands_under_an_entry_of_the_menu() -> None:
    under = {kind.value.under for kind in PageKind} - {""}
    assert under <= {kind.name for kind in PageKind if kind.value.menu}


@EACH
def test_every_kind_is_made_and_linked_to(
    sites: dict[str, NotedSite], name: str, kind: str
) -> None:
    site = sites[name]
    assert site.page_of(kind)
    linked = {site.kind_of(page) for page in _linked(site.folder, STARTS[name])}
    assert kind in linked, f"nothing leads to {site.page_of(kind)}: give it an entry or a link"


@EACH
def test_every_kind_says_in_its_title_what_it_is(
    sites: dict[str, NotedSite], name: str, kind: str
) -> None:
    site = sites[name]
    title = parse(site.folder / site.page_of(kind)).text("title")
    assert title.partition(" – Remit")[0].strip()


def plain(text: str) -> str:
    """Without the codes and metrics of examples: those of the docs are others than the tests'."""
    return METRIC.sub("metrics/METRIC.", CODE.sub("CODE", text))


@EACH
def test_every_kind_stands_in_the_documentation(
    sites: dict[str, NotedSite], name: str, kind: str
) -> None:
    texts = [(DOCS / one).read_text(encoding="utf-8") for one in DOCUMENTS[name]]
    text = plain("\n".join(texts))
    paths = {plain(SITES_OWN.sub("", page)) for page in sites[name].made[kind]}
    assert any(f"{path}`" in text for path in paths), (
        f"docs/{DOCUMENTS[name][-1]} does not name the page {sites[name].page_of(kind)}"
    )
