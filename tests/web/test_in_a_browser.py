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
from tests.web import web_screens
from tests.web.broken_words import broken_words
from tests.web.demonstrations import demonstration
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
REGION, ICB = "Amara Bell", "Ines Vale"
KINDS = {
    "home": (PERFORMANCE_LEAD, "/"),
    "nothing waits": (NATIONAL, "/"),
    "organisations": (PERFORMANCE_LEAD, "/organisations/"),
    "organisation": (PERFORMANCE_LEAD, "/organisations/ZA1/"),
    "asks": (PERFORMANCE_LEAD, "/asks/"),
    "bring in": (SECRETARY, "/asks/bring-in/"),
    "ask": (SECRETARY, "/asks/one/A27/"),
    "new action": (SECRETARY, "/asks/one/A27/action/"),
    "actions": (SECRETARY, "/actions/"),
    "figures": (SECRETARY, "/figures/"),
    "figures of one": (SECRETARY, "/figures/of/ZA1/"),
    "figure": (SECRETARY, "/figures/of/ZA1/ae.four-hours/"),
    "comment on a figure": (SECRETARY, "/figures/of/ZA1/ae.four-hours/say/"),
    "figure then and now": (SECRETARY, "/figures/said/1/"),
    "comments": (PERFORMANCE_LEAD, "/comments/"),
    "conversations": (PERFORMANCE_LEAD, "/conversations/"),
    "conversation": (PERFORMANCE_LEAD, "/conversations/one/CON-1/"),
    "new conversation": (PERFORMANCE_LEAD, "/conversations/new/"),
    "frictions": (SECRETARY, "/friction/"),
    "friction": (SECRETARY, "/friction/one/FR-1/"),
    "settle a friction": (SECRETARY, "/friction/one/FR-1/settled/"),
    "risks": (PERFORMANCE_LEAD, "/risks/"),
    "risk": (SECRETARY, "/risks/one/RISK-1/"),
    "change a risk": (PERFORMANCE_LEAD, "/risks/one/RISK-1/change/"),
    "commitments": (PERFORMANCE_LEAD, "/commitments/"),
    "what serves none": (PERFORMANCE_LEAD, "/commitments/none/ask/"),
    "commitment": (PERFORMANCE_LEAD, "/commitments/one/COM-1/"),
    "tie to a commitment": (PERFORMANCE_LEAD, "/commitments/one/COM-1/tie/"),
    "agreements": (SECRETARY, "/agreements/"),
    "agreement": (SECRETARY, "/agreements/one/AGR-1/"),
    "boards": (PERFORMANCE_LEAD, "/capability/"),
    "board": (SECRETARY, "/capability/ZA1/nof-2026-27/"),
    "answer of a board": (SECRETARY, "/capability/ZA1/nof-2026-27/quality/"),
    "sorted actions": (SECRETARY, "/actions/?state=open&sort=owner&organisation=ZA1"),
    "account": (SECRETARY, "/account/"),
    "tokens": (SECRETARY, "/account/tokens/"),
    "calendar": (SECRETARY, "/account/calendar/"),
    "mail": (SECRETARY, "/account/mail/"),
    "files": (SECRETARY, "/files/of/ask/A27/"),
    "kept": (SECRETARY, "/kept/"),
    "people": (ADMINISTRATOR, "/people/"),
    "give a role": (ADMINISTRATOR, "/people/give/"),
    "changes": (AUDITOR, "/changes/"),
    "history": (SECRETARY, "/changes/ask/A27/"),
    "search": (SECRETARY, "/search/?q=discharge"),
    "plans": (SECRETARY, "/plans/"),
    "plan": (SECRETARY, "/plans/one/PLAN-1/"),
    "plan in force": (PERFORMANCE_LEAD, "/plans/one/PLAN-2/"),
    "new plan": (REGION, "/plans/new/"),
    "asked twice": (SECRETARY, "/plans/one/PLAN-1/twice/"),
    "review of a plan": (REGION, "/plans/one/PLAN-2/review/"),
    "findings": (ICB, "/findings/"),
    "finding": (ICB, "/findings/one/ZR1-2024-25-ZB1-3/"),
    "reply to a finding": (ICB, "/findings/one/ZR1-2024-25-ZB1-3/reply/"),
    "action for a finding": (ICB, "/findings/one/ZR1-2024-25-ZB1-3/action/"),
    "letter of the year": (REGION, "/letters/one/ZR1-2024-25-ZB2/"),
    "practices": (SECRETARY, "/practices/"),
    "practice": (SECRETARY, "/practices/one/ZR1-board-round/"),
    "copy a practice": (SECRETARY, "/practices/one/ZR1-board-round/copy/"),
    "asks in pairs": (SECRETARY, "/asks/twice/"),
    "changes of a plan": (SECRETARY, "/plans/one/PLAN-2/changes/"),
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
    demonstration(web)
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


@pytest.mark.parametrize("name", web_screens.PICTURED)
def test_pictures_of_the_documentation_show_their_page(visits: dict[str, Visit], name: str) -> None:
    who, path = KINDS[name]
    assert web_screens.looked_at(visits[who].go(path), name) == {}, web_screens.MAKE


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
    assert broken_words(page) == []
    assert page.locator("select:not(.nhsuk-select)").count() == 0
    page.set_viewport_size({"width": 320, "height": 640})
    try:
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert broken_words(page) == []
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
    page.get_by_role(
        "link", name="A&E: admitted, transferred or discharged within four"
    ).first.click()
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


def test_a_form_outlives_its_session_without_scripts(browser: Browser, address: str) -> None:
    visit = Visit(browser, address, java_script_enabled=False)
    page = visit.sign_in(SECRETARY)
    visit.go("/asks/one/A27/action/")
    page.get_by_label("What is to be done").fill("Agree <one> day & keep it")
    page.get_by_label("Who owns it").fill("chief nurse")
    visit.context.clear_cookies(name="remit-session")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("status")).to_contain_text("What you typed is kept for a day")
    page.get_by_role("link", name="Pick one of the invented people").click()
    page.get_by_role("button", name=re.compile(SECRETARY)).click()
    page.get_by_role("link", name="go on with it").click()
    page.get_by_role("link", name="Open the form as you left it").click()
    expect(page).to_have_url(re.compile("/asks/one/A27/action/$"))
    expect(page.get_by_label("What is to be done")).to_have_value("Agree <one> day & keep it")
    expect(page.get_by_label("Who owns it")).to_have_value("chief nurse")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Agree <one> day & keep it")
    visit.go("/actions/?q=Agree")
    expect(page.get_by_role("link", name="Agree <one> day & keep it")).to_have_count(1)
    visit.context.close()


