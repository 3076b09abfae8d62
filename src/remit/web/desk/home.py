"""What waits for the person who signed in, what is late beyond, and what has moved."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from remit.web.access.person import Person
from remit.web.access.roles import Permission
from remit.web.desk.audit import names_of_accounts
from remit.web.desk.daily.moved import moved_since
from remit.web.desk.daily.subjects import open_actions, open_asks
from remit.web.desk.daily.waiting import all_waiting
from remit.web.desk.plans import late_with_others
from remit.web.mine.visits import LONGEST, here_before
from remit.words.sentences import count_words, listed

_SHOWN = 10


@require_safe
def home(request: Any) -> HttpResponse:
    """The first page: what waits for the person's organisations, what is late, what has moved."""
    person = request.person
    subjects = all_waiting(person, _SHOWN)
    for_role = sum(one.total for one in subjects if one.for_role)
    if is_narrow := bool(request.GET.get("role")):
        subjects = [one for one in subjects if one.for_role]
    late = [count_words(one.late, one.noun) for one in subjects if one.late]
    now = timezone.now()
    since = here_before(request.user, now)
    moved = moved_since(person, since)
    view = {
        "subjects": [one for one in subjects if one.total],
        "for_role": for_role,
        "is_narrow": is_narrow,
        "late": listed(late),
        "late_count": sum(one.late for one in subjects),
        "waiting": listed([count_words(one.total, one.noun) for one in subjects if one.total]),
        "waiting_count": sum(one.total for one in subjects),
        "elsewhere": _late_elsewhere(person),
        "plans_late": late_with_others(person),
        "since": timezone.localtime(since),
        "days": LONGEST.days if since <= now - LONGEST else 0,
        "moved": moved[:_SHOWN],
        "moved_count": len(moved),
        "names": names_of_accounts([one.entry for one in moved[:_SHOWN]]),
    }
    return render(request, "home.html.jinja", view)


def _late_elsewhere(person: Person) -> list[dict[str, Any]]:
    """Of each organisation that the person looks at and is not of: how much is late, most first."""
    own = person.at_home(Permission.READ)
    found: dict[str, dict[str, Any]] = {}
    for noun, rows, path in (
        ("actions", open_actions(person), "organisation"),
        ("asks", open_asks(person), "to_org_code"),
    ):
        late = rows.filter(due_on__lt=person.on).exclude(**{f"{path}__in": own})
        counted = late.order_by().values_list(path).annotate(Count("pk", distinct=True))
        for code, count in counted:
            row = found.setdefault(code, {"code": code, "actions": 0, "asks": 0})
            row[noun] = count
    return sorted(found.values(), key=lambda row: (-row["actions"] - row["asks"], row["code"]))


@require_safe
def health(request: Any) -> HttpResponse:
    """That the application answers and reaches its database; nothing else."""
    from django.db import connection

    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
