"""A register of asks that commands kept, brought into an instance: every row, each read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from remit.asks.register import AskRegister, open_register
from remit.records.audit import SYSTEM, Event, create
from remit.records.audit.declared import is_audited
from remit.records.loading import all_models
from remit.web.instance import InstanceError
from remit.web.signing_in.groups import check_organisation

_OWNED = {"Import": "organisation", "Action": "organisation", "Friction": "organisation",
          "Risk": "organisation"}  # fmt: skip
"""Kind → what says whose a record is, where a register of one organisation leaves it blank."""


def move_in(register: Path, organisation: str) -> dict[str, int]:
    """Bring a register of asks into an instance that holds no records yet; all of it or nothing.

    Parameters
    ----------
    register
        The file, which is only read. One of an earlier Remit, a DuckDB file, is carried over first
        (``remit asks carry-over``), where it is said whether texts are kept whole.
    organisation
        The code of the organisation that kept it: whose the records are that do not say it.

    Returns
    -------
    dict
        How many rows of each kind came over, and were read back as they were.

    Raises
    ------
    InstanceError
        If the instance holds records, the organisation is none, or a row came out differently.
    AskError
        If the register cannot be read.

    Examples
    --------
    >>> move_in(Path("asks.sqlite"), "ZB1")["Ask"]  # doctest: +SKIP
    368
    """
    from django.db import transaction

    check_organisation(organisation, "--organisation")
    kinds = all_models()
    with open_register(register, read_only=True) as kept, transaction.atomic():
        for kind in kinds:
            if kind.objects.exists():
                raise InstanceError(
                    "the instance holds records already; make a new one with remit web init"
                )
        event = Event(SYSTEM, organisation, "carry over", why=f"from {register.name}")
        found = {kind.__name__: _moved(kind, kept, event) for kind in kinds}
    return {name: count for name, count in found.items() if count}


def _moved(kind: Any, kept: AskRegister, event: Event) -> int:
    """Write the rows of a kind, and read them back."""
    name = kind.__name__
    number = kind._meta.auto_field
    rows = [_mine(name, row, event.acting_for) for row in kept.table(name).order_by("pk").values()]
    wanted = [{n: value for n, value in row.items() if not number or n != number.attname}
              for row in rows]  # fmt: skip
    for fields in wanted:
        if is_audited(kind):
            create(event, kind, **fields)
        else:
            kind.objects.create(**fields)
    if list(kind.objects.order_by("pk").values(*_columns(kind, number))) != wanted:
        raise InstanceError(f"{name}: the rows came out differently; nothing was kept")
    return len(wanted)


def _mine(name: str, row: dict[str, Any], organisation: str) -> dict[str, Any]:
    whose = _OWNED.get(name)
    return row if whose is None or row[whose] else row | {whose: organisation}


def _columns(kind: Any, number: Any) -> list[str]:
    return [field.attname for field in kind._meta.concrete_fields if field is not number]
