"""A list of asks as the register of asks reads it: its headings, its screens, its reasons."""

from __future__ import annotations

import hashlib
import hmac
import re
from pathlib import Path
from typing import Any

from django.conf import settings

from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.relations import name_of
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.daily.rows_in import ListRowRefused, RowsRead

_LEFT_OUT = ("brought_by_id",)
_SAID = {
    "ask_id": "Reference", "from_body": "Asked by", "from_team": "Team",
    "received_on": "Received", "due_on": "Due", "due_said": "Due, in words",
    "to_org_code": "Organisation code", "to_org_name": "Organisation",
    "hours_estimate": "Hours", "period_from": "Period from", "period_to": "Period to",
}  # fmt: skip
"""A column of the register → how a page and the spreadsheet call it."""
_COLUMN = re.compile(rf"\b({'|'.join(_SAID)})\b")


def read_asks(path: Path, to_org: str, person: Person) -> RowsRead:
    """Read a list of asks, and say of each row whether it can be taken.

    Parameters
    ----------
    path
        The file.
    to_org
        The organisation of rows that name none.
    person
        Who brings it: only what they may enter is taken.

    Raises
    ------
    AskError
        If the file cannot be read as a list of asks.
    """
    from remit.asks.register import open_register
    from remit.asks.register.files import ImportOptions, import_file

    with open_register(None) as register:
        # By the instance's own secret an ask is known again when its list comes once more.
        register.table("Register").update(secret=_secret(to_org))
        report = import_file(register, path, ImportOptions(to_org=to_org))
        rows = list(register.table("Ask").order_by("source_row", "pk").values())
    read = RowsRead(
        rows_read=report.rows_read,
        repeated=report.repeated,
        refused=[ListRowRefused(one.line, one.value, one.reason) for one in report.rejections],
        notes=[_in_words(one) for one in report.notes],
    )
    there = set(_there("key", [row["key"] for row in rows]))
    taken = set(_there("ask_id", [row["ask_id"] for row in rows]))
    for row in rows:
        code, line = row["to_org_code"] or "", row["source_row"] or 0
        if not person.may(Permission.WRITE, code):
            why = f"your roles do not let you enter records of {name_of(code, person.on)} ({code})"
            read.refused.append(ListRowRefused(line, row["title"] or "", why))
        elif row["key"] in there or _is_theirs(row, taken, person):
            read.repeated += 1
        else:
            if row["ask_id"] in taken:  # by another ask, of which nothing is told
                row["ask_id"] = f"A-{hashlib.sha256(row['key'].encode()).hexdigest()[:12]}"
            read.rows.append({n: _plain(v) for n, v in row.items() if n not in _LEFT_OUT})
    return read


def _in_words(note: str) -> str:
    """A note of the register of asks for whoever types no command and knows no column."""
    told = note.replace("with remit asks edit", "by hand, where you keep the list")
    return _COLUMN.sub(lambda found: f"“{_SAID[found[0]]}”", told)


def _there(field: str, values: list[Any]) -> list[Any]:
    found = model("Ask").objects.filter(**{f"{field}__in": values})
    return list(found.values_list(field, flat=True))


def _is_theirs(row: dict[str, Any], taken: set[str], person: Person) -> bool:
    """Whether the row is an ask that was taken away from here: its number, title and recipient."""
    if row["ask_id"] not in taken:
        return False
    same = {name: row[name] for name in ("title", "to_org_code")}
    return bool(visible(model("Ask").objects.filter(pk=row["ask_id"], **same), person).exists())


def _secret(to_org: str) -> str:
    words = f"asks of lists for {to_org}".encode()
    return hmac.digest(str(settings.SECRET_KEY).encode(), words, "sha256").hex()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
