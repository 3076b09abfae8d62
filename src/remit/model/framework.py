"""An oversight framework as data: what is scored, how, and what follows.

Every key either scores (it can change a result) or words (it explains). ``Framework.hashes``
gives one digest of each, and every result carries both.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from remit.model.capability import Capability
from remit.model.declaration import WHEN_SET, WORDING, Declaration, FrameworkSource
from remit.model.metric import Bound
from remit.model.organisation import SubjectKind
from remit.model.system_adjustment import SystemAdjustment


class Scale(Declaration):
    """The best and the worst score of a metric."""

    best: float = 1.0
    worst: float = 4.0


class Tier(Bound):
    """Values within the bound get ``score``, or are ranked between ``best`` and ``worst``."""

    score: float | None = None
    ranked: Scale | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Tier:
        if (self.score is None) == (self.ranked is None):
            raise ValueError("give either `score` or `ranked`, not both and not neither")
        return self


class RankedRule(Declaration):
    """All values ranked: ``best + (worst - best) (rank - 1) / (N - 1)``."""

    type: Literal["ranked"]
    best: float = 1.0
    worst: float = 4.0

    def tiers(self) -> tuple[Tier, ...]:
        """The rule as tiers."""
        return (Tier(ranked=Scale(best=self.best, worst=self.worst)),)


class StandardThenRankedRule(Declaration):
    """Those that meet the standard get ``met``; the rest are ranked among themselves."""

    type: Literal["standard_then_ranked"]
    standard: Bound
    met: float = 1.0
    best: float = 2.0
    worst: float = 4.0

    def tiers(self) -> tuple[Tier, ...]:
        """The rule as tiers."""
        return (
            Tier(**self.standard.model_dump(), score=self.met),
            Tier(ranked=Scale(best=self.best, worst=self.worst)),
        )


class BandsRule(Declaration):
    """The first band whose bound holds gives the score."""

    type: Literal["bands"]
    bands: tuple[Tier, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fixed_scores(self) -> BandsRule:
        if any(band.score is None for band in self.bands):
            raise ValueError("every band needs a `score`; for ranking within a band use `tiers`")
        return self

    def tiers(self) -> tuple[Tier, ...]:
        """The rule as tiers."""
        return self.bands


class TiersRule(Declaration):
    """The first tier whose bound holds gives the score, or ranks the values that fall in it."""

    type: Literal["tiers"]
    in_order: tuple[Tier, ...] = Field(min_length=1)

    def tiers(self) -> tuple[Tier, ...]:
        """The rule as tiers."""
        return self.in_order


class LookupRule(Declaration):
    """The scores of two other metrics, looked up in a table."""

    type: Literal["lookup"]
    rows: str = Field(description="The metric whose score chooses the row")
    columns: str = Field(description="The metric whose score chooses the column")
    table: dict[int, dict[int, float]] = Field(description="row score → column score → score")


class PublishedRule(Declaration):
    """The score is an input: it is published without a value to make it from."""

    type: Literal["published"]
    with_value: Annotated[bool, WHEN_SET] = Field(
        default=False,
        description="Whether the value is published too, and only the rule between is not known",
    )


class EvidenceRule(Declaration):
    """Shown to those who judge; never scored."""

    type: Literal["evidence"]

    def tiers(self) -> tuple[Tier, ...]:
        """No tiers: no value gets a score."""
        return ()


Rule = Annotated[
    RankedRule
    | StandardThenRankedRule
    | BandsRule
    | TiersRule
    | LookupRule
    | PublishedRule
    | EvidenceRule,
    Field(discriminator="type"),
]


class UnitRule(Declaration):
    """Another rule for the organisations whose value is given in another unit."""

    unit: str
    rule: Rule
    verified: Annotated[bool, WORDING] = True
    note: Annotated[str, WORDING] = Field(
        default="", description="Why the rule is thought to be this one"
    )


class ScoredMetric(Declaration):
    """How one metric is scored in this framework."""

    id: str = Field(description="The metric's identifier in the catalogue")
    domain: str = Field(description="The identifier of its domain")
    kinds: tuple[SubjectKind, ...] = Field(min_length=1, description="Whom it is scored for")
    rule: Rule
    population: tuple[SubjectKind, ...] | Literal["own_kind"] = Field(
        default="own_kind",
        description="Whose values are ranked together: kinds of trust, or each kind by itself; "
        "ICBs are always ranked by themselves",
    )
    ties: Literal["value", "published_rank"] = Field(
        default="value",
        description="What orders equal values: nothing, or the rank that the file publishes",
    )
    other_units: tuple[UnitRule, ...] = ()
    counts: bool = Field(default=True, description="Whether its score enters the averages")
    verified: Annotated[bool, WORDING] = True
    note: Annotated[str, WORDING] = Field(
        default="", description="What a reader should know of the rule"
    )
    source: Annotated[str, WORDING] = Field(default="", description="Where the rule stands")

    @model_validator(mode="after")
    def _evidence_counts_not(self) -> ScoredMetric:
        if self.is_evidence and "counts" in self.model_fields_set and self.counts:
            raise ValueError("evidence is never scored, so it cannot count; remove `counts`")
        return self

    @property
    def is_evidence(self) -> bool:
        """Whether it is shown and not scored."""
        return isinstance(self.rule, EvidenceRule)

    @property
    def takes_published(self) -> bool:
        """Whether its score, or that of another unit, is taken as it is published."""
        rules = (self.rule, *(other.rule for other in self.other_units))
        return any(isinstance(rule, PublishedRule) for rule in rules)

    def population_of(self, kind: SubjectKind) -> tuple[SubjectKind, ...]:
        """The kinds that an organisation of one kind is ranked among; none if it is not."""
        if kind not in self.kinds:
            return ()
        if self.population == "own_kind" or kind is SubjectKind.ICB:
            return (kind,)
        return self.population if kind in self.population else ()


class Group(Declaration):
    """Metrics whose scores are averaged into one before they enter a domain and the average."""

    id: str
    name: Annotated[str, WORDING] = Field(description="The group in plain words")
    domain: str
    members: tuple[str, ...] = Field(min_length=2)


class Domain(Declaration):
    """A domain, and where its published results are found."""

    id: str
    name: str = Field(description="The name as published; results carry it")
    published_score: str | None = None
    published_segment: str | None = None


class RoundedEarly(Declaration):
    """Scores that entered the mean already rounded, in one period."""

    period: str
    metrics: tuple[str, ...]


class Rounding(Declaration):
    """How figures are rounded when shown, and which are rounded earlier."""

    decimals: int = Field(default=2, ge=0, le=6)
    mode: Literal["half_up", "half_even"] = "half_up"
    before_mean: tuple[RoundedEarly, ...] = ()


class Aggregation(Declaration):
    """How metric scores become domain scores and the average."""

    domain: Literal["mean"] = "mean"
    average: Literal["mean_of_scores", "mean_of_domains"] = "mean_of_scores"
    missing: Literal["dropped"] = "dropped"
    published_average: str | None = None

    @property
    def by_domain(self) -> bool:
        """Whether the average is the mean of the domains' means rather than of all scores."""
        return self.average == "mean_of_domains"


