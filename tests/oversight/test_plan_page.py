"""What the page of a plan says first, what comes next, and where nobody leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from remit.model.ask import Ask, AskSeries
from remit.model.errors import AskError
from remit.oversight import Plan, load_rules, make_plan
from remit.oversight.findings import TITLES, PlanFacts, finding_of, lead_finding
from remit.oversight.recurring import due_days
from remit.oversight.words import published_words, short_lead, summary
from remit.pages.oversight.plan_view import plan_view
from remit.pages.remits.view import matrix_view
from remit.register import load_register
from remit.remits import find_subject, outside_subject, without_lead
from remit.remits.holdings import everything
from tests.oversight.asks_by_hand import (
    BACTERIA,
    CODE,
    NAME,
    WAITS,
    answer,
    ask,
    duplicates,
    matched,
    plan,
)

MARCH = date(2026, 3, 31)
RTT = "rtt"
"""A publication that is declared to come 45 days after the month."""


def answered(*asks: Ask, on: date, board: date | None = None, by: str = RTT) -> Plan:
    """A plan whose asks a publication answers."""
    answers = [answer(one.ask_id, by, out_on=None, out_by_due=None) for one in asks]
    subject = outside_subject(CODE, NAME)
    found = matched(list(asks), None, answers)
    return make_plan(asks, found, subject, on, load_rules(), next_board=board)


def waits(**more: object) -> Ask:
    return replace(ask("A", "NHSE region", WAITS), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "counts", [c for c in product(range(2), range(3), range(3), range(2), range(2)) if sum(c)]
)
def test_exactly_one_title_holds_and_its_numbers_are_those_of_the_plan(
    counts: tuple[int, int, int, int, int],
) -> None:
    facts = PlanFacts("Nowhere", *counts)
    (said,) = [form.says(facts) for form in TITLES if form.holds(facts)]
    stay, merge, end, part, over = counts
    assert ("end" in said.replace("end in part", "")) is bool(end)
    assert ("end in part" in said) is bool(part)
    assert ("merge" in said) is bool(merge)
    go, which = merge + end + part, "open asks" if over else "asks"
    assert said.endswith(("stay", "stays")) is (stay > 0 == go)
    assert said.endswith("nothing is open of what was asked") is (stay + go == 0)
    if stay and go:
        assert f"{go} of {stay + go} {which}" in said


def test_the_title_of_a_plan_is_its_finding() -> None:
    asks = [ask("A", "ICB performance team", WAITS, 4), ask("B", "NHSE region", WAITS, 6)]
    assert finding_of(plan(asks, duplicates("A", "B"))) == (
        "Nowhere Hospitals: 1 of 2 asks can end"
    )


def test_one_ask_stays_and_two_stay() -> None:
    asks = [ask("A", "ICB performance team", WAITS, 4), ask("B", "NHSE region", WAITS, 6)]
    ended = summary(plan(asks, duplicates("A", "B")))
    assert "10 hours of work: 1 stays, 0 can merge with another and 1 can end. Nobody" in ended
    assert ended.endswith("The one proposal would save 3 to 4 hours.")
    alone = summary(plan(asks[:1], duplicates()))
    assert "1 stays, 0 merge with another and 0 end. Nothing is proposed" in alone


@pytest.mark.parametrize("on", ["2024-10-01", "2026-01-31", "2026-06-01"])
@pytest.mark.parametrize("code", ["RYJ", "RXP"])
def test_no_lead_counts_the_same_in_the_plan_and_in_the_matrix(code: str, on: str) -> None:
    day = date.fromisoformat(on)
    subject = find_subject(load_register(), code, day)
    rules = load_rules()
    asks = [replace(ask("A", "NHSE region", WAITS), to_org_code=code)]
    made = make_plan(asks, matched(asks), subject, day, rules)
    answers = everything(rules.remit_map, subject, day)
    view = matrix_view(rules.remit_map, "", answers)
    flagged = [row.function.id for row in view.rows if row.flags and row.flags[0].css == "no-lead"]
    told = [one.function.id for one in made.without_lead if one.function]
    assert told == flagged == [one.id for one in without_lead(answers)]
    marked = [f.function.id for f in made.functions if f.function and "No lead" in short_lead(f)]
    assert marked == told
    assert f"on {len(told)} of {len(answers)} functions" in lead_finding(made) or not told


def test_the_finding_names_the_functions_without_a_lead_that_are_asked_about() -> None:
    said = lead_finding(plan([ask("A", "NHSE region", BACTERIA)]))
    assert said.endswith("; 1 of them is asked about: infection prevention.")


def test_an_answer_that_comes_after_the_day_it_was_due_says_so() -> None:
    """December ends on the 31st; 45 days on it is 14 February."""
    december = waits(period_to=date(2025, 12, 31), due_on=date(2026, 1, 9))
    (one,) = answered(december, on=date(2026, 1, 5)).asks
    said = "Dec 2025: published about 14 February 2026"
    assert published_words(one) == f"{said}, after the ask was due"
    (in_time,) = answered(replace(december, due_on=date(2026, 2, 14)), on=date(2026, 1, 5)).asks
    assert published_words(in_time) == said
    (past,) = answered(december, on=date(2026, 1, 31)).asks
    assert published_words(past) == ""


def test_next_published_is_the_first_part_after_the_day_of_the_plan() -> None:
    # January's comes on 17 March (31 January and 45 days), February's on 14 April.
    (before,) = answered(waits(), on=date(2026, 3, 16)).asks
    (on_it,) = answered(waits(), on=date(2026, 3, 17)).asks
    assert published_words(before) == "Next published about 17 March 2026"
    assert published_words(on_it) == "Next published about 14 April 2026"
    (awaited,) = plan_view(answered(waits(), on=date(2026, 3, 17))).awaited
    assert awaited.following is not None
    assert (awaited.publication, awaited.following.period) == ("RTT waiting times", "Feb 2026")


def test_a_yearly_survey_comes_once_a_year_and_a_collection_without_a_calendar_says_so() -> None:
    """The survey of 2025: 31 December and 75 days, 16 March 2026; that of 2026 a year later."""
    (survey,) = answered(waits(), on=date(2026, 3, 16), by="staff-survey").asks
    assert published_words(survey) == "Next published about 16 March 2027"
    (unknown,) = answered(waits(), on=MARCH, by="hcai").asks
    assert published_words(unknown) == "When it is published is not declared"


@pytest.mark.parametrize(
    ("often", "due", "days"),
    [
        ("once", "2026-04-02", ["2026-04-02"]),
        ("once", "2026-03-31", []),
        ("weekly", "2026-01-29", ["2026-04-02", "2026-04-09"]),
        ("monthly", "2026-01-31", ["2026-04-30"]),
        ("quarterly", "2026-01-05", ["2026-04-05"]),
        ("daily", "2026-01-05", []),
    ],
)
def test_what_comes_back_is_due_again(often: str, due: str, days: list[str]) -> None:
    """From 31 March: 29 January and nine weeks is 2 April; April has no 31st."""
    until = date(2026, 4, 9) if often == "weekly" else date(2026, 5, 14)
    found = due_days(waits(frequency=often, due_on=date.fromisoformat(due)), MARCH, until)
    assert [day.isoformat() for day in found] == days


def test_what_is_due_before_the_next_board_is_listed_once_a_series() -> None:
    first = waits(due_on=date(2026, 1, 8), frequency="weekly")
    last = replace(first, ask_id="B", due_on=date(2026, 1, 15))
    after = replace(first, ask_id="C", due_on=date(2026, 6, 1), frequency="once")
    asks = [first, last, after]
    found = replace(matched(asks), series=(AskSeries("S", ("A", "B")),))
    subject = outside_subject(CODE, NAME)
    made = make_plan(asks, found, subject, MARCH, load_rules(), next_board=date(2026, 5, 14))
    # 15 January and eleven weeks is 2 April.
    assert [(day, one.ask.ask_id) for day, one in made.due] == [(date(2026, 4, 2), "B")]
    (function,) = plan_view(made).asked
    assert [[one.ask.ask_id for one in row.asks] for row in function.rows] == [["A"], ["B"], ["C"]]


def test_a_board_before_the_day_of_the_plan_is_refused() -> None:
    with pytest.raises(AskError, match="--next-board 2026-03-31 is not after 2026-03-31"):
        answered(waits(), on=MARCH, board=MARCH)
