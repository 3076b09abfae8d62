"""Lists: how they are sorted, what their filters say in words, and the way back to them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from remit.web.access.relations import name_of

_LONGEST = 600
_NAMES = ("status", "state", "late", "organisation", "q", "sort", "page")
"""What stands in the address of a list."""
_DUE = F("due_on").asc(nulls_last=True)
ASK_SORTS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "": ("the newest first", (F("received_on").desc(nulls_last=True), "pk")),
    "due": ("those due first at the top", (_DUE, "pk")),
    "organisation": ("by the organisation that is asked", ("to_org_code", _DUE, "pk")),
    "from": ("by who asks", ("from_body", _DUE, "pk")),
    "title": ("by title", ("title", "pk")),
}
"""What stands in the address → how it is said, and the order."""
ACTION_SORTS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "": ("those due first at the top", (_DUE, "pk")),
    "last": ("those due last at the top", (F("due_on").desc(nulls_last=True), "pk")),
    "organisation": ("by organisation", ("organisation", _DUE, "pk")),
    "owner": ("by owner", ("owner", _DUE, "pk")),
    "what": ("by what is to be done", ("what", "pk")),
}


def in_order(rows: Any, given: QueryDict, sorts: dict[str, tuple[str, tuple[Any, ...]]]) -> Any:
    """A query in the order that an address asks for; an unknown one gives the usual."""
    return rows.order_by(*sorts.get(given.get("sort", ""), sorts[""])[1])


def filter_words(given: QueryDict, on: date) -> str:
    """What the filters of a list leave, as a sentence; nothing where they leave all.

    Parameters
    ----------
    given
        What stands in the address.
    on
        The day, on which organisations have their names.
    """
    parts = [given.get(name, "") for name in ("status", "state") if given.get(name)]
    parts += ["late"] if given.get("late") else []
    if code := given.get("organisation"):
        parts.append(f"of {name_of(code, on)} ({code})")
    if words := given.get("q", "").strip():
        parts.append(f"with the words “{words}”")
    return f"Only what is {', '.join(parts)}." if parts else ""


# The way back -------------------------------------------------------------------------------------


def carried(request: Any) -> str:
    """The filters of the list from which somebody came; nothing where they came from none.

    They are written anew from the names that a list knows, so that no other address stands there.
    """
    asked = request.POST.get("list") or request.GET.get("list") or ""
    given = QueryDict(asked[:_LONGEST].replace("\x00", ""))
    return str(urlencode({name: given[name] for name in _NAMES if given.get(name)}))


def back_to(name: str, request: Any) -> str:
    """The address of a list, as somebody left it."""
    kept = carried(request)
    return f"{reverse(name)}?{kept}" if kept else reverse(name)


def onward(name: str, key: str, request: Any) -> str:
    """The address of a record, from which the way leads back to the list as it was left."""
    kept = carried(request)
    address = reverse(name, args=[key])
    return f"{address}?{urlencode({'list': kept})}" if kept else address


def came_from(request: Any) -> str:
    """The page of this site from which somebody came, as the address says; nothing where none.

    An address of another site, or one that a browser could take for one, is none.
    """
    asked = str(request.POST.get("next") or request.GET.get("next") or "")[:_LONGEST]
    is_here = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_here and asked.startswith("/") and asked.isprintable() else ""
