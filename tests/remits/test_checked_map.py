"""What was looked up in sources: words of functions, dated changes at their edges, verdicts."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from remit.cli.run import run
from remit.model.remit import Licence, Verdict
from remit.register import load_register
from remit.remits import Answer, find_subject, leader, load_map, unsure_words, who
from remit.remits.holdings import everything
from tests.pages.html_pages import pages_of

MAP = load_map()
REGISTER = load_register()
DAY = timedelta(days=1)


def ask(function: str, subject: str, on: date, *, proposed: bool = False) -> Answer:
    found = find_subject(REGISTER, subject, on)
    return who(MAP, MAP.function(function), found, on, proposed=proposed)


def relations(function: str, subject: str, on: date, *, proposed: bool = False) -> set[str]:
    """Who does what: body, relation, and whether it leads."""
    return {
        f"{one.body.id} {one.entry.relation.value}{' leads' if one.leads else ''}"
        for one in ask(function, subject, on, proposed=proposed).holdings
    }


@pytest.mark.parametrize(
    ("word", "function"),
    [
        ("maternity", "maternity"), ("perinatal quality", "maternity"), ("MNSI", "maternity"),
        ("controlled drugs", "controlled-drugs"), ("CDAO", "controlled-drugs"),
        ("cyber", "cyber"), ("Cyber Security", "cyber"), ("DSPT", "cyber"),
        ("coroner", "future-deaths"), ("regulation 28", "future-deaths"),
        ("PFD", "future-deaths"), ("fit and proper person test", "fit-and-proper"),
        ("IR(ME)R", "radiation"), ("IRMER", "radiation"), ("blood", "blood"),
        ("human tissue", "human-tissue"), ("mortuary", "human-tissue"),
        ("provider selection regime", "procurement"), ("PSR", "procurement"),
        ("specialised commissioning", "specialised-services"),
        ("screening", "vaccination-screening"),
        ("speaking up", "speaking-up"), ("FTSU", "speaking-up"), ("fraud", "counter-fraud"),
        ("safeguarding children", "safeguarding-children"),
        ("safeguarding adults", "safeguarding-adults"), ("safeguarding", "safeguarding"),
        ("complaints", "complaints"), ("call-in", "reconfiguration"), ("prison health",
        "health-and-justice"), ("quality", "quality-safety"), ("patient safety", "quality-safety"),
        ("duty of candour", "candour"), ("mental health act", "mental-health-act"),
        ("deanery", "education-training"), ("JFP", "joint-forward-plan"),
    ],
)  # fmt: skip
def test_a_word_finds_the_function_of_its_own(word: str, function: str) -> None:
    assert MAP.function(word).id == function


def test_a_function_of_its_own_stands_directly_beneath_a_wider_one() -> None:
    above = ""
    for one in MAP.functions.values():
        above = one.id if one.part_of is None else above
        assert one.part_of in {None, above}
    assert sum(one.part_of is None for one in MAP.functions.values()) == 18


CHANGES = [
    # NHS trusts had no provider licence; foundation trusts had one all along.
    ("licence", "nhs trust", date(2023, 4, 1), set(), {"nhse-national regulates"}),
    # HSIB's maternity investigations become MNSI at CQC.
    ("maternity", "acute trust", date(2023, 10, 1), {"hsib supports"}, {"mnsi supports"}),
    # NHS Digital ends; NHS England oversees what it collects.
    ("digital", "trust", date(2023, 2, 1), {"nhs-digital supports"}, {"nhse-national oversees"}),
    ("education", "trust", date(2023, 4, 1), set(), {"nhse-region oversees leads"}),
    ("eprr", "trust", date(2023, 4, 1), set(), {"icb convenes"}),
    ("fit and proper", "trust", date(2023, 9, 30), set(), {"nhse-national oversees"}),
    ("procurement", "trust", date(2024, 1, 1), set(), {"choice-panel assures", "icb commissions",
     "nhse-national commissions", "trust-board delivers"}),
    ("reconfiguration", "trust", date(2024, 1, 31), set(), {"dhsc regulates leads"}),
    ("specialised", "trust", date(2023, 4, 1), set(), {"icb commissions"}),
    ("finance", "trust", date(2026, 4, 1), {"nhse-region oversees", "icb oversees"},
     {"nhse-region oversees leads"}),
    ("capital", "trust", date(2026, 4, 1), {"nhse-region oversees"},
     {"nhse-region oversees leads"}),
    ("speaking up", "trust", date(2026, 7, 1), {"national-guardian supports"},
     {"nhse-national supports", "dhsc supports", "cqc supports", "trust-board supports"}),
    ("research", "trust", date(2024, 10, 1), set(), {"nihr supports"}),
    ("dental", "trust", date(2023, 4, 1), set(), {"icb commissions leads"}),
]  # fmt: skip


@pytest.mark.parametrize(("function", "subject", "on", "ended", "began"), CHANGES)
def test_a_change_is_there_on_its_day_and_not_the_day_before(
    function: str, subject: str, on: date, ended: set[str], began: set[str]
) -> None:
    before, then = relations(function, subject, on - DAY), relations(function, subject, on)
    assert (before - then, then - before) == (ended, began)
    assert relations(function, subject, on + DAY) == then


def test_a_foundation_trust_was_licensed_before_nhs_trusts_were() -> None:
    for on in (date(2022, 7, 1), date(2023, 3, 31), date(2023, 4, 1)):
        assert "nhse-national regulates" in relations("licence", "foundation trust", on)
    assert relations("licence", "nhs trust", date(2023, 3, 31)).isdisjoint(
        {"nhse-national regulates"}
    )


def test_scrutiny_can_refer_a_change_until_the_call_in() -> None:
    said = {}
    for on in (date(2024, 1, 30), date(2024, 1, 31), date(2024, 2, 1)):
        found = [h for h in ask("transformation", "trust", on).holdings if h.body.id == "hosc"]
        said[on] = [one.entry.says for one in found]
    assert "may refer it" in said[date(2024, 1, 30)][0]
    assert said[date(2024, 1, 31)] == said[date(2024, 2, 1)]
    assert "can no longer refer" in said[date(2024, 1, 31)][0]
    assert {len(one) for one in said.values()} == {1}


def test_specialised_services_pass_to_icbs_by_stages_and_nhs_england_stays_accountable() -> None:
    told = {}
    for on in (date(2023, 3, 31), date(2023, 4, 1), date(2024, 4, 1), date(2025, 4, 1)):
        held = ask("specialised commissioning", "trust", on).holdings
        told[on] = next((h.entry.says for h in held if h.body.id == "icb"), "")
        assert leader(ask("specialised commissioning", "trust", on)).holding is not None
        assert {h.body.id for h in held if h.leads} == {"nhse-national"}
    assert told[date(2023, 3, 31)] == ""
    assert "joint committees" in told[date(2023, 4, 1)]
    assert "59 delegated" in told[date(2024, 4, 1)]
    assert "70 delegated" in told[date(2025, 4, 1)]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("RGT", "Commissions 59 delegated services"),  # Cambridge: East of England
        ("RRK", "Commissions 59 delegated services"),  # Birmingham: Midlands
        ("RR8", "joint committees"),  # Leeds: North East and Yorkshire
        ("ZA1", "joint committees"),  # Northfold, fictional
    ],
)
def test_delegation_in_three_regions_is_told_in_these_alone(code: str, told: str) -> None:
    for on in (date(2024, 4, 1), date(2025, 3, 31)):
        held = ask("specialised services", code, on).holdings
        said = [one.entry.says for one in held if one.body.id == "icb"]
        assert len(said) == 1
        assert told in said[0]
    for on in (date(2024, 3, 31), date(2025, 4, 1)):
        held = ask("specialised services", code, on).holdings
        assert [told in h.entry.says for h in held if h.body.id == "icb"] == [
            told == "joint committees" and on == date(2024, 3, 31)
        ]


def test_regions_that_entries_name_are_regions() -> None:
    named = {code for one in MAP.entries for code in (*one.in_regions, *one.not_in_regions)}
    assert named
    for code in named:
        found = REGISTER.find(code)
        assert found is not None
        assert found.type.value == "region"


def test_finance_has_no_lead_while_the_system_is_the_unit_of_planning() -> None:
    leads = {}
    for on in (date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2)):
        found = leader(ask("finance", "trust", on)).holding
        leads[on] = found.body.id if found else None
    assert list(leads.values()) == [None, None, "nhse-region", "nhse-region"]


def test_the_regions_assurance_of_emergencies_has_not_ended() -> None:
    for on in (date(2025, 9, 7), date(2025, 9, 8), date(2026, 7, 31)):
        assert "nhse-region assures" in relations("eprr", "trust", on)


def test_the_mental_health_act_concerns_acute_trusts_too() -> None:
    on = date(2026, 6, 1)
    for subject in ("acute trust", "ambulance trust", "mental health trust"):
        assert "cqc oversees" in relations("mental health act", subject, on)


def test_the_mandate_binds_nhs_england_alone() -> None:
    on = date(2026, 6, 1)
    held = [h.entry for f in MAP.functions for h in ask(f, "icb", on).holdings]
    assert not any("mandate" in one.says.lower() for one in held)
    lines = [one for one in MAP.lines if "mandate" in one.says]
    assert [(one.body, one.to) for one in lines] == [("nhse-national", "dhsc")]


def test_a_change_that_is_only_proposed_is_shown_only_where_it_is_asked_for() -> None:
    on = date(2026, 7, 31)
    assert "icb commissions leads" not in relations("vaccination", "trust", on)
    shown = ask("vaccination", "trust", on, proposed=True)
    marks = {h.body.id: h.mark for h in shown.holdings}
    assert (marks["icb"], marks["nhse-national"]) == ("proposed", "")
    assert leader(shown).holding is not None
    assert leader(shown).holding.body.id == "nhse-national"  # type: ignore[union-attr]


def test_open_licences_are_claimed_only_for_bodies_of_the_state() -> None:
    """By the note on licences: legislation, gov.uk, NHS England and CQC; others keep their own."""
    open_hosts = {
        "legislation.gov.uk", "legislation.data.gov.uk", "gov.uk", "england.nhs.uk", "cqc.org.uk",
    }  # fmt: skip
    for name, source in MAP.sources.items():
        host = urlsplit(source.url).netloc.removeprefix("www.")
        assert (source.licence is Licence.OGL) == (host in open_hosts), name


def test_what_was_seen_has_its_day_and_its_address() -> None:
    for name, source in MAP.sources.items():
        assert bool(source.seen) == bool(source.checked), name
        assert not source.seen or source.url.startswith("http"), name
        assert not source.url or urlsplit(source.url).path not in {"", "/"} or "?" in source.url, (
            name
        )


def test_no_statement_of_the_map_is_left_unchecked() -> None:
    assert not any(one.verdict is Verdict.UNCHECKED for one in (*MAP.entries, *MAP.lines))


def test_how_well_an_answer_is_founded_is_said_in_words() -> None:
    entries = {one.id: one for one in MAP.entries}
    partly, none = entries["la-public-health-inequalities"], entries["region-digital"]
    assert unsure_words([entries["icb-contract"]]) == ""
    assert unsure_words([entries["icb-contract"], partly]) == (
        "Not all is verified: of 2, 1 stands in its source only in part."
    )
    assert unsure_words([partly, none, none]) == (
        "Not all is verified: of 3, 1 stands in its source only in part and 2 have no source that "
        "was found."
    )


def test_a_function_of_its_own_is_shown_only_to_those_it_concerns() -> None:
    on = date(2026, 6, 1)
    shown = {
        subject: {a.function.id for a in everything(MAP, find_subject(REGISTER, subject, on), on)}
        for subject in ("acute trust", "ambulance trust", "icb")
    }
    assert "blood" in shown["acute trust"]
    assert {"blood", "human-tissue", "fertility"}.isdisjoint(shown["ambulance trust"])
    assert {"blood", "candour"}.isdisjoint(shown["icb"])
    assert {"cyber", "finance", "communications"} <= shown["icb"]


def said_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run(["who", *arguments]) == 0
    return capsys.readouterr().out


def test_the_timeline_tells_what_is_in_force_from_what_is_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = list(csv.DictReader(io.StringIO(said_by(capsys, "timeline", "--format", "csv"))))
    assert [row["on"] for row in rows] == sorted(row["on"] for row in rows)
    standing = {(row["on"], row["standing"]) for row in rows}
    assert ("2023-04-01", "in force") in standing
    assert ("2022-10", "guidance") in standing
    assert ("2026-05-14", "Bill, not law") in standing
    assert ("2026-06-30", "announced, not yet so") in standing
    assert ("2027-04-01", "proposed, not law") in standing
    assert not any(row["standing"] == "in force" for row in rows if row["on"] > "2026-07-31")
    assert all(row["source_url"] for row in rows)
    assert "Bill, not law" in said_by(capsys, "timeline")


def test_a_cell_without_a_source_says_so_everywhere(
    capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    asking = ["--function", "communications", "--to", "ZA1", "--on", "2026-07-01"]
    assert said_by(capsys, *asking).count("No source found (2026-11-26).") == 2
    as_csv = csv.DictReader(io.StringIO(said_by(capsys, *asking, "--format", "csv")))
    for told in (list(as_csv), json.loads(said_by(capsys, *asking, "--format", "json"))):
        rows = {row["entry"]: row for row in told}
        found = rows["region-communications"]
        assert (found["verdict"], found["checked"]) == ("no_source", "2026-11-26")
        assert rows["icb-communications"]["verdict"] == "confirmed"
    out = tmp_path_factory.mktemp("who") / "map"
    said_by(capsys, "pages", "--to", "ZA1", "--out", str(out))
    page = next(page for page in pages_of(out) if page.path.name == "apr-2026.html")
    row = next(tag for tag in page.all("tr") if tag.attributes.get("id") ==
               "communications--nhse-region")  # fmt: skip
    assert "no source found" in row.inside
    assert "No source found (26 November 2026)" in " ".join(row.inside.split())


def test_a_partly_verified_cell_says_what_was_not_seen(capsys: pytest.CaptureFixture[str]) -> None:
    asking = ["--function", "inequalities", "--to", "ZA1", "--on", "2026-07-01"]
    said = " ".join(said_by(capsys, *asking).split())
    assert "Not seen there: Section 2B does not name inequalities." in said
    rows = {r["entry"]: r for r in json.loads(said_by(capsys, *asking, "--format", "json"))}
    found = rows["la-public-health-inequalities"]
    assert (found["verdict"], found["statutory"]) == ("partly", False)
    assert "inequalities are not named" in found["seen"]
    assert found["licence"].startswith("Crown copyright")


def test_the_documentation_counts_the_cells_as_they_are() -> None:
    page = (Path(__file__).parents[2] / "docs" / "who.md").read_text("utf-8")
    every = [one.verdict for one in MAP.entries for _ in one.functions]
    counts = [every.count(one) for one in (Verdict.CONFIRMED, Verdict.PARTLY, Verdict.NO_SOURCE)]
    said = re.search(r"Of its (\d+) cells.*?(\d+) stand in a source, (\d+) in part, and for (\d+)",
                     " ".join(page.split()))  # fmt: skip
    assert said
    assert [int(one) for one in said.groups()] == [len(every), *counts]


@pytest.mark.parametrize(
    "weak", ["?p=", "tinyurl", "herokuapp", "legalize.dev", "mills-reeve.com/#"]
)
def test_no_source_is_an_address_that_says_nothing(weak: str) -> None:
    """Short links, numbers of posts and front pages; one news page is known by its number alone."""
    known = {"contract-2026-guardians"}
    found = {name for name, one in MAP.sources.items() if weak in f"{one.url}#"}
    assert found - known == set()
