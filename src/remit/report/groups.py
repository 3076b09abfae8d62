"""Performance by groups of people, beside the figure for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from remit.model.metric import Metric
from remit.report.charting import Key
from remit.report.choosing import card
from remit.report.icon_words import VARIATIONS
from remit.report.lines import ChartsFound, line_id
from remit.report.view import CutRow, CutTable, Icon, ReportBody
from remit.series.parts import dimension_of
from remit.signals.conclusion import conclude
from remit.signals.points import Charted, Point
from remit.words.figures import number_words, rounded, value_words
from remit.words.sentences import listed

_OF_PEOPLE = frozenset(
    {
        "age",
        "sex",
        "gender",
        "ethnic",
        "ethnicity",
        "deprivation",
        "imd",
        "disability",
        "religion",
        "belief",
        "language",
        "orientation",
        "carer",
        "rurality",
    }
)
"""Words by which a dimension is known to tell people apart, rather than kinds of care."""

STANDARD_ERRORS = 3.0
"""A share that lies further than this from everybody's is told apart from it (funnel limits)."""

_SAME = "the same"
"""The gap of a group that has the figure of everybody."""

_NAMED = 3
"""So many groups are named in one sentence."""


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """A group of people at one time; ``apart`` says whether chance explains the distance."""

    cut: str
    point: Point
    variation: str
    gap: str
    size: float
    apart: bool | None

    @property
    def name(self) -> str:
        """The group without its dimension."""
        return self.cut.partition(":")[2].strip()


def is_of_people(dimension: str) -> bool:
    """Whether a dimension tells groups of people apart, as age does and a test does not."""
    return not _OF_PEOPLE.isdisjoint(dimension.lower().split())


def is_shown(cut: str) -> bool:
    """Whether reports show figures of a cut: of one dimension, that tells people apart."""
    dimension = dimension_of(cut)
    return ";" not in dimension and is_of_people(dimension)


def cut_tables(
    found: ChartsFound, bodies: Sequence[ReportBody], metrics: Sequence[Metric]
) -> tuple[CutTable, ...]:
    """A table for each metric, dimension and organisation whose figures carry a cut.

    Only figures of the same period as the newest for everybody are set beside it.
    """
    by_dimension: dict[tuple[str, str], dict[str, list[str]]] = {}
    for (org, metric_id, cut), chart in found.charts.items():
        if cut and chart.held:
            of_line = by_dimension.setdefault((org, metric_id), {})
            of_line.setdefault(cut.partition(":")[0], []).append(cut)
    made = []
    for body in bodies:
        for metric in metrics:
            for dimension, cuts in by_dimension.get((body.code, metric.id), {}).items():
                made.append(_table(found, body, metric, dimension, cuts))
    return tuple(table for table in made if table is not None)


def _table(
    found: ChartsFound, body: ReportBody, metric: Metric, dimension: str, cuts: Sequence[str]
) -> CutTable | None:
    """The table of a dimension; None where fewer than two groups have a figure."""
    charts = {cut: found.charts[body.code, metric.id, cut] for cut in cuts}
    whole = _everybody(found.charts.get((body.code, metric.id, "")), list(charts.values()))
    label = whole.label if whole else _newest(charts.values())
    groups = [
        _group(found, metric, (body.code, metric.id, cut), whole, label)
        for cut in sorted(charts, key=_natural)
    ]
    held = [group for group in groups if group is not None]
    if len(held) < 2:
        return None
    return CutTable(
        id=line_id((body.code, metric.id, dimension)),
        metric=card(metric),
        body=body,
        dimension=dimension,
        period=label,
        everybody=value_words(whole.value if whole else None, metric.unit),
        rows=tuple(_row(found, body, metric, group) for group in held),
        sentence=_sentence(held, whole),
    )


def _newest(charts: Iterable[Charted]) -> str:
    """The label of the newest period of several charts, each of which has a value."""
    return max((chart.held[-1] for chart in charts), key=lambda point: point.start).label


def _everybody(every: Charted | None, groups: Sequence[Charted]) -> Point | None:
    """The newest point for everybody of whose period there is a group's point as well."""
    periods = {point.start for chart in groups for point in chart.held}
    both = [point for point in (every.held if every else ()) if point.start in periods]
    return both[-1] if both else None


