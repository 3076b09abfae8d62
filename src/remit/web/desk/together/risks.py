"""Shared risks: each organisation's share, what is done, and the score with its move."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.asks.register.numbering import next_id
from remit.asks.register.risks import check_shares
from remit.asks.register.risks import risks as risks_of
from remit.model.errors import AskError
from remit.records.loading import model
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.roles import Permission
from remit.web.access.settled import can_change_risk, check_change_risk
from remit.web.access.visibility import visible
from remit.web.desk.listing import list_page
from remit.web.desk.together.pages import (
    edited,
    entered,
    keep_parts,
    mark_of,
    one_seen,
    shown,
    written_whole,
)
from remit.web.desk.together.risk_forms import NewRiskForm, RiskForm, ShareForm
from remit.web.desk.together.risk_moves import moves_of
from remit.web.desk.together.scales import load_scales
from remit.web.desk.together.seen_tables import SeenTables
from remit.web.desk.writing import TABLES, add_record, change_record

_FIELDS = ("title", "what", "holder", "raised_on", "review_on", "score_before", "score_after")
_STATES: dict[str, dict[str, Any]] = {
    "open": {"closed_on": None},
    "closed": {"closed_on__isnull": False},
}


def risks_wanted(request: Any, permission: Permission = Permission.READ) -> Any:
    """The shared risks that an address asks for, of those that the person may see."""
    rows = visible(model("Risk").objects.all(), request.person, permission)
    given = request.GET
    rows = rows.filter(**_STATES.get(given.get("state", ""), {}))
    if words := given.get("q", "").strip()[:200].replace("\x00", ""):
        rows = rows.filter(Q(title__icontains=words) | Q(risk_id__iexact=words))
    return rows.order_by(
        F("closed_on").desc(nulls_first=True),
        Coalesce("score_after", "score_before").desc(nulls_last=True),
        "raised_on", "pk",
    )  # fmt: skip


@require_safe
def risks(request: Any) -> HttpResponse:
    """The shared risks that the person may see, the gravest open one first."""
    wanted = risks_wanted(request)
    page = list_page(wanted, request.GET)
    scored = Q(closed_on=None, score_before__isnull=False, score_after__isnull=False)
    view = {
        "page": page,
        "given": request.GET,
        "counts": wanted.order_by().aggregate(
            open=Count("pk", filter=Q(closed_on=None)),
            scored=Count("pk", filter=scored),
            no_lower=Count("pk", filter=scored & Q(score_after__gte=F("score_before"))),
        ),
        "read": _read(request.person, {"pk__in": [one.pk for one in page.rows]}),
        "moves": moves_of(page.rows),
        "band": load_scales().risk.band,
        "may_enter": permissions.user_can_enter(request.person),
    }
    return shown(request, "risks", view)


def _read(person: Person, of: dict[str, Any]) -> dict[str, Any]:
    """Shared risks as the register of asks reads them, by identifier."""
    parts = {f"risk__{name}": value for name, value in of.items()}
    return {one.risk_id: one for one in risks_of(SeenTables(person, Risk=of, RiskShare=parts))}


@require_safe
def risk(request: Any, risk_id: str) -> HttpResponse:
    """One shared risk."""
    person = request.person
    found = one_seen(request, model("Risk"), risk_id)
    fault = ""
    try:
        check_shares(_read(person, {"pk": found.pk})[found.pk].shares)
    except AskError as error:
        fault = str(error)
    shares = list(found.shares.order_by("place", "pk"))
    view = {
        "risk": found,
        "shares": shares,
        "mine": {one.pk for one in shares if _may_write_share(person, found, one)},
        "fault": fault,
        "move": moves_of([found]).get(found.pk),
        "band": load_scales().risk.band,
        "source": load_scales().risk.source,
        "may_write": permissions.user_can_write_at(person, found.organisation),
        "can_change": can_change_risk(found),
    }
    return shown(request, "risk", view)


def _may_write_share(person: Person, found: Any, share: Any) -> bool:
    return permissions.user_can_write_at(person, share.organisation, found.organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def risk_new(request: Any) -> HttpResponse:
    """A new shared risk; what each share is, its organisation says."""
    person = request.person
    permissions.check_enter(person)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        return ("risk", enter_risk(person, given).pk)

    form = NewRiskForm(request.POST or None, person=person)
    crumbs = [("Shared risks", reverse("risks"))]
    return entered(request, form, keep, heading="Enter a shared risk", crumbs=crumbs)


def enter_risk(person: Person, given: dict[str, Any]) -> Any:
    """Keep a new shared risk with a share for each organisation, as a form was filled in."""
    home = given["organisation"]
    number = next_id(TABLES, "Risk", "risk_id", "RISK")
    fields = {name: given[name] for name in _FIELDS}
    made = add_record(person, "Risk", home, risk_id=number, organisation=home, **fields)
    _keep_shares(person, made, given["others"])
    return made


def _keep_shares(person: Person, whole: Any, others: list[str]) -> None:
    codes = dict.fromkeys([whole.organisation, *others])
    blank = {"share": "", "mitigation": ""}
    wanted = {code: {**blank, "place": place} for place, code in enumerate(codes, 1)}
    keep_parts(person, whole, (whole.shares, "risk", "organisation"), wanted)


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def risk_change(request: Any, risk_id: str) -> HttpResponse:
    """Change a shared risk; its holder does."""
    person, found = request.person, held_risk(request, risk_id)
    initial, mark = risk_stands(found)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        change_risk(person, found, given)
        return ("risk", found.pk)

    form = RiskForm(request.POST or None, initial=initial)
    heading = f"Change risk {found.pk}"
    return edited(request, form, keep, heading=heading, crumbs=_crumbs(found), mark=mark)


def risk_stands(found: Any) -> tuple[dict[str, Any], str]:
    """What a form of a shared risk has in it now, and the mark of that state."""
    codes = list(found.shares.order_by("place", "pk").values_list("organisation", flat=True))
    initial: dict[str, Any] = {name: getattr(found, name) for name in _FIELDS}
    initial["others"] = ", ".join(code for code in codes if code != found.organisation)
    return initial, mark_of(found, codes)


def change_risk(person: Person, found: Any, given: dict[str, Any]) -> None:
    """Change a shared risk and who has a share in it, as a form was filled in."""
    change_record(person, found, "edit", **{name: given[name] for name in _FIELDS})
    _keep_shares(person, found, given["others"])


def close_risk(person: Person, found: Any) -> None:
    """Close a shared risk today."""
    change_record(person, found, "close", closed_on=person.on)


def held_risk(request: Any, risk_id: str) -> Any:
    """A risk that is not closed, and whose holder the person writes for."""
    found = one_seen(request, model("Risk"), risk_id)
    permissions.check_write_at(request.person, found.organisation)
    check_change_risk(found)
    return found


def _crumbs(found: Any) -> list[tuple[str, str]]:
    return [("Shared risks", reverse("risks")), (found.title, reverse("risk", args=[found.pk]))]


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def risk_share(request: Any, risk_id: str, share: int) -> HttpResponse:
    """Say what an organisation's share is: that organisation does, or the holder."""
    found, part = share_of(request, risk_id, share)
    initial, mark = share_stands(part)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        change_record(request.person, part, "edit", **given)
        return ("risk", found.pk)

    form = ShareForm(request.POST or None, initial=initial)
    heading = f"The share of {part.organisation} in risk {found.pk}"
    crumbs = _crumbs(found)
    return edited(request, form, keep, heading=heading, crumbs=crumbs, mark=mark)


def share_of(request: Any, risk_id: str, share: int) -> tuple[Any, Any]:
    """A risk that is not closed, and a share in it that the person may say.

    Raises
    ------
    Http404
        If there is none.
    """
    found = one_seen(request, model("Risk"), risk_id)
    part = found.shares.filter(pk=share).first() if share < 2**63 else None
    if part is None:
        raise Http404
    permissions.check_write_at(request.person, part.organisation, found.organisation)
    check_change_risk(found)
    return found, part


def share_stands(part: Any) -> tuple[dict[str, Any], str]:
    """What a form of a share has in it now, and the mark of that state."""
    fields = ("share", "percent", "mitigation")
    return {name: getattr(part, name) for name in fields}, mark_of(part)


@require_POST
@written_whole
def risk_closed(request: Any, risk_id: str) -> HttpResponse:
    """Close a shared risk; from then on nobody changes it."""
    found = held_risk(request, risk_id)
    close_risk(request.person, found)
    messages.success(request, f"Risk {found.pk} is closed.")
    return redirect("risk", risk_id=found.pk)
