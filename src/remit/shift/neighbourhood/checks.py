"""A return held against itself: rates that it prints, totals of its groups, sizes of its cohort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from remit.model.neighbourhood import ages_missing
from remit.shift.neighbourhood.rates import CohortRate
from remit.shift.neighbourhood.returned import TOTAL, PlaceReturn, ReturnCell
from remit.words.figures import trimmed_words

_ROUNDED = 0.051
"""A rate that is printed with one decimal is at most this far from itself."""


@dataclass(frozen=True, slots=True)
class ReturnDifference:
    """Two figures of one return that should be the same."""

    place: str
    month: str
    cell: str
    what: str
    printed: float
    worked_out: float

    def __str__(self) -> str:
        printed, worked_out = (trimmed_words(one, 1) for one in (self.printed, self.worked_out))
        return (
            f"{self.place}, {self.month}, {self.cell}: {self.what} {printed}, worked out "
            f"{worked_out}"
        )


def differences(one: PlaceReturn, rates: Iterable[CohortRate]) -> Iterator[ReturnDifference]:
    """What of a return does not agree.

    Parameters
    ----------
    one
        The return.
    rates
        The rates that were made of it.
    """
    for rate in rates:
        printed = one.by_key.get((rate.measure, "rate", rate.of))
        worked_out = rate.per_1000
        if printed is None or printed.value is None or worked_out is None:
            continue
        if abs(printed.value - worked_out) > _ROUNDED:
            yield _difference(one, printed, "the rate is printed as", worked_out)
    yield from _totals(one)
    yield from _cohorts(one)


def _difference(
    one: PlaceReturn, cell: ReturnCell, what: str, worked_out: float
) -> ReturnDifference:
    return ReturnDifference(one.place, one.month, cell.place, what, cell.value or 0.0, worked_out)


def _totals(one: PlaceReturn) -> Iterator[ReturnDifference]:
    """Groups whose parts do not sum to the total; not of ages where the template lacks some."""
    ages = tuple(of.category for of in one.categories if of.group == "age")
    groups = {of.group for of in one.categories} - {TOTAL.group}
    groups -= {"age"} if ages_missing(ages) else set()
    for total in one.cells:
        if total.of != TOTAL or total.kind == "rate" or total.value is None:
            continue
        for group in sorted(groups):
            parts = [one.by_key.get((total.measure, total.kind, of)) for of in one.categories
                     if of.group == group]  # fmt: skip
            values = [part.value for part in parts if part is not None and part.value is not None]
            if len(values) == len(parts) and sum(values) != total.value:
                yield _difference(one, total, f"the total beside {group} is", sum(values))


def _cohorts(one: PlaceReturn) -> Iterator[ReturnDifference]:
    """Cohort sizes of a column that differ from row to row: all measures are of one cohort."""
    first: dict[object, float] = {}
    for cell in one.cells:
        if cell.kind == "cohort" and cell.value:
            known = first.setdefault(cell.of, cell.value)
            if cell.value != known:
                yield _difference(one, cell, "the cohort is, other than above,", known)
