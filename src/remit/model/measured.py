"""How often something was right on asks that had not been seen, as declarations."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from remit.model.declaration import Declaration
from remit.model.remit import Text


class SureFile(Declaration):
    """How often what the matcher is sure of was right: written by the tool that measures it."""

    schema_: Literal["remit/sure/1"] = Field(alias="schema")
    on: date = Field(description="The day on which it was measured")
    sets: Text = Field(description="The labelled asks on which it was measured")
    method: Text = Field(description="What makes them unseen, in a sentence")
    tool: Text = Field(description="The program that wrote this file")
    asks: int = Field(gt=0, description="How many labelled asks there were")
    right: int = Field(ge=0, description="How many of those that it was sure of were right")
    of: int = Field(gt=0, description="Of how many asks it was sure")
    low: float = Field(ge=0, le=1, description="The lower end of the 95% interval (Wilson)")
    high: float = Field(ge=0, le=1, description="The upper end")

    @model_validator(mode="after")
    def _whole(self) -> SureFile:
        if not self.right <= self.of <= self.asks:
            raise ValueError("`right`, `of` and `asks` must not fall")
        if not self.low <= self.right / self.of <= self.high:
            raise ValueError("the share must lie in its interval")
        return self
