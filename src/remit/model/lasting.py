"""When somebody is called a lasting positive deviant, as declared."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from remit.model.declaration import Declaration


class AssumedMemory(Declaration):
    """How alike two periods in a row are taken to be where too few tell it."""

    below_periods: int = Field(ge=3)
    correlation: float = Field(ge=0, lt=1)


class PriorPoints(Declaration):
    """The points on which the spread of true differences is drawn, and how long it is bettered."""

    least: int = Field(ge=21)
    most: int = Field(ge=21)
    rounds: int = Field(ge=0, description="0 leaves it the normal curve that it begins as")


class LastingRules(Declaration):
    """All that is declared of the search."""

    schema_: Literal["remit/lasting-rules/1"] = Field(alias="schema")
    source: str
    verified: bool
    top: float = Field(gt=0, lt=0.5, description="The share that counts as the top")
    probability: float = Field(
        gt=0, lt=1, description="How probable it must at least be that somebody is among the top"
    )
    error: float = Field(
        gt=0,
        lt=0.5,
        description="How rarely chance may put one of no difference so far ahead, over all metrics",
    )
    differences: float = Field(
        gt=0,
        lt=0.5,
        description="How rarely chance alone may spread organisations so, over all metrics",
    )
    both_halves: bool = Field(
        description="Whether one must be ahead in the first and in the second half of its periods"
    )
    least_periods: int = Field(ge=2)
    least_organisations: int = Field(ge=3)
    memory: AssumedMemory
    points: PriorPoints
