"""Each write: by whom, for which organisation, in one transaction."""

from __future__ import annotations

import hashlib
from typing import Any

from remit.records.loading import model


def add_record(request: Any, kind: str, organisation: str, **fields: Any) -> Any:
    """Keep a new record of an organisation."""
    del request, organisation
    return model(kind).objects.create(**fields)


def change_record(request: Any, record: Any, organisation: str, verb: str, **fields: Any) -> None:
    """Change a record of an organisation."""
    del request, organisation, verb
    for name, value in fields.items():
        setattr(record, name, value)
    record.save(update_fields=list(fields))


def digest_of(record: Any, *names: str) -> str:
    """What some fields of a record hold, as a digest; another value gives another."""
    held = "\x1f".join(f"{name}={getattr(record, name)!r}" for name in names)
    return hashlib.sha256(held.encode()).hexdigest()[:24]


class _Tables:
    """The tables of the open database, as the register of asks calls for them."""

    def table(self, name: str) -> Any:
        """The rows of a model."""
        return model(name).objects.all()


TABLES = _Tables()
