"""What keeps strangers out: attempts, the second factor, sessions, forged forms, hosts, headers."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core import checks
from django.core.cache import cache
from django.test import override_settings
from django.urls import get_resolver

from remit.web.people.asking import today
from remit.web.people.models import Account
from remit.web.settings import settings_of
from tests.web.instance import ADDRESS, set_up
from tests.web.world import SafeClient, World, add_action

EMAIL, PASSWORD = "asha@remit.example", "three lanterns over Larkshire"
TRIED = {"login": EMAIL, "password": "a wrong guess at it"}


@pytest.fixture
def asha(world: World) -> Iterator[Any]:
    """An account with a password, and a role."""
    from remit.web.people.memberships import begin_membership

    cache.clear()
    made = Account.objects.make(EMAIL, "Asha Bell", PASSWORD)
    begin_membership(made, "ZB1", "contributor", date(2020, 1, 1))
    yield made
    cache.clear()


def sign_in(client: SafeClient, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/sign-in/", {"login": EMAIL, "password": password}, **more)


def code_of(key: str, at: float) -> str:
    """The six digits of RFC 6238."""
    secret = base64.b32decode(key + "=" * (-len(key) % 8))
    digest = hmac.new(secret, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def set_up_second_factor(client: SafeClient) -> tuple[str, list[str]]:
    """The code that was used, and the recovery codes; the password is asked for once more."""
    if (left := 30 - time.time() % 30) < 6:  # a code that is sent as it changes is too old
        time.sleep(left)
    client.post("/account/again/", {"password": PASSWORD})
    page = client.get("/account/second-factor/").content.decode()
    found = re.search(r'<code class="web-key">(\w+)</code>', page)
    assert found
    code = code_of(found[1], time.time())
    answer = client.post("/account/second-factor/", {"code": code}, follow=True)
    codes = re.findall(r"<li><code>(\w+)</code></li>", answer.content.decode())
    return code, codes


# Attempts -----------------------------------------------------------------------------------------


def test_an_account_is_closed_after_five_wrong_attempts_whatever_the_address(asha: Any) -> None:
    for number in range(5):
        page = sign_in(SafeClient(), "a wrong guess", REMOTE_ADDR=f"198.51.100.{number}")
        assert "are wrong" in page.content.decode()
    shut = sign_in(SafeClient(), REMOTE_ADDR="198.51.100.99").content.decode()
    assert "too many attempts" in shut
    assert "_auth_user_id" not in SafeClient().session


def test_an_address_is_shut_out_after_twenty_wrong_attempts_whatever_the_account(asha: Any) -> None:
    for number in range(20):
        given = {"login": f"p{number}@remit.example", "password": "a wrong guess"}
        SafeClient().post("/sign-in/", given, REMOTE_ADDR="198.51.100.7")
    client = SafeClient()
    assert "too many attempts" in sign_in(client, REMOTE_ADDR="198.51.100.7").content.decode()
    assert "_auth_user_id" not in client.session
    assert sign_in(SafeClient(), REMOTE_ADDR="198.51.100.8").status_code == 302


def test_an_unknown_account_and_a_wrong_password_are_answered_alike(asha: Any) -> None:
    wrong = sign_in(SafeClient(), "a wrong guess").content.decode()
    unknown = SafeClient().post("/sign-in/", {**TRIED, "login": "nobody@remit.example"})

    def plain(page: str) -> str:
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        return page.replace(EMAIL, "…").replace("nobody@remit.example", "…")

    assert "are wrong" in wrong
    assert plain(wrong) == plain(unknown.content.decode())


def test_nobody_signs_up(asha: Any) -> None:
    patterns = get_resolver().url_patterns
    names = {str(one.name) for whole in patterns for one in getattr(whole, "url_patterns", [whole])}
    assert {"account_login", "asks"} <= names
    assert not {name for name in names if "signup" in name or "reset" in name}
    assert SafeClient().get("/accounts/signup/").status_code in {302, 404}


def test_writing_is_limited_for_an_account(world: World) -> None:
    cache.clear()
    client = world.client(("ZA1", "contributor"))
    answers = {client.post("/asks/closed/").status_code for _ in range(120)}
    assert answers == {409}
    shut = client.post("/asks/closed/")
    assert shut.status_code == 429
    assert client.get("/asks/").status_code == 200
    assert world.client(("ZA2", "contributor")).post("/asks/closed/").status_code == 409
    cache.clear()


# The second factor --------------------------------------------------------------------------------


def test_a_password_alone_opens_nothing_but_the_setting_up(asha: Any) -> None:
    client = SafeClient()
    assert sign_in(client).status_code == 302
    for address in ("/", "/asks/", "/asks.csv", "/account/", "/why/", "/account/password/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, "/account/second-factor/")
    assert client.post("/asks/closed/", {"id": "ASKZA1"})["Location"] == "/account/second-factor/"


def test_the_second_factor_is_set_up_and_then_asked_for(asha: Any) -> None:
    client = SafeClient()
    sign_in(client)
    client.post("/account/again/", {"password": PASSWORD})
    client.get("/account/second-factor/")
    assert client.post("/account/second-factor/", {"code": "000000"}).status_code == 200
    assert client.get("/")["Location"] == "/account/second-factor/"
    used, codes = set_up_second_factor(client)
    assert len(codes) == len(set(codes)) == 10
    assert client.get("/").status_code == 200
    assert codes[0] not in client.get("/account/codes/").content.decode()
    assert client.get("/account/second-factor/")["Location"] == "/account/"

    again = SafeClient()
    assert sign_in(again)["Location"].startswith("/sign-in/code/")
    assert again.get("/asks/")["Location"].startswith("/sign-in/")
    for wrong in ("000000", used, "not a code"):  # one that was used once opens nothing again
        assert again.post("/sign-in/code/", {"code": wrong}).status_code == 200
        assert again.get("/asks/").status_code == 302
    assert again.post("/sign-in/code/", {"code": codes[0]}).status_code == 302
    assert again.get("/asks/").status_code == 200

    third = SafeClient()
    sign_in(third)
    assert third.post("/sign-in/code/", {"code": codes[0]}).status_code == 200
    assert third.get("/asks/").status_code == 302


def test_who_signs_in_from_outside_has_their_second_factor_there(world: World) -> None:
    assert world.client(("ZA1", "reader")).get("/").status_code == 200


# Sessions -----------------------------------------------------------------------------------------


def test_a_session_gets_another_key_at_sign_in(asha: Any) -> None:
    client = SafeClient()
    session = client.session
    session["planted"] = "by another"
    session.save()
    before = session.session_key
    client.cookies["__Host-remit-session"] = before
    sign_in(client)
    after = client.cookies["__Host-remit-session"].value
    assert after != before
    stranger = SafeClient()
    stranger.cookies["__Host-remit-session"] = before
    assert stranger.get("/asks/").status_code == 302


def test_signing_out_ends_the_session_on_the_server(world: World) -> None:
    client = world.client(("ZA1", "reader"))
    kept = client.cookies["__Host-remit-session"].value
    assert client.get("/sign-out/").status_code == 200
    assert client.get("/").status_code == 200
    client.post("/sign-out/")
    thief = SafeClient()
    thief.cookies["__Host-remit-session"] = kept
    assert thief.get("/").status_code == 302


def test_a_session_ends_after_an_hour_without_use(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = world.client(("ZA1", "reader"))
    now = time.time()
    for minutes, status in ((0, 200), (59, 200), (118, 200), (179, 302)):
        monkeypatch.setattr("remit.web.gate.time.time", lambda at=now + 60 * minutes: at)
        assert client.get("/asks/").status_code == status, minutes


def test_a_changed_password_ends_all_sessions(asha: Any) -> None:
    client, other = SafeClient(), SafeClient()
    sign_in(client)
    set_up_second_factor(client)
    other.force_login(asha)
    assert other.get("/asks/").status_code == 200
    new = "nine foxes in Quillborough"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/account/password/", given).status_code == 302
    assert other.get("/asks/").status_code == 302
    assert client.get("/asks/").status_code == 302


@pytest.mark.parametrize(
    "password", ["short", "password123456", "asha@remit.example", "1234567890123"]
)
def test_a_weak_password_is_not_taken(asha: Any, password: str) -> None:
    client = SafeClient()
    sign_in(client)
    set_up_second_factor(client)
    given = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post("/account/password/", given).status_code == 200
    assert Account.objects.get(email=EMAIL).check_password(PASSWORD)


def test_passwords_are_kept_by_argon2(asha: Any) -> None:
    assert asha.password.startswith("argon2$argon2id$")


def test_signing_in_is_not_a_record_that_is_audited(asha: Any) -> None:
    from remit.records.audit.models import AuditEntry, AuditValue

    before = AuditEntry.objects.count()
    sign_in(SafeClient())
    asha.refresh_from_db()
    assert asha.last_login is not None
    assert AuditEntry.objects.count() == before
    assert not AuditValue.objects.filter(field="last_login").exists()


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "javascript:alert(1)",
                                   "https:evil.example", "/\\evil.example"])  # fmt: skip
def test_signing_in_leads_to_no_other_site(asha: Any, where: str) -> None:
    answer = SafeClient().post("/sign-in/", {"login": EMAIL, "password": PASSWORD, "next": where})
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]
    assert "script" not in answer["Location"]


def test_signing_in_leads_back_to_the_page_that_was_asked_for(world: World) -> None:
    assert SafeClient().get("/asks/?q=a")["Location"] == "/sign-in/?next=%2Fasks%2F%3Fq%3Da"
    assert SafeClient().get("/")["Location"] == "/sign-in/"
    assert SafeClient().post("/asks/closed/")["Location"] == "/sign-in/"


# Forged forms, hosts, headers ---------------------------------------------------------------------


def test_a_form_without_its_token_changes_nothing(world: World) -> None:
    client = SafeClient(enforce_csrf_checks=True)
    client.force_login(world.account(("ZA1", "contributor")))
    for address in ("/asks/one/ASKZA1/closed/", "/asks/closed/", "/sign-in/", "/sign-out/"):
        answer = client.post(address, {"id": "ASKZA1", "answer": "no"})
        assert answer.status_code == 403
        assert "too old, or was not sent from its page" in answer.content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"',
                      client.get("/asks/one/ASKZA1/").content.decode())  # fmt: skip
    assert token
    given = {"answer": "sent", "csrfmiddlewaretoken": token[1]}
    away = {"HTTP_ORIGIN": "https://evil.example"}
    assert client.post("/asks/one/ASKZA1/closed/", given, **away).status_code == 403
    own = {"HTTP_ORIGIN": ADDRESS}
    assert client.post("/asks/one/ASKZA1/closed/", given, **own).status_code == 302


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost", "remit.example.evil"])
def test_another_host_is_refused(world: World, host: str) -> None:
    answer = world.client(("ZA1", "reader")).get("/", HTTP_HOST=host)
    assert answer.status_code == 400
    assert host not in answer.content.decode()


def test_plain_http_leads_to_https(world: World) -> None:
    from django.test import Client

    answer = Client(SERVER_NAME="remit.example").get("/asks/")
    assert (answer.status_code, answer["Location"]) == (301, "https://remit.example/asks/")


def test_each_page_carries_its_guards(world: World) -> None:
    client = world.client(("ZA1", "reader"))
    for address in ("/", "/asks/", "/nothing-here/", "/asks.csv", "/asks/one/ASKZA2/"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        assert headers["Cache-Control"] == "no-store, private"


def test_no_page_has_anything_inline(world: World) -> None:
    client = world.client(("ZA1", "signatory"))
    for address in ("/", "/asks/", "/asks/one/ASKZA1/", "/actions/one/ACT-ZA1/change/", "/why/"):
        page = client.get(address).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style|javascript:", page)


def test_cookies_are_for_this_host_alone(asha: Any) -> None:
    client = SafeClient()
    client.get("/sign-in/")
    sign_in(client)
    assert set(client.cookies) >= {"__Host-remit-session", "__Host-remit-csrf"}
    for name in ("__Host-remit-session", "__Host-remit-csrf"):
        one = client.cookies[name]
        assert one["secure"]
        assert one["httponly"]
        assert (one["samesite"], one["path"], one["domain"]) == ("Lax", "/", "")


def test_a_form_that_is_too_large_is_refused(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    large = {"answer": "a" * (5 * 1024 * 1024 + 1)}
    assert client.post("/asks/one/ASKZA1/closed/", large).status_code in {400, 413}
    many = {f"f{number}": "" for number in range(1501)}
    assert client.post("/asks/one/ASKZA1/closed/", many).status_code == 400


def test_the_checks_of_deployment_find_nothing(
    tables: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE")
    found = checks.run_checks(include_deployment_checks=True)
    assert [one for one in found if not one.is_silenced()] == []


def test_a_fault_tells_a_stranger_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.client(("ZA1", "reader"))
    client.raise_request_exception = False

    def fail(*_: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr("remit.web.desk.asks.list_page", fail)
    answer = client.get("/asks/")
    assert answer.status_code == 500
    assert "A fault of Remit's own" in answer.content.decode()
    assert "secret" not in answer.content.decode()


# The picker ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["remit.example", "127.0.0.1:8765", "localhost", "[::1]:8765"])
def test_the_picker_is_not_there_where_people_are_served(world: World, host: str) -> None:
    answer = SafeClient().get("/demo/", HTTP_HOST=host, REMOTE_ADDR="127.0.0.1")
    assert answer.status_code in {302, 400, 404}
    assert "invented" not in answer.content.decode()
    assert "Pick one" not in SafeClient().get("/sign-in/").content.decode()


@pytest.mark.parametrize(
    ("meta", "here"),
    [
        ({}, True),
        ({"HTTP_HOST": "[::1]:8765", "REMOTE_ADDR": "::1"}, True),
        ({"REMOTE_ADDR": "198.51.100.7"}, False),
        ({"REMOTE_ADDR": "198.51.100.7", "HTTP_HOST": "127.0.0.1:8765"}, False),
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
        ({"HTTP_FORWARDED": "for=127.0.0.1"}, False),
        ({"HTTP_X_REAL_IP": "127.0.0.1"}, False),
        ({"HTTP_VIA": "1.1 proxy"}, False),
    ],
)
def test_the_picker_is_for_this_machine_whatever_a_request_says(
    world: World, meta: dict[str, str], here: bool
) -> None:
    from django.test import RequestFactory

    from remit.web.signing_in.views import picker_is_here

    given = {"HTTP_HOST": "127.0.0.1:8765", "REMOTE_ADDR": "127.0.0.1", **meta}
    with override_settings(REMIT_PICKER=True, ALLOWED_HOSTS=["127.0.0.1", "[::1]"]):
        assert picker_is_here(RequestFactory().get("/demo/", **given)) is here
    with override_settings(ALLOWED_HOSTS=["127.0.0.1", "[::1]"]):
        assert not picker_is_here(RequestFactory().get("/demo/", **given))


def test_the_picker_tells_the_roles_of_today(world: World) -> None:
    from django.test import RequestFactory

    from remit.web.people.memberships import begin_membership
    from remit.web.signing_in.views import picker

    account = world.account(("ZA1", "reader"), until=world.today)
    begin_membership(account, "ZB1", "contributor", world.today)
    asked = RequestFactory().get("/demo/", HTTP_HOST="127.0.0.1:8765", REMOTE_ADDR="127.0.0.1")
    with override_settings(REMIT_PICKER=True, ALLOWED_HOSTS=["127.0.0.1"]):
        page = picker(asked).content.decode()
    assert "contributor at NHS Larkshire" in page
    assert "reader at" not in page


# What belongs to others ---------------------------------------------------------------------------


def test_trying_all_numbers_finds_nothing_of_others(world: World) -> None:
    """What is another's and what is nowhere are answered alike, to the byte."""
    add_action("ACT-99", "ASKZA2")
    client = world.client(("ZA1", "signatory"))

    def plain(address: str) -> tuple[int, str]:
        answer = client.get(address)
        page = re.sub(r'value="\w{64}"', "", answer.content.decode())
        return answer.status_code, page

    for there, nowhere in (
        ("/actions/one/ACT-99/", "/actions/one/ACT-98/"),
        ("/actions/one/ACT-99/change/", "/actions/one/ACT-98/change/"),
        ("/asks/one/ASKZA2/", "/asks/one/ASKQQ/"),
        ("/asks/one/ASKZA2/action/", "/asks/one/ASKQQ/action/"),
        ("/changes/ask/ASKZA2/", "/changes/ask/ASKQQ/"),
        ("/changes/account/1/", "/changes/membership/1/"),
        ("/organisations/ZA2/", "/organisations/QQ/"),
    ):
        assert plain(there) == plain(nowhere), there
        assert plain(there)[0] == 404


def test_the_day_is_that_of_london(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half past midnight in London in summer is still the day before by the server's clock."""
    from datetime import UTC, datetime

    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    assert today() == date(2026, 7, 1)


def test_the_settings_of_this_process_are_those_of_people() -> None:
    assert settings_of(set_up(), {"REMIT_WEB_URL": ADDRESS})["DEBUG"] is False
