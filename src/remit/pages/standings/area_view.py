"""An ICB or a region: its trusts together, and what pulls them down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from remit.model.organisation import Organisation, OrganisationType, TrustKind
from remit.pages.drawing.charts import Chart, ChartRow, rows
from remit.pages.drawing.marks.mark import DrawnMark
from remit.pages.frame.links import Link, PageKind
from remit.pages.standings.area_screen import AreaScreen, area_screen
from remit.pages.standings.league_rows import ladder_of
from remit.pages.standings.map_findings import MapFacts, map_finding
from remit.pages.standings.planned import Planned
from remit.pages.standings.rank_moves import comparable_before
from remit.pages.standings.results import MetricScore, Results, TrustStanding, league_order
from remit.pages.standings.system_section import SystemSection, system_section
from remit.pages.standings.trust_row import TrustRow, trust_row
from remit.words.figures import number_words
from remit.words.names import short_icb_name, short_trust_name
from remit.words.sentences import count_words, listed

HEAVY = 3.0
"""From this score on a metric is said to pull a trust down: 1.00 is best, 4.00 worst."""

SHOWN_PULLS = 10
MOST_CHARTED = 30


@dataclass(frozen=True, slots=True)
class AreaTrust:
    """A trust of the area with its domain scores, in the order of the view's domains."""

    row: TrustRow
    short: str
    ladder: DrawnMark | None
    domains: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Pull:
    """A metric on which trusts of the area score badly."""

    metric: Link
    scored: int
    heavy: int
    mean: float
    trusts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An ICB or region as one row of a table."""

    area: Link
    code: str
    region: Link | None
    trusts: int
    segments: tuple[int, ...]
    mean: float | None


@dataclass(frozen=True, slots=True)
class AreaView:
    """Everything that the page of an ICB or a region shows.

    ``own`` is the page of the ICB's own standing, where the framework judges ICBs.
    """

    title: str
    name: str
    code: str
    kind: str
    period: str
    region: Link | None
    own: Link | None
    first: AreaScreen
    lead: str
    domains: tuple[str, ...]
    trusts: tuple[AreaTrust, ...]
    pulls: tuple[Pull, ...]
    heavy: float
    partners: tuple[TrustRow, ...]
    icbs: tuple[AreaLine, ...]
    segment_names: tuple[str, ...]
    chart: Chart | None
    system: SystemSection | None

    @property
    def domain_heads(self) -> list[tuple[str, str, str]]:
        """The domains as heads of columns that can be sorted."""
        return [(name, "n", "number") for name in self.domains]


@dataclass(frozen=True, slots=True)
class AreasView:
    """All regions and ICBs of a period."""

    title: str
    finding: str
    period: str
    regions: tuple[AreaLine, ...]
    icbs: tuple[AreaLine, ...]
    segment_names: tuple[str, ...]
    unplaced: tuple[Link, ...]
    judged: bool


def pages(periods: Sequence[Results]) -> Iterator[Planned]:
    """Each period's overview, and a page for each region and ICB at hand."""
    for one in periods:
        yield Planned(one.page(PageKind.AREAS), partial(areas_view, one))
        for area in areas_at_hand(one):
            page = one.page(PageKind.AREA, area.code)
            yield Planned(page, partial(area_view, one, area, periods))


def areas_at_hand(results: Results) -> list[Organisation]:
    """The regions and ICBs of the trusts of this period, partners included, by name."""
    codes = set()
    for standing in results.standings.values():
        codes |= {standing.region_code, standing.icb_code}
        codes |= {standing.org_code} if standing.kind is TrustKind.ICB else set()
        codes |= {icb.code for icb in results.partners_of(standing.org_code)}
    found = [results.organisation(code) for code in codes]
    known = [organisation for organisation in found if organisation]
    return sorted(known, key=lambda area: (area.name_on(results.on), area.code))


def area_view(results: Results, area: Organisation, periods: Sequence[Results] = ()) -> AreaView:
    """The page of an ICB or a region in one period.

    Parameters
    ----------
    results
        The period of the page.
    area
        The ICB or the region.
    periods
        All periods at hand, oldest first, for what changed since the quarter before.
    """
    is_region = area.type is OrganisationType.REGION
    members = members_of(results, area)
    name = area.name_on(results.on)
    region = None if is_region else results.assessment.register.region(area.code, results.on)
    partners = () if is_region else tuple(_partner_rows(results, area))
    before = comparable_before(results, periods)
    return AreaView(
        title=f"{name} ({area.code}), {results.period}",
        name=name,
        code=area.code,
        kind="Region" if is_region else "Integrated care board",
        period=results.period,
        region=results.area_link(region.code) if region else None,
        own=results.trust_link(area.code) if area.code in results.standings else None,
        first=area_screen(
            results,
            area.code,
            members,
            partners=[short_trust_name(row.trust.text) for row in partners],
            before=before.period if before else "",
            periods=periods,
        ),
        lead=_lead(results, area, members),
        domains=tuple(domain.name for domain in results.framework.domains),
        trusts=tuple(_area_trust(results, standing) for standing in members),
        pulls=pulls(results, members),
        heavy=HEAVY,
        partners=partners,
        icbs=tuple(_icb_lines(results, area)) if is_region else (),
        segment_names=segment_names(results),
        chart=_chart(results, name, members),
        system=system_section(results, area),
    )


