"""What is erased is gone from records, audit, bytes, exports and the next backup."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from remit.model.errors import RecordsError
from remit.records.audit import (
    Event,
    Held,
    astray,
    carry,
    change,
    create,
    dispose,
    due,
    entries_for,
    entries_of,
    erase_fields,
    organisation_part,
    person_part,
    retention_classes,
    retention_of,
    verify,
    wipe,
    write_part,
)
from remit.records.audit.declared import is_audited
from remit.records.loading import model
from tests.records.audit.servers import Database, Postgres, connect, let_go
from tests.records.audit.test_chain import ERASE, some_entries
from tests.records.audit.test_declared import all_of_them
from tests.records.audit.test_writing import ADD, EDIT, a_risk, an_action

SECRET = "quokkaword"


def backup(database: Database, request: pytest.FixtureRequest, path: Path) -> bytes:
    """What the next backup would hold."""
    from django.db import connections

    if database.vendor == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        return server.dumped("remit")
    with connections[database.alias].cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    return path.read_bytes()


def test_an_erased_word_is_in_no_byte_and_the_chain_verifies(
    database: Database, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    using = database.alias
    for number in range(30):
        an_action(using, number)
    action = model("Action").objects.using(using).get(pk="ACT-7")
    change(Event("asha", "ZA1", "edit", why=f"of {SECRET}"), action, what=f"Call {SECRET}")
    change(EDIT, action, what=f"Call {SECRET} again")
    write_part(tmp_path / "before", organisation_part("ZA1", using))
    assert SECRET in (tmp_path / "before" / "audit.csv").read_text()
    assert SECRET.encode() in backup(database, request, tmp_path / "one")
    assert erase_fields(ERASE, action, "what", put="[erased]", using=using) == 4
    left = [(one.number, "(why)") for one in person_part([], [SECRET], using)]
    assert left == [(31, "(why)")], "the reason that was given names it still"
    from remit.records.audit import erase

    assert erase(ERASE, left, using) == 1
    assert wipe(using)
    if database.vendor == "sqlite":
        assert not database.holds(SECRET)
    else:
        from django.db import connections

        with connections[using].cursor() as cursor:
            cursor.execute("CHECKPOINT")
        assert not database.holds(SECRET)
    assert SECRET.encode() not in backup(database, request, tmp_path / "two")
    write_part(tmp_path / "after", organisation_part("ZA1", using))
    for path in (tmp_path / "after").iterdir():
        assert SECRET not in path.read_text()
    assert person_part([], [SECRET], using) == []
    found = verify(using)
    assert (found.holds, found.erased) == (True, 5)
    assert list(astray(using)) == []
    assert model("Action").objects.using(using).get(pk="ACT-7").what == "[erased]"


def test_the_search_of_bytes_finds_what_is_there(database: Database) -> None:
    an_action(database.alias, what=f"Call {SECRET}")
    if database.vendor == "postgresql":
        from django.db import connections

        with connections[database.alias].cursor() as cursor:
            cursor.execute("CHECKPOINT")
    assert database.holds(SECRET)


def test_a_wipe_waits_for_whoever_reads_on_sqlite_and_is_no_part_of_a_change(
    database: Database,
) -> None:
    from django.db import transaction

    from remit.records.audit import is_wipe_due

    an_action(database.alias)
    erase_fields(ERASE, model("Action").objects.using(database.alias).get(), "what", put="x",
                 using=database.alias)  # fmt: skip
    with pytest.raises(transaction.TransactionManagementError), transaction.atomic(
        using=database.alias
    ):  # fmt: skip
        wipe(database.alias)
    assert is_wipe_due(database.alias)
    assert wipe(database.alias)
    assert not is_wipe_due(database.alias)


def test_disposing_leaves_a_tombstone_and_no_value(using: str) -> None:
    risk = a_risk(using)
    change(EDIT, risk, title=SECRET)
    assert dispose(ERASE, risk, using) > 40
    assert not model("RiskShare").objects.using(using).exists()
    told = entries_of("ZA2", using)
    assert [one.what for one in told if one.kind == "records.Risk"][:2] == ["erase", "dispose"]
    assert all(v.erased for one in told for v in one.values.values())
    assert {one.why for one in told} == {"a name", ""}
    assert verify(using).holds
    assert list(astray(using)) == []


@pytest.mark.parametrize("of", ["organisation", "record", "part"])
def test_a_legal_hold_stops_what_erases_until_it_is_lifted(using: str, of: str) -> None:
    risk = a_risk(using)
    share = model("RiskShare").objects.using(using).order_by("pk").last()
    named = {
        "organisation": {},
        "record": {"kind": "records.Risk", "target": "RISK-1"},
        "part": {"kind": "records.RiskShare", "target": str(share.pk)},
    }[of]
    from django.apps import apps

    hold = create(Event("lawyer", "ZA2", "hold"), apps.get_model("audit", "LegalHold"),
                  using=using, organisation="ZA2", why="inquiry", from_on=date(2026, 4, 1),
                  **named)  # fmt: skip
    before = verify(using)
    with pytest.raises(Held, match=r"under a legal hold of ZA2 since 2026-04-01 \(inquiry\)"):
        dispose(ERASE, risk, using)
    with pytest.raises(Held):
        erase_fields(ERASE, share, "share", put="x", using=using)if of != "record" else dispose(
            ERASE, risk, using
        )  # fmt: skip
    assert verify(using) == before
    assert model("RiskShare").objects.using(using).count() == 2
    change(Event("lawyer", "ZA2", "lift"), hold, lifted_on=date(2026, 5, 1))
    assert dispose(ERASE, risk, using) > 0


def test_an_erasure_is_said_to_be_one(using: str) -> None:
    action = an_action(using)
    for wrong in (dispose, erase_fields):
        with pytest.raises(RecordsError, match="has the verb 'erase', not 'edit'"):
            wrong(EDIT, action, using=using)


def test_exports_are_no_formulas_and_say_what_is_erased(using: str, tmp_path: Path) -> None:
    action = an_action(using, what='=HYPERLINK("x")')
    change(EDIT, action, owner="@sum(a1)")
    erase_fields(ERASE, action, "due_on", using=using)
    first, second = write_part(tmp_path, organisation_part("ZA1", using))
    assert (first.name, second.name) == ("audit.csv", "audit.json")
    text = first.read_text()
    assert "'=HYPERLINK" in text
    assert "'@sum" in text
    assert ",True,asked for at the review,ZA1" in text
    assert '"erased": true' in second.read_text()
    assert [one.number for one in organisation_part("ZA1", using)] == [1, 2, 3]
    assert organisation_part("ZB1", using) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordsError, match="this is a file"):
        write_part(tmp_path / "file", [])


def test_a_persons_part_has_what_they_did_and_where_they_are_named(using: str) -> None:
    an_action(using, what="Call ÉLISE Quokka")
    create(Event("élise", "ZA2", "add"), model("Action"), using=using, action_id="ACT-2",
           what="x", owner="chair", organisation="ZA2")  # fmt: skip
    an_action(using, 3)
    assert [one.number for one in person_part(["élise"], ["élise quokka"], using)] == [1, 2]
    assert [one.number for one in person_part(["élise"], [" "], using)] == [2]


def test_every_audited_model_has_a_class_of_retention(apps: None) -> None:
    for kind in filter(is_audited, all_of_them()):
        assert retention_of(kind).id in retention_classes()
    with pytest.raises(RecordsError, match="has no class of retention"):
        retention_of(model("Numbering"))


def test_a_record_is_due_when_its_months_are_over_and_its_parts_are_quiet(using: str) -> None:
    old = Event("asha", "ZA1", "add", when=datetime(2020, 3, 31, tzinfo=UTC))
    for number in (1, 2):
        create(old, model("Action"), using=using, action_id=f"ACT-{number}", what="x",
               owner="chair", organisation=f"ZA{number}")  # fmt: skip
    risk = create(old, model("Risk"), using=using, risk_id="R", title="t", what="w", holder="h",
                  raised_on=date(2020, 3, 31), organisation="ZA1")  # fmt: skip
    create(ADD, model("RiskShare"), using=using, risk=risk, place=1, organisation="ZA1",
           share="beds", mitigation="m")  # fmt: skip
    from django.apps import apps

    create(Event("lawyer", "ZA2", "hold"), apps.get_model("audit", "LegalHold"), using=using,
           organisation="ZA2", why="inquiry", from_on=date(2026, 4, 1))  # fmt: skip
    assert list(due(date(2026, 3, 30), using)) == []
    free, held = due(date(2026, 3, 31), using)
    assert (free.record.pk, free.held, free.retention.id) == ("ACT-1", "", "action")
    assert held.record.pk == "ACT-2"
    assert "inquiry" in held.held


def test_all_is_carried_into_an_empty_database_of_either_kind(
    database: Database, template: Path, postgres: Postgres, tmp_path: Path
) -> None:
    import shutil

    from tests.records.audit.servers import sqlite

    some_entries(database.alias)
    if database.vendor == "postgresql":
        shutil.copy(template, tmp_path / "other.sqlite")
        other = connect(sqlite(tmp_path / "other.sqlite"))
    else:
        other = connect(postgres.make("other"))
    try:
        before = verify(database.alias)
        assert carry(database.alias, other) == before
        for kind in all_of_them():
            rows = [list(kind.objects.using(u).order_by("pk").values()) for u in
                    (database.alias, other)]  # fmt: skip
            assert rows[0] == rows[1], kind
        with pytest.raises(RecordsError, match="has rows in the database to carry into"):
            carry(database.alias, other)
        a_risk(other)
        assert verify(other).entries == before.entries + 3, "numbers go on"
        assert entries_for(model("Action").objects.using(other), other)
    finally:
        let_go(other)
        if database.vendor == "sqlite":
            postgres.drop("other")


def test_a_broken_chain_is_not_carried(database: Database, tmp_path: Path, template: Path) -> None:
    import shutil

    from tests.records.audit.servers import sqlite
    from tests.records.audit.test_chain import sql, unlocked

    some_entries(database.alias)
    unlocked(database)
    sql(database.alias, "UPDATE audit_auditentry SET who = 'x' WHERE number = 2")
    shutil.copy(template, tmp_path / "other.sqlite")
    other = connect(sqlite(tmp_path / "other.sqlite"))
    with pytest.raises(RecordsError, match="broken at entry 2"):
        carry(database.alias, other)
    assert verify(other).entries == 0
    let_go(other)
