"""Which metrics a report is on, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from remit.files.reading import read_text
from remit.model.errors import AssessmentError
from remit.model.metric import Metric
from remit.report.aims import AIMS
from remit.report.view import MetricCard
from remit.words.nearest import nearest


def read_metric_list(path: Path, known: Mapping[str, Metric]) -> list[Metric]:
    """The metrics that a user's own file names, in its order.

    Parameters
    ----------
    path
        A text file, one identifier a line; what follows a ``#`` is a remark.
    known
        The metrics of the catalogue, by identifier.

    Raises
    ------
    AssessmentError
        If the file cannot be read, names none, names one twice or one that is not known; the
        message has the line.
    """
    lines = read_text(path, error=AssessmentError).split("\n")
    found: dict[str, Metric] = {}
    for number, line in enumerate(lines, start=1):
        name = line.partition("#")[0].strip()
        if name in found:
            raise AssessmentError(f"{path}, line {number}: {name} is named twice; remove one")
        if name:
            found[name] = _known(name, known, f"{path}, line {number}")
    if not found:
        raise AssessmentError(f"{path}: no metric is named; write one identifier a line")
    return list(found.values())


def _known(name: str, known: Mapping[str, Metric], where: str) -> Metric:
    if name not in known:
        raise AssessmentError(
            f"{where}: there is no metric {name!r}. Nearest: {nearest(name, known)}. "
            "`remit metrics` lists all"
        )
    return known[name]


def in_order(metrics: Iterable[Metric]) -> list[Metric]:
    """Today's metrics and then tomorrow's, each by aim, in the catalogue's order otherwise."""
    aims = list(AIMS)
    return sorted(metrics, key=lambda m: (m.horizon == "tomorrow", aims.index(m.aim)))


def card(metric: Metric) -> MetricCard:
    """What a report says of a metric."""
    return MetricCard(
        id=metric.id,
        name=metric.name,
        unit=metric.unit,
        better=metric.better.value,
        aim=metric.aim,
        horizon=metric.horizon,
        setting=metric.setting,
        why_it_matters=metric.why_it_matters,
        source=metric.source,
        made_of=_made_of(metric),
        short_name=metric.short,
    )


def _made_of(metric: Metric) -> str:
    """How the value comes from published counts."""
    said = _sum_words(metric.numerator)
    if metric.denominator:
        said += f", divided by {_sum_words(metric.denominator)}"
    if metric.scale != 1:
        said += f", times {metric.scale:,g}"
    return said


def _sum_words(measures: Sequence[str]) -> str:
    words = [f"less {m[1:]}" if m.startswith("-") else m for m in measures]
    return " plus ".join(words).replace(" plus less ", " less ")
