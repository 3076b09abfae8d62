"""What somebody sends who means harm, with an account or without one."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from remit.records.together.models import Commitment, CommitmentParty, CommitmentTie
from remit.web.mine.feeds import begin_feed
from remit.web.mine.held_rows import hold_rows
from remit.web.mine.models import WaitingRows
from remit.web.people.models import Account
from remit.web.running.tasks import keep_house
from tests.web.instance import ADDRESS
from tests.web.together_world import add_conversation, add_friction, add_point, make
from tests.web.world import SafeClient, World, add_action, add_ask


@pytest.fixture(autouse=True)
def counted_anew(tables: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


# What is sent -------------------------------------------------------------------------------------


class Told(io.BytesIO):
    """What is sent, which tells whether somebody read it."""

    was_read = False

    def read(self, *how: Any) -> bytes:
        self.was_read = True
        return super().read(*how)


@pytest.mark.parametrize("address", ["/sign-in/", "/asks/bring-in/", "/api/asks/A/close", "/no/"])
def test_what_is_too_large_is_not_read_from_a_stranger(base: None, address: str) -> None:
    """The check against forgery reads a form, files and all, before anybody is asked who it is."""
    client = SafeClient(enforce_csrf_checks=True)
    client.cookies["__Host-remit-csrf"] = "a" * 32
    file = b'--X\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    for length in ("5242881", "9" * 30, "-1", "²"):
        sent = Told(file)
        answer = client.generic(
            "POST", address, file, "multipart/form-data; boundary=X",
            **{"CONTENT_LENGTH": length, "wsgi.input": sent, "HTTP_ORIGIN": ADDRESS},
        )  # fmt: skip
        assert (answer.status_code, sent.was_read) == (413, False), length
        assert answer["Cache-Control"] == "no-store, private"
        assert "larger than is taken here" in answer.content.decode()


# Attempts are counted -----------------------------------------------------------------------------


def test_attempts_stay_counted_however_much_else_is(base: None) -> None:
    """Who tries many accounts from many addresses does not push out what was counted of one."""
    email = "asha@remit.example"
    Account.objects.make(email, "Asha Bell", "three lanterns over Larkshire")
    given = {"login": email, "password": "a wrong guess"}
    for number in range(5):
        SafeClient().post("/sign-in/", given, REMOTE_ADDR=f"198.51.100.{number}")
    for number in range(400):  # a full cache lets those go first that come first in the alphabet
        cache.set(f"z{number}", [1.0])
    right = given | {"password": "three lanterns over Larkshire"}
    shut = SafeClient().post("/sign-in/", right, REMOTE_ADDR="198.51.100.99")
    assert "too many attempts" in shut.content.decode()


# Identifiers of others ----------------------------------------------------------------------------

ODD = ("QUE/2026/1", "..", ".", "a~2Fb", "A#1?x=2", "closed/", "é/ü", "%2F", "\\..\\")


def test_asks_whose_numbers_are_odd_shut_nobody_out(world: World) -> None:
    """A sender's own number stands in addresses; with a stroke in it every list was a fault."""
    asks = [add_ask(number, "ZA1", due_on=world.today) for number in ODD]
    client = world.client(("ZA1", "signatory"))
    for address in ("/", "/search/?q=Return", "/organisations/ZA1/", "/commitments/none/ask/"):
        assert client.get(address).status_code == 200, address
    listed = client.get("/asks/").content.decode()
    for ask in asks:
        page = reverse("ask", args=[ask.pk])
        assert f'href="{page}' in listed
        assert not {"", ".", ".."} & set(page.strip("/").split("/"))
        assert client.post(f"{page}closed/", {"answer": "sent"}).status_code == 302, ask.pk
        ask.refresh_from_db()
        assert ask.status == "closed"
        for one in (page, *(reverse(name, args=["ask", ask.pk]) for name in ("history", "undo"))):
            assert client.get(one).status_code == 200, one
    said = client.post(reverse("ask_remark", args=[ODD[0]]), {"text": "Sent"})
    assert said["Location"] == reverse("ask", args=[ODD[0]])
    assert world.client(("ZA2", "signatory")).get(said["Location"]).status_code == 404


# Values at the edge -------------------------------------------------------------------------------


def test_the_last_day_there_is_shuts_no_calendar(world: World) -> None:
    add_action("ACT-LAST", "ASKZA1", due_on=date.max)
    add_action("ACT-FIRST", "ASKZA1", due_on=date.min)
    secret = begin_feed(world.account(("ZA1", "reader")), timezone.now())
    answer = SafeClient().get(f"/calendar/{secret}.ics")
    assert answer.status_code == 200
    assert {"DTSTART;VALUE=DATE:99991231", "DTSTART;VALUE=DATE:00010101"} <= set(
        answer.content.decode().split("\r\n")
    )


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("/asks/closed/", {"id": ["\0", "ASKZA1"]}),
        ("/asks/closed/", {"id": ["ASKZA1", "\0"]}),
        ("/actions/done/", {"id": "ACT\0"}),
        ("/actions/several/", {"id": "\0", "step": "look"}),
        ("/asks/bring-in/", {"token": "\0"}),
        ("/actions/bring-in/", {"token": "a\0"}),
        ("/plans/one/PLAN-1/twice/", {"id": ["\0", "b"], "kind": "split"}),
    ],
)
def test_a_sign_of_value_zero_is_no_fault_of_the_application(
    world: World, address: str, given: dict[str, Any]
) -> None:
    """PostgreSQL keeps none and takes none in a question."""
    assert world.client(("ZR1", "signatory")).post(address, given).status_code == 400
    first = {"q": ["\0", "plain"]}
    assert world.client(("ZR1", "signatory")).get("/search/", first).status_code == 400


