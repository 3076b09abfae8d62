"""Every kind of page as ``remit site serve`` serves it: the policy allows all that it needs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from remit.cli.run import run
from remit.pages.frame.folders import MARKER
from remit.pages.report.site import write_report_pages
from remit.pages.serving import make_server
from tests.browser.test_pages_in_a_browser import PAGES as SITE
from tests.browser.test_report_in_a_browser import PAGES as REPORT
from tests.oversight.test_plan_command import ASKS
from tests.report.fictional import fictional_report

pytestmark = pytest.mark.browser

FOLDERS = ("site", "report", "map", "plan")
REFUSED = """() => { window.refused = []; document.addEventListener('securitypolicyviolation',
    e => window.refused.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile)) }"""


@pytest.fixture(scope="module")
def folders(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = tmp_path_factory.mktemp("served")
    report = made / "report"
    report.mkdir()
    write_report_pages(fictional_report(), report)
    (report / MARKER).write_text("{}", encoding="utf-8")
    (made / "asks.csv").write_text(ASKS, encoding="utf-8")
    assert run(["who", "pages", "--to", "ZA1", "--to", "icb", "--out", str(made / "map")]) == 0
    plan = ["oversight", "plan", "XQ1", "--asks", str(made / "asks.csv"), "--on", "2026-06-01"]
    assert run([*plan, "--fictional", "--out", str(made / "plan")]) == 0
    return {"site": site, "report": report, "map": made / "map", "plan": made / "plan"}


@pytest.fixture(params=FOLDERS)
def served(request: pytest.FixtureRequest, folders: dict[str, Path]) -> Iterator[tuple[str, Path]]:
    folder = folders[request.param]
    server = make_server(folder, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.url, folder
    server.shutdown()
    thread.join()
    server.server_close()


def kinds(folder: Path) -> list[str]:
    """A page of each kind; of the site and the report those that are tried elsewhere too."""
    if folder.name == "site" or (folder / "2025-26-q4").is_dir():
        return list(SITE.values())
    if folder.name == "report":
        return list(REPORT)
    return sorted(str(page.relative_to(folder).as_posix()) for page in folder.rglob("*.html"))


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
    browser: Browser, served: tuple[str, Path]
) -> None:
    address, folder = served
    said: list[str] = []
    page = watched(browser, said)
    pages = kinds(folder)
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
