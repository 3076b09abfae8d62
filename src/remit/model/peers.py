"""Methods by which organisations that are alike are found, as declarations."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from remit.model.declaration import Declaration
from remit.model.metric import Frequency, MeasureId


class StoredCharacteristic(Declaration):
    """Where a characteristic is had from a store of published figures."""

    numerator: tuple[MeasureId, ...] = Field(min_length=1, description="Counts above the line")
    denominator: tuple[MeasureId, ...] = Field(
        default=(), description="Counts below the line, of a share"
    )
    frequency: Frequency = Frequency.MONTH
    over_time: Literal["latest", "mean"] = Field(
        default="latest", description="The last figure, or the mean of the last year that is there"
    )


class PeerCharacteristic(Declaration):
    """A column by which organisations are held against each other."""

    column: str = Field(description="Its name in the header of the file")
    aliases: tuple[str, ...] = ()
    name: str = Field(default="", description="In words; the name of the column if left out")
    weight: float = Field(default=1.0, gt=0, le=1e6)
    is_outcome: bool = Field(
        default=False,
        description="Whether it tells how an organisation does, and not what it is",
    )
    not_given: tuple[float, ...] = Field(
        default=(), description="Figures that stand in the file for a figure that is not given"
    )
    stored: StoredCharacteristic | None = None
    transform: Literal["none", "log"] = Field(
        default="none", description="log: by its logarithm, so that twice as large is one step"
    )

    @property
    def said(self) -> str:
        """Its name in words."""
        return self.name or self.column


class WeightDraws(Declaration):
    """How weights are drawn to see which peers stay peers."""

    number: int = Field(default=1000, ge=1, le=100_000)
    spread: float = Field(
        default=0.5,
        gt=0,
        le=2,
        description="Each weight is multiplied by e to a normal draw with this standard deviation",
    )
    seed: int = Field(default=1, ge=0)


Missing = Literal["left-out", "as-coded"]
"""``left-out``: a characteristic that one of the two lacks is not compared, and the others stand
for it. ``as-coded``: what the published script does (see ``practice/peers/distances``)."""


class PeerMethod(Declaration):
    """How peers are found: by distance over characteristics, or in a list that somebody printed."""

    schema_: Literal["remit/peer-method/1"] = Field(alias="schema")
    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: str
    source: str
    verified: bool
    notice: str = Field(default="", description="The notice of a licence that is to be kept")
    kind: Literal["distance", "list"] = "distance"
    peers: int = Field(default=10, ge=1, le=1000, description="How many peers an organisation has")
    code: tuple[str, ...] = Field(
        default=("code", "org_code", "procode"), description="Names of the column with codes"
    )
    names: tuple[str, ...] = Field(default=("name", "org_name", "organisation"))
    peer: tuple[str, ...] = Field(default=("peer",), description="Of a list: who is the peer")
    characteristics: tuple[PeerCharacteristic, ...] = ()
    cap: float | None = Field(
        default=None, gt=0, description="Standard deviations over the mean that none goes beyond"
    )
    square_root: bool = False
    deviation: Literal["population", "sample"] = "population"
    deviation_decimals: int | None = Field(default=None, ge=0, le=15)
    distance: Literal["squared", "euclidean", "city-block"] = "euclidean"
    weighed: Literal["difference", "figure"] = Field(
        default="difference",
        description="What a weight multiplies: the (squared) difference, or the scaled figure",
    )
    missing: Missing = "left-out"
    draws: WeightDraws = WeightDraws()
    beside: str = Field(default="", description="The method whose peers are held beside these")

    @model_validator(mode="after")
    def _whole(self) -> PeerMethod:
        columns = [one.column.casefold() for one in self.characteristics]
        if repeated := sorted({one for one in columns if columns.count(one) > 1}):
            raise ValueError(f"a column stands twice: {', '.join(repeated)}")
        if self.kind == "list" and self.characteristics:
            raise ValueError("a list of peers has no characteristics")
        if self.kind == "distance" and not self.characteristics:
            raise ValueError("name at least one characteristic with its column")
        return self
