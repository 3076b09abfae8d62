"""Roles that groups of the organisation's own sign-in give, and where that sign-in fails."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from remit.records.audit import entries_for
from remit.web import InstanceError
from remit.web.people.memberships import begin_membership
from remit.web.people.models import Account
from remit.web.sign_in_settings import sign_in_settings
from remit.web.signing_in.groups import GrantedRole, granted, read_groups, settle_memberships
from tests.web.world import SafeClient, World

PERFORMANCE = GrantedRole("icb-performance", "ZB1", "contributor")
BOARD = GrantedRole("icb-board", "ZB1", "reader")
NATIONAL_TEAM = GrantedRole("england", "ENGLAND", "reader")
DAY = date(2026, 4, 1)


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "groups.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


# The file -----------------------------------------------------------------------------------------


def test_groups_are_read_from_their_file(tmp_path: Path) -> None:
    path = written(tmp_path, "groups:\n"
                   "- {group: icb-performance, organisation: ZB1, role: contributor}\n"
                   "- {group: england, organisation: ENGLAND, role: reader}\n")  # fmt: skip
    found = read_groups(path)
    assert found == (PERFORMANCE, NATIONAL_TEAM)
    assert granted(found, ["another", "england"]) == [NATIONAL_TEAM]
    assert granted(found, []) == []


def test_without_a_file_no_group_gives_a_role(tmp_path: Path) -> None:
    assert read_groups(tmp_path / "none.yaml") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "write a list under 'groups'"),
        ("groups: 3\n", "write a list under 'groups'"),
        ("- a\n", "write a list under 'groups'"),
        ("groups: [{group: a, organisation: ZB1}]\n", "each entry with group, organisation, role"),
        ("groups: [\n", "write a list under 'groups'"),
        (b"\xff\xfe\xff", "it cannot be read"),
        ("groups: [{group: a, organisation: ZB11, role: reader}]\n", "no organisation 'ZB11'"),
        ("groups: [{group: a, organisation: ZB1, role: raeder}]\n", "nearest: reader"),
    ],
)
def test_a_wrong_file_is_told_with_its_place(tmp_path: Path, text: str | bytes, said: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InstanceError) as told:
        read_groups(path)
    assert said in str(told.value)
    assert str(path) in str(told.value)


# Memberships --------------------------------------------------------------------------------------


@pytest.fixture
def asha(world: World) -> Any:
    return Account.objects.make("asha@remit.example", "Asha Bell")


def held(account: Any, on: date) -> list[tuple[str, str, str]]:
    rows = account.memberships.order_by("by_group", "pk")
    return [(one.by_group, one.organisation, one.role) for one in rows if one.holds(on)]


def test_groups_begin_and_end_memberships_and_each_has_its_entry(asha: Any) -> None:
    settle_memberships(asha, [PERFORMANCE, BOARD], DAY)
    assert held(asha, DAY) == [("icb-board", "ZB1", "reader"),
                               ("icb-performance", "ZB1", "contributor")]  # fmt: skip
    later = DAY + timedelta(days=9)
    settle_memberships(asha, [BOARD, NATIONAL_TEAM], later)
    assert held(asha, later) == [("england", "ENGLAND", "reader"), ("icb-board", "ZB1", "reader")]
    assert len(held(asha, DAY)) == 2
    ended = asha.memberships.get(by_group="icb-performance")
    withdrawn, given = entries_for(ended)
    assert (given.what, given.why) == ("grant", "the group icb-performance")
    assert (withdrawn.what, withdrawn.why) == ("withdraw", "the group icb-performance is gone")


def test_the_same_groups_change_nothing(asha: Any) -> None:
    settle_memberships(asha, [PERFORMANCE], DAY)
    before = [one.pk for one in asha.memberships.all()]
    settle_memberships(asha, [PERFORMANCE], DAY + timedelta(days=1))
    assert [one.pk for one in asha.memberships.all()] == before
    assert len(entries_for(asha.memberships.all())) == 1


def test_what_a_person_gave_no_group_takes_away(asha: Any) -> None:
    begin_membership(asha, "ZA1", "reader", DAY)
    settle_memberships(asha, [BOARD], DAY)
    settle_memberships(asha, [], DAY)
    assert held(asha, DAY) == [("", "ZA1", "reader")]


def test_a_group_that_comes_back_begins_anew(asha: Any) -> None:
    for roles in ([BOARD], [], [BOARD]):
        settle_memberships(asha, roles, DAY)
    assert held(asha, DAY) == [("icb-board", "ZB1", "reader")]
    assert asha.memberships.count() == 2


# A sign-in that fails -----------------------------------------------------------------------------


@pytest.fixture
def with_provider(world: World, tmp_path: Path) -> Iterator[str]:
    """An organisation's sign-in that nobody answers for; its address."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # bound and not listening: whoever connects is refused
        issuer = f"http://127.0.0.1:{silent.getsockname()[1]}"
        given = {"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": "remit", "OIDC_CLIENT_SECRET": "s",
                 "OIDC_NAME": "the sign-in of Larkshire"}  # fmt: skip
        with override_settings(**sign_in_settings(given, tmp_path)):
            yield issuer


def signed_out(client: SafeClient) -> bool:
    return "_auth_user_id" not in client.session


def test_the_page_of_signing_in_leads_to_the_organisation_s_own(with_provider: str) -> None:
    page = SafeClient().get("/sign-in/").content.decode()
    assert "the sign-in of Larkshire" in page
    assert re.search(r'<form[^>]*action="/sign-in/organisation/"', page)
    # A link leads nowhere: only a form with its token begins it.
    assert SafeClient().get("/sign-in/organisation/").status_code == 405
    assert SafeClient(enforce_csrf_checks=True).post("/sign-in/organisation/").status_code == 403


def test_a_provider_that_does_not_answer_lets_nobody_in(
    with_provider: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = SafeClient()
    answer = client.post("/sign-in/organisation/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "sign-in could not be trusted or was cancelled" in page
    assert with_provider not in page
    assert "sign-in refused" in caplog.text
    assert signed_out(client)


@pytest.mark.parametrize(
    "given",
    [
        {"code": "stolen", "state": "made up"},
        {"code": "stolen"},
        {"error": "access_denied", "state": "made up"},
        {},
    ],
)
def test_an_answer_that_nobody_asked_for_is_refused(
    with_provider: str, given: dict[str, str]
) -> None:
    client = SafeClient()
    answer = client.get("/sign-in/organisation/back/", given)
    assert answer.status_code == 403
    assert "Ask your administrator for access, or try again." in answer.content.decode()
    assert signed_out(client)
    assert not Account.objects.exists()


def test_without_a_provider_its_addresses_lead_nowhere(world: World) -> None:
    assert not settings.SOCIALACCOUNT_PROVIDERS
    assert SafeClient().post("/sign-in/organisation/").status_code == 404
    assert SafeClient().get("/sign-in/organisation/back/", {"code": "a"}).status_code == 404
