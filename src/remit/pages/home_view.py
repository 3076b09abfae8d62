"""The first page, the overview of a period's league tables, and the index of trusts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.pages.area_view import areas_at_hand, segment_names
from remit.pages.charts import Chart, stacked_bars
from remit.pages.league_view import Option, basis_words, origin_words, segment_counts
from remit.pages.links import Link, PageKind
from remit.pages.results import Results
from remit.pages.words import count_words, kind_words, listed


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of trust with the number of its trusts in each segment."""

    league: Link
    kind: str
    trusts: int
    segments: tuple[int, ...]
    overrides: int
    unlike_published: int


@dataclass(frozen=True, slots=True)
class LeaguesView:
    """The league tables of a period at a glance."""

    title: str
    period: str
    framework: str
    summary: str
    kinds: tuple[KindLine, ...]
    segment_names: tuple[str, ...]
    segment_labels: tuple[str, ...]
    origin: str
    basis: str
    notes: tuple[str, ...]
    chart: Chart


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page: what this is, and the latest period at a glance."""

    title: str
    latest: LeaguesView
    periods: tuple[Link, ...]
    trusts: int
    areas: int
    metrics: int


@dataclass(frozen=True, slots=True)
class FindRow:
    """A trust of the index, with the latest period that it has figures for."""

    code: str
    trust: Link
    kind: str
    region: Link | None
    region_code: str
    icb: Link | None
    icb_code: str
    period: str
    segment: int | None
    segment_label: str
    aliases: str


@dataclass(frozen=True, slots=True)
class FindView:
    """All trusts by name."""

    title: str
    rows: tuple[FindRow, ...]
    regions: tuple[Option, ...]
    icbs: tuple[Option, ...]


def leagues_view(results: Results) -> LeaguesView:
    """The overview of a period."""
    labels = results.framework.segments.labels
    return LeaguesView(
        title=f"League tables, {results.period}",
        period=results.period,
        framework=results.framework.name,
        summary=results.framework.summary,
        kinds=tuple(_kind_lines(results)),
        segment_names=segment_names(results),
        segment_labels=tuple(labels[segment] for segment in sorted(labels)),
        origin=origin_words(results),
        basis=basis_words(results),
        notes=results.assessment.notes,
        chart=_glance(results),
    )


def home_view(periods: Sequence[Results]) -> HomeView:
    """The first page."""
    latest = periods[-1]
    codes = {code for results in periods for code in results.standings}
    return HomeView(
        title="Where each NHS trust stands, and why",
        latest=leagues_view(latest),
        periods=tuple(
            Link(results.period, results.page(PageKind.LEAGUES)) for results in reversed(periods)
        ),
        trusts=len(codes),
        areas=len({area.code for results in periods for area in areas_at_hand(results)}),
        metrics=len(latest.framework.metrics),
    )


def find_view(periods: Sequence[Results]) -> FindView:
    """The index of all trusts, each with its latest period."""
    latest = {code: results for results in periods for code in results.standings}
    lines = sorted(
        (_find_row(results, code) for code, results in latest.items()),
        key=lambda row: row.trust.text,
    )
    return FindView(
        title="Find a trust",
        rows=tuple(lines),
        regions=_choices({row.region_code: row.region for row in lines}),
        icbs=_choices({row.icb_code: row.icb for row in lines}),
    )


def _choices(links: dict[str, Link | None]) -> tuple[Option, ...]:
    found = [Option(code, link.text) for code, link in links.items() if link]
    return tuple(sorted(found, key=lambda option: option.words))


def _kind_lines(results: Results) -> list[KindLine]:
    lines = []
    for kind, standings in results.by_kind.items():
        words = kind_words(kind)
        lines.append(
            KindLine(
                league=Link(
                    f"{words[0].upper()}{words[1:]}", results.page(PageKind.LEAGUE, kind.value)
                ),
                kind=words,
                trusts=len(standings),
                segments=tuple(segment_counts(results, standings).values()),
                overrides=sum(1 for s in standings if s.overrides_applied),
                unlike_published=sum(
                    1
                    for s in standings
                    if s.published is not None and s.segment is not None and s.published != s.segment
                ),
            )
        )
    return lines


def _glance(results: Results) -> Chart:
    bars = []
    said = []
    for kind, standings in results.by_kind.items():
        counts = segment_counts(results, standings)
        words = kind_words(kind)
        bars.append((f"{words[0].upper()}{words[1:]} ({len(standings)})", tuple(counts.values())))
        best = next((segment for segment, count in counts.items() if count), None)
        if best is not None:
            share = count_words(counts[best], "is", "are")
            said.append(f"of {len(standings)} {words} {share} in segment {best}")
    finding = f"{listed(said)}.".capitalize() if said else "No trust has a segment."
    return stacked_bars(
        "glance", f"Trusts in each segment, {results.period}", finding, tuple(bars)
    )


def _find_row(results: Results, code: str) -> FindRow:
    standing = results.standings[code]
    organisation = results.organisation(code)
    return FindRow(
        code=code,
        trust=results.trust_link(code),
        kind=standing.kind.label,
        region=results.area_link(standing.region_code),
        region_code=standing.region_code or "",
        icb=results.area_link(standing.icb_code),
        icb_code=standing.icb_code or "",
        period=results.period,
        segment=standing.segment,
        segment_label=results.segment_label(standing.segment),
        aliases=" ".join(organisation.aliases) if organisation else "",
    )
