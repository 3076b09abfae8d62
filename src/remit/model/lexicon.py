"""The lexicon: what the NHS calls the things it asks about, as declarations."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from remit.model.ask import AIMS
from remit.model.declaration import Declaration


class Facet(StrEnum):
    """Which side of an ask a term tells of."""

    MATTER = "matter"
    ASPECT = "aspect"
    PEOPLE = "people"
    CUT = "cut"
    DETAIL = "detail"
    """A member of a sort, which tells asks apart and never brings them together."""


def _an_aim(aim: str) -> str:
    if aim not in AIMS:
        raise ValueError(f"{aim!r} is no aim; use one of {', '.join(AIMS)}")
    return aim


def _a_pattern(pattern: str) -> str:
    parts = pattern.split(" & ")
    if not all(part.strip() for part in parts):
        raise ValueError(f"{pattern!r} has an empty side; write: words & words")
    return pattern


Aim = Annotated[str, AfterValidator(_an_aim)]
Pattern = Annotated[str, Field(min_length=1), AfterValidator(_a_pattern)]


class Term(Declaration):
    """One thing with all the ways of writing it.

    A pattern is a phrase; ``a|b`` are choices for one word, ``x & y`` are phrases that stand
    near each other in any order, and ``=SEND`` fits only in capitals.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str = Field(min_length=1, description="In plain words, as reasons print it")
    facet: Facet | None = Field(default=None, description="Blank: that of the file")
    weight: float = Field(default=1.0, gt=0, le=2, description="How telling it is; broad: under 1")
    part_of: tuple[str, ...] = Field(default=(), description="Wider terms that it belongs to")
    one_of: str | None = Field(
        default=None, description="The sort it is one of: asks of different members differ"
    )
    words: tuple[Pattern, ...] = Field(min_length=1)
    tomorrow: float = Field(default=0, ge=0, description="How strongly it speaks of tomorrow")
    both: float = Field(default=0, ge=0, description="How strongly it serves today and tomorrow")
    aim: Aim | None = None


class TermFile(Declaration):
    """A file of terms."""

    schema_: Literal["remit/lexicon/1"] = Field(alias="schema")
    field: str
    facet: Facet
    terms: tuple[Term, ...] = Field(min_length=1)


class WordingFile(Declaration):
    """How the words of an ask are made comparable."""

    schema_: Literal["remit/wording/1"] = Field(alias="schema")
    drop_lines: tuple[str, ...] = Field(description="How lines without matter begin (patterns)")
    drop_phrases: tuple[str, ...] = Field(default=(), description="Lines with these are dropped")
    drop_sentences: tuple[str, ...] = Field(default=(), description="Patterns to take out")
    signature: str = Field(description="The line below which a signature stands")
    greetings: str = Field(description="How a greeting looks at the start of a line")
    stop_words: str = Field(description="Words that tell nothing of the matter, apart by blanks")
    same_words: tuple[tuple[str, ...], ...] = ()


class AnswerRule(Declaration):
    """What a publication answers: which terms, with which it no longer does."""

    terms: tuple[str, ...] = Field(min_length=1, description="Any of these terms")
    also: tuple[str, ...] = Field(default=(), description="And at least one of these")
    unless: tuple[str, ...] = Field(default=(), description="But none of these")
    metric: str | None = Field(default=None, description="The metric that holds the figure")
    confidence: float = Field(default=0.9, gt=0, le=1)
    metrics: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="Term: the metrics of the catalogue that answer it"
    )


class AnsweringPublication(Declaration):
    """A national publication or collection and the asks that it answers."""

    name: str = Field(min_length=1)
    reader: str | None = Field(
        default=None, description="The publication's id where Remit reads it"
    )
    answers: tuple[AnswerRule, ...] = Field(min_length=1)
    daily: bool = Field(default=False, description="Holds single days, and not only months")
    source: str


class AnsweringFile(Declaration):
    """The publications that answer asks."""

    schema_: Literal["remit/answering/1"] = Field(alias="schema")
    never_with: tuple[str, ...] = Field(description="Terms that no publication answers")
    publications: tuple[AnsweringPublication, ...]


class HorizonFile(Declaration):
    """How today and tomorrow are told apart, beyond what the terms say themselves."""

    schema_: Literal["remit/horizon/1"] = Field(alias="schema")
    today_base: float = Field(description="What tomorrow or both must reach")
    title_factor: float = Field(ge=1, description="How much more a term in the title counts")
    tomorrow: dict[str, float] = Field(default_factory=dict, description="What a term adds")
    both: dict[str, float] = Field(default_factory=dict)
    today: dict[str, float] = Field(default_factory=dict)
    long_period_days: int = Field(description="A period this long speaks of tomorrow")
    long_period_tomorrow: float
    year_ahead_tomorrow: float = Field(description="What a period that begins later adds")


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
