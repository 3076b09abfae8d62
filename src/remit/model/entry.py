"""The catalogue of what is collected and published, as declarations.

An entry is one publication, audit, register or collection, under the name that people use when
they ask for it; topics on which nothing is published have entries too, so that a match can be no.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from remit.model.declaration import Declaration

NOT_VERIFIED = "not verified"
"""What stands for a source where none has been seen."""


class EntryKind(StrEnum):
    """What an entry is, and so whether figures can be had of it."""

    PUBLICATION = "publication"
    AUDIT = "audit"
    REGISTER = "register"
    COLLECTION = "collection"
    """Collected and not published."""
    PORTAL = "portal"
    """For staff of the NHS only."""
    NONE = "none"
    """Nothing is collected nationally."""

    @property
    def answers(self) -> bool:
        """Whether anybody can read figures of it.

        >>> EntryKind.AUDIT.answers, EntryKind.PORTAL.answers
        (True, False)
        """
        return self in {EntryKind.PUBLICATION, EntryKind.AUDIT, EntryKind.REGISTER}


class Level(StrEnum):
    """For whom a figure is published."""

    WARD = "ward"
    UNIT = "unit"
    SITE = "site"
    TRUST = "trust"
    PRACTICE = "practice"
    PCN = "pcn"
    PHARMACY = "pharmacy"
    SUB_ICB = "sub-icb"
    ICB = "icb"
    COUNCIL = "council"
    PRISON = "prison"
    REGION = "region"
    ENGLAND = "england"


MeasureUnit = Literal["count", "share", "time", "money", "score"]


class Measure(Declaration):
    """One thing that is counted, in the words of the publication."""

    says: str = Field(min_length=1, description="As one would ask for it")
    unit: MeasureUnit
    cuts: tuple[str, ...] = Field(default=(), description="Blank: those of the entry")
    levels: tuple[Level, ...] = Field(default=(), description="Blank: those of the entry")
    metrics: tuple[str, ...] = Field(
        default=(), description="Remit's metrics that hold its figures, the most telling first"
    )


class Lag(Declaration):
    """How long after the end of a period its figures come out."""

    days: int = Field(ge=0)
    seen: bool = Field(description="Whether a dated release was seen; else from memory")


class CatalogueEntry(Declaration):
    """A publication or collection; or a topic on which nothing is published."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    kind: EntryKind
    spoken: tuple[str, ...] = Field(default=(), description="What people call it when they ask")
    measures: tuple[Measure, ...] = ()
    cuts: tuple[str, ...] = Field(default=(), description="By what its figures are split")
    levels: tuple[Level, ...] = Field(default=(), description="For whom it has figures")
    levels_not_verified: tuple[Level, ...] = Field(
        default=(), description="For whom it may have figures; nobody has looked"
    )
    finest_level: str | None = Field(default=None, description="The same in words")
    not_in_it: tuple[str, ...] = Field(
        default=(), description="What is often asked of it and is not there"
    )
    excludes: tuple[str, ...] = Field(
        default=(),
        description="Services, groups of people or bases that it leaves out: it answers nobody "
        "who asks for these",
    )
    cadence: str | None = None
    first: date | None = Field(
        default=None, description="The first day that it has figures of; blank where not known"
    )
    lag: Lag | None = Field(default=None, description="Blank where Remit reads it: see read_by")
    read_by: tuple[str, ...] = Field(
        default=(), description="Remit's publications that read it; they declare when it comes out"
    )
    repeats_others: bool = Field(
        default=False, description="Its figures stand in other publications first"
    )
    source: str = Field(default=NOT_VERIFIED, description=f"An address, or: {NOT_VERIFIED}")

    @model_validator(mode="after")
    def _whole(self) -> CatalogueEntry:
        if self.kind.answers and not (self.measures and (self.levels or self.levels_not_verified)):
            raise ValueError("what answers asks needs measures, and levels or levels_not_verified")
        if not self.kind.answers and self.read_by:
            raise ValueError(f"a {self.kind} is not published; Remit cannot read it")
        if self.read_by and self.lag:
            raise ValueError("read_by and lag: the publications say when they come out; drop lag")
        if not (self.spoken or self.measures):
            raise ValueError("give spoken names or measures, by which it can be found")
        return self

    @property
    def verified(self) -> bool:
        """Whether somebody has seen its source, and for whom it has figures is not in doubt.

        When its figures come out may still be known from memory only (``lag.seen``).
        """
        return self.source != NOT_VERIFIED and bool(self.levels)


class CatalogueFile(Declaration):
    """A file of entries."""

    schema_: Literal["remit/catalogue/1"] = Field(alias="schema")
    field: str
    entries: tuple[CatalogueEntry, ...] = Field(min_length=1)
