"""``remit web token``: tokens listed and ended by whoever runs an instance, with an entry each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from remit.cli.run import run
from remit.records.audit import SYSTEM, Event, note, verify
from remit.records.audit.models import AuditEntry, AuditParty
from remit.records.audit.reading import as_told
from remit.records.loading import model
from remit.web.people.models import ApiToken
from remit.web.people.tokens import make_token, person_by_token
from tests.web.instance import set_up
from tests.web.world import World


@pytest.fixture
def typed(world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("COLUMNS", "200")

    def said(*words: object) -> tuple[int, str, str]:
        code = run(["web", "token", str(words[0]), str(set_up().folder), *map(str, words[1:])])
        told = capsys.readouterr()
        return code, told.out, told.err

    return said


def entries(what: str = "withdraw") -> list[Any]:
    """Of tokens that were ended, or made (``grant``), the first first."""
    found = AuditEntry.objects.filter(kind="people.ApiToken", what=what)
    return as_told(found.order_by("number"), "default")


def test_tokens_are_listed_without_the_tokens_themselves(world: World, typed: Any) -> None:
    assert "No program has a token" in typed("list")[1]
    asha = world.account(("ZA1", "contributor"))
    token = make_token(asha, "weekly list", world.today, days=30, may_write=True)
    make_token(asha, "old", world.today - timedelta(days=9), days=2, organisation="ZA1")
    code, out, _ = typed("list")
    assert code == 0
    for words in ("weekly list", "read and write", asha.email, "never", "until", "over since"):
        assert words in out
    assert token not in out
    assert ApiToken.objects.first().digest not in out
    other = world.account(("ZA2", "reader"))
    assert "No program has a token" in typed("list", "--of", other.email)[1]


def test_one_token_is_ended_and_the_audit_says_so_to_those_of_its_organisation(
    world: World, typed: Any
) -> None:
    asha = world.account(("ZA1", "contributor"))
    token = make_token(asha, "weekly list", world.today, days=30)
    kept = make_token(asha, "another", world.today, days=30)
    number = ApiToken.objects.get(name="weekly list").pk
    code, out, _ = typed("end", number)
    assert (code, "Ended 1 token" in out) == (0, True)
    assert person_by_token(token, world.today) is None
    assert person_by_token(kept, world.today) is not None
    (told,) = entries()
    assert (told.who, told.what, told.why) == (SYSTEM, "withdraw", "ended by command")
    assert told.target == str(number)
    assert told.values["ended_at"].old is None
    parties = AuditParty.objects.filter(entry=told.number)
    assert set(parties.values_list("organisation", flat=True)) == {"ZA1"}
    assert verify().holds
    assert "ended on" in typed("list")[1]


def test_all_tokens_of_an_account_are_ended_and_no_other_s(world: World, typed: Any) -> None:
    asha, bob = world.account(("ZA1", "contributor")), world.account(("ZA2", "reader"))
    tokens = [make_token(asha, f"list {n}", world.today, days=30) for n in range(3)]
    other = make_token(bob, "his", world.today, days=30)
    code, out, _ = typed("end", "--all-of", asha.email)
    assert (code, f"Ended 3 tokens of {asha.email}" in out) == (0, True)
    assert [person_by_token(one, world.today) for one in tokens] == [None] * 3
    assert person_by_token(other, world.today) is not None
    assert len(entries()) == 3
    typed("end", "--all-of", asha.email)
    assert len(entries()) == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "say which token"),
        ((999,), "there is no such token"),
        (("--all-of", "nobody@remit.example"), "there is no such account"),
        ((1, "--all-of", "nobody@remit.example"), "say which token"),
    ],
)
def test_what_names_no_token_ends_none(typed: Any, words: tuple[Any, ...], told: str) -> None:
    code, _, err = typed("end", *words)
    assert (code, told in err) == (2, True)


def test_a_token_that_is_over_is_not_ended_again(world: World, typed: Any) -> None:
    make_token(world.account(("ZA1", "reader")), "old", world.today - timedelta(days=9), days=2)
    code, _, err = typed("end", ApiToken.objects.get().pk)
    assert (code, "opens nothing any more" in err) == (2, True)
    assert entries() == []


def test_ending_one_s_own_on_the_page_is_entered_too(world: World) -> None:
    client = world.client(("ZA1", "reader"))
    asha = world.account(("ZA1", "reader"))
    make_token(asha, "mine", world.today, days=2)
    client.post(f"/account/tokens/{ApiToken.objects.get().pk}/end/")
    (told,) = entries()
    assert told.who == f"account-{asha.pk}"


def test_a_record_of_the_door_is_not_noted_past_it(world: World) -> None:
    action = model("Action").objects.first()
    with pytest.raises(Exception, match="through the audit's door"):
        note(Event(SYSTEM, "ZA1", "edit"), action, ["ZA1"], what=("a", "b"))


def test_who_makes_a_token_and_until_when_stands_in_the_audit(world: World) -> None:
    account = world.account(("ZA1", "reader"))
    make_token(account, "weekly list", world.today, days=30)
    (told,) = entries("grant")
    assert (told.who, told.acting_for) == (f"account-{account.pk}", "ZA1")
    assert told.values["ends_on"].new is not None
    assert "digest" not in told.values, "what opens it is in no entry"
    page = world.client(("ZA1", "auditor")).get("/changes/").content.decode()
    assert "gave a right in api token" in page
