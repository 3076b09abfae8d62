"""Frictions and shared risks."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from remit.records.loading import model
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.api.asking import Key, of_one, of_page, once, seen, taken, who
from remit.web.api.keeping import change, enter
from remit.web.api.refusals import REFUSALS
from remit.web.api.together_shapes import (
    EscalatingIn,
    FrictionChange,
    FrictionIn,
    FrictionOut,
    FrictionRows,
    FrictionsWanted,
    OneFriction,
    OneRisk,
    RiskChange,
    RiskIn,
    RiskOut,
    RiskRows,
    RisksWanted,
    SettlingIn,
    ShareChange,
)
from remit.web.desk.listing import list_page
from remit.web.desk.together import frictions as friction_desk
from remit.web.desk.together import risks as risk_desk
from remit.web.desk.together.pages import marks_of, one_seen
from remit.web.desk.together.risk_forms import NewRiskForm, RiskForm, ShareForm
from remit.web.desk.writing import change_record

router = Router(tags=["frictions and risks"])
FRICTION = "/frictions/{friction_id}"
RISK = "/risks/{risk_id}"


@router.get("/frictions", response={200: FrictionRows, **REFUSALS}, url_name="frictions")
def frictions(
    request: HttpRequest, wanted: Annotated[FrictionsWanted, Query()]
) -> dict[str, Any]:  # fmt: skip
    """List the frictions that the token reaches, the oldest open one first."""
    rows = friction_desk.frictions_wanted(request, taken(request)).prefetch_related("bodies")
    rows = of_one(rows, wanted.organisation)
    page = list_page(rows, request.GET)
    return {**of_page(page), "rows": [_friction(one) for one in page.rows]}


def _friction(one: Any) -> dict[str, Any]:
    names = FrictionOut.model_fields.keys() - {"between"}
    bodies = sorted(one.bodies.all(), key=lambda body: (body.place, body.pk))
    return {
        **{name: getattr(one, name) for name in names},
        "between": [body.organisation or body.body for body in bodies],
    }


def _whole_friction(request: Any, one: Any) -> dict[str, Any]:
    named = model("Ask").objects.filter(frictions__friction=one)
    asks = visible(named, who(request), Permission.EXPORT).values_list("pk", flat=True)
    mark = friction_desk.friction_stands(one, who(request))[1]
    return {**_friction(one), "seen": mark, "asks": sorted(asks)}


@router.get(FRICTION, response={200: OneFriction, **REFUSALS}, url_name="friction")
def friction(request: HttpRequest, friction_id: str) -> Any:
    """Give one friction."""
    return _whole_friction(request, seen(request, model("Friction"), friction_id, taken(request)))


@router.post("/frictions", response={201: OneFriction, **REFUSALS}, url_name="friction_new")
def friction_new(request: HttpRequest, given: FrictionIn, key: Key = "") -> Any:
    """Enter a friction that one's own organisation raises."""
    made = enter(
        request, key, given, model("Friction"), form=friction_desk.NewFrictionForm,
        keep=friction_desk.enter_friction,
    )  # fmt: skip
    return Status(201, _whole_friction(request, made))


def _on_friction(request: Any, key: str, friction_id: str, given: Any, how: Any) -> Any:
    """Change a friction that is open, by the form and the act that the page has for it."""
    form, keep = how
    return change(
        request, given, lambda: friction_desk.open_friction(request, friction_id),
        lambda one: friction_desk.friction_stands(one, who(request)),
        form=form, keep=keep, told=lambda one: _whole_friction(request, one), key=key,
        again=lambda _: _whole_friction(request, seen(request, model("Friction"), friction_id)),
    )  # fmt: skip


@router.patch(FRICTION, response={200: OneFriction, **REFUSALS}, url_name="friction_change")
def friction_change(request: HttpRequest, friction_id: str, given: FrictionChange) -> Any:
    """Change a friction that is not settled, unless somebody else did since it was seen."""

    def form(data: dict[str, Any]) -> Any:
        return friction_desk.FrictionForm(data, person=who(request))

    how = (form, friction_desk.change_friction)
    return _on_friction(request, "", friction_id, given, how)


