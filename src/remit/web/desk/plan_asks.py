"""What is asked twice of a plan's trust: the matcher proposes, a person decides here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

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


@require_http_methods(["GET", "HEAD", "POST"])
def plan_asked_twice(request: Any, plan_id: str) -> HttpResponse:
    """The pairs of open asks of the trust that may be one, to be decided, and what was decided."""
    found = plan_or_404(request.person, plan_id)
    person, code = request.person, found.organisation
    if request.method == "POST":
        _do(request, code)
        return redirect("plan_asked_twice", plan_id=found.pk)
    rows = open_asks(person, code)
    asks, pairs, decided = rows.count(), list[PairShown](), list[PairDecided]()
    if asks <= MOST_MATCHED:
        by_number = {one.pk: one for one in rows}
        decided = decided_pairs(person, by_number)
        told = {frozenset((one.first.pk, one.second.pk)) for one in decided}
        pairs = [
            one
            for one in pairs_of(person, code, by_number)
            if frozenset((one.first.pk, one.second.pk)) not in told
        ]
    view = {
        "plan": found,
        "trust": name_of(code, person.on),
        "asks": asks,
        "too_many": asks > MOST_MATCHED,
        "open": [one for one in pairs if not one.is_decided],
        "older": [one for one in pairs if one.is_decided],
        "decided": decided,
    }
    return render(request, "plan_asked_twice.html.jinja", view)


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


def decided_lines(person: Person, code: str) -> tuple[tuple[str, str], ...]:
    """What was decided of the open asks of an organisation, for a file that is taken away.

    Parameters
    ----------
    person
        Who takes it away.
    code
        The organisation.

    Returns
    -------
    tuple of pairs of str
        The two asks, and who decided what of them.
    """
    asks = visible(open_asks(person, code), person, Permission.EXPORT)
    pairs = decided_pairs(person, {one.pk: one for one in asks}, Permission.EXPORT)
    return tuple(
        (
            f"{_named(one.first)} and {_named(one.second)}",
            "; ".join(side.told for side in one.sides) + ("; they differ" if one.differ else ""),
        )
        for one in pairs
    )


def _named(ask: Any) -> str:
    return f"{ask.title or 'Ask'} ({ask.pk})"
