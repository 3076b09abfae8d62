"""The tables as one person sees them, for what the register of asks reads by itself."""

from __future__ import annotations

from typing import Any

from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.visibility import visible


class SeenTables:
    """The rows that a person may see, some of them narrowed to what a page shows.

    The readers of the register (``actions``, ``frictions``, ``risks``) take it as they take a
    register: what a row means is read in one place for commands and pages.

    Parameters
    ----------
    person
        Who looks.
    narrowed
        Model → the condition under which its rows are wanted.
    """

    def __init__(self, person: Person, **narrowed: dict[str, Any]) -> None:
        self._person = person
        self._narrowed = narrowed

    def table(self, name: str) -> Any:
        """The rows of a model."""
        rows = model(name).objects.filter(**self._narrowed.get(name, {}))
        return visible(rows, self._person)
