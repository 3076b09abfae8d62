"""Commitments of a strategy: what serves them, and what serves none of them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from remit.records.together.models import Commitment, CommitmentTie
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.listing import BY_DUE_DAY, list_page
from remit.web.desk.together.commitment_forms import CommitmentForm, NewCommitmentForm, TieForm
from remit.web.desk.together.numbers import next_number
from remit.web.desk.together.pages import (
    edited,
    entered,
    keep_parties,
    mark_of,
    one_seen,
    page_or_list,
    shown,
    written_whole,
)
from remit.web.desk.together.ties import (
    TIED,
    metric_name,
    seen_ties,
    unserved,
    unserved_figures,
)
from remit.web.desk.writing import add_record, change_record, right_at

FIGURE = "figure"
"""What stands in an address for figures of which somebody spoke."""
_FIELDS = ("strategy", "aim", "due_on")


def commitments_wanted(request: Any, permission: Permission = Permission.READ) -> Any:
    """The commitments that an address asks for, of those that the person may see."""
    rows = visible(Commitment.objects.all(), request.person, permission)
    given = request.GET
    if given.get("served") == "no":
        rows = rows.exclude(pk__in=CommitmentTie.objects.values("commitment"))
    if words := given.get("q", "").strip()[:200].replace("\x00", ""):
        rows = rows.filter(
            Q(aim__icontains=words) | Q(strategy__icontains=words) | Q(commitment_id__iexact=words)
        )
    return rows.order_by(*BY_DUE_DAY)


@require_safe
def commitments(request: Any) -> HttpResponse:
    """The commitments that the person may see, with what serves each and what serves none."""
    person = request.person
    wanted = commitments_wanted(request)
    page = list_page(wanted, request.GET)
    keys = [one.pk for one in page.rows]
    ties: dict[str, dict[str, int]] = defaultdict(dict)
    counted = CommitmentTie.objects.filter(commitment__in=keys).order_by()
    for key, kind, count in counted.values_list("commitment", "kind").annotate(Count("pk")):
        ties[key][kind] = count
    tied = wanted.order_by().filter(pk__in=CommitmentTie.objects.values("commitment"))
    view = {
        "page": page,
        "given": request.GET,
        "ties": ties,
        "idle": page.total - tied.count(),
        "unserved": {
            **{kind: unserved(person, kind).count() for kind in TIED},
            FIGURE: unserved_figures(person).count(),
        },
        "metric_name": metric_name,
        "may_enter": permissions.user_can_enter(person),
    }
    return shown(request, "commitments", view)


@require_safe
def commitments_unserved(request: Any, kind: str) -> HttpResponse:
    """The open asks, actions or figures that serve no commitment which the person may see."""
    if kind == FIGURE:
        rows = unserved_figures(request.person)
    else:
        rows = unserved(request.person, kind).order_by(*BY_DUE_DAY)
    page = list_page(rows, request.GET)
    return shown(request, "commitments_unserved", {"page": page, "kind": kind})


@require_safe
def commitment(request: Any, commitment_id: str) -> HttpResponse:
    """One commitment, and what serves it."""
    found = one_seen(request, Commitment, commitment_id)
    may_write = permissions.user_can_write(request.person, found)
    view = {
        "commitment": found,
        "parties": [one.organisation for one in found.parties.order_by("organisation")],
        "ties": seen_ties(found, request.person),
        "measured_by": metric_name(found.metric) if found.metric else found.measure,
        "may_write": may_write,
    }
    return shown(request, "commitment", view)


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def commitment_new(request: Any) -> HttpResponse:
    """A new commitment."""
    person = request.person
    permissions.check_enter(person)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        return ("commitment", enter_commitment(person, given).pk)

    form = NewCommitmentForm(request.POST or None, person=person)
    crumbs = [("Commitments", reverse("commitments"))]
    return entered(request, form, keep, heading="Enter a commitment", crumbs=crumbs)


def enter_commitment(person: Person, given: dict[str, Any]) -> Any:
    """Keep a new commitment with whom it binds, as a form was filled in."""
    home = given["organisation"]
    number = next_number(Commitment, "commitment_id", "COM")
    fields = {"commitment_id": number, "organisation": home, **_values(given)}
    made = add_record(person, Commitment, home, **fields)
    keep_parties(person, made, "commitment", given["parties"])
    return made


def commitment_stands(found: Any) -> tuple[dict[str, Any], str]:
    """What a form of a commitment has in it now, and the mark of that state."""
    codes = list(found.parties.order_by("organisation").values_list("organisation", flat=True))
    initial: dict[str, Any] = {name: getattr(found, name) for name in (*_FIELDS, "measure")}
    initial |= {"metric": found.metric, "parties": ", ".join(codes)}
    return initial, mark_of(found, codes)


def change_commitment(person: Person, found: Any, given: dict[str, Any]) -> None:
    """Change a commitment and whom it binds, as a form was filled in."""
    change_record(person, found, "edit", **_values(given))
    keep_parties(person, found, "commitment", given["parties"])


def tie_to(person: Person, found: Any, given: dict[str, Any]) -> None:
    """Tie an ask, an action or a figure to a commitment, unless it is tied already."""
    fields = {"commitment": found, "kind": given["kind"], "target": given["target"]}
    if not CommitmentTie.objects.filter(**fields).exists():
        add_record(person, CommitmentTie, right_at(person, found), **fields)


def _values(given: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: given[name] for name in _FIELDS},
        "metric": given["metric"] or None,
        "measure": given["measure"] or None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def commitment_change(request: Any, commitment_id: str) -> HttpResponse:
    """Change a commitment."""
    person = request.person
    found = one_seen(request, Commitment, commitment_id)
    permissions.check_write(person, found)
    initial, mark = commitment_stands(found)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        change_commitment(person, found, given)
        return page_or_list(person, found, "commitment")

    form = CommitmentForm(request.POST or None, initial=initial)
    heading = f"Change commitment {found.pk}"
    return edited(request, form, keep, heading=heading, crumbs=crumbs_of(found), mark=mark)


def crumbs_of(found: Any) -> list[tuple[str, str]]:
    """What stands above the pages of a commitment."""
    return [
        ("Commitments", reverse("commitments")),
        (found.aim, reverse("commitment", args=[found.pk])),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def tie_new(request: Any, commitment_id: str) -> HttpResponse:
    """Tie an ask, an action or a figure to a commitment."""
    person = request.person
    found = one_seen(request, Commitment, commitment_id)
    permissions.check_write(person, found)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        tie_to(person, found, given)
        return ("commitment", found.pk)

    form = TieForm(request.POST or None, person=person)
    heading = "Tie something to the commitment"
    return entered(request, form, keep, heading=heading, crumbs=crumbs_of(found))
