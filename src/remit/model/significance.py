"""What an overseer says of movement between quarters: its own test, as far as it is known."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from remit.model.declaration import Declaration, FrameworkSource


class PrintedChanges(Declaration):
    """How many organisations changed segment between two quarters, as the overseer counts them."""

    before: str
    after: str
    changes: int = Field(ge=0, description="Organisations whose segment changed")
    by_override: int = Field(ge=0, description="Of these: through an override")
    significant: int = Field(ge=0, description="Of these: with a significant change of the average")
    not_significant: int = Field(ge=0, description="Of these: the rest")
    significant_without_change: int = Field(
        ge=0, description="Organisations that changed significantly and kept their segment"
    )
    mean_score: float | None = None
    mean_change: float | None = None
    verified: bool = True

    @model_validator(mode="after")
    def _sums(self) -> PrintedChanges:
        if self.by_override + self.significant + self.not_significant != self.changes:
            raise ValueError(
                "by_override, significant and not_significant do not sum to changes; see the source"
            )
        return self


class MovementTest(Declaration):
    """An overseer's test of movement for one framework, with what is not known of it."""

    schema_: Literal["remit/significance/1"] = Field(alias="schema")
    id: str
    framework: str = Field(description="The framework whose quarters it is of")
    name: str
    known: str = Field(description="What is known of it, in one sentence")
    not_known: tuple[str, ...] = ()
    sources: tuple[FrameworkSource, ...] = Field(min_length=1)
    printed: tuple[PrintedChanges, ...] = ()

    def between(self, before: str, after: str) -> PrintedChanges | None:
        """The counts of two quarters, where they are known."""
        return next(
            (one for one in self.printed if (one.before, one.after) == (before, after)), None
        )
