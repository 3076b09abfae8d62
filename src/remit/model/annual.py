"""A year's assessment of ICBs as it is declared: law, headings, duties, letter, and the ladder.

Nothing here scores: a phrase has characteristics that its evidence shows or does not show.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from remit.model.declaration import Declaration
from remit.model.remit import Id, Text

EvidenceKind = Literal["figure", "passage", "view", "last_year"]
Direction = Literal["strength", "mixed", "concern"]
Speaks = Literal["for", "against", "neither"]


class AnnualSource(Declaration):
    """Where something that is declared was read."""

    title: Text
    url: str = ""
    verified: bool = Field(False, description="Whether it was held against the publication itself")
    note: str = ""


class AnnualLaw(Declaration):
    """The law by which a year is assessed, and what is known of its future."""

    section: Text = Field(description="As it should be cited")
    says: Text
    valid_from: date
    valid_to: date | None = None
    note: str = ""


class AnnualHeading(Declaration):
    """A heading of the letter; every assessment has a finding under each."""

    id: Id
    name: Text
    about: Text
    performance: bool = Field(
        False,
        description="A finding under it speaks of performance: it holds a figure or says why not",
    )
    was: tuple[Id, ...] = Field(
        (), description="What other years call the heading that asks the same"
    )
    aims: tuple[str, ...] = Field(
        (), description="The aims of metrics whose figures are proposed under it"
    )
    metrics: tuple[str, ...] = Field(
        (), description="Further metrics whose figures are proposed under it, by identifier"
    )


class AnnualDuty(Declaration):
    """A duty that every assessment must cover."""

    id: Id
    name: Text
    section: Text
    about: Text


class AnnualView(Declaration):
    """A body whose view is asked, and as long as that is so."""

    id: Id
    body: Text
    why: Text
    names: tuple[Text, ...] = Field(
        (), description="Words by which the name of such a body is known, in any case"
    )
    none: str = Field("", description="How it is named where no view of it is recorded")
    by_law: bool = Field(False, description="Whether the law wants it consulted")
    valid_from: date
    valid_to: date | None = None
    note: str = ""


class InequalityCut(Declaration):
    """Groups of people that are to be seen apart beside a figure of performance."""

    id: Id
    name: Text
    cuts: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="What publications call it, the wanted one first: age group of `age group: 0-4`"
    )


class AnnualDate(Declaration):
    """A step of the year's assessment and when it is due, as far as that is known."""

    what: Text
    when: Text


class LetterTemplate(Declaration):
    """The standing words of a letter; in braces stand {icb}, {year}, {issuer} and {law}.

    These sentences, and no others, may stand in a letter without a finding. One that holds
    {views_received}, {views_missing}, {shown_on}, {replies}, {not_shown_to} or {open_concerns}
    stands only where the records of the folder hold that.
    """

    salutation: Text
    opening: tuple[Text, ...]
    under_no_finding: Text
    closing: tuple[Text, ...]
    signature: Text


class AnnualYear(Declaration):
    """What an assessment of one year consists of."""

    schema_: Literal["remit/annual-year/1"] = Field(alias="schema")
    id: Id
    name: Text = Field(description="The year as it is written: 2024/25")
    starts: date
    ends: date
    guidance: Literal["found", "none_found", "not_yet"]
    guidance_note: str = ""
    as_in: str = Field("", description="The year that says whatever this one leaves out")
    law: tuple[AnnualLaw, ...] = ()
    issuer: str = ""
    headings: tuple[AnnualHeading, ...] = ()
    duties: tuple[AnnualDuty, ...] = ()
    views: tuple[AnnualView, ...] = ()
    inequality: tuple[InequalityCut, ...] = ()
    dates: tuple[AnnualDate, ...] = ()
    letter: LetterTemplate | None = None
    ladder: str = ""
    sources: Annotated[tuple[AnnualSource, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _whole(self) -> AnnualYear:
        if self.starts >= self.ends:
            raise ValueError("`starts` must lie before `ends`")
        said = ("law", "issuer", "headings", "duties", "letter", "ladder")
        if lacking := [name for name in said if not self.as_in and not getattr(self, name)]:
            raise ValueError(f"say {', '.join(lacking)}, or the year that does with `as_in`")
        for name in ("headings", "duties", "views"):
            ids = [one.id for one in getattr(self, name)]
            if twice := {one for one in ids if ids.count(one) > 1}:
                raise ValueError(f"{', '.join(sorted(twice))} stands twice among the {name}")
        return self

    def filled_from(self, other: AnnualYear) -> AnnualYear:
        """The year with what it leaves out said by another."""
        own = {name: getattr(self, name) for name in self.model_fields_set}
        return other.model_copy(update={**own, "as_in": ""})

    @property
    def template(self) -> LetterTemplate:
        """The standing words of its letters."""
        assert self.letter is not None  # a year without one is not taken in
        return self.letter

    def heading(self, name: str) -> AnnualHeading | None:
        """The heading of an identifier."""
        return next((one for one in self.headings if one.id == name), None)


class Needs(Declaration):
    """What the evidence must hold for a characteristic: so many items, or that none is against."""

    kinds: tuple[EvidenceKind, ...] = Field((), description="Of these kinds only; any if left out")
    speaks: Literal["with", "against", "any"] = Field(
        "with", description="Items that speak with the phrase, against it, or any"
    )
    at_least: Annotated[int, Field(ge=1, le=20)] | None = None
    different: Literal["items", "kinds", "periods", "bodies"] = "items"
    counter_answered: bool = Field(
        False, description="What speaks against it is named and answered, or there is none"
    )
    none_against: bool = Field(False, description="Nothing speaks against it")


class Characteristic(Declaration):
    """What can be seen of evidence: it is there or not, and has no number."""

    id: Id
    says: Text
    needs: Needs


class Rung(Declaration):
    """A rung: its phrases mean the same, and need the same of their evidence."""

    id: Id
    direction: Direction
    looks_like: Text
    phrases: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="The usual one first; they are known wherever they stand in a text"
    )
    also: tuple[Text, ...] = Field(
        (), description="Words that mean the rung in `phrase`, and anything in a text"
    )
    needs: tuple[Id, ...] = Field(description="Characteristics")


class SameEvidence(Declaration):
    """When two findings rest on the same evidence."""

    within_percent: Annotated[float, Field(ge=0, le=50)] = Field(
        description="Figures of one metric and period that differ by no more than this"
    )


class PhraseLadder(Declaration):
    """The declared ladder of phrases, the highest praise first."""

    schema_: Literal["remit/annual-ladder/1"] = Field(alias="schema")
    id: Id
    name: Text
    says: Text
    characteristics: Annotated[tuple[Characteristic, ...], Field(min_length=1)]
    rungs: Annotated[tuple[Rung, ...], Field(min_length=2)]
    same_evidence: SameEvidence
    negations: tuple[Text, ...] = Field(
        description="Words before a phrase that turn it round, so that it is not used"
    )
    sources: Annotated[tuple[AnnualSource, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _whole(self) -> PhraseLadder:
        known = {one.id for one in self.characteristics}
        seen: dict[str, str] = {}
        for rung in self.rungs:
            if lacking := [one for one in rung.needs if one not in known]:
                raise ValueError(f"rung {rung.id}: no characteristic {', '.join(lacking)}")
            for phrase in (*rung.phrases, *rung.also):
                if seen.setdefault(phrase.casefold(), rung.id) != rung.id:
                    raise ValueError(f"{phrase!r} stands on two rungs")
        return self
