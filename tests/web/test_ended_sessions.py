"""A form whose session has ended: kept for whoever typed it, and for nobody else."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.middleware.csrf import _mask_cipher_secret
from django.utils import timezone

from remit.records.audit import entries_for
from remit.records.loading import model
from remit.web.people.kept_forms import (
    KEPT_FOR,
    LARGEST,
    MOST,
    TypedForm,
    clear_kept,
    keep_form,
    kept_for,
)
from remit.web.people.models import KeptForm, SessionMark
from remit.web.people.session_marks import account_of_form, secret_of
from remit.web.signing_in.filling import filled
from tests.web.instance import ADDRESS
from tests.web.world import SafeClient, World

FORM = "/asks/one/ASKZA1/action/"
OWNER = ("ZA1", "contributor")
COOKIE = "__Host-remit-kept"
TYPED = {"what": "Send one figure, not two: “5 < 6” & so on", "owner": "company secretary",
         "due_on": "2030-04-30"}  # fmt: skip


def browser(world: World, *roles: tuple[str, str]) -> SafeClient:
    """Somebody's browser, signed in, which holds each form to its token."""
    return world.client(*roles, enforce_csrf_checks=True)


def token_of(page: Any) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    assert found
    return found[1]


def send(client: SafeClient, token: str, path: str = FORM, **more: Any) -> Any:
    given = {**TYPED, "csrfmiddlewaretoken": token, **more}
    how = {"HTTP_ORIGIN": ADDRESS, "HTTP_REFERER": f"{ADDRESS}{path}"}
    return client.post(path, given, **how)


def ended(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[SafeClient, str]:
    """A browser in which a form stands whose session has ended without use."""
    client = browser(world, OWNER)
    token = token_of(client.get(FORM))
    now = time.time()
    with monkeypatch.context() as later:
        later.setattr("remit.web.gate.time.time", lambda: now + 3601)
        assert client.get("/asks/").status_code == 302
    return client, token


def actions() -> int:
    return int(model("Action").objects.filter(what__startswith="Send one figure").count())


def sign_in(client: SafeClient, world: World, *roles: tuple[str, str]) -> None:
    client.force_login(world.account(*roles))


# It is not lost -----------------------------------------------------------------------------------


def test_what_was_typed_stands_in_its_form_again_and_is_written_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, token = ended(world, monkeypatch)
    answer = send(client, token)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/sign-in/?next={FORM.replace('/', '%2F')}",
    )
    assert "Your session had ended" in client.get(answer["Location"]).content.decode()
    assert actions() == 0
    sign_in(client, world, OWNER)
    assert "go on with it" in client.get("/asks/").content.decode()
    page = client.get(FORM)
    text = page.content.decode()
    assert "It is not kept yet: look it over and send it." in text
    assert "Send one figure, not two: “5 &lt; 6” &amp; so on</textarea>" in text
    assert 'value="company secretary"' in text
    assert 'value="2030-04-30"' in text
    assert actions() == 0
    assert not KeptForm.objects.exists()
    assert client.cookies[COOKIE].value == ""
    assert "“5" not in client.get(FORM).content.decode()
    assert send(client, token_of(page)).status_code == 302
    assert actions() == 1
    made = model("Action").objects.get(what__startswith="Send one figure")
    (entry,) = [one for one in entries_for(made) if one.what == "add"]
    assert entry.who == f"account-{world.account(OWNER).pk}"


