"""Metrics: what is measured, in which unit, and which way is better."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Declaration(BaseModel):
    """Base of all declared things: frozen, and no key beyond those that are defined."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Wording:
    """Marks a key that explains but does not score (see ``catalogue.framework_hashes``)."""


WORDING = Wording()


class WhenSet:
    """Marks a key that is left out of the hashes while it has its default.

    A feature that is added to the model then changes no hash of a framework without it.
    """


WHEN_SET = WhenSet()


class Better(StrEnum):
    """Which way a metric improves."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Bound(Declaration):
    """A condition on a value; the keys that are given must all hold."""

    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None

    @property
    def words(self) -> str:
        """The condition in words, or "any other value"."""
        pairs = (
            ("at least", self.at_least),
            ("above", self.above),
            ("at most", self.at_most),
            ("below", self.below),
        )
        said = [f"{word} {number:g}" for word, number in pairs if number is not None]
        return " and ".join(said) or "any other value"


class Standard(Declaration):
    """A standard that a metric is held against, and while it is in force."""

    bound: Bound
    valid_from: date | None = None
    valid_to: date | None = None
    source: str


class Metric(Declaration):
    """One metric of the catalogue."""

    id: str = Field(pattern=r"^[A-Za-z0-9_.-]+$", description="The identifier that files use")
    name: Annotated[str, WORDING] = Field(description="The metric in plain words")
    unit: str = Field(description="The unit of the values as published: percent, rate, days …")
    better: Better = Field(description="Which way is better; required, there is no default")
    score_id: str | None = Field(
        default=None, description="The identifier of its published score, where there is one"
    )
    other_units: tuple[str, ...] = Field(
        default=(), description="Units in which some organisations' rows are given instead"
    )
    sub_domain: Annotated[str, WORDING] = Field(
        default="", description="The sub-domain as published"
    )
    horizon: Literal["today", "tomorrow"] = Field(
        description="Whether it speaks of today's operations or of tomorrow's health"
    )
    aim: Literal["population_health", "inequalities", "productivity", "social_economic", "none"] = (
        Field(description="Which of the four aims of an ICB it serves most")
    )
    setting: str = Field(description="Where the care is given: hospital, community, any …")
    standard: Standard | None = Field(default=None, description="The national standard, if any")
    why_it_matters: Annotated[str, WORDING] = Field(description="One sentence for a board")
    source: Annotated[str, WORDING] = Field(description="Where the definition stands")


class PublishedResult(Declaration):
    """A result that the publication gives beside its metrics: a domain score, a segment, a flag."""

    id: str
    name: Annotated[str, WORDING] = Field(description="The result in plain words")
    unit: Literal["score", "segment", "flag", "rank"]


class MetricFile(Declaration):
    """A file of the metric catalogue."""

    schema_: Literal["remit/metrics/1"] = Field(alias="schema")
    id: str
    source: str
    metrics: tuple[Metric, ...]
    results: tuple[PublishedResult, ...] = ()
