"""Signing in by the organisation's own provider, which is a real one on loopback: who gets in, and
whom a token that is wrong in any way keeps out.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core.cache import cache
from django.test import override_settings

from remit.web.people.models import Account
from remit.web.sign_in_settings import sign_in_settings
from tests.web.provider import BACK, SECRET, SignInProvider
from tests.web.world import SafeClient, World

ASHA = {"email": "asha@icb.example", "name": "Asha Bell", "groups": ["g-icb", "g-of-no-role"]}
GROUPS = """\
groups:
  - {group: g-icb, organisation: ZB1, role: contributor}
  - {group: g-trust, organisation: ZA1, role: reader}
"""
pytestmark = pytest.mark.browser  # the provider needs Node.js, as the browser's tests do
NOT_TRUSTED = "could not be trusted or was cancelled"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignInProvider]:
    made = SignInProvider(tmp_path_factory.mktemp("provider"))
    made.begin()
    yield made
    made.end()


@pytest.fixture
def provider(running: SignInProvider, tmp_path: Path) -> Iterator[SignInProvider]:
    """The provider with one person, and an instance whose settings name it."""
    running.people = {"asha": dict(ASHA)}
    running.say()
    (tmp_path / "groups.yaml").write_text(GROUPS, encoding="utf-8")
    given = {
        "OIDC_ISSUER": running.issuer, "OIDC_CLIENT_ID": "remit", "OIDC_CLIENT_SECRET": SECRET,
        "OIDC_NAME": "the ICB's sign-in",
    }  # fmt: skip
    cache.clear()
    with override_settings(**sign_in_settings(given, tmp_path)):
        yield running


def begin(client: SafeClient) -> str:
    """Where the button of the page of signing in leads."""
    answer = client.post("/sign-in/organisation/")
    assert answer.status_code == 302
    return str(answer["Location"])


def come_back(client: SafeClient, address: str) -> Any:
    assert address.startswith(BACK)
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def sign_in(provider: SignInProvider, client: SafeClient | None = None) -> Any:
    """The answer to a person who comes back from the provider."""
    client = client or SafeClient()
    return come_back(client, provider.sign_in(begin(client), "asha"))


def roles(on: Any) -> set[tuple[str, str]]:
    account = Account.objects.get(email=ASHA["email"])
    return {(one.organisation, one.role) for one in account.memberships.all() if one.holds(on)}


# Who gets in --------------------------------------------------------------------------------------


def test_whoever_has_a_group_with_a_role_gets_an_account_and_the_role(
    world: World, provider: SignInProvider
) -> None:
    client = SafeClient()
    assert "the ICB&#39;s sign-in" in client.get("/sign-in/").content.decode()
    asked = parse_qs(urlsplit(begin(client)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"nonce", "state"} <= asked.keys()
    assert asked["redirect_uri"] == [BACK]
    answer = sign_in(provider, client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    page = client.get("/").content.decode()
    assert "Asha Bell" in page
    assert roles(world.today) == {("ZB1", "contributor")}
    assert client.get("/asks/one/ASKZB1/").status_code == 200
    assert client.get("/asks/one/ASKZB2/").status_code == 404


def test_a_session_from_before_is_not_the_session_after(
    world: World, provider: SignInProvider
) -> None:
    client = SafeClient()
    address = begin(client)
    before = client.session.session_key
    come_back(client, provider.sign_in(address, "asha"))
    assert before
    assert client.session.session_key != before


def test_groups_that_are_gone_end_their_roles_and_new_ones_begin_theirs(
    world: World, provider: SignInProvider
) -> None:
    first = SafeClient()
    sign_in(provider, first)
    provider.people["asha"]["groups"] = ["g-trust"]
    provider.say()
    later = SafeClient()
    assert sign_in(provider, later)["Location"] == "/"
    assert roles(world.today) == {("ZA1", "reader")}
    # The session from before has no more than the one of today.
    assert first.get("/asks/one/ASKZB1/").status_code == 404
    assert later.get("/asks/one/ASKZA1/").status_code == 200

    provider.people["asha"]["groups"] = []
    provider.say()
    third = SafeClient()
    answer = sign_in(provider, third)
    assert answer.status_code == 403
    assert "You have no role here any more." in answer.content.decode()
    assert roles(world.today) == set()
    assert third.get("/asks/").status_code == 302
    assert first.get("/asks/one/ASKZA1/").status_code in {302, 403, 404}


def test_one_group_as_a_word_counts_as_a_list_of_one(
    world: World, provider: SignInProvider
) -> None:
    provider.people["asha"]["groups"] = "g-icb"
    provider.say()
    assert sign_in(provider)["Location"] == "/"
    assert roles(world.today) == {("ZB1", "contributor")}


# Who does not -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"groups": ["g-of-no-role"]}, "None of your groups has a role here."),
        ({"groups": None}, "None of your groups has a role here."),
        ({"email": None}, "gave no e-mail address"),
    ],
)
def test_whoever_has_no_role_or_no_address_gets_no_account(
    changed: dict[str, Any], said: str, world: World, provider: SignInProvider,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    provider.people["asha"] |= changed
    provider.say()
    before = Account.objects.count()
    with caplog.at_level(logging.WARNING, "remit.web"):
        answer = sign_in(provider)
    assert answer.status_code == 403
    assert said in answer.content.decode()
    assert "sign-in refused" in caplog.text
    assert Account.objects.count() == before


def test_a_local_account_is_not_taken_over_by_its_address(
    world: World, provider: SignInProvider
) -> None:
    Account.objects.make("Asha@icb.example", "Another Asha")
    answer = sign_in(provider)
    assert answer.status_code == 403
    assert "There is a local account of this address already." in answer.content.decode()
    assert Account.objects.filter(email__iexact=ASHA["email"]).count() == 1


FAULTS = (
    "issuer", "nonce", "no nonce", "audience", "other party", "expired", "not yet", "no end",
    "no subject", "signature", "unknown key", "unsigned", "public key as secret", "no token",
    "no token at all",
)  # fmt: skip


def test_a_token_that_is_signed_anew_and_right_is_taken(
    world: World, provider: SignInProvider
) -> None:
    """So what keeps the others out is what is wrong with them."""
    provider.say("nothing")
    assert sign_in(provider)["Location"] == "/"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_token_that_is_wrong_opens_nothing(
    fault: str, world: World, provider: SignInProvider, caplog: pytest.LogCaptureFixture
) -> None:
    provider.say(fault)
    before = Account.objects.count()
    client = SafeClient()
    with caplog.at_level(logging.WARNING, "remit.web"):
        answer = sign_in(provider, client)
    assert answer.status_code == 403
    assert NOT_TRUSTED in answer.content.decode()
    assert "sign-in refused" in caplog.text
    assert "_auth_user_id" not in client.session
    assert Account.objects.count() == before


def test_a_document_that_speaks_for_another_issuer_opens_nothing(
    world: World, provider: SignInProvider
) -> None:
    client = SafeClient()
    address = provider.sign_in(begin(client), "asha")
    provider.say(document_issuer="https://login.example")
    answer = come_back(client, address)
    assert answer.status_code == 403
    assert NOT_TRUSTED in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_state_serves_once_and_only_the_browser_that_began(
    world: World, provider: SignInProvider
) -> None:
    mine, theirs = SafeClient(), SafeClient()
    address = provider.sign_in(begin(mine), "asha")
    assert come_back(theirs, address).status_code == 403
    assert "_auth_user_id" not in theirs.session
    assert come_back(mine, address)["Location"] == "/"
    again = SafeClient()
    begin(again)
    assert come_back(again, address).status_code == 403
    mine.post("/sign-out/")
    assert come_back(mine, address).status_code == 403


@pytest.mark.parametrize(
    "query",
    [{"error": "access_denied"}, {"code": "made up"}, {}, {"state": "made up", "code": "x"}],
)
def test_coming_back_with_anything_else_is_a_plain_page(
    query: dict[str, str], world: World, provider: SignInProvider
) -> None:
    client = SafeClient()
    state = parse_qs(urlsplit(begin(client)).query)["state"][0]
    answer = come_back(client, f"{BACK}?{urlencode({'state': state, **query})}")
    assert answer.status_code == 403
    assert NOT_TRUSTED in answer.content.decode()


def test_signing_in_begins_by_the_form_alone_and_leads_nowhere_else(
    world: World, provider: SignInProvider
) -> None:
    client = SafeClient()
    assert client.get("/sign-in/organisation/").status_code == 405
    strict = SafeClient(enforce_csrf_checks=True)
    assert strict.post("/sign-in/organisation/").status_code == 403
    answer = client.post(
        "/sign-in/organisation/?scope=admin&auth_params=prompt%3Dnone&next=//evil.example/"
    )
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert sorted(asked["scope"][0].split()) == ["email", "openid", "profile"]
    assert "prompt" not in asked
    back = come_back(client, provider.sign_in(answer["Location"], "asha"))
    assert back["Location"] == "/"


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/asks/?late=1", "/asks/?late=1"), ("//evil.example/", "/"), ("/\\evil.example/", "/"),
        ("https://evil.example/", "/"), ("javascript:alert(1)", "/"),
    ],
)  # fmt: skip
def test_who_signs_in_comes_to_the_page_that_they_asked_for_and_to_no_other_site(
    world: World, provider: SignInProvider, wanted: str, leads_to: str
) -> None:
    client = SafeClient()
    page = client.get("/sign-in/", {"next": wanted}).content.decode()
    form = page.split('action="/sign-in/organisation/"')[1].split("</form>")[0]
    sent = dict(re.findall(r'name="(next)" value="([^"]*)"', form))
    assert wanted != leads_to or unescape(sent["next"]) == wanted
    answer = client.post("/sign-in/organisation/", {"next": wanted})
    back = come_back(client, provider.sign_in(answer["Location"], "asha"))
    assert back["Location"] == leads_to


def test_a_provider_that_is_away_is_told_as_a_plain_page(
    world: World, provider: SignInProvider, tmp_path: Path
) -> None:
    gone = {
        "OIDC_ISSUER": "http://127.0.0.1:9/",
        "OIDC_CLIENT_ID": "remit",
        "OIDC_CLIENT_SECRET": SECRET,
    }
    with override_settings(**sign_in_settings(gone, tmp_path)):
        answer = SafeClient().post("/sign-in/organisation/")
    assert answer.status_code == 403
    assert NOT_TRUSTED in answer.content.decode()


def test_without_a_provider_there_is_no_such_page(world: World, tmp_path: Path) -> None:
    assert SafeClient().post("/sign-in/organisation/").status_code == 404
    assert SafeClient().get("/sign-in/organisation/back/?code=x&state=y").status_code == 404


def test_a_role_of_a_group_holds_from_the_day_of_signing_in(
    world: World, provider: SignInProvider
) -> None:
    sign_in(provider)
    assert roles(world.today - timedelta(days=1)) == set()
