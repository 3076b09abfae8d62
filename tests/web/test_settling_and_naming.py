"""Organisations by name, a conversation on one page, a friction that both sides settle, and why."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from remit.records.audit import entries_for
from remit.records.loading import model
from remit.records.together.models import Conversation
from remit.web.desk.named import OrganisationUnclear, organisation_named
from tests.web.planned import act, add_plan
from tests.web.test_conversations import page_of, seen_mark
from tests.web.together_world import add_commitment, add_conversation, add_friction, add_risk
from tests.web.world import World

TRUST, ICB, REGION = ("ZA1", "contributor"), ("ZB1", "contributor"), ("ZR1", "contributor")
DAY = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("zb1", "ZB1"),
        ("Northfold", "ZR1"),
        ("heart and eye", "ZA5"),
        ("NHS Larkshire and Quillborough Integrated Care Board (ZB1)", "ZB1"),
        ("england", "ENGLAND"),
        ("Barking, Havering and Redbridge", "RF4"),
    ],
)
def test_an_organisation_is_known_by_code_name_or_part_of_a_name(text: str, code: str) -> None:
    assert organisation_named(text, DAY) == code


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Larkshire", "or Larkshire Partnership NHS Foundation Trust (ZM1). Say which one"),
        ("University Hospitals", "others. Say which one"),
        ("Larkshre", "Is it Larkshire University Hospitals"),
    ],
)
def test_a_name_that_means_several_or_none_names_those_it_may_mean(text: str, said: str) -> None:
    with pytest.raises(OrganisationUnclear, match=r"ZA1|others") as unclear:
        organisation_named(text, DAY)
    assert said in str(unclear.value)


def test_a_conversation_with_points_outcomes_and_actions_is_entered_at_once(world: World) -> None:
    client = world.client(ICB)
    page = page_of(client, "/conversations/new/")
    assert 'list="organisations"' in page
    assert page.count("Point ") >= 5
    sent = {
        "title": "Winter review", "organisation": "ZB1", "kind": "oversight",
        "parties": ["Northfold", "ZA1"], "held_on": str(world.today),
        "points-TOTAL_FORMS": "5", "points-INITIAL_FORMS": "0",
        "points-0-title": "Beds at noon", "points-0-time": "today", "points-0-minutes": "20",
        "points-0-outcome": "Counted at ten from now on",
        "points-0-what": "Send the new count", "points-0-owner": "chief nurse",
        "points-0-whose": "Larkshire",  # of those beside who calls it one is called so
        "points-1-title": "Staff next year", "points-1-time": "tomorrow",
    }  # fmt: skip
    assert client.post("/conversations/new/", sent).status_code == 302
    found = Conversation.objects.get(title="Winter review")
    assert found.summary == "On “Beds at noon”: Counted at ten from now on"
    own = page_of(client, f"/conversations/one/{found.pk}/")
    table = own[own.index("Today’s performance") : own.index("<h2>What came of it")]
    assert "Counted at ten from now on" in table
    assert "Send the new count" in table
    assert "On “Beds at noon”" not in own
    assert "on “Beds at noon”" in own[own.index("<h2>What came of it") :]
    assert {one.organisation for one in found.parties.all()} == {"ZR1", "ZA1"}
    points = found.agenda.order_by("place")
    assert [(one.title, one.is_tomorrow, one.minutes) for one in points] == [
        ("Beds at noon", False, 20), ("Staff next year", True, None),
    ]  # fmt: skip
    given = model("Action").objects.get(from_conversation=found.pk)
    assert (given.organisation, given.owner) == ("ZA1", "chief nurse")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"points-0-minutes": "5"}, "Enter what the point is about"),
        ({"points-0-title": "Beds", "points-0-what": "Send it"}, "Enter the role that owns"),
        ({"points-0-title": "Beds", "points-0-owner": "chair"}, "Enter what is to be done"),
        ({"points-0-title": "Beds", "points-0-what": "Send it", "points-0-owner": "chair",
          "points-0-whose": "ZA6"}, "Name an organisation that takes part"),
        ({"points-0-title": "Beds", "points-0-what": "Send it", "points-0-owner": "chair",
          "points-0-whose": "ZR1"}, "Your roles do not let you enter actions there"),
        ({"points-0-minutes": "5", "points-1-title": "Staff"}, "Enter what the point is about"),
    ],
)  # fmt: skip
def test_a_point_that_will_not_do_keeps_all_that_was_typed(
    world: World, given: dict[str, str], said: str
) -> None:
    sent = {"title": "Winter review", "organisation": "ZB1", "kind": "other", "parties": "ZR1",
            "points-TOTAL_FORMS": "5", "points-INITIAL_FORMS": "0", **given}  # fmt: skip
    answer = world.client(ICB).post("/conversations/new/", sent)
    page = answer.content.decode()
    assert (answer.status_code, said in page, "Winter review" in page) == (400, True, True)
    assert page.count('<details class="nhsuk-details" open') == 1 + ("points-1-title" in given)
    assert not Conversation.objects.exists()


def test_whoever_raises_a_friction_is_the_other_where_one_alone_is_named(world: World) -> None:
    client = world.client(ICB)
    given = {"what": "Who leads", "organisation": "ZB1", "between": "Northfold",
             "raised_on": "2026-01-05"}  # fmt: skip
    assert client.post("/friction/new/", given).status_code == 302
    bodies = model("Friction").objects.get(what="Who leads").bodies.order_by("place")
    assert [one.organisation for one in bodies] == ["ZB1", "ZR1"]


# A friction that one side settled -----------------------------------------------------------------


def settle(world: World, who: tuple[str, str]) -> None:
    client, address = world.client(who), "/friction/one/FR-1/settled/"
    sent = {"settled_how": "By the map", "settled_on": str(world.today),
            "seen": seen_mark(client, address)}  # fmt: skip
    assert client.post(address, sent).status_code == 302


def test_the_other_side_is_asked_whether_it_is_settled_and_agrees(world: World) -> None:
    add_friction("FR-1", "ZB1", "ZB1", "ZA1", raised_on=world.today - timedelta(days=9))
    settle(world, ICB)
    own = page_of(world.client(ICB), "/friction/one/FR-1/")
    assert "Not all sides have said that it is settled" in own
    said = ("Settled by NHS Larkshire and Quillborough Integrated Care Board",
            "not yet said by Larkshire University Hospitals")  # fmt: skip
    heading = own[own.index("<h1>") : own.index("</h1>")]
    assert all(one in heading for one in said)
    listed = page_of(world.client(ICB), "/friction/")
    assert all(one in listed for one in said)
    assert f"said by {world.account(ICB).name}" in own
    assert "/answered/" not in own
    assert "It is settled, so" not in own, "not while a side has not said so"
    assert "It waits for the word of the others, so nobody changes it." in own
    client = world.client(TRUST)
    page = page_of(client, "/friction/one/FR-1/")
    assert "/answered/" in page
    assert 'value="agree" selected' not in page, "what a side says is never guessed"
    unsaid = client.post("/friction/one/FR-1/answered/", {"answer": "", "why": ""})
    assert unsaid.status_code == 409
    answer = client.post("/friction/one/FR-1/answered/", {"answer": "agree", "why": ""})
    assert answer.status_code == 302
    page = page_of(client, "/friction/one/FR-1/")
    assert "All sides have said that it is settled" in page
    assert "Settled after 9 days" in page
    assert "not yet said by" not in page_of(client, "/friction/")
    assert "By the map" in page
    assert client.post("/friction/one/FR-1/answered/", {"answer": "agree"}).status_code == 409
    last = entries_for(model("Friction").objects.get())[0]
    assert (last.what, last.acting_for) == ("decide", "ZA1")


def test_the_page_that_settles_says_what_it_is_between_whom_and_since_when(world: World) -> None:
    since = world.today - timedelta(days=9)
    add_friction("FR-1", "ZB1", "ZB1", "ZA1", what="Who leads on discharge", raised_on=since)
    for name in ("settled", "escalated"):
        page = page_of(world.client(ICB), f"/friction/one/FR-1/{name}/")
        for words in ("Who leads on discharge", "Larkshire University Hospitals", "9 days"):
            assert words in page, (name, words)


def test_a_side_that_does_not_agree_opens_it_again_with_its_reason(world: World) -> None:
    add_friction("FR-1", "ZB1", "ZB1", "ZA1", raised_on=world.today - timedelta(days=9))
    client = world.client(TRUST)
    address = "/friction/one/FR-1/answered/"
    assert client.post(address, {"answer": "not", "why": "No"}).status_code == 409
    settle(world, ICB)
    assert client.post(address, {"answer": "not", "why": ""}).status_code == 409
    assert client.post(address, {"answer": "not", "why": "Beds differ"}).status_code == 302
    found = model("Friction").objects.get()
    assert found.settled_on is None
    assert "does not agree: Beds differ" in page_of(world.client(ICB), "/friction/one/FR-1/")
    assert world.client(("ZA1", "reader")).post(address, {"answer": "agree"}).status_code == 403


# The way back, why, and what is beside an organisation --------------------------------------------


def test_an_action_done_leads_back_to_where_one_came_from_within_this_site(world: World) -> None:
    add_conversation("CON-1", "ZA1")
    client = world.client(TRUST)
    page = page_of(client, "/actions/one/ACT-ZA1/", next="/conversations/one/CON-1/")
    assert 'name="next" value="/conversations/one/CON-1/"' in page
    assert '<span class="remit-quiet">ZA1</span>' in page
    for bad in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "x"):
        found = page_of(client, "/actions/one/ACT-ZA1/", next=bad)
        assert 'name="next"' not in found, bad
    sent = {"id": "ACT-ZA1", "next": "/conversations/one/CON-1/"}
    assert client.post("/actions/done/", sent)["Location"] == "/conversations/one/CON-1/"


def test_why_says_who_may_do_what_one_may_not(world: World) -> None:
    client = world.client(("ZA1", "reader"))
    page = page_of(client, "/why/", of="ZA1", to="write")
    assert "You may not enter and change records of Larkshire University Hospitals" in page
    assert "Whoever is contributor or signatory of" in page
    assert "of an organisation that oversees it" in page
    page = page_of(client, "/why/", of="ZA1", to="sign")
    assert "and nobody else" in page
    assert "You may enter and change records" in page_of(
        world.client(TRUST), "/why/", of="ZA1", to="write"
    )
    assert "Larkshire Partnership" in client.get("/why/", {"of": "Larkshire"}).content.decode()


def test_an_organisation_leads_to_what_the_person_may_see_beside_it(world: World) -> None:
    add_risk("RISK-1", "ZB1", "ZA1", title="Too few nurses")
    add_commitment("COM-1", "ZA1", aim="No corridor care")
    add_conversation("CON-1", "ZA2", title="Not of theirs")
    add_plan("Words")
    trust, region = world.client(TRUST), world.client(REGION)
    page = page_of(trust, "/organisations/ZA1/")
    for words in ("Too few nurses", "No corridor care", "NHSE region"):
        assert words in page
    for words in ("Plan of one year", "Not of theirs"):
        assert words not in page
    assert "Plan of one year" in page_of(region, "/organisations/ZA1/")
    act(model("together.Plan").objects.get(), ("hand-over", "region"))
    assert "Plan of one year" in page_of(trust, "/organisations/ZA1/")


def test_an_organisation_s_page_has_figures_then_plans_with_their_state_then_asks(
    world: World,
) -> None:
    act(add_plan("Words"), ("hand-over", "region"))
    add_friction("FR-1", "ZA1", what="Who pays", settled_on=world.today)
    add_friction("FR-2", "ZA1", what="Who leads")
    page = page_of(world.client(TRUST), "/organisations/ZA1/")
    heads = ("<h2>Figures</h2>", "<h2>Plans</h2>", "Open asks", "<h2>Frictions</h2>")
    places = [page.index(one) for one in heads]
    assert places == sorted(places)
    assert "With the ICB for comment</span>" in page
    assert re.search(r'Who pays</a> <span class="remit-quiet">Settled on \d+ \w+ \d{4}<', page)
    assert 'Who leads</a> <span class="remit-quiet">Open<' in page
    asks = page.split("Open asks")[1].split("</table>")[0]
    assert "Larkshire University" not in asks, "whose they are stands in the heading"


def test_a_token_is_not_offered_to_whom_it_gives_nothing(world: World) -> None:
    page = page_of(world.client(("ZA1", "administrator")), "/account/tokens/")
    assert "A token would give you nothing" in page
    assert "Make a token" not in page
    assert "Make a token" in page_of(world.client(TRUST), "/account/tokens/")