def test_three_people_bring_a_plan_from_draft_to_signatures_without_scripts(
    browser: Browser, address: str
) -> None:
    """Three sessions, each on a phone; the pages that only stand on the way are tried by axe."""
    phone = {"width": 320, "height": 640}
    visits = {who: Visit(browser, address, java_script_enabled=False, viewport=phone)
              for who in (REGION, ICB, SECRETARY)}  # fmt: skip
    region, icb, trust = (visits[who].sign_in(who) for who in visits)
    visits[REGION].go("/plans/")
    region.get_by_role("link", name="Begin a plan").click()
    region.get_by_label("For which trust").select_option("ZA1")
    region.get_by_label("What it is called").fill("One plan for flow")
    region.get_by_label("For which period").fill("2031/32")
    region.get_by_role("button", name="Begin the plan").click()
    region.get_by_label("What is to be reached").first.fill("No patient waits in a corridor")
    region.get_by_label("How it is measured").first.fill("Patients in corridors at noon")
    region.get_by_label("Function").first.select_option("operational-performance")
    region.get_by_label("Who does it").first.fill("chief operating officer")
    region.get_by_label("Due").first.fill("2099-03-31")
    region.get_by_role("button", name="Keep the items").click()
    path = re.sub(r"^https?://[^/]+", "", region.url)
    _press(region, "Hand it to the ICB")
    _say(visits[ICB].go(path), "Add a comment", "Noon is too early.")
    expect(visits[SECRETARY].go(path).locator("main")).not_to_contain_text("Noon is too early.")
    icb.get_by_label("What you say").fill("What stands in the box goes along.")
    _press(icb, "Hand in what you say")
    _say(visits[SECRETARY].go(path), "Correct a fact", "We count at ten.")
    _press(trust, "Hand in what you say")
    expect(trust.locator("main")).to_contain_text("Noon is too early.")
    expect(trust.locator("main")).to_contain_text("What stands in the box goes along.")
    visits[REGION].go(path)
    region.get_by_role("link", name="Write the items").click()
    region.get_by_label("How it is measured").first.fill("Patients in corridors at ten")
    region.get_by_role("button", name="Keep the items").click()
    region.get_by_role("button", name="Put it to signature", exact=True).click()
    expect(region.get_by_role("heading", level=1)).to_contain_text("to signature?")
    _press(region, "Put it to signature")
    for who, side in ((SECRETARY, "trust"), (ICB, "ICB"), (REGION, "region")):
        page = visits[who].go(path)
        expect(page.get_by_role("heading", level=1)).to_contain_text("it waits for you")
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.get_by_label("Your role").fill("chief executive")
        page.get_by_role("button", name=f"Sign for the {side}", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("as chief executive?")
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        _press(page, f"Sign for the {side}")
    page = visits[SECRETARY].go(path)
    expect(page.get_by_role("heading", level=1)).to_contain_text("in force")
    expect(page.locator("main")).to_contain_text("All have signed version 2")
    for one in visits.values():
        one.context.close()
        assert one.strangers == []


def test_the_form_of_items_has_no_fault(visits: dict[str, Visit], address: str) -> None:
    page = visits[REGION].go("/plans/new/")
    page.get_by_label("For which trust").select_option(index=1)
    page.get_by_label("What it is called").fill("A plan for axe")
    page.get_by_label("For which period").fill("2032/33")
    page.get_by_role("button", name="Begin the plan").click()
    assert faults(page) == []
    page.get_by_label("How it is measured").first.fill("Measured, and nothing to reach")
    page.get_by_role("button", name="Keep the items").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter what is to be reached")
    assert faults(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.set_viewport_size({"width": 1280, "height": 900})


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("status")).to_be_visible()


def _say(page: Page, name: str, words: str) -> None:
    form = page.locator("form", has=page.get_by_role("button", name=name, exact=True))
    form.get_by_label("What you say").fill(words)
    _press(page, name)


def test_keys_alone_lead_from_the_door_to_an_ask(browser: Browser, address: str) -> None:
    visit = Visit(browser, address, viewport={"width": 1280, "height": 900})
    page = visit.go("/demo/")
    _tab_to(page, re.compile(SECRETARY))
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text(f"Signed in: {SECRETARY}")
    page.keyboard.press("Tab")
    assert "Skip" in _focused(page)
    page.keyboard.press("Enter")
    _tab_to(page, re.compile("all open asks"))
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