@router.post(
    f"{FRICTION}/settle", response={200: OneFriction, **REFUSALS}, url_name="friction_settled"
)
def friction_settled(
    request: HttpRequest, friction_id: str, given: SettlingIn, key: Key = ""
) -> Any:  # fmt: skip
    """Say how and when a friction was settled; from then on nobody changes it."""
    how = (friction_desk.SettlingForm, friction_desk.settle_friction)
    return _on_friction(request, key, friction_id, given, how)


@router.post(
    f"{FRICTION}/escalate", response={200: OneFriction, **REFUSALS}, url_name="friction_escalated"
)
def friction_escalated(
    request: HttpRequest, friction_id: str, given: EscalatingIn, key: Key = ""
) -> Any:  # fmt: skip
    """Take a friction to an organisation, which sees it from then on."""
    how = (friction_desk.EscalatingForm, friction_desk.escalate_friction)
    return _on_friction(request, key, friction_id, given, how)


@router.get("/risks", response={200: RiskRows, **REFUSALS}, url_name="risks")
def risks(request: HttpRequest, wanted: Annotated[RisksWanted, Query()]) -> dict[str, Any]:
    """List the shared risks that the token reaches, the gravest open one first."""
    rows = of_one(risk_desk.risks_wanted(request, taken(request)), wanted.organisation)
    page = list_page(rows, request.GET)
    return {**of_page(page), "rows": [_risk(one) for one in page.rows]}


def _risk(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in RiskOut.model_fields}


def _whole_risk(one: Any) -> dict[str, Any]:
    shares = list(one.shares.order_by("place", "pk"))
    marks = marks_of(shares)
    told = [
        {
            "number": share.pk, "organisation": share.organisation, "share": share.share,
            "percent": share.percent, "mitigation": share.mitigation, "seen": marks[share.pk],
        }
        for share in shares
    ]  # fmt: skip
    return {**_risk(one), "seen": risk_desk.risk_stands(one)[1], "shares": told}


@router.get(RISK, response={200: OneRisk, **REFUSALS}, url_name="risk")
def risk(request: HttpRequest, risk_id: str) -> Any:
    """Give one shared risk with its shares."""
    return _whole_risk(seen(request, model("Risk"), risk_id, taken(request)))


@router.post("/risks", response={201: OneRisk, **REFUSALS}, url_name="risk_new")
def risk_new(request: HttpRequest, given: RiskIn, key: Key = "") -> Any:
    """Enter a shared risk that one's own organisation holds."""
    made = enter(request, key, given, model("Risk"), form=NewRiskForm, keep=risk_desk.enter_risk)
    return Status(201, _whole_risk(made))


@router.patch(RISK, response={200: OneRisk, **REFUSALS}, url_name="risk_change")
def risk_change(request: HttpRequest, risk_id: str, given: RiskChange) -> Any:
    """Change a shared risk, unless somebody else did since it was seen; its holder does."""
    return change(
        request, given, lambda: risk_desk.held_risk(request, risk_id), risk_desk.risk_stands,
        form=RiskForm, keep=risk_desk.change_risk, told=_whole_risk,
    )  # fmt: skip


@router.patch(
    f"{RISK}/shares/{{number}}", response={200: OneRisk, **REFUSALS}, url_name="risk_share"
)
def risk_share(request: HttpRequest, risk_id: str, number: int, given: ShareChange) -> Any:
    """Say what an organisation's share is: that organisation does, or the holder."""

    def keep(person: Any, part: Any, said: dict[str, Any]) -> None:
        change_record(person, part, "edit", **said)

    return change(
        request, given, lambda: risk_desk.share_of(request, risk_id, number)[1],
        risk_desk.share_stands, form=ShareForm, keep=keep,
        told=lambda part: _whole_risk(part.risk),
    )  # fmt: skip


@router.post(f"{RISK}/close", response={200: OneRisk, **REFUSALS}, url_name="risk_closed")
def risk_closed(request: HttpRequest, risk_id: str, key: Key = "") -> Any:
    """Close a shared risk; from then on nobody changes it."""

    def does() -> Any:
        found = risk_desk.held_risk(request, risk_id)
        risk_desk.close_risk(who(request), found)
        return found

    found = once(request, key, does, lambda _: one_seen(request, model("Risk"), risk_id))
    return _whole_risk(found)