@pytest.mark.parametrize("how", ["signed out", "over after ten hours", "signed in again elsewhere"])
def test_however_the_session_ended(world: World, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    client = browser(world, OWNER)
    page = client.get(FORM)
    token = token_of(page)
    if how == "signed out":
        client.post("/sign-out/", {"csrfmiddlewaretoken": token}, HTTP_ORIGIN=ADDRESS)
    elif how == "over after ten hours":
        client.cookies.pop("__Host-remit-session")
    else:
        client.cookies["__Host-remit-csrf"] = "Z" * 32
    answer = send(client, token)
    assert answer.status_code == 302
    assert actions() == 0
    if how == "signed in again elsewhere":
        assert answer["Location"] == FORM
    else:
        sign_in(client, world, OWNER)
    assert "company secretary" in client.get(FORM).content.decode()


def test_a_session_ends_ten_hours_after_it_began_however_much_it_is_used(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = world.client(OWNER)
    now = time.time()
    for minutes in range(0, 600, 50):
        monkeypatch.setattr("remit.web.gate.time.time", lambda at=now + 60 * minutes: at)
        assert client.get("/account/").status_code == 200, minutes
    monkeypatch.setattr("remit.web.gate.time.time", lambda: now + 601 * 60)
    assert client.get("/account/").status_code == 302


def test_what_another_changed_meanwhile_is_still_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hidden field by which that is noticed comes back as it was, and not as it is now."""
    path = "/actions/one/ACT-ZA1/change/"
    client = browser(world, OWNER)
    page = client.get(path)
    seen = re.search(r'name="seen" value="(\d+)"', page.content.decode())
    assert seen
    client.cookies.pop("__Host-remit-session")
    send(client, token_of(page), path, seen=seen[1])
    other = world.client(("ZB1", "contributor"))
    assert (
        other.post(path, {"what": "Another thing", "owner": "chair", "seen": seen[1]}).status_code
        == 302
    )
    sign_in(client, world, OWNER)
    page = client.get(path)
    assert "Send one figure" in page.content.decode()
    assert f'name="seen" value="{seen[1]}"' in page.content.decode()
    answer = send(client, token_of(page), path, seen=seen[1])
    assert answer.status_code == 409
    assert "Another thing" in answer.content.decode()


def test_words_whose_form_is_gone_can_be_copied(world: World) -> None:
    client = browser(world, OWNER)
    page = client.get("/asks/one/ASKZA1/")
    client.cookies.pop("__Host-remit-session")
    how = {"HTTP_ORIGIN": ADDRESS, "HTTP_REFERER": f"{ADDRESS}/asks/one/ASKZA1/"}
    given = {"answer": "It went <b>out</b>", "csrfmiddlewaretoken": token_of(page)}
    client.post("/asks/one/ASKZA1/closed/", given, **how)
    world.client(("ZB1", "contributor")).post("/asks/one/ASKZA1/closed/", {"answer": "no need"})
    sign_in(client, world, OWNER)
    assert client.get("/asks/one/ASKZA1/")["Location"] == "/kept/"
    shown = client.get("/kept/").content.decode()
    assert "It went &lt;b&gt;out&lt;/b&gt;" in shown
    assert model("Ask").objects.get(pk="ASKZA1").answer == "no need"
    assert client.post("/kept/", {"csrfmiddlewaretoken": token_of(client.get("/kept/"))},
                       HTTP_ORIGIN=ADDRESS).status_code == 302  # fmt: skip
    assert not KeptForm.objects.exists()
    assert "Nothing of yours is kept here" in client.get("/kept/").content.decode()


# Nobody else has it -------------------------------------------------------------------------------


def test_another_person_at_the_same_machine_sees_nothing_of_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, token = ended(world, monkeypatch)
    send(client, token)
    sign_in(client, world, ("ZA1", "signatory"))
    for path in (FORM, "/kept/", "/"):
        page = client.get(path).content.decode()
        assert "Send one figure" not in page, path
        assert "go on with it" not in page
    client.post("/kept/", {"csrfmiddlewaretoken": token_of(client.get("/kept/"))},
                HTTP_ORIGIN=ADDRESS)  # fmt: skip
    assert KeptForm.objects.count() == 1


def test_the_same_person_has_it_in_the_browser_alone_that_sent_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, token = ended(world, monkeypatch)
    send(client, token)
    elsewhere = browser(world, OWNER)
    assert "Send one figure" not in elsewhere.get(FORM).content.decode()
    elsewhere.cookies[COOKIE] = KeptForm.objects.get().digest
    assert "Send one figure" not in elsewhere.get(FORM).content.decode()


def test_a_form_of_somebody_who_signed_out_is_not_shown_to_whoever_signed_in(world: World) -> None:
    client = browser(world, OWNER)
    token = token_of(client.get(FORM))
    client.cookies["__Host-remit-csrf"] = "Z" * 32
    sign_in(client, world, ("ZA1", "signatory"))
    answer = send(client, token)
    assert answer.status_code == 403
    assert "Send one figure" not in answer.content.decode()
    assert KeptForm.objects.get().account == world.account(OWNER)
    assert actions() == 0


@pytest.mark.parametrize("token", ["", "x", "a" * 64, "é" * 64])
def test_a_form_without_a_token_of_a_session_is_not_kept(world: World, token: str) -> None:
    stranger = SafeClient()
    assert send(stranger, token)["Location"] == "/sign-in/"
    assert COOKIE not in stranger.cookies
    assert not KeptForm.objects.exists()


def test_another_site_plants_no_form(world: World) -> None:
    """It knows no token; one of a page that nobody was signed in to is worth nothing either."""
    client = browser(world, OWNER)
    token = token_of(client.get(FORM))
    client.cookies.pop("__Host-remit-session")
    away = {"HTTP_ORIGIN": "https://evil.example"}
    given = {**TYPED, "csrfmiddlewaretoken": token}
    assert client.post(FORM, given, **away).status_code == 403
    stranger = SafeClient(enforce_csrf_checks=True)
    own = token_of(stranger.get("/sign-in/"))
    assert send(stranger, own)["Location"] == "/sign-in/"
    assert not KeptForm.objects.exists()


def test_a_planted_cookie_opens_nothing(world: World) -> None:
    """Whoever fixes the cookie beforehand learns nothing: each form gets a token of its own."""
    client = browser(world, OWNER)
    token = token_of(client.get(FORM))
    client.cookies.pop("__Host-remit-session")
    client.cookies[COOKIE] = "planted"
    send(client, token)
    given = client.cookies[COOKIE]
    assert given.value.split(".")[1:] == ["planted"]
    assert (given["httponly"], given["secure"], given["samesite"]) == (True, True, "Lax")
    sign_in(client, world, OWNER)
    assert kept_for(world.account(OWNER), ["planted"], timezone.now()) == []
    session = client.cookies["__Host-remit-session"].value
    assert session not in given.value


def test_passwords_and_codes_are_never_kept(world: World) -> None:
    client = browser(world, OWNER)
    token = token_of(client.get(FORM))
    client.cookies.pop("__Host-remit-session")
    for path in ("/sign-in/", "/account/password/", "/account/again/", "/sign-in/code/",
                 "/account/second-factor/"):  # fmt: skip
        send(client, token, path, password="three lanterns", code="123456")
    assert not KeptForm.objects.exists()
    send(client, token, password="three lanterns", Passphrase="x y", otp="123456", code="7")
    (held,) = kept_for(
        world.account(OWNER), client.cookies[COOKIE].value.split("."), timezone.now()
    )
    assert {name for name, _ in held.form.fields} == set(TYPED)


def test_what_is_kept_is_sealed_and_in_no_audit(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from remit.records.audit.models import AuditEntry

    entries = AuditEntry.objects.count()
    client, token = ended(world, monkeypatch)
    send(client, token)
    row = KeptForm.objects.get()
    assert b"figure" not in bytes(row.sealed)
    assert client.cookies[COOKIE].value not in f"{row.digest}{bytes(row.sealed)!r}"
    assert AuditEntry.objects.count() == entries + 1  # the membership of this test's person


def test_what_leads_elsewhere_is_not_followed(world: World) -> None:
    client = browser(world, OWNER)
    token = token_of(client.get(FORM))
    client.cookies.pop("__Host-remit-session")
    given = {**TYPED, "csrfmiddlewaretoken": token}
    for referer in (f"{ADDRESS}//evil.example/", f"{ADDRESS}/sign-in/?next=//evil.example",
                    f"{ADDRESS}/nothing-here/"):  # fmt: skip
        answer = client.post(FORM, given, HTTP_ORIGIN=ADDRESS, HTTP_REFERER=referer)
        assert answer["Location"] == f"/sign-in/?next={FORM.replace('/', '%2F')}"


# How much, and how long ---------------------------------------------------------------------------


def test_it_is_kept_for_a_day_and_five_at_most(world: World) -> None:
    account, now = world.account(OWNER), timezone.now()
    typed = TypedForm("/", "/", (("a", "b"),))
    tokens = [keep_form(account, typed, now + timedelta(seconds=at)) for at in range(MOST + 2)]
    assert KeptForm.objects.count() == MOST
    assert kept_for(account, tokens[:2], now) == []
    late = now + KEPT_FOR + timedelta(minutes=1)
    assert kept_for(account, tokens[2:3], late) == []
    assert clear_kept(now + KEPT_FOR + timedelta(minutes=1)) == MOST
    assert not KeptForm.objects.exists()


def test_a_form_that_is_too_large_is_not_kept(world: World) -> None:
    client = browser(world, OWNER)
    token = token_of(client.get(FORM))
    client.cookies.pop("__Host-remit-session")
    answer = send(client, token, what="x" * LARGEST)
    assert "too large to be kept" in client.get(answer["Location"]).content.decode()
    assert not KeptForm.objects.exists()
    with pytest.raises(ValueError, match="is not kept"):
        keep_form(
            world.account(OWNER), TypedForm("/", "/", (("a", "x" * LARGEST),)), timezone.now()
        )


def test_a_mark_is_known_for_two_days_and_of_an_account_that_may_sign_in(world: World) -> None:
    client = browser(world, OWNER)
    token = token_of(client.get(FORM))
    account, now = world.account(OWNER), timezone.now()
    assert account_of_form(token, now) == account
    assert account_of_form(token, now + timedelta(days=3)) is None
    account.is_active = False
    account.save()
    assert account_of_form(token, now) is None
    clear_kept(now + timedelta(days=3))
    assert not SessionMark.objects.exists()


def test_a_secret_is_read_as_the_library_masks_it() -> None:
    secret = "AbZ9" * 8
    assert {secret_of(_mask_cipher_secret(secret)) for _ in range(5)} == {secret}


# Filling ------------------------------------------------------------------------------------------


def test_boxes_lists_and_several_forms_of_one_address() -> None:
    page = """<main><form method="post" action="/x/"><input type="hidden" name="act" value="say">
<textarea name="text">
old</textarea></form><form method="post" action="/x/"><input type="hidden" name="act" value="fact">
<input type="checkbox" name="for" value="a" checked><input type="checkbox" name="for" value="b">
<select name="kind"><option value="">Choose</option><option value="k" selected>K</option>
<option value="l">L</option></select><input type="password" name="pin" value="">
<textarea name="text"></textarea></form></main>"""
    fields = (("act", "fact"), ("for", "b"), ("kind", "l"), ("text", "\nfirst & last"))
    found = filled(page, TypedForm("/x/", "/x/", fields), "<p>Here</p>")
    assert found is not None
    assert found.startswith("<main><p>Here</p>")
    assert ">\nold</textarea>" in found
    assert '<input type="checkbox" name="for" value="a">' in found
    assert '<input type="checkbox" name="for" value="b" checked>' in found
    assert '<option value="k">' in found
    assert '<option value="l" selected>' in found
    assert '<textarea name="text">\n\nfirst &amp; last</textarea>' in found
    for lost in (
        (("for", "c"),),
        (("kind", "m"),),
        (("text", "a"), ("text", "b")),
        (("pin", "1"),),
    ):
        assert filled(page, TypedForm("/x/", "/x/", (("act", "fact"), *lost)), "") is None
    assert filled(page, TypedForm("/y/", "/y/", (("text", "a"),)), "") is None
