"""The forms of a plan: nothing typed is lost, a review says what it found, and what is checked."""

from __future__ import annotations

import pytest

from remit.oversight.course import ActRefused
from remit.oversight.plan_items import PlanItem, text_of
from remit.oversight.shared_plan import SaidOfPlan, act_on_plan, sides_of
from remit.records.audit import Event, verify
from remit.records.loading import model
from tests.web.planned import AT, BOTH, act, add_plan
from tests.web.test_plans import Side, h1, page_of, seen_on
from tests.web.world import World

TWO = text_of([PlanItem("1", "First aim"), PlanItem("2", "Second aim")])
REVIEW = "/plans/one/PLAN-1/review/"


def views() -> list[tuple[str, str, str | None]]:
    rows = model("together.PlanView").objects.order_by("pk")
    return [(one.kind, one.text, one.item) for one in rows]


@pytest.mark.parametrize(("state", "code", "says"), [("comment", "ZB1", "comment"),
                                                     ("check", "ZA1", "correct")])  # fmt: skip
def test_what_stands_in_the_box_is_kept_when_it_is_handed_in(
    world: World, state: str, code: str, says: str
) -> None:
    act(add_plan(), *AT[state])
    side = Side(world, code)
    typed = {f"{says}-{side.part}-text": "Item 1 has no measure", f"{says}-{side.part}-item": "1"}
    sent = {"act": "hand-in", "part": side.part, "seen": seen_on(side.page()), **typed}
    answer = side.client.post("/plans/one/PLAN-1/act/", sent, follow=True).content.decode()
    assert views() == [(says, "Item 1 has no measure", "1")]
    assert "What you typed is kept with it" in answer
    assert model("together.Plan").objects.get().status != state
    verify()


def test_what_cannot_be_kept_stops_the_act_and_stays_in_its_box(world: World) -> None:
    act(add_plan(), *AT["sign-trust"])
    trust = Side(world, "ZA1")
    sent = {"act": "sign", "part": "trust", "seen": seen_on(trust.page()),
            "sign-trust-signed_as": "chief executive", "give-back-trust-text": "The day is wrong",
            "dissent-trust-text": "We doubt it"}  # fmt: skip
    answer = trust.client.post("/plans/one/PLAN-1/act/", sent)
    text = answer.content.decode()
    assert (answer.status_code, views()) == (400, [])
    for words in ("Nothing was done", "The day is wrong", "We doubt it", "chief executive"):
        assert words in text
    answer = trust.client.post("/plans/one/PLAN-1/act/", sent | {"give-back-trust-text": ""})
    assert (answer.status_code, views()) == (302, [("dissent", "We doubt it", None)])
    assert model("together.PlanSignature").objects.count() == 1


def test_what_is_typed_beside_a_clash_stands_there_again(world: World) -> None:
    act(add_plan(), *AT["comment"])
    icb = Side(world, "ZB1")
    sent = {"act": "hand-in", "part": "icb", "seen": "0", "comment-icb-text": "Too late"}
    answer = icb.client.post("/plans/one/PLAN-1/act/", sent)
    assert (answer.status_code, views()) == (409, [])
    assert "Too late" in answer.content.decode()


def test_a_review_says_of_each_item_what_was_found_after_a_look_back(world: World) -> None:
    act(add_plan(TWO), *AT["in-force"])
    region = Side(world, "ZR1")
    assert Side(world, "ZA1").client.get(REVIEW).status_code == 403
    assert region.act("review", follow=False)["Location"] == REVIEW
    assert model("together.Plan").objects.get().status == "in-force"
    page = page_of(region.client, REVIEW)
    given = {"seen": seen_on(page), "day": world.today.isoformat(), "item-1-found": "found-kept",
             "item-1-words": "All done", "item-2-found": "found-not"}  # fmt: skip
    bare = region.client.post(REVIEW, given)
    assert (bare.status_code, "in words" in bare.content.decode()) == (400, True)
    given["item-2-words"] = "Nobody began"
    late = region.client.post(REVIEW, given | {"day": "2020-01-01"})
    assert "when the plan came into force" in late.content.decode()
    check = region.client.post(REVIEW, given)
    assert "Keep the review" in check.content.decode()
    back = region.client.post(REVIEW, given | {"back": "1"})
    assert "Nobody began" in back.content.decode()
    assert model("together.Plan").objects.get().status == "in-force"
    region.client.post(REVIEW, given | {"confirmed": "1"})
    shown = Side(world, "ZA1").page()
    assert "reviewed since" in h1(shown)
    for words in ("review: kept", "review: not kept", "Nobody began", "Reviewed on"):
        assert words in shown
    assert region.client.post(REVIEW, given | {"confirmed": "1"}).status_code == 409
    verify()


def test_a_review_without_each_item_is_refused_by_the_records_too(world: World) -> None:
    from remit.oversight.course import Actor

    del world
    plan = act(add_plan(TWO), *AT["in-force"])
    actor = Actor("region chief", {"region": BOTH})
    event = Event("region chief", sides_of(plan)["region"], "review")
    for said in ([], [SaidOfPlan("found-kept", "Yes", "1")], [SaidOfPlan("sign", "x")]):
        with pytest.raises(ActRefused):
            act_on_plan(event, plan, "review", actor, also=said)
    assert views() == []
