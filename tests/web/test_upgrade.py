"""An instance of the version before is brought up to date with its data: nothing is lost."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from remit.records.audit import verify
from remit.web import Instance, InstanceError, make_instance
from remit.web.running.checking import faults
from remit.web.running.tables import lay_tables, tables_unknown
from remit.web.settings import database
from tests.records.audit.servers import connect, let_go
from tests.web.instance import ON_POSTGRES, new_database, server
from tests.web.test_copies import told, typed

BEFORE = Path(__file__).parent / "from_before"
NOT_RECORDS = {
    "django_migrations", "django_content_type", "auth_permission", "sqlite_sequence",
    "remit_web_cache",
}  # fmt: skip
"""What Django keeps about itself, and counts of a minute."""
LOOKED_AT = """
import json, sys
from pathlib import Path
from remit.web import open_instance, started
started(open_instance(Path(sys.argv[1])), debug=True)
from django.test import Client
from remit.records.audit import astray, verify
from remit.web.people.models import Account
from remit.web.running.tables import tables_missing, tables_unknown
answers = {}
for who, path in json.loads(PAGES):
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Account.objects.get(email=who + "@remit.example"))
    answers[path] = client.get(path).status_code
found = verify()
print(json.dumps({"holds": found.holds, "entries": found.entries, "answers": answers,
                  "astray": [str(one) for one in astray()], "missing": tables_missing(),
                  "unknown": tables_unknown()}))
"""
SECRETARY, LEAD, REGION = "juno.marsh", "owen.tarn", "amara.bell"
PAGES = [
    *((who, "/") for who in (SECRETARY, LEAD, REGION, "milo.reed", "nora.quist", "otis.hale")),
    *((LEAD, f"/{kind}/") for kind in (
        "asks", "actions", "organisations", "plans", "conversations", "friction", "risks",
        "commitments", "agreements", "capability", "comments",
    )),
    (SECRETARY, "/asks/one/A27/"), (SECRETARY, "/figures/said/1/"),
    (LEAD, "/conversations/one/CON-1/"), (SECRETARY, "/friction/one/FR-1/"),
    (SECRETARY, "/risks/one/RISK-1/"), (LEAD, "/commitments/one/COM-1/"),
    (SECRETARY, "/agreements/one/AGR-1/"), (SECRETARY, "/capability/ZA1/nof-2026-27/"),
    (SECRETARY, "/plans/one/PLAN-1/"), (LEAD, "/plans/one/PLAN-2/"),
    (LEAD, "/plans/one/PLAN-2/changes/"), (LEAD, "/plans/one/PLAN-2/letter/"),
    (SECRETARY, "/account/tokens/"), ("otis.hale", "/changes/"), ("milo.reed", "/people/"),
    (SECRETARY, "/changes/ask/A27/"), (SECRETARY, "/search/?q=discharge"),
    (SECRETARY, "/asks.xlsx"),
]  # fmt: skip


@contextmanager
def connected(instance: Instance, environ: dict[str, str]) -> Iterator[Any]:
    from django.db import connections

    alias = connect(database(instance, environ))
    try:
        yield connections[alias]
    finally:
        let_go(alias)


@pytest.fixture
def before(tmp_path: Path) -> tuple[Instance, dict[str, str]]:
    """The instance as the version before left it."""
    instance, environ = make_instance(tmp_path / "web", demo=True), new_database("before")
    if ON_POSTGRES:
        server().run_file("before", BEFORE / "postgresql.sql")
    else:
        with closing(sqlite3.connect(instance.database)) as made:
            made.executescript((BEFORE / "sqlite.sql").read_text(encoding="utf-8"))
    return instance, environ


def columns_of(connection: Any) -> dict[str, list[str]]:
    """The columns of each table of records, by its name."""
    with connection.cursor() as cursor:
        names = [one for one in connection.introspection.table_names(cursor)
                 if one not in NOT_RECORDS]  # fmt: skip
        return {
            name: [column.name for column in
                   connection.introspection.get_table_description(cursor, name)]
            for name in names
        }  # fmt: skip


def rows_of(connection: Any, columns: dict[str, list[str]]) -> dict[str, Counter[str]]:
    """All rows of some tables, by the columns named."""
    found = {}
    with connection.cursor() as cursor:
        for table, names in columns.items():
            listed = ", ".join(map(connection.ops.quote_name, names))
            cursor.execute(f"SELECT {listed} FROM {connection.ops.quote_name(table)}")
            found[table] = Counter(map(repr, cursor.fetchall()))
    return found


def test_an_instance_of_the_version_before_is_brought_up_to_date(
    before: tuple[Instance, dict[str, str]],
) -> None:
    """By the command that the documentation names; each record is as it was, each page answers."""
    instance, environ = before
    with connected(instance, environ) as connection:
        columns = columns_of(connection)
        stood = rows_of(connection, columns)
    filled = {table for table, rows in stood.items() if rows}
    assert len(filled) >= 30, "the version before tries too few kinds"

    typed(environ, "init", instance.folder, "--demo")

    with connected(instance, environ) as connection:
        stands = rows_of(connection, columns)
    for table, rows in stood.items():
        assert stands[table] == rows, table
    pages = f"PAGES = {json.dumps(PAGES)!r}"
    found = json.loads(told(environ, pages + LOOKED_AT, instance.folder).splitlines()[-1])
    assert found.pop("answers") == {path: 200 for _, path in PAGES}
    assert found == {"holds": True, "entries": stood["audit_auditentry"].total(), "astray": [],
                     "missing": [], "unknown": []}  # fmt: skip


def test_a_copy_of_the_version_before_is_restored_by_this_one(tmp_path: Path) -> None:
    """One of an embedded instance; with PostgreSQL it grows into that on the way."""
    copy = make_instance(tmp_path / "copy", demo=True)
    with closing(sqlite3.connect(copy.database)) as made:
        made.executescript((BEFORE / "sqlite.sql").read_text(encoding="utf-8"))
        names = ("records_ask", "together_planversion", "talk_remark", "audit_auditentry")
        stood = [made.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names]
    kept = copy.database.read_bytes()
    environ = new_database("again")
    typed(environ, "restore", copy.folder, tmp_path / "back")
    restored = make_instance(tmp_path / "back", demo=True)
    with connected(restored, environ) as connection, connection.cursor() as cursor:
        for name, count in zip(names, stood, strict=True):
            cursor.execute(f"SELECT count(*) FROM {name}")
            assert cursor.fetchone()[0] == count > 0
    assert verify_of(restored, environ)
    assert copy.database.read_bytes() == kept, "the way back to the version before is the copy"


def verify_of(instance: Instance, environ: dict[str, str]) -> bool:
    with connected(instance, environ) as connection:
        return verify(connection.alias).holds


def test_tables_of_a_newer_version_are_refused(base: None) -> None:
    """An older Remit would write past what it does not know."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    assert tables_unknown() == []
    MigrationRecorder(connection).record_applied("records", "9999_of_tomorrow")
    assert tables_unknown() == ["records.9999_of_tomorrow"]
    with pytest.raises(InstanceError, match=r"newer than this Remit \(records\.9999_of_tomorrow\)"):
        lay_tables()
    assert "The tables are newer than this Remit (records.9999_of_tomorrow)" in faults()[-1]
