"""Senders: which addresses and names stand for which body and team, as a declaration."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from remit.model.declaration import Declaration
from remit.model.organisation import OrganisationType

Cue = Annotated[str, Field(min_length=2)]
"""A word or phrase, read without case; ``*`` ends a word of any ending, a space is also a hyphen"""


class SenderTeam(Declaration):
    """A team of a body, told by what its asks and meetings are about."""

    label: str = Field(min_length=1, description="The body as asks name it: `ICB finance`")
    words: tuple[Cue, ...] = Field(min_length=1)


class SenderBody(Declaration):
    """One body that asks: how its addresses and its names are recognised."""

    label: str = Field(min_length=1, description="The body as asks name it: `CQC`")
    addresses: tuple[str, ...] = Field(
        default=(), description="Whole addresses or domains (`england.nhs.uk`); subdomains count"
    )
    domain_words: tuple[str, ...] = Field(
        default=(), description="Words between the dots and dashes of a domain (`icb`)"
    )
    names: tuple[Cue, ...] = Field(default=(), description="How texts and display names call it")
    written_as: tuple[str, ...] = Field(
        default=(), description="Further names, read only where one fills a whole cell (`Monitor`)"
    )
    codes_of: OrganisationType | None = Field(
        default=None, description="Codes of this type on the register of organisations stand for it"
    )
    teams: tuple[SenderTeam, ...] = Field(
        default=(), description="Its teams, the first that fits is taken; the label where none does"
    )
    provider: bool = Field(
        default=False, description="A trust or other provider: a peer, unless it is the own one"
    )


class SenderFile(Declaration):
    """A file of senders; the user's own files are looked at before Remit's."""

    schema_: Literal["remit/senders/1"] = Field(alias="schema")
    source: str = ""
    bodies: tuple[SenderBody, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _recognisable(self) -> SenderFile:
        for body in self.bodies:
            if not (body.addresses or body.domain_words or body.names):
                raise ValueError(f"{body.label}: give addresses, domain_words or names")
        return self
