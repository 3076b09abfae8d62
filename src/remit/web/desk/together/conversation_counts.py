"""What some conversations came to: how many led to an action, and of what their minutes were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, Sum

from remit.records.loading import model
from remit.records.together.models import AgendaItem
from remit.web.access.person import Person
from remit.web.access.visibility import visible
from remit.web.desk.together.scales import load_scales


@dataclass(frozen=True, slots=True)
class ConversationCounts:
    """The sums over all conversations of a list; one that is still to be held is only planned."""

    held: int
    led: int
    planned: int
    minutes: int
    minutes_tomorrow: int
    ages: tuple[tuple[str, int], ...]
    """Band of the declared scale → open actions of that age, counted from the conversation."""

    @property
    def open_actions(self) -> int:
        """How many actions of these conversations are open."""
        return sum(count for _, count in self.ages)


def led_to_action(rows: Any, person: Person) -> Any:
    """Those of some conversations from which an action came that the person may see."""
    actions = visible(model("Action").objects.exclude(from_conversation=None), person)
    return rows.filter(pk__in=actions.values("from_conversation"))


def count_conversations(rows: Any, person: Person) -> ConversationCounts:
    """Count some conversations, in as many queries however many they are.

    Parameters
    ----------
    rows
        A query of conversations that the person may see.
    person
        Who looks; only actions that they may see are counted.
    """
    held = rows.order_by().filter(held_on__lte=person.on)
    minutes = AgendaItem.objects.filter(conversation__in=held.values("pk")).aggregate(
        all=Sum("minutes"), tomorrow=Sum("minutes", filter=Q(is_tomorrow=True))
    )
    count = held.count()
    return ConversationCounts(
        held=count,
        led=led_to_action(held, person).count(),
        planned=rows.order_by().count() - count,
        minutes=int(minutes["all"] or 0),
        minutes_tomorrow=int(minutes["tomorrow"] or 0),
        ages=_ages(held, person),
    )


def _ages(held: Any, person: Person) -> tuple[tuple[str, int], ...]:
    bands = load_scales().ageing.bands
    counts, since = {}, -1
    for number, band in enumerate(bands):
        of_band = held.filter(held_on__lt=_day(person.on, since))
        if band.up_to is not None:
            of_band = of_band.filter(held_on__gte=_day(person.on, band.up_to))
            since = band.up_to
        counts[f"b{number}"] = Count("pk", filter=Q(from_conversation__in=of_band.values("pk")))
    actions = visible(model("Action").objects.filter(done_on=None), person)
    found = actions.order_by().aggregate(**counts)
    return tuple((band.name, int(found[f"b{n}"])) for n, band in enumerate(bands))


def _day(today: date, days: int) -> date:
    return today - timedelta(days=days)
