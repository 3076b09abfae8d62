"""Search over all that the person may see, kind by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Window
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from remit.register.load import load_register
from remit.web.access.person import Person
from remit.web.access.relations import NATIONAL, name_of
from remit.web.access.roles import Permission
from remit.web.desk.figures.pages import folder
from remit.web.desk.listing import ListPage, list_page
from remit.web.desk.searched import SEARCHED, FoundLine, Searched
from remit.web.desk.year.practices import practices_with
from remit.web.figures.held import figures_of
from remit.web.figures.place import NothingPublished

_SHOWN = 10
_MOST_PRACTICES = 500
_MOST_HOMES = 3
"""Of so many organisations of their own a person's figures are looked into."""


@dataclass(frozen=True, slots=True)
class KindFound:
    """What was found of a kind: how many, and the first of them."""

    noun: str
    total: int
    lines: list[FoundLine]


@require_safe
def search(request: Any) -> HttpResponse:
    """What holds each of the words: all kinds with the first of each, or one kind page by page."""
    words, person = words_of(request.GET), request.person
    chosen = request.GET.get("kind", "")
    page, found = None, []
    if words and chosen in {*_OF_NOUN, *_LISTED}:
        page = page_of_kind(chosen, words, person, request.GET)
    elif words:
        found = all_found(words, person)
    view = {
        "words": words,
        "found": found,
        "total": page.total if page else sum(one.total for one in found),
        "page": page,
        "chosen": chosen if page else "",
    }
    return render(request, "search.html.jinja", view)


def words_of(given: QueryDict) -> str:
    """The words that an address asks for, with one blank between two."""
    return " ".join(given.get("q", "")[:200].replace("\x00", "").split())


def all_found(words: str, person: Person) -> list[KindFound]:
    """What was found of each kind, those of which there is something.

    Parameters
    ----------
    words
        Each of them stands in what is found.
    person
        Who looks.
    """
    found = []
    for noun, lister in _LISTED.items():
        lines = lister(words, person)
        found.append(KindFound(noun, len(lines), lines[:_SHOWN]))
    for one in SEARCHED:
        # Counted beside the first of them: to ask twice would be to look through all twice.
        rows = list(one.rows(words, person).annotate(found=Window(Count("pk")))[:_SHOWN])
        total = rows[0].found if rows else 0
        found.append(KindFound(one.noun, total, [one.told(row) for row in rows]))
    return [one for one in found if one.total]


def page_of_kind(noun: str, words: str, person: Person, given: QueryDict) -> ListPage:
    """A page of what was found of one kind; its rows are lines to be shown.

    Parameters
    ----------
    noun
        The kind.
    words
        Each of them stands in what is found.
    person
        Who looks.
    given
        What stands in the address, the page among it.
    """
    if noun in _LISTED:
        return list_page(_LISTED[noun](words, person), given)
    kind: Searched = _OF_NOUN[noun]
    page = list_page(kind.rows(words, person), given)
    lines = [kind.told(row) for row in page.rows]
    return ListPage(lines, page.total, page.number, page.pages, page.query)


def _organisations(words: str, person: Person) -> list[FoundLine]:
    """Organisations whose records the person may see, by name or code."""
    each, found = words.lower().split(), []
    for code in sorted(person.codes(Permission.READ)):
        if code != NATIONAL and not load_register().find(code):
            continue
        name = name_of(code, person.on)
        if all(one in f"{name} {code}".lower() for one in each):
            found.append(FoundLine(name, reverse("organisation", args=[code]), code))
    return found


def _figures(words: str, person: Person) -> list[FoundLine]:
    """Published figures of the person's own organisations, by the name of the metric."""
    each, found = words.lower().split(), []
    for code in sorted(person.at_home(Permission.READ))[:_MOST_HOMES]:
        try:
            _, held = figures_of(folder(), code)
        except NothingPublished:
            return []
        for metric, points in held.items():
            newest = next((one for one in reversed(points) if one.value is not None), None)
            if newest and all(one in f"{newest.metric_name} {metric}".lower() for one in each):
                address = reverse("figure", args=[code, metric])
                said = f"{newest.words}, {newest.period}"
                found.append(FoundLine(newest.metric_name, address, code, said))
    return found


def _practices(words: str, person: Person) -> list[FoundLine]:
    """Practices, which are for everybody who is signed in, by each of the words."""
    del person
    return [
        FoundLine(one.title, reverse("practice", args=[one.pk]), one.organisation, one.aim)
        for one in practices_with(words.split())[:_MOST_PRACTICES]
    ]


_LISTED = {"organisation": _organisations, "figure": _figures, "practice": _practices}
"""Kinds that no table of the records holds."""
_OF_NOUN = {one.noun: one for one in SEARCHED}
