"""Plans: every address × state × role × organisation, and every act × state × side × role."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from remit.oversight import load_course
from remit.oversight.shared_plan import plan_seen
from remit.web.access import sides
from remit.web.access.relations import NATIONAL
from tests.web.planned import AT, SIDES, act, add_plan
from tests.web.test_access_matrix import MATRIX, MatrixClient
from tests.web.world import World

ROLES = ("reader", "contributor", "signatory", "administrator", "auditor")
WRITERS = {"contributor", "signatory"}
LOOKERS = ("ZR1", "ZB1", "ZA1", NATIONAL, "ZA2", "ZR2", "ZB2")
TOLD = {"ZR1", "ZB1", "ZA1", NATIONAL}
"""Who sees a plan for ZA1 once it was handed over; before, the region alone."""
PAGES = sorted(n for n, rule in MATRIX.items() if rule.of == "plan" and n != "plan_new")
FILES = {"plan_letter", "plan_sheets"}
OPEN: dict[str, dict[str, tuple[set[str], str]]] = {
    "draft": {"write": ({"region"}, "write"), "hand-over": ({"region"}, "write")},
    "comment": {"comment": ({"icb"}, "write"), "hand-in": ({"icb"}, "write")},
    "check": {"correct": ({"trust"}, "write"), "hand-in": ({"trust"}, "write")},
    "settle": {one: ({"region"}, "write") for one in ("write", "ask-again", "put-to-signature")},
    "sign-trust": {one: ({"trust"}, "sign") for one in ("sign", "give-back")},
    "sign-icb": {one: ({"icb"}, "sign") for one in ("sign", "give-back")},
    "sign-region": {one: ({"region"}, "sign") for one in ("sign", "give-back")},
    "in-force": {one: ({"region"}, "write") for one in ("review", "change")},
    "reviewed": {"change": ({"region"}, "write")},
}
"""Written by hand, so that the matrix does not repeat the declared course."""
for _state in ("sign-trust", "sign-icb", "sign-region", "in-force"):
    OPEN[_state]["dissent"] = ({"region", "icb", "trust"}, "write")
for _state, _side in (("comment", "region"), ("check", "icb"), ("sign-trust", "region")):
    OPEN[_state]["call-back"] = ({_side}, "write")
ACTS = sorted({name for acts in OPEN.values() for name in acts})
WHO_FOR_WHOM = (
    *((code, role, part) for part, code in SIDES.items()
      for role in ("reader", "contributor", "signatory")),
    ("ZR1", "signatory", "icb"), ("ZR1", "signatory", "trust"), ("ZB1", "signatory", "trust"),
    ("ZA1", "signatory", "icb"), (NATIONAL, "signatory", "trust"),
)  # fmt: skip
"""Of whose people, in which role, for which side."""
NEED_OF = {"signatory": {"write", "sign"}, "contributor": {"write"}}


def client_of(world: World, code: str, role: str) -> MatrixClient:
    client = MatrixClient()
    client.force_login(world.account((code, role)))
    return client


def answer_of(client: MatrixClient, method: str, name: str, data: dict[str, Any]) -> int:
    """What an address answers; what it wrote is undone."""
    from django.db import transaction

    with transaction.atomic():
        answer = client.generic_request(method, reverse(name, args=["PLAN-1"]), data)
        transaction.set_rollback(True)
    return int(answer.status_code)


def expected_page(name: str, state: str, role: str, code: str, method: str) -> int:
    if method not in MATRIX[name].methods:
        return 405
    if code not in ({"ZR1"} if state == "draft" else TOLD):
        return 404
    if name in FILES:
        return 403 if role == "administrator" else 200
    if name in {"plan_items", "plan_review"}:
        return expected_items(name, state, role, code, method)
    if method == "POST":  # without an act, or without two asks
        acts_for = code in SIDES.values() and role in WRITERS
        return 409 if acts_for or name == "plan_asked_twice" else 403
    return 200


@pytest.mark.parametrize("state", ["draft", "settle", "sign-trust"])
def test_every_page_of_a_plan_answers_as_declared(world: World, state: str) -> None:
    act(add_plan(), *AT[state])
    found = []
    for code in LOOKERS:
        for role in ROLES if code in TOLD else ("signatory",):
            client = client_of(world, code, role)
            for name in PAGES:
                if name in FILES and (state != "sign-trust" or role == "reader"):
                    continue
                for method in ("GET", "POST"):
                    said = answer_of(client, method, name, {"part": _part(code)})
                    wanted = expected_page(name, state, role, code, method)
                    if said != wanted:
                        found.append(f"{method} {name} as {role} of {code}: {said}, not {wanted}")
    assert found == []


def expected_items(name: str, state: str, role: str, code: str, method: str) -> int:
    owner = {"draft": "ZR1", "settle": "ZR1", "sign-trust": "ZA1"}[state]
    if code != owner or role not in WRITERS:
        return 403
    if name == "plan_review":
        return 409
    return 409 if "write" not in OPEN[state] else 200 if method == "GET" else 400


def _part(code: str) -> str:
    return {whose: part for part, whose in SIDES.items()}.get(code, "trust")


def sent(name: str, part: str, seen: int) -> dict[str, Any]:
    key = f"{name}-{part}"
    return {"act": name, "part": part, "seen": str(seen), f"{key}-text": "Because",
            f"{key}-signed_as": "chief executive", "confirmed": "1"}  # fmt: skip


def faults_of_acts(world: World, state: str) -> list[str]:
    plan = act(add_plan(), *AT[state])
    assert plan.status == state
    found, seen = [], plan_seen(plan)
    for whose, role, part in WHO_FOR_WHOM:
        client = client_of(world, whose, role)
        for name in ACTS:
            said = answer_of(client, "POST", "plan_acted", sent(name, part, seen))
            wanted = expected_act(state, name, part, whose, role)
            if said != wanted:
                found.append(f"{name} for {part} as {role} of {whose}: {said}, not {wanted}")
    return found


def expected_act(state: str, name: str, part: str, whose: str, role: str) -> int:
    by, need = OPEN[state].get(name, (set[str](), "write"))
    if state == "draft" and whose != "ZR1":
        return 404
    if SIDES[part] != whose or need not in NEED_OF.get(role, set()):
        return 403
    return 302 if part in by else 409


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_act_answers_as_declared(world: World, state: str) -> None:
    assert faults_of_acts(world, state) == []


def test_the_matrix_has_every_state_and_act_of_the_course() -> None:
    course = load_course()
    assert {one.id for one in course.states} == set(OPEN) == set(AT)
    assert {act.id for state in course.states for act in state.acts} == set(ACTS)


def test_a_side_by_reach_turns_the_matrix_red(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were it enough to oversee a side, the region would hand in for the ICB."""
    monkeypatch.setattr(sides.Person, "at_home", sides.Person.codes)
    assert any("ZR1" in one for one in faults_of_acts(world, "comment"))


