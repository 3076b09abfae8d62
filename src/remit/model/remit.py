"""Remits: which body does what, for whom, on what basis and from when to when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from remit.model.declaration import Declaration, listed, split


class Relation(StrEnum):
    """What a body does about a function at an organisation."""

    REGULATES = "regulates"
    OVERSEES = "oversees"
    ASSURES = "assures"
    COMMISSIONS = "commissions"
    DELIVERS = "delivers"
    CONVENES = "convenes"
    SUPPORTS = "supports"
    IS_CONSULTED = "is_consulted"

    @property
    def words(self) -> str:
        """The relation as a page prints it."""
        return self.value.replace("_", " ")

    @property
    def oversight(self) -> bool:
        """Whether the body calls the organisation to account for the function."""
        return self in {Relation.REGULATES, Relation.OVERSEES, Relation.ASSURES}

    @property
    def may_lead(self) -> bool:
        """Whether a body in this relation can lead among the others."""
        return self not in {Relation.DELIVERS, Relation.IS_CONSULTED}


class Subject(StrEnum):
    """The kinds of organisation that a remit is about; ``trust`` is every kind of trust."""

    TRUST = "trust"
    NHS_TRUST = "nhs_trust"
    FOUNDATION_TRUST = "foundation_trust"
    ACUTE = "acute_trust"
    AMBULANCE = "ambulance_trust"
    MENTAL_HEALTH_COMMUNITY = "mental_health_community_trust"
    ICB = "icb"

    @property
    def words(self) -> str:
        """The kind inside a sentence."""
        if self is Subject.ICB:
            return "ICB"
        return self.value.replace("_", " ").replace("nhs", "NHS")


class Status(StrEnum):
    """Whether a remit is in force or only proposed."""

    IN_FORCE = "in_force"
    PROPOSED = "proposed"


Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Text = Annotated[str, Field(min_length=1)]
Ids = Annotated[
    tuple[Id, ...], Field(min_length=1), BeforeValidator(split, json_schema_input_type=str | list)
]
Texts = Annotated[
    tuple[Text, ...], BeforeValidator(listed, json_schema_input_type=Text | list[Text])
]
Subjects = Annotated[
    tuple[Subject, ...],
    Field(min_length=1),
    BeforeValidator(split, json_schema_input_type=str | list),
]


RegionCodes = Annotated[
    tuple[Annotated[str, Field(pattern=r"^[A-Z0-9]{3}$")], ...],
    BeforeValidator(split, json_schema_input_type=str | list),
]


class Licence(StrEnum):
    """Whose a source is; of either only facts are kept, in our own words."""

    OGL = "ogl"
    OWNER = "owner"

    @property
    def words(self) -> str:
        """The licence as a page prints it."""
        return {
            Licence.OGL: "Crown copyright or Open Government Licence v3.0",
            Licence.OWNER: "its owner's; facts only, in our own words",
        }[self]


class RemitSource(Declaration):
    """Where a statement stands."""

    title: Text
    url: str = ""
    dated: date | str | None = Field(default=None, description="Its day, or what is known of it")
    seen: str = Field(default="", description="What was seen there, in our own words")
    checked: date | None = Field(default=None, description="The day on which that was seen")
    licence: Licence = Licence.OWNER


class Verdict(StrEnum):
    """What a look at sources said of a statement."""

    CONFIRMED = "confirmed"
    PARTLY = "partly"
    NO_SOURCE = "no_source"
    UNCHECKED = "unchecked"

    @property
    def mark(self) -> str:
        """The verdict as a mark beside a statement; empty where it is confirmed."""
        return {
            Verdict.CONFIRMED: "",
            Verdict.PARTLY: "partly verified",
            Verdict.NO_SOURCE: "no source found",
            Verdict.UNCHECKED: "not verified",
        }[self]


class Dated(Declaration):
    """What holds between two days, and how well that is known.

    ``valid_to`` is the last day; without it the statement holds as far as the map knows.
    """

    valid_from: date
    valid_to: date | None = None
    date_note: str = Field(default="", description="Said where the source gives no exact day")
    status: Status = Status.IN_FORCE
    source: Id | None = Field(default=None, description="A source of this or another file")
    verified: bool = Field(
        default=False, description="Whether the statement stands in the source that is named"
    )
    not_seen: str = Field(
        default="",
        description="What of the statement the source does not say; the rest stands there",
    )
    searched: date | None = Field(
        default=None, description="The day on which a source was looked for and none was found"
    )
    legal_basis: str = Field(default="", description="The provision, where there is one")
    legal_basis_verified: bool = Field(
        default=False, description="Whether the provision was checked against a source"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Dated:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("`valid_to` lies before `valid_from`")
        if self.verified and self.source is None:
            raise ValueError("`verified: true` needs a `source`; name it, or leave `verified` out")
        if self.not_seen and (self.verified or self.source is None):
            raise ValueError("`not_seen` goes with a `source` and without `verified: true`")
        if self.searched and self.source is not None:
            raise ValueError("`searched` says that no source was found; leave it or `source` out")
        return self

    @property
    def verdict(self) -> Verdict:
        """What a look at sources said of the statement."""
        if self.verified:
            return Verdict.CONFIRMED
        if self.not_seen:
            return Verdict.PARTLY
        return Verdict.NO_SOURCE if self.searched else Verdict.UNCHECKED

    def holds(self, on: date) -> bool:
        """Whether the statement holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Level(StrEnum):
    """Where a body stands, from the top of the picture to its foot."""

    NATIONAL = "national"
    REGION = "region"
    SYSTEM = "system"
    LOCAL = "local"
    PROVIDER = "provider"
    PLACE = "place"


