"""How the effect of a practice that spread is told, and when it is not, as declared."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from remit.model.declaration import Declaration


class SpreadRules(Declaration):
    """Windows, controls and limits of the comparison of adopters with those who had not adopted.

    Windows are counted in months, since a figure may come by month, quarter or year.
    """

    schema_: Literal["remit/spread-rules/1"] = Field(alias="schema")
    source: str
    verified: bool
    skipped_months: int = Field(
        ge=0,
        description="Before adoption, left out of the base: adopters may have been chosen by it",
    )
    base_months: int = Field(
        gt=0, description="Before those, what an organisation is compared with"
    )
    after_months: int = Field(gt=0, description="From adoption on, over what the effect is told")
    controls: Literal["not_yet", "never"] = Field(
        description="not_yet: whoever had not adopted by that period; never: who never did"
    )
    least_adopters: int = Field(ge=2)
    least_controls: int = Field(ge=2)
    confidence: float = Field(gt=0.5, lt=1)
    look: float = Field(
        gt=0, lt=0.5, description="How rare by chance a look at the years before is"
    )
    draws: int = Field(ge=19, description="Times that adoption is dealt out anew")
    seed: int
    least_before: int = Field(ge=2, description="For one adopter: periods before, at least")
    least_donors: int = Field(ge=2, description="For one adopter: organisations to draw on")
    unlike: float = Field(
        gt=0,
        description="For one adopter: its miss before adoption, in spreads between organisations",
    )
