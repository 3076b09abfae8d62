"""What waits for the person who signed in, what is late beyond, and what has moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from remit.web.access.person import Person
from remit.web.access.roles import Permission
from remit.web.desk.audit import names_of_accounts
from remit.web.desk.daily.moved import RecordMoved, moved_since
from remit.web.desk.daily.subjects import open_actions, open_asks
from remit.web.desk.daily.waiting import Waiting, WaitingLine, all_waiting
from remit.web.desk.plans import late_with_others
from remit.web.mine.visits import LONGEST, here_before
from remit.words.sentences import count_words, listed

_AT_ONCE = 8
"""Lines of what is to be done: as many as are read in half a minute."""
_FIRST = 3
"""Lines of each subject: those due first."""
_MOVED = 5
_LONG = frozenset({"action", "ask"})


@dataclass(frozen=True, slots=True)
class TurnLine:
    """One thing to be done, and of which subject it is."""

    noun: str
    line: WaitingLine


@dataclass(frozen=True, slots=True)
class MovedLine:
    """What somebody did to one record or to several alike."""

    record: RecordMoved
    more: int
    at: datetime
    """When the latest of them moved, by the clock of the place."""


@require_safe
def home(request: Any) -> HttpResponse:
    """The first page: what waits for the person's organisations, what is late, what has moved."""
    person = request.person
    subjects = all_waiting(person, _FIRST)
    for_role = sum(one.total for one in subjects if one.for_role)
    if is_narrow := bool(request.GET.get("role")):
        subjects = [one for one in subjects if one.for_role]
    here = [one for one in subjects if one.total]
    now = timezone.now()
    since = here_before(request.user, now)
    moved = moved_since(person, since)
    lines = _alike(moved)[:_MOVED]
    short = [one for one in here if one.noun not in _LONG]
    turn = _in_turn(short, person.on)[:_AT_ONCE]
    view = {
        "turn": turn,
        "more": [one for one in short if _is_cut(one, turn)],
        "long": [one for one in here if one.noun in _LONG],
        "own": person.at_home(Permission.READ),
        "for_role": for_role,
        "is_narrow": is_narrow,
        "turn_words": _counted(here, "total", role=True),
        "late": _counted(here, "late"),
        "late_count": sum(one.late for one in here),
        "elsewhere": _late_elsewhere(person),
        "plans_late": late_with_others(person),
        "since": timezone.localtime(since),
        "days": LONGEST.days if since <= now - LONGEST else 0,
        "moved": lines,
        "moved_count": len(moved),
        "moved_shown": sum(1 + one.more for one in lines),
        "names": names_of_accounts([one.record.entry for one in lines]),
    }
    return render(request, "home.html.jinja", view)


def _counted(subjects: Iterable[Waiting], figure: str, *, role: bool = False) -> str:
    """How much waits, or is late, of each subject, in words."""
    each = [(getattr(one, figure), one) for one in subjects if one.for_role or not role]
    return listed([count_words(count, one.noun) for count, one in each if count])


def _in_turn(subjects: Iterable[Waiting], on: date) -> list[TurnLine]:
    """What is for the person's role first, of that what is late, then what is due first."""
    found = []
    for one in subjects:
        for line in one.lines:
            is_late = bool(line.due_on and line.due_on < on)
            order = (not one.for_role, not is_late, line.due_on or date.max, line.since or date.max)
            found.append((order, TurnLine(one.noun, line)))
    return [line for _, line in sorted(found, key=lambda one: one[0])]


def _is_cut(subject: Waiting, shown: list[TurnLine]) -> bool:
    return subject.total > sum(line.noun == subject.noun for line in shown)


def _alike(moved: Iterable[RecordMoved]) -> list[MovedLine]:
    """What one person did in the same way to records of one kind is one line."""
    found: dict[tuple[str, ...], list[RecordMoved]] = {}
    for one in moved:
        key = (one.entry.kind, one.did, one.entry.who, one.entry.acting_for)
        found.setdefault(key, []).append(one)
    return [
        MovedLine(some[0], len(some) - 1, timezone.localtime(some[0].entry.at))
        for some in found.values()
    ]


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
