"""How long records are kept, by class, as it is declared."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from remit.model.declaration import Declaration


class RetentionClass(Declaration):
    """How long records of one class are kept after somebody last wrote to them."""

    id: str = Field(pattern=r"^[a-z][a-z-]*$")
    name: str = Field(min_length=1)
    months: int = Field(ge=1, le=1200)
    says: str = Field(min_length=1, description="What belongs to it, and from when it counts")
    source: str = Field(min_length=1)
    verified: bool = Field(description="False where the source itself was not seen")


class RetentionFile(Declaration):
    """The classes of a schedule."""

    schema_: Literal["remit/retention/1"] = Field(alias="schema")
    classes: tuple[RetentionClass, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> RetentionFile:
        names = [one.id for one in self.classes]
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            raise ValueError(f"a class is declared once; twice: {', '.join(doubled)}")
        return self
