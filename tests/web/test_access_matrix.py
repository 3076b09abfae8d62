"""Every address × role × relation of the organisation × method, as declared below.

The addresses come from the router itself: one that is not declared here fails, and so does a
declaration without an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.urls import URLPattern, get_resolver, reverse

from remit.web.access import roles as declared_roles
from remit.web.access.person import Person
from remit.web.access.relations import NATIONAL
from remit.web.access.roles import ROLES, Permission
from remit.web.people.memberships import begin_membership
from remit.web.people.models import Account, AccountMembership
from tests.web import attached_matrix as attachments
from tests.web import figures_matrix as figures
from tests.web import together_matrix as together
from tests.web import year_matrix as year
from tests.web.figure_stores import published_once
from tests.web.figures_world import fill_figures
from tests.web.together_world import fill_together
from tests.web.world import ORGANISATIONS, SafeClient, World, add_action, add_ask
from tests.web.year_world import fill_year

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
LOOK, SEND, FORM = ("GET", "HEAD"), ("POST",), ("GET", "HEAD", "POST")


@dataclass(frozen=True)
class Rule:
    """Who may use an address, by which methods.

    ``of`` says what decides: ``all`` (open), ``signed in``, ``list`` (all signed in, each sees
    their own), ``mine`` (one's own choice), ``secret`` (whoever has the address: here one that is
    nobody's), ``enter``
    (whoever writes at home), ``bring`` (whoever may enter records anywhere), ``pairs`` (a list, and
    what is sent is written to the asks named), ``signed`` (the organisation itself, but for what
    is signed), ``take`` (whoever may take the record away), ``sign`` and
    ``speak`` (the organisation itself), ``file`` (whoever may take away), ``see`` and ``write``
    (the organisation of the record), ``manage``, ``give`` and ``end`` (an
    administrator of the organisation itself), ``audit``, ``plan`` (its sides and state: see
    test_plan_matrix), or ``account`` (one's own, by the library of signing in).
    """

    of: str
    methods: tuple[str, ...]


MATRIX = {
    "home": Rule("list", LOOK),
    "health": Rule("all", LOOK),
    "search": Rule("list", LOOK),
    "organisations": Rule("list", LOOK),
    "organisation": Rule("see", LOOK),
    "why": Rule("signed in", LOOK),
    "asks": Rule("list", LOOK),
    "asks_file": Rule("file", LOOK),
    "asks_workbook": Rule("file", LOOK),
    "asks_in": Rule("bring", FORM),
    "asks_twice": Rule("pairs", FORM),
    "asks_closed": Rule("write", SEND),
    "ask": Rule("see", LOOK),
    "ask_closed": Rule("write", SEND),
    "action_new": Rule("write", FORM),
    "actions": Rule("list", LOOK),
    "actions_file": Rule("file", LOOK),
    "actions_done": Rule("write", SEND),
    "actions_workbook": Rule("file", LOOK),
    "actions_in": Rule("bring", FORM),
    "actions_several": Rule("write", SEND),
    "action": Rule("see", LOOK),
    "action_change": Rule("write", FORM),
    "plans": Rule("list", LOOK),
    "plan_new": Rule("plan", FORM),
    "plan": Rule("plan", LOOK),
    "plan_acted": Rule("plan", SEND),
    "plan_items": Rule("plan", FORM),
    "plan_asked_twice": Rule("plan", FORM),
    "plan_review": Rule("plan", FORM),
    "plan_letter": Rule("plan", LOOK),
    "plan_sheets": Rule("plan", LOOK),
    "plan_history": Rule("plan", LOOK),
    "audit": Rule("audit", LOOK),
    "audit_file": Rule("audit file", LOOK),
    "history": Rule("see", LOOK),
    "undo": Rule("write", FORM),
    "account": Rule("signed in", LOOK),
    "calendar": Rule("signed in", FORM),
    "calendar_feed": Rule("secret", LOOK),
    "mail": Rule("mine", FORM),
    "mail_stopped": Rule("secret", FORM),
    "kept": Rule("mine", FORM),
    "people": Rule("manage", LOOK),
    "membership_given": Rule("give", FORM),
    "membership_ended": Rule("end", FORM),
    "tokens": Rule("signed in", FORM),
    "token_ended": Rule("own", SEND),
    "account_login": Rule("account", (*FORM, "PUT", "OPTIONS")),
    "account_logout": Rule("account", (*FORM, "PUT", "OPTIONS")),
    "account_reauthenticate": Rule("account", (*FORM, "PUT", "OPTIONS")),
    "account_change_password": Rule("account", (*FORM, "PUT", "OPTIONS")),
    "mfa_authenticate": Rule("account", (*FORM, "PUT", "OPTIONS")),
    "mfa_reauthenticate": Rule("account", (*FORM, "PUT", "OPTIONS")),
    "mfa_activate_totp": Rule("account", (*FORM, "PUT", "OPTIONS")),
    "mfa_view_recovery_codes": Rule("account", (*FORM, "PUT", "OPTIONS")),
    "mfa_generate_recovery_codes": Rule("account", (*FORM, "PUT", "OPTIONS")),
    "oidc_login": Rule("all", SEND),
    "oidc_callback": Rule("all", ("GET",)),
    **{name: Rule(*rule) for name, rule in together.RULES.items()},
    **{name: Rule(*rule) for name, rule in figures.RULES.items()},
    **{name: Rule(*rule) for name, rule in attachments.RULES.items()},
    **{name: Rule(*rule) for name, rule in year.RULES.items()},
}
OPEN_TO_ALL = {
    "health",
    "calendar_feed",
    "mail_stopped",
    "account_login",
    "mfa_authenticate",
    "oidc_login",
    "oidc_callback",
}
SEARCHED = {"search": {"q": "Return"}}
WHOLE_LISTS = {
    "asks", "actions", "asks_file", "actions_file", "asks_workbook", "actions_workbook",
    "search", *together.WHOLE_LISTS,
    *figures.WHOLE_LISTS,
    *year.WHOLE_LISTS,
}  # fmt: skip

RELATIONS = {
    "own": ("ZA1", "ZA1"),
    "ICB of a trust": ("ZB1", "ZA1"),
    "region of a trust": ("ZR1", "ZA1"),
    "region of an ICB": ("ZR1", "ZB1"),
    "national": (NATIONAL, "ZA1"),
    "trust of an ICB": ("ZA1", "ZB1"),
    "trust beside a trust": ("ZA1", "ZA2"),
    "ICB of another trust": ("ZB1", "ZA6"),
    "another region": ("ZR2", "ZA1"),
}
"""Whose membership, and whose record."""
SEEN_BY = {
    "ZA1": {"ZA1"},
    "ZB1": {"ZB1", "ZA1", "ZA2"},
    "ZR1": {"ZR1", "ZB1", "ZB2", "ZA1", "ZA2", "ZA6"},
    "ZR2": {"ZR2", "ZB3"},
    NATIONAL: {*ORGANISATIONS},
}
"""Written by hand, so that the matrix does not repeat what the code works out."""
READS = {"reader", "contributor", "signatory", "administrator", "auditor"}
ROLES_HERE = tuple(sorted(READS))
WRITES = {"contributor", "signatory"}
AUDITS = {"administrator", "auditor"}
EXPORTS = {"reader", "contributor", "signatory", "auditor"}


@pytest.fixture
def world(world: World) -> World:
    fill_together(world.today)
    fill_year(world.today)
    published_once()
    fill_figures()
    attachments.fill_attached()
    given = Account.objects.make(GIVEN, "Given")
    for code in ORGANISATIONS:
        begin_membership(given, code, "reader", world.today)
    return world


def patterns() -> Iterator[URLPattern]:
    for one in get_resolver().url_patterns:
        if getattr(one, "namespace", "") == "api":  # tests.web.test_api holds its operations
            continue
        assert isinstance(one, URLPattern), f"{one} hides addresses from this test"
        yield one


def test_every_address_is_declared() -> None:
    assert {str(one.name) for one in patterns()} == set(MATRIX)


GIVEN = "given@remit.example"
"""Who is reader everywhere, and is given a role or loses one."""


def membership_at(code: str) -> int:
    """The number of the membership of somebody at an organisation; one that is nobody's if none."""
    held = AccountMembership.objects.filter(account__email=GIVEN, organisation=code).first()
    return held.pk if held else 10**6


def address(name: str, code: str) -> str:
    arguments = {
        "organisation": [code],
        "ask": [f"ASK{code}"],
        "ask_closed": [f"ASK{code}"],
        "action_new": [f"ASK{code}"],
        "action": [f"ACT-{code}"],
        "history": ["action", f"ACT-{code}"],
        "token_ended": [10**6],
        "calendar_feed": ["nobody's"],
        "membership_ended": [membership_at(code)],
        "mail_stopped": ["nobody's"],
        "undo": ["action", f"ACT-{code}"],
        "action_change": [f"ACT-{code}"],
    }
    if MATRIX[name].of == "plan" and name != "plan_new":
        return reverse(name, args=["PLAN-1"])
    more = together.arguments(name, code) or figures.arguments(name, code)
    more = more or attachments.arguments(name, code)
    more = more or year.arguments(name, code)
    return reverse(name, args=arguments.get(name) or more or [])


def sent(name: str, code: str, seer: str = "ZA1") -> dict[str, Any]:
    return {
        **together.sent(code, seer),
        **figures.sent(code),
        **year.sent(code, seer),
        "membership_given": {
            "email": GIVEN,
            "organisation": code,
            "role": "administrator",
            "begins": "2999-01-01",
        },
        "asks_closed": {"id": [f"ASK{code}"]},
        "actions_done": {"id": [f"ACT-{code}"]},
        "actions_several": {"id": [f"ACT-{code}"], "step": "look", "owner": "chief nurse"},
        "ask_closed": {"answer": "see the return"},
        "asks_twice": {
            "id": [f"ASK{code}"],
            "organisation": code,
            "kind": "split",
            "note": "another unit",
        },
        "action_new": {"what": "Send the plan", "owner": "medical director"},
        "action_change": {"what": "Send the plan", "owner": "medical director", "seen": "0"},
        **SEARCHED,
    }.get(name) or attachments.sent(name)


def expected(name: str, role: str, seer: str, code: str, method: str) -> set[int]:
    rule = MATRIX[name]
    if rule.of == "account":
        return {200, 302, 400, 405}
    if method not in rule.methods:
        return {405}
    if name.startswith("oidc_"):
        return {404}
    sees = code in SEEN_BY[seer] and role in READS
    # A change without the values that stood on the page is answered by showing both (409).
    writes = {200, 302, 409} if role in WRITES else {403}
    return {
        "secret": {404},
        "bring": {200, 400} if role in WRITES else {403},
        "file": {200} if role in EXPORTS else {403},
        "audit": {200} if role in AUDITS else {403},
        "audit file": {200} if role in AUDITS & EXPORTS else {403},
        "own": {404},
        "mine": {200, 302, 400},
        "manage": {200} if role == "administrator" else {403},
        "give": (
            ({200} if method in LOOK else {302} if code == seer else {400})
            if role == "administrator"
            else {403}
        ),
        "end": (({200} if method in LOOK else {302}) if code == seer else {404})
        if role == "administrator"
        else {403},
        "enter": {200, 302} if role in WRITES else {403},
        "sign": ({302, 409} if role == "signatory" and code == seer else {403}) if sees else {404},
        "speak": (writes if code == seer else {403}) if sees else {404},
        "see": {200} if sees else {404},
        "write": writes if sees else {404},
        "signed": ({409} if role in WRITES and code == seer else {403}) if sees else {404},
        "take": ({200, 409} if role in EXPORTS else {403}) if sees else {404},
        "pairs": {200} if method in LOOK else writes if sees else {404},
    }.get(rule.of, {200})


def fault(name: str, role: str, relation: str, method: str, client: SafeClient) -> str:
    """What is wrong with one answer, or nothing."""
    seer, code = RELATIONS[relation]
    answer = client.generic_request(method, address(name, code), sent(name, code, seer))
    allowed = expected(name, role, seer, code, method)
    said = f"{method} {name} as {role}, {relation}"
    if answer.status_code not in allowed:
        return f"{said}: {answer.status_code}, declared {sorted(allowed)}"
    if (
        MATRIX[name].of in {"list", "pairs", "file", "audit", "audit file"}
        and method == "GET"
        and answer.status_code == 200
    ):
        shown = {one for one in ORGANISATIONS if marks(one, text_of(answer))}
        if name != "organisations" and shown - SEEN_BY[seer]:
            return f"{said}: shows records of {sorted(shown - SEEN_BY[seer])}"
        wanted = SEEN_BY[seer] & set(ORGANISATIONS)
        if name in WHOLE_LISTS and shown != wanted:
            return f"{said}: lacks records of {sorted(wanted - shown)}"
    return ""


def text_of(answer: Any) -> str:
    """What stands in an answer; of a workbook, in all of its parts."""
    if not answer.content.startswith(b"PK"):
        return str(answer.content.decode())
    with ZipFile(BytesIO(answer.content)) as parts:
        return " ".join(parts.read(name).decode() for name in parts.namelist())


def marks(code: str, text: str) -> bool:
    return any(f"{kind}{code}" in text for kind in ("ASK", "ACT-", "TLK-"))


def faults_of_matrix(
    world: World, names: set[str], methods: tuple[str, ...], roles: Iterable[str] = ROLES_HERE
) -> list[str]:
    """All answers that are not as declared; what an answer wrote is undone after it."""
    from django.db import transaction

    found = []
    for role in roles:
        asked: dict[str, set[int]] = {}
        for relation, (seer, code) in RELATIONS.items():
            client = MatrixClient()
            client.force_login(world.account((seer, role)))
            for name in sorted(names):
                request = f"{seer} {address(name, code)} {sent(name, code, seer)}"
                for method in methods:
                    allowed = expected(name, role, seer, code, method)
                    if asked.setdefault(f"{method} {request}", allowed) is not allowed:
                        if asked[f"{method} {request}"] != allowed:
                            found.append(f"{method} {name}: declared in two ways for one request")
                        continue  # a list is the same in each relation of one organisation
                    with transaction.atomic():
                        found.append(fault(name, role, relation, method, client))
                        transaction.set_rollback(True)
    return [one for one in found if one]


class MatrixClient(SafeClient):
    """Sends by any method what a form would send."""

    def generic_request(self, method: str, path: str, data: dict[str, Any]) -> Any:
        if method in {"GET", "HEAD"}:
            answer = getattr(self, method.lower())(path, data)
            if answer.streaming:  # read, so that its file is closed
                list(answer.streaming_content)
            return answer
        if method == "POST":
            return self.post(path, data)
        return self.generic(method, path)


OURS = {name for name, rule in MATRIX.items() if rule.of not in {"account", "plan"}}


@pytest.mark.parametrize("role", sorted(READS))
def test_the_roles_are_the_declared_ones(role: str) -> None:
    assert role in {one.key for one in ROLES}


@pytest.mark.parametrize("role", ROLES_HERE)
def test_every_address_answers_as_declared(world: World, role: str) -> None:
    found = faults_of_matrix(world, OURS, ("GET", "POST"), (role,))
    assert found == [], found[:20]


def test_other_methods_are_refused_everywhere(world: World) -> None:
    client = MatrixClient()
    client.force_login(world.account(("ZA1", "signatory")))
    for name, rule in MATRIX.items():
        cache.clear()  # so many requests of one person in a minute would be held up at the door
        for method in ("PUT", "PATCH", "DELETE"):
            if rule.of != "account":
                answer = client.generic_request(method, address(name, "ZA1"), {})
                assert answer.status_code == 405, (method, name)


def test_nobody_passes_without_signing_in(world: World) -> None:
    client = MatrixClient()
    for name in MATRIX:
        for method in METHODS:
            answer = client.generic_request(method, address(name, "ZA1"), sent(name, "ZA1"))
            if name in OPEN_TO_ALL:
                assert answer.status_code in {200, 302, 404, 405}, (method, name)
                assert not marks("ZA1", answer.content.decode())
            else:
                assert answer.status_code == 302, (method, name)
                assert answer["Location"].startswith("/sign-in/"), (method, name)


@pytest.mark.parametrize("who", ["without a role", "with a role that ended", "switched off"])
def test_an_account_without_a_role_sees_nothing(world: World, who: str) -> None:
    client = MatrixClient()
    until = world.today if who == "with a role that ended" else None
    roles = [] if who == "without a role" else [("ZR1", "signatory")]
    account = world.account(*roles, until=until)
    client.force_login(account)
    if who == "switched off":
        account.is_active = False
        account.save()
    for name in OURS:
        for method in ("GET", "POST"):
            answer = client.generic_request(method, address(name, "ZA1"), sent(name, "ZA1"))
            text = answer.content.decode()
            assert not any(marks(code, text) for code in ORGANISATIONS), (method, name)
            if MATRIX[name].of in {
                "see",
                "write",
                "enter",
                "sign",
                "speak",
                "file",
                "manage",
                "give",
                "end",
                "audit",
                "audit file",
            }:
                assert answer.status_code in {302, 403, 404, 405}, (method, name)


# The three faults of others, and that a fault is seen ---------------------------------------------


def test_roles_are_never_joined(world: World) -> None:
    """A contributor of one trust who reads another writes there no more than any reader."""
    client = world.client(("ZA1", "contributor"), ("ZB2", "reader"))
    assert client.get(address("action", "ZA6")).status_code == 200
    assert client.post(address("ask_closed", "ZA6"), {"answer": ""}).status_code == 403
    assert client.post(address("ask_closed", "ZA1"), {"answer": ""}).status_code == 302
    admin = world.client(("ZA1", "administrator"), ("ZB2", "reader"))
    assert "ZB2" not in admin.get(reverse("people")).content.decode()


def test_a_role_that_ended_is_not_joined_with_one_that_holds(world: World) -> None:
    from remit.web.people.memberships import begin_membership

    account = world.account(("ZB2", "reader"))
    began = world.today - timedelta(days=90)
    begin_membership(account, "ZB2", "contributor", began, until=world.today)
    client = SafeClient()
    client.force_login(account)
    assert client.get(address("ask", "ZA6")).status_code == 200
    assert client.post(address("ask_closed", "ZA6"), {"answer": ""}).status_code == 403


@pytest.mark.parametrize(("name", "kind"), [("asks_closed", "ASK"), ("actions_done", "ACT-")])
def test_many_at_once_obey_the_rule_of_each(world: World, name: str, kind: str) -> None:
    """One that may not be seen, or not be changed, stops them all; none is changed half."""
    from remit.records.loading import model

    client = world.client(("ZA1", "contributor"), ("ZB2", "reader"))
    unseen = client.post(reverse(name), {"id": [f"{kind}ZA1", f"{kind}ZA2"]})
    unwritable = client.post(reverse(name), {"id": [f"{kind}ZA1", f"{kind}ZA6"]})
    assert (unseen.status_code, unwritable.status_code) == (404, 403)
    assert not model("Ask").objects.filter(status="closed").exists()
    assert not model("Action").objects.exclude(done_on=None).exists()
    assert client.post(reverse(name), {"id": [f"{kind}ZA1"]}).status_code == 302


@pytest.mark.parametrize("name", [*sorted(WHOLE_LISTS), "home"])
def test_filters_of_a_list_never_widen_it(world: World, name: str) -> None:
    client = world.client(("ZA1", "signatory"))
    for given in (
        {"organisation": "ZA2"},
        {"q": "ZA2"},
        {"q": "%"},
        {"status": "open", "organisation": ["ZA1", "ZA2"]},
        {"to_org_code": "ZA2"},
        {"page": "9999999999"},
    ):
        assert not marks("ZA2", text_of(client.get(reverse(name), given))), given


def test_numbers_of_a_list_count_only_what_is_seen(world: World) -> None:
    add_ask("ASKX", "ZA2")
    add_action("ACT-X", "ASKX")
    client = world.client(("ZA1", "reader"))
    assert "<h1>1 ask</h1>" in client.get(reverse("asks")).content.decode().replace("One", "1")
    assert "<h1>1 action</h1>" in client.get(reverse("actions")).content.decode().replace(
        "One", "1"
    )


def test_a_wrong_permission_turns_the_matrix_red(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = declared_roles.ReaderRole
    monkeypatch.setattr(reader, "at_home", reader.at_home | {Permission.WRITE})
    assert faults_of_matrix(world, {"ask_closed"}, ("POST",)) != []


def test_a_wrong_reach_turns_the_matrix_red(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    right = Person.codes

    def too_wide(self: Person, permission: Permission) -> frozenset[str]:
        return right(self, permission) | {"ZA2"}

    monkeypatch.setattr(Person, "codes", too_wide)
    assert faults_of_matrix(world, {"asks"}, ("GET",)) != []
    assert faults_of_matrix(world, {"action"}, ("GET",)) != []
