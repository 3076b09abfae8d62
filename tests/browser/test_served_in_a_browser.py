"""Every kind of page as ``remit site serve`` serves it: the policy allows all that it needs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from remit.pages.frame.folders import MARKER
from remit.pages.serving import make_server
from tests.pages.noted_sites import NotedSite, remits_site, report_site

pytestmark = pytest.mark.browser

FOLDERS = ("site", "report", "map", "plan")
REFUSED = """() => { window.refused = []; document.addEventListener('securitypolicyviolation',
    e => window.refused.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile)) }"""


@pytest.fixture(scope="module")
def sites(noted: NotedSite, tmp_path_factory: pytest.TempPathFactory) -> dict[str, NotedSite]:
    """Each folder of pages that can be served, with the pages of each kind."""
    report = report_site(tmp_path_factory.mktemp("served report"))
    (report.folder / MARKER).write_text("{}", encoding="utf-8")
    remits = remits_site(tmp_path_factory.mktemp("served map"))
    parts = {name: NotedSite(remits.folder / name, {}) for name in ("map", "plan")}
    return {"site": noted, "report": report, **parts}


@pytest.fixture(params=FOLDERS)
def served(
    request: pytest.FixtureRequest, sites: dict[str, NotedSite]
) -> Iterator[tuple[str, NotedSite]]:
    site = sites[request.param]
    server = make_server(site.folder, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.url, site
    server.shutdown()
    thread.join()
    server.server_close()


def pages_of(site: NotedSite) -> list[str]:
    """A page of each kind, or all pages where they are few."""
    every = (page.relative_to(site.folder) for page in site.folder.rglob("*.html"))
    return [site.page_of(kind) for kind in site.made] or sorted(map(Path.as_posix, every))


def failure(request: Request) -> list[str]:
    """A request that failed; those that ended since the next page was opened did not."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.failure} {request.url}"]


def watched(browser: Browser, said: list[str]) -> Page:
    """A page that tells what its policy refused, and whatever else it complains of."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(f"({REFUSED})()")
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.extend(failure(request)))
    page.on("response", lambda got: got.ok or said.append(f"{got.status} {got.url}"))
    return page


def test_the_policy_refuses_nothing_that_a_page_needs(
    browser: Browser, served: tuple[str, NotedSite]
) -> None:
    address, site = served
    said: list[str] = []
    page = watched(browser, said)
    pages = pages_of(site)
    assert pages
    for path in pages:
        answer = page.goto(f"{address}{path}")
        assert answer is not None
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert page.evaluate("window.refused") == [], path
    page.context.close()
    assert said == []


def test_the_policy_refuses_what_a_stranger_puts_into_a_page(browser: Browser, site: Path) -> None:
    """Were foreign words ever not escaped: no script of theirs would run, none would be sent."""
    hostile = site / "hostile.html"
    hostile.write_text(
        "<!doctype html><title>x</title><script>window.ran = 1</script>"
        "<img src=x onerror='window.ran = 2'><img src='http://127.0.0.1:9/leak'>"
        "<style>body { color: rgb(1, 2, 3) }</style><iframe src='data:text/html,x'></iframe>"
        "<base href='http://evil.example/'>",
        encoding="utf-8",
    )
    server = make_server(site, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        page = watched(browser, [])
        page.goto(f"{server.url}hostile.html")
        assert page.evaluate("window.ran") is None
        assert page.evaluate("getComputedStyle(document.body).color") != "rgb(1, 2, 3)"
        assert page.evaluate("document.baseURI").startswith(server.url)
        refused = " ".join(page.evaluate("window.refused"))
        assert "127.0.0.1:9/leak" in refused
        page.context.close()
    finally:
        hostile.unlink()
        server.shutdown()
        thread.join()
        server.server_close()
