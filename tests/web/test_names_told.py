"""Who types a name is told on the next page that it was taken out, and why, whatever the form."""

from __future__ import annotations

from html import unescape

from tests.web.planned import AT, act, add_plan
from tests.web.test_plans import Side, page_of
from tests.web.world import World

WHY = "Records name roles, not people, so what you typed was changed"


def test_a_name_that_is_taken_out_is_told_on_the_next_page(world: World) -> None:
    act(add_plan(), *AT["comment"])
    icb = Side(world, "ZB1")
    page = unescape(icb.act("comment", text="Dr Anna Smith agreed", item="1").content.decode())
    assert f"{WHY}: “[name] agreed”." in page
    assert "Anna" not in page
    assert WHY not in unescape(icb.page()), "it is told once"
    assert WHY not in unescape(icb.act("comment", text="The chair agreed").content.decode())
    answer = icb.act("comment", text="")
    assert WHY not in unescape(answer.content.decode())


def test_what_one_account_was_to_be_told_is_not_told_to_the_next_in_the_browser(
    world: World,
) -> None:
    act(add_plan(), *AT["comment"])
    icb = Side(world, "ZB1")
    icb.act("comment", text="Dr Anna Smith agreed", item="1", follow=False)
    icb.client.post("/sign-out/")
    assert WHY not in unescape(icb.client.get("/sign-in/").content.decode())
    icb.client.force_login(world.account(("ZA1", "contributor")))
    assert WHY not in unescape(page_of(icb.client, "/asks/"))


def test_a_long_text_and_several_are_told_shortly(world: World) -> None:
    region = Side(world, "ZR1").client
    long = "Dr Anna Smith agreed. " + "The board has read the return of the month. " * 3
    given = {"organisation": "ZA1", "title": long[:190], "period": "2026/27"}
    page = unescape(region.post("/plans/new/", given, follow=True).content.decode())
    assert f"{WHY}: “[name] agreed." in page
    assert "…”." in page
