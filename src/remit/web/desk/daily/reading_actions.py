"""A list of actions: each row is held to the form by which an action is entered by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from remit.asks.intake.bounds import content_of
from remit.asks.intake.headings import folded
from remit.asks.intake.table_files import FileAccount, split_header, tables_of
from remit.asks.intake.typed_days import day
from remit.asks.register.typed import without_names
from remit.model.errors import AskError
from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.relations import name_of
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.daily.rows_in import RefusedRow, RowsRead
from remit.web.desk.forms import ActionForm

_HEADS = {
    "what": ("what", "action", "whatistobedone", "task", "description"),
    "owner": ("owner", "whose", "whoownsit", "role", "lead"),
    "due_on": ("due", "dueon", "duedate", "bywhen", "deadline"),
    "ask_id": ("ask", "askid", "reference"),
    "conversation": ("conversation", "meeting", "camefrom", "cameoutof"),
    "organisation": ("organisationcode", "orgcode", "code"),
    "action_id": ("number", "actionid", "actionnumber"),
}
"""Column → the headings that mean it, without spaces and capitals."""
_BLANK = frozenset({"", "[z]", "[x]"})


def read_actions(path: Path, to_org: str, person: Person) -> RowsRead:
    """Read a list of actions, and say of each row whether it can be taken.

    Parameters
    ----------
    path
        The file: CSV or a workbook.
    to_org
        The organisation of rows that name neither an ask nor a code.
    person
        Who brings it: only what they may enter is taken.

    Raises
    ------
    AskError
        If the file cannot be read, or no row has the headings *what* and *owner*.
    """
    account, read = FileAccount(), RowsRead()
    splits = [split_header(one.rows, _score) for one in tables_of(path, content_of(path), account)]
    tables = [one for one in splits if one is not None]
    if not tables:
        raise AskError(
            "no row of the file has the headings “What” and “Owner”; name the columns so"
        )
    rows = [
        (line, {name: _cell(cells, place) for name, place in _places(split.header).items()})
        for split in tables
        for line, cells in split.rows
    ]
    known = _Known(rows, person)
    for line, given in rows:
        _take(read, line, given, to_org, known)
    for _, line, reason in account.damaged:
        read.rows_read += 1
        read.refused.append(RefusedRow(line, "", reason))
    read.refused.sort(key=lambda one: one.line)
    return read


class _Known:
    """What the rows name and the person may see, asked for at once."""

    def __init__(self, rows: list[tuple[int, dict[str, str]]], person: Person) -> None:
        self.person = person
        asks = {given.get("ask_id", "") for _, given in rows} - {""}
        actions = {given.get("action_id", "") for _, given in rows} - {""}
        seen = visible(model("Ask").objects.filter(pk__in=asks), person)
        self.asks: dict[str, str] = dict(seen.values_list("pk", "to_org_code"))
        held = visible(model("Action").objects.filter(pk__in=actions), person)
        self.actions = set(held.values_list("pk", flat=True))


def _score(cells: list[str]) -> int:
    places = _places(tuple(cells))
    return len(places) if {"what", "owner"} <= set(places) else 0


def _places(header: tuple[str, ...]) -> dict[str, int]:
    names = [folded(cell) for cell in header]
    found: dict[str, int] = {}
    for column, heads in _HEADS.items():
        place = next((names.index(head) for head in heads if head in names), None)
        if place is not None and place not in found.values():
            found[column] = place
    return found


def _cell(cells: list[str], place: int) -> str:
    text = cells[place].strip() if place < len(cells) else ""
    return "" if text in _BLANK else text


def _take(read: RowsRead, line: int, given: Mapping[str, str], to_org: str, known: _Known) -> None:
    """Put one row where it belongs."""
    read.rows_read += 1
    if given.get("action_id", "") in known.actions:
        read.repeated += 1
        return
    try:
        row = _row(given, to_org, known)
    except ValueError as error:
        words = without_names(given.get("what", ""))[:80]
        read.refused.append(RefusedRow(line, words, str(error)))
        return
    if row in read.rows:
        read.repeated += 1
    else:
        read.rows.append(row)


def _row(given: Mapping[str, str], to_org: str, known: _Known) -> dict[str, Any]:
    """The values of an action.

    Raises
    ------
    ValueError
        If it is none; the message says why.
    """
    due = day(given.get("due_on", "")).day
    typed = {name: given.get(name, "") for name in ("what", "owner")}
    form = ActionForm(typed | {"due_on": due.isoformat() if due else ""})
    if not form.is_valid():
        told = (str(error) for errors in form.errors.values() for error in errors)
        raise ValueError("; ".join(told))
    kept = {name: form.cleaned_data[name] for name in typed}
    kept["due_on"] = due.isoformat() if due else None
    code = given.get("organisation") or to_org
    if ask_id := given.get("ask_id", ""):
        if ask_id not in known.asks:
            raise ValueError(f"there is no ask {ask_id[:40]} that you may see")
        code, kept["ask_id"] = known.asks[ask_id], ask_id
    elif talk := given.get("conversation", ""):
        kept["conversation"] = without_names(talk)
    else:
        raise ValueError("it says neither which ask it came from nor which conversation")
    if not known.person.may(Permission.WRITE, code):
        name = name_of(code, known.person.on)
        raise ValueError(f"your roles do not let you enter records of {name} ({code})")
    return kept | {"organisation": code}
