"""What is asked twice of an organisation: the matcher proposes, a person decides, with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from textwrap import shorten
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from remit.asks.register.decisions import decide, decisions
from remit.asks.register.learnt import learnt_of
from remit.asks.register.register import AskRegister
from remit.model.ask import AskDecision, AskPair, AskRelation
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
from remit.web.desk.pair_decisions import SideDecided, decided_pairs
from remit.web.desk.writing import acting_for

MOST_MATCHED = 300
_LONGEST_REASON = 500
_LONGEST_TITLE = 60
_CHOOSE = "Choose two asks, and whether they ask the same."
_WORDS = {AskRelation.DUPLICATE: "They may ask the same", AskRelation.OVERLAP: "They overlap"}
_DECIDED = {
    AskRelation.DUPLICATE: "A person decided that they ask the same",
    AskRelation.OVERLAP: "A person decided that they overlap",
}
_KINDS = {
    "confirm": ("confirm", AskRelation.DUPLICATE, "they ask the same"),
    "overlap": ("confirm", AskRelation.OVERLAP, "they overlap"),
    "split": ("split", AskRelation.DUPLICATE, "they do not ask the same"),
}
"""What a person may decide → the kind of decision, the relation, and how it is told."""


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
    """Two asks that may be one, with whether the person may decide that, and why it was decided."""

    first: Any
    second: Any
    pair: AskPair
    may_decide: bool
    note: str = ""
    sides: tuple[SideDecided, ...] = ()
    """What each side decided of just these two, with who did and when."""

    @property
    def is_decided(self) -> bool:
        """Whether a person decided it."""
        return self.pair.decided_by == "person"

    @property
    def words(self) -> str:
        """What the matcher says, or a person decided."""
        return (_DECIDED if self.is_decided else _WORDS)[self.pair.relation]


def open_asks(person: Person, code: str) -> Any:
    """The open asks of an organisation that a person may see, without those that only remind."""
    rows = visible(model("Ask").objects.all(), person)
    return rows.filter(to_org_code=code, status="open", follow_up=False)


def pairs_of(person: Person, code: str, rows: dict[str, Any]) -> list[PairShown]:
    """The pairs among some open asks of an organisation, with what was decided and learnt.

    Parameters
    ----------
    person
        Who looks.
    code
        The organisation.
    rows
        The asks by their numbers.
    """
    register = DeskRegister(person)
    asks = [one for one in register.asks(to_org=code) if one.ask_id in rows]
    taken = [one for one in decisions(register) if set(one.ask_ids) <= set(rows)]
    matched = match_asks(asks, taken, learnt_of(register))
    some = model("Ask").objects.filter(pk__in=list(rows))
    mine = set(visible(some, person, Permission.WRITE).values_list("pk", flat=True))
    sides = {frozenset((one.first.pk, one.second.pk)): one.sides
             for one in decided_pairs(person, rows)}  # fmt: skip
    return [
        PairShown(
            rows[one.ask_a], rows[one.ask_b], one, {one.ask_a, one.ask_b} <= mine,
            _why(taken, {one.ask_a, one.ask_b}) if one.decided_by == "person" else "",
            sides.get(frozenset((one.ask_a, one.ask_b)), ()),
        )
        for one in matched.pairs
    ]  # fmt: skip


def _why(taken: Sequence[AskDecision], pair: set[str]) -> str:
    """The reason of the last decision on a pair."""
    notes = [one.note for one in taken if pair <= set(one.ask_ids)]
    return (notes[-1] if notes else None) or ""


def keep_decision(request: Any, code: str, note: str = "") -> None:
    """Keep what a person decides of two asks of an organisation that they may change.

    Parameters
    ----------
    request
        The form: two numbers of asks, and what is decided.
    code
        The organisation.
    note
        Why.

    Raises
    ------
    PolicyRefusal
        If there are not two asks, or what is decided is nothing.
    Http404
        If one of them is not to be seen.
    """
    ids = _two(request)
    kind = _KINDS.get(str(request.POST.get("kind", "")))
    if not ids or kind is None:
        raise PolicyRefusal(_CHOOSE)
    asks = visible(model("Ask").objects.filter(to_org_code=code), request.person)
    some = list(asks.filter(pk__in=ids))
    if len(some) != len(ids):
        raise Http404
    for one in some:
        permissions.check_write(request.person, one)
    if len(some) != 2:
        raise PolicyRefusal(_CHOOSE)
    whom = acting_for(request.person, code)
    event = Event(f"account-{request.person.account.pk}", whom, "decide")
    roles = [one.role.key for one in request.person.held if one.organisation == whom]
    what, relation, told = kind
    which = pair_words(*some)
    held = decided_pairs(request.person, {one.pk: one for one in some})
    if any(one.mine == told for one in held):  # sent again, by a second click
        messages.info(request, f"Already decided: {which}: {told}. Nothing more was kept.")
        return
    decide(DeskRegister(None, event), what, sorted(ids), relation=relation.value,
           decided_by=roles[0], decided_on=request.person.on, note=note or None)  # fmt: skip
    messages.success(request, f"Kept: {which}: {told}.")


def pair_words(first: Any, second: Any) -> str:
    """Two asks by their titles, shortened, and their numbers."""
    named = [
        f"“{shorten(one.title or 'Ask', _LONGEST_TITLE, placeholder='…')}” ({one.pk})"
        for one in sorted((first, second), key=lambda one: str(one.pk))
    ]
    return " and ".join(named)


def _two(request: Any) -> list[str]:
    return list(dict.fromkeys(map(str, request.POST.getlist("id"))))[:3]


@require_http_methods(["GET", "HEAD", "POST"])
def asks_twice(request: Any) -> HttpResponse:
    """The pairs of open asks of one organisation that may be one, side by side, to be decided."""
    person = request.person
    counts = _organisations(person)
    given = request.POST if request.method == "POST" else request.GET
    code = given.get("organisation") or _first(person, counts)
    status, fault = 200, ""
    if request.method == "POST":
        note = str(request.POST.get("note", "")).strip()[:_LONGEST_REASON].replace("\x00", "")
        if note or "kind" not in request.POST:
            keep_decision(request, code, note)
            return redirect(f"{reverse('asks_twice')}?{urlencode({'organisation': code})}")
        status, fault = 400, "-".join(sorted(_two(request)))
    asks, pairs = counts.get(code, 0), list[PairShown]()
    if 0 < asks <= MOST_MATCHED:
        pairs = pairs_of(person, code, {one.pk: one for one in open_asks(person, code)})
    view = {
        "code": code if code in counts else "",
        "organisations": list(counts),
        "asks": asks,
        "too_many": asks > MOST_MATCHED,
        "fault": fault,
        "open": [one for one in pairs if not one.is_decided],
        "decided": [one for one in pairs if one.is_decided],
        "whose": name_of(code, person.on) if code in counts else "",
    }
    return render(request, "asks_twice.html.jinja", view, status=status)


def _organisations(person: Person) -> dict[str, int]:
    """The organisations of which the person sees open asks → how many."""
    rows = visible(model("Ask").objects.all(), person).exclude(to_org_code=None)
    rows = rows.filter(status="open", follow_up=False).order_by("to_org_code")
    return dict(rows.values_list("to_org_code").annotate(Count("pk")))


def _first(person: Person, counts: dict[str, int]) -> str:
    """An organisation of the person's own, if anything is asked of it; else the first."""
    homes = [one.organisation for one in person.held if one.organisation in counts]
    return next(iter([*homes, *counts]), "")
