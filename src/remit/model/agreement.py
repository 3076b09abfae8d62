"""A user's own agreement on remits, as a file declares it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from remit.model.declaration import Declaration, split
from remit.model.remit import Id, Ids, Relation, Text, Texts


class AgreedEntry(Declaration):
    """One thing that the parties agreed: a body takes something on, or stops doing it."""

    body: Id
    functions: Ids
    relation: Relation
    stops: bool = Field(default=False, description="The body stops doing this")
    leads: bool = False
    says: Text

    @model_validator(mode="after")
    def _one_thing(self) -> AgreedEntry:
        if self.stops and self.leads:
            raise ValueError("a body cannot stop and lead; give `stops` or `leads`")
        if self.leads and not self.relation.may_lead:
            raise ValueError(f"`leads` does not go with {self.relation.value}")
        return self


Codes = Annotated[
    tuple[Annotated[str, Field(pattern=r"^[A-Z0-9]{3,8}$")], ...],
    Field(min_length=1),
    BeforeValidator(split, json_schema_input_type=str | list),
]


class AgreementFile(Declaration):
    """A user's own agreement, such as a memorandum of understanding, laid over the map."""

    schema_: Literal["remit/agreement/1"] = Field(alias="schema")
    title: Text
    between: Texts = Field(min_length=2, description="The parties")
    covers: Codes = Field(description="Codes of the organisations that it is about")
    agreed_on: date
    valid_from: date
    valid_to: date | None = None
    document: Text = Field(description="Where the signed document lies")
    entries: tuple[AgreedEntry, ...] = Field(description="Empty while nothing is filled in")

    @model_validator(mode="after")
    def _in_order(self) -> AgreementFile:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("`valid_to` lies before `valid_from`")
        return self

    def holds(self, on: date) -> bool:
        """Whether the agreement holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
