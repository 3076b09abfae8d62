"""What others moved: plans, conversations, frictions, risks, decisions; and what stays hidden."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from remit.oversight.course import Actor
from remit.oversight.shared_plan import act_on_plan
from remit.records.audit import SYSTEM, Event, change
from remit.records.loading import model
from remit.records.talk.models import Remark
from remit.records.together.models import AgendaItem
from remit.web.mine.models import Visit
from tests.web.planned import BOTH, SIDES, act, add_plan
from tests.web.together_world import (
    add_commitment,
    add_conversation,
    add_friction,
    add_point,
    add_risk,
    make,
)
from tests.web.world import World


def moved(world: World, *roles: tuple[str, str]) -> str:
    """What the first page says of what moved, since a visit that began now."""
    page = world.client(*roles).get("/").content.decode()
    return str(page.rsplit("<h2>", 1)[1].split("</main>")[0])


def here_now(world: World, *roles: tuple[str, str]) -> None:
    """They were here a moment ago, and somebody's world begins after that."""
    now = timezone.now()
    Visit.objects.update_or_create(
        account=world.account(*roles), defaults={"before": now, "last": now}
    )


TRUST, ICB, REGION = ("ZA1", "contributor"), ("ZB1", "contributor"), ("ZR1", "contributor")


def test_a_plan_moved_is_told_when_it_is_shared_and_not_before(world: World) -> None:
    for one in (TRUST, ICB, REGION):
        here_now(world, one)
    plan = add_plan()
    assert "Plan of one year" not in moved(world, TRUST)
    assert "Plan of one year" in moved(world, REGION)
    act(plan, ("hand-over", "region"))
    for one in (TRUST, ICB):
        assert "Plan of one year" in moved(world, one)


def test_a_view_that_is_hidden_is_no_news_to_the_others(world: World) -> None:
    plan = act(add_plan(), ("hand-over", "region"))
    for one in (TRUST, ICB, REGION):
        here_now(world, one)
    event = Event("icb chief", "ZB1", "comment")
    act_on_plan(event, plan, "comment", Actor(event.who, {"icb": BOTH}), text="Hidden words")
    assert "Plan of one year" in moved(world, ICB)
    assert "Plan of one year" not in moved(world, TRUST)
    assert "Plan of one year" not in moved(world, REGION)
    act(plan, ("hand-in", "icb"), ("hand-in", "trust"))
    assert "Plan of one year" in moved(world, TRUST)
    assert SIDES["trust"] == "ZA1"


def test_what_came_of_conversations_is_told_also_by_a_part_of_it(world: World) -> None:
    talk = add_conversation("CON-9", "ZB1", "ZA1")
    add_friction("FR-9", "ZB1", "ZB1", "ZA1", what="Who counts beds")
    risk = add_risk("RISK-9", "ZB1", "ZA1", title="Too few nurses at night")
    here_now(world, TRUST)
    add_point(talk, "Beds at noon")
    friction = model("Friction").objects.get(pk="FR-9")
    change(Event(SYSTEM, "ZB1", "settle"), friction, settled_how="By day", settled_on=world.today)
    share = risk.shares.order_by("place").last()
    change(Event(SYSTEM, "ZB1", "edit"), share, share="Half of it")
    add_commitment("COM-9", "ZB1", "ZA1", aim="No corridor care")
    told = moved(world, TRUST)
    assert "Review TLK-ZB1</a>: an account that is gone" not in told
    assert "changed its agenda" in told
    assert "Who counts beds" in told
    assert "settled it" in told
    assert "Too few nurses at night" in told
    assert "No corridor care" in told
    other = world.client(("ZA2", "contributor")).get("/").content.decode()
    assert "Review TLK-ZB1" not in other
    assert "Who counts beds" not in other


def test_a_decision_and_a_comment_are_told_by_the_ask_they_are_about(world: World) -> None:
    here_now(world, TRUST)
    _decide(world)
    told = moved(world, TRUST)
    assert "Return ASKZA1" in told
    assert "decided whether it is asked twice" in told
    make(Remark, "ZA1", organisation="ZA1", action_id="ACT-ZA1", text="Soon",
         said_at=timezone.now(), said_by=SYSTEM, said_for="ZB1")  # fmt: skip
    told = moved(world, TRUST)
    assert "Do ACT-ZA1" in told
    assert "commented on it" in told


def _decide(world: World) -> Any:
    found = make("Decision", "ZA1", number=901, kind="confirm", relation="same",
                 decided_on=world.today)  # fmt: skip
    return make("DecisionAsk", "ZA1", decision=found, place=1, ask_id="ASKZA1")


def test_what_was_taken_from_a_whole_breaks_nothing(world: World) -> None:
    from remit.records.audit import remove

    talk = add_conversation("CON-8", "ZA1")
    here_now(world, TRUST)
    point = add_point(talk, "Gone again")
    remove(Event(SYSTEM, "ZA1", "remove"), AgendaItem.objects.get(pk=point.pk))
    assert "Gone again" not in moved(world, TRUST)


def test_a_first_visit_is_told_of_the_last_days_and_not_of_a_visit_before(world: World) -> None:
    page = world.client(TRUST).get("/").content.decode()
    assert "since you were last here" not in page
    assert "moved in the last 30 days" in page
    Visit.objects.filter(account=world.account(TRUST)).update(
        before=timezone.now() - timedelta(days=2), last=timezone.now()
    )
    page = world.client(TRUST).get("/").content.decode()
    assert "since you were last here" in page


def test_a_plan_that_waits_says_since_when(world: World) -> None:
    plan = act(add_plan(), ("hand-over", "region"))
    page = world.client(ICB).get("/").content.decode()
    assert plan.moved_at
    assert "it waits since" in page
