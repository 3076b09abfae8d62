"""The ICBs of a period on a map: as outlines where they are known, and always as tiles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Literal

from markupsafe import Markup

from remit.model.organisation import Organisation, OrganisationType, TrustKind
from remit.pages.drawing.area_map import BANDS, area_map, map_shapes
from remit.pages.frame.links import Link, PageKind, slug
from remit.pages.standings.area_view import areas_at_hand, members_of
from remit.pages.standings.map_findings import MapFacts, map_finding
from remit.pages.standings.planned import Planned
from remit.pages.standings.results import Results
from remit.register.outlines import icb_outlines, outline_on
from remit.words.figures import number_words
from remit.words.names import short_icb_name
from remit.words.sentences import count_words, listed

_BEST, _WORST = 1.0, 4.0
_COLUMNS = 6
"""So many tiles stand beside each other; the style knows as many columns."""


@dataclass(frozen=True, slots=True)
class MapTile:
    """One ICB: its place, its figure, its shade, and what it rests on in ``words``."""

    area: Link
    code: str
    column: int
    row: int
    words: str
    score: float | None
    band: int


@dataclass(frozen=True, slots=True)
class MappedMeasure:
    """One figure of all ICBs: its name, its finding, its map and its tiles."""

    id: str
    name: str
    about: Link | None
    finding: str
    map: Markup | None
    tiles: tuple[MapTile, ...]


@dataclass(frozen=True, slots=True)
class MapView:
    """The page of maps of a period."""

    title: str
    finding: str
    period: str
    shapes: Markup
    first: MappedMeasure
    domains: tuple[MappedMeasure, ...]
    metrics: tuple[MappedMeasure, ...]
    bands: tuple[str, ...]
    basis: str
    tiles_only: str
    attribution: str


def pages(periods: Sequence[Results]) -> Iterator[Planned]:
    """A page a period."""
    for one in periods:
        yield Planned(one.page(PageKind.MAP), partial(map_view, one))


def map_view(results: Results) -> MapView:
    """The maps of a period."""
    icbs = [a for a in areas_at_hand(results) if a.type is OrganisationType.ICB]
    register = results.assessment.register
    outlines = {a.code: found for a in icbs if (found := outline_on(register, a, results.on))}
    draw = partial(_figure, results, icbs, frozenset(outlines))
    first = draw(_Measure("average", "Average score"))
    return MapView(
        title=f"Map of integrated care boards, {results.period}",
        finding=f"Average score: {first.finding}",
        period=results.period,
        shapes=map_shapes(outlines),
        first=first,
        domains=tuple(
            draw(_Measure("domain", one.name, one.name)) for one in results.framework.domains
        ),
        metrics=tuple(draw(one) for one in _measures(results, icbs)),
        bands=_band_words(),
        basis=_basis(results),
        tiles_only=_tiles_only(results, icbs, outlines.keys()),
        attribution=icb_outlines().attribution if outlines else "",
    )


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is drawn: the average, a domain or a metric, with its key."""

    kind: Literal["average", "domain", "metric"]
    name: str
    key: str = ""


def _measures(results: Results, icbs: Sequence[Organisation]) -> Iterator[_Measure]:
    """The metrics that count and of which at least one ICB has a score."""
    for scored in results.framework.metrics:
        measure = _Measure("metric", results.assessment.metrics[scored.id].name, scored.id)
        if scored.counts and any(_scores(results, icb, measure) for icb in icbs):
            yield measure


def _scores(results: Results, icb: Organisation, measure: _Measure) -> list[float]:
    """The scores that an ICB's figure rests on: its own where ICBs are judged, else its trusts'."""
    codes = [icb.code] if judged(results) else [s.org_code for s in members_of(results, icb)]
    found = [_score(results, code, measure) for code in codes if code in results.standings]
    return [score for score in found if score is not None]


def _score(results: Results, code: str, measure: _Measure) -> float | None:
    if measure.kind == "average":
        return results.standings[code].average_score
    if measure.kind == "domain":
        domain = results.domains.get(code, {}).get(measure.key)
        return domain.score if domain else None
    line = results.by_organisation.get(code, {}).get(measure.key)
    return line.score if line else None


def judged(results: Results) -> bool:
    """Whether the framework gives ICBs a segment of their own."""
    return TrustKind.ICB in results.kinds


