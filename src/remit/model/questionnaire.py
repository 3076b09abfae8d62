"""The questionnaire of a survey as a declaration: items, their wording by wave, scales, groups."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from remit.model.declaration import Declaration, listed

Meaning = Literal["agree", "neutral", "disagree"]
ItemKind = Literal["scale", "multi", "numeric", "comment"]
_FOLDED = {
    ord(sign): plain
    for signs, plain in (("‘’‛`´", "'"), ("“”", '"'), ("‐‑‒–—−", "-"))
    for sign in signs
}
_NUMBERED = re.compile(r"^\s*(?:q(?:uestion)?\s*)?\d+[a-z]?\s*[.):]\s+", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,200}>")


def plain(text: str) -> str:
    """A text as it is compared: without case, signs of form, and the number of a question.

    >>> plain("  Q3. Don’t  KNOW. ")
    "don't know"
    """
    folded = unicodedata.normalize("NFKC", _TAG.sub(" ", text)).translate(_FOLDED)
    return " ".join(_NUMBERED.sub("", folded).split()).casefold().strip(" .:;?*")


class ScaleAnswer(Declaration):
    """One answer of a scale; ``means`` is the side on which it counts."""

    label: str = Field(min_length=1)
    means: Meaning
    code: str = Field(default="", description="What stands for it in a coded export")
    also: tuple[str, ...] = Field(default=(), description="Other ways of writing it")


class Scale(Declaration):
    """The answers of an item in their order, from most to least agreement."""

    answers: tuple[ScaleAnswer, ...] = Field(min_length=2)
    dont_know: tuple[str, ...] = Field(
        default=(), description="Answers that are no opinion; they are out of the base"
    )
    dont_know_in_base: bool = False

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        seen: dict[str, str] = {}
        for answer in self.answers:
            for written in filter(None, (answer.label, answer.code, *answer.also)):
                if seen.setdefault(plain(written), answer.label) != answer.label:
                    raise ValueError(
                        f"{written!r} stands for two answers: "
                        f"{seen[plain(written)]!r} and {answer.label!r}"
                    )
        return self


class Wording(Declaration):
    """How an item was asked; ``waves`` are those that asked it so (none named: any)."""

    text: str = Field(min_length=1)
    waves: tuple[str, ...] = ()
    column: str = Field(default="", description="The heading of its column, where it is another")

    @field_validator("waves", mode="before")
    @classmethod
    def _as_texts(cls, value: object) -> object:
        return [str(one) for one in listed(value)]


class Routing(Declaration):
    """Who was asked an item: those who gave one of these answers to another."""

    item: str
    answers: tuple[str, ...] = Field(min_length=1)


class SurveyItem(Declaration):
    """One question or statement."""

    id: str = Field(min_length=1)
    kind: ItemKind
    wording: tuple[Wording, ...] = Field(min_length=1)
    scale: str = ""
    metric: str = Field(
        default="",
        description="The metric of the catalogue that its agreement is: survey.comfort-with-icb",
    )
    says: Literal["agree", "increased", "yes"] = Field(
        default="agree", description="The word for the first side of the scale"
    )
    polarity: Literal["good", "bad", "neither"] = Field(
        default="neither", description="Whether agreement is good news"
    )
    options: tuple[str, ...] = Field(default=(), description="Of a multi-select, in their order")
    separator: str = Field(default=";", description="Between several answers in one cell")
    least: float | None = Field(default=None, description="The least number that is possible")
    most: float | None = Field(default=None, description="The greatest number that is possible")
    not_values: tuple[float, ...] = Field(
        default=(), description="Numbers that stand for no answer, as 9999"
    )
    routing: Routing | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.kind == "scale" and not self.scale:
            raise ValueError("an item with answers on a scale names its scale")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError("least is greater than most")
        return self


class SurveyGroup(Declaration):
    """By what results are cut: a kind of trust, a role, a region."""

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    columns: tuple[str, ...] = Field(default=(), description="Headings that its column may have")
    by_register: Literal["", "icb", "region"] = Field(
        default="",
        description="Instead of a column: the ICB or region that the respondent's organisation "
        "belonged to, by its code, on the last day of the wave's period",
    )
    values: tuple[str, ...] = Field(default=(), description="In their order; else as they come")

    @model_validator(mode="after")
    def _from_somewhere(self) -> Self:
        if bool(self.columns) == bool(self.by_register):
            raise ValueError("say where a group stands: columns, or by_register")
        return self


class Wave(Declaration):
    """One year of a survey."""

    id: str = Field(min_length=1)
    name: str = ""
    owner: str = ""
    mode: str = ""
    fieldwork: str = ""
    period: str = Field(
        default="",
        pattern=r"^(20\d\d/\d\d)?$",
        description="The financial year that its results are evidence of: 2025/26",
    )
    sent_to: int | None = Field(default=None, ge=1, description="How many were asked")

    @field_validator("id", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value


class Weights(Declaration):
    """How answers are weighted; without it every respondent counts as one."""

    column: tuple[str, ...] = Field(default=(), description="A column of weights in the export")
    one_voice_per: str = Field(
        default="", description="`unit`: the respondents of one organisation share one voice"
    )
    targets: dict[str, dict[str, float]] = Field(
        default_factory=dict, description="Group → value → how many there are (raking)"
    )


class Respondent(Declaration):
    """What tells a respondent and the organisation that they speak for."""

    id: tuple[str, ...] = Field(default=(), description="Headings of the respondent's own number")
    unit: tuple[str, ...] = Field(default=(), description="Headings of their organisation's code")
    role: str = Field(default="", description="The group that is the respondent's role")
    kind: str = Field(default="", description="The group that is the kind of organisation")
    alike: int = Field(
        default=5, ge=2, description="How many respondents a quote must be able to be from"
    )


class About(Declaration):
    """Which body a survey asks about: one, or the one that a group of respondents speaks of."""

    organisation: str = Field(default="", description="Its code, or England")
    group: str = Field(default="", description="The group whose values are the codes of bodies")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.organisation) == bool(self.group):
            raise ValueError("say whom it is about: organisation, or group")
        return self


class Questionnaire(Declaration):
    """A survey: who is asked, what, how it was worded in each wave."""

    schema_: Literal["remit/questionnaire/1"] = Field(alias="schema")
    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    source: str = Field(min_length=1)
    fictional: bool = False
    respondent: Respondent = Respondent()
    about: About | None = Field(
        default=None, description="Whom its results are figures of, for a store"
    )
    weights: Weights = Weights()
    wave_column: tuple[str, ...] = ()
    waves: tuple[Wave, ...] = Field(min_length=1)
    groups: tuple[SurveyGroup, ...] = ()
    scales: dict[str, Scale] = Field(default_factory=dict)
    items: tuple[SurveyItem, ...] = Field(min_length=1)
    beside: tuple[str, ...] = Field(default=(), description="Columns that are no part of it")

    @model_validator(mode="after")
    def _told_once(self) -> Self:
        for name, ids in (
            ("waves", [one.id for one in self.waves]),
            ("groups", [one.id for one in self.groups]),
            ("items", [one.id for one in self.items]),
        ):
            twice = sorted({one for one in ids if ids.count(one) > 1})
            if twice:
                raise ValueError(f"{name}: {', '.join(twice)} stands twice")
        return self

    def group(self, name: str) -> SurveyGroup | None:
        """The group with this identifier."""
        return next((one for one in self.groups if one.id == name), None)


class ScaleFile(Declaration):
    """Scales that questionnaires share, by name."""

    schema_: Literal["remit/scales/1"] = Field(alias="schema")
    source: str
    dont_know: tuple[str, ...] = Field(
        default=(), description="Answers that are no opinion, of all scales that name none"
    )
    scales: dict[str, Scale]
