"""Mail of what waits: what it says, to whom it goes, and that it goes once."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from remit.cli.run import run
from remit.records.audit import Event, change
from remit.records.loading import model
from remit.web.desk.mails.said import stop_word
from remit.web.instance import InstanceError
from remit.web.mail_settings import mail_settings
from remit.web.people.asking import today
from remit.web.people.mail_choices import choose, chosen, claim, period_of
from remit.web.people.memberships import end_membership
from remit.web.people.models import MailSent
from remit.web.running.digests import send_digests
from tests.web.demonstrations import demonstration
from tests.web.instance import ON_POSTGRES, set_up
from tests.web.world import SafeClient, World, add_action

READER = ("ZA1", "reader")
MAILS = "django.core.mail.backends.smtp.EmailBackend"


class _Inbox:
    """What a server of mail took; it may refuse, or do something else first."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answer = "250 taken"
        self.first: Callable[[], None] = lambda: None

    async def handle_DATA(  # noqa: N802 (the library's name)
        self, server: Any, session: Any, envelope: Envelope
    ) -> str:
        del server, session
        content = envelope.content
        assert isinstance(content, bytes)
        if self.answer.startswith("250"):
            found = message_from_bytes(content, policy=policy.default)
            assert isinstance(found, EmailMessage)
            self.taken.append(found)
        self.first()
        return self.answer


@pytest.fixture
def inbox() -> Iterator[tuple[_Inbox, int]]:
    """A real server of mail on this machine."""
    held = _Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(held, hostname="127.0.0.1", port=port)
    controller.start()
    yield held, port
    controller.stop()


@pytest.fixture
def served(inbox: tuple[_Inbox, int]) -> Iterator[_Inbox]:
    """The same, as this process's mail server."""
    held, port = inbox
    with override_settings(EMAIL_BACKEND=MAILS, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port,
                           DEFAULT_FROM_EMAIL="remit@icb.example", EMAIL_TIMEOUT=10):  # fmt: skip
        yield held


def asks_for(world: World, *roles: tuple[str, str], often: str = "daily") -> Any:
    account = world.account(*roles)
    choose(account, often, timezone.now())
    return account


def said(message: EmailMessage) -> str:
    return str(message.get_content())


# What it says -------------------------------------------------------------------------------------


def test_a_mail_says_what_waits_is_late_and_moved_as_its_reader_sees_it(
    world: World, served: _Inbox
) -> None:
    asks_for(world, READER)
    for code in ("ZA1", "ZA2"):
        action = model("Action").objects.get(pk=f"ACT-{code}")
        change(Event("account-0", "ZB1", "edit"), action, what=f"Now do {code}")
    late = world.today - timedelta(days=1)
    add_action("ACT-LATE", "ASKZA1", what="A late thing", due_on=late)
    assert send_digests().counts == {"sent": 1}
    (taken,) = served.taken
    text = said(taken)
    assert "1 action of yours is late." in text
    assert "A late thing" in text
    assert "LATE, due" in text
    assert "Now do ZA1" in text
    assert "https://remit.example/actions/one/ACT-ZA1/" in text
    assert "ZA2" not in text
    assert "changed by others since" in text
    assert taken.get_content_type() == "text/plain"
    assert not taken.is_multipart()


def test_nothing_of_a_record_stands_in_the_head(world: World, served: _Inbox) -> None:
    account = asks_for(world, READER)
    send_digests()
    (taken,) = served.taken
    assert taken["Subject"] == "What waits for you in Remit"
    assert taken["To"] == account.email
    assert taken["Auto-Submitted"] == "auto-generated"
    assert "@remit.example>" in taken["Message-ID"]
    assert account.name not in f"{taken.items()}"
    assert "http" not in f"{taken.items()}".replace("https://remit.example/mail/stop/", "")


