"""What a reader can work out of hidden counts from all that is shown: by linear programming."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from remit.surveys.cuts import ALL, parted
from remit.surveys.reading.answers import Numbers

_NEAR = 1e-6
Columns = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The counts of an item: a row for each group of each cut, the whole among them."""

    rows: tuple[tuple[str, str], ...]
    """Cut and group."""
    counts: Numbers
    base: Columns
    """The columns that add up to the base."""
    least: int
    ticks: Columns = ()
    """The columns of which each is at most the base."""
    told: tuple[Columns, ...] = ()
    """Sums of columns that another table shows of rows that are hidden here alone."""
    asked: frozenset[int] = frozenset()
    """The rows of which a reader knows how many were asked: all columns but ticks together."""
    _lines: list[Numbers] = field(default_factory=list, compare=False)

    def bases(self) -> Numbers:
        """The base of each row."""
        return np.asarray(self.counts[:, list(self.base)].sum(axis=1))

    def most_open(self, row: int, columns: Columns, wide: int) -> int:
        """How wide a hidden sum can be at most: no wider than what the whole has of it.

        Parameters
        ----------
        row, columns
            The row, and the columns that are summed.
        wide
            How wide it is to be.
        """
        whole = [n for n, one in enumerate(self.rows) if one[0] == ALL] or [row]
        summed = [c for c in range(self.counts.shape[1]) if c not in self.ticks]
        bound = self.counts[whole[0], list(columns)].sum()
        if row in self.asked:
            beside = [c for c in summed if c not in columns]
            bound = min(bound, self.counts[row, summed].sum(), self.counts[whole[0], beside].sum())
        return int(min(wide, bound))

    def lines(self) -> Sequence[Numbers]:
        """What adds up to the same: a row of signs for each, 1 and −1 for what is on either side.

        What somebody who is in no group adds to the whole is taken as known, so that a reader who
        knows it is kept out too.
        """
        if not self._lines:
            parts = [parted(*row) for row in self.rows]
            cuts = list(dict.fromkeys(tuple(part) for part in parts))
            for number, one in enumerate(cuts):
                for other in cuts[number + 1 :]:
                    common = [name for name in one if name in other]
                    if common or () in {one, other}:
                        self._lines.extend(self._between(parts, one, other, common))
        return self._lines

    def _between(
        self, parts: Sequence[dict[str, str]], one: Columns | tuple[str, ...],
        other: Columns | tuple[str, ...], common: Sequence[str],
    ) -> Iterator[Numbers]:  # fmt: skip
        found: dict[tuple[str, ...], Numbers] = {}
        for place, part in enumerate(parts):
            if (cut := tuple(part)) in {one, other}:
                key = tuple(part[name] for name in common)
                signs = found.setdefault(key, np.zeros(len(parts)))
                signs[place] = 1.0 if cut == one else -1.0
        yield from found.values()


