"""The first page after signing in: what waits, what is late, and what others moved since."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from remit.records.audit import Event, change
from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.relations import NATIONAL, name_of
from remit.web.desk.daily import waiting
from remit.web.desk.daily.waiting import Waiting, WaitingLine, subject
from remit.web.mine.models import Visit
from tests.web.planned import act, add_plan
from tests.web.queries import queries_of
from tests.web.together_world import add_friction
from tests.web.world import SafeClient, World, add_action, add_ask


def home(client: SafeClient) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def change_action(world: World, code: str, who: Any, **fields: Any) -> None:
    event = Event(f"account-{who.pk}", code, "edit")
    change(event, model("Action").objects.get(pk=f"ACT-{code}"), **fields)


def test_the_first_page_says_what_of_ones_own_is_late(world: World) -> None:
    late = world.today - timedelta(days=1)
    add_action("ACT-1", "ASKZA1", what="Send the plan", due_on=late)
    add_action("ACT-2", "ASKZA1", what="Much later", due_on=world.today + timedelta(days=90))
    add_action("ACT-3", "ASKZA1", what="Without a day")
    page = home(world.client(("ZA1", "contributor")))
    # The world has one action and one ask of ZA1, due in two days.
    assert "<h1>1 action of yours is late</h1>" in page
    assert "<h2>1 action is late, 4 open</h2>" in page
    assert "<h2>No ask is late, 1 open</h2>" in page
    assert page.index("Send the plan") < page.index("Do ACT-ZA1") < page.index("Without a day")
    assert page.index("Much later") < page.index("Without a day")
    assert "Late at other organisations" not in page


def test_who_oversees_sees_their_own_first_and_what_is_late_beyond(world: World) -> None:
    late = world.today - timedelta(days=2)
    add_ask("LATE1", "ZA2", due_on=late)
    add_action("LATE2", "LATE1", due_on=late)
    add_action("LATE3", "ASKZA1", due_on=late, done_on=world.today)
    page = home(world.client(("ZB1", "contributor")))
    # ZB1's own action and ask were due yesterday.
    assert "<h1>1 action and 1 ask of yours are late</h1>" in page
    assert "Late at 1 other organisation that you look at" in page
    assert "/actions/?late=1&amp;organisation=ZA2" in page
    assert "/asks/?late=1&amp;organisation=ZA2" in page
    assert "Do LATE2" not in page.split("Late at other")[0]


def test_who_has_nothing_late_is_told_so(world: World) -> None:
    page = home(world.client((NATIONAL, "reader")))
    assert "<h1>Nothing of yours is late</h1>" in page
    assert "Nothing waits at your own organisations." in page
    nobody = home(world.client())
    assert "You belong to no organisation today" in nobody


def test_organisations_are_named_with_the_code_beside(world: World) -> None:
    client = world.client(("ZB1", "contributor"), ("ZB2", "contributor"))
    for address in ("/", "/asks/", "/actions/"):
        page = client.get(address).content.decode()
        assert f'{name_of("ZB1", world.today)} <span class="remit-quiet">ZB1</span>' in page


def test_late_asks_are_found_by_their_address(world: World) -> None:
    add_ask("LATE1", "ZA1", due_on=world.today - timedelta(days=2), title="Late one")
    add_ask("LATE2", "ZA1", due_on=world.today - timedelta(days=2), title="Closed", status="closed")
    page = world.client(("ZA1", "reader")).get("/asks/?late=1").content.decode()
    assert "<h1>1 late ask</h1>" in page
    assert "Late one" in page


# What has moved -----------------------------------------------------------------------------------


def test_what_others_changed_since_the_visit_before_is_told(world: World) -> None:
    account = world.account(("ZA1", "contributor"))
    other = world.account(("ZB1", "contributor"))
    Visit.objects.create(
        account=account,
        before=timezone.now() - timedelta(days=9),
        last=timezone.now() + timedelta(seconds=1),
    )
    Visit.objects.filter(account=account).update(last=timezone.now() - timedelta(hours=2))
    change_action(world, "ZA1", other, owner="chief nurse")
    change_action(world, "ZA1", other, owner="medical director")
    change_action(world, "ZA2", other, owner="chief nurse")
    page = home(world.client(("ZA1", "contributor")))
    moved = page.split("since you were last here</h2>")[1]
    assert moved.count("Do ACT-ZA1") == 1
    assert f"{other.name}, for" in moved
    assert "changed it" in moved
    assert "ZA2" not in moved


def test_what_one_did_oneself_is_no_news(world: World) -> None:
    account = world.account(("ZA1", "contributor"))
    now = timezone.now()
    Visit.objects.create(account=account, before=now, last=now - timedelta(minutes=1))
    change_action(world, "ZA1", account, owner="chief nurse")
    page = home(world.client(("ZA1", "contributor")))
    assert "Nothing moved since you were last here" in page


def test_looks_within_an_hour_are_one_visit(world: World) -> None:
    account, now = world.account(("ZA1", "contributor")), timezone.now()
    client = world.client(("ZA1", "contributor"))
    home(client)
    first = Visit.objects.get(account=account)
    home(client)
    assert Visit.objects.get(account=account).last == first.last
    long_ago, before = now - timedelta(days=3), now - timedelta(days=5)
    Visit.objects.filter(account=account).update(last=long_ago, before=before)
    home(client)
    held = Visit.objects.get(account=account)
    assert held.before == long_ago
    Visit.objects.filter(account=account).update(last=now - timedelta(minutes=20))
    home(client)
    assert Visit.objects.get(account=account).before == long_ago


# Other subjects, and many rows --------------------------------------------------------------------


def test_another_subject_joins_by_one_function(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "_SUBJECTS", dict(waiting._SUBJECTS))

    @subject("invitation")
    def invitations_that_wait(person: Person, most: int) -> Waiting:
        line = WaitingLine("invitation-1", "Answer the invitation", "/why/", "ZA1", person.on)
        return Waiting("invitation", 1, 0, (line,)[:most], "/why/")

    page = home(world.client(("ZA1", "contributor")))
    assert "Answer the invitation" in page
    assert 'web-noun">Invitation</strong> <a href="/why/">Answer the invitation</a>' in page


def test_queries_do_not_grow_with_rows(world: World) -> None:
    client = world.client(("ZR1", "contributor"))
    for address in ("/", "/asks/", "/actions/"):
        few = queries_of(client, address)
        for number in range(25):
            key = f"{address.strip('/')}{number}"
            add_ask(f"MORE{key}", "ZA1", due_on=world.today - timedelta(days=1))
            add_action(f"ACT-M{key}", f"MORE{key}", due_on=world.today - timedelta(days=1))
        assert queries_of(client, address) <= few, address


def test_what_waits_is_little_to_read_however_much_is_late(world: World) -> None:
    for number in range(40):
        add_ask(f"LATE{number}", "ZA1", due_on=world.today - timedelta(days=number + 1))
        add_friction(f"FR-{number}", "ZB1", "ZA1")
    act(add_plan(), ("hand-over", "region"), ("hand-in", "icb"))
    page = home(world.client(("ZA1", "contributor")))
    assert "<h1>1 plan waits for you; 40 asks of yours are late</h1>" in page
    main = page.split("<h1>", 1)[1].split("</main>")[0]
    main = re.sub(r"<details.*?</details>", "", main, flags=re.S)
    shown = re.sub(r'<span class="web-cell-head".*?</span>', "", main)
    words = re.sub(r"<[^>]+>", " ", shown).split()
    assert len(words) < 270, " ".join(words)
    first = main.index('web-noun">Plan</strong>')
    assert first < main.index('web-noun">Friction</strong>') < main.index("LATE39")
    assert main.count('web-noun">') == 4, "three of each subject at most"
    assert 'href="/asks/?late=1">All late asks</a>' in main
    assert 'href="/friction/?state=open">all 40 frictions</a>' in main


def test_what_one_person_did_to_several_records_alike_is_one_line(world: World) -> None:
    account, other = world.account(("ZA1", "contributor")), world.account(("ZB1", "contributor"))
    now = timezone.now()
    Visit.objects.create(account=account, before=now, last=now)
    for number in range(4):
        add_action(f"ACT-{number}", "ASKZA1", what=f"Do it {number}")
        event = Event(f"account-{other.pk}", "ZA1", "edit")
        change(event, model("Action").objects.get(pk=f"ACT-{number}"), owner="chief nurse")
    moved = home(world.client(("ZA1", "contributor"))).rsplit("<h2>", 1)[1]
    assert "4 records moved" in moved
    assert f"Do it 3</a> and 3 more: {other.name}, for" in moved
    assert re.search(r"changed it, \d+ \w+ \d{4}, \d\d:\d\d", moved)
    assert "Do it 2" not in moved
