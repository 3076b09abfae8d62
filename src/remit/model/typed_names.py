"""How people shorten the names of organisations, as a declaration."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from remit.model.declaration import Declaration
from remit.model.organisation import OrganisationType

Word = Annotated[str, Field(pattern=r"^[a-z][a-z ]*$")]


class TypedNamesFile(Declaration):
    """The words that are shortened, those that say little, and those that tell the kind."""

    schema_: Literal["remit/typed-names/1"] = Field(default="remit/typed-names/1", alias="schema")
    source: str = Field(min_length=1)
    short: dict[Word, Word] = Field(description="A shortened word → the whole one, or several")
    compound: dict[Word, Word] = Field(
        description="A word of names that abbreviations take as two → the two"
    )
    filler: tuple[Word, ...] = Field(description="Words that tell no organisation from another")
    general: tuple[Word, ...] = Field(description="Words that an abbreviation may leave out")
    kinds: dict[OrganisationType, tuple[Word, ...]] = Field(
        description="Words that tell which kind of organisation is meant"
    )
