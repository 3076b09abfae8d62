"""The rows of a trust data file and of a league table, cell by cell as texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from remit.catalogue import load_metrics
from remit.model.organisation import TrustKind
from remit.sample.figures import Figure, figures
from remit.sample.likely import likely_ranges
from remit.sample.measures import (
    COMBINED_FINANCE,
    DOMAIN_SCORES,
    DOMAIN_SEGMENTS,
    DOMAINS,
    MEASURES,
    Measure,
    release,
    reporting_date,
)
from remit.sample.oddities import WITH_PERCENT_SIGN
from remit.sample.region import REGION_NAME, SampleTrust
from remit.sample.results import Quarter, Result, half_up, work_out
from remit.sample.rules import better_than

Row = list[str]

TRUST_DATA_HEADER = [
    "Quarter",
    "Region",
    "Trust_type",
    "Trust_subtype",
    "Trust_code",
    "Trust_name",
    "Domain",
    "Sub-domain",
    "Metric_ID",
    "Metric_description",
    "Reporting_date",
    "Units",
    "Value",
    "Median_value",
    "Lower_quartile",
    "Upper_quartile",
    "Rank",
]
LEAGUE_HEADER = [
    "Quarter",
    "Region",
    "Trust_type",
    "Trust_subtype",
    "Trust_code",
    "Trust_name",
    "Reporting_date",
    "Average_score",
    "Likely_range_of_average_score",
    "Segment",
    "Trust_in_financial_deficit",
    "Rank",
    "Likely_range_of_rank",
]

_TYPES = {
    TrustKind.ACUTE: "Acute trust",
    TrustKind.MENTAL_HEALTH_COMMUNITY: "Mental health and community trust",
    TrustKind.AMBULANCE: "Ambulance trust",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One quarter of one kind of trust, as a file gives it."""

    quarter: int
    kind: TrustKind
    first_issue: bool = False
    percent: str = "percent"
    trust_type: str = ""

    @property
    def worked(self) -> Quarter:
        """The quarter's scores and results."""
        return work_out(self.quarter, first_issue=self.first_issue)

    @property
    def results(self) -> tuple[Result, ...]:
        """Those of this kind of trust."""
        return tuple(r for r in self.worked.results if r.trust.kind == self.kind)

    def trust_cells(self, trust: SampleTrust) -> Row:
        """The cells that say whom a row is about."""
        named = trust.name_in(self.quarter)
        kind = self.trust_type or _TYPES[self.kind]
        return [release(self.quarter), REGION_NAME, kind, trust.subkind, trust.code, named]


def trust_data_rows(sheet: Sheet) -> Iterator[Row]:
    """Figures, scores, domain scores and segments, and the summary, in the publisher's order."""
    yield from _figure_rows(sheet)
    for measure in sorted((*MEASURES, COMBINED_FINANCE), key=lambda m: m.score_id):
        yield from _score_rows(sheet, measure)
    yield from _domain_rows(sheet)
    yield from _summary_rows(sheet)


def league_rows(sheet: Sheet) -> Iterator[Row]:
    """The league table, best first."""
    ranges = likely_ranges(sheet.quarter, first_issue=sheet.first_issue)
    for one in sorted(sheet.results, key=lambda result: (result.rank, result.trust.code)):
        score_range, rank_range = ranges[one.trust.code]
        yield [
            *sheet.trust_cells(one.trust),
            release(sheet.quarter),
            f"{float(half_up(one.average)):.2f}",
            score_range,
            str(one.adjusted),
            "Yes" if one.deficit else "No",
            str(one.rank),
            rank_range,
        ]


def _figure_rows(sheet: Sheet) -> Iterator[Row]:
    given = [
        figure
        for figure in figures(sheet.quarter, first_issue=sheet.first_issue)
        if figure.trust.kind == sheet.kind
    ]
    for measure, group in groupby(given, key=lambda figure: figure.measure):
        of_metric = list(group)
        middle = _quartiles(of_metric)
        for figure in of_metric:
            rank = _rank(figure, of_metric)
            yield [
                *sheet.trust_cells(figure.trust),
                *_metric_cells(measure, sheet.quarter),
                sheet.percent if figure.unit == "percent" else figure.unit,
                _printed(figure, sheet.quarter),
                *middle,
                f"{rank}.0" if rank else "",
            ]


def _metric_cells(measure: Measure, quarter: int) -> Row:
    metric = measure.metric
    dated = reporting_date(measure.id, quarter)
    return [DOMAINS[measure.domain], metric.sub_domain, measure.id, metric.name, dated]


