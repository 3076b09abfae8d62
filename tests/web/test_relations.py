"""Who sees whom: the register and the map of a day, agreements, and what a person may do there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from remit.web.access import permissions, policies
from remit.web.access.person import Person
from remit.web.access.relations import NATIONAL, name_of, reach, sight
from remit.web.access.roles import ROLES, Permission, RoleHeld, role

pytestmark = pytest.mark.usefixtures("no_database")
DAY = date(2026, 4, 1)
BEFORE_ICBS = date(2020, 1, 1)


@dataclass
class Agreement:
    """A local agreement for ever, or from a day until before another."""

    seer: str
    seen: str
    sees: bool
    title: str = "Joint board"
    valid_from: date = date(2000, 1, 1)
    valid_until: date = date(2100, 1, 1)

    def holds(self, on: date) -> bool:
        return self.valid_from <= on < self.valid_until


@pytest.mark.parametrize(
    ("seer", "seen", "day", "allowed", "because"),
    [
        ("ZA1", "ZA1", DAY, True, "own record"),
        ("ZB1", "ZA1", DAY, True, "lead ICB of ZA1"),
        ("ZR1", "ZA1", DAY, True, "region of ZA1"),
        ("ZB1", "ZA1", BEFORE_ICBS, False, "does not belong to ZB1 on that day"),
        ("ZR1", "ZA1", BEFORE_ICBS, False, "the map of remits gives ZR1 no part"),
        ("ZB1", "ZA6", DAY, False, "does not belong to ZB1"),
        ("ZA1", "ZB1", DAY, False, "is a trust"),
        ("ZA1", "ZA2", DAY, False, "is a trust"),
        (NATIONAL, "ZA1", DAY, True, "NHS England oversees"),
        ("ZR1", NATIONAL, DAY, False, "no organisation ENGLAND"),
        ("QQQ", "ZA1", DAY, False, "QQQ has no remit"),
        ("ZB1", "QQQ", DAY, False, "no organisation QQQ"),
    ],
)
def test_one_sees_another_by_register_and_map_of_the_day(
    seer: str, seen: str, day: date, allowed: bool, because: str
) -> None:
    found = sight(seer, seen, day)
    assert found.allowed is allowed
    assert because in found.because
    assert found.own is (seer == seen)
    assert (seen in reach(seer, day)) is allowed


def test_an_agreement_widens_and_another_narrows() -> None:
    wide, narrow = Agreement("ZA1", "ZA2", True), Agreement("ZB1", "ZA1", False)
    assert sight("ZA1", "ZA2", DAY, [wide]).because == "the agreement “Joint board” opens it"
    assert reach("ZA1", DAY, [wide]) == {"ZA1", "ZA2"}
    assert (
        sight("ZB1", "ZA1", DAY, [narrow]).because == "the agreement “Joint board” keeps it apart"
    )
    assert reach("ZB1", DAY, [narrow]) == reach("ZB1", DAY) - {"ZA1"}


def test_one_that_narrows_outweighs_one_that_widens() -> None:
    both = [Agreement("ZA1", "ZA2", True), Agreement("ZA1", "ZA2", False)]
    assert not sight("ZA1", "ZA2", DAY, both).allowed
    assert not sight("ZA1", "ZA2", DAY, both[::-1]).allowed


def test_an_agreement_is_one_way_and_for_its_pair_alone() -> None:
    wide = [Agreement("ZA1", "ZA2", True)]
    assert not sight("ZA2", "ZA1", DAY, wide).allowed
    assert not sight("ZA1", "ZA6", DAY, wide).allowed


def test_an_agreement_holds_from_its_first_day_until_before_its_last() -> None:
    wide = [
        Agreement("ZA1", "ZA2", True, valid_from=date(2026, 4, 1), valid_until=date(2026, 4, 3))
    ]
    days = [date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 3)]
    assert [sight("ZA1", "ZA2", day, wide).allowed for day in days] == [False, True, True, False]


def test_nobody_keeps_an_organisation_from_its_own() -> None:
    assert sight("ZA1", "ZA1", DAY, [Agreement("ZA1", "ZA1", False)]).allowed


def test_names_of_organisations() -> None:
    assert name_of(NATIONAL, DAY) == "NHS England, national"
    assert name_of("QQQ", DAY) == "QQQ"
    assert "Larkshire" in name_of("ZA1", DAY)


# Permissions --------------------------------------------------------------------------------------


def person(*held: tuple[str, str], agreements: tuple[Agreement, ...] = ()) -> Person:
    roles = tuple(RoleHeld(code, role(key)) for code, key in held)
    return Person("Somebody", DAY, roles, agreements)


PAIRS: list[tuple[Callable[[Person], bool], Callable[[Person], None], set[str]]] = [
    (
        lambda one: permissions.user_can_read(one, "ZA1"),
        lambda one: permissions.check_read(one, "ZA1"),
        {"reader", "contributor", "signatory", "administrator", "auditor"},
    ),
    (
        lambda one: permissions.user_can_sign(one, "ZA1"),
        lambda one: permissions.check_sign(one, "ZA1"),
        {"signatory"},
    ),
    (
        permissions.user_can_export,
        permissions.check_export,
        {"reader", "contributor", "signatory", "auditor"},
    ),
    (permissions.user_can_read_audit, permissions.check_read_audit, {"administrator", "auditor"}),
    (permissions.user_can_manage, permissions.check_manage, {"administrator"}),
]


@pytest.mark.parametrize("number", range(len(PAIRS)))
@pytest.mark.parametrize("key", [one.key for one in ROLES])
def test_each_pair_answers_and_refuses_alike(number: int, key: str) -> None:
    answers, refuses, wanted = PAIRS[number]
    one = person(("ZA1", key))
    assert answers(one) is (key in wanted)
    if key in wanted:
        refuses(one)
    else:
        with pytest.raises(PermissionDenied, match="Your roles"):
            refuses(one)


def test_a_refusal_names_what_and_whose() -> None:
    with pytest.raises(PermissionDenied, match=r"let you sign for the organisation of .*Larkshire"):
        permissions.check_sign(person(("ZB1", "signatory")), "ZA1")


def test_who_signs_at_home_does_not_sign_for_those_whom_they_oversee() -> None:
    one = person(("ZB1", "signatory"))
    assert permissions.user_can_sign(one, "ZB1")
    assert permissions.user_can_read(one, "ZA1")
    assert not permissions.user_can_sign(one, "ZA1")


def test_the_reasons_are_told_for_each_role_by_itself() -> None:
    one = person(("ZB1", "administrator"), ("ZA2", "reader"))
    first, second = one.reasons("ZA1")
    assert first.startswith("As administrator of ZB1: you may see the records, because")
    assert second.startswith("As reader of ZA2: this opens nothing, because ZA2 is a trust")


def test_every_permission_has_words_and_every_role_a_description() -> None:
    assert all(one.words for one in Permission)
    assert all(one.description.endswith(".") for one in ROLES)
    assert len({one.key for one in ROLES}) == len(ROLES)


# Policies -----------------------------------------------------------------------------------------


@dataclass
class Record:
    status: str = "open"
    done_on: date | None = None
    ask_id: str = "A01"
    action_id: str = "ACT-1"


@pytest.mark.parametrize(
    ("can", "check", "good", "bad", "said"),
    [
        (policies.can_close_ask, policies.check_close_ask, Record(), Record("closed"),
         "Ask A01 is closed already"),
        (policies.can_reopen_ask, policies.check_reopen_ask, Record("closed"), Record(),
         "Ask A01 is open already"),
        (policies.can_change_action, policies.check_change_action, Record(), Record(done_on=DAY),
         "Action ACT-1 is done"),
    ],
)  # fmt: skip
def test_a_policy_answers_and_refuses_alike(
    can: Any, check: Any, good: Record, bad: Record, said: str
) -> None:
    assert can(good)
    check(good)
    assert not can(bad)
    with pytest.raises(policies.PolicyRefusal, match=said):
        check(bad)
