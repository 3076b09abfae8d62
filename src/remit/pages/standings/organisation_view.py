"""One trust: where it stands, why, and where every figure comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from remit.files.jsons import json_text
from remit.model.explanation import Step
from remit.model.framework import Domain
from remit.model.observation import Source
from remit.model.organisation import TrustKind
from remit.pages.drawing.charts import Chart, DrawnValue, distribution
from remit.pages.frame.links import Link, Page, PageKind
from remit.pages.standings.capability_view import CapabilityView, capability_view
from remit.pages.standings.cells import NumberedFiles, SourceCell
from remit.pages.standings.compare import (
    Comparison,
    compare_scores,
    compare_segments,
    standing_at,
)
from remit.pages.standings.first_screen import FirstScreen, first_screen
from remit.pages.standings.how_sure import HowSure, how_sure
from remit.pages.standings.league_view import basis_words, cut_markers, middle, origin_words
from remit.pages.standings.metric_lines import MetricLine, MissingLine, metric_line, missing_line
from remit.pages.standings.metric_rows import ScoredRow, kind_head, metric_rows
from remit.pages.standings.monthly_rows import MonthlyRow, monthly_finding, monthly_rows
from remit.pages.standings.movement_view import MovementView, movement_view
from remit.pages.standings.near import NearRow, near_of
from remit.pages.standings.outlook_view import OutlookView, outlook_view
from remit.pages.standings.planned import Planned
from remit.pages.standings.results import Results, TrustStanding
from remit.pages.standings.rules import order_words
from remit.pages.standings.trust_history import PastLine, history_chart, past_lines
from remit.pages.standings.trust_row import TrustRow, ranked_count, row_fields
from remit.words.figures import NONE, number_words
from remit.words.names import kind_words
from remit.words.sentences import count_words, listed


@dataclass(frozen=True, slots=True)
class DomainBlock:
    """A domain of a trust with its metrics."""

    id: str
    name: str
    score: float | None
    segment: int | None
    comparison: Comparison
    published_segment: int | None
    cells: tuple[SourceCell, ...]
    metrics: tuple[MetricLine, ...]
    rows: tuple[ScoredRow, ...]


@dataclass(frozen=True, slots=True)
class OrganisationView(TrustRow):
    """Everything that the page of a trust shows."""

    title: str
    name: str
    period: str
    partners: tuple[Link, ...]
    area: Link | None
    league: Link
    lead: str
    first: FirstScreen
    near: tuple[NearRow, ...]
    compared: Link
    monthly: tuple[MonthlyRow, ...]
    monthly_finding: str
    peers_head: str
    sure: HowSure
    reasons: tuple[str, ...]
    agreement: str
    framework: Link
    doubt: str
    origin: str
    basis: str
    comparisons: tuple[Comparison, ...]
    chart: Chart | None
    domains: tuple[DomainBlock, ...]
    missing: tuple[MissingLine, ...]
    past: tuple[PastLine, ...]
    past_chart: Chart | None
    movement: MovementView | None
    outlook: OutlookView | None
    capability: CapabilityView | None
    files: tuple[tuple[int, Source], ...]
    explanation: Step
    download: Page


def pages(periods: Sequence[Results]) -> Iterator[Planned]:
    """A page each period and trust, and beside it its explanation as JSON."""
    for one in periods:
        for code in one.standings:
            yield Planned(
                one.page(PageKind.TRUST, code),
                partial(organisation_view, one, code, periods),
                (one.page(PageKind.EXPLANATION, code), partial(explanation_json, one)),
            )


def organisation_view(results: Results, code: str, periods: Sequence[Results]) -> OrganisationView:
    """The page of a trust in one period.

    Parameters
    ----------
    results
        The period of the page.
    code
        The trust's code.
    periods
        All periods at hand, oldest first.
    """
    standing = results.standings[code]
    files = NumberedFiles(results)
    past = past_lines(code, periods)
    row = row_fields(results, standing)
    row["icb"] = results.area_link(standing.icb_code, short=False)
    return OrganisationView(
        **row,
        title=f"{standing.org_name} ({code}), {results.period}",
        name=standing.org_name,
        period=results.period,
        partners=_partners(results, standing),
        area=results.area_link(code) if standing.kind is TrustKind.ICB else None,
        league=Link(
            f"League table of {kind_words(standing.kind)}",
            results.page(PageKind.LEAGUE, standing.kind.value),
        ),
        lead=_lead(results, standing),
        first=first_screen(results, standing, periods, past),
        near=near_of(results, standing),
        compared=Link(
            kind_words(standing.kind), results.page(PageKind.COMPARED, standing.kind.value)
        ),
        monthly=(months := monthly_rows(results.monthly, standing.org_code)),
        monthly_finding=monthly_finding(months),
        peers_head=kind_head(standing.kind),
        sure=how_sure(results, standing, ranked_count(results, standing)),
        reasons=_reasons(results, standing),
        agreement=_agreement(results, standing),
        framework=Link(results.framework.name, results.page(PageKind.METHOD)),
        doubt=_doubt(results),
        origin=origin_words(results),
        basis=basis_words(results),
        comparisons=_with_cells(results, standing, files),
        chart=_position(results, standing),
        domains=_domains(results, standing, files, periods),
        missing=_missing(results, standing),
        past=past,
        past_chart=history_chart(standing.org_name, past),
        movement=movement_view(results, code, periods),
        outlook=outlook_view(results, standing),
        capability=capability_view(results, code),
        files=files.listed(),
        explanation=results.assessment.explain(code),
        download=results.page(PageKind.EXPLANATION, code),
    )


def _partners(results: Results, standing: TrustStanding) -> tuple[Link, ...]:
    found = results.partners_of(standing.org_code)
    others = [icb.code for icb in found if icb.code != standing.icb_code]
    links = [results.area_link(code) for code in others]
    return tuple(link for link in links if link)


def _lead(results: Results, standing: TrustStanding) -> str:
    if standing.average_score is None:
        return f"{standing.org_name} has no score in {results.period}, and so no segment."
    label = results.segment_label(standing.segment)
    first = f"{standing.org_name} is in {label[0].lower()}{label[1:]} in {results.period}."
    score = (
        f" Its average score is {number_words(standing.average_score)}, where 1.00 is best and "
        f"4.00 worst, over {count_words(standing.n_metrics, 'score')}"
    )
    if standing.rank is None:
        return f"{first}{score}."
    peers = f"{ranked_count(results, standing)} {kind_words(standing.kind)}"
    return f"{first}{score}. It ranks {standing.rank} of {peers}, {order_words(results.framework)}."


def _reasons(results: Results, standing: TrustStanding) -> tuple[str, ...]:
    """Overrides that changed the segment, one sentence each."""
    applied = (standing.overrides_applied or "").split(", ")
    overrides = {o.id: o for o in results.framework.segments.overrides}
    reasons = [overrides[name].why for name in applied if name in overrides]
    if not reasons:
        return ()
    return (f"The score alone gives segment {standing.unadjusted_segment}.", *reasons)


def _doubt(results: Results) -> str:
    """That the framework was not in force, or that its rules are not all verified."""
    framework = results.framework
    said = []
    if not framework.valid_from <= results.on <= (framework.valid_to or results.on):
        said.append(f"It was not in force in {results.period}.")
    doubted = sum(1 for metric in framework.metrics if not metric.verified)
    if doubted:
        which = "None" if doubted == len(framework.metrics) else "Not all"
        said.append(f"{which} of its metric rules are verified: see its method.")
    return " ".join(said)


def _agreement(results: Results, standing: TrustStanding) -> str:
    """Whether the published standing is the same, in one sentence."""
    who = "The sample gives" if results.fictional else "NHS England published"
    if standing.published is None:
        return "No segment is published for this trust in the files at hand."
    said = f"{who} segment {standing.published}"
    if standing.published_average_score is not None:
        said += f" and an average score of {number_words(standing.published_average_score)}"
    different = [c.label.lower() for c in _comparisons(standing) if c.same is False]
    if not different:
        own, other = standing.average_score, standing.published_average_score
        if other is not None and number_words(own) != number_words(other):
            said += f"; what Remit recomputed is the same but for rounding ({number_words(own)})"
            return f"{said}."
        return f"{said}; what Remit recomputed is the same."
    return f"{said}; what Remit recomputed differs in the {listed(different)}."


def _comparisons(standing: TrustStanding) -> tuple[Comparison, ...]:
    found = [
        compare_scores("Average score", standing.average_score, standing.published_average_score),
        compare_segments(
            "Segment from the average score",
            standing.computed_unadjusted_segment,
            standing.published_unadjusted_segment,
        ),
        compare_segments("Adjusted segment", standing.adjusted_segment, standing.published_segment),
    ]
    final = standing.published_final_segment
    if final is not None:
        found.append(compare_segments("Final segment", standing.final_segment, final))
    found.append(compare_segments("Rank", standing.rank, standing.published_rank))
    return tuple(found)


def _with_cells(
    results: Results, standing: TrustStanding, files: NumberedFiles
) -> tuple[Comparison, ...]:
    """The comparisons, each with the cell of its published figure."""
    segments = results.framework.segments
    ids = {
        "Average score": results.framework.aggregation.published_average,
        "Segment from the average score": segments.published_unadjusted,
        "Adjusted segment": segments.published_adjusted,
        "Final segment": segments.published_final,
        "Rank": segments.published_adjusted,
    }
    return tuple(
        standing_at(
            line,
            files.cell(
                "published",
                results.published_places.get((standing.org_code, ids[line.label] or "")),
                "Rank" if line.label == "Rank" else "",
            ),
        )
        if line.published != NONE
        else line
        for line in _comparisons(standing)
    )


def _position(results: Results, standing: TrustStanding) -> Chart | None:
    """The trust among all of its kind."""
    peers = [s for s in results.by_kind[standing.kind] if s.average_score is not None]
    own = standing.average_score
    if own is None or len(peers) < 2:
        return None
    scores = [s.average_score for s in peers if s.average_score is not None]
    better = sum(1 for score in scores if score < own - 1e-9)
    worse = sum(1 for score in scores if score > own + 1e-9)
    kinds = kind_words(standing.kind)
    finding = (
        f"{standing.org_name} has an average score of {number_words(own)}. Among {kinds}, "
        f"{better} {'has' if better == 1 else 'have'} a better score and {worse} a worse one; half "
        f"of all lie at or below {number_words(middle(scores))}."
    )
    points = [DrawnValue(s.average_score or 0, own=s.org_code == standing.org_code) for s in peers]
    return distribution(
        "position",
        f"Average score among {kinds}",
        finding,
        points,
        cut_markers(results),
        axis="Average score: 1.00 is best, 4.00 worst.",
        legend="The diamond is this one; each dot is another of its kind.",
    )


def _domains(
    results: Results, standing: TrustStanding, files: NumberedFiles, periods: Sequence[Results]
) -> tuple[DomainBlock, ...]:
    lines = results.scored_lines(standing.org_code)
    blocks = []
    for domain in results.framework.domains:
        metrics = tuple(
            metric_line(results, scored, lines[scored.id], files)
            for scored in results.framework.metrics
            if scored.domain == domain.id and scored.id in lines
        )
        if metrics:
            rows = metric_rows(results, standing.org_code, metrics, periods)
            blocks.append(_block(results, standing.org_code, domain, rows, files))
    return tuple(blocks)


def _block(
    results: Results,
    code: str,
    domain: Domain,
    rows: tuple[ScoredRow, ...],
    files: NumberedFiles,
) -> DomainBlock:
    found = results.domains.get(code, {}).get(domain.name)
    score = found.score if found else None
    places = results.published_places
    return DomainBlock(
        id=domain.id,
        name=domain.name,
        score=score,
        segment=found.segment if found else None,
        comparison=compare_scores("Score", score, found.published_score if found else None),
        published_segment=found.published_segment if found else None,
        cells=(
            *files.cell("published score", places.get((code, domain.published_score or ""))),
            *files.cell("published segment", places.get((code, domain.published_segment or ""))),
        ),
        metrics=tuple(row.line for row in rows),
        rows=rows,
    )


def _missing(results: Results, standing: TrustStanding) -> tuple[MissingLine, ...]:
    lines = results.by_organisation.get(standing.org_code, {})
    there = results.scored_lines(standing.org_code)
    without = [
        scored
        for scored in results.framework.metrics
        if standing.kind in scored.kinds and scored.id not in there and not scored.is_evidence
    ]
    return tuple(missing_line(results, scored, lines.get(scored.id)) for scored in without)


def explanation_json(results: Results, view: OrganisationView) -> str:
    """An explanation as JSON, with what is needed to make it again, by a schema in ``static``."""
    assessment = results.assessment
    content = {
        "schema": "explanation.schema.json",
        "version": 1,
        "organisation": {"code": view.code, "name": view.name},
        "period": results.period,
        "framework": {"id": results.framework.id, "hashes": dict(assessment.hashes)},
        "mode": assessment.mode,
        "fictional": results.fictional,
        "explanation": view.explanation.to_dict(),
    }
    return json_text(content, indent=None) + "\n"
