"""The demonstration in a real browser, served as people serve it: on a phone, by keys alone."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from tests.browser.conftest import ARGUMENTS, browser_program
from tests.browser.test_pages_in_a_browser import faults
from tests.web.figure_stores import as_revised, store_of
from tests.web.instance import ON_POSTGRES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("web in a browser"),
    pytest.mark.skipif(ON_POSTGRES, reason="pages are the same on both databases; once is enough"),
    pytest.mark.skipif(os.name == "nt", reason="signals end the server"),
]

PERFORMANCE_LEAD, SECRETARY = "Owen Tarn", "Juno Marsh"
ADMINISTRATOR, AUDITOR, NATIONAL = "Milo Reed", "Otis Hale", "Nora Quist"
KINDS = {
    "home": (PERFORMANCE_LEAD, "/"),
    "nothing waits": (NATIONAL, "/"),
    "organisations": (PERFORMANCE_LEAD, "/organisations/"),
    "organisation": (PERFORMANCE_LEAD, "/organisations/ZA1/"),
    "asks": (PERFORMANCE_LEAD, "/asks/"),
    "ask": (SECRETARY, "/asks/one/A27/"),
    "new action": (SECRETARY, "/asks/one/A27/action/"),
    "actions": (SECRETARY, "/actions/"),
    "figures": (SECRETARY, "/figures/"),
    "figures of one": (SECRETARY, "/figures/of/ZA1/"),
    "figure": (SECRETARY, "/figures/of/ZA1/ae.four-hours/"),
    "comment on a figure": (SECRETARY, "/figures/of/ZA1/ae.four-hours/say/"),
    "figure then and now": (SECRETARY, "/figures/said/1/"),
    "comments": (PERFORMANCE_LEAD, "/comments/"),
    "account": (SECRETARY, "/account/"),
    "people": (ADMINISTRATOR, "/people/"),
    "changes": (AUDITOR, "/changes/"),
    "history": (SECRETARY, "/changes/ask/A27/"),
    "search": (SECRETARY, "/search/?q=discharge"),
    "why": (SECRETARY, "/why/"),
    "why this": (SECRETARY, "/why/?organisation=ZA2"),
    "refused": (SECRETARY, "/people/"),
    "not there": (SECRETARY, "/asks/one/NONE/"),
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demonstration that ``remit web serve --debug`` serves."""
    web = tmp_path_factory.mktemp("shown") / "web"
    remit = [sys.executable, "-m", "remit", "web"]
    subprocess.run([*remit, "init", str(web), "--demo"], check=True, capture_output=True)
    store = store_of(as_revised, quarter=True)
    subprocess.run([*remit, "publish", str(store), str(web)], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = subprocess.Popen(
        [*remit, "serve", str(web), "--debug", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    found = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{found}/health/", served)
        yield found
    finally:
        served.send_signal(signal.SIGTERM)
        served.wait(60)


def _wait_for(url: str, served: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            with urlopen(url, timeout=60):
                return
        except OSError:
            assert served.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server did not begin"
            time.sleep(0.1)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        program = browser_program(playwright)
        if program is None:
            pytest.fail("no browser is at hand; install one, or name it in REMIT_BROWSER")
        opened = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield opened
        opened.close()


class Visit:
    """Somebody's browser, in which a request to anywhere else fails the test."""

    def __init__(self, browser: Browser, address: str, **options: object) -> None:
        self.context: BrowserContext = browser.new_context(**options)  # type: ignore[arg-type]
        self.strangers: list[str] = []
        self._address = address
        self.context.route("**/*", self._allowed)
        self.page: Page = self.context.new_page()

    def _allowed(self, route: Route) -> None:
        if route.request.url.startswith(self._address):
            route.continue_()
        else:
            self.strangers.append(route.request.url)
            route.abort()

    def sign_in(self, who: str) -> Page:
        self.page.goto(f"{self._address}/demo/")
        self.page.get_by_role("button", name=re.compile(who)).click()
        expect(self.page.locator("body")).to_contain_text(f"Signed in: {who}")
        return self.page

    def go(self, path: str) -> Page:
        self.page.goto(f"{self._address}{path}")
        return self.page


@pytest.fixture(scope="module")
def visits(browser: Browser, address: str) -> Iterator[dict[str, Visit]]:
    """Each person's own session, begun once: the door counts how often one comes."""
    begun: dict[str, Visit] = {}
    for who in {who for who, _ in KINDS.values()}:
        begun[who] = Visit(browser, address, viewport={"width": 1280, "height": 900})
        begun[who].sign_in(who)
    yield begun
    for one in begun.values():
        one.context.close()
        assert one.strangers == []


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> tuple[str, str]:
    return KINDS[request.param]


def test_axe_finds_no_fault_and_a_phone_scrolls_down_only(
    visits: dict[str, Visit], kind: tuple[str, str]
) -> None:
    who, path = kind
    page = visits[who].go(path)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert faults(page) == []
    expect(page.get_by_text("every organisation, person and record is fictional")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 640})
    try:
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert faults(page) == []
    finally:
        page.set_viewport_size({"width": 1280, "height": 900})


def test_a_page_that_was_made_leads_to_what_is_said(visits: dict[str, Visit]) -> None:
    page = visits[SECRETARY].go("/figures/pages/2025-26-q1/trusts/ZA1.html")
    assert faults(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    try:
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert faults(page) == []
    finally:
        page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Comments on figures of ZA1").click()
    page.get_by_role("link", name="within four hours").first.click()
    expect(page.locator("main")).to_contain_text("Beds were full on most afternoons")


@pytest.mark.parametrize("path", ["/demo/", "/sign-in/"])
def test_the_doors_have_no_fault(browser: Browser, address: str, path: str) -> None:
    visit = Visit(browser, address, viewport={"width": 320, "height": 640})
    page = visit.go(path)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    visit.context.close()


def test_an_action_is_entered_and_its_history_read_without_scripts(
    browser: Browser, address: str
) -> None:
    visit = Visit(browser, address, java_script_enabled=False)
    page = visit.sign_in(SECRETARY)
    visit.go("/asks/one/A27/")
    page.get_by_role("link", name="Enter an action").click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("main")).to_contain_text("Enter the role that owns it")
    page.get_by_label("What is to be done").fill("Send one figure in place of two")
    page.get_by_label("Who owns it").fill("company secretary")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("main")).to_contain_text("Send one figure in place of two")
    page.get_by_role("link", name="Who changed what").click()
    expect(page.locator("main")).to_contain_text(SECRETARY)
    visit.context.close()


def test_keys_alone_lead_from_the_door_to_an_ask(browser: Browser, address: str) -> None:
    visit = Visit(browser, address, viewport={"width": 1280, "height": 900})
    page = visit.go("/demo/")
    _tab_to(page, re.compile(SECRETARY))
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text(f"Signed in: {SECRETARY}")
    page.keyboard.press("Tab")
    assert "Skip" in _focused(page)
    page.keyboard.press("Enter")
    _tab_to(page, re.compile("All open asks"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/asks/"))
    visit.context.close()


def _tab_to(page: Page, name: re.Pattern[str]) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if name.search(_focused(page)):
            return
    raise AssertionError(f"no key leads to {name.pattern}")


def _focused(page: Page) -> str:
    """What has the focus, which a person must see."""
    text, outline = page.evaluate(
        """() => { const on = document.activeElement, seen = getComputedStyle(on);
        return [on.innerText || on.value || '',
            seen.outlineStyle + seen.boxShadow + seen.backgroundColor] }"""
    )
    assert outline != "nonenonergba(0, 0, 0, 0)", text
    return str(text)


def test_what_a_page_may_fetch_is_said_and_no_script_runs(
    visits: dict[str, Visit], address: str
) -> None:
    page = visits[SECRETARY].page
    answer = page.goto(f"{address}/asks/")
    assert answer
    assert "script-src" not in answer.headers["content-security-policy"] or (
        "'unsafe" not in answer.headers["content-security-policy"]
    )
    assert page.locator("script").count() == 0
