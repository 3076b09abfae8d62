"""How the words of asks are made comparable, and the weights of the pair model, as declarations."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from remit.model.declaration import Declaration


class WordingFile(Declaration):
    """How the words of an ask are made comparable."""

    schema_: Literal["remit/wording/1"] = Field(alias="schema")
    drop_lines: tuple[str, ...] = Field(description="How lines without matter begin (patterns)")
    drop_phrases: tuple[str, ...] = Field(default=(), description="Lines with these are dropped")
    drop_sentences: tuple[str, ...] = Field(default=(), description="Patterns to take out")
    signature: str = Field(description="The line below which a signature stands")
    greetings: str = Field(description="How a greeting looks at the start of a line")
    stop_words: str = Field(description="Words that tell nothing of the matter, apart by blanks")
    form_words: str = Field(
        description="Words of a title that tell how something is asked, apart by blanks"
    )
    same_words: tuple[tuple[str, ...], ...] = ()


class PairModel(Declaration):
    """The weights of the pair model, with how they were found.

    ``related`` tells related pairs from distinct ones, ``duplicate`` tells duplicates from
    overlaps among related pairs; both are logistic regressions on the named features.
    """

    schema_: Literal["remit/pair-model/1"] = Field(alias="schema")
    fitted_on: str
    method: str
    cross_validated: dict[str, float]
    related: dict[str, float]
    duplicate: dict[str, float]
    related_threshold: float = Field(gt=0, lt=1)
    duplicate_threshold: float = Field(gt=0, lt=1)
    duplicate_close: float = Field(ge=0, lt=1)
    """Likelihoods so near the threshold of duplicates do not tell which of two kinds a pair is."""
    related_close: float = Field(ge=0, lt=1)
    """Pairs so little below the threshold of related ones may be related after all."""