class CutPoints(Declaration):
    """Where segments begin, or that they are set by judgement."""

    basis: Literal["quartiles", "thresholds", "judgement"]
    population: tuple[SubjectKind, ...] = ()
    quantile_method: Literal["linear", "lower", "higher", "hazen", "weibull"] = "higher"
    thresholds: tuple[float, ...] | None = Field(
        default=None, description="The cut points where the basis is thresholds; else an input"
    )

    @property
    def are_unknown(self) -> bool:
        """Whether segments begin at thresholds that are not public."""
        return self.basis == "thresholds" and self.thresholds is None

    verified: Annotated[bool, WORDING] = True
    note: Annotated[str, WORDING] = Field(default="", description="How the cut points are known")


class Override(Declaration):
    """A published flag that bounds or sets the segment."""

    id: str
    name: Annotated[str, WORDING] = Field(description="The override in plain words")
    flag: str = Field(description="The identifier of the flag in the publication; 1 means yes")
    no_better_than: int | None = None
    becomes: int | None = None
    stage: Literal["adjusted", "final"]
    why: Annotated[str, WORDING] = Field(description="One sentence that explains it to a board")

    @model_validator(mode="after")
    def _one_effect(self) -> Override:
        if (self.no_better_than is None) == (self.becomes is None):
            raise ValueError("give either `no_better_than` or `becomes`")
        return self


