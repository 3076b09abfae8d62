"""Administrators give and end roles at their own organisation, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from remit.records.audit import entries_for, verify
from remit.web.people.memberships import begin_membership
from remit.web.people.models import Account, AccountMembership
from tests.web.queries import queries_of
from tests.web.test_desk import page_of
from tests.web.test_running import Said, said, user
from tests.web.world import World

__all__ = ["said"]
GIVE = "/people/give/"


def kit() -> Any:
    return Account.objects.make("kit@trust.example", "Kit Moss")


def given(world: World, **other: str) -> dict[str, str]:
    return {"email": "Kit@trust.example", "organisation": "ZA1", "role": "contributor",
            "begins": world.today.isoformat(), **other}  # fmt: skip


def test_a_role_is_given_with_its_entry_and_ended_after_a_second_look(world: World) -> None:
    account = kit()
    admin = world.account(("ZA1", "administrator"))
    client = world.client(("ZA1", "administrator"))
    assert "Give somebody a role" in page_of(client, "/people/")
    assert client.post(GIVE, given(world)).status_code == 302
    (held,) = account.memberships.all()
    assert (held.organisation, held.role, held.valid_from) == ("ZA1", "contributor", world.today)
    (entry,) = entries_for(held)
    assert (entry.who, entry.what, entry.acting_for) == (f"account-{admin.pk}", "grant", "ZA1")
    own = world.client(("ZA2", "reader"))
    own.force_login(account)
    assert own.get("/asks/one/ASKZA1/").status_code == 200
    ending = f"/people/{held.pk}/end/"
    assert f'href="{ending}"' in page_of(client, "/people/")
    assert "End the role of Kit Moss" in page_of(client, ending)
    assert client.post(ending).status_code == 302
    held.refresh_from_db()
    assert held.valid_until == world.today
    assert [one.what for one in entries_for(held)] == ["withdraw", "grant"]
    assert own.get("/asks/one/ASKZA1/").status_code != 200
    assert client.post(ending).status_code == 409, "it is over already"
    assert client.post(GIVE, given(world)).status_code == 302, "it can be given again"
    verify()


def test_what_cannot_be_given_says_why_and_keeps_nothing(world: World) -> None:
    account = kit()
    client = world.client(("ZA1", "administrator"), ("ZB1", "reader"))
    before = AccountMembership.objects.count()
    own = world.account(("ZA1", "administrator"), ("ZB1", "reader")).email
    yesterday = (world.today - timedelta(days=1)).isoformat()
    for other, told in (
        ({"email": "nobody@trust.example"}, "No account has this address"),
        ({"email": own, "role": "signatory"}, "This is your own account"),
        ({"organisation": "ZA2"}, "organisations that you look after"),
        ({"organisation": "ZB1"}, "organisations that you look after"),
        ({"role": "owner"}, "Choose a role of the list"),
        ({"begins": yesterday}, "Enter a day from"),
        ({"ends": world.today.isoformat()}, "Enter a day after the first"),
        ({"begins": "soon"}, "Enter a day, such as"),
    ):
        answer = client.post(GIVE, given(world, **other))
        assert (answer.status_code, told in answer.content.decode()) == (400, True), other
    account.is_active = False
    account.save()
    assert client.post(GIVE, given(world)).status_code == 400
    assert AccountMembership.objects.count() == before


def test_a_role_that_is_held_is_not_given_twice(world: World) -> None:
    kit()
    client = world.client(("ZA1", "administrator"))
    assert client.post(GIVE, given(world)).status_code == 302
    again = client.post(GIVE, given(world))
    assert again.status_code == 400
    assert "Kit Moss has this role there from" in again.content.decode()


def test_no_hand_ends_its_own_role_one_of_a_group_or_another_organisation_s(world: World) -> None:
    account = kit()
    group = begin_membership(account, "ZA1", "reader", world.today, by_group="g-trust")
    theirs = begin_membership(account, "ZA2", "reader", world.today)
    client = world.client(("ZA1", "administrator"))
    own = world.account(("ZA1", "administrator")).memberships.get()
    page = page_of(client, "/people/")
    assert "by group" in page
    for held, status in ((own, 409), (group, 409), (theirs, 404)):
        assert f"/people/{held.pk}/end/" not in page
        assert client.get(f"/people/{held.pk}/end/").status_code == status
        assert client.post(f"/people/{held.pk}/end/").status_code == status
        held.refresh_from_db()
        assert held.valid_until is None
    region = world.client(("ZR1", "administrator"))
    assert region.post(f"/people/{theirs.pk}/end/").status_code == 404, "it oversees the trust only"
    assert client.get(f"/people/{10**30}/end/").status_code == 404


def test_the_list_of_people_asks_the_database_no_more_often_with_more(world: World) -> None:
    client = world.client(("ZA1", "administrator"))
    few = queries_of(client, "/people/")
    for number in range(5):
        made = Account.objects.make(f"m{number}@trust.example", f"M {number}")
        begin_membership(made, "ZA1", "reader", world.today)
    assert queries_of(client, "/people/") == few


def test_the_command_says_by_what_somebody_signs_in(said: Said) -> None:
    from allauth.socialaccount.models import SocialAccount

    kit()
    outside = Account.objects.make("asha@icb.example", "Asha Bell")
    SocialAccount.objects.create(user=outside, provider="oidc", uid="asha")
    _, text, _ = user(said, "list")
    words = text.split()
    assert "no password" in " ".join(words)
    assert {"sign-in", "outside"} <= {*words}


def test_a_role_that_was_ended_before_it_began_is_given_from_an_earlier_day(world: World) -> None:
    account, client = kit(), world.client(("ZA1", "administrator"))
    later = (world.today + timedelta(days=30)).isoformat()
    assert client.post(GIVE, given(world, begins=later)).status_code == 302
    assert client.post(f"/people/{account.memberships.get().pk}/end/").status_code == 302
    assert client.post(GIVE, given(world)).status_code == 302
    assert account.memberships.count() == 2
