"""The assessment of a board's capability: how a framework declares it, and one as recorded."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from remit.model.declaration import WORDING, Declaration
from remit.model.organisation import SubjectKind

Text = Annotated[str, Field(min_length=1)]


class CapabilityDomain(Declaration):
    """One of the domains that a board assesses itself on."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    name: Text


class CapabilityEffect(Declaration):
    """What a rating does to the segment."""

    rating: Text
    no_better_than: int | None = None
    becomes: int | None = None
    why: Annotated[str, WORDING] = Field(description="One sentence that explains it to a board")

    @model_validator(mode="after")
    def _one_effect(self) -> CapabilityEffect:
        if (self.no_better_than is None) == (self.becomes is None):
            raise ValueError("give either `no_better_than` or `becomes`")
        return self


class Capability(Declaration):
    """How a framework rates capability; it moves a segment only by ``effects``."""

    name: Annotated[str, WORDING] = Field(description="What the framework calls it")
    kinds: Annotated[tuple[SubjectKind, ...], WORDING] = Field(
        min_length=1, description="Whose boards are assessed"
    )
    domains: Annotated[tuple[CapabilityDomain, ...], WORDING] = Field(min_length=1)
    ratings: Annotated[tuple[str, ...], WORDING] = Field(
        default=(), description="The words that a rating may have; none: any word is taken"
    )
    effects: tuple[CapabilityEffect, ...] = Field(
        default=(), description="How a rating enters the segment; none: it is shown apart"
    )
    verified: Annotated[bool, WORDING] = True
    note: Annotated[str, WORDING] = ""
    source: Annotated[str, WORDING] = ""


class Evidence(Declaration):
    """A document or a fact that a statement rests on."""

    title: Text
    reference: str = Field(default="", description="Where it is kept: a URL, a paper, a minute")
    dated: date | None = None


class DomainStatement(Declaration):
    """What a board says of itself in one domain."""

    domain: str = Field(description="The domain's identifier in the framework")
    rating: str = Field(default="", description="The board's own word, such as confirmed")
    statement: Text
    explanation: str = Field(default="", description="Why it is not confirmed, and what is done")
    evidence: tuple[Evidence, ...] = ()


class SelfAssessment(Declaration):
    """A board's assessment of itself, signed."""

    signed_by: Text
    signed_on: date
    domains: tuple[DomainStatement, ...] = Field(min_length=1)


class Remark(Declaration):
    """Something that others bring: the organisation's track record, a third party's view."""

    statement: Text
    source: Text = Field(description="Who says so, or where it stands")
    dated: date | None = None


class Rating(Declaration):
    """The overseer's rating, after self-assessment, track record and third parties."""

    word: Text
    rated_by: Text
    rated_on: date
    reasons: str = ""


class CapabilityRecord(Declaration):
    """One organisation's capability as recorded."""

    org: Text
    year: str = Field(default="", description="The year assessed, such as 2025/26")
    self_assessment: SelfAssessment
    track_record: tuple[Remark, ...] = ()
    third_party: tuple[Remark, ...] = ()
    rating: Rating | None = None

    @property
    def dated(self) -> date:
        """The day from which the record speaks: its last signature."""
        signed = self.self_assessment.signed_on
        return max(signed, self.rating.rated_on) if self.rating else signed


class CapabilityFile(Declaration):
    """A user's file of capability records."""

    schema_: Literal["remit/capability/1"] = Field(alias="schema")
    framework: str = Field(description="The framework whose domains are used")
    records: tuple[CapabilityRecord, ...] = Field(min_length=1)
