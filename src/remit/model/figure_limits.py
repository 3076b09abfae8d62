"""What a published figure can be, by its unit."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from remit.model.declaration import Declaration


class FigureLimit(Declaration):
    """The lowest and the highest figure of a unit.

    ``whole`` allows no fraction. ``written_out`` allows no power of ten: ``1.2E+05`` is what a
    spreadsheet leaves of a count whose last digits are lost. ``percent_sign`` allows one behind the
    figure; on any other it says that another column has slipped in.
    """

    unit: str = Field(min_length=1)
    low: float
    high: float
    whole: bool = False
    written_out: bool = False
    percent_sign: bool = False

    @property
    def in_words(self) -> str:
        """What a figure of the unit must be."""
        named = self.unit in {"score", "segment", "flag", "rank", "count", "rate"}
        what = f"a {self.unit}" if named else f"a figure in {self.unit}"
        whole = "a whole number " if self.whole else ""
        if self.low == 0 and not whole:
            return f"{what} must not be negative, nor above {self.high:,.0f}"
        return f"{what} must be {whole}from {self.low:,.0f} to {self.high:,.0f}"


class FigureLimits(Declaration):
    """The limits of all units; no figure of any other unit is larger than ``other``.

    ``first_year`` and ``last_year`` are those of a user's own lists, both included.
    """

    schema_: Literal["remit/figure-limits/1"] = Field(alias="schema")
    source: str
    limits: tuple[FigureLimit, ...]
    other: float = Field(gt=0)
    first_year: int = Field(ge=1)
    last_year: int = Field(le=9999)
