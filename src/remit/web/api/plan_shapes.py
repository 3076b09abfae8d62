"""What goes in and out of plans, as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from remit.web.api.shapes import Rows, SentIn, Wanted, example

Part = Annotated[str, Field(max_length=20, description="``region``, ``icb`` or ``trust``.")]
PlanSeen = Annotated[int, Field(ge=0, lt=2**53, description="The seen of the plan as read.")]


class PlansWanted(Wanted):
    """Which plans: in a state of the course, or those of which it is one's own turn."""

    state: Annotated[str, Field(max_length=20)] = ""
    waiting: Annotated[str, Field(max_length=1, description="1 for one's own turn.")] = ""


class SideOut(Schema):
    """A side of a plan."""

    part: str
    organisation: str
    name: str


class PlanOut(Schema):
    """A plan and where it stands."""

    plan_id: str
    organisation: str
    title: str
    period: str
    state: str
    state_name: str
    since: date | None
    turn: str
    sides: list[SideOut]


class PlanRows(Rows):
    """A page of plans, those that have waited longest first."""

    rows: list[PlanOut]


class ItemOut(Schema):
    """An item with who leads by the map of remits."""

    id: str
    aim: str
    measure: str
    function: str
    function_name: str
    leads: str
    lead: str
    due: date | None
    settled: str
    because: str


class ViewOut(Schema):
    """What a side said, of which version and item, and how it was answered."""

    number: int
    by: str
    kind: str
    version: int
    item: str
    text: str
    on: date | None
    shown: bool
    answer: Annotated[str, Field(description="``taken``, ``not-taken``; blank: none.")]
    why: str


class SignatureOut(Schema):
    """A side's signature; blank where it has not signed."""

    part: str
    signed_as: str
    on: date | None


class ItemChangeOut(Schema):
    """What became of an item since the version before: field → the words before and after."""

    id: str
    kind: str
    fields: dict[str, dict[str, str]]


class ActOut(Schema):
    """An act that the token's person may do now, and for which side."""

    act: str
    part: str
    name: str
    takes: Annotated[list[str], Field(description="What it takes besides seen.")]


class OnePlan(PlanOut):
    """A plan with a version of it: items, what was said, signatures, and what can be done."""

    seen: int
    version: int
    versions: list[int]
    is_newest: bool
    is_draft: bool
    items: list[ItemOut]
    changes: list[ItemChangeOut]
    against: int
    views: list[ViewOut]
    signatures: list[SignatureOut]
    acts: list[ActOut]


class PlanIn(SentIn):
    """A new plan of the region for one of its trusts."""

    model_config = example(organisation="ZA1", title="One plan", period="2026/27")

    organisation: Annotated[str, Field(max_length=20)]
    title: Annotated[str, Field(max_length=200)]
    period: Annotated[str, Field(max_length=40)]
    another: Annotated[
        bool, Field(description="Although there is one for the same trust and period.")
    ] = False


class ItemIn(SentIn):
    """An item; one that was there keeps its ``id``."""

    id: Annotated[str, Field(max_length=6)] = ""
    aim: Annotated[str, Field(max_length=1000)]
    measure: Annotated[str, Field(max_length=500)] = ""
    function: Annotated[str, Field(max_length=60)] = ""
    lead: Annotated[str, Field(max_length=100)] = ""
    due: date | None = None
    settled: Annotated[
        str, Field(max_length=20, description="The side that leads, if it is not as the map says.")
    ] = ""
    because: Annotated[str, Field(max_length=500)] = ""


class RemarkAnswerIn(SentIn):
    """An answer to a comment or a correction."""

    number: Annotated[int, Field(ge=1, lt=2**53, description="Of the view that it answers.")]
    answer: Literal["taken", "not-taken"]
    why: Annotated[str, Field(max_length=300, description="Needed where it is not taken.")] = ""


class ItemsIn(SentIn):
    """All items of a plan, as they are to stand, and answers to what was said of it."""

    model_config = example(
        seen=12, items=[{"aim": "Fewer asks", "lead": "company secretary", "due": "2027-03-31"}]
    )

    seen: PlanSeen
    items: Annotated[list[ItemIn], Field(max_length=100)]
    answers: Annotated[tuple[RemarkAnswerIn, ...], Field(max_length=200)] = ()


class ActIn(SentIn):
    """An act of the course for a side: to comment, to correct, to pass on."""

    model_config = example(act="comment", part="icb", seen=12, text="The day is too early", item="")

    act: Annotated[str, Field(max_length=40)]
    part: Part
    seen: PlanSeen
    text: Annotated[str, Field(max_length=2000)] = ""
    item: Annotated[str, Field(max_length=6)] = ""


def words_apart(runs: Any) -> dict[str, str]:
    """The words of a field before and after, from its runs."""
    return {
        "before": "".join(run.text for run in runs if run.kind != "new"),
        "after": "".join(run.text for run in runs if run.kind != "gone"),
    }
