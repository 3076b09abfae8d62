"""A demonstration: invented people, and the asks of the fictional sample."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from remit.records.audit import SYSTEM, Event, create
from remit.records.loading import model
from remit.web.access.relations import NATIONAL
from remit.web.running.accounts import add_account, give_role
from remit.web.running.demo_plans import fill_plans
from remit.web.running.demo_together import fill_together
from remit.web.running.demo_year import fill_year

PEOPLE = (
    ("amara.bell", "Amara Bell, region’s oversight lead", "ZR1", "signatory"),
    ("owen.tarn", "Owen Tarn, ICB’s performance lead", "ZB1", "contributor"),
    ("ines.vale", "Ines Vale, ICB’s chief executive", "ZB1", "signatory"),
    ("juno.marsh", "Juno Marsh, company secretary of Larkshire", "ZA1", "signatory"),
    ("kit.fenn", "Kit Fenn, board member of Larkshire", "ZA1", "reader"),
    ("lena.brook", "Lena Brook, company secretary of Quillborough", "ZA2", "contributor"),
    ("milo.reed", "Milo Reed, information governance lead of Saddlewick", "ZA3", "administrator"),
    ("nora.quist", "Nora Quist, national analyst", NATIONAL, "reader"),
    ("otis.hale", "Otis Hale, auditor", NATIONAL, "auditor"),
)
"""Address, name, organisation and role of each invented person."""
_OTHERS = (
    ("Q01", "ZA2", "Recovery trajectory for 62-day cancer waits", -9),
    ("Q02", "ZA2", "Agency spend above the ceiling, reasons by ward", 6),
    ("S01", "ZA3", "Ambulance handovers over 45 minutes", 12),
    ("L01", "ZB1", "System plan for urgent care this winter", 20),
)
_ACTIONS = (
    ("A05", "Send the agreed recovery plan to the ICB", "chief operating officer", -3),
    ("A08", "Agree one weekly return in place of two", "company secretary", 5),
    ("Q01", "Put two more lists a week on for urology", "chief operating officer", 9),
)
_DAY_ONE = timedelta(days=400)


def fill_demo() -> int:
    """Put invented people and the sample's asks into an empty instance; how many people.

    Days are counted from today, so that something is always late and something due.
    """
    from django.db import transaction

    from remit.web.people.asking import today as day_of_today
    from remit.web.people.models import Account

    if Account.objects.exists():
        return int(Account.objects.count())
    today = day_of_today()
    with transaction.atomic():
        for address, name, organisation, role in PEOPLE:
            email = f"{address}@remit.example"
            add_account(email, name)
            give_role(email, organisation, role, today - _DAY_ONE)
        _copy_sample()
        for ask_id, organisation, title, days in _OTHERS:
            _add("Ask", ask_id=ask_id, key=f"demo-{ask_id}", to_org_code=organisation, title=title,
                 from_body="NHS England", received_on=today - timedelta(days=30),
                 due_on=today + timedelta(days=days))  # fmt: skip
        for number, (ask_id, what, owner, days) in enumerate(_ACTIONS, 1):
            asked = model("Ask").objects.get(pk=ask_id)
            _add("Action", action_id=f"ACT-{number}", ask_id=ask_id, what=what, owner=owner,
                 organisation=asked.to_org_code, due_on=today + timedelta(days=days))  # fmt: skip
        fill_together(today)
        fill_plans(today)
        fill_year(today)
    return len(PEOPLE)


def _copy_sample() -> None:
    """The thirty asks of the sample, read by the register of asks as a user's would be."""
    from remit.asks.register import open_register
    from remit.asks.register.files import import_file
    from remit.sample.correspondence import write_correspondence

    with tempfile.TemporaryDirectory() as place:
        asks, _ = write_correspondence(Path(place))
        with open_register(None) as register:
            import_file(register, asks)
            for row in register.table("Ask").values():
                row.pop("brought_by_id")
                _add("Ask", **row)


def _add(kind: str, **fields: Any) -> None:
    whose = fields.get("organisation") or fields["to_org_code"]
    create(Event(SYSTEM, whose, "carry over", why="the sample"), model(kind), **fields)
