"""What waits of frictions, conversations, commitments, risks, agreements and comments, and goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from remit.records.audit import SYSTEM, Event, change, create
from remit.records.loading import model
from remit.records.talk.models import RemarkMention
from remit.web.access.relations import NATIONAL
from tests.web.figures_world import add_figure, add_remark, add_tie
from tests.web.queries import queries_of
from tests.web.together_world import (
    add_agreement,
    add_commitment,
    add_conversation,
    add_friction,
    add_risk,
)
from tests.web.world import SafeClient, World

BOSS, SECRETARY = ("ZA1", "signatory"), ("ZA1", "contributor")


def waits(client: SafeClient, noun: str, address: str = "/") -> list[str]:
    """What the first page says waits of a subject."""
    page = client.get(address).content.decode()
    return re.findall(rf'web-noun">{noun}</strong> <a href="([^"]+)">', page)


def friction(world: World) -> str:
    add_friction("FR-1", "ZB1", "ZA1")
    return "/friction/one/FR-1/"


def commitment(world: World) -> str:
    add_commitment("COM-1", "ZA1", due_on=world.today - timedelta(days=1))
    return "/commitments/one/COM-1/"


def conversation(world: World) -> str:
    add_conversation("CON-1", "ZA1", "ZB1", held_on=world.today - timedelta(days=2))
    return "/conversations/one/CON-1/"


def risk(world: World) -> str:
    add_risk("RISK-1", "ZA1", "ZA2", review_on=world.today)
    return "/risks/one/RISK-1/"


def agreement(world: World) -> str:
    add_agreement("AGR-1", "ZB1", "ZA1")
    return "/agreements/one/AGR-1/"


def comment(world: World) -> str:
    asks(about={"ask_id": "ASKZA1"})
    return "/asks/one/ASKZA1/"


def asks(about: dict[str, Any], role: str = "signatory", figure: Any = None) -> Any:
    made = add_remark("ZA1", figure, "Can you confirm the day?", **about)
    create(Event(SYSTEM, "ZA1", "comment"), RemarkMention, remark=made, organisation="ZA1",
           role=role)  # fmt: skip
    return made


def seen(client: SafeClient, address: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', client.get(address).content.decode())
    assert found
    return found[1]


def settle(world: World, client: SafeClient) -> Any:
    given = {"settled_how": "By the map", "settled_on": str(world.today)}
    address = "/friction/one/FR-1/settled/"
    return client.post(address, {**given, "seen": seen(client, address)})


def move_day(world: World, client: SafeClient) -> Any:
    address = "/commitments/one/COM-1/change/"
    given = {"strategy": "Five-year strategy", "aim": "Nearer", "due_on": "2030-01-01"}
    return client.post(address, {**given, "seen": seen(client, address)})


def act_on(world: World, client: SafeClient) -> Any:
    given = {"what": "Send it", "owner": "medical director", "organisation": "ZA1"}
    return client.post("/conversations/one/CON-1/action/", given)


def close(world: World, client: SafeClient) -> Any:
    return client.post("/risks/one/RISK-1/closed/")


def sign(world: World, client: SafeClient) -> Any:
    given = {"organisation": "ZA1", "seen": seen(client, "/agreements/one/AGR-1/")}
    return client.post("/agreements/one/AGR-1/signed/", given)


def answer(world: World, client: SafeClient) -> Any:
    return client.post("/comments/ask/ASKZA1/", {"text": "The day holds"})


WAITING: dict[str, tuple[Callable[..., str], Callable[..., Any]]] = {
    "Friction": (friction, settle),
    "Commitment": (commitment, move_day),
    "Conversation": (conversation, act_on),
    "Risk": (risk, close),
    "Agreement": (agreement, sign),
    "Comment": (comment, answer),
}
"""What waits → what makes it wait, and what is done with it."""


@pytest.mark.parametrize("noun", sorted(WAITING))
def test_what_waits_stands_in_the_list_and_goes_once_it_is_done(world: World, noun: str) -> None:
    begins, does = WAITING[noun]
    client, other = world.client(BOSS), world.client(("ZA2", "signatory"))
    assert waits(client, noun) == []
    address = begins(world)
    assert waits(client, noun) == [address]
    if noun != "Risk":  # in which the other has a share; it is not theirs to look at again
        assert address not in other.get("/").content.decode()
    assert waits(other, noun) == []
    assert does(world, client).status_code == 302
    assert waits(client, noun) == []


def test_what_is_not_mine_to_do_waits_for_nobody_of_mine(world: World) -> None:
    for begins, _ in WAITING.values():
        begins(world)
    contributor, region = world.client(SECRETARY), world.client(("ZR1", "signatory"))
    assert waits(contributor, "Agreement") == []  # a contributor signs nothing
    assert waits(contributor, "Comment") == []  # it is for the signatory
    assert waits(contributor, "Friction") == ["/friction/one/FR-1/"]
    for noun in WAITING:  # it looks at the trust, and is not of it
        assert waits(region, noun) == []
        assert waits(world.client((NATIONAL, "reader")), noun) == []


def test_whoever_raised_a_friction_is_not_told_of_it_and_whoever_has_it_is(world: World) -> None:
    add_friction("FR-1", "ZA1", "ZA1", "ZA2")
    assert waits(world.client(BOSS), "Friction") == []
    assert waits(world.client(("ZA2", "reader")), "Friction") == ["/friction/one/FR-1/"]
    change(Event(SYSTEM, "ZA1", "escalate"), model("Friction").objects.get(pk="FR-1"),
           escalated_to="ZR1", escalated_on=world.today)  # fmt: skip
    assert waits(world.client(("ZR1", "contributor")), "Friction") == ["/friction/one/FR-1/"]


def test_a_conversation_that_comes_waits_for_all_who_take_part(world: World) -> None:
    add_conversation("CON-1", "ZB1", "ZA1", held_on=world.today + timedelta(days=3))
    add_conversation("CON-2", "ZB1", "ZA1", held_on=world.today + timedelta(days=30))
    add_conversation("CON-3", "ZB1", "ZA1", held_on=world.today - timedelta(days=3))
    add_conversation("CON-4", "ZA1", held_on=world.today - timedelta(days=3), summary="No action")
    assert waits(world.client(BOSS), "Conversation") == ["/conversations/one/CON-1/"]
    both = ["/conversations/one/CON-1/", "/conversations/one/CON-3/"]
    assert waits(world.client(("ZB1", "reader")), "Conversation") == both


def test_a_comment_waits_until_another_of_the_organisation_answers(world: World) -> None:
    boss = world.account(BOSS)
    client = world.client(BOSS)
    figure = add_figure("ZA1")
    of_figure = asks({}, figure=figure)
    add_tie(figure, "ACT-9", of_figure)
    assert waits(client, "Comment") == [f"/figures/said/{figure.pk}/"]
    # Who asked, the region, and an older comment answer nothing.
    add_remark("ZA1", figure, "Once more", said_by=of_figure.said_by)
    add_remark("ZA1", figure, "We ask too", said_by="account-999", said_for="ZR1")
    add_remark("ZA1", None, "Elsewhere", ask_id="ASKZA1", said_by="account-999")
    assert len(waits(client, "Comment")) == 1
    assert "1 comment" in client.get("/comments/?waits=1").content.decode().split("</h1>")[0]
    add_remark("ZA1", figure, "It holds", said_by="account-998")
    assert waits(client, "Comment") == []
    # What one asked oneself, and what is about something done, waits for nobody.
    asks({"action_id": "ACT-ZA1", "said_by": f"account-{boss.pk}"})
    assert waits(client, "Comment") == []
    asks({"action_id": "ACT-9"})
    assert waits(client, "Comment") == ["/actions/one/ACT-9/"]
    change(Event(SYSTEM, "ZA1", "close"), model("Action").objects.get(pk="ACT-9"),
           done_on=world.today)  # fmt: skip
    assert waits(client, "Comment") == []


def test_only_what_is_for_the_role_can_be_shown(world: World) -> None:
    for begins, _ in WAITING.values():
        begins(world)
    client = world.client(BOSS)
    page = client.get("/").content.decode()
    assert "for your role (2)" in page
    narrow = client.get("/?role=1").content.decode()
    assert "<h1>1 agreement and 1 comment wait for you</h1>" in narrow
    assert waits(client, "Friction", "/?role=1") == []
    assert waits(client, "Agreement", "/?role=1") == ["/agreements/one/AGR-1/"]
    nobody = world.client(("ZA6", "reader")).get("/?role=1").content.decode()
    assert "<h1>Nothing waits for you</h1>" in nobody


def test_the_queries_do_not_grow_with_what_waits(world: World) -> None:
    client = world.client(BOSS)
    for begins, _ in WAITING.values():
        begins(world)
    few = queries_of(client, "/")
    for number in range(12):
        add_friction(f"FR-9{number}", "ZB1", "ZA1")
        add_commitment(f"COM-9{number}", "ZA1", due_on=world.today - timedelta(days=1))
        add_conversation(f"CON-9{number}", "ZA1", held_on=world.today - timedelta(days=1))
        add_risk(f"RISK-9{number}", "ZA1", review_on=world.today)
        add_agreement(f"AGR-9{number}", "ZA1")
        asks({"ask_id": "ASKZA1"})
    assert queries_of(client, "/") <= few
    page = client.get("/").content.decode()
    assert re.search(r'<a href="/friction/\?state=open">all 1[23] frictions</a>', page)


# History ------------------------------------------------------------------------------------------


def test_comments_stand_in_the_history_of_their_record(world: World) -> None:
    client = world.client(BOSS)
    before = client.get("/changes/ask/ASKZA1/").content.decode()
    assert "commented on" not in before
    client.post("/comments/ask/ASKZA1/", {"text": "The day holds", "roles": ["ZA1:signatory"]})
    client.post("/comments/action/ACT-ZA1/", {"text": "It is sent"})
    page = client.get("/changes/ask/ASKZA1/").content.decode()
    assert "The day holds" in page
    assert "It is sent" not in page
    assert page.index("commented on ") < page.index("added ")
    assert ">ask ASKZA1</a>" in page
    assert "It is sent" in client.get("/changes/action/ACT-ZA1/").content.decode()


def test_a_comment_that_is_not_to_be_seen_stands_in_no_history(world: World) -> None:
    """An ask of the ICB to the trust is seen by both; what was said of the ICB by the ICB alone."""
    from tests.web.world import add_ask

    add_ask("ASK-B", "ZA1", from_org_code="ZB1")
    add_remark("ZB1", None, "Between ourselves", ask_id="ASK-B")
    add_remark("ZA1", None, "To all", ask_id="ASK-B")
    trust = world.client(BOSS).get("/changes/ask/ASK-B/").content.decode()
    board = world.client(("ZB1", "reader")).get("/changes/ask/ASK-B/").content.decode()
    assert ("To all" in trust, "Between ourselves" in trust) == (True, False)
    assert ("To all" in board, "Between ourselves" in board) == (True, True)