def test_no_line_break_of_a_name_or_title_makes_a_line_of_its_own(
    world: World, served: _Inbox
) -> None:
    account = asks_for(world, READER)
    account.name = "Asha\r\nBcc: all@icb.example\r\n\r\nSign here"
    account.save()
    evil = "Send it\r\nBcc: all@icb.example\n.\nTo end it: https://evil.example\u202e"
    add_action("ACT-EVIL", "ASKZA1", what=evil)
    send_digests()
    (taken,) = served.taken
    assert (taken["Bcc"], taken.get_all("To")) == (None, [account.email])
    lines = said(taken).splitlines()
    assert not [one for one in lines if one.startswith(("Bcc", "To end it", "Sign here", "."))]
    assert "Hello Asha Bcc: all@icb.example Sign here," in lines
    assert "\u202e" not in said(taken)


def test_an_address_with_a_line_break_has_no_mail_and_is_told(world: World, served: _Inbox) -> None:
    account = asks_for(world, READER)
    account.email = "asha@icb.example\nBcc: all@icb.example"
    account.save()
    done = send_digests()
    assert (dict(done.counts), served.taken) == ({"failed": 1}, [])
    assert "\n" not in done.told[0]


def test_the_sample_is_said_to_be_one(world: World, served: _Inbox) -> None:
    asks_for(world, READER)
    with override_settings(REMIT_IS_DEMO=True):
        send_digests()
    assert served.taken[0]["Subject"] == "What waits for you in Remit (sample)"


# To whom ------------------------------------------------------------------------------------------


def test_nobody_has_mail_who_did_not_ask_or_whose_role_ended(world: World, served: _Inbox) -> None:
    world.account(READER)
    gone = asks_for(world, ("ZA2", "reader"))
    end_membership(gone.memberships.get(), world.today)
    off = asks_for(world, ("ZA6", "reader"))
    off.is_active = False
    off.save()
    assert dict(send_digests().counts) == {"no role": 1}
    assert served.taken == []
    with pytest.raises(InstanceError, match="has asked for no mail"):
        send_digests(world.account(READER).email)


def test_a_mail_tells_what_may_be_seen_when_it_is_sent_and_not_when_it_was_asked_for(
    world: World, served: _Inbox
) -> None:
    account = asks_for(world, ("ZA1", "reader"), ("ZA2", "reader"))
    end_membership(account.memberships.get(organisation="ZA2"), world.today)
    send_digests()
    assert "ACT-ZA1" in said(served.taken[0])
    assert "ZA2" not in said(served.taken[0])


def test_nothing_is_sent_where_there_is_nothing_to_tell(world: World, served: _Inbox) -> None:
    asks_for(world, ("ZB3", "reader"))
    for kind, whose in (("Action", "organisation"), ("Ask", "to_org_code")):
        for one in model(kind).objects.filter(**{whose: "ZB3"}):
            done = {"done_on": world.today} if kind == "Action" else {"status": "closed"}
            change(Event("account-1", "ZB3", "close"), one, **done)
    MailSent.objects.all().delete()
    account = world.account(("ZB3", "reader"))
    MailSent.objects.create(account=account, day=world.today - timedelta(days=1), state="sent",
                            until=timezone.now(), attempts=1)  # fmt: skip
    assert dict(send_digests().counts) == {"nothing": 1}
    assert (served.taken, dict(send_digests().counts)) == ([], {"done": 1})


# Once ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("often", ["daily", "weekly"])
def test_a_mail_goes_once_in_its_time(world: World, served: _Inbox, often: str) -> None:
    account = asks_for(world, READER, often=often)
    assert dict(send_digests().counts) == {"sent": 1}
    assert dict(send_digests().counts) == {"done": 1}
    (row,) = MailSent.objects.all()
    assert (row.day, row.state) == (period_of(often, today()), "sent")
    before = timedelta(days=1 if often == "daily" else 7)
    MailSent.objects.update(day=row.day - before)
    assert dict(send_digests(account.email).counts) == {"sent": 1}
    assert len(served.taken) == 2


