"""The figures beside a sentence: series by month, limits, target and comparison, as plain text.

They are what a person needs to judge whether a sentence is true; what they are of is found by the
names that the sentence, or what it stands in, has in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drawn_blocks import Block

from remit.pages.standings.results import Results, TrustStanding
from remit.report.lead import metric_words
from remit.report.view import CutTable, ReportLine, ReportView
from remit.signals.points import Point
from remit.words.figures import number_words

LATEST = 15
"""So many of the latest points are printed."""

MOST_LINES = 4
MOST_TRUSTS = 8


def report_figures(block: Block, sentence: str, view: ReportView) -> list[str]:
    """The series that a sentence of a report speaks of, as lines of text.

    Parameters
    ----------
    block
        What the sentence stands in.
    sentence
        The sentence.
    view
        The report.

    Examples
    --------
    ``report_figures(block, block.sentences[0], view)``
    """
    said = f"{sentence} \x00 {block.text} \x00 {block.around} {block.place}"
    ranked = sorted(view.lines, key=lambda line: -_match(line, said, view))
    kept = [line for line in ranked if _match(line, said, view) >= _NAMED][:MOST_LINES]
    cuts = [row for cut in view.cuts if cut.id in block.place for row in _cut(cut)]
    return [*cuts, *(row for line in kept for row in _line(line))] or _overall(view)


_NAMED = 4
"""A line is shown where its metric is named, by its name or by its page."""


def _match(line: ReportLine, said: str, view: ReportView) -> int:
    """How much a text speaks of a line: of its metric before all, then of its organisation."""
    names = {line.metric.short, line.metric.name, metric_words(line.metric)}
    page = f"metrics/{line.metric.id.replace('.', '-')}."
    longest = max((len(n) for n in names if n in said), default=0)
    metric = (4 if longest or page in said else 0) + (min(longest, 90) / 30 if longest else 0)
    own = line.body == view.body
    named = line.body.short in said or f"{line.body.code}." in said
    member = any(b.body.short in said for b in view.members)
    return int(10 * metric) // 10 * bool(metric) + (2 if named else 1 if own and not member else 0)


def _line(line: ReportLine) -> Iterator[str]:
    held = [point for point in line.points if point.value is not None]
    last = held[-1]
    yield (
        f"**{line.body.short} · {line.metric.short}** ({line.metric.unit}, better: "
        f"{line.metric.better}); latest {line.said} in {line.period}"
        f"{f'; {line.dated}' if line.dated else ''}; variation {line.variation.words}; assurance "
        f"{line.assurance.words}; rule {last.rule or 'none'}"
    )
    yield f"  target in force: {line.target_said}; {'; '.join(line.asked) or 'nothing more asked'}"
    stretch = [point for point in held if point.stretch == last.stretch]
    yield (
        f"  mean {_n(last.mean)}, limits {_n(last.lower)} to {_n(last.upper)}, from "
        f"{len(stretch)} points since {stretch[0].label} ({len(held)} held)"
    )
    if line.compared.brief:
        yield f"  beside: {line.compared.brief}"
    yield f"  {', '.join(_point(point) for point in line.points[-LATEST:])}"


def _cut(cut: CutTable) -> Iterator[str]:
    yield f"**{cut.body.short} · {cut.metric.short} by {cut.dimension}**, {cut.period}"
    yield f"  everybody {cut.everybody}"
    yield from (f"  {row.cut}: {row.said} ({row.gap})" for row in cut.rows)


def _point(point: Point) -> str:
    counts = ""
    if point.denominator is not None and point.denominator < 1000:
        counts = f" ({_n(point.numerator)}/{_n(point.denominator)})"
    target = f" [target {_n(point.target)}]" if point.target is not None else ""
    return f"{point.label} {_n(point.value)}{counts}{target}"


def _n(value: float | None) -> str:
    return "none" if value is None else number_words(value, 2).removesuffix(".00")


def _overall(view: ReportView) -> list[str]:
    """Every own exception in short, where a sentence speaks of all of them."""
    return [
        f"{line.metric.short}: {line.headline}; {line.dated or 'new'}"
        for line in view.own.lines
        if line.is_exception
    ]


def site_figures(block: Block, sentence: str, periods: Sequence[Results]) -> list[str]:
    """Where those stand that a sentence of a site speaks of, in each quarter, as lines of text.

    Parameters
    ----------
    block
        What the sentence stands in.
    sentence
        The sentence.
    periods
        All periods of the site.

    Examples
    --------
    ``site_figures(block, block.sentences[0], periods)``
    """
    said = f"{sentence} \x00 {block.text} \x00 {block.around} {block.place}"
    named = [
        one for one in periods[-1].standings.values()
        if f"/{one.org_code}.html" in said or one.org_code in said.split() or one.org_name in said
    ]  # fmt: skip
    rows = [row for one in named[:MOST_TRUSTS] for row in _standing(one, periods)]
    return [*rows, *_page(block, periods)]


def _standing(one: TrustStanding, periods: Sequence[Results]) -> Iterator[str]:
    yield f"**{one.org_name} ({one.org_code}, {one.kind.value})**"
    for results in periods:
        found = results.standings.get(one.org_code)
        if found is None:
            yield f"  {results.period}: not there"
            continue
        likely = results.likely.get(one.org_code)
        record = results.assessment.record(one.org_code)
        flags = {k: v for k, v in record.items() if v is not None and "override" in k}
        yield (
            f"  {results.period}: segment {found.segment}, by the score alone "
            f"{found.unadjusted_segment}, average {_n(found.average_score)}, rank {found.rank}, "
            f"likely score {likely.score if likely else None}, likely rank "
            f"{likely.rank if likely else None}, {flags}"
        )
        if likely:
            yield f"    draws by segment: {likely.chances}"
    latest = periods[-1]
    for metric, score in latest.by_organisation.get(one.org_code, {}).items():
        yield (
            f"    {metric}: value {_n(score.value)} {score.unit}, score {_n(score.score)}, rank "
            f"{score.rank} of {score.population_size}, domain {score.domain}, {score.period_label}"
        )


def _page(block: Block, periods: Sequence[Results]) -> Iterator[str]:
    """The whole table of a page that is about many."""
    latest = next((r for r in periods if _slug(r.period) in block.place), periods[-1])
    if block.kind in {"league", "home", "leagues"}:
        for kind in sorted({one.kind.value for one in latest.standings.values()}):
            if block.kind == "league" and kind.replace("_", "-") not in block.place.lower():
                continue
            of = [one for one in latest.standings.values() if one.kind.value == kind]
            of.sort(key=lambda one: one.rank or 999)
            yield f"{kind}, {latest.period}: " + "; ".join(
                f"{one.rank} {one.org_code} {_n(one.average_score)} seg {one.segment}" for one in of
            )
    if block.kind == "area":
        code = block.place.partition("#")[0].rpartition("/")[2].removesuffix(".html")
        for results in periods:
            inside = [
                one for one in results.standings.values() if code in (one.icb_code, one.region_code)
            ]
            yield f"{results.period} in {code}: " + "; ".join(
                f"{one.org_code} {one.kind.value} seg {one.segment} {_n(one.average_score)}"
                for one in inside
            )
            every = [s.average_score for s in results.standings.values() if s.average_score]
            yield f"  mean of all at hand {_n(sum(every) / len(every))} of {len(every)}"
    if block.kind == "metric":
        name = block.place.partition("#")[0].rpartition("/")[2].removesuffix(".html")
        for metric, scores in latest.by_metric.items():
            if _slug(metric) == name:
                found = sorted(scores, key=lambda s: (s.rank is None, s.rank))
                yield f"{metric}: " + "; ".join(
                    f"{s.org_code} {_n(s.value)} score {_n(s.score)}" for s in found
                )


def _slug(words: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in words.lower())
