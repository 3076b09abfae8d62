"""One page of every kind: the sites of the sample, and which template made which of their pages.

The kinds are the templates that extend the frame. Nothing is listed here a second time: a new kind
is found by its template, and a page of it by the site in which it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import pytest

from remit.cli.run import run
from remit.pages.frame import filling
from remit.pages.report.site import write_report_pages
from remit.sample import write_people, write_staff_survey
from remit.sample.spread import WORKS, write_spread
from tests.annual.region import clean_region
from tests.oversight.test_plan_command import ASKS
from tests.pages.sample_pages import sample_site
from tests.practice.small_files import AHEAD, PEERS, write_practice, write_register
from tests.report.fictional import fictional_report
from tests.shift.published_files import MONTHS, admissions, allocations, store_of

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "remit" / "pages"
LATEST = "2025-26-q4/"
ROOMS = {
    "standings": ["standings"],
    "report": ["report"],
    "remits": ["remits", "oversight", "frame"],
    "shift": ["shift"],
    "survey": ["survey"],
    "annual": ["annual"],
    "practice": ["practice"],
}
"""The rooms whose templates make the pages of each site."""


def kinds(*rooms: str) -> list[str]:
    """The kinds of page whose templates lie in some rooms, or in any."""
    return sorted(
        path.name.removesuffix(".html.jinja")
        for room in rooms or ("*",)
        for path in TEMPLATES.glob(f"{room}/templates/*.html.jinja")
        if "extends" in path.read_text(encoding="utf-8").partition("\n")[0]
    )


def kinds_of(site: str) -> list[str]:
    """The kinds of page of one of the sites below: each kind is of one."""
    return kinds(*ROOMS[site])


@dataclass(frozen=True)
class NotedSite:
    """A folder of pages, and by template the paths of those that it made."""

    folder: Path
    made: Mapping[str, list[str]]

    def page_of(self, kind: str) -> str:
        """The path of one page of a kind, of the latest period."""
        made = self.made.get(kind)
        assert made, f"no page is made with {kind}.html.jinja in this site of the sample"
        return next((path for path in made if path.startswith(LATEST)), made[0])

    def kind_of(self, page: str) -> str:
        """The kind of a page, by its path."""
        return next(kind for kind, made in self.made.items() if page in made)


class _Noting:
    """A template that notes which page it makes."""

    def __init__(self, template: jinja2.Template, note: Callable[[str, str], None]) -> None:
        self._template, self._note = template, note

    def render(self, *given: Any, **named: Any) -> str:
        self._note((self._template.name or "").removesuffix(".html.jinja"), named["here"].path)
        return self._template.render(*given, **named)


@contextmanager
def _noted(made: dict[str, list[str]], under: str = "") -> Iterator[None]:
    environment = filling.environment()
    found = type(environment).get_template

    def note(kind: str, path: str) -> None:
        made.setdefault(kind, []).append(under + path)

    def noting(name: str, *parent: str) -> Any:
        template = found(environment, name, *parent)
        return template if parent or not name.endswith(".html.jinja") else _Noting(template, note)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(environment, "get_template", noting)
        yield


def standings_site(folder: Path) -> NotedSite:
    """The site of the fictional quarters."""
    made: dict[str, list[str]] = {}
    with _noted(made):
        return NotedSite(sample_site(folder), made)


def report_site(folder: Path) -> NotedSite:
    """The pages of the fictional report."""
    made: dict[str, list[str]] = {}
    with _noted(made):
        (folder / "pages").mkdir()
        write_report_pages(fictional_report(), folder / "pages")
    return NotedSite(folder / "pages", made)


def remits_site(folder: Path) -> NotedSite:
    """The map of remits in ``map``, and beside it a plan for fictional asks in ``plan``."""
    made: dict[str, list[str]] = {}
    (folder / "asks.csv").write_text(ASKS, encoding="utf-8")
    plan = ["oversight", "plan", "XQ1", "--asks", str(folder / "asks.csv"), "--on", "2026-06-01"]
    with _noted(made, "map/"):
        assert run(["who", "pages", "--to", "ZA1", "--to", "icb", "--out", f"{folder}/map"]) == 0
    with _noted(made, "plan/"):
        assert run([*plan, "--fictional", "--out", f"{folder}/plan"]) == 0
    return NotedSite(folder, made)


def survey_site(folder: Path) -> NotedSite:
    """Two invented waves of a survey, in ``people``, and a Staff Survey, in ``staff``."""
    made: dict[str, list[str]] = {}
    before, now, questionnaire = write_people(folder)
    asked = [str(before), str(now), "--questionnaire", str(questionnaire)]
    asked += ["--codes", str(folder / "sample-survey-codes.csv")]
    with _noted(made, "people/"):
        # Three cells of the sample are left out on purpose.
        assert run(["survey", "report", *asked, "--out", f"{folder}/people"]) == 1
    with _noted(made, "staff/"):
        published = str(write_staff_survey(folder))
        assert run(["survey", "staff", published, "--out", f"{folder}/staff"]) == 0
    return NotedSite(folder, made)


def annual_site(folder: Path) -> NotedSite:
    """The letters of a fictional region in ``letters``, and its summary in ``summary``.

    The first letter is a draft with faults of several kinds, and so is the summary; the others are
    clean.
    """
    made: dict[str, list[str]] = {}
    region = clean_region(2, "2024-25")
    for one in region.findings:
        if one["icb"] == "ZB1":
            one["duties"] = [name for name in one["duties"] if name != "research"]
    next(one for one in region.concerns if one["icb"] == "ZB1" and one.pop("became"))
    region.letters["ZB1"] += ["## Outlook", "Costs rose more than in any other year."]
    now = str(region.write(folder / "now"))
    last = str(clean_region(1, "2023-24").write(folder / "last"))
    with _noted(made, "letters/"):
        assert run(["annual", "letter", now, "--out", f"{folder}/letters"]) == 1
    with _noted(made, "summary/"):
        asked = ["--last-year", last, "--out", f"{folder}/summary"]
        assert run(["annual", "rollup", now, *asked]) == 1
    return NotedSite(folder, made)


def shift_site(folder: Path) -> NotedSite:
    """What a move leaves behind in ``move``, and whether care moves closer to home in ``pages``."""
    made: dict[str, list[str]] = {}
    model, asked = str(folder / "model"), ["--service", "emergency-surgery", "--draws", "3"]
    assert run(["move", "new", model]) == 0
    with _noted(made, "move/"):
        assert run(["move", "run", model, *asked, "--out", f"{folder}/move"]) == 0
    (folder / "files").mkdir()
    for month in MONTHS:
        admissions(folder / "files", month, ZA1=12, ZA6=11, ZX1=10)
    allocations(folder / "files", ZB1=(1000, 1200), ZB2=(1000, 800), ZB3=(1000, 1000))
    held = ["--store", str(store_of(folder / "files"))]
    with _noted(made, "pages/"):
        assert run(["shift", "pages", *held, "--out", f"{folder}/pages"]) == 0
    return NotedSite(folder, made)


def practice_site(folder: Path) -> NotedSite:
    """A dozen fictional organisations, one of them ahead for long, in ``alike``; who has which
    practice and what became of one in ``had``.
    """
    made: dict[str, list[str]] = {}
    write_practice(folder)
    asked = ["--method", f"{folder}/ours.yaml", "--alike", f"{folder}/alike.csv"]
    with _noted(made, "alike/"):
        figures = f"{folder}/quarters.csv"
        out = f"{folder}/alike"
        assert run(["practices", "pages", *asked, "--figures", figures, "--out", out]) == 0
    write_register(folder / "register")
    (folder / "peers.csv").write_text(PEERS, encoding="utf-8")
    (folder / "ahead.csv").write_text(AHEAD, encoding="utf-8")
    files = write_spread(folder)
    asked = ["--input", str(files.figures), "--adoption", str(files.adoption)]
    asked += ["--practice", WORKS, "--out", f"{folder}/effect"]
    assert run(["practices", "effect", *asked]) == 0
    beside = ["--peers", f"{folder}/peers.csv", "--deviants", f"{folder}/ahead.csv"]
    beside += ["--effect", f"{folder}/effect", "--on", "2026-03-31"]
    with _noted(made, "had/"):
        asked = ["practices", "report", f"{folder}/register", *beside, "--out", f"{folder}/had"]
        assert run(asked) == 0
    return NotedSite(folder, made)
