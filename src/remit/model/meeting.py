"""Meetings: the words by which a calendar is read, as a declaration."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from remit.model.declaration import Declaration
from remit.model.sender import Cue


class MeetingKind(Declaration):
    """A kind of meeting whose title says whose it is, whoever sends the invitation."""

    body: str = Field(min_length=1, description="The body as it is to be counted")
    words: tuple[Cue, ...] = Field(min_length=1)
    leaning: float = Field(
        description="Above 0: the organisation answers there; below 0: it takes part as a member"
    )


class BodyLeaning(Declaration):
    """What is thought of a meeting that a body convenes, before its words are read."""

    body: str
    leaning: float


class AnsweringCue(Declaration):
    """Words that speak for or against the organisation answering for something."""

    words: tuple[Cue, ...] = Field(min_length=1)
    weight: float
    in_agenda: bool = Field(default=False, description="Whether the agenda's words count too")
    why: str = Field(min_length=1, description="Ends the sentence: `because …`")


class MeetingFile(Declaration):
    """How titles, people and agendas of a calendar are read."""

    schema_: Literal["remit/meetings/1"] = Field(alias="schema")
    source: str = ""
    internal: tuple[Cue, ...] = Field(description="Titles of meetings that an own body holds")
    private: tuple[Cue, ...] = Field(description="Entries that are no meeting: leave, awards")
    rooms: tuple[Cue, ...] = Field(description="Names of rooms and equipment among attendees")
    kinds: tuple[MeetingKind, ...]
    bodies: tuple[BodyLeaning, ...]
    answering: tuple[AnsweringCue, ...]
    procedural: tuple[Cue, ...] = Field(description="Lines that are neither today nor tomorrow")
    today: tuple[Cue, ...] = Field(
        default=(), description="Words of your own that place a line, before the table of matters"
    )
    tomorrow: tuple[Cue, ...] = Field(default=(), description="The same for tomorrow")
    years_ahead: int = Field(
        ge=1, description="A year this many after the meeting's own is tomorrow"
    )
    with_partners: float = Field(
        default=0.0, description="Added where other providers or a council come as well"
    )
