"""What goes in and out of commitments and agreements, as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from remit.web.api.shapes import Rows, SentIn, Text, Wanted, example
from remit.web.api.together_shapes import Codes, Home, SeenIn, SeenOut


class CommitmentsWanted(Wanted):
    """Which commitments: ``no`` for those that nothing serves."""

    served: Literal["", "no"] = ""


class CommitmentOut(Schema):
    """An aim of a strategy."""

    commitment_id: str
    organisation: str
    strategy: str
    aim: str
    metric: str | None
    measure: str | None
    due_on: date | None
    parties: list[str]


class TieOut(Schema):
    """What serves a commitment; words where the token reaches it."""

    number: int
    kind: str
    target: str
    words: str


class OneCommitment(CommitmentOut, SeenOut):
    """A commitment with what serves it."""

    ties: list[TieOut]


class CommitmentRows(Rows):
    """A page of commitments, the first due first."""

    rows: list[CommitmentOut]


class CommitmentIn(SentIn):
    """A new commitment."""

    model_config = example(
        organisation="ZB1", strategy="Five-year strategy", aim="Care closer to home",
        due_on="2029-03-31",
    )  # fmt: skip

    organisation: Home
    strategy: Text
    aim: Text
    metric: Annotated[str, Field(max_length=100)] = ""
    measure: Text = ""
    due_on: date | None = None
    parties: Codes = Field(default_factory=list)


class CommitmentChange(SeenIn):
    """What is to stand in a commitment."""

    strategy: Text | None = None
    aim: Text | None = None
    metric: Annotated[str, Field(max_length=100)] | None = None
    measure: Text | None = None
    due_on: date | None = None
    parties: Codes | None = None


class TieIn(SentIn):
    """What serves a commitment: an ask, an action or a figure."""

    model_config = example(kind="action", target="ACT-3")

    kind: Literal["ask", "action", "metric"]
    target: Annotated[str, Field(max_length=100)]


class AgreementsWanted(Wanted):
    """Which agreements: those that wait for a signature, or have them all."""

    state: Literal["", "waits", "signed"] = ""


class PartyOut(Schema):
    """A party to an agreement."""

    organisation: str
    signed_on: date | None
    signed_as: str | None


class AgreementOut(Schema):
    """What organisations agreed."""

    agreement_id: str
    organisation: str
    title: str
    text: str
    agreed_on: date | None
    ends_on: date | None
    parties: list[PartyOut]


class OneAgreement(AgreementOut, SeenOut):
    """An agreement as it stands."""


class AgreementRows(Rows):
    """A page of agreements."""

    rows: list[AgreementOut]


class AgreementIn(SentIn):
    """A new agreement, which nobody has signed yet."""

    model_config = example(
        organisation="ZB1", title="One return", text="Each figure is asked for once.",
        parties=["ZA1"],
    )  # fmt: skip

    organisation: Home
    title: Text
    text: Annotated[str, Field(max_length=20_000)]
    parties: Codes
    agreed_on: date | None = None
    ends_on: date | None = None


class AgreementChange(SeenIn):
    """What is to stand in an agreement that nobody has signed."""

    title: Text | None = None
    text: Annotated[str, Field(max_length=20_000)] | None = None
    parties: Codes | None = None
    agreed_on: date | None = None
    ends_on: date | None = None
