"""The last change of a record put back by whoever made it; a new entry says so, none goes away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from remit.records.audit import ChangedMeanwhile, Told, entries_for
from remit.records.loading import model
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.policies import PolicyRefusal, can_undo, check_undo
from remit.web.access.visibility import visible
from remit.web.desk.daily.lists import back_to, carried, onward
from remit.web.desk.forms import seen_number
from remit.web.desk.writing import change_record

_KINDS = {"ask": "Ask", "action": "Action"}
"""What stands in an address, the name of a page too → the model."""
_WORDS = {
    "what": "What is to be done",
    "owner": "Owner",
    "due_on": "Due",
    "done_on": "Done",
    "status": "State",
    "closed_on": "Closed",
    "answer": "Answer",
}


def may_undo(person: Person, record: Any) -> bool:
    """Whether a person may put back the last change of a record now."""
    if not permissions.user_can_write(person, record):
        return False
    return can_undo(entries_for(record), f"account-{person.account.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: Any, kind: str, record_id: str) -> HttpResponse:
    """Show what the last change of a record did, and put it back.

    Raises
    ------
    Http404
        If there is no such record, or none that the person may see.
    PolicyRefusal
        If the last change is not the person's own, or cannot be put back.
    """
    if kind not in _KINDS:
        raise Http404
    rows = visible(model(_KINDS[kind]).objects.all(), request.person)
    record = get_object_or_404(rows, pk=record_id)
    permissions.check_write(request.person, record)
    entries = entries_for(record)
    check_undo(entries, f"account-{request.person.account.pk}")
    last = entries[0]
    if request.method == "POST":
        seen = seen_number(request.POST.get("seen"))
        _put_back(request.person, record, last, seen)
        messages.success(request, f"The last change of {record.pk} is undone.")
        return redirect(onward(kind, record.pk, request))
    view = {
        "kind": kind,
        "record": record,
        "entry": last,
        "fields": [(_WORDS.get(n, n), value.new, value.old) for n, value in last.values.items()],
        "back": back_to(f"{kind}s", request),
        "page": onward(kind, record.pk, request),
        "carried": carried(request),
    }
    return render(request, "undo.html.jinja", view)


def _put_back(person: Person, record: Any, last: Told, seen: int | None) -> None:
    """Put back what the page had shown, and that alone: it is held against the entry it names."""
    fields = {
        name: record._meta.get_field(name).to_python(value.old)
        for name, value in last.values.items()
    }
    meanwhile = PolicyRefusal(
        f"{record.pk} was changed since this page was made. Nothing was put back."
    )
    if seen != last.number:  # also one that is still to come: nobody was shown that
        raise meanwhile
    try:
        change_record(person, record, "undo", seen=seen, **fields)
    except ChangedMeanwhile:
        raise meanwhile from None
