"""What people write of practices: what each is, and who took it up from when on."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from remit.model.annual_records import Name, Names, Written
from remit.model.declaration import Declaration
from remit.model.remit import Text

Who = Literal["trusts", "acute", "ambulance", "mental_health_community", "icbs"]
"""Which organisations could have a practice: all trusts, those of one kind, or ICBs."""


class PracticeEvidence(Declaration):
    """What speaks for a practice, or against it, and where that can be looked up."""

    what: Text
    source: Written = Field(default="", description="Document and page, or an address on the web")


class Practice(Declaration):
    """A practice: what is done, against what, and how far it has come."""

    id: Name
    name: Text
    what: Text = Field(description="What is done, so that another could do it")
    problem: str = Field(default="", description="What it is done against")
    aim: str = Field(default="", description="What should become better, in plain words")
    metrics: Names = Field(default=(), description="The metrics of the catalogue that should move")
    stage: Name = Field(description="How far it has come: a declared stage")
    who: Who = Field(default="trusts", description="Which organisations could have it")
    within: str = Field(default="", description="Only those of this region or ICB, by its code")
    evidence: tuple[PracticeEvidence, ...] = ()
    cost: str = Field(default="", description="What it costs, of money and of time")
    contact: str = Field(default="", description="A role to ask, never a person's name")
    source: Written = Field(default="", description="Where this description is from")

    @model_validator(mode="before")
    @classmethod
    def _of_one_row(cls, value: Any) -> Any:
        """In a row of CSV one item of evidence stands in two cells."""
        if not isinstance(value, dict) or not isinstance(value.get("evidence", ()), str):
            return value
        given = dict(value)
        item = {"what": given.pop("evidence"), "source": given.pop("evidence_source", "")}
        return {**given, "evidence": [item]}


class PracticeAdoption(Declaration):
    """One organisation that has, tries or had a practice, from when to when."""

    practice: Name
    code: Written
    since: Written = Field(description="A day, month, quarter or year")
    until: Written = Field(default="", description="The same; left out while it lasts")
    stage: Name
    source: Written = Field(default="", description="Where it says so")


class PracticeFile(Declaration):
    """``practices.yaml``: practices, and adoptions where they stand in no file of their own."""

    schema_: Literal["remit/practices/1"] = Field(alias="schema")
    known_words: tuple[str, ...] = Field(
        default=(), description="Words that look like somebody's name and are none"
    )
    practices: tuple[Practice, ...] = ()
    adoptions: tuple[PracticeAdoption, ...] = ()