@pytest.mark.parametrize("code", LOOKERS)
@pytest.mark.parametrize("role", ["reader", "contributor", "auditor"])
def test_a_plan_is_begun_by_the_region_alone(world: World, code: str, role: str) -> None:
    client = client_of(world, code, role)
    begins = code in {"ZR1", "ZR2"} and role in WRITERS
    assert client.get(reverse("plan_new")).status_code == (200 if begins else 403)
    given = {"organisation": "ZA1", "title": "A plan", "period": "2026/27"}
    wanted = 302 if code == "ZR1" and begins else 400 if begins else 403
    assert client.post(reverse("plan_new"), given).status_code == wanted


def test_an_account_without_a_role_sees_no_plan(world: World) -> None:
    act(add_plan(), *AT["in-force"])
    client = MatrixClient()
    client.force_login(world.account())
    for name in PAGES:
        for method in ("GET", "POST"):
            assert answer_of(client, method, name, {}) in {404, 405}
    assert "Plan of one year" not in client.get(reverse("plans")).content.decode()


def test_two_memberships_open_each_its_own_side(world: World) -> None:
    plan = act(add_plan(), *AT["sign-trust"])
    client = MatrixClient()
    client.force_login(world.account(("ZA1", "contributor"), ("ZB1", "signatory")))
    given = sent("sign", "trust", plan_seen(plan))
    assert client.post(reverse("plan_acted", args=["PLAN-1"]), given).status_code == 403
