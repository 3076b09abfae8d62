"""Comparison beside every figure: England, the region and the peers, of the same period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from remit.model.metric import Better, Metric
from remit.report.beside import BesideFigures, HeldFigure, latest_periods
from remit.report.bodies import Placed
from remit.report.compared import (
    FEWEST_FOR_QUARTILES,
    AreaFigure,
    PeerFigure,
    PeerFunnel,
    PeerGroup,
    StandsBeside,
)
from remit.report.gathering import Gathered, ReportAsked, series_of
from remit.report.peer_funnels import peer_funnel
from remit.report.peers import PlacedPeers
from remit.report.view import ReportLine, ReportSection
from remit.series.areas import ENGLAND
from remit.words.figures import NOT_HELD, value_words


@dataclass(frozen=True, slots=True)
class Compared:
    """The sections of a report with what stands beside each figure, and the funnels."""

    sections: tuple[ReportSection, ...]
    funnels: tuple[PeerFunnel, ...]


@dataclass(slots=True)
class Comparing:
    """What figures of a report are held against.

    ``regions`` has the code and name of the region of each organisation that has one.
    """

    figures: BesideFigures
    bodies: Sequence[Placed]
    peers: PlacedPeers
    regions: Mapping[str, tuple[str, str]]
    metrics: Mapping[str, Metric]
    england: str = "England"
    _funnels: dict[str, PeerFunnel | str] = field(default_factory=dict)

    def compared(self, sections: Sequence[ReportSection]) -> Compared:
        """Sections with a comparison on each line."""
        made = tuple(
            replace(section, lines=tuple(self._line(body, line) for line in section.lines))
            for body, section in zip(self.bodies, sections, strict=True)
        )
        drawn = [one for one in self._funnels.values() if isinstance(one, PeerFunnel)]
        return Compared(made, tuple(drawn))

    def _line(self, body: Placed, line: ReportLine) -> ReportLine:
        return replace(
            line, compared=StandsBeside(tuple(self._areas(line)), self._group(body, line))
        )

    def _areas(self, line: ReportLine) -> Iterator[AreaFigure]:
        yield self._area("england", ENGLAND, self.england, line)
        if line.body.code in self.regions:
            code, name = self.regions[line.body.code]
            yield self._area("region", code, name, line)

    def _area(self, level: str, code: str, name: str, line: ReportLine) -> AreaFigure:
        found = self._same(code, line)
        of: AreaFigure = AreaFigure("england" if level == "england" else "region", name, None, "")
        if found is None:
            return replace(of, said=self._absent(code, line))
        unit = line.metric.unit
        return replace(
            of,
            value=found.value,
            said=value_words(found.value, unit),
            basis=found.basis,
            who=found.who,
            traces=found.traces,
        )

    def _same(self, code: str, line: ReportLine) -> HeldFigure | None:
        """The figure of an organisation of the same period as that of a line."""
        last = next(point for point in reversed(line.points) if point.value is not None)
        return self.figures.of(code, line.metric.id, last.start)

    def _absent(self, code: str, line: ReportLine) -> str:
        """That a figure of the period is not held, and which is the newest that is."""
        newest = self.figures.newest(code, line.metric.id)
        if newest is None:
            return NOT_HELD
        said = value_words(newest.value, line.metric.unit)
        label = newest.row["period_label"]
        return f"{NOT_HELD} for {line.period}; newest {said} in {label}"

    def _group(self, body: Placed, line: ReportLine) -> PeerGroup | None:
        """The peers of a line; None where nobody like it is among those that are chosen."""
        like = self.peers.of(body)
        if not like:
            return None
        held = {peer.body.code: self._same(peer.body.code, line) for peer in like}
        funnel = self._funnel(body, line)
        verdicts = {} if isinstance(funnel, str) else funnel.verdicts
        spread = frozenset() if isinstance(funnel, str) else funnel.by_spread
        better = self.metrics[line.metric.id].better
        sign = 1 if better is Better.LOWER else -1
        found = [
            replace(
                self._peer(peer, held[peer.body.code], line, verdicts),
                spread=peer.body.code in spread,
            )
            for peer in like
        ]
        figures = sorted(found, key=lambda one: (one.value is None, sign * (one.value or 0)))
        group = PeerGroup(
            body.noun,
            tuple(figures),
            best_first=better is not Better.NEUTRAL,
            verdict=verdicts.get(line.body.code) or "",
            spread=line.body.code in spread,
            no_verdict=funnel if isinstance(funnel, str) else "",
        )
        return _with_middle(group, line, sign)

    def _peer(
        self, peer: Placed, held: HeldFigure | None, line: ReportLine, verdicts: Mapping[str, str]
    ) -> PeerFigure:
        if held is None:
            return PeerFigure(peer.body, None, self._absent(peer.body.code, line))
        verdict = verdicts.get(peer.body.code) or ""
        said = value_words(held.value, line.metric.unit)
        return PeerFigure(peer.body, held.value, said, verdict)

    def _funnel(self, body: Placed, line: ReportLine) -> PeerFunnel | str:
        """The funnel of all that are like a line, of its period; or why there is none."""
        name = " ".join((line.metric.id, body.body.kind, line.period))
        if name not in self._funnels:
            like = {one.body.code: one for one in (*self.bodies, *self.peers.placed)}
            rows = [
                (one, found)
                for one in like.values()
                if one.like(body) and (found := self._same(one.body.code, line))
            ]
            chosen = frozenset(peer.body.code for peer in self.peers.placed)
            self._funnels[name] = peer_funnel(self.metrics[line.metric.id], line, rows, chosen)
        return self._funnels[name]


def _with_middle(group: PeerGroup, line: ReportLine, sign: int) -> PeerGroup:
    """A group with the middle of its values and the place of its organisation among them."""
    values = [figure.value for figure in group.figures if figure.value is not None]
    if not values or line.value is None:
        return group
    lower, median, upper = (float(cut) for cut in np.quantile(values, [0.25, 0.5, 0.75]))
    unit = line.metric.unit
    before = sum(sign * value < sign * line.value for value in values)
    group = replace(group, median=median, median_said=value_words(median, unit), place=before + 1)
    if len(values) < FEWEST_FOR_QUARTILES:
        return group
    between = f"{value_words(lower, unit)} and {value_words(upper, unit)}"
    return replace(group, lower=lower, upper=upper, range_said=between)


def with_comparison(
    asked: ReportAsked, found: Gathered, sections: Sequence[ReportSection]
) -> Compared:
    """The sections with England, the regions and the peers beside each figure."""
    asked.progress("comparison with England, region and peers")
    figures = BesideFigures(latest_periods(found.charts))
    held = {metric for _, metric, _ in found.charts}
    metrics = [metric for metric in asked.metrics if metric.id in held]
    regions = _regions(asked)
    further = sorted({code for code, _ in regions.values()} - set(asked.codes("region")))
    made = [
        series_of(asked, "region", metrics, further) if further else None,
        asked.england,
        *found.made.values(),
    ]
    for one in filter(None, made):
        figures.add(one, found.files, asked.end)
    found.rows += figures.rows
    named = {metric.id: metric for metric in metrics}
    of_sample = "All of the fictional sample" if asked.bodies[0].fictional else "England"
    return Comparing(figures, asked.bodies, asked.peers, regions, named, of_sample).compared(
        sections
    )


def _regions(asked: ReportAsked) -> dict[str, tuple[str, str]]:
    """The region of each organisation, its code and name; a region has none beside it."""
    found = {}
    for one in asked.bodies:
        region = asked.register.region(one.body.code, asked.on)
        if region is not None and one.level != "region":
            found[one.body.code] = (region.code, region.name_on(asked.on))
    return found
