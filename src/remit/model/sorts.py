"""Sorts whose members are not each other, as declarations."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from remit.model.declaration import Declaration
from remit.model.sender import Cue


class SortsFile(Declaration):
    """Sorts: tests, staff groups, lengths of wait; each with its members and how they are named."""

    schema_: Literal["remit/sorts/1"] = Field(alias="schema")
    source: str
    sorts: dict[str, dict[str, tuple[Cue, ...]]] = Field(description="Sort: member: its names")
