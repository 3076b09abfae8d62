from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, Route, sync_playwright

from remit.pages.serving import make_server
from tests.pages.noted_sites import NotedSite, standings_site

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge", "microsoft-edge")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    program = browser_program(playwright)
    if program is None:
        pytest.fail("no browser is at hand; install one, or name it in REMIT_BROWSER")
    opened = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
    yield opened
    opened.close()


def browser_program(playwright: Playwright) -> str | None:
    """REMIT_BROWSER, else a Chromium of the machine, else Playwright's own."""
    named = os.environ.get("REMIT_BROWSER")
    if named:
        return named
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    own = playwright.chromium.executable_path
    return installed or (own if Path(own).is_file() else None)


@pytest.fixture(scope="session")
def noted(tmp_path_factory: pytest.TempPathFactory) -> NotedSite:
    return standings_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def site(noted: NotedSite) -> Path:
    return noted.folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The site, served as ``remit site serve`` serves it."""
    server = make_server(site, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def new_context(browser: Browser, address: str) -> Iterator[NewContext]:
    """Makes browser contexts in which a request to anywhere else fails the test."""
    opened: list[BrowserContext] = []
    strangers: list[str] = []

    def guard(route: Route) -> None:
        url = route.request.url
        if url.startswith((address, "file://", "data:")):
            route.continue_()
        else:
            strangers.append(url)
            route.abort()

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        context.route("**/*", guard)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    assert strangers == [], "the pages asked for something from elsewhere"
