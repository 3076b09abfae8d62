"""The codebook of a survey's comments as a declaration: themes, and the words that suggest them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Final, Literal, Self

from pydantic import Field, field_validator, model_validator

from remit.model.declaration import Declaration

NO_THEME: Final = "none"
"""What is said where a comment has no theme; no theme may be called so."""

_PART = re.compile(r"\^|&|\.{2,3}|<(?P<set>[a-z-]+)>|[a-z0-9'&]+\*?(?:\|[a-z0-9'&]+\*?)*")
_Cue = Annotated[str, Field(min_length=2, max_length=1000)]


class Theme(Declaration):
    """One theme: what it is, what it is not, and what suggests it."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: str = Field(min_length=1, pattern=r"^[^;,|=+@-][^;,|\n]*$")
    definition: str = Field(min_length=1)
    is_not: str = Field(min_length=1, description="What lies close by and belongs elsewhere")
    examples: tuple[str, ...] = Field(min_length=1, description="In our own words")
    sure: tuple[_Cue, ...] = Field(min_length=1, description="Each suggests the theme by itself")
    hints: tuple[_Cue, ...] = Field(default=(), description="Two of them suggest it together")
    unless: tuple[_Cue, ...] = Field(
        default=(), description="In a sentence with one of these, nothing suggests the theme"
    )

    def cues(self) -> Iterator[str]:
        """All cues of the theme."""
        yield from (*self.sure, *self.hints, *self.unless)


class Codebook(Declaration):
    """The themes of the comments on one subject.

    A cue is words as they follow each other, in small letters: `word*` is any ending, `a|b` one of
    several, `<name>` a phrase of a set, `..` up to three words between and `...` up to eight, `^`
    the beginning of a sentence, and `&` parts what may stand anywhere in one sentence.
    """

    schema_: Literal["remit/codebook/1"] = Field(alias="schema")
    id: str = Field(min_length=1)
    version: str = Field(min_length=1)
    title: str = Field(min_length=1)
    source: str = Field(min_length=1)
    nothing: tuple[str, ...] = Field(
        default=(), description="Texts that say that there is nothing to say; they are no comments"
    )
    sets: dict[str, tuple[_Cue, ...]] = Field(
        default_factory=dict, description="Phrases by name, for the cues of all themes"
    )
    themes: tuple[Theme, ...] = Field(min_length=1)

    @field_validator("version", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int | float) else value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        names = [name.casefold() for one in self.themes for name in {one.id, one.name.casefold()}]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"themes: {', '.join(twice)} stands twice")
        if NO_THEME in names:
            raise ValueError(f"themes: {NO_THEME} is what is said where there is no theme")
        for cue in (cue for one in self.themes for cue in one.cues()):
            self._check(cue, set(self.sets))
        for cue in (cue for some in self.sets.values() for cue in some):
            self._check(cue, set())
        return self

    @staticmethod
    def _check(cue: str, sets: set[str]) -> None:
        for run in f" {cue} ".split(" & "):
            words = run.split()
            if not words or words == ["^"]:
                raise ValueError(f"the cue {cue!r} has a part without words")
            if words[0].startswith(".") or words[-1].startswith("."):
                raise ValueError(f"the cue {cue!r} begins with a gap or ends with one")
        for part in cue.split():
            found = _PART.fullmatch(part)
            if found is None:
                raise ValueError(
                    f"the cue {cue!r} has {part!r}, which is neither words in small letters nor "
                    "one of the signs * | <set> .. ... ^ &"
                )
            if found["set"] and found["set"] not in sets:
                raise ValueError(
                    f"the cue {cue!r} names the set {found['set']!r}, that is not there"
                )

    def theme(self, said: str) -> Theme | None:
        """The theme of this identifier or name, in any case."""
        wanted = " ".join(said.split()).casefold()
        return next((t for t in self.themes if wanted in {t.id, t.name.casefold()}), None)
