"""How far a practice has come, as declared stages."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from remit.model.declaration import Declaration
from remit.model.remit import Id, Text


class PracticeStage(Declaration):
    """A stage: whether who is in it tries the practice, has it, or has ended it."""

    id: Id
    name: Text
    says: Text
    counts: Literal["nothing", "piloting", "having"] = Field(
        description="As what an organisation counts from since to until"
    )
    ends: bool = Field(default=False, description="Whether it says that the practice has ended")


class PracticeStages(Declaration):
    """The stages in their order."""

    schema_: Literal["remit/practice-stages/1"] = Field(alias="schema")
    source: Text
    verified: bool
    stages: Annotated[tuple[PracticeStage, ...], Field(min_length=1)]
