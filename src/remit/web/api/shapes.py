"""What goes in and out, as JSON: the columns of the files that people take away, and lists."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Text = Annotated[str, Field(max_length=500)]


def example(**fields: Any) -> ConfigDict:
    """What a shape that is sent looks like filled in, for the description."""
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [fields]})


class RefusalOut(Schema):
    """Why something was refused, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: Annotated[str, Field(description="Why, in the words that the pages have.")]


class Wrong(RefusalOut):
    """What is wrong with what was sent."""

    faults: Annotated[list[str], Field(description="Each with its field and why.")]


class ClashOut(RefusalOut):
    """The state does not allow it; or somebody changed it since it was seen."""

    now: Annotated[
        dict[str, Any] | None, Field(description="How the record stands, where it was changed.")
    ] = None


class AskOut(Schema):
    """An ask, as in asks.csv."""

    ask_id: str
    status: str
    to_org_code: str | None
    from_body: str | None
    from_team: str | None
    title: str | None
    received_on: date | None
    due_on: date | None
    frequency: str | None
    hours_estimate: float | None
    closed_on: date | None


class ActionOut(Schema):
    """An action, as in actions.csv, and the number of the last change of it."""

    action_id: str
    ask_id: str | None
    organisation: str | None
    what: str
    owner: str
    due_on: date | None
    done_on: date | None

    @staticmethod
    def resolve_ask_id(found: Any) -> str | None:
        """The number of its ask, where that is seen."""
        told = found.get("ask_id") if isinstance(found, dict) else found.ask_shown
        return str(told) if told else None


class OneAction(ActionOut):
    """An action with the number that a change of it has to name."""

    seen: int


class Rows(Schema):
    """How many there are in all, and which page of them this is."""

    total: int
    page: int
    pages: int


class Wanted(Schema):
    """What a list is narrowed by, as in the addresses of the pages."""

    organisation: str = ""
    q: Annotated[str, Field(max_length=200, description="Words that it holds.")] = ""
    page: Annotated[int, Field(ge=1, description="Which page of 50 rows.")] = 1


class AsksWanted(Wanted):
    """Which asks."""

    status: Literal["", "open", "closed"] = ""


class ActionsWanted(Wanted):
    """Which actions."""

    state: Literal["", "open", "done"] = ""
    late: Annotated[str, Field(description="1 for those that are late alone.")] = ""


class AskRows(Rows):
    """A page of asks."""

    rows: list[AskOut]


class ActionRows(Rows):
    """A page of actions."""

    rows: list[ActionOut]


class OrganisationOut(Schema):
    """An organisation whose records the token reaches."""

    code: str
    name: str


class ChangedValue(Schema):
    """A field before and after; erased where its values are gone."""

    old: Any = None
    new: Any = None
    erased: bool


class ChangeOut(Schema):
    """An entry of the audit."""

    number: int
    at: datetime
    who: str
    acting_for: str
    what: str
    kind: str
    target: str
    why: str
    values: dict[str, ChangedValue]


class ChangeRows(Rows):
    """A page of changes, the latest first."""

    rows: list[ChangeOut]


class SentIn(Schema):
    """What is sent: nothing but what is named."""

    model_config = ConfigDict(extra="forbid")


class ClosingIn(SentIn):
    """How an ask was answered."""

    answer: Annotated[str, Field(max_length=1000)] = ""


class ActionIn(SentIn):
    """A new action; the owner is a role, not a name."""

    model_config = example(
        what="Send the plan", owner="chief operating officer", due_on="2026-04-30"
    )

    what: Text
    owner: Annotated[str, Field(max_length=100)]
    due_on: date | None = None


class ActionChange(SentIn):
    """What is to stand in an action; what is left out stays."""

    seen: int
    what: Text | None = None
    owner: Annotated[str, Field(max_length=100)] | None = None
    due_on: date | None = None
