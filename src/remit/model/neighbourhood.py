"""The monthly return of a neighbourhood programme, as it is declared."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from remit.model.declaration import Declaration

_BAND = re.compile(r"(?P<low>\d+)(?:-(?P<high>\d+)|(?P<open>\+))")


class ReturnMark(Declaration):
    """What may stand in a cell in place of a number."""

    mark: str = Field(min_length=1)
    status: Literal["suppressed", "not_submitted"]
    note: str = Field("", description="What is told of it, where it is not the right mark")


class ReturnTemplate(Declaration):
    """A version of the template, known by its age bands."""

    version: str = Field(min_length=1)
    ages: tuple[str, ...] = Field(min_length=1)


class ReturnGroup(Declaration):
    """A factor by which counts are split; the categories of ages are those of the template."""

    id: Literal["age", "ethnicity", "deprivation"]
    heads: tuple[str, ...] = Field(min_length=1)
    categories: tuple[str, ...] = ()
    unknown: str = Field(min_length=1)


class ReturnMeasure(Declaration):
    """A count of the return; ``labels`` are what its row is called."""

    id: str
    name: str = ""
    labels: tuple[str, ...] = Field(min_length=1)


class ReturnOutcome(Declaration):
    """An outcome: one count, or the sum of several."""

    id: str
    name: str = Field(min_length=1)
    measures: tuple[ReturnMeasure, ...] = Field(min_length=1)


class ReturnMonths(Declaration):
    """The first day of the first month, and of the last."""

    first: date
    last: date


class NeighbourhoodFile(Declaration):
    """Places, months, measures and marks of a monthly return."""

    schema_: Literal["remit/neighbourhood/1"] = Field(alias="schema")
    id: str
    name: str = Field(min_length=1)
    source: str = Field(min_length=1)
    sheet: str = Field(min_length=1)
    months: ReturnMonths
    small: int = Field(ge=1, description="Counts above 0 and below this are to be suppressed")
    cohort: str = Field(min_length=1, description="What the rows of cohort sizes are called")
    marks: tuple[ReturnMark, ...]
    templates: tuple[ReturnTemplate, ...] = Field(min_length=1)
    groups: tuple[ReturnGroup, ...] = Field(min_length=1)
    outcomes: tuple[ReturnOutcome, ...] = Field(min_length=1)
    process: tuple[ReturnMeasure, ...] = ()
    places: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> NeighbourhoodFile:
        names = [one.id for one in (*self.measures, *self.process)]
        for what, given in (("measure", names), ("place", list(self.places))):
            twice = sorted({one for one in given if given.count(one) > 1})
            if twice:
                raise ValueError(f"the {what} {twice[0]} is there twice")
        return self

    @property
    def measures(self) -> tuple[ReturnMeasure, ...]:
        """The counts of all outcomes."""
        return tuple(measure for outcome in self.outcomes for measure in outcome.measures)


def ages_missing(bands: tuple[str, ...]) -> tuple[str, ...]:
    """Ages between the bands that are in none of them.

    >>> ages_missing(("60-69", "70-79", "85+"))
    ('80 to 84',)
    """
    missing, reached = [], None
    for band in bands:
        found = _BAND.fullmatch(band)
        if found is None:
            continue
        low = int(found["low"])
        if reached is not None and low > reached + 1:
            missing.append(f"{reached + 1} to {low - 1}" if low > reached + 2 else f"{low - 1}")
        reached = int(found["high"] or 10**3)
    return tuple(missing)
