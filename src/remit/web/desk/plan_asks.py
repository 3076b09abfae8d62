"""What is asked twice of a plan's trust: the matcher proposes, a person decides here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.asks.register.decisions import decide, decisions
from remit.asks.register.learnt import learnt_of
from remit.asks.register.register import AskRegister
from remit.model.ask import AskPair, AskRelation
from remit.oversight import match_asks
from remit.records.audit import Event, at_once, create
from remit.records.audit.declared import tenant_paths
from remit.records.loading import model
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.policies import PolicyRefusal
from remit.web.access.relations import name_of
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.plan_reading import plan_or_404
from remit.web.desk.writing import acting_for

_MOST = 300
_WORDS = {AskRelation.DUPLICATE: "They may ask the same", AskRelation.OVERLAP: "They overlap"}


class DeskRegister(AskRegister):
    """The tables of the server, as the register of asks calls for them.

    Parameters
    ----------
    person
        Who reads: only what they may see; None for all.
    event
        By which it is written.
    """

    def __init__(self, person: Person | None, event: Event | None = None) -> None:
        self._person, self._event = person, event

    def table(self, name: str) -> Any:
        """The rows of a model."""
        rows = model(name).objects.all()
        if self._person is None or not tenant_paths(rows.model):
            return rows
        return visible(rows, self._person)

    def append(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Add rows, each with its entry."""
        if self._event is None:
            raise PolicyRefusal("Nothing is written without its event.")
        for row in rows:
            create(self._event, model(name), **row)

    @contextmanager
    def all_or_nothing(self, *, dry_run: bool = False) -> Iterator[None]:
        """Keep all of a block, or none."""
        del dry_run
        with at_once():
            yield


@dataclass(frozen=True, slots=True)
class PairShown:
    """Two asks that may be one, with whether the person may decide that."""

    first: Any
    second: Any
    pair: AskPair
    may_decide: bool

    @property
    def words(self) -> str:
        """What the matcher says, or a person decided."""
        if self.pair.decided_by == "person":
            return "A person decided that they ask the same"
        return _WORDS[self.pair.relation]


@require_http_methods(["GET", "HEAD", "POST"])
def plan_asked_twice(request: Any, plan_id: str) -> HttpResponse:
    """The pairs of open asks of the trust that may be one, to be decided."""
    found = plan_or_404(request.person, plan_id)
    if request.method == "POST":
        return _decided(request, found)
    rows = visible(model("Ask").objects.all(), request.person).filter(
        to_org_code=found.organisation, status="open", follow_up=False
    )
    asks, pairs = rows.count(), list[PairShown]()
    if asks <= _MOST:
        pairs = _pairs(request.person, found.organisation, {one.pk: one for one in rows})
    view = {
        "plan": found,
        "trust": name_of(found.organisation, request.person.on),
        "asks": asks,
        "too_many": asks > _MOST,
        "open": [one for one in pairs if one.pair.decided_by != "person"],
        "decided": [one for one in pairs if one.pair.decided_by == "person"],
    }
    return render(request, "plan_asked_twice.html.jinja", view)


def _pairs(person: Person, code: str, rows: dict[str, Any]) -> list[PairShown]:
    """The pairs among some open asks, with what was decided and learnt."""
    register = DeskRegister(person)
    asks = [one for one in register.asks(to_org=code) if one.ask_id in rows]
    taken = [one for one in decisions(register) if set(one.ask_ids) <= set(rows)]
    matched = match_asks(asks, taken, learnt_of(register))
    some = model("Ask").objects.filter(pk__in=list(rows))
    mine = set(visible(some, person, Permission.WRITE).values_list("pk", flat=True))
    return [
        PairShown(rows[one.ask_a], rows[one.ask_b], one, {one.ask_a, one.ask_b} <= mine)
        for one in matched.pairs
    ]


def _decided(request: Any, found: Any) -> HttpResponse:
    """Keep what a person decides of two asks of the trust that they may change."""
    ids = list(dict.fromkeys(map(str, request.POST.getlist("id"))))
    kind = str(request.POST.get("kind", ""))
    if len(ids) != 2 or kind not in {"confirm", "split"}:
        raise PolicyRefusal("Choose two asks, and whether they ask the same.")
    asks = visible(model("Ask").objects.filter(to_org_code=found.organisation), request.person)
    some = list(asks.filter(pk__in=ids))
    if len(some) != 2:
        raise Http404
    for one in some:
        permissions.check_write(request.person, one)
    whom = acting_for(request.person, found.organisation)
    event = Event(f"account-{request.person.account.pk}", whom, "decide")
    roles = [one.role.key for one in request.person.held if one.organisation == whom]
    decide(DeskRegister(None, event), kind, sorted(ids), decided_by=roles[0],
           decided_on=request.person.on)  # fmt: skip
    said = "they ask the same" if kind == "confirm" else "they do not ask the same"
    messages.success(request, f"Kept: {said}.")
    return redirect("plan_asked_twice", plan_id=found.pk)
