"""The months of the sample's monthly publications."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from remit.sample.region import MERGER

_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    @property
    def name(self) -> str:
        """``April``."""
        return _NAMES[self.number - 1]

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return monthrange(self.year, self.number)[1]

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, self.days)

    @property
    def quarter(self) -> int:
        """The quarter of 2025/26 whose story the month tells; earlier months tell the first."""
        if self < Month(2025, 4):
            return 1
        return 4 if self.year == 2026 else (self.number - 1) // 3

    @property
    def before_the_merger(self) -> bool:
        """Whether the two community trusts are still two."""
        return self.first < MERGER

    def later(self, months: int) -> Month:
        """The month so many months later."""
        number = self.year * 12 + self.number - 1 + months
        return Month(number // 12, number % 12 + 1)

    def published(self, days: int) -> date:
        """A day of publication, so many days after the month's end."""
        return self.last + timedelta(days=days)


def months(first: Month, last: Month) -> Iterator[Month]:
    """All months from the first to the last, both included."""
    month = first
    while month <= last:
        yield month
        month = month.later(1)
