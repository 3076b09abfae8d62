"""A service-line model: what services cost and earn, and what would take over a part of one.

Money is integer pence a year in constant prices; shares are whole per cent unless said otherwise.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from remit.model.declaration import Declaration
from remit.model.remit import Id, Text

# Strict: 8030000.00 is somebody's pounds, and must not be taken for as many pence.
Pence = Annotated[int, Field(strict=True, ge=0, le=10**14)]
Count = Annotated[int, Field(strict=True, ge=0, le=10**9)]
AtLeastOne = Annotated[int, Field(strict=True, ge=1, le=10**9)]
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]
Year = Annotated[int, Field(strict=True, ge=1, le=30)]
CareKind = Literal["elective", "urgent", "outpatient", "other"]
CostKind = Literal["variable", "semi_fixed", "fixed", "overhead"]
Payer = Literal["trust", "icb", "receiver"]
EVERY_SERVICE = "all"
"""The service of a cost that belongs to none: it is shared out by direct cost."""


class PaymentRule(Declaration):
    """How income follows activity: what part of it goes when activity goes."""

    id: Id
    name: Text
    says: Text = Field(description="The rule in one sentence")
    variable_percent: dict[CareKind, Percent] = Field(
        description="By kind of care, the part of income that goes with activity"
    )
    rebased_after_years: Annotated[int, Field(ge=1, le=30)] | None = Field(
        None,
        description="After so many years the fixed part is set anew to the activity that is left",
    )
    pays_receiver: bool = Field(
        False, description="The trust holds the budget and pays whoever takes the activity over"
    )
    source: Text
    verified: bool = Field(False, description="Whether the rule was held against its publication")

    @field_validator("variable_percent")
    @classmethod
    def _every_kind(cls, value: dict[CareKind, int]) -> dict[CareKind, int]:
        kinds: tuple[CareKind, ...] = ("elective", "urgent", "outpatient", "other")
        if lacking := [kind for kind in kinds if kind not in value]:
            raise ValueError(f"say the per cent of each kind of care, also {', '.join(lacking)}")
        return value


class PaymentFile(Declaration):
    """Rules of payment."""

    schema_: Literal["remit/payment/1"] = Field(alias="schema")
    rules: Annotated[tuple[PaymentRule, ...], Field(min_length=1)]


class MovedRange(Declaration):
    """What a figure may be, as whole per cent of what is declared; the middle is the likeliest."""

    low: Annotated[int, Field(ge=0, le=1000)]
    middle: Annotated[int, Field(ge=0, le=1000)] = 100
    high: Annotated[int, Field(ge=0, le=1000)]
    why: Text

    @model_validator(mode="after")
    def _in_order(self) -> MovedRange:
        if not self.low <= self.middle <= self.high:
            raise ValueError("`low`, `middle` and `high` must stand in this order")
        return self


class MoveRanges(Declaration):
    """How sure the figures are: what is drawn for the likely range."""

    moved: MovedRange = Field(description="How much of what is planned really moves")
    released: MovedRange = Field(description="How much of the variable cost is really given up")
    occupied: MovedRange = Field(description="The use of what comes in whole units")
    receiver: MovedRange = Field(description="What the receiver's care costs")
    transition: MovedRange = Field(description="What the change itself costs")


class MoveFile(Declaration):
    """``move.yaml``: whose costs these are, and how sure the figures are."""

    schema_: Literal["remit/move/1"] = Field(alias="schema")
    organisation: Annotated[str, Field(pattern=r"^[A-Z0-9]{3,8}$")]
    name: Text
    icb: Text = Field(description="The integrated care board that pays")
    prices: Text = Field(description="The year of the prices, such as 2025/26")
    source: Text
    fictional: bool = False
    total_cost_pence: Pence | None = Field(
        None, description="What all costs and resources together must come to"
    )
    total_income_pence: Pence | None = Field(
        None, description="What all incomes together must come to"
    )
    horizon_years: Annotated[int, Field(ge=1, le=30)] = Field(
        10, description="How many years are worked out, from the first year of the move on"
    )
    interval_percent: Annotated[int, Field(ge=50, le=99)] = Field(
        90, description="The likely range holds this share of the draws"
    )
    ranges: MoveRanges


class ServiceLine(Declaration):
    """A service: how much it does, what it earns and the least at which it can go on."""

    id: Id
    name: Text
    kind: CareKind
    activity: AtLeastOne = Field(description="What it does in a year")
    activity_unit: Text = Field(description="Of what: spells, attendances, operations")
    income_pence: Pence
    payment: Id = Field(description="The rule by which it is paid")
    minimum_activity: Count = Field(0, description="Below this it cannot go on safely")
    minimum_source: str = ""
    growth_per_thousand: Annotated[int, Field(ge=0, le=200)] = Field(
        0, description="How much more is needed each year, in thousandths"
    )


class ServiceFile(Declaration):
    """``services.yaml``: the services."""

    schema_: Literal["remit/move-services/1"] = Field(alias="schema")
    services: Annotated[tuple[ServiceLine, ...], Field(min_length=1)]


class WholeUnits(Declaration):
    """What comes in whole units: one closes, or it does not."""

    unit: Text = Field(description="One of them: ward, theatre, rota")
    units: AtLeastOne = Field(description="How many are open")
    capacity: AtLeastOne = Field(description="How much one holds: beds of a ward, sessions")
    spread: Count = Field(0, description="The standard deviation of use from day to day")
    safe_percent: Annotated[int, Field(ge=50, le=99)] = Field(
        95, description="On so many of 100 days what is open must be enough"
    )
    new_unit_pence: Pence = Field(0, description="A year's cost of one more unit")
    new_unit_capital_pence: Pence = Field(0, description="What it costs to build one more")


class CostLine(Declaration):
    """A cost of a service, or of all; only a semi-fixed one has whole units."""

    name: Text
    service: Id = Field(description="The service, or `all`")
    kind: CostKind
    pence: Pence
    whole: WholeUnits | None = None
    used: Count = Field(0, description="How much is in use on average, as `capacity` counts")
    released_after_years: Year | None = Field(
        None, description="A fixed cost or overhead that follows activity after so many years"
    )
    source: str = ""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> CostLine:
        if (self.kind == "semi_fixed") != (self.whole is not None):
            raise ValueError("a semi_fixed cost has `whole` units, and no other cost has them")
        if self.kind == "semi_fixed" and not self.used:
            raise ValueError("say in `used` how much of the whole units is in use")
        if self.released_after_years and self.kind not in {"fixed", "overhead"}:
            raise ValueError("`released_after_years` is for a fixed cost or an overhead")
        if self.service == EVERY_SERVICE and self.kind != "overhead":
            raise ValueError("only an overhead can be of all services")
        return self


class CostFile(Declaration):
    """``costs.yaml``: the costs."""

    schema_: Literal["remit/move-costs/1"] = Field(alias="schema")
    costs: Annotated[tuple[CostLine, ...], Field(min_length=1)]


class SharedResource(Declaration):
    """What several services use: theatres, critical care, imaging, a rota, training posts."""

    id: Id
    name: Text
    kind: Literal["theatres", "critical_care", "imaging", "rota", "training", "other"]
    pence: Pence
    whole: WholeUnits
    uses: dict[Id, AtLeastOne] = Field(description="By service, how much it uses of it")
    needed_by: tuple[Id, ...] = Field((), description="Services that cannot go on without it")
    minimum_use: Count = Field(0, description="Below this use in all it cannot be kept going")
    minimum_source: str = ""

    @field_validator("uses")
    @classmethod
    def _is_used(cls, value: dict[str, int]) -> dict[str, int]:
        if not value:
            raise ValueError("name at least one service that uses it")
        return value


class ResourceFile(Declaration):
    """``resources.yaml``: what services share."""

    schema_: Literal["remit/move-resources/1"] = Field(alias="schema")
    resources: tuple[SharedResource, ...] = ()


class OneOff(Declaration):
    """What has to be paid once, or in one year."""

    what: Text
    year: Year
    pence: Pence
    kind: Literal["revenue", "capital"] = "revenue"
    paid_by: Payer = "icb"


class Receiver(Declaration):
    """Who takes the activity of one service over, and what that costs."""

    service: Id
    name: Text
    contacts_per_hundred: AtLeastOne = Field(
        100, description="How many contacts there take the place of 100 units of activity here"
    )
    pence_per_contact: Pence = 0
    team_contacts: Count = Field(0, description="How many contacts one team can see in a year")
    team_pence: Pence = Field(0, description="What one team costs in a year")
    fixed_pence: Pence = Field(0, description="What it costs in a year, however much moves")
    transition: tuple[OneOff, ...] = ()
    source: str = ""

    @model_validator(mode="after")
    def _teams_have_a_size(self) -> Receiver:
        if bool(self.team_contacts) != bool(self.team_pence):
            raise ValueError("`team_contacts` and `team_pence` belong together")
        return self


class ReceiverFile(Declaration):
    """``receivers.yaml``: who takes over."""

    schema_: Literal["remit/move-receivers/1"] = Field(alias="schema")
    receivers: tuple[Receiver, ...] = ()
