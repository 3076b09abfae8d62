"""Metrics: what is measured, in which unit, and which way is better."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, model_validator

from remit.model.declaration import WHEN_SET, WORDING, Declaration

SHARE_RANGE = (0.0, 100.0)
"""The lowest and the highest percentage that a part of a whole can be."""


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
        return " and ".join(said).replace("-", "−") or "any other value"

    def toward(self, better: Better) -> float | None:
        """The one number that a value is to reach on its better side, or None."""
        if better is Better.HIGHER:
            return self.at_least if self.at_least is not None else self.above
        if better is Better.LOWER:
            return self.at_most if self.at_most is not None else self.below
        return None


class Standard(Declaration):
    """A standard that a metric is held against, and while it is in force."""

    bound: Bound
    valid_from: date | None = None
    valid_to: date | None = None
    source: str
    is_floor: Annotated[bool, WORDING, WHEN_SET] = Field(
        default=False,
        description="Whether it is no standard, but a framework's floor: below it is the worst "
        "score",
    )


MeasureId = Annotated[str, Field(pattern=r"^-?[a-z0-9-]+\.[a-z0-9-]+\??$")]
"""A count that a reader yields, ``<publication>.<words-with-dashes>``.

A leading ``-`` subtracts it. A trailing ``?`` says that an organisation or a month without a
figure of it is in order (a column that came later, a service that few have): it counts as nothing.
"""


class MeasureUse(NamedTuple):
    """How a metric uses one measure: with which sign, and whether it may be absent."""

    measure: str
    sign: int
    optional: bool


class Frequency(StrEnum):
    """How often a metric has a point."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def uses_of(written: Iterable[str]) -> tuple[MeasureUse, ...]:
    """``("ae.all", "-ae.late", "ae.new?")`` as measures with their sign and whether optional."""
    return tuple(
        MeasureUse(text.strip("-?"), -1 if text.startswith("-") else 1, text.endswith("?"))
        for text in written
    )


class Metric(Declaration):
    """One metric of the catalogue.

    A metric with a ``numerator`` is made from published counts, afresh for each organisation,
    area and period; one without is read as published.
    """

    id: str = Field(pattern=r"^[A-Za-z0-9_.-]+$", description="The identifier that files use")
    name: Annotated[str, WORDING] = Field(description="The metric in plain words")
    short: Annotated[str, WORDING, WHEN_SET] = Field(
        default="", description="A short name for cells and lists; `name` where there is none"
    )
    unit: str = Field(description="The unit of the values as published: percent, rate, days …")
    better: Better = Field(description="Which way is better; required, there is no default")
    better_known: Annotated[bool, WHEN_SET] = Field(
        default=True,
        description="False where nobody says which way is better: `better` is then neutral",
    )
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
    share: Annotated[bool, WORDING, WHEN_SET] = Field(
        default=False, description="Whether it is a part of a whole: from 0 to 100 per cent"
    )
    standard: Standard | None = Field(default=None, description="The national standard, if any")
    why_it_matters: Annotated[str, WORDING] = Field(description="One sentence for a board")
    source: Annotated[str, WORDING] = Field(description="Where the definition stands")
    numerator: Annotated[tuple[MeasureId, ...], WHEN_SET] = Field(
        default=(),
        description="Measures that are added up; a leading - subtracts, a trailing ? may be absent",
    )
    denominator: Annotated[tuple[MeasureId, ...], WHEN_SET] = Field(
        default=(), description="Measures to divide by; none for a plain count"
    )
    scale: Annotated[float, WHEN_SET] = Field(
        default=1.0, gt=0, description="What the ratio is multiplied by: 100 for per cent"
    )
    frequency: Annotated[Frequency | None, WHEN_SET] = Field(
        default=None, description="How often there is a point: day, month, quarter, year"
    )
    over_time: Annotated[Literal["sum", "mean"], WHEN_SET] = Field(
        default="sum",
        description="How counts that come more often than the points are joined: "
        "sum for events, mean for what is counted at a moment",
    )
    denominator_period: Annotated[Literal["same", "latest"], WHEN_SET] = Field(
        default="same",
        description="latest: a base that is published rarely, such as a population, holds until "
        "the next",
    )
    standards: Annotated[tuple[Standard, ...], WHEN_SET] = Field(
        default=(),
        description="Standards of a metric of one's own by date, oldest first; those of the "
        "catalogue's metrics are declared among the targets",
    )
    if_held: Annotated[bool, WORDING, WHEN_SET] = Field(
        default=False,
        description="Whether few can have it, such as an answer in a survey of one's own: where no "
        "figure is held a report of all metrics leaves it out, and misses nothing",
    )
    valid_from: Annotated[date | None, WHEN_SET] = Field(
        default=None, description="The first day that its figures are published for, if known"
    )
    valid_to: Annotated[date | None, WHEN_SET] = Field(
        default=None,
        description="The last day that its figures were published for, where it has ended",
    )

    @property
    def is_computed(self) -> bool:
        """Whether it is made from counts rather than read as published."""
        return bool(self.numerator)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures it is made from, each once and without its sign."""
        uses = (*uses_of(self.numerator), *uses_of(self.denominator))
        return tuple(dict.fromkeys(use.measure for use in uses))

    @property
    def needed(self) -> tuple[str, ...]:
        """The measures that it cannot do without; where all may be absent, all of them."""
        uses = (*uses_of(self.numerator), *uses_of(self.denominator))
        return tuple(dict.fromkeys(u.measure for u in uses if not u.optional)) or self.measures

    @property
    def all_standards(self) -> tuple[Standard, ...]:
        """The standards that its own file gives it."""
        return (*((self.standard,) if self.standard else ()), *self.standards)

    def covers(self, day: date) -> bool:
        """Whether there can be figures for a period that ends on a day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    @model_validator(mode="after")
    def _counts_belong_together(self) -> Metric:
        if self.denominator and not self.numerator:
            raise ValueError("a denominator needs a numerator; add it")
        if self.numerator and self.frequency is None:
            raise ValueError("a metric made from counts needs its frequency: day, month, …")
        return self

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Metric:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from; give the first and the last day")
        return self


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
    framework: str | None = Field(
        default=None,
        description="The framework whose publication prints the scores (`score_id`) and results "
        "named here; no other framework takes them",
    )
    later_frameworks: tuple[str, ...] = Field(
        default=(),
        description="The frameworks of later years whose publication uses the same identifiers: "
        "what it prints for a quarter is that one's which is in force in it",
    )
    metrics: tuple[Metric, ...]
    results: tuple[PublishedResult, ...] = ()
