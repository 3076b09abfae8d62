"""The own figures of some metrics, made once for the series of several levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from remit.model.errors import SeriesError
from remit.model.metric import Metric
from remit.register import Register, load_register
from remit.series.areas import with_layers
from remit.series.choice import chosen
from remit.series.expected import while_published, with_missing
from remit.series.own import OwnPoints, own_points
from remit.series.parts import Counts, counts_of


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """What organisations counted themselves, for :func:`remit.series.series` to add up.

    ``figures`` are the published ones of the group that was asked for, ``own`` what they make; None
    where there is none. ``expected`` are the points of ``own`` while the metric was published, and
    those that should be there and are not.
    """

    metrics: tuple[Metric, ...]
    as_at: date | None
    cut: str | None
    counts: Counts
    figures: pl.DataFrame
    own: OwnPoints | None
    expected: pl.DataFrame

    def of(self, metrics: Sequence[Metric], as_at: date | None, cut: str | None) -> OwnFigures:
        """Those of some of its metrics.

        Raises
        ------
        SeriesError
            If others, another day or another group is asked for than it was made of.
        """
        further = {metric.id for metric in metrics} - {metric.id for metric in self.metrics}
        if further or (as_at, cut) != (self.as_at, self.cut):
            raise SeriesError("these figures were made for other metrics, another day or group")
        if self.own is None or len(metrics) == len(self.metrics):
            return replace(self, metrics=tuple(metrics))
        wanted = pl.col("metric_id").is_in([metric.id for metric in metrics])
        return replace(
            self,
            metrics=tuple(metrics),
            own=replace(self.own, points=self.own.points.filter(wanted)),
            expected=self.expected.filter(wanted),
        )


def own_figures(
    held: Any,
    metrics: str | Metric | Sequence[str | Metric],
    *,
    cut: str | None = None,
    register: Register | None = None,
    as_at: date | None = None,
) -> OwnFigures:
    """What organisations counted themselves: the part that the series of all levels share.

    Parameters
    ----------
    held, metrics, cut, register, as_at
        As for :func:`remit.series.series`, which takes the result in the place of ``held``.

    Examples
    --------
    ``once = own_figures(store, "ae.four-hours"); series(once, "ae.four-hours", "england")``
    """
    wanted = chosen(metrics)
    counts = counts_of(held, wanted, as_at, cut)
    figures = counts.figures
    if figures.is_empty():
        return OwnFigures(wanted, as_at, cut, counts, figures, None, figures)
    known = register or load_register()
    own = own_points(with_layers(figures, known), wanted)
    expected = with_missing(while_published(own.points, wanted), known)
    return OwnFigures(wanted, as_at, cut, counts, figures, own, expected)
