"""How a system's performance enters the score of its ICB."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from remit.model.declaration import WORDING, Declaration


class SystemAdjustment(Declaration):
    """How the system's performance enters an ICB's score.

    ``adjusted = (1 - weight) x own score + weight x system score``
    """

    basis: Literal["trusts", "metrics"] = Field(
        description="trusts: the system score is the mean of the average scores of the trusts "
        "that the ICB leads on; metrics: the mean of the ICB's scores on the metrics named"
    )
    metrics: tuple[str, ...] = Field(
        default=(), description="The system-level metrics; they leave the ICB's own score"
    )
    weight: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="The system's share of the score; left out where it is not known: it is "
        "then an input, and without it no score is adjusted",
    )
    verified: Annotated[bool, WORDING] = True
    note: Annotated[str, WORDING] = ""

    @model_validator(mode="after")
    def _metrics_where_needed(self) -> SystemAdjustment:
        if (self.basis == "metrics") != bool(self.metrics):
            raise ValueError("`metrics` goes with basis: metrics, and is needed there")
        return self
