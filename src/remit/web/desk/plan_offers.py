"""What an item of a trust's plan could take over: weak figures, late asks, risks, commitments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from remit.oversight.plan_items import PlanItem
from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.published import user_can_see_figures
from remit.web.access.visibility import visible
from remit.web.desk.figures.ordering import SCORE, is_score
from remit.web.desk.figures.pages import folder
from remit.web.figures.held import FigureHeld, figures_of
from remit.web.figures.place import NothingPublished
from remit.words.days import day_words

_MOST, _MOST_ASKS, _WEAKEST = 10, 100, 5


@dataclass(frozen=True, slots=True)
class OfferedItem:
    """Something that could become an item."""

    key: str
    words: str
    item: PlanItem


def offered(person: Person, code: str, items: Iterable[PlanItem]) -> list[OfferedItem]:
    """The weak figures, late asks, open shared risks and commitments of a trust.

    What is an item already is left out.

    Parameters
    ----------
    person
        Who writes the plan: only what they see is offered; the five weakest figures, at most a
        hundred asks, and ten of the others.
    code
        The trust.
    items
        The items that there are.
    """
    there = {one.aim for one in items}
    found = [
        *_figures(person, code),
        *_asks(person, code),
        *_risks(person, code),
        *_commitments(person, code),
    ]
    return [one for one in found if one.item.aim not in there]


def _figures(person: Person, code: str) -> list[OfferedItem]:
    """The metrics that frameworks score worst at the trust, the newest score of each."""
    if person.account is None or not user_can_see_figures(person.account):
        return []
    try:
        _, held = figures_of(folder(), code)
    except NothingPublished:
        return []
    newest = [points[-1] for points in held.values() if points and points[-1].value is not None]
    # Each metric has a period of its own, a year's plan and a month's wait among them.
    scores = [one for one in newest if is_score(one)]
    figures = {one.metric_name: one for one in newest}
    weak = sorted(scores, key=lambda one: (-(one.value or 0), one.metric_name))[:_WEAKEST]
    return [_weak(one, figures.get(one.metric_name.removesuffix(SCORE))) for one in weak]


def _weak(score: FigureHeld, figure: FigureHeld | None) -> OfferedItem:
    name = score.metric_name.removesuffix(SCORE)
    stood = f"{figure.words} in {figure.period}" if figure else f"score {score.words}"
    return OfferedItem(
        f"figure-{score.metric}",
        f"Weakest figures: score {score.words} in {score.period}: {name}"
        + (f", {stood}" if figure else ""),
        PlanItem("", f"Better: {name}", f"{name} as published; it stood at {stood}"),
    )


def _asks(person: Person, code: str) -> list[OfferedItem]:
    late = model("Ask").objects.filter(to_org_code=code, status="open", due_on__lt=person.on)
    rows = visible(late, person).order_by("due_on", "pk")[:_MOST_ASKS]
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
