"""What is read from tables and messages, and what is taken out of them, as declarations."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from remit.model.ask import LIST_COLUMNS
from remit.model.declaration import Declaration
from remit.model.sender import Cue


class PersonalFile(Declaration):
    """The words by which names are found in a text, and messages that are no asks."""

    schema_: Literal["remit/personal/1"] = Field(alias="schema")
    source: str = ""
    greetings: tuple[Cue, ...] = Field(description="What stands before a name at the start")
    sign_offs: tuple[Cue, ...] = Field(description="What stands before a name at the end")
    forenames: str = Field(description="Given names that are no words of their own, by spaces")
    words_too: str = Field(description="Given names that are English words too, by spaces")
    seasons: str = Field(description="Months and seasons that are given names too, by spaces")
    flowers: str = Field(description="Given names by which wards are called, by spaces")
    titles: str = Field(description="What stands before a family name, by spaces")
    callings: str = Field(description="What persons are called before a name, by spaces")
    soft_titles: str = Field(description="Titles that are words of their own too, by spaces")
    particles: str = Field(description="Small words within names, by spaces")
    markers: tuple[Cue, ...] = Field(description="What stands before a name within a text")
    verbs: str = Field(description="What only a person does, by spaces")
    after_verbs: str = Field(description="What may follow a person that is no verb of speech")
    plain_words: str = Field(description="Of `words_too`, those that begin a sentence as words")
    openers: str = Field(description="What follows a verb that begins a sentence: `Will you`")
    body_words: str = Field(description="What the name of an organisation or place ends with")
    place_words: str = Field(description="What the name of a ward or street ends with, by spaces")
    low_place_words: str = Field(description="Of these, those that count in small letters too")
    house_words: str = Field(description="Of these, those that may follow a given name")
    calls: str = Field(description="What begins a sentence before a person: `Ask`, by spaces")
    telling_words: str = Field(description="What follows a name that all know: `review`, `scale`")
    sure_verbs: str = Field("", description="What a person does and no body, by spaces")
    tasks: str = Field("", description="What a person is to do, behind `to` or `will`, by spaces")
    before_initials: str = Field("", description="What stands before initials, by spaces")
    inquiries: str = Field("", description="Names by which inquiries are called, by spaces")
    after_inquiries: str = Field("", description="What else is said of an inquiry, by spaces")
    before_places: str = Field(description="What the name of a place begins with, by spaces")
    roles: str = Field(description="Words that are greeted and are no names, by spaces")
    body_tails: str = Field("", description="What follows the own name of a body, by spaces")
    bodies_at_large: str = Field(
        "", description="Words of names of bodies that tell none apart, by spaces"
    )
    behind_nhs: str = Field("", description="What follows NHS in names of national bodies")
    areas: tuple[Cue, ...] = Field(
        (), description="Regions and counties, which a quote may not name"
    )
    posts: tuple[Cue, ...] = Field((), description="Posts that one person holds; `*` is any word")
    before_posts: tuple[Cue, ...] = Field(
        (), description="What stands before a post where it means a person: `the`"
    )
    offices: tuple[Cue, ...] = Field(description="Words in the display name of a shared mailbox")
    patient_columns: tuple[Annotated[str, Field(min_length=3)], ...] = Field(
        (), description="How columns of patients are headed, in small letters without marks"
    )
    automatic: tuple[Annotated[str, Field(min_length=3)], ...] = Field(
        description="How the subject of an automatic message begins"
    )

    def listed(self, field: str) -> frozenset[str]:
        """The words of a field, in small letters."""
        return frozenset(str(getattr(self, field)).lower().split())


class VocabularyFile(Declaration):
    """Words and phrases of health care that look like names and are none."""

    schema_: Literal["remit/vocabulary/1"] = Field(alias="schema")
    source: str = ""
    words: dict[str, str] = Field(description="By subject, words by spaces; in small letters too")
    codes: str = Field("", description="What known codes with digits begin with: `KH`, by spaces")
    phrases: dict[str, tuple[Cue, ...]] = Field(
        description="By subject, phrases of which some word could be a name by itself"
    )


class ColumnsFile(Declaration):
    """How people head the columns of their own list of asks."""

    schema_: Literal["remit/ask-columns/1"] = Field(alias="schema")
    columns: dict[str, tuple[str, ...]] = Field(description="By column, whole headings")
    words: dict[str, tuple[str, ...]] = Field(
        default={}, description="By column, words within a heading that point to it"
    )
    aside: tuple[str, ...] = Field(
        default=(), description="Words of headings within which nothing points to a column"
    )
    short: dict[str, str] = Field(default={}, description="Short forms in headings, written out")
    units: dict[Literal["days", "weeks", "minutes"], tuple[str, ...]] = Field(
        default={}, description="Words of a heading that say in what its hours are counted"
    )
    values: dict[str, dict[str, tuple[str, ...]]] = Field(
        default={}, description="By column, what is kept, and how people write it"
    )
    working_day_hours: float = Field(
        gt=0, le=24, description="What 'a day' of work is taken for in a column of hours"
    )

    @field_validator("columns", "words", "values")
    @classmethod
    def _known(cls, columns: dict[str, Any]) -> dict[str, Any]:
        unknown = sorted(set(columns) - set(LIST_COLUMNS))
        if unknown:
            raise ValueError(f"{unknown[0]!r} is no column of asks; use {', '.join(LIST_COLUMNS)}")
        return columns


class Hours(Declaration):
    """A range of hours, for an ask whose hours nobody wrote down."""

    low: float = Field(ge=0)
    middle: float = Field(ge=0)
    high: float = Field(ge=0)


class FunctionWords(Declaration):
    """The words by which an ask is put to a function of the map of remits."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    words: tuple[Cue, ...] = Field(min_length=1)


class BurdenFile(Declaration):
    """How the burden of asks is worked out where the register is silent."""

    schema_: Literal["remit/burden/1"] = Field(alias="schema")
    source: str = ""
    enough: int = Field(ge=1, description="As many known hours of a kind speak for the unknown")
    by_channel: dict[str, Hours]
    otherwise: Hours
    functions: tuple[FunctionWords, ...]
