"""What people write short, as declarations."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, model_validator

from remit.model.declaration import Declaration

_SIGN = re.compile(r"[A-Za-z0-9]")
Meaning = Annotated[str, Field(min_length=2)]


class GlossaryFile(Declaration):
    """Short forms and the words that they stand for; several forms stand apart by bars."""

    schema_: Literal["remit/glossary/1"] = Field(alias="schema")
    source: str
    means: dict[str, dict[str, Meaning]] = Field(description="By field: short forms, their words")
    capitals: dict[str, Meaning] = Field(
        default_factory=dict, description="Short forms that are words too, and count in capitals"
    )
    ambiguous: tuple[str, ...] = Field(
        default=(), description="Short forms that mean several things, and are left alone"
    )

    @model_validator(mode="after")
    def _once(self) -> GlossaryFile:
        seen: dict[str, str] = {form.lower(): "ambiguous" for form in self.ambiguous}
        fields = [*self.means.items(), ("capitals", self.capitals)]
        for field, forms in fields:
            if blanks := [key for key in forms if not short_forms(key)]:
                raise ValueError(
                    f"{blanks[0]!r} of {field!r} has no letter from A to Z and no digit"
                )
            for form in (one for key in forms for one in short_forms(key)):
                if not _SIGN.search(form):
                    raise ValueError(
                        f"{form!r} of {field!r} has no letter from A to Z and no digit"
                    )
                said = form if field == "capitals" else form.lower()
                if said in seen:
                    raise ValueError(f"{form!r} of {field!r} stands under {seen[said]!r} too")
                seen[said] = field
        return self


def short_forms(key: str) -> tuple[str, ...]:
    """The short forms of a line of the glossary.

    >>> short_forms("TTO | TTA")
    ('TTO', 'TTA')
    """
    return tuple(form.strip() for form in key.split("|") if form.strip())
