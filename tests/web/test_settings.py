"""The folder of an instance, and settings from outside: a wrong one is told by its name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from remit.web import Instance, InstanceError, make_instance, open_instance, started
from remit.web.settings import settings_of
from tests.web.instance import set_up

OIDC = {
    "OIDC_ISSUER": "https://login.example/tenant",
    "OIDC_CLIENT_ID": "remit",
    "OIDC_CLIENT_SECRET": "s",
}
needs_modes = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


@pytest.fixture
def made(tmp_path: Path) -> Instance:
    return make_instance(tmp_path / "web")


# The folder ---------------------------------------------------------------------------------------


def test_a_new_instance_has_a_key_of_its_own(made: Instance, tmp_path: Path) -> None:
    other = make_instance(tmp_path / "other", demo=True)
    assert made.secret != other.secret
    assert (made.is_demo, other.is_demo) == (False, True)
    assert open_instance(made.folder) == make_instance(made.folder) == made
    assert made.database.parent == made.folder


@needs_modes
def test_the_key_is_for_its_owner_alone(made: Instance) -> None:
    key = made.folder / "secret.key"
    assert (key.stat().st_mode & 0o777, made.folder.stat().st_mode & 0o777) == (0o600, 0o700)
    key.chmod(0o640)
    with pytest.raises(InstanceError, match=f"chmod 600 {key}"):
        open_instance(made.folder)


def test_an_instance_of_the_other_kind_is_not_taken(made: Instance, tmp_path: Path) -> None:
    demo = make_instance(tmp_path / "demo", demo=True)
    with pytest.raises(InstanceError, match="no demonstration already"):
        make_instance(made.folder, demo=True)
    with pytest.raises(InstanceError, match="a demonstration already"):
        make_instance(demo.folder)


def test_what_else_stands_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    for place in (tmp_path, tmp_path / "letter.txt"):
        with pytest.raises(InstanceError, match="something else here"):
            make_instance(place)
    with pytest.raises(InstanceError, match="it cannot be made"):
        make_instance(tmp_path / "letter.txt" / "web")
    assert (tmp_path / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("key", "said"),
    [(None, "remit web init"), (b"\xff\xfe", "remit web init"), (b"short\n", "this is no key")],
)
def test_without_its_key_it_is_not_opened(made: Instance, key: bytes | None, said: str) -> None:
    path = made.folder / "secret.key"
    if key is None:
        path.unlink()
    else:
        path.write_bytes(key)
    with pytest.raises(InstanceError, match=said):
        open_instance(made.folder)


def test_a_process_serves_one_instance(made: Instance) -> None:
    started(set_up())
    with pytest.raises(InstanceError, match="other records already"):
        started(made)


# Settings -----------------------------------------------------------------------------------------


def test_without_settings_this_machine_alone_reaches_it(made: Instance) -> None:
    found = settings_of(made, {})
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert found["SECURE_PROXY_SSL_HEADER"] is None
    assert found["DATABASES"]["default"]["NAME"] == str(made.database)
    assert found["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode = WAL" in found["DATABASES"]["default"]["OPTIONS"]["init_command"]
    assert found["SECRET_KEY"] == made.secret
    assert found["TIME_ZONE"] == "Europe/London"


def test_its_address_is_the_only_host(made: Instance) -> None:
    found = settings_of(made, {"REMIT_WEB_URL": "https://remit.example/", "REMIT_WEB_PROXIES": "2"})
    assert found["ALLOWED_HOSTS"] == ["remit.example"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://remit.example"]
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 2
    assert found["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_a_database_of_a_server(made: Instance) -> None:
    address = "postgres://ann:p%40ss@db.example:5433/remit?sslmode=verify-full"
    found = settings_of(made, {"DATABASE_URL": address})["DATABASES"]["default"]
    wanted = {"NAME": "remit", "USER": "ann", "PASSWORD": "p@ss", "HOST": "db.example",
              "PORT": "5433", "OPTIONS": {"sslmode": "verify-full"}}  # fmt: skip
    assert {name: found[name] for name in wanted} == wanted
    by_socket = settings_of(made, {"DATABASE_URL": "postgresql:///remit?host=/run/pg"})
    assert by_socket["DATABASES"]["default"]["HOST"] == "/run/pg"


def test_another_sign_in_has_its_origin_in_the_policy_of_forms(made: Instance) -> None:
    found = settings_of(made, {**OIDC, "OIDC_NAME": "Entra", "OIDC_SCOPE": "openid email"})
    (app,) = found["SOCIALACCOUNT_PROVIDERS"]["oidc"]["APPS"]
    assert (app["name"], app["settings"]["scope"]) == ("Entra", ["openid", "email"])
    assert app["settings"]["oauth_pkce_enabled"] is True
    allowed = found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"]
    assert allowed[1:] == ["https://login.example"]
    assert settings_of(made, {**OIDC, "OIDC_ISSUER": "http://127.0.0.1:9/"})


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"DATABASE_URL": "mysql://db.example/remit"}, "DATABASE_URL: give postgresql://"),
        ({"DATABASE_URL": "postgresql://db.example/"}, "DATABASE_URL: give postgresql://"),
        (
            {"DATABASE_URL": "postgresql://db.example:many/remit"},
            "DATABASE_URL: give postgresql://",
        ),
        ({"REMIT_WEB_URL": "http://remit.example"}, "REMIT_WEB_URL: 'http://remit.example' is no"),
        ({"REMIT_WEB_URL": "https://remit.example/here"}, "give one without a path"),
        ({"REMIT_WEB_URL": "remit.example"}, "REMIT_WEB_URL"),
        ({"REMIT_WEB_URL": "https://remit.example:many"}, "REMIT_WEB_URL"),
        ({**OIDC, "OIDC_ISSUER": "https://[login"}, "OIDC_ISSUER"),
        ({"REMIT_WEB_PROXIES": "-1"}, "REMIT_WEB_PROXIES: '-1' is no whole number"),
        ({"OIDC_ISSUER": "https://login.example"}, "OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: not set"),
        ({**OIDC, "OIDC_ISSUER": "http://login.example"}, "give its https address"),
    ],
)
def test_a_wrong_setting_is_named(made: Instance, environ: dict[str, str], said: str) -> None:
    with pytest.raises(InstanceError, match=said):
        settings_of(made, environ)


def test_a_wrong_password_of_a_database_is_not_repeated(made: Instance) -> None:
    with pytest.raises(InstanceError) as told:
        settings_of(made, {"DATABASE_URL": "mysql://ann:hunter2@db.example/remit"})
    assert "hunter2" not in str(told.value)


def test_debug_is_for_this_machine_alone(made: Instance, tmp_path: Path) -> None:
    with pytest.raises(InstanceError, match="together with --debug"):
        settings_of(made, {"REMIT_WEB_URL": "https://remit.example"}, debug=True)
    demo = make_instance(tmp_path / "demo", demo=True)
    pickers = [settings_of(one, {}, debug=debug)["REMIT_PICKER"]
               for one in (made, demo) for debug in (False, True)]  # fmt: skip
    assert pickers == [False, False, False, True]