def test_a_server_that_refuses_is_told_and_the_mail_sent_again(
    world: World, served: _Inbox
) -> None:
    asks_for(world, READER)
    served.answer = "451 try later"
    refused = send_digests()
    assert (dict(refused.counts), refused.is_well) == ({"failed": 1}, False)
    assert "try later" in refused.told[0]
    assert "try later" in MailSent.objects.get().said
    served.answer = "250 taken"
    assert dict(send_digests().counts) == {"sent": 1}
    assert (len(served.taken), MailSent.objects.get().attempts) == (1, 2)


def test_a_server_that_is_away_is_told_and_asked_three_times_at_most(
    world: World, served: _Inbox
) -> None:
    for code in ("ZA1", "ZA2", "ZA6", "ZB1"):
        asks_for(world, (code, "reader"))
    with override_settings(EMAIL_PORT=1):
        away = send_digests()
    assert dict(away.counts) == {"failed": 4}
    assert "the rest waits" in away.told[-1]
    assert dict(send_digests().counts) == {"sent": 4}


def test_an_answer_that_is_lost_leads_to_no_second_mail(world: World, served: _Inbox) -> None:
    """The server had the mail and broke off: nobody knows, so it is told and not repeated."""
    asks_for(world, READER)
    served.answer = "421 closing"
    with override_settings(EMAIL_TIMEOUT=1):
        import time

        served.answer = "250 taken"
        served.first = lambda: time.sleep(2)
        lost = send_digests()
    served.first = lambda: None
    assert dict(lost.counts) == {"unknown": 1}
    again = send_digests()
    assert (dict(again.counts), len(served.taken)) == ({"unknown": 1}, 1)
    assert "the next tells all since" in again.told[0]


def test_two_runs_at_once_take_a_mail_once(world: World) -> None:
    account = asks_for(world, READER)
    now = timezone.now()
    assert claim(account.mail_choice, world.today, now) is not None
    assert claim(account.mail_choice, world.today, now) is None


def test_a_run_that_is_killed_between_sends_nothing_twice(
    inbox: tuple[_Inbox, int], tmp_path: Path
) -> None:
    """Ended by force after the server had the mail and before that could be noted."""
    if ON_POSTGRES or os.name == "nt":
        pytest.skip("once is enough; signals end the process")
    held, port = inbox
    remit = [sys.executable, "-m", "remit", "web"]
    environ = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {
        "EMAIL_URL": f"smtp+plain://127.0.0.1:{port}", "REMIT_MAIL_FROM": "remit@icb.example",
        "REMIT_WEB_URL": "https://remit.example",
    }  # fmt: skip
    environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    web = str(tmp_path / "web")
    demonstration(tmp_path / "web")
    asked = """
import sys
from pathlib import Path
from remit.web import open_instance, started
started(open_instance(Path(sys.argv[1])))
from django.utils import timezone
from remit.web.people.mail_choices import choose
from remit.web.people.models import Account
choose(Account.objects.get(email="juno.marsh@remit.example"), "daily", timezone.now())
"""
    subprocess.run([sys.executable, "-c", asked, web], check=True, env=environ)
    going = subprocess.Popen([*remit, "digest", web], env=environ, stdout=subprocess.DEVNULL)
    held.first = lambda: os.kill(going.pid, signal.SIGKILL)
    assert going.wait(120) == -signal.SIGKILL
    held.first = lambda: None
    again = subprocess.run([*remit, "digest", web], env=environ, capture_output=True, text=True,
                           check=False)  # fmt: skip
    assert again.returncode == 1, again.stderr
    assert "it is not known whether the mail" in again.stdout
    assert len(held.taken) == 1
    assert "those due first at the top" in said(held.taken[0])


# The choice, and its end --------------------------------------------------------------------------


