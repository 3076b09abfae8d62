"""What goes in and out of an organisation's figures and of comments, as JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from remit.web.api.shapes import Rows, SentIn, Text, Wanted, example


class FigureOut(Schema):
    """A published figure of an organisation in one period."""

    organisation: str
    metric: str
    metric_name: str
    is_counted: bool
    unit: str
    period: str
    period_start: date
    period_end: date
    value: float | None
    numerator: float | None
    denominator: float | None
    status: str


class FiguresOut(Schema):
    """The newest figure of each metric, and the version that was published."""

    version: str
    known_until: date
    rows: list[FigureOut]


class RowOut(Schema):
    """A published figure behind it, where it stands in its file."""

    file: str
    sha256: str
    published_on: str
    line: int
    column: str
    measure: str
    organisation: str
    value: float | None


class OneFigure(FigureOut):
    """A figure with what it was made of, and the same metric in other periods."""

    seen: str
    rows: list[RowOut]
    points: list[FigureOut]


class MentionOut(Schema):
    """A role at an organisation for whose holders a comment is."""

    organisation: str
    role: str


class CommentOut(Schema):
    """A comment on a figure, an ask or an action."""

    number: int
    organisation: str
    metric: str | None
    period: str | None
    ask_id: str | None
    action_id: str | None
    text: str
    said_at: datetime
    said_by: str
    said_for: str
    roles: list[MentionOut]


class CommentRows(Rows):
    """A page of comments, the newest first."""

    rows: list[CommentOut]


class CommentsWanted(Wanted):
    """Which comments."""

    mine: Annotated[str, Field(max_length=1, description="1 for those for one's role.")] = ""
    waits: Annotated[
        str, Field(max_length=1, description="1 for those for one's role and not answered.")
    ] = ""


Roles = Annotated[
    list[Annotated[str, Field(max_length=60)]],
    Field(max_length=50, description="Such as ``ZA1:signatory``."),
]


class CommentIn(SentIn):
    """A comment on an ask or an action."""

    model_config = example(text="The day holds", roles=["ZA1:signatory"])

    text: Annotated[str, Field(max_length=4000)]
    roles: Roles = Field(default_factory=list)


class FigureCommentIn(SentIn):
    """What happened to a figure, an action, or both; the figure is kept as it was seen."""

    model_config = example(
        seen="0f3a1c", text="A ward was closed", action="Open it", owner="chief nurse",
        due_on="2026-04-30",
    )  # fmt: skip

    seen: Annotated[str, Field(max_length=60, description="The seen of the figure.")]
    period: Annotated[str, Field(max_length=60)] = ""
    text: Annotated[str, Field(max_length=4000)] = ""
    action: Text = ""
    owner: Annotated[str, Field(max_length=100)] = ""
    due_on: date | None = None
    roles: Roles = Field(default_factory=list)


class SaidOut(Schema):
    """What was said of a figure as it was kept, and the actions that hang on it."""

    number: int
    comments: list[CommentOut]
    actions: list[str]


Made = dict[str, Any]
"""A file of the pages, in the shape that its schema has."""
