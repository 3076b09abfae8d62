"""All that is counted in records before anything is judged: small tables of whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import narwhals.stable.v2 as nw
import polars as pl

from remit.shift.effect.adding import added, narrow
from remit.shift.effect.asked import Asked
from remit.shift.effect.begun import begun_services
from remit.shift.effect.codes import Codes, has_deaths
from remit.shift.effect.features import features, looks_of, people_of, uses_of
from remit.shift.effect.looks import plan_looks, quarters_of_entry
from remit.shift.effect.parts import in_parts
from remit.shift.effect.recording import recorded
from remit.shift.effect.rows import rows_of
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
        Sums by stratum, practice and arm; columns of small numbers are narrow
        (:func:`~remit.shift.effect.adding.narrow`).
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
    """Counts on an engine: what is used more than once is laid down.

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
        self._source, self._asked = source, asked
        rows, read = rows_of(source, codes, asked), codes
        parts = in_parts(source, rows, read, asked)
        quarters = quarters_of_entry(codes, asked)
        people = [source.keep(people_of(one, quarters, asked)) for one in parts]
        self._people = list(zip(parts, people, strict=True))
        self._codes = codes = replace(codes, people=sum(map(self._number, people)))
        self._large = codes.is_large(asked)
        if len(parts) > 1 and not self._large:
            # Few people with very many records, which is known only now: all is looked at.
            parts = in_parts(source, rows, read, asked, beside=True)
        looks = plan_looks(codes, asked)
        seen = [source.keep(looks_of(one, looks, source, codes, asked)) for one in people]
        self._parts = list(zip(parts, seen, strict=True))
        found = [self._features(part, one) for part, one in self._parts]
        # Of few people it is asked again who they are (:meth:`controls`).
        self._found = found if self._large else [source.keep(one) for one in found]

    def counted(self) -> Counted:
        """All tables."""
        source, codes, asked = self._source, self._codes, self._asked
        cells = (strata_cells(found, codes, asked) for found in self._found)
        begun = (begun_services(rows, seen, asked) for rows, seen in self._parts)
        services = added(map(self._source.collect, begun), ("service_code", "arm"))
        return Counted(
            codes,
            added(map(self._cells, cells), CELL),
            recorded(self._people, source, codes, asked),
            services.join(codes.services, "service_code")
            .select("service", "arm", "looks", "within")
            .sort("service", "arm"),
            has_deaths(source),
        )

    def controls(self, strata: pl.DataFrame) -> int:
        """How many people without the service are in the strata that are kept."""
        kept = strata.filter("kept")
        if kept.is_empty():
            return 0
        if self._large:
            return int(kept["controls"].sum())
        beside = self._source.beside(kept.select(STRATUM))
        used = [distinct_controls(one, self._codes, self._asked, beside) for one in self._found]
        return sum(int(self._source.collect(one).item()) for one in used)

    def _number(self, frame: Lazy) -> int:
        return int(self._source.collect(frame.select(nw.len().cast(nw.Int64).alias("n"))).item())

    def _features(self, rows: Lazy, seen: Lazy) -> Lazy:
        able = seen.filter(nw.col("able") == 1)
        uses = uses_of(rows, able, self._source, self._codes, self._asked)
        return features(uses, seen, self._source, self._codes)

    def _cells(self, frame: Lazy) -> pl.DataFrame:
        return narrow(self._source.collect(frame, by=None))
