"""What serves a commitment, and what serves none: asks, actions and figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from remit.catalogue.library import load_computed_metrics, load_metrics
from remit.records.loading import model
from remit.records.talk.models import FrozenFigure
from remit.records.together.models import Commitment, CommitmentTie
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.visibility import visible
from remit.web.desk.together.pages import one_seen, written_whole
from remit.web.desk.writing import remove_record

TIED: dict[str, tuple[str, dict[str, Any]]] = {
    "ask": ("Ask", {"status": "open"}),
    "action": ("Action", {"done_on": None}),
}
"""What can serve a commitment and be found to serve none → its model, and which are open."""


@dataclass(frozen=True, slots=True)
class SeenTie:
    """A tie as a person sees it; without words where they may not see what is tied."""

    number: int
    kind: str
    target: str
    words: str


@cache
def metric_names() -> dict[str, str]:
    """The declared metrics: identifier → name."""
    known = {**load_metrics().metrics, **load_computed_metrics()}
    return {key: metric.name for key, metric in known.items()}


def metric_name(metric: str) -> str:
    """A metric's name; its identifier where this Remit declares none of that name."""
    return metric_names().get(metric, metric)


def seen_ties(commitment: Any, person: Person) -> list[SeenTie]:
    """What serves a commitment, figures last.

    Parameters
    ----------
    commitment
        The record, which the person may see.
    person
        Who looks: what they may not see has no words.
    """
    ties = list(commitment.ties.order_by("kind", "pk"))
    words: dict[tuple[str, str], str] = {}
    for kind, (name, _) in TIED.items():
        keys = [one.target for one in ties if one.kind == kind]
        for row in visible(model(name).objects.filter(pk__in=keys), person):
            words[kind, row.pk] = row.what if kind == "action" else row.title or f"Ask {row.pk}"
    for one in ties:
        if one.kind == "metric":
            words["metric", one.target] = metric_name(one.target)
    found = [
        SeenTie(one.pk, one.kind, one.target, words.get((one.kind, one.target), "")) for one in ties
    ]
    return sorted(found, key=lambda one: one.kind == "metric")


def unserved(person: Person, kind: str) -> Any:
    """The open asks, or actions, that are tied to no commitment which the person may see.

    Parameters
    ----------
    person
        Who looks.
    kind
        ``ask`` or ``action``.

    Raises
    ------
    Http404
        If it is another.
    """
    if kind not in TIED:
        raise Http404
    name, is_open = TIED[kind]
    tied = visible(CommitmentTie.objects.filter(kind=kind), person)
    rows = visible(model(name).objects.filter(**is_open), person)
    return rows.exclude(pk__in=tied.values("target"))


def untie(person: Person, commitment: Any, tie: int) -> None:
    """Untie something from a commitment that the person may change.

    Raises
    ------
    Http404
        If it has no tie of this number.
    """
    tied = commitment.ties.filter(pk=tie).first() if tie < 2**63 else None
    if tied is None:
        raise Http404
    remove_record(person, tied)


def unserved_figures(person: Person) -> Any:
    """The figures of which somebody spoke, by organisation and metric, that serve no commitment.

    One serves a commitment as its measure, or if it is tied to it.

    Parameters
    ----------
    person
        Who looks: only what they may see is counted.
    """
    measures = visible(Commitment.objects.exclude(metric=None), person)
    tied = visible(CommitmentTie.objects.filter(kind="metric"), person)
    rows = visible(FrozenFigure.objects.all(), person)
    rows = rows.exclude(metric__in=measures.values("metric"))
    rows = rows.exclude(metric__in=tied.values("target"))
    named = rows.order_by("metric_name", "organisation", "metric")
    return named.values("organisation", "metric", "metric_name").distinct()


@require_POST
@written_whole
def tie_removed(request: Any, commitment_id: str, tie: int) -> HttpResponse:
    """Untie something; who changed what keeps it."""
    found = one_seen(request, Commitment, commitment_id)
    permissions.check_write(request.person, found)
    untie(request.person, found, tie)
    messages.success(request, "It is no longer tied to the commitment.")
    return redirect("commitment", commitment_id=found.pk)
