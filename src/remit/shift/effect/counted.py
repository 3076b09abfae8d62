"""All that is counted in records before anything is judged: small tables of whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from remit.shift.effect.asked import Asked
from remit.shift.effect.begun import begun_services
from remit.shift.effect.codes import Codes, has_deaths
from remit.shift.effect.features import features, rows_of
from remit.shift.effect.looks import plan_looks
from remit.shift.effect.parts import in_parts
from remit.shift.effect.recording import recorded
from remit.shift.effect.source import Lazy, RecordSource
from remit.shift.effect.strata import CELL, STRATUM, distinct_controls, strata_cells


@dataclass(frozen=True, slots=True)
class Counted:
    """Whole numbers, on which alone the gates and the answer depend.

    Attributes
    ----------
    codes
        What stands in the records.
    cells
        Sums by stratum, practice and arm.
    recorded
        Hospital records by provider and quarter, of people who never have the service.
    begun
        Other services that begin about the day of entry, by arm.
    says_deaths
        Whether the records say who died.
    """

    codes: Codes
    cells: pl.DataFrame
    recorded: pl.DataFrame
    begun: pl.DataFrame
    says_deaths: bool


class Counting:
    """Counts on an engine: rows a look are laid down, since they are used more than once.

    Very many people are counted one part of them after another, so that memory does for any
    number; what is counted are sums over people, so the parts add up.

    Parameters
    ----------
    source
        The records.
    codes
        What stands in them.
    asked
        The question.
    """

    def __init__(self, source: RecordSource, codes: Codes, asked: Asked) -> None:
        self._source, self._codes, self._asked = source, codes, asked
        rows = rows_of(source, codes, asked)
        looks = plan_looks(codes, asked)
        large = codes.is_large(asked)
        self._parts = in_parts(source, rows, codes, asked) if large else [rows]
        self._found = [
            source.keep(features(source, codes, looks, asked, part)) for part in self._parts
        ]

    def counted(self) -> Counted:
        """All tables."""
        source, codes, asked = self._source, self._codes, self._asked
        cells = [strata_cells(one, codes, asked) for one in self._found]
        pairs = zip(self._parts, self._found, strict=True)
        begun = [begun_services(rows, found, asked) for rows, found in pairs]
        return Counted(
            codes,
            self._added(cells, CELL),
            recorded(source, codes, asked),
            self._added(begun, ("service", "arm")),
            has_deaths(source),
        )

    def controls(self, strata: pl.DataFrame) -> int:
        """How many people without the service are in the strata that are kept."""
        kept = strata.filter("kept")
        if kept.is_empty():
            return 0
        if self._codes.is_large(self._asked):
            return int(kept["controls"].sum())
        beside = self._source.beside(kept.select(STRATUM))
        used = distinct_controls(self._found[0], self._codes, self._asked, beside)
        return int(self._source.collect(used).item())

    def _added(self, tables: Sequence[Lazy], keys: Sequence[str]) -> pl.DataFrame:
        """The sums of all parts, sorted by what tells their rows apart."""
        found = [self._source.collect(one, keys) for one in tables]
        if len(found) == 1:
            return found[0]
        return pl.concat(found).group_by(keys).agg(pl.all().sum()).sort(keys)
