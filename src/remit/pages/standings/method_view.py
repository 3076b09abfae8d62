"""The method of a period: every rule in words, what is not known, and where results differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from remit.assessment.likely.coverage import NAMES
from remit.assessment.likely.defaults import ASKED_AS
from remit.files.delimited import csv_text
from remit.model.framework import Framework, LookupRule, ScoredMetric
from remit.pages.frame.links import Link, Page, PageKind
from remit.pages.standings.compare import TOLERANCE
from remit.pages.standings.how_sure import confidence_words, correction_words
from remit.pages.standings.league_view import basis_words, origin_words
from remit.pages.standings.planned import Planned
from remit.pages.standings.results import MetricScore, Results
from remit.pages.standings.rules import direction_of, order_words, population_of, rules_of
from remit.words.days import day_words
from remit.words.figures import number_words
from remit.words.names import kind_words
from remit.words.sentences import count_words, listed, sentence_case

SHOWN_DIFFERENCES = 500
"""A page of more rows is slow to open; the file to download has them all."""


@dataclass(frozen=True, slots=True)
class MethodMetric:
    """How one metric is scored."""

    metric: Link
    id: str
    kinds: str
    direction: str
    rules: tuple[str, ...]
    population: str
    size: int
    coverage: str
    verified: bool
    counts: bool
    note: str


@dataclass(frozen=True, slots=True)
class LookupTable:
    """A look-up: the scores of two metrics and what they make together."""

    name: str
    row_name: str
    column_name: str
    columns: tuple[int, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many scores of a metric were compared with the published ones, and how many differ."""

    metric: Link
    compared: int
    differing: int
    largest: float | None


@dataclass(frozen=True, slots=True)
class MethodView:
    """Everything that the page of the method shows.

    ``differences`` are the trust, the metric and the score, the largest difference first.
    """

    title: str
    framework: Framework
    hashes: Mapping[str, str]
    in_force: str
    basis: str
    origin: str
    domains: tuple[tuple[str, tuple[MethodMetric, ...]], ...]
    lookups: tuple[LookupTable, ...]
    groups: tuple[tuple[str, str], ...]
    averages: str
    rounding: tuple[str, ...]
    league: str
    sure: tuple[str, ...]
    sure_settings: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    compared: str
    tallies: tuple[Tally, ...]
    differences: tuple[tuple[Link, Link, MetricScore], ...]
    differing: int
    download: Page


def pages(periods: Sequence[Results]) -> Iterator[Planned]:
    """A page each period, and beside it the file of all differences."""
    yield from map(_planned, periods)


def _planned(results: Results) -> Planned:
    return Planned(
        results.page(PageKind.METHOD),
        lambda: method_view(results),
        (results.page(PageKind.DIFFERENCES), lambda _: differences_csv(results)),
    )


def method_view(results: Results) -> MethodView:
    """The page of the method in one period."""
    framework, assessment = results.framework, results.assessment
    found = differences_of(results)
    tallies = tuple(_tallies(results))
    return MethodView(
        title=f"Method, {results.period}",
        framework=framework,
        hashes=assessment.hashes,
        in_force=_in_force(results),
        basis=basis_words(results),
        origin=origin_words(results),
        domains=tuple((d.name, tuple(_metrics(results, d.id))) for d in framework.domains),
        lookups=tuple(_lookups(results)),
        groups=tuple(
            (group.name, listed([assessment.metrics[member].name for member in group.members]))
            for group in framework.groups
        ),
        averages=_averages(results),
        rounding=tuple(_rounding(results)),
        league=_league(framework),
        sure=tuple(_sure(results)),
        sure_settings=tuple(_sure_settings(results)),
        notes=assessment.notes,
        compared=tally_words(tallies),
        tallies=tallies,
        differences=tuple(
            (results.trust_link(line.org_code), results.metric_link(line.metric_id), line)
            for line in found[:SHOWN_DIFFERENCES]
        ),
        differing=len(found),
        download=results.page(PageKind.DIFFERENCES),
    )


def differences_of(results: Results) -> list[MetricScore]:
    """The metric scores that differ from the published ones, largest difference first."""
    unlike = [s for s in results.scores if s.difference and abs(s.difference) > TOLERANCE]
    return sorted(unlike, key=lambda s: (-abs(s.difference or 0), s.metric_id, s.org_code))


def differences_csv(results: Results) -> str:
    """All differences as a CSV file."""
    header = ("org_code", "metric_id", "value", "recomputed_score", "published_score", "difference")
    rows = (
        (
            line.org_code,
            line.metric_id,
            *(_plain(figure) for figure in (line.value, line.recomputed_score)),
            *(_plain(figure) for figure in (line.published_score, line.difference)),
        )
        for line in differences_of(results)
    )
    return csv_text(header, rows)


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:.6g}"


def _in_force(results: Results) -> str:
    begins = results.framework.valid_from
    ends = results.framework.valid_to
    said = f"from {day_words(begins)}"
    return f"{said} to {day_words(ends)}" if ends else said


def _metrics(results: Results, domain: str) -> Iterable[MethodMetric]:
    for scored in results.framework.metrics:
        if scored.domain == domain:
            yield _metric(results, scored)


def _metric(results: Results, scored: ScoredMetric) -> MethodMetric:
    population = results.assessment.populations[scored.id]
    ranked = population_of(scored)
    return MethodMetric(
        metric=results.metric_link(scored.id),
        id=scored.id,
        kinds=listed([kind_words(kind) for kind in scored.kinds]),
        direction=direction_of(results.assessment.metrics[scored.id]),
        rules=rules_of(results, scored),
        population=ranked,
        size=population.size,
        coverage=f"{listed(population.missing)}." if ranked and population.missing else "",
        verified=scored.verified and all(other.verified for other in scored.other_units),
        counts=scored.counts,
        note=" ".join([scored.note, *(other.note for other in scored.other_units)]).strip(),
    )


