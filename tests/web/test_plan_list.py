"""The list of plans: who signed late, and which version stays in force while another is written."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from remit.oversight.course import Actor
from remit.oversight.shared_plan import act_on_plan, sides_of
from remit.records.audit import Event
from tests.web.planned import ALL_SIGN, AT, BOTH, TO_SIGNATURE, act, add_plan
from tests.web.queries import queries_of
from tests.web.test_desk import page_of
from tests.web.world import World


def sign_on(plan: Any, part: str, days: int) -> None:
    """A side signs so many days from now."""
    who = f"{part} chief"
    event = Event(who, sides_of(plan)[part], "sign", when=timezone.now() + timedelta(days=days))
    act_on_plan(event, plan, "sign", Actor(who, {part: BOTH}), signed_as="chair")


def test_who_signed_late_is_answered_over_all_plans(world: World) -> None:
    slow = act(add_plan(), *TO_SIGNATURE)
    sign_on(slow, "trust", 60)
    act(add_plan(plan_id="PLAN-2", trust="ZA2"), *AT["in-force"])
    region = world.client(("ZR1", "reader"))
    page = page_of(region, "/plans/")
    assert "Signed late </span>Trust, " in page
    page = page_of(region, "/plans/", signed_late="1")
    assert "<h1>1 plan was signed late by a side</h1>" in page.replace("One plan", "1 plan")
    assert "PLAN-1" in page
    assert "PLAN-2" not in page
    assert "PLAN-1" not in page_of(world.client(("ZA2", "reader")), "/plans/", signed_late="1")


def test_while_a_change_is_written_the_list_says_which_version_is_in_force(world: World) -> None:
    act(add_plan(), *AT["in-force"])
    region = world.client(("ZR1", "reader"))
    assert "version 1 in force" not in page_of(region, "/plans/")
    act(add_plan(plan_id="PLAN-2", trust="ZA2"), *TO_SIGNATURE, *ALL_SIGN, ("change", "region"))
    assert page_of(region, "/plans/").count("; version 1 in force") == 1


def test_the_list_asks_the_database_no_more_often_with_more(world: World) -> None:
    act(add_plan(), *AT["in-force"], ("change", "region"))
    region = world.client(("ZR1", "reader"))
    few = [queries_of(region, one) for one in ("/plans/", "/plans/?signed_late=1")]
    for number in (2, 3):
        act(add_plan(plan_id=f"PLAN-{number}"), *AT["in-force"], ("change", "region"))
    assert [queries_of(region, one) for one in ("/plans/", "/plans/?signed_late=1")] == few
