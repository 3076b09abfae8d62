"""Every kind of page is linked to, stands in the documentation and is looked at in a browser.

The kinds are the templates that extend the frame. The sites are built with each page marked by its
template, so that nothing has to be listed a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import jinja2
import pytest

from remit.cli.run import run
from remit.pages.frame import rendering
from remit.pages.report.site import write_report_pages
from tests.browser import test_map_in_a_browser, test_pages_in_a_browser, test_report_in_a_browser
from tests.pages.sample_pages import sample_site
from tests.report.fictional import fictional_report

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "src" / "remit" / "pages"
KINDS = sorted(
    path.name.removesuffix(".html.jinja")
    for path in PAGES.glob("*/templates/*.html.jinja")
    if "extends" in path.read_text(encoding="utf-8").partition("\n")[0]
)
LOOKED_AT = {
    "site": list(test_pages_in_a_browser.PAGES.values()),
    "report": list(test_report_in_a_browser.PAGES),
    "oversight": list(test_map_in_a_browser.PAGES.values()),
}
DOCUMENTS = {"site": "pages.md", "report": "report.md", "oversight": "who.md"}
SITES_OWN = re.compile(r"^(20\d\d-\d\d-q\d|map|plan)/")
CODE = re.compile(r"\b(?:[A-Z][A-Z0-9]{2}|OF\d{4})(?=\.html)")
"""What differs from site to site: the quarter or the folder, and the code of an organisation
or a metric."""
STARTS = {
    "site": ["index.html"],
    "report": ["index.html"],
    "oversight": ["map/index.html", "plan/index.html"],
}


class Marked:
    """A template whose page says which template it was made with."""

    def __init__(self, template: jinja2.Template) -> None:
        self.template = template

    def render(self, *given: Any, **named: Any) -> str:
        name = (self.template.name or "").removesuffix(".html.jinja")
        return f"{self.template.render(*given, **named)}<!-- made with {name} -->"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    environment = rendering.environment()
    found = type(environment).get_template
    folder = tmp_path_factory.mktemp("kinds")

    def marked(name: str, *parent: str) -> Any:
        template = found(environment, name, *parent)
        return template if parent else Marked(template)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(environment, "get_template", marked)
        site = sample_site(folder / "site")
        (folder / "report").mkdir()
        write_report_pages(fictional_report(), folder / "report")
        _oversight(folder / "oversight")
        yield {"site": site, "report": folder / "report", "oversight": folder / "oversight"}


def _oversight(folder: Path) -> None:
    folder.mkdir()
    (folder / "asks.csv").write_text(test_map_in_a_browser.ASKS, encoding="utf-8")
    assert run(["who", "pages", "--to", "ZA1", "--to", "icb", "--out", str(folder / "map")]) == 0
    plan = ["oversight", "plan", "XQ1", "--asks", str(folder / "asks.csv"), "--on", "2026-06-01"]
    assert run([*plan, "--fictional", "--out", str(folder / "plan")]) == 0


def _kind(page: Path) -> str:
    return page.read_text(encoding="utf-8").rpartition("<!-- made with ")[2].removesuffix(" -->")


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


def test_there_are_kinds() -> None:
    assert len(KINDS) > 25
    assert {"home", "league", "organisation", "report_home", "who_home"} <= set(KINDS)


def test_every_kind_is_looked_at_in_a_browser(sites: dict[str, Path]) -> None:
    looked_at = {_kind(sites[name] / page) for name in sites for page in LOOKED_AT[name]}
    assert looked_at == set(KINDS)


def test_every_kind_is_linked_to(sites: dict[str, Path]) -> None:
    linked = {
        _kind(sites[name] / page) for name in sites for page in _linked(sites[name], STARTS[name])
    }
    assert linked == set(KINDS)


def test_every_kind_stands_in_the_documentation() -> None:
    for name, document in DOCUMENTS.items():
        text = CODE.sub("CODE", (ROOT / "docs" / document).read_text(encoding="utf-8"))
        paths = {CODE.sub("CODE", SITES_OWN.sub("", page)) for page in LOOKED_AT[name]}
        assert {path for path in paths if f"{path}`" not in text} == set(), document
