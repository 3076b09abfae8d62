"""What changed hospital bed days from one quarter to another, by commissioner and for England."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from remit.model.errors import ActivityError
from remit.shift.decomposition.cells import (
    FACTORS,
    NO_COUNTS,
    CellCounts,
    Place,
    QuarterCells,
    added,
    cells_of,
    ratios,
)
from remit.shift.decomposition.gaps import Gap, UnplacedCell, empty_months, gaps, unplaced
from remit.shift.decomposition.needs import NeedScale, need_scale
from remit.shift.decomposition.shapley import exact_effects, in_float
from remit.words.sentences import count_words, listed

if TYPE_CHECKING:
    import polars as pl

ENGLAND: Final = "England"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ChangedUse:
    """What changed the hospital bed days of some people; ``effects`` are in the order of FACTORS.

    ``fifth`` is the deprivation fifth of these people, or None where all are meant.
    """

    commissioner: str
    fifth: int | None
    before: CellCounts
    after: CellCounts
    effects: tuple[float, ...]

    @property
    def change(self) -> int:
        """Bed days that were counted later, less those counted before."""
        return self.after.bed_days - self.before.bed_days

    def effect(self, factor: str) -> float:
        """What one factor changed."""
        return self.effects[FACTORS.index(factor)]


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A change in hospital bed days, with who is in it and who was left out."""

    quarters: tuple[str, str]
    lines: tuple[ChangedUse, ...]
    by_fifth: tuple[ChangedUse, ...]
    needs: tuple[NeedScale, NeedScale]
    left_out: tuple[Gap, ...] = ()
    unplaced: tuple[UnplacedCell, ...] = ()

    @property
    def england(self) -> ChangedUse:
        """The sum of the commissioners."""
        return self.lines[-1]

    @property
    def commissioners(self) -> tuple[ChangedUse, ...]:
        """The commissioners, without their sum."""
        return self.lines[:-1]


@dataclass(slots=True)
class _Sum:
    """Effects and counts, added up exactly."""

    before: CellCounts = NO_COUNTS
    after: CellCounts = NO_COUNTS
    fixed: list[int] = field(default_factory=lambda: [0] * len(FACTORS))

    def add(self, before: CellCounts, after: CellCounts, fixed: Sequence[int]) -> None:
        self.before, self.after = self.before + before, self.after + after
        self.fixed = [one + other for one, other in zip(self.fixed, fixed, strict=True)]

    def told(self, commissioner: str, fifth: int | None) -> ChangedUse:
        effects = tuple(map(in_float, self.fixed))
        return ChangedUse(commissioner, fifth, self.before, self.after, effects)


def decompose(
    cube: pl.DataFrame,
    populations: pl.DataFrame,
    quarters: tuple[str, str],
    *,
    months: pl.DataFrame | None = None,
    need: str = "rebase",
    leave_out: bool = False,
) -> Decomposition:
    """Part the change in hospital bed days into six factors, exactly.

    Each commissioner is decomposed cell by cell of age band and deprivation fifth; England is the
    sum of the commissioners. Fifths are the same cells, added up otherwise.

    Parameters
    ----------
    cube
        Records and bed days by quarter, commissioner, setting, age band and deprivation fifth.
    populations
        People and their need by the same, but for the setting.
    quarters
        The earlier one and the later, as in the two tables.
    months
        Records by commissioner, setting, quarter and month, by which gaps are found.
    need
        What is done where the mean need is not 1 (see :data:`NEED_CHOICES`).
    leave_out
        Whether commissioners with gaps, and cells without people, are left out and told.

    Returns
    -------
    Decomposition
        Lines by commissioner with England at the end, and the same by fifth.

    Raises
    ------
    ActivityError
        If a quarter is incomplete, or activity has no people behind it, unless it is left out.

    Examples
    --------
    >>> decompose(cube, populations, ("2023/24 Q1", "2024/25 Q1")).england  # doctest: +SKIP
    """
    first, last = (cells_of(cube, populations, quarter) for quarter in quarters)
    _refuse_england(first, last)
    needs = tuple(
        need_scale(cells.values(), quarter, need)
        for cells, quarter in zip((first, last), quarters, strict=True)
    )
    missing = tuple(gaps(first, last, quarters))
    if months is not None:
        named = {gap.commissioner for gap in missing}
        missing += tuple(g for g in empty_months(months, quarters) if g.commissioner not in named)
    out = {gap.commissioner for gap in missing}
    first, last = (
        {place: counts for place, counts in cells.items() if place[0] not in out}
        for cells in (first, last)
    )
    odd = (*unplaced(first, quarters[0]), *unplaced(last, quarters[1]))
    if not leave_out:
        _refuse_gaps(missing)
        _refuse_unplaced(odd, {**first, **last})
    sums = _summed(first, last, {one.place for one in odd}, (needs[0], needs[1]))
    if not sums:
        raise ActivityError("no commissioner has both quarters: there is nothing to decompose")
    lines, by_fifth = _told(sums)
    return Decomposition(quarters, lines, by_fifth, (needs[0], needs[1]), missing, odd)


