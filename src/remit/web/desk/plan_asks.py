"""What is asked twice of a plan's trust: the matcher proposes, a person decides here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from remit.oversight.plan_told import PlanTold
from remit.web.access.person import Person
from remit.web.access.relations import name_of
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.asked_twice import (
    MOST_MATCHED,
    PairShown,
    keep_decision,
    open_asks,
    pairs_of,
)
from remit.web.desk.pair_decisions import (
    PairDecided,
    decided_pairs,
    others_words,
    take_back_pair,
)
from remit.web.desk.plan_reading import plan_or_404

_AT_ONCE = 5
"""Pairs to be decided on one page: the next come once these are."""


@require_http_methods(["GET", "HEAD", "POST"])
def plan_asked_twice(request: Any, plan_id: str) -> HttpResponse:
    """The pairs of open asks of the trust that may be one, to be decided, and what was decided."""
    found = plan_or_404(request.person, plan_id)
    person, code = request.person, found.organisation
    if request.method == "POST":
        _do(request, code)
        return redirect(f"{reverse('plan_asked_twice', args=[found.pk])}{_where(request)}")
    rows = open_asks(person, code)
    asks, pairs = rows.count(), _Pairs()
    if asks <= MOST_MATCHED:
        pairs = _pairs(person, code, {one.pk: one for one in rows})
    view = {
        "plan": found,
        "trust": name_of(code, person.on),
        "asks": asks,
        "too_many": asks > MOST_MATCHED,
        "open": pairs.open,
        "older": pairs.older,
        "decided": pairs.decided,
        "at_once": len(pairs.open) if request.GET.get("all") else _AT_ONCE,
        **_just_decided(request, pairs.decided),
    }
    return render(request, "plan_asked_twice.html.jinja", view)


def _where(request: Any) -> str:
    """After a decision: which pair it was and where it stood, so that no other moves there."""
    place, ids = str(request.POST.get("place", "")), request.POST.getlist("id")
    if not place.isdecimal() or len(place) > 3 or len(ids) != 2:
        return ""
    given = [("kept", one) for one in ids] + [("place", place)]
    given += [("all", "1")] if request.POST.get("all") else []
    return f"?{urlencode(given)}"


def _just_decided(request: Any, decided: tuple[PairDecided, ...]) -> dict[str, Any]:
    """The pair that was decided last, which stays where it stood, without a button to decide."""
    ids, place = set(request.GET.getlist("kept")), request.GET.get("place", "")
    kept = next((one for one in decided if {one.first.pk, one.second.pk} == ids), None)
    return {"kept": kept, "place": int(place) if place.isdecimal() and len(place) < 4 else 0}


@dataclass(frozen=True, slots=True)
class _Pairs:
    """What was decided of pairs of asks, what nobody decided, and what was decided otherwise."""

    decided: tuple[PairDecided, ...] = ()
    open: tuple[PairShown, ...] = ()
    older: tuple[PairShown, ...] = ()
    """Decided along with other asks, so that no side's word on the two alone stands."""


def _pairs(
    person: Person, code: str, asks: dict[str, Any], permission: Permission = Permission.READ
) -> _Pairs:
    decided = decided_pairs(person, asks, permission)
    told = {frozenset((one.first.pk, one.second.pk)) for one in decided}
    rest = [
        one
        for one in pairs_of(person, code, asks)
        if frozenset((one.first.pk, one.second.pk)) not in told
    ]
    return _Pairs(
        tuple(decided),
        tuple(one for one in rest if not one.is_decided),
        tuple(one for one in rest if one.is_decided),
    )


def _do(request: Any, code: str) -> None:
    """Keep what is decided, or take back what the person's side decided."""
    person, ids = request.person, set(map(str, request.POST.getlist("id")))
    if request.POST.get("kind") == "take-back":
        take_back_pair(person, _decided(person, code), ids)
        messages.success(request, "Taken back. What others decided stands.")
        return
    keep_decision(request, code)
    for one in _decided(person, code):
        if {one.first.pk, one.second.pk} == ids and others_words(one):
            messages.warning(request, others_words(one).strip())


def _decided(person: Person, code: str) -> list[PairDecided]:
    return decided_pairs(person, {one.pk: one for one in open_asks(person, code)})


def with_twice(
    told: PlanTold, person: Person, code: str, permission: Permission = Permission.READ
) -> PlanTold:
    """A plan with what was decided of the asks that may be asked twice, and how many were not.

    Parameters
    ----------
    told
        The plan as the person may see it, or take it away.
    person
        Who does.
    code
        The trust.
    permission
        Whether they see it, or take it away.
    """
    asks = {one.pk: one for one in visible(open_asks(person, code), person, permission)}
    few = len(asks) <= MOST_MATCHED
    pairs = (
        _pairs(person, code, asks, permission)
        if few
        else _Pairs(tuple(decided_pairs(person, asks, permission)))
    )
    decided = tuple(
        (
            f"{_named(one.first)} and {_named(one.second)}",
            "; ".join(side.told for side in one.sides) + ("; they differ" if one.differ else ""),
        )
        for one in pairs.decided
    )
    return replace(told, decided=decided, undecided=len(pairs.open) if few else None)


def _named(ask: Any) -> str:
    return f"{ask.title or 'Ask'} ({ask.pk})"