def _lookups(results: Results) -> Iterable[LookupTable]:
    metrics = results.assessment.metrics
    for scored in results.framework.metrics:
        if isinstance(scored.rule, LookupRule):
            table = scored.rule.table
            columns = tuple(sorted({column for row in table.values() for column in row}))
            yield LookupTable(
                name=metrics[scored.id].name,
                row_name=metrics[scored.rule.rows].name,
                column_name=metrics[scored.rule.columns].name,
                columns=columns,
                rows=tuple(
                    (row, tuple(number_words(cells.get(column)) for column in columns))
                    for row, cells in sorted(table.items())
                ),
            )


def _league(framework: Framework) -> str:
    whom = "Within each kind of trust" if framework.league.within == "kind" else "All together"
    return (
        f"{whom}, {order_words(framework)} (rounded to {framework.league.decimals} decimals). "
        "Equal trusts share the better rank."
    )


def _sure(results: Results) -> Iterable[str]:
    """How likely ranges are drawn and what they leave out, in plain words."""
    run = results.assessment.likely
    if run is None:
        yield "No likely ranges were drawn for this assessment."
        return
    domains = results.framework.aggregation.by_domain
    scores = "domain scores" if domains else "scores"
    share = confidence_words(run)
    yield (
        f"A trust’s average rests on a handful of {scores}. To see how far it could have come out "
        f"differently, as many {scores} as it has are drawn from its own, with replacement, "
        f"{run.replicates:,} times, for all trusts together (a bootstrap). Each draw is averaged, "
        "rounded, segmented, overridden and ranked like the published figures."
    )
    yield (
        f"The likely range is the middle {share} of the draws, and the probability of a segment "
        "the share of draws that end in it. The same seed gives the same ranges."
    )
    yield (
        f"{sentence_case(NAMES['published'])} promises more than it keeps where scores are few. "
        f"{results.worth_of_ranges()} The figures are in Remit’s documentation "
        f"(docs/uncertainty.md). The ranges here are those of {NAMES[ASKED_AS[run.method]]}."
    )
    yield (
        "Two trusts are told apart where hardly any draw of the worse one is as good as the "
        f"better one’s. {correction_words(results)} “Cannot be told apart” does not mean equally "
        "good."
    )
    yield (
        "A range treats the metrics as a sample of those that might have been chosen. Late or "
        "wrong figures, case mix and the choices within the framework are not in it."
    )


def _sure_settings(results: Results) -> Iterable[tuple[str, str]]:
    """With what the likely ranges of this period were drawn."""
    run, apart = results.assessment.likely, results.apart
    if run is None or apart is None:
        return
    yield "Draws", f"{run.replicates:,}"
    yield "Seed", str(run.seed)
    yield "Draws within a range", confidence_words(run)
    yield "Method", f"{sentence_case(run.method)} bootstrap"
    yield (
        "Pairs",
        (
            f"{apart.correction.replace('-', ' and ')}, false discovery rate "
            f"{100 * apart.false_discovery_rate:g}%: {_pairs(results)}"
        ),
    )
    yield "Cut points of the draws", apart.cut_points.shown


def _pairs(results: Results) -> str:
    pairs = results.apart.pairs.height if results.apart else 0
    return f"{len(results.told_apart):,} of {count_words(pairs, 'pair')} can be told apart"


def _averages(results: Results) -> str:
    how = {
        "mean_of_scores": "The average score is the plain mean of a trust’s scores, not of its "
        "domains.",
        "mean_of_domains": "The average score is the plain mean of a trust’s domain scores.",
    }[results.framework.aggregation.average]
    return (
        f"A domain score is the plain mean of the unrounded scores in it. {how} A metric without "
        "a score is left out, so a trust with six scores is averaged like one with twenty."
    )


def _rounding(results: Results) -> Iterable[str]:
    rounding = results.framework.rounding
    mode = {"half_up": "half up", "half_even": "half to even"}[rounding.mode]
    yield f"Scores are shown to {rounding.decimals} decimals, rounded {mode}."
    for early in rounding.before_mean:
        if early.period == results.period:
            yield (
                f"In {early.period} these scores entered the mean already rounded: "
                f"{listed(early.metrics)}."
            )


def _tallies(results: Results) -> Iterable[Tally]:
    compared = results.assessment.metric_scores.filter(pl.col("difference").is_not_null())
    counts = compared.group_by("metric_id").agg(
        pl.len().alias("compared"),
        (pl.col("difference").abs() > TOLERANCE).sum().alias("differing"),
        pl.col("difference").abs().max().alias("largest"),
    )
    by_id = {row["metric_id"]: row for row in counts.iter_rows(named=True)}
    for scored in results.framework.metrics:
        if row := by_id.get(scored.id):
            largest = row["largest"] if row["differing"] else None
            link = results.metric_link(scored.id)
            yield Tally(link, int(row["compared"]), int(row["differing"]), largest)


def tally_words(tallies: Iterable[Tally]) -> str:
    """How many scores were compared and how many differ, in one sentence."""
    found = list(tallies)
    compared = sum(tally.compared for tally in found)
    differing = sum(tally.differing for tally in found)
    return (
        f"{count_words(compared, 'recomputed score')} can be compared with the published one; "
        f"{differing:,} differ by more than 0.01."
    )
