"""When what answers an ask is published, by the declared calendar of releases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from remit.catalogue import load_entries, load_publications
from remit.catalogue.own import OwnFiles, own_files
from remit.catalogue.releases import Release, ReleaseCalendar
from remit.model.ask import Ask, AskAnswer
from remit.model.publication import Publication


@dataclass(frozen=True, slots=True)
class PublishedWhen:
    """When the publication that answers an ask comes.

    Both are None where no lag is declared of it, or where Remit does not read it.

    Attributes
    ----------
    part
        With the period that is asked for; None where the ask names none.
    following
        The next one after the day of the plan.
    """

    part: Release | None = None
    following: Release | None = None


def published_when(ask: Ask, answer: AskAnswer | None, on: date) -> PublishedWhen:
    """When what answers an ask is published.

    Parameters
    ----------
    ask
        The ask; its period is that of the last day that it names.
    answer
        What answers it, if anything does.
    on
        The day of the plan.

    Examples
    --------
    ``published_when(ask, answer, date(2026, 3, 31)).following.said``
    """
    one = _read(own_files()).get(answer.publication) if answer else None
    if one is None:
        return PublishedWhen()
    calendar = ReleaseCalendar((), on)
    part = calendar.part_of(one, ask.period_to) if ask.period_to else None
    return PublishedWhen(part, calendar.part_after(one))


@cache
def _read(_: OwnFiles) -> dict[str, Publication]:
    """The publications that Remit reads, by their entries in the catalogue.

    Where several files hold an entry's figures, the one that comes first tells the day.
    """
    known = {one.id: one for one in load_publications()}
    return {
        entry.id: min((known[name] for name in entry.read_by), key=_days_after)
        for entry in load_entries().values()
        if entry.read_by
    }


def _days_after(one: Publication) -> float:
    return one.release.after_days if one.release else float("inf")