def _summed(
    first: QuarterCells,
    last: QuarterCells,
    odd: set[Place],
    needs: tuple[NeedScale, NeedScale],
) -> dict[tuple[str, int], _Sum]:
    """The effects by commissioner and fifth, each cell decomposed with the same people around."""
    places = sorted({*first, *last} - odd)
    whole: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for place in places:
        for side, cells in enumerate((first, last)):
            whole[place[0]][side] += cells.get(place, NO_COUNTS).people
    sums: dict[tuple[str, int], _Sum] = defaultdict(_Sum)
    for place in places:
        before, after = first.get(place, NO_COUNTS), last.get(place, NO_COUNTS)
        people = whole[place[0]]
        found = exact_effects(
            ratios(before, people[0], needs[0].unit), ratios(after, people[1], needs[1].unit)
        )
        sums[place[0], place[2]].add(before, after, found.fixed())
    return sums


def _told(
    sums: dict[tuple[str, int], _Sum],
) -> tuple[tuple[ChangedUse, ...], tuple[ChangedUse, ...]]:
    fifths: dict[tuple[str, int], _Sum] = defaultdict(_Sum)
    lines: dict[str, _Sum] = defaultdict(_Sum)
    for (commissioner, fifth), one in sorted(sums.items()):
        for which in (commissioner, ENGLAND):
            fifths[which, fifth].add(one.before, one.after, one.fixed)
            lines[which].add(one.before, one.after, one.fixed)
    order = [*sorted(set(lines) - {ENGLAND}), ENGLAND]
    return (
        tuple(lines[which].told(which, None) for which in order),
        tuple(
            one.told(which, fifth)
            for which in order
            for (_, fifth), one in sorted(item for item in fifths.items() if item[0][0] == which)
        ),
    )


def _refuse_england(*quarters: QuarterCells) -> None:
    if any(place[0] == ENGLAND for cells in quarters for place in cells):
        raise ActivityError(
            f"a commissioner is called {ENGLAND}: that is the sum of the commissioners; leave its "
            "rows out"
        )


def _refuse_gaps(missing: Sequence[Gap]) -> None:
    if missing:
        which = len({gap.commissioner for gap in missing})
        raise ActivityError(
            f"{count_words(which, 'commissioner')} cannot be held against "
            f"{'itself' if which == 1 else 'themselves'}: {_some(missing)}. With --leave-out "
            "England is the sum of the others"
        )


def _refuse_unplaced(odd: Sequence[UnplacedCell], cells: QuarterCells) -> None:
    if odd:
        counts = added(one.counts for one in odd)
        bands = {place[1] for place, each in cells.items() if each.people}
        strange = not bands & {one.place[1] for one in odd}
        known = f" (the populations have the age bands {listed(sorted(bands))})" if strange else ""
        raise ActivityError(
            f"{count_words(counts.records, 'record')} with "
            f"{count_words(counts.bed_days, 'hospital bed day')} are of people whom the "
            f"populations do not know, or of whom they say no need: {_some(odd)}{known}. With "
            "--leave-out these cells are left out of both quarters"
        )


def _some(what: Sequence[Gap] | Sequence[UnplacedCell]) -> str:
    more = len(what) - _SHOWN
    shown = "; ".join(map(str, what[:_SHOWN]))
    return f"{shown}; and {more:,} more" if more > 0 else shown
