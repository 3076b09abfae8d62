"""Asks and actions as a spreadsheet to take away: texts and numbers, never a formula."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Case, Q, When
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from remit.exports.workbook import Front, SheetTable, write_book
from remit.web.access import permissions
from remit.web.access.policies import PolicyRefusal
from remit.web.access.relations import name_of
from remit.web.access.roles import Permission
from remit.web.desk.actions import actions_wanted
from remit.web.desk.asks import asks_wanted
from remit.web.desk.daily.lists import filter_words
from remit.web.desk.twice_in_lists import asked_twice_of
from remit.words.days import day_words
from remit.words.sentences import count_words

_MOST = 20_000
_COVER = 70
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ASKS = {
    "Reference": "ask_id", "State": "status", "Organisation code": "to_org_code",
    "Asked by": "from_body",
    "Team": "from_team", "Title": "title", "Received": "received_on", "Due": "due_on",
    "How often": "frequency", "Hours": "hours_estimate",
}  # fmt: skip
"""The heads, as the import of asks knows them again, and the columns."""
_ACTIONS = {
    "Number": "action_id", "Ask": "ask_shown", "Conversation": "talk_shown",
    "Organisation code": "organisation", "What": "what", "Owner": "owner", "Due": "due_on",
    "Done": "done_on",
}  # fmt: skip


@require_safe
def asks_workbook(request: Any) -> HttpResponse:
    """The list of asks as a spreadsheet, of those that the person may take away."""
    permissions.check_export(request.person)
    rows = asks_wanted(request, Permission.EXPORT)
    return _book(request, "asks", _ASKS, rows)


@require_safe
def actions_workbook(request: Any) -> HttpResponse:
    """The list of actions as a spreadsheet, of those that the person may take away."""
    permissions.check_export(request.person)
    rows = actions_wanted(request, Permission.EXPORT)
    return _book(request, "actions", _ACTIONS, rows)


def _book(request: Any, name: str, columns: dict[str, str], rows: Any) -> HttpResponse:
    total = rows.count()
    if not total or total > _MOST:
        held = "no row" if not total else f"more than {count_words(_MOST, 'row')}"
        raise PolicyRefusal(
            f"This list has {held}, which no spreadsheet is made of. Filter it otherwise, or take "
            "the file in CSV."
        )
    on = request.person.on
    twice = asked_twice_of(request.person, rows) if name == "asks" else None
    heads = (*columns, "Organisation", "Days late", *([] if twice is None else ["Asked twice"]))
    whose = "to_org_code" if name == "asks" else "organisation"
    open_now = Q(status="open") if name == "asks" else Q(done_on=None)
    rows = rows.annotate(late_from=Case(When(open_now, then="due_on"), default=None))
    held_rows = tuple(
        (
            *map(_cell, values[:-2]),
            name_of(values[-2] or "", on),
            _days_late(values[-1], on),
            *([] if twice is None else [twice.get(values[0], "")]),
        )
        for values in rows.values_list(*columns.values(), whose, "late_from").iterator()
    )
    said = filter_words(request.GET, on) or "All that you may download."
    whom = f"Taken away by {request.person.account.name}, as it stood on {day_words(on)}."
    mark = "Sample data: all of it is fictional." if settings.REMIT_IS_DEMO else ""
    front = Front(name.capitalize(), (said,), (whom,), _COVER)
    table = SheetTable(name, count_words(total, name[:-1]), said, heads, held_rows)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"{name}.xlsx"
        write_book(path, front, [table], mark=mark, instructions="This sheet holds one table.")
        answer = HttpResponse(path.read_bytes(), content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _days_late(due: date | None, on: date) -> int | str:
    """How many days something open is late; blank where it is not."""
    return (on - due).days if due and due < on else ""


def _cell(value: Any) -> str | float | date:
    if isinstance(value, int | float | date):
        return value
    return "" if value is None else str(value)
