"""``remit web``: accounts and checks on the instance of this process, as they are typed."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from remit.cli.run import run
from remit.records.audit import SYSTEM, Event, create, entries_for
from remit.records.loading import model
from remit.web import InstanceError
from remit.web.people.models import Account
from remit.web.running.checking import faults
from remit.web.running.demo import PEOPLE, fill_demo
from remit.web.running.server import application, check_place
from remit.web.running.tables import lay_tables, tables_missing
from tests.web.instance import set_up
from tests.web.world import SafeClient, World, add_ask

ASHA = "asha@icb.example"
Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(base: None, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run ``remit web`` with some words; its exit code, and what it printed on both streams."""

    def typed(*words: object) -> tuple[int, str, str]:
        code = run(["web", *map(str, words)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return typed


def user(said: Said, what: str, *words: object) -> tuple[int, str, str]:
    return said("user", what, set_up().folder, *words)


# People -------------------------------------------------------------------------------------------


def test_a_person_is_added_given_a_role_listed_and_ended(said: Said) -> None:
    code, out, _ = user(said, "add", ASHA.upper(), "--name", "Asha Bell")
    assert "nobody can sign in with it" in out
    assert (code, f"Made the account {ASHA}." in out) == (0, True)
    assert user(said, "give", ASHA, "ZB1", "contributor")[0] == 0
    assert user(said, "give", ASHA, "ZA1", "reader", "--from", "2025-01-01")[0] == 0
    code, out, _ = user(said, "list")
    assert code == 0
    assert "contributor at ZB1" in out
    assert "no password" in " ".join(out.split())
    code, out, _ = user(said, "end", ASHA, "--organisation", "ZB1")
    assert (code, f"of {ASHA}" in out) == (0, True)
    held = Account.objects.get(email=ASHA).memberships
    assert [one.organisation for one in held.filter(valid_until=None)] == ["ZA1"]
    assert [one.what for one in entries_for(held.get(organisation="ZB1"))] == ["withdraw", "grant"]
    user(said, "end", ASHA)
    assert "none" in user(said, "list")[1]


def test_a_password_comes_by_standard_input(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("three lanterns over Larkshire\n"))
    assert user(said, "add", ASHA, "--name", "Asha Bell", "--password-stdin")[0] == 0
    assert Account.objects.get(email=ASHA).check_password("three lanterns over Larkshire")
    assert "password" in user(said, "list")[1]


def test_a_weak_password_or_a_wrong_address_makes_no_account(
    said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    code, _, err = user(said, "add", ASHA, "--name", "Asha", "--password-stdin")
    assert (code, "at least 12 characters" in err) == (2, True)
    code, _, err = user(said, "add", "nobody", "--name", "Asha")
    assert (code, "nobody: " in err) == (2, True)
    assert not Account.objects.exists()


def test_one_address_is_one_account_in_whatever_letters(said: Said) -> None:
    user(said, "add", ASHA, "--name", "Asha Bell")
    code, _, err = user(said, "add", ASHA.title(), "--name", "Another")
    assert (code, "already" in err) == (2, True)
    assert Account.objects.get_by_natural_key(ASHA.upper()).name == "Asha Bell"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nobody@icb.example", "ZB1", "reader"), "there is no such account"),
        ((ASHA, "ZB11", "reader"), "no organisation 'ZB11' is on the register; nearest: "),
        ((ASHA, "ZB1", "raeder"), "no role 'raeder'; nearest: reader"),
        ((ASHA, "ZB1", "reader", "--from", "2026-05-01", "--until", "2026-04-01"),
         "would end on 2026-04-01, before it begins"),
    ],
)  # fmt: skip
def test_a_role_that_cannot_be_given(said: Said, words: tuple[str, ...], told: str) -> None:
    user(said, "add", ASHA, "--name", "Asha Bell")
    code, _, err = user(said, "give", *words)
    assert (code, told in err) == (2, True)
    assert not Account.objects.get(email=ASHA).memberships.exists()


def test_the_roles_are_listed(said: Said) -> None:
    code, out, _ = said("user", "roles")
    assert (code, "signatory" in out) == (0, True)


# Checks -------------------------------------------------------------------------------------------


@pytest.fixture
def as_deployed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server has no browser's loop in its thread."""
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE")


def test_nothing_is_wrong_with_a_sound_instance(said: Said, as_deployed: None) -> None:
    assert said("check", set_up().folder)[:2] == (
        0,
        "Note: Attachments are not looked through for viruses: REMIT_WEB_SCANNER is not set.\n"
        "Nothing is wrong.\n",
    )


def test_asks_that_nobody_would_see_are_told(said: Said, as_deployed: None) -> None:
    add_ask("LOST", "QQQ")
    create(Event(SYSTEM, "ZB1", "add"), model("Ask"), ask_id="NONE", key="none", title="No one's")
    code, out, _ = said("check", set_up().folder)
    assert code == 1
    assert "1 ask of organisations that the register does not know (QQQ): nobody sees" in out
    assert "1 ask without an organisation: nobody sees them" in out


def test_tables_that_are_older_are_told(
    base: None, as_deployed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    assert tables_missing() == []
    MigrationRecorder.Migration.objects.filter(app="people").delete()
    assert "people.0001_initial" in tables_missing()
    (line,) = faults()
    assert line.startswith("The tables are older than this Remit (")


def test_a_setting_that_is_not_safe_is_told(said: Said) -> None:
    code, out, _ = said("check", set_up().folder)
    assert code == 1
    assert "async.E001" in out
    assert "1 finding" in out.replace("One", "1")


def test_a_database_that_cannot_be_reached_is_told(
    base: None, as_deployed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    def away() -> list[str]:
        raise OperationalError("the server is away")

    monkeypatch.setattr("remit.web.running.checking.tables_missing", away)
    assert faults() == ["The database cannot be reached: the server is away"]


# The rest -----------------------------------------------------------------------------------------


def test_tables_are_laid_twice_without_harm(base: None) -> None:
    lay_tables()
    assert tables_missing() == []


def test_the_worker_deletes_sessions_that_are_over(world: World) -> None:
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    client = world.client(("ZA1", "reader"))
    over = SafeClient().session
    over["a"] = 1
    over.save()
    yesterday = timezone.now() - timedelta(days=1)
    Session.objects.filter(session_key=over.session_key).update(expire_date=yesterday)
    from remit.web.running.tasks import keep_house

    assert keep_house.call() == 1
    assert client.get("/asks/").status_code == 200


def test_the_worker_keeps_house_again_in_an_hour_however_often_it_is_begun(world: World) -> None:
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from remit.web.running.tasks import keep_house_each_hour

    for _ in range(2):
        keep_house_each_hour.call()
    (again,) = DBTaskResult.objects.filter(run_after__gt=timezone.now())
    assert timedelta(minutes=55) < again.run_after - timezone.now() <= timedelta(hours=1)
    assert "keep_house" in again.task_path
    assert not DBTaskResult.objects.failed().exists()


def test_a_demonstration_has_its_people_and_always_something_late(base: None) -> None:
    assert fill_demo() == len(PEOPLE) == fill_demo()
    account = Account.objects.get(email="juno.marsh@remit.example")
    assert not account.has_usable_password()
    client = SafeClient()
    client.force_login(account)
    page = client.get("/").content.decode()
    assert "late" in page.lower()
    assert all(email.memberships.count() == 1 for email in Account.objects.all())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_debug_on_this_machine(host: str) -> None:
    check_place(host, debug=True)


@pytest.mark.parametrize("host", ["0.0.0.0", "198.51.100.7", "remit.example"])
def test_debug_is_refused_where_others_reach_it(host: str, said: Said) -> None:
    with pytest.raises(InstanceError, match="Leave one of the two out"):
        check_place(host, debug=True)
    check_place(host, debug=False)
    assert said("serve", set_up().folder, "--debug", "--host", host)[0] == 2


def test_the_application_answers_as_a_server_asks_it(tables: None) -> None:
    told: list[Any] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/health/", "SERVER_NAME": "remit.example",
        "SERVER_PORT": "443", "wsgi.url_scheme": "https", "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }  # fmt: skip
    answer = application()(environ, lambda status, _headers: told.append(status))
    assert (told, b"".join(answer)) == (["200 OK"], b"ok\n")


def test_a_membership_s_days(world: World) -> None:
    held = world.account(("ZA1", "reader"), until=world.today).memberships.get()
    assert not held.holds(world.today)
    assert held.holds(world.today - timedelta(days=1))
    assert not held.holds(date(2000, 1, 1))