def _printed(figure: Figure, quarter: int) -> str:
    if figure.value is None:
        return figure.mark
    text = short(figure.value)
    return f"{text}%" if (quarter, figure.measure.id) in WITH_PERCENT_SIGN else text


def short(value: Decimal | Fraction) -> str:
    """A figure with up to two decimals and at least one, thousands set apart: ``1,180.8``."""
    text = f"{float(value):,.2f}"
    return text.removesuffix("0") if text.endswith("0") else text


def _quartiles(figures_: list[Figure]) -> Row:
    """Median, lower and upper quartile of the figures in the metric's own unit."""
    main = figures_[0].measure.metric.unit
    values = sorted(Fraction(f.value) for f in figures_ if f.value is not None and f.unit == main)
    if not values:
        return ["", "", ""]
    return [short(half_up(_quantile(values, Fraction(n, 4)))) for n in (2, 1, 3)]


def _quantile(values: Sequence[Fraction], share: Fraction) -> Fraction:
    """The linear quantile that spreadsheets give."""
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (place - low) * (values[high] - values[low])


def _rank(figure: Figure, of_metric: list[Figure]) -> int | None:
    """The rank within the file, or None where there is no figure or it is in another unit."""
    if figure.value is None or figure.unit != figure.measure.metric.unit:
        return None
    same = [f.value for f in of_metric if f.value is not None and f.unit == figure.unit]
    return 1 + better_than(figure.value, same, figure.measure.sign)


def _score_rows(sheet: Sheet, measure: Measure) -> Iterator[Row]:
    scores = sheet.worked.scores[measure.id]
    dated = reporting_date(measure.id, sheet.quarter)
    for one in sheet.results:
        if one.trust.code in scores:
            yield [
                *sheet.trust_cells(one.trust),
                DOMAINS[measure.domain],
                measure.metric.sub_domain,
                measure.score_id,
                measure.metric.name,
                dated,
                *_score_cells(scores[one.trust.code]),
                "",
            ]


def _score_cells(score: Fraction) -> Row:
    return ["score", short(half_up(score)), "", "", ""]


def _domain_rows(sheet: Sheet) -> Iterator[Row]:
    for name, title in DOMAINS.items():
        said = f"{title} domain score"
        means = [one.domains[name] for one in sheet.results if name in one.domains]
        for one in (one for one in sheet.results if name in one.domains):
            rank = 1 + sum(1 for other in means if other < one.domains[name])
            cells = [title, said, DOMAIN_SCORES[name], said, release(sheet.quarter)]
            yield [
                *sheet.trust_cells(one.trust),
                *cells,
                *_score_cells(one.domains[name]),
                f"{rank}.0",
            ]
    for name, title in DOMAINS.items():
        said = f"{title} domain segment"
        for one in (one for one in sheet.results if name in one.domains):
            cells = [title, said, DOMAIN_SEGMENTS[name], said, release(sheet.quarter)]
            found = f"{one.domain_segments[name]}.0"
            yield [*sheet.trust_cells(one.trust), *cells, "segment", found, "", "", "", ""]


_SUMMARY: tuple[tuple[str, Callable[[Result], Fraction | int], bool], ...] = (
    ("OF5000", lambda one: one.adjusted, True),
    ("OF5002", lambda one: half_up(one.average), True),
    ("OF5003", lambda one: one.unadjusted, False),
    ("OF5004", lambda one: one.deficit, False),
    ("OF5005", lambda one: one.final, False),
    ("OF5007", lambda one: one.recovery, False),
)
"""Identifier, figure, and whether the row carries the league rank."""

_TO_QUARTER_2 = ("OF5005", "OF5007")
"""The files print the final segment and the programme's flag in the first two quarters only."""


def _summary_rows(sheet: Sheet) -> Iterator[Row]:
    results = load_metrics().results
    for metric_id, figure, with_rank in _SUMMARY:
        if metric_id in _TO_QUARTER_2 and sheet.quarter > 2:
            continue
        said, unit = results[metric_id].name, results[metric_id].unit
        dated = "" if metric_id in _TO_QUARTER_2 else release(sheet.quarter)
        for one in sheet.results:
            rank = f"{one.rank}.0" if with_rank else ""
            value = short(Fraction(figure(one)))
            cells = ["Summary", "Summary", metric_id, said, dated, unit, value]
            yield [*sheet.trust_cells(one.trust), *cells, "", "", "", rank]


def without_quarter(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows without their first column."""
    for row in rows:
        yield row[1:]
