"""The first page, the overview of a period's league tables, and the index of trusts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from remit.model.organisation import TrustKind
from remit.pages.drawing.charts import Chart, stacked_bars
from remit.pages.frame.links import Link, Page, PageKind, slug
from remit.pages.standings.area_view import areas_at_hand, segment_names
from remit.pages.standings.home_findings import chance_words, period_rest, period_title
from remit.pages.standings.league_view import (
    Option,
    basis_words,
    options,
    origin_words,
    segment_counts,
)
from remit.pages.standings.period_changes import (
    MOST_CHANGES,
    SegmentChange,
    StandsOut,
    chance_facts,
    period_facts,
    segment_changes,
    stands_out,
)
from remit.pages.standings.planned import Planned
from remit.pages.standings.results import Results, TrustStanding
from remit.pages.standings.trust_row import TrustPlace, place_fields
from remit.words.kinds import bodies_in_words
from remit.words.names import kind_words
from remit.words.sentences import listed, sentence_case


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
    finding: str
    rest: str
    chance: str
    period: str
    before: str
    framework: str
    summary: str
    stands_out: tuple[StandsOut, ...]
    changes: tuple[SegmentChange, ...]
    more_changes: int
    kinds: tuple[KindLine, ...]
    segment_names: tuple[str, ...]
    segment_labels: tuple[str, ...]
    origin: str
    basis: str
    notes: tuple[str, ...]
    chart: Chart


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page: what this is, and the latest period of each kind of trust at a glance."""

    title: str
    framework: str
    latest: tuple[LeaguesView, ...]
    periods: tuple[Link, ...]
    trusts: int
    whom: str
    each: str
    held: str
    areas: int
    metrics: int


@dataclass(frozen=True, slots=True)
class FindRow(TrustPlace):
    """A trust of the index, with the latest period that it has figures for."""

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


def pages(periods: Sequence[Results]) -> Iterator[Planned]:
    """The first page, the index of trusts, and each period's overview."""
    yield Planned(Page(PageKind.HOME), lambda: home_view(periods))
    yield Planned(Page(PageKind.FIND), lambda: find_view(periods))
    for one in periods:
        yield Planned(one.page(PageKind.LEAGUES), partial(leagues_view, one, None, periods))


def leagues_view(
    results: Results,
    kinds: Sequence[TrustKind] | None = None,
    periods: Sequence[Results] = (),
) -> LeaguesView:
    """The overview of a period, of all kinds of trust or of some.

    Parameters
    ----------
    results
        The period.
    kinds
        The kinds that it is about; without them all at hand.
    periods
        All periods at hand, oldest first, for what changed since the quarter before.
    """
    labels = results.framework.segments.labels
    wanted = {kind: results.by_kind[kind] for kind in kinds or results.kinds}
    facts = period_facts(results, tuple(wanted), periods)
    changes = segment_changes(results, tuple(wanted), periods)
    return LeaguesView(
        title=f"League tables, {results.period}",
        finding=period_title(facts),
        rest=period_rest(facts),
        chance=_chance(results, changes),
        period=results.period,
        before=facts.before,
        stands_out=stands_out(results, tuple(wanted)),
        changes=changes[:MOST_CHANGES],
        more_changes=max(len(changes) - MOST_CHANGES, 0),
        framework=results.framework.name,
        summary=results.framework.summary,
        kinds=tuple(_kind_line(results, kind, rows) for kind, rows in wanted.items()),
        segment_names=segment_names(results),
        segment_labels=tuple(labels[segment] for segment in sorted(labels)),
        origin=origin_words(results),
        basis=basis_words(results),
        notes=results.assessment.notes,
        chart=_glance(results, wanted),
    )


def home_view(periods: Sequence[Results]) -> HomeView:
    """The first page."""
    newest = {kind: results for results in periods for kind in results.kinds}
    latest = tuple(
        leagues_view(results, [k for k in results.kinds if newest[k] is results], periods)
        for results in reversed(periods)
        if any(newest[kind] is results for kind in results.kinds)
    )
    codes = {code for results in periods for code in results.standings}
    each = "organisation" if TrustKind.ICB in newest else "trust"
    return HomeView(
        title=f"Where each NHS {each} stands, and why",
        framework=periods[-1].framework.name,
        latest=latest,
        periods=tuple(
            Link(results.period, results.page(PageKind.LEAGUES)) for results in reversed(periods)
        ),
        trusts=len(codes),
        whom=bodies_in_words(newest),
        each=each,
        held=_held(periods),
        areas=len({area.code for results in periods for area in areas_at_hand(results)}),
        metrics=len(periods[-1].framework.metrics),
    )


def _held(periods: Sequence[Results]) -> str:
    """How many have figures in each period, of how many where that is known."""
    found: dict[str, list[str]] = {}
    for one in periods:
        count, expected = len(one.standings), one.assessment.cut_points.expected
        of = f"{count} of {expected}" if expected > count else str(count)
        found.setdefault(of, []).append(one.period)
    return "; ".join(f"{of} in {listed(labels)}" for of, labels in found.items())


def find_view(periods: Sequence[Results]) -> FindView:
    """The index of all trusts, each with its latest period."""
    latest = {code: results for results in periods for code in results.standings}
    found = (_find_row(results, code) for code, results in latest.items())
    lines = sorted(found, key=lambda row: row.trust.text)
    return FindView(
        title="Find a trust",
        rows=tuple(lines),
        regions=options((row.region, row.region_code) for row in lines),
        icbs=options((row.icb, row.icb_code) for row in lines),
    )


def _chance(results: Results, changes: Sequence[SegmentChange]) -> str:
    """What likely ranges say of the changes; nothing where none were drawn."""
    if not results.likely:
        return ""
    return chance_words(chance_facts(changes))


def _kind_line(results: Results, kind: TrustKind, standings: Sequence[TrustStanding]) -> KindLine:
    words = kind_words(kind)
    both = [s for s in standings if s.published is not None and s.segment is not None]
    return KindLine(
        league=Link(sentence_case(words), results.page(PageKind.LEAGUE, kind.value)),
        kind=words,
        trusts=len(standings),
        segments=tuple(segment_counts(results, standings).values()),
        overrides=sum(1 for s in standings if s.overrides_applied),
        unlike_published=sum(1 for s in both if s.published != s.segment),
    )


def _glance(results: Results, wanted: Mapping[TrustKind, Sequence[TrustStanding]]) -> Chart:
    bars = []
    said = []
    for kind, standings in wanted.items():
        counts = segment_counts(results, standings)
        name = sentence_case(kind_words(kind))
        bars.append((f"{name} ({len(standings)})", tuple(counts.values())))
        parts = [f"{count} in segment {s}" for s, count in counts.items() if count]
        said.append(f"{name}: {listed(parts) or 'none has a segment'}.")
    title = f"Trusts in each segment, {results.period}"
    return stacked_bars(f"glance-{slug(results.period)}", title, " ".join(said), tuple(bars))


def _find_row(results: Results, code: str) -> FindRow:
    standing = results.standings[code]
    organisation = results.organisation(code)
    return FindRow(
        **place_fields(results, standing),
        period=results.period,
        segment=standing.segment,
        segment_label=results.segment_label(standing.segment),
        aliases=" ".join(organisation.aliases) if organisation else "",
    )
