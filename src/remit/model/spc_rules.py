"""Rule sets of control charts: how limits are made and what counts as a special cause."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from remit.model.declaration import Declaration


class Screening(Declaration):
    """Moving ranges that are too large to belong to ordinary variation are left out once."""

    multiple: float = Field(
        gt=1, description="A range of at least this many mean ranges is left out, once"
    )
    zero_ranges: Literal["keep", "drop"] = Field(
        default="keep",
        description="A series that never changes: keep its ranges (limits lie on the mean), or "
        "drop them (no limits), as NHSRplotthedots does",
    )


class LimitRules(Declaration):
    """How far the process limits lie from the mean."""

    multiplier: float = Field(gt=0, description="Mean moving ranges from the mean to a limit")
    near: tuple[int, int] = Field(
        default=(2, 3), description="Near limits as a part of that distance: [2, 3] is two thirds"
    )
    screening: Screening | None = Field(
        default=None, description="Left out: every moving range counts"
    )

    @property
    def near_multiplier(self) -> float:
        """Mean moving ranges from the mean to a near limit."""
        part, whole = self.near
        return part * (self.multiplier / whole)

    @model_validator(mode="after")
    def _near_is_nearer(self) -> LimitRules:
        part, whole = self.near
        if not 0 < part < whole:
            raise ValueError(
                f"near limits lie between the mean and the limits; {part}/{whole} does not"
            )
        return self


class Outlook(Declaration):
    """When limits may say what is to come, and what is large enough to be a headline."""

    recent: int = Field(
        default=12, ge=1, description="So many of the latest points are held against the target"
    )
    contrary: int = Field(
        default=1,
        ge=1,
        description="With so many of them on the other side of the target than the limits, what "
        "is seen is said, and not what is to come",
    )
    run: int = Field(
        default=7,
        ge=2,
        description="A re-basing is proposed from the start of a run of at least so many points on "
        "one side of the mean",
    )
    smallest_share: float = Field(
        default=5,
        ge=0,
        description="Of what is neither better nor worse, a signal nearer to its mean than so many "
        "per cent of it is no headline",
    )
    smallest_points: float = Field(
        default=2, ge=0, description="The same of a percentage, in percentage points"
    )
    most_outside: float = Field(
        default=50,
        ge=0,
        le=100,
        description="With more than so many per cent of the points that made them outside, limits "
        "do not describe their series and judge nothing",
    )
    new_months: int = Field(
        default=3,
        ge=0,
        description="What ended more months than this before a report's period does is not new",
    )

    @model_validator(mode="after")
    def _contrary_fits(self) -> Outlook:
        if self.contrary > self.recent:
            raise ValueError(f"{self.contrary} of {self.recent} points cannot be; lower `contrary`")
        return self


class DeclaredRule(Declaration):
    """One rule by its kind, with the keys that this kind has.

    Which kinds there are and what keys they take is known to ``remit.signals.rules`` alone: a
    rule is one file there.
    """

    model_config = ConfigDict(extra="allow")

    kind: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="A rule of docs/rules-spc.md")


class SpcRules(Declaration):
    """A rule set for control charts (XmR)."""

    schema_: Literal["remit/spc-rules/1"] = Field(alias="schema")
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    version: str
    name: str = Field(min_length=1, description="As it is printed on every chart")
    source: str = Field(min_length=1, description="Where the rules stand")
    limits: LimitRules
    rules: tuple[DeclaredRule, ...] = Field(
        min_length=1, description="In order of precedence: a point is named by the first that fits"
    )
    minimum_points: int = Field(
        ge=2, description="With fewer points limits are called trial limits; least baseline"
    )
    outlook: Outlook = Field(
        default=Outlook(), description="What may be said of a target, and what is a headline"
    )

    @property
    def label(self) -> str:
        """Identifier and version, as printed on a chart."""
        return f"{self.id} {self.version}"

    @model_validator(mode="after")
    def _each_rule_once(self) -> SpcRules:
        kinds = [rule.kind for rule in self.rules]
        twice = sorted({kind for kind in kinds if kinds.count(kind) > 1})
        if twice:
            raise ValueError(f"the rule {', '.join(twice)} is declared twice; keep one")
        return self