def _figure(
    results: Results, icbs: Sequence[Organisation], drawn: frozenset[str], measure: _Measure
) -> MappedMeasure:
    places = tile_places([icb.code for icb in icbs])
    found = {icb.code: _scores(results, icb, measure) for icb in icbs}
    means = {code: sum(scores) / len(scores) for code, scores in found.items() if scores}
    names = {icb.code: short_icb_name(icb.name_on(results.on)) for icb in icbs}
    finding = map_finding(MapFacts(tuple((names[code], mean) for code, mean in means.items())))
    tiles = tuple(
        MapTile(
            area=Link(names[icb.code], results.page(PageKind.AREA, icb.code)),
            code=icb.code,
            column=places[icb.code][0],
            row=places[icb.code][1],
            words=_words(results, icb, means.get(icb.code), len(found[icb.code])),
            score=means.get(icb.code),
            band=band_of(means.get(icb.code)),
        )
        for icb in sorted(icbs, key=lambda icb: places[icb.code][::-1])
    )
    sizes = icb_outlines().width, icb_outlines().height
    sentence = f"Map of integrated care boards by {measure.name}: {finding}."
    shades = {code: band_of(means.get(code)) for code in drawn}
    said = {tile.code: _tile_sentence(tile) for tile in tiles}
    return MappedMeasure(
        id=f"map-{slug(measure.kind)}-{slug(measure.key)}".rstrip("-"),
        name=measure.name,
        about=results.metric_link(measure.key) if measure.kind == "metric" else None,
        finding=finding,
        map=area_map(sizes, sentence, shades, said) if drawn else None,
        tiles=tiles,
    )


def _tile_sentence(tile: MapTile) -> str:
    """What a tile and its outline say of an area, as a line."""
    figure = number_words(tile.score) if tile.score is not None else "no score"
    return ", ".join(filter(None, (f"{tile.area.text}: {figure}", tile.words)))


def tile_places(codes: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Column and row of each tile; those without a declared place follow below, by code.

    >>> tile_places(["ZB2", "ZB1"])
    {'ZB1': (1, 1), 'ZB2': (2, 1)}
    """
    declared = icb_outlines().tiles
    places = {code: declared[code] for code in codes if code in declared}
    below = max((row for _, row in places.values()), default=0)
    for place, code in enumerate(sorted(set(codes) - places.keys())):
        places[code] = (1 + place % _COLUMNS, below + 1 + place // _COLUMNS)
    return places


def band_of(score: float | None) -> int:
    """The shade of a score, from 1; 0 where there is none.

    >>> [band_of(score) for score in (None, 1.0, 1.74, 1.75, 3.25, 4.0)]
    [0, 1, 1, 2, 4, 4]
    """
    if score is None:
        return 0
    share = (float(number_words(score)) - _BEST) / (_WORST - _BEST)
    return min(int(share * BANDS) + 1, BANDS)


def _band_words() -> tuple[str, ...]:
    step = (_WORST - _BEST) / BANDS
    ends = [_BEST + step * band for band in range(BANDS + 1)]
    said = [
        f"{number_words(low)} to {number_words(high - (0.01 if band < BANDS - 1 else 0))}"
        for band, (low, high) in enumerate(pairwise(ends))
    ]
    return (f"{said[0]}, best", *said[1:-1], f"{said[-1]}, worst")


def _words(results: Results, icb: Organisation, mean: float | None, of: int) -> str:
    if judged(results):
        segment = results.standings[icb.code].segment if icb.code in results.standings else None
        return f"segment {segment}" if mean is not None and segment is not None else ""
    return count_words(of, "trust", none="no")


def _basis(results: Results) -> str:
    scale = "Scores run from 1.00 (best) to 4.00 (worst); a denser pattern is worse."
    if judged(results):
        return f"Each figure is the ICB’s own score in {results.period}. {scale}"
    return (
        f"Each figure is the plain mean of the scores of the trusts that the ICB leads on in "
        f"{results.period}, of all kinds together; the tile says of how many. {scale} Whether "
        "chance explains a difference between two ICBs is not drawn here."
    )


def _tiles_only(results: Results, icbs: Sequence[Organisation], drawn: Collection[str]) -> str:
    """Which have a tile and no outline, and why."""
    found = [icb for icb in icbs if icb.code not in drawn]
    if not found:
        return ""
    if not drawn:
        return "No outlines are known of these areas, so that they have tiles alone."
    names = listed([short_icb_name(icb.name_on(results.on)) for icb in found])
    verb = "has" if len(found) == 1 else "have"
    return (
        f"{names} {verb} a tile and no outline: of areas that took part of a divided ICB, or that "
        "no source at hand draws, the line is not known."
    )
