"""Pairs of asks outside a plan: proposed side by side, decided with a reason, and learnt from."""

from __future__ import annotations

import re

from remit.records.audit import entries_for, verify
from remit.records.loading import model
from tests.web.planned import AT, act, add_plan
from tests.web.queries import queries_of
from tests.web.world import SafeClient, World, add_ask

TWICE = "/asks/twice/"


def add_pair(world: World, code: str, *names: str) -> None:
    for name in names:
        add_ask(name, code, from_body="NHSE region", received_on=world.today,
                title="Weekly return of 62-day cancer waits",
                text="Please send the weekly return of 62-day cancer waits by Friday.")  # fmt: skip


def page_of(client: SafeClient, address: str = TWICE, status: int = 200, **given: str) -> str:
    answer = client.get(address, given)
    assert answer.status_code == status, address
    return str(answer.content.decode())


def decided(kind: str = "confirm", note: str = "One return in two words", *ids: str,
            code: str = "ZA1") -> dict[str, object]:  # fmt: skip
    return {"id": list(ids or ("TW1", "TW2")), "organisation": code, "kind": kind, "note": note}


def h1(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text, re.DOTALL)
    assert found
    return found[1]


def test_a_pair_is_confirmed_with_its_reason_and_holds(world: World) -> None:
    add_pair(world, "ZA1", "TW1", "TW2")
    trust = world.client(("ZA1", "contributor"))
    text = page_of(trust)
    assert h1(text).startswith("1 pair of 3 open asks may be asked twice of ")
    assert text.count('<dl class="web-side">') == 2
    assert trust.post(TWICE, decided()).status_code == 302
    (kept,) = model("Decision").objects.all()
    assert (kept.kind, kept.relation, kept.decided_by) == ("confirm", "duplicate", "contributor")
    assert kept.note == "One return in two words"
    text = page_of(trust)
    assert h1(text).startswith("No pair")
    assert "A person decided that they ask the same" in text
    assert re.search(
        r"\(contributor\), \d+ \w+ \d{4}: they ask the same: One return in two words", text
    )
    whose = entries_for(kept)
    assert next(one.what for one in whose) == "decide"
    verify()


def test_a_pair_that_overlaps_is_told_so_and_one_that_was_parted_is_not_proposed(
    world: World,
) -> None:
    add_pair(world, "ZA1", "TW1", "TW2")
    trust = world.client(("ZA1", "contributor"))
    trust.post(TWICE, decided("overlap"))
    assert "A person decided that they overlap" in page_of(trust)
    trust.post(TWICE, decided("split", "Two units"), follow=True)
    assert "TW2" not in page_of(trust)


def test_a_decision_without_a_reason_is_asked_for_it_and_nothing_is_kept(world: World) -> None:
    add_pair(world, "ZA1", "TW1", "TW2")
    trust = world.client(("ZA1", "contributor"))
    answer = trust.post(TWICE, decided(note="  "))
    assert answer.status_code == 400
    text = answer.content.decode()
    assert '<a href="#note-TW1-TW2">Enter why you decided so</a>' in text
    assert 'id="note-TW1-TW2" name="note"' in text
    assert not model("Decision").objects.exists()


def test_who_may_not_change_both_decides_nothing(world: World) -> None:
    add_pair(world, "ZA1", "TW1", "TW2")
    add_pair(world, "ZA2", "TW3")
    reader, trust = world.client(("ZA1", "reader")), world.client(("ZA1", "contributor"))
    assert "They ask the same" not in page_of(reader)
    assert reader.post(TWICE, decided()).status_code == 403
    assert trust.post(TWICE, decided("split", "no", "TW1", "TW3")).status_code == 404
    assert trust.post(TWICE, decided("split", "no", "TW1")).status_code == 409
    assert trust.post(TWICE, decided("marry")).status_code == 409
    other = world.client(("ZA2", "contributor"))
    assert "TW1" not in page_of(other, organisation="ZA1")
    assert other.post(TWICE, decided()).status_code == 404
    assert not model("Decision").objects.exists()


def test_who_oversees_several_chooses_one_of_them(world: World) -> None:
    add_pair(world, "ZA2", "TW1", "TW2")
    icb = world.client(("ZB1", "contributor"))
    assert "TW1" not in page_of(icb), "of its own asks first"
    text = page_of(icb, organisation="ZA2")
    assert '<option value="ZA2" selected>' in text
    answer = icb.post(TWICE, decided(code="ZA2"))
    assert answer["Location"] == f"{TWICE}?organisation=ZA2"


def test_a_page_of_pairs_asks_the_database_no_more_often_with_more(world: World) -> None:
    add_pair(world, "ZA1", "TW1", "TW2")
    trust = world.client(("ZA1", "contributor"))
    trust.post(TWICE, decided())
    few = queries_of(trust, TWICE)
    add_pair(world, "ZA1", "TW3", "TW4", "TW5")
    trust.post(TWICE, decided("split", "Two units", "TW1", "TW3"))
    assert queries_of(trust, TWICE) == few


def test_too_many_asks_are_said_to_be(world: World) -> None:
    from remit.web.desk import asked_twice

    add_pair(world, "ZA1", "TW1", "TW2")
    before, asked_twice.MOST_MATCHED = asked_twice.MOST_MATCHED, 2
    try:
        assert "too many to match" in h1(page_of(world.client(("ZA1", "reader"))))
    finally:
        asked_twice.MOST_MATCHED = before
    nobody = world.client()
    assert h1(page_of(nobody)) == "No open ask that you may see"


def test_what_was_kept_names_its_pair_and_a_second_click_decides_nothing(world: World) -> None:
    add_pair(world, "ZA1", "TW1", "TW2")
    trust = world.client(("ZA1", "contributor"))
    both = "“Weekly return of 62-day cancer waits” (TW1) and “Weekly return of 62-day cancer waits”"
    text = trust.post(TWICE, decided(), follow=True).content.decode()
    assert f"Kept: {both} (TW2): they ask the same." in text
    text = trust.post(TWICE, decided(), follow=True).content.decode()
    assert f"Already decided: {both} (TW2): they ask the same." in text
    assert model("Decision").objects.count() == 1
    assert '<details class="nhsuk-details">' in text, "what is decided stays folded"


def test_in_a_plan_the_pair_just_decided_stays_where_it_stood(world: World) -> None:
    """So that a second click at the same place does not decide the next one."""
    act(add_plan(), *AT["comment"])
    add_pair(world, "ZA1", *(f"TW{number}" for number in range(1, 6)))
    trust, address = world.client(("ZA1", "contributor")), "/plans/one/PLAN-1/twice/"
    text = page_of(trust, address)
    assert re.search(r'<a href="[^"]*\?all=1">\w+ more pairs after these</a>', text)
    assert len(re.findall(r'name="place"', page_of(trust, address, all="1"))) > 5
    first = re.findall(r'name="id" value="(TW\d)"', text)[:2]
    given = {"id": first, "kind": "confirm", "place": "0"}
    answer = trust.post(address, given)
    text = page_of(trust, answer["Location"])
    before = text.split("<form action")[0]
    assert '<li id="kept">' in text.split(f'<form action="{address}"')[0], before[-300:]
    again = trust.post(address, given, follow=True).content.decode()
    assert "Already decided: " in again
    assert model("Decision").objects.count() == 1
    assert trust.get(f"{answer['Location']}&place=9999999").status_code == 200
