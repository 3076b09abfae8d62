"""An assessment's frames as records, indexed once, so that pages are quick to make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import polars as pl

from remit.assessment.likely.coverage import worth_words
from remit.assessment.result.assessment import Assessment
from remit.model.observation import Source, Status
from remit.model.organisation import Organisation, TrustKind
from remit.pages.frame.links import Link, Page, PageKind
from remit.pages.standings.likely_ranges import (
    TrustRanges,
    likely_by_code,
    pairs_told_apart,
    ranges_of,
)
from remit.words.names import short_icb_name

if TYPE_CHECKING:
    from remit.assessment.improvement.route import Routes
    from remit.assessment.likely.ranges import LikelyRanges
    from remit.pages.standings.monthly import Monthly

RecordT = TypeVar("RecordT")


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell of a source: its file, line and column."""

    source_id: str
    line: int
    column: str


@dataclass(frozen=True, slots=True)
class TrustStanding:
    """Where one organisation stands; the columns of ``Assessment.standing``."""

    org_code: str
    org_name: str
    kind: TrustKind
    n_metrics: int
    average_score: float | None
    published_average_score: float | None
    unadjusted_segment: int | None
    override: bool | None
    adjusted_segment: int | None
    published_segment: int | None
    rank: int | None
    published_rank: int | None
    subkind: str | None
    region_code: str | None
    icb_code: str | None
    computed_unadjusted_segment: int | None
    published_unadjusted_segment: int | None
    final_segment: int | None
    published_final_segment: int | None
    overrides_applied: str | None

    @property
    def segment(self) -> int | None:
        """The segment that holds: the final one, else the adjusted one."""
        return self.final_segment if self.final_segment is not None else self.adjusted_segment

    @property
    def published(self) -> int | None:
        """The published segment that answers to :attr:`segment`."""
        if self.published_final_segment is not None:
            return self.published_final_segment
        return self.published_segment


@dataclass(frozen=True, slots=True)
class MetricScore:
    """One organisation's score on one metric, and where its figures stand."""

    org_code: str
    org_kind: TrustKind
    metric_id: str
    value: float | None
    unit: str | None
    rank: float | None
    population_size: int | None
    published_rank: float | None
    score: float | None
    published_score: float | None
    recomputed_score: float | None
    difference: float | None
    rule: str | None
    basis: str | None
    domain: str
    status: str | None
    period_label: str | None
    counts: bool
    verified: bool
    value_source: str | None
    value_line: int | None
    value_column: str | None
    score_source: str | None
    score_line: int | None
    score_column: str | None

    @property
    def comparable(self) -> bool:
        """Whether the recomputed score rests on everybody who should be ranked."""
        return self.difference is not None or self.published_score is None

    @property
    def value_place(self) -> CellPlace | None:
        """Where the value stands."""
        return _place(self.value_source, self.value_line, self.value_column)

    @property
    def score_place(self) -> CellPlace | None:
        """Where the published score stands."""
        return _place(self.score_source, self.score_line, self.score_column)


@dataclass(frozen=True, slots=True)
class DomainScore:
    """One organisation's score in one domain."""

    org_code: str
    domain: str
    score: float | None
    segment: int | None
    published_score: float | None
    published_segment: int | None
    n_scores: int