@pytest.mark.parametrize("seen", ["²", "9" * 5000, "9" * 30, "-1", "1e3", "\u0663\u0663" * 9])
def test_what_no_page_had_shown_changes_nothing(world: World, seen: str) -> None:
    client = world.client(("ZA1", "contributor"))
    said = {"what": "Other", "owner": "chief nurse", "seen": seen}
    assert client.post("/actions/one/ACT-ZA1/change/", said).status_code == 400
    many = {"id": "ACT-ZA1", "step": "do", "owner": "chief nurse", "seen-ACT-ZA1": seen}
    assert client.post("/actions/several/", many).status_code == 409
    assert client.post("/actions/done/", {"id": "ACT-ZA1"}).status_code == 302
    assert client.post("/changes/action/ACT-ZA1/undo/", {"seen": seen}).status_code == 409


def test_an_undo_names_the_change_that_it_puts_back(world: World) -> None:
    """By a number that is still to come, another's change would have been put back unseen."""
    client = world.client(("ZA1", "contributor"))
    client.post("/actions/done/", {"id": "ACT-ZA1"})
    number = int(re.findall(r'name="seen" value="(\d+)"', client.get(
        "/changes/action/ACT-ZA1/undo/").content.decode())[0])  # fmt: skip
    for seen in (number + 1, number - 1, 10**14):
        assert client.post("/changes/action/ACT-ZA1/undo/", {"seen": seen}).status_code == 409
    assert client.post("/changes/action/ACT-ZA1/undo/", {"seen": number}).status_code == 302


@pytest.mark.parametrize("kind", ["asks", "actions"])
def test_a_list_that_is_too_long_is_refused_before_its_rows_are_read(
    world: World, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One megabyte has 170,000 rows, and each was held to the form: minutes for one sending."""
    rows = "Title,Requested by,What,Owner,Conversation\n" + "a,b,c,chair,e\n" * 20_000
    began = time.process_time()
    file = SimpleUploadedFile("list.csv", rows.encode())
    client = world.client(("ZA1", "contributor"))
    answer = client.post(f"/{kind}/bring-in/", {"file": file, "to_org": "ZA1"})
    assert (answer.status_code, "at most 500" in answer.content.decode()) == (400, True)
    assert time.process_time() - began < 8


# What a record tells of another -------------------------------------------------------------------


def test_a_history_names_no_record_that_one_may_not_see(world: World) -> None:
    """The pages said "one that you may not see", and who changed what gave its number."""
    add_ask("SECRET-ASK", "ZB2")
    talk = add_conversation("CON-1", "ZR1", "ZA1")
    point = add_point(talk, "Beds", ask_id="SECRET-ASK")
    row = add_friction("FR-1", "ZR1", "ZA1")
    make("FrictionAsk", "ZR1", friction=row, place=1, ask_id="SECRET-ASK")
    aim = make(Commitment, "ZR1", commitment_id="COM-1", organisation="ZR1", strategy="Five years",
               aim="Closer to home")  # fmt: skip
    make(CommitmentParty, "ZR1", commitment=aim, organisation="ZA1")
    make(CommitmentTie, "ZR1", commitment=aim, kind="ask", target="SECRET-ASK")
    away = make("Action", "ZA1", action_id="ACT-A", ask_id="SECRET-ASK", organisation="ZA1",
                what="Do it", owner="chief nurse")  # fmt: skip
    trust, region = world.client(("ZA1", "auditor")), world.client(("ZR1", "auditor"))
    for kind, one in (("conversation", talk), ("friction", row), ("commitment", aim),
                      ("action", away)):  # fmt: skip
        address = f"/changes/{kind}/{one.pk}/"
        told = trust.get(address).content.decode()
        assert ("one that you may not see" in told, "SECRET-ASK" in told) == (True, False), kind
        assert "SECRET-ASK" in region.get(address).content.decode(), kind
    assert "SECRET-ASK" not in trust.get("/changes/").content.decode()
    change = f"/conversations/one/CON-1/agenda/{point.pk}/"
    writer = world.client(("ZR1", "contributor")), world.client(("ZA1", "contributor"))
    pages = [one.get(change).content.decode() for one in writer]
    assert ["SECRET-ASK" in page for page in pages] == [True, False]


def test_a_list_that_nobody_said_yes_to_is_gone_after_an_hour(world: World) -> None:
    """It went only when somebody sent another: till then its texts stood in the database."""
    account, now = world.account(("ZA1", "contributor")), timezone.now()
    hold_rows(world.account(("ZA2", "contributor")), "asks", "new.csv", [{"title": "New"}],
              now - timedelta(minutes=59))  # fmt: skip
    WaitingRows.objects.create(token="t", account=account, kind="asks", file_name="old.csv",
                               rows=[], made_at=now - timedelta(minutes=61))  # fmt: skip
    keep_house.call()
    assert [one.file_name for one in WaitingRows.objects.all()] == ["new.csv"]


def test_who_has_no_password_here_is_led_back_from_changing_it(world: World) -> None:
    """Whoever signs in from outside met a fault of the application there."""
    client = world.client(("ZA1", "reader"))
    for answer in (client.get("/account/password/"), client.post("/account/password/")):
        assert (answer.status_code, answer["Location"]) == (302, "/account/")
