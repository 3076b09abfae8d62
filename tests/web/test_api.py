"""The API: each operation by role, relation and method, tokens that end, and hostile input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache

from remit.records.audit import entries_for
from remit.records.loading import model
from remit.web.access import roles as declared_roles
from remit.web.access.roles import Permission
from remit.web.addresses import api
from remit.web.people.memberships import end_membership
from remit.web.people.models import ApiToken
from remit.web.people.tokens import end_token, make_token
from tests.web import api_matrix
from tests.web.figure_stores import published_once
from tests.web.figures_world import fill_figures
from tests.web.planned import AT, act, add_plan
from tests.web.test_access_matrix import (
    AUDITS,
    EXPORTS,
    RELATIONS,
    ROLES_HERE,
    SEEN_BY,
    WRITES,
    marks,
)
from tests.web.together_world import fill_together
from tests.web.world import ORGANISATIONS, SafeClient, World, add_ask

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OPERATIONS = {
    ("GET", "/api/asks"): "list",
    ("GET", "/api/asks/{ask_id}"): "see",
    ("POST", "/api/asks/{ask_id}/close"): "write",
    ("POST", "/api/asks/{ask_id}/reopen"): "write",
    ("POST", "/api/asks/{ask_id}/actions"): "write",
    ("GET", "/api/actions"): "list",
    ("GET", "/api/actions/{action_id}"): "see",
    ("PATCH", "/api/actions/{action_id}"): "write",
    ("POST", "/api/actions/{action_id}/done"): "write",
    ("GET", "/api/organisations"): "file",
    ("GET", "/api/changes"): "audit",
    ("GET", "/api/changes/{kind}/{record_id}"): "see",
    **api_matrix.OPERATIONS,
}
"""Each operation and what decides, as in the matrix of the pages; to read is to take away."""


class Program:
    """What sends a token of a person."""

    def __init__(self, token: str) -> None:
        self._client = SafeClient()
        self._token = token

    def __call__(self, method: str, path: str, given: Any = None, **more: Any) -> Any:
        body = json.dumps(given) if given is not None else ""
        head = {"HTTP_AUTHORIZATION": f"Bearer {self._token}"} if self._token else {}
        return self._client.generic(method, path, body, content_type="application/json",
                                    **head, **more)  # fmt: skip


@pytest.fixture(autouse=True)
def fresh_rates(base: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def whole_world(world: World) -> World:
    """With what came of conversations, figures that were spoken of, and a plan to be settled."""
    fill_together(world.today)
    published_once()
    fill_figures()
    act(add_plan(), *AT["settle"])
    return world


def program(world: World, *roles: tuple[str, str], **how: Any) -> Program:
    given = {"days": 30, "may_write": True, **how}
    return Program(make_token(world.account(*roles), "test", world.today, **given))


def operations() -> set[tuple[str, str]]:
    """From the router itself."""
    paths = api.get_openapi_schema()["paths"]
    return {(method.upper(), path) for path, found in paths.items() for method in found}


def test_every_operation_is_declared() -> None:
    assert operations() == set(OPERATIONS)


def address(path: str, code: str) -> str:
    if found := api_matrix.address(path, code):
        return found
    given = {"ask_id": f"ASK{code}", "action_id": f"ACT-{code}", "kind": "ask"}
    return path.format(**given, record_id=f"ASK{code}")


def sent(path: str, code: str = "ZA1", seer: str = "ZA1", method: str = "POST") -> Any:
    if (method, path) in api_matrix.OPERATIONS:
        return api_matrix.sent(method, path, code, seer)
    if path.endswith("/actions"):
        return {"what": "Send the plan", "owner": "medical director"}
    if path.endswith("{action_id}"):
        return {"seen": 999, "owner": "chief nurse"}
    return {"answer": "see the return"} if path.endswith("/close") else None


def expected(rule: str, path: str, role: str, sees: bool, seer: str = "") -> set[int]:
    # An ask that is open is not opened again: the state refuses, after the person is allowed.
    writes = ({409} if path.endswith("reopen") else {200, 201}) if role in WRITES else {403}
    takes = role in EXPORTS
    return {
        "list": {200} if takes else {403},
        "file": {200} if takes else {403},
        "audit": {200} if takes and role in AUDITS else {403},
        "see": ({200} if sees else {404}) if takes else {403},
        "write": writes if sees else {404},
        **api_matrix.expected(role, sees, seer),
    }[rule]


def faults(
    world: World, roles: tuple[str, ...] = ROLES_HERE, rules: frozenset[str] = frozenset()
) -> list[str]:
    """All answers that are not as declared, of operations under some rules if they are named."""
    from django.db import transaction

    found = []
    for role in roles:
        for relation, (seer, code) in RELATIONS.items():
            world.account((seer, role))
            with transaction.atomic():
                sends = program(world, (seer, role))
                for (method, path), rule in OPERATIONS.items():
                    if rules and rule not in rules:
                        continue
                    with transaction.atomic():
                        given = sent(path, code, seer, method)
                        answer = sends(method, address(path, code), given)
                        transaction.set_rollback(True)
                    allowed = expected(rule, path, role, code in SEEN_BY[seer], seer)
                    said = f"{method} {path} as {role}, {relation}"
                    text = answer.content.decode()
                    if answer.status_code not in allowed:
                        found.append(f"{said}: {answer.status_code}, declared {allowed}")
                    elif (rule == "list" and answer.status_code == 200) or rule == "audit":
                        shown = {one for one in ORGANISATIONS if marks(one, text)}
                        wanted = SEEN_BY[seer] & set(ORGANISATIONS)
                        if shown - wanted or (rule == "list" and shown != wanted):
                            found.append(f"{said}: shows {sorted(shown)}, not {sorted(wanted)}")
                transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("role", ROLES_HERE)
def test_every_operation_answers_as_declared(whole_world: World, role: str) -> None:
    found = faults(whole_world, (role,))
    assert found == [], found[:10]


def test_a_wrong_permission_turns_it_red(
    whole_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = whole_world
    reader = declared_roles.ReaderRole
    monkeypatch.setattr(reader, "at_home", reader.at_home | {Permission.WRITE})
    assert faults(world, ("reader",), frozenset({"write"})) != []


def test_methods_that_are_not_declared_are_refused(world: World) -> None:
    sends = program(world, ("ZA1", "signatory"))
    for path in {path for _, path in OPERATIONS}:
        cache.clear()  # so many writes of one person in a minute would be held up at the door
        for method in METHODS:
            if (method, path) not in OPERATIONS:
                assert sends(method, address(path, "ZA1"), {}).status_code == 405, (method, path)


@pytest.mark.parametrize("token", ["", "remit_guessed", "remit_" + "x" * 9000, "é\udc80"])
def test_nobody_passes_without_a_token_that_holds(world: World, token: str) -> None:
    sends = Program(token.encode("utf-8", "replace").decode("latin-1"))
    for method, path in {*OPERATIONS, ("GET", "/api/openapi.json"), ("GET", "/api/")}:
        answer = sends(method, address(path, "ZA1"), sent(path, method=method))
        assert answer.status_code == 401, (method, path)
        assert not marks("ZA1", answer.content.decode())
        assert answer["WWW-Authenticate"] == "Bearer"


def test_a_session_of_a_browser_opens_nothing_here(world: World) -> None:
    client = world.client(("ZA1", "signatory"))
    assert client.get("/api/asks").status_code == 401
    assert client.post("/api/asks/ASKZA1/close", {}).status_code == 401


def test_a_token_opens_no_page(world: World) -> None:
    sends = program(world, ("ZA1", "signatory"))
    assert sends("GET", "/asks/").status_code == 302


def test_a_token_that_reads_changes_nothing(world: World) -> None:
    sends = program(world, ("ZA1", "signatory"), may_write=False)
    assert sends("GET", "/api/asks/ASKZA1").status_code == 200
    answer = sends("POST", "/api/asks/ASKZA1/close", {})
    assert (answer.status_code, answer.json()["detail"]) == (403, "This token only reads.")
    assert model("Ask").objects.get(pk="ASKZA1").status == "open"


def test_a_token_for_one_organisation_reaches_that_alone(world: World) -> None:
    sends = program(world, ("ZB1", "contributor"), organisation="ZA1")
    assert {one["ask_id"] for one in sends("GET", "/api/asks").json()["rows"]} == {"ASKZA1"}
    assert sends("GET", "/api/asks/ASKZA2").status_code == 404
    assert sends("POST", "/api/asks/ASKZB1/close", {}).status_code == 404
    none = program(world, ("ZA1", "contributor"), organisation="ZA2")
    assert none("GET", "/api/asks").status_code == 403


@pytest.mark.parametrize("how", ["ended", "too old", "role ended", "switched off"])
def test_what_ended_opens_nothing(world: World, how: str) -> None:
    account = world.account(("ZA1", "contributor"))
    token = make_token(account, "test", world.today - timedelta(days=30), days=31, may_write=True)
    sends, held = Program(token), ApiToken.objects.get(account=account)
    assert sends("GET", "/api/asks/ASKZA1").status_code == 200
    if how == "ended":
        end_token(held, who=f"account-{account.pk}")
    elif how == "too old":
        ApiToken.objects.filter(pk=held.pk).update(ends_on=world.today)
    elif how == "role ended":
        end_membership(account.memberships.get(), world.today)
    else:
        account.is_active = False
        account.save()
    wanted = {403} if how == "role ended" else {401}
    for method, path in (("GET", "/api/asks"), ("POST", "/api/asks/ASKZA1/close")):
        answer = sends(method, path, {} if method == "POST" else None)
        assert answer.status_code in wanted | ({404} if method == "POST" else set())
    assert model("Ask").objects.get(pk="ASKZA1").status == "open"


@pytest.mark.parametrize("days", [0, 366])
def test_no_token_holds_for_longer_than_a_year(world: World, days: int) -> None:
    with pytest.raises(ValueError, match="1 to 365 days"):
        make_token(world.account(("ZA1", "reader")), "test", world.today, days=days)


def test_the_token_itself_is_kept_nowhere(world: World) -> None:
    token = make_token(world.account(("ZA1", "reader")), "test", world.today, days=1)
    rows = [str(values) for kind in (ApiToken,) for values in kind.objects.values_list()]
    assert rows
    assert not any(token in one or token.removeprefix("remit_") in one for one in rows)


def test_an_action_is_entered_changed_and_done_and_the_second_sees_both(world: World) -> None:
    sends = program(world, ("ZA1", "contributor"))
    given = {"what": "Send the plan", "owner": "medical director", "due_on": "2026-04-30"}
    made = sends("POST", "/api/asks/ASKZA1/actions", given)
    assert made.status_code == 201
    one = made.json()
    assert (one["organisation"], one["due_on"], one["done_on"]) == ("ZA1", "2026-04-30", None)
    path = f"/api/actions/{one['action_id']}"
    changed = sends("PATCH", path, {"seen": one["seen"], "owner": "chief nurse"})
    assert (changed.status_code, changed.json()["owner"]) == (200, "chief nurse")
    assert changed.json()["what"] == "Send the plan"
    late = sends("PATCH", path, {"seen": one["seen"], "what": "Another"})
    assert (late.status_code, late.json()["now"]["owner"]) == (409, "chief nurse")
    assert sends("POST", f"{path}/done").json()["done_on"] == world.today.isoformat()
    again = sends("POST", f"{path}/done")
    assert (again.status_code, "is done" in again.json()["detail"]) == (409, True)
    record = model("Action").objects.get(pk=one["action_id"])
    told = entries_for(record)
    assert [entry.what for entry in told] == ["close", "edit", "add"]
    assert all(entry.why.startswith("by the token ") for entry in told)
    changes = sends("GET", f"/api/changes/action/{one['action_id']}").json()
    assert changes[1]["values"]["owner"] == {
        "old": "medical director", "new": "chief nurse", "erased": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"what": "", "owner": "medical director"}, "what"),
        ({"what": "x", "owner": "Jane Smith"}, "owner"),
        ({"what": "x" * 501, "owner": "medical director"}, "what"),
        ({"what": "x", "owner": "medical director", "due_on": "soon"}, "due_on"),
        ({"what": "x", "owner": "medical director", "more": 1}, "more"),
        ({"what": "a\x00b", "owner": "medical director"}, "what"),
        ([], "given"),
    ],
)
def test_what_will_not_do_is_told_by_its_field(world: World, given: Any, said: str) -> None:
    sends = program(world, ("ZA1", "contributor"))
    answer = sends("POST", "/api/asks/ASKZA1/actions", given)
    assert answer.status_code == 422, answer.content
    assert any(one.startswith(said) for one in answer.json()["faults"]), answer.json()
    assert model("Action").objects.filter(ask_id="ASKZA1").count() == 1


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, '{"seen": 1e999}', "\x00", "nul"])
def test_a_body_that_is_no_json_is_refused(world: World, body: str) -> None:
    sends = program(world, ("ZA1", "contributor"))
    answer = sends._client.generic(
        "PATCH", "/api/actions/ACT-ZA1", body, content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {sends._token}",
    )  # fmt: skip
    assert answer.status_code in {400, 422}


def test_writing_is_limited(world: World) -> None:
    sends = program(world, ("ZA1", "contributor"))
    seen = {sends("POST", "/api/asks/ASKZA1/reopen").status_code for _ in range(121)}
    assert seen == {409, 429}


def test_a_list_asks_the_database_as_often_for_many_rows(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sends = program(world, ("ZB1", "contributor"))
    counts = []
    for path in ("/api/asks", "/api/actions", "/api/organisations"):
        sends("GET", path)
        with CaptureQueriesContext(connection) as few:
            sends("GET", path)
        counts.append((path, len(few)))
    for number in range(30):
        add_ask(f"MORE-{number}", "ZA1")
    for path, before in counts:
        with CaptureQueriesContext(connection) as many:
            assert sends("GET", path).status_code == 200
        assert len(many) == before, path


def test_tokens_are_made_shown_once_and_ended_on_the_account_s_page(world: World) -> None:
    client = world.client(("ZA1", "contributor"))
    page = client.post("/account/tokens/", {"name": "Weekly <b>list", "days": "90"})
    text = page.content.decode()
    token = text.split('<code class="web-key">')[1].split("<")[0]
    assert "Weekly &lt;b&gt;list" in text
    assert Program(token)("GET", "/api/asks/ASKZA1").status_code == 200
    again = client.get("/account/tokens/").content.decode()
    assert token not in again
    assert "<h1>1 token of yours opens records to programs</h1>" in again
    assert client.post("/account/tokens/", {"name": "", "days": "400"}).status_code == 400
    number = ApiToken.objects.get().pk
    assert world.client(("ZA2", "reader")).post(f"/account/tokens/{number}/end/").status_code == 404
    assert client.post(f"/account/tokens/{number}/end/").status_code == 302
    assert Program(token)("GET", "/api/asks").status_code == 401
    assert "No program acts for you" in client.get("/account/tokens/").content.decode()
