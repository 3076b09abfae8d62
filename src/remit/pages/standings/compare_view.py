"""Two to six organisations of a kind side by side, among all of their kind.

Every organisation's cells are written once into a script beside the page, with the words that the
other pages have; the page's own script only chooses among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

from markupsafe import Markup

from remit.files.jsons import json_text
from remit.model.framework import ScoredMetric
from remit.model.organisation import TrustKind
from remit.pages.frame.links import Link, PageKind, slug
from remit.pages.standings.compare_first import FIRST, first_compared
from remit.pages.standings.compare_over import ComparedSeries, over_time
from remit.pages.standings.compare_strips import SHAPES, strip_of
from remit.pages.standings.near import NearRow, icb_members
from remit.pages.standings.planned import Planned
from remit.pages.standings.results import MetricScore, Results, TrustStanding
from remit.pages.standings.rules import standard_words
from remit.words.figures import NONE, NOT_HELD, SCORE_ONLY, number_words, published_words
from remit.words.names import kind_words, short_trust_name
from remit.words.sentences import count_words, listed, sentence_case

MOST = 6
"""How many can stand beside each other; each has a letter and a shape of its own."""

CellWords = tuple[str, str]
"""A cell: its figure, and what stands small below it."""


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row: what it is about, all of the kind as a strip, and a cell for each chosen one."""

    id: str
    name: str
    link: Link | None
    below: str
    heading: bool
    strip: Markup
    cells: tuple[CellWords, ...]

    @property
    def empty(self) -> bool:
        """Whether none of the chosen has a figure."""
        return all(cell == (NOT_HELD, "") for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ComparedOne:
    """One that can be chosen: ``cells`` by the row's identifier, ``range`` its likely score."""

    code: str
    name: str
    link: Link
    average: float | None
    cells: dict[str, CellWords]
    range: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class ComparedView:
    """A page of organisations side by side; ``first`` says why it opens on these."""

    title: str
    claim: str
    kind: str
    every: tuple[ComparedOne, ...]
    chosen: tuple[ComparedOne, ...]
    rows: tuple[ComparedRow, ...]
    shapes: tuple[str, ...]
    over: tuple[ComparedSeries, ...]
    metrics: tuple[tuple[str, str], ...]
    near: tuple[tuple[str, tuple[NearRow, ...]], ...]
    first: str = ""


@dataclass(frozen=True, slots=True)
class CompareView:
    """The kinds whose organisations can be compared."""

    title: str
    kinds: tuple[tuple[Link, int], ...]


def pages(periods: Sequence[Results]) -> Iterator[Planned]:
    """For each period a page of each kind with two or more, and one that leads to them."""
    for at, one in enumerate(periods):
        kinds = [kind for kind in one.kinds if len(one.by_kind[kind]) > 1]
        yield Planned(one.page(PageKind.COMPARE), partial(compare_view, one, kinds))
        for kind in kinds:
            yield Planned(
                one.page(PageKind.COMPARED, kind.value),
                partial(compared_view, one, kind, periods[:at]),
                (one.page(PageKind.COMPARE_DATA, kind.value), compare_script),
            )


def compare_view(results: Results, kinds: Sequence[TrustKind]) -> CompareView:
    """The page that leads to those of the kinds."""
    links = [
        (
            Link(sentence_case(kind_words(kind)), results.page(PageKind.COMPARED, kind.value)),
            len(results.by_kind[kind]),
        )
        for kind in kinds
    ]
    return CompareView(f"Compare organisations, {results.period}", tuple(links))


def compared_view(
    results: Results, kind: TrustKind, before: Sequence[Results] = ()
) -> ComparedView:
    """Organisations of a kind side by side.

    Parameters
    ----------
    results
        The period.
    kind
        The kind; figures of different kinds are not compared.
    before
        Earlier periods, oldest first, whose average scores stand below.
    """
    standings = results.by_kind[kind]
    metrics = _metrics(results, standings)
    every = tuple(_one(results, one, metrics) for one in standings)
    wanted = [one for code in results.compare for one in every if one.code == code]
    opens = first_compared(results, kind) if len(wanted) < 2 else None
    if opens:
        wanted = [one for one in every if one.code in opens.codes]
    chosen = tuple((wanted if len(wanted) > 1 else every[:FIRST])[:MOST])
    return ComparedView(
        title=f"{len(chosen)} {kind_words(kind)} side by side",
        claim=claim_of(chosen),
        kind=kind_words(kind),
        every=tuple(sorted(every, key=lambda one: one.name)),
        chosen=chosen,
        rows=tuple(_rows(results, standings, metrics, chosen)),
        shapes=SHAPES,
        over=(over := over_time(results, kind, metrics, before)),
        metrics=_choices(results, metrics, over),
        near=icb_members(results, kind),
        first=opens.why if opens and len(wanted) > 1 else "",
    )


def _choices(
    results: Results, metrics: Sequence[ScoredMetric], over: Sequence[ComparedSeries]
) -> tuple[tuple[str, str], ...]:
    """The metrics that can be chosen: those scored, then those held month by month."""
    scored = {one.id: results.assessment.metrics[one.id].name for one in metrics}
    monthly = {one.id: one.name for one in over if one.id != "average"}
    return tuple({**scored, **monthly}.items())


OVERLAPS = {
    "all": "Their likely ranges overlap: no order can be told.",
    "none": "No two of their likely ranges overlap.",
    "some": "Where likely ranges overlap ({count} of {of} pairs), no order can be told.",
}
"""What is said of likely ranges beside each other; the page's script takes it from its data."""


def overlap_of(chosen: Sequence[ComparedOne]) -> str:
    """Whether the likely ranges of those side by side overlap; nothing where one has none.

    Ranges that touch in one point overlap.
    """
    ranges = [one.range for one in chosen if one.range is not None]
    if len(ranges) < 2 or len(ranges) < len(chosen):
        return ""
    pairs = list(combinations(ranges, 2))
    over = sum(a[0] <= b[1] and b[0] <= a[1] for a, b in pairs)
    key = "all" if over == len(pairs) else "some" if over else "none"
    return OVERLAPS[key].format(count=over, of=len(pairs))


def claim_of(chosen: Sequence[ComparedOne]) -> str:
    """Who has the best and the worst average score as printed; ties are said to be shared.

    Where the likely ranges overlap, that is said: the order may be chance.
    """
    return " ".join(filter(None, (_ends_of(chosen), overlap_of(chosen))))


def _ends_of(chosen: Sequence[ComparedOne]) -> str:
    scored = [one for one in chosen if one.average is not None]
    if len(scored) < 2:
        return f"Fewer than two of the {len(chosen)} have an average score."
    shown = {one.code: number_words(one.average) for one in scored}
    best, worst = (end(one.average or 0.0 for one in scored) for end in (min, max))
    if number_words(best) == number_words(worst):
        return f"All {len(scored)} have an average score of {number_words(best)}."
    first, last = (
        listed([one.name for one in scored if shown[one.code] == number_words(end)])
        for end in (best, worst)
    )
    return (
        f"Best average score of these: {first}, {number_words(best)}; worst: {last}, "
        f"{number_words(worst)}."
    )


def compare_script(view: ComparedView) -> str:
    """The cells of all organisations as a script, so that it opens from disk."""
    content: dict[str, Any] = {
        one.code: {
            "name": one.name,
            "average": one.average,
            "range": one.range,
            "cells": one.cells,
            "over": {series.id: series.figures.get(one.code) for series in view.over},
        }
        for one in view.every
    }
    words = json_text({**OVERLAPS, "not held": NOT_HELD}, indent=None)
    return (
        f"window.remitCompared = {json_text(content, indent=None)};\nwindow.remitWords = {words};\n"
    )


def _metrics(results: Results, standings: Sequence[TrustStanding]) -> list[ScoredMetric]:
    """The metrics of which two or more of the kind have a figure."""
    codes = {one.org_code for one in standings}
    return [
        scored
        for scored in results.framework.metrics
        if sum(
            one.org_code in codes and (one.value is not None or one.score is not None)
            for one in results.by_metric.get(scored.id, ())
        )
        > 1
    ]


def _one(
    results: Results,
    standing: TrustStanding,
    metrics: Sequence[ScoredMetric],
) -> ComparedOne:
    code = standing.org_code
    likely = results.likely.get(code)
    cells: dict[str, CellWords] = {
        "segment": (results.segment_label(standing.segment), ""),
        "average": (number_words(standing.average_score), _range(likely.score if likely else None)),
        "rank": (str(standing.rank or NONE), _range(likely.rank if likely else None)),
    }
    for domain in results.framework.domains:
        found = results.domains.get(code, {}).get(domain.name)
        cells[f"domain-{slug(domain.id)}"] = (number_words(found.score if found else None), "")
    held = results.by_organisation.get(code, {})
    for scored in metrics:
        cells[scored.id] = _metric_cell(results, held.get(scored.id))
    name = short_trust_name(standing.org_name)
    ends = likely.score if likely and likely.n_scores > 1 else None
    return ComparedOne(code, name, results.trust_link(code), standing.average_score, cells, ends)


def _metric_cell(results: Results, score: MetricScore | None) -> CellWords:
    if score is None:
        return (NOT_HELD, "")
    metric = results.assessment.metrics[score.metric_id]
    value = NOT_HELD if score.score is None else SCORE_ONLY
    if score.value is not None:
        value = published_words(score.value, score.unit or metric.unit)
    return (value, f"score {number_words(score.score)}" if score.score is not None else "")


def _range(ends: tuple[float, float] | None) -> str:
    if ends is None:
        return ""
    low, high = (str(end) if isinstance(end, int) else number_words(end) for end in ends)
    return low if low == high else f"{low} to {high}"


def _rows(
    results: Results,
    standings: Sequence[TrustStanding],
    metrics: Sequence[ScoredMetric],
    chosen: Sequence[ComparedOne],
) -> Iterator[ComparedRow]:
    def row(
        id_: str, name: str, below: str = "", scored: ScoredMetric | None = None, *,
        heading: bool = False,
    ) -> ComparedRow:  # fmt: skip
        strip = strip_of(results, standings, scored, [c.code for c in chosen]) if (
            scored or id_ == "average") else Markup()  # fmt: skip
        link = results.metric_link(scored.id) if scored else None
        cells = tuple(one.cells[id_] for one in chosen)
        return ComparedRow(id_, name, link, below, heading, strip, cells)

    yield row("segment", "Segment")
    yield row("average", "Average score", "likely range" if results.likely else "")
    yield row("rank", "Rank", f"of {count_words(len(standings), 'organisation')}")
    for domain in results.framework.domains:
        inside = [scored for scored in metrics if scored.domain == domain.id]
        if inside:
            yield row(f"domain-{slug(domain.id)}", domain.name, heading=True)
        for scored in inside:
            metric = results.assessment.metrics[scored.id]
            goal = standard_words(metric.standard, metric.unit) if metric.standard else ""
            yield row(scored.id, metric.name, f"standard {goal}" if goal else "", scored)
