"""Lists of asks and actions brought in: read and shown row by row first, kept after a yes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from remit.asks.intake.bounds import content_of
from remit.asks.intake.table_files import FileAccount, tables_of
from remit.asks.register.numbering import next_id
from remit.asks.register.typed import without_names
from remit.model.errors import RemitError
from remit.records.audit import at_once, create
from remit.records.loading import model
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.policies import PolicyRefusal
from remit.web.access.relations import name_of
from remit.web.access.roles import Permission
from remit.web.desk.daily.reading_actions import read_actions
from remit.web.desk.daily.reading_asks import read_asks
from remit.web.desk.daily.rows_in import RowsRead
from remit.web.desk.forms import ListForm
from remit.web.desk.writing import TABLES, event_of
from remit.web.mine.held_rows import hold_rows, take_rows
from remit.words.sentences import count_words

_MOST_ROWS = 500
_MOST_BESIDE = 100
"""Rows of titles and headings that may stand beside those of a list."""
_READERS: dict[str, Callable[[Path, str, Person], RowsRead]] = {
    "asks": read_asks,
    "actions": read_actions,
}


@require_http_methods(["GET", "HEAD", "POST"])
def asks_in(request: Any) -> HttpResponse:
    """Bring in a list of asks."""
    return _bring_in(request, "asks")


@require_http_methods(["GET", "HEAD", "POST"])
def actions_in(request: Any) -> HttpResponse:
    """Bring in a list of actions."""
    return _bring_in(request, "actions")


def _bring_in(request: Any, kind: str) -> HttpResponse:
    permissions.check_bring_in(request.person)
    if token := request.POST.get("token", ""):
        count = _keep(request, kind, token)
        messages.success(request, f"Brought in {count_words(count, kind[:-1])}.")
        return redirect(kind)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ListForm(_organisations(request.person), *given)
    view: dict[str, Any] = {"kind": kind, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            read = _read(kind, form.cleaned_data, request.person)
        except RemitError as error:
            form.add_error("file", str(error))
        else:
            name = without_names(str(form.cleaned_data["file"].name))
            view |= {"read": read, "file_name": name}
            if read.rows:
                view["token"] = hold_rows(request.user, kind, name, read.rows, timezone.now())
    status = 400 if form.errors else 200
    return render(request, "bring_in.html.jinja", view, status=status)


def _organisations(person: Person) -> list[tuple[str, str]]:
    """Where the person may enter records, their own first."""
    own = person.at_home(Permission.WRITE)
    codes = sorted(person.codes(Permission.WRITE), key=lambda code: (code not in own, code))
    return [(code, f"{name_of(code, person.on)} ({code})") for code in codes]


def _read(kind: str, given: dict[str, Any], person: Person) -> RowsRead:
    """What the sent file brings; it lies in a folder of its own while it is read.

    Raises
    ------
    RemitError
        If it cannot be read; the message has no path of the server.
    """
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"list{Path(str(given['file'].name)).suffix.lower()}"
        path.write_bytes(given["file"].read())
        try:
            _check_rows(_rows_there(path) - _MOST_BESIDE)
            read = _READERS[kind](path, given["to_org"], person)
        except RemitError as error:
            raise RemitError(str(error).replace(str(path), "The file")) from None
    _check_rows(read.rows_read)
    return read


def _rows_there(path: Path) -> int:
    """How many rows a file has, headings among them, before any is looked at closely.

    To look at each of the 170,000 rows that one megabyte can hold would keep others waiting.
    """
    account = FileAccount()
    return sum(len(one.rows) for one in tables_of(path, content_of(path), account))


def _check_rows(count: int) -> None:
    if count > _MOST_ROWS:
        raise RemitError(
            f"The file has more than {_MOST_ROWS} rows; send at most {_MOST_ROWS} at once"
        )


def _keep(request: Any, kind: str, token: str) -> int:
    """Keep what was shown, all of it or nothing; how many.

    Raises
    ------
    PolicyRefusal
        If it waits no longer, or one of the asks came in meanwhile.
    PermissionDenied
        If the person may not enter one of them any more.
    """
    with at_once():  # before it is asked what is there already
        rows = take_rows(request.user, kind, token, timezone.now())
        if rows is None:
            raise PolicyRefusal("These rows wait no longer. Send the file again.")
        for row in rows:
            code = str(row["to_org_code"] if kind == "asks" else row["organisation"])
            if not request.person.may(Permission.WRITE, code):
                raise PermissionDenied("Your roles do not let you enter some of these any more.")
            event = event_of(request.person, code, "import")
            if kind == "asks":
                if model("Ask").objects.filter(key=row["key"]).exists():
                    raise PolicyRefusal("One of the asks came in meanwhile. Send the file again.")
                create(event, model("Ask"), **row)
            else:
                number = next_id(TABLES, "Action", "action_id", "ACT")
                create(event, model("Action"), action_id=number, **row)
    return len(rows)
