"""Segments that are set by judgement: who judged, when, and on what evidence."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from remit.model.capability import Evidence, Text
from remit.model.declaration import Declaration


class Judgement(Declaration):
    """One organisation's segment as somebody judged it."""

    org: Text
    segment: int
    judged_by: Text = Field(description="Who decided: a name or an office")
    judged_on: date
    valid_from: date | None = Field(
        default=None, description="First day on which it holds; left out: the day of judgement"
    )
    valid_to: date | None = Field(default=None, description="Last day; left out while it holds")
    reasons: Text = Field(description="Why this segment, in a sentence or two")
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    support: str = Field(default="", description="The support that was agreed")

    @model_validator(mode="after")
    def _in_order(self) -> Judgement:
        if self.valid_to is not None and self.valid_to < self.starts:
            raise ValueError("`valid_to` lies before the judgement begins to hold")
        return self

    @property
    def starts(self) -> date:
        """The first day on which the judgement holds."""
        return self.valid_from or self.judged_on

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.starts <= on and (self.valid_to is None or on <= self.valid_to)


class JudgementFile(Declaration):
    """A user's file of judgements."""

    schema_: Literal["remit/judgements/1"] = Field(alias="schema")
    framework: str = Field(description="The framework that the segments belong to")
    judgements: tuple[Judgement, ...] = Field(min_length=1)
