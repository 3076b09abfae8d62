"""The calendar of due days: what is in it, for whom, and that its address ends."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from remit.records.loading import model
from remit.web.mine.models import CalendarFeed
from remit.web.people.memberships import end_membership
from tests.web.instance import ADDRESS
from tests.web.queries import queries_of
from tests.web.world import SafeClient, World, add_action, add_ask

PAGE = "/account/calendar/"


def begun(client: SafeClient) -> str:
    """Begin a calendar; the path by which it is fetched."""
    page = client.post(PAGE, {"what": "begin"}).content.decode()
    found = re.search(rf"{ADDRESS}(/calendar/[\w-]+\.ics)", page)
    assert found, page
    return found[1]


def entries(address: str, client: SafeClient | None = None) -> dict[str, Any]:
    """The entries of a calendar, by their identifiers, as a calendar program reads them."""
    answer = (client or SafeClient()).get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    read = Calendar.from_ical(answer.content)
    assert read.get("version") == "2.0"
    return {str(one["uid"]): one for one in read.walk("VEVENT")}


def test_due_days_of_ones_own_organisations_are_fetched_without_signing_in(world: World) -> None:
    late = world.today - timedelta(days=3)
    add_action("ACT-L", "ASKZA1", what="Send it; now,\r\nATTENDEE:evil", due_on=late)
    add_action("ACT-N", "ASKZA1", due_on=None)
    add_action("ACT-D", "ASKZA1", due_on=world.today, done_on=world.today)
    found = entries(begun(world.client(("ZA1", "contributor"))))
    assert set(found) == {f"{one}@remit.example" for one in ("action-ACT-L", "action-ACT-ZA1",
                                                             "ask-ASKZA1")}  # fmt: skip
    one = found["action-ACT-L@remit.example"]
    assert one.decoded("dtstart") == late
    assert type(one.decoded("dtstart")) is date
    assert one.decoded("dtend") == late + timedelta(days=1)
    assert str(one["summary"]).replace("\r", "") == "Late: Send it; now,\nATTENDEE:evil"
    assert "attendee" not in one
    assert str(one["url"]) == f"{ADDRESS}/actions/one/ACT-L/"
    assert "(ZA1), medical director" in str(one["description"])
    due = found["action-ACT-ZA1@remit.example"]
    assert str(due["summary"]) == "Do ACT-ZA1"


def test_a_record_keeps_its_identifier_when_its_day_moves(world: World) -> None:
    address = begun(world.client(("ZA1", "contributor")))
    before = set(entries(address))
    client = world.client(("ZA1", "contributor"))
    look = client.post("/actions/several/", {"id": "ACT-ZA1", "step": "look",
                                             "due_on": "2030-01-01"}).content.decode()  # fmt: skip
    seen = dict(re.findall(r'name="(seen-[^"]+)" value="(\d+)"', look))
    client.post(
        "/actions/several/", {"id": "ACT-ZA1", "step": "do", "due_on": "2030-01-01", **seen}
    )
    after = entries(address)
    assert set(after) == before
    assert after["action-ACT-ZA1@remit.example"].decoded("dtstart") == date(2030, 1, 1)


def test_only_a_digest_of_the_secret_is_kept_and_it_is_shown_once(world: World) -> None:
    client = world.client(("ZA1", "reader"))
    assert "No calendar fetches your due days" in client.get(PAGE).content.decode()
    address = begun(client)
    secret = address.removeprefix("/calendar/").removesuffix(".ics")
    held = CalendarFeed.objects.get()
    assert len(secret) == 43
    assert secret not in f"{held.digest}{vars(held)}"
    page = client.get(PAGE).content.decode()
    assert "can be fetched by a calendar" in page
    assert secret not in page


def test_a_calendar_ends_and_is_renewed(world: World) -> None:
    client = world.client(("ZA1", "reader"))
    first = begun(client)
    second = begun(client)
    stranger = SafeClient()
    assert (stranger.get(first).status_code, stranger.get(second).status_code) == (404, 200)
    client.post(PAGE, {"what": "end"})
    assert stranger.get(second).status_code == 404
    assert "No calendar" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("secret", ["", "x", "a" * 64, "%00", "a b", "é"])
def test_an_address_that_was_never_given_opens_nothing(world: World, secret: str) -> None:
    begun(world.client(("ZA1", "reader")))
    # A sign of value zero is no address at all, whatever it is of.
    refused = 400 if secret == "%00" else 404
    assert SafeClient().get(f"/calendar/{secret}.ics").status_code == refused
    digest = CalendarFeed.objects.get().digest
    assert SafeClient().get(f"/calendar/{digest}.ics").status_code == 404


def test_a_calendar_shows_what_its_owner_sees_on_the_day(world: World) -> None:
    account = world.account(("ZA1", "reader"))
    address = begun(world.client(("ZA1", "reader")))
    # Whoever fetches it is not asked who they are: a stranger's own session adds nothing.
    assert entries(address, world.client(("ZR1", "signatory"))).keys() == entries(address).keys()
    end_membership(account.memberships.get(), world.today)
    assert entries(address) == {}
    account.is_active = False
    account.save()
    assert SafeClient().get(address).status_code == 404


def test_a_calendar_is_no_door(world: World) -> None:
    client = SafeClient()
    address = begun(world.client(("ZA1", "signatory")))
    answer = client.get(address)
    assert answer["Cache-Control"] == "no-store, private"
    assert not client.cookies
    assert client.get("/").status_code == 302
    assert client.post(address).status_code == 405


def test_queries_of_a_calendar_do_not_grow(world: World) -> None:
    address = begun(world.client(("ZA1", "reader")))
    few = queries_of(SafeClient(), address)
    for number in range(30):
        add_ask(f"MORE{number}", "ZA1", due_on=world.today)
    assert model("Ask").objects.filter(to_org_code="ZA1").count() == 31
    assert queries_of(SafeClient(), address) <= few
    assert len(entries(address)) == 32
