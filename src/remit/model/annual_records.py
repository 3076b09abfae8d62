"""What people write of a year's assessment: evidence, findings, last year's concerns, replies."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from remit.model.annual import Direction, EvidenceKind, Speaks
from remit.model.declaration import Declaration
from remit.model.remit import Id, Text

MOST_QUOTED = 40
"""Words of a quotation."""


def _names(value: Any) -> Any:
    """Names as a list; in one text they stand apart by semicolons, commas or blanks."""
    if isinstance(value, str):
        return value.replace(";", " ").replace(",", " ").split()
    return value


def _as_text(value: Any) -> Any:
    """A figure or a day as it is written: YAML reads 72.4 as a number."""
    if isinstance(value, bool) or value is None:
        return value
    return str(value) if isinstance(value, int | float | date) else value


Code = Annotated[str, Field(pattern=r"^[A-Z0-9]{3,8}$")]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$"), BeforeValidator(_as_text)]
Names = Annotated[tuple[Name, ...], BeforeValidator(_names, json_schema_input_type=str | list[str])]
Written = Annotated[str, BeforeValidator(_as_text, json_schema_input_type=str | int | float)]


Codes = Annotated[tuple[Code, ...], BeforeValidator(_names, json_schema_input_type=str | list[str])]


class AssessedIcb(Declaration):
    """An ICB that is assessed; predecessors are the register's unless they are given."""

    code: Code
    name: Text
    predecessors: tuple[Code, ...] | None = None
    asked: tuple[Text, ...] = Field(
        default=(), description="Bodies whose views were asked, such as each of its boards"
    )
    shown_on: date | None = Field(
        default=None, description="When its findings were shown to it for a check of accuracy"
    )


class NamedOffice(Declaration):
    """A person who may be named, since they hold a public office."""

    name: Text
    office: Text


class AnnualFile(Declaration):
    """``assessment.yaml``: which year, which ICBs, and the day whose figures count."""

    schema_: Literal["remit/annual-assessment/1"] = Field(alias="schema")
    year: Text = Field(description="A year that comes with Remit, or a file of your own (.yaml)")
    region: str = ""
    icbs: Annotated[tuple[AssessedIcb, ...], Field(min_length=1)]
    as_at: date | None = Field(default=None, description="Figures as they were known on this day")
    ladder: str = Field(default="", description="A ladder of your own (.yaml)")
    last_year: str = Field(default="", description="The folder of last year's assessment")
    fictional: bool = False
    public_names: tuple[NamedOffice, ...] = Field(
        default=(), description="Who may be named in what is passed on, with their public office"
    )

    @model_validator(mode="after")
    def _each_once(self) -> AnnualFile:
        codes = [one.code for one in self.icbs]
        if twice := {code for code in codes if codes.count(code) > 1}:
            raise ValueError(f"{', '.join(sorted(twice))} stands twice among the ICBs")
        return self


class Evidence(Declaration):
    """An item of evidence, of one of four kinds. It has no score."""

    id: Name
    kind: EvidenceKind
    icb: Annotated[Codes, Field(min_length=1)] = Field(
        description="Whom it is about: ICBs, or the region for all of them"
    )
    speaks: Speaks | None = Field(
        default=None,
        description="For the ICB, against it or neither; left out: as the finding says",
    )
    metric: str = ""
    period: Written = ""
    value: Written = ""
    unit: str = ""
    cut: str = ""
    outside_year_because: str = ""
    document: str = ""
    file: str = ""
    page: Written = ""
    quotation: str = ""
    body: str = ""
    on: Written = ""
    says: str = ""
    finding: str = Field(default="", description="Of last year's letter: its finding")

    @field_validator("quotation")
    @classmethod
    def _short(cls, value: str) -> str:
        if (words := len(value.split())) > MOST_QUOTED:
            raise ValueError(f"a quotation has at most {MOST_QUOTED} words; this one has {words}")
        return value


class AnnualFinding(Declaration):
    """A judgement with all that it rests on, and who disagrees."""

    id: Name
    icb: Code
    heading: Id
    duties: Names = ()
    statement: Text
    direction: Direction
    phrase: Text
    evidence: Names = ()
    counter: Names = Field(default=(), description="Evidence that speaks against it")
    counter_answer: str = ""
    no_figure_because: str = ""
    author: str = ""
    reviewer: str = ""
    dissent: str = ""
    differs_because: str = Field(
        default="", description="Why the same evidence has another word than at another ICB"
    )


class Concern(Declaration):
    """An open concern of last year, and what became of it."""

    id: Name
    icb: Code = Field(description="Who has it now")
    from_icb: str = Field(default="", description="Who had it, where that was another")
    year: str = ""
    heading: str = ""
    statement: Text
    became: Literal["closed", "continued", "dropped"] | None = None
    finding: str = Field(default="", description="This year's finding that closes or continues it")
    reason: str = ""


class Reply(Declaration):
    """What an ICB said of a finding in the round of factual accuracy, and what came of it."""

    finding: Name
    icb: Code
    on: Written = ""
    says: Text
    outcome: Literal["open", "accepted", "corrected", "refused"] = "open"
    reason: str = ""

    @model_validator(mode="after")
    def _why_refused(self) -> Reply:
        if self.outcome == "refused" and not self.reason.strip():
            raise ValueError("a reply that is refused needs a `reason`")
        return self


class FrozenFigure(Declaration):
    """A figure as the store held it when it was frozen; Remit writes these rows."""

    icb: Code
    metric: Text
    name: str = ""
    unit: str = ""
    cut: str = ""
    period_start: date
    period_end: date
    value: float
    base: float | None = Field(default=None, description="What it is a share of, where it is one")
    signal: Literal["", "improved", "worsened", "none", "not charted"] = ""
    source_file: str = ""
    source_line: Written = ""
    vintage: str = ""


class EvidenceFile(Declaration):
    """``evidence.yaml``."""

    schema_: Literal["remit/annual-evidence/1"] = Field(alias="schema")
    evidence: tuple[Evidence, ...] = ()


class FindingFile(Declaration):
    """``findings.yaml``."""

    schema_: Literal["remit/annual-findings/1"] = Field(alias="schema")
    findings: tuple[AnnualFinding, ...] = ()


class ConcernFile(Declaration):
    """``concerns.yaml``."""

    schema_: Literal["remit/annual-concerns/1"] = Field(alias="schema")
    concerns: tuple[Concern, ...] = ()


class ReplyFile(Declaration):
    """``replies.yaml``."""

    schema_: Literal["remit/annual-replies/1"] = Field(alias="schema")
    replies: tuple[Reply, ...] = ()


class FigureFile(Declaration):
    """``figures.csv`` as YAML, for whoever would rather have that."""

    schema_: Literal["remit/annual-figures/1"] = Field(alias="schema")
    figures: tuple[FrozenFigure, ...] = ()
