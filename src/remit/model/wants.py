"""What an ask wants, whatever it is about, as declarations."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from remit.model.declaration import Declaration
from remit.model.sender import Cue


class WantsFile(Declaration):
    """The cues by which it is told what is wanted of a matter."""

    schema_: Literal["remit/wants/1"] = Field(alias="schema")
    source: str
    numbers: tuple[Cue, ...] = Field(description="A number that was counted")
    held: tuple[Cue, ...] = Field(description="What only the organisation itself can give")
    narrative: tuple[Cue, ...] = Field(description="Reasons, lessons, actions")
    finer: tuple[Cue, ...] = Field(description="A cut finer than anything published")
    chases: tuple[Cue, ...] = Field(description="What was asked for before is asked for again")


class AnswerModel(Declaration):
    """The weights by which it is told how sure it is that a publication answers an ask.

    A logistic regression on the named features; each feature is divided by nothing and centred by
    nothing, so that a reason can be read off it.
    """

    schema_: Literal["remit/answer-model/1"] = Field(alias="schema")
    fitted_on: str
    method: str
    measured: dict[str, str] = Field(description="What was seen on asks that were not fitted")
    weights: dict[str, float]
    sure_from: float = Field(gt=0, lt=1)
    perhaps_from: float = Field(gt=0, lt=1)
