"""Which matters serve today, tomorrow or both, as declarations."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from remit.model.ask import AIMS, Horizon
from remit.model.declaration import Declaration
from remit.model.sender import Cue


def _an_aim(aim: str) -> str:
    if aim not in AIMS:
        raise ValueError(f"{aim!r} is no aim; use one of {', '.join(AIMS)}")
    return aim


Aim = Annotated[str, AfterValidator(_an_aim)]


class Matter(Declaration):
    """One matter that asks and meetings are about."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    horizon: Horizon
    aim: Aim = Field(default="none", description="The aim of an integrated care system it serves")
    covers: tuple[str, ...] = Field(min_length=1, description="What belongs to it, in words")
    agenda: tuple[Cue, ...] = Field(
        default=(), description="Words by which a line of an agenda names it"
    )
    entries: tuple[str, ...] = Field(
        default=(), description="The entries of the catalogue that belong to it"
    )

    @property
    def name(self) -> str:
        """The matter in words.

        >>> Matter(id="rtt-waits", horizon=Horizon.TODAY, covers=("waits",)).name
        'rtt waits'
        """
        return self.id.replace("-", " ")


class Ahead(Declaration):
    """What speaks of tomorrow whatever the matter is."""

    words: tuple[Cue, ...]
    years: int = Field(gt=0, description="A year so far after the ask speaks of tomorrow")
    period_days: int = Field(gt=0, description="A longer period speaks of tomorrow")


class HorizonFile(Declaration):
    """The matters with their horizon, and the rules that come first."""

    schema_: Literal["remit/horizon/2"] = Field(alias="schema")
    source: str
    ahead: Ahead
    by_group: tuple[Cue, ...] = Field(description="Today's waits cut by who waits: both")
    change: tuple[Cue, ...] = Field(description="In an agenda: a change to come")
    general: tuple[Cue, ...] = Field(
        default=(), description="In an agenda: words of many matters, which name none by themselves"
    )
    matters: tuple[Matter, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> HorizonFile:
        ids = [matter.id for matter in self.matters]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"declared twice: {', '.join(twice)}")
        homes: dict[str, str] = {}
        for matter in self.matters:
            for entry in matter.entries:
                if entry in homes:
                    raise ValueError(f"{entry} belongs to {homes[entry]} already")
                homes[entry] = matter.id
        return self
