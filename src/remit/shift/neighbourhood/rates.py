"""Rates per 1,000 people of the cohort; of a sum with a suppressed part no figure is guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from remit.model.neighbourhood import NeighbourhoodFile, ReturnOutcome
from remit.shift.neighbourhood.returned import (
    Category,
    CellStatus,
    PlaceReturn,
    ReturnsRead,
    load_programme,
)

RateStatus = Literal["reported", "suppressed", "not_submitted", "rejected", "not_applicable"]
ALL_PLACES: Final = "All places read"
SUM: Final = "all"
"""The measure of an outcome that is the sum of several."""

_GRAVER: Final[tuple[RateStatus, ...]] = ("rejected", "not_submitted", "suppressed")
"""Of the parts of a sum the gravest status holds: what nobody knows at all comes first."""


@dataclass(frozen=True, slots=True)
class CohortRate:
    """Events of a month for each 1,000 people of a cohort.

    Attributes
    ----------
    count, cohort, per_1000
        Only where the status is ``reported``.
    at_least
        What the parts of a sum that are known come to, where others are suppressed.
    suppressed_parts
        How many parts of the sum are suppressed.
    places
        How many places are in it.
    """

    place: str
    month: str
    outcome: str
    measure: str
    of: Category
    status: RateStatus
    count: int | None = None
    cohort: int | None = None
    at_least: int | None = None
    suppressed_parts: int = 0
    places: int = 1

    @property
    def per_1000(self) -> float | None:
        """The rate."""
        if self.count is None or not self.cohort:
            return None
        return 1000 * self.count / self.cohort


def rates_of(read: ReturnsRead) -> list[CohortRate]:
    """All rates: by place and month, measure and outcome, and for all places of a month.

    Examples
    --------
    >>> rates_of(read_returns([Path("return.xlsx")]))[0].per_1000  # doctest: +SKIP
    """
    programme = load_programme()
    found = [rate for one in read.returns for rate in _of_return(one, programme)]
    return [*found, *_of_all_places(found)]


def _of_return(one: PlaceReturn, programme: NeighbourhoodFile) -> Iterator[CohortRate]:
    for outcome in programme.outcomes:
        for of in one.categories:
            parts = [_rate(one, outcome.id, part.id, of) for part in outcome.measures]
            yield from parts
            if len(parts) > 1:
                yield _of_parts(parts, outcome)


def _rate(one: PlaceReturn, outcome: str, measure: str, of: Category) -> CohortRate:
    count = one.by_key.get((measure, "count", of))
    rate = CohortRate(one.place, one.month, outcome, measure, of, "not_submitted")
    if count is None:
        return rate
    status, people = _cohort(one, measure, of)
    statuses = {count.status, status}
    for grave in _GRAVER:
        if grave in statuses:
            return replace(rate, status=grave, suppressed_parts=int(grave == "suppressed"))
    if not people:
        return replace(rate, status="not_applicable")
    return replace(rate, status="reported", count=int(count.value or 0), cohort=people)


def _cohort(one: PlaceReturn, measure: str, of: Category) -> tuple[CellStatus, int]:
    """The cohort beside a count; where its cell has none, that of the column's other rows.

    All measures are of one cohort: in the template most of these cells only point at the first.
    """
    own = one.by_key.get((measure, "cohort", of))
    if own is not None and (own.value or own.status in {"suppressed", "rejected"}):
        return own.status, int(own.value or 0)
    others = [cell for cell in one.cells if cell.kind == "cohort" and cell.of == of]
    sizes = {int(cell.value) for cell in others if cell.value}
    if len(sizes) == 1:
        return "accepted", sizes.pop()
    if any(cell.status == "suppressed" for cell in others):
        return "suppressed", 0
    return (own.status, 0) if own is not None else ("not_submitted", 0)


def _of_parts(parts: Sequence[CohortRate], outcome: ReturnOutcome) -> CohortRate:
    """The sum of an outcome's parts, which are of the same people."""
    cohorts = {part.cohort for part in parts if part.cohort is not None}
    summed = _sum(replace(parts[0], outcome=outcome.id, measure=SUM), parts)
    if len(cohorts) > 1:
        return replace(summed, status="rejected", count=None, cohort=None, at_least=None)
    return replace(summed, cohort=cohorts.pop()) if summed.status == "reported" else summed


def _sum(head: CohortRate, parts: Sequence[CohortRate]) -> CohortRate:
    known = [part for part in parts if part.count is not None]
    suppressed = sum(part.suppressed_parts for part in parts)
    bare = replace(head, count=None, cohort=None, at_least=None, suppressed_parts=suppressed)
    for status in _GRAVER:
        if any(part.status == status for part in parts):
            least = sum(p.count or p.at_least or 0 for p in parts) if suppressed else None
            return replace(bare, status=status, at_least=least)
    if not known:
        return replace(bare, status="not_applicable")
    return replace(
        bare,
        status="reported",
        count=sum(part.count or 0 for part in known),
        cohort=sum(part.cohort or 0 for part in known),
    )


def _of_all_places(rates: Sequence[CohortRate]) -> Iterator[CohortRate]:
    """The sum of the places of a month, where there are several."""
    together: dict[tuple[str, str, str, Category], list[CohortRate]] = defaultdict(list)
    for rate in rates:
        together[rate.month, rate.outcome, rate.measure, rate.of].append(rate)
    for several in together.values():
        if len(several) > 1:
            yield _sum(replace(several[0], place=ALL_PLACES, places=len(several)), several)
