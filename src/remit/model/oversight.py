"""The rules of an oversight plan: which topic belongs to which function, and what a fate saves."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from remit.model.declaration import Declaration
from remit.model.remit import Id, Ids, Text, Texts
from remit.model.sender import Cue

Share = Annotated[float, Field(ge=0, le=1)]


class Saving(Declaration):
    """The share of an ask's hours that is saved, from least to most."""

    low: Share
    high: Share
    why: Text

    @model_validator(mode="after")
    def _in_order(self) -> Saving:
        if self.low > self.high:
            raise ValueError("`low` must not lie above `high`")
        return self


class Savings(Declaration):
    """What each fate of an ask saves; an ask that stays, or is over, saves nothing."""

    merge: Saving
    end_led: Saving = Field(
        description="Ends, since the leading body or a national collection asks the same"
    )
    end_published: Saving = Field(description="Ends, since a publication answers it")
    end_part: Saving = Field(
        description="Ends in part: a publication has the numbers, the rest stays"
    )


class Asker(Declaration):
    """How the name of an asking body begins, and the body of the map that it is."""

    begins: Annotated[tuple[Text, ...], Field(min_length=1)]
    body: Id


class NationalCollections(Declaration):
    """How a national collection is known: who asks, and one of these cues, in any case."""

    bodies: Ids
    channels: Texts = Field(description="Words of the channel")
    titles: Texts = Field(description="Words of the title")
    words: Texts = Field(description="Words of the title or the text")


class PlanFile(Declaration):
    """The declaration of how plans are made."""

    schema_: Literal["remit/oversight/2"] = Field(alias="schema")
    savings: Savings
    parties: Ids = Field(
        description="The bodies that agree the plan; only their asks can end, not those of others"
    )
    national_collections: NationalCollections = Field(
        description="Returns to national bodies: they stay, and serve the others"
    )
    besides: tuple[Cue, ...] = Field(
        description="Words of what only the organisation can give, beside reasons and actions"
    )
    askers: tuple[Asker, ...]
    matters: dict[Id, Ids] = Field(
        description="Function → the matters that belong to it (declarations/horizon)"
    )