class UnknownStep(Declaration):
    """A step of the framework whose rule is not known, and which Remit therefore leaves out."""

    name: str = Field(description="The step in plain words")
    note: str = Field(default="", description="What is known of it")


class Segments(Declaration):
    """The segments, how they are cut and what overrides them."""

    labels: Annotated[dict[int, str], WORDING] = Field(description="What each segment means")
    cut_points: CutPoints
    overrides: tuple[Override, ...] = ()
    unknown_steps: Annotated[tuple[UnknownStep, ...], WORDING, WHEN_SET] = ()
    published_unadjusted: str | None = None
    published_adjusted: str | None = None
    published_final: str | None = None

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is not known of the way from averages to segments, so that none can be made."""
        unknown = self.cut_points.are_unknown
        steps = tuple(step.name for step in self.unknown_steps)
        return (*(("the thresholds between segments",) if unknown else ()), *steps)


class League(Declaration):
    """How organisations are ranked in the league table."""

    within: Literal["kind", "all"] = "kind"
    by: tuple[Literal["adjusted_segment", "average_score"], ...] = (
        "adjusted_segment",
        "average_score",
    )
    decimals: int = 2


class Framework(Declaration):
    """One version of an oversight framework."""

    schema_: Literal["remit/framework/1"] = Field(alias="schema")
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    version: Annotated[str, WORDING]
    name: Annotated[str, WORDING] = Field(description="The framework's name")
    summary: Annotated[str, WORDING] = Field(description="What it does, in two sentences")
    valid_from: date
    valid_to: date | None = None
    sources: Annotated[tuple[FrameworkSource, ...], WORDING] = Field(
        min_length=1, description="Where it stands"
    )
    known_limits: Annotated[tuple[str, ...], WORDING] = Field(
        default=(), description="What is not known of it"
    )
    caution: Annotated[str, WORDING, WHEN_SET] = Field(
        default="", description="One sentence that every result of it must carry"
    )
    kinds: tuple[SubjectKind, ...] = Field(min_length=1)
    coverage_minimum: float = Field(
        default=0.95,
        gt=0,
        le=1,
        description="The share of a kind's trusts that must be there for a ranking to be made",
    )
    domains: tuple[Domain, ...] = Field(min_length=1)
    metrics: tuple[ScoredMetric, ...] = Field(min_length=1)
    groups: tuple[Group, ...] = ()
    rounding: Rounding = Rounding()
    aggregation: Aggregation = Aggregation()
    segments: Segments
    league: League = League()
    system_adjustment: Annotated[SystemAdjustment | None, WHEN_SET] = None
    capability: Annotated[Capability | None, WHEN_SET] = None

    @property
    def concerned(self) -> tuple[SubjectKind, ...]:
        """The kinds that bear on a result: those judged, and those they are ranked or cut among.

        An ICB is ranked among ICBs only, so a metric's population brings in trusts alone.
        """
        among = [
            kind
            for metric in self.metrics
            if metric.population != "own_kind"
            for kind in metric.population
            if kind is not SubjectKind.ICB
        ]
        return tuple(dict.fromkeys((*self.kinds, *self.segments.cut_points.population, *among)))

    def in_force(self, first: date, last: date) -> bool:
        """Whether it is in force on any day between two, both included."""
        return self.valid_from <= last and first <= (self.valid_to or date.max)

    @property
    def cuts_among_judged(self) -> bool:
        """Whether all those whose averages cut the segments are judged themselves."""
        return set(self.segments.cut_points.population) <= set(self.kinds)

    def metric(self, metric_id: str) -> ScoredMetric:
        """The scoring of one metric.

        Raises
        ------
        KeyError
            If the framework does not score it.
        """
        return self._by_id()[metric_id]

    def _by_id(self) -> dict[str, ScoredMetric]:
        return {metric.id: metric for metric in self.metrics}

    def domain(self, domain_id: str) -> Domain:
        """One domain by its identifier."""
        return next(domain for domain in self.domains if domain.id == domain_id)

    def group_of(self, metric_id: str) -> Group | None:
        """The group that a metric is averaged in first, if any."""
        return next((group for group in self.groups if metric_id in group.members), None)
