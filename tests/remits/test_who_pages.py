"""The pages of the map: the finding above the matrix, its words, and one count of missing leads."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from remit.cli.run import run
from remit.pages.remits.findings import CLAIMS, WhoFacts
from tests.oversight.test_plan_command import HEAD
from tests.pages.html_pages import HtmlPage, pages_of

SUBJECTS = ("ZA1", "icb", "ambulance trust")
DAYS = {
    "jul-2022": "2022-07-01",
    "nov-2024": "2024-11-30",
    "apr-2025": "2025-10-01",
    "apr-2026": "2026-07-01",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, HtmlPage]:
    out = tmp_path_factory.mktemp("who") / "map"
    to = [part for subject in SUBJECTS for part in ("--to", subject)]
    assert run(["who", "pages", *to, "--out", str(out)]) == 0
    return {page.path.name: page for page in pages_of(out)}


def leads(capsys: pytest.CaptureFixture[str], subject: str, day: str) -> list[str]:
    """The lead of each function, blank where there is none, as the command gives it."""
    capsys.readouterr()
    assert run(["who", "--to", subject, "--on", day, "--format", "json"]) == 0
    return [row["lead"] for row in json.loads(capsys.readouterr().out)]


def claim(page: HtmlPage) -> str:
    lede = next(tag for tag in page.all("p") if tag.attributes.get("class") == "remit-lede")
    return " ".join(lede.inside.split())


def rows(page: HtmlPage) -> dict[str, list[str]]:
    """The rows of the matrix: the flags of each function, by its name."""
    return {
        " ".join(tag.inside.split()): tag.attributes.get("class", "").split()
        for tag in page.all("tr")
        if "class" in tag.attributes
    }


def test_no_lead_counts_the_same_wherever_it_is_counted(
    made: dict[str, HtmlPage], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """By hand, from the map: quality, infection, safeguarding, workforce, emergency, digital,
    communications and sustainability; of functions of their own maternity, children, directors.
    """
    page = made["apr-2026.html"]
    assert leads(capsys, "ZA1", "2026-07-01").count("") == 11
    assert claim(page).startswith("Nobody leads on 11 of 48 functions: ")
    assert sum("no-lead" in flags for flags in rows(page).values()) == 11
    assert any(tag.inside == "No lead (11)" for tag in page.all("label"))
    assert run(["who", "gaps", "--to", "ZA1", "--on", "2026-07-01"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Nobody leads on 11 of 48 functions: Quality and safety, Maternity" in said
    asks = tmp_path / "asks.csv"
    asks.write_text(
        f"{HEAD}\nQ1,2026-05-01,,CQC,,ZA1,Larkshire,letter,Safeguarding,Training,,,once,2\n",
        "utf-8",
    )
    plan = ["oversight", "plan", "ZA1", "--asks", str(asks), "--on", "2026-07-01", "--fictional"]
    assert run([*plan, "--out", str(tmp_path / "plan")]) == 0
    functions = json.loads((tmp_path / "plan" / "plan.json").read_text("utf-8"))["functions"]
    assert sum(one["lead"] is None for one in functions) == 11


@pytest.mark.parametrize("state", ["jul-2022", "nov-2024", "apr-2025", "apr-2026"])
@pytest.mark.parametrize("number", ["", "-2", "-3"])
def test_a_row_without_a_lead_names_none_the_organisation_itself_not_either(
    made: dict[str, HtmlPage], state: str, number: str
) -> None:
    """An ICB leads on its commissioning: that is no function on which nobody leads."""
    page = made[f"{state}{number}.html"].path.read_text("utf-8")
    found = re.findall(r'<tr[^>]*class="([^"]*)"[^>]*>(.*?)</tr>', page, re.DOTALL)
    bare = [inside for css, inside in found if "no-lead" in css.split()]
    assert bare
    said = [word for row in bare for word in re.findall(r'class="who-lead">([^<]*)<', row)]
    assert set(said) <= {"would lead"}


@pytest.mark.parametrize("state", DAYS)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_finding_is_true_of_each_state(
    made: dict[str, HtmlPage], capsys: pytest.CaptureFixture[str], subject: str, state: str
) -> None:
    number = SUBJECTS.index(subject) + 1
    page = made[f"{state}-{number}.html" if number > 1 else f"{state}.html"]
    found = leads(capsys, subject, DAYS[state])
    assert f"Nobody leads on {found.count('')} of {len(found)} functions: " in claim(page)
    flags = [flag for row in rows(page).values() for flag in row]
    twice = re.search(r"(\d+) functions? (?:is|are) documented as done twice", claim(page))
    assert (int(twice[1]) if twice else 0) == flags.count("overlap")
    unclear = re.search(r"the owner of (\d+)", claim(page), re.IGNORECASE)
    assert (int(unclear[1]) if unclear else 0) == flags.count("unclear")


@pytest.mark.parametrize("without", range(4))
@pytest.mark.parametrize("would", [0, 2])
def test_exactly_one_form_of_finding_holds(without: int, would: int) -> None:
    names = ("Finance", "Workforce", "Capital")[:without]
    facts = WhoFacts(3, names, would)
    assert [form.name for form in CLAIMS if form.holds(facts)] == [
        {0: "all led", 3: "none led"}.get(without, "some not led")
    ]


def test_what_is_only_proposed_is_no_lead_and_is_said(made: dict[str, HtmlPage]) -> None:
    assert claim(made["health-bill.html"]).startswith("As the law stands, nobody leads on 11 of 48")


def test_a_cell_says_in_words_who_does_what_and_names_the_lead_first(
    made: dict[str, HtmlPage],
) -> None:
    said = next(row for row in rows(made["apr-2025.html"]) if row.startswith("Operational"))
    assert said.split(" changed ", 1)[1] == (
        "NHSE oversees leads oversees delivers ? (partly verified) Collaborative convenes"
    )


def test_a_row_counts_as_changed_since_the_state_before(
    made: dict[str, HtmlPage], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    asking = ["who", "diff", "2024-11-30", "2025-10-01", "--to", "ZA1", "--format", "json"]
    assert run(asking) == 0
    moved = {row["function"] for row in json.loads(capsys.readouterr().out)}
    flags = rows(made["apr-2025.html"])
    assert sum("changed" in row for row in flags.values()) == len(moved) > 0
    assert not any("changed" in row for row in rows(made["jul-2022.html"]).values())


def test_two_days_have_pages_that_link_and_say_what_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Given in any order and twice: the earlier day comes first, once."""
    days = ("--on", "2026-06-15", "--on", "2022-10-01", "--on", "2022-10-01")
    out = tmp_path / "map"
    assert run(["who", "pages", "--to", "ZA1", *days, "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert run(["who", "diff", "2022-10-01", "2026-06-15", "--to", "ZA1", "--format", "json"]) == 0
    changes = json.loads(capsys.readouterr().out)
    count = f"from 1 October 2022 to 15 June 2026: {len(changes)} changes"
    assert changes
    assert count in told
    pages = {page.path.name: page for page in pages_of(out)}
    place = "day-2022-10-01-day-2026-06-15"
    for here, other in (("2022-10-01", "2026-06-15"), ("2026-06-15", "2022-10-01")):
        page = pages[f"day-{here}.html"]
        assert count in page.path.read_text("utf-8")
        links = [tag.attributes.get("href") for tag in page.all("a")]
        assert {f"day-{other}.html", f"changes.html#{place}"} <= set(links)
    assert f"changes.html#{place}" in pages["index.html"].path.read_text("utf-8")
    shown = pages["changes.html"].path.read_text("utf-8")
    own = shown.partition(f'id="{place}"')[2].partition("<h2")[0]
    assert own.count('<tr><th scope="row">') == len(changes)
    flags = rows(pages["day-2026-06-15.html"])
    moved = {row["function"] for row in changes}
    assert sum("changed" in row for row in flags.values()) == len(moved)


def test_one_day_alone_is_compared_with_the_state_before_it(tmp_path: Path) -> None:
    out = tmp_path / "map"
    assert run(["who", "pages", "--to", "ZA1", "--on", "2025-04-15", "--out", str(out)]) == 0
    page = (out / "day-2025-04-15.html").read_text("utf-8")
    assert "Changed since 30 November 2024" in page
    assert "the days that were asked for" not in (out / "index.html").read_text("utf-8")


def test_the_data_beside_the_pages_say_what_the_pages_say(made: dict[str, HtmlPage]) -> None:
    folder = next(iter(made.values())).path.parent
    held = json.loads((folder / "remits.json").read_text("utf-8"))
    assert {state["page"] for state in held["states"]} <= {page.path.name for page in made.values()}
    functions, remits = (
        list(csv.DictReader((folder / name).read_text("utf-8").splitlines()))
        for name in ("functions.csv", "remits.csv")
    )
    assert len(functions) == sum(len(state["functions"]) for state in held["states"])
    assert len(remits) == sum(
        len(one["remits"]) for state in held["states"] for one in state["functions"]
    )
    for state in held["states"]:
        page = made[state["page"]]
        assert claim(page) == state["finding"]
        without = [one for one in state["functions"] if "no lead" in one["flags"]]
        assert len(without) == sum("no-lead" in flags for flags in rows(page).values())
        # Who leads on its own work is named; nobody has a mark of no lead and a lead.
        assert all(not one["lead"] for one in without)
        told = [row for row in functions if (row["state"], row["subject"]) ==
                (state["state"], state["subject"])]  # fmt: skip
        assert [row["lead"] for row in told] == [one["lead"] for one in state["functions"]]