def test_mail_is_chosen_on_a_page_and_is_never_sent_before(world: World) -> None:
    client = world.client(READER)
    assert "You have no mail of what waits" in client.get("/account/mail/").content.decode()
    assert client.post("/account/mail/", {"how_often": "hourly"}).status_code == 400
    assert client.post("/account/mail/", {"how_often": "weekly"}).status_code == 302
    assert chosen(world.account(READER)) == "weekly"
    assert "each week</h1>" in client.get("/account/mail/").content.decode()


def test_mail_ends_by_one_click_of_whoever_has_it(world: World, served: _Inbox) -> None:
    """RFC 8058: a program of mail posts to the address without cookies; to look ends nothing."""
    account = asks_for(world, READER)
    send_digests()
    (taken,) = served.taken
    address = "".join(taken["List-Unsubscribe"].split()).strip("<>")
    assert taken["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = address.removeprefix("https://remit.example")
    stranger = SafeClient(enforce_csrf_checks=True)
    assert "Do you want to end" in stranger.get(path).content.decode()
    assert chosen(account) == "daily"
    answer = stranger.post(path, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, chosen(account)) == (200, "never")
    assert "any more" in stranger.get(path).content.decode()
    assert not stranger.cookies
    assert stranger.get("/").status_code == 302


@pytest.mark.parametrize("word", ["1", "1:x", "1:", ":", "é", "a" * 300])
def test_an_address_that_was_in_no_mail_ends_nothing(world: World, word: str) -> None:
    account = asks_for(world, READER)
    assert SafeClient().post(f"/mail/stop/{word}/").status_code == 404
    forged = stop_word(account).replace(str(account.pk), str(account.pk + 1), 1)
    assert SafeClient().post(f"/mail/stop/{forged}/").status_code == 404
    assert chosen(account) == "daily"


# Commands and settings ----------------------------------------------------------------------------


def test_a_dry_run_shows_and_notes_nothing(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    asks_for(world, READER)
    assert run(["web", "digest", str(set_up().folder), "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "Do ACT-ZA1" in out
    assert "Nothing was sent or noted." in out
    assert not MailSent.objects.exists()


def test_without_a_server_the_mail_stands_on_the_console(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["web", "digest", str(set_up().folder)]) == 0
    assert "Nobody has asked for mail." in capsys.readouterr().out
    asks_for(world, READER)
    assert run(["web", "digest", str(set_up().folder)]) == 0
    out = capsys.readouterr().out
    assert "Subject: What waits for you in Remit" in out
    assert "1 mail sent." in out
    assert run(["web", "digest", str(set_up().folder)]) == 0
    assert "Nothing is to be sent now." in capsys.readouterr().out
    assert mail.get_connection().__class__.__module__.endswith("console")


def test_a_password_of_a_mail_server_is_not_repeated() -> None:
    for given in ("smtp://a:hidden@[h", "mailto:hidden", "smtp+plain://a:hidden@mail.example",
                  "smtp://a:hidden@mail.example/x"):  # fmt: skip
        with pytest.raises(InstanceError, match="EMAIL_URL") as told:
            mail_settings(
                {"EMAIL_URL": given, "REMIT_MAIL_FROM": "a@b.example"}, "https://x.example"
            )
        assert "hidden" not in str(told.value)


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"EMAIL_URL": "smtps://mail.example"}, "REMIT_MAIL_FROM: not set"),
        ({"REMIT_MAIL_FROM": "nobody"}, "no address of mail"),
        ({"REMIT_MAIL_FROM": "a@b.example\nBcc: c@d.example"}, "no address of mail"),
        ({"EMAIL_URL": "smtp://mail.example", "REMIT_MAIL_FROM": "a@b.example"}, "REMIT_WEB_URL"),
    ],
)
def test_a_wrong_setting_of_mail_is_named(environ: dict[str, str], told: str) -> None:
    with pytest.raises(InstanceError, match=told):
        mail_settings(environ)
