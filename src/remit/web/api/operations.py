"""The operations, each a few lines over what the pages call as well."""

from __future__ import annotations

from typing import Annotated, Any

from django.forms.models import model_to_dict
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status

from remit.records.audit import ChangedMeanwhile, Told, last_entry
from remit.records.loading import model
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.relations import name_of
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.api.refusals import REFUSALS, UnfitFields
from remit.web.api.shapes import (
    ActionChange,
    ActionIn,
    ActionRows,
    ActionsWanted,
    AskOut,
    AskRows,
    AsksWanted,
    ChangeOut,
    ChangeRows,
    Clash,
    ClosingIn,
    OneAction,
    OrganisationOut,
)
from remit.web.desk.actions import actions_wanted
from remit.web.desk.asks import asks_wanted
from remit.web.desk.audit import changes_of_one, changes_to_check
from remit.web.desk.doing import (
    FIELDS,
    change_action,
    close_ask,
    do_to_one,
    enter_action,
    finish_action,
    open_again,
)
from remit.web.desk.forms import ActionForm, ClosingForm
from remit.web.desk.listing import ListPage, list_page

router = Router()
Page = Annotated[int, Query(ge=1, description="Which page of 50 rows.")]


@router.get("/asks", response={200: AskRows, **REFUSALS}, url_name="asks")
def asks(request: HttpRequest, wanted: Annotated[AsksWanted, Query()]) -> dict[str, Any]:
    """List the asks that the token reaches, the latest first."""
    del wanted  # the list reads them from the address, as its page does
    return _rows(list_page(asks_wanted(request, _taken(request)), request.GET))


@router.get("/asks/{ask_id}", response={200: AskOut, **REFUSALS}, url_name="ask")
def ask(request: HttpRequest, ask_id: str) -> Any:
    """Give one ask."""
    return _one(request, "Ask", ask_id)


@router.post("/asks/{ask_id}/close", response={200: AskOut, **REFUSALS}, url_name="ask_close")
def ask_close(request: HttpRequest, ask_id: str, given: ClosingIn) -> Any:
    """Close an ask, with the answer if there was one."""
    form = _fit(ClosingForm({"answer": given.answer}))
    answer = form.cleaned_data["answer"]
    return do_to_one(_person(request), "Ask", ask_id, lambda who, one: close_ask(who, one, answer))


@router.post("/asks/{ask_id}/reopen", response={200: AskOut, **REFUSALS}, url_name="ask_reopen")
def ask_reopen(request: HttpRequest, ask_id: str) -> Any:
    """Open a closed ask again."""
    return do_to_one(_person(request), "Ask", ask_id, open_again)


@router.post(
    "/asks/{ask_id}/actions", response={201: OneAction, **REFUSALS},
    url_name="ask_actions",
)  # fmt: skip
def action_new(request: HttpRequest, ask_id: str, given: ActionIn) -> Any:
    """Enter an action that comes from an ask."""
    found = _seen(request, "Ask", ask_id)
    permissions.check_write(_person(request), found)
    form = _fit(ActionForm(given.model_dump()))
    return Status(201, _action(enter_action(_person(request), found, form.cleaned_data)))


@router.get("/actions", response={200: ActionRows, **REFUSALS}, url_name="actions")
def actions(
    request: HttpRequest, wanted: Annotated[ActionsWanted, Query()]
) -> dict[str, Any]:  # fmt: skip
    """List the actions that the token reaches, the first due first."""
    del wanted  # the list reads them from the address, as its page does
    return _rows(list_page(actions_wanted(request, _taken(request)), request.GET))


@router.get("/actions/{action_id}", response={200: OneAction, **REFUSALS}, url_name="action")
def action(request: HttpRequest, action_id: str) -> Any:
    """Give one action, with the number that a change of it has to name."""
    return _action(_one(request, "Action", action_id))


