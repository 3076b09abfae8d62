"""Conversations: whether they led to action, of what they spoke, and who may say what of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remit.model.conversation_scales import BandedScale, RiskScale
from remit.records.audit import entries_for, verify
from remit.records.loading import model
from remit.records.together.models import AgendaItem, Conversation
from remit.web.access.relations import NATIONAL
from tests.web.test_desk import OWNER, page_of
from tests.web.together_world import add_conversation, add_point, make
from tests.web.world import SafeClient, World


def ago(world: World, days: int) -> date:
    return world.today - timedelta(days=days)


def led(key: str, world: World, **fields: Any) -> Any:
    kept = {"action_id": f"ACT-{key}", "what": f"Do {key}", "owner": OWNER, "organisation": "ZA1"}
    return make("Action", "ZA1", from_conversation=f"CON-{key}", **(kept | fields))


def test_the_list_says_how_many_led_to_an_action_and_how_much_was_of_tomorrow(world: World) -> None:
    for number in range(5):
        held = add_conversation(f"CON-{number}", "ZA1", held_on=ago(world, number * 40))
        add_point(held, "Waits", 40)
        add_point(held, "Winter", 20, is_tomorrow=True)
    planned = add_conversation("CON-P", "ZA1", held_on=ago(world, -7))
    add_point(planned, "Not spoken yet", 600, is_tomorrow=True)
    add_conversation("CON-X", "ZA2", held_on=ago(world, 3))
    for key in ("0", "1", "3"):
        led(key, world)
    led("1", world, action_id="ACT-D", done_on=world.today)
    client = world.client(("ZA1", "reader"))
    page = page_of(client, "/conversations/")
    assert "<h1>3 of 5 conversations led to an action</h1>" in page
    assert "100 of 300 minutes were about tomorrow" in page
    assert "1 conversation is still to be held" in page
    assert "3 actions that came of them are open" in page
    for line in ("1 action: up to 30 days", "1 action: 31 to 90 days", "1 action: more than 90"):
        assert line in page
    assert "CON-X" not in page
    assert "2 actions, 1 open" in page
    for given, keys in (({"led": "yes"}, {"0", "1", "3"}), ({"led": "no"}, {"2", "4"}),
                        ({"q": "con-2"}, {"2"})):  # fmt: skip
        found = page_of(client, "/conversations/", **given)
        shown = {k for k in "01234P" if f"/conversations/one/CON-{k}/" in found}
        assert shown == keys, given


@pytest.mark.parametrize("number", [0, 30, 31, 90, 91])
def test_the_ages_of_actions_are_those_of_the_declared_bands(world: World, number: int) -> None:
    from remit.web.desk.together.scales import load_scales

    add_conversation("CON-1", "ZA1", held_on=ago(world, number))
    led("1", world)
    page = page_of(world.client(("ZA1", "reader")), "/conversations/")
    assert f"1 action: {load_scales().ageing.band(number)}" in page


def test_a_conversation_says_whether_it_led_to_action(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    found = add_conversation("CON-1", "ZA1", "ZB1", held_on=ago(world, 40))
    address = "/conversations/one/CON-1/"
    assert "Review TLK-ZA1: it led to no action" in page_of(client, address)
    add_point(found, "Waits", 45)
    add_point(found, "Winter", 15, is_tomorrow=True, ask_id="ASKZA1")
    add_point(found, "Another’s", None, ask_id="ASKZA2")
    led("1", world, due_on=ago(world, 12))
    led("1", world, action_id="ACT-2", done_on=ago(world, 5), due_on=ago(world, 3))
    page = page_of(client, address)
    assert "it led to 2 actions, of which 1 is late" in page
    assert "15 of 60 minutes were about tomorrow" in page
    assert page.index("Waits") < page.index("Winter")
    assert "Open for 40 days" in page
    assert "by 12 days" in page
    assert "1 of 2 is done, 1 in time" in page
    assert "/asks/one/ASKZA1/" in page
    assert "An ask that you may not see" in page
    assert "ASKZA2" not in page
    add_conversation("CON-N", "ZA1", held_on=ago(world, -3))
    assert "still to be held" in page_of(client, "/conversations/one/CON-N/")


def test_a_conversation_is_entered_with_its_agenda_and_an_action(world: World) -> None:
    client = world.client(("ZB1", "contributor"))
    given = {"title": "Quarterly review", "organisation": "ZB1", "parties": "za1, ZR1; ZB1",
             "held_on": "2026-06-03", "kind": "oversight", "summary": "Waits"}  # fmt: skip
    answer = client.post("/conversations/new/", given)
    made = Conversation.objects.get(title="Quarterly review")
    address = f"/conversations/one/{made.pk}/"
    assert answer["Location"] == address
    assert {one.organisation for one in made.parties.all()} == {"ZA1", "ZR1"}
    for title, time in (("Waits", "today"), ("Winter", "tomorrow")):
        sent = {"title": title, "time": time, "minutes": "20", "ask": "ASKZA1"}
        assert client.post(f"{address}agenda/", sent).status_code == 302
    assert list(made.agenda.values_list("place", "is_tomorrow")) == [(1, False), (2, True)]
    sent = {"what": "Send it", "owner": OWNER, "organisation": "ZA1", "due_on": "2026-07-01"}
    assert client.post(f"{address}action/", sent).status_code == 302
    action = model("Action").objects.get(what="Send it")
    assert (action.organisation, action.from_conversation) == ("ZA1", made.pk)
    trust = world.client(("ZA1", "contributor"))
    assert "it led to 1 action" in page_of(trust, address)
    assert "Quarterly review" in page_of(trust, f"/actions/one/{action.pk}/")
    assert verify().holds


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": ""}, "Enter what it is called"),
        ({"parties": "ZA11"}, "The register has no organisation “ZA11”"),
        ({"organisation": "ZA1"}, "Select a valid choice"),
        ({"held_on": "32 May"}, "Enter a day, such as"),
    ],
)
def test_a_conversation_that_will_not_do_says_why(
    world: World, given: dict[str, str], said: str
) -> None:
    sent = {"title": "Review", "organisation": "ZB1", "kind": "oversight", **given}
    answer = world.client(("ZB1", "contributor")).post("/conversations/new/", sent)
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert not Conversation.objects.exists()


def test_names_of_people_are_taken_out(world: World) -> None:
    client = world.client(("ZB1", "contributor"))
    given = {"title": "Review with Dr Jane Smith", "organisation": "ZB1", "kind": "other"}
    client.post("/conversations/new/", given)
    assert "Jane" not in Conversation.objects.get().title
    assert not Conversation.objects.get().is_oversight


def test_an_ask_on_the_agenda_is_one_that_may_be_seen(world: World) -> None:
    found = add_conversation("CON-1", "ZA1")
    sent = {"title": "Waits", "time": "today", "ask": "ASKZA2"}
    answer = world.client(("ZA1", "contributor")).post("/conversations/one/CON-1/agenda/", sent)
    assert (answer.status_code, "that you may see" in answer.content.decode()) == (400, True)
    assert not found.agenda.exists()


def test_a_party_sees_it_writes_for_itself_and_gives_actions_only_where_it_may(
    world: World,
) -> None:
    found = add_conversation("CON-1", "ZB1", "ZA1")
    client = world.client(("ZA1", "contributor"))
    address = "/conversations/one/CON-1/"
    assert world.client(("ZA2", "reader")).get(address).status_code == 404
    change = {"title": "Other", "kind": "other", "seen": seen_mark(client, f"{address}change/")}
    assert client.post(f"{address}change/", change | {"parties": "ZA1"}).status_code == 302
    assert entries_for(found)[0].acting_for == "ZA1"
    sent = {"what": "Send it", "owner": OWNER, "organisation": "ZB1"}
    assert client.post(f"{address}action/", sent).status_code == 400
    assert "ZB1" not in page_of(client, f"{address}action/").split("<select")[1]


def seen_mark(client: SafeClient, address: str) -> str:
    return page_of(client, address).split('name="seen" value="')[1].split('"')[0]


def test_two_change_one_conversation_and_the_second_sees_both(world: World) -> None:
    add_conversation("CON-1", "ZA1", "ZR1", held_on=ago(world, 4))
    one, other = world.client(("ZB1", "contributor")), world.client(("ZA1", "contributor"))
    address = "/conversations/one/CON-1/change/"
    seen = seen_mark(other, address)
    base = {"title": "By the ICB", "kind": "oversight", "parties": "ZR1, ZB1"}
    assert one.post(address, base | {"seen": seen}).status_code == 302
    mine = {"title": "By the trust", "kind": "other", "parties": "ZR1", "seen": seen}
    answer = other.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("By the ICB", "By the trust", "ZB1, ZR1", "Somebody changed this"):
        assert words in page
    assert Conversation.objects.get().title == "By the ICB"
    assert other.post(address, mine | {"seen": seen_mark(other, address)}).status_code == 302
    assert Conversation.objects.get().title == "By the trust"
    assert Conversation.objects.get().parties.get().organisation == "ZR1"


def test_a_party_that_another_added_alone_is_no_less_a_change(world: World) -> None:
    """Parties are records of their own: the whole's entry does not tell of them."""
    add_conversation("CON-1", "ZA1", "ZR1")
    client = world.client(("ZA1", "contributor"))
    address = "/conversations/one/CON-1/change/"
    seen = seen_mark(client, address)
    same = {"title": "Review TLK-ZA1", "kind": "oversight"}
    assert client.post(address, same | {"parties": "ZR1, ZB1", "seen": seen}).status_code == 302
    assert client.post(address, same | {"parties": "ZR1", "seen": seen}).status_code == 409
    assert Conversation.objects.get().parties.count() == 2


