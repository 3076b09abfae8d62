"""Checks of a server's settings: a database in which a chain of writes would not hold."""

from __future__ import annotations

from typing import Any


def register_checks() -> None:
    """Make them known to ``manage check`` and to whatever runs Django's checks."""
    from django.core import checks

    checks.register(databases_hold, checks.Tags.database)


def databases_hold(databases: Any = None, **_: Any) -> list[Any]:
    """What is wrong with the databases for an audit.

    SQLite must begin each change with the right to write: else one that reads first fails beside
    another. And it must overwrite what is deleted: else erased words stay in the file.
    """
    from django.core.checks import Error
    from django.db import connections

    found = []
    for alias in databases or ():
        settings = connections[alias].settings_dict
        if connections[alias].vendor != "sqlite":
            continue
        options = settings.get("OPTIONS", {})
        if str(options.get("transaction_mode", "")).upper() != "IMMEDIATE":
            found.append(
                Error(
                    f"{alias}: SQLite does not take the right to write when a change begins",
                    hint="Set OPTIONS['transaction_mode'] to 'IMMEDIATE'.",
                    id="remit.E001",
                )
            )
        if "secure_delete" not in str(options.get("init_command", "")).lower():
            found.append(
                Error(
                    f"{alias}: SQLite does not overwrite what is deleted",
                    hint="Set OPTIONS['init_command'] to 'PRAGMA secure_delete = ON'.",
                    id="remit.E002",
                )
            )
    return found