@router.patch(
    "/actions/{action_id}", response={**REFUSALS, 200: OneAction, 409: Clash},
    url_name="action_change",
)  # fmt: skip
def action_change(request: HttpRequest, action_id: str, given: ActionChange) -> Any:
    """Change an action, unless somebody else did since it was seen."""
    found = _seen(request, "Action", action_id)
    permissions.check_write(_person(request), found)
    said = given.model_dump(exclude_unset=True, exclude={"seen"})
    form = _fit(ActionForm({**model_to_dict(found, FIELDS), **said}))
    try:
        change_action(_person(request), found, given.seen, form.cleaned_data)
    except ChangedMeanwhile as error:
        found.refresh_from_db()
        return Status(409, {"why": str(error), "now": _action(found)})
    return _action(found)


@router.post(
    "/actions/{action_id}/done", response={200: OneAction, **REFUSALS}, url_name="action_done"
)
def action_done(request: HttpRequest, action_id: str) -> Any:
    """Mark an action as done today."""
    return _action(do_to_one(_person(request), "Action", action_id, finish_action))


@router.get(
    "/organisations", response={200: list[OrganisationOut], **REFUSALS}, url_name="organisations"
)
def organisations(request: HttpRequest) -> list[dict[str, str]]:
    """List the organisations whose records the token reaches."""
    person = _person(request)
    codes = sorted(person.codes(_taken(request)))
    return [{"code": code, "name": name_of(code, person.on)} for code in codes]


@router.get("/changes", response={200: ChangeRows, **REFUSALS}, url_name="changes")
def changes(request: HttpRequest, page: Page = 1) -> dict[str, Any]:
    """List the changes of all records that the person may check and take away, the latest first."""
    del page
    found, entries = changes_to_check(_person(request), request.GET, _taken(request))
    return {**_of_page(found), "rows": [_change(one) for one in entries]}


@router.get(
    "/changes/{kind}/{record_id}", response={200: list[ChangeOut], **REFUSALS}, url_name="history"
)
def history(request: HttpRequest, kind: str, record_id: str) -> list[dict[str, Any]]:
    """List the changes of one record."""
    taken = _taken(request)
    return [_change(one) for one in changes_of_one(_person(request), kind, record_id, taken)[1]]


def _person(request: Any) -> Person:
    """Who comes by the token; the gate has seen to it."""
    found: Person = request.person
    return found


def _taken(request: Any) -> Permission:
    """To read by a program is to take away; refuse whoever may nowhere."""
    permissions.check_export(_person(request))
    return Permission.EXPORT


def _one(request: Any, kind: str, record_id: str) -> Any:
    return _seen(request, kind, record_id, _taken(request))


def _seen(request: Any, kind: str, record_id: str, permission: Permission = Permission.READ) -> Any:
    rows = visible(model(kind).objects.all(), _person(request), permission)
    return get_object_or_404(rows, pk=record_id)


def _fit(form: Any) -> Any:
    if not form.is_valid():
        raise UnfitFields(
            [f"{name}: {text}" for name, texts in form.errors.items() for text in texts]
        )
    return form


def _action(found: Any) -> dict[str, Any]:
    names = OneAction.model_fields.keys() - {"seen"}
    return {"seen": last_entry(found), **{name: getattr(found, name) for name in names}}


def _of_page(page: ListPage) -> dict[str, int]:
    return {"total": page.total, "page": page.number, "pages": page.pages}


def _rows(page: ListPage) -> dict[str, Any]:
    return {**_of_page(page), "rows": page.rows}


def _change(told: Told) -> dict[str, Any]:
    return {
        "number": told.number, "at": told.at, "who": told.who, "acting_for": told.acting_for,
        "what": told.what, "kind": told.kind, "target": told.target, "why": told.why,
        "values": {
            name: {"old": one.old, "new": one.new, "erased": one.erased}
            for name, one in told.values.items()
        },
    }  # fmt: skip
