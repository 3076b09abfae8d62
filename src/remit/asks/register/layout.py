"""The tables of the register of asks: a DuckDB file of its own, apart from the figures' store."""

from __future__ import annotations

LAYOUT_VERSION = 1
"""Raised whenever a table changes; a register of a higher version is refused."""

MARK = "remit_asks"
"""The table by which a DuckDB file is known as a register of asks."""

ASK_FIELDS: dict[str, str] = {
    "ask_id": "VARCHAR",
    "received_on": "DATE",
    "due_on": "DATE",
    "from_body": "VARCHAR",
    "from_team": "VARCHAR",
    "to_org_code": "VARCHAR",
    "to_org_name": "VARCHAR",
    "channel": "VARCHAR",
    "title": "VARCHAR",
    "text": "VARCHAR",
    "period_from": "DATE",
    "period_to": "DATE",
    "frequency": "VARCHAR",
    "hours_estimate": "DOUBLE",
}
"""What an ask is; the columns of the plain file, in its order."""

_KEPT: dict[str, str] = {
    "source": "VARCHAR",
    "source_row": "BIGINT",
    "import_id": "VARCHAR",
    "key": "VARCHAR",
    "thread": "VARCHAR",
    "follow_up": "BOOLEAN",
    "attachments": "BIGINT",
    "removed": "BIGINT",
    "original": "VARCHAR",
    "status": "VARCHAR",
    "closed_on": "DATE",
    "answer": "VARCHAR",
}

ASK_TABLE: dict[str, str] = {**ASK_FIELDS, **_KEPT}
"""All columns of the table of asks."""

MEETING_TABLE: dict[str, str] = {
    "key": "VARCHAR",
    "import_id": "VARCHAR",
    "to_org_code": "VARCHAR",
    "day": "DATE",
    "starts_at": "VARCHAR",
    "series": "VARCHAR",
    "body": "VARCHAR",
    "is_oversight": "BOOLEAN",
    "minutes": "DOUBLE",
    "attendees": "BIGINT",
    "own_attendees": "BIGINT",
    "minutes_today": "BIGINT",
    "minutes_tomorrow": "BIGINT",
    "title": "VARCHAR",
    "why": "VARCHAR",
    "replaced_by": "VARCHAR",
}
"""One row for each meeting; ``replaced_by`` names the import that brought a newer version."""


def statements() -> list[str]:
    """What makes an empty register."""
    return [
        f"CREATE TABLE {MARK} (layout_version INTEGER NOT NULL, made_at TIMESTAMP NOT NULL)",
        f"CREATE TABLE ask ({_columns(ASK_TABLE)}, PRIMARY KEY (ask_id), UNIQUE (key))",
        f"CREATE TABLE meeting ({_columns(MEETING_TABLE)})",
        "CREATE TABLE import (import_id VARCHAR PRIMARY KEY, number BIGINT, file_name VARCHAR, "
        "sha256 VARCHAR, kind VARCHAR, rows_read BIGINT, accepted BIGINT, repeated BIGINT, "
        "rejected BIGINT, meetings BIGINT, imported_at TIMESTAMP)",
        'CREATE TABLE rejection (import_id VARCHAR, file VARCHAR, line BIGINT, "column" VARCHAR, '
        "value VARCHAR, reason VARCHAR)",
        "CREATE TABLE mapping (fingerprint VARCHAR PRIMARY KEY, columns VARCHAR, "
        "kept_at TIMESTAMP)",
        "CREATE TABLE change (ask_id VARCHAR, field VARCHAR, before VARCHAR, after VARCHAR, "
        "changed_at TIMESTAMP)",
        "CREATE TABLE decision (number BIGINT PRIMARY KEY, kind VARCHAR, ask_ids VARCHAR[], "
        "relation VARCHAR, decided_by VARCHAR, decided_on DATE, note VARCHAR)",
        "CREATE TABLE action (action_id VARCHAR PRIMARY KEY, conversation VARCHAR, held_on DATE, "
        "what VARCHAR, owner VARCHAR, due_on DATE, done_on DATE)",
        "CREATE TABLE friction (friction_id VARCHAR PRIMARY KEY, what VARCHAR, "
        "between_bodies VARCHAR[], raised_on DATE, ask_ids VARCHAR[], settled_on DATE, "
        "settled_how VARCHAR)",
        "CREATE TABLE risk (risk_id VARCHAR PRIMARY KEY, title VARCHAR, what VARCHAR, "
        "holder VARCHAR, raised_on DATE, review_on DATE, closed_on DATE)",
        "CREATE TABLE risk_share (risk_id VARCHAR, place BIGINT, organisation VARCHAR, "
        "share VARCHAR, percent DOUBLE, mitigation VARCHAR)",
    ]


def _columns(table: dict[str, str]) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in table.items())
