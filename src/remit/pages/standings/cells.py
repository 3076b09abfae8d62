"""Where a figure stands: the cell of a file, with the file numbered on its page."""

from __future__ import annotations

from dataclasses import dataclass

from remit.model.observation import Source
from remit.pages.standings.results import CellPlace, Results


@dataclass(frozen=True, slots=True)
class SourceCell:
    """Where a figure stands: the file's number on the page, the line and the column."""

    what: str
    file: int
    line: int
    column: str


class NumberedFiles:
    """The files that a page names, numbered as they are met."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self._numbers: dict[str, int] = {}

    def cell(self, what: str, place: CellPlace | None, column: str = "") -> tuple[SourceCell, ...]:
        """A cell of one of the files; nothing where the place or its file is not known."""
        if place is None or self._results.source(place.source_id) is None:
            return ()
        number = self._numbers.setdefault(place.source_id, len(self._numbers) + 1)
        return (SourceCell(what, number, place.line, column or place.column),)

    def listed(self) -> tuple[tuple[int, Source], ...]:
        """The files met so far, with their numbers."""
        pairs = ((number, self._results.source(s)) for s, number in self._numbers.items())
        return tuple((number, source) for number, source in pairs if source)