def _natural(cut: str) -> tuple[tuple[int, int, str], ...]:
    """Ages and deciles in the order of their numbers, not of their digits."""
    words = "".join(c if c.isalnum() else " " for c in cut).split()
    return tuple((0, int(w), "") if w.isdigit() else (1, 0, w) for w in words)


def _group(
    found: ChartsFound, metric: Metric, key: Key, whole: Point | None, label: str
) -> PeopleGroup | None:
    chart, cut = found.charts[key], key[2]
    point = next((p for p in chart.held if p.label == label), None)
    if point is None:
        return None
    shown = conclude(chart, found.rules, None).variation
    return PeopleGroup(cut, point, shown, *_gap(metric, point, whole))


def _gap(metric: Metric, point: Point, whole: Point | None) -> tuple[str, float, bool | None]:
    """A group against everybody: in words, as a number, and whether chance explains it."""
    if whole is None or whole.value is None or point.value is None:
        return "no figure for everybody", 0.0, None
    if not metric.denominator:
        if not whole.value:
            return "nobody", 0.0, None
        share = 100 * point.value / whole.value
        return f"{number_words(share, 1)}% of all", share, None
    gap = point.value - whole.value
    apart = _apart(metric, point, whole)
    words = _distance(metric, gap)
    if apart is not None:
        words += "; more than chance" if apart else "; within chance"
    return words, gap, apart


def _distance(metric: Metric, gap: float) -> str:
    decimals = 1 if metric.unit == "percent" else 2
    size = number_words(abs(gap), decimals)
    if not size.strip("0."):
        return _SAME
    unit = " percentage points" if metric.unit == "percent" else ""
    return f"{size}{unit} {'higher' if gap > 0 else 'lower'}"


def _apart(metric: Metric, point: Point, whole: Point) -> bool | None:
    """Whether a share differs from everybody's by more than three standard errors.

    None where the value is no share of people, so that chance cannot be reckoned so.
    """
    if metric.unit != "percent" or not point.denominator:
        return None
    share = (whole.value or 0.0) / metric.scale
    if not 0 < share < 1:
        return None
    error = sqrt(share * (1 - share) / point.denominator)
    return abs((point.value or 0.0) / metric.scale - share) > STANDARD_ERRORS * error


def _row(found: ChartsFound, body: ReportBody, metric: Metric, group: PeopleGroup) -> CutRow:
    return CutRow(
        cut=group.name,
        said=value_words(group.point.value, metric.unit),
        value=group.point.value,
        gap=group.gap,
        variation=Icon(group.variation, VARIATIONS[group.variation]),
        traces=found.traces.get((body.code, metric.id, group.cut), ()),
    )


def _sentence(groups: Sequence[PeopleGroup], whole: Point | None) -> str:
    if whole is None:
        return "There is no figure for everybody of that period to set beside it."
    tested = [group for group in groups if group.apart is not None]
    apart = sorted((g for g in tested if g.apart), key=lambda group: -abs(group.size))
    if apart:
        said = [f"{_beside(group, whole)} for {group.name}" for group in apart[:_NAMED]]
        said += [f"{len(apart) - _NAMED} more"] if len(apart) > _NAMED else []
        every = value_words(whole.value, "percent")
        return f"{listed(said)}, against {every} for everybody: more than chance explains."
    if tested:
        return "No group differs from everybody by more than chance explains."
    furthest = max(groups, key=lambda group: abs(group.size))
    if furthest.gap == _SAME:
        return "Every group has the figure of everybody."
    if furthest.gap.endswith("of all"):
        return f"The largest group: {furthest.name}, {furthest.gap}."
    return f"Furthest from everybody: {furthest.name}, {furthest.gap}."


def _beside(group: PeopleGroup, whole: Point) -> str:
    """A group's share; beside one of everybody that reads alike, with as many decimals as tell."""
    every = float(rounded(whole.value or 0.0, 1))
    return value_words(
        group.point.value, "percent", beside=lambda shown: (shown > every) - (shown < every)
    )