def areas_view(results: Results) -> AreasView:
    """The list of regions and ICBs of a period."""
    areas = areas_at_hand(results)
    regions = [a for a in areas if a.type is OrganisationType.REGION]
    icbs = tuple(_line(results, a) for a in areas if a.type is OrganisationType.ICB)
    means = tuple((line.area.text, line.mean) for line in icbs if line.mean is not None)
    return AreasView(
        title=f"Regions and integrated care boards, {results.period}",
        finding=f"Trusts by ICB: {map_finding(MapFacts(means))}",
        period=results.period,
        regions=tuple(_line(results, area) for area in regions),
        icbs=icbs,
        segment_names=segment_names(results),
        judged=TrustKind.ICB in results.kinds,
        unplaced=tuple(
            results.trust_link(standing.org_code)
            for standing in results.standings.values()
            if not standing.icb_code and standing.kind is not TrustKind.ICB
        ),
    )


def segment_names(results: Results) -> tuple[str, ...]:
    """The segments as heads of columns."""
    return tuple(f"Segment {segment}" for segment in sorted(results.framework.segments.labels))


def pulls(results: Results, members: Sequence[TrustStanding]) -> tuple[Pull, ...]:
    """The metrics on which most of these trusts score badly, worst first."""
    found = []
    by_trust = [results.scored_lines(standing.org_code) for standing in members]
    for scored in results.framework.metrics:
        lines = [scores[scored.id] for scores in by_trust if scored.id in scores]
        heavy = [line for line in lines if (line.score or 0) >= HEAVY - 1e-9]
        if scored.counts and heavy:
            found.append(_pull(results, scored.id, lines, heavy))
    return tuple(sorted(found, key=lambda p: (-p.heavy, -p.mean, p.metric.text))[:SHOWN_PULLS])


def _pull(
    results: Results, metric_id: str, lines: Sequence[MetricScore], heavy: Sequence[MetricScore]
) -> Pull:
    scores = [line.score for line in lines if line.score is not None]
    worst_first = sorted(heavy, key=lambda line: -(line.score or 0))
    return Pull(
        metric=results.metric_link(metric_id),
        scored=len(lines),
        heavy=len(heavy),
        mean=sum(scores) / len(scores),
        trusts=tuple(
            Link(
                f"{results.name(line.org_code)} ({number_words(line.score)})",
                results.page(PageKind.TRUST, line.org_code),
            )
            for line in worst_first
        ),
    )


def members_of(results: Results, area: Organisation) -> list[TrustStanding]:
    """The trusts of an area; an ICB of a region stands in a table of its own."""
    own = [
        s
        for s in results.standings.values()
        if area.code in (s.region_code, s.icb_code) and s.kind is not TrustKind.ICB
    ]
    return sorted(own, key=lambda s: (s.segment is None, s.segment or 0, *_by_score(s)))


def _by_score(standing: TrustStanding) -> tuple[bool, float, str]:
    score = standing.average_score
    return score is None, score or 0.0, standing.org_code


def _partner_rows(results: Results, area: Organisation) -> Iterable[TrustRow]:
    for standing in sorted(results.standings.values(), key=league_order):
        partners = {icb.code for icb in results.partners_of(standing.org_code)}
        if area.code in partners and standing.icb_code != area.code:
            yield trust_row(results, standing)


def _icb_lines(results: Results, region: Organisation) -> Iterable[AreaLine]:
    for area in areas_at_hand(results):
        if area.type is not OrganisationType.ICB:
            continue
        parent = results.assessment.register.region(area.code, results.on)
        if parent is not None and parent.code == region.code:
            yield _line(results, area)


def _line(results: Results, area: Organisation) -> AreaLine:
    members = members_of(results, area)
    scores = [s.average_score for s in members if s.average_score is not None]
    region = results.assessment.register.region(area.code, results.on)
    segments = sorted(results.framework.segments.labels)
    return AreaLine(
        area=Link(short_icb_name(area.name_on(results.on)), results.page(PageKind.AREA, area.code)),
        code=area.code,
        region=results.area_link(region.code) if region and region.code != area.code else None,
        trusts=len(members),
        segments=tuple(sum(1 for s in members if s.segment == segment) for segment in segments),
        mean=sum(scores) / len(scores) if scores else None,
    )


def _area_trust(results: Results, standing: TrustStanding) -> AreaTrust:
    scores = results.domains.get(standing.org_code, {})
    domains = [scores.get(domain.name) for domain in results.framework.domains]
    return AreaTrust(
        trust_row(results, standing),
        short_trust_name(standing.org_name),
        ladder_of(results, standing),
        tuple(score.score if score else None for score in domains),
    )


def _lead(results: Results, area: Organisation, members: Sequence[TrustStanding]) -> str:
    verb = "is in" if area.type is OrganisationType.REGION else "is led by"
    if not members:
        return f"No trust of {results.period} {verb} {area.name_on(results.on)}."
    segments = sorted({s.segment for s in members if s.segment is not None})
    counts = [f"{sum(1 for s in members if s.segment == n)} in segment {n}" for n in segments]
    where = "in this region" if area.type is OrganisationType.REGION else "that this ICB leads"
    trusts = count_words(len(members), "trust")
    return f"The figures hold {trusts} {where}: {listed(counts)}."


def _chart(results: Results, name: str, members: Sequence[TrustStanding]) -> Chart | None:
    scored = [s for s in members if s.average_score is not None]
    if len(scored) < 2 or len(scored) > MOST_CHARTED:
        return None
    ordered = sorted(scored, key=lambda s: s.average_score or 0)
    best, worst = ordered[0], ordered[-1]
    finding = (
        f"Among the trusts of {name}, {best.org_name} has the best average score "
        f"({number_words(best.average_score)}) and {worst.org_name} the worst "
        f"({number_words(worst.average_score)})."
    )
    return rows(
        "trusts-chart",
        "Average score of each trust",
        finding,
        [
            ChartRow(short_trust_name(s.org_name), s.average_score, number_words(s.average_score))
            for s in ordered
        ],
        results.assessment.cut_points.values if results.cuts_are_sound else (),
        axis="Average score: 1.00 is best, 4.00 worst.",
    )
