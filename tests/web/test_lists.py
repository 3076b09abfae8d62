"""Lists as somebody works through them: filters kept, sorting, several changed at once, undo."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from remit.records.audit import Event, change, entries_for, erase_fields, verify
from remit.records.loading import model
from remit.web.access.policies import PolicyRefusal, can_undo, check_undo
from tests.web.queries import queries_of
from tests.web.world import SafeClient, World, add_action, add_ask

SEVERAL = "/actions/several/"


def action(code: str) -> Any:
    return model("Action").objects.get(pk=f"ACT-{code}")


def page_of(client: SafeClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def in_turn(page: str, *words: str) -> bool:
    places = [page.index(one) for one in words]
    return places == sorted(places)


# Filters and order --------------------------------------------------------------------------------


def test_a_record_leads_back_to_the_list_as_it_was_left(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    page = page_of(client, "/actions/?state=open&organisation=ZA1&sort=owner")
    kept = "state=open&organisation=ZA1&sort=owner"
    link = f"/actions/one/ACT-ZA1/?list={quote(kept)}"
    assert link in page
    record = page_of(client, link)
    assert f'href="/actions/?{kept.replace("&", "&amp;")}">Back to the list' in record
    form = f"/actions/one/ACT-ZA1/change/?list={quote(kept)}"
    assert form in record
    seen = re.search(r'name="seen" value="(\d+)"', page_of(client, form))
    assert seen
    given = {"what": "Do", "owner": "chief nurse", "seen": seen[1], "list": kept}
    answer = client.post("/actions/one/ACT-ZA1/change/", given, follow=True)
    assert "Action ACT-ZA1 is changed." in answer.content.decode()
    assert f'href="/actions/?{kept.replace("&", "&amp;")}">Back' in answer.content.decode()
    done = client.post("/actions/done/", {"id": ["ACT-ZA1"], "list": kept})
    assert done["Location"] == f"/actions/?{kept}"
    closed = client.post("/asks/closed/", {"id": ["ASKZA1"], "list": "status=open&q=a b"})
    assert closed["Location"] == "/asks/?status=open&q=a+b"


@pytest.mark.parametrize(
    "given", ["//evil.example", "https://evil.example/?x=1", "next=//evil.example", "a=\r\nB: c"]
)
def test_the_way_back_leads_nowhere_else(world: World, given: str) -> None:
    client = world.client(("ZA1", "contributor"))
    answer = client.post("/actions/done/", {"id": ["ACT-ZA1"], "list": given})
    assert answer["Location"] == "/actions/"
    page = page_of(client, f"/actions/one/ACT-ZA1/?list={quote(given)}")
    assert "evil.example" not in page


def test_lists_are_sorted_and_say_what_they_leave_out(world: World) -> None:
    add_action("ACT-1", "ASKZA1", what="Bravo", owner="chief nurse", due_on=None)
    add_action("ACT-2", "ASKZA1", what="Alpha", owner="chair", due_on=world.today)
    late = world.today - timedelta(days=1)
    add_action("ACT-3", "ASKZA1", what="Charlie", owner="medical director", due_on=late)
    client = world.client(("ZA1", "reader"))
    due = page_of(client, "/actions/")
    assert "<h1>4 actions, 1 of them late</h1>" in due
    assert in_turn(due, "Charlie", "Alpha", "Do ACT-ZA1", "Bravo")
    assert in_turn(page_of(client, "/actions/?sort=what"), "Alpha", "Bravo", "Charlie")
    assert in_turn(page_of(client, "/actions/?sort=owner"), "Alpha", "Bravo", "Charlie")
    assert in_turn(page_of(client, "/actions/?sort=last"), "Do ACT-ZA1", "Alpha", "Charlie")
    assert in_turn(page_of(client, "/actions/?sort=pk;drop"), "Charlie", "Alpha", "Bravo")
    some = page_of(client, "/actions/?state=open&organisation=ZA1&q=rav")
    assert "Only what is open, of " in some
    assert "(ZA1), with the words “rav”." in some


def test_asks_are_sorted(world: World) -> None:
    add_ask("ASK1", "ZA1", title="Zulu", from_body="Audit Wales", due_on=world.today)
    add_ask("ASK2", "ZA1", title="Yankee", from_body="CQC", received_on=world.today)
    client = world.client(("ZA1", "reader"))
    assert in_turn(page_of(client, "/asks/"), "Yankee", "Zulu")
    for sort, first in (("due", "Zulu"), ("from", "Zulu"), ("title", "Return"), ("x", "Yankee")):
        rows = page_of(client, f"/asks/?sort={sort}").split("<tbody>")[1]
        titles = re.findall(r"Zulu|Yankee|Return", rows)
        assert titles[0] == first, sort


def test_a_long_list_says_which_numbers_are_shown(world: World) -> None:
    for number in range(60):
        add_ask(f"MORE{number:02}", "ZA1", title=f"Winter plan {number}")
    client = world.client(("ZA1", "reader"))
    assert "Numbers 1 to 50 are on this page." in page_of(client, "/asks/?q=winter")
    second = page_of(client, "/asks/?q=winter&page=2")
    assert "Numbers 51 to 60 are on this page." in second
    assert "?list=q%3Dwinter%26page%3D2" in second


# Several at once ----------------------------------------------------------------------------------


def several(client: SafeClient, *ids: str, **given: Any) -> Any:
    return client.post(SEVERAL, {"id": list(ids), **given})


def seen_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(seen-[^"]+)" value="(\d+)"', page))


def test_several_are_changed_after_a_look_at_what_will(world: World) -> None:
    client = world.client(("ZB1", "contributor"))
    ids = ("ACT-ZA1", "ACT-ZA2")
    first = several(client, *ids)
    assert "<h1>Change 2 actions</h1>" in first.content.decode()
    given = {"owner": "chief nurse", "due_on": "2027-01-31"}
    look = several(client, *ids, step="look", list="state=open", **given).content.decode()
    assert "<h1>2 actions of 2 will change</h1>" in look
    assert "<del>medical director</del> <ins>chief nurse</ins>" in look
    assert action("ZA1").owner == "medical director"
    done = several(client, *ids, step="do", list="state=open", **given, **seen_of(look))
    assert done["Location"] == "/actions/?state=open"
    for code in ("ZA1", "ZA2"):
        assert (action(code).owner, str(action(code).due_on)) == ("chief nurse", "2027-01-31")
        assert entries_for(action(code))[0].what == "edit"
    assert action("ZB1").owner == "medical director"


def test_what_is_left_blank_stays(world: World) -> None:
    client, before = world.client(("ZA1", "contributor")), action("ZA1").due_on
    look = several(client, "ACT-ZA1", step="look", owner="chair").content.decode()
    several(client, "ACT-ZA1", step="do", owner="chair", **seen_of(look))
    assert (action("ZA1").owner, action("ZA1").due_on) == ("chair", before)


def test_a_change_by_another_meanwhile_stops_them_all(world: World) -> None:
    client = world.client(("ZB1", "contributor"))
    ids = ("ACT-ZA1", "ACT-ZA2")
    look = several(client, *ids, step="look", owner="chair").content.decode()
    other = world.account(("ZA2", "contributor"))
    change(Event(f"account-{other.pk}", "ZA2", "edit"), action("ZA2"), owner="company secretary")
    answer = several(client, *ids, step="do", owner="chair", **seen_of(look))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody changed one of them meanwhile" in page
    assert "<del>company secretary</del>" in page
    assert [action(code).owner for code in ("ZA1", "ZA2")] == ["medical director",
                                                             "company secretary"]  # fmt: skip
    again = several(client, *ids, step="do", owner="chair", **seen_of(page))
    assert again.status_code == 302
    assert verify().first_broken is None


def test_several_need_a_change_a_role_and_an_action(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    nothing = several(client, "ACT-ZA1", step="look")
    assert (nothing.status_code, "Enter an owner, a day" in nothing.content.decode()) == (400, True)
    named = several(client, "ACT-ZA1", step="do", owner="Priya Sharma")
    assert (named.status_code, "reads as a person" in named.content.decode()) == (400, True)
    none = client.post(SEVERAL)
    assert (none.status_code, "No action was chosen" in none.content.decode()) == (409, True)
    unseen = several(client, "ACT-ZA1", step="do", owner="chair")
    assert unseen.status_code == 409
    assert action("ZA1").owner == "medical director"


def test_several_obey_the_rule_of_each(world: World) -> None:
    """One that may not be seen or changed, or is done, stops them all, at each step."""
    client = world.client(("ZA1", "contributor"), ("ZB2", "reader"))
    add_action("ACT-D", "ASKZA1", done_on=world.today)
    for step in ("", "look", "do"):
        for other, status in (("ACT-ZA2", 404), ("ACT-ZA6", 403), ("ACT-D", 409)):
            answer = several(client, "ACT-ZA1", other, step=step, owner="chair")
            assert answer.status_code == status, (step, other)
    assert action("ZA1").owner == "medical director"


def test_a_look_at_many_asks_the_database_no_more_often(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = world.client(("ZA1", "contributor"))
    counts = []
    for more in range(2):
        ids = ["ACT-ZA1"]
        for number in range(more * 20):
            add_action(f"ACT-{number}", "ASKZA1")
            ids.append(f"ACT-{number}")
        several(client, *ids)
        with CaptureQueriesContext(connection) as found:
            several(client, *ids)
        # Whether one may be written is asked of each, as of one alone.
        counts.append(len(found) - 2 * len(ids))
    assert counts[1] <= counts[0]
    assert queries_of(client, "/actions/?sort=owner") < 40


# Undo ---------------------------------------------------------------------------------------------

UNDO = "/changes/action/ACT-ZA1/undo/"


def changed(client: SafeClient, **given: str) -> None:
    page = page_of(client, "/actions/one/ACT-ZA1/change/")
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    sent = {"what": "Do", "owner": "chair", "seen": seen[1], **given}
    assert client.post("/actions/one/ACT-ZA1/change/", sent).status_code == 302


def test_ones_own_last_change_is_undone_by_a_new_entry(world: World) -> None:
    client, before = world.client(("ZA1", "contributor")), action("ZA1")
    assert "Undo your last change" not in page_of(client, "/actions/one/ACT-ZA1/")
    changed(client, due_on="2027-03-01")
    assert "Undo your last change" in page_of(client, "/actions/one/ACT-ZA1/")
    page = page_of(client, UNDO)
    assert "What is to be done" in page
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    answer = client.post(UNDO, {"seen": seen[1]}, follow=True)
    assert "The last change of ACT-ZA1 is undone." in answer.content.decode()
    now = action("ZA1")
    assert (now.what, now.owner, now.due_on) == (before.what, before.owner, before.due_on)
    assert [one.what for one in entries_for(now)] == ["undo", "edit", "add"]
    assert client.get(UNDO).status_code == 409
    assert verify().first_broken is None


def test_what_was_done_or_closed_by_mistake_is_undone(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    client.post("/actions/done/", {"id": ["ACT-ZA1"]})
    client.post("/asks/one/ASKZA1/closed/", {"answer": "sent"})
    for kind, key in (("action", "ACT-ZA1"), ("ask", "ASKZA1")):
        address = f"/changes/{kind}/{key}/undo/"
        seen = re.search(r'name="seen" value="(\d+)"', page_of(client, address))
        assert seen
        assert client.post(address, {"seen": seen[1]}).status_code == 302
    assert action("ZA1").done_on is None
    ask = model("Ask").objects.get(pk="ASKZA1")
    assert (ask.status, ask.closed_on, ask.answer) == ("open", None, None)


def test_nobody_undoes_what_another_changed_or_what_changed_since(world: World) -> None:
    client, other = world.client(("ZA1", "contributor")), world.client(("ZB1", "contributor"))
    changed(client)
    page = page_of(client, UNDO)
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    assert other.get(UNDO).status_code == 409
    assert client.post(UNDO, {"seen": "0"}).status_code == 409
    changed(other, owner="chief nurse")
    assert client.post(UNDO, {"seen": seen[1]}).status_code == 409
    assert "Undo your last change" not in page_of(client, "/actions/one/ACT-ZA1/")
    assert action("ZA1").owner == "chief nurse"
    assert client.get("/changes/plan/1/undo/").status_code == 404


def test_what_was_signed_or_erased_is_not_undone(world: World) -> None:
    account = world.account(("ZA1", "contributor"))
    who = f"account-{account.pk}"
    change(Event(who, "ZA1", "sign"), action("ZA1"), owner="chair")
    change(Event(who, "ZA1", "edit"), action("ZA1"), owner="chief nurse")
    with pytest.raises(PolicyRefusal, match="signed"):
        check_undo(entries_for(action("ZA1")), who)
    change(Event(who, "ZA2", "edit"), action("ZA2"), what="Do another thing")
    assert can_undo(entries_for(action("ZA2")), who)
    erase_fields(Event(who, "ZA2", "erase"), action("ZA2"), "what", put="[erased]")
    assert not can_undo(entries_for(action("ZA2")), who)
    assert not can_undo([], who)
