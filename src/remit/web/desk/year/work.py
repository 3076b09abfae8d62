"""The findings that wait: for a check by whom they are about, for an answer by who writes them."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from remit.records.year.models import YearReply
from remit.web.access.person import Person
from remit.web.access.roles import Permission
from remit.web.desk.daily.waiting import Waiting, WaitingLine, subject
from remit.web.desk.year.standing import findings_of, states_of, unchecked


@subject("finding")
def findings_that_wait(person: Person, most: int) -> Waiting:
    """Findings that one's own organisation has not checked, or on which it owes an answer."""
    homes = sorted(person.at_home(Permission.READ))
    mine, written = (findings_of(person).filter(**{f"{key}__in": homes})
                     for key in ("organisation", "owner"))  # fmt: skip
    disputed = YearReply.objects.filter(outcome="open").values("finding")
    waits = Q(pk__in=unchecked(mine).values("pk"))
    waits |= Q(pk__in=written.filter(pk__in=disputed).values("pk"))
    rows = findings_of(person).filter(waits)
    shown = list(rows.order_by("organisation", "number", "pk")[:most])
    states = states_of(shown)
    lines = [
        WaitingLine(
            f"finding-{one.pk}", one.statement, reverse("finding", args=[one.pk]),
            one.organisation, None, states[one.pk],
        )
        for one in shown
    ]  # fmt: skip
    return Waiting("finding", rows.count(), 0, tuple(lines), reverse("findings"))
