"""Quantiles of many columns at once, by the definition that each column names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from remit.assessment.scoring.segments_of_many import Floats


def quantiles_down(values: Floats, share: float, methods: Sequence[str]) -> Floats:
    """A quantile of each column, as ``rounding.quantile`` takes it of one list.

    Parameters
    ----------
    values
        Shape ``(organisations, columns)``; NaN does not count.
    methods
        One a column; see :func:`remit.assessment.scoring.rounding.quantile`.

    Returns
    -------
    numpy.ndarray
        Length ``columns``; NaN for a column without values.
    """
    ordered = np.sort(values, axis=0)
    n = (~np.isnan(values)).sum(axis=0)
    named = np.array(methods)
    place = (n - 1) * share
    place = np.where(named == "hazen", n * share - 0.5, place)
    place = np.where(named == "weibull", (n + 1) * share - 1, place)
    place = np.clip(place, 0, np.maximum(n - 1, 0))
    below, above = np.floor(place), np.ceil(place)
    part = place - below
    part = np.where(named == "lower", 0.0, np.where(named == "higher", np.ceil(part), part))
    low = _at(ordered, below)
    return low + part * (_at(ordered, above) - low)


def _at(ordered: Floats, places: Floats) -> Floats:
    row = places.astype(np.int64)[None, :]
    found: Floats = np.take_along_axis(ordered, row, axis=0)[0]
    return found
