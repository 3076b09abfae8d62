"""A chaser belongs to its return: the same sender asks again for the same thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from remit.asks.matching import match
from remit.asks.senders.chasing import says_again
from remit.model.ask import Ask, AskDecision

FIRST = Ask(
    ask_id="A1",
    from_body="NHSE region",
    to_org_code="ZA1",
    title="Falls thematic review",
    text="Please share the learning response on inpatient falls that your board took in July.",
    received_on=date(2025, 9, 8),
    from_team="Patient safety",
    to_org_name="Copperfold Hospitals NHS Trust",
)


def later(**changes: str) -> Ask:
    return replace(FIRST, ask_id="A2", received_on=date(2025, 9, 26), **changes)  # type: ignore[arg-type]


def relations(*asks: Ask, decisions: tuple[AskDecision, ...] = ()) -> dict[str, str]:
    found = match(asks, decisions).pairs
    return {f"{pair.ask_a} {pair.ask_b}": pair.relation.value for pair in found}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("RE: Falls thematic review", "Did this get lost? The owners too."),
        ("Fw: RE: falls thematic review", "The July learning response on falls, please."),
        ("Falls", "Gentle nudge: still not had the learning response on inpatient falls."),
        ("OVERDUE Falls thematic review", "The learning response was due on Friday."),
        ("Non-return: Falls thematic review", "Our records show no submission."),
    ],
)
def test_what_is_asked_for_again_is_a_duplicate(title: str, text: str) -> None:
    found = match([FIRST, later(title=title, text=text)]).pairs
    assert [(pair.relation.value, pair.decided_by) for pair in found] == [("duplicate", "matcher")]
    assert found[0].reason.startswith("A2 asks again for what A1 asked; ")


@pytest.mark.parametrize(
    "changes",
    [
        # Another matter, though it is late.
        {"title": "Overdue: Windows 10 devices", "text": "The count of devices was due."},
        # Another body asks about something that is overdue; it chases nobody.
        {"from_body": "CQC", "title": "Hygiene audit", "text": "Hand hygiene, overdue areas."},
    ],
)
def test_what_is_only_late_chases_nothing(changes: dict[str, str]) -> None:
    assert relations(FIRST, later(**changes)) == {}


MONTHLY = replace(
    FIRST,
    title="Agency spend",
    text="Please send agency spend for May 2025 by staff group.",
    received_on=date(2025, 6, 3),
    frequency="monthly",
)


def test_the_next_return_is_a_series_also_when_it_is_chased() -> None:
    june = replace(
        MONTHLY,
        ask_id="A2",
        text="Reminder: please send agency spend for June 2025 by staff group.",
        received_on=date(2025, 7, 3),
    )
    found = match([MONTHLY, june])
    assert found.pairs == ()
    assert [series.ask_ids for series in found.series] == [("A1", "A2")]


def test_a_chaser_of_a_chaser_and_what_others_ask_are_one_clique() -> None:
    again = later(title="RE: Falls thematic review", text="Did this get lost?")
    third = replace(again, ask_id="A3", received_on=date(2025, 10, 3), text="Still not had it.")
    other = replace(
        FIRST,
        ask_id="A4",
        from_body="ICB nursing and quality team",
        from_team="Quality",
        text="Could we have the learning response on inpatient falls that the board took in July?",
        received_on=date(2025, 9, 11),
    )
    found = match([FIRST, again, third, other])
    assert [cluster.duplicates for cluster in found.clusters] == [("A1", "A2", "A3", "A4")]


def test_a_person_who_parts_a_chaser_from_its_return_is_right() -> None:
    again = later(title="RE: Falls thematic review", text="Did this get lost?")
    split = AskDecision("split", ("A1", "A2"))
    assert relations(FIRST, again) == {"A1 A2": "duplicate"}
    assert relations(FIRST, again, decisions=(split,)) == {}


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("We are waiting for your return", True),
        ("Did you get my note of Monday?", True),
        ("Any update on falls?", True),
        ("Patients are waiting for surgery", False),
        ("A child who has not had a review", False),
        ("people waiting over 52 weeks", False),
    ],
)
def test_what_is_said_of_patients_chases_nobody(text: str, again: bool) -> None:
    assert says_again(text) is again
