"""How often ranges held a truth that was known, as it was measured."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from remit.model.declaration import Declaration
from remit.model.likely import LikelyMethod

Percents = Annotated[tuple[float, ...], Field(min_length=1)]


class MeasuredCoverage(Declaration):
    """Per cent of ranges that held the truth, with a number of scores, for each spread of them."""

    scores: int = Field(ge=2)
    published: Percents
    expanded: Percents

    def of(self, method: LikelyMethod) -> tuple[float, ...]:
        """Of one method."""
        return self.published if method == "published" else self.expanded


class Coverage(Declaration):
    """What was measured, on how much, and how good it is."""

    schema_: Literal["remit/coverage/1"] = Field(alias="schema")
    id: str
    source: str
    promised: int = Field(description="Per cent of ranges that should hold the truth")
    trusts: int = Field(description="Made-up trusts behind each figure")
    replicates: int = Field(description="Draws for each of them")
    good_to: float = Field(description="Points by which a figure may be off")
    spreads: tuple[str, ...] = Field(
        description="How the scores were spread, in the order of figures"
    )
    measured: tuple[MeasuredCoverage, ...] = Field(min_length=1)

    def between(self, fewest: int, most: int, method: LikelyMethod) -> tuple[float, float]:
        """The least and the most that was measured with so many scores.

        A number of scores that was not measured is taken to lie between its neighbours; beyond the
        ends the end stands.

        Parameters
        ----------
        fewest, most
            Numbers of scores, both included.
        method
            Of which ranges.

        Examples
        --------
        >>> from remit.catalogue import load_coverage
        >>> load_coverage().between(9, 9, "published")
        (90.9, 91.9)
        """
        numbers = [one.scores for one in self.measured]
        low = max((n for n in numbers if n <= fewest), default=numbers[0])
        high = min((n for n in numbers if n >= most), default=numbers[-1])
        found = [
            percent
            for one in self.measured
            if low <= one.scores <= high
            for percent in one.of(method)
        ]
        return min(found), max(found)
