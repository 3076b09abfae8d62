"""Drafts and hidden views are their writer's alone, for pages, lists, files and the audit."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from remit.records.audit import entries_of, organisation_part
from remit.records.loading import model
from remit.web.access.relations import NATIONAL
from remit.web.access.roles import Permission
from remit.web.access.sides import actor_of
from remit.web.access.visibility import visible
from remit.web.people.asking import person_of
from tests.web.planned import ALL_SIGN, SIDES, TO_SETTLE, TO_SIGNATURE, act, add_plan
from tests.web.world import World

KINDS = ("Plan", "PlanParty", "PlanVersion", "PlanView", "PlanSignature")
LOOKERS = {"region": "ZR1", "icb": "ZB1", "trust": "ZA1", "national": NATIONAL, "other": "ZA2"}
OVERSEERS = {"region", "icb", "trust", "national"}
SHOWN_LATER = {"draft", "comment", "check"}


def person(world: World, code: str, role: str = "reader") -> Any:
    return person_of(world.account((code, role)), world.today)


def words(world: World, kind: str, role: str = "reader") -> dict[str, set[str]]:
    """Who looks → the texts that they see of a kind."""
    rows = model(f"together.{kind}").objects.all()
    return {
        who: {one.text for one in visible(rows, person(world, code, role))}
        for who, code in LOOKERS.items()
    }


def seers(world: World, kind: str, text: str) -> set[str]:
    return {who for who, texts in words(world, kind).items() if text in texts}


def test_a_draft_is_known_to_nobody_else(world: World) -> None:
    add_plan()
    for kind in KINDS:
        rows = model(f"together.{kind}").objects.all()
        seen = {w for w, code in LOOKERS.items() if visible(rows, person(world, code)).exists()}
        assert seen == ({"region"} if rows.exists() else set()), kind


def test_a_version_is_its_writers_until_it_is_passed_on(world: World) -> None:
    plan = act(add_plan(), ("write", "region", "First"), *TO_SETTLE)
    assert seers(world, "PlanVersion", "First") == OVERSEERS
    act(plan, ("write", "region", "Second"))
    assert seers(world, "PlanVersion", "Second") == {"region"}
    act(plan, ("put-to-signature", "region"))
    assert seers(world, "PlanVersion", "Second") == OVERSEERS


def test_a_view_is_its_sides_until_all_are_in_and_stays_shown(world: World) -> None:
    plan = act(add_plan(), TO_SETTLE[0], ("comment", "icb", "Too late"), TO_SETTLE[1])
    act(plan, ("correct", "trust", "It is May"))
    # The region oversees both, and the ICB the trust: that does not open what is not shown yet.
    assert seers(world, "PlanView", "Too late") == {"icb"}
    assert seers(world, "PlanView", "It is May") == {"trust"}
    act(plan, TO_SETTLE[2])
    for text in ("Too late", "It is May"):
        assert seers(world, "PlanView", text) == OVERSEERS
    act(plan, ("ask-again", "region", "Look again"), ("comment", "icb", "Still"))
    assert seers(world, "PlanView", "Too late") == OVERSEERS, "what was shown stays shown"
    assert seers(world, "PlanView", "Still") == {"icb"}


def test_a_search_and_a_list_find_a_plan_for_those_alone_who_may_see_it(world: World) -> None:
    def finders() -> set[str]:
        found = set()
        for who, code in LOOKERS.items():
            client = world.client((code, "reader"))
            pages = [client.get(reverse("search"), {"q": "one YEAR"}), client.get(reverse("plans"))]
            shown = {"Plan of one year" in one.content.decode() for one in pages}
            assert len(shown) == 1, who
            found |= {who} if shown == {True} else set()
        return found

    plan = add_plan()
    assert finders() == {"region"}
    act(plan, TO_SETTLE[0])
    assert finders() == OVERSEERS


def told(world: World, code: str) -> str:
    """All that the list of changes says to an auditor."""
    client = world.client((code, "auditor"))
    answer = client.get(reverse("audit"))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_list_of_changes_keeps_drafts_and_hidden_views(world: World) -> None:
    plan = act(add_plan("First words"), ("write", "region", "Second words"))
    act(plan, TO_SETTLE[0], ("comment", "icb", "Said apart"), TO_SETTLE[1])
    secrets = {"First words": "ZR1", "Second words": "ZR1", "Said apart": "ZB1"}
    for secret, whose in secrets.items():
        for code in LOOKERS.values():
            assert (secret in told(world, code)) == (code == whose), (secret, code)
    act(plan, TO_SETTLE[2], ("put-to-signature", "region"), *ALL_SIGN)
    # What was written while it was nobody else's stays so: entries are never changed.
    for code in ("ZA1", "ZB1", NATIONAL):
        assert "First words" not in told(world, code)
        assert "→ In force<" in told(world, code)
    assert "signature of version 1 of plan" in told(world, "ZA1")


def test_a_request_for_information_has_no_draft_of_another(world: World) -> None:
    plan = act(add_plan("First words"), TO_SETTLE[0], ("comment", "icb", "Said apart"))
    del plan

    def part(code: str) -> str:
        return str([one.values for one in organisation_part(code)])

    assert "First words" in part("ZR1")
    assert "First words" not in part("ZA1")
    assert "Said apart" in part("ZB1")
    assert "Said apart" not in part("ZA1") + part("ZR1")
    assert entries_of("ZA1")


def test_who_oversees_a_side_does_not_act_for_it(world: World) -> None:
    plan = act(add_plan(), *TO_SIGNATURE)
    region, icb = person(world, "ZR1", "signatory"), person(world, "ZB1", "signatory")
    assert region.may(Permission.WRITE, "ZA1"), "it may enter records there"
    assert set(actor_of(region, plan).may) == {"region"}
    assert set(actor_of(icb, plan).may) == {"icb"}
    assert actor_of(person(world, "ZA1", "contributor"), plan).may == {"trust": {"write"}}
    for role in ("reader", "auditor", "administrator"):
        assert actor_of(person(world, "ZA1", role), plan).may == {}
    assert actor_of(person(world, NATIONAL, "signatory"), plan).may == {}


def test_two_memberships_are_not_joined_into_one_side(world: World) -> None:
    plan = act(add_plan(), *TO_SIGNATURE)
    both = person_of(world.account(("ZA1", "reader"), ("ZB1", "signatory")), world.today)
    assert set(actor_of(both, plan).may) == {"icb"}


@pytest.mark.parametrize("code", SIDES.values())
def test_an_auditor_at_home_reads_what_is_still_their_own(world: World, code: str) -> None:
    plan = act(add_plan("Own words"), TO_SETTLE[0])
    assert (code == "ZR1") == ("Own words" in told(world, code))
    del plan