@dataclass(slots=True)
class ReadersView:
    """A reader before a table of which some rows are hidden."""

    ledger: Ledger
    hidden: Sequence[int]
    """The rows that are hidden everywhere."""
    here: Sequence[int] = ()
    """The rows that are hidden in this table alone, or in part: their told sums are shown."""
    told: Mapping[int, Sequence[Columns]] = field(default_factory=dict)
    """The sums that are shown of a row that is hidden in part; of others those of the ledger."""
    _known: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        equal, sums = self._equalities()
        most, limits = self._limits()
        self._known = {
            "A_eq": equal, "b_eq": sums, "A_ub": most, "b_ub": limits, "method": "highs",
        }  # fmt: skip

    def narrow(self, aims: Sequence[tuple[int, Columns, int]]) -> tuple[int, Columns, int] | None:
        """The first aim that is not open as wide as it says, and how wide it is; None if all are.

        Parameters
        ----------
        aims
            A hidden row, the columns whose sum is to stay open, and how wide: 1 for two numbers.
        """
        if not aims:
            return None
        wanted = np.array([self._aim(row, columns) for row, columns, _ in aims])
        least = np.array([wide for _, _, wide in aims])
        low = high = wanted @ self._truth()
        open_now = np.zeros(len(aims), dtype=np.bool_)
        # One point that fits all that is shown is a witness for many counts at once.
        for _ in range(_WITNESSES):
            for sign in (1.0, -1.0):
                seen = wanted @ self._point(sign * wanted[~open_now].sum(axis=0))
                low, high = np.minimum(low, seen), np.maximum(high, seen)
            before = open_now.sum()
            open_now = _whole_width(low, high) >= least
            if open_now.all() or open_now.sum() == before:
                break
        for place in np.flatnonzero(~open_now).tolist():
            width = self.width(aims[place][0], aims[place][1])
            if width < least[place]:
                return (*aims[place][:2], width)
        return None

    def width(self, row: int, columns: Columns) -> int:
        """How many numbers beside one a hidden sum can be.

        Parameters
        ----------
        row, columns
            The hidden row, and the columns that are summed.
        """
        aim = self._aim(row, columns)
        ends = [aim @ self._point(sign * aim) for sign in (1.0, -1.0)]
        return int(_whole_width(np.array([ends[1]]), np.array([ends[0]]))[0])

    def _point(self, most: Numbers) -> Numbers:
        """The numbers that fit all that is shown and have most of something."""
        found = linprog(-most, bounds=(0, None), **self._known)
        return self._truth() if found.x is None else np.asarray(found.x)

    def _unknown(self) -> list[int]:
        return [*self.hidden, *self.here]

    def _truth(self) -> Numbers:
        return np.asarray(self.ledger.counts[self._unknown()].reshape(-1))

    def _aim(self, row: int, columns: Columns) -> Numbers:
        many = self.ledger.counts.shape[1]
        found = np.zeros(len(self._unknown()) * many)
        start = self._unknown().index(row) * many
        found[[start + column for column in columns]] = 1.0
        return found

    def _equalities(self) -> tuple[coo_array, Numbers]:
        many = self.ledger.counts.shape[1]
        unknown = self._unknown()
        rows: list[dict[int, float]] = []
        for signs in self.ledger.lines():
            there = [(place, signs[row]) for place, row in enumerate(unknown) if signs[row]]
            if there:
                rows += [{p * many + column: sign for p, sign in there} for column in range(many)]
        for place, row in enumerate(unknown):
            start = place * many
            if row in self.ledger.asked:
                every = [c for c in range(many) if c not in self.ledger.ticks]
                rows.append({start + column: 1.0 for column in every})
            if row in self.here:
                sums = self.told.get(row, self.ledger.told)
                rows += [{start + column: 1.0 for column in told} for told in sums]
        matrix = _sparse(rows, len(unknown) * many)
        return matrix, matrix @ self._truth()

    def _limits(self) -> tuple[coo_array | None, Numbers | None]:
        """What the reasons say of a base, and that nobody ticks who is in no base."""
        ledger, many = self.ledger, self.ledger.counts.shape[1]
        bases, rows, limits = ledger.bases(), [], []
        for place, row in enumerate(self._unknown()):
            small = bases[row] < ledger.least
            sign = 1.0 if small else -1.0
            rows.append({place * many + column: sign for column in ledger.base})
            limits.append(ledger.least - 1.0 if small else -float(ledger.least))
            for tick in ledger.ticks:
                inside = {place * many + column: -1.0 for column in ledger.base}
                rows.append({**inside, place * many + tick: 1.0})
                limits.append(0.0)
        return _sparse(rows, len(self._unknown()) * many), np.array(limits)


_WITNESSES = 8


def _whole_width(low: Numbers, high: Numbers) -> Numbers:
    """From the least to the greatest whole number between two ends."""
    return np.floor(high + _NEAR) - np.ceil(low - _NEAR)


def _sparse(rows: Sequence[dict[int, float]], width: int) -> coo_array:
    places = [(number, column) for number, row in enumerate(rows) for column in row]
    values = [value for row in rows for value in row.values()]
    numbers, columns = zip(*places, strict=True) if places else ((), ())
    return coo_array((values, (numbers, columns)), shape=(len(rows), width))
