"""The shape of a declaration file of organisations (described in docs/register.md)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from remit.model.declaration import Declaration, listed, split
from remit.model.organisation import TRUST_KINDS, SubjectKind

Span = tuple[date | None, date | None]
"""First and last day as written; None stands for "for as long as both are open"."""


def _spans(value: Any) -> dict[Any, Any]:
    """The three ways of writing a membership, as code → span."""
    if isinstance(value, dict):
        return {code: _span(code, said) for code, said in value.items()}
    return dict.fromkeys(listed(value), (None, None))


def _span(code: Any, said: Any) -> Span:
    if type(said) is date:
        return said, None
    first, slash, last = str(said).partition("/")
    try:
        return date.fromisoformat(first), date.fromisoformat(last) if slash else None
    except ValueError:
        raise ValueError(
            f"{said!r} of {code} is no span of days; write 2022-07-01 or 2022-07-01/2026-03-31"
        ) from None


def _of_trust(kind: SubjectKind) -> SubjectKind:
    if kind not in TRUST_KINDS:
        raise ValueError(f"a trust's kind is one of {', '.join(TRUST_KINDS)}; found {kind}")
    return kind


Text = Annotated[str, Field(min_length=1)]
KindOfTrust = Annotated[
    SubjectKind,
    AfterValidator(_of_trust),
    WithJsonSchema({"type": "string", "enum": [kind.value for kind in TRUST_KINDS]}),
]
Code = Annotated[str, Field(pattern=r"^[A-Z0-9]{3,8}$")]
Texts = Annotated[
    tuple[Text, ...], BeforeValidator(listed, json_schema_input_type=Text | list[Text])
]
Names = Annotated[
    tuple[Text, ...],
    Field(min_length=1),
    BeforeValidator(split, json_schema_input_type=Text | list[Text]),
]
Codes = Annotated[
    tuple[Code, ...], BeforeValidator(listed, json_schema_input_type=Code | list[Code])
]
Memberships = Annotated[
    dict[Code, Span],
    BeforeValidator(_spans, json_schema_input_type=Code | list[Code] | dict[Code, date | str]),
]


class SourceEntry(Declaration):
    """Where facts come from."""

    title: Text
    url: str = ""
    licence: str = ""
    as_of: date | str = Field(default="", description="The day or period that the source shows")


class SuccessionEntry(Declaration):
    """That an organisation's work passed to others."""

    on: date = Field(description="The first day on which the successors have the work")
    to: Codes
    parts: dict[Code, Text] = Field(
        default_factory=dict, description="Successor → the part of the area that went to it"
    )
    note: str = ""


class RegionEntry(Declaration):
    """A region; the keys that every organisation has."""

    code: Code
    name: Text
    opened: date = Field(description="First day")
    closed: date | None = Field(default=None, description="Last day; left out while open")
    source: Names = Field(description="Names under sources: a list, or apart by spaces")
    aliases: Texts = ()
    ons_code: Text | None = None
    former_ons_codes: Texts = ()
    former_names: dict[Text, date] = Field(
        default_factory=dict, description="Name → last day on which it is known to have held"
    )
    note: str = ""


class IcbEntry(RegionEntry):
    """An ICB."""

    region: Memberships = Field(default_factory=dict)
    succession: SuccessionEntry | None = None


class TrustEntry(IcbEntry):
    """A trust."""

    site: Text | None = Field(
        default=None, description="The hospital of its registered address; people ask by it"
    )
    kind: KindOfTrust | None = None
    subkind: Text | None = None
    lead_icb: Memberships = Field(default_factory=dict)
    partner_icbs: Memberships = Field(default_factory=dict)


class OrganisationFile(Declaration):
    """One declaration file."""

    schema_: Literal["remit/organisations/1"] = Field(
        default="remit/organisations/1", alias="schema"
    )
    fictional: bool = False
    sources: dict[str, SourceEntry]
    regions: tuple[RegionEntry, ...] = ()
    icbs: tuple[IcbEntry, ...] = ()
    trusts: tuple[TrustEntry, ...] = ()
