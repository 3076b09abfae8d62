"""A record is written with its entry, or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from remit.model.errors import RecordsError
from remit.records.audit import (
    AuditedValue,
    ChangedMeanwhile,
    Event,
    at_once,
    change,
    create,
    entries_by,
    entries_for,
    entries_of,
    last_entry,
    remove,
    verify,
)
from remit.records.loading import model

ADD = Event("asha", "ZA1", "add", why="asked for at the review")
EDIT = Event("asha", "ZA1", "edit")
REMOVE = Event("ben", "ZA1", "remove")


def an_action(using: str, number: int = 1, **more: Any) -> Any:
    fields = {"what": "Send the plan", "owner": "chair", "organisation": "ZA1"} | more
    return create(ADD, model("Action"), using=using, action_id=f"ACT-{number}", **fields)


def a_risk(using: str) -> Any:
    risk = create(ADD, model("Risk"), using=using, risk_id="RISK-1", title="Beds", what="Too few",
                  holder="chair", raised_on=date(2026, 4, 1), organisation="QF1")  # fmt: skip
    for place, code in enumerate(("ZA1", "ZA2"), 1):
        create(ADD, model("RiskShare"), using=using, risk=risk, place=place, organisation=code,
               share="beds", mitigation="lounge")  # fmt: skip
    return risk


def test_a_record_is_made_with_an_entry_that_tells_all_of_it(using: str) -> None:
    action = an_action(using, due_on=date(2026, 4, 1))
    assert model("Action").objects.using(using).get().due_on == date(2026, 4, 1)
    (entry,) = entries_for(action, using)
    assert (entry.who, entry.acting_for, entry.what) == ("asha", "ZA1", "add")
    assert (entry.kind, entry.target, entry.parent) == ("records.Action", "ACT-1", None)
    assert (entry.why, entry.said) == ("asked for at the review", "added")
    assert entry.values["due_on"] == AuditedValue(None, "2026-04-01")
    assert len(entry.values) == 10
    assert entry.organisations == ("ZA1",)


def test_a_change_tells_what_differs_and_nothing_else(using: str) -> None:
    action = an_action(using)
    assert change(EDIT, action, owner="medical director", what="Send the plan") == 2
    assert action.owner == "medical director"
    entry = entries_for(action, using)[0]
    assert entry.values == {"owner": AuditedValue("chair", "medical director")}
    assert change(EDIT, action, owner="medical director") is None
    assert verify(using).entries == 2


def test_what_stood_before_is_read_from_the_database_and_not_from_the_copy_in_hand(
    using: str,
) -> None:
    mine = an_action(using)
    theirs = model("Action").objects.using(using).get()
    change(EDIT, theirs, owner="theirs")
    change(EDIT, mine, owner="mine")
    assert entries_for(mine, using)[0].values == {"owner": AuditedValue("theirs", "mine")}


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(using: str) -> None:
    mine = an_action(using)
    seen = last_entry(mine)
    theirs = model("Action").objects.using(using).get()
    change(EDIT, theirs, owner="theirs")
    with pytest.raises(ChangedMeanwhile, match="changed by somebody else") as told:
        change(EDIT, mine, seen=seen, owner="mine")
    assert told.value.entries == (2,)
    assert model("Action").objects.using(using).get().owner == "theirs"
    assert change(EDIT, mine, seen=last_entry(mine), owner="mine") == 3


def test_a_record_goes_with_its_parts_each_with_an_entry(using: str) -> None:
    risk = a_risk(using)
    assert remove(REMOVE, risk) == [4, 5, 6]
    assert not model("RiskShare").objects.using(using).exists()
    first, second, whole = reversed(entries_of("ZA1", using)[:3])
    assert {first.kind, second.kind} == {"records.RiskShare"}
    assert first.parent == "records.Risk:RISK-1"
    assert first.values["share"] == AuditedValue("beds", None)
    assert whole.organisations == ("QF1", "ZA1", "ZA2")


def test_an_entry_is_of_whose_the_record_was_and_is(using: str) -> None:
    action = an_action(using)
    change(EDIT, action, organisation="ZA2")
    assert entries_for(action, using)[0].organisations == ("ZA1", "ZA2")
    assert [entry.number for entry in entries_of("ZA2", using)] == [2]
    assert [entry.number for entry in entries_by("asha", using)] == [2, 1]
    assert entries_by("ben", using) == []


def test_entries_are_those_of_the_records_asked_for_and_of_no_other(using: str) -> None:
    an_action(using)
    an_action(using, 2, organisation="ZA2")
    theirs = model("Action").objects.using(using).filter(organisation="ZA2")
    assert [entry.target for entry in entries_for(theirs, using)] == ["ACT-2"]
    assert entries_for(theirs.none(), using) == []
    both = [*model("Action").objects.using(using).order_by("pk")]
    assert [entry.target for entry in entries_for(both, using)] == ["ACT-2", "ACT-1"]


def test_a_fault_half_way_leaves_neither_record_nor_entry(using: str) -> None:
    def half_way() -> None:
        with at_once(using):
            an_action(using)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_way()
    assert not model("Action").objects.using(using).exists()
    assert verify(using).entries == 0
    an_action(using)
    with pytest.raises(Exception, match=r"(?i)unique"):
        an_action(using)
    assert verify(using).entries == 1


def test_what_is_no_longer_there_is_not_made_anew(using: str) -> None:
    action = an_action(using)
    remove(REMOVE, model("Action").objects.using(using).get())
    for write in (lambda: change(EDIT, action, owner="x"), lambda: remove(REMOVE, action)):
        with pytest.raises(RecordsError, match="is gone; nothing was changed"):
            write()
    assert verify(using).entries == 2


def test_wrong_writes_are_refused_in_words(using: str) -> None:
    action = an_action(using)
    with pytest.raises(RecordsError, match="is not audited"):
        create(ADD, model("Numbering"), using=using, prefix="x", last=1)
    with pytest.raises(RecordsError, match="identifier action_id is never changed"):
        change(EDIT, action, action_id="ACT-2")
    with pytest.raises(RecordsError, match="holds the sign NUL"):
        change(EDIT, action, owner="a\0b")
    with pytest.raises(RecordsError, match="'erase' is for values"):
        change(Event("dpo", "ZA1", "erase"), action, owner="x")
    with pytest.raises(Exception, match="no field 'ownr'"):
        change(EDIT, action, ownr="x")


def test_half_a_character_becomes_a_mark_as_in_a_register(using: str) -> None:
    action = an_action(using, what="a\udc80b")
    assert action.what == "a?b"
    assert verify(using).holds


@pytest.mark.parametrize(
    ("words", "match"),
    [
        (("", "ZA1", "add"), "one is blank"),
        (("asha", " ", "add"), "one is blank"),
        (("asha", "ZA1", "ad"), "nearest: add"),
        (("asha", "ZA1", "add", "", datetime(2026, 4, 1)), "has its time zone"),
    ],
)
def test_an_event_says_who_for_whom_what_and_when(words: tuple[Any, ...], match: str) -> None:
    with pytest.raises(RecordsError, match=match):
        Event(*words)


def test_moments_are_kept_in_utc(using: str) -> None:
    when = datetime(2026, 4, 1, 12, 0, 0, 123456, timezone(timedelta(hours=1)))
    create(Event("asha", "ZA1", "add", when=when), model("Mapping"), using=using,
           fingerprint="f", columns="{}", kept_at=when)  # fmt: skip
    (entry,) = entries_by("asha", using)
    assert entry.at == datetime(2026, 4, 1, 11, 0, 0, 123456, UTC)
    assert entry.values["kept_at"].new == "2026-04-01T11:00:00.123456+00:00"
    assert verify(using).holds