class Column(StrEnum):
    """The columns of the matrix, in which bodies of a kind stand together."""

    NATIONAL = "national"
    REGULATORS = "regulators"
    REGION = "region"
    ICB = "icb"
    TRUST = "trust"
    PARTNERS = "partners"

    @property
    def words(self) -> str:
        """The head of the column."""
        return "ICB" if self is Column.ICB else self.value.capitalize()


class ProposedEnd(Declaration):
    """That a body would close, or hand over, if a proposal becomes law."""

    on: date
    says: Text
    source: Id
    verified: bool = False


class Body(Declaration):
    """A kind of body in the map."""

    id: Id
    name: Text
    short: Text = Field(description="The name at the head of a narrow column")
    level: Level
    register_type: Literal["region", "icb", "trust"] | None = Field(
        default=None, description="How the register of organisations names it for one organisation"
    )
    column: Column = Field(
        default=Column.PARTNERS, description="Whom the body stands beside in the matrix"
    )
    aliases: Texts = ()
    valid_from: date | None = None
    valid_to: date | None = None
    proposed_end: ProposedEnd | None = None


class Function(Declaration):
    """Something that somebody has to answer for."""

    id: Id
    name: Text
    about: Text = Field(description="What it covers, in one sentence")
    aliases: Texts = Field(default=(), description="Other names of the whole of it")
    parts: Texts = Field(default=(), description="Words for a part of it, which is not the whole")
    part_of: Id | None = Field(
        default=None, description="The wider function beneath which pages fold it"
    )


class Entry(Dated):
    """That a body stands in a relation to functions of some kinds of organisation."""

    id: Id
    body: Id
    functions: Ids
    subjects: Subjects
    relation: Relation
    leads: bool = Field(
        default=False, description="Whether this body leads among those outside the organisation"
    )
    statutory: bool = Field(
        default=False, description="A duty by law: no agreement and no guidance can move it"
    )
    says: Text = Field(description="What the body does, in one sentence")
    in_regions: RegionCodes = Field(
        default=(), description="Codes of the only regions where it holds; else it holds in all"
    )
    not_in_regions: RegionCodes = Field(
        default=(), description="Codes of the regions where it does not hold"
    )

    def holds_in(self, region: str | None) -> bool:
        """Whether it holds in a region; where the region is not known it may, and is shown."""
        inside = not self.in_regions or region in self.in_regions
        return region is None or (inside and region not in self.not_in_regions)

    @model_validator(mode="after")
    def _can_lead(self) -> Entry:
        if self.leads and not self.relation.may_lead:
            raise ValueError(f"`leads` does not go with {self.relation.value}")
        return self


class Line(Dated):
    """That one body answers to another, and for what."""

    body: Id
    to: Id
    subjects: Subjects = (Subject.TRUST, Subject.ICB)
    how: Literal["accounts", "overseen", "contract", "scrutiny", "partnership"]
    says: Text


class Duty(Dated):
    """A duty of several bodies, with what the law leaves out of it."""

    id: Id
    name: Text
    bodies: Ids
    says: Text
    exceptions: Texts = Field(default=(), description="What the law, or its wording, leaves out")


class Documented(Dated):
    """A documented overlap or gap: who said so, of which functions and bodies."""

    functions: Ids
    bodies: Annotated[
        tuple[Id, ...], BeforeValidator(split, json_schema_input_type=str | list)
    ] = ()
    says: Text


class State(Dated):
    """A moment at which the map is worth looking at."""

    id: Id
    name: Text
    on: date = Field(description="The day at which pages show this state")
    says: Text


class Standing(StrEnum):
    """How far a change had come: only ``in_force`` and ``guidance`` bind or guide anybody yet."""

    IN_FORCE = "in_force"
    GUIDANCE = "guidance"
    ANSWER = "answer"
    ANNOUNCED = "announced"
    BILL = "bill"
    PROPOSED = "proposed"

    @property
    def words(self) -> str:
        """The standing as a page prints it."""
        return {
            Standing.ANSWER: "answer in Parliament",
            Standing.ANNOUNCED: "announced, not yet so",
            Standing.BILL: "Bill, not law",
            Standing.PROPOSED: "proposed, not law",
        }.get(self, self.value.replace("_", " "))


class TimelineEvent(Declaration):
    """A dated change of who answers to whom, and how far it had come."""

    on: date
    gives: Literal["day", "month"] = Field(default="day", description="What the source gives")
    says: Text
    standing: Standing
    source: Id

    @property
    def day(self) -> str:
        """The day, or the month where the source gives no more."""
        return self.on.isoformat() if self.gives == "day" else f"{self.on:%Y-%m}"


class RemitFile(Declaration):
    """A file of the map; every part is optional."""

    schema_: Literal["remit/remits/1"] = Field(alias="schema")
    known_from: date | None = Field(
        default=None, description="The first day that can be asked for; else the first statement's"
    )
    known_until: date | None = Field(
        default=None, description="The last day of which the map has any knowledge"
    )
    sources: dict[Id, RemitSource] = Field(default_factory=dict)
    bodies: tuple[Body, ...] = ()
    functions: tuple[Function, ...] = ()
    states: tuple[State, ...] = ()
    entries: tuple[Entry, ...] = ()
    lines: tuple[Line, ...] = ()
    duties: tuple[Duty, ...] = ()
    overlaps: tuple[Documented, ...] = ()
    gaps: tuple[Documented, ...] = ()
    timeline: tuple[TimelineEvent, ...] = ()
