"""A plan in the records, on both databases: from draft to three signatures, and what each sees."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from remit.oversight.course import Actor, ActRefused
from remit.oversight.shared_plan import (
    act_on_plan,
    begin_plan,
    plan_seen,
    sides_of,
    standing_of,
    versions_seen,
    views_seen,
)
from remit.records.audit import ChangedMeanwhile, Event, verify
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


def do(plan: Any, act: str, part: str, text: str | None = None, seen: int | None = None) -> str:
    actor = Actor(part, {part: frozenset({"write", "sign"})})
    event = Event(part, SIDES[part], VERBS.get(act, "submit"))
    return act_on_plan(
        event, plan, act, actor, text=text, signed_as="chief executive", seen=seen
    ).state


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
    with pytest.raises(ActRefused, match="begun for ZR1"):
        begin_plan(Event("icb", "ZQ1", "add"), SIDES, "x", using=using, plan_id="P", title="t",
                   period="p")  # fmt: skip
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


def upgraded_again(database: Database) -> None:
    """Take the database to the version before, and back."""
    from django.core.management import call_command

    call_command("migrate", "together", "0001_initial", database=database.alias, verbosity=0)
    call_command("migrate", database=database.alias, verbosity=0)


def test_a_database_of_the_version_before_keeps_its_plans(database: Database) -> None:
    plan, using = begun_on(database.alias), database.alias
    do(plan, "hand-over", "region")
    upgraded_again(database)
    plan.refresh_from_db()
    standing = standing_of(plan)
    assert (standing.state, standing.version.text) == ("comment", "By March.")
    assert (plan.begun_by, plan.is_shared) == ("ZR1", True)
    verify(using)


def test_an_upgrade_opens_nothing_that_was_signed_and_shows_nothing_that_was_not(
    database: Database,
) -> None:
    plan = begun_on(database.alias)
    do(plan, "hand-over", "region")
    do(plan, "comment", "icb", "Too late.")
    upgraded_again(database)
    assert standing_of(plan).version.fixed
    assert seen(plan, "trust") == (["By March."], []), "what was hidden stays hidden"
    for step in (*TO_SETTLE[1:], ("put-to-signature", "region"), *SIGNED, ("change", "region")):
        do(plan, *step)
    upgraded_again(database)
    assert standing_of(plan).version.fixed, "a signed version is not opened"
    assert seen(plan, "trust") == (["By March."], ["Too late."])
    do(plan, "write", "region", "By June.")
    upgraded_again(database)
    assert [one.fixed for one in standing_of(plan).versions] == [True, False]
    assert seen(plan, "trust")[0] == ["By March."], "a draft stays its writer's"
    verify(database.alias)


def test_what_was_shown_once_stays_shown_when_the_sides_are_asked_again(using: str) -> None:
    plan = begun_on(using)
    do(plan, "hand-over", "region")
    do(plan, "comment", "icb", "Too late.")
    for step in TO_SETTLE[1:]:
        do(plan, *step)
    with pytest.raises(ActRefused, match="takes a reason"):
        do(plan, "ask-again", "region")
    do(plan, "ask-again", "region", "It is June now.")
    do(plan, "comment", "icb", "Still too late.")
    shown = ["Too late.", "It is June now."]
    assert seen(plan, "icb")[1] == [*shown, "Still too late."]
    assert seen(plan, "trust")[1] == seen(plan, "region")[1] == shown


def test_a_person_signs_a_version_once_whatever_the_door_lets_through(using: str) -> None:
    from django.db.utils import IntegrityError

    from remit.records.audit import create
    from remit.records.loading import model

    plan = begun_on(using)
    for step in (*TO_SETTLE, ("put-to-signature", "region"), ("sign", "trust")):
        do(plan, *step)
    signed = {"version": versions_seen(plan, "region")[-1], "signed_as": "chair"}
    event = Event("trust", "ZQ1", "sign")
    with pytest.raises(IntegrityError):
        create(event, model("together.PlanSignature"), using=using, organisation="ZQ1",
               signed_by="trust", signed_at=event.when, **signed)  # fmt: skip


def at_the_same_time(*some: Callable[[], object]) -> list[object]:
    """What each gave or raised; all begin together, each with a connection of its own."""
    from django.db import connections

    ready, given = threading.Barrier(len(some)), list[object]()

    def run(one: Callable[[], object]) -> None:
        ready.wait(30)
        try:
            given.append(one())
        except (ActRefused, ChangedMeanwhile) as refused:
            given.append(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(one,)) for one in some]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return given


@pytest.mark.parametrize(("act", "text"), [("hand-over", None), ("write", "By {}.")])
def test_of_two_who_do_one_act_at_the_same_time_one_is_told(
    using: str, act: str, text: str | None
) -> None:
    plan = begun_on(using)
    read = plan_seen(plan)
    before = verify(using).entries

    def one(name: str) -> Callable[[], object]:
        said = text.format(name) if text else None
        return lambda: do(plan, act, "region", said, seen=read)

    given = at_the_same_time(one("April"), one("May"))
    (told,) = [one for one in given if isinstance(one, ChangedMeanwhile)]
    assert "somebody else" in str(told)
    assert sorted(type(one).__name__ for one in given) == ["ChangedMeanwhile", "str"]
    assert verify(using).entries == before + (2 if act == "hand-over" else 1)


def test_of_two_signatures_of_one_side_at_the_same_time_one_is_told(using: str) -> None:
    plan = begun_on(using)
    for step in (*TO_SETTLE, ("put-to-signature", "region")):
        do(plan, *step)
    given = at_the_same_time(*[lambda: do(plan, "sign", "trust")] * 2)
    assert sorted(type(one).__name__ for one in given) == ["ActRefused", "str"]
    assert len(standing_of(plan).version.signed) == 1
