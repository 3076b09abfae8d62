"""All that is counted in records before anything is judged: small tables of whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from remit.shift.effect.asked import Asked
from remit.shift.effect.begun import begun_services
from remit.shift.effect.codes import Codes, has_deaths
from remit.shift.effect.features import features
from remit.shift.effect.looks import plan_looks
from remit.shift.effect.recording import recorded
from remit.shift.effect.source import Lazy, RecordSource
from remit.shift.effect.strata import STRATUM, distinct_controls, strata_cells


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
    """Counts on an engine; of few people the looks are laid down, since they are used often.

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
        found: nw.LazyFrame[Any] = features(source, codes, plan_looks(codes, asked), asked)
        self._found: Lazy = found if codes.is_large(asked) else source.beside(source.collect(found))

    def counted(self) -> Counted:
        """All tables."""
        source, codes, asked = self._source, self._codes, self._asked
        return Counted(
            codes,
            source.collect(strata_cells(self._found, codes, asked)),
            recorded(source, codes, asked),
            begun_services(source, self._found, codes, asked),
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
        used = distinct_controls(self._found, self._codes, self._asked, beside)
        return int(self._source.collect(used).item())
