"""Measures of a shift of care from published files, and the frameworks that name them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from remit.model.declaration import Declaration, FrameworkSource
from remit.model.metric import Frequency, MeasureId
from remit.model.organisation import TrustKind

MetricId = Annotated[str, Field(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$")]


class ShiftCounts(Declaration):
    """What a measure is made of: published counts above and, of a share, below the line."""

    numerator: tuple[MeasureId, ...] = Field(min_length=1)
    denominator: tuple[MeasureId, ...] = Field(
        default=(), description="None where the measure is held against people"
    )
    kinds: tuple[TrustKind, ...] = Field(
        default=(),
        description="Of trusts of these kinds only, above the line; below it all trusts stand",
    )
    frequency: Frequency = Frequency.MONTH
    over_time: Literal["sum", "mean"] = Field(
        description="How the periods of a year are joined: sum for events, mean for what is "
        "counted at a moment"
    )
    denominator_period: Literal["same", "latest"] = Field(
        default="same", description="latest: what is below the line holds until the next"
    )
    groups: tuple[str, ...] = Field(
        default=(), description="Dimensions by which the publication parts it, such as age"
    )


class ShiftGate(Declaration):
    """What a measure must have before anybody is held against anybody."""

    least_periods: int = Field(
        ge=1, description="How many periods of the year an area must have, of 12 or 4"
    )
    least_areas: float = Field(
        default=0.9, gt=0, le=1, description="The share of ICBs that must have a figure"
    )
    least_members: float = Field(
        default=0.95,
        gt=0,
        le=1,
        description="The share of an area's members that must be in its sum, on average",
    )
    most_step: float | None = Field(
        default=None,
        gt=1,
        description="How many times its lowest period the highest of an area may be in a year: "
        "beyond that its recording has changed; none where that is no sign of it",
    )
    most_spread: float | None = Field(
        default=None,
        gt=1,
        description="How many times the lowest the highest ICB may be: beyond that it is "
        "recording that differs; none where a spread is no sign of that",
    )
    why: str = Field(description="Why these bounds, in one sentence")


class RecordingChange(Declaration):
    """A day from which figures are recorded otherwise: none before is held against one after."""

    since: date
    what: str
    source: str


class ShiftMeasure(Declaration):
    """One measure: what it is, what it needs, and what must be there before it is shown."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    side: Literal["hospital", "community", "prevention"] = Field(
        description="Which side of the shift it watches"
    )
    horizon: Literal["today", "tomorrow"]
    towards: Literal["higher", "lower", "neutral"] = Field(
        description="Which way it goes where care moves closer to home; there is no default"
    )
    definition: str
    numerator: str = Field(description="In words")
    denominator: str = Field(description="In words")
    source: str = Field(description="The publication, with its address")
    unit: str = Field(description="As it is printed beside the value")
    scale: float = Field(default=1.0, gt=0)
    counts: ShiftCounts | None = Field(
        default=None, description="None where no file of it has been seen"
    )
    whose: Literal["residents", "trusts"] = Field(
        default="residents",
        description="residents: of the people of the area; trusts: of the trusts that the ICB "
        "leads on, whoever their patients are",
    )
    per_people: bool = Field(default=False, description="Whether it is held against people")
    need: MetricId | None = Field(
        default=None, description="The population weighted by need that it can be held against"
    )
    gate: ShiftGate | None = None
    changes: tuple[RecordingChange, ...] = ()
    needs: str = Field(
        default="", description="What is needed before it can be read; blank where it is read"
    )
    note: str = Field(default="", description="What a reader must know")

    @property
    def is_read(self) -> bool:
        """Whether a file of it is read."""
        return self.counts is not None

    @model_validator(mode="after")
    def _is_read_or_needs(self) -> ShiftMeasure:
        if (self.counts is None) != bool(self.needs):
            raise ValueError("say what it is made of (counts), or what it needs; not both")
        if (self.counts is None) != (self.gate is None):
            raise ValueError("what is read has a gate, and only that")
        return self

    @model_validator(mode="after")
    def _is_held_against_one_thing(self) -> ShiftMeasure:
        if self.counts and self.per_people == bool(self.counts.denominator):
            raise ValueError("a measure has a denominator or is held against people; say one")
        if self.need and not self.per_people:
            raise ValueError("a need weight is for what is held against people (per_people)")
        return self


class ShiftMeasureFile(Declaration):
    """The measures, each once; frameworks name them."""

    schema_: Literal["remit/shift-measures/1"] = Field(alias="schema")
    id: str
    population: tuple[MeasureId, ...] = Field(
        min_length=1, description="Who a figure per head is held against: the first that is there"
    )
    registered: MetricId = Field(description="The heads that populations weighted by need are of")
    measures: tuple[ShiftMeasure, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> ShiftMeasureFile:
        ids = [measure.id for measure in self.measures]
        if len(ids) != len(set(ids)):
            raise ValueError("a measure is declared twice")
        return self


class ShiftFramework(Declaration):
    """A named set of measures of the shift; it has no weights."""

    schema_: Literal["remit/shift-framework/1"] = Field(alias="schema")
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    summary: str
    sources: tuple[FrameworkSource, ...] = Field(min_length=1)
    measures: tuple[str, ...] = Field(min_length=1)
    known_limits: tuple[str, ...] = ()


class ShiftComposite(Declaration):
    """A user's own weights of measures; Remit has none."""

    schema_: Literal["remit/shift-composite/1"] = Field(alias="schema")
    name: str
    by_need: bool = Field(
        default=True, description="Whether measures that have a need weight are taken by need"
    )
    weights: dict[str, Annotated[float, Field(gt=0)]] = Field(
        min_length=2, description="Measure → how much it weighs; only their proportions count"
    )
