"""The map as declared: it is in order, and a faulty one is refused with line and remedy."""

from __future__ import annotations

from datetime import date

import pytest

from remit.model.errors import DeclarationError
from remit.register import load_register
from remit.remits import find_subject, gaps, leader, load_map, overlaps, who
from remit.remits.holdings import everything
from tests.remits.small_map import BASE, small_map


def test_what_is_verified_names_its_source_and_no_source_lies_idle() -> None:
    remits = load_map()
    parts = (*remits.entries, *remits.lines, *remits.duties, *remits.states)
    documented = (*remits.documented_overlaps, *remits.documented_gaps)
    assert all(one.source for one in (*parts, *documented) if one.verified)
    named = {one.source for one in (*parts, *documented)}
    named |= {body.proposed_end.source for body in remits.bodies.values() if body.proposed_end}
    named |= {one.source for one in remits.timeline}
    assert set(remits.sources) == named - {None}


def test_what_is_proposed_comes_after_what_the_map_knows() -> None:
    remits = load_map()
    for one in (*remits.entries, *remits.lines, *remits.states):
        assert (one.status.value == "proposed") == (one.valid_from > remits.known_until)


@pytest.mark.parametrize(
    ("on", "icb_oversees", "lead"),
    [
        (date(2022, 7, 1), True, None),
        (date(2024, 11, 30), True, None),
        (date(2025, 3, 31), True, None),
        (date(2025, 4, 1), False, "nhse-region"),
        (date(2026, 6, 1), False, "nhse-region"),
    ],
)
def test_performance_management_leaves_the_icb_in_april_2025(
    on: date, icb_oversees: bool, lead: str | None
) -> None:
    remits = load_map()
    subject = find_subject(load_register(), "trust", on)
    answer = who(remits, remits.function("operational-performance"), subject, on)
    assert ("icb" in {one.body.id for one in answer.overseers}) is icb_oversees
    found = leader(answer).holding
    assert (found.body.id if found else None) == lead


def test_the_owner_of_emergency_preparedness_is_unclear_from_the_blueprint_on() -> None:
    remits = load_map()
    for on, unclear in ((date(2025, 9, 7), False), (date(2025, 9, 8), True)):
        answers = everything(remits, find_subject(load_register(), "trust", on), on)
        kinds = {gap.function.id: gap.kind for gap in gaps(remits, answers)}
        assert (kinds.get("eprr") == "unclear") is unclear


def test_infection_prevention_is_a_documented_overlap() -> None:
    on = date(2024, 10, 1)
    remits = load_map()
    answers = everything(remits, find_subject(load_register(), "RYJ", on), on)
    documented = {one.function.id for one in overlaps(remits, answers) if one.evidence}
    assert {"infection-prevention", "safeguarding", "operational-performance"} <= documented


def test_a_documented_crowd_is_told_though_most_of_it_only_supports() -> None:
    on = date(2024, 10, 1)
    remits = load_map()
    answer = who(remits, remits.function("quality"), find_subject(load_register(), "RYJ", on), on)
    crowd = next(one for one in overlaps(remits, [answer]) if one.others)
    assert {one.body.id for one in crowd.holdings} == {
        "cqc", "hssib", "nhs-resolution", "safety-commissioner", "national-guardian", "healthwatch",
    }  # fmt: skip


def test_the_triple_aim_duty_is_there_with_its_exceptions() -> None:
    duty = next(one for one in load_map().duties if one.id == "triple-aim")
    assert set(duty.bodies) == {"nhse-national", "nhse-region", "icb", "trust-board"}
    assert duty.exceptions


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("body: inspector,", "body: inspecter,", r"entries.2.body: 'inspecter'.*inspector"),
        ("about: Machines.}", "about: Machines., part_of: digitl}",
         "functions.2.part_of: 'digitl'"),
        ("about: Machines.}", "about: Machines., aliases: [EPRR]}", "'eprr' already finds eprr"),
        ("verified: true,\n     says: Would",
         "verified: true, not_seen: The day,\n     says: Would",
         "without `verified: true`"),
        ("source: paper, verified: true,\n     says: Would",
         "source: paper, searched: 2026-01-01,\n     says: Would", "no source was found"),
        ("functions: eprr, subjects", "functions: epr, subjects", r"functions: 'epr'.*eprr"),
        ("source: paper, verified: true,\n     says: Signs", "verified: true,\n     says: Signs",
         r"line \d+.*needs a `source`"),
        ("relation: delivers, valid", "relation: delivers, leads: true, valid",
         "`leads` does not go with delivers"),
        ("relation: regulates, statutory", "relation: regulates, leads: true, statutory",
         "leads on finance as well; see region-finance"),
        ("id: bill,", "id: icb-finance,", "icb-finance is declared twice"),
        ("relation: assures", "relation: watches", "'watches' is not allowed"),
        ("valid_to: 2025-03-31, source: paper, verified: true,\n     says: Carries",
         "valid_to: 2021-03-31, source: paper, verified: true,\n     says: Carries",
         "lies before `valid_from`"),
    ],
)  # fmt: skip
def test_a_faulty_map_is_refused_with_its_line(old: str, new: str, said: str) -> None:
    assert old in BASE
    with pytest.raises(DeclarationError, match=said):
        small_map(BASE.replace(old, new))
