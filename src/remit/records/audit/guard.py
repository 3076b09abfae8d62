"""No row of an audited model is written but through the door.

A wrapper sees each statement that Django sends, whichever way it was made: ``save``, ``update``,
``bulk_create``, ``delete``, a cascade, a cursor. It guards against slips, not against who holds
the database; against them stand the triggers and the chain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from remit.model.errors import RecordsError
from remit.records.audit.declared import is_audited

_OPEN: ContextVar[frozenset[str]] = ContextVar("remit_audit_door", default=frozenset())
_OWN = ("audithead", "auditentry", "auditparty", "auditvalue", "auditerasure")
_REGISTERS = "records-"
"""How the connections are called of registers that commands write, which no server keeps."""
_WRITES = re.compile(
    r"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|(?<!FOR\s)(?<!KEY\s)UPDATE(?:\s+OR\s+\w+)?"
    r"|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?)\s+(?:ONLY\s+)?"
    r"([\w\".]+(?:\s*,\s*[\w\".]+)*)",
    re.IGNORECASE,
)
_NAME = re.compile(r"\w+")


class NotAudited(RecordsError):
    """A write of an audited record without its event."""


def guard_connections() -> None:
    """Put the guard on all connections, and on each that is opened later."""
    from django.db import connections
    from django.db.backends.signals import connection_created

    connection_created.connect(_guard, dispatch_uid="remit-audit")
    for connection in connections.all(initialized_only=True):
        _guard(connection=connection)


@contextmanager
def door(using: str) -> Iterator[None]:
    """Let the statements of a block through, on one connection of this thread."""
    token = _OPEN.set(_OPEN.get() | {using})
    try:
        yield
    finally:
        _OPEN.reset(token)


def _guard(connection: Any, **_: Any) -> None:
    if connection.alias.startswith(_REGISTERS) or _looked_at in connection.execute_wrappers:
        return
    connection.execute_wrappers.append(_looked_at)


def _looked_at(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    written = None if context["connection"].alias in _OPEN.get() else _written(str(sql))
    if written:
        raise NotAudited(
            f"{written} is audited: write it with remit.records.audit (create, change, remove), "
            "which takes the event"
        )
    return execute(sql, params, many, context)


def _written(sql: str) -> str:
    """The audited table that a statement writes; nothing where there is none."""
    for found in _WRITES.finditer(sql):
        for name in _NAME.findall(found[1]):
            if name in _tables():
                return str(name)
    return ""


@cache
def _tables() -> frozenset[str]:
    from django.apps import apps

    own = {apps.get_model("audit", name)._meta.db_table for name in _OWN}
    return frozenset(own | {m._meta.db_table for m in apps.get_models() if is_audited(m)})
