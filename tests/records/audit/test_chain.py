"""The chain only grows, and whatever is done to it shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from remit.records.audit import (
    Anchor,
    Event,
    astray,
    change,
    create,
    erase,
    is_wipe_due,
    remove,
    verify,
)
from remit.records.audit.chain import hash_of, table
from remit.records.audit.guard import door
from remit.records.loading import model
from tests.records.audit.servers import Database
from tests.records.audit.test_writing import ADD, EDIT, REMOVE, a_risk, an_action

ERASE = Event("dpo", "ZA1", "erase", why="a name")


def sql(using: str, statement: str) -> None:
    """A statement of somebody who passes by the guard."""
    from django.db import connections

    with door(using), connections[using].cursor() as cursor:
        cursor.execute(statement)


def some_entries(using: str) -> None:
    action = an_action(using)
    change(EDIT, action, owner="medical director")
    remove(REMOVE, a_risk(using))
    erase(ERASE, [(2, "owner")], using)


@pytest.mark.parametrize(
    "statement",
    [
        *(f"UPDATE audit_{name} SET {column} = {column}" for name, column in (
            ("auditentry", "who"), ("auditparty", "organisation"), ("auditvalue", "new"),
            ("auditerasure", "field"))),
        *(f"DELETE FROM audit_{name}" for name in (
            "auditentry", "auditparty", "auditvalue", "auditerasure")),
        "INSERT INTO audit_auditentry SELECT number + 5, at, who, acting_for, what, kind, target, "
        "parent, fields, digests, hash_before || 'x', hash || 'x' FROM audit_auditentry "
        "WHERE number = 9",
    ],
)  # fmt: skip
def test_the_database_itself_keeps_the_chain(database: Database, statement: str) -> None:
    some_entries(database.alias)
    before = verify(database.alias)
    for words in (statement, *_of_one_kind(database, statement)):
        with pytest.raises(Exception, match=r"of the audit|audit only grows"):
            sql(database.alias, words)
    assert before.holds
    assert before.entries == 9
    assert verify(database.alias) == before


def _of_one_kind(database: Database, statement: str) -> list[str]:
    """What only one database knows: the ways to take the place of a row without deleting it."""
    if database.vendor == "postgresql":
        return [f"TRUNCATE {statement.split()[2]}"] if statement.startswith("DELETE") else []
    if not statement.startswith("DELETE"):
        return []
    return [f"INSERT OR REPLACE INTO {statement.split()[2]} SELECT * FROM {statement.split()[2]}"]


def unlocked(database: Database) -> None:
    """The triggers taken away, as the owner of the database can."""
    from django.db import connections

    with connections[database.alias].cursor() as cursor:
        if database.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            for name in ("entry", "party", "value", "erasure"):
                cursor.execute(f"ALTER TABLE audit_audit{name} DISABLE TRIGGER USER")


TAMPERED: dict[str, tuple[str, int, str]] = {
    "who": ("UPDATE audit_auditentry SET who = 'ben' WHERE number = 3", 3, "was changed"),
    "when": ("UPDATE audit_auditentry SET at = '2020-01-01 00:00:00+00:00' WHERE number = 1", 1,
             "was changed"),
    "a value": ("UPDATE audit_auditvalue SET new = '\"x\"' WHERE entry = 1 AND field = 'owner'", 1,
                "its value of owner was changed"),
    "a value gone": ("DELETE FROM audit_auditvalue WHERE entry = 4 AND field = 'share'", 4,
                     "no entry says who erased it"),
    "a value more": ("INSERT INTO audit_auditvalue (entry, field, salt) VALUES (5, 'x', 'y')", 5,
                     "a value was added"),
    "a party more": ("INSERT INTO audit_auditparty (entry, organisation) VALUES (2, 'ZB1')", 2,
                     "was changed"),
    "a party gone": ("DELETE FROM audit_auditparty WHERE entry = 6 AND organisation = 'QF1'", 6,
                     "was changed"),
    "an entry gone": ("DELETE FROM audit_auditentry WHERE number = 5", 5, "it is missing"),
    "the first gone": ("DELETE FROM audit_auditentry WHERE number = 1", 1, "it is missing"),
    "the end gone": ("DELETE FROM audit_auditentry WHERE number > 6", 7, "with all up to entry 9"),
    "the hash": ("UPDATE audit_auditentry SET hash = 'x' WHERE number = 2", 2, "was changed"),
    "an erasure claimed": ("INSERT INTO audit_auditerasure (entry, field, erased_by) "
                           "VALUES (1, 'owner', 8); DELETE FROM audit_auditvalue "
                           "WHERE entry = 1 AND field = 'owner'", 1, "no entry says who"),
}  # fmt: skip


def test_the_first_broken_link_is_named(database: Database) -> None:
    from django.db import transaction

    some_entries(database.alias)
    unlocked(database)
    sound = verify(database.alias)
    assert sound.holds
    for name, (statements, number, why) in TAMPERED.items():
        with transaction.atomic(using=database.alias):
            for statement in statements.split("; "):
                sql(database.alias, statement)
            found = verify(database.alias)
            transaction.set_rollback(True, using=database.alias)
        assert (found.first_broken, found.entries) == (number, number - 1), name
        assert why in found.why, name
        assert not found.holds
    assert verify(database.alias) == sound


def test_a_chain_made_anew_by_its_owner_shows_against_an_anchor_kept_elsewhere(
    database: Database,
) -> None:
    some_entries(database.alias)
    anchor = verify(database.alias).last
    unlocked(database)
    before = "0" * 64
    rows = table("AuditEntry", database.alias)
    for entry in rows.order_by("number").values():
        parties = table("AuditParty", database.alias).filter(entry=entry["number"])
        codes = set(parties.values_list("organisation", flat=True))
        new = entry | {"who": entry["who"].replace("ben", "asha"), "hash_before": before}
        new["hash"] = before = hash_of(new, codes)
        with door(database.alias):
            rows.filter(number=entry["number"]).update(**new)
    with door(database.alias):
        table("AuditHead", database.alias).update(hash=before)
    assert verify(database.alias).holds, "by itself the new chain is as good as the old"
    found = verify(database.alias, anchor)
    assert (found.first_broken, found.why) == (9, "it is another than the one that was noted "
                                               "elsewhere")  # fmt: skip
    assert verify(database.alias, Anchor(99, "x")).first_broken == 10


def test_what_is_erased_leaves_the_chain_whole(using: str) -> None:
    some_entries(using)
    found = verify(using)
    assert (found.erased, found.holds) == (1, True)
    assert is_wipe_due(using)
    assert erase(ERASE, [(2, "owner"), (99, "x")], using) == 0
    assert verify(using) == found


WRONG: dict[str, tuple[str, str]] = {
    "changed": ("UPDATE records_action SET what = 'x'", "other than its entries say: what"),
    "added": ("INSERT INTO records_acceptedword (word, accepted_at) VALUES "
              "('x', '2026-01-01 00:00:00+00:00')", "it stands, and no entry says so"),
    "gone": ("DELETE FROM records_action", "it is gone, and no entry says so"),
}  # fmt: skip


@pytest.mark.parametrize("how", WRONG)
def test_a_record_written_past_the_door_is_found_astray(using: str, how: str) -> None:
    some_entries(using)
    change(EDIT, model("Action").objects.using(using).get(), due_on="2026-05-01")
    assert list(astray(using)) == []
    statement, why = WRONG[how]
    sql(using, statement)
    assert [one.why for one in astray(using)] == [why]


def test_what_a_model_keeps_out_is_told_and_not_kept(
    using: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model("Mapping"), "AUDIT_NOT_KEPT", ("columns",), raising=False)
    create(ADD, model("Mapping"), using=using, fingerprint="f", columns="a secret",
           kept_at=ADD.when)  # fmt: skip
    kept = table("AuditValue", using).get(field="columns")
    assert json.loads(kept.new) == "(not kept)"
    assert list(astray(using)) == []


def test_the_checks_tell_a_database_in_which_the_chain_would_not_hold(
    database: Database,
) -> None:
    from remit.records.audit.checking import databases_hold

    assert databases_hold([database.alias]) == []
    assert databases_hold(None) == []
    broken: Callable[[], Any] = lambda: databases_hold([database.alias])  # noqa: E731
    if database.vendor == "sqlite":
        database.settings["OPTIONS"].clear()
        assert [one.id for one in broken()] == ["remit.E001", "remit.E002"]
