"""What an item of a trust's plan could take over: weak figures, late asks, risks, commitments."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from remit.asks.senders.recognise import UNKNOWN
from remit.oversight.plan_items import PlanItem
from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.published import user_can_see_figures
from remit.web.access.visibility import visible
from remit.web.desk.figures.ordering import SCORE, better_words, is_score
from remit.web.desk.figures.pages import folder
from remit.web.figures.held import FigureHeld, figures_of
from remit.web.figures.place import NothingPublished
from remit.words.days import day_words
from remit.words.figures import published_words

_MOST, _MOST_ASKS, _WEAKEST = 10, 100, 5


@dataclass(frozen=True, slots=True)
class OfferedItem:
    """Something that could become an item."""

    key: str
    words: str
    item: PlanItem
    begins: str = ""
    """By which an item that was made of it before is known; blank: by its whole aim."""

    def is_among(self, aims: Collection[str]) -> bool:
        """Whether it is an item already."""
        if self.begins:
            return any(one.startswith(self.begins) for one in aims)
        return self.item.aim in aims


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
    return [one for one in found if not one.is_among(there)]


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
    """A weak score, as an item on its figure, which stands as on the pages of the trust."""
    name = score.metric_name.removesuffix(SCORE)
    if figure is None:
        stood, of, better = f"a score of {score.words}", score, "better"
    else:
        stood, of = published_words(figure.value, figure.unit), figure
        better = better_words(figure.metric, figure.unit).partition(",")[0] or "better"
    return OfferedItem(
        f"figure-{score.metric}",
        f"Weakest figures: score {score.words} in {score.period}: {name}"
        + (f", {stood} in {figure.period}" if figure else ""),
        PlanItem("", f"{name}: {better} than {stood}", f"{name}, as published after {of.period}"),
        f"{name}: ",
    )


def _asks(person: Person, code: str) -> list[OfferedItem]:
    late = model("Ask").objects.filter(to_org_code=code, status="open", due_on__lt=person.on)
    rows = visible(late, person).order_by("due_on", "pk")[:_MOST_ASKS]
    return [
        OfferedItem(
            f"ask-{one.pk}", f"Late ask, due {day_words(one.due_on)}{_asker(one)}: {_title(one)}",
            PlanItem("", f"Answered: “{_title(one)}”{_asker(one)} ({one.pk})"),
        )
        for one in rows
    ]  # fmt: skip


def _risks(person: Person, code: str) -> list[OfferedItem]:
    of_it = Q(organisation=code) | Q(shares__organisation=code)
    rows = visible(model("Risk").objects.filter(of_it, closed_on=None), person)
    return [
        OfferedItem(
            f"risk-{one.pk}", f"Shared risk: {one.title}",
            PlanItem("", f"The risk “{one.title}” is lower than now ({one.pk})"),
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


def _asker(ask: Any) -> str:
    """Who asks, after what is asked; blank where nobody knows."""
    known = ask.from_body and ask.from_body != UNKNOWN
    return f", asked by {ask.from_body}" if known else ""
