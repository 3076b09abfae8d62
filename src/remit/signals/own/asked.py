"""What a user says of the columns of a file, so that nothing of it need be guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict


class MoreAsked(TypedDict, total=False):
    """What may be asked of columns beside their names; see :class:`AskedColumns`."""

    target: str | None
    sheet: str | None
    dates: str | None
    decimals: str | None


@dataclass(frozen=True, slots=True)
class AskedColumns:
    """The names of columns, in any case; None leaves Remit to find one.

    ``series`` may be several that name a series together. ``sheet`` is one of a workbook's;
    ``dates`` is ``day-first`` or ``month-first``, where the file does not tell; ``decimals`` is
    ``point`` or ``comma``, where ``1.490`` could be a thousand and more. ``one_of`` are names of
    which a header has one.
    """

    series: tuple[str, ...] = ()
    date: str | None = None
    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    target: str | None = None
    sheet: str | None = None
    dates: str | None = None
    decimals: str | None = None
    one_of: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names that are given."""
        told = (self.date, self.value, self.numerator, self.denominator, self.target)
        return (*self.series, *(name for name in told if name is not None))