class Results:
    """One assessment, ready for pages."""

    def __init__(
        self,
        assessment: Assessment,
        routes: Mapping[str, Routes] | None = None,
        compare: tuple[str, ...] = (),
        monthly: Monthly | None = None,
    ) -> None:
        self.assessment = assessment
        self.routes = routes or {}
        self.compare = compare
        self.monthly = monthly
        self.framework = assessment.framework
        self.period = assessment.period.label
        self.on = assessment.period.end
        self.standings: dict[str, TrustStanding] = {
            s.org_code: s for s in _records(TrustStanding, assessment.standing)
        }

    @cached_property
    def scores(self) -> list[MetricScore]:
        """All metric scores, each with the columns of its cells."""
        frame = self.assessment.metric_scores
        for part in ("value", "score"):
            frame = _with_column(frame, self.assessment.observations, part)
        return _records(MetricScore, frame)

    @cached_property
    def by_organisation(self) -> Mapping[str, Mapping[str, MetricScore]]:
        """Metric scores by organisation and metric."""
        found: dict[str, dict[str, MetricScore]] = defaultdict(dict)
        for score in self.scores:
            found[score.org_code][score.metric_id] = score
        return found

    @cached_property
    def by_metric(self) -> Mapping[str, list[MetricScore]]:
        """Metric scores by metric."""
        found: dict[str, list[MetricScore]] = defaultdict(list)
        for score in self.scores:
            found[score.metric_id].append(score)
        return found

    @cached_property
    def domains(self) -> Mapping[str, Mapping[str, DomainScore]]:
        """Domain scores by organisation and domain."""
        found: dict[str, dict[str, DomainScore]] = defaultdict(dict)
        for score in _records(DomainScore, self.assessment.domain_scores):
            found[score.org_code][score.domain] = score
        return found

    @cached_property
    def published_places(self) -> Mapping[tuple[str, str], CellPlace]:
        """Where the published results stand, by organisation and identifier.

        Where two files give the same result, the one that holds the metrics too is named, since
        the assessment takes the result from it.
        """
        observations = self.assessment.observations
        is_metric = pl.col("metric_id").is_in([m.id for m in self.framework.metrics])
        with_metrics = observations.filter(is_metric)["source_id"].unique().to_list()
        rows = observations.filter(
            ~is_metric
            & (pl.col("status") == Status.REPORTED.value)
            & pl.col("source_id").is_not_null()
            & pl.col("source_row").is_not_null()
        ).sort(~pl.col("source_id").is_in(with_metrics), maintain_order=True)
        cells = rows.select("org_code", "metric_id", "source_id", "source_row", "source_column")
        found: dict[tuple[str, str], CellPlace] = {}
        for code, metric_id, source, line, column in cells.iter_rows():
            found.setdefault((code, metric_id), CellPlace(source, line, column or "Value"))
        return found

    @cached_property
    def apart(self) -> LikelyRanges | None:
        """Likely ranges and who can be told apart; None where none were asked for."""
        return ranges_of(self.assessment)

    @cached_property
    def likely(self) -> Mapping[str, TrustRanges]:
        """Likely ranges by organisation; empty where none were asked for."""
        return likely_by_code(self.apart) if self.apart else {}

    def worth_of_ranges(self, codes: Iterable[str] | None = None) -> str:
        """What likely ranges are worth with as many scores as those of some, or all, rest on."""
        drawn = [self.likely[code] for code in (self.likely if codes is None else codes)]
        found = [one.n_scores for one in drawn if one.score and one.n_scores > 1]
        return worth_words(min(found), max(found)) if found else ""

    @cached_property
    def told_apart(self) -> frozenset[frozenset[str]]:
        """The pairs of organisations that the scores tell apart."""
        return pairs_told_apart(self.apart) if self.apart else frozenset()

    @cached_property
    def kinds(self) -> tuple[TrustKind, ...]:
        """The kinds of trust at hand, in the framework's order."""
        there = {s.kind for s in self.standings.values()}
        return tuple(kind for kind in self.framework.kinds if kind in there)

    @cached_property
    def by_kind(self) -> Mapping[TrustKind, list[TrustStanding]]:
        """Standings by kind, in the order of the league table."""
        found: dict[TrustKind, list[TrustStanding]] = {kind: [] for kind in self.kinds}
        for standing in self.standings.values():
            found[standing.kind].append(standing)
        return {kind: sorted(rows, key=league_order) for kind, rows in found.items()}

    @property
    def cuts_are_sound(self) -> bool:
        """Whether the cut points stand for all trusts, and not for a few of them."""
        cuts = self.assessment.cut_points
        enough = self.framework.coverage_minimum * cuts.expected
        return cuts.basis != "population" or cuts.organisations >= enough

    @cached_property
    def fictional(self) -> bool:
        """Whether any organisation shown is a sample."""
        return self.assessment.fictional or any(
            found.fictional for code in self.standings if (found := self.organisation(code))
        )

    def organisation(self, code: str | None) -> Organisation | None:
        """An organisation of the register, or None where it is not known."""
        return self.assessment.register.find(code) if code else None

    def partners_of(self, code: str) -> list[Organisation]:
        """The ICBs that a trust is a partner of, in the period."""
        if self.organisation(code) is None:
            return []
        return self.assessment.register.partner_icbs(code, self.on)

    def scored_lines(self, code: str) -> Mapping[str, MetricScore]:
        """The metrics of an organisation that have a score."""
        lines = self.by_organisation.get(code, {})
        return {metric: line for metric, line in lines.items() if line.score is not None}

    def name(self, code: str) -> str:
        """The name of a trust, as the assessment gives it."""
        return self.standings[code].org_name

    def segment_label(self, segment: int | None) -> str:
        """A segment as the framework names it."""
        if segment is None:
            return "No segment"
        return self.framework.segments.labels.get(segment, f"Segment {segment}")

    def source(self, source_id: str | None) -> Source | None:
        """A source by its identifier."""
        return self.assessment.sources.get(source_id) if source_id else None

    def trust_link(self, code: str) -> Link:
        """The link to a trust's page."""
        return Link(self.name(code), self.page(PageKind.TRUST, code))

    def area_link(self, code: str | None, *, short: bool = True) -> Link | None:
        """The link to an ICB's or a region's page."""
        found = self.organisation(code)
        if found is None:
            return None
        name = found.name_on(self.on)
        return Link(short_icb_name(name) if short else name, self.page(PageKind.AREA, found.code))

    def metric_link(self, metric_id: str) -> Link:
        """The link to a metric's page, by its short name where it has one."""
        metric = self.assessment.metrics[metric_id]
        return Link(metric.short or metric.name, self.page(PageKind.METRIC, metric_id))

    def page(self, kind: PageKind, code: str = "") -> Page:
        """A page of this period."""
        return Page(kind, code, self.period)


def league_order(standing: TrustStanding) -> tuple[bool, float, str]:
    """The key that sorts standings as a league table, those without a rank last."""
    return standing.rank is None, standing.rank or 0, standing.org_name


def _place(source: str | None, line: int | None, column: str | None) -> CellPlace | None:
    return CellPlace(source, line, column or "Value") if source and line is not None else None


def _with_column(frame: pl.DataFrame, observations: pl.DataFrame, part: str) -> pl.DataFrame:
    """Add the name of the file's column in which a value or a score stands."""
    cells = observations.select(
        pl.col("source_id").alias(f"{part}_source"),
        pl.col("source_row").alias(f"{part}_line"),
        pl.col("source_column").alias(f"{part}_column"),
    ).unique(subset=[f"{part}_source", f"{part}_line"], keep="first", maintain_order=True)
    keys = [f"{part}_source", f"{part}_line"]
    frame = frame.with_columns(pl.col(f"{part}_line").cast(pl.Int64))
    return frame.join(cells, on=keys, how="left", maintain_order="left")


def _records(kind: type[RecordT], frame: pl.DataFrame) -> list[RecordT]:
    """The rows of a frame as dataclasses; columns that the class does not name are left out."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    return [kind(**_typed(row)) for row in frame.select(names).iter_rows(named=True)]


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    for name in ("kind", "org_kind"):
        if row.get(name):
            row[name] = TrustKind(row[name])
    return row
