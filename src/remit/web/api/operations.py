"""The operations, each a few lines over what the pages call as well."""

from __future__ import annotations

from typing import Annotated, Any

from django.forms.models import model_to_dict
from django.http import HttpRequest
from ninja import Query, Router, Status

from remit.records.audit import ChangedMeanwhile, Told, last_entry
from remit.records.loading import model
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.relations import name_of
from remit.web.access.visibility import visible
from remit.web.api.asking import Key, Page, fit, of_page, once, rows_of, seen, taken, who
from remit.web.api.refusals import REFUSALS, Clashed
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
from remit.web.desk.listing import list_page

router = Router()


@router.get("/asks", response={200: AskRows, **REFUSALS}, url_name="asks")
def asks(request: HttpRequest, wanted: Annotated[AsksWanted, Query()]) -> dict[str, Any]:
    """List the asks that the token reaches, the latest first."""
    del wanted  # the list reads them from the address, as its page does
    return rows_of(list_page(asks_wanted(request, taken(request)), request.GET))


@router.get("/asks/{ask_id}", response={200: AskOut, **REFUSALS}, url_name="ask")
def ask(request: HttpRequest, ask_id: str) -> Any:
    """Give one ask."""
    return _one(request, "Ask", ask_id)


@router.post("/asks/{ask_id}/close", response={200: AskOut, **REFUSALS}, url_name="ask_close")
def ask_close(request: HttpRequest, ask_id: str, given: ClosingIn, key: Key = "") -> Any:
    """Close an ask, with the answer if there was one."""
    answer = fit(ClosingForm({"answer": given.answer}))["answer"]
    return _do(request, key, "Ask", ask_id, lambda person, one: close_ask(person, one, answer))


@router.post("/asks/{ask_id}/reopen", response={200: AskOut, **REFUSALS}, url_name="ask_reopen")
def ask_reopen(request: HttpRequest, ask_id: str, key: Key = "") -> Any:
    """Open a closed ask again."""
    return _do(request, key, "Ask", ask_id, open_again)


@router.post(
    "/asks/{ask_id}/actions", response={201: OneAction, **REFUSALS},
    url_name="ask_actions",
)  # fmt: skip
def action_new(request: HttpRequest, ask_id: str, given: ActionIn, key: Key = "") -> Any:
    """Enter an action that comes from an ask."""
    found = seen(request, model("Ask"), ask_id)
    permissions.check_write(who(request), found)
    said = fit(ActionForm(given.model_dump()))
    made = once(
        request, key, lambda: enter_action(who(request), found, said),
        lambda kept: seen(request, model("Action"), kept["records.Action"]),
    )  # fmt: skip
    return Status(201, told_action(made, who(request)))


@router.get("/actions", response={200: ActionRows, **REFUSALS}, url_name="actions")
def actions(
    request: HttpRequest, wanted: Annotated[ActionsWanted, Query()]
) -> dict[str, Any]:  # fmt: skip
    """List the actions that the token reaches, the first due first."""
    del wanted  # the list reads them from the address, as its page does
    return rows_of(list_page(actions_wanted(request, taken(request)), request.GET))


@router.get("/actions/{action_id}", response={200: OneAction, **REFUSALS}, url_name="action")
def action(request: HttpRequest, action_id: str) -> Any:
    """Give one action, with the number that a change of it has to name."""
    return told_action(_one(request, "Action", action_id), who(request))


@router.patch(
    "/actions/{action_id}", response={200: OneAction, **REFUSALS}, url_name="action_change"
)
def action_change(request: HttpRequest, action_id: str, given: ActionChange) -> Any:
    """Change an action, unless somebody else did since it was seen."""
    found = seen(request, model("Action"), action_id)
    permissions.check_write(who(request), found)
    sent = given.model_dump(exclude_unset=True, exclude={"seen"})
    said = fit(ActionForm({**model_to_dict(found, FIELDS), **sent}))
    try:
        change_action(who(request), found, given.seen, said)
    except ChangedMeanwhile:
        found.refresh_from_db()
        raise Clashed(told_action(found, who(request))) from None
    return told_action(found, who(request))


@router.post(
    "/actions/{action_id}/done", response={200: OneAction, **REFUSALS}, url_name="action_done"
)
def action_done(request: HttpRequest, action_id: str, key: Key = "") -> Any:
    """Mark an action as done today."""
    return told_action(_do(request, key, "Action", action_id, finish_action), who(request))


def _do(request: Any, key: str, kind: str, record_id: str, does: Any) -> Any:
    """Do something to a record; what a key did before is only looked at."""

    def now(_: object) -> Any:
        return seen(request, model(kind), record_id)

    return once(request, key, lambda: do_to_one(who(request), kind, record_id, does), now)


@router.get(
    "/organisations", response={200: list[OrganisationOut], **REFUSALS}, url_name="organisations"
)
def organisations(request: HttpRequest) -> list[dict[str, str]]:
    """List the organisations whose records the token reaches."""
    person = who(request)
    codes = sorted(person.codes(taken(request)))
    return [{"code": code, "name": name_of(code, person.on)} for code in codes]


@router.get("/changes", response={200: ChangeRows, **REFUSALS}, url_name="changes")
def changes(request: HttpRequest, page: Page = 1) -> dict[str, Any]:
    """List the changes of all records that the person may check and take away, the latest first."""
    del page
    found, entries = changes_to_check(who(request), request.GET, taken(request))
    return {**of_page(found), "rows": [_change(one) for one in entries]}


@router.get(
    "/changes/{kind}/{record_id}", response={200: list[ChangeOut], **REFUSALS}, url_name="history"
)
def history(request: HttpRequest, kind: str, record_id: str) -> list[dict[str, Any]]:
    """List the changes of one record."""
    found = changes_of_one(who(request), kind, record_id, taken(request))[1]
    return [_change(one) for one in found]


def _one(request: Any, kind: str, record_id: str) -> Any:
    return seen(request, model(kind), record_id, taken(request))


def told_action(found: Any, person: Person) -> dict[str, Any]:
    """An action with the number that a change of it has to name.

    Parameters
    ----------
    found
        The action.
    person
        Who sees it: the number of its ask is told where they see the ask.
    """
    names = OneAction.model_fields.keys() - {"seen", "ask_id"}
    asks = visible(model("Ask").objects.filter(pk=found.ask_id), person)
    ask = asks.values_list("pk", flat=True).first()
    values = {name: getattr(found, name) for name in names}
    return {"seen": last_entry(found), "ask_id": ask, **values}


def _change(told: Told) -> dict[str, Any]:
    return {
        "number": told.number, "at": told.at, "who": told.who, "acting_for": told.acting_for,
        "what": told.what, "kind": told.kind, "target": told.target, "why": told.why,
        "values": {
            name: {"old": one.old, "new": one.new, "erased": one.erased}
            for name, one in told.values.items()
        },
    }  # fmt: skip
