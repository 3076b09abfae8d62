"""A plan in the records, on both databases: from draft to three signatures, and what each sees."""

from __future__ import annotations

from typing import Any

import pytest

from remit.oversight.course import Actor, ActRefused
from remit.oversight.shared_plan import (
    act_on_plan,
    begin_plan,
    sides_of,
    standing_of,
    versions_seen,
    views_seen,
)
from remit.records.audit import Event, verify
from tests.records.audit.servers import Database

SIDES = {"region": "ZR1", "icb": "ZQ1", "trust": "ZA1"}
VERBS = {"sign": "sign", "comment": "comment", "correct": "check", "write": "edit"}
TO_SETTLE = (("hand-over", "region"), ("hand-in", "icb"), ("hand-in", "trust"))
SIGNED = (("sign", "trust"), ("sign", "icb"), ("sign", "region"))


def begun_on(using: str) -> Any:
    return begin_plan(
        Event("region", "ZR1", "add"), SIDES, "By March.", using=using,
        plan_id="PLAN-1", title="One plan", period="2026/27",
    )  # fmt: skip


def do(plan: Any, act: str, part: str, text: str | None = None) -> str:
    actor = Actor(part, {part: frozenset({"write", "sign"})})
    event = Event(part, SIDES[part], VERBS.get(act, "submit"))
    return act_on_plan(event, plan, act, actor, text=text, signed_as="chief executive").state


def seen(plan: Any, part: str) -> tuple[list[str], list[str]]:
    texts = [one.text for one in versions_seen(plan, part)]
    return texts, [one.text for one in views_seen(plan, part)]


def test_three_sides_bring_a_draft_into_force_and_each_sees_what_is_theirs(using: str) -> None:
    plan = begun_on(using)
    assert sides_of(plan) == SIDES
    do(plan, "write", "region", "By April.")
    assert seen(plan, "region") == (["By April."], [])
    assert seen(plan, "trust") == seen(plan, "icb") == ([], [])
    do(plan, "hand-over", "region")
    do(plan, "comment", "icb", "Too late.")
    do(plan, "hand-in", "icb")
    do(plan, "correct", "trust", "It is May.")
    assert seen(plan, "icb") == (["By April."], ["Too late."])
    assert seen(plan, "trust") == (["By April."], ["It is May."])
    assert seen(plan, "region") == (["By April."], [])
    do(plan, "hand-in", "trust")
    for part in SIDES:
        assert seen(plan, part) == (["By April."], ["Too late.", "It is May."])
    do(plan, "write", "region", "By May.")
    assert seen(plan, "trust")[0] == ["By April."]
    assert seen(plan, "region")[0] == ["By April.", "By May."]
    do(plan, "put-to-signature", "region")
    assert [do(plan, *step) for step in SIGNED] == ["sign-icb", "sign-region", "in-force"]
    standing = standing_of(plan)
    assert [one.part for one in standing.version.signed] == ["trust", "icb", "region"]
    assert versions_seen(plan, "trust")[-1].in_force_from is not None
    verify(using)


def test_what_is_refused_leaves_nothing_behind(using: str) -> None:
    plan = begun_on(using)
    entries = verify(using).entries
    both = Actor("both", {"region": frozenset({"write"})})
    for act, part, text in (
        ("sign", "trust", None), ("hand-over", "icb", None), ("write", "region", None),
    ):  # fmt: skip
        with pytest.raises(ActRefused):
            do(plan, act, part, text)
    with pytest.raises(ActRefused, match="same person"):
        act_on_plan(Event("region", "ZR1", "submit"), plan, "hand-over", both)
    with pytest.raises(ActRefused, match="no side of this plan"):
        act_on_plan(Event("both", "ZR9", "submit"), plan, "hand-over", both)
    do(plan, "hand-over", "region")
    with pytest.raises(ActRefused, match="takes a text"):
        do(plan, "comment", "icb", "  ")
    assert standing_of(plan).state == "comment"
    # To hand over fixes the version and moves the plan: two entries, and none of what was refused.
    assert verify(using).entries == entries + 2


def test_a_signed_version_stays_and_its_change_is_signed_anew(using: str) -> None:
    plan = begun_on(using)
    for step in (*TO_SETTLE, ("put-to-signature", "region"), *SIGNED, ("change", "region")):
        do(plan, *step)
    with pytest.raises(ActRefused, match="signed already"):
        do(plan, "put-to-signature", "region")
    do(plan, "write", "region", "By June.")
    first, second = standing_of(plan).versions
    assert (first.text, len(first.signed)) == ("By March.", 3)
    assert (second.text, second.signed) == ("By June.", ())


@pytest.mark.usefixtures("apps")
def test_sides_are_those_of_the_course_and_each_another_organisation() -> None:
    for sides in ({"region": "ZR1"}, {"region": "ZR1", "icb": "ZA1", "trust": "ZA1"}):
        with pytest.raises(ActRefused, match="each another organisation"):
            begin_plan(Event("region", "ZR1", "add"), sides, "By March.")


def test_a_database_of_the_version_before_keeps_its_plans(database: Database) -> None:
    from django.core.management import call_command

    plan, using = begun_on(database.alias), database.alias
    do(plan, "hand-over", "region")
    call_command("migrate", "together", "0001_initial", database=using, verbosity=0)
    call_command("migrate", database=using, verbosity=0)
    standing = standing_of(plan)
    assert (standing.state, standing.version.text) == ("comment", "By March.")
    verify(using)
