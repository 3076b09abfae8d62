"""A small world: organisations of the sample, with an ask and an action each, and people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from remit.records.audit import SYSTEM, Event, create
from remit.records.loading import model
from remit.web.people.memberships import begin_membership
from remit.web.people.models import Account

ORGANISATIONS = ("ZR1", "ZR2", "ZB1", "ZB2", "ZB3", "ZA1", "ZA2", "ZA6")
"""Of each there is an ask and an action. ZA1 and ZA2 are of ZB1, ZA6 is of ZB2, all of ZR1."""
BEGAN = timedelta(days=400)


class SafeClient(Client):
    """A client that comes by HTTPS to the address of the instance, as people do."""

    def __init__(self, **how: Any) -> None:
        super().__init__(SERVER_NAME="remit.example", **how)

    def request(self, **request: Any) -> Any:
        request["wsgi.url_scheme"] = "https"
        request["SERVER_PORT"] = "443"
        return super().request(**request)


@dataclass
class World:
    today: date
    accounts: dict[str, Any] = field(default_factory=dict)

    def account(self, *roles: tuple[str, str], until: date | None = None) -> Any:
        """A person with some roles, made when first asked for."""
        key = f"{roles}{until}"
        if key not in self.accounts:
            number = len(self.accounts)
            made = Account.objects.make(f"p{number}@remit.example", f"Person {number}")
            for organisation, role in roles:
                begin_membership(made, organisation, role, self.today - BEGAN, until=until)
            self.accounts[key] = made
        return self.accounts[key]

    def client(self, *roles: tuple[str, str], until: date | None = None, **how: Any) -> SafeClient:
        client = SafeClient(**how)
        client.force_login(self.account(*roles, until=until))
        return client


def build_world(organisations: Iterable[str] = ORGANISATIONS) -> World:
    today = timezone.localdate()
    for number, code in enumerate(organisations):
        add_ask(f"ASK{code}", code, due_on=today + timedelta(days=number - 3))
        add_action(f"ACT-{code}", f"ASK{code}", due_on=today + timedelta(days=number - 3))
    return World(today)


def add_ask(ask_id: str, code: str, **fields: Any) -> Any:
    kept = {"title": f"Return {ask_id}", "from_body": "NHSE region", "key": f"key-{ask_id}"}
    return _make("Ask", ask_id=ask_id, to_org_code=code, **(kept | fields))


def add_action(action_id: str, ask_id: str, **fields: Any) -> Any:
    whose = model("Ask").objects.get(pk=ask_id).to_org_code
    kept = {"what": f"Do {action_id}", "owner": "medical director", "organisation": whose}
    return _make("Action", action_id=action_id, ask_id=ask_id, **(kept | fields))


def _make(kind: str, **fields: Any) -> Any:
    whose = fields.get("organisation") or fields["to_org_code"]
    return create(Event(SYSTEM, whose, "add"), model(kind), **fields)
