"""Whose views are asked of an ICB, and which of them are recorded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from remit.annual.folder import AnnualFolder
from remit.model.annual import AnnualView
from remit.model.annual_records import Evidence
from remit.words.days import day_words
from remit.words.sentences import lowered


@dataclass(frozen=True, slots=True)
class AskedView:
    """A body whose view is asked, or a kind of body, and the items that hold its view."""

    body: str
    by_law: bool
    items: tuple[Evidence, ...]


def recorded_views(folder: AnnualFolder, code: str) -> list[Evidence]:
    """The views about an ICB that are in the bank, each body with its day once."""
    about = {code, folder.head.region}
    held = [one for name in about for one in folder.views.get(name, ())]
    found: dict[tuple[str, str], Evidence] = {}
    for _, one in sorted(held, key=itemgetter(0)):
        found.setdefault((_plain(one.body), one.on), one)
    return [found[key] for key in sorted(found)]


def asked_views(folder: AnnualFolder, code: str) -> list[AskedView]:
    """Whose views are asked of an ICB: bodies that its `asked` names, else kinds of the year."""
    recorded = recorded_views(folder, code)
    named = list(folder.icbs[code].asked)
    found = []
    for view in folder.year.views:
        mine = [body for body in named if _is_of(view, body)]
        named = [body for body in named if body not in mine]
        if mine:
            found += [AskedView(one, view.by_law, _of_body(recorded, one)) for one in mine]
        elif _is_asked(folder, view):
            items = tuple(one for one in recorded if _is_of(view, one.body))
            found.append(AskedView(view.none or lowered(view.body), view.by_law, items))
    return [*found, *(AskedView(one, False, _of_body(recorded, one)) for one in named)]


def missing_views(folder: AnnualFolder, code: str) -> Iterator[AskedView]:
    """Those of whom no view is recorded."""
    return (one for one in asked_views(folder, code) if not one.items)


def body_and_day(item: Evidence) -> str:
    """Who gave a view, and when as far as that was written."""
    day = item.on.strip()
    with suppress(ValueError):
        day = day_words(date.fromisoformat(day))
    return f"{item.body.strip()} ({day})" if day else item.body.strip()


def _is_asked(folder: AnnualFolder, view: AnnualView) -> bool:
    year = folder.year
    return view.valid_from <= year.ends and (view.valid_to or year.ends) >= year.starts


def _is_of(view: AnnualView, body: str) -> bool:
    words = f" {_plain(body)} "
    return any(f" {_plain(name)} " in words for name in view.names)


def _of_body(recorded: list[Evidence], body: str) -> tuple[Evidence, ...]:
    return tuple(one for one in recorded if _plain(one.body) == _plain(body))


def _plain(text: str) -> str:
    """A name as it is compared."""
    return " ".join(text.casefold().replace(",", " ").replace("&", "and").split())
