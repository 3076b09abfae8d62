"""What the database itself refuses, whoever asks: words for SQLite and for PostgreSQL.

An entry is only ever put at the chain's end. Without that rule ``INSERT OR REPLACE`` would put
another in an entry's place: SQLite then deletes a row without asking the triggers of deletion.
"""

from __future__ import annotations

from typing import Any

KEPT = ("audit_auditentry", "audit_auditparty", "audit_auditerasure")
"""What only grows."""
VALUES = "audit_auditvalue"
"""What is never changed, and deleted only where an erasure says so."""

_GROWS = "the audit only grows"
_ERASED = "a value of the audit goes only with the entry that says who erased it"
_AT_THE_END = "an entry of the audit stands at the end of the chain"
_ONE_PLACE = "a row of the audit takes no place of another"


def lay(_apps: Any, editor: Any) -> None:
    """Make the triggers, in the words of the database at hand."""
    vendor = editor.connection.vendor
    for statement in {"sqlite": sqlite, "postgresql": postgresql}[vendor]():
        editor.execute(statement, params=None)


def sqlite() -> list[str]:
    """The triggers of SQLite."""
    made = [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_GROWS}'); END"
        for table in KEPT
        for verb in ("UPDATE", "DELETE")
    ]
    made += [
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id{also}) "
        f"BEGIN SELECT RAISE(ABORT, '{_ONE_PLACE}'); END"
        for table, also in (
            ("audit_auditparty", ""),
            ("audit_auditerasure", " OR (entry = NEW.entry AND field = NEW.field)"),
            (VALUES, " OR (entry = NEW.entry AND field = NEW.field)"),
        )
    ]
    return [
        *made,
        "CREATE TRIGGER audit_auditentry_at_the_end BEFORE INSERT ON audit_auditentry "
        "WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM audit_auditentry) "
        "OR EXISTS (SELECT 1 FROM audit_auditentry "
        "WHERE hash = NEW.hash OR hash_before = NEW.hash_before) "
        f"BEGIN SELECT RAISE(ABORT, '{_AT_THE_END}'); END",
        f"CREATE TRIGGER {VALUES}_no_update BEFORE UPDATE ON {VALUES} "
        f"BEGIN SELECT RAISE(ABORT, '{_GROWS}'); END",
        f"CREATE TRIGGER {VALUES}_only_erased BEFORE DELETE ON {VALUES} "
        "WHEN NOT EXISTS (SELECT 1 FROM audit_auditerasure e "
        "WHERE e.entry = OLD.entry AND e.field = OLD.field) "
        f"BEGIN SELECT RAISE(ABORT, '{_ERASED}'); END",
    ]


def postgresql() -> list[str]:
    """The functions and triggers of PostgreSQL."""
    made = [
        _function("audit_only_grows", f"RAISE EXCEPTION '{_GROWS}';"),
        _function(
            "audit_at_the_end",
            "IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM audit_auditentry) "
            f"THEN RAISE EXCEPTION '{_AT_THE_END}'; END IF; RETURN NEW;",
        ),
        _function(
            "audit_only_erased",
            "IF NOT EXISTS (SELECT 1 FROM audit_auditerasure e "
            "WHERE e.entry = OLD.entry AND e.field = OLD.field) "
            f"THEN RAISE EXCEPTION '{_ERASED}'; END IF; RETURN OLD;",
        ),
    ]
    return [
        *made,
        *(_trigger(f"{table}_grows", "BEFORE UPDATE OR DELETE", table) for table in KEPT),
        *(
            _trigger(f"{table}_stays", "BEFORE TRUNCATE", table, each="STATEMENT")
            for table in (*KEPT, VALUES)
        ),
        _trigger(f"{VALUES}_grows", "BEFORE UPDATE", VALUES),
        _trigger(f"{VALUES}_erased", "BEFORE DELETE", VALUES, "audit_only_erased"),
        _trigger("audit_auditentry_end", "BEFORE INSERT", "audit_auditentry", "audit_at_the_end"),
    ]


def _function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END; $$"


def _trigger(
    name: str, when: str, table: str, function: str = "audit_only_grows", each: str = "ROW"
) -> str:
    return f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"
