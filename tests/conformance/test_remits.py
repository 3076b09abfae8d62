"""The map of remits against what was looked up: each cell, each missing row, each dated change."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from remit.model.remit import Entry, Subject, Verdict
from remit.remits import load_map

Row = dict[str, str]
MAP = load_map()
FIRST = date(2022, 7, 1)
REMOVED = "dhsc-mandate"
"""It binds NHS England, which is no kind of organisation that the map is asked about: a line."""
BETTER = {
    "https://tinyurl.com/wftycod": "resolution.nhs.uk",
    "https://crimeline.co.uk/legislationdisplay/?leg=%2Fukpga%2F2012%2F7%2Fsection%2F151%2F2025-07-07":
        "legislation.gov.uk",
    "https://legalize.dev/uk/law/ukpga-2006-41": "legislation.gov.uk",
    "https://docslib.org/doc/1864665/nhs-complaints-and-the-health-service-commissioner":
        "publications.parliament.uk",
}  # fmt: skip
"""Weak addresses, and the host of the better one that took their place."""


FOUND_LATER = {"cqc -> dhsc", "collaborative -> trust-board"}
"""Lines for which the list has no source, and a further search found one."""


def rows(shared_data: Path, name: str) -> list[Row]:
    with (shared_data / "remits" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture(scope="module")
def verified(shared_data: Path) -> list[Row]:
    return rows(shared_data, "remits_verified.tsv")


def cells(row: Row, keys: set[str]) -> list[Entry]:
    """The entries that a cell became: an entry that was split keeps its name as the beginning."""
    own = [e for e in MAP.entries if e.id == row["key"] or e.id.startswith(f"{row['key']}-")]
    longer = {key for key in keys if key.startswith(f"{row['key']}-")}
    return [
        one
        for one in own
        if row["function"] in one.functions
        and one.body == row["body"]
        and not any(one.id == key or one.id.startswith(f"{key}-") for key in longer)
    ]


def of_part(found: list[Row], part: str, verdict: str) -> Iterator[tuple[Row, list[Entry]]]:
    keys = {row["key"] for row in found if row["part"] == "entry"}
    for row in found:
        if (row["part"], row["verdict"]) == (part, verdict) and row["key"] != REMOVED:
            yield row, cells(row, keys)


def same_address(row: Row, source: str | None) -> bool:
    url = MAP.sources[source].url if source else ""
    wanted = row["source_url"]
    return BETTER[wanted] in url if wanted in BETTER else url == wanted


def test_what_was_confirmed_is_verified_by_the_source_that_said_so(verified: list[Row]) -> None:
    count = 0
    for row, found in of_part(verified, "entry", "confirmed"):
        day = max(date.fromisoformat(row["valid_from"]), FIRST)
        held = [e for e in found if e.holds(day) and e.relation.value == row["relation"]]
        assert held, row["key"]
        assert all(e.verified for e in held), row["key"]
        assert any(same_address(row, e.source) for e in found), row["key"]
        assert {e.statutory for e in held} == {row["statutory_in_map"] == "yes"}, row["key"]
        count += 1
    assert count == 28


WRONG: dict[tuple[str, str], tuple[date, set[str], set[str]]] = {
    ("nhse-licence", "governance"): (date(2023, 4, 1), {"foundation_trust"},
                                     {"foundation_trust", "nhs_trust"}),
    ("nhse-collections", "workforce"): (date(2023, 2, 1), set(), {"trust", "icb"}),
    ("nhse-collections", "digital"): (date(2023, 2, 1), set(), {"trust", "icb"}),
    ("guardian-speaks", "workforce"): (date(2026, 7, 1), {"trust"}, set()),
    ("guardian-speaks", "quality-safety"): (date(2026, 7, 1), {"trust"}, set()),
    ("region-eprr", "eprr"): (date(2025, 9, 8), {"trust", "icb"}, {"trust", "icb"}),
    ("icb-finance-2022", "finance"): (date(2026, 4, 1), {"trust"}, set()),
}  # fmt: skip
"""The day of a change that was wrong, whom the cell is about the day before, and on the day."""
BY_LAW = {"board-eprr-other", "psc-listens", "ukhsa-data", "icb-capital"}
WIDER = {"cqc-mental-health-act": {Subject.TRUST}}


def test_what_was_wrong_is_mended(verified: list[Row]) -> None:
    seen = set()
    parts = ("entry", "verified entry contradicted")
    for row, found in (pair for part in parts for pair in of_part(verified, part, "wrong")):
        key = (row["key"], row["function"])
        seen.add(key)
        assert {e.verified for e in found} == {True}, key
        if key in WRONG:
            on, before, then = WRONG[key]
            for day, kinds in ((on - timedelta(days=1), before), (on, then)):
                about = {kind.value for e in found if e.holds(day) for kind in e.subjects}
                assert about == kinds, (key, day)
        elif row["key"] in BY_LAW:
            assert all(e.statutory for e in found), key
        else:
            assert {kind for e in found for kind in e.subjects} == WIDER[row["key"]]
    assert len(seen) == 12
    assert not any(e.id.startswith(REMOVED) for e in MAP.entries)
    assert sum(row["key"] == REMOVED for row in verified) == 3


def test_of_what_holds_in_part_the_rest_is_said_or_mended(verified: list[Row]) -> None:
    count = 0
    for row, found in of_part(verified, "entry", "partly"):
        count += 1
        assert found, row["key"]
        assert {e.verdict for e in found} <= {Verdict.PARTLY, Verdict.CONFIRMED}
        law, until = row["statutory_in_map"] == "yes", row["valid_to"]
        as_it_was = (row["key"], row["legal_basis_in_map"], law, row["valid_from"], until)
        for one in found:
            ends = one.valid_to.isoformat() if one.valid_to else ""
            is_now = (one.id, one.legal_basis, one.statutory, one.valid_from.isoformat(), ends)
            mended = is_now != as_it_was or (row["key"] == "la-safeguarding" and not one.leads)
            assert one.verdict is Verdict.PARTLY or mended, (row["key"], one.id)
    assert count == 25


def test_a_cell_without_a_source_says_so(verified: list[Row]) -> None:
    without = list(of_part(verified, "entry", "not found"))
    assert len(without) == 7
    for row, found in without:
        assert [e.verdict for e in found] == [Verdict.NO_SOURCE], row["key"]
        assert not found[0].statutory


def test_at_least_100_of_the_134_cells_are_verified(verified: list[Row]) -> None:
    """60 were before; a cell that was split counts once, by its latest part that is in force."""
    keys = {row["key"] for row in verified if row["part"] == "entry"}
    listed = [row for row in verified if row["part"] == "entry" and row["key"] != REMOVED]
    assert len(listed) == 71
    latest = [max(cells(row, keys), key=lambda e: e.valid_from) for row in listed]
    assert sum(one.verified for one in latest) + 60 >= 100


def test_lines_have_the_verdict_that_was_found(verified: list[Row]) -> None:
    words = {
        "confirmed": Verdict.CONFIRMED,
        "partly": Verdict.PARTLY,
        "not found": Verdict.NO_SOURCE,
    }
    lines = [row for row in verified if row["part"] == "line"]
    assert len(lines) == 17
    for row in lines:
        body, _, to = row["key"].partition(" -> ")
        found = [
            one for one in MAP.lines if (one.body, one.to, one.how) == (body, to, row["relation"])
        ]
        verdict = Verdict.CONFIRMED if row["key"] in FOUND_LATER else words[row["verdict"]]
        assert [one.verdict for one in found] == [verdict], row["key"]
        assert row["key"] in FOUND_LATER or same_address(row, found[0].source), row["key"]


FUNCTIONS = {
    "blood": "blood", "candour": "candour", "charitable funds": "charitable-funds",
    "counter fraud": "counter-fraud", "cyber security": "cyber", "duty of candour": "candour",
    "emergency preparedness": "eprr", "fertility": "fertility", "fire safety": "fire-safety",
    "health and safety of staff and visitors": "health-and-safety",
    "prevention of future deaths": "future-deaths", "reconfiguration": "reconfiguration",
    "safeguarding (children)": "safeguarding-children", "education and training":
    "education-training", "safeguarding (adults)": "safeguarding-adults", "armed forces health":
    "armed-forces", "health and justice (prison health)": "health-and-justice",
    "primary care (pharmacy, optometry, dental)": "primary-care-services",
    "patient safety alerts and events": "patient-safety-events", "fit and proper persons":
    "fit-and-proper", "vaccination and screening": "vaccination-screening",
    "radiation": "radiation",
}  # fmt: skip
BODIES = {
    "cqc (MNSI, hosted)": {"mnsi"}, "cqc (MNSI): before, HSIB": {"hsib"},
    "LMNS (local maternity and neonatal system)": {"lmns"}, "MHRA": {"mhra"}, "HTA": {"hta"},
    "HFEA": {"hfea"}, "HSE": {"hse"}, "fire and rescue authority": {"fire-authority"},
    "PHSO (ombudsman)": {"ombudsman"}, "HRA": {"hra"}, "NIHR": {"nihr"}, "GMC, NMC": {"gmc", "nmc"},
    "police and local authority with icb": {"police", "local-authority", "icb"},
    "nhse-national, dhsc, cqc, trust-board": {"nhse-national", "dhsc", "cqc", "trust-board"},
    "trust-board, icb, nhse (relevant authorities)": {"trust-board", "icb", "nhse-national"},
    "Independent Patient Choice and Procurement Panel": {"choice-panel"},
    "Charity Commission": {"charity-commission"}, "NHSCFA": {"counter-fraud-authority"},
    "nhse-national with icb joint committees": {"nhse-national", "icb"},
    "icb (by law), pan-ICB offices": {"icb", "pan-icb-office"}, "icb with partner trusts": {"icb",
    "trust-board"},
}  # fmt: skip
BEFORE_ICBS = date(2020, 12, 1)


def test_each_missing_row_is_there_with_its_source_and_its_days(shared_data: Path) -> None:
    missing = rows(shared_data, "remits_missing.tsv")
    assert len(missing) == 56
    for row in missing:
        function = FUNCTIONS.get(row["function"]) or MAP.function(row["function"]).id
        bodies = BODIES.get(row["body"]) or {row["body"].partition(" (")[0]}
        about = [e for e in MAP.entries if function in e.functions and e.body in bodies]
        found = [e for e in about if row["statutory"] != "proposed" or e.status.value == "proposed"]
        if row["source_url"]:
            found = [e for e in found if same_address(row, e.source)]
        assert {e.body for e in found} == bodies, (row["function"], row["body"])
        assert all(e.verdict in {Verdict.CONFIRMED, Verdict.PARTLY} for e in found)
        begun = row["valid_from"] and date.fromisoformat(row["valid_from"])
        if begun and not (begun == BEFORE_ICBS and bodies == {"icb"}):
            assert any(e.valid_from == begun for e in found), (row["function"], row["body"])
        ended = row["valid_to"] and date.fromisoformat(row["valid_to"])
        if ended and ended < MAP.known_until:
            assert any(e.valid_to == ended for e in found), (row["function"], row["body"])


def test_each_dated_change_stands_in_the_timeline_as_far_as_it_had_come(shared_data: Path) -> None:
    told = {
        (one.day, one.standing.value.replace("_", " "), MAP.sources[one.source].url)
        for one in MAP.timeline
    }
    wanted = {
        (row["date"], row["status"], row["source_url"])
        for row in rows(shared_data, "remits_timeline.tsv")
    }
    assert wanted - told == set()
    assert len(MAP.timeline) >= 32
