"""What changed from one build to the next: entries that stay, and the Atom feed of them (RFC 4287).

An entry is dated by the figures that it speaks of and not by the clock, so that the same figures
make the same feed; its identifier follows from what it says, so that a reader meets it once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from remit.model.period import today
from remit.pages.frame.filling import filled

FEED = "feed.xml"
"""The feed's path from the root of a folder of pages."""

MOST_KEPT = 500
"""So many entries are kept, the newest; a feed of more is slow to read."""

_OUR_PAGE = re.compile(r"(?:[A-Za-z0-9][\w.-]*/)*[A-Za-z0-9][\w.-]*\.html", re.ASCII)
_OURS = "https://remit.example/changes/"


@dataclass(frozen=True, slots=True)
class SiteNews:
    """Something that changed, in a plain sentence.

    Attributes
    ----------
    kind
        What kind of change: ``segment``, ``figures revised`` …
    title
        The sentence.
    path
        The page that shows it, from the root of the folder.
    about
        What tells it from all others: the same change has the same.
    period, organisation
        The period and the code of which it speaks; empty where it speaks of none.
    more
        What is said below the sentence.
    updated
        The day of the figures that it speaks of, as in ISO 8601.
    """

    kind: str
    title: str
    path: str
    about: str
    period: str = ""
    organisation: str = ""
    more: str = ""
    updated: str = ""

    @property
    def id(self) -> str:
        """An identifier that is the same wherever the same change is told."""
        return urn(f"{self.kind}|{self.about}")

    def as_data(self) -> dict[str, str]:
        """As JSON keeps it for the next build."""
        return {"id": self.id, **asdict(self)}


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of changes, the newest first."""

    id: str
    title: str
    changes: tuple[SiteNews, ...]

    @property
    def updated(self) -> str:
        """The day of the newest change."""
        return max(one.updated for one in self.changes)


def urn(text: str) -> str:
    """The identifier that a text stands for."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, _OURS + text)}"


def joined(new: Sequence[SiteNews], kept: Sequence[SiteNews]) -> tuple[SiteNews, ...]:
    """New changes before those of earlier builds, none dated before what came earlier.

    A change that was told before and happens again is another one: it follows what came between.

    Parameters
    ----------
    new
        Those of this build; a day that is empty is the earliest that may stand.
    kept
        Those that are known, the newest first.

    Examples
    --------
    ``joined([], kept) == tuple(kept)``
    """
    floor = max((one.updated for one in kept), default="")
    dated = [replace(one, updated=max(one.updated, floor)) for one in new]
    told = {one.id for one in kept}
    after = kept[0].id if kept else ""
    again = (
        replace(one, about=f"{one.about}|after {after}") if one.id in told else one for one in dated
    )
    return (*again, *kept)[:MOST_KEPT]


def changes_of(told: Iterable[Mapping[str, Any]]) -> tuple[SiteNews, ...]:
    """The changes that a former build kept, as far as they may stand: the file may be another's.

    A path leads to a page of the folder, and no day lies after today, which would date all later
    ones.

    Raises
    ------
    TypeError
        If they are not as :meth:`SiteNews.as_data` makes them.
    """
    found = (
        SiteNews(**{name: str(value) for name, value in one.items() if name != "id"})
        for one in told
    )
    return tuple(one for one in found if _OUR_PAGE.fullmatch(one.path) and _is_past(one.updated))


def _is_past(day: str) -> bool:
    """Whether a day is one as ISO 8601 writes it, and not after today."""
    try:
        return date.fromisoformat(day).isoformat() == day <= today().isoformat()
    except ValueError:
        return False


def atom(feed: Feed) -> str:
    """The feed as Atom; its addresses are relative to where it lies."""
    return filled("feed.xml.jinja", feed=feed, here=FEED)
