"""Friction and shared risks: what is open for how long, who sees it, and what nobody changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remit.records.audit import SYSTEM, Event, change, entries_for, verify
from remit.records.loading import model
from remit.web.access.relations import NATIONAL
from tests.web.test_conversations import ago, seen_mark
from tests.web.test_desk import page_of
from tests.web.together_world import add_friction, add_risk
from tests.web.world import World, add_ask


def friction(key: str = "FR-1") -> Any:
    return model("Friction").objects.get(pk=key)


def risk(key: str = "RISK-1") -> Any:
    return model("Risk").objects.get(pk=key)


# Friction -----------------------------------------------------------------------------------------


def test_the_oldest_open_friction_comes_first(world: World) -> None:
    add_friction("FR-NEW", "ZA1", raised_on=ago(world, 3))
    add_friction("FR-OLD", "ZA1", "ZA1", "ZB1", raised_on=ago(world, 41), escalated_to="ZR1",
                 escalated_on=ago(world, 9))  # fmt: skip
    add_friction("FR-DONE", "ZA1", raised_on=ago(world, 90), settled_on=ago(world, 50))
    add_friction("FR-ELSE", "ZA2", raised_on=ago(world, 99))
    client = world.client(("ZA1", "reader"))
    page = page_of(client, "/friction/")
    assert "<h1>2 frictions are open, the oldest for 41 days</h1>" in page
    assert "1 open one was taken to somebody" in page
    assert "1 friction was settled" in page
    places = [page.index(f"/friction/one/FR-{key}/") for key in ("OLD", "NEW", "DONE")]
    assert places == sorted(places)
    assert "FR-ELSE" not in page
    for given, keys in (({"state": "open"}, {"OLD", "NEW"}), ({"state": "settled"}, {"DONE"}),
                        ({"state": "escalated"}, {"OLD"}), ({"q": "fr-new"}, {"NEW"})):  # fmt: skip
        found = page_of(client, "/friction/", **given)
        assert {k for k in ("OLD", "NEW", "DONE") if f"/one/FR-{k}/" in found} == keys, given


def test_a_friction_is_entered_escalated_and_settled(world: World) -> None:
    client = world.client(("ZB1", "contributor"))
    given = {"what": "Who leads on discharge", "organisation": "ZB1", "between": "ZA1, ZA2",
             "raised_on": str(ago(world, 20)), "asks": "ASKZA1"}  # fmt: skip
    assert client.post("/friction/new/", given).status_code == 302
    found = model("Friction").objects.get(what="Who leads on discharge")
    address = f"/friction/one/{found.pk}/"
    assert [one.organisation for one in found.bodies.order_by("place")] == ["ZA1", "ZA2"]
    page = page_of(world.client(("ZA2", "reader")), address)
    assert "It is about 1 ask that you may not see" in page
    assert "ASKZA1" not in page
    region = world.client(("ZR2", "reader"))
    assert region.get(address).status_code == 404
    sent = {"escalated_to": "ZR2", "escalated_on": str(ago(world, 5)),
            "seen": seen_mark(client, f"{address}escalated/")}  # fmt: skip
    assert client.post(f"{address}escalated/", sent).status_code == 302
    assert "Open for 20 days" in page_of(region, address)
    sent = {"settled_how": "By the map of remits", "settled_on": str(ago(world, 1)),
            "seen": seen_mark(client, f"{address}settled/")}  # fmt: skip
    assert client.post(f"{address}settled/", sent).status_code == 302
    assert "Settled by NHS Larkshire" in page_of(region, address)
    assert [one.what for one in entries_for(found)] == ["settle", "escalate", "add"]
    for name in ("change", "settled", "escalated"):
        for answer in (client.get(f"{address}{name}/"), client.post(f"{address}{name}/", sent)):
            assert answer.status_code == 409
            assert "what was settled is not changed" in answer.content.decode()
    assert verify().holds


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"between": "ZA1"}, "Name two organisations or more"),
        ({"raised_on": "2999-01-01"}, "Enter a day that has come"),
        ({"asks": "ASKZA6"}, "There is no ask “ASKZA6” that you may see"),
        ({"what": ""}, "Enter what they differ about"),
    ],
)
def test_a_friction_that_will_not_do_says_why(
    world: World, given: dict[str, str], said: str
) -> None:
    sent = {"what": "Who leads", "organisation": "ZA1", "between": "ZA1, ZB1",
            "raised_on": "2026-01-05", **given}  # fmt: skip
    answer = world.client(("ZA1", "contributor")).post("/friction/new/", sent)
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert not model("Friction").objects.exists()


def test_it_is_not_settled_before_it_was_raised(world: World) -> None:
    add_friction("FR-1", "ZA1", raised_on=ago(world, 3))
    client = world.client(("ZA1", "contributor"))
    address = "/friction/one/FR-1/settled/"
    sent = {"settled_how": "By talk", "settled_on": str(ago(world, 4))}
    answer = client.post(address, sent | {"seen": seen_mark(client, address)})
    assert (answer.status_code, "raised after that day" in answer.content.decode()) == (409, True)
    assert friction().settled_on is None


def test_of_two_who_take_it_to_somebody_the_second_sees_both(world: World) -> None:
    add_friction("FR-1", "ZA1", "ZA1", "ZB1")
    one, other = world.client(("ZB1", "contributor")), world.client(("ZA1", "contributor"))
    address = "/friction/one/FR-1/escalated/"
    sent = {"escalated_on": str(world.today), "seen": seen_mark(other, address)}
    assert one.post(address, sent | {"escalated_to": "ZR1"}).status_code == 302
    answer = other.post(address, sent | {"escalated_to": "ENGLAND"})
    page = answer.content.decode()
    assert (answer.status_code, "now: ZR1" in page, 'value="ENGLAND"' in page) == (409, True, True)
    assert friction().escalated_to == "ZR1"


def test_a_change_keeps_bodies_without_a_code_and_asks_that_are_not_seen(world: World) -> None:
    from tests.web.together_world import make

    found = add_friction("FR-1", "ZB1", "ZA1")
    make("FrictionBody", "ZB1", friction=found, place=2, body="NHSE region")
    add_ask("ASKN", "ZA2")
    make("FrictionAsk", "ZB1", friction=found, place=1, ask_id="ASKN")
    client = world.client(("ZA1", "contributor"))
    address = "/friction/one/FR-1/change/"
    sent = {"what": "Who leads", "between": "ZA1, ZA2", "raised_on": "2026-01-05",
            "asks": "ASKZA1", "seen": seen_mark(client, address)}  # fmt: skip
    assert "ASKN" not in page_of(client, address)
    assert client.post(address, sent).status_code == 302
    assert {one.body[:4] for one in found.bodies.all()} >= {"NHSE"}
    assert {one.organisation for one in found.bodies.all()} == {"ZA1", "ZA2", None}
    assert set(found.named.values_list("ask_id", flat=True)) == {"ASKN", "ASKZA1"}
    assert "NHSE region" in page_of(client, "/friction/one/FR-1/")
    assert entries_for(found)[0].acting_for == "ZA1"


# Shared risks -------------------------------------------------------------------------------------


def test_the_list_says_which_risks_are_no_lower_for_what_is_done(world: World) -> None:
    add_risk("RISK-1", "ZA1", "ZB1", score_before=16, score_after=9)
    add_risk("RISK-2", "ZA1", score_before=12, score_after=12, review_on=ago(world, 2))
    add_risk("RISK-3", "ZA1", score_before=16)
    add_risk("RISK-4", "ZA1", score_before=20, score_after=20, closed_on=ago(world, 1))
    add_risk("RISK-5", "ZA2", score_before=20, score_after=20)
    client = world.client(("ZA1", "reader"))
    page = page_of(client, "/risks/")
    assert "<h1>1 of 2 scored open risks scores no lower for what is done</h1>" in page
    assert "3 shared risks are open, 1 of them without both scores" in page
    assert "16 (extreme), then 9 (high)" in page
    places = [page.index(f"/risks/one/RISK-{n}/") for n in (3, 2, 1, 4)]
    assert places == sorted(places)
    assert "RISK-5" not in page
    one = page_of(client, "/risks/one/RISK-3/")
    assert "Not scored yet with what is done" in one
    assert "Never scored" not in one, "it was scored before"
    for given, keys in (({"state": "closed"}, {"4"}), ({"state": "open"}, {"1", "2", "3"}),
                        ({"q": "risk-2"}, {"2"})):  # fmt: skip
        found = page_of(client, "/risks/", **given)
        assert {k for k in "1234" if f"/one/RISK-{k}/" in found} == keys, given


def test_a_risk_is_shared_scored_and_closed_and_its_move_is_told(world: World) -> None:
    client, trust = world.client(("ZB1", "contributor")), world.client(("ZA1", "contributor"))
    given = {"title": "Nurses", "what": "Too few by winter", "organisation": "ZB1",
             "holder": "chief nurse", "others": "ZA1, ZA2", "raised_on": str(world.today),
             "score_before": "16", "score_after": "16"}  # fmt: skip
    assert client.post("/risks/new/", given).status_code == 302
    found = model("Risk").objects.get(title="Nurses")
    address = f"/risks/one/{found.pk}/"
    assert [s.organisation for s in found.shares.order_by("place")] == ["ZB1", "ZA1", "ZA2"]
    assert "Not moved since" in page_of(trust, address)
    mine = found.shares.get(organisation="ZA1")
    share = f"{address}share/{mine.pk}/"
    sent = {"share": "wards", "percent": "60", "mitigation": "joint bank"}
    assert trust.post(share, sent | {"seen": seen_mark(trust, share)}).status_code == 302
    assert "give a percentage for each organisation, or for none" in page_of(trust, address)
    others = f"{address}share/{found.shares.get(organisation='ZA2').pk}/"
    assert trust.get(others).status_code == 403
    assert trust.get(f"{address}change/").status_code == 403
    assert trust.post(f"{address}closed/").status_code == 403
    assert trust.get(f"{address}share/{2**70}/").status_code == 404
    assert client.get(f"{address}share/{mine.pk + 10**6}/").status_code == 404
    change = f"{address}change/"
    later = given | {"score_after": "9", "seen": seen_mark(client, change)}
    assert client.post(change, later).status_code == 302
    page = page_of(trust, address)
    assert "Nurses: 9 in place of 16 for what is done" in page
    assert "Down from 16 to 9 since" in page
    mine.refresh_from_db()
    assert (mine.share, mine.percent, mine.mitigation) == ("wards", 60.0, "joint bank")
    assert client.post(f"{address}closed/").status_code == 302
    for answer in (client.get(change), client.post(f"{address}closed/"), trust.get(share)):
        assert answer.status_code == 409
        assert "what was closed is not changed" in answer.content.decode()
    assert "wards" in page_of(trust, f"/changes/risk/{found.pk}/")
    assert verify().holds


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"holder": "Dr Jane Smith"}, "reads as a person"),
        ({"others": ""}, "Enter the organisations"),
        ({"score_after": "7"}, "Select a valid choice"),
    ],
)
def test_a_risk_that_will_not_do_says_why(world: World, given: dict[str, str], said: str) -> None:
    sent = {"title": "Nurses", "what": "Too few", "organisation": "ZB1", "holder": "chief nurse",
            "others": "ZA1", "raised_on": "2026-01-05", **given}  # fmt: skip
    answer = world.client(("ZB1", "contributor")).post("/risks/new/", sent)
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert not model("Risk").objects.exists()


def test_two_change_one_share_and_the_second_sees_both(world: World) -> None:
    found = add_risk("RISK-1", "ZB1", "ZA1")
    one, other = world.client(("ZB1", "contributor")), world.client(("ZA1", "contributor"))
    share = f"/risks/one/RISK-1/share/{found.shares.get(organisation='ZA1').pk}/"
    seen = {"seen": seen_mark(other, share)}
    assert one.post(share, {"share": "by the ICB", **seen}).status_code == 302
    answer = other.post(share, {"share": "by the trust", **seen})
    page = answer.content.decode()
    assert (answer.status_code, "by the ICB" in page, "by the trust" in page) == (409, True, True)


def test_a_move_says_up_back_and_what_is_not_known(world: World) -> None:
    from remit.web.desk.together.risk_moves import moves_of

    found = add_risk("RISK-1", "ZA1", score_after=6)
    for score in (12, None):
        change(Event(SYSTEM, "ZA1", "edit"), found, score_after=score)
    moved = moves_of([found])["RISK-1"]
    assert (moved.first, moved.now, moved.way, moved.is_whole) == (6, 12, 6, False)
    change(Event(SYSTEM, "ZA1", "edit"), found, score_after=6)
    page = page_of(world.client(("ZA1", "reader")), "/risks/one/RISK-1/")
    assert "not moved" not in page
    assert moves_of([add_risk("RISK-2", "ZA1")]) == {}


# Both ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["friction", "risks"])
def test_a_list_asks_as_often_for_sixty_as_for_one(world: World, name: str) -> None:
    client = world.client((NATIONAL, "reader"))
    counts = []
    for size in (1, 60):
        for number in range(size):
            key = f"{size}-{number}"
            add_friction(f"FR-{key}", "ZA1", "ZA1", "ZB1")
            add_risk(f"RISK-{key}", "ZA1", "ZB1", score_after=9)
        page_of(client, f"/{name}/")
        with CaptureQueriesContext(connection) as asked:
            page_of(client, f"/{name}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_no_markup_of_a_record_is_taken_for_the_page_s_own(world: World) -> None:
    bad = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    add_friction("FR-1", "ZA1", what=bad, settled_how=bad, raised_on=ago(world, 1))
    found = add_risk("RISK-1", "ZA1", title=bad, what=bad)
    change(Event(SYSTEM, "ZA1", "edit"), found.shares.get(), share=bad, mitigation=bad)
    client = world.client(("ZA1", "signatory"))
    for address in ("/friction/", "/friction/one/FR-1/", "/friction/one/FR-1/change/", "/risks/",
                    "/risks/one/RISK-1/", "/risks/one/RISK-1/change/", "/changes/risk/RISK-1/",
                    f"/friction/?q={bad}"):  # fmt: skip
        page = client.get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
