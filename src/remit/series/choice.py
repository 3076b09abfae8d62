"""Which metrics are meant."""

from __future__ import annotations

from collections.abc import Sequence

from remit.catalogue import load_computed_metrics, load_metrics
from remit.model.errors import SeriesError, UnknownCode
from remit.model.metric import Metric
from remit.words.nearest import nearest


def chosen(metrics: str | Metric | Sequence[str | Metric]) -> tuple[Metric, ...]:
    """Metrics by identifier, each once; a metric that is given as such is taken as it is.

    Raises
    ------
    UnknownCode
        If the catalogue has no metric of that identifier; the message names the nearest.
    SeriesError
        If a metric is read as published and not made from counts.
    """
    given = [metrics] if isinstance(metrics, (str, Metric)) else list(metrics)
    found = {metric.id: metric for metric in map(_one, given)}
    published = [metric.id for metric in found.values() if not metric.is_computed]
    if published:
        raise SeriesError(
            f"{', '.join(published)}: read as published, not made from counts; "
            "`remit metrics` lists those that make a series"
        )
    return tuple(found.values())


def _one(metric: str | Metric) -> Metric:
    if isinstance(metric, Metric):
        return metric
    known = {**load_metrics().metrics, **load_computed_metrics()}
    if metric not in known:
        near = nearest(metric, load_computed_metrics())
        raise UnknownCode(
            f"There is no metric {metric!r} in the catalogue. Nearest: {near or 'none'}. "
            "`remit metrics` lists all."
        )
    return known[metric]
