"""Several actions changed at once: what is to change, a look at what will, and then all or none."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from remit.records.audit import ChangedMeanwhile
from remit.records.loading import model
from remit.web.access import permissions
from remit.web.access.policies import PolicyRefusal, check_change_action
from remit.web.access.visibility import visible
from remit.web.desk.daily.lists import back_to, carried
from remit.web.desk.forms import SeveralForm, chosen_ids, seen_number
from remit.web.desk.writing import change_record
from remit.words.sentences import count_words


@require_POST
def actions_several(request: Any) -> HttpResponse:
    """Ask what is to change of the actions that were ticked, show what will, and change them.

    Each is held to its own rule at each step; one that may not be seen or changed stops them all.

    Raises
    ------
    Http404
        If one of them is not to be seen.
    PolicyRefusal
        If none was chosen, or one is done already.
    """
    ids = chosen_ids(request.POST)
    if not ids:
        raise PolicyRefusal("No action was chosen. Tick the actions that are to be changed.")
    step = request.POST.get("step", "")
    form = SeveralForm(request.POST if step else None)
    with transaction.atomic():
        found = _chosen(request, ids)
        if not step or not form.is_valid():
            return _page(request, found, form, 400 if form.errors else 200)
        new = {name: value for name, value in form.cleaned_data.items() if value}
        if step != "do":
            return _page(request, found, form, 200, new)
        try:
            with transaction.atomic():
                for one in found:
                    seen = seen_number(request.POST.get(f"seen-{one.pk}")) or 0
                    change_record(request.person, one, "edit", seen=seen, **new)
        except ChangedMeanwhile:
            return _page(request, _chosen(request, ids), form, 409, new)
    messages.success(request, f"Changed {count_words(len(found), 'action')}.")
    return redirect(back_to("actions", request))


def _chosen(request: Any, ids: list[str]) -> list[Any]:
    rows = visible(model("Action").objects.select_for_update(of=("self",)), request.person)
    found = list(rows.filter(pk__in=ids).order_by("due_on", "pk"))
    if len(found) != len(ids):
        raise Http404
    for one in found:
        permissions.check_write(request.person, one)
        check_change_action(one)
    return found


def _page(
    request: Any, found: list[Any], form: Any, status: int, new: dict[str, Any] | None = None
) -> HttpResponse:
    changes = [
        {"action": one, "differs": any(getattr(one, n) != v for n, v in (new or {}).items())}
        for one in found
    ]
    view = {
        "changes": changes,
        "differ": sum(one["differs"] for one in changes),
        "form": form,
        "new": new,
        "clash": status == 409,
        "seen": _last_entries(found) if new else {},
        "carried": carried(request),
        "back": back_to("actions", request),
    }
    return render(request, "actions_several.html.jinja", view, status=status)


def _last_entries(found: list[Any]) -> dict[str, int]:
    """Of each record the number of the last entry on it, asked for at once."""
    from remit.records.audit.models import AuditEntry

    of_them = AuditEntry.objects.filter(kind="records.Action", target__in=[one.pk for one in found])
    numbers = of_them.order_by().values_list("target").annotate(Max("number"))
    return {str(target): int(number) for target, number in numbers}