def test_a_guest_leaves_and_neither_brings_another_in_nor_takes_one_out(world: World) -> None:
    add_conversation("CON-1", "ZB1", "ZA1", "ZA2")
    guest = world.client(("ZA1", "contributor"))
    address = "/conversations/one/CON-1/change/"
    sent = {"title": "Review", "kind": "other", "seen": seen_mark(guest, address)}
    for parties in ("ZA1", "ZA1, ZA2, ZA6", "ZA2, ZA6"):
        answer = guest.post(address, sent | {"parties": parties})
        assert answer.status_code == 403
        assert "whose record it is, says who takes part" in answer.content.decode()
    assert Conversation.objects.get().title != "Review"
    left = guest.post(address, sent | {"parties": "ZA2"})
    assert (left.status_code, left["Location"]) == (302, "/conversations/")
    assert [one.organisation for one in Conversation.objects.get().parties.all()] == ["ZA2"]


def test_a_point_is_changed_and_taken_away_and_the_history_keeps_it(world: World) -> None:
    found = add_conversation("CON-1", "ZA1")
    point = add_point(found, "Waits")
    client = world.client(("ZA1", "contributor"))
    address = f"/conversations/one/CON-1/agenda/{point.pk}/"
    seen = seen_mark(client, address)
    sent = {"title": "Winter", "time": "tomorrow", "minutes": "25", "seen": seen}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent | {"title": "Late"}).status_code == 409
    point.refresh_from_db()
    assert (point.title, point.is_tomorrow, point.minutes) == ("Winter", True, 25)
    assert client.post(f"{address}gone/").status_code == 302
    assert client.post(f"{address}gone/").status_code == 404
    assert not AgendaItem.objects.exists()
    history = page_of(client, "/changes/conversation/CON-1/")
    assert "Waits → Winter" in history
    assert "removed" in history
    assert client.get(f"/conversations/one/CON-1/agenda/{2**70}/").status_code == 404


def test_a_list_asks_as_often_for_sixty_as_for_one(world: World) -> None:
    client = world.client((NATIONAL, "reader"))
    counts = []
    for size in (1, 60):
        for number in range(size):
            found = add_conversation(f"CON-{size}-{number}", "ZA1", "ZB1", held_on=world.today)
            add_point(found, "Waits")
            led(f"{size}-{number}", world)
        page_of(client, "/conversations/")
        with CaptureQueriesContext(connection) as asked:
            page_of(client, "/conversations/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_bands_of_a_scale_stand_in_order() -> None:
    for bands in ([{"up_to": 5, "name": "a"}, {"up_to": 5, "name": "b"}],
                  [{"name": "a"}, {"up_to": 5, "name": "b"}]):  # fmt: skip
        with pytest.raises(ValueError, match="rising order"):
            BandedScale.model_validate({"source": "s", "bands": bands})
    with pytest.raises(ValueError, match="ends at 25"):
        RiskScale.model_validate({"source": "s", "steps": 5, "bands": [{"up_to": 9, "name": "a"}]})
