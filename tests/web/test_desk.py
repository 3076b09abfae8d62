"""The pages of asks and actions, what a list shows, and what two people do to one record."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from typing import Any

import pytest

from remit.records.audit import SYSTEM, Event, create, entries_for, verify
from remit.records.loading import model
from remit.web.access.relations import NATIONAL
from remit.web.people.memberships import end_membership
from remit.web.people.models import SharingAgreement
from tests.web.world import SafeClient, World, add_action, add_ask

OWNER = "medical director"


def ask(code: str) -> Any:
    return model("Ask").objects.get(pk=f"ASK{code}")


def action(code: str) -> Any:
    return model("Action").objects.get(pk=f"ACT-{code}")


def page_of(client: SafeClient, address: str, **given: str) -> str:
    answer = client.get(address, given)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def seen_on(client: SafeClient, address: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page_of(client, address))
    assert found
    return found[1]


# Asks ---------------------------------------------------------------------------------------------


def test_an_ask_is_closed_with_its_answer_and_opened_again(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    answer = client.post("/asks/one/ASKZA1/closed/", {"answer": "sent on Monday"}, follow=True)
    assert "Ask ASKZA1 is closed now." in answer.content.decode()
    assert (ask("ZA1").status, ask("ZA1").answer) == ("closed", "sent on Monday")
    assert ask("ZA1").closed_on == world.today
    twice = client.post("/asks/one/ASKZA1/closed/", {"answer": ""})
    assert (twice.status_code, "closed already" in twice.content.decode()) == (409, True)
    client.post("/asks/one/ASKZA1/closed/", {"again": "1"})
    assert (ask("ZA1").status, ask("ZA1").closed_on) == ("open", None)
    assert client.post("/asks/one/ASKZA1/closed/", {"again": "1"}).status_code == 409
    verbs = [one.what for one in entries_for(ask("ZA1"))]
    assert verbs == ["open again", "close", "add"]


def test_an_answer_that_is_too_long_is_told_and_kept_on_the_page(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    answer = client.post("/asks/one/ASKZA1/closed/", {"answer": "word " * 201})
    assert answer.status_code == 400
    assert "word word" in answer.content.decode()
    assert ask("ZA1").status == "open"


@pytest.mark.parametrize(
    ("address", "said"),
    [("/asks/closed/", "No ask was chosen"), ("/actions/done/", "No action was chosen")],
)
def test_several_at_once_need_one_at_least(world: World, address: str, said: str) -> None:
    answer = world.client(("ZA1", "contributor")).post(address)
    assert (answer.status_code, said in answer.content.decode()) == (409, True)


def test_several_are_closed_and_done_at_once(world: World) -> None:
    client = world.client(("ZB1", "contributor"))
    given = {"id": ["ASKZA1", "ASKZA2", "ASKZA1"]}
    said = client.post("/asks/closed/", given, follow=True).content.decode()
    assert "Closed two asks." in said or "Closed 2 asks." in said
    client.post("/actions/done/", {"id": ["ACT-ZA1", "ACT-ZB1"]})
    assert {action(code).done_on for code in ("ZA1", "ZB1")} == {world.today}
    assert action("ZA2").done_on is None
    assert client.post("/actions/done/", {"id": ["ACT-ZA2", "ACT-ZA1"]}).status_code == 409
    assert action("ZA2").done_on is None


def test_filters_stand_in_the_address_and_are_kept_from_page_to_page(world: World) -> None:
    for number in range(60):
        add_ask(f"MORE{number:02}", "ZA1", title=f"Winter plan {number}")
    client = world.client(("ZA1", "reader"))
    first = page_of(client, "/asks/", q="winter", status="open", organisation="ZA1")
    assert "<h1>60 asks</h1>" in first
    assert "q=winter&amp;status=open&amp;organisation=ZA1&amp;page=2" in first
    second = page_of(client, "/asks/", q="winter", page="2")
    assert second.count("Winter plan") >= 10
    assert "q=winter&amp;page=1" in second
    assert "60 asks" in page_of(client, "/asks/", q="winter", page="many")
    closed = page_of(client, "/asks/", status="closed")
    assert "Winter plan" not in closed


def test_a_list_of_actions_by_state(world: World) -> None:
    add_action("ACT-D", "ASKZA1", done_on=world.today, what="Done and gone")
    add_action("ACT-L", "ASKZA1", due_on=world.today - timedelta(days=1), what="Late and here")
    client = world.client(("ZA1", "reader"))
    for given, shown in (({"state": "done"}, (True, False)), ({"state": "open"}, (False, True)),
                         ({"late": "1"}, (False, True)), ({"q": "gone"}, (True, False)),
                         ({"organisation": "ZA1"}, (True, True)),
                         ({"organisation": "ZA2"}, (False, False))):  # fmt: skip
        page = page_of(client, "/actions/", **given)
        assert ("Done and gone" in page, "Late and here" in page) == shown, given


@pytest.mark.parametrize("name", ["asks", "actions"])
def test_a_file_is_no_spreadsheet_attack(world: World, name: str) -> None:
    add_ask("ASKF", "ZA1", title='=HYPERLINK("https://evil.example")')
    add_action("ACT-F", "ASKF", what="@SUM(1+1)")
    text = world.client(("ZA1", "auditor")).get(f"/{name}.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 2
    assert not [value for row in rows for value in row.values() if value[:1] in {"=", "@", "+"}]


def test_no_markup_of_a_record_is_taken_for_the_page_s_own(world: World) -> None:
    bad = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    add_ask("ASKX", "ZA1", title=bad, due_on=world.today)
    add_action("ACT-X", "ASKX", what=bad, due_on=world.today)
    client = world.client(("ZA1", "signatory"))
    for address in ("/", "/asks/", "/asks/one/ASKX/", "/asks/one/ASKX/action/", "/actions/",
                    "/actions/one/ACT-X/", "/actions/one/ACT-X/change/", "/search/?q=alert",
                    "/changes/ask/ASKX/", "/organisations/ZA1/", f"/search/?q={bad}",
                    f"/why/?of={bad}", f"/asks/?q={bad}"):  # fmt: skip
        page = client.get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address


# Actions ------------------------------------------------------------------------------------------


def test_an_action_is_entered_with_its_day(world: World) -> None:
    client = world.client(("ZB1", "contributor"))
    given = {"what": "Send the plan", "owner": OWNER, "due_on": "2026-05-01"}
    answer = client.post("/asks/one/ASKZA1/action/", given)
    made = model("Action").objects.get(what="Send the plan")
    assert answer["Location"] == f"/actions/one/{made.pk}/"
    assert (made.organisation, made.owner, made.due_on) == ("ZA1", OWNER, date(2026, 5, 1))
    (entry,) = entries_for(made)
    assert entry.acting_for == "ZB1"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"what": "", "owner": OWNER}, "Enter what is to be done"),
        ({"what": "x", "owner": ""}, "Enter the role that owns it"),
        ({"what": "x", "owner": "Dr Jane Smith"}, "role"),
        ({"what": "x", "owner": OWNER, "due_on": "32 May"}, "Enter a day, such as"),
    ],
)
def test_a_form_that_will_not_do_says_why(world: World, given: dict[str, str], said: str) -> None:
    before = model("Action").objects.count()
    answer = world.client(("ZA1", "contributor")).post("/asks/one/ASKZA1/action/", given)
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert model("Action").objects.count() == before


def test_two_people_change_one_action_and_the_second_sees_both(world: World) -> None:
    one, other = world.client(("ZB1", "contributor")), world.client(("ZA1", "contributor"))
    address = "/actions/one/ACT-ZA1/change/"
    seen = seen_on(one, address)
    assert seen_on(other, address) == seen
    first = {"what": "Ask the ward", "owner": OWNER, "seen": seen}
    assert one.post(address, first).status_code == 302
    second = {"what": "Ask the board", "owner": "chief nurse", "seen": seen}
    clash = other.post(address, second)
    page = clash.content.decode()
    assert clash.status_code == 409
    assert "Ask the ward" in page
    assert "Ask the board" in page
    assert action("ZA1").what == "Ask the ward"
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found
    assert int(found[1]) > int(seen)
    assert other.post(address, {**second, "seen": found[1]}).status_code == 302
    assert action("ZA1").what == "Ask the board"
    assert verify().holds


def test_an_action_without_an_ask_says_which_conversation_it_came_from(world: World) -> None:
    create(Event(SYSTEM, "ZA1", "add"), model("Action"), action_id="ACT-M", organisation="ZA1",
           what="Bring the figures", owner=OWNER, conversation="Quarterly review",
           held_on=date(2026, 6, 3))  # fmt: skip
    client = world.client(("ZA1", "contributor"))
    for address in ("/actions/one/ACT-M/", "/actions/one/ACT-M/change/"):
        assert "Quarterly review, 3 June 2026" in page_of(client, address)
    assert "Bring the figures" in page_of(client, "/actions/")
    client.post("/actions/done/", {"id": "ACT-M"})
    assert action("M").done_on == world.today


def test_an_action_of_one_s_own_does_not_show_the_ask_of_another(world: World) -> None:
    add_ask("ASKS", "ZA2", title="What nobody else is to know")
    add_action("ACT-S", "ASKS", organisation="ZA1")
    client = world.client(("ZA1", "contributor"))
    for address in ("/actions/one/ACT-S/", "/actions/one/ACT-S/change/", "/actions/",
                    "/actions.csv", "/search/?q=ACT-S", "/search/?q=nobody",
                    "/changes/action/ACT-S/"):  # fmt: skip
        assert "nobody else is" not in page_of(client, address), address
    assert "that you may not see" in page_of(client, "/actions/one/ACT-S/")


@pytest.mark.parametrize("seen", ["", "abc", "-1"])
def test_a_change_without_what_stood_on_the_page_is_not_made(world: World, seen: str) -> None:
    client = world.client(("ZA1", "contributor"))
    given = {"what": "Other", "owner": OWNER, "seen": seen}
    assert client.post("/actions/one/ACT-ZA1/change/", given).status_code == 400
    assert action("ZA1").what == "Do ACT-ZA1"


def test_what_is_done_is_changed_by_nobody(world: World) -> None:
    client = world.client(("ZA1", "signatory"))
    client.post("/actions/done/", {"id": "ACT-ZA1"})
    answer = client.get("/actions/one/ACT-ZA1/change/")
    assert (answer.status_code, "is done" in answer.content.decode()) == (409, True)


def test_the_history_says_who_changed_what(world: World) -> None:
    client = world.client(("ZB1", "contributor"))
    client.post("/asks/one/ASKZA1/closed/", {"answer": "sent"})
    reader = world.client(("ZA1", "reader"))
    page = page_of(reader, "/changes/ask/ASKZA1/")
    assert world.account(("ZB1", "contributor")).name in page
    assert "Remit" in page
    changes = page_of(world.client(("ZA1", "auditor")), "/changes/")
    assert "ASKZA1" in changes
    assert "ASKZA2" not in changes


# Why, organisations, search -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("ZA1", "You see the records of"),
        ("ZA6", "You do not see the records of"),
        ("england", "You do not see the records of NHS England, national"),
        ("", "What you see follows three things"),
    ],
)
def test_why_is_a_page(world: World, asked: str, said: str) -> None:
    assert said in page_of(world.client(("ZB1", "reader")), "/why/", of=asked)


def test_why_names_the_nearest_of_an_unknown_organisation(world: World) -> None:
    answer = world.client(("ZB1", "reader")).get("/why/", {"of": "ZA11"})
    assert answer.status_code == 404
    assert "The register has no organisation “ZA11”." in answer.content.decode()


def test_an_agreement_opens_and_shuts_every_page_alike(world: World) -> None:
    client = world.client(("ZA1", "reader"))
    assert client.get("/asks/one/ASKZA2/").status_code == 404
    pairs = (("ZA1", "ZA2", True), ("ZB1", "ZA1", False))
    for seer, seen, sees in pairs:
        create(Event(SYSTEM, seer, "grant"), SharingAgreement, title="Joint board", seer=seer,
               seen=seen, sees=sees, source="minutes", valid_from=world.today)  # fmt: skip
    for address in ("/asks/", "/actions/", "/search/?q=ZA2", "/asks.csv", "/actions.csv"):
        assert "ZA2" in client.get(address).content.decode(), address
    assert "the agreement “Joint board” opens it" in page_of(client, "/why/", of="ZA2")
    icb = world.client(("ZB1", "contributor"))
    assert icb.get("/asks/one/ASKZA1/").status_code == 404
    assert icb.post("/asks/closed/", {"id": "ASKZA1"}).status_code == 404
    assert "ASKZA1" not in icb.get("/asks.csv").content.decode()
    assert str(SharingAgreement.objects.first()) == "Joint board"


def test_an_organisation_of_an_agreement_may_be_on_no_register(world: World) -> None:
    create(Event(SYSTEM, "ZB1", "grant"), SharingAgreement, title="Provider to be", seer="ZB1",
           seen="ZYNEW", sees=True, valid_from=world.today)  # fmt: skip
    add_ask("ASKNEW", "ZYNEW")
    client = world.client(("ZB1", "contributor"))
    for path in ("/organisations/", "/organisations/ZYNEW/", "/search/?q=ASKNEW", "/asks/"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "ZYNEW" in answer.content.decode(), path


def test_a_role_that_is_ended_shuts_from_that_day_on(world: World) -> None:
    account = world.account(("ZA1", "reader"))
    client = world.client(("ZA1", "reader"))
    assert client.get("/asks/one/ASKZA1/").status_code == 200
    held = account.memberships.get()
    end_membership(held, world.today, why="left")
    assert client.get("/asks/one/ASKZA1/").status_code == 404
    assert [one.what for one in entries_for(held)] == ["withdraw", "grant"]
    assert str(held) == f"{account.pk}: reader at ZA1"
    assert str(account) == account.name


def test_the_audit_knows_an_account_by_its_number_alone(world: World) -> None:
    from remit.records.audit.models import AuditEntry

    account = world.account(("ZA1", "contributor"))
    world.client(("ZA1", "contributor")).post("/asks/closed/", {"id": "ASKZA1"})
    who = set(AuditEntry.objects.values_list("who", flat=True))
    assert who == {SYSTEM, f"account-{account.pk}"}
    kept = {str(one) for row in AuditEntry.objects.values() for one in row.values()}
    assert not [one for one in kept if account.email in one or account.name in one]


def test_the_national_team_is_found_and_sees_all(world: World) -> None:
    client = world.client((NATIONAL, "reader"))
    assert "NHS England, national" in page_of(client, "/search/", q="england")
    assert client.get(f"/organisations/{NATIONAL}/").status_code == 200
    assert "ASKZA6" in page_of(client, "/asks/", organisation="ZA6")


def test_health_says_nothing_but_that_it_answers(world: World) -> None:
    assert SafeClient().get("/health/").content == b"ok\n"
