"""What is open at a trust that an item of its plan could take over: asks, risks, commitments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from remit.oversight.plan_items import PlanItem
from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.visibility import visible
from remit.words.days import day_words

_MOST = 10


@dataclass(frozen=True, slots=True)
class OfferedItem:
    """Something that could become an item."""

    key: str
    words: str
    item: PlanItem


def offered(person: Person, code: str, items: Iterable[PlanItem]) -> list[OfferedItem]:
    """The late asks, open shared risks and commitments of a trust, without what is an item already.

    Parameters
    ----------
    person
        Who writes the plan: only what they see is offered, at most ten of each kind.
    code
        The trust.
    items
        The items that there are.
    """
    there = {one.aim for one in items}
    found = [*_asks(person, code), *_risks(person, code), *_commitments(person, code)]
    return [one for one in found if one.item.aim not in there]


def _asks(person: Person, code: str) -> list[OfferedItem]:
    late = model("Ask").objects.filter(to_org_code=code, status="open", due_on__lt=person.on)
    rows = visible(late, person).order_by("due_on", "pk")[:_MOST]
    return [
        OfferedItem(
            f"ask-{one.pk}", f"Late ask, due {day_words(one.due_on)}: {_title(one)}",
            PlanItem("", f"Answered: {_title(one)} ({one.pk})"),
        )
        for one in rows
    ]  # fmt: skip


def _risks(person: Person, code: str) -> list[OfferedItem]:
    of_it = Q(organisation=code) | Q(shares__organisation=code)
    rows = visible(model("Risk").objects.filter(of_it, closed_on=None), person)
    return [
        OfferedItem(
            f"risk-{one.pk}", f"Shared risk: {one.title}",
            PlanItem("", f"Lower the risk: {one.title} ({one.pk})"),
        )
        for one in rows.distinct().order_by("pk")[:_MOST]
    ]  # fmt: skip


def _commitments(person: Person, code: str) -> list[OfferedItem]:
    of_it = Q(organisation=code) | Q(parties__organisation=code)
    rows = visible(model("together.Commitment").objects.filter(of_it), person)
    return [
        OfferedItem(
            f"commitment-{one.pk}", f"Commitment: {one.aim}",
            PlanItem("", one.aim, one.measure or "", due=one.due_on),
        )
        for one in rows.distinct().order_by("pk")[:_MOST]
    ]  # fmt: skip


def _title(ask: Any) -> str:
    return str(ask.title or f"ask {ask.pk}")
